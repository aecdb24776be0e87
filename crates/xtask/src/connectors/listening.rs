//! Where a program listens, as it says on a line of its own: `listening on http://…`.

use std::{
    io::{BufRead as _, BufReader, Read},
    sync::mpsc::{Receiver, channel},
    thread,
};

use anyhow::Result;

use crate::{
    exec::Exec,
    supervise::{Group, Stop},
};

/// What stands before the address.
const SAYS: &str = "listening on ";

/// Starts a program and waits until it says where it is. Nothing when the user wants to stop before that.
pub(super) fn start(group: &mut Group, stop: &Stop, exec: Exec) -> Result<Option<String>> {
    let awaited = awaited(group.start_telling(exec)?);
    let mut at = None;
    let goes_on = group.until(stop, || {
        at = awaited.try_recv().ok();
        at.is_some()
    })?;
    Ok(at.filter(|_| goes_on))
}

fn awaited(output: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        // All of it is read, so that the program is never held up by a full pipe.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if let Some((_, address)) = line.split_once(SAYS) {
                // Nobody waits any more only when everything is ending.
                let _ = sender.send(address.trim().to_owned());
            }
        }
    });
    receiver
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_on_whichever_line_it_stands() {
        let output = "reading the file\n INFO listening on http://127.0.0.1:4712\nmore\n";
        let awaited = awaited(std::io::Cursor::new(output.as_bytes()));
        assert_eq!(awaited.recv().unwrap(), "http://127.0.0.1:4712");
    }
}
