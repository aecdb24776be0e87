//! Case and accents of letters, without Unicode's tables: those alone weigh more than the list of conversations.
//!
//! Knows Latin, Greek and Cyrillic letters, which is what has case in the languages that people write to a
//! company in. Letters of other scripts stay as they are. Server and app compare by these same functions.

/// The small letter of a capital; anything else as it is.
pub const fn lower(letter: char) -> char {
    match letter {
        'A'..='Z' => letter.to_ascii_lowercase(),
        'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => shifted(letter, 32),
        'Ѐ'..='Џ' => shifted(letter, 80),
        // Here capitals and small letters take turns, beginning with the capital or with the small one.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ѡ'..='ѿ' | 'Ҋ'..='ӿ' if is_even(letter) => shifted(letter, 1),
        'Ĺ'..='ň' | 'Ź'..='ž' if !is_even(letter) => shifted(letter, 1),
        'Ÿ' => 'ÿ',
        other => other,
    }
}

/// The capital of a small letter; anything else as it is.
pub const fn upper(letter: char) -> char {
    match letter {
        'a'..='z' => letter.to_ascii_uppercase(),
        'à'..='ö' | 'ø'..='þ' | 'α'..='ρ' | 'σ'..='ϋ' | 'а'..='я' => shifted(letter, -32),
        'ѐ'..='џ' => shifted(letter, -80),
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ѡ'..='ѿ' | 'Ҋ'..='ӿ' if !is_even(letter) && letter != 'ı' => {
            shifted(letter, -1)
        }
        'Ĺ'..='ň' | 'Ź'..='ž' if is_even(letter) => shifted(letter, -1),
        'ÿ' => 'Ÿ',
        other => other,
    }
}

const fn is_even(letter: char) -> bool {
    (letter as u32).is_multiple_of(2)
}

const fn shifted(letter: char, by: i32) -> char {
    match char::from_u32((letter as u32).wrapping_add_signed(by)) {
        Some(shifted) => shifted,
        None => letter,
    }
}

/// A text in small letters.
pub fn lowercase(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// A text that begins with a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| std::iter::once(upper(first)).chain(chars).collect())
}

/// A text that begins with a small letter.
pub fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| std::iter::once(lower(first)).chain(chars).collect())
}

/// Folds case and the accents of Latin letters, so that «Pérez», «perez» and «PEREZ» are one word; ligatures are
/// opened.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().map(lower) {
        match letter {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' => folded.push('g'),
            'ì'..='ï' | 'ī' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ř' => folded.push('r'),
            'ś' | 'š' | 'ş' => folded.push('s'),
            'ť' | 'ţ' => folded.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ž' | 'ż' => folded.push('z'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            // Combining marks: a decomposed «é» folds like a composed one.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Unicode says, where one letter has one counterpart.
    fn one(mut letters: impl Iterator<Item = char>) -> Option<char> {
        letters.next().filter(|_| letters.next().is_none())
    }

    #[test]
    fn case_is_what_unicode_says_it_is_in_the_scripts_we_know() {
        let latin = '\0'..='\u{17e}';
        // Two Greek letters with an accent of their own, and the final sigma, are left alone.
        let greek = ('Α'..='ώ').filter(|c| c.is_alphabetic() && !"ΐΰςϊϋόύώάέήί".contains(*c));
        let cyrillic = ('Ѐ'..='ѿ').chain('Ҋ'..='ҿ');
        for letter in latin.chain(greek).chain(cyrillic) {
            if let Some(expected) = one(letter.to_lowercase()) {
                assert_eq!(lower(letter), expected, "{letter} {:x}", letter as u32);
            }
            let is_special = matches!(letter, 'µ' | 'ı' | 'ſ');
            if let Some(expected) = one(letter.to_uppercase()).filter(|_| !is_special) {
                assert_eq!(upper(letter), expected, "{letter} {:x}", letter as u32);
            }
        }
    }

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Núñez ÁRBOL São Łódź"), "nunez arbol sao lodz");
        assert_eq!(fold("Cafe\u{301} STRASSE Straße"), "cafe strasse strasse");
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(fold("مرحبا 你好"), "مرحبا 你好");
        assert_eq!(fold("ПРИВЕТ"), "привет");
    }

    #[test]
    fn a_word_gets_and_loses_its_capital() {
        assert_eq!(capital("élodie y"), "Élodie y");
        assert_eq!(small("Última"), "última");
        assert_eq!(capital(""), "");
        assert_eq!(lowercase("ÁRBOL Ñ"), "árbol ñ");
    }
}
