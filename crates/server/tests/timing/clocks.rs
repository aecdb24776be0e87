//! What starts a conversation's clock again, and what does not (P26).

use crate::common::{Client, Server, start_demo_server};
use crate::{DAY, act, closing_after, pass, save, saved, status, write};
use serde_json::{Value, json};

/// After six days something happens; two days later, is it closed by a rule of seven days?
fn closed_after(
    anchor: &str,
    before: impl Fn(&Server, &Client, &str),
    what: impl Fn(&Server, &Client, &str),
) -> bool {
    let server = start_demo_server();
    let ana = server.bearer("ana");
    let id = server.contact_writes(2, "a", "Hola");
    let admin = server.bearer("admin1");
    act(&admin, &id, "assign", &json!({ "user": "4", "team": "1" }));
    before(&server, &ana, &id);
    let mut settings = closing_after(7);
    settings["inactivity"]["anchor"] = json!(anchor);
    saved(save(&admin, 1, &settings));
    pass(&server, 6 * DAY);
    what(&server, &ana, &id);
    pass(&server, 2 * DAY);
    status(&ana, &id) == "closed"
}

fn nothing(_: &Server, _: &Client, _: &str) {}

#[test]
fn anything_that_happens_starts_the_clock_of_any_activity() {
    assert!(closed_after("any", nothing, nothing), "else this says nothing");
    assert!(!closed_after("any", nothing, |_, ana, id| write(ana, id, "reply")));
    assert!(!closed_after("any", nothing, |_, ana, id| write(ana, id, "note")));
    assert!(!closed_after("any", nothing, |server, _, _| drop(server.contact_writes(2, "a", "Otra"))));
    assert!(!closed_after("any", nothing, |_, ana, id| drop(act(
        ana,
        id,
        "tags",
        &json!({ "tags": ["1"] })
    ))));
    assert!(!closed_after("any", nothing, |_, ana, id| drop(act(
        ana,
        id,
        "assign",
        &json!({ "user": "5", "team": "1" })
    ))));
    assert!(!closed_after("any", nothing, |_, ana, id| drop(act(
        ana,
        id,
        "priority",
        &json!({ "priority": "urgent" })
    ))));
    assert!(!closed_after("any", nothing, |_, ana, id| {
        act(ana, id, "close", &json!({ "description": "x" }));
        act(ana, id, "reopen", &Value::Null);
    }));
}

#[test]
fn looking_at_it_starts_no_clock() {
    assert!(closed_after("any", nothing, |_, ana, id| {
        act(ana, id, "read", &Value::Null);
        act(ana, id, "unread", &Value::Null);
    }));
}

#[test]
fn taking_a_closing_back_starts_the_clock_of_any_activity() {
    assert!(!closed_after("any", nothing, |_, ana, id| {
        let closed = act(ana, id, "close", &json!({ "description": "x" }));
        let token = closed["undo"]["token"].as_str().unwrap();
        assert_eq!(ana.post_nothing(&format!("/undo/{token}")).status, 200);
    }));
    assert!(closed_after("contact", nothing, |_, ana, id| {
        let closed = act(ana, id, "close", &json!({ "description": "x" }));
        let token = closed["undo"]["token"].as_str().unwrap();
        assert_eq!(ana.post_nothing(&format!("/undo/{token}")).status, 200);
    }));
}

#[test]
fn the_contacts_clock_is_started_by_the_contact_and_by_reopening() {
    assert!(!closed_after("contact", nothing, |server, _, _| drop(server.contact_writes(2, "a", "Otra"))));
    assert!(closed_after("contact", nothing, |_, ana, id| write(ana, id, "reply")));
    assert!(!closed_after("contact", nothing, |_, ana, id| {
        act(ana, id, "close", &json!({ "description": "x" }));
        act(ana, id, "reopen", &Value::Null);
    }));
}

#[test]
fn the_agents_clock_waits_until_an_agent_answered() {
    let answered = |_: &Server, ana: &Client, id: &str| write(ana, id, "reply");
    assert!(!closed_after("agent", nothing, nothing), "nobody answered");
    assert!(closed_after("agent", answered, nothing));
    assert!(closed_after("agent", answered, |server, _, _| drop(server.contact_writes(2, "a", "Otra"))));
    assert!(!closed_after("agent", answered, answered));
    assert!(
        !closed_after("agent", answered, |_, ana, id| {
            act(ana, id, "close", &json!({ "description": "x" }));
            act(ana, id, "reopen", &Value::Null);
        }),
        "nobody answered in the new episode"
    );
}

#[test]
fn waking_starts_all_clocks_that_had_started() {
    let sleeps = |server: &Server, ana: &Client, id: &str| {
        write(ana, id, "reply");
        let until = (server.now() + chrono::TimeDelta::days(5)).to_rfc3339();
        act(ana, id, "snooze", &json!({ "until": until }));
    };
    for anchor in ["any", "contact", "agent"] {
        assert!(!closed_after(anchor, sleeps, nothing), "{anchor}");
    }
}
