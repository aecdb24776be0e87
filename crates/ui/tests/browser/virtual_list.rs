//! That few rows stand in the document and the right ones are seen.

use bandeja_ui::VirtualList;
use bandeja_ui::view;
use leptos::{html, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{Page, settle};

/// The sheet is not loaded here, so the test brings the rules the list counts on.
const RULES: &str = ".box { height: 720px; display: flex; flex-direction: column } .scroll { flex: 1; min-height: 0; overflow: auto }
    .rows { position: relative } .row { position: absolute; top: 0; height: 80px } [hidden] { display: none }";

fn list(
    total: RwSignal<usize>,
    scroll_to: RwSignal<Option<usize>>,
    shift: RwSignal<i64>,
    range: RwSignal<(usize, usize)>,
) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    view! {
        <style>{RULES}</style>
        <div class="box">
            <VirtualList
                total
                row_height=80.0
                label="Todas"
                render=|row| view! { <span>{move || row.get().map(|row| format!("fila {row}"))}</span> }.into_any()
                row_id=|row| Some(format!("c-{row}"))
                on_range=move |seen| range.set(seen)
                scroll_to
                shift
                node
            />
        </div>
    }
    .into_any()
}

fn visible_texts(page: &Page) -> Vec<String> {
    let view = page.find(".scroll").get_bounding_client_rect();
    let rows = bandeja_ui::platform::all_matching(&page.find(".rows"), ".row:not([hidden])");
    let seen = rows.iter().filter(|row| {
        let rect = row.get_bounding_client_rect();
        rect.bottom() > view.top() + 1.0 && rect.top() < view.bottom() - 1.0
    });
    seen.filter_map(|row| row.text_content()).collect()
}

async fn shown(total: usize) -> (Page, RwSignal<usize>, RwSignal<Option<usize>>, RwSignal<(usize, usize)>) {
    let (page, total, to, range, _) = shown_with_shift(total).await;
    (page, total, to, range)
}

async fn shown_with_shift(
    total: usize,
) -> (Page, RwSignal<usize>, RwSignal<Option<usize>>, RwSignal<(usize, usize)>, RwSignal<i64>) {
    let total = RwSignal::new(total);
    let (to, range, shift) = (RwSignal::new(None), RwSignal::new((0, 0)), RwSignal::new(0));
    let page = Page::show(move || list(total, to, shift, range)).await;
    (page, total, to, range, shift)
}

#[wasm_bindgen_test]
async fn a_long_list_keeps_few_rows_and_shows_the_first() {
    let (page, _, _, range) = shown(100_000).await;
    assert!(page.count(".row") <= 60);
    assert!(visible_texts(&page).contains(&"fila 0".to_owned()));
    assert_eq!(range.get_untracked(), (0, 9));
}

#[wasm_bindgen_test]
async fn a_million_rows_reach_the_last_one() {
    let (page, _, to, range) = shown(1_000_000).await;
    to.set(Some(999_999));
    settle().await;
    assert!(visible_texts(&page).contains(&"fila 999999".to_owned()));
    assert_eq!(range.get_untracked().1, 1_000_000);
    assert_eq!(page.find("#c-999999").get_attribute("aria-rowindex").unwrap(), "1000000");
}

#[wasm_bindgen_test]
async fn in_a_million_rows_a_small_step_moves_by_as_many_pixels() {
    let (page, _, to, range) = shown(1_000_000).await;
    to.set(Some(500_000));
    settle().await;
    let before = range.get_untracked().0;
    let view = page.find(".scroll");
    view.set_scroll_top(view.scroll_top() + 160);
    settle().await;
    assert_eq!(range.get_untracked().0, before + 2);
}

#[wasm_bindgen_test]
async fn a_list_that_gets_shorter_shows_its_end() {
    let (page, total, to, _) = shown(1_000).await;
    to.set(Some(999));
    settle().await;
    total.set(20);
    settle().await;
    assert!(visible_texts(&page).contains(&"fila 19".to_owned()));
}

#[wasm_bindgen_test]
async fn rows_that_leave_above_do_not_move_what_is_seen_and_a_command_wins() {
    let (page, total, to, _, shift) = shown_with_shift(1_000).await;
    to.set(Some(900));
    settle().await;
    let view = page.find(".scroll");
    view.set_scroll_top(890 * 80 + 30);
    settle().await;
    // The list is cut short far above where it was scrolled to, which alone would clamp it.
    total.set(300);
    shift.set(-650);
    shift.update(|shift| *shift -= 50);
    settle().await;
    assert_eq!(view.scroll_top(), 190 * 80 + 30);
    assert_eq!(shift.get_untracked(), 0);
    shift.set(20);
    to.set(Some(0));
    settle().await;
    assert_eq!(view.scroll_top(), 0);
}
