//! What integration tests share: a server of their own on a free port with a database file of its
//! own, a small world in it, and a client that speaks to it over HTTP.
//!
//! The world: campaign 1 with teams 1 (`ana`, `beto`, `gone`) and 2 (`carla`), campaign 2 with team 3
//! (`dora`). `admin1` and `admin2` have one campaign each, `super` has all. Line 1 (WhatsApp) and line
//! 4 (web chat, bot on) go to team 1, line 2 (Instagram) to team 2, line 3 (mail) to team 3.
//! Categories 1 (with 3 and 4) and 2 (with 5); tags 1 to 3. All agents are online.

#![allow(dead_code, unused_imports, unreachable_pub, reason = "not every test file uses all of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod client;
mod embed;
mod stream;

pub use client::{Answer, Client};
pub use embed::{CRM, Key};
pub use stream::{Stream, StreamEvent};

use bandeja_model::Timestamp;
use bandeja_server::app::{self, AppState, Settings};
use bandeja_server::secret;
use bandeja_server::store::{Store, sessions};
use chrono::TimeDelta;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// Everybody's password.
pub const PASSWORD: &str = "a long enough password";

/// A running server; stops when dropped.
pub struct Server {
    /// Where it listens, as in `http://127.0.0.1:1234`.
    pub url: String,
    /// The insides, for tests that look at them.
    pub app: AppState,
    runtime: Option<Runtime>,
    stop: Option<oneshot::Sender<()>>,
    folder: tempfile::TempDir,
}

/// A server with the small world.
pub fn start_server() -> Server {
    start_server_with(Settings::default())
}

/// A demo server with the small world: its clock can be moved.
pub fn start_demo_server() -> Server {
    start_server_with(Settings { demo: true, ..Settings::default() })
}

/// A server with the small world and these settings.
pub fn start_server_with(settings: Settings) -> Server {
    let runtime = Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let (app, address) = runtime.block_on(async {
        let store = Store::open(&folder.path().join("test.db")).await.unwrap();
        fill(&store).await;
        let app = AppState::start(store, settings).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        let serving = app::serve(listener, app.clone(), async {
            let _ = stopped.await;
        });
        tokio::spawn(serving);
        (app, address)
    });
    let url = format!("http://{address}");
    Server { url, app, runtime: Some(runtime), stop: Some(stop), folder }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.app.hub.close();
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Server {
    /// Where its data is, as the command line names it.
    pub fn database(&self) -> String {
        format!("sqlite:{}", self.folder.path().join("test.db").display())
    }

    /// Runs something on the server's own runtime.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.as_ref().unwrap().block_on(future)
    }

    /// A client that nobody is signed in with.
    pub fn anonymous(&self) -> Client {
        Client::new(&self.url)
    }

    /// A client with a bearer token of `name` (`ana`, `admin1`, `super`…), good for an hour.
    pub fn bearer(&self, name: &str) -> Client {
        self.anonymous().with_bearer(&self.token(name, TimeDelta::hours(1)))
    }

    /// A client signed in with a password, by cookie and CSRF header.
    pub fn signed_in(&self, name: &str) -> Client {
        let answer = self.anonymous().post("/session", &credentials(name, PASSWORD));
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        self.anonymous().with_cookie(&cookie, answer.body["csrf"].as_str().unwrap())
    }

    /// A bearer token.
    pub fn token(&self, name: &str, ttl: TimeDelta) -> String {
        let token = secret::Token::random().unwrap();
        self.run(async {
            let now = self.app.clock.wall();
            let mut tx = self.app.store.begin().await.unwrap();
            let account =
                bandeja_server::store::users::account(&mut tx, &email(name)).await.unwrap().unwrap();
            let new = sessions::New {
                token_hash: &token.hash(),
                user: account.key,
                kind: sessions::Kind::Bearer,
                csrf: None,
                expires_at: now + ttl,
                api_key: None,
                scopes: &bandeja_model::Scopes::default(),
            };
            sessions::begin(&mut tx, new, now).await.unwrap();
            tx.commit().await.unwrap();
        });
        token.reveal().to_owned()
    }

    /// A contact writes on a line; answers with the conversation's id.
    pub fn contact_writes(&self, line: u32, address: &str, text: &str) -> String {
        let answer = self.hand_in(line, &inbound(address, text, None));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["conversation_id"].as_str().unwrap().to_owned()
    }

    /// A signed call of a line's gateway.
    pub fn hand_in(&self, line: u32, body: &Value) -> Answer {
        let bytes = serde_json::to_vec(body).unwrap();
        let signature = secret::sign(&line_secret(line), &bytes);
        let client = self.anonymous().with_header("X-Bandeja-Signature", &signature);
        client.send("POST", &format!("/lines/{line}/inbound"), Some(("application/json", bytes)))
    }

    /// Runs SQL, for what no call can bring about yet.
    pub fn sql(&self, sql: &'static str) {
        self.run(async {
            let mut tx = self.app.store.begin().await.unwrap();
            sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    /// Gives somebody another password.
    pub fn set_password(&self, name: &str, password: &str) {
        self.run(async {
            let mut tx = self.app.store.begin().await.unwrap();
            let update = sqlx::query("UPDATE app_user SET password_hash = $1 WHERE email = $2");
            update.bind(quick_hash(password)).bind(email(name)).execute(&mut *tx).await.unwrap();
            tx.commit().await.unwrap();
        });
    }

    /// The server's time.
    pub fn now(&self) -> Timestamp {
        self.app.clock.now()
    }
}

/// What a gateway hands in; without an id of its own it gets one that no other has.
pub fn inbound(address: &str, text: &str, provider_message_id: Option<&str>) -> Value {
    let random = || secret::Token::random().unwrap().reveal().to_owned();
    let provider_message_id = provider_message_id.map_or_else(random, str::to_owned);
    json!({
        "provider_message_id": provider_message_id,
        "contact": { "address": address, "name": format!("Contact {address}") },
        "text": text,
        "sent_at": "2026-01-02T03:04:05Z",
    })
}

/// What signing in sends.
pub fn credentials(name: &str, password: &str) -> Value {
    json!({ "email": email(name), "password": password })
}

/// The mail address of somebody of the world.
pub fn email(name: &str) -> String {
    format!("{name}@example.test")
}

/// The secret of a line of the world.
pub fn line_secret(line: u32) -> String {
    format!("secret of line {line}")
}

async fn fill(store: &Store) {
    let mut tx = store.begin().await.unwrap();
    sqlx::raw_sql(include_str!("world.sql")).execute(&mut *tx).await.unwrap();
    sqlx::query("UPDATE app_user SET password_hash = $1")
        .bind(quick_hash(PASSWORD))
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// The hash says itself how much work it is; tests have no time to lose.
fn quick_hash(password: &str) -> String {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};
    let quick = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let hash: argon2::password_hash::phc::PasswordHash = quick.hash_password(password.as_bytes()).unwrap();
    hash.to_string()
}
