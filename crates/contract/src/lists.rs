//! Lists, pages, counts and threads.

use bandeja_model::{Conversation, Message, Sort};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Total {
    /// The number.
    pub value: u64,
    /// Exact, else "about".
    pub exact: bool,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// How many there are in all.
    #[serde(default)]
    pub total: Total,
    /// Where the next page begins; nothing after the last.
    #[serde(default)]
    pub next: Option<String>,
    /// Where the previous page begins; nothing before the first.
    #[serde(default)]
    pub prev: Option<String>,
}

/// A page of conversations.
pub type ConversationPage = Page<Conversation>;
/// A page of a thread, oldest entry first; `prev` leads to older ones.
pub type MessagePage = Page<Message>;

/// `POST /conversations/query`: the list with the filter in the body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConversationQuery {
    /// The filter, as in a query string.
    #[serde(default)]
    pub filter: String,
    /// Order.
    #[serde(default)]
    pub sort: Sort,
    /// Rows wanted, at most 200.
    #[serde(default)]
    pub limit: Option<u32>,
    /// A cursor of an earlier answer.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Rows to leave out from the start; not together with a cursor.
    #[serde(default)]
    pub offset: Option<u64>,
}

/// `GET /conversations/facets`: for each field, how many would match if only that option were
/// chosen in the field and the other fields stayed. Keys are fields and values as in a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facets {
    /// How many match the whole filter.
    pub total: Total,
    /// Counts by field and value; options with none are left out.
    pub facets: BTreeMap<String, BTreeMap<String, u64>>,
}

/// `GET /conversations/counts`: what the rail shows beside each view, by the view's code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// How many match [`bandeja_model::View::filter`].
    pub views: BTreeMap<String, u64>,
}
