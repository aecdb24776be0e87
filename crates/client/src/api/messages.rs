//! Threads and the event stream.

use super::core::{Api, Call, Failure};
use crate::error::ClientError;
use crate::traits::{Bytes, Method};
use bandeja_contract::{MessagePage, NewMessage, Posted, headers, paths};
use bandeja_model::ConversationId;
use std::fmt::Write;

/// Entries of a thread asked for at a time.
const ENTRIES: u32 = 50;

impl Api {
    /// `GET /conversations/{id}/messages`: the newest page, or the one `cursor` leads to.
    pub async fn messages(
        &self,
        id: &ConversationId,
        cursor: Option<&str>,
    ) -> Result<MessagePage, ClientError> {
        let mut path = format!("{}?limit={ENTRIES}", paths::messages(id));
        if let Some(cursor) = cursor {
            path.push_str("&cursor=");
            encode(&mut path, cursor);
        }
        Ok(self.ask(Call::get(path)).await?)
    }

    /// `POST /conversations/{id}/messages`. The message's own id makes a repeat harmless.
    pub async fn post_message(&self, id: &ConversationId, message: &NewMessage) -> Result<Posted, Failure> {
        let mut call = Call::new(Method::Post, paths::messages(id)).json(message);
        if let Some(key) = &message.client_id {
            call = call.header(headers::IDEMPOTENCY_KEY, key.clone());
        }
        self.ask(call).await
    }

    /// `GET /events`, from behind the event `after` where one is known.
    pub async fn events(&self, after: Option<&str>) -> Result<Box<dyn Bytes>, ClientError> {
        let mut call = Call::get(paths::EVENTS).header("Accept", "text/event-stream");
        if let Some(id) = after {
            call = call.header(headers::LAST_EVENT_ID, id);
        }
        Ok(self.open(call).await?.body)
    }
}

/// Percent-encodes an opaque value for a query string.
pub(super) fn encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
}
