//! A connector file, read once and never looked at again: every expression is compiled, every name resolved.
//!
//! What stands in a file is described in `docs/connect.md` and by `public/connectors/schema.json`; what is
//! wrong in one is said by [`Mistake`]s with their place. Knows no network.

mod expr;
pub mod language;
mod list;
pub mod read;
mod secrets;
mod shape;
pub mod val;
mod vars;
mod write;

pub use expr::{Expr, ExprError, OUTPUTS, Place};
pub use list::{Filtering, List, Paging, PollBy, Polling, Source, Thread};
pub use read::{Mistake, Mistakes, read};
pub use shape::{Arrays, BodyKind, Call, Piece, Shape};
pub use val::Val;
pub use vars::{Var, Vars};
pub use write::{Native, Verify, Write};

use crate::backend::{FaultKind, Lookups, SignInBy};
use bandeja_model::closing::ClosingForms;
use std::collections::{BTreeMap, BTreeSet};

/// A compiled connector.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The connector's name.
    pub name: String,
    /// Settings that whoever installs it gives.
    pub settings: Vec<Setting>,
    /// Where the clocks stand that moments without an offset were read from: a name of the IANA database.
    pub zone: Option<Vec<Piece>>,
    /// How requests are sent.
    pub transport: Transport,
    /// Who may.
    pub auth: Auth,
    /// What a refusal looks like.
    pub errors: Errors,
    /// Names and choices.
    pub lookups: Names,
    /// Ways to list, the first whose condition holds.
    pub lists: Vec<List>,
    /// How to read one conversation: the call, and where it is in the answer.
    pub one: (Call, Expr),
    /// Fields of a conversation, over the raw one.
    pub conversation: Fields,
    /// The thread.
    pub thread: Option<Thread>,
    /// Changes of one, by the name of the act.
    pub acts: BTreeMap<String, Write>,
    /// Changes of many in one call, by the name of the act.
    pub bulk: BTreeMap<String, Native>,
    /// The closing forms that can be kept.
    pub forms: ClosingForms,
    /// How changes are noticed.
    pub polling: Polling,
    /// What the foreign API wants back to see that nothing changed: over the raw conversation, with `$headers`.
    pub token: Option<Expr>,
    /// Why something is off, by act or field of the filter.
    pub off: BTreeMap<String, String>,
    /// Names of the secrets that the host must have, or that signing in by token fills; those that signing in
    /// by password keeps are not among them.
    pub secrets: Vec<String>,
    /// Variables that any expression uses, itself or through a definition.
    pub uses: BTreeSet<Var>,
}

/// Something that whoever installs a connector gives.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub name: String,
    /// Value where none is given; none makes it required.
    pub default: Option<String>,
    /// What it is, for people.
    pub about: String,
}

/// How requests are sent.
#[derive(Clone, Debug)]
pub struct Transport {
    /// What every path begins with.
    pub base: Vec<Piece>,
    /// Headers of every request.
    pub headers: Vec<(String, Vec<Piece>)>,
    /// Query parameters of every request.
    pub query: Vec<(String, Shape)>,
    /// How several values of one parameter are written.
    pub arrays: Arrays,
    /// How long an answer may take, in milliseconds.
    pub timeout_ms: u32,
    /// Requests at once at most.
    pub concurrency: u32,
    /// Milliseconds between the starts of two requests that change something.
    pub pace_ms: u32,
    /// Bytes of an answer at most.
    pub max_bytes: usize,
}

/// Who may.
#[derive(Clone, Debug)]
pub struct Auth {
    /// What proves it in each request; pieces may use `$secret`.
    pub with: Credentials,
    /// A cookie that is copied to a header of changing requests.
    pub csrf: Option<Csrf>,
    /// How one signs in.
    pub sign_in: SignInBy,
    /// The calls of signing in, with `$args.email` and `$args.password`.
    pub sign_in_steps: Vec<Call>,
    /// What is kept afterwards, by the secret's name: over the last answer, with `$steps`.
    pub keeps: Vec<(String, Expr)>,
    /// The calls of signing out.
    pub sign_out: Vec<Call>,
    /// Signs that nobody is signed in any more.
    pub expired: Vec<Sign>,
    /// Who is signed in: where to ask, if anywhere, and its fields (`id`, `name`, `email`, `role`, `teams`).
    pub me: (Option<Call>, Fields),
}

/// What proves who is asking.
#[derive(Clone, Debug)]
pub enum Credentials {
    /// Nothing, or cookies of the host.
    None,
    /// A header.
    Header(String, Vec<Piece>),
    /// A query parameter.
    Query(String, Vec<Piece>),
    /// Basic, user and password.
    Basic(Vec<Piece>, Vec<Piece>),
    /// Cookies.
    Cookies,
}

/// A cookie that is copied to a header.
#[derive(Clone, Debug)]
pub struct Csrf {
    /// The cookie.
    pub cookie: String,
    /// The header.
    pub header: String,
}

/// A sign that nobody is signed in any more.
#[derive(Clone, Debug)]
pub enum Sign {
    /// That status.
    Status(u16),
    /// Led elsewhere.
    Redirected,
    /// HTML where JSON was expected.
    Html,
    /// Over `{status, headers, body}`.
    When(Expr),
}

/// What a refusal looks like.
#[derive(Clone, Debug)]
pub struct Errors {
    /// Where the message is, the first that yields a text; over the body (a text if it is no JSON).
    pub message: Vec<Expr>,
    /// An object of messages by foreign field, over the body.
    pub fields: Option<Expr>,
    /// Contract's field by foreign field.
    pub names: BTreeMap<String, String>,
    /// Which kind, the first whose status and condition hold (over `{status, headers, body}`); else by status.
    pub kinds: Vec<(Option<u16>, Option<Expr>, FaultKind)>,
}

/// Names and choices: calls where there are any, and what stands in the file.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// By kind (`users`, `teams`, `tags`, `categories`, `lines`, `campaigns`).
    pub sources: Vec<(String, Source)>,
    /// What stands in the file.
    pub fixed: Lookups,
}

/// Fields of a mapped thing by the contract's name, each with its expression.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub Vec<(String, Field)>);

/// One field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Over the raw thing.
    pub value: Expr,
    /// How a moment is written, if it is one.
    pub date: Date,
    /// It is HTML and becomes text.
    pub html: bool,
}

/// How a moment is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Date {
    /// As the value shows: RFC 3339 if a text, seconds if a number below 10^11, milliseconds above.
    #[default]
    Guess,
    /// Seconds since 1970; 0 and less is never.
    Seconds,
    /// Milliseconds since 1970; 0 and less is never.
    Millis,
    /// A chrono format. Where a moment names no offset from UTC it is this one in seconds, else the file's zone says it.
    Format(String, Option<i32>),
}
