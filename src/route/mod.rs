//! Where one is in the inbox, as a value and as an address: `/inbox/{view}[/{conversation}]?{filter}&sort=…`.
//!
//! Pure: knows no window and no router. The stand-alone start binds a [`Route`] to the address bar, an embedded
//! one keeps it in memory; screens move through the [`Navigator`] and cannot tell.

mod navigator;

pub use navigator::{Navigator, Step};

use bandeja_model::{ConversationId, Filter, Sort, View};
use std::fmt::Write;

/// What every address of the inbox begins with.
const BASE: &str = "/inbox";
/// Says in an address that the view's own starting filter was taken away.
const NO_FILTER: &str = "filter=none";

/// Where one is: which list, in which order, which conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// The view.
    pub view: View,
    /// What narrows it; its own `view` is always absent.
    pub filter: Filter,
    /// The order of the list.
    pub sort: Sort,
    /// The open conversation.
    pub conversation: Option<ConversationId>,
    /// The contact's panel is asked for where there is no room for it by itself.
    pub contact: bool,
    /// Parts of the address that could not be read, as they stand there; they narrow nothing.
    pub unread_parts: Vec<String>,
}

/// The pane that is shown where there is room for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    List,
    /// The open conversation.
    Thread,
    /// Its contact.
    Contact,
}

impl Pane {
    /// The value of `data-pane`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Thread => "thread",
            Self::Contact => "contact",
        }
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::of(View::Mine)
    }
}

impl Route {
    /// The view with the filter it starts with, nothing open.
    pub fn of(view: View) -> Self {
        Self {
            view,
            filter: starting_filter(view),
            sort: Sort::default(),
            conversation: None,
            contact: false,
            unread_parts: Vec::new(),
        }
    }

    /// The filter with its view: what the list is asked for.
    pub fn list_filter(&self) -> Filter {
        Filter { view: Some(self.view), ..self.filter.clone() }
    }

    /// Whether nothing but the view itself narrows the list.
    pub fn is_plain(&self) -> bool {
        self.filter == starting_filter(self.view)
    }

    /// The pane shown where there is room for one.
    pub fn pane(&self) -> Pane {
        match (&self.conversation, self.contact) {
            (None, _) => Pane::List,
            (Some(_), false) => Pane::Thread,
            (Some(_), true) => Pane::Contact,
        }
    }

    /// Reads an address. What is not understood is left out and kept in `unread_parts`; an address that is
    /// none of ours leads to the default.
    pub fn parse(path: &str, query: &str) -> Self {
        let mut segments = path.strip_prefix(BASE).unwrap_or_default().split('/').filter(|s| !s.is_empty());
        let view = segments.next().and_then(View::from_code);
        let mut route = view.map_or_else(Self::default, Self::of);
        if view.is_some() {
            route.conversation = segments.next().and_then(decode).map(ConversationId::from);
        }
        route.read_query(query.strip_prefix('?').unwrap_or(query));
        route
    }

    /// The address, canonical: equal routes have equal addresses.
    pub fn to_path(&self) -> String {
        let mut path = format!("{BASE}/{}", self.view.code());
        if let Some(id) = &self.conversation {
            path.push('/');
            encode(&mut path, id.as_str());
        }
        let mut sign = '?';
        let mut append = |part: &str| {
            path.push(sign);
            path.push_str(part);
            sign = '&';
        };
        if !self.is_plain() {
            let query = self.filter.to_query();
            append(if query.is_empty() { NO_FILTER } else { &query });
        }
        if self.sort != Sort::default() {
            append(&format!("sort={}", self.sort.code()));
        }
        if self.contact && self.conversation.is_some() {
            append("pane=contact");
        }
        path
    }

    /// Reads part by part, so that one mistake in a shared link does not cost the rest of it.
    fn read_query(&mut self, query: &str) {
        let mut filter = String::new();
        let mut narrowed = false;
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let unread = || decode(part).unwrap_or_else(|| part.to_owned());
            match part.split_once('=') {
                Some(("sort", code)) => match Sort::from_code(code) {
                    Some(sort) => self.sort = sort,
                    None => self.unread_parts.push(unread()),
                },
                Some(("pane", "contact")) => self.contact = true,
                _ if part == NO_FILTER => narrowed = true,
                // The view stands in the path; a second one would contradict it.
                Some(("view", _)) => self.unread_parts.push(unread()),
                _ => {
                    let longer = if filter.is_empty() { part.to_owned() } else { format!("{filter}&{part}") };
                    if Filter::parse(&longer).is_ok() {
                        filter = longer;
                        narrowed = true;
                    } else {
                        self.unread_parts.push(unread());
                    }
                }
            }
        }
        if narrowed {
            self.filter = Filter::parse(&filter).unwrap_or_default();
        }
    }
}

/// The filter a view starts with, without the view.
pub fn starting_filter(view: View) -> Filter {
    Filter { view: None, ..view.filter() }
}

fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' {
            let mut digit = || char::from(rest.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
