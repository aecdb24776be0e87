//! Where a virtual list is scrolled to, and how it gets elsewhere.

use crate::watch::watch;
use leptos::{html, prelude::*};

use crate::{
    platform::{self, SizeWatch, Timer},
    window_math::{Geometry, Offsets, between},
};

/// A scaled list is put back in proportion when it has stood still this long.
const SETTLE_MS: i32 = 200;

/// The scroll state of one list. A handle: copies speak of the same list.
#[derive(Clone, Copy)]
pub(super) struct Scroller {
    /// Total, row height and viewport height.
    pub(super) geometry: Memo<Geometry>,
    node: NodeRef<html::Div>,
    viewport: RwSignal<f64>,
    offsets: RwSignal<Offsets>,
    settling: StoredValue<Option<Timer>, LocalStorage>,
    /// Rows to move by in the next frame, and the offset they count from.
    shifting: StoredValue<Option<(i64, f64)>>,
    /// How often a command showed a row: a shift that is due then has nothing to keep any more.
    commands: StoredValue<u32>,
}

impl Scroller {
    /// A list at its top.
    pub(super) fn new(node: NodeRef<html::Div>, total: Signal<usize>, row_height: Signal<f64>) -> Self {
        let viewport = RwSignal::new(0.0);
        let geometry = Memo::new(move |_| Geometry {
            total: total.get(),
            row: row_height.get(),
            viewport: viewport.get(),
        });
        let offsets = RwSignal::new(Offsets::default());
        Self {
            geometry,
            node,
            viewport,
            offsets,
            settling: StoredValue::new_local(None),
            shifting: StoredValue::new(None),
            commands: StoredValue::new(0),
        }
    }

    /// The offset among the rows, CSS px; never past the last.
    pub(super) fn in_rows(self) -> f64 {
        self.offsets.get().in_rows.min(self.geometry.get().max_in_rows())
    }

    /// The transform that puts a slot where its row is.
    pub(super) fn transform(self, row: usize) -> String {
        let geometry = self.geometry.get();
        // Only a scaled list moves its slots while scrolling; others must not even look.
        let at = if geometry.is_scaled() { self.offsets.get() } else { Offsets::default() };
        ["translateY(", &platform::px(geometry.row_top(row, at)), ")"].concat()
    }

    /// The browser scrolled.
    pub(super) fn scrolled(self) {
        let Some(node) = self.node.get_untracked() else { return };
        let geometry = self.geometry.get_untracked();
        let physical = f64::from(node.scroll_top());
        self.offsets.update(|offsets| *offsets = geometry.scrolled(*offsets, physical));
        if geometry.is_scaled() {
            self.settling.set_value(Timer::after(SETTLE_MS, move || self.settle()));
        }
    }

    /// Keeps up with size, density, totals and commands.
    pub(super) fn follow(
        self,
        scroll_to: Option<RwSignal<Option<usize>>>,
        at_top: Option<RwSignal<bool>>,
        scroll_top: Option<RwSignal<f64>>,
    ) {
        self.watch_size();
        self.keep_place();
        let is_at_top = Memo::new(move |_| self.in_rows() < 1.0);
        watch(move || {
            let is_at_top = is_at_top.get();
            if let Some(at_top) = at_top {
                at_top.try_set(is_at_top);
            }
        });
        if let Some(scroll_top) = scroll_top {
            watch(move || {
                let in_rows = self.in_rows();
                scroll_top.try_set(in_rows);
            });
        }
        if let Some(scroll_to) = scroll_to {
            watch(move || {
                let Some(row) = scroll_to.get() else { return };
                scroll_to.set(None);
                // The element must have grown to a new total before it can be scrolled there.
                platform::next_frame(move || {
                    self.commands.try_update_value(|commands| *commands += 1);
                    self.reveal(row);
                });
            });
        }
    }

    /// Rows came in or left above what is seen: it is scrolled by as much, in the same frame.
    pub(super) fn follow_shifts(self, shift: RwSignal<i64>) {
        Effect::new(move |_| {
            let rows = shift.get();
            if rows == 0 {
                return;
            }
            shift.set(0);
            let due = self.shifting.get_value();
            // A shorter list may have been cut short by the browser before the frame: what counts is where
            // it was.
            let (before, base) = due.unwrap_or((0, self.offsets.get_untracked().in_rows));
            self.shifting.set_value(Some((before + rows, base)));
            if due.is_some() {
                return;
            }
            let commands = self.commands.get_value();
            platform::next_frame(move || {
                let Some((rows, base)) = self.shifting.try_update_value(Option::take).flatten() else {
                    return;
                };
                let (Some(geometry), Some(now)) =
                    (self.geometry.try_get_untracked(), self.commands.try_get_value())
                else {
                    return;
                };
                if now == commands {
                    #[expect(clippy::cast_precision_loss, reason = "no list has 2^53 rows")]
                    self.go(between(base + rows as f64 * geometry.row, 0.0, geometry.max_in_rows()));
                }
            });
        });
    }

    fn watch_size(self) {
        watch(move || {
            let Some(node) = self.node.get() else { return };
            let tell = move |height: f64| {
                if self.viewport.try_get_untracked() != Some(height) {
                    self.viewport.try_set(height);
                }
            };
            tell(f64::from(node.client_height()));
            platform::keep(SizeWatch::new(&node, move |size| tell(size.height)));
        });
    }

    /// Another density keeps the first row seen; a shorter list ends where it ends.
    fn keep_place(self) {
        Effect::new(move |before: Option<Geometry>| {
            let geometry = self.geometry.get();
            let at = self.offsets.get_untracked().in_rows;
            let row_changed =
                before.filter(|before| before.row > 0.0 && before.row.total_cmp(&geometry.row).is_ne());
            if let Some(before) = row_changed {
                let wanted = at / before.row * geometry.row;
                platform::next_frame(move || self.go(wanted));
            } else if at > geometry.max_in_rows() && geometry.viewport > 0.0 {
                platform::next_frame(move || {
                    let now = self.offsets.try_get_untracked().map(|offsets| offsets.in_rows);
                    if let Some((geometry, at)) = self.geometry.try_get_untracked().zip(now) {
                        self.go(at.min(geometry.max_in_rows()));
                    }
                });
            }
            geometry
        });
    }

    fn reveal(self, row: usize) {
        let (Some(geometry), Some(offsets)) =
            (self.geometry.try_get_untracked(), self.offsets.try_get_untracked())
        else {
            return;
        };
        let there = geometry.reveal(row, offsets.in_rows);
        if (there - offsets.in_rows).abs() >= 0.5 {
            self.go(there);
        }
    }

    fn settle(self) {
        if let Some(offsets) = self.offsets.try_get_untracked() {
            self.go(offsets.in_rows);
        }
    }

    /// Scrolls to an offset among the rows.
    fn go(self, in_rows: f64) {
        let (Some(Some(node)), Some(geometry)) =
            (self.node.try_get_untracked(), self.geometry.try_get_untracked())
        else {
            return;
        };
        #[expect(clippy::cast_possible_truncation, reason = "the element is at most 15 million px high")]
        node.set_scroll_top(geometry.physical(in_rows).round() as i32);
        // Read back what the browser made of it, so that its scroll event is a step of nothing.
        let physical = f64::from(node.scroll_top());
        let in_rows = if geometry.is_scaled() { in_rows } else { geometry.in_rows(physical) };
        self.offsets.try_set(Offsets { physical, in_rows });
    }
}
