//! The details of what a host page is told, as they are written on the wire. Part of the public interface: see
//! `docs/embed.md`.

use bandeja_client::{ClientError, Intent};
use bandeja_contract::{BulkJob, BulkSelection, Close, SessionUser};
use bandeja_model::{Conversation, ConversationId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `ready`
#[derive(Serialize)]
pub(super) struct Ready<'a> {
    pub(super) user: &'a SessionUser,
    pub(super) version: &'static str,
}

/// `error`
#[derive(Serialize)]
pub(super) struct Failed<'a> {
    pub(super) code: &'static str,
    pub(super) message: &'a str,
}

/// `auth-required`
#[derive(Serialize)]
pub(super) struct Unknown {
    pub(super) reason: &'static str,
}

/// `navigate`
#[derive(Clone, PartialEq, Eq, Serialize)]
pub(super) struct Where {
    pub(super) view: &'static str,
    pub(super) filter: String,
    pub(super) sort: &'static str,
    pub(super) conversation_id: Option<ConversationId>,
}

/// `conversation-opened`
#[derive(Serialize)]
pub(super) struct Opened<'a> {
    pub(super) conversation: &'a Conversation,
    pub(super) contact: &'a bandeja_model::Contact,
}

/// `before-close` and `conversation-closed`
#[derive(Serialize)]
pub(super) struct OfOne<'a> {
    pub(super) conversation: &'a Conversation,
    pub(super) contact: &'a bandeja_model::Contact,
    /// `close` or `cancel`.
    pub(super) how: &'static str,
    pub(super) closing: &'a Close,
    /// What stands in the fields the page asked for.
    pub(super) values: &'a BTreeMap<String, String>,
}

impl<'a> OfOne<'a> {
    /// `None`: the intent ends nothing.
    pub(super) fn of(
        conversation: &'a Conversation,
        intent: &'a Intent,
        values: &'a BTreeMap<String, String>,
    ) -> Option<Self> {
        let (how, closing) = how(intent)?;
        Some(Self { conversation, contact: &conversation.contact, how, closing, values })
    }
}

/// `before-close` of many
#[derive(Serialize)]
pub(super) struct OfMany<'a> {
    many: Selected<'a>,
    how: &'static str,
    closing: &'a Close,
    values: &'a BTreeMap<String, String>,
}

/// What is selected: named ones, or all that match but some.
#[derive(Serialize)]
struct Selected<'a> {
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<&'a [ConversationId]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<&'a str>,
    #[serde(skip_serializing_if = "<[ConversationId]>::is_empty")]
    except: &'a [ConversationId],
}

impl<'a> OfMany<'a> {
    /// `None`: the intent ends nothing.
    pub(super) fn of(
        count: u64,
        selection: &'a BulkSelection,
        intent: &'a Intent,
        values: &'a BTreeMap<String, String>,
    ) -> Option<Self> {
        let (how, closing) = how(intent)?;
        let BulkSelection { ids, filter, except } = selection;
        let many = Selected { count, ids: ids.as_deref(), filter: filter.as_deref(), except };
        Some(Self { many, how, closing, values })
    }
}

/// How an intent ends something, if it does.
fn how(intent: &Intent) -> Option<(&'static str, &Close)> {
    match intent {
        Intent::Close(closing) => Some(("close", closing)),
        Intent::Cancel(closing) => Some(("cancel", closing)),
        _ => None,
    }
}

/// `bulk-progress` and `bulk-finished`
#[derive(Serialize)]
pub(super) struct Work<'a> {
    pub(super) job: &'a BulkJob,
}

/// `unread-changed`
#[derive(Serialize)]
pub(super) struct Unread {
    pub(super) unread: u64,
}

/// What the page answers to `before-close`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    pub(super) veto: Option<String>,
    pub(super) fields: Vec<Field>,
}

/// A field it asks for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
}

/// The code of an error, as hosts compare it.
pub(super) fn code_of(error: &ClientError) -> &'static str {
    match error {
        ClientError::Offline => "unreachable",
        ClientError::Timeout => "timeout",
        ClientError::SignedOut => "unauthorized",
        // Something answers there, and it is no Bandeja; or what is between the two is broken.
        ClientError::Malformed { .. } => "bad-answer",
        ClientError::Problem(_) => "server",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_a_page_is_told_how_many_and_which() {
        let selection = BulkSelection {
            ids: None,
            filter: Some("view=all&q=nogal".to_owned()),
            except: vec!["7".into()],
        };
        let (intent, values) = (Intent::Cancel(Close::default()), BTreeMap::new());
        let told = serde_json::to_value(OfMany::of(12, &selection, &intent, &values)).unwrap();
        assert_eq!(
            told["many"],
            serde_json::json!({ "count": 12, "filter": "view=all&q=nogal", "except": ["7"] })
        );
        assert_eq!(told["how"], "cancel");
    }
}
