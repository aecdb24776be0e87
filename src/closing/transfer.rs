//! «Transferir conversación a»: who attends if the contact writes again (P12, P25).

use super::form::Form;
use super::typed::Place;
use crate::acting::owner_items::OwnerChoice;
use crate::acting::told::user_name;
use crate::acting::words::words as acting_words;
use bandeja_ui::view;
use bandeja_ui::{Avatar, AvatarSize, Checkbox, Icon, IconName, Picker, PickerItem};
use leptos::prelude::*;

/// The box, and while it is ticked the person. `hint` says who attends otherwise, `people` who can.
pub(crate) fn transfer(
    form: Form,
    picker_open: RwSignal<bool>,
    hint: Signal<String>,
    people: Signal<Vec<PickerItem>>,
) -> AnyView {
    let tick = move |ticked: bool| {
        form.change(Place::Transfer, |typed| typed.transfer = ticked);
        let nobody = form.typed.with_untracked(|typed| typed.transfer_to.is_none());
        // Ticking it means to choose somebody.
        picker_open.set(ticked && nobody);
    };
    view! {
        <div class="transfer">
            <Checkbox
                label=Signal::derive(move || {
                    let w = form.w();
                    if form.many { w.transfer_many.to_owned() } else { w.transfer.to_owned() }
                })
                checked=Signal::derive(move || form.typed.with(|typed| typed.transfer))
                on_change=tick
                hint=hint
            />
            <Show when=move || form.typed.with(|typed| typed.transfer)>
                <div class="nested">{person(form, picker_open, people)}</div>
            </Show>
        </div>
    }
    .into_any()
}

fn person(form: Form, open: RwSignal<bool>, people: Signal<Vec<PickerItem>>) -> impl IntoView {
    let locale = move || form.lang.get();
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
                items=people
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
