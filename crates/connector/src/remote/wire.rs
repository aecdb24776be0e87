//! What is said between an engine and whoever asks it. Each message is a JSON object.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// To the engine. No `Debug`: bodies hold passwords.
#[derive(Deserialize, Serialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum ToEngine {
    /// The first message: what to run.
    Start(Start),
    /// A call of the contract.
    Call(Call),
    /// Nobody waits for that answer any more.
    Cancel {
        /// The call's number.
        id: u64,
    },
    /// Asks for a sign of life.
    Ping,
    /// Whether somebody looks at the page.
    Seen {
        /// Somebody does.
        visible: bool,
    },
    /// Texts that are kept by now, whoever wrote them: another tab's engine, or an earlier one of the same user.
    Stored {
        /// By their keys; none is gone.
        texts: BTreeMap<String, Option<String>>,
        /// An earlier engine left them, which is over: jobs are taken over from it.
        #[serde(default)]
        begins: bool,
    },
    /// The answer to [`FromEngine::Renew`].
    Renewed {
        /// The question's number.
        ask: u64,
        /// The fresh secret, if there is one.
        value: Option<String>,
    },
}

/// What to run. No `Debug`: secrets are in it.
#[derive(Clone, Deserialize, Serialize)]
pub struct Start {
    /// The connector's file, by its name.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// Values of its settings.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
    /// Tokens and passwords by name.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
    /// What was kept before.
    #[serde(default)]
    pub storage: BTreeMap<String, String>,
    /// The other side answers [`FromEngine::Renew`].
    #[serde(default)]
    pub renews: bool,
}

/// A call of the contract.
#[derive(Deserialize, Serialize)]
pub struct Call {
    /// Its number, never used again.
    pub id: u64,
    /// `GET`, …
    pub method: String,
    /// Path and query.
    pub url: String,
    /// Headers; those that the contract does not know are not looked at.
    #[serde(default)]
    pub headers: Vec<(String, String)>,
    /// JSON text.
    #[serde(default)]
    pub body: Option<String>,
    /// The page's readable cookies, where the engine has a page.
    #[serde(default)]
    pub cookies: Option<String>,
}

/// From the engine.
#[derive(Deserialize, Serialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum FromEngine {
    /// The file cannot be run.
    Failed {
        /// Every mistake in it, in words.
        why: String,
    },
    /// An answer begins.
    Head {
        /// The call's number.
        id: u64,
        /// HTTP status.
        status: u16,
        /// Headers.
        headers: Vec<(String, String)>,
    },
    /// A piece of its body.
    Part {
        /// The call's number.
        id: u64,
        /// The piece.
        text: String,
    },
    /// The body is over.
    End {
        /// The call's number.
        id: u64,
    },
    /// It lives.
    Pong,
    /// A text to be kept beyond the engine's life; none takes it away.
    Store {
        /// Under which key.
        key: String,
        /// The text.
        value: Option<String>,
    },
    /// A secret to begin with if the engine has to be started anew; none forgets it.
    Keep {
        /// Its name.
        name: String,
        /// The secret.
        value: Option<String>,
    },
    /// The foreign API refused a secret: is there a fresh one?
    Renew {
        /// The question's number.
        ask: u64,
        /// The secret's name.
        name: String,
    },
}
