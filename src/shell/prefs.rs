//! What this browser remembers of its reader: language, theme, density, keys.

use super::host::Host;
use crate::acting::AfterClosing;
use crate::i18n::Locale;
use leptos::prelude::*;

const LANGUAGE: &str = "bandeja.language";
const THEME: &str = "bandeja.theme";
const DENSITY: &str = "bandeja.density";
const ONE_KEY: &str = "bandeja.one_key";
const AFTER_CLOSING: &str = "bandeja.after_closing";

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value of `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }
}

/// How much room rows and controls take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Three lines a row.
    #[default]
    Comfortable,
    /// Two lines a row.
    Compact,
}

impl Density {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Comfortable, Self::Compact];

    /// The value of `data-density`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }

    /// The density of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.code() == code)
    }

    /// The exact height of a row in CSS px; the sheet's `--row` says the same.
    pub const fn row_height(self) -> f64 {
        match self {
            Self::Comfortable => 80.0,
            Self::Compact => 56.0,
        }
    }
}

/// The preferences. A context of the mount; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Prefs {
    theme: RwSignal<Theme>,
    density: RwSignal<Density>,
    one_key: RwSignal<bool>,
    host: StoredValue<Host, LocalStorage>,
}

impl Prefs {
    /// As this browser remembers them.
    pub fn load(host: Host) -> Self {
        let stored = |key: &str| host.storage.get(key);
        let theme = stored(THEME).and_then(|code| Theme::from_code(&code)).unwrap_or_default();
        let density = stored(DENSITY).and_then(|code| Density::from_code(&code)).unwrap_or_default();
        let one_key = stored(ONE_KEY).as_deref() != Some("off");
        Self {
            theme: RwSignal::new(theme),
            density: RwSignal::new(density),
            one_key: RwSignal::new(one_key),
            host: StoredValue::new_local(host),
        }
    }

    /// The mount's preferences.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// The language chosen before, else the best of the reader's own.
    pub fn locale(self) -> Locale {
        let chosen = self.stored(LANGUAGE).and_then(|code| Locale::from_code(&code));
        chosen.unwrap_or_else(|| self.host.with_value(|host| Locale::preferred(&host.languages)))
    }

    /// Remembers the language.
    pub fn keep_locale(self, locale: Locale) {
        self.store(LANGUAGE, locale.code());
    }

    /// What closing leads to, as chosen before.
    pub fn after_closing(self) -> AfterClosing {
        match self.stored(AFTER_CLOSING).as_deref() {
            Some("stay") => AfterClosing::Stay,
            _ => AfterClosing::Next,
        }
    }

    /// Remembers what closing leads to.
    pub fn keep_after_closing(self, after: AfterClosing) {
        let code = match after {
            AfterClosing::Next => "next",
            AfterClosing::Stay => "stay",
        };
        self.store(AFTER_CLOSING, code);
    }

    /// The theme, tracked.
    pub fn theme(self) -> Theme {
        self.theme.get()
    }

    /// Chooses the theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.store(THEME, theme.code());
    }

    /// Whether the reader has ever chosen a theme here.
    pub fn has_chosen_theme(self) -> bool {
        self.stored(THEME).is_some()
    }

    /// Shows a theme that somebody else wishes, without remembering it.
    pub fn show_theme(self, theme: Theme) {
        self.theme.set(theme);
    }

    /// Shows a density that somebody else wishes, without remembering it.
    pub fn show_density(self, density: Density) {
        self.density.set(density);
    }

    /// The density, tracked.
    pub fn density(self) -> Density {
        self.density.get()
    }

    /// Chooses the density.
    pub fn set_density(self, density: Density) {
        self.density.set(density);
        self.store(DENSITY, density.code());
    }

    /// Whether shortcuts of one key work (WCAG 2.1.4), tracked.
    pub fn one_key(self) -> bool {
        self.one_key.get()
    }

    /// The same, untracked.
    pub fn one_key_untracked(self) -> bool {
        self.one_key.get_untracked()
    }

    /// Switches shortcuts of one key on or off.
    pub fn set_one_key(self, on: bool) {
        self.one_key.set(on);
        self.store(ONE_KEY, if on { "on" } else { "off" });
    }

    fn stored(self, key: &str) -> Option<String> {
        self.host.with_value(|host| host.storage.get(key))
    }

    fn store(self, key: &str, value: &str) {
        // A browser that keeps nothing still shows what was chosen, until the page is left.
        self.host.with_value(|host| {
            let _ = host.storage.set(key, value);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_client::traits::{Storage, StorageError};
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::rc::Rc;

    #[derive(Default)]
    struct Memory(RefCell<BTreeMap<String, String>>);

    impl Storage for Memory {
        fn get(&self, key: &str) -> Option<String> {
            self.0.borrow().get(key).cloned()
        }
        fn set(&self, key: &str, value: &str) -> Result<(), StorageError> {
            self.0.borrow_mut().insert(key.to_owned(), value.to_owned());
            Ok(())
        }
        fn remove(&self, key: &str) {
            self.0.borrow_mut().remove(key);
        }
        fn keys(&self, prefix: &str) -> Vec<String> {
            self.0.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect()
        }
    }

    fn host(storage: &Rc<Memory>) -> Host {
        Host {
            languages: vec!["es-MX".to_owned()],
            storage: Rc::clone(storage) as Rc<dyn Storage>,
            set_title: Rc::new(|_| {}),
            owns_page: false,
            reload: Rc::new(|| {}),
            leave: Rc::new(|_| {}),
            site: String::new(),
            around: None,
        }
    }

    #[test]
    fn what_was_chosen_is_there_again_after_a_reload() {
        let storage = Rc::new(Memory::default());
        Owner::new().with(|| {
            let prefs = Prefs::load(host(&storage));
            prefs.set_theme(Theme::Dark);
            prefs.set_density(Density::Compact);
            prefs.set_one_key(false);
            prefs.keep_locale(Locale::En);
            prefs.keep_after_closing(AfterClosing::Stay);
        });
        Owner::new().with(|| {
            let prefs = Prefs::load(host(&storage));
            assert_eq!(prefs.theme.get_untracked(), Theme::Dark);
            assert_eq!(prefs.density.get_untracked(), Density::Compact);
            assert!(!prefs.one_key_untracked());
            assert_eq!(prefs.locale(), Locale::En);
            assert_eq!(prefs.after_closing(), AfterClosing::Stay);
        });
    }

    #[test]
    fn a_new_reader_gets_their_language_and_the_defaults() {
        Owner::new().with(|| {
            let prefs = Prefs::load(host(&Rc::default()));
            assert_eq!(prefs.locale(), Locale::Es);
            assert_eq!(prefs.theme.get_untracked(), Theme::Auto);
            assert!(prefs.one_key_untracked());
        });
    }

    #[test]
    fn nonsense_in_the_store_is_no_preference() {
        let storage = Rc::new(Memory::default());
        storage.set(THEME, "plaid").unwrap();
        storage.set(LANGUAGE, "klingon").unwrap();
        Owner::new().with(|| {
            let prefs = Prefs::load(host(&storage));
            assert_eq!(prefs.theme.get_untracked(), Theme::Auto);
            assert_eq!(prefs.locale(), Locale::Es);
        });
    }
}
