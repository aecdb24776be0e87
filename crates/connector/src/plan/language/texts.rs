//! Escaping for foreign query languages, for addresses and HTML, and the text in HTML.

use std::fmt::Write as _;

fn with_backslash(text: &str, special: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if special.contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// For Lucene and what takes after it (Elasticsearch, Solr): a backslash before each character with a meaning.
pub(super) fn escape_lucene(text: &str) -> String {
    with_backslash(text, r#"+-&|!(){}[]^"~*?:\/<>="#)
}

/// For SQL's `LIKE` with `\` as its escape. Quotes are another matter: `escape_single`.
pub(super) fn escape_sql_like(text: &str) -> String {
    with_backslash(text, r"%_\")
}

/// For texts in single quotes that are doubled inside.
pub(super) fn escape_single(text: &str) -> String {
    text.replace('\'', "''")
}

/// For texts in double quotes: a backslash before `"` and `\`.
pub(super) fn escape_double(text: &str) -> String {
    with_backslash(text, r#""\"#)
}

/// For regular expressions.
pub(super) fn escape_regex(text: &str) -> String {
    with_backslash(text, r"\.+*?()|[]{}^$#&-~/")
}

/// For HTML.
pub(super) fn escape_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\'' => escaped.push_str("&#39;"),
            '"' => escaped.push_str("&quot;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// For one part of an address: all but letters, digits and `-._~`.
pub(crate) fn encode_uri(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The reverse; what is no escape stays.
pub(super) fn decode_uri(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        if let Some(byte) = escaped.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base64 with `=` at its end.
pub(crate) fn encode_base64(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len() / 3 * 4 + 4);
    for chunk in text.as_bytes().chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit =
                usize::try_from(bits >> (18 - 6 * place) & 63).ok().and_then(|index| BASE64.get(index));
            encoded.push(if place <= chunk.len() {
                digit.map_or('=', |digit| char::from(*digit))
            } else {
                '='
            });
        }
    }
    encoded
}

/// The text behind base64, of either alphabet, with or without `=`.
pub(super) fn decode_base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let byte = match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
        let digit = BASE64.iter().position(|known| *known == byte)?;
        bits = bits << 6 | u32::try_from(digit).ok()?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Named characters of HTML that mails and editors write; others stay as they are.
const NAMED: [(&str, &str); 22] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("euro", "€"),
    ("copy", "©"),
    ("reg", "®"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
];

/// Characters in place of their names and numbers.
pub(super) fn unescape_html(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('&') {
        plain.push_str(before);
        if let Some((character, after)) =
            tail.split_once(';').and_then(|(name, after)| Some((character(name)?, after)))
        {
            plain.push_str(&character);
            rest = after;
        } else {
            plain.push('&');
            rest = tail;
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    if let Some((_, plain)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*plain).to_owned());
    }
    latin_letter(name).map(String::from)
}

/// `aacute`, `Ntilde`, …: a letter and its accent.
fn latin_letter(name: &str) -> Option<char> {
    let mut characters = name.chars();
    let letter = characters.next()?;
    let accents = match characters.as_str() {
        "acute" => "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyý",
        "grave" => "AÀEÈIÌOÒUÙaàeèiìoòuù",
        "circ" => "AÂEÊIÎOÔUÛaâeêiîoôuû",
        "uml" => "AÄEËIÏOÖUÜaäeëiïoöuüyÿ",
        "tilde" => "AÃNÑOÕaãnñoõ",
        "cedil" => "CÇcç",
        "ring" => "AÅaå",
        "slash" => "OØoø",
        _ => return None,
    };
    let mut pairs = accents.chars();
    while let (Some(plain), Some(accented)) = (pairs.next(), pairs.next()) {
        if plain == letter {
            return Some(accented);
        }
    }
    None
}

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 19] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "section",
    "article",
    "hr",
];

/// Elements whose content is nothing to read.
const SILENT: [&str; 5] = ["script", "style", "head", "title", "template"];

/// The text in HTML: blocks on lines of their own, no more than one empty line between, characters in place of
/// their names. What looks like markup and is none (`a < b`) stays.
pub(crate) fn html_text(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        push_words(&mut plain, before);
        if let Some(comment) = tail.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let starts_tag = tail.starts_with(|first: char| first.is_ascii_alphabetic() || "/!?".contains(first));
        let Some((tag, after)) = tail.split_once('>').filter(|_| starts_tag) else {
            push_words(&mut plain, "&lt;");
            rest = tail;
            continue;
        };
        rest = after;
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if BLOCKS.contains(&name.as_str()) {
            break_line(&mut plain, name == "br" || name == "p");
        } else if SILENT.contains(&name.as_str()) && !tag.starts_with('/') && !tag.ends_with('/') {
            rest = behind_element(after, &name);
        }
    }
    push_words(&mut plain, rest);
    unescape_html(plain.trim())
}

/// What follows the end of that element; nothing if it does not end.
fn behind_element<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, tail)) = rest.split_once("</") {
        if tail.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return tail.split_once('>').map_or("", |(_, after)| after);
        }
        rest = tail;
    }
    ""
}

/// Words with one space between, as a browser shows them.
fn push_words(plain: &mut String, text: &str) {
    for (index, word) in text.split([' ', '\n', '\t', '\r']).enumerate() {
        if index > 0 && !plain.is_empty() && !plain.ends_with([' ', '\n']) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
}

fn break_line(plain: &mut String, may_be_empty: bool) {
    plain.truncate(plain.trim_end_matches(' ').len());
    let ends = plain.chars().rev().take_while(|character| *character == '\n').count();
    if !plain.is_empty() && (ends == 0 || (ends == 1 && may_be_empty)) {
        plain.push('\n');
    }
}
