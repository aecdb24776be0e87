//! Holes that were meant and are none: one brace instead of two, a variable without any, a path as other tools write it.

use super::json::{Node, byte_in_text};
use super::reader::Reader;
use crate::plan::{Piece, Var};

/// The variable that `text` begins with, as far as its path goes: `$args.user`.
fn variable(text: &str) -> Option<&str> {
    let name =
        |text: &str| text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let rest = text.strip_prefix('$')?;
    let first = name(rest);
    Var::named(text.get(..=first)?)?;
    let mut end = 1 + first;
    while let Some(field) = text.get(end..)?.strip_prefix('.') {
        match name(field) {
            0 => break,
            length => end += 1 + length,
        }
    }
    text.get(..end)
}

/// Something that stands in a text as it is and was meant as a hole: the byte, what stands there, and what was meant.
fn meant(text: &str) -> Option<(usize, String, String)> {
    for (at, _) in text.match_indices('{') {
        let Some((inside, _)) = text.get(at + 1..).and_then(|rest| rest.split_once('}')) else { continue };
        let inside = inside.trim();
        let is_field = inside.strip_prefix('.').is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.contains(char::is_whitespace)
        });
        if is_field || variable(inside).is_some() {
            return Some((at, format!("`{{{inside}}}`"), format!("{{{{{inside}}}}}")));
        }
    }
    // A text that is nothing but a variable.
    let whole = variable(text).filter(|variable| *variable == text && variable.contains('.'))?;
    Some((0, format!("`{whole}` as a text"), format!("{{{{{whole}}}}}")))
}

impl Reader<'_> {
    /// Says of a literal part of a text, `offset` bytes into it, that a hole was meant.
    pub(super) fn literal(&self, node: &Node, text: &str, offset: usize) {
        if let Some((at, found, hole)) = meant(text) {
            let place = byte_in_text(self.source, node.at, offset + at);
            let hint = format!("a hole has two braces: `{hole}`; this would be sent as it stands");
            self.wrong_at(place, &node.pointer, found, format!("`{hole}`"), Some(hint));
        }
    }

    /// Says of a path that it has a place-holder of another tool in it.
    pub(super) fn placeholder(&self, node: &Node, path: &[Piece]) {
        let texts = path.iter().filter_map(|piece| match piece {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Hole(_) => None,
        });
        for text in texts {
            let braces = text.split_once('{').and_then(|(_, rest)| rest.split_once('}'));
            let braces = braces.map(|(name, _)| format!("{{{name}}}"));
            let colon = text.split('/').find(|part| {
                part.strip_prefix(':').is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
            });
            let Some(found) = braces.or_else(|| colon.map(str::to_owned)) else { continue };
            // What is a hole with one brace was said already.
            if meant(text).is_none() {
                let hint = "`{{$args.id}}` is the conversation's id, `{{$settings.name}}` a setting";
                let expected = "a path with holes `{{jq}}`";
                self.wrong_at(node.at, &node.pointer, format!("`{found}`"), expected, Some(hint.to_owned()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hole(text: &str) -> Option<String> {
        meant(text).map(|(_, _, hole)| hole)
    }

    #[test]
    fn a_hole_with_one_brace_or_none_is_seen() {
        assert_eq!(hole("/tickets/{$args.id}/x").as_deref(), Some("{{$args.id}}"));
        assert_eq!(hole("{ $me.id }").as_deref(), Some("{{$me.id}}"));
        assert_eq!(hole("{.id}").as_deref(), Some("{{.id}}"));
        assert_eq!(hole("$args.user").as_deref(), Some("{{$args.user}}"));
    }

    #[test]
    fn what_is_a_text_stays_one() {
        for text in
            ["costs $5", "$args", "{}", "{a}", "{ .}", "$argsx.user", "{\"a\": 1}", "$args.user please", "{"]
        {
            assert_eq!(hole(text), None, "{text}");
        }
    }
}
