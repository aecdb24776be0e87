//! One conversation's turn: whether it may be done now, doing it, and what became of it. What is asked
//! for every conversation of a batch (forms, takers, newest entries) is looked up once.

use super::plan::Plan;
use crate::store::change::Change;
use crate::store::conversations::push_keys;
use crate::store::deeds::{self, Step};
use crate::store::filter_sql::Sql;
use crate::store::glance::{Glance, in_state};
use crate::store::ledger::Ledger;
use crate::store::lookups::{categories, settings};
use crate::store::state::State;
use crate::store::undo::{self, Before};
use crate::store::{StoreError, Tx, key, members};
use bandeja_contract::Close;
use bandeja_model::bulk::{Deed, Trace};
use bandeja_model::permission::can_see;
use bandeja_model::{
    Actor, BulkAction, BulkReason, CampaignId, ItemResult, Status, TagId, Timestamp, UserId,
};
use sqlx::{Row, SqliteConnection};
use std::collections::{BTreeMap, HashMap};

/// An item whose turn it is.
#[derive(Debug)]
pub(super) struct Item {
    /// Its key.
    pub(super) id: i64,
    /// The conversation's.
    pub(super) conversation: i64,
    /// For taking back: what to restore, and what the job left.
    pub(super) left: Option<(Before, Trace)>,
}

/// What became of it.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was done.
    Done(Box<Done>),
    /// It was left alone, for this reason.
    Left(BulkReason),
}

/// What was done.
#[derive(Debug)]
pub(super) struct Done {
    /// The state it began with, and what was made.
    before: Before,
    /// Where it stands now.
    after: Status,
    /// What it was left as.
    trace: Trace,
}

impl Outcome {
    /// Why it was not done; `None`: it was.
    pub(super) fn reason(&self) -> Option<BulkReason> {
        match self {
            Self::Done(_) => None,
            Self::Left(reason) => Some(*reason),
        }
    }
}

/// Writes down what became of the items, all at once. What taking back restores stays as it is: a failed
/// one may be tried again.
pub(super) async fn write(
    connection: &mut SqliteConnection,
    job: i64,
    outcomes: &[(&Item, Outcome)],
) -> Result<(), StoreError> {
    if outcomes.is_empty() {
        return Ok(());
    }
    let mut rows = Vec::with_capacity(outcomes.len());
    for (item, outcome) in outcomes {
        let (before, trace) = match (outcome, &item.left) {
            (_, Some((before, left))) => (Some(serde_json::to_string(before)?), Some(*left)),
            (Outcome::Done(done), None) => (Some(serde_json::to_string(&done.before)?), Some(done.trace)),
            (Outcome::Left(_), None) => (None, None),
        };
        rows.push((item, outcome, before, trace));
    }
    let mut sql = Sql::new(
        "INSERT INTO bulk_item (id, job_id, conversation_id, result, reason, status_before, status_after, before,
         version_after, unread_after, newest_after) ",
    );
    sql.push_values(rows, |mut row, (item, outcome, before, trace)| {
        let (result, after) = match outcome {
            Outcome::Done(done) => (ItemResult::Done, Some(done.after.code())),
            Outcome::Left(reason) => (reason.result(), None),
        };
        let began = match outcome {
            Outcome::Done(done) => Some(done.before.state.status.code()),
            Outcome::Left(_) => None,
        };
        row.push_bind(item.id).push_bind(job).push_bind(item.conversation);
        row.push_bind(result.code()).push_bind(outcome.reason().map(BulkReason::code));
        row.push_bind(began).push_bind(after).push_bind(before);
        row.push_bind(trace.map(|it| i64::try_from(it.version).unwrap_or(i64::MAX)));
        row.push_bind(trace.map(|it| i64::from(it.unread))).push_bind(trace.map(|it| it.newest));
    });
    sql.push(
        " ON CONFLICT (id) DO UPDATE SET result = excluded.result, reason = excluded.reason,
         status_before = COALESCE(excluded.status_before, bulk_item.status_before),
         status_after = excluded.status_after, before = excluded.before, version_after = excluded.version_after,
         unread_after = excluded.unread_after, newest_after = excluded.newest_after",
    );
    sql.build().execute(connection).await?;
    Ok(())
}

/// What the conversations of one batch have in common.
#[derive(Debug)]
pub(super) struct Round {
    actor: Actor,
    deed: Deed,
    plan: Plan,
    now: Timestamp,
    /// The closing form as each campaign takes it, or why it does not.
    forms: BTreeMap<CampaignId, Result<Close, BulkReason>>,
    /// Those conversations may be given to.
    takers: HashMap<UserId, Option<Actor>>,
    /// For taking back: the newest entry of each thread.
    newest: HashMap<i64, i64>,
}

impl Round {
    /// Looks up what a batch needs.
    pub(super) async fn begin(
        tx: &mut Tx,
        plan: &Plan,
        actor: &Actor,
        now: Timestamp,
        keys: &[i64],
    ) -> Result<Self, StoreError> {
        let newest =
            if plan.action == BulkAction::Undo { newest(&mut *tx, keys).await? } else { HashMap::new() };
        Ok(Self {
            actor: actor.clone(),
            deed: plan.deed(),
            plan: plan.clone(),
            now,
            forms: BTreeMap::new(),
            takers: HashMap::new(),
            newest,
        })
    }

    /// Why the conversation is left alone as it stands. Taking back asks whether anything happened since,
    /// and for sight of what it was before, like the undo of one action.
    pub(super) fn against(&self, item: &Item, glance: &Glance) -> Option<BulkReason> {
        if self.plan.action != BulkAction::Undo {
            return self.deed.due(&self.actor, &glance.conversation).err();
        }
        let Some((before, left)) = &item.left else { return Some(BulkReason::Internal) };
        let present = Trace {
            version: glance.conversation.version,
            unread: glance.conversation.unread,
            newest: self.newest.get(&glance.key).copied().unwrap_or_default(),
        };
        if present != *left {
            let seen = can_see(&self.actor, &glance.conversation);
            return Some(if seen { BulkReason::Changed } else { BulkReason::NotFound });
        }
        let restored = in_state(&glance.conversation, &before.state);
        (!can_see(&self.actor, &restored)).then_some(BulkReason::NotFound)
    }

    /// Does it.
    pub(super) async fn turn(
        &mut self,
        tx: &mut Tx,
        ledger: &mut Ledger,
        item: &Item,
        glance: Glance,
    ) -> Result<Outcome, StoreError> {
        match &item.left {
            Some((before, _)) if self.plan.action == BulkAction::Undo => {
                self.take_back(tx, ledger, before, glance).await
            }
            _ => self.act(tx, ledger, glance).await,
        }
    }

    /// Does it so that a failure in the middle leaves nothing of this one behind and does not touch the
    /// others.
    pub(super) async fn careful_turn(
        &mut self,
        tx: &mut Tx,
        item: &Item,
        glance: Glance,
    ) -> Result<Outcome, StoreError> {
        sqlx::query("SAVEPOINT item").execute(&mut **tx).await?;
        let outcome = match self.whole_turn(tx, item, glance).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::error!(%error, conversation = item.conversation, "a turn of a job failed");
                sqlx::query("ROLLBACK TO item").execute(&mut **tx).await?;
                Outcome::Left(BulkReason::Internal)
            }
        };
        sqlx::query("RELEASE item").execute(&mut **tx).await?;
        Ok(outcome)
    }

    async fn whole_turn(&mut self, tx: &mut Tx, item: &Item, glance: Glance) -> Result<Outcome, StoreError> {
        let mut ledger = self.ledger(tx).await?;
        let outcome = self.turn(tx, &mut ledger, item, glance).await?;
        ledger.write(tx).await?;
        Ok(outcome)
    }

    /// A ledger for some turns.
    pub(super) async fn ledger(&self, tx: &mut Tx) -> Result<Ledger, StoreError> {
        Ledger::open(tx, Some(&self.actor.id), self.now).await
    }

    async fn act(&mut self, tx: &mut Tx, ledger: &mut Ledger, glance: Glance) -> Result<Outcome, StoreError> {
        let campaign = glance.conversation.campaign.clone();
        let form = match self.prepare(tx, &campaign).await? {
            Ok(form) => form,
            Err(reason) => return Ok(Outcome::Left(reason)),
        };
        let owner_takes = match &glance.conversation.owner {
            Some(owner) if self.plan.action == BulkAction::Reopen => {
                members::takes(self.taker(tx, &owner.clone()).await?, &campaign)
            }
            _ => false,
        };
        let mut change = Change::one_of_many(tx, ledger, glance, Some(&self.actor), self.now);
        let step = match (&self.deed, &self.plan.assign) {
            (Deed::Plain(action @ (BulkAction::Close | BulkAction::Cancel)), _) => {
                deeds::end(&mut change, &self.actor, &form, *action == BulkAction::Cancel).await?
            }
            (Deed::Plain(BulkAction::Reopen), _) => {
                deeds::reopen(&mut change, &self.actor, owner_takes).await?
            }
            (Deed::Plain(BulkAction::Archive), _) => deeds::archive(&mut change, true).await?,
            (Deed::Plain(BulkAction::Unassign), _) => deeds::unassign(&mut change).await?,
            (Deed::Plain(action @ (BulkAction::Read | BulkAction::Unread)), _) => {
                Step::to(deeds::marked(&change, &self.actor, *action == BulkAction::Read))
            }
            (Deed::Assign { .. }, Some(to)) => deeds::assign(&mut change, to).await?,
            (Deed::AddTags(tags), _) => {
                let after = &change.state.tags | &tags.iter().filter_map(tag_key).collect();
                deeds::label(&mut change, after).await?
            }
            (Deed::RemoveTags(tags), _) => {
                let after = &change.state.tags - &tags.iter().filter_map(tag_key).collect();
                deeds::label(&mut change, after).await?
            }
            (Deed::Plain(_) | Deed::Assign { .. }, _) => return Ok(Outcome::Left(BulkReason::Internal)),
        };
        let rises = !matches!(self.plan.action, BulkAction::Read | BulkAction::Unread);
        let before = Before { state: change.state.clone(), made: step.made };
        finish(change, before, &step.after, rises).await
    }

    async fn take_back(
        &self,
        tx: &mut Tx,
        ledger: &mut Ledger,
        before: &Before,
        glance: Glance,
    ) -> Result<Outcome, StoreError> {
        let mut change = Change::one_of_many(tx, ledger, glance, Some(&self.actor), self.now);
        // Marking read or unread is not told in threads, so taking it back is not either.
        let only_marked = State { unread: before.state.unread, ..change.state.clone() } == before.state;
        if !only_marked {
            undo::put_back(&mut change, before).await?;
        }
        let began = Before { state: change.state.clone(), made: undo::Made::default() };
        finish(change, began, &before.state, !only_marked).await
    }

    /// What the action needs in this campaign: the closing form cut to what is asked for there, and
    /// somebody who takes it.
    async fn prepare(
        &mut self,
        tx: &mut Tx,
        campaign: &CampaignId,
    ) -> Result<Result<Close, BulkReason>, StoreError> {
        if let Some(known) = self.forms.get(campaign) {
            return Ok(known.clone());
        }
        let mut prepared = Ok(self.plan.form.clone().unwrap_or_default());
        if self.plan.action.ends() {
            prepared = self.fitting(tx, campaign).await?;
        }
        if !self.is_taken(tx, campaign).await? {
            prepared = Err(BulkReason::Target);
        }
        self.forms.insert(campaign.clone(), prepared.clone());
        Ok(prepared)
    }

    async fn fitting(
        &self,
        tx: &mut Tx,
        campaign: &CampaignId,
    ) -> Result<Result<Close, BulkReason>, StoreError> {
        let form = self.plan.form.clone().unwrap_or_default();
        let forms = settings::closing_forms(&mut *tx).await?;
        let asked = settings::form_of(&forms, campaign, self.plan.cancels());
        let draft = form.draft().only_asked(&asked);
        if !draft.check(&asked, &categories(&mut *tx).await?).is_empty() {
            return Ok(Err(BulkReason::Form));
        }
        let (description, summary) = (draft.description, draft.summary);
        let (category_id, subcategory_id) = (draft.category_id, draft.subcategory_id);
        Ok(Ok(Close { description, category_id, subcategory_id, summary, ..form }))
    }

    /// Whether the new owner and the new team, if the plan names any, take conversations of the campaign.
    async fn is_taken(&mut self, tx: &mut Tx, campaign: &CampaignId) -> Result<bool, StoreError> {
        let (user, team) = match (&self.plan.form, &self.plan.assign) {
            (Some(form), _) => (form.transfer_to.clone(), None),
            (None, Some(to)) => (to.user.clone(), to.team.clone()),
            (None, None) => (None, None),
        };
        if let Some(team) = &team
            && !members::team_is_of(&mut *tx, team, campaign).await?
        {
            return Ok(false);
        }
        let Some(user) = user else { return Ok(true) };
        let taker = self.taker(tx, &user).await?;
        Ok(members::takes(taker, campaign) && team.is_none_or(|team| members::belongs(taker, &team)))
    }

    async fn taker(&mut self, tx: &mut Tx, user: &UserId) -> Result<Option<&Actor>, StoreError> {
        if !self.takers.contains_key(user) {
            let taker = members::taker(&mut *tx, user).await?;
            self.takers.insert(user.clone(), taker);
        }
        Ok(self.takers.get(user).and_then(Option::as_ref))
    }
}

/// Writes what is now so and says what it was left as.
async fn finish(
    change: Change<'_>,
    before: Before,
    after: &State,
    rises: bool,
) -> Result<Outcome, StoreError> {
    let version = change.before.version + u64::from(rises);
    let newest = change.keep(after, rises).await?;
    let unread = u32::try_from(after.unread).unwrap_or_default();
    let trace = Trace { version, unread, newest };
    Ok(Outcome::Done(Box::new(Done { before, after: after.status, trace })))
}

fn tag_key(tag: &TagId) -> Option<i64> {
    key(tag.as_str())
}

/// The newest entry of each of these threads.
async fn newest(connection: &mut SqliteConnection, keys: &[i64]) -> Result<HashMap<i64, i64>, StoreError> {
    let mut sql = Sql::new("SELECT conversation_id, MAX(id) FROM message WHERE conversation_id IN (");
    push_keys(&mut sql, keys);
    sql.push(" GROUP BY conversation_id");
    let rows = sql.build().fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}
