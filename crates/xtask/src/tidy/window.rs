//! Invariant 5: few files touch `window` and `document`, so that several instances can live on one page and
//! inside a shadow root.

use super::{
    Finding,
    source::{Source, has_word},
};

const DOORS: [&str; 6] = [
    "crates/browser",
    "crates/ui/src/platform.rs",
    "crates/ui/src/platform",
    "src/embed",
    "src/main.rs",
    "src/bin",
];

/// Crates where the words mean something else: a rule's interaction window, a server's JSON document.
const ELSEWHERE: [&str; 5] =
    ["crates/model", "crates/contract", "crates/client", "crates/server", "crates/xtask"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_rust() || source.is_below(&DOORS) || source.is_below(&ELSEWHERE) {
        return Vec::new();
    }
    source.in_code(
        "touches the window or the document; crates/browser and ui's platform.rs are the doors (invariant 5)",
        |line| {
            // A method of that name belongs to something else, such as a channel's interaction window.
            let functions = line.replace(".window()", "").replace(".document()", "");
            ["window()", "document()"].iter().any(|name| has_word(&functions, name))
                || ["web_sys::window", "web_sys::Window"].iter().any(|name| has_word(line, name))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_component_that_reaches_for_the_window_is_found() {
        for code in ["let w = window();", "let d = leptos::prelude::document();", "web_sys::window()?"] {
            assert_eq!(check(&Source::new("src/inbox/row.rs", code)).len(), 1, "{code}");
        }
    }

    #[test]
    fn the_doors_may() {
        for door in
            ["crates/browser/src/storage.rs", "crates/ui/src/platform.rs", "src/main.rs", "src/bin/admin.rs"]
        {
            assert!(check(&Source::new(door, "let w = window();")).is_empty(), "{door}");
        }
    }

    #[test]
    fn the_interaction_window_is_another_thing() {
        for code in ["let left = row.interaction_window();", "let left = channel.window()?;"] {
            assert!(check(&Source::new("src/inbox/row.rs", code)).is_empty(), "{code}");
        }
    }
}
