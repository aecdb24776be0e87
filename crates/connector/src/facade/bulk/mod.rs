//! Many at a time (P19–P25): previews and jobs, worked through here one by one, or by the backend where it can.

mod account;
mod keep;
mod many;
mod orders;
mod preview;
mod run;
mod turn;

use self::turn::Turned;
use super::core::Core;
use super::standing::Standing;
use super::wire::{Outcome, Refusal, Whole};
use crate::backend::Act;
use bandeja_contract::{All, Assign, BulkItem, BulkJob, Close, Event, Excluded};
use bandeja_model::bulk::{Deed, eta_s, undo_until};
use bandeja_model::{
    BulkAction, BulkReason, Channel, Conversation, ConversationId, ItemResult, JobState, Status, TagId,
    Timestamp, UserId,
};
use chrono::Duration;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// How long an ended job is listed.
const LISTED: Duration = Duration::days(1);
/// Previews kept; of more, the oldest go.
const PREVIEWS: usize = 5;
/// Between two events of one job, in milliseconds.
const TOLD_MS: i64 = 500;

/// What a job does.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plan {
    action: BulkAction,
    #[serde(default)]
    form: Option<Close>,
    #[serde(default)]
    assign: Option<Assign>,
    #[serde(default)]
    tags: BTreeSet<TagId>,
}

impl Plan {
    fn deed(&self) -> Deed {
        match (self.action, &self.assign) {
            (BulkAction::Assign, Some(to)) => Deed::Assign { user: to.user.clone(), team: to.team.clone() },
            (BulkAction::AddTags, _) => Deed::AddTags(self.tags.clone()),
            (BulkAction::RemoveTags, _) => Deed::RemoveTags(self.tags.clone()),
            (action, _) => Deed::Plain(action),
        }
    }

    /// The act that it is on one conversation; nothing for taking back, which is several.
    fn act_on(&self, conversation: &Conversation) -> Option<Act> {
        let form = || Box::new(self.form.clone().unwrap_or_default());
        let tags: BTreeSet<_> = conversation.tags.iter().cloned().collect();
        Some(match self.action {
            BulkAction::Close => Act::Close(form()),
            BulkAction::Cancel => Act::Cancel(form()),
            BulkAction::Reopen => Act::Reopen,
            BulkAction::Archive => Act::Archive,
            BulkAction::Assign => {
                let Assign { user, team } = self.assign.clone().unwrap_or_default();
                Act::Assign { user, team }
            }
            BulkAction::Unassign => Act::Unassign,
            BulkAction::Read => Act::Read,
            BulkAction::Unread => Act::Unread,
            BulkAction::AddTags => Act::Tags(tags.union(&self.tags).cloned().collect()),
            BulkAction::RemoveTags => Act::Tags(tags.difference(&self.tags).cloned().collect()),
            BulkAction::Undo => return None,
        })
    }

    /// Whether it is the same act on every conversation.
    /// The act as far as it is the same for each: what its calls have to carry can be asked of it.
    fn whole_act(&self) -> Option<Act> {
        let form = || Box::new(self.form.clone().unwrap_or_default());
        Some(match self.action {
            BulkAction::Close => Act::Close(form()),
            BulkAction::Cancel => Act::Cancel(form()),
            BulkAction::Assign => {
                let Assign { user, team } = self.assign.clone().unwrap_or_default();
                Act::Assign { user, team }
            }
            BulkAction::AddTags => Act::Tags(self.tags.iter().cloned().collect()),
            _ => return None,
        })
    }

    const fn is_uniform(&self) -> bool {
        !matches!(self.action, BulkAction::AddTags | BulkAction::RemoveTags | BulkAction::Undo)
    }
}

/// For taking back: how a conversation stood before its turn and after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Left {
    before: Standing,
    after: Standing,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<Close>,
}

/// A conversation of a job.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Item {
    id: ConversationId,
    contact: String,
    channel: Channel,
    result: Option<ItemResult>,
    reason: Option<BulkReason>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    before: Option<Status>,
    after: Option<Status>,
    owner: Option<UserId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    left: Option<Left>,
}

impl Item {
    fn of(conversation: &Conversation) -> Self {
        let contact = &conversation.contact;
        Self {
            id: conversation.id.clone(),
            contact: if contact.name.is_empty() { &contact.address } else { &contact.name }.clone(),
            channel: conversation.channel,
            result: None,
            reason: None,
            detail: None,
            before: Some(conversation.status),
            after: None,
            owner: conversation.owner.clone(),
            left: None,
        }
    }

    fn told(&self, owner: Option<&UserId>) -> BulkItem {
        BulkItem {
            conversation_id: self.id.clone(),
            contact: self.contact.clone(),
            channel: self.channel,
            result: self.result,
            reason: self.reason,
            before: self.before,
            after: self.after,
            owner: owner.or(self.owner.as_ref()).cloned(),
            detail: self.detail.clone(),
        }
    }
}

/// What is kept of a job besides its items.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Head {
    id: String,
    plan: Plan,
    by: UserId,
    /// Nothing: a preview that was not started.
    state: Option<JobState>,
    /// When it was previewed, then when it was started.
    at: Timestamp,
    finished_at: Option<Timestamp>,
    /// What it takes back.
    undoes: Option<BulkAction>,
    undone_by: Option<String>,
    /// The backend has what taking it back needs.
    can_undo: bool,
    /// What its conversations match; nothing: they were named.
    filter: Option<String>,
    except: BTreeSet<ConversationId>,
    /// One more pass is to be made for what came to match.
    later: bool,
}

/// A job, or a preview.
struct Job {
    head: Head,
    items: Vec<Item>,
    /// Items whose turn it is.
    going: BTreeSet<usize>,
    /// Items that are not written down as they stand.
    unsaved: BTreeSet<usize>,
    told_at: Option<Timestamp>,
    paced_at: Option<Timestamp>,
    paced_turns: u64,
    /// Nothing is sent before that.
    hold_until: Option<Timestamp>,
}

impl Job {
    fn new(head: Head, items: Vec<Item>) -> Self {
        Self {
            head,
            items,
            going: BTreeSet::new(),
            unsaved: BTreeSet::new(),
            told_at: None,
            paced_at: None,
            paced_turns: 0,
            hold_until: None,
        }
    }

    /// What had not its turn by now has none.
    fn stop(&mut self) {
        if self.head.state.is_some() {
            self.head.state = Some(JobState::Stopping);
        }
    }

    fn count(&self, result: ItemResult) -> u64 {
        self.items.iter().filter(|item| item.result == Some(result)).count() as u64
    }

    fn matched(&self) -> u64 {
        self.items.len() as u64 - self.count(ItemResult::Excluded)
    }

    fn turns(&self) -> u64 {
        self.items.iter().filter(|item| item.result.is_some_and(|it| it != ItemResult::Excluded)).count()
            as u64
    }

    fn is_over(&self) -> bool {
        self.head.state.is_some_and(JobState::is_over)
    }

    /// Writes down what became of one.
    fn turned(&mut self, index: usize, turned: Turned) {
        self.going.remove(&index);
        let Some(item) = self.items.get_mut(index) else { return };
        item.result = Some(turned.reason.map_or(ItemResult::Done, BulkReason::result));
        item.reason = turned.reason;
        item.detail = turned.detail;
        item.after = turned.after;
        item.before = turned.before.or(item.before);
        item.owner = turned.owner.or_else(|| item.owner.take());
        item.left = turned.left.or_else(|| item.left.take());
        self.unsaved.insert(index);
    }

    fn undo_until(&self) -> Option<Timestamp> {
        let can = self.head.can_undo && self.head.undone_by.is_none() && self.count(ItemResult::Done) > 0;
        self.head.finished_at.filter(|_| can).map(undo_until)
    }

    fn told(&self, now: Timestamp) -> BulkJob {
        let mut reasons: BTreeMap<BulkReason, u64> = BTreeMap::new();
        for item in self.items.iter().filter(|item| item.result != Some(ItemResult::Excluded)) {
            if let Some(reason) = item.reason {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        let elapsed = self.paced_at.filter(|_| !self.is_over()).map(|since| now - since);
        let (turns, matched) = (self.turns().saturating_sub(self.paced_turns), self.matched());
        let all = matched.saturating_sub(self.paced_turns);
        BulkJob {
            id: self.head.id.clone(),
            action: self.head.plan.action,
            undoes: self.head.undoes,
            by: self.head.by.clone(),
            state: self.head.state.unwrap_or(JobState::Queued),
            matched,
            done: self.count(ItemResult::Done),
            skipped: self.count(ItemResult::Skipped),
            failed: self.count(ItemResult::Failed),
            eta_s: elapsed.and_then(|elapsed| eta_s(turns, all, elapsed.as_seconds_f64())),
            started_at: self.head.at,
            finished_at: self.head.finished_at,
            undo_until: self.undo_until().filter(|until| now < *until),
            undone_by: self.head.undone_by.clone(),
            reasons: reasons.into_iter().map(|(reason, count)| Excluded { reason, count }).collect(),
        }
    }
}

type Shared = Rc<RefCell<Job>>;

/// Previews and jobs of who is signed in, oldest first.
#[derive(Default)]
pub(super) struct Jobs {
    user: RefCell<Option<UserId>>,
    all: RefCell<Vec<Shared>>,
}

impl Jobs {
    fn find(&self, id: &str) -> Option<Shared> {
        self.all.borrow().iter().find(|job| job.borrow().head.id == id).cloned()
    }

    /// The job whose turn it is.
    fn next(&self) -> Option<Shared> {
        let waits = |job: &&Shared| job.borrow().head.state == Some(JobState::Queued);
        self.all.borrow().iter().find(waits).cloned()
    }

    /// Conversations that a job under way has not come to.
    fn taken(&self) -> BTreeSet<ConversationId> {
        let all = self.all.borrow();
        let under_way =
            all.iter().map(|job| job.borrow()).filter(|job| job.head.state.is_some() && !job.is_over());
        under_way
            .flat_map(|job| {
                let open = job.items.iter().filter(|item| item.result.is_none());
                open.map(|item| item.id.clone()).collect::<Vec<_>>()
            })
            .collect()
    }
}

impl Core {
    fn tell_job(&self, job: &mut Job) {
        let now = self.now();
        job.told_at = Some(now);
        let over = job.is_over();
        let told = Box::new(job.told(now));
        self.tell(&if over { Event::BulkFinished { job: told } } else { Event::BulkProgress { job: told } });
    }

    /// Those under way and those that ended in the last day, newest first.
    pub(super) async fn all_jobs(&self) -> Outcome {
        self.me().await?;
        let now = self.now();
        let all = self.jobs.all.borrow();
        let listed = all.iter().map(|job| job.borrow()).filter(|job| {
            job.head.state.is_some() && job.head.finished_at.is_none_or(|at| now - at < LISTED)
        });
        let items = listed.map(|job| job.told(now)).collect::<Vec<_>>().into_iter().rev().collect();
        Ok(Whole::json(200, &All::<BulkJob> { items }))
    }

    pub(super) async fn one_job(&self, id: &str) -> Outcome {
        let job = self.started(id).await?;
        let told = job.borrow().told(self.now());
        Ok(Whole::json(200, &told))
    }

    /// A job, not a preview.
    async fn started(&self, id: &str) -> Result<Shared, Refusal> {
        self.me().await?;
        let job = self.jobs.find(id).filter(|job| job.borrow().head.state.is_some());
        job.ok_or_else(Refusal::not_found)
    }
}
