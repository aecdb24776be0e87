//! Mentions in a private note: the one being typed, and those that stand in the text (P37).
//!
//! Pure. Positions are byte offsets; [`bytes_of`] and [`units_of`] translate from and to the UTF-16
//! units in which a browser counts.

use bandeja_model::UserId;
use bandeja_model::text::fold;
use std::ops::Range;

/// A name that is being typed after an `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// From the `@` to the caret.
    pub range: Range<usize>,
    /// What stands after the `@`, folded.
    pub query: String,
}

/// The longest stretch after an `@` that is still taken for a name, in characters.
const NAME_CHARS: usize = 40;

/// The mention being typed at `caret`: an `@` at the start of a word, on the same line.
pub fn typed_at(text: &str, caret: usize) -> Option<Typed> {
    let before = text.get(..caret)?;
    let at = before.rfind('@')?;
    let query = before.get(at + 1..)?;
    let starts_word =
        before.get(..at)?.chars().next_back().is_none_or(|c| c.is_whitespace() || "([¿¡\"«".contains(c));
    let is_name = !query.contains('\n') && !query.starts_with(' ') && query.chars().count() <= NAME_CHARS;
    (starts_word && is_name).then(|| Typed { range: at..caret, query: fold(query) })
}

/// Whether somebody of that name is meant: some word of the name begins with what was typed, or the
/// name as a whole does.
pub fn is_meant(name: &str, query: &str) -> bool {
    let name = fold(name);
    let query = query.trim_end();
    name.starts_with(query) || name.split_whitespace().any(|word| word.starts_with(query))
}

/// The text with the typed mention completed to `@name `, and the caret after it.
pub fn complete(text: &str, typed: &Typed, name: &str) -> Option<(String, usize)> {
    let (before, after) = (text.get(..typed.range.start)?, text.get(typed.range.end..)?);
    let gap = if after.starts_with([' ', '\n']) { "" } else { " " };
    let completed = format!("{before}@{name}{gap}{after}");
    let caret = before.len() + 1 + name.len() + 1;
    Some((completed, caret))
}

/// Who of `people` stands in the text as `@name`, in their order, at most `limit`.
///
/// The longest name wins where one begins with another, so «@Ana María» does not tell Ana.
pub fn mentioned<'a>(
    text: &str,
    people: impl Iterator<Item = (&'a UserId, &'a str)>,
    limit: usize,
) -> Vec<UserId> {
    let people: Vec<_> = people.filter(|(_, name)| !name.is_empty()).collect();
    let mut places: Vec<(usize, &UserId, usize)> = Vec::new();
    for (start, _) in text.match_indices('@') {
        let Some(after) = text.get(start + 1..) else { continue };
        let longest = people
            .iter()
            .filter(|(_, name)| {
                after.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
            .max_by_key(|(_, name)| name.len());
        if let Some((id, name)) = longest {
            places.push((start, id, name.len()));
        }
    }
    let mut ids = Vec::new();
    for (_, id, _) in places {
        if !ids.contains(id) && ids.len() < limit {
            ids.push(id.clone());
        }
    }
    ids
}

/// The byte offset of a position counted in UTF-16 units.
pub fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(c.len_utf16());
    }
    text.len()
}

/// The UTF-16 position of a byte offset.
pub fn units_of(text: &str, bytes: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < bytes).map(|(_, c)| c.len_utf16()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> Option<String> {
        typed_at(text, text.len()).map(|typed| typed.query)
    }

    #[test]
    fn an_at_sign_at_the_start_of_a_word_begins_a_mention() {
        assert_eq!(query("hola @Luc").as_deref(), Some("luc"));
        assert_eq!(query("@").as_deref(), Some(""));
        assert_eq!(query("(@lucía fe").as_deref(), Some("lucia fe"));
    }

    #[test]
    fn mail_addresses_and_other_lines_are_no_mentions() {
        assert_eq!(query("ana@nogal"), None);
        assert_eq!(query("@ana\nhola"), None);
        assert_eq!(query("@ a"), None);
        assert_eq!(query("sin nada"), None);
    }

    #[test]
    fn completing_replaces_what_was_typed_and_moves_the_caret_behind_it() {
        let text = "ver @luc por favor";
        let typed = typed_at(text, 8).unwrap();
        let (completed, caret) = complete(text, &typed, "Lucía Ferrer").unwrap();
        assert_eq!(completed, "ver @Lucía Ferrer por favor");
        assert_eq!(&completed[caret..], "por favor");
        let (completed, caret) = complete("@lu", &typed_at("@lu", 3).unwrap(), "Lucía").unwrap();
        assert_eq!((completed.as_str(), caret), ("@Lucía ", "@Lucía ".len()));
    }

    #[test]
    fn any_word_of_a_name_can_be_typed() {
        assert!(is_meant("Lucía Ferrer", "fer"));
        assert!(is_meant("Lucía Ferrer", "lucia f"));
        assert!(!is_meant("Lucía Ferrer", "errer"));
    }

    #[test]
    fn each_person_is_told_once_and_the_longer_name_wins() {
        let (ana, maria) = (UserId::new("1"), UserId::new("2"));
        let people = || [(&ana, "Ana"), (&maria, "Ana María")].into_iter();
        assert_eq!(mentioned("@Ana María y @Ana María", people(), 20), std::slice::from_ref(&maria));
        assert_eq!(mentioned("@Ana, @Ana María", people(), 20), [ana.clone(), maria.clone()]);
        assert_eq!(mentioned("@Anabel", people(), 20), []);
        assert_eq!(mentioned("@Ana, @Ana María", people(), 1), std::slice::from_ref(&ana));
    }

    #[test]
    fn positions_survive_letters_outside_the_basic_plane() {
        let text = "🙂ñ@x";
        assert_eq!(bytes_of(text, 3), "🙂ñ".len());
        assert_eq!(units_of(text, "🙂ñ".len()), 3);
        assert_eq!(bytes_of(text, 99), text.len());
    }
}
