//! Cuts plain, untrusted text into words, safe links and mentions.
//!
//! Only `http`, `https` and `mailto` become links, and a link always shows the very text it leads
//! to. Knows no view: whoever renders puts every piece into a text node.

/// A stretch of a message's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they are.
    Words(&'a str),
    /// An address to a page, which is also its own label.
    Page(&'a str),
    /// A mail address.
    Mail(&'a str),
    /// A colleague who was mentioned, with the `@`.
    Mention(&'a str),
}

/// The pieces of `text` in order; joined they are the text again. `names` are the mentioned ones.
pub fn pieces<'a>(text: &'a str, names: &[String]) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let mut words_from = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let begins =
            text.get(..at).and_then(|before| before.chars().next_back()).is_none_or(|c| !is_inner(c));
        if let Some((piece, length)) = begins.then(|| starting(rest, names)).flatten() {
            if let Some(words) = text.get(words_from..at).filter(|words| !words.is_empty()) {
                found.push(Piece::Words(words));
            }
            found.push(piece);
            at += length;
            words_from = at;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    if let Some(words) = text.get(words_from..).filter(|words| !words.is_empty()) {
        found.push(Piece::Words(words));
    }
    found
}

/// Whether a link cannot begin right after this character.
fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '+' | '/' | '@' | ':')
}

/// The link or mention that `rest` begins with, and its length in bytes.
fn starting<'a>(rest: &'a str, names: &[String]) -> Option<(Piece<'a>, usize)> {
    page(rest)
        .map(|found| (Piece::Page(found), found.len()))
        .or_else(|| mention(rest, names).map(|found| (Piece::Mention(found), found.len())))
        .or_else(|| mail(rest).map(|found| (Piece::Mail(found), found.len())))
}

fn page(rest: &str) -> Option<&str> {
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let end = rest.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"«»`{}|\\^".contains(c));
    let address = without_tail(rest.get(..end.unwrap_or(rest.len()))?);
    let host = address.get(scheme.len()..)?;
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[').then_some(address)
}

/// Takes away what ends the sentence rather than the address: points, quotes, and a closing
/// bracket that was not opened inside.
fn without_tail(mut address: &str) -> &str {
    while let Some(last) = address.chars().next_back() {
        let opened = |open: char, close: char| {
            address.chars().filter(|c| *c == open).count() >= address.chars().filter(|c| *c == close).count()
        };
        let belongs = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '…' | '”' | '’' => false,
            ')' => opened('(', ')'),
            ']' => opened('[', ']'),
            _ => true,
        };
        if belongs {
            break;
        }
        address = address.strip_suffix(last).unwrap_or_default();
    }
    address
}

fn mail(rest: &str) -> Option<&str> {
    let local = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "._+-".contains(c)))?;
    let domain = rest.get(local..)?.strip_prefix('@')?;
    if local == 0 || rest.starts_with(['.', '+', '-']) {
        return None;
    }
    let end = domain.find(|c: char| !(c.is_ascii_alphanumeric() || ".-".contains(c))).unwrap_or(domain.len());
    let domain = domain.get(..end)?.trim_end_matches(['.', '-']);
    let (name, top) = domain.rsplit_once('.')?;
    let sound = !name.is_empty() && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    (sound && !domain.contains("..")).then(|| rest.get(..local + 1 + domain.len())).flatten()
}

fn mention<'a>(rest: &'a str, names: &[String]) -> Option<&'a str> {
    let after = rest.strip_prefix('@')?;
    let name = names
        .iter()
        .filter(|name| {
            !name.is_empty()
                && after.starts_with(name.as_str())
                && after
                    .get(name.len()..)
                    .and_then(|tail| tail.chars().next())
                    .is_none_or(|c| !c.is_alphanumeric())
        })
        .max_by_key(|name| name.len())?;
    rest.get(..=name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Piece<'_>> {
        pieces(text, &["Lucía Ferrer".to_owned(), "Lucía".to_owned()])
    }

    fn joined(text: &str) -> String {
        cut(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(s) | Piece::Page(s) | Piece::Mail(s) | Piece::Mention(s) => s,
            })
            .collect()
    }

    #[test]
    fn a_link_ends_where_the_sentence_does() {
        assert_eq!(
            cut("Mira https://nogal.test/a?b=1, gracias."),
            [Piece::Words("Mira "), Piece::Page("https://nogal.test/a?b=1"), Piece::Words(", gracias.")]
        );
        assert_eq!(
            cut("(http://nogal.test/x_(y))"),
            [Piece::Words("("), Piece::Page("http://nogal.test/x_(y)"), Piece::Words(")")]
        );
    }

    #[test]
    fn other_schemes_stay_words() {
        for hostile in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ftp://a.test",
            "vbscript:x",
            "xhttps://a.test",
            "https://",
        ] {
            assert_eq!(cut(hostile), [Piece::Words(hostile)], "{hostile}");
        }
    }

    #[test]
    fn markup_around_a_link_is_text() {
        let text = "<a href=\"https://a.test\">x</a>";
        assert_eq!(
            cut(text),
            [Piece::Words("<a href=\""), Piece::Page("https://a.test"), Piece::Words("\">x</a>")]
        );
    }

    #[test]
    fn mail_addresses_are_found_and_near_misses_are_not() {
        assert_eq!(
            cut("a mariana@nogal.test."),
            [Piece::Words("a "), Piece::Mail("mariana@nogal.test"), Piece::Words(".")]
        );
        for text in ["@nogal.test", "a@b", "a@b..cc", "a@.cc", "mariana@nogal.1"] {
            assert_eq!(cut(text), [Piece::Words(text)], "{text}");
        }
    }

    #[test]
    fn the_longest_mentioned_name_wins_and_unknown_ones_stay_words() {
        assert_eq!(cut("@Lucía Ferrer ¿va?"), [Piece::Mention("@Lucía Ferrer"), Piece::Words(" ¿va?")]);
        assert_eq!(cut("@Lucía, sí"), [Piece::Mention("@Lucía"), Piece::Words(", sí")]);
        assert_eq!(cut("@Luciano"), [Piece::Words("@Luciano")]);
    }

    #[test]
    fn the_pieces_joined_are_the_text() {
        for text in ["", "ñ https://x.test/ñ 🙂 a@b.co @Lucía", "مرحبا https://x.test مرحبا", "@@@https://"]
        {
            assert_eq!(joined(text), text);
        }
    }
}
