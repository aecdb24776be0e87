//! A file that does not fit a few screens does more than one thing. The few that have a reason say it near
//! their head: `// long: reason`.

use super::{Finding, source::Source};

const MOST: usize = 400;
/// How far down the reason may stand: behind the module's head, before the code.
const HEAD: usize = 30;

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let counted = ["rs", "ts", "css"].iter().any(|extension| source.has_extension(extension));
    let lines = source.text().lines().count();
    if !counted || lines <= MOST || has_reason(source.text()) {
        return Vec::new();
    }
    vec![source.at(
        MOST + 1,
        format!("{lines} lines, more than {MOST}; split it, or say `long: reason` at its head"),
    )]
}

fn has_reason(text: &str) -> bool {
    text.lines().take(HEAD).any(|line| {
        let comment = line.trim().trim_start_matches(['/', '*', '!', ' ']);
        comment.len() < line.trim().len()
            && comment
                .strip_prefix("long:")
                .is_some_and(|reason| reason.trim_matches([' ', '*', '/']).len() > 3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_without_a_reason_is_found() {
        let text = "x\n".repeat(MOST + 1);
        for path in ["src/lib.rs", "end2end/tests/a.ts", "style/base.css"] {
            assert_eq!(check(&Source::new(path, text.clone())).len(), 1, "{path}");
        }
    }

    #[test]
    fn a_reason_has_to_say_something() {
        let body = "x\n".repeat(MOST);
        assert!(check(&Source::new("src/a.rs", format!("// long: one table of states\n{body}"))).is_empty());
        assert!(
            check(&Source::new("style/a.css", format!("/* long: all tokens, one a line */\n{body}")))
                .is_empty()
        );
        assert_eq!(check(&Source::new("src/a.rs", format!("// long:\n{body}"))).len(), 1);
    }

    #[test]
    fn a_short_file_and_a_document_are_fine() {
        assert!(check(&Source::new("src/lib.rs", "x\n".repeat(MOST))).is_empty());
        assert!(check(&Source::new("README.md", "x\n".repeat(MOST + 1))).is_empty());
    }
}
