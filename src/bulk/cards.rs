//! Jobs under way: cards in the corner, folded a line in the rail, and a slim bar where there is one pane.

use super::context::Bulk;
use super::draw::text;
use super::job_face::{percent, time_left, title};
use super::job_parts::Shown;
use crate::i18n::{fill, plural};
use bandeja_contract::BulkJob;
use bandeja_ui::dom::Dom;
use bandeja_ui::platform::{Timer, keep};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, ButtonKind, IconButton, IconName};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// Cards shown; the others are counted.
const SHOWN: usize = 3;
/// A card of a job that ended without failures goes away after this long, unless somebody is at it.
const LINGER_MS: i32 = 30_000;

/// The cards, newest on top. Put them in the corner, once.
#[component]
pub fn JobCards() -> impl IntoView {
    let bulk = Bulk::here();
    bulk.follow_jobs();
    let more = view! { {move || {
        let rest = bulk.watched.with(Vec::len).saturating_sub(SHOWN) as u64;
        (rest > 0).then(|| {
            let w = bulk.w();
            let said = fill(plural(rest, w.more_jobs_one, w.more_jobs_other), &[&bulk.lang.number(rest)]);
            view! {
                <Button small=true class="more-jobs" on_click=move |()| bulk.recent.set(true)>{said}</Button>
            }
        })
    }} };
    view! {
        <div class="jobs" hidden=bulk.folded>
            {more}
            <For
                each=move || bulk.watched.with(|ids| ids.iter().take(SHOWN).cloned().collect::<Vec<_>>())
                key=String::clone
                children=move |id| card(bulk, id)
            />
        </div>
    }
}

fn card(bulk: Bulk, id: String) -> Dom {
    let shown = {
        let id = id.clone();
        Shown { bulk, job: Memo::new(move |_| bulk.job(&id)) }
    };
    let is_over = Memo::new(move |_| shown.is_over());
    let id = StoredValue::new(id);
    let node = NodeRef::<html::Section>::new();
    linger(shown, id, node);
    let press = move |()| {
        if is_over.get_untracked() {
            bulk.unwatch(&id.get_value());
        } else {
            bulk.folded.set(true);
        }
    };
    let name = move || if is_over.get() { bulk.w().dismiss } else { bulk.w().minimise }.to_owned();
    let icon = move || if is_over.get() { IconName::X } else { IconName::Minus };
    // The title of one that is over says it.
    let turns = move || {
        let now = shown.job.get().filter(|job| !job.state.is_over())?;
        let of = fill(bulk.w().of_all, &["", &bulk.lang.number(now.matched)]);
        let line = view! {
            <div class="cluster spread">
                <span><b>{bulk.lang.number(now.had_their_turn())}</b>{of}</span>
                <span class="muted">{time_left(&now, bulk.lang)}</span>
            </div>
        };
        Some(line)
    };
    view! {
        <section class="job" node_ref=node aria-label=bulk.say(|w| w.job)>
            <div class="cluster">
                <b class="grow">{text(move || shown.of(|job| title(job, bulk.lang)))}</b>
                <IconButton icon=Signal::derive(icon) small=true label=text(name) on_click=press/>
            </div>
            {shown.meter(false)}
            {turns}
            <div class="cluster counts">{shown.told()}</div>
            <div class="cluster job-foot">{move || Some(foot(shown, is_over.get()))}</div>
        </section>
    }
}

fn foot(shown: Shown, is_over: bool) -> Dom {
    let bulk = shown.bulk;
    if !is_over {
        return view! {
            <span class="muted grow small-print">{bulk.say(|w| w.goes_on)}</span>
            {shown.stop(true)}
        };
    }
    let can_undo = Memo::new(move |_| shown.of(|job| bulk.can_undo(job)));
    let open = move |()| bulk.receipt.set(shown.job.get_untracked().map(|job| job.id.clone()));
    view! {
        <span class="grow"></span>
        {move || can_undo.get().then(|| shown.undo(ButtonKind::Quiet, true))}
        <Button small=true on_click=open>{bulk.say(|w| w.see_receipt)}</Button>
    }
}

/// Lets a card go some time after its job ended well.
fn linger(shown: Shown, id: StoredValue<String>, node: NodeRef<html::Section>) {
    let ended_well = Memo::new(move |_| shown.of(|job| job.state.is_over() && job.failed == 0));
    let again = RwSignal::new(0_u32);
    watch(move || {
        again.track();
        if !ended_well.get() {
            return;
        }
        keep(Timer::after(LINGER_MS, move || {
            let node = node.try_get_untracked().flatten();
            if node.is_some_and(|node| node.matches(":hover, :focus-within").unwrap_or(false)) {
                again.try_update(|again| *again += 1);
            } else if let Some(id) = id.try_get_value() {
                shown.bulk.unwatch(&id);
            }
        }));
    });
}

/// The newest job that has a card.
fn newest(bulk: Bulk) -> Option<Arc<BulkJob>> {
    bulk.watched.with(|ids| ids.iter().find_map(|id| bulk.job(id)))
}

/// The folded cards: a line at the foot of the rail.
#[component]
pub fn RailJobs() -> impl IntoView {
    let bulk = Bulk::here();
    let shown = Shown { bulk, job: Memo::new(move |_| newest(bulk)) };
    let is_there = Memo::new(move |_| bulk.folded.get() && shown.job.with(Option::is_some));
    let line = move || {
        let said = text(move || shown.of(|job| title(job, bulk.lang)));
        let share = move || shown.of(percent);
        let name = text(move || fill(bulk.w().show_job, &[&said.get()]));
        view! {
            <button
                type="button"
                class="rail-job"
                aria-label=name
                title=said
                on:click=move |_| bulk.folded.set(false)
            >
                <span class="dial" aria-hidden="true" style=("--share", text(move || format!("{}%", share())))></span>
                <span class="clip grow">{said}</span>
                <span class="n">{text(move || format!("{} %", share()))}</span>
            </button>
        }
    };
    view! { {move || is_there.get().then(line)} }
}

/// The slim bar under the panes, where there is no room for cards.
#[component]
pub fn SlimJobs() -> impl IntoView {
    let bulk = Bulk::here();
    let shown = Shown { bulk, job: Memo::new(move |_| newest(bulk)) };
    let is_there = Memo::new(move |_| shown.job.with(Option::is_some));
    let is_over = Memo::new(move |_| shown.is_over());
    let bar = move || {
        let share = move || {
            shown.of(|job| if job.state.is_over() { String::new() } else { format!("{} %", percent(job)) })
        };
        let open = move |_| bulk.receipt.set(shown.job.get_untracked().map(|job| job.id.clone()));
        let away = move |()| {
            if let Some(job) = shown.job.get_untracked() {
                bulk.unwatch(&job.id);
            }
        };
        let cross = move || {
            let cross = view! { <IconButton icon=IconName::X label=bulk.say(|w| w.dismiss) on_click=away/> };
            cross
        };
        view! {
            <div class="slim" class:folded=bulk.folded>
                <button type="button" class="slim-in" aria-haspopup="dialog" on:click=open>
                    <span class="cluster">
                        <span class="clip grow">{text(move || shown.of(|job| title(job, bulk.lang)))}</span>
                        <span class="faint">{text(share)}</span>
                    </span>
                    {shown.meter(false)}
                </button>
                {move || is_over.get().then(cross)}
            </div>
        }
    };
    view! { {move || is_there.get().then(bar)} }
}
