//! Text folded for searching: «Núñez» is found by `nunez`.
//!
//! Covers Latin letters by hand because a Unicode library costs more than the whole interface.

/// Lower case, without accents, ligatures opened. Letters of other scripts only lose their case.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
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
            'ß' => folded.push_str("ss"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// Whether every word of `typed` occurs somewhere in `text`, both folded. Nothing typed matches all.
pub fn contains_folded(text: &str, typed: &str) -> bool {
    let text = fold(text);
    fold(typed).split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Núñez ÁRBOL São Łódź"), "nunez arbol sao lodz");
    }

    #[test]
    fn a_combining_accent_counts_as_none() {
        assert_eq!(fold("Cafe\u{301}"), "cafe");
    }

    #[test]
    fn words_may_be_typed_in_any_order() {
        assert!(contains_folded("Valeria Núñez", "nun val"));
        assert!(!contains_folded("Valeria Núñez", "nun lucia"));
        assert!(contains_folded("Valeria Núñez", "  "));
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(fold("مرحبا 你好"), "مرحبا 你好");
    }
}
