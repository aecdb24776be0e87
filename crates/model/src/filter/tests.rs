//! What the grammar promises, as examples and as properties.

use super::*;
use crate::conversation::tests::conversation;
use crate::{Closing, ClosingSource, Conversation};
use proptest::prelude::*;

fn viewer() -> Viewer {
    Viewer {
        id: "me".into(),
        teams: BTreeSet::from(["t1".into()]),
        now: conversation().created_at,
        utc_offset_s: -6 * 3600,
    }
}

fn matches(filter: &str, c: &Conversation) -> bool {
    Filter::parse(filter).unwrap().matches(c, &viewer())
}

#[test]
fn values_of_one_field_are_alternatives_and_fields_add_up() {
    let c = conversation();
    assert!(matches("channel=email&channel=whatsapp", &c));
    assert!(!matches("channel=whatsapp&status=closed", &c));
}

#[test]
fn a_minus_excludes() {
    let c = Conversation { tags: vec!["vip".into()], ..conversation() };
    assert!(!matches("-tag=vip", &c));
    assert!(!matches("-tag=spam&-tag=vip", &c));
    assert!(matches("-tag=spam", &c));
    assert!(matches("tag=vip&-tag=spam", &c));
}

#[test]
fn owners_are_me_none_any_or_a_user() {
    let nobodys = conversation();
    let mine = Conversation { owner: Some("me".into()), ..conversation() };
    let theirs = Conversation { owner: Some("beto".into()), ..conversation() };
    let answers = |filter| [&nobodys, &mine, &theirs].map(|c| matches(filter, c));
    assert_eq!(answers("owner=me"), [false, true, false]);
    assert_eq!(answers("owner=none"), [true, false, false]);
    assert_eq!(answers("owner=any"), [false, true, true]);
    assert_eq!(answers("owner=beto&owner=none"), [true, false, true]);
    assert_eq!(answers("-owner=me"), [true, false, true]);
}

#[test]
fn days_begin_at_midnight_of_the_installation_and_the_last_one_is_left_out() {
    let at = |text: &str| Conversation { created_at: text.parse().unwrap(), ..conversation() };
    assert!(!matches("created=2026-11-01..2026-11-02", &at("2026-11-01T05:59:59Z")));
    assert!(matches("created=2026-11-01..2026-11-02", &at("2026-11-01T06:00:00Z")));
    assert!(matches("created=2026-11-01..2026-11-02", &at("2026-11-02T05:59:59Z")));
    assert!(!matches("created=2026-11-01..2026-11-02", &at("2026-11-02T06:00:00Z")));
    assert!(matches("created=2026-11-01..", &at("2030-01-01T00:00:00Z")));
}

#[test]
fn days_at_the_ends_of_the_calendar_are_days_too() {
    for (day, utc_offset_s) in [("-262143-01-01", 14 * 3600), ("+262142-12-31", -12 * 3600)] {
        let filter = Filter::parse(&format!("created={}..", day.replace('+', "%2B"))).unwrap();
        let viewer = Viewer { utc_offset_s, ..viewer() };
        assert_eq!(filter.matches(&conversation(), &viewer), day.starts_with('-'), "{day}");
    }
}

#[test]
fn a_category_matches_on_both_levels() {
    let closing = Closing {
        by: None,
        source: ClosingSource::User,
        at: conversation().created_at,
        description: String::new(),
        category_id: Some("sale".into()),
        subcategory_id: Some("won".into()),
        summary: String::new(),
        next_owner: None,
        transferred: false,
        undone: false,
        rule: None,
    };
    let c = Conversation { closing: Some(closing), ..conversation() };
    assert!(matches("category=sale", &c) && matches("category=won", &c) && !matches("category=claim", &c));
}

#[test]
fn the_window_is_open_or_closed_only_where_there_is_one() {
    let open =
        Conversation { window_ends_at: Some(viewer().now + chrono::Duration::hours(1)), ..conversation() };
    let over = Conversation { window_ends_at: Some(viewer().now), ..conversation() };
    let none = conversation();
    let answers = |filter| [&open, &over, &none].map(|c| matches(filter, c));
    assert_eq!(answers("window=open"), [true, false, false]);
    assert_eq!(answers("window=closed"), [false, true, false]);
}

#[test]
fn views_leave_out_what_has_a_view_of_its_own() {
    let archived = Conversation { status: Status::Closed, archived: true, ..conversation() };
    let asleep = Conversation { snoozed_until: Some(viewer().now), ..conversation() };
    let shown = |c: &Conversation| {
        View::ALL.into_iter().filter(|view| view.shows(c, &viewer())).map(View::code).collect::<Vec<_>>()
    };
    assert_eq!(shown(&conversation()), ["unassigned", "my_teams", "all"]);
    assert_eq!(shown(&archived), ["archived"]);
    assert_eq!(shown(&asleep), ["snoozed"]);
}

#[test]
fn a_mistake_points_at_its_part() {
    let error = Filter::parse("channel=whatsapp&colour=red").unwrap_err();
    assert_eq!((error.fault, error.field.as_str(), error.at), (FilterFault::UnknownField, "colour", 17..27));
    let error = Filter::parse("channel=fax").unwrap_err();
    assert_eq!((error.fault, error.value.as_str()), (FilterFault::UnknownValue, "fax"));
    assert_eq!(Filter::parse("channel").unwrap_err().fault, FilterFault::NoValue);
    assert_eq!(Filter::parse("tag=%zz").unwrap_err().fault, FilterFault::Encoding);
    assert_eq!(Filter::parse("created=yesterday").unwrap_err().fault, FilterFault::UnknownValue);
    assert_eq!(Filter::parse("q=a&q=b").unwrap_err().fault, FilterFault::Once);
    assert_eq!(Filter::parse("-view=mine").unwrap_err().fault, FilterFault::Once);
}

#[test]
fn the_canonical_form_is_sorted_and_encoded() {
    let filter = Filter::parse("view=mine&tag=b&tag=a&-channel=sms&q=n%C3%BA%26+x&channel=email").unwrap();
    assert_eq!(filter.to_query(), "channel=email&-channel=sms&q=n%C3%BA%26%20x&tag=a&tag=b&view=mine");
}

#[test]
fn a_view_starts_with_a_chip_that_can_be_taken_away() {
    let mut filter = View::Mine.filter();
    assert_eq!(filter.to_query(), "group=open&view=mine");
    filter.remove("group", "open");
    assert_eq!(filter.to_query(), "view=mine");
}

fn part() -> impl Strategy<Value = (String, String)> {
    let fields =
        ["channel", "status", "group", "owner", "team", "tag", "priority", "unread", "created", "line"];
    let values =
        ["whatsapp", "new", "open", "me", "none", "mine", "7", "high", "yes", "2026-01-01..", "é &="];
    (prop::sample::select(fields.to_vec()), any::<bool>(), prop::sample::select(values.to_vec())).prop_map(
        |(field, negated, value)| (format!("{}{field}", if negated { "-" } else { "" }), value.to_owned()),
    )
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in ".{0,200}") {
        let _ = Filter::parse(&text);
    }

    #[test]
    fn writing_and_reading_a_filter_gives_it_back(parts in prop::collection::vec(part(), 0..12), q in "[^\u{0}]{0,20}") {
        let mut filter = Filter::default();
        for (field, value) in parts {
            let _ = filter.add(&field, &value);
        }
        filter.set_q(&q);
        prop_assert_eq!(Filter::parse(&filter.to_query()).unwrap(), filter);
    }

    #[test]
    fn negating_every_value_of_a_field_turns_the_answer_round(channel in prop::sample::select(Channel::ALL.to_vec())) {
        let c = Conversation { channel, ..conversation() };
        for other in Channel::ALL {
            let code = other.code();
            prop_assert_ne!(matches(&format!("channel={code}"), &c), matches(&format!("-channel={code}"), &c));
        }
    }
}
