//! One press to what is unread.

use super::words::words;
use crate::i18n::Lang;
use crate::route::{Navigator, Step};
use bandeja_browser::desk;
use bandeja_model::filter::{Field, YesNo};
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, IconName};
use leptos::prelude::*;

/// The quickest filter, where the back end can filter by it.
#[component]
pub fn OnlyUnread() -> impl IntoView {
    let (lang, navigator, desk) = (Lang::here(), Navigator::here(), desk());
    let is_there = Memo::new(move |_| desk.can("filter.unread"));
    let is_on = Memo::new(move |_| {
        navigator.route().with(|route| route.filter.unread.any.as_slice() == [YesNo::Yes])
    });
    let toggle = move |()| {
        let on = is_on.get_untracked();
        navigator.change(Step::Push, |route| {
            route.filter.unread = Field::default();
            if !on {
                route.filter.unread.add(YesNo::Yes, false);
            }
        });
    };
    let button = move || {
        view! {
            <Button
                kind=ButtonKind::Quiet
                small=true
                icon=IconName::Unread
                pressed=move || Some(is_on.get())
                title=move || words(lang.get()).only_unread_title.to_owned()
                on_click=toggle
            >
                <span class="label-unread">{move || words(lang.get()).only_unread}</span>
            </Button>
        }
    };
    move || is_there.get().then(button)
}
