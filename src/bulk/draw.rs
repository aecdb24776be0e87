//! Parts that follow what they read, each of one type whatever it draws: Leptos compiles its machinery anew
//! for every closure that stands in a view, and this feature has many.

use super::context::Bulk;
use super::words::BulkWords;
use leptos::prelude::*;

/// Draws anew whenever what it reads changes.
pub(super) fn live(draw: impl Fn() -> Option<AnyView> + Send + Sync + 'static) -> AnyView {
    boxed(Box::new(draw))
}

fn boxed(draw: Box<dyn Fn() -> Option<AnyView> + Send + Sync>) -> AnyView {
    (move || draw()).into_any()
}

/// Words that follow what they read.
pub(super) fn text(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(words)
}

impl Bulk {
    /// A word in the reader's language, also when that changes.
    pub(super) fn say(self, of: fn(&BulkWords) -> &'static str) -> Signal<String> {
        Signal::derive(move || of(self.w()).to_owned())
    }
}
