//! The gateway as a program of its own, in front of a small foreign API: who may come in, what they see, and what
//! becomes of the others when one engine runs away.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]
#![allow(clippy::result_large_err, reason = "handlers of the stand-in refuse with whole answers")]

#[path = "../common/mod.rs"]
mod common;

mod checking;
mod door;
mod foreign;
mod guests;
mod runaway;
mod sessions;

use common::{Answer, Client};
use foreign::Foreign;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_bandeja-server");

/// A connector file in front of [`Foreign`]. Conversation `forever` is one whose mapping does not end in time.
fn connector(auth: &Value) -> Value {
    json!({
        "connector": 1,
        "name": "mini",
        "settings": { "base_url": { "about": "where the API is" } },
        "maps": { "status": { "open": "in_progress", "done": "closed", "*": "in_progress" } },
        "transport": { "base": "{{$settings.base_url}}/api" },
        "auth": auth,
        "list": { "call": "GET /tickets", "items": ".items", "total": ".count", "paging": "whole" },
        "conversation": {
            "call": "GET /tickets/{{$args.id}}",
            "item": forever(),
            "fields": {
                "id": ".id", "status": ".state | from_status", "created_at": ".at", "last_activity_at": ".at",
                "contact.id": ".who", "contact.name": ".who", "owner": ".owner"
            }
        },
        "thread": { "sources": [{
            "call": "GET /tickets/{{$args.id}}/messages",
            "items": ".",
            "fields": {
                "id": ".id", "kind": "\"message\"", "direction": "if .mine then \"out\" else \"in\" end",
                "author": "if .mine then .by else \"contact\" end", "body": ".text", "at": ".at"
            }
        }]},
        "acts": { "reply": {
            "steps": [{ "post": "/tickets/{{$args.id}}/messages", "json": { "text": "{{$args.text}}" } }],
            "message": "."
        }}
    })
}

/// An expression that steps over every limit of the interpreter and takes years, however fast the machine: ten letters
/// combined twenty times over.
fn forever() -> String {
    let letters = "(\"abcdefghij\" | explode)";
    let loops = (0..20).fold(String::new(), |all, n| all + &format!("{letters}[] as $n{n} | "));
    format!("if .id == \"forever\" then reduce ({loops}1) as $n (0; . + $n) else . end")
}

/// Signing in by name and password for a token.
fn by_password() -> Value {
    json!({
        "header": { "name": "Authorization", "value": "Token {{$secret.token}}" },
        "sign_in": {
            "steps": [{ "post": "/login", "json": { "name": "{{$args.email}}", "password": "{{$args.password}}" } }],
            "keep": { "token": ".token" }
        },
        "expired": [{ "status": 401 }],
        "me": me()
    })
}

/// The same with a token that the surroundings bring.
fn by_token() -> Value {
    json!({
        "header": { "name": "Authorization", "value": "Token {{$secret.token}}" },
        "expired": [{ "status": 401 }],
        "me": me()
    })
}

fn me() -> Value {
    json!({ "call": "GET /me", "fields": { "id": ".id", "name": ".name", "email": ".mail", "role": "\"agent\"" } })
}

/// A running gateway; ends when dropped.
struct Gateway {
    url: String,
    child: Child,
    log: Arc<Mutex<String>>,
    _folder: tempfile::TempDir,
}

/// How a gateway is started.
struct Start<'a> {
    auth: Value,
    secrets: &'a [(&'a str, &'a str)],
    flags: &'a [&'a str],
}

impl Gateway {
    fn start(foreign: &Foreign, start: &Start<'_>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = command(&folder, foreign, start).stdout(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let url = first.trim().strip_prefix("listening on ").map(str::to_owned);
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let Some(url) = url else {
            let mut said = String::new();
            stderr.read_to_string(&mut said).unwrap();
            panic!("no gateway: {said}");
        };
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let mut log = kept.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        Self { url, child, log, _folder: folder }
    }

    fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// Signed in by cookie, with the CSRF header.
    fn signed_in(&self, name: &str) -> Client {
        let answer = self.sign_in(name, "tamarindo");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        self.anonymous().with_cookie(&cookie, answer.body["csrf"].as_str().unwrap())
    }

    fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.anonymous().post("/session", &json!({ "email": name, "password": password }))
    }

    fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // It may be over already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The command that starts a gateway, with its file in `folder`.
fn command(folder: &tempfile::TempDir, foreign: &Foreign, start: &Start<'_>) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["gateway", "--listen", "127.0.0.1:0", "--base-url", &foreign.url]);
    command.arg("--connector").arg(file(folder, &start.auth)).args(start.flags);
    command.env("RUST_LOG", "debug").stdin(Stdio::null()).stderr(Stdio::piped());
    for (name, value) in start.secrets {
        command.env(format!("BANDEJA_SECRET_{}", name.to_uppercase()), value);
    }
    command
}

fn file(folder: &tempfile::TempDir, auth: &Value) -> PathBuf {
    let file = folder.path().join("mini.json");
    std::fs::write(&file, connector(auth).to_string()).unwrap();
    file
}

/// The ids of a list.
fn ids(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
