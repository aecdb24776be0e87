//! The invariants of ARCHITECTURE.md and the habits of CONTRIBUTING.md that a program can check, one file
//! each. A check gets one source at a time and answers what breaks the rule, with the rule's reason.

mod allow_reasons;
mod contract_paths;
mod file_length;
mod leftovers;
mod lints;
mod machine_paths;
mod panics;
mod pure_crates;
mod router;
mod rust;
mod source;
mod ui_alone;
mod window;

use std::{collections::HashSet, fmt, fs, path::Path};

use anyhow::{Context, Result};

use self::source::Source;
use crate::files::written_by_people;

/// Every check, in the order of the invariants.
const CHECKS: [fn(&Source) -> Vec<Finding>; 11] = [
    pure_crates::check,
    ui_alone::check,
    contract_paths::check,
    window::check,
    router::check,
    panics::check,
    lints::check,
    file_length::check,
    leftovers::check,
    allow_reasons::check,
    machine_paths::check,
];

/// One place that breaks one rule.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Everything below `root` that breaks a rule.
pub(crate) fn findings(root: &Path) -> Result<Vec<Finding>> {
    let mut sources = Vec::new();
    for file in written_by_people(root)? {
        let path = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file).with_context(|| format!("cannot read {path}"))?;
        // What is no text (pictures, fonts) has nothing to check.
        if let Ok(text) = String::from_utf8(bytes) {
            sources.push(Source::new(path, text));
        }
    }
    let test_modules: HashSet<String> = sources.iter().flat_map(Source::test_modules).collect();
    let mut findings = Vec::new();
    for source in &mut sources {
        source.become_test_if_in(&test_modules);
        findings.extend(CHECKS.iter().flat_map(|check| check(source)));
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_like_a_compiler_message() {
        let finding = Finding { path: "src/lib.rs".to_owned(), line: 7, message: "no".to_owned() };
        assert_eq!(finding.to_string(), "src/lib.rs:7: no");
    }
}
