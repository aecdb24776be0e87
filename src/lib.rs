//! The agents' inbox: screens and wiring only.
//!
//! Rules are in `bandeja-model`, calls and state in `bandeja-client` and `bandeja-browser`, primitives in
//! `bandeja-ui`. Every start of the app (the page, the custom element) builds an [`App`](shell::App)
//! over a [`Desk`](bandeja_browser::Desk) and a [`Navigator`](route::Navigator); nothing here touches the window.
//!
//! | folder | shows |
//! |---|---|
//! | [`shell`] | the frame, the rail, menus, palette, shortcuts, toasts, errors |
//! | [`login`] | signing in |
//! | [`inbox`] | the list of conversations with its filters |
//! | [`thread`] | one conversation |
//! | [`composer`] | writing to the contact, or a private note |
//! | [`closing`] | the closing form |
//! | [`acting`] | actions on a conversation, their toasts, undo and conflicts |
//! | [`bulk`] | many at a time: selecting, what would happen, jobs and their receipts |
//! | [`contact`] | the contact's panel |
//! | [`admin`] | the admins' settings, which are a page and a program of their own |
//! | [`mount`] | putting it all into an element, and taking it away |
//! | [`embed`] | the inbox inside somebody else's page |
//! | [`route`], [`i18n`] | where one is; languages |

pub mod acting;
pub mod admin;
pub mod bulk;
pub mod closing;
pub mod composer;
pub mod contact;
pub mod embed;
pub mod i18n;
pub mod inbox;
pub mod login;
pub mod mount;
pub mod parts;
pub mod route;
pub mod shell;
pub mod thread;
