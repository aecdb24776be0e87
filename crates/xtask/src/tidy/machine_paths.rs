//! No file names a folder of the machine it was written on: it would be wrong everywhere else.

use super::{Finding, source::Source};

/// Written in halves, so that this file does not find itself.
const FOLDERS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Use", "rs/")];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.is_below(&["Cargo.lock"]) || source.path().ends_with("package-lock.json") {
        return Vec::new();
    }
    source.in_text("names a folder of one machine; paths are relative, or found while running", |line| {
        FOLDERS.iter().any(|folder| names(&format!("{line} "), folder))
    })
}

/// Whether `folder` begins a path in `line`, and is not the middle of a longer one or of an address.
fn names(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '}' | ')' | '~' | '*')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_is_found() {
        for folder in FOLDERS {
            let text = format!("let path = \"{folder}somebody/notes\";");
            assert_eq!(check(&Source::new("src/lib.rs", text)).len(), 1, "{folder}");
        }
    }

    #[test]
    fn folders_of_the_project_with_such_names_are_fine() {
        for text in ["mod net/work/x", "https://example.test/home/x", "${base}/home/x", "~/root/x"] {
            assert!(check(&Source::new("docs/a.md", text)).is_empty(), "{text}");
        }
    }
}
