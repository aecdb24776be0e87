//! What a toast says, and the handle by which any part of one app shows it.

use leptos::prelude::*;

use crate::icon::IconName;

/// A button in a toast.
#[derive(Clone, Copy)]
pub struct ToastAction {
    label: StoredValue<String>,
    run: Callback<()>,
}

impl ToastAction {
    /// Its words.
    pub fn label(&self) -> String {
        self.label.try_get_value().unwrap_or_default()
    }

    /// Does what it says.
    pub fn run(&self) {
        self.run.try_run(());
    }
}

/// One line of news, gone by itself.
#[derive(Clone)]
pub struct Toast {
    /// What it is about: a newer toast of the same kind takes its place.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
    /// Its icon.
    pub icon: IconName,
    /// A button, such as «Deshacer».
    pub action: Option<ToastAction>,
    /// How long it stays, in milliseconds; hovering and focus stop the clock.
    pub duration_ms: f64,
}

impl Toast {
    /// A toast that stays 6 s.
    pub fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), icon: IconName::CheckCircle, action: None, duration_ms: 6_000.0 }
    }

    /// The same with another icon.
    #[must_use]
    pub fn with_icon(mut self, icon: IconName) -> Self {
        self.icon = icon;
        self
    }

    /// The same with a button.
    #[must_use]
    pub fn with_action(mut self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Self {
        self.action =
            Some(ToastAction { label: StoredValue::new(label.into()), run: Callback::new(move |()| run()) });
        self
    }

    /// The same for another time, in milliseconds.
    #[must_use]
    pub fn lasting(mut self, duration_ms: f64) -> Self {
        self.duration_ms = duration_ms;
        self
    }
}

/// A toast on screen.
#[derive(Clone)]
pub(crate) struct Shown {
    /// Its number, never used twice.
    pub(crate) id: u64,
    /// What it says.
    pub(crate) toast: Toast,
}

/// The toasts of one app. A handle: copies speak of the same toasts.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Shown>>,
    next: StoredValue<u64>,
}

impl Default for Toasts {
    fn default() -> Self {
        Self::new()
    }
}

impl Toasts {
    /// No toasts yet. Make it once a mount, and give it to the others by context.
    pub fn new() -> Self {
        Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(1) }
    }

    /// Shows a toast in place of the one of its kind, and answers its number. After an unmount it does
    /// nothing.
    pub fn push(&self, toast: Toast) -> u64 {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let id = id.unwrap_or_default();
        self.shown.try_update(|shown| {
            shown.retain(|other| other.toast.kind != toast.kind);
            shown.push(Shown { id, toast });
        });
        id
    }

    /// Takes a toast away.
    pub fn dismiss(&self, id: u64) {
        self.shown.try_update(|shown| shown.retain(|other| other.id != id));
    }

    /// Takes the toast of a kind away.
    pub fn dismiss_kind(&self, kind: &str) {
        self.shown.try_update(|shown| shown.retain(|other| other.toast.kind != kind));
    }

    /// What is on screen, oldest first.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        self.shown.get()
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    fn texts(toasts: Toasts) -> Vec<String> {
        toasts.shown.with_untracked(|shown| shown.iter().map(|shown| shown.toast.text.clone()).collect())
    }

    #[test]
    fn the_newest_of_a_kind_takes_the_place_of_the_older() {
        let owner = Owner::new();
        owner.with(|| {
            let toasts = Toasts::new();
            toasts.push(Toast::new("closing", "first"));
            toasts.push(Toast::new("sending", "other"));
            toasts.push(Toast::new("closing", "second"));
            assert_eq!(texts(toasts), ["other", "second"]);
        });
    }

    #[test]
    fn a_toast_pushed_after_the_app_is_gone_is_dropped() {
        let owner = Owner::new();
        let toasts = owner.with(Toasts::new);
        owner.cleanup();
        toasts.push(Toast::new("closing", "late"));
        toasts.dismiss(1);
    }
}
