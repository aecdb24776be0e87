//! What the page around is about, and how that narrows the inbox. Pure.

use crate::route::Route;
use bandeja_client::json;
use bandeja_model::ContactId;
use bandeja_model::filter::Field;
use serde::Deserialize;

/// What is shown at most: one contact, if anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    contact: Option<ContactId>,
    /// An address of the contact, where the page does not know our id of it.
    address: Option<String>,
}

/// `context` as a page sets it; what else it holds is its own business.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    contact: Option<Contact>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Contact {
    id: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

impl Narrowing {
    /// Reads it; what cannot be read narrows nothing.
    pub fn read(text: &str) -> Self {
        let said: Said = json::read(text.as_bytes()).unwrap_or_default();
        let Contact { id, address, phone, email } = said.contact.unwrap_or_default();
        let filled =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let contact = filled(id).map(ContactId::from);
        let address = [address, phone, email].into_iter().find_map(filled);
        // The id alone says who it is.
        Self { address: address.filter(|_| contact.is_none()), contact }
    }

    /// Whether it narrows at all.
    pub fn is_some(&self) -> bool {
        *self != Self::default()
    }

    /// The route, narrowed. A search within the contact's conversations takes the place of one by the address.
    pub fn apply(&self, mut route: Route) -> Route {
        if let Some(contact) = &self.contact {
            route.filter.contact = Field::any_of([contact.clone()]);
        } else if let (Some(address), None) = (&self.address, &route.filter.q) {
            route.filter.set_q(address);
        }
        route
    }

    /// The route without what this had added.
    pub fn lift(&self, mut route: Route) -> Route {
        if self.contact.is_some() {
            route.filter.contact = Field::default();
        }
        if self.address.is_some() && route.filter.q == self.address {
            route.filter.q = None;
        }
        route
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::View;

    fn start() -> Route {
        Route::of(View::All)
    }

    #[test]
    fn a_known_contact_narrows_by_id_and_a_stranger_by_address() {
        let known = Narrowing::read(r#"{"contact":{"id":"7","phone":"+52"},"deal":{"id":9}}"#);
        assert_eq!(known.apply(start()).filter.contact.any, [ContactId::from("7")]);
        assert_eq!(known.apply(start()).filter.q, None);
        let stranger = Narrowing::read(r#"{"contact":{"name":"Ana","email":" ana@nogal.test "}}"#);
        assert_eq!(stranger.apply(start()).filter.q.as_deref(), Some("ana@nogal.test"));
    }

    #[test]
    fn another_contact_takes_the_place_of_the_one_before() {
        let (one, other) =
            (Narrowing::read(r#"{"contact":{"id":"1"}}"#), Narrowing::read(r#"{"contact":{"phone":"+52"}}"#));
        let route = other.apply(one.lift(one.apply(start())));
        assert!(route.filter.contact.is_empty());
        assert_eq!(route.filter.q.as_deref(), Some("+52"));
        assert_eq!(other.lift(route), start());
    }

    #[test]
    fn a_search_within_the_contact_is_left_alone() {
        let narrowing = Narrowing::read(r#"{"contact":{"phone":"+52"}}"#);
        let mut route = start();
        route.filter.set_q("factura");
        assert_eq!(narrowing.apply(route.clone()), route);
        assert_eq!(narrowing.lift(route.clone()), route);
    }

    #[test]
    fn rubbish_narrows_nothing() {
        for text in ["", "null", "[]", r#"{"contact":"Ana"}"#, r#"{"contact":{"id":""}}"#, "{"] {
            assert!(!Narrowing::read(text).is_some(), "{text}");
        }
    }
}
