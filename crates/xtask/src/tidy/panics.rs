//! Invariant 8: nothing outside tests may panic: on wasm a panic ends the page. Clippy sees more; this sees
//! also what a local `allow` hides from clippy.

use super::{
    Finding,
    source::{Source, has_word},
};

pub(super) fn check(source: &Source) -> Vec<Finding> {
    source.in_code(
        "may panic, and a panic ends the page; use `?`, `let else` or `get` (invariant 8)",
        |line| {
            [".unwrap()", ".expect(\"", ".expect(&format!"].iter().any(|call| line.contains(call))
                || ["panic!", "todo!", "unimplemented!"].iter().any(|name| has_word(line, name))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_panic_is_found() {
        for code in ["x.unwrap();", "x.expect(\"why\");", "panic!(\"no\");", "todo!()", "unimplemented!()"] {
            assert_eq!(check(&Source::new("src/lib.rs", code)).len(), 1, "{code}");
        }
    }

    #[test]
    fn its_harmless_relatives_and_tests_are_not() {
        let code =
            "x.unwrap_or_default(); parser.expect(b'x')?; std::panic::catch_unwind(f); // x.unwrap()\n";
        assert!(check(&Source::new("src/lib.rs", code)).is_empty());
        assert!(
            check(&Source::new("src/lib.rs", "#[cfg(test)]\nmod tests { fn f() { x.unwrap() } }")).is_empty()
        );
        assert!(check(&Source::new("crates/client/tests/calls.rs", "x.unwrap()")).is_empty());
    }
}
