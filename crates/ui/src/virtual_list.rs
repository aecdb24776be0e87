//! A list of any length of which only what is seen stands in the document.
//!
//! Slots are keyed by position modulo the pool and moved by transform: scrolling by one row changes one
//! slot, and no node is ever made while scrolling. The arithmetic is in `window_math`.

mod scroller;

use crate::view;
use crate::watch::watch;
use leptos::{ev, html, prelude::*};

use crate::platform;
use scroller::Scroller;

/// What one slot needs of its list.
#[derive(Clone, Copy)]
struct Slots {
    scroller: Scroller,
    active: Signal<Option<String>>,
    row_id: Callback<usize, Option<String>>,
    row_class: Option<Callback<usize, String>>,
    row_selected: Option<Callback<usize, bool>>,
    on_row: Option<Callback<(usize, ev::MouseEvent)>>,
}

/// A virtual list as a `grid` of rows. Each slot is a `.row` with one cell; `render` fills the cell once and
/// follows the row number it is given, which is `None` while the slot has nothing to show.
///
/// The focus is on the grid, the cursor is `active` (an id that `row_id` answers), so that it stays with
/// the same thing while rows move. Callbacks may read signals: classes and ids follow them.
#[component]
pub fn VirtualList<R>(
    /// How many rows there are.
    #[prop(into)]
    total: Signal<usize>,
    /// The exact height of a row in CSS px; the sheet must agree.
    #[prop(into)]
    row_height: Signal<f64>,
    /// How many rows are kept ready on each side.
    #[prop(default = 5)]
    overscan: usize,
    /// What the list holds: «Mis equipos, 412 conversaciones».
    #[prop(into)]
    label: Signal<String>,
    /// Fills a slot; called once a slot.
    render: R,
    /// The element id of a row: of what it shows, never of the slot.
    #[prop(into)]
    row_id: Callback<usize, Option<String>>,
    /// Further classes of a row: `unread`, `here`.
    #[prop(optional, into)]
    row_class: Option<Callback<usize, String>>,
    /// Whether a row is selected; without it rows cannot be.
    #[prop(optional, into)]
    row_selected: Option<Callback<usize, bool>>,
    /// The id of the row that has the cursor.
    #[prop(optional, into)]
    active: Signal<Option<String>>,
    /// A row was clicked, outside its own controls.
    #[prop(optional, into)]
    on_row: Option<Callback<(usize, ev::MouseEvent)>>,
    /// A key was pressed while the grid or something in it has the focus.
    #[prop(optional, into)]
    on_key: Option<Callback<ev::KeyboardEvent>>,
    /// The rows seen changed, as a half-open range; at most once a frame.
    #[prop(optional, into)]
    on_range: Option<Callback<(usize, usize)>>,
    /// A command: shows that row, moving as little as possible, and becomes `None` again.
    #[prop(optional)]
    scroll_to: Option<RwSignal<Option<usize>>>,
    /// A command: so many rows came in above what is seen, or left if negative; what is seen stays where it
    /// is. It becomes 0 again. A row shown by `scroll_to` meanwhile wins.
    #[prop(optional)]
    shift: Option<RwSignal<i64>>,
    /// Told whether the first row is at the top.
    #[prop(optional)]
    at_top: Option<RwSignal<bool>>,
    /// Told how far it is scrolled, in px among all rows.
    #[prop(optional)]
    scroll_top: Option<RwSignal<f64>>,
    /// To reach the element, for instance to give it the focus.
    #[prop(optional)]
    node: NodeRef<html::Div>,
) -> impl IntoView
where
    R: Fn(Signal<Option<usize>>) -> AnyView + Send + Sync + 'static,
{
    let scroller = Scroller::new(node, total, row_height);
    let pool = Memo::new(move |_| scroller.geometry.get().pool(overscan));
    let window = Memo::new(move |_| scroller.geometry.get().slots(scroller.in_rows(), pool.get()));
    scroller.follow(scroll_to, at_top, scroll_top);
    if let Some(shift) = shift {
        scroller.follow_shifts(shift);
    }
    if let Some(on_range) = on_range {
        report_range(scroller, on_range);
    }
    let render = StoredValue::new(render);
    let slots = Slots { scroller, active, row_id, row_class, row_selected, on_row };
    let key = move |event: ev::KeyboardEvent| {
        if let Some(on_key) = on_key {
            on_key.run(event);
        }
    };
    view! {
        <div
            node_ref=node
            class="scroll"
            role="grid"
            tabindex="0"
            aria-label=move || label.get()
            aria-rowcount=move || total.get().to_string()
            aria-multiselectable=row_selected.map(|_| "true")
            aria-activedescendant=move || active.get()
            on:scroll=move |_| scroller.scrolled()
            on:keydown=key
        >
            <div
                class="rows"
                role="rowgroup"
                style:height=move || platform::px(scroller.geometry.get().physical_height())
            >
                <For
                    each=move || 0..pool.get()
                    key=|slot| *slot
                    children=move |slot| {
                        let row = Memo::new(move |_| window.with(|window| window.row_of(slot)));
                        slots.slot(row, render.with_value(|render| render(row.into())))
                    }
                />
            </div>
        </div>
    }
}

impl Slots {
    fn slot(self, row: Memo<Option<usize>>, content: AnyView) -> impl IntoView {
        let id = Memo::new(move |_| row.get().and_then(|row| self.row_id.run(row)));
        let class = move || {
            let extra = row.get().zip(self.row_class).map(|(row, class)| class.run(row));
            let is_active = id.with(|id| id.is_some() && self.active.with(|active| active == id));
            let cursor = if is_active { " cursor" } else { "" };
            format!("row {}{cursor}", extra.unwrap_or_default())
        };
        let selected = move || row.get().zip(self.row_selected).map(|(row, is)| is.run(row).to_string());
        let click = move |event: ev::MouseEvent| {
            if let Some((row, on_row)) = row.get_untracked().zip(self.on_row) {
                on_row.run((row, event));
            }
        };
        view! {
            <div
                id=move || id.get()
                class=class
                role="row"
                part="row"
                aria-rowindex=move || row.get().map(|row| (row + 1).to_string())
                aria-selected=selected
                hidden=move || row.get().is_none()
                style:transform=move || row.get().map(|row| self.scroller.transform(row))
                on:click=click
            >
                <div class="cells" role="gridcell">
                    {content}
                </div>
            </div>
        }
    }
}

/// Tells which rows are seen, once a frame however often it changes.
fn report_range(scroller: Scroller, on_range: Callback<(usize, usize)>) {
    let seen = Memo::new(move |_| scroller.geometry.get().visible(scroller.in_rows()));
    let is_due = StoredValue::new(false);
    watch(move || {
        seen.track();
        if is_due.get_value() {
            return;
        }
        is_due.set_value(true);
        platform::next_frame(move || {
            is_due.try_update_value(|due| *due = false);
            if let Some(range) = seen.try_get_untracked() {
                on_range.try_run(range);
            }
        });
    });
}
