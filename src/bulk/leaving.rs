//! Another list is wanted while something is selected: keep it, drop it, or stay.

use super::context::Bulk;
use super::draw::{text, whether};
use crate::i18n::{fill, plural};
use bandeja_ui::view;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize};
use leptos::prelude::*;

/// Opens by itself; leaving it changes nothing.
pub(super) fn leaving_dialog() -> impl IntoView {
    let bulk = Bulk::here();
    let is_all = Memo::new(move |_| bulk.is_all() == Some(true));
    let stay = move |()| bulk.leaving.set(None);
    let go = move |keep: bool| {
        let Some((route, step)) = bulk.leaving.get_untracked() else { return };
        bulk.leaving.set(None);
        if keep {
            bulk.keeps.set(true);
        } else {
            bulk.leave();
        }
        bulk.navigator.go(route, step);
    };
    let drop = move |()| go(false);
    let said = text(move || {
        let w = bulk.w();
        if is_all.get() {
            return w.leaving_all.to_owned();
        }
        let n = bulk.count();
        fill(plural(n, w.leaving_picked_one, w.leaving_picked_other), &[&bulk.lang.number(n)])
    });
    let footer = move || {
        view! {
            <Button on_click=stay>{bulk.say(|w| w.back)}</Button>
            {move || {
                Some(if is_all.get() {
                    view! {
                        <Button kind=ButtonKind::Primary on_click=drop>{bulk.w().leaving_drop_go}</Button>
                    }
                } else {
                    view! {
                        <Button on_click=drop>{bulk.w().leaving_drop}</Button>
                        <Button kind=ButtonKind::Primary on_click=move |()| go(true)>
                            {bulk.w().leaving_keep}
                        </Button>
                    }
                })
            }}
        }
    };
    view! {
        <Dialog
            open=whether(move || bulk.leaving.with(Option::is_some))
            on_close=stay
            title=bulk.say(|w| w.leaving_title)
            close_label=bulk.say(|w| w.back)
            size=DialogSize::Narrow
            footer=footer
        >
            <p>{said}</p>
        </Dialog>
    }
}
