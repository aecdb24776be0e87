//! Lines, told over HTTP: what their automatic menu says and leads to, who may set them, and what becomes of
//! their conversations when they get another team.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

#[path = "../common/mod.rs"]
mod common;

mod follow;
mod menu;
mod pause;
mod settings;

use common::{Answer, Client, Server, start_server};
use serde_json::{Value, json};

/// Greets, and leads to teams 1 and 2 of campaign 1.
fn menu() -> Value {
    json!({
        "greeting": "Hola, ¿en qué te ayudamos?",
        "options": [{ "label": "Ventas", "team": "1" }, { "label": "Soporte técnico", "team": "2" }],
    })
}

/// What [`menu`] looks like in a thread.
const SHOWN: &str = "Hola, ¿en qué te ayudamos?\n1. Ventas\n2. Soporte técnico";

/// A server whose line 4 has that menu on, and goes to team 1.
fn start_with_menu() -> Server {
    let server = start_server();
    saved(save(&server.bearer("admin1"), 4, &line("1", true, &menu())));
    server
}

/// The settings of a line that goes to a team.
fn line(team: &str, bot: bool, menu: &Value) -> Value {
    json!({ "team": team, "user": null, "bot": bot, "menu": menu })
}

/// Saves a line's settings, having read them.
fn save(client: &Client, line: u32, settings: &Value) -> Answer {
    let version = client.get(&format!("/lines/{line}")).body["version"].to_string();
    save_on(client, line, &version, settings)
}

fn save_on(client: &Client, line: u32, version: &str, settings: &Value) -> Answer {
    client.with_header("If-Match", &format!("\"{version}\"")).put(&format!("/lines/{line}"), settings)
}

/// Saving must work; answers with the settings.
fn saved(answer: Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("etag"), format!("\"{}\"", answer.body["version"]));
    answer.body
}

/// The conversation as `client` sees it.
fn get(client: &Client, id: &str) -> Value {
    let answer = client.get(&format!("/conversations/{id}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body
}

/// An action decided on the present version.
fn act(client: &Client, id: &str, action: &str, body: &Value) -> Value {
    let version = get(client, id)["version"].to_string();
    let client = client.with_header("If-Match", &format!("\"{version}\""));
    let path = format!("/conversations/{id}/{action}");
    let answer = if body.is_null() { client.post_nothing(&path) } else { client.post(&path, body) };
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.body["conversation"].clone()
}

/// The entries of a thread, each with its author: the type of events, the text of others.
fn thread(client: &Client, id: &str) -> Vec<(String, String)> {
    let page = client.get(&format!("/conversations/{id}/messages")).body;
    let entry = |item: &Value| {
        let text = item["event"]["type"].as_str().or(item["body"].as_str()).unwrap();
        (item["author"]["kind"].as_str().unwrap().to_owned(), text.to_owned())
    };
    page["items"].as_array().unwrap().iter().map(entry).collect()
}

/// The texts the menu wrote.
fn said(client: &Client, id: &str) -> Vec<String> {
    let is_menu = |(author, text): (String, String)| (author == "bot" && text != "assigned").then_some(text);
    thread(client, id).into_iter().filter_map(is_menu).collect()
}
