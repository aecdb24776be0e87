//! Invariant 4: the app speaks the contract and nothing else. Paths are written once, in `contract`; the
//! app and its client ask it for them.

use super::{Finding, source::Source};

const SPEAKERS: [&str; 5] = ["src", "crates/model", "crates/client", "crates/browser", "crates/ui"];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is_below(&SPEAKERS) {
        return Vec::new();
    }
    source.in_code_and_strings(
        "writes a path of the API; crates/contract holds them all (invariant 4)",
        |line| line.contains("/api/v1") || line.contains("\"api/v1"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_written_in_the_app_is_found() {
        let text = "fn f() { get(\"/api/v1/session\") }";
        assert_eq!(check(&Source::new("src/inbox/load.rs", text)).len(), 1);
        assert_eq!(check(&Source::new("crates/client/src/calls.rs", text)).len(), 1);
    }

    #[test]
    fn the_contract_the_server_tests_and_comments_may_name_paths() {
        let text = "fn f() { get(\"/api/v1/session\") }";
        assert!(check(&Source::new("crates/contract/src/paths.rs", text)).is_empty());
        assert!(check(&Source::new("crates/server/src/main.rs", text)).is_empty());
        assert!(check(&Source::new("src/lib.rs", "//! asks /api/v1/session\n")).is_empty());
        let tested = format!("#[cfg(test)]\nmod tests {{ {text} }}");
        assert!(check(&Source::new("crates/client/src/calls.rs", tested)).is_empty());
    }
}
