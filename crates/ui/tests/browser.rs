//! The primitives in a real browser: what only a document, a focus and a top layer can show.

#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "these are tests, which clippy recognises only by `#[test]`"
)]

#[path = "browser/dialog.rs"]
mod dialog;
#[path = "browser/menu.rs"]
mod menu;
#[path = "browser/page.rs"]
mod page;
#[path = "browser/slider.rs"]
mod slider;
#[path = "browser/virtual_list.rs"]
mod virtual_list;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
