//! The rows: a virtual grid over the desk's list, with a cursor that stays with its conversation.

use super::cursor::Move;
use super::row::{RowScene, row};
use super::words::words;
use crate::bulk::{Bulk, Change};
use crate::i18n::{Lang, fill};
use crate::route::Navigator;
use crate::shell::views::view_word;
use crate::shell::{Place, Prefs, Shell};
use bandeja_browser::{Desk, List, Phase, desk};
use bandeja_model::ConversationId;
use bandeja_ui::platform::{focus, matches_media, next_frame};
use bandeja_ui::view;
use bandeja_ui::watch;
use bandeja_ui::{VirtualList, next_id};
use leptos::{ev, html, prelude::*};

/// Rows fetched beyond those in sight, on each side.
const AHEAD: usize = 15;

/// The state of the grid. Copies speak of the same grid.
#[derive(Clone, Copy)]
struct Grid {
    desk: StoredValue<Desk>,
    shell: Shell,
    bulk: Bulk,
    navigator: Navigator,
    total: Memo<usize>,
    /// The rows in sight, half-open.
    seen: RwSignal<(usize, usize)>,
    scroll_to: RwSignal<Option<usize>>,
    at_top: RwSignal<bool>,
    /// A command: so many rows came in above what is seen.
    shift: RwSignal<i64>,
    /// The rows in sight as they stood last: what stays of them keeps its place on the screen.
    held: StoredValue<Vec<(usize, ConversationId)>>,
    /// Where the cursor was last: what stands there takes it when its conversation leaves.
    place: StoredValue<Option<usize>>,
    /// A row the cursor waits for, because its page is on the way.
    awaited: RwSignal<Option<usize>>,
    /// What element ids begin with, so that two mounts on a page never share one.
    prefix: StoredValue<String>,
}

/// The grid of conversations.
#[component]
pub fn ConversationGrid(
    /// How many rows there are.
    total: Memo<usize>,
    /// Told whether the first row is at the top.
    at_top: RwSignal<bool>,
    /// A command: shows that row.
    scroll_to: RwSignal<Option<usize>>,
) -> impl IntoView {
    let (lang, prefs, shell, bulk) = (Lang::here(), Prefs::here(), Shell::here(), Bulk::here());
    let desk = desk();
    let grid = Grid {
        desk: StoredValue::new(desk.clone()),
        shell,
        bulk,
        navigator: Navigator::here(),
        total,
        seen: bulk.seen,
        scroll_to,
        at_top,
        shift: RwSignal::new(0),
        held: StoredValue::new(Vec::new()),
        place: StoredValue::new(None),
        awaited: RwSignal::new(None),
        prefix: StoredValue::new(next_id("conversation")),
    };
    let node = NodeRef::<html::Div>::new();
    grid.follow_order();
    grid.follow_commands(node);
    let label = move || {
        let w = words(lang.get());
        let view = view_word(grid.navigator.route().with(|route| route.view), lang.get());
        let n = u64::try_from(total.get()).unwrap_or_default();
        fill(w.grid_label, &[view, &lang.count(n, w.conversation_one, w.conversation_other)])
    };
    let row_ids = desk.list.clone();
    let render = {
        let desk = desk.clone();
        move |place: Signal<Option<usize>>| {
            let list = desk.list.clone();
            let id = Memo::new(move |_| id_at(&list, place.get()?));
            row(RowScene::new(&desk, place, id, bulk, lang))
        }
    };
    let active = move || shell.cursor.get().map(|id| grid.element_id(&id));
    view! {
        <div
            class="list-grid"
            on:focusin=move |_| shell.in_grid.set(true)
            on:focusout=move |_| shell.in_grid.set(false)
        >
            <VirtualList
                node
                total
                row_height=move || prefs.density().row_height()
                label=Signal::derive(label)
                render
                row_id=move |place: usize| id_at(&row_ids, place).map(|id| grid.element_id(&id))
                row_class=move |place: usize| grid.row_class(place)
                row_selected=move |place: usize| grid.is_selected(place)
                active=Signal::derive(active)
                on_row=move |(place, event): (usize, ev::MouseEvent)| grid.clicked(place, &event)
                on_key=move |event: ev::KeyboardEvent| grid.key(&event)
                on_range=move |(from, to): (usize, usize)| grid.seen.set((from, to))
                scroll_to
                shift=grid.shift
                at_top
            />
        </div>
    }
}

/// The conversation at a position, tracking the order.
fn id_at(list: &List, place: usize) -> Option<ConversationId> {
    list.order.track();
    list.id_at(place)
}

impl Grid {
    fn list<T>(self, use_it: impl FnOnce(&List) -> T) -> Option<T> {
        self.desk.try_with_value(|desk| use_it(&desk.list))
    }

    fn element_id(self, id: &ConversationId) -> String {
        // Ids are opaque; an element's id must not hold white space.
        let safe: String = id.as_str().chars().map(|c| if c.is_whitespace() { '_' } else { c }).collect();
        format!("{}-{safe}", self.prefix.get_value())
    }

    fn row_class(self, place: usize) -> String {
        let Some(desk) = self.desk.try_get_value() else { return String::new() };
        let Some(id) = id_at(&desk.list, place) else { return "coming".to_owned() };
        let mut class = String::new();
        if desk.conversation(&id).with(|known| known.as_ref().is_some_and(|known| known.unread > 0)) {
            class.push_str("unread");
        }
        if self.navigator.route().with(|route| route.conversation.as_ref() == Some(&id)) {
            class.push_str(" here");
        }
        class
    }

    fn is_selected(self, place: usize) -> bool {
        if !self.bulk.is_on() {
            return false;
        }
        let id = self.desk.try_with_value(|desk| id_at(&desk.list, place)).flatten();
        id.is_some_and(|id| self.bulk.holds(&id))
    }

    /// Pages come in, rows move: what is in sight is kept loaded, and the cursor where it belongs.
    fn follow_order(self) {
        let Some((order, phase)) = self.list(|list| (list.order.clone(), list.phase.clone())) else { return };
        watch(move || {
            let (from, to) = self.seen.get();
            order.track();
            // A little more than what is seen, so that slow scrolling never meets a row that is not there.
            let (to, total) = (to + AHEAD, self.total.get());
            if to > total {
                self.list(List::look_on);
            }
            let to = to.min(total);
            self.list(|list| list.ensure(from.saturating_sub(AHEAD), to));
            self.hold_still();
        });
        let Some(order) = self.list(|list| list.order.clone()) else { return };
        watch(move || {
            order.track();
            if !matches!(phase.get(), Phase::Ready) {
                return;
            }
            self.settle_awaited();
            self.keep_cursor();
        });
    }

    /// What came in or left above the rows in sight does not move them.
    fn hold_still(self) {
        let before = self.held.try_update_value(std::mem::take).unwrap_or_default();
        let now_at = |id: &ConversationId| self.list(|list| list.position_of(id)).flatten();
        let kept = before.iter().find_map(|(place, id)| Some((*place, now_at(id)?)));
        let mut moved = 0;
        if let Some((was, is)) = kept.filter(|(was, is)| was != is && !self.at_top.get_untracked()) {
            moved = i64::try_from(is).unwrap_or_default() - i64::try_from(was).unwrap_or_default();
            self.shift.update(|shift| *shift += moved);
        }
        let (from, to) = self.seen.get_untracked();
        let shown = |place: usize| place.checked_add_signed(isize::try_from(moved).ok()?);
        let rows = (from..to).filter_map(shown);
        let rows = rows.filter_map(|place| Some((place, self.list(|list| list.id_at(place)).flatten()?)));
        self.held.try_update_value(|held| *held = rows.collect());
    }

    fn settle_awaited(self) {
        let Some(place) = self.awaited.get_untracked() else { return };
        if let Some(id) = self.list(|list| list.id_at(place)).flatten() {
            self.awaited.set(None);
            self.put(place, id);
        }
    }

    /// The cursor's conversation moved or left.
    fn keep_cursor(self) {
        let Some(id) = self.shell.cursor.get_untracked() else { return };
        if let Some(place) = self.list(|list| list.position_of(&id)).flatten() {
            self.place.set_value(Some(place));
            return;
        }
        let last = self.total.get_untracked().saturating_sub(1);
        let Some(place) = self.place.get_value().map(|place| place.min(last)) else { return };
        match self.list(|list| list.id_at(place)).flatten() {
            Some(next) => self.shell.cursor.set(Some(next)),
            None if self.total.get_untracked() == 0 => self.shell.cursor.set(None),
            None => {}
        }
    }

    fn follow_commands(self, node: NodeRef<html::Div>) {
        watch(move || {
            if self.shell.wants_focus.get() != Some(Place::Grid) {
                return;
            }
            self.shell.wants_focus.set(None);
            next_frame(move || {
                if let Some(node) = node.try_get_untracked().flatten() {
                    focus(&node);
                    self.begin();
                }
            });
        });
        watch(move || {
            let by = self.shell.step.get();
            if by != 0 {
                self.shell.step.set(0);
                self.shell.wants_focus.set(Some(Place::Grid));
                self.go(Move::By(i64::from(by)));
            }
        });
    }

    fn clicked(self, place: usize, event: &ev::MouseEvent) {
        if event.default_prevented() {
            return;
        }
        let Some(id) = self.list(|list| list.id_at(place)).flatten() else { return };
        let cursor = self.cursor();
        self.put(place, id.clone());
        if event.shift_key() {
            self.bulk.change(Change::To((place, id), cursor));
        } else if event.ctrl_key() || event.meta_key() || self.picks_by_touch() {
            self.bulk.change(Change::Toggle((place, id)));
        } else {
            self.navigator.open(id);
        }
    }

    /// Where the cursor is, if it is anywhere.
    fn cursor(self) -> Option<(usize, ConversationId)> {
        let id = self.shell.cursor.get_untracked()?;
        Some((self.list(|list| list.position_of(&id)).flatten()?, id))
    }

    /// A finger has no modifier: while selecting, it ticks.
    fn picks_by_touch(self) -> bool {
        self.bulk.is_on_untracked() && matches_media("(pointer: coarse)")
    }

    fn key(self, event: &ev::KeyboardEvent) {
        let key = event.key();
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            if key.eq_ignore_ascii_case("a") && !event.alt_key() && !event.shift_key() {
                event.prevent_default();
                self.bulk.change(Change::All);
            }
            return;
        }
        if let Some(step) = Move::of_key(&key) {
            event.prevent_default();
            if event.shift_key() && matches!(step, Move::By(_)) {
                self.extend(step);
            } else {
                self.go(step);
            }
            return;
        }
        let Some(id) = self.shell.cursor.get_untracked() else { return };
        match key.as_str() {
            " " if self.bulk.is_on_untracked() => {
                event.prevent_default();
                if let Some(row) = self.cursor() {
                    self.bulk.change(Change::Toggle(row));
                }
            }
            "Enter" | " " => {
                event.prevent_default();
                self.navigator.open(id);
            }
            "ContextMenu" => {
                event.prevent_default();
                self.shell.row_menu.set(Some(id));
            }
            "F10" if event.shift_key() => {
                event.prevent_default();
                self.shell.row_menu.set(Some(id));
            }
            _ => {}
        }
    }

    /// One row further with Shift: the stretch from where it began reaches that row.
    fn extend(self, step: Move) {
        let from = self.cursor();
        self.go(step);
        if let Some((from, to)) = from.zip(self.cursor()).filter(|(from, to)| from != to) {
            self.bulk.change(Change::Extend(from, to));
        }
    }

    fn go(self, step: Move) {
        let Some(seen) = self.seen.try_get_untracked() else { return };
        let here = self
            .shell
            .cursor
            .get_untracked()
            .and_then(|id| self.list(|list| list.position_of(&id)).flatten());
        let here = here.or(self.awaited.get_untracked());
        let page = seen.1.saturating_sub(seen.0);
        let Some(there) = step.from(here, seen.0, page, self.total.get_untracked()) else { return };
        self.scroll_to.set(Some(there));
        // A page that is not there yet is fetched when the row comes in sight.
        match self.list(|list| list.id_at(there)).flatten() {
            Some(id) => {
                self.awaited.set(None);
                self.put(there, id);
            }
            None => self.awaited.set(Some(there)),
        }
    }

    /// Gives the cursor a row if it has none: the first one in sight, so that nothing scrolls.
    fn begin(self) {
        if self.shell.cursor.try_get_untracked().is_none_or(|cursor| cursor.is_some()) {
            return;
        }
        let place = self.seen.try_get_untracked().unwrap_or_default().0;
        if let Some(id) = self.list(|list| list.id_at(place)).flatten() {
            self.put(place, id);
        }
    }

    fn put(self, place: usize, id: ConversationId) {
        self.place.set_value(Some(place));
        self.shell.cursor.set(Some(id));
    }
}
