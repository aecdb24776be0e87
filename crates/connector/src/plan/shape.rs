//! What a request is made from: texts with holes, JSON with holes.

use super::{Expr, Place};
use serde_json::Value;

/// A part of a text.
#[derive(Clone, Debug)]
pub enum Piece {
    /// As it stands.
    Text(String),
    /// `{{jq}}`.
    Hole(Expr),
}

/// JSON with holes. A text that is one hole keeps the type of its value; one that yields nothing leaves its key out.
#[derive(Clone, Debug)]
pub enum Shape {
    /// As it stands.
    Fixed(Value),
    /// One hole.
    Hole(Expr),
    /// A text with holes.
    Text(Vec<Piece>),
    /// A list.
    List(Vec<Shape>),
    /// An object.
    Object(Vec<(String, Shape)>),
}

/// How several values of one query parameter are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrays {
    /// `k=a&k=b`
    #[default]
    Repeat,
    /// `k=a,b`
    Comma,
    /// `k=a|b`
    Pipe,
    /// `k[]=a&k[]=b`
    Brackets,
}

/// How a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BodyKind {
    /// JSON.
    #[default]
    Json,
    /// A form.
    Form,
    /// Multipart.
    Multipart,
}

/// A foreign request.
#[derive(Clone, Debug)]
pub struct Call {
    /// `GET`, …
    pub method: String,
    /// Behind the base; each hole is encoded as one segment.
    pub path: Vec<Piece>,
    /// Query parameters; null and nothing leave one out, lists are written as [`Arrays`] says.
    pub query: Vec<(String, Shape)>,
    /// Headers.
    pub headers: Vec<(String, Vec<Piece>)>,
    /// The body.
    pub body: Option<(BodyKind, Shape)>,
    /// Sent only if this holds.
    pub when: Option<Expr>,
    /// Sent once for each value, which is `$each`.
    pub each: Option<Expr>,
    /// Besides a good status this must hold, over `{status, headers, body}`.
    pub success: Option<Expr>,
    /// Kept for later steps under `$steps.<name>`, over the body with `$headers`.
    pub save: Vec<(String, Expr)>,
    /// Where it stands in the file.
    pub place: Place,
}
