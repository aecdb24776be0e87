//! The receipt of a job: what was done, skipped and failed, one by one; while it is under way, how far
//! it is (P24).

use super::context::Bulk;
use super::draw::{text, whether};
use super::items::{Listed, items_table};
use super::job_face::{time_left, title};
use super::job_parts::Shown;
use super::reasons::reason_words;
use super::telling::can_retry;
use super::verbs::Verb;
use crate::acting::told::{day_in_sentence, moment, user_name};
use crate::acting::words::words as acting_words;
use crate::i18n::{fill, plural};
use crate::shell::ErrorView;
use bandeja_client::ClientError;
use bandeja_contract::BulkJob;
use bandeja_model::{BulkAction, ConversationId, ItemResult, JobState};
use bandeja_ui::dom::Dom;
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, Icon, IconName, Tab, Tabs};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Opens for `Bulk::receipt`.
pub(super) fn receipt_dialog() -> impl IntoView {
    let bulk = Bulk::here();
    let job = Memo::new(move |_| bulk.receipt.get().and_then(|id| bulk.job(&id)));
    let shown = Shown { bulk, job };
    let failed = RwSignal::new(None::<ClientError>);
    let load = move || {
        failed.set(None);
        let Some((id, desk)) = bulk.receipt.get_untracked().zip(bulk.desk.try_get_value()) else { return };
        spawn_local(async move {
            if let Err(error) = desk.load_job(&id).await {
                failed.try_set(Some(error));
            }
        });
    };
    watch(move || {
        if bulk.receipt.with(Option::is_some) && job.with_untracked(Option::is_none) {
            load();
        }
    });
    let close = move |()| bulk.receipt.set(None);
    let is_known = Memo::new(move |_| job.with(Option::is_some));
    let is_over = Memo::new(move |_| shown.is_over());
    let body = move || {
        Some(match (is_known.get(), is_over.get(), failed.get()) {
            (true, true, _) => over(shown),
            (true, false, _) => under_way(shown),
            (false, _, Some(error)) => view! {
                <ErrorView sentence=bulk.say(|w| w.receipt_failed) error=error on_retry=move |()| load()/>
            },
            (false, _, None) => {
                view! { <p class="muted late" role="status">{bulk.say(|w| w.loading)}</p> }
            }
        })
    };
    let line = text(move || job.get().map(|job| who_and_when(bulk, &job)).unwrap_or_default());
    view! {
        <Dialog
            open=whether(move || bulk.receipt.with(Option::is_some))
            on_close=close
            title=text(move || shown.of(|job| title(job, bulk.lang)))
            close_label=bulk.say(|w| w.close_receipt)
            size=DialogSize::Wide
            line=move || view! { <span>{line}</span> }
            footer=move || footer(shown, is_over)
            on_submit=close
        >
            {body}
        </Dialog>
    }
}

/// «Valeria Núñez, hoy de 10:43 a 10:44. Faltan 7 con error.»
fn who_and_when(bulk: Bulk, job: &BulkJob) -> String {
    let (w, lang) = (bulk.w(), bulk.lang);
    let (lookups, now) = bulk.desk.with_value(|desk| (desk.lookups.get(), desk.now.get()));
    let name = user_name(&lookups, &job.by, acting_words(lang.get()));
    let from = lang.clock(job.started_at);
    let mut said = match job.finished_at {
        Some(end) => {
            let day = day_in_sentence(job.started_at, now, lang);
            fill(w.by_from_to, &[&name, &day, &from, &lang.clock(end)])
        }
        None => fill(w.by_when, &[&name, &moment(job.started_at, now, lang)]),
    };
    if job.state == JobState::Stopped {
        said = format!("{said} {}", w.stopped_word);
    }
    if job.failed > 0 && job.state.is_over() {
        let failed = plural(job.failed, w.missing_failed_one, w.missing_failed_other);
        said = format!("{said} {}", fill(failed, &[&lang.number(job.failed)]));
    }
    said
}

fn under_way(shown: Shown) -> Dom {
    let bulk = shown.bulk;
    let left = text(move || shown.of(|job| time_left(job, bulk.lang)));
    view! {
        {shown.meter(true)}
        <div class="cluster counts">
            {shown.told()} <span class="grow"></span> <span class="muted">{left}</span>
        </div>
        <p class="muted">{bulk.say(|w| w.goes_on)}</p>
    }
}

fn over(shown: Shown) -> Dom {
    let Shown { bulk, job } = shown;
    let chosen = RwSignal::new(job.with_untracked(|job| job.as_ref().map_or("done", |job| first_tab(job))));
    let left = Callback::new(move |id: ConversationId| {
        bulk.receipt.set(None);
        bulk.recent.set(false);
        bulk.navigator.open(id);
    });
    let table = move || {
        let job = job.get()?;
        let (result, count) = of_tab(&job, chosen.get());
        let title = tab_word(bulk, &job, chosen.get());
        // Undoing says of each why it was left alone in the words of undoing.
        let listed = Listed { of: job.id.clone(), action: job.action, result, reason: None, title, count };
        Some(items_table(bulk, listed, left))
    };
    let tabs = move || {
        let Some(job) = job.get() else { return Vec::new() };
        let tab = |id: &'static str| {
            let n = bulk.lang.number(of_tab(&job, id).1);
            Tab::new(id, format!("{} {n}", tab_word(bulk, &job, id)))
        };
        ["failed", "skipped", "done"].map(tab).to_vec()
    };
    let address = text(move || {
        let id = job.with(|job| job.as_ref().map(|job| job.id.clone())).unwrap_or_default();
        bulk.desk.with_value(|desk| desk.receipt_address(&id))
    });
    view! {
        {move || job.get().map(|job| figures(bulk, &job))}
        <div>
            <Tabs
                label=bulk.say(|w| w.tabs)
                tabs=Signal::derive(tabs)
                chosen=text(move || chosen.get().to_owned())
                on_choose=move |id: String| chosen.set(known_tab(&id))
            >
                <a class="button quiet small" href=address download="">
                    <Icon name=IconName::Download/>
                    <span>{bulk.say(|w| w.download)}</span>
                </a>
            </Tabs>
            {table}
        </div>
    }
}

/// What asks for attention first.
const fn first_tab(job: &BulkJob) -> &'static str {
    if job.failed > 0 {
        "failed"
    } else if job.done == 0 && job.skipped > 0 {
        "skipped"
    } else {
        "done"
    }
}

fn known_tab(id: &str) -> &'static str {
    match id {
        "failed" => "failed",
        "skipped" => "skipped",
        _ => "done",
    }
}

fn of_tab(job: &BulkJob, tab: &str) -> (ItemResult, u64) {
    match tab {
        "failed" => (ItemResult::Failed, job.failed),
        "skipped" => (ItemResult::Skipped, job.skipped),
        _ => (ItemResult::Done, job.done),
    }
}

fn tab_word(bulk: Bulk, job: &BulkJob, tab: &str) -> String {
    let w = bulk.w();
    match tab {
        "failed" => w.tab_failed.to_owned(),
        "skipped" => w.tab_skipped.to_owned(),
        _ => {
            let done = Verb::of(job.action, bulk.lang.get()).done(2);
            let mut letters = done.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        }
    }
}

fn figures(bulk: Bulk, job: &BulkJob) -> Dom {
    let (w, lang) = (bulk.w(), bulk.lang);
    let figure = |n: u64, class: &'static str, words: String| {
        let class = if n == 0 { "" } else { class };
        view! { <div class="figure"><b class=class>{lang.number(n)}</b><span>{words}</span></div> }
    };
    let skipped = job.reasons.iter().filter(|it| it.reason.result() == ItemResult::Skipped);
    // One reason for all of them is worth saying at once.
    let why = match skipped.collect::<Vec<_>>().as_slice() {
        [only] => {
            let words = reason_words(only.reason, job.action, only.count, lang.get());
            let mut letters = words.chars();
            let lower: String =
                letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default();
            fill(w.figure_skipped_why, &[&lower])
        }
        _ => w.figure_skipped.to_owned(),
    };
    let done = Verb::of(job.action, lang.get()).done(job.done).to_owned();
    view! {
        <div class="figures">
            {figure(job.done, "good", done)}
            {figure(job.skipped, "", why)}
            {figure(job.failed, "bad", w.figure_failed.to_owned())}
            {figure(job.matched, "", w.figure_all.to_owned())}
        </div>
    }
}

fn footer(shown: Shown, is_over: Memo<bool>) -> Dom {
    let bulk = shown.bulk;
    let retries = Memo::new(move |_| shown.of(can_retry));
    let close = move |()| bulk.receipt.set(None);
    let back = move || shown.job.get().filter(|_| is_over.get()).map(|job| taking_back(shown, &job));
    view! {
        <span class="aside cluster">{back}</span>
        {move || (!is_over.get()).then(|| shown.stop(false))}
        <Button on_click=close>{bulk.say(|w| w.close_receipt)}</Button>
        {move || retries.get().then(|| shown.retry())}
    }
}

/// Undo with its time limit, or what became of it.
fn taking_back(shown: Shown, job: &BulkJob) -> Dom {
    let (bulk, lang) = (shown.bulk, shown.bulk.lang);
    let w = bulk.w();
    let small = |words: String| view! { <span class="muted small-print">{words}</span> };
    if let Some(by) = job.undone_by.clone() {
        let open = move |_| bulk.receipt.set(Some(by.clone()));
        return view! {
            {small(w.undone.to_owned())}
            <button type="button" class="link" on:click=open>{w.see_undo}</button>
        };
    }
    match job.undo_until.filter(|_| bulk.can_undo(job)) {
        Some(until) => {
            let now = bulk.desk.with_value(|desk| desk.now.get());
            let until = fill(w.undo_until, &[&moment(until, now, lang)]);
            view! { {shown.undo(ButtonKind::Normal, false)} {small(until)} }
        }
        None if job.action == BulkAction::Undo || job.done == 0 => Dom::Nothing,
        None => small(w.undo_too_late.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::job_face::tests::job;
    use super::*;

    #[test]
    fn a_receipt_opens_at_what_asks_for_attention() {
        assert_eq!(first_tab(&job(5, 2, 1, 8)), "failed");
        assert_eq!(first_tab(&job(5, 2, 0, 7)), "done");
        assert_eq!(first_tab(&job(0, 2, 0, 2)), "skipped");
    }
}
