//! What stands in an avatar: one or two initials, and one of six tints by the id.

/// One or two initials of a name: of its first and last words that begin with a letter or a digit.
///
/// A name of emoji or signs alone gives its first character; an empty one a question mark, so that the
/// disc is never blank. Scripts without case stay as they are.
pub fn initials(name: &str) -> String {
    let mut firsts = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()))
        .map(bandeja_letters::upper);
    match (firsts.next(), firsts.next_back()) {
        (Some(first), Some(last)) => format!("{first}{last}"),
        (Some(first), None) => first.to_string(),
        _ => name.trim().chars().next().map_or_else(|| "?".to_owned(), |sign| sign.to_string()),
    }
}

/// A tint from 1 to 6, always the same for the same id (FNV-1a).
pub fn tint(id: &str) -> u8 {
    let hash =
        id.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    match (hash ^ (hash >> 15)) % 6 {
        0 => 1,
        1 => 2,
        2 => 3,
        3 => 4,
        4 => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_words_give_the_initials() {
        assert_eq!(initials("Mariana Restrepo"), "MR");
        assert_eq!(initials("  jorge luis cárdenas "), "JC");
    }

    #[test]
    fn one_word_gives_one_initial() {
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("+52 5550"), "55");
    }

    #[test]
    fn a_name_right_to_left_keeps_its_reading_order() {
        assert_eq!(initials("محمد علي"), "مع");
    }

    #[test]
    fn emoji_are_skipped_beside_words_and_kept_alone() {
        assert_eq!(initials("🌸 Ana 🌸"), "A");
        assert_eq!(initials("🌸"), "🌸");
    }

    #[test]
    fn no_name_is_a_question_mark() {
        assert_eq!(initials("  "), "?");
    }

    #[test]
    fn tints_stay_within_the_six_and_use_all_of_them() {
        let mut seen = [false; 7];
        for id in 0..200 {
            seen[usize::from(tint(&format!("contact-{id}")))] = true;
        }
        assert_eq!(seen, [false, true, true, true, true, true, true]);
    }
}
