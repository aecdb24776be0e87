//! Effects without a value of their own.

use leptos::prelude::Effect;

/// Does `work` soon, and again whenever something that it read has changed, until its owner is gone.
///
/// What `Effect::new` does; but that is compiled anew for every closure, and this is not.
pub fn watch(work: impl FnMut() + 'static) {
    watch_boxed(Box::new(work));
}

fn watch_boxed(mut work: Box<dyn FnMut()>) {
    Effect::new(move |_| work());
}
