//! Whom to give a conversation: a list of people and teams that can be searched.

use super::owner_items::{Offer, OwnerChoice, owner_items};
use super::words::words;
use super::{Acting, Question};
use bandeja_model::Conversation;
use bandeja_ui::view;
use bandeja_ui::{Dialog, DialogSize, PickerPanel};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Opens for [`Acting::assign`]. Choosing acts at once; there is nothing to lose by closing it.
pub(super) fn assign_dialog() -> impl IntoView {
    let acting = StoredValue::new(Acting::here());
    let lang = acting.with_value(|acting| acting.lang);
    let seen = acting.with_value(|acting| acting.asking(Question::Assign));
    let close = move || acting.with_value(Acting::answer);
    let items = move || {
        acting.with_value(|acting| {
            let me = acting.desk.actor().map(|actor| actor.id);
            let lookups = acting.desk.lookups.get();
            let offer = Offer::of(&acting.desk);
            let of = |seen: Arc<Conversation>| owner_items(&lookups, Some(&seen), me.as_ref(), offer, lang);
            seen.get().map(of).unwrap_or_default()
        })
    };
    let choose = Callback::new(move |code: String| {
        let Some((seen, choice)) = seen.get_untracked().zip(OwnerChoice::from_code(&code)) else { return };
        close();
        let acting = acting.get_value();
        spawn_local(async move { acting.perform_on(seen, choice.intent()).await });
    });
    let w = move || words(lang.get());
    view! {
        <Dialog
            open=Signal::derive(move || seen.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || w().assign_title.to_owned())
            close_label=Signal::derive(move || w().back.to_owned())
            size=DialogSize::Narrow
            bare=true
        >
            <PickerPanel
                label=Signal::derive(move || w().assign_title.to_owned())
                items=Signal::derive(items)
                placeholder=Signal::derive(move || w().assign_search.to_owned())
                none_text=Signal::derive(move || w().nobody_found.to_owned())
                on_choose=choose
            />
        </Dialog>
    }
}
