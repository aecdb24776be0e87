//! API keys of back ends: making, listing, revoking. A secret is printed once, when it is made.

use super::admin::print;
use super::{CreateKey, Failure, ListKeys, RevokeKey, run};
use crate::clock::Clock;
use crate::http::api_key::KEY;
use crate::secret::Token;
use crate::store::api_keys::{self, ApiKey};
use crate::store::lookups::{self, settings};
use crate::store::{Store, StoreError};
use bandeja_model::limits::NAME_CHARS;
use bandeja_model::{Scopes, Timestamp};
use chrono::SecondsFormat;
use std::io::Write;

/// How much of a secret is kept to tell keys apart by, in characters behind the common beginning.
const SHOWN_CHARS: usize = 8;

pub(super) async fn create(asked: CreateKey) -> Result<(), Failure> {
    let name = asked.name.trim();
    if name.is_empty() || name.chars().nth(NAME_CHARS).is_some() {
        return Err(Failure::Refused(format!("a key has a name of at most {NAME_CHARS} characters")));
    }
    let scopes = bounds(&asked.scopes);
    let store = run::open(&asked.at.database).await?;
    let mut tx = store.begin().await?;
    let known = lookups::line_ids(&mut tx).await?;
    if let Some(line) = scopes.lines.iter().flatten().find(|line| !known.contains(line)) {
        return Err(Failure::Refused(format!("there is no line {line}; see bandeja-server lines")));
    }
    let secret = Token::random_named(KEY).map_err(|error| Failure::Refused(error.to_string()))?;
    let prefix: String = secret.reveal().chars().take(KEY.len() + SHOWN_CHARS).collect();
    let origins: Vec<String> = asked.origins.iter().map(ToString::to_string).collect();
    let new = api_keys::New {
        name,
        prefix: &prefix,
        secret_hash: &secret.hash(),
        origins: &origins,
        scopes: &scopes,
        native: asked.native,
    };
    let id = api_keys::create(&mut tx, new, Clock::default().wall()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    store.close().await;
    // Only the secret goes to standard output, so that a script can put it where it belongs.
    let _ = writeln!(std::io::stderr(), "key {id}, {prefix}…; its secret is not shown again:");
    print(&format!("{}\n", secret.reveal()))
}

/// The bounds that the words of the command line name.
fn bounds(words: &[Bound]) -> Scopes {
    let mut scopes = Scopes::default();
    for word in words {
        match word {
            Bound::ReadOnly => scopes.readonly = true,
            Bound::Line(line) => {
                scopes.lines.get_or_insert_default().insert(line.as_str().into());
            }
        }
    }
    scopes
}

/// One bound of a key's tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// They change nothing.
    ReadOnly,
    /// They reach this line, and others only if those are named too.
    Line(String),
}

/// Reads one bound.
pub(super) fn bound(text: &str) -> Result<Bound, String> {
    match text.trim().split_once(':') {
        None if text.trim() == "readonly" => Ok(Bound::ReadOnly),
        Some(("line", line)) if !line.is_empty() => Ok(Bound::Line(line.to_owned())),
        _ => Err("write readonly, or line:ID for each line".to_owned()),
    }
}

pub(super) async fn list(asked: ListKeys) -> Result<(), Failure> {
    let store = run::open(&asked.at.database).await?;
    let keys = api_keys::all(&mut *store.read().await?).await?;
    store.close().await;
    if asked.json {
        let keys: Vec<_> = keys.iter().map(as_json).collect();
        return print(&format!("{}\n", serde_json::Value::from(keys)));
    }
    for key in keys {
        print(&format!("{}\n", as_line(&key)))?;
    }
    Ok(())
}

fn as_json(key: &ApiKey) -> serde_json::Value {
    let at = |at: Option<Timestamp>| at.map(written);
    serde_json::json!({
        "id": key.id.to_string(), "name": key.name, "prefix": key.prefix, "origins": key.origins,
        "scopes": key.scopes, "native": key.native, "created_at": written(key.created_at),
        "used_at": at(key.used_at), "revoked_at": at(key.revoked_at),
    })
}

/// Id, beginning, state, when it was used, bounds, origins, name: the columns that may hold spaces come last.
fn as_line(key: &ApiKey) -> String {
    let state = key.revoked_at.map_or("live".to_owned(), |at| format!("revoked {}", written(at)));
    let used = key.used_at.map_or("never used".to_owned(), |at| format!("used {}", written(at)));
    let mut bounds: Vec<String> = key.scopes.readonly.then(|| "readonly".to_owned()).into_iter().collect();
    bounds.extend(key.scopes.lines.iter().flatten().map(|line| format!("line:{line}")));
    if bounds.is_empty() {
        bounds.push("everything".to_owned());
    }
    if key.native {
        bounds.push("native".to_owned());
    }
    let columns = [
        key.id.to_string(),
        format!("{}…", key.prefix),
        state,
        used,
        bounds.join(","),
        key.origins.join(","),
        key.name.clone(),
    ];
    columns.join("\t")
}

fn written(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(super) async fn revoke(asked: RevokeKey) -> Result<(), Failure> {
    let store = run::open(&asked.at.database).await?;
    let (now, wall) = (product_time(&store).await?, Clock::default().wall());
    let mut tx = store.begin().await?;
    let done = api_keys::revoke(&mut tx, &asked.id, now, wall).await?;
    tx.commit().await.map_err(StoreError::from)?;
    store.close().await;
    let refused =
        || Failure::Refused(format!("there is no live key {}; see bandeja-server api-key list", asked.id));
    done.then_some(()).ok_or_else(refused)
}

/// The time that product rules go by: a demo's clock may be ahead.
pub(super) async fn product_time(store: &Store) -> Result<Timestamp, StoreError> {
    let ahead_ms = settings::clock_offset_ms(&mut *store.read().await?).await?;
    Ok(Clock::ahead_by(ahead_ms).now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_and_other_words_refused() {
        let read = |words: &[&str]| {
            let words: Vec<Bound> = words.iter().map(|word| bound(word).unwrap()).collect();
            serde_json::to_string(&bounds(&words)).unwrap()
        };
        assert_eq!(read(&[]), "{}");
        assert_eq!(read(&["readonly", "line:2", "line:1"]), r#"{"readonly":true,"lines":["1","2"]}"#);
        for word in ["", "write", "line:", "line", "lines:1", "readonly:yes"] {
            assert!(bound(word).is_err(), "{word}");
        }
    }
}
