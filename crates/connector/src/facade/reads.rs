//! What was read, where the foreign API does not know: kept here, by user, in what outlives the engine.

use crate::host::Host;
use bandeja_model::{Conversation, ConversationId, Direction, Timestamp, UserId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Marks kept; of more, the oldest go.
const KEPT: usize = 5_000;

/// Until when a conversation was read; nothing: it is to count as unread.
type Mark = Option<i64>;

#[derive(Default)]
pub(super) struct Reads(RefCell<Option<Own>>);

struct Own {
    user: UserId,
    storage: Rc<dyn crate::host::Storage>,
    prefix: String,
    /// What came before was read: the first look at an inbox of years does not show it all as new.
    since: i64,
    marks: HashMap<ConversationId, Mark>,
}

impl Reads {
    /// Nobody's marks from now on.
    pub(super) fn leave(&self) {
        self.0.borrow_mut().take();
    }

    /// The marks of a user from now on; whether there were another's before.
    pub(super) fn of_user(&self, host: &Host, user: &UserId) -> bool {
        if self.0.borrow().as_ref().is_some_and(|own| own.user == *user) {
            return false;
        }
        let prefix = format!("connector.{user}.read.");
        let begun = format!("connector.{user}.since");
        let now = host.clock.now().timestamp_millis();
        let since = host.storage.get(&begun).and_then(|text| text.parse().ok()).unwrap_or_else(|| {
            // If it cannot be kept, the next start begins anew.
            let _ = host.storage.set(&begun, &now.to_string());
            now
        });
        let marks = host.storage.keys(&prefix).into_iter().filter_map(|key| {
            let id = key.strip_prefix(&prefix)?;
            Some((ConversationId::new(id), host.storage.get(&key)?.parse().ok()))
        });
        let marks = marks.collect();
        let (user, storage) = (user.clone(), host.storage.clone());
        self.0.borrow_mut().replace(Own { user, storage, prefix, since, marks }).is_some()
    }

    /// Says of a conversation whether it is unread.
    pub(super) fn mark(&self, conversation: &mut Conversation) {
        let own = self.0.borrow();
        let Some(own) = own.as_ref() else { return };
        let until = own.marks.get(&conversation.id).copied().unwrap_or(Some(own.since));
        let last = conversation.last_message.as_ref();
        let newest =
            last.filter(|last| last.direction == Direction::In).map(|last| last.at.timestamp_millis());
        conversation.unread = match until {
            None => conversation.unread.max(1),
            Some(until) if newest.is_some_and(|at| at > until) => conversation.unread.max(1),
            Some(_) => 0,
        };
    }

    /// It was read up to `until`, or counts as unread.
    pub(super) fn set(&self, id: &ConversationId, until: Option<Timestamp>) {
        let mut own = self.0.borrow_mut();
        let Some(own) = own.as_mut() else { return };
        if own.marks.len() >= KEPT && !own.marks.contains_key(id) {
            let oldest = own.marks.iter().min_by_key(|(_, mark)| **mark).map(|(id, _)| id.clone());
            if let Some(oldest) = oldest {
                own.marks.remove(&oldest);
                own.storage.remove(&format!("{}{oldest}", own.prefix));
            }
        }
        let mark = until.map(|until| until.timestamp_millis());
        own.marks.insert(id.clone(), mark);
        let text = mark.map_or_else(|| "unread".to_owned(), |at| at.to_string());
        // Without room it holds as long as the engine lives.
        let _ = own.storage.set(&format!("{}{id}", own.prefix), &text);
    }
}
