//! Invariant 6: `leptos_router` listens on the window, takes every link of the origin and pushes the page's
//! history. Only the stand-alone entries may do that; embedded instances navigate in memory.

use super::{
    Finding,
    pure_crates::is_dependency,
    source::{Source, has_word},
};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    const MESSAGE: &str = "names leptos_router, which only the stand-alone entries may (invariant 6)";
    if source.is_manifest() && source.path() != "Cargo.toml" {
        return source.in_text(MESSAGE, |line| is_dependency(line, "leptos_router"));
    }
    if !source.is_rust() || source.is_below(&["src/main.rs", "src/bin"]) {
        return Vec::new();
    }
    source.in_code(MESSAGE, |line| has_word(line, "leptos_router"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_that_uses_the_router_is_found() {
        assert_eq!(check(&Source::new("src/shell/frame.rs", "use leptos_router::components::A;")).len(), 1);
        assert_eq!(check(&Source::new("crates/ui/Cargo.toml", "leptos_router.workspace = true")).len(), 1);
    }

    #[test]
    fn the_stand_alone_entries_may() {
        for entry in ["src/main.rs", "src/bin/admin.rs"] {
            assert!(
                check(&Source::new(entry, "use leptos_router::components::Router;")).is_empty(),
                "{entry}"
            );
        }
        assert!(check(&Source::new("Cargo.toml", "leptos_router.workspace = true")).is_empty());
    }
}
