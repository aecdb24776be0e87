//! Tokens, lines, the first super admin, and who is let in.

use super::{Failure, FirstAdmin, Lines, Token, User, api_key, run};
use crate::api::session::DEMO_PASSWORD;
use crate::clock::Clock;
use crate::secret;
use crate::store::events::{self, StoredEvent};
use crate::store::{StoreError, lookups, sessions, users};
use bandeja_model::Scopes;
use std::io::{Read, Write};

/// Shortest password of the first super admin, in characters.
const PASSWORD_CHARS: usize = 10;

pub(super) async fn token(asked: Token) -> Result<(), Failure> {
    let store = run::open(&asked.at.database).await?;
    let mut tx = store.begin().await?;
    let account = users::account(&mut tx, &asked.user).await?.filter(|account| account.active);
    let Some(account) = account else {
        return Err(Failure::Refused(format!("there is no active user {}", asked.user)));
    };
    let token = secret::Token::random().map_err(|error| Failure::Refused(error.to_string()))?;
    let now = Clock::default().wall();
    let new = sessions::New {
        token_hash: &token.hash(),
        user: account.key,
        kind: sessions::Kind::Bearer,
        csrf: None,
        expires_at: now + asked.ttl,
        api_key: None,
        scopes: &Scopes::default(),
    };
    sessions::begin(&mut tx, new, now).await?;
    tx.commit().await.map_err(StoreError::from)?;
    store.close().await;
    print(&format!("{}\n", token.reveal()))
}

pub(super) async fn lines(asked: Lines) -> Result<(), Failure> {
    let store = run::open(&asked.at.database).await?;
    let lines = lookups::secret_lines(&mut *store.read().await?).await?;
    store.close().await;
    if asked.json {
        let lines: Vec<_> = lines
            .iter()
            .map(|line| {
                let (id, channel) = (line.id.as_str(), line.channel.code());
                serde_json::json!({ "id": id, "channel": channel, "name": line.name, "secret": line.secret })
            })
            .collect();
        return print(&format!("{}\n", serde_json::Value::from(lines)));
    }
    for line in lines {
        print(&format!("{}\t{}\t{}\t{}\n", line.id, line.channel.code(), line.secret, line.name))?;
    }
    Ok(())
}

pub(super) async fn first_admin(asked: FirstAdmin) -> Result<(), Failure> {
    let refused = |why: &str| Err(Failure::Refused(why.to_owned()));
    if !asked.email.contains('@') || asked.name.trim().is_empty() {
        return refused("a mail address and a name are needed");
    }
    let password = password()?;
    if password.chars().nth(PASSWORD_CHARS - 1).is_none() || password == DEMO_PASSWORD {
        return refused("the password needs 10 characters and must not be that of the demo");
    }
    let hash = secret::hash_password(&password).map_err(|error| Failure::Refused(error.to_string()))?;
    let store = run::open(&asked.at.database).await?;
    let mut tx = store.begin().await?;
    if users::has_super_admin(&mut tx).await? {
        return refused("there is a super admin already");
    }
    if users::account(&mut tx, &asked.email).await?.is_some() {
        return refused("the mail address is taken");
    }
    users::add_super_admin(&mut tx, &asked.email, asked.name.trim(), &hash).await?;
    tx.commit().await.map_err(StoreError::from)?;
    store.close().await;
    Ok(())
}

pub(super) async fn user(asked: User) -> Result<(), Failure> {
    let store = run::open(&asked.at.database).await?;
    let now = api_key::product_time(&store).await?;
    let mut tx = store.begin().await?;
    let Some(account) = users::account(&mut tx, &asked.email).await? else {
        return Err(Failure::Refused(format!("there is no user {}", asked.email)));
    };
    users::set_active(&mut tx, account.key, asked.activate).await?;
    if asked.deactivate {
        sessions::end_all(&mut tx, account.key).await?;
        events::append(&mut tx, now, &StoredEvent::SessionsEnded).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    store.close().await;
    Ok(())
}

/// From the environment, else the first line of standard input; never an argument, which others see.
fn password() -> Result<String, Failure> {
    if let Ok(password) = std::env::var("BANDEJA_PASSWORD") {
        return Ok(password);
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(4_096).read_to_string(&mut text);
    read.map_err(|error| Failure::Io("the password cannot be read".to_owned(), error))?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Writes to standard output.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let done = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    done.map_err(|error| Failure::Io("cannot write".to_owned(), error))
}
