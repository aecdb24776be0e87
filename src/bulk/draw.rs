//! Signals that follow what they read, each of one type: what a component is given is compiled anew for every
//! closure, and this feature has many.

use super::context::Bulk;
use super::words::BulkWords;
use leptos::prelude::*;

/// Words that follow what they read.
pub(super) fn text(words: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    text_of(Box::new(words))
}

fn text_of(words: Box<dyn Fn() -> String + Send + Sync>) -> Signal<String> {
    Signal::derive(words)
}

/// A yes or no that follows what it reads.
pub(super) fn whether(is: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    whether_of(Box::new(is))
}

fn whether_of(is: Box<dyn Fn() -> bool + Send + Sync>) -> Signal<bool> {
    Signal::derive(is)
}

/// Why something is off, as it follows what it reads.
pub(super) fn reason(why: impl Fn() -> Option<String> + Send + Sync + 'static) -> Signal<Option<String>> {
    reason_of(Box::new(why))
}

fn reason_of(why: Box<dyn Fn() -> Option<String> + Send + Sync>) -> Signal<Option<String>> {
    Signal::derive(why)
}

impl Bulk {
    /// A word in the reader's language, also when that changes.
    pub(super) fn say(self, of: fn(&BulkWords) -> &'static str) -> Signal<String> {
        text(move || of(self.w()).to_owned())
    }
}
