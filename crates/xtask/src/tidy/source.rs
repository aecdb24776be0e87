//! One text file of the project as the checks see it: its path, its text, and for Rust the text with what
//! is not code taken out, line for line.

use std::collections::HashSet;

use super::{Finding, rust};

/// A file with its path from the root, forward slashes.
#[derive(Debug)]
pub(super) struct Source {
    path: String,
    text: String,
    /// Rust without comments, string contents and tests; empty for other files.
    code: String,
    /// Rust without comments and tests; empty for other files.
    literals: String,
    test_modules: Vec<String>,
}

impl Source {
    pub(super) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let mut source =
            Self { path, text, code: String::new(), literals: String::new(), test_modules: Vec::new() };
        if source.is_rust() {
            if source.is_in_test_folder() {
                source.test_modules.clear();
            } else {
                let parts = rust::read(&source.text);
                source.code = parts.code;
                source.literals = parts.literals;
                source.test_modules = parts.test_modules;
            }
        }
        source
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_rust(&self) -> bool {
        self.has_extension("rs")
    }

    pub(super) fn has_extension(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == extension)
    }

    /// Whether it lies in one of these folders, or is one of these files.
    pub(super) fn is_below(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path
                .strip_prefix(place)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || place.ends_with('/'))
        })
    }

    /// The manifest of a crate, or of the whole workspace.
    pub(super) fn is_manifest(&self) -> bool {
        self.path == "Cargo.toml" || self.path.ends_with("/Cargo.toml")
    }

    /// The lines of code outside tests that satisfy `test`, as findings.
    pub(super) fn in_code(&self, message: &str, test: impl Fn(&str) -> bool) -> Vec<Finding> {
        self.find_in(&self.code, message, test)
    }

    /// The same with the contents of strings left in.
    pub(super) fn in_code_and_strings(&self, message: &str, test: impl Fn(&str) -> bool) -> Vec<Finding> {
        self.find_in(&self.literals, message, test)
    }

    /// The same over everything the file says.
    pub(super) fn in_text(&self, message: &str, test: impl Fn(&str) -> bool) -> Vec<Finding> {
        self.find_in(&self.text, message, test)
    }

    /// One finding at a line counted from 1.
    pub(super) fn at(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { path: self.path.clone(), line, message: message.into() }
    }

    /// The paths, without ending, of the modules that this file declares for tests alone.
    pub(super) fn test_modules(&self) -> impl Iterator<Item = String> {
        let folder = self
            .path
            .strip_suffix("/mod.rs")
            .or_else(|| self.path.strip_suffix("/lib.rs"))
            .or_else(|| self.path.strip_suffix("/main.rs"))
            .or_else(|| self.path.strip_suffix(".rs"))
            .unwrap_or(&self.path);
        self.test_modules.iter().map(move |name| format!("{folder}/{name}"))
    }

    /// Forgets the code of a file that only tests use.
    pub(super) fn become_test_if_in(&mut self, test_modules: &HashSet<String>) {
        let stem = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let is_test = test_modules.iter().any(|module| {
            stem.strip_prefix(module.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        if is_test {
            self.code.clear();
            self.literals.clear();
        }
    }

    fn is_in_test_folder(&self) -> bool {
        self.path.split('/').any(|part| matches!(part, "tests" | "benches" | "tests.rs"))
    }

    fn find_in(&self, text: &str, message: &str, is_wrong: impl Fn(&str) -> bool) -> Vec<Finding> {
        text.lines()
            .zip(1..)
            .filter(|(line, _)| is_wrong(line))
            .map(|(_, number)| self.at(number, message))
            .collect()
    }
}

/// Whether `word` stands in `line` and is not the end or the beginning of a longer name.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let begins = !word.starts_with(is_name) || !before.is_some_and(is_name);
        let ends = !word.ends_with(is_name) || !after.is_some_and(is_name);
        begins && ends
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_found_inside_a_longer_one() {
        assert!(has_word("let w = window();", "window()"));
        assert!(!has_word("let w = my_window();", "window()"));
        assert!(!has_word("leptos_router::x", "leptos"));
    }

    #[test]
    fn a_place_is_a_folder_or_a_file_and_not_a_prefix_of_a_name() {
        let source = Source::new("crates/ui/src/platform.rs", "");
        assert!(source.is_below(&["crates/ui"]));
        assert!(source.is_below(&["crates/ui/src/platform.rs"]));
        assert!(!source.is_below(&["crates/u"]));
    }

    #[test]
    fn a_file_declared_for_tests_alone_has_no_code_to_check() {
        let parent = Source::new("crates/model/src/lib.rs", "#[cfg(test)]\nmod samples;\nmod real;\n");
        let modules: HashSet<String> = parent.test_modules().collect();
        let mut samples = Source::new("crates/model/src/samples.rs", "fn f() { g().unwrap() }");
        samples.become_test_if_in(&modules);
        assert!(samples.in_code("", |line| line.contains("unwrap")).is_empty());
        let mut real = Source::new("crates/model/src/real.rs", "fn f() { g().unwrap() }");
        real.become_test_if_in(&modules);
        assert_eq!(real.in_code("", |line| line.contains("unwrap")).len(), 1);
    }
}
