//! What is to be done to many: read from what was sent and checked, kept with the job. Owns which parts
//! belong to which action; knows no conversation.

use crate::store::actions::fault;
use crate::store::{Refusal, StoreError, key, lookups, members};
use bandeja_contract::{Assign, BulkSelection, Close, FieldProblem, PreviewBulk};
use bandeja_model::bulk::{Deed, NAMED};
use bandeja_model::limits::TAGS;
use bandeja_model::{Actor, BulkAction, CampaignId, ConversationId, Filter, Scopes, TagId};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// What a job does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The action.
    pub action: BulkAction,
    /// For ending: the closing form.
    #[serde(default)]
    pub form: Option<Close>,
    /// For assigning: to whom.
    #[serde(default)]
    pub assign: Option<Assign>,
    /// For labels: which.
    #[serde(default)]
    pub tags: BTreeSet<TagId>,
    /// The campaigns of the conversations that would change.
    #[serde(default)]
    pub campaigns: BTreeSet<CampaignId>,
    /// What the session was narrowed to in which it was made; its work stays within.
    #[serde(default)]
    pub scopes: Scopes,
}

impl Plan {
    /// The plan of taking a job back, asked for in a session narrowed to `scopes`.
    pub fn undo(scopes: &Scopes) -> Self {
        let (tags, campaigns, scopes) = (BTreeSet::new(), BTreeSet::new(), scopes.clone());
        Self { action: BulkAction::Undo, form: None, assign: None, tags, campaigns, scopes }
    }

    /// What is due to each conversation.
    pub fn deed(&self) -> Deed {
        match (self.action, &self.assign) {
            (BulkAction::Assign, Some(to)) => Deed::Assign { user: to.user.clone(), team: to.team.clone() },
            (BulkAction::AddTags, _) => Deed::AddTags(self.tags.clone()),
            (BulkAction::RemoveTags, _) => Deed::RemoveTags(self.tags.clone()),
            (action, _) => Deed::Plain(action),
        }
    }

    /// Whether it cancels rather than closes.
    pub fn cancels(&self) -> bool {
        self.action == BulkAction::Cancel
    }

    /// Whether it says who answers next.
    pub fn transfers(&self) -> bool {
        self.form.as_ref().is_some_and(|form| form.transfer_to.is_some())
    }
}

/// Which conversations were selected.
#[derive(Debug)]
pub enum Selected {
    /// These, each once.
    Named {
        /// Those that may exist.
        keys: BTreeSet<i64>,
        /// How many ids are none of ours.
        unknown: u64,
    },
    /// All that match, but these.
    All {
        /// What they match.
        filter: Box<Filter>,
        /// Those that were taken out.
        except: BTreeSet<i64>,
    },
}

/// Reads what was sent; everything that is wrong is named.
pub async fn read(
    connection: &mut SqliteConnection,
    viewer: &Actor,
    sent: &PreviewBulk,
) -> Result<(Plan, Selected), Refusal> {
    let mut faults = Vec::new();
    if sent.action == BulkAction::Undo {
        faults.push(fault("action", "unknown_value", "A job is taken back by its own call."));
    }
    let selected = select(&sent.selection, &mut faults)?;
    parts(sent, &mut faults);
    if let Some(to) = &sent.assign {
        assign_faults(connection, viewer, to, &mut faults).await?;
    }
    if !sent.tags.is_empty() {
        let known: BTreeSet<_> = lookups::tags(connection).await?.into_iter().map(|tag| tag.id).collect();
        if let Some(unknown) = sent.tags.iter().find(|tag| !known.contains(tag)) {
            faults.push(fault("tags", "unknown", format!("There is no label “{unknown}”.")));
        }
    }
    match selected {
        Some(selected) if faults.is_empty() => {
            let plan = Plan {
                action: sent.action,
                form: sent.form.clone(),
                assign: sent.assign.clone(),
                tags: sent.tags.iter().cloned().collect(),
                campaigns: BTreeSet::new(),
                scopes: viewer.scopes.clone(),
            };
            Ok((plan, selected))
        }
        _ => Err(Refusal::Invalid(faults)),
    }
}

fn select(sent: &BulkSelection, faults: &mut Vec<FieldProblem>) -> Result<Option<Selected>, Refusal> {
    let known =
        |ids: &[ConversationId]| -> BTreeSet<i64> { ids.iter().filter_map(|id| key(id.as_str())).collect() };
    let too_many = || format!("At most {NAMED}.");
    match (&sent.ids, &sent.filter) {
        (None, None) => faults.push(fault("selection", "required", "Send ids, or a filter.")),
        (Some(_), Some(_)) => {
            faults.push(fault("selection", "together", "Ids and a filter cannot stand together."));
        }
        (Some(_), None) if !sent.except.is_empty() => {
            faults.push(fault("selection.except", "not_asked_for", "Exceptions belong to a filter."));
        }
        (Some(ids), None) if ids.is_empty() => {
            faults.push(fault("selection.ids", "required", "Name at least one."));
        }
        (Some(ids), None) if ids.len() > NAMED => {
            faults.push(fault("selection.ids", "too_many", too_many()));
        }
        (Some(ids), None) => {
            let strange: BTreeSet<_> = ids.iter().filter(|id| key(id.as_str()).is_none()).collect();
            return Ok(Some(Selected::Named { keys: known(ids), unknown: strange.len() as u64 }));
        }
        (None, Some(_)) if sent.except.len() > NAMED => {
            faults.push(fault("selection.except", "too_many", too_many()));
        }
        (None, Some(filter)) => {
            let filter = Box::new(Filter::parse(filter).map_err(Refusal::Filter)?);
            return Ok(Some(Selected::All { filter, except: known(&sent.except) }));
        }
    }
    Ok(None)
}

/// What the action needs is there, and nothing besides.
fn parts(sent: &PreviewBulk, faults: &mut Vec<FieldProblem>) {
    let mut strange =
        |field: &str| faults.push(fault(field, "not_asked_for", "Not asked for by this action."));
    let labels = matches!(sent.action, BulkAction::AddTags | BulkAction::RemoveTags);
    if sent.form.is_some() && !sent.action.ends() {
        strange("form");
    }
    if sent.assign.is_some() && sent.action != BulkAction::Assign {
        strange("assign");
    }
    if !sent.tags.is_empty() && !labels {
        strange("tags");
    }
    if sent.assign.is_none() && sent.action == BulkAction::Assign {
        faults.push(fault("assign", "required", "Name a user, a team, or both."));
    }
    if sent.tags.is_empty() && labels {
        faults.push(fault("tags", "required", "Name at least one label."));
    }
    if sent.tags.len() > TAGS {
        faults.push(fault("tags", "too_many", format!("At most {TAGS} labels.")));
    }
    if let Some(form) = sent.form.as_ref().filter(|_| sent.action == BulkAction::Cancel) {
        cancel_faults(form, faults);
    }
}

/// Cancelling neither transfers nor archives.
pub(super) fn cancel_faults(form: &Close, faults: &mut Vec<FieldProblem>) {
    if form.transfer_to.is_some() {
        faults.push(fault("form.transfer_to", "not_asked_for", "Cancelling does not transfer."));
    }
    if form.archive {
        faults.push(fault("form.archive", "not_asked_for", "Cancelling does not archive."));
    }
}

/// Whom the viewer does not know is unknown, whether they exist or not.
async fn assign_faults(
    connection: &mut SqliteConnection,
    viewer: &Actor,
    to: &Assign,
    faults: &mut Vec<FieldProblem>,
) -> Result<(), StoreError> {
    if to.user.is_none() && to.team.is_none() {
        faults.push(fault("assign.user", "required", "Name a user, a team, or both."));
    }
    if let Some(team) = &to.team
        && !lookups::teams(&mut *connection, viewer).await?.iter().any(|known| known.id == *team)
    {
        faults.push(fault("assign.team", "unknown", "Not a team of your campaigns."));
    }
    let Some(user) = &to.user else { return Ok(()) };
    let taker = members::taker(&mut *connection, user).await?;
    let campaigns = lookups::campaigns(connection, viewer).await?;
    if !campaigns.iter().any(|campaign| members::takes(taker.as_ref(), &campaign.id)) {
        faults.push(fault("assign.user", "unknown", "Not an active member of your campaigns."));
    } else if to.team.as_ref().is_some_and(|team| !members::belongs(taker.as_ref(), team)) {
        faults.push(fault("assign.user", "of_another_team", "Not a member of the team."));
    }
    Ok(())
}
