//! Jobs under way: cards in the corner, folded a line in the rail, and a slim bar where there is one pane.

use super::context::Bulk;
use super::job_face::{counts, parts, percent, time_left, title};
use crate::i18n::{fill, plural};
use bandeja_client::JobAct;
use bandeja_contract::BulkJob;
use bandeja_ui::platform::{Timer, keep};
use bandeja_ui::{Button, ButtonKind, IconButton, IconName, Meter};
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
    let more = move || {
        let rest = bulk.watched.with(Vec::len).saturating_sub(SHOWN) as u64;
        (rest > 0).then(|| {
            let w = bulk.w();
            let said = fill(plural(rest, w.more_jobs_one, w.more_jobs_other), &[&bulk.lang.number(rest)]);
            view! {
                <Button small=true class="more-jobs" on_click=move |()| bulk.recent.set(true)>{said}</Button>
            }
        })
    };
    view! {
        <div class="jobs" hidden=move || bulk.folded.get()>
            {more}
            <For
                each=move || bulk.watched.with(|ids| ids.iter().take(SHOWN).cloned().collect::<Vec<_>>())
                key=String::clone
                children=move |id| card(bulk, id)
            />
        </div>
    }
}

fn card(bulk: Bulk, id: String) -> AnyView {
    let job = {
        let id = id.clone();
        Memo::new(move |_| bulk.job(&id))
    };
    let is_over = Memo::new(move |_| job.with(|job| job.as_ref().is_some_and(|job| job.state.is_over())));
    let id = StoredValue::new(id);
    let node = NodeRef::<html::Section>::new();
    linger(bulk, id, job, node);
    let part = move |of: fn(&BulkJob, crate::i18n::Lang) -> String| {
        job.with(|job| job.as_ref().map(|job| of(job, bulk.lang)).unwrap_or_default())
    };
    let corner = move || {
        if is_over.get() {
            view! {
                <IconButton
                    icon=IconName::X
                    small=true
                    label=Signal::derive(move || bulk.w().dismiss.to_owned())
                    on_click=move |()| bulk.unwatch(&id.get_value())
                />
            }
            .into_any()
        } else {
            view! {
                <IconButton
                    icon=IconName::Minus
                    small=true
                    label=Signal::derive(move || bulk.w().minimise.to_owned())
                    on_click=move |()| bulk.folded.set(true)
                />
            }
            .into_any()
        }
    };
    // The title of one that is over says it.
    let turns = move || {
        let now = job.get().filter(|job| !job.state.is_over())?;
        let of = fill(bulk.w().of_all, &["", &bulk.lang.number(now.matched)]);
        Some(view! {
            <div class="cluster spread">
                <span><b>{bulk.lang.number(now.had_their_turn())}</b>{of}</span>
                <span class="muted">{time_left(&now, bulk.lang)}</span>
            </div>
        })
    };
    let told = move || {
        let [done, skipped, failed] = job.get().map(|job| counts(&job, bulk.lang)).unwrap_or_default();
        view! {
            <span>{done}</span>
            <span class="muted">{skipped}</span>
            <span class="bad">{failed}</span>
        }
    };
    view! {
        <section class="job" node_ref=node aria-label=move || bulk.w().job>
            <div class="cluster"><b class="grow">{move || part(title)}</b> {corner}</div>
            {meter(bulk, job)}
            {turns}
            <div class="cluster counts">{told}</div>
            <div class="cluster job-foot">{move || foot(bulk, job, is_over.get())}</div>
        </section>
    }
    .into_any()
}

fn meter(bulk: Bulk, job: Memo<Option<Arc<BulkJob>>>) -> AnyView {
    // Three parts from the beginning on: the bar is drawn once.
    let shown = move || {
        job.with(|job| match job {
            Some(job) => parts(job),
            None => Vec::new(),
        })
    };
    view! {
        <Meter
            parts=Signal::derive(shown)
            whole=Signal::derive(move || job.with(|job| job.as_ref().map_or(0, |job| job.matched)))
            label=Signal::derive(move || bulk.w().progress.to_owned())
        />
    }
    .into_any()
}

fn foot(bulk: Bulk, job: Memo<Option<Arc<BulkJob>>>, is_over: bool) -> AnyView {
    let act = move |act: JobAct| {
        if let Some(job) = job.get_untracked() {
            bulk.act_on(&job, act);
        }
    };
    let doing = move |act: JobAct| {
        Signal::derive(move || job.with(|job| job.as_ref().is_some_and(|job| bulk.is_doing(&job.id, act))))
    };
    if !is_over {
        let stopping = move || {
            job.with(|job| {
                job.as_ref()
                    .is_some_and(|job| job.state == bandeja_model::JobState::Stopping)
                    .then(|| bulk.w().stopping.to_owned())
            })
        };
        return view! {
            <span class="muted grow small-print">{move || bulk.w().goes_on}</span>
            <Button
                small=true
                icon=IconName::Stop
                busy=doing(JobAct::Stop)
                disabled=Signal::derive(stopping)
                on_click=move |()| act(JobAct::Stop)
            >
                {move || bulk.w().stop}
            </Button>
        }
        .into_any();
    }
    let can_undo = move || job.with(|job| job.as_ref().is_some_and(|job| bulk.can_undo(job)));
    let open = move |()| bulk.receipt.set(job.get_untracked().map(|job| job.id.clone()));
    view! {
        <span class="grow"></span>
        {move || {
            can_undo()
                .then(|| {
                    view! {
                        <Button
                            kind=ButtonKind::Quiet
                            small=true
                            icon=IconName::Undo
                            busy=doing(JobAct::Undo)
                            on_click=move |()| act(JobAct::Undo)
                        >
                            {move || bulk.w().undo}
                        </Button>
                    }
                })
        }}
        <Button small=true on_click=open>{move || bulk.w().see_receipt}</Button>
    }
    .into_any()
}

/// Lets a card go some time after its job ended well.
fn linger(
    bulk: Bulk,
    id: StoredValue<String>,
    job: Memo<Option<Arc<BulkJob>>>,
    node: NodeRef<html::Section>,
) {
    let ended_well = Memo::new(move |_| {
        job.with(|job| job.as_ref().is_some_and(|job| job.state.is_over() && job.failed == 0))
    });
    let is_due = RwSignal::new(0_u32);
    Effect::new(move |_| {
        is_due.track();
        if !ended_well.get() {
            return;
        }
        keep(Timer::after(LINGER_MS, move || {
            let node = node.try_get_untracked().flatten();
            let is_used = node.is_some_and(|node| node.matches(":hover, :focus-within").unwrap_or(false));
            if is_used {
                is_due.try_update(|due| *due += 1);
            } else if let Some(id) = id.try_get_value() {
                bulk.unwatch(&id);
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
    let shown = Memo::new(move |_| bulk.folded.get() && newest(bulk).is_some());
    let said = move || newest(bulk).map(|job| title(&job, bulk.lang)).unwrap_or_default();
    let share = move || newest(bulk).map_or(0, |job| percent(&job));
    move || {
        shown.get().then(|| {
            view! {
                <button
                    type="button"
                    class="rail-job"
                    aria-label=move || fill(bulk.w().show_job, &[&said()])
                    title=said
                    on:click=move |_| bulk.folded.set(false)
                >
                    <span class="dial" aria-hidden="true" style=("--share", move || format!("{}%", share()))></span>
                    <span class="clip grow">{said}</span>
                    <span class="n">{move || format!("{} %", share())}</span>
                </button>
            }
        })
    }
}

/// The slim bar under the panes, where there is no room for cards.
#[component]
pub fn SlimJobs() -> impl IntoView {
    let bulk = Bulk::here();
    let job = Memo::new(move |_| newest(bulk));
    let shown = Memo::new(move |_| job.with(Option::is_some));
    let is_over = Memo::new(move |_| job.with(|job| job.as_ref().is_some_and(|job| job.state.is_over())));
    let said = move || job.with(|job| job.as_ref().map(|job| title(job, bulk.lang)).unwrap_or_default());
    let share = move || job.with(|job| job.as_ref().map(|job| format!("{} %", percent(job))));
    let open = move |_| bulk.receipt.set(job.get_untracked().map(|job| job.id.clone()));
    let away = move |()| {
        if let Some(job) = job.get_untracked() {
            bulk.unwatch(&job.id);
        }
    };
    move || {
        shown.get().then(|| {
            view! {
                <div class="slim" class:folded=move || bulk.folded.get()>
                    <button type="button" class="slim-in" aria-haspopup="dialog" on:click=open>
                        <span class="cluster">
                            <span class="clip grow">{said}</span>
                            <span class="faint">{move || (!is_over.get()).then(share)}</span>
                        </span>
                        {meter(bulk, job)}
                    </button>
                    {move || {
                        is_over
                            .get()
                            .then(|| {
                                view! {
                                    <IconButton
                                        icon=IconName::X
                                        label=Signal::derive(move || bulk.w().dismiss.to_owned())
                                        on_click=away
                                    />
                                }
                            })
                    }}
                </div>
            }
        })
    }
}
