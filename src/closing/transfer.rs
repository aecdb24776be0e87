//! «Transferir conversación a»: who attends if the contact writes again (P12).

use super::form::Form;
use super::typed::Place;
use crate::acting::owner_items::{OwnerChoice, candidates, user_item};
use crate::acting::told::{name_of, user_name};
use crate::acting::words::words as acting_words;
use crate::i18n::fill;
use bandeja_model::closing::next_owner;
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, Checkbox, Icon, IconName, Picker};
use leptos::prelude::*;

/// The box, and while it is ticked the person.
pub(super) fn transfer(form: Form, picker_open: RwSignal<bool>) -> impl IntoView {
    let tick = move |ticked: bool| {
        form.change(Place::Transfer, |typed| typed.transfer = ticked);
        let nobody = form.typed.with_untracked(|typed| typed.transfer_to.is_none());
        // Ticking it means to choose somebody.
        picker_open.set(ticked && nobody);
    };
    view! {
        <div class="transfer">
            <Checkbox
                label=Signal::derive(move || form.w().transfer.to_owned())
                checked=Signal::derive(move || form.typed.with(|typed| typed.transfer))
                on_change=tick
                hint=Signal::derive(move || hint(form))
            />
            <Show when=move || form.typed.with(|typed| typed.transfer)>
                <div class="nested">{person(form, picker_open)}</div>
            </Show>
        </div>
    }
}

/// What ticking it changes, and who attends otherwise.
fn hint(form: Form) -> String {
    let w = form.w();
    let (Some(seen), Some(me)) =
        (form.seen.get(), form.acting.with_value(|acting| acting.desk.actor()).map(|actor| actor.id))
    else {
        return String::new();
    };
    let locale = form.lang.get();
    let name = name_of(&seen, locale);
    let stays = next_owner(None, seen.owner.as_ref(), &me);
    if stays != me {
        let owner = user_name(&form.lookups(), &stays, acting_words(locale));
        fill(w.transfer_hint_other_stays, &[&name, &owner])
    } else if seen.owner.is_some() {
        fill(w.transfer_hint_you_stay, &[&name])
    } else {
        fill(w.transfer_hint_becomes_you, &[&name])
    }
}

fn person(form: Form, open: RwSignal<bool>) -> impl IntoView {
    let locale = move || form.lang.get();
    let items = move || {
        let lookups = form.lookups();
        form.seen
            .get()
            .map(|seen| {
                candidates(&lookups, &seen).into_iter().map(|user| user_item(user, locale())).collect()
            })
            .unwrap_or_default()
    };
    let chosen = move || {
        let id = form.typed.with(|typed| typed.transfer_to.clone());
        id.map(|id| vec![OwnerChoice::User(id).code()]).unwrap_or_default()
    };
    let choose = move |code: String| {
        if let Some(OwnerChoice::User(id)) = OwnerChoice::from_code(&code) {
            form.change(Place::Transfer, |typed| typed.transfer_to = Some(id));
        }
    };
    let trigger = move || {
        move || match form.typed.with(|typed| typed.transfer_to.clone()) {
            Some(id) => {
                let name = user_name(&form.lookups(), &id, acting_words(locale()));
                view! {
                    <Avatar id=id.to_string() name=name.clone() size=AvatarSize::Small/>
                    <span class="clip">{name}</span>
                }
                .into_any()
            }
            None => view! { <span class="ghost">{form.w().transfer_choose}</span> }.into_any(),
        }
    };
    let fault = move || form.fault(Place::Transfer);
    view! {
        <div class="field" class:wrong=move || fault().is_some()>
            <Picker
                label=Signal::derive(move || {
                    let chosen = form.typed.with(|typed| typed.transfer_to.clone());
                    let name = chosen.map(|id| user_name(&form.lookups(), &id, acting_words(locale())));
                    let name = name.unwrap_or_else(|| form.w().transfer_choose.to_owned());
                    format!("{}: {name}", form.w().transfer_label)
                })
                items=Signal::derive(items)
                chosen=Signal::derive(chosen)
                placeholder=Signal::derive(move || form.w().transfer_choose.to_owned())
                none_text=Signal::derive(move || form.w().transfer_none.to_owned())
                trigger=trigger
                class="select"
                open=open
                on_choose=choose
            />
            {move || {
                fault()
                    .map(|said| {
                        view! {
                            <div class="hint bad" role="alert">
                                <Icon name=IconName::Alert/>
                                <span>{said}</span>
                            </div>
                        }
                    })
            }}
        </div>
    }
}
