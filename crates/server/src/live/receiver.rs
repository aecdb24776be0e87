//! What one receiver is told of an event: rights are asked at the moment of sending, with the
//! receiver's rights of that moment and the conversation as it is then (P4).

use crate::store::{StoreError, conversations, events, thread, users};
use bandeja_contract::Event;
use bandeja_model::permission::can_see;
use bandeja_model::{Actor, Availability, Conversation, ConversationId, Message, UserId};
use events::{Numbered, Sight, StoredEvent};
use sqlx::SqliteConnection;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// An event with all that deciding about it needs.
#[derive(Clone, Debug)]
pub struct LiveEvent {
    /// Its place in the order.
    pub id: i64,
    what: What,
}

#[derive(Clone, Debug)]
enum What {
    Conversation {
        subject: Arc<Subject>,
        before: Option<Sight>,
        changed: Vec<String>,
        by: Option<UserId>,
    },
    Message {
        subject: Arc<Subject>,
        message: Arc<Message>,
        new: bool,
    },
    Availability {
        colleague: Actor,
        availability: Availability,
    },
    /// What it was about is gone.
    Nothing,
}

/// A conversation as it is now, seen by nobody in particular.
#[derive(Debug)]
struct Subject {
    conversation: Conversation,
    /// Mentioned in the running episode, or in the last if none runs.
    mentioned: BTreeSet<UserId>,
}

impl Subject {
    /// As `viewer` sees it, if they may.
    fn seen_by(&self, viewer: &Actor) -> Option<Conversation> {
        let mentioned = self.conversation.status.is_open() && self.mentioned.contains(&viewer.id);
        let mut conversation = self.conversation.clone();
        conversation.mentioned = mentioned;
        can_see(viewer, &conversation).then_some(conversation)
    }

    /// Whether `viewer` saw it before a change, when it stood like `before`.
    fn was_seen_by(&self, viewer: &Actor, before: &Sight) -> bool {
        let mut conversation = self.conversation.clone();
        conversation.campaign = before.campaign.clone();
        conversation.team.clone_from(&before.team);
        conversation.owner.clone_from(&before.owner);
        // A mention lends sight until the episode ends, so an ended one may have been seen by it.
        conversation.mentioned = self.mentioned.contains(&viewer.id);
        can_see(viewer, &conversation)
    }
}

impl LiveEvent {
    /// What `viewer` is told; `None` if it is none of their business.
    pub fn told_to(&self, viewer: &Actor) -> Option<Event> {
        match &self.what {
            What::Conversation { subject, before, changed, by } => match subject.seen_by(viewer) {
                Some(conversation) => Some(Event::ConversationChanged {
                    conversation: Box::new(conversation),
                    changed: changed.clone(),
                    by: by.clone(),
                }),
                None => before
                    .as_ref()
                    .is_some_and(|before| subject.was_seen_by(viewer, before))
                    .then(|| Event::ConversationRemoved { id: subject.conversation.id.clone() }),
            },
            What::Message { subject, message, new } => {
                subject.seen_by(viewer)?;
                let message = Box::new(Message::clone(message));
                Some(if *new { Event::MessageCreated { message } } else { Event::MessageChanged { message } })
            }
            What::Availability { colleague, availability } => {
                let shares = colleague.id == viewer.id
                    || colleague.role == bandeja_model::Role::SuperAdmin
                    || viewer.role == bandeja_model::Role::SuperAdmin
                    || !colleague.campaigns.is_disjoint(&viewer.campaigns);
                let (user, availability) = (colleague.id.clone(), *availability);
                shares.then_some(Event::AvailabilityChanged { user, availability })
            }
            What::Nothing => None,
        }
    }
}

/// Looks up what deciding about `events` needs, each conversation once.
pub async fn prepare(
    connection: &mut SqliteConnection,
    events: Vec<Numbered>,
) -> Result<Vec<LiveEvent>, StoreError> {
    let mut subjects = HashMap::new();
    let mut prepared = Vec::with_capacity(events.len());
    for Numbered { id, event } in events {
        let what = match event {
            StoredEvent::Conversation { id, before, changed, by } => {
                match subject(&mut *connection, &mut subjects, id).await? {
                    Some(subject) => What::Conversation { subject, before, changed, by },
                    None => What::Nothing,
                }
            }
            StoredEvent::Message { conversation_id, message_id, new } => {
                let subject = subject(&mut *connection, &mut subjects, conversation_id).await?;
                let message = thread::load(&mut *connection, &message_id).await?;
                match (subject, message) {
                    (Some(subject), Some(message)) => {
                        What::Message { subject, message: Arc::new(message), new }
                    }
                    _ => What::Nothing,
                }
            }
            StoredEvent::Availability { user, availability } => {
                let key = crate::store::key(user.as_str()).unwrap_or_default();
                match users::actor(&mut *connection, key).await? {
                    Some(colleague) => What::Availability { colleague, availability },
                    None => What::Nothing,
                }
            }
        };
        prepared.push(LiveEvent { id, what });
    }
    Ok(prepared)
}

async fn subject(
    connection: &mut SqliteConnection,
    known: &mut HashMap<ConversationId, Option<Arc<Subject>>>,
    id: ConversationId,
) -> Result<Option<Arc<Subject>>, StoreError> {
    if let Some(found) = known.get(&id) {
        return Ok(found.clone());
    }
    let found = match conversations::load(&mut *connection, &id, None).await? {
        Some(conversation) => {
            let mentioned = events::mentioned(&mut *connection, &id).await?;
            Some(Arc::new(Subject { conversation, mentioned }))
        }
        None => None,
    };
    known.insert(id, found.clone());
    Ok(found)
}
