//! Invariant 2: `ui` depends on no other crate of the workspace, so that it can serve another product.

use super::{Finding, source::Source};

const MESSAGE: &str = "the primitives know no other crate of the workspace (invariant 2)";

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_below(&["crates/ui"]) {
        return Vec::new();
    }
    if source.is_manifest() {
        return source.in_text(MESSAGE, |line| {
            line.starts_with("bandeja-")
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
    fn others_may_depend_on_each_other() {
        let manifest = "[dependencies]\nbandeja-model.workspace = true\n";
        assert!(check(&Source::new("crates/client/Cargo.toml", manifest)).is_empty());
        assert!(check(&Source::new("crates/ui/Cargo.toml", "name = \"bandeja-ui\"\n")).is_empty());
    }
}
