//! Whom contacts meet who come back: at the edges of the window, with the automatic menu on and off (P27, P28).

use crate::common::start_demo_server;
use crate::meanwhile::{empty, now};
use crate::{DAY, HOUR, act, get, pass, save, saved, status};
use bandeja_contract::{Inbound, InboundContact, SaveTiming};
use bandeja_model::{ConversationId, TeamId, Timestamp};
use bandeja_server::store::actions::{self, Command};
use bandeja_server::store::change::Decided;
use bandeja_server::store::{Store, arrivals, conversations, timing, users};
use chrono::TimeDelta;
use serde_json::{Value, json};

async fn write(store: &Store, line: i64, at: Timestamp) -> ConversationId {
    let mut tx = store.begin().await.unwrap();
    let inbound = Inbound {
        provider_message_id: at.to_string(),
        contact: InboundContact { address: "a".to_owned(), name: String::new() },
        text: "Hola".to_owned(),
        sent_at: at,
    };
    let taken = arrivals::take_inbound(&mut tx, line, &inbound, at).await.unwrap();
    tx.commit().await.unwrap();
    taken.conversation_id
}

async fn act_as(store: &Store, user: i64, id: &ConversationId, command: Command, at: Timestamp) {
    let mut tx = store.begin().await.unwrap();
    let actor = users::actor(&mut tx, user).await.unwrap().unwrap();
    let version = conversations::load(&mut tx, id, None).await.unwrap().unwrap().version;
    actions::act(&mut tx, &actor, id, &command, Decided::On(Some(version)), at).await.unwrap();
    tx.commit().await.unwrap();
}

/// Ana, who has it, closes it with these words; who has it when the contact writes so many seconds later?
async fn met(line: i64, description: &str, seconds: i64) -> (String, Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let store = empty(folder.path()).await;
    let mut tx = store.begin().await.unwrap();
    let boss = users::actor(&mut tx, 1).await.unwrap().unwrap();
    let sent: SaveTiming =
        serde_json::from_value(json!({ "inactivity": {}, "reassignment": { "window_s": DAY } })).unwrap();
    timing::save(&mut tx, &boss, &TeamId::new("1"), &sent, Decided::On(Some(0)), now()).await.unwrap();
    let forms = r#"{"": {"close": {"description": "optional", "category": "optional", "subcategory": "optional",
        "summary": "off"}, "cancel": {"description": "optional", "category": "optional", "subcategory": "optional",
        "summary": "off"}}}"#;
    sqlx::query("INSERT INTO setting VALUES ('closing_forms', $1)")
        .bind(forms)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let id = write(&store, line, now()).await;
    let assign = serde_json::from_value(json!({ "user": "4" })).unwrap();
    act_as(&store, 4, &id, Command::Assign(assign), now()).await;
    let close = serde_json::from_value(json!({ "description": description })).unwrap();
    let closed = now() + TimeDelta::hours(1);
    act_as(&store, 4, &id, Command::Close(close), closed).await;
    assert_eq!(write(&store, line, closed + TimeDelta::seconds(seconds)).await, id);
    let found = conversations::load(&mut store.read().await.unwrap(), &id, None).await.unwrap().unwrap();
    (found.status.code().to_owned(), found.owner.map(|owner| owner.to_string()))
}

fn pair(status: &str, owner: Option<&str>) -> (String, Option<String>) {
    (status.to_owned(), owner.map(str::to_owned))
}

#[tokio::test]
async fn p27_until_the_windows_end_it_is_the_same_agent_and_a_second_later_the_start() {
    let same = pair("assigned", Some("4"));
    for line in [1, 4] {
        for seconds in [86_399, 86_400] {
            assert_eq!(met(line, "Resuelto", seconds).await, same, "line {line}, {seconds} s");
        }
    }
    assert_eq!(met(1, "Resuelto", 86_401).await, pair("new", None), "the bot is off: the line's team");
    assert_eq!(met(4, "Resuelto", 86_401).await, pair("bot", None), "the bot is on: as a new contact");
}

#[tokio::test]
async fn p27_without_a_reason_it_is_the_same_agent_whatever_the_delay() {
    assert_eq!(met(4, " ", 90 * 86_400).await, pair("assigned", Some("4")));
}

#[test]
fn p27_the_rule_is_that_of_the_team_it_was_given_to() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    // Line 2 is team 2's; the conversation was given to team 1.
    saved(save(&admin, 1, &json!({ "inactivity": {}, "reassignment": { "window_s": HOUR } })));
    let id = server.contact_writes(2, "a", "Hola");
    act(&admin, &id, "assign", &json!({ "user": "4", "team": "1" }));
    act(&admin, &id, "close", &json!({ "description": "Resuelto" }));
    pass(&server, 2 * HOUR);
    server.contact_writes(2, "a", "Otra vez");
    assert_eq!((status(&admin, &id).as_str(), &get(&admin, &id)["team"]), ("new", &json!("2")));
}

#[test]
fn p28_a_cancelled_one_starts_over_whatever_the_delay() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    saved(save(&admin, 1, &json!({ "inactivity": {}, "reassignment": { "window_s": 30 * DAY } })));
    let id = server.contact_writes(4, "a", "Hola");
    act(&admin, &id, "assign", &json!({ "user": "4", "team": "1" }));
    act(&admin, &id, "cancel", &json!({ "category_id": "1" }));
    server.contact_writes(4, "a", "Otra vez");
    assert_eq!((status(&admin, &id).as_str(), &get(&admin, &id)["owner"]), ("bot", &Value::Null));
}

#[test]
fn p27_closing_many_counts_as_a_users_closing() {
    let server = start_demo_server();
    let admin = server.bearer("admin1");
    saved(save(&admin, 1, &json!({ "inactivity": {}, "reassignment": { "window_s": HOUR } })));
    let id = server.contact_writes(4, "a", "Hola");
    act(&admin, &id, "assign", &json!({ "user": "4", "team": "1" }));
    let asked =
        json!({ "action": "close", "selection": { "ids": [id] }, "form": { "description": "Limpieza" } });
    let preview = admin.post("/bulk/preview", &asked).body;
    assert_eq!(admin.post("/bulk", &json!({ "preview_id": preview["preview_id"] })).status, 202);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
    while status(&admin, &id) != "closed" {
        assert!(std::time::Instant::now() < until, "the job does not end");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    pass(&server, 2 * HOUR);
    server.contact_writes(4, "a", "Otra vez");
    assert_eq!(status(&admin, &id), "bot");
}
