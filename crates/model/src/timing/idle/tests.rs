use super::super::{DAY_S, HOUR_S, Inactivity};
use super::*;
use crate::timing::{Farewell, Timing};
use proptest::prelude::*;

const DAY: i64 = DAY_S as i64;
const HOUR: i64 = HOUR_S as i64;

/// A moment that many seconds after the beginning of these tests.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_timestamp(1_760_000_000 + seconds, 0).unwrap()
}

/// Seven days, any activity, time passed counted, no farewell.
fn rule() -> Rule {
    Rule { after_s: 7 * DAY_S, anchor: Anchor::Any, since: None, notice_s: None }
}

/// An open web chat that began at 0 and that nothing happened to since.
fn conversation() -> Idling {
    Idling {
        status: Status::InProgress,
        snoozed_until: None,
        clocks: Clocks::opened(at(0)),
        farewell_at: None,
        channel: Channel::Webchat,
        window_ends_at: None,
    }
}

#[test]
fn p26_it_is_idle_after_seven_times_twenty_four_hours_and_not_a_second_sooner() {
    assert!(!is_idle(&conversation(), &rule(), at(7 * DAY - 1)));
    assert!(is_idle(&conversation(), &rule(), at(7 * DAY)));
}

#[test]
fn p26_never_is_no_rule_at_all() {
    assert_eq!(Rule::of(&Inactivity::default(), at(0)), None);
}

#[test]
fn p26_it_applies_to_every_open_state_and_to_no_ended_one() {
    for status in Status::ALL {
        let conversation = Idling { status, ..conversation() };
        assert_eq!(is_idle(&conversation, &rule(), at(8 * DAY)), status.is_open(), "{status:?}");
    }
}

#[test]
fn p26_whatever_happens_restarts_the_clock_of_any_activity() {
    let clocks = Clocks::opened(at(0));
    for clocks in [
        clocks.touched(at(DAY)),
        clocks.contact_wrote(at(DAY)),
        clocks.agent_wrote(at(DAY)),
        clocks.woke(at(DAY)),
    ] {
        let conversation = Idling { clocks, ..conversation() };
        assert!(!is_idle(&conversation, &rule(), at(8 * DAY - 1)), "{clocks:?}");
        assert!(is_idle(&conversation, &rule(), at(8 * DAY)), "{clocks:?}");
    }
}

#[test]
fn p26_the_anchors_of_contact_and_agent_hear_only_them() {
    let clocks = Clocks::opened(at(0)).agent_wrote(at(DAY)).contact_wrote(at(2 * DAY)).touched(at(3 * DAY));
    let conversation = Idling { clocks, ..conversation() };
    for (anchor, start) in [(Anchor::Any, 3), (Anchor::Contact, 2), (Anchor::Agent, 1)] {
        let rule = Rule { anchor, ..rule() };
        assert_eq!(conversation.closes_at(&rule, at(4 * DAY)), Some(at((start + 7) * DAY)), "{anchor:?}");
    }
}

#[test]
fn p26_where_no_agent_answered_in_this_episode_the_clock_of_the_agent_has_not_started() {
    let rule = Rule { anchor: Anchor::Agent, ..rule() };
    assert!(!is_idle(&conversation(), &rule, at(90 * DAY)));
    let reopened = Idling { clocks: Clocks::opened(at(0)), ..conversation() };
    assert_eq!(reopened.closes_at(&rule, at(90 * DAY)), None);
}

#[test]
fn p26_a_snoozed_one_waits_and_its_clock_starts_anew_when_it_wakes() {
    let asleep = Idling { snoozed_until: Some(at(30 * DAY)), ..conversation() };
    assert!(!is_idle(&asleep, &rule(), at(29 * DAY)));
    let agent = conversation().clocks.agent_wrote(at(0));
    for anchor in Anchor::ALL {
        let awake = Idling { clocks: agent.woke(at(30 * DAY)), ..conversation() };
        let rule = Rule { anchor, ..rule() };
        assert_eq!(awake.closes_at(&rule, at(30 * DAY)), Some(at(37 * DAY)), "{anchor:?}");
    }
}

#[test]
fn p26_time_that_passed_before_saving_counts_only_if_asked_to() {
    let saved = at(20 * DAY);
    let inactivity = |count_time_passed| Inactivity {
        after_s: Some(7 * DAY_S),
        count_time_passed,
        ..Inactivity::default()
    };
    let counted = Rule::of(&inactivity(true), saved).unwrap();
    let from_saving = Rule::of(&inactivity(false), saved).unwrap();
    assert!(is_idle(&conversation(), &counted, saved));
    assert!(!is_idle(&conversation(), &from_saving, at(27 * DAY - 1)));
    assert!(is_idle(&conversation(), &from_saving, at(27 * DAY)));
}

#[test]
fn p26_saving_only_other_words_does_not_restart_the_clock() {
    let saved = Inactivity { after_s: Some(DAY_S), ..Inactivity::default() };
    let mut words = saved.clone();
    "Sin respuesta".clone_into(&mut words.form.description);
    words.farewell = Some(Farewell { text: "Hasta pronto".into(), notice_s: HOUR_S });
    assert!(!saved.restarts_clock(&words));
    assert!(saved.restarts_clock(&Inactivity { after_s: None, ..saved.clone() }));
    assert!(saved.restarts_clock(&Inactivity { anchor: Anchor::Agent, ..saved.clone() }));
    assert!(saved.restarts_clock(&Inactivity { count_time_passed: true, ..saved.clone() }));
}

#[test]
fn p26_a_farewell_goes_out_before_and_nothing_closes_sooner_than_its_notice() {
    let rule = Rule { notice_s: Some(DAY_S), ..rule() };
    assert_eq!(conversation().step(&rule, at(6 * DAY - 1)), Step::Wait);
    assert_eq!(conversation().step(&rule, at(6 * DAY)), Step::Warn);
    let warned = Idling { farewell_at: Some(at(6 * DAY)), ..conversation() };
    assert_eq!(warned.step(&rule, at(7 * DAY - 1)), Step::Wait);
    assert_eq!(warned.step(&rule, at(7 * DAY)), Step::Close);
    // The rule came, or the server was back, long after it was due.
    assert_eq!(conversation().step(&rule, at(20 * DAY)), Step::Warn);
    let late = Idling { farewell_at: Some(at(20 * DAY)), ..conversation() };
    assert_eq!(late.step(&rule, at(21 * DAY - 1)), Step::Wait);
    assert_eq!(late.step(&rule, at(21 * DAY)), Step::Close);
}

#[test]
fn p26_a_contact_who_answers_the_farewell_is_heard_whatever_the_anchor() {
    for anchor in Anchor::ALL {
        let rule = Rule { anchor, notice_s: Some(DAY_S), ..rule() };
        let clocks = Clocks::opened(at(0)).agent_wrote(at(0)).contact_wrote(at(6 * DAY + HOUR));
        let answered = Idling { clocks, farewell_at: Some(at(6 * DAY)), ..conversation() };
        assert_eq!(answered.step(&rule, at(7 * DAY)), Step::Wait, "{anchor:?}");
        assert_eq!(answered.closes_at(&rule, at(7 * DAY)), Some(at(13 * DAY + HOUR)), "{anchor:?}");
    }
}

#[test]
fn p26_where_the_interaction_window_is_over_it_closes_without_a_farewell() {
    let rule = Rule { notice_s: Some(DAY_S), ..rule() };
    let over = Idling { channel: Channel::Whatsapp, window_ends_at: Some(at(DAY)), ..conversation() };
    assert_eq!(over.step(&rule, at(6 * DAY)), Step::Wait);
    assert_eq!(over.step(&rule, at(7 * DAY)), Step::Close);
    let open = Idling { window_ends_at: Some(at(6 * DAY + 1)), ..over };
    assert_eq!(open.step(&rule, at(6 * DAY)), Step::Warn);
}

#[test]
fn a_clock_that_was_set_back_closes_nothing() {
    assert!(!is_idle(&conversation(), &rule(), at(-DAY)));
    let future = Idling { clocks: Clocks::opened(at(10 * DAY)), ..conversation() };
    assert!(!is_idle(&future, &rule(), at(9 * DAY)));
}

prop_compose! {
    fn clocks()(opened in 0..20 * DAY, any in 0..20 * DAY, contact in 0..20 * DAY,
                agent in proptest::option::of(0..20 * DAY)) -> Clocks {
        let clocks = Clocks { contact: at(contact.max(opened)), ..Clocks::opened(at(opened)) };
        let agent = agent.map(|agent| at(agent.max(opened)));
        Clocks { any: at(any).max(clocks.contact).max(agent.unwrap_or(at(opened))), agent, ..clocks }
    }
}

prop_compose! {
    fn any_rule()(after_s in DAY_S..30 * DAY_S, anchor in proptest::sample::select(Anchor::ALL.to_vec()),
                  since in proptest::option::of(0..30 * DAY), notice in proptest::option::of(HOUR_S..DAY_S)) -> Rule {
        Rule { after_s, anchor, since: since.map(at), notice_s: notice }
    }
}

prop_compose! {
    fn any_conversation()(clocks in clocks(), farewell in proptest::option::of(0..40 * DAY),
                          asleep in proptest::option::of(0..40 * DAY),
                          status in proptest::sample::select(Status::ALL.to_vec()),
                          window in proptest::option::of(0..40 * DAY), whatsapp: bool) -> Idling {
        Idling {
            status, clocks, snoozed_until: asleep.map(at), farewell_at: farewell.map(at),
            channel: if whatsapp { Channel::Whatsapp } else { Channel::Webchat },
            window_ends_at: window.map(at),
        }
    }
}

proptest! {
    /// What the simulator says of later is what the sweep then does.
    #[test]
    fn what_is_said_to_close_later_closes_just_then(
        conversation in any_conversation(), rule in any_rule(), now in 0..60 * DAY
    ) {
        let now = at(now);
        if let Some(closes_at) = conversation.closes_at(&rule, now) {
            // A sweep in between sends the farewell that `closes_at` took to be sent.
            let warns_at = rule.notice_s.map(|notice| closes_at - Duration::seconds(i64::from(notice)));
            let sent = warns_at.map(|at| at.max(now)).filter(|at| conversation.step(&rule, *at) == Step::Warn);
            let warned = Idling { farewell_at: sent.or(conversation.farewell_at), ..conversation };
            prop_assert_eq!(warned.step(&rule, closes_at.max(now)), Step::Close);
            if closes_at > now {
                prop_assert!(!is_idle(&warned, &rule, closes_at - Duration::seconds(1)));
            }
        }
    }

    /// Whoever searches by the start of clocks misses nobody.
    #[test]
    fn whatever_is_idle_started_its_clock_by_the_moment_that_the_search_asks_for(
        conversation in any_conversation(), rule in any_rule(), now in 0..60 * DAY
    ) {
        let now = at(now);
        if is_idle(&conversation, &rule, now) {
            let latest = rule.started_by(now);
            prop_assert!(conversation.clocks.of(rule.anchor).unwrap() <= latest.unwrap());
        }
    }

    #[test]
    fn without_a_farewell_the_search_by_clocks_is_the_rule(
        conversation in any_conversation(), rule in any_rule(), now in 0..60 * DAY
    ) {
        let (now, rule) = (at(now), Rule { notice_s: None, ..rule });
        let awake = conversation.snoozed_until.is_none_or(|until| until <= now);
        let found = conversation.status.is_open() && awake && rule.started_by(now).is_some_and(|latest| {
            conversation.clocks.of(rule.anchor).is_some_and(|start| start <= latest)
        });
        prop_assert_eq!(is_idle(&conversation, &rule, now), found);
    }

    #[test]
    fn nothing_closes_sooner_than_the_rule_says_after_its_clock_started(
        conversation in any_conversation(), rule in any_rule(), now in 0..60 * DAY
    ) {
        if is_idle(&conversation, &rule, at(now)) {
            let start = conversation.clocks.of(rule.anchor).unwrap().max(rule.since.unwrap_or(at(0)));
            prop_assert!(at(now) - start >= Duration::seconds(i64::from(rule.after_s)));
        }
    }
}

#[test]
fn settings_are_read_as_they_are_written() {
    let mut timing = Timing::default();
    timing.inactivity.after_s = Some(604_800);
    timing.inactivity.farewell = Some(Farewell { text: "Hasta pronto".into(), notice_s: HOUR_S });
    timing.reassignment.window_s = Some(86_400);
    let text = serde_json::to_string(&timing).unwrap();
    assert_eq!(serde_json::from_str::<Timing>(&text).unwrap(), timing);
    let unknown = r#"{"inactivity":{"after_s":1,"foo":2},"reassignment":{"window_s":null}}"#;
    assert!(serde_json::from_str::<Timing>(unknown).unwrap_err().to_string().contains("foo"));
}
