//! Invariant 6: the address bar belongs to the page. Only the stand-alone entries may move it; embedded instances
//! navigate in memory. A router would listen on the window, take every link of the origin and push the history.

use super::{
    Finding,
    source::{Source, has_word},
};

/// What moves the address bar, leaves the page, or follows it.
const WORDS: [&str; 6] = ["leptos_router", "move_to", "follow_address", "address", "leave_for", "reload"];
/// The door, and those who may go through it.
const MAY: [&str; 3] = ["src/main.rs", "src/bin", "crates/browser/src/doors"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.is_manifest() {
        return source.in_text("brings a router, which takes the page's address (invariant 6)", |line| {
            line.starts_with("leptos_router")
        });
    }
    if !source.is_rust() || !source.is_below(&["src", "crates/ui", "crates/browser"]) || source.is_below(&MAY)
    {
        return Vec::new();
    }
    source.in_code("moves the page's address, which only the stand-alone entries may (invariant 6)", |line| {
        line.contains("doors::") && WORDS.iter().any(|word| has_word(line, word))
            || has_word(line, "leptos_router")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_that_moves_the_address_is_found() {
        for code in ["use leptos_router::components::A;", "use bandeja_browser::doors::{address, move_to};"] {
            assert_eq!(check(&Source::new("src/shell/frame.rs", code)).len(), 1, "{code}");
        }
        assert_eq!(check(&Source::new("Cargo.toml", "leptos_router = \"0.8\"")).len(), 1);
    }

    #[test]
    fn the_stand_alone_entries_may() {
        for entry in ["src/main.rs", "src/bin/admin.rs"] {
            let code = "use bandeja_browser::doors::{address, follow_address, move_to};";
            assert!(check(&Source::new(entry, code)).is_empty(), "{entry}");
        }
    }
}
