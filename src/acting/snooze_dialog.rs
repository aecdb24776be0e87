//! Until when a conversation sleeps: a few moments to choose from, or an exact one.

use super::told::failed;
use super::wake_times::{Exact, WakeTime, exact, wake_times};
use super::who_line::who_line;
use super::words::{ActingWords, words};
use super::{Acting, Attempt, Question};
use crate::i18n::{Lang, fill};
use bandeja_client::Intent;
use bandeja_model::{Timestamp, limits};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Button, ButtonKind, Dialog, DialogSize, Icon, IconName, TextField};
use chrono::{Duration, NaiveDateTime};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Opens for [`Acting::snooze`].
pub(super) fn snooze_dialog() -> impl IntoView {
    let acting = StoredValue::new(Acting::here());
    let lang = acting.with_value(|acting| acting.lang);
    let seen = acting.with_value(|acting| acting.asking(Question::Snooze));
    let typed = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let busy = RwSignal::new(false);
    watch(move || {
        seen.with(|_| ());
        typed.set(String::new());
        error.set(None);
    });
    let now = move || acting.with_value(|acting| acting.desk.now.get());
    let close = move || acting.with_value(Acting::answer);
    let sleep = move |until: Option<Timestamp>| {
        let Some(seen) = seen.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let acting = acting.get_value();
        spawn_local(async move {
            let locale = acting.lang.get_untracked();
            let ended = acting.attempt(seen, Intent::Snooze(until)).await;
            busy.try_set(false);
            match ended {
                Attempt::Failed(problem) => {
                    error.try_set(Some(failed(&problem, locale)));
                }
                Attempt::Done | Attempt::Conflict => acting.answer(),
                Attempt::UnderWay => {}
            }
        });
    };
    let submit = move || {
        let w = words(lang.get_untracked());
        let local_now = to_local(untrack(now), untrack(|| lang.offset()));
        match exact(&typed.get_untracked(), local_now, limits::SNOOZE_DAYS) {
            Exact::At(at) => sleep(Some(to_utc(at, untrack(|| lang.offset())))),
            Exact::Nothing => error.set(Some(w.snooze_empty.to_owned())),
            Exact::Past => error.set(Some(w.snooze_past.to_owned())),
            Exact::TooFar => error.set(Some(fill(w.snooze_far, &[&limits::SNOOZE_DAYS.to_string()]))),
        }
    };
    let w = move || words(lang.get());
    let choices = move || {
        let (now, offset) = (now(), lang.offset());
        wake_times(to_local(now, offset))
            .into_iter()
            .map(|(name, at)| {
                let at = to_utc(at, offset);
                choice(word_of(name, w()), moment(at, now, lang), Callback::new(move |()| sleep(Some(at))))
            })
            .collect_view()
    };
    let asleep = move || {
        let until = seen.get()?.snoozed_until.filter(|until| *until > now())?;
        let text = fill(w().snooze_until, &[&moment(until, now(), lang)]);
        Some(choice(w().wake, text, Callback::new(move |()| sleep(None))))
    };
    let line = move || {
        let lookups = acting.with_value(|acting| acting.desk.lookups.get());
        seen.get().map(|seen| who_line(&seen, &lookups, lang))
    };
    let footer = move || {
        view! {
            <Button on_click=move |()| close()>{move || w().cancel_dialog}</Button>
            <Button kind=ButtonKind::Primary submit=true busy=busy>
                {move || w().snooze_save}
            </Button>
        }
    };
    view! {
        <Dialog
            open=Signal::derive(move || seen.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || w().snooze_title.to_owned())
            close_label=Signal::derive(move || w().back.to_owned())
            size=DialogSize::Narrow
            line=line
            footer=footer
            on_submit=Callback::new(move |()| submit())
        >
            <p class="muted">{move || w().snooze_hint}</p>
            <div class="choices">{asleep} {choices}</div>
            <TextField
                label=Signal::derive(move || w().snooze_exact.to_owned())
                kind="datetime-local"
                value=typed
                error=error
                on_input=move |text| {
                    typed.set(text);
                    error.set(None);
                }
            />
        </Dialog>
    }
}

fn choice(name: &'static str, when: String, on_click: Callback<()>) -> impl IntoView {
    view! {
        <button type="button" class="item" on:click=move |_| on_click.run(())>
            <Icon name=IconName::Clock/>
            <span class="grow">{name}</span>
            <span class="n">{when}</span>
        </button>
    }
}

fn moment(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    format!("{}, {}", lang.day(at, now), lang.clock(at))
}

fn word_of(name: WakeTime, w: &ActingWords) -> &'static str {
    match name {
        WakeTime::InThreeHours => w.wake_in_three_hours,
        WakeTime::ThisEvening => w.wake_this_evening,
        WakeTime::TomorrowMorning => w.wake_tomorrow,
        WakeTime::MondayMorning => w.wake_monday,
        WakeTime::InAWeek => w.wake_in_a_week,
    }
}

fn to_local(at: Timestamp, offset_s: i32) -> NaiveDateTime {
    (at + Duration::seconds(i64::from(offset_s))).naive_utc()
}

fn to_utc(at: NaiveDateTime, offset_s: i32) -> Timestamp {
    at.and_utc() - Duration::seconds(i64::from(offset_s))
}
