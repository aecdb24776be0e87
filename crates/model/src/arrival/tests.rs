use super::*;
use crate::timing::{DAY_S, HOUR_S, WINDOW_RANGE_S};
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_760_000_000 + seconds, 0).unwrap()
}

fn line(bot: bool) -> LineStart {
    LineStart { bot, team: Some("t".into()), user: None }
}

/// Closed at 0 by a user who said why; Ana answers for it.
fn closed() -> Before {
    Before {
        status: Status::Closed,
        owner: Some("ana".into()),
        bot_paused: false,
        ending: Some(Ending { source: ClosingSource::User, at: at(0), has_reason: true }),
    }
}

fn closed_by(source: ClosingSource, has_reason: bool) -> Before {
    Before { ending: Some(Ending { source, at: at(0), has_reason }), ..closed() }
}

const ONE_DAY: Reassignment = Reassignment { window_s: Some(DAY_S), count_automatic: false };
const OFF: Reassignment = Reassignment { window_s: None, count_automatic: false };
const DAY: i64 = DAY_S as i64;

fn to_ana() -> Arrival {
    Arrival::Owner("ana".into())
}

fn to_the_line() -> Arrival {
    Arrival::LineDefault { user: None, team: Some("t".into()) }
}

#[test]
fn p6_a_first_contact_meets_the_bot_where_it_is_on_else_the_lines_default() {
    assert_eq!(who_gets_it(None, &line(true), OFF, at(0)), Arrival::Bot);
    assert_eq!(who_gets_it(None, &line(false), OFF, at(0)), to_the_line());
    let named = LineStart { user: Some("beto".into()), ..line(false) };
    let expected = Arrival::LineDefault { user: Some("beto".into()), team: Some("t".into()) };
    assert_eq!(who_gets_it(None, &named, OFF, at(0)), expected);
}

#[test]
fn p27_nobody_is_reassigned_while_it_is_open() {
    for status in Status::ALL.into_iter().filter(|status| status.is_open()) {
        let open = Before { status, ..closed() };
        assert_eq!(
            who_gets_it(Some(&open), &line(true), ONE_DAY, at(90 * DAY)),
            Arrival::Stays,
            "{status:?}"
        );
    }
}

#[test]
fn p27_inside_the_window_and_at_its_very_end_the_same_agent_takes_it() {
    for seconds in [0, DAY - 60, DAY] {
        assert_eq!(who_gets_it(Some(&closed()), &line(true), ONE_DAY, at(seconds)), to_ana(), "{seconds}");
    }
}

#[test]
fn p27_a_second_after_the_window_it_is_a_new_contact_for_the_bot_else_for_the_line() {
    let late = at(DAY + 1);
    assert_eq!(who_gets_it(Some(&closed()), &line(true), ONE_DAY, late), Arrival::Bot);
    assert_eq!(who_gets_it(Some(&closed()), &line(false), ONE_DAY, late), to_the_line());
}

#[test]
fn p27_off_means_always_the_same_agent() {
    assert_eq!(who_gets_it(Some(&closed()), &line(true), OFF, at(900 * DAY)), to_ana());
}

#[test]
fn p27_it_applies_only_to_what_a_user_closed_with_a_reason() {
    let late = at(30 * DAY);
    for source in [ClosingSource::Bot, ClosingSource::Rule, ClosingSource::Inactivity] {
        for has_reason in [true, false] {
            let before = closed_by(source, has_reason);
            assert_eq!(who_gets_it(Some(&before), &line(true), ONE_DAY, late), to_ana(), "{source:?}");
        }
    }
    let without = closed_by(ClosingSource::User, false);
    assert_eq!(who_gets_it(Some(&without), &line(true), ONE_DAY, late), to_ana());
}

#[test]
fn p27_automatic_closings_count_where_that_is_asked_for() {
    let rule = Reassignment { count_automatic: true, ..ONE_DAY };
    for source in [ClosingSource::Bot, ClosingSource::Rule, ClosingSource::Inactivity] {
        let before = closed_by(source, false);
        assert_eq!(who_gets_it(Some(&before), &line(true), rule, at(DAY)), to_ana(), "{source:?}");
        assert_eq!(who_gets_it(Some(&before), &line(true), rule, at(DAY + 1)), Arrival::Bot, "{source:?}");
    }
    let without = closed_by(ClosingSource::User, false);
    assert_eq!(who_gets_it(Some(&without), &line(true), rule, at(DAY + 1)), to_ana());
}

#[test]
fn p27_without_anybody_to_come_back_to_it_is_the_lines_default_and_not_the_bot() {
    let gone = Before { owner: None, ..closed() };
    assert_eq!(who_gets_it(Some(&gone), &line(true), ONE_DAY, at(DAY)), to_the_line());
    assert_eq!(who_gets_it(Some(&gone), &line(true), OFF, at(90 * DAY)), to_the_line());
    let unowned = Before { ending: None, ..gone };
    assert_eq!(who_gets_it(Some(&unowned), &line(true), ONE_DAY, at(90 * DAY)), to_the_line());
}

#[test]
fn p27_the_windows_end_ends_a_transfer_too() {
    // The transfer's target is the owner since the closing.
    let transferred = Before { owner: Some("beto".into()), ..closed() };
    let inside = who_gets_it(Some(&transferred), &line(true), ONE_DAY, at(DAY));
    assert_eq!(inside, Arrival::Owner("beto".into()));
    assert_eq!(who_gets_it(Some(&transferred), &line(true), ONE_DAY, at(DAY + 1)), Arrival::Bot);
}

#[test]
fn p28_a_cancelled_one_starts_from_the_beginning_whoever_owned_it() {
    let cancelled = Before { status: Status::Cancelled, ..closed() };
    for rule in [OFF, ONE_DAY] {
        assert_eq!(who_gets_it(Some(&cancelled), &line(true), rule, at(1)), Arrival::Bot);
        assert_eq!(who_gets_it(Some(&cancelled), &line(false), rule, at(1)), to_the_line());
    }
}

#[test]
fn p45_where_the_bot_is_paused_the_lines_default_takes_what_would_start_over() {
    let paused = Before { bot_paused: true, ..closed() };
    assert_eq!(who_gets_it(Some(&paused), &line(true), ONE_DAY, at(DAY + 1)), to_the_line());
    let cancelled = Before { status: Status::Cancelled, ..paused };
    assert_eq!(who_gets_it(Some(&cancelled), &line(true), ONE_DAY, at(1)), to_the_line());
}

#[test]
fn hours_come_before_presence_and_presence_before_the_taker() {
    let taking = |by_user, within_hours, anyone_there| Taking { by_user, within_hours, anyone_there };
    assert_eq!(taken(taking(true, false, false)), Status::OutOfHours);
    assert_eq!(taken(taking(true, true, false)), Status::AgentsOffline);
    assert_eq!(taken(taking(true, true, true)), Status::Assigned);
    assert_eq!(taken(taking(false, true, true)), Status::New);
}

prop_compose! {
    fn rule()(window_s in proptest::option::of(HOUR_S..=WINDOW_RANGE_S.1), count_automatic: bool) -> Reassignment {
        Reassignment { window_s, count_automatic }
    }
}

prop_compose! {
    fn before()(status in proptest::sample::select(Status::ALL.to_vec()), owned: bool, bot_paused: bool,
                source in proptest::sample::select(vec![ClosingSource::User, ClosingSource::Bot,
                    ClosingSource::Rule, ClosingSource::Inactivity]),
                has_reason: bool, ended: bool) -> Before {
        let ending = ended.then_some(Ending { source, at: at(0), has_reason });
        Before { status, owner: owned.then(|| "ana".into()), bot_paused, ending }
    }
}

proptest! {
    #[test]
    fn nobody_is_reassigned_while_it_is_open(before in before(), rule in rule(), bot: bool, now in 0..90 * DAY) {
        let arrival = who_gets_it(Some(&before), &line(bot), rule, at(now));
        prop_assert_eq!(arrival == Arrival::Stays, before.status.is_open());
    }

    #[test]
    fn a_cancelled_one_always_starts_over(before in before(), rule in rule(), bot: bool, now in 0..90 * DAY) {
        let before = Before { status: Status::Cancelled, ..before };
        let expected = if bot && !before.bot_paused { Arrival::Bot } else { to_the_line() };
        prop_assert_eq!(who_gets_it(Some(&before), &line(bot), rule, at(now)), expected);
    }

    #[test]
    fn inside_the_window_the_owner_never_changes(before in before(), rule in rule(), bot: bool, now in 0..90 * DAY) {
        let before = Before { status: Status::Closed, owner: Some("ana".into()), ..before };
        let inside = rule.window_s.is_none_or(|window| now <= i64::from(window));
        if inside {
            prop_assert_eq!(who_gets_it(Some(&before), &line(bot), rule, at(now)), to_ana());
        }
    }
}
