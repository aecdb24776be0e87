//! Where one is in an embedded inbox: kept in memory, as the attributes say and within what the page is about.

use super::Settings;
use crate::route::{Navigator, Route};
use bandeja_model::{ConversationId, View};
use leptos::prelude::*;

/// A place with a filter as an address writes it, or with the view's own.
pub(super) fn narrowed_to(view: View, filter: Option<&str>) -> Route {
    let path = Route::of(view).to_path();
    let path = path.split('?').next().unwrap_or_default();
    Route::parse(path, filter.unwrap_or_default())
}

/// The place that the attributes name.
pub(super) fn named(settings: &Settings) -> Route {
    let route = narrowed_to(settings.view.unwrap_or(View::Mine), settings.filter.as_deref());
    let conversation = settings.conversation.as_deref().map(ConversationId::from);
    settings.context.apply(Route { conversation, ..route })
}

/// Moves about in memory; wherever one goes, it is within what the page is about.
pub(super) fn navigator(settings: &ArcRwSignal<Settings>) -> Navigator {
    let route = RwSignal::new(settings.with_untracked(named));
    let settings = settings.clone();
    Navigator::new(Memo::new(move |_| route.get()), move |next, _| {
        route.set(settings.with_untracked(|settings| settings.context.apply(next)));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attributes_name_a_place() {
        let mut settings = Settings::default();
        settings.set("view", Some("all"));
        settings.set("filter", Some("channel=email&sort=waiting"));
        settings.set("conversation-id", Some("7"));
        let route = named(&settings);
        assert_eq!(route.to_path(), "/inbox/all/7?channel=email&sort=waiting");
    }

    #[test]
    fn a_filter_that_cannot_be_read_is_named() {
        assert_eq!(narrowed_to(View::All, Some("chanel=sms")).unread_parts, ["chanel=sms"]);
    }

    #[test]
    fn without_a_filter_the_view_has_its_own() {
        assert_eq!(named(&Settings::default()), Route::of(View::Mine));
    }
}
