//! The two settings of teams: who may save them, what the sweep closes, whom contacts who come back meet, and
//! that the simulator says so beforehand (P26–P30).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod clocks;
mod closing;
mod farewell;
mod meanwhile;
mod property;
mod returns;
mod settings;
mod simulation;

use bandeja_server::store::sweep::{self, Swept};
use common::{Answer, Client, Server};
use serde_json::{Value, json};

const HOUR: u64 = 3_600;
const DAY: u64 = 24 * HOUR;

/// Settings that close after so many days without activity, time passed included.
fn closing_after(days: u64) -> Value {
    json!({
        "inactivity": {
            "after_s": days * DAY,
            "count_time_passed": true,
            "form": { "description": "Sin respuesta", "category_id": "1", "subcategory_id": "4" },
        },
        "reassignment": {},
    })
}

/// The same with a farewell message so many hours before.
fn with_farewell(days: u64, hours: u64) -> Value {
    let mut settings = closing_after(days);
    settings["inactivity"]["farewell"] = json!({ "text": " Cerramos pronto ", "notice_s": hours * HOUR });
    settings
}

/// Saves a team's settings, having read them.
fn save(client: &Client, team: u32, settings: &Value) -> Answer {
    let version = client.get(&format!("/teams/{team}/timing")).body["version"].to_string();
    save_on(client, team, &version, settings)
}

fn save_on(client: &Client, team: u32, version: &str, settings: &Value) -> Answer {
    client.with_header("If-Match", &format!("\"{version}\"")).put(&format!("/teams/{team}/timing"), settings)
}

/// Saving must work; answers with the settings.
fn saved(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("etag"), format!("\"{}\"", answer.body["version"]));
    answer.body
}

/// What settings would do.
fn simulated(client: &Client, team: u32, settings: &Value) -> Value {
    let answer = client.post(&format!("/teams/{team}/timing/simulate"), settings);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// Moves the clock and lets the sweep do what is due then; the server's own may come first.
fn pass(server: &Server, seconds: u64) -> Swept {
    let moved = server.anonymous().post("/demo/clock", &json!({ "advance_s": seconds }));
    assert_eq!(moved.status, 200, "{}", moved.body);
    sweep_now(server)
}

fn sweep_now(server: &Server) -> Swept {
    server.run(async { sweep::pass(&server.app.store, || server.app.clock.now(), || true).await.unwrap() })
}

fn get(client: &Client, id: &str) -> Value {
    let answer = client.get(&format!("/conversations/{id}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn status(client: &Client, id: &str) -> String {
    get(client, id)["status"].as_str().unwrap().to_owned()
}

/// An action decided on the present version.
fn act(client: &Client, id: &str, action: &str, body: &Value) -> Value {
    let version = get(client, id)["version"].to_string();
    let client = client.with_header("If-Match", &format!("\"{version}\""));
    let path = format!("/conversations/{id}/{action}");
    let answer = match action {
        "tags" | "priority" => client.put(&path, body),
        _ if body.is_null() => client.post_nothing(&path),
        _ => client.post(&path, body),
    };
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn write(client: &Client, id: &str, kind: &str) {
    let answer =
        client.post(&format!("/conversations/{id}/messages"), &json!({ "kind": kind, "body": "Seguimos" }));
    assert_eq!(answer.status, 201, "{}", answer.body);
}

/// The entries of a thread: the type of events, the text of others.
fn thread(client: &Client, id: &str) -> Vec<String> {
    let page = client.get(&format!("/conversations/{id}/messages")).body;
    let text = |item: &Value| item["event"]["type"].as_str().or(item["body"].as_str()).unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(text).collect()
}

fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
}
