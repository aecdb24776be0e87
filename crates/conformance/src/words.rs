//! Strangers' text in a report: short, in one line, without what a terminal takes for a command.

/// The first `most` characters in one line; control characters are left out.
pub(crate) fn excerpt(text: &str, most: usize) -> String {
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|c| !c.is_control() && !is_invisible(*c)).collect())
        .collect();
    let line = words.join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Turns the reading direction or takes no room: neither helps in a report.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text as a value in a query string.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_wrote_stays_short_and_harmless() {
        assert_eq!(excerpt("<html>\n  \u{1b}[31mno\u{202e}</html>", 100), "<html> [31mno</html>");
        assert_eq!(excerpt("ñandú", 3), "ñan…");
    }

    #[test]
    fn values_are_percent_encoded() {
        assert_eq!(encode("a&b=ñ +"), "a%26b%3D%C3%B1%20%2B");
    }
}
