//! The left side of the dialog: what is to be done, and to whom or with what.

use super::context::Bulk;
use super::draw::{text, whether};
use super::plan::{Plan, Trouble};
use super::verbs::{action_icon, conversations};
use crate::acting::owner_items::{Offer, OwnerChoice, candidates, owner_items, user_item};
use crate::acting::told::failed;
use crate::acting::words::words as acting_words;
use crate::closing::besides::besides;
use crate::closing::ending::{can_archive, can_transfer};
use crate::closing::form::fields;
use crate::closing::transfer::transfer;
use crate::i18n::{fill, plural};
use bandeja_browser::Desk;
use bandeja_contract::problem::code;
use bandeja_model::BulkAction;
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Checkbox, IconName, Leading, Notice, PickerItem, PickerPanel, Radio, Radios, Tone};
use leptos::prelude::*;

/// What is to be chosen or typed.
pub(super) fn choosing(plan: Plan, action: BulkAction) -> Dom {
    let inner = match action {
        BulkAction::Close | BulkAction::Cancel => ending(plan, action),
        BulkAction::Assign => assigning(plan),
        BulkAction::AddTags | BulkAction::RemoveTags => tagging(plan),
        _ => plain(plan.bulk, action),
    };
    let is_all = plan.bulk.asked.with_untracked(|it| it.as_ref().is_some_and(|it| it.selection.is_all()));
    view! { {inner} {is_all.then(|| later(plan))} }
}

fn ending(plan: Plan, action: BulkAction) -> Dom {
    let bulk = plan.bulk;
    let form = if action == BulkAction::Close { plan.close } else { plan.cancel };
    let people = move || {
        let (lookups, locale) = (form.lookups(), form.lang.get());
        let presence = bulk.desk.with_value(|desk| desk.can("availability"));
        candidates(&lookups, None)
            .into_iter()
            .map(|user| user_item(user, presence, locale))
            .collect::<Vec<_>>()
    };
    let rest = if form.cancels {
        view! {
            <Notice
                tone=Tone::Warn
                icon=IconName::StateCancelled
                sentence=text(move || form.w().cancel_notice.to_owned())
                detail=text(move || form.w().cancel_notice_detail.to_owned())
            />
        }
    } else {
        let (transfers, archives) =
            untrack(|| bulk.desk.with_value(|desk| (can_transfer(desk), can_archive(desk))));
        let transfer = transfers
            .then(|| transfer(form, plan.picking, text(move || owners_hint(plan)), Signal::derive(people)));
        let archive = archives.then(|| {
            view! {
                <Checkbox
                    label=bulk.say(|w| w.archive_too)
                    checked=whether(move || form.typed.with(|typed| typed.archive))
                    on_change=move |ticked| form.typed.update(|typed| typed.archive = ticked)
                />
            }
        });
        view! { {transfer} {archive} }
    };
    view! { {fields(form)} {besides(plan.host)} {rest} }
}

/// What happens to owners without a transfer (P25): «12 conservan su responsable. 61 … a tu nombre».
fn owners_hint(plan: Plan) -> String {
    let (w, lang) = (plan.bulk.w(), plan.bulk.lang);
    let owners = plan.outlook.with(|outlook| outlook.preview.as_ref().map(|preview| preview.owners));
    let Some(owners) =
        owners.filter(|owners| owners.transferred == 0 && owners.kept + owners.become_yours > 0)
    else {
        return w.transfer_hint.to_owned();
    };
    let say = |n: u64, one, other| fill(plural(n, one, other), &[&conversations(n, lang)]);
    let mut said = say(owners.kept, w.transfer_kept_one, w.transfer_kept_other);
    if owners.become_yours > 0 {
        let n = owners.become_yours;
        said += &fill(plural(n, w.transfer_yours_one, w.transfer_yours_other), &[&lang.number(n)]);
    }
    said
}

fn assigning(plan: Plan) -> Dom {
    let bulk = plan.bulk;
    let items = move || {
        let (lookups, me, offer) =
            bulk.desk.with_value(|desk| (desk.lookups.get(), desk.actor(), Offer::of(desk)));
        owner_items(&lookups, None, me.map(|me| me.id).as_ref(), offer, bulk.lang)
    };
    let chosen = move || plan.owner.with(|owner| owner.iter().map(OwnerChoice::code).collect::<Vec<_>>());
    let none = move || acting_words(bulk.lang.get()).nobody_found.to_owned();
    view! {
        <div class="field">
            <span class="label">{bulk.say(|w| w.assign_to)}</span>
            <div class="picking">
                <PickerPanel
                    label=bulk.say(|w| w.assign_to)
                    items=Signal::derive(items)
                    chosen=Signal::derive(chosen)
                    placeholder=text(move || acting_words(bulk.lang.get()).assign_search.to_owned())
                    none_text=text(none)
                    on_choose=move |code: String| plan.owner.set(OwnerChoice::from_code(&code))
                />
            </div>
        </div>
    }
}

fn tagging(plan: Plan) -> Dom {
    let bulk = plan.bulk;
    let items = move || {
        let lookups = bulk.desk.with_value(|desk| desk.lookups.get());
        let item = |tag: &bandeja_contract::Tag| {
            PickerItem::new(tag.id.as_str(), tag.name.clone()).with_leading(Leading::Dot(tag.color.clone()))
        };
        lookups.tags.iter().map(item).collect::<Vec<_>>()
    };
    let toggle = move |id: String| {
        plan.tags.update(|chosen| match chosen.iter().position(|other| *other == id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(id),
        });
    };
    let a = move || acting_words(bulk.lang.get());
    let choices = move || {
        let w = bulk.w();
        let radio =
            |id, label: &str, hint: &str| Radio { id, label: label.to_owned(), hint: hint.to_owned() };
        vec![radio("add", w.tags_add, w.tags_add_hint), radio("remove", w.tags_remove, w.tags_remove_hint)]
    };
    view! {
        <Radios
            label=bulk.say(|w| w.tags_do)
            choices=Signal::derive(choices)
            value=Signal::derive(move || if plan.removes.get() { "remove" } else { "add" })
            on_change=move |id| plan.removes.set(id == "remove")
        />
        <div class="field">
            <span class="label">{bulk.say(|w| w.tags_label)}</span>
            <div class="picking">
                <PickerPanel
                    label=bulk.say(|w| w.tags_label)
                    items=Signal::derive(items)
                    chosen=plan.tags
                    multi=true
                    placeholder=text(move || a().tags_search.to_owned())
                    none_text=text(move || a().tags_none.to_owned())
                    on_choose=toggle
                />
            </div>
        </div>
    }
}

fn plain(bulk: Bulk, action: BulkAction) -> Dom {
    let said = move || {
        let w = bulk.w();
        match action {
            BulkAction::Reopen => w.plain_reopen,
            BulkAction::Archive => w.plain_archive,
            BulkAction::Unassign => w.plain_unassign,
            BulkAction::Read => w.plain_read,
            _ => w.plain_unread,
        }
        .to_owned()
    };
    view! { <Notice icon=action_icon(action) sentence=text(said)/> }
}

fn later(plan: Plan) -> Dom {
    let bulk = plan.bulk;
    // The moment of the question, not of the reading.
    let now = bulk.desk.with_value(|desk: &Desk| desk.now.get_untracked());
    let choices = move || {
        let w = bulk.w();
        let out = fill(w.later_out_hint, &[&bulk.lang.clock(now)]);
        vec![
            Radio { id: "out", label: w.later_out.to_owned(), hint: out },
            Radio { id: "in", label: w.later_in.to_owned(), hint: w.later_in_hint.to_owned() },
        ]
    };
    view! {
        <Radios
            label=bulk.say(|w| w.later)
            choices=Signal::derive(choices)
            value=Signal::derive(move || if plan.later.get() { "in" } else { "out" })
            on_change=move |id| plan.later.set(id == "in")
        />
    }
}

/// What kept it from starting, above everything else.
pub(super) fn trouble(plan: Plan) -> Option<Dom> {
    let trouble = plan.trouble.get()?;
    let (w, locale) = (plan.bulk.w(), plan.bulk.lang.get());
    let sentence = match &trouble {
        Trouble::Renewed => w.preview_over.to_owned(),
        Trouble::NothingLeft => w.nothing_left.to_owned(),
        Trouble::Tags => w.tags_gone.to_owned(),
        Trouble::Owner => w.owner_gone.to_owned(),
        Trouble::TooLarge => w.too_large.to_owned(),
        Trouble::Other(error) => match error.problem().filter(|it| it.code == code::FEATURE_OFF) {
            Some(problem) if !problem.detail.is_empty() => problem.detail.clone(),
            _ => failed(error, locale),
        },
    };
    let renewed = matches!(trouble, Trouble::Renewed | Trouble::NothingLeft);
    let (tone, icon) = if renewed { (Tone::Warn, IconName::Refresh) } else { (Tone::Bad, IconName::Alert) };
    Some(view! { <Notice tone=tone icon=icon sentence=sentence detail=w.kept.to_owned()/> })
}
