//! Reading: lists with their pages and filters, threads, names, and what changed.

use super::{Call, Expr, Fields, Piece, Shape};
use std::collections::BTreeMap;

/// A way to list conversations.
#[derive(Clone, Debug)]
pub struct List {
    /// Taken if this holds, with `$filter` (`{field: {is: […], not: […]}}`) and `$sort`.
    pub when: Option<Expr>,
    /// The call. Its shapes may use `$filter`, `$clauses`, `$each`, `$page`.
    pub call: Call,
    /// The raw conversations, over the body with `$headers`.
    pub items: Expr,
    /// How many match.
    pub total: Option<Expr>,
    /// How to go on.
    pub paging: Paging,
    /// The parameter that says how many rows.
    pub size_param: Option<String>,
    /// Rows a page at most.
    pub size: u32,
    /// This was the last page, over the body with `$headers` and `$page` (`{number, offset, size, count}`).
    pub end: Option<Expr>,
    /// How each field of the filter is applied.
    pub filters: BTreeMap<String, Filtering>,
    /// Query parameters for each order, by the order's code.
    pub sorts: BTreeMap<String, Vec<(String, Shape)>>,
}

/// How a field of the filter is applied. Expressions have `$values` (wanted) and `$not` (unwanted).
#[derive(Clone, Debug)]
pub struct Filtering {
    /// Query parameters.
    pub query: Vec<(String, Shape)>,
    /// Entries of `$clauses`.
    pub clause: Option<Expr>,
    /// One request for each value it yields, as `$each`; rows are merged.
    pub each: Option<Expr>,
    /// Holds for values that can be applied there; others are applied to the rows.
    pub only: Option<Expr>,
    /// Unwanted values are applied there too.
    pub not: bool,
    /// Applied to the rows.
    pub here: bool,
}

/// How to go on in a list.
#[derive(Clone, Debug)]
pub enum Paging {
    /// All in one.
    Whole,
    /// By number: the parameter, and the first page's number.
    Page(String, u64),
    /// By rows left out: the parameter.
    Offset(String),
    /// By what the answer says: the parameter, and the next value over the body with `$headers`.
    Cursor(String, Expr),
    /// By an address in the answer, of which only the query is used; over the body with `$headers`.
    Address(Expr),
    /// By the `Link` header.
    Link,
    /// By the last row: the parameter, and the value over the last raw row.
    Last(String, Expr),
}

/// Where raw things come from.
#[derive(Clone, Debug)]
pub struct Source {
    /// The call; none looks into the raw conversation.
    pub call: Option<Call>,
    /// The raw things, over the body with `$headers`, or over the raw conversation.
    pub items: Expr,
    /// How to go on.
    pub paging: Paging,
    /// This was the last page.
    pub end: Option<Expr>,
    /// Pages read at most.
    pub pages: u32,
    /// Their fields.
    pub fields: Fields,
}

/// A thread. Entries of all sources are put together by their moments.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Where entries come from. Field `kind` says `message`, `note`, `event` or `drop`.
    pub sources: Vec<Source>,
    /// An entry made from the raw conversation itself, as the first.
    pub first: Option<Fields>,
    /// The first source gives the newest page first and goes on to older ones; else it is read whole.
    pub newest_first: bool,
}

/// How changes are noticed.
#[derive(Clone, Debug)]
pub struct Polling {
    /// Milliseconds between two looks at least; 0 is never.
    pub every_ms: u32,
    /// How.
    pub by: PollBy,
    /// What says at once that there is something to look for.
    pub stream: Option<Stream>,
}

/// A stream of what happens at the foreign API. Its messages are hints that it is time to look, and nothing more: what
/// changed is read as always, so that a message that is lost, repeated or early does no harm.
#[derive(Clone, Debug)]
pub struct Stream {
    /// What kind.
    pub adapter: Adapter,
    /// What its address begins with, where that is not the transport's base.
    pub base: Option<Vec<Piece>>,
    /// Where it is; may use `$secret`.
    pub call: Call,
    /// What is sent when it stands; may use `$secret`. Texts as they are, everything else as JSON.
    pub say: Vec<Shape>,
    /// Holds for messages that count, over the message: JSON, or else its text.
    pub when: Option<Expr>,
}

/// Kinds of streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adapter {
    /// Server-sent events: an answer that does not end.
    Sse,
    /// A WebSocket.
    WebSocket,
}

/// How changes are noticed.
#[derive(Clone, Debug)]
pub enum PollBy {
    /// What is shown is read again.
    Again,
    /// The same with `If-None-Match`.
    Etag,
    /// A call that gives what changed since `$since` (seconds, with `$since_text` as RFC 3339), and its raw rows.
    Since(Box<Call>, Expr),
}
