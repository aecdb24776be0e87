//! A lint is switched off only where the code says why: the next reader has to know whether the reason
//! still holds.

use super::{Finding, source::Source};

const STARTS: [&str; 4] = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_rust() {
        return Vec::new();
    }
    let code = super::rust::read(source.text()).literals;
    let lines: Vec<&str> = source.text().lines().collect();
    code.lines()
        .enumerate()
        .filter(|(_, line)| STARTS.iter().any(|start| line.trim_start().starts_with(start)))
        .filter(|(at, _)| !has_reason(&lines, *at))
        .map(|(at, _)| {
            source.at(at + 1, "switches a lint off without `reason = \"…\"` or a comment above it")
        })
        .collect()
}

/// A reason inside the attribute, which may span lines, or a comment on its line or the one before.
fn has_reason(lines: &[&str], at: usize) -> bool {
    let mut attribute = String::new();
    for line in lines.iter().skip(at) {
        attribute.push_str(line);
        if line.contains(")]") {
            break;
        }
    }
    let above = at.checked_sub(1).and_then(|above| lines.get(above)).copied().unwrap_or_default();
    attribute.contains("reason = \"") || attribute.contains("//") || above.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_exception_is_found() {
        let source = Source::new("src/lib.rs", "fn a() {}\n#[allow(dead_code)]\nfn b() {}\n");
        assert_eq!(check(&source).iter().map(|finding| finding.line).collect::<Vec<_>>(), [2]);
        assert_eq!(check(&Source::new("src/lib.rs", "#![expect(clippy::x)]\n")).len(), 1);
    }

    #[test]
    fn an_exception_with_a_reason_is_fine() {
        for code in [
            "#[allow(dead_code, reason = \"called from JavaScript\")]\nfn b() {}\n",
            "#[allow(\n    dead_code,\n    reason = \"called from JavaScript\",\n)]\nfn b() {}\n",
            "// Called from JavaScript.\n#[allow(dead_code)]\nfn b() {}\n",
            "#[allow(dead_code)] // called from JavaScript\nfn b() {}\n",
        ] {
            assert!(check(&Source::new("src/lib.rs", code)).is_empty(), "{code}");
        }
    }
}
