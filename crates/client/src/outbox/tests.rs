use super::*;
use bandeja_contract::Problem;
use proptest::prelude::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + Duration::seconds(seconds)
}

fn pending(client_id: &str, conversation: &str) -> Pending {
    Pending {
        client_id: client_id.into(),
        conversation: conversation.into(),
        kind: NewMessageKind::Reply,
        body: "hola".into(),
        mentions: Vec::new(),
        at: at(0),
        state: PendingState::Queued,
    }
}

fn refused(status: u16, code: &str) -> Failure {
    ClientError::Problem(Box::new(Problem::new(status, code, "t", ""))).into()
}

fn outbox(items: &[(&str, &str)]) -> Outbox {
    let mut outbox = Outbox::default();
    for (client_id, conversation) in items {
        outbox.push(pending(client_id, conversation));
    }
    outbox
}

fn next(outbox: &mut Outbox, seconds: i64) -> Option<String> {
    outbox.next(at(seconds)).map(|pending| pending.client_id)
}

#[test]
fn one_at_a_time_per_conversation_and_in_order() {
    let mut outbox = outbox(&[("a1", "a"), ("a2", "a"), ("b1", "b")]);
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("a1"));
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("b1"));
    assert_eq!(next(&mut outbox, 0), None);
    outbox.done("a1");
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("a2"));
}

#[test]
fn a_lost_network_keeps_the_message_and_its_place_however_often() {
    let mut outbox = outbox(&[("a1", "a"), ("a2", "a")]);
    for round in 0..20 {
        assert_eq!(next(&mut outbox, round * 60).as_deref(), Some("a1"));
        outbox.failed("a1", &ClientError::Offline.into(), at(round * 60), 0);
    }
    assert_eq!(next(&mut outbox, 20 * 60), Some("a1".into()));
}

#[test]
fn the_network_coming_back_ends_every_wait() {
    let mut outbox = outbox(&[("a1", "a")]);
    next(&mut outbox, 0);
    outbox.failed("a1", &ClientError::Offline.into(), at(0), u64::MAX);
    assert_eq!(next(&mut outbox, 0), None);
    assert!(outbox.wake_at().is_some());
    outbox.resume();
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("a1"));
}

#[test]
fn a_server_that_asks_to_be_left_alone_is() {
    let mut outbox = outbox(&[("a1", "a")]);
    next(&mut outbox, 0);
    let busy = Failure { retry_after_s: Some(50), ..refused(429, code::RATE_LIMITED) };
    outbox.failed("a1", &busy, at(0), 0);
    assert_eq!(next(&mut outbox, 49), None);
    assert_eq!(next(&mut outbox, 50).as_deref(), Some("a1"));
}

#[test]
fn what_the_server_refuses_waits_for_its_author_and_the_next_one_goes() {
    let mut outbox = outbox(&[("a1", "a"), ("a2", "a")]);
    next(&mut outbox, 0);
    let failed = outbox.failed("a1", &refused(422, code::WINDOW_OVER), at(0), 0).unwrap();
    assert!(matches!(&failed.state, PendingState::Failed { can_retry: false, .. }));
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("a2"));
    outbox.done("a2");
    outbox.retry("a1");
    assert_eq!(next(&mut outbox, 0).as_deref(), Some("a1"));
}

#[test]
fn a_server_that_keeps_failing_is_given_up_after_some_attempts_but_the_text_stays() {
    let mut outbox = outbox(&[("a1", "a")]);
    let mut now = 0;
    while let Some(id) = next(&mut outbox, now) {
        outbox.failed(&id, &refused(500, code::INTERNAL), at(now), 0);
        now += 60;
    }
    let kept = outbox.get("a1").unwrap();
    assert!(matches!(&kept.state, PendingState::Failed { can_retry: true, .. }));
    assert_eq!((now / 60, kept.body.as_str()), (i64::from(ATTEMPTS), "hola"));
}

#[test]
fn being_signed_out_costs_no_attempt() {
    let mut outbox = outbox(&[("a1", "a")]);
    for _ in 0..20 {
        next(&mut outbox, 0);
        outbox.failed("a1", &ClientError::SignedOut.into(), at(0), 0);
        outbox.resume();
    }
    assert_eq!(outbox.get("a1").unwrap().state, PendingState::Queued);
}

#[test]
fn one_under_way_cannot_be_given_up() {
    let mut outbox = outbox(&[("a1", "a")]);
    next(&mut outbox, 0);
    assert_eq!(outbox.discard("a1"), None);
    outbox.failed("a1", &ClientError::Timeout.into(), at(0), 0);
    assert_eq!(outbox.discard("a1").unwrap().body, "hola");
}

#[test]
fn after_a_reload_fresh_ones_go_on_and_old_ones_wait_for_their_author() {
    let mut stored = pending("a1", "a");
    stored.state = PendingState::Sending;
    let text = serde_json::to_string(&stored).unwrap();
    let stored: Pending = serde_json::from_str(&text).unwrap();
    let mut soon = Outbox::default();
    soon.adopt(stored.clone(), at(600));
    assert_eq!(soon.get("a1").unwrap().state, PendingState::Queued);
    let mut late = Outbox::default();
    late.adopt(stored, at(7_200));
    assert!(matches!(&late.get("a1").unwrap().state, PendingState::Failed { can_retry: true, .. }));
}

proptest! {
    /// Whatever fails in whatever order: of one conversation, messages that arrive do so in order of
    /// writing, and every message is in the end sent, given up or still there.
    #[test]
    fn nothing_is_lost_and_order_holds(fates in prop::collection::vec(0u8..4, 1..60)) {
        let mut outbox = Outbox::default();
        for number in 0..6 {
            outbox.push(pending(&format!("m{number}"), if number % 2 == 0 { "a" } else { "b" }));
        }
        let mut arrived: Vec<String> = Vec::new();
        for (round, fate) in fates.into_iter().enumerate() {
            let now = i64::try_from(round).unwrap() * 60;
            let Some(sent) = next(&mut outbox, now) else { continue };
            match fate {
                0 => { outbox.done(&sent); arrived.push(sent); }
                1 => { outbox.failed(&sent, &ClientError::Offline.into(), at(now), 3); }
                2 => { outbox.failed(&sent, &refused(503, code::UNAVAILABLE), at(now), 3); }
                _ => { outbox.failed(&sent, &refused(422, code::INVALID), at(now), 3); }
            }
        }
        prop_assert_eq!(arrived.len() + outbox.all().count(), 6);
        for parity in 0..2 {
            let of_one: Vec<u32> = arrived.iter()
                .map(|id| id[1..].parse::<u32>().unwrap())
                .filter(|number| number % 2 == parity)
                .collect();
            prop_assert!(of_one.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
