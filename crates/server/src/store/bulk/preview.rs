//! What a job would do (P21): looks at every conversation of a selection at one moment, counts, and
//! freezes the set. Changes no conversation.

use super::matching;
use super::plan::{self, Plan, Selected};
use super::write::{Frozen, SLICE, add};
use crate::store::filter_sql::Eyes;
use crate::store::lookups::settings;
use crate::store::{Refusal, Store, StoreError, Tx, glance, key, millis};
use bandeja_contract::{BulkPreview, Excluded, OwnersTouched, PreviewBulk};
use bandeja_model::bulk::{Deed, OwnerFate, PREVIEW_S, asked_together, owner_fate};
use bandeja_model::{BulkAction, BulkReason, Conversation};
use chrono::Duration;
use std::collections::{BTreeMap, BTreeSet};

/// Conversations looked at with one statement.
const CHUNK: usize = 500;
/// Previews that a user may have at a time; of older ones the set is dropped.
const KEPT: i64 = 5;

/// What looking at a selection found.
#[derive(Debug, Default)]
struct Survey {
    matched: u64,
    changes: u64,
    unread: u64,
    owners: OwnersTouched,
    excluded: BTreeMap<BulkReason, u64>,
    items: Vec<Frozen>,
}

impl Survey {
    fn leave_out(&mut self, reason: BulkReason, count: u64) {
        if count > 0 {
            *self.excluded.entry(reason).or_default() += count;
        }
    }
}

/// Says what would happen, in the name of who looks with `eyes`, and keeps the set for an hour.
pub async fn preview(store: &Store, eyes: &Eyes, sent: &PreviewBulk) -> Result<BulkPreview, Refusal> {
    let mut tx = store.snapshot().await?;
    let (mut plan, selected) = plan::read(&mut tx, &eyes.actor, sent).await?;
    let survey = survey(&mut tx, eyes, &mut plan, &selected).await?;
    let form = if plan.action.ends() {
        let forms = settings::closing_forms(&mut tx).await?;
        let cancels = plan.cancels();
        let asked: Vec<_> =
            plan.campaigns.iter().map(|campaign| settings::form_of(&forms, campaign, cancels)).collect();
        asked_together(&asked)
    } else {
        None
    };
    drop(tx);
    let id = keep(store, eyes, &plan, &selected, &survey).await?;
    let excluded = survey.excluded.iter().map(|(reason, count)| Excluded { reason: *reason, count: *count });
    Ok(BulkPreview {
        preview_id: id.to_string(),
        expires_at: eyes.viewer.now + Duration::seconds(i64::from(PREVIEW_S)),
        matched: survey.matched,
        changes: survey.changes,
        excluded: excluded.collect(),
        owners: survey.owners,
        unread: survey.unread,
        form,
        automations: Vec::new(),
    })
}

async fn survey(
    tx: &mut Tx,
    eyes: &Eyes,
    plan: &mut Plan,
    selected: &Selected,
) -> Result<Survey, StoreError> {
    let (keys, unknown) = match selected {
        Selected::Named { keys, unknown } => (keys.iter().copied().collect(), *unknown),
        Selected::All { filter, except } => {
            let mut keys = matching::all(&mut *tx, filter, eyes).await?;
            keys.retain(|key| !except.contains(key));
            (keys, 0)
        }
    };
    let mut survey = Survey { matched: keys.len() as u64 + unknown, ..Survey::default() };
    survey.leave_out(BulkReason::NotFound, unknown);
    let deed = plan.deed();
    for chunk in keys.chunks(CHUNK) {
        let glances = glance::load_many(&mut *tx, chunk, Some(&eyes.actor.id)).await?;
        let elsewhere = matching::elsewhere(&mut *tx, chunk, None).await?;
        for key in chunk {
            let seen = glances.get(key).map(|glance| &glance.conversation);
            let reason = against(&deed, eyes, seen, elsewhere.contains(key));
            // What is out of sight is counted like what does not exist, and not even kept (P4).
            let Some(seen) = seen.filter(|_| reason != Some(BulkReason::NotFound)) else {
                survey.leave_out(BulkReason::NotFound, 1);
                continue;
            };
            survey.items.push(Frozen { conversation: *key, status: seen.status, excluded: reason });
            match reason {
                Some(reason) => survey.leave_out(reason, 1),
                None => count(&mut survey, plan, seen),
            }
        }
    }
    Ok(survey)
}

/// Why a conversation would be left out.
fn against(deed: &Deed, eyes: &Eyes, seen: Option<&Conversation>, elsewhere: bool) -> Option<BulkReason> {
    let Some(seen) = seen else { return Some(BulkReason::NotFound) };
    deed.due(&eyes.actor, seen).err().or_else(|| elsewhere.then_some(BulkReason::OtherJob))
}

/// Counts a conversation that would change.
fn count(survey: &mut Survey, plan: &mut Plan, seen: &Conversation) {
    survey.changes += 1;
    survey.unread += u64::from(seen.unread > 0);
    if !plan.campaigns.contains(&seen.campaign) {
        plan.campaigns.insert(seen.campaign.clone());
    }
    if plan.action == BulkAction::Close {
        match owner_fate(seen, plan.transfers()) {
            OwnerFate::Kept => survey.owners.kept += 1,
            OwnerFate::BecomesYours => survey.owners.become_yours += 1,
            OwnerFate::Transferred => survey.owners.transferred += 1,
        }
    }
}

/// Writes the set down, in slices; only a whole one can be started.
async fn keep(
    store: &Store,
    eyes: &Eyes,
    plan: &Plan,
    selected: &Selected,
    survey: &Survey,
) -> Result<i64, StoreError> {
    let user = key(eyes.actor.id.as_str());
    let nothing = BTreeSet::new();
    let (filter, except) = match selected {
        Selected::Named { .. } => (None, &nothing),
        Selected::All { filter, except } => (Some(filter.to_query()), except),
    };
    let mut tx = store.begin().await?;
    sqlx::query(
        "UPDATE bulk_job SET state = 'over' WHERE user_id = $1 AND state = 'preview' AND id NOT IN
         (SELECT id FROM bulk_job WHERE user_id = $1 AND state = 'preview' ORDER BY id DESC LIMIT $2)",
    )
    .bind(user)
    .bind(KEPT - 1)
    .execute(&mut *tx)
    .await?;
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO bulk_job (user_id, action, state, plan, filter, except_ids, created_at, matched)
         VALUES ($1, $2, 'making', $3, $4, $5, $6, $7) RETURNING id",
    )
    .bind(user)
    .bind(plan.action.code())
    .bind(serde_json::to_string(plan)?)
    .bind(filter)
    .bind(serde_json::to_string(except)?)
    .bind(millis(eyes.viewer.now))
    .bind(i64::try_from(survey.changes).unwrap_or(i64::MAX))
    .fetch_one(&mut *tx)
    .await?;
    tx.commit().await?;
    for slice in survey.items.chunks(SLICE) {
        let mut tx = store.begin().await?;
        add(&mut tx, id, slice).await?;
        tx.commit().await?;
    }
    let mut tx = store.begin().await?;
    sqlx::query("UPDATE bulk_job SET state = 'preview' WHERE id = $1").bind(id).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(id)
}
