//! What the picker offers, and what choosing does to a filter.

use super::*;
use std::collections::BTreeMap;

fn filter(query: &str) -> Filter {
    Filter::parse(query).unwrap()
}

fn after(query: &str, field: FilterField, value: &str, negated: bool) -> String {
    toggled(&filter(query), field, value, negated).to_query()
}

#[test]
fn choosing_twice_is_choosing_not_at_all() {
    let once = after("", FilterField::Channel, "sms", false);
    assert_eq!(once, "channel=sms");
    assert_eq!(after(&once, FilterField::Channel, "sms", false), "");
}

#[test]
fn excluding_what_was_included_moves_it_to_the_other_side() {
    assert_eq!(
        after("channel=sms&channel=email", FilterField::Channel, "sms", true),
        "channel=email&-channel=sms"
    );
}

#[test]
fn fields_of_one_value_take_the_new_one_in_place_of_the_old() {
    assert_eq!(after("unread=yes", FilterField::Unread, "no", false), "unread=no");
    assert_eq!(
        after("created=2025-11-01..", FilterField::Created, "2025-11-22..", false),
        "created=2025-11-22.."
    );
}

#[test]
fn nonsense_leaves_the_filter_as_it_was() {
    assert_eq!(after("channel=sms", FilterField::Channel, "pigeon", false), "channel=sms");
    assert_eq!(after("created=2025-11-01..", FilterField::Created, "soon", false), "created=2025-11-01..");
}

#[test]
fn an_option_without_a_count_has_none() {
    let counts = BTreeMap::from([("unread".to_owned(), BTreeMap::from([("yes".to_owned(), 1_234)]))]);
    let facets = Facets { facets: counts, ..Facets::default() };
    let offering = Offering {
        lookups: &Lookups::default(),
        facets: Some(&facets),
        locale: Locale::Es,
        now: Timestamp::default(),
        offset_s: 0,
        number: &|n| n.to_string(),
        can: &|name| name != "window",
    };
    assert!(offering.items(Some(FilterField::Window)).is_empty(), "the back end cannot filter by it");
    let counts: Vec<_> =
        offering.items(Some(FilterField::Unread)).into_iter().map(|item| item.count).collect();
    assert_eq!(counts, ["1234", "0"]);
    assert!(offering.items(Some(FilterField::Created)).iter().all(|item| item.count.is_empty()));
}

#[test]
fn what_a_filter_holds_is_shown_as_chosen_on_its_side() {
    let filter = filter("owner=me&-tag=7");
    assert_eq!(chosen(&filter, false), ["owner=me"]);
    assert_eq!(chosen(&filter, true), ["tag=7"]);
    assert_eq!(of_item("tag=7"), Some((FilterField::Tag, "7")));
}
