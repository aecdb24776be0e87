//! «Qué va a pasar»: how many, who is left out and why, what else happens, and the number to type.

use super::draw::{reason, text};
use super::items::Listed;
use super::plan::{Outlook, Plan};
use super::reasons::{reason_icon, reason_words};
use super::verbs::Verb;
use crate::acting::told::user_name;
use crate::acting::words::words as acting_words;
use crate::i18n::{fill, plural};
use crate::shell::error_words;
use bandeja_client::ClientError;
use bandeja_contract::{BulkPreview, Excluded};
use bandeja_model::{BulkAction, ItemResult};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::{Button, Icon, IconName, IconSize, Meter, Part, TextField};
use leptos::prelude::*;

/// The right side of the dialog. `see` opens the list of those that a reason leaves out.
pub(super) fn fate(plan: Plan, see: RwSignal<Option<Listed>>) -> Dom {
    let bulk = plan.bulk;
    let inside = move || {
        Some(match plan.outlook.get() {
            Outlook { failed: Some(error), .. } => wrong(plan, &error),
            Outlook { preview: Some(preview), counting, .. } => figures(plan, &preview, counting, see),
            Outlook { counting: true, .. } => counting(plan),
            Outlook { .. } => {
                let w = bulk.w();
                let assigns = plan.action() == Some(BulkAction::Assign);
                let words = if assigns { w.fate_choose_owner } else { w.fate_choose_tags };
                view! { <p class="muted">{words}</p> }
            }
        })
    };
    let asks = Memo::new(move |_| plan.asks_to_type());
    let busy = move || plan.outlook.with(|outlook| outlook.counting).then(|| "true".to_owned());
    view! {
        <section class="fate" aria-label=bulk.say(|w| w.fate) aria-busy=reason(busy)>
            <h3>{bulk.say(|w| w.fate)}</h3>
            {inside}
            // Its own place: what is typed stays while the figures are counted again.
            {move || asks.get().map(|number| confirmation(plan, number))}
        </section>
    }
}

fn counting(plan: Plan) -> Dom {
    view! {
        <div class="late" role="status">
            <span class="only-sr">{plan.bulk.w().fate_counting}</span>
            <span class="bone figure-bone"></span>
            <span class="bone w88"></span>
            <span class="bone w52"></span>
            <span class="bone w72"></span>
        </div>
    }
}

fn wrong(plan: Plan, error: &ClientError) -> Dom {
    let w = plan.bulk.w();
    view! {
        <div class="fate-wrong" role="alert">
            <p class="bad"><Icon name=IconName::Alert size=IconSize::Small/> {w.fate_failed}</p>
            <p class="muted">{error_words(error, plan.bulk.lang.get())}</p>
            <Button small=true icon=IconName::Refresh on_click=move |()| plan.count_again()>{w.retry}</Button>
        </div>
    }
}

fn figures(plan: Plan, preview: &BulkPreview, counting: bool, see: RwSignal<Option<Listed>>) -> Dom {
    let (bulk, lang) = (plan.bulk, plan.bulk.lang);
    let w = bulk.w();
    let Some(action) = plan.action() else { return Dom::Nothing };
    let (changes, matched) = (preview.changes, preview.matched);
    let verb = Verb::of(action, lang.get());
    let of = plural(matched, w.fate_of_one, w.fate_of_other);
    let of = fill(of, &[verb.will(changes), &lang.number(matched)]);
    let out: u64 = preview.excluded.iter().map(|excluded| excluded.count).sum();
    let parts = vec![Part { count: changes, class: "" }, Part { count: out, class: "skip" }];
    let listed = preview.preview_id.clone();
    let left_out = (out > 0).then(|| {
        let lines =
            preview.excluded.iter().map(|excluded| excluded_line(plan, action, *excluded, &listed, see));
        view! {
            <h4>{fill(plural(out, w.out_one, w.out_other), &[&lang.number(out)])}</h4>
            <ul>{lines.collect_view()}</ul>
        }
    });
    let effects = effects(plan, preview);
    let also = (!effects.is_empty()).then(|| view! { <h4>{w.also}</h4> <ul>{effects}</ul> });
    view! {
        <div class="figures-in" class:stale=counting>
            <p class="total" role="status"><b>{lang.number(changes)}</b> <span>{of}</span></p>
            <Meter parts=Signal::stored(parts) whole=Signal::stored(matched) tall=true/>
            {left_out}
            {also}
        </div>
    }
}

fn excluded_line(
    plan: Plan,
    action: BulkAction,
    excluded: Excluded,
    preview: &str,
    see: RwSignal<Option<Listed>>,
) -> Dom {
    let Excluded { reason, count } = excluded;
    let words = reason_words(reason, action, count, plan.bulk.lang.get());
    let w = plan.bulk.w();
    let of = Listed {
        of: preview.to_owned(),
        action,
        result: ItemResult::Excluded,
        reason: Some(reason),
        title: fill(w.items_out, &[words]),
        count,
    };
    let open = move |_| see.set(Some(of.clone()));
    let name = fill(w.see_out, &[words]);
    let more = view! {
        <button type="button" class="link" aria-haspopup="dialog" aria-label=name on:click=open>{w.see}</button>
    };
    line(plan, count, reason_icon(reason), words.to_owned(), Some(more))
}

fn line(plan: Plan, n: u64, icon: IconName, words: String, more: Option<Dom>) -> Dom {
    view! {
        <li class="ex">
            <span class="num">{plan.bulk.lang.number(n)}</span>
            <Icon name=icon size=IconSize::Small/>
            <span class="grow">{words}</span>
            {more}
        </li>
    }
}

/// What happens beside: automations, what stays unread, who answers next.
fn effects(plan: Plan, preview: &BulkPreview) -> Vec<Dom> {
    let w = plan.bulk.w();
    let mut lines = Vec::new();
    for automation in &preview.automations {
        let words = plural(automation.count, w.also_starts_one, w.also_starts_other);
        let words = fill(words, &[&automation.name]);
        lines.push(line(plan, automation.count, IconName::Bolt, words, None));
    }
    let mut add = |n: u64, icon, one, other| {
        if n > 0 {
            lines.push(line(plan, n, icon, plural(n, one, other).to_owned(), None));
        }
    };
    let ends = plan.action().is_some_and(BulkAction::ends);
    if ends {
        add(preview.unread, IconName::Unread, w.also_unread_one, w.also_unread_other);
    }
    if plan.action() == Some(BulkAction::Close) {
        let owners = preview.owners;
        add(owners.kept, IconName::Users, w.also_kept_one, w.also_kept_other);
        add(owners.become_yours, IconName::User, w.also_yours_one, w.also_yours_other);
        if owners.transferred > 0 {
            let id = plan.close.typed.with(|typed| typed.transfer_to.clone());
            let lookups = plan.close.lookups();
            let name = id.map(|id| user_name(&lookups, &id, acting_words(plan.bulk.lang.get())));
            let n = owners.transferred;
            let words = plural(n, w.also_moved_one, w.also_moved_other);
            let words = fill(words, &[&name.unwrap_or_default()]);
            lines.push(line(plan, n, IconName::Swap, words, None));
        }
    }
    lines
}

/// Above a hundred the number is typed (P22).
fn confirmation(plan: Plan, number: u64) -> Dom {
    let bulk = plan.bulk;
    let said = text(move || fill(bulk.w().type_number, &[&bulk.lang.number(number)]));
    view! {
        <div class="confirming">
            <TextField
                label=said
                value=plan.number
                on_input=move |text| plan.number.set(text)
                autocomplete="off"
            />
        </div>
    }
}
