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

/// A cell of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula gets an
/// apostrophe in front, which makes it a text there: strangers choose their own names.
pub fn csv_cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let needs_quotes = text.contains([',', '"', '\r', '\n']);
    let mut cell = String::with_capacity(text.len() + 3);
    if needs_quotes {
        cell.push('"');
    }
    if is_formula {
        cell.push('\'');
    }
    if needs_quotes {
        cell.push_str(&text.replace('"', "\"\""));
        cell.push('"');
    } else {
        cell.push_str(text);
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_made_a_text() {
        assert_eq!(
            csv_cell(r#"=HYPERLINK("http://x.test","Ver")"#),
            r#""'=HYPERLINK(""http://x.test"",""Ver"")""#
        );
        for (text, cell) in [("+52 55", "'+52 55"), ("-1", "'-1"), ("@a", "'@a"), ("\t=1", "'\t=1")] {
            assert_eq!(csv_cell(text), cell);
        }
        assert_eq!(csv_cell("\r=1"), "\"'\r=1\"");
        assert_eq!(csv_cell("a=1"), "a=1");
    }

    #[test]
    fn a_cell_is_quoted_only_where_it_must_be() {
        assert_eq!(csv_cell("Peña, María"), "\"Peña, María\"");
        assert_eq!(csv_cell("dos\nlíneas"), "\"dos\nlíneas\"");
        assert_eq!(csv_cell("la \"jefa\""), "\"la \"\"jefa\"\"\"");
        assert_eq!(csv_cell("María Peña"), "María Peña");
        assert_eq!(csv_cell(""), "");
    }

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
