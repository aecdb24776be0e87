//! The frame around everything: rail, panes, menus, palette, shortcuts, toasts, errors.
//!
//! Owns what is shown when nobody is signed in, when the network is gone and when something failed; provides
//! the contexts every screen uses. Knows no window: what it needs of the page comes as a [`Host`].

pub mod app;
pub mod context;
pub mod doors;
pub mod errors;
pub mod frame;
pub mod host;
pub mod offline;
pub mod palette;
pub mod palette_items;
pub mod preferences;
pub mod prefs;
pub mod rail;
pub mod sheet;
pub mod shortcuts;
pub mod title;
pub mod user_menu;
pub mod views;
pub mod words;

pub use app::App;
pub use context::{Layout, Place, Shell};
pub use errors::{ErrorView, error_words};
pub use host::{Around, AskedField, Ended, Ending, Host, Inside, Outside, Verdict};
pub use prefs::{Density, Prefs, Theme};
