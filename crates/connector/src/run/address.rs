//! Addresses: percent-encoding, queries, and how several values of one parameter are written.
//!
//! Knows texts only; what stands in them is made by `fill`.

use crate::plan::Arrays;
use crate::plan::language::encode_uri as encode;

/// A segment that is a dot or two would be taken for a step up, encoded or not.
pub(super) fn segment(text: &str) -> Option<String> {
    (!text.is_empty() && text != "." && text != "..").then(|| encode(text))
}

/// A parameter's name: brackets and `@` stay as they are written, as servers and their logs expect.
fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(['[', ']', '@', '$']) {
        let mark = piece.chars().last().filter(|c| "[]@$".contains(*c));
        let rest = mark.map_or(piece, |mark| piece.strip_suffix(mark).unwrap_or(piece));
        out.push_str(&encode(rest));
        out.extend(mark);
    }
    out
}

/// Pairs as a query or a form, without a question mark.
pub(super) fn query(pairs: &[(String, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&key(name));
        out.push('=');
        out.push_str(&encode(value));
    }
    out
}

/// `path` behind `base`, with exactly one slash between them; the slash at the end stays as it is written.
pub(super) fn join(base: &str, path: &str) -> String {
    if path.is_empty() {
        return base.to_owned();
    }
    format!("{}/{}", base.trim_end_matches('/'), path.trim_start_matches('/'))
}

/// `url` with these parameters behind those it has.
pub(super) fn with_query(url: String, pairs: &[(String, String)]) -> String {
    if pairs.is_empty() {
        return url;
    }
    let mark = if url.contains('?') { '&' } else { '?' };
    format!("{url}{mark}{}", query(pairs))
}

/// Several values of one parameter.
pub(super) fn several(name: &str, values: Vec<String>, arrays: Arrays) -> Vec<(String, String)> {
    if values.is_empty() {
        return Vec::new();
    }
    match arrays {
        Arrays::Comma => vec![(name.to_owned(), values.join(","))],
        Arrays::Pipe => vec![(name.to_owned(), values.join("|"))],
        Arrays::Repeat => values.into_iter().map(|value| (name.to_owned(), value)).collect(),
        Arrays::Brackets => {
            let name = if name.ends_with("[]") { name.to_owned() } else { format!("{name}[]") };
            values.into_iter().map(|value| (name.clone(), value)).collect()
        }
    }
}

/// The parameters of an address in an answer. Its host and path are not ours to follow.
pub(super) fn parameters(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or(address, |(_, query)| query);
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    query
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect()
}

/// Percent-decoding; a plus sign is a space. What is not UTF-8 then is replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        bytes.push(match (byte, tail) {
            (b'+', _) => b' ',
            (b'%', [high, low, after @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    rest = after;
                    high * 16 + low
                }
                _ => b'%',
            },
            _ => byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// The address that a `Link` header gives for `rel="next"`.
pub(super) fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, from)) = rest.split_once('<') {
        let (address, behind) = from.split_once('>')?;
        let (about, others) = behind
            .split_once('<')
            .map_or((behind, ""), |(about, _)| (about, behind.strip_prefix(about).unwrap_or_default()));
        let is_next = about.split([';', ',']).any(|part| {
            let Some((name, value)) = part.split_once('=') else { return false };
            name.trim().eq_ignore_ascii_case("rel")
                && value
                    .trim()
                    .trim_matches('"')
                    .split_whitespace()
                    .any(|rel| rel.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(address);
        }
        rest = others;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_value_cannot_leave_its_segment_or_its_parameter() {
        assert_eq!(segment("a/b?c#d").as_deref(), Some("a%2Fb%3Fc%23d"));
        assert_eq!(segment(".."), None);
        assert_eq!(segment(""), None);
        assert_eq!(query(&[pair("q", "a&b=c +ñ")]), "q=a%26b%3Dc%20%2B%C3%B1");
    }

    #[test]
    fn names_with_brackets_and_at_signs_stay_readable() {
        assert_eq!(query(&[pair("filter[state]", "1"), pair("@id", "x y")]), "filter[state]=1&@id=x%20y");
        assert_eq!(query(&[pair("a b[]", "1")]), "a%20b[]=1");
    }

    #[test]
    fn the_slash_at_the_end_stays_as_it_is_written() {
        assert_eq!(join("https://desk.test/api/", "/tickets/"), "https://desk.test/api/tickets/");
        assert_eq!(join("/api", "tickets"), "/api/tickets");
        assert_eq!(join("/api/", ""), "/api/");
    }

    #[test]
    fn several_values_are_written_in_four_ways() {
        let values = || vec!["a".to_owned(), "b".to_owned()];
        let written = |arrays| query(&several("k", values(), arrays));
        assert_eq!(written(Arrays::Repeat), "k=a&k=b");
        assert_eq!(written(Arrays::Comma), "k=a%2Cb");
        assert_eq!(written(Arrays::Pipe), "k=a%7Cb");
        assert_eq!(written(Arrays::Brackets), "k[]=a&k[]=b");
        assert_eq!(query(&several("k[]", values(), Arrays::Brackets)), "k[]=a&k[]=b");
    }

    #[test]
    fn of_an_address_in_an_answer_only_the_query_is_used() {
        let found = parameters("https://evil.test/steal?page=2&q=a%20b+c&x#end");
        assert_eq!(found, [pair("page", "2"), pair("q", "a b c"), pair("x", "")]);
        assert_eq!(parameters("?a=%zz"), [pair("a", "%zz")]);
    }

    #[test]
    fn the_next_page_is_found_among_several_links() {
        let header =
            r#"<https://d.test/t?page=1>; rel="prev", <https://d.test/t?page=3>; title="a"; rel="next last""#;
        assert_eq!(next_link(header), Some("https://d.test/t?page=3"));
        assert_eq!(next_link(r#"<https://d.test/t?page=1>; rel="first""#), None);
        assert_eq!(next_link("rubbish < here"), None);
    }
}
