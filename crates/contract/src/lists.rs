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
    /// What this answer does not know, where something stands in the way of all rows: of a connector only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<Partial>,
}

/// Where rows come only from those loaded so far: a foreign system cannot filter or order by everything, so the rest
/// is done over what was loaded, and rows behind that are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Partial {
    /// Rows loaded so far, before the filter.
    pub loaded: u64,
    /// There are more behind them.
    #[serde(default)]
    pub more: bool,
    /// Rows the foreign system speaks of in all, if it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// Fields of the filter that were applied to the loaded rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
    /// The order was made of the loaded rows.
    #[serde(default)]
    pub sorted: bool,
    /// Rows that could not be read and are left out.
    #[serde(default)]
    pub bad: u64,
    /// What was wrong with the first of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_fault: Option<String>,
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
    /// How many match [`bandeja_model::View::filter`]; what is absent is not known.
    pub views: BTreeMap<String, u64>,
}
