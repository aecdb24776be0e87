//! Languages: which one the app speaks, and how it says numbers, times and plurals.
//!
//! Every feature keeps its own words (`words.rs`, made with [`words!`](crate::words)); here stand the choice of
//! the language and the formatters. Knows no screen.

mod format;
mod lang;
mod span;
mod time;

pub use format::{fill, plural};
pub use lang::{Lang, Locale};
pub use span::span;
pub use time::{Day, RowTime};

/// Declares the words of a feature: one struct of `&'static str`, one value of it a language.
///
/// ```ignore
/// words! {
///     /// Words of the rail.
///     pub struct RailWords {
///         mine: "Mías" | "Mine",
///     }
/// }
/// let w = RailWords::of(lang.get()); // or words(lang.get())
/// ```
///
/// Spanish stands first. A key that one language lacks does not compile.
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $vis:vis struct $name:ident { $($key:ident: $es:literal | $en:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug)]
        $vis struct $name {
            $(#[doc = $en] $vis $key: &'static str,)*
        }

        impl $name {
            const ES: Self = Self { $($key: $es,)* };
            const EN: Self = Self { $($key: $en,)* };

            /// The words in that language.
            $vis fn of(locale: $crate::i18n::Locale) -> &'static Self {
                match locale {
                    $crate::i18n::Locale::Es => &Self::ES,
                    $crate::i18n::Locale::En => &Self::EN,
                }
            }
        }

        /// The words in that language.
        $vis fn words(locale: $crate::i18n::Locale) -> &'static $name {
            $name::of(locale)
        }
    };
}
