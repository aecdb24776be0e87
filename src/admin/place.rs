//! Where one is in the settings, as a value and as an address: `/admin/{place}`.
//!
//! Pure, as the inbox's [`Route`](crate::route::Route): the start binds it to the address bar, screens move through
//! [`Ways`].

use crate::shell::doors::SETTINGS;
use leptos::prelude::*;
use std::rc::Rc;

/// A place of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// The teams with their two settings.
    #[default]
    Teams,
    /// The users.
    Users,
    /// The lines with their automatic menu.
    Lines,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Teams, Self::Users, Self::Lines];

    /// Its address.
    pub const fn to_path(self) -> &'static str {
        match self {
            Self::Teams => "/admin/teams",
            Self::Users => "/admin/users",
            Self::Lines => "/admin/lines",
        }
    }

    /// The place of that address; one that is none of ours leads to the default.
    pub fn parse(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        Self::ALL.into_iter().find(|place| place.to_path() == path).unwrap_or_default()
    }

    /// The last part of its address, which also tells it from the others.
    pub fn code(self) -> &'static str {
        self.to_path().strip_prefix(SETTINGS).unwrap_or_default().trim_start_matches('/')
    }
}

/// The place of the mount and the way to change it. A context; copying it is cheap.
#[derive(Clone, Copy)]
pub struct Ways {
    place: Memo<Place>,
    take: StoredValue<Take, LocalStorage>,
}

/// What a mount does with a new place: writes the address, or a signal.
type Take = Rc<dyn Fn(Place)>;

impl Ways {
    /// Over a signal of the present place and what takes a new one.
    pub fn new(place: Memo<Place>, take: impl Fn(Place) + 'static) -> Self {
        Self { place, take: StoredValue::new_local(Rc::new(take)) }
    }

    /// In memory, for mounts that do not own the address bar.
    pub fn in_memory(start: Place) -> Self {
        let place = RwSignal::new(start);
        Self::new(Memo::new(move |_| place.get()), move |next| place.set(next))
    }

    /// The mount's.
    ///
    /// # Panics
    /// Outside a mounted app, where there is no context.
    pub fn here() -> Self {
        expect_context()
    }

    /// The present place, tracked.
    pub fn place(self) -> Place {
        self.place.get()
    }

    /// Goes there; nothing happens when one is there already.
    pub fn go(self, next: Place) {
        let is_elsewhere = self.place.try_get_untracked().is_some_and(|now| now != next);
        if let Some(take) = self.take.try_get_value().filter(|_| is_elsewhere) {
            take(next);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_address_are_two_forms_of_one_value() {
        for place in Place::ALL {
            assert_eq!(Place::parse(place.to_path()), place);
            assert_eq!(place.to_path(), format!("{SETTINGS}/{}", place.code()));
        }
        assert_eq!(Place::parse("/admin/users/"), Place::Users);
    }

    #[test]
    fn an_address_that_is_none_of_ours_leads_to_the_teams() {
        for path in ["/admin", "/admin/", "/admin/nothing", "/", "/admin.html", "/administrator/users"] {
            assert_eq!(Place::parse(path), Place::Teams, "{path}");
        }
    }
}
