//! Text as search and rows need it.

pub use bandeja_letters::fold;

/// The words of `text`, folded: runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect::<Vec<_>>()
        .into_iter()
}

/// The first `limit` characters of `text` in one line, with an ellipsis if something was cut.
pub fn preview(text: &str, limit: usize) -> String {
    let mut line = String::new();
    let one_line = text.split_whitespace().flat_map(|word| std::iter::once(' ').chain(word.chars()));
    for (count, c) in one_line.skip(1).enumerate() {
        if count == limit {
            line.push('…');
            break;
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter() {
        assert_eq!(fold("Núñez ÁVILA São"), "nunez avila sao");
        assert_eq!(fold("Nu\u{301}n\u{303}ez"), "nunez");
    }

    #[test]
    fn other_scripts_stay_as_they_are() {
        assert_eq!(fold("مريم 🙂"), "مريم 🙂");
    }

    #[test]
    fn a_preview_is_one_line_and_says_that_it_was_cut() {
        assert_eq!(preview("uno\n  dos", 20), "uno dos");
        assert_eq!(preview("uno dos tres", 7), "uno dos…");
        assert_eq!(preview("", 7), "");
    }
}
