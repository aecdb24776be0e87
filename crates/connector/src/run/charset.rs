//! Bytes of an answer to text, by the character set that it declares.

/// The bytes as text; nothing if they are not what they are said to be.
pub(super) fn decode(bytes: &[u8], content_type: &str) -> Option<String> {
    match declared(content_type).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            String::from_utf8(bytes.to_vec()).ok()
        }
        Some("utf-16" | "utf-16le") => utf16(bytes),
        // Browsers, too, read the smaller set as the larger one.
        Some("iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            Some(bytes.iter().map(|byte| windows_1252(*byte)).collect())
        }
        Some("iso-8859-15" | "latin-9" | "latin9") => Some(bytes.iter().map(|byte| latin_9(*byte)).collect()),
        Some(_) => None,
    }
}

/// The declared character set, in small letters.
pub(super) fn declared(content_type: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"').to_ascii_lowercase();
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let mut units = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect::<Vec<_>>();
    if units.first() == Some(&0xFEFF) {
        units.remove(0);
    }
    bytes.len().is_multiple_of(2).then(|| String::from_utf16(&units).ok()).flatten()
}

/// What Windows put where Latin 1 has control characters.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    let place = usize::from(byte).checked_sub(0x80);
    place.and_then(|place| WINDOWS.get(place)).copied().unwrap_or(char::from(byte))
}

fn latin_9(byte: u8) -> char {
    match byte {
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_character_set_is_read() {
        assert_eq!(decode("ñ".as_bytes(), "application/json").as_deref(), Some("ñ"));
        assert_eq!(decode(b"\xF1 \x80 \x93", "text/html; charset=ISO-8859-1").as_deref(), Some("ñ € “"));
        assert_eq!(decode(b"\xA4", "text/plain; Charset=\"iso-8859-15\"").as_deref(), Some("€"));
        assert_eq!(decode(b"\xEF\xBB\xBF{}", "application/json; charset=utf-8").as_deref(), Some("{}"));
        assert_eq!(decode(b"a\0b\0", "text/plain; charset=utf-16le").as_deref(), Some("ab"));
    }

    #[test]
    fn bytes_that_are_not_what_they_are_said_to_be_are_no_text() {
        assert_eq!(decode(b"\xF1", "application/json; charset=utf-8"), None);
        assert_eq!(decode(b"abc", "text/plain; charset=klingon"), None);
    }
}
