//! What one receiver is told of an event: rights are asked at the moment of sending, with the
//! receiver's rights of that moment and the conversation as it is then (P4).

use crate::clock::Clock;
use crate::store::bulk::job;
use crate::store::{StoreError, conversations, events, glance, thread, users};
use bandeja_contract::{BulkJob, Event};
use bandeja_model::permission::can_see;
use bandeja_model::{
    Actor, Availability, CampaignId, Conversation, ConversationId, Message, Scopes, TeamId, UserId,
};
use events::{Numbered, Sight, StoredEvent, Touched};
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
    Conversations {
        /// Each as it is now, and as it was before.
        subjects: Vec<(Subject, Conversation)>,
        by: Option<UserId>,
    },
    Job {
        job: Box<BulkJob>,
        over: bool,
        /// What the session was narrowed to in which it was started.
        scopes: Scopes,
    },
    Availability {
        colleague: Actor,
        availability: Availability,
    },
    Timing {
        team: TeamId,
        campaign: CampaignId,
    },
    SessionsEnded,
    /// What it was about is gone.
    Nothing,
}

/// A conversation as it is now, seen by nobody in particular.
#[derive(Clone, Debug)]
struct Subject {
    conversation: Conversation,
    /// Mentioned in the running episode, or in the last if none runs.
    mentioned: BTreeSet<UserId>,
}

impl Subject {
    /// As `viewer` sees it, if they may.
    fn seen_by(&self, viewer: &Actor) -> Option<Conversation> {
        let mut conversation = self.conversation.clone();
        conversation.mentioned = self.is_lent_to(viewer);
        can_see(viewer, &conversation).then_some(conversation)
    }

    /// Whether `viewer` may see it. Asks the rule without copying the conversation.
    fn is_seen_by(&self, viewer: &Actor) -> bool {
        can_see(viewer, &self.conversation)
            || (viewer.scopes.admit(&self.conversation) && self.is_lent_to(viewer))
    }

    fn is_lent_to(&self, viewer: &Actor) -> bool {
        self.conversation.status.is_open() && self.mentioned.contains(&viewer.id)
    }

    /// As it was before a change, when it stood like `before`.
    fn before(&self, before: &Sight) -> Conversation {
        let mut conversation = self.conversation.clone();
        conversation.campaign = before.campaign.clone();
        conversation.team.clone_from(&before.team);
        conversation.owner.clone_from(&before.owner);
        conversation
    }

    /// Whether `viewer` saw it when it was like `before`. A mention lends sight until the episode ends,
    /// so an ended one may have been seen by it.
    fn was_seen_by(&self, viewer: &Actor, before: &Conversation) -> bool {
        can_see(viewer, before) || (viewer.scopes.admit(before) && self.mentioned.contains(&viewer.id))
    }
}

impl LiveEvent {
    /// Whether sessions were ended, that of the receiver perhaps among them.
    pub const fn ends_sessions(&self) -> bool {
        matches!(self.what, What::SessionsEnded)
    }

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
                    .is_some_and(|before| subject.was_seen_by(viewer, &subject.before(before)))
                    .then(|| Event::ConversationRemoved { id: subject.conversation.id.clone() }),
            },
            What::Message { subject, message, new } => {
                subject.seen_by(viewer)?;
                let message = Box::new(Message::clone(message));
                Some(if *new { Event::MessageCreated { message } } else { Event::MessageChanged { message } })
            }
            What::Conversations { subjects, by } => {
                let concerned = subjects.iter().filter(|(subject, before)| {
                    subject.is_seen_by(viewer) || subject.was_seen_by(viewer, before)
                });
                let ids: Vec<_> = concerned.map(|(subject, _)| subject.conversation.id.clone()).collect();
                (!ids.is_empty()).then(|| Event::ConversationsChanged { ids, by: by.clone() })
            }
            What::Job { job, over, scopes } => (job.by == viewer.id && viewer.scopes.show_work_of(scopes))
                .then(|| {
                    let job = job.clone();
                    if *over { Event::BulkFinished { job } } else { Event::BulkProgress { job } }
                }),
            What::Availability { colleague, availability } => {
                let shares = colleague.id == viewer.id
                    || colleague.role == bandeja_model::Role::SuperAdmin
                    || viewer.role == bandeja_model::Role::SuperAdmin
                    || !colleague.campaigns.is_disjoint(&viewer.campaigns);
                let (user, availability) = (colleague.id.clone(), *availability);
                shares.then_some(Event::AvailabilityChanged { user, availability })
            }
            What::Timing { team, campaign } => {
                viewer.is_in(campaign).then(|| Event::TimingChanged { team: team.clone() })
            }
            What::SessionsEnded | What::Nothing => None,
        }
    }
}

/// Looks up what deciding about `events` needs, each conversation once.
pub async fn prepare(
    connection: &mut SqliteConnection,
    events: Vec<Numbered>,
    clock: &Clock,
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
            StoredEvent::Conversations { touched, by } => {
                What::Conversations { subjects: subjects_of(&mut *connection, &touched).await?, by }
            }
            StoredEvent::Bulk { job, over, .. } => match job::load(&mut *connection, job).await? {
                Some(job) => {
                    let told = Box::new(job.told(clock.now(), clock.wall()));
                    What::Job { job: told, over, scopes: job.plan.scopes }
                }
                None => What::Nothing,
            },
            StoredEvent::Availability { user, availability } => {
                let key = crate::store::key(user.as_str()).unwrap_or_default();
                match users::actor(&mut *connection, key).await? {
                    Some(colleague) => What::Availability { colleague, availability },
                    None => What::Nothing,
                }
            }
            StoredEvent::Timing { team, campaign } => What::Timing { team, campaign },
            StoredEvent::SessionsEnded => What::SessionsEnded,
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

/// Many conversations with a few statements.
async fn subjects_of(
    connection: &mut SqliteConnection,
    touched: &[Touched],
) -> Result<Vec<(Subject, Conversation)>, StoreError> {
    let keys: Vec<i64> = touched.iter().map(|touched| touched.0).collect();
    let mut glances = glance::load_many(&mut *connection, &keys, None).await?;
    let mut mentioned = events::mentioned_in(connection, &keys).await?;
    let subject = |touched: &Touched| {
        let conversation = glances.remove(&touched.0)?.conversation;
        let mentioned = mentioned.remove(&touched.0).unwrap_or_default();
        let subject = Subject { conversation, mentioned };
        let before = subject.before(&touched.sight());
        Some((subject, before))
    };
    Ok(touched.iter().filter_map(subject).collect())
}
