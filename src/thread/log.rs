//! The messages, newest at the bottom. Older ones load upwards without a jump, newer ones wait behind a
//! pill while somebody reads further up.
//!
//! The scroller is reversed (`column-reverse`): the browser measures from the end, so that what is put
//! in above moves nothing, and the end stays the end. What comes in below while somebody reads further up
//! is made up for by hand, since browsers' own anchoring takes the top of a reversed scroller for its end.

use super::blocks::{Block, blocks};
use super::bubbles::speaker;
use super::entry::{Scene, draw};
use super::glances::{at, glances};
use crate::i18n::{fill, plural};
use bandeja_browser::{Phase, Thread};
use bandeja_client::ThreadEntry;
use bandeja_model::{Author, Timestamp, limits, text::preview};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{Announcer, Button, Empty, Icon, IconName, platform};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Closer to the end than this counts as being there, in px.
const AT_END_PX: i32 = 48;
/// Older entries are fetched when less than this is left above, in px.
const AHEAD_PX: i32 = 900;

/// A block with what it draws.
#[derive(Clone)]
struct Part {
    key: (Option<chrono::NaiveDate>, u64),
    /// For a separator, a moment of its day.
    day: Option<Timestamp>,
    entries: Vec<ThreadEntry>,
}

/// A block in sight: the distance of its top from the screen's at a scroll position.
#[derive(Clone)]
struct Anchor {
    block: web_sys::Element,
    stood: f64,
    scroll_top: i32,
}

/// Where the reader is.
#[derive(Clone, Copy)]
struct Place {
    node: NodeRef<html::Div>,
    at_end: RwSignal<bool>,
    unseen: RwSignal<u64>,
    failed: RwSignal<bool>,
    thread: StoredValue<Thread>,
    /// What stands still while something changes.
    anchor: StoredValue<Option<Anchor>, LocalStorage>,
    /// Something changed, and the place is to be put right before the next paint.
    changed: StoredValue<bool>,
}

/// The log of a thread; the end is shown whenever `to_end` rises, as after sending.
pub(super) fn log(scene: Scene, thread: Thread, to_end: RwSignal<u32>) -> impl IntoView {
    let entries = thread.entries.clone();
    let (has_older, loading_older, phase) =
        (thread.has_older.clone(), thread.loading_older.clone(), thread.phase.clone());
    let place = Place {
        node: NodeRef::new(),
        at_end: RwSignal::new(true),
        unseen: RwSignal::new(0),
        failed: RwSignal::new(false),
        thread: StoredValue::new(thread),
        anchor: StoredValue::new_local(None),
        changed: StoredValue::new(false),
    };
    let parts = {
        let entries = entries.clone();
        Memo::new_with_compare(
            move |_| parts(&entries.get(), scene.lang.offset()),
            |before, now| keys(before) != keys(now),
        )
    };
    follow_end(scene, place, entries.clone(), to_end);
    let is_loading = {
        let (entries, phase) = (entries.clone(), phase.clone());
        Memo::new(move |_| {
            entries.with(|entries| entries.is_empty()) && phase.with(|phase| *phase == Phase::Loading)
        })
    };
    let is_empty = Memo::new(move |_| entries.with(|entries| entries.is_empty()));
    let top = move || top(scene, place, is_empty.get(), has_older.get(), loading_older.get());
    let label = move || fill(scene.w().messages, &[&scene.contact_name()]);
    view! {
        <div
            node_ref=place.node
            class="scroll from-end"
            role="log"
            aria-live="off"
            aria-label=label
            aria-busy=move || is_loading.get().to_string()
            tabindex="0"
            on:scroll=move |_| place.scrolled()
        >
            <div class="log">
                {top}
                <For each=move || parts.get() key=|part| part.key children=move |part| part_view(scene, part)/>
                {move || is_loading.get().then(|| loading(scene))}
                {move || (is_empty.get() && !is_loading.get()).then(|| empty(scene))}
            </div>
        </div>
        {move || pill(scene, place)}
    }
}

fn parts(entries: &[ThreadEntry], offset_s: i32) -> Vec<Part> {
    let mut day = None;
    let mut parts = Vec::new();
    for block in blocks(&glances(entries, offset_s)) {
        let key = block.key();
        match block {
            // The moment is that of the entry behind it, which is the next block's first.
            Block::Day(date) => day = Some(date),
            Block::Burst { from, to, .. } => {
                let entries = entries.get(from..to).unwrap_or_default().to_vec();
                // A message written offline can bring a day twice, so the date alone is no key.
                if let Some(date) = day.take() {
                    parts.push(Part {
                        key: (Some(date), key.1),
                        day: entries.first().map(at),
                        entries: Vec::new(),
                    });
                }
                parts.push(Part { key, day: None, entries });
            }
        }
    }
    parts
}

fn keys(parts: Option<&Vec<Part>>) -> Vec<(Option<chrono::NaiveDate>, u64)> {
    parts.map(|parts| parts.iter().map(|part| part.key).collect()).unwrap_or_default()
}

fn part_view(scene: Scene, part: Part) -> AnyView {
    match part.day {
        Some(at) => view! { <div class="day">{move || scene.lang.day(at, scene.now())}</div> }.into_any(),
        None => draw(scene, part.entries),
    }
}

/// What stands above the oldest entry that is here.
fn top(scene: Scene, place: Place, is_empty: bool, has_older: bool, loading: bool) -> AnyView {
    if is_empty {
        return ().into_any();
    }
    if place.failed.get() && !loading {
        return view! {
            <p class="older" role="alert">
                {move || scene.w().older_failed}
                " "
                <Button small=true icon=IconName::Refresh on_click=move |()| place.load_older()>
                    {move || scene.w().older_retry}
                </Button>
            </p>
        }
        .into_any();
    }
    let word = move || if has_older { scene.w().older } else { scene.w().beginning };
    // While there are older ones the line keeps its place, said or not, so that nothing moves.
    view! { <p class="older muted" class:quiet=has_older && !loading>{word}</p> }.into_any()
}

fn loading(scene: Scene) -> impl IntoView {
    view! {
        <div class="bones late" role="status">
            <span class="only-sr">{move || scene.w().loading}</span>
            <span class="bone w52"></span>
            <span class="bone w40"></span>
            <span class="bone w72"></span>
        </div>
    }
}

fn empty(scene: Scene) -> impl IntoView {
    view! {
        <Empty
            icon=IconName::Reply
            sentence=Signal::derive(move || scene.w().empty.to_owned())
            detail=Signal::derive(move || scene.w().empty_detail.to_owned())
        />
    }
}

fn pill(scene: Scene, place: Place) -> Option<AnyView> {
    if place.at_end.get() {
        return None;
    }
    let words = move || match place.unseen.get() {
        0 => scene.w().to_end.to_owned(),
        n => fill(plural(n, scene.w().new_one, scene.w().new_other), &[&scene.lang.number(n)]),
    };
    let quiet = move || place.unseen.get() == 0;
    Some(
        view! {
            <button
                type="button"
                class="pill"
                class:quiet=quiet
                title=words
                aria-label=words
                on:click=move |_| place.show_end()
            >
                <Icon name=IconName::Down/>
                {move || (!quiet()).then(words)}
            </button>
        }
        .into_any(),
    )
}

impl Place {
    fn scrolled(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        // Reversed: 0 is the end, and what lies above is negative.
        let from_end = -node.scroll_top();
        let at_end = from_end < AT_END_PX;
        if self.at_end.try_get_untracked() != Some(at_end) {
            self.at_end.try_set(at_end);
        }
        if at_end && self.unseen.try_get_untracked() != Some(0) {
            self.unseen.try_set(0);
        }
        // After a change the place of before counts, also when this is told in between.
        if self.changed.try_get_value() == Some(false) {
            self.anchor.try_set_value(if at_end { None } else { first_in_sight(&node) });
        }
        let above = node.scroll_height() - node.client_height() - from_end;
        if above < AHEAD_PX && self.failed.try_get_untracked() == Some(false) {
            self.load_older();
        }
    }

    /// After something changed: what was in sight stands where it stood.
    fn hold_still(self) {
        let Some(node) = self.node.try_get_untracked().flatten() else { return };
        self.changed.try_set_value(false);
        let anchor = self.anchor.try_get_value().flatten().filter(|anchor| anchor.block.is_connected());
        if let Some(anchor) = anchor {
            // What the reader scrolled meanwhile is theirs.
            let scrolled = f64::from(node.scroll_top() - anchor.scroll_top);
            let moved = platform::rect_of(&anchor.block).top + scrolled - anchor.stood;
            if moved.abs() >= 1.0 {
                #[expect(clippy::cast_possible_truncation, reason = "a distance on the screen")]
                node.set_scroll_top(node.scroll_top() + moved.round() as i32);
            }
        }
        self.scrolled();
    }

    fn load_older(self) {
        let Some(thread) = self.thread.try_get_value() else { return };
        if !thread.has_older.get_untracked() || thread.loading_older.get_untracked() {
            return;
        }
        self.failed.try_set(false);
        spawn_local(async move {
            let failed = thread.load_older().await.is_err();
            self.failed.try_set(failed);
        });
    }

    fn show_end(self) {
        if let Some(node) = self.node.try_get_untracked().flatten() {
            node.set_scroll_top(0);
            platform::focus(&node);
        }
        self.unseen.try_set(0);
        self.at_end.try_set(true);
    }
}

/// The first block that is at least partly in sight.
fn first_in_sight(scroller: &web_sys::Element) -> Option<Anchor> {
    let blocks = scroller.first_element_child()?.children();
    let top = platform::rect_of(scroller).top;
    let ends_below = |place: u32| {
        blocks.item(place).is_some_and(|block| {
            let rect = platform::rect_of(&block);
            rect.top + rect.height > top + 1.0
        })
    };
    let (mut from, mut to) = (0, blocks.length());
    while from < to {
        let middle = u32::midpoint(from, to);
        if ends_below(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    let block = blocks.item(from)?;
    let stood = platform::rect_of(&block).top;
    Some(Anchor { block, stood, scroll_top: scroller.scroll_top() })
}

/// Keeps the place while entries come: at the end it stays there by itself, further up what is new is
/// counted, and one's own message shows the end.
fn follow_end(
    scene: Scene,
    place: Place,
    entries: ArcRwSignal<Arc<Vec<ThreadEntry>>>,
    to_end: RwSignal<u32>,
) {
    let announcer = use_context::<Announcer>();
    let begun = StoredValue::new(to_end.get_untracked());
    watch(move || {
        let now = to_end.get();
        if now != begun.get_value() {
            begun.set_value(now);
            platform::next_frame(move || place.show_end_quietly());
        }
    });
    Effect::new(move |before: Option<Option<String>>| {
        let entries = entries.get();
        let last = entries.last().map(|entry| entry.key().to_owned());
        if let Some(Some(before)) = &before
            && last.as_ref() != Some(before)
        {
            let new: Vec<_> = entries.iter().rev().take_while(|entry| entry.key() != before).collect();
            // When the old end is nowhere, the thread was loaded again: nothing is new by that.
            if new.len() < entries.len() {
                let from_others = new.iter().filter(|entry| is_from_others(scene, entry)).count() as u64;
                if !place.at_end.get_untracked() && from_others > 0 {
                    place.unseen.update(|unseen| *unseen += from_others);
                }
                announce(scene, announcer, &new);
            }
        }
        // The first page may be shorter than the pane, so this also looks whether more is needed.
        place.changed.set_value(true);
        platform::next_frame(move || place.hold_still());
        last
    });
}

impl Place {
    fn show_end_quietly(self) {
        if let Some(node) = self.node.try_get_untracked().flatten() {
            node.set_scroll_top(0);
        }
    }
}

fn is_from_others(scene: Scene, entry: &ThreadEntry) -> bool {
    match entry {
        ThreadEntry::Pending(_) => false,
        ThreadEntry::Sent(message) => match &message.author {
            Author::User { id } => untrack(|| scene.me()).as_ref() != Some(id),
            _ => message.event.is_none(),
        },
    }
}

fn announce(scene: Scene, announcer: Option<Announcer>, new: &[&ThreadEntry]) {
    let Some(announcer) = announcer else { return };
    for entry in new.iter().rev() {
        if let ThreadEntry::Sent(message) = entry
            && message.author == Author::Contact
        {
            let sentence = untrack(|| {
                let said = preview(&message.body, limits::PREVIEW_CHARS);
                fill(scene.w().arrived, &[&speaker(scene, entry), &said])
            });
            announcer.say(&sentence);
        }
    }
}
