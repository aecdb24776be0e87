//! The language in use, as a context.

use super::format::Formats;
use bandeja_model::Timestamp;
use leptos::prelude::*;
use std::rc::Rc;

/// A language the app speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Locale {
    /// Spanish of Latin America.
    Es,
    /// English.
    En,
}

impl Locale {
    /// All of them, Spanish first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];

    /// The language's tag.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
        }
    }

    /// The language of that tag.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// How the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Es => "Español",
            Self::En => "English",
        }
    }

    /// The language for somebody whose browser prefers `languages`, best first: the first one we speak,
    /// else English.
    pub fn preferred(languages: &[String]) -> Self {
        let speaks = |tag: &String| Self::from_code(&base(tag));
        languages.iter().find_map(speaks).unwrap_or(Self::En)
    }

    /// The tag dates and numbers go by: the browser's own variant of the language, if it names one.
    fn variant(self, languages: &[String]) -> String {
        let same = |tag: &&String| base(tag) == self.code();
        languages.iter().find(same).map_or_else(|| self.code().to_owned(), Clone::clone)
    }
}

fn base(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The language in use and its formatters. A context of the mount; reading it tracks the language.
#[derive(Clone, Copy)]
pub struct Lang {
    locale: RwSignal<Locale>,
    /// The installation's offset from UTC in seconds: times are shown in its zone, like its days.
    offset_s: RwSignal<i32>,
    languages: StoredValue<Vec<String>>,
    formats: StoredValue<Option<(Locale, Rc<Formats>)>, LocalStorage>,
}

impl Lang {
    /// A language to be provided as context. `languages` are the browser's, best first.
    pub fn new(locale: Locale, languages: Vec<String>) -> Self {
        Self {
            locale: RwSignal::new(locale),
            offset_s: RwSignal::new(0),
            languages: StoredValue::new(languages),
            formats: StoredValue::new_local(None),
        }
    }

    /// The mount's language.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// The language, tracked.
    pub fn get(self) -> Locale {
        self.locale.get()
    }

    /// The language, untracked.
    pub fn get_untracked(self) -> Locale {
        self.locale.get_untracked()
    }

    /// Speaks another language from now on, without a reload.
    pub fn set(self, locale: Locale) {
        self.locale.set(locale);
    }

    /// Shows times in the zone `offset_s` seconds ahead of UTC.
    pub fn set_offset(self, offset_s: i32) {
        if self.offset_s.get_untracked() != offset_s {
            self.offset_s.set(offset_s);
        }
    }

    /// The zone of shown times, in seconds ahead of UTC; tracked.
    pub fn offset(self) -> i32 {
        self.offset_s.get()
    }

    /// One of two texts; for features with a word or two only.
    pub fn say(self, es: &'static str, en: &'static str) -> &'static str {
        match self.get() {
            Locale::Es => es,
            Locale::En => en,
        }
    }

    /// 4.812 in Spanish, 4,812 in English and Mexican Spanish.
    pub fn number(self, n: u64) -> String {
        self.formats().number(n)
    }

    /// `n` with its noun: «1 conversación», «4.812 conversaciones».
    pub fn count(self, n: u64, one: &str, other: &str) -> String {
        format!("{} {}", self.number(n), super::plural(n, one, other))
    }

    /// The time of a row: 10:42 → Ayer → Mié → 24 oct → 03/2025.
    pub fn row_time(self, at: Timestamp, now: Timestamp) -> String {
        self.formats().row_time(at, now, self.offset())
    }

    /// The time of day.
    pub fn clock(self, at: Timestamp) -> String {
        self.formats().clock(at, self.offset())
    }

    /// The day as a separator names it: Hoy, Ayer, Martes, 4 de noviembre.
    pub fn day(self, at: Timestamp, now: Timestamp) -> String {
        self.formats().day(at, now, self.offset())
    }

    /// A calendar day in short: «24 oct», with its year if that is not the year of `now`.
    pub fn short_day(self, day: chrono::NaiveDate, now: Timestamp) -> String {
        self.formats().short_day(day, now, self.offset())
    }

    /// The whole date with the time, for titles.
    pub fn full(self, at: Timestamp) -> String {
        self.formats().full(at, self.offset())
    }

    /// A span of time in one unit: «18 min», «3 h», «2 días». Less than a minute is one minute.
    pub fn duration(self, span: chrono::Duration) -> String {
        self.formats().duration(span.num_seconds())
    }

    fn formats(self) -> Rc<Formats> {
        let locale = self.get();
        if let Some(Some((made_for, formats))) = self.formats.try_get_value()
            && made_for == locale
        {
            return formats;
        }
        let tag = self.languages.try_with_value(|languages| locale.variant(languages));
        let formats = Rc::new(Formats::new(locale, tag.as_deref().unwrap_or(locale.code())));
        self.formats.try_set_value(Some((locale, Rc::clone(&formats))));
        formats
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn the_first_language_we_speak_is_taken_else_english() {
        assert_eq!(Locale::preferred(&languages(&["es-MX", "en"])), Locale::Es);
        assert_eq!(Locale::preferred(&languages(&["fr", "en-GB", "es"])), Locale::En);
        assert_eq!(Locale::preferred(&languages(&["fr", "ES_419"])), Locale::Es);
        assert_eq!(Locale::preferred(&languages(&["ja"])), Locale::En);
        assert_eq!(Locale::preferred(&[]), Locale::En);
    }

    #[test]
    fn numbers_go_by_the_browsers_own_variant_of_the_language() {
        assert_eq!(Locale::Es.variant(&languages(&["en-US", "es-MX", "es"])), "es-MX");
        assert_eq!(Locale::Es.variant(&languages(&["en-US"])), "es");
    }
}
