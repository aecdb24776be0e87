//! Text folded for searching: «Núñez» is found by `nunez`.

use bandeja_letters::fold;

/// Whether every word of `typed` occurs somewhere in `text`, both folded. Nothing typed matches all.
pub fn contains_folded(text: &str, typed: &str) -> bool {
    let text = fold(text);
    fold(typed).split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_typed_in_any_order() {
        assert!(contains_folded("Valeria Núñez", "nun val"));
        assert!(!contains_folded("Valeria Núñez", "nun lucia"));
        assert!(contains_folded("Valeria Núñez", "  "));
    }
}
