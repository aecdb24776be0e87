//! Pages over a backend whose pages only lead forward, and what is filtered and ordered here.

use crate::desk::{FIELDS, able, conversation};
use crate::world::{World, ids};
use bandeja_connector::backend::Abilities;
use bandeja_contract::paths;
use bandeja_model::filter::Filter;
use bandeja_model::{Conversation, Priority, Sort, Status, Viewer};
use proptest::prelude::*;
use serde_json::{Value, json};

fn many(count: i64) -> Vec<Conversation> {
    (1..=count).map(conversation).collect()
}

fn descending(from: i64, to: i64) -> Vec<String> {
    (to..=from).rev().map(|number| number.to_string()).collect()
}

#[test]
fn any_page_within_reach_is_answered_with_an_exact_total() {
    let world = World::new(able(), many(57));
    let page = world.list("limit=20&offset=30");
    assert_eq!(ids(&page), descending(27, 8));
    assert_eq!(page["total"], json!({"value": 57, "exact": true}));
    assert!(page.get("partial").is_none());
    let last = world.list("limit=20&offset=40");
    assert_eq!(ids(&last), descending(17, 1));
    assert_eq!(world.desk.count("list"), 6, "no page is asked for twice");
}

#[test]
fn cursors_lead_through_the_whole_list_and_back() {
    let world = World::new(able(), many(25));
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.list(&format!("limit=10{cursor}"));
        all.extend(ids(&page));
        let Some(next) = page["next"].as_str() else {
            assert_eq!(page["prev"], "o.10");
            break;
        };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(all, descending(25, 1));
}

#[test]
fn without_totals_the_list_says_more_than_until_its_end_was_seen() {
    let world = World::new(Abilities { totals: false, ..able() }, many(25));
    let first = world.list("limit=10");
    assert_eq!(first["total"]["exact"], false);
    assert!(first["total"]["value"].as_u64().unwrap() > 10, "there is somewhere to scroll to");
    let last = world.list("limit=20&offset=10");
    assert_eq!(last["total"], json!({"value": 25, "exact": true}));
}

#[test]
fn a_total_beyond_reach_is_not_promised() {
    let world = World::new(able(), many(500));
    let page = world.list("limit=50");
    let total = page["total"]["value"].as_u64().unwrap();
    assert!(total < 500, "{total}");
    assert_eq!(page["total"]["exact"], false);
    let end = world.list(&format!("limit=10&offset={}", total - 10));
    assert_eq!(ids(&end).len(), 10, "what is promised is there");
}

#[test]
fn a_filter_over_loaded_rows_says_so_as_long_as_there_are_more() {
    let mut abilities = able();
    abilities.filters_there.retain(|field| field != "priority");
    abilities.filters_here.push("priority".to_owned());
    let mut rows = many(2_500);
    rows[2_499].priority = Priority::Urgent;
    rows[0].priority = Priority::Urgent;
    let world = World::new(Abilities { page_size: 100, ..abilities }, rows);
    let page = world.list("priority=urgent&limit=50");
    assert_eq!(ids(&page), ["2500"], "the other lies behind what may be loaded");
    assert_eq!(page["partial"]["fields"], json!(["priority"]));
    assert_eq!(page["partial"]["more"], true);
    assert_eq!(page["partial"]["loaded"], 2_000);
    assert_eq!(page["partial"]["of"], 2_500);
    assert_eq!(page["total"], json!({"value": 1, "exact": false}));
}

#[test]
fn an_order_that_the_desk_lacks_is_made_over_what_was_loaded() {
    let abilities = Abilities { sorts: vec![Sort::Activity], sorts_here: vec![Sort::Priority], ..able() };
    let mut rows = many(30);
    rows[3].priority = Priority::Urgent;
    let world = World::new(abilities, rows);
    let page = world.list("sort=priority&limit=5");
    assert_eq!(ids(&page), ["4", "30", "29", "28", "27"]);
    assert_eq!(page["total"], json!({"value": 30, "exact": true}));
    assert_eq!(world.get(&format!("{}?sort=waiting", paths::CONVERSATIONS)).problem(), (400, "invalid"));
}

#[test]
fn a_desk_that_repeats_its_last_page_for_ever_comes_to_an_end() {
    let world = World::new(Abilities { totals: false, ..able() }, many(15));
    world.desk.repeats_last.set(true);
    let page = world.list("limit=50");
    assert_eq!(ids(&page), descending(15, 1));
    assert_eq!(page["total"], json!({"value": 15, "exact": true}));
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_said() {
    let world = World::new(able(), many(12));
    world.desk.bad.borrow_mut().push("5".into());
    let page = world.list("limit=50");
    assert_eq!(ids(&page).len(), 11);
    assert_eq!(page["partial"]["bad"], 1);
    assert_eq!(page["partial"]["first_fault"], "no date");
    assert_eq!(page["total"], json!({"value": 11, "exact": true}));
}

#[test]
fn text_search_over_rows_finds_words_whatever_their_accents() {
    let mut rows = many(5);
    rows[2].contact.name = "Núñez Ávila".into();
    let world = World::new(able(), rows);
    assert_eq!(ids(&world.list("q=avila%20nunez")), ["3"]);
}

#[test]
fn a_view_that_the_desk_does_not_know_is_asked_for_by_what_it_knows() {
    let mut abilities = able();
    abilities.filters_there.retain(|field| field != "view" && field != "group");
    let mut rows = many(6);
    rows[0].owner = None;
    rows[1].status = Status::Closed;
    let world = World::new(abilities, rows);
    let page = world.list("view=mine&group=open");
    assert_eq!(ids(&page), descending(6, 3));
    assert!(world.desk.asked.borrow().iter().any(|asked| asked.contains("owner=me")));
}

#[test]
fn counts_come_from_totals_and_are_absent_without_them() {
    let world = World::new(able(), many(12));
    let counts = world.get(paths::COUNTS).ok();
    assert_eq!(counts["views"]["mine"], 12);
    let world = World::new(Abilities { totals: false, ..able() }, many(12));
    assert_eq!(world.get(paths::COUNTS).ok()["views"], json!({}));
    world.list("view=mine&group=open&limit=50");
    world.pass(60_000);
    assert_eq!(world.get(paths::COUNTS).ok()["views"]["mine"], 12, "all of it is loaded");
}

#[test]
fn options_are_counted_where_all_of_the_list_is_loaded() {
    let mut rows = many(4);
    rows[0].priority = Priority::High;
    let world = World::new(able(), rows);
    let path = format!("{}?view=all", paths::FACETS);
    assert_eq!(world.get(&path).ok()["facets"], json!({}));
    world.list("view=all");
    assert_eq!(world.get(&path).ok()["facets"]["priority"], json!({"high": 1, "none": 3}));
}

fn row() -> impl Strategy<Value = (Status, bool, u8, u8)> {
    (prop::sample::select(Status::ALL.to_vec()), any::<bool>(), 0_u8..3, 0_u8..4)
}

fn made(kinds: &[(Status, bool, u8, u8)]) -> Vec<Conversation> {
    let each = kinds.iter().zip(1..).map(|((status, archived, owner, priority), number)| {
        let mut row = conversation(number);
        row.status = *status;
        row.archived = *archived && status.is_ended();
        row.owner = ["me", "other"].get(usize::from(*owner)).map(|id| (*id).into());
        row.priority = Priority::ALL[usize::from(*priority)];
        row
    });
    each.collect()
}

const FILTERS: [&str; 8] = [
    "",
    "view=mine&group=open",
    "view=closed",
    "view=unassigned&priority=urgent",
    "status=new&status=closed",
    "-owner=me",
    "view=archived&-priority=none",
    "owner=none&owner=other&archived=no",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn paging_by_offset_over_pages_of_any_size_gives_each_row_once_and_in_order(
        count in 0_i64..90, size in 1_u32..30, limit in 1_usize..40, totals: bool, sorts: bool,
    ) {
        let sorted = if sorts { vec![Sort::Activity] } else { Vec::new() };
        let world = World::new(Abilities { page_size: size, totals, sorts: sorted, ..able() }, many(count));
        let mut all: Vec<String> = Vec::new();
        loop {
            let page = world.list(&format!("limit={limit}&offset={}", all.len()));
            let rows = ids(&page);
            if rows.is_empty() {
                break;
            }
            all.extend(rows);
        }
        let reach = i64::from(size) * 20;
        let expected = if sorts || count <= reach { descending(count, 1) } else { Vec::new() };
        if !expected.is_empty() || count == 0 {
            prop_assert_eq!(all, expected);
        }
    }

    #[test]
    fn a_filter_applied_here_there_or_in_both_halves_shows_what_the_model_says(
        kinds in prop::collection::vec(row(), 0..40), filter in prop::sample::select(FILTERS.to_vec()),
        there in prop::collection::vec(any::<bool>(), FIELDS.len()), knows_views: bool,
    ) {
        let names = |wanted: bool| -> Vec<String> {
            let some = FIELDS.iter().zip(&there).filter(|(_, there)| **there == wanted);
            some.map(|(name, _)| (*name).to_owned()).collect()
        };
        let mut filters_there = names(true);
        filters_there.retain(|name| name != "q");
        if knows_views {
            filters_there.extend(["view".to_owned(), "group".to_owned()]);
        }
        let rows = made(&kinds);
        let abilities = Abilities { filters_there, filters_here: names(false), ..able() };
        let world = World::new(abilities, rows.clone());
        let page: Value = world.list(&format!("{filter}&limit=200"));
        let parsed = Filter::parse(filter).unwrap();
        let viewer = Viewer { id: "me".into(), teams: [].into(), now: crate::desk::start(), utc_offset_s: 0 };
        let mut expected: Vec<_> = rows.iter().filter(|row| parsed.matches(row, &viewer)).collect();
        expected.sort_by(|a, b| Sort::Activity.compare(a, b));
        let expected: Vec<_> = expected.iter().map(|row| row.id.to_string()).collect();
        prop_assert_eq!(ids(&page), expected);
    }
}
