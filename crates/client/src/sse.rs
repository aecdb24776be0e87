//! Reads `text/event-stream` bit by bit, wherever the network cuts it.
//!
//! Knows the format only; what an event means stands in [`crate::live`].

/// Longest event taken in, in bytes; a longer one is left out, so that a broken server cannot fill memory.
const LONGEST: usize = 1024 * 1024;

/// One event of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SseEvent {
    /// The id in force, the newest that the stream has given.
    pub id: Option<String>,
    /// Its name; `message` when it has none.
    pub name: String,
    /// Its lines of data, joined.
    pub data: String,
}

/// The reader's state between two pieces.
// Each is a fact of its own; no two of them exclude each other.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default)]
pub struct SseParser {
    line: Vec<u8>,
    begun: bool,
    after_cr: bool,
    too_long: bool,
    id: Option<String>,
    name: String,
    data: String,
    has_data: bool,
}

impl SseParser {
    /// Takes a piece and gives the events that it completes.
    pub fn push(&mut self, piece: &[u8]) -> Vec<SseEvent> {
        let mut events = Vec::new();
        for &byte in piece {
            if std::mem::take(&mut self.after_cr) && byte == b'\n' {
                continue;
            }
            if byte == b'\n' || byte == b'\r' {
                self.after_cr = byte == b'\r';
                events.extend(self.end_line());
            } else if self.line.len() + self.data.len() < LONGEST {
                self.line.push(byte);
            } else {
                self.too_long = true;
            }
        }
        events
    }

    fn end_line(&mut self) -> Option<SseEvent> {
        let bytes = std::mem::take(&mut self.line);
        let mut line = String::from_utf8_lossy(&bytes);
        if !std::mem::replace(&mut self.begun, true)
            && let Some(rest) = line.strip_prefix('\u{feff}')
        {
            line = rest.to_owned().into();
        }
        if line.is_empty() {
            return self.end_event();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            // A comment (an empty field), `retry`, or something newer than this reader.
            _ => {}
        }
        None
    }

    fn end_event(&mut self) -> Option<SseEvent> {
        let name = std::mem::take(&mut self.name);
        let data = std::mem::take(&mut self.data);
        let (has_data, too_long) = (std::mem::take(&mut self.has_data), std::mem::take(&mut self.too_long));
        let name = if name.is_empty() { "message".to_owned() } else { name };
        (has_data && !too_long).then(|| SseEvent { id: self.id.clone(), name, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &str) -> Vec<SseEvent> {
        SseParser::default().push(text.as_bytes())
    }

    #[test]
    fn an_event_has_an_id_a_name_and_lines_of_data() {
        let events = all("id: 7\nevent: message.created\ndata: {\ndata:  }\n\n");
        let expected =
            SseEvent { id: Some("7".into()), name: "message.created".into(), data: "{\n }".into() };
        assert_eq!(events, [expected]);
    }

    #[test]
    fn comments_and_events_without_data_are_no_events_but_ids_stay() {
        let events = all(": heartbeat\n\nid: 3\n\nevent: a\n\ndata: x\n\n");
        assert_eq!(events, [SseEvent { id: Some("3".into()), name: "message".into(), data: "x".into() }]);
    }

    #[test]
    fn what_the_stream_ends_within_is_not_an_event() {
        assert_eq!(all("data: x\n"), []);
    }

    #[test]
    fn every_kind_of_line_end_and_a_byte_order_mark_are_read() {
        for text in
            ["data: a\n\ndata: b\n\n", "data: a\r\n\r\ndata: b\r\n\r\n", "\u{feff}data: a\r\rdata: b\r\r"]
        {
            let data: Vec<_> = all(text).into_iter().map(|event| event.data).collect();
            assert_eq!(data, ["a", "b"], "{text:?}");
        }
    }

    #[test]
    fn an_event_without_end_is_left_out_and_the_next_one_read() {
        let long = format!("data: {}\n\ndata: x\n\n", "a".repeat(2 * LONGEST));
        let data: Vec<_> = all(&long).into_iter().map(|event| event.data).collect();
        assert_eq!(data, ["x"]);
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_network_cuts(
            parts in prop::collection::vec(
                prop::sample::select(vec![
                    "data: ñandú 🙂", "data", "data:", "id: 12", "id", "event: x", ": hi", "retry: 5",
                    "\n", "\r", "\r\n", "\n\n", "\u{feff}", "raw",
                ]),
                0..40,
            ),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..20),
        ) {
            let text = parts.concat();
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.push(bytes.len());
            cuts.sort_unstable();
            let mut parser = SseParser::default();
            let mut from = 0;
            let mut events = Vec::new();
            for cut in cuts {
                events.extend(parser.push(&bytes[from..cut]));
                from = cut;
            }
            prop_assert_eq!(events, all(&text));
        }

        #[test]
        fn no_bytes_at_all_make_it_fail(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            SseParser::default().push(&bytes);
        }
    }
}
