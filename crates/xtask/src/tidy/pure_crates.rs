//! Invariant 1: `model`, `contract` and `client` (and `connector`, once there) know no browser and no view.

use super::{
    Finding,
    source::{Source, has_word},
};

const PURE: [&str; 4] = ["crates/model", "crates/contract", "crates/client", "crates/connector"];
const FOREIGN: [&str; 14] = [
    "leptos",
    "leptos_router",
    "web_sys",
    "web-sys",
    "wasm_bindgen",
    "wasm-bindgen",
    "wasm_bindgen_futures",
    "wasm-bindgen-futures",
    "js_sys",
    "js-sys",
    "gloo",
    "gloo_net",
    "gloo-net",
    "gloo-timers",
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_below(&PURE) {
        return Vec::new();
    }
    FOREIGN
        .iter()
        .flat_map(|name| {
            let message =
                format!("names `{name}`; rules and data stay testable without a browser (invariant 1)");
            if source.is_manifest() {
                source.in_text(&message, |line| is_dependency(line, name))
            } else {
                source.in_code(&message, |line| has_word(line, name))
            }
        })
        .collect()
}

/// Whether a line of a manifest begins a dependency of that name.
pub(super) fn is_dependency(line: &str, name: &str) -> bool {
    let key = line.split(['=', '.', ' ']).next().unwrap_or_default();
    key.trim_matches('"') == name || line.trim() == format!("[dependencies.{name}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_looks_at_the_browser_is_found() {
        let source =
            Source::new("crates/model/src/lib.rs", "//! leptos is not known here\nuse web_sys::Window;\n");
        let findings = check(&source);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
    }

    #[test]
    fn a_dependency_on_a_view_library_is_found() {
        let source = Source::new("crates/client/Cargo.toml", "[dependencies]\nleptos.workspace = true\n");
        assert_eq!(check(&source).len(), 1);
    }

    #[test]
    fn the_view_may_name_its_library() {
        assert!(check(&Source::new("crates/ui/src/lib.rs", "use leptos::prelude::*;")).is_empty());
        assert!(check(&Source::new("crates/client/Cargo.toml", "serde.workspace = true")).is_empty());
    }
}
