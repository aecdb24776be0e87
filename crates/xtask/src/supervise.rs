//! Children that run until the user stops them: Ctrl-C and the like are passed on, nobody is left behind.

use std::{
    process::{Child, ChildStdout, Command, ExitStatus},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::exec::Exec;

/// How often a child is asked whether it still runs.
const PULSE: Duration = Duration::from_millis(100);
/// In a terminal a child gets Ctrl-C by itself; only one that does not react is told again.
const BEFORE_TELLING: Duration = Duration::from_millis(500);
/// How long a child may take to finish its work once told.
const BEFORE_KILLING: Duration = Duration::from_secs(10);

/// The user's wish to stop: Ctrl-C, or a polite request to end from elsewhere.
pub(crate) struct Stop(Receiver<()>);

impl Stop {
    /// Takes over the signals of this process. Works once per process.
    pub(crate) fn listen() -> Result<Self> {
        let (sender, receiver) = channel();
        ctrlc::set_handler(move || {
            // Nobody listens any more only when the process is ending anyway.
            let _ = sender.send(());
        })
        .context("cannot listen for Ctrl-C")?;
        Ok(Self(receiver))
    }

    /// Waits that long; true when the user wants to stop.
    pub(crate) fn within(&self, time: Duration) -> bool {
        match self.0.recv_timeout(time) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(time);
                false
            }
        }
    }
}

/// Children that end together. Dropping the group ends them, so that no error path leaves one running.
#[derive(Default)]
pub(crate) struct Group(Vec<Child>);

/// Why a group came to its end.
#[derive(Debug)]
pub(crate) enum Ended {
    /// The user asked for it.
    Asked,
    /// One of the children ended by itself.
    ByItself(ExitStatus),
}

impl Group {
    /// Starts one more child.
    pub(crate) fn start(&mut self, exec: Exec) -> Result<()> {
        self.0.push(exec.spawn()?);
        Ok(())
    }

    /// Starts one more child and answers its standard output. The child's standard input stays open until it is told
    /// to end, so one that ends with it does not outlive this process.
    pub(crate) fn start_telling(&mut self, exec: Exec) -> Result<ChildStdout> {
        let mut child = exec.piped().spawn()?;
        let output = child.stdout.take();
        self.0.push(child);
        output.context("a child without standard output")
    }

    /// The process ids of the children.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(Child::id)
    }

    /// The status of the first child that has ended, if one has.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        for child in &mut self.0 {
            if let Some(status) = child.try_wait().context("cannot ask for a child's state")? {
                return Ok(Some(status));
            }
        }
        Ok(None)
    }

    /// Waits until `ready`. False when the user wants to stop before that; a child that ends is an error.
    pub(crate) fn until(&mut self, stop: &Stop, mut ready: impl FnMut() -> bool) -> Result<bool> {
        while !ready() {
            if let Some(status) = self.ended()? {
                bail!("a program ended before it was ready ({status})");
            }
            if stop.within(PULSE) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Waits until the user wants to stop or a child ends, then ends the others.
    pub(crate) fn wait(mut self, stop: &Stop) -> Result<Ended> {
        loop {
            if let Some(status) = self.ended()? {
                return Ok(Ended::ByItself(status));
            }
            if stop.within(PULSE) {
                return Ok(Ended::Asked);
            }
        }
    }

    fn all_gone_within(&mut self, time: Duration) -> bool {
        let start = Instant::now();
        loop {
            if self.0.iter_mut().all(|child| matches!(child.try_wait(), Ok(Some(_)) | Err(_))) {
                return true;
            }
            if start.elapsed() >= time {
                return false;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if self.all_gone_within(BEFORE_TELLING) {
            return;
        }
        for child in &mut self.0 {
            ask_to_end(child);
        }
        if !self.all_gone_within(BEFORE_KILLING) {
            for child in &mut self.0 {
                // It may have ended meanwhile; then there is nothing left to do.
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }
}

/// Asks politely where the system has a way to; a child that is gone already is no error.
fn ask_to_end(child: &mut Child) {
    if matches!(child.try_wait(), Ok(Some(_))) {
        return;
    }
    if cfg!(unix) {
        let _ = Command::new("kill").arg("-TERM").arg(child.id().to_string()).status();
    } else {
        let _ = child.kill();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::project::Project;

    #[test]
    fn dropping_a_group_ends_its_children() {
        let project = Project::open().unwrap();
        let mut group = Group::default();
        group.start(Exec::new(&project, "sleep").arg("60")).unwrap();
        let start = Instant::now();
        drop(group);
        assert!(start.elapsed() < BEFORE_KILLING, "the child had to be killed");
    }

    #[test]
    fn a_child_that_ends_by_itself_is_noticed() {
        let project = Project::open().unwrap();
        let mut group = Group::default();
        group.start(Exec::new(&project, "false")).unwrap();
        let (_keep, receiver) = channel();
        let ended = group.wait(&Stop(receiver)).unwrap();
        assert!(matches!(ended, Ended::ByItself(status) if !status.success()));
    }
}
