//! Invariant 2: `ui` depends on no crate of the workspace that knows the product, so that it can serve another one.
//! The macro that its views are written with, and the case of letters, know no more of it than `ui` does.

use super::{Finding, source::Source};

const MESSAGE: &str = "the primitives know no crate of the workspace but `view` and `letters` (invariant 2)";
/// What may be known.
const KNOWN: [&str; 2] = ["bandeja-view", "bandeja-letters"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_below(&["crates/ui"]) {
        return Vec::new();
    }
    if source.is_manifest() {
        return source.in_text(MESSAGE, |line| {
            (line.starts_with("bandeja-") && !KNOWN.iter().any(|known| line.starts_with(known)))
                || line.starts_with("[dependencies.bandeja-")
                || line.contains("path = \"..")
        });
    }
    let known = ["bandeja_model", "bandeja_contract", "bandeja_client", "bandeja_browser", "bandeja_app"];
    source.in_code(MESSAGE, |line| known.iter().any(|name| line.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_of_the_primitives_on_the_model_is_found() {
        let manifest = "[package]\nname = \"bandeja-ui\"\n[dependencies]\nbandeja-model.workspace = true\n";
        assert_eq!(check(&Source::new("crates/ui/Cargo.toml", manifest)).len(), 1);
        let by_path = "[dependencies]\nmodel = { path = \"../model\" }\n";
        assert_eq!(check(&Source::new("crates/ui/Cargo.toml", by_path)).len(), 1);
    }

    #[test]
    fn the_macro_of_views_and_the_letters_may_be_known() {
        let manifest = "[dependencies]\nbandeja-view.workspace = true\nbandeja-letters.workspace = true\n";
        assert!(check(&Source::new("crates/ui/Cargo.toml", manifest)).is_empty());
    }

    #[test]
    fn others_may_depend_on_each_other() {
        let manifest = "[dependencies]\nbandeja-model.workspace = true\n";
        assert!(check(&Source::new("crates/client/Cargo.toml", manifest)).is_empty());
        assert!(check(&Source::new("crates/ui/Cargo.toml", "name = \"bandeja-ui\"\n")).is_empty());
    }
}
