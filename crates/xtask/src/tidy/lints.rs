//! The lints of the workspace deny what may panic, and every crate takes part in them.

use super::{Finding, source::Source};

const DENIED: [&str; 6] =
    ["unwrap_used", "expect_used", "panic", "indexing_slicing", "todo", "unimplemented"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_manifest() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if !takes_part(source.text()) {
        findings.push(source.at(1, "lacks `[lints]` with `workspace = true`, so no lint guards this crate"));
    }
    if source.path() == "Cargo.toml" {
        findings.extend(DENIED.iter().filter(|lint| !denies(source.text(), lint)).map(|lint| {
            source.at(1, format!("the workspace's clippy lints do not deny `{lint}` (invariant 8)"))
        }));
    }
    findings
}

fn takes_part(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]").skip(1);
    lines.next().is_some_and(|line| line.replace(' ', "") == "workspace=true")
}

fn denies(manifest: &str, lint: &str) -> bool {
    let section = manifest.lines().skip_while(|line| line.trim() != "[workspace.lints.clippy]").skip(1);
    section
        .take_while(|line| !line.starts_with('['))
        .any(|line| line.replace(' ', "") == format!("{lint}=\"deny\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(lints: &[&str]) -> Source {
        let denied: Vec<_> = lints.iter().map(|name| format!("{name} = \"deny\"")).collect();
        Source::new(
            "Cargo.toml",
            format!("[workspace.lints.clippy]\n{}\n\n[lints]\nworkspace = true\n", denied.join("\n")),
        )
    }

    #[test]
    fn a_crate_outside_the_lints_is_found() {
        assert_eq!(
            check(&Source::new("crates/model/Cargo.toml", "[package]\nname = \"bandeja-model\"\n")).len(),
            1
        );
        assert!(check(&Source::new("crates/model/Cargo.toml", "[lints]\nworkspace = true\n")).is_empty());
    }

    #[test]
    fn a_lint_that_is_not_denied_is_found() {
        assert!(check(&root(&DENIED)).is_empty());
        let findings = check(&root(&DENIED[1..]));
        assert_eq!(findings.len(), 1);
        assert!(findings[0].message.contains("unwrap_used"));
    }
}
