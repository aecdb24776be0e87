//! What can be done to the selection: a bar over the thread, docked at the bottom where there is one pane.

use super::context::Bulk;
use super::draw::{reason, text};
use super::verbs::action_icon;
use super::words::BulkWords;
use crate::i18n::{fill, plural};
use bandeja_model::BulkAction;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Align, Button, ButtonKind, Icon, IconName, Menu, MenuItem, MenuRule};
use leptos::prelude::*;

/// The bar; there while somebody selects.
#[component]
pub fn ActionBar() -> impl IntoView {
    let bulk = Bulk::here();
    let is_on = Memo::new(move |_| bulk.is_on());
    view! { {move || is_on.get().then(|| bar(bulk))} }
}

fn bar(bulk: Bulk) -> Dom {
    let sum = text(move || {
        let (w, n) = (bulk.w(), bulk.count());
        if n == 0 {
            w.count_none.to_owned()
        } else {
            fill(plural(n, w.count_one, w.count_other), &[&bulk.lang.number(n)])
        }
    });
    view! {
        <div class="dock">
            <div class="actions" role="toolbar" aria-label=bulk.say(|w| w.bar)>
                <span class="sum">{sum}</span>
                {quick(bulk, BulkAction::Assign, "A", |w| w.assign, |w| w.assign)}
                {quick(bulk, BulkAction::AddTags, "L", |w| w.tag, |w| w.tag)}
                {quick(bulk, BulkAction::Unread, "U", |w| w.unread, |w| w.unread_title)}
                {quick(bulk, BulkAction::Archive, "", |w| w.archive, |w| w.archive)}
                {more(bulk)}
                <Button
                    kind=ButtonKind::Primary
                    small=true
                    icon=IconName::CheckCircle
                    disabled=reason(move || bulk.off_for(BulkAction::Close))
                    on_click=move |()| bulk.ask(BulkAction::Close)
                >
                    <span>
                        {bulk.say(|w| w.close)}
                        <span class="label-object">" "{bulk.say(|w| w.close_object)}</span>
                    </span>
                </Button>
            </div>
        </div>
    }
}

fn quick(
    bulk: Bulk,
    action: BulkAction,
    keys: &'static str,
    word: fn(&BulkWords) -> &'static str,
    title: fn(&BulkWords) -> &'static str,
) -> Dom {
    let tip = move || {
        let title = title(bulk.w());
        Some(if keys.is_empty() { title.to_owned() } else { format!("{title} ({keys})") })
    };
    view! {
        <Button
            kind=ButtonKind::Quiet
            small=true
            icon=action_icon(action)
            disabled=reason(move || bulk.off_for(action))
            title=reason(tip)
            on_click=move |()| bulk.ask(action)
        >
            <span class="word">{bulk.say(word)}</span>
        </Button>
    }
}

fn more(bulk: Bulk) -> Dom {
    let trigger =
        move || view! { <Icon name=IconName::More/><span class="word">{bulk.say(|w| w.more)}</span> };
    view! {
        <Menu
            label=bulk.say(|w| w.more_title)
            trigger=trigger
            class="button quiet small more"
            align=Align::End
        >
            {item(bulk, BulkAction::Read, |w| w.read_ask)}
            {item(bulk, BulkAction::Reopen, |w| w.reopen)}
            {item(bulk, BulkAction::Unassign, |w| w.unassign)}
            <MenuRule/>
            {item(bulk, BulkAction::Cancel, |w| w.cancel_ask)}
        </Menu>
    }
}

fn item(bulk: Bulk, action: BulkAction, word: fn(&BulkWords) -> &'static str) -> Dom {
    view! {
        <MenuItem
            icon=action_icon(action)
            label=bulk.say(word)
            disabled=reason(move || bulk.off_for(action))
            destructive=action == BulkAction::Cancel
            on_choose=move |()| bulk.ask(action)
        />
    }
}
