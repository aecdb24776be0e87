//! One conversation's turn: it is read again, the rule is asked again, then it is done and said what became of it.

use super::preview::due;
use super::{Left, Plan, Shared};
use crate::backend::{Act, Fault, FaultKind, Row};
use crate::facade::core::Core;
use crate::facade::standing::Standing;
use crate::facade::undo::form_of;
use bandeja_contract::SessionUser;
use bandeja_model::{BulkAction, BulkReason, Filter, JobState, Status, UserId};
use chrono::Duration;

/// What became of one.
#[derive(Debug, Default)]
pub(super) struct Turned {
    /// Nothing: it was done.
    pub(super) reason: Option<BulkReason>,
    /// What the foreign API said.
    pub(super) detail: Option<String>,
    pub(super) before: Option<Status>,
    pub(super) after: Option<Status>,
    pub(super) owner: Option<UserId>,
    pub(super) left: Option<Left>,
}

impl Turned {
    pub(super) fn done(before: &Row, after: &Row) -> Self {
        let (old, new) = (&before.conversation, &after.conversation);
        let left = Left { before: Standing::of(old), after: Standing::of(new), form: form_of(old) };
        Self {
            before: Some(old.status),
            after: Some(new.status),
            owner: new.owner.clone(),
            left: Some(left),
            ..Self::default()
        }
    }

    pub(super) fn not(reason: BulkReason) -> Self {
        Self { reason: Some(reason), ..Self::default() }
    }

    pub(super) fn failed(fault: Fault, action: BulkAction) -> Self {
        let reason = match fault.kind {
            FaultKind::NotFound => BulkReason::NotFound,
            FaultKind::Forbidden => BulkReason::NotPermitted,
            FaultKind::Conflict => BulkReason::Changed,
            FaultKind::Invalid if action.ends() => BulkReason::Form,
            FaultKind::Invalid if action == BulkAction::Assign => BulkReason::Target,
            _ => BulkReason::Internal,
        };
        let detail = (!fault.said.is_empty()).then_some(fault.said);
        Self { reason: Some(reason), detail, ..Self::default() }
    }
}

impl Core {
    /// Gives one its turn, however often it takes.
    pub(super) async fn turn(&self, job: &Shared, index: usize) {
        let (plan, filter, id, left) = {
            let job = job.borrow();
            let Some(item) = job.items.get(index) else { return };
            let filter = job.head.filter.as_deref().and_then(|text| Filter::parse(text).ok());
            (job.head.plan.clone(), filter, item.id.clone(), item.left.clone())
        };
        let mut first: Option<Row> = None;
        for tries in 0.. {
            self.hold(job).await;
            if self.must_stop(job) {
                job.borrow_mut().going.remove(&index);
                return;
            }
            let me = self.me().await.ok();
            let turned = match (me, self.fresh(&id).await) {
                (Some(me), Ok(row)) if plan.action == BulkAction::Undo => {
                    self.take_back(&me, row, left.as_ref()).await
                }
                (Some(me), Ok(row)) => {
                    let before = first.get_or_insert_with(|| row.clone()).clone();
                    self.one_turn(&me, &plan, filter.as_ref(), row, &before, tries > 0).await
                }
                (_, Err(fault)) => Err(fault),
                (None, Ok(_)) => Ok(Turned::not(BulkReason::Internal)),
            };
            match turned {
                Ok(turned) => return job.borrow_mut().turned(index, turned),
                Err(fault) => {
                    if let Some(ms) = Self::again_in(&fault, tries) {
                        self.wait_at_least(job, ms);
                        continue;
                    }
                    return self.give_up(job, &[index], fault, plan.action);
                }
            }
        }
    }

    pub(super) fn wait_at_least(&self, job: &Shared, ms: i64) {
        let until = self.now() + Duration::milliseconds(ms);
        let mut job = job.borrow_mut();
        job.hold_until = job.hold_until.max(Some(until));
    }

    /// They failed. Without a session none of the others would do better.
    pub(super) fn give_up(&self, job: &Shared, indices: &[usize], fault: Fault, action: BulkAction) {
        if fault.kind == FaultKind::Auth {
            self.expire();
            job.borrow_mut().head.state = Some(JobState::Stopping);
        }
        for index in indices {
            job.borrow_mut().turned(*index, Turned::failed(fault.clone(), action));
        }
    }

    async fn one_turn(
        &self,
        me: &SessionUser,
        plan: &Plan,
        filter: Option<&Filter>,
        row: Row,
        before: &Row,
        again: bool,
    ) -> Result<Turned, Fault> {
        let conversation = &row.conversation;
        let against = due(me, plan, conversation).err();
        if again && against == Some(BulkReason::AlreadySo) {
            // Only the answer to the try before was lost.
            return Ok(Turned::done(before, &row));
        }
        let matches = filter.is_none_or(|filter| filter.matches(conversation, &self.viewer_of(me)));
        if let Some(reason) = against.or_else(|| (!matches).then_some(BulkReason::NoMatch)) {
            return Ok(Turned::not(reason));
        }
        let Some(act) = plan.act_on(conversation) else { return Ok(Turned::not(BulkReason::Internal)) };
        if matches!(act, Act::Read | Act::Unread) {
            return Ok(match self.mark(me, row.clone(), act).await {
                Ok(after) => Turned::done(before, &Row { conversation: after, ..row }),
                Err(refusal) => Turned {
                    detail: Some(refusal.problem.detail.clone()),
                    ..Turned::not(BulkReason::Internal)
                },
            });
        }
        let id = conversation.id.clone();
        let done = self.backend.act(id, act.clone(), Some(row.clone())).await?;
        let after = self.settle(&me.id, &row, &act, done).await;
        Ok(Turned::done(before, &after))
    }

    async fn take_back(&self, me: &SessionUser, row: Row, left: Option<&Left>) -> Result<Turned, Fault> {
        let Some(left) = left else { return Ok(Turned::not(BulkReason::Internal)) };
        if Standing::of(&row.conversation) != left.after {
            return Ok(Turned::not(BulkReason::Changed));
        }
        let after = self.put_back(&me.id, row.clone(), &left.before, left.form.as_ref()).await?;
        Ok(Turned { left: None, ..Turned::done(&row, &after) })
    }
}
