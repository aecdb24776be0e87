//! Many in one call, where the backend can: each is read before, to ask the rule, and after, to see what became of it.

use super::preview::due;
use super::turn::Turned;
use super::{Plan, Shared};
use crate::backend::{Act, Fault, Row};
use crate::facade::core::Core;
use bandeja_contract::SessionUser;
use bandeja_model::{BulkReason, ConversationId, Filter};
use futures::StreamExt;
use std::collections::HashMap;

type Results = HashMap<ConversationId, Result<(), Fault>>;

impl Core {
    /// Gives some their turn in one call. What it says of each is believed only where reading agrees.
    pub(super) async fn turn_of_many(&self, job: &Shared, indices: &[usize]) {
        let Ok(me) = self.me().await else { return };
        let ids: HashMap<ConversationId, usize> = {
            let job = job.borrow();
            indices.iter().filter_map(|index| Some((job.items.get(*index)?.id.clone(), *index))).collect()
        };
        let plan = job.borrow().head.plan.clone();
        let rows = self.those_due(job, &me, &plan, &ids).await;
        let open: Vec<usize> = rows.keys().filter_map(|id| ids.get(id)).copied().collect();
        let Some(act) = rows.values().next().and_then(|row| plan.act_on(&row.conversation)) else { return };
        self.takes_turn(job, &open);
        let all: Vec<_> = rows.keys().cloned().collect();
        let mut results = match self.ask_for_all(job, all, &act).await {
            Ok(Some(results)) => results,
            Ok(None) => {
                let mut job = job.borrow_mut();
                for index in &open {
                    job.going.remove(index);
                }
                return;
            }
            Err(fault) => return self.give_up(job, &open, fault, plan.action),
        };
        let mut reading = self.read_each(rows.keys().cloned().collect());
        while let Some((id, now)) = reading.next().await {
            let (Some(index), Some(before)) = (ids.get(&id), rows.get(&id)) else { continue };
            let turned = match (results.remove(&id), now) {
                (Some(Err(fault)), _) | (_, Err(fault)) => Turned::failed(fault, plan.action),
                (_, Ok(after)) if due(&me, &plan, &after.conversation).is_err() => {
                    Turned::done(before, &after)
                }
                (said, Ok(_)) => as_it_was(said.is_some()),
            };
            job.borrow_mut().turned(*index, turned);
        }
    }

    fn read_each(
        &self,
        ids: Vec<ConversationId>,
    ) -> impl futures::Stream<Item = (ConversationId, Result<Row, Fault>)> + Unpin {
        let at_once = self.backend.abilities().concurrency.clamp(1, 32) as usize;
        let read = move |id: ConversationId| async move { (id.clone(), self.fresh(&id).await) };
        futures::stream::iter(ids).map(read).buffer_unordered(at_once)
    }

    /// Those that it is to be done to, as they stand; of the others it is written down why not.
    async fn those_due(
        &self,
        job: &Shared,
        me: &SessionUser,
        plan: &Plan,
        ids: &HashMap<ConversationId, usize>,
    ) -> HashMap<ConversationId, Row> {
        let filter = job.borrow().head.filter.as_deref().and_then(|text| Filter::parse(text).ok());
        let mut rows = HashMap::new();
        let mut reading = self.read_each(ids.keys().cloned().collect());
        while let Some((id, row)) = reading.next().await {
            let Some(index) = ids.get(&id) else { continue };
            let row = match row {
                Ok(row) => row,
                Err(fault) => {
                    self.give_up(job, &[*index], fault, plan.action);
                    continue;
                }
            };
            let viewer = self.viewer_of(me);
            let matches = filter.as_ref().is_none_or(|filter| filter.matches(&row.conversation, &viewer));
            let against = due(me, plan, &row.conversation).err();
            match against.or_else(|| (!matches).then_some(BulkReason::NoMatch)) {
                Some(reason) => job.borrow_mut().turned(*index, Turned::not(reason)),
                None => drop(rows.insert(id, row)),
            }
        }
        rows
    }

    /// What the backend says of each; nothing if the job is to stop before it was asked.
    async fn ask_for_all(
        &self,
        job: &Shared,
        ids: Vec<ConversationId>,
        act: &Act,
    ) -> Result<Option<Results>, Fault> {
        let mut tries = 0;
        loop {
            self.hold(job).await;
            if self.must_stop(job) {
                return Ok(None);
            }
            match self.backend.act_on_many(ids.clone(), act.clone()).await {
                Ok(results) => return Ok(Some(results.into_iter().collect())),
                Err(fault) => {
                    let Some(ms) = Self::again_in(&fault, tries) else { return Err(fault) };
                    self.wait_at_least(job, ms);
                    tries += 1;
                }
            }
        }
    }
}

fn as_it_was(told: bool) -> Turned {
    let detail = if told {
        "It was answered as done, but is as it was."
    } else {
        "Nothing was answered about it, and it is as it was."
    };
    Turned { detail: Some(detail.to_owned()), ..Turned::not(BulkReason::Internal) }
}
