//! Many at a time, told over HTTP: what is previewed, what then happens, and the account of it (P19–P25).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod account;
mod asking;
mod events;
mod meanwhile;
mod property;
mod restart;
mod stories;

use bandeja_contract::StartBulk;
use bandeja_server::store::bulk::orders;
use bandeja_server::store::{Store, users};
use common::{Answer, Client, Server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Conversations of team 1 that were assigned to somebody, or to nobody, made without asking the server:
/// it would take too long for many.
fn furnish(server: &Server, count: i64, owner: Option<i64>) -> Vec<String> {
    server.run(furnish_store(&server.app.store, count, owner))
}

async fn furnish_store(store: &Store, count: i64, owner: Option<i64>) -> Vec<String> {
    let mut tx = store.begin().await.unwrap();
    let first: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) + 1 FROM conversation")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    for id in first..first + count {
        sqlx::query("INSERT INTO contact (id, name, search) VALUES ($1, $2, $2)")
            .bind(id)
            .bind(format!("Contact {id}"))
            .execute(&mut *tx)
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO conversation (id, status, channel, line_id, campaign_id, team_id, owner_id, contact_id, address,
             unread, created_at, last_activity_at, touched_at, episode_id)
             VALUES ($1, $2, 'whatsapp', 1, 1, 1, $3, $1, $4, 1, 0, 0, 0, $1)",
        )
        .bind(id)
        .bind(if owner.is_some() { "assigned" } else { "new" })
        .bind(owner)
        .bind(format!("+{id}"))
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query("INSERT INTO episode (id, conversation_id, opened_at) VALUES ($1, $1, 0)")
            .bind(id)
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    (first..first + count).map(|id| id.to_string()).collect()
}

/// The preview must work.
fn preview(client: &Client, body: &Value) -> Value {
    let answer = client.post("/bulk/preview", body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

fn start_previewed(client: &Client, preview: &Value, form: Option<Value>) -> Answer {
    let mut body = json!({ "preview_id": preview["preview_id"] });
    if let Some(form) = form {
        body["form"] = form;
    }
    client.post("/bulk", &body)
}

/// Starts it in the same transaction as `meanwhile` is written, so that no turn comes in between.
fn start_with(server: &Server, user: i64, preview: &Value, meanwhile: &'static str) -> String {
    server.run(async {
        let (now, wall) = (server.app.clock.now(), server.app.clock.wall());
        let mut tx = server.app.store.begin().await.unwrap();
        let actor = users::actor(&mut tx, user).await.unwrap().unwrap();
        let id = preview["preview_id"].as_str().unwrap().to_owned();
        let sent = StartBulk { preview_id: id.clone(), include_later: false, form: None };
        orders::start(&mut tx, &actor, &sent, now, wall).await.unwrap();
        sqlx::raw_sql(meanwhile).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        server.app.jobs.now();
        id
    })
}

/// The job once it is over.
fn over(client: &Client, id: &str) -> Value {
    let until = Instant::now() + Duration::from_mins(1);
    loop {
        let job = client.get(&format!("/bulk/{id}"));
        assert_eq!(job.status, 200, "{}", job.body);
        if ["finished", "stopped"].contains(&job.body["state"].as_str().unwrap()) {
            let sum: u64 =
                ["done", "skipped", "failed"].iter().map(|it| job.body[it].as_u64().unwrap()).sum();
            assert_eq!(job.body["matched"], sum, "all had their turn: {}", job.body);
            return job.body;
        }
        assert!(Instant::now() < until, "{}", job.body);
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Previews, starts, and waits for the end.
fn run(client: &Client, body: &Value) -> Value {
    let started = start_previewed(client, &preview(client, body), None);
    assert_eq!(started.status, 202, "{}", started.body);
    assert_eq!(started.header("location"), format!("/api/v1/bulk/{}", started.body["id"].as_str().unwrap()));
    over(client, started.body["id"].as_str().unwrap())
}

/// Tells a job something and waits for the end of what it answers with.
fn order(client: &Client, job: &Value, what: &str) -> Value {
    let answer = client.post_nothing(&format!("/bulk/{}/{what}", job["id"].as_str().unwrap()));
    assert_eq!(answer.status, 200, "{}", answer.body);
    over(client, answer.body["id"].as_str().unwrap())
}

/// How many were done, skipped and failed.
fn counts(job: &Value) -> [u64; 3] {
    ["done", "skipped", "failed"].map(|it| job[it].as_u64().unwrap())
}

/// Reasons with their counts.
fn reasons(of: &Value) -> Vec<(String, u64)> {
    let pair = |it: &Value| (it["reason"].as_str().unwrap().to_owned(), it["count"].as_u64().unwrap());
    let mut all: Vec<_> = of.as_array().unwrap().iter().map(pair).collect();
    all.sort();
    all
}

fn pairs<T: Copy>(all: &[(&str, T)]) -> Vec<(String, T)> {
    all.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
}

fn fields(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(field, code)| ((*field).to_owned(), (*code).to_owned())).collect()
}

fn close_ids(ids: &[String]) -> Value {
    json!({ "action": "close", "selection": { "ids": ids }, "form": { "description": "Limpieza" } })
}

fn close_filter(filter: &str) -> Value {
    json!({ "action": "close", "selection": { "filter": filter }, "form": { "description": "Limpieza" } })
}

fn get(client: &Client, id: &str) -> Value {
    let answer = client.get(&format!("/conversations/{id}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// The types of the events in a thread.
fn thread(client: &Client, id: &str) -> Vec<String> {
    let page = client.get(&format!("/conversations/{id}/messages")).body;
    let text = |item: &Value| item["event"]["type"].as_str().or(item["body"].as_str()).unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(text).collect()
}

/// An action on one conversation, decided on its present version.
fn act(client: &Client, id: &str, action: &str, body: &Value) {
    let client = client.with_header("If-Match", &format!("\"{}\"", get(client, id)["version"]));
    let path = format!("/conversations/{id}/{action}");
    let answer = match action {
        "tags" | "priority" => client.put(&path, body),
        _ if body.is_null() => client.post_nothing(&path),
        _ => client.post(&path, body),
    };
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// The items of a job, all pages.
fn items(client: &Client, id: &str, query: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("/bulk/{id}/items?limit=40&{query}{cursor}"));
        assert_eq!(page.status, 200, "{}", page.body);
        all.extend(page.body["items"].as_array().unwrap().iter().cloned());
        match page.body["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}
