//! No note to self is left in the source: what is to be done stands where work is planned, not in a file
//! that somebody else reads a year later.

use super::{
    Finding,
    source::{Source, has_word},
};

/// Written in halves, so that this file does not find itself.
const MARKS: [&str; 3] = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")];
/// Generated files, whose checksums may spell anything.
const GENERATED: [&str; 7] = [
    "Cargo.lock",
    "end2end/package-lock.json",
    "end2end/backends/chatwoot/prism/package-lock.json",
    "end2end/hosts/plain/package-lock.json",
    "end2end/hosts/react/package-lock.json",
    "end2end/hosts/vue/package-lock.json",
    "public/openapi.json",
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if source.is_below(&GENERATED) {
        return Vec::new();
    }
    MARKS
        .iter()
        .flat_map(|mark| {
            source.in_text(&format!("leaves a {mark} behind; do it, or leave it out"), |line| {
                has_word(line, mark)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_to_self_is_found_in_any_text() {
        for mark in MARKS {
            assert_eq!(check(&Source::new("src/lib.rs", format!("// {mark}: later"))).len(), 1, "{mark}");
            assert_eq!(check(&Source::new("style/base.css", format!("/* {mark} */"))).len(), 1, "{mark}");
        }
    }

    #[test]
    fn a_word_that_only_contains_one_is_fine() {
        assert!(check(&Source::new("src/words.rs", format!("{}S los casos", MARKS[0]))).is_empty());
    }
}
