//! What a job would do (P21): looks at every conversation of a selection, counts by the model's rules, and freezes the
//! set. Changes no conversation.

use super::{Head, Item, Job, PREVIEWS, Plan};
use crate::backend::{Act, FaultKind};
use crate::facade::core::Core;
use crate::facade::listed::Read;
use crate::facade::routes::Call;
use crate::facade::wire::{Outcome, Refusal, Whole, read, wrong};
use bandeja_contract::problem::code;
use bandeja_contract::{
    BulkPreview, BulkSelection, Excluded, FieldProblem, OwnersTouched, PreviewBulk, SessionUser,
};
use bandeja_model::bulk::{NAMED, OwnerFate, PREVIEW_S, owner_fate};
use bandeja_model::limits::TAGS;
use bandeja_model::{
    BulkAction, BulkReason, Conversation, ConversationId, Filter, ItemResult, Role, Sort, Timestamp,
};
use chrono::Duration;
use futures::StreamExt;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Longest that a selection is read, in milliseconds: before the app gives up waiting.
const READING_MS: i64 = 20_000;

/// What looking at a selection found.
#[derive(Default)]
struct Survey {
    matched: u64,
    changes: u64,
    unread: u64,
    owners: OwnersTouched,
    excluded: BTreeMap<BulkReason, u64>,
    items: Vec<Item>,
}

/// What a selection holds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) rows: Vec<Conversation>,
    /// Ids of nothing that can be seen.
    missing: u64,
    /// Rows that could not be read.
    bad: u64,
}

impl Core {
    pub(in crate::facade) async fn preview(&self, call: &Call) -> Outcome {
        let sent: PreviewBulk = read(call.body.as_deref())?;
        if let Some(reason) = self.backend.abilities().reasons.get("bulk") {
            return Err(Refusal::off(reason.clone()));
        }
        let mut faults = selection_faults(&sent.selection);
        part_faults(&sent, &mut faults);
        if !faults.is_empty() {
            return Err(Refusal::invalid(400, faults));
        }
        let plan = Plan {
            action: sent.action,
            form: sent.form,
            assign: sent.assign,
            tags: sent.tags.into_iter().collect(),
        };
        self.check_plan(&plan).await?;
        let me = self.me().await?;
        let filter = sent.selection.filter.as_deref().map(Filter::parse).transpose()?;
        let deadline = self.now() + Duration::milliseconds(READING_MS);
        let except: BTreeSet<_> = sent.selection.except.into_iter().collect();
        let found = match (&filter, sent.selection.ids) {
            (Some(filter), _) => self.all_matching(filter, &except, deadline).await?,
            (None, ids) => self.all_named(ids.unwrap_or_default().into_iter().collect(), deadline).await?,
        };
        let survey = self.survey(&me, &plan, found);
        Ok(Whole::json(200, &self.keep_preview(&me, plan, filter, except, survey)))
    }

    /// Refuses what the backend cannot do at all.
    pub(super) async fn check_plan(&self, plan: &Plan) -> Result<(), Refusal> {
        let act = match plan.action {
            BulkAction::AddTags | BulkAction::RemoveTags => Act::Tags(Vec::new()).name(),
            action => action.code(),
        };
        if !self.has(act) {
            return Err(Refusal::off(self.reason(act)));
        }
        let can = self.backend.abilities();
        let lost = match plan.action {
            BulkAction::RemoveTags => {
                let goes = ["tags", "tag_names", "removed", "removed_names"];
                (!can.carries("tags", &goes)).then_some("tags")
            }
            _ => plan.whole_act().and_then(|act| can.lost(&act, None)),
        };
        if let Some(field) = lost {
            let mut fault = self.not_carried(field);
            match plan.action {
                action if action.ends() => fault.field = format!("form.{field}"),
                BulkAction::Assign => fault.field = format!("assign.{field}"),
                _ => {}
            }
            return Err(Refusal::invalid(400, vec![fault]));
        }
        if !plan.tags.is_empty() {
            let names = self.lookups().await?;
            let unknown = plan.tags.iter().find(|tag| !names.tags.iter().any(|known| known.id == **tag));
            if let Some(unknown) = unknown.filter(|_| !names.tags.is_empty()) {
                return Err(Refusal::field("tags", "unknown", format!("There is no label “{unknown}”.")));
            }
        }
        Ok(())
    }

    /// Every conversation that matches, through all pages.
    pub(super) async fn all_matching(
        &self,
        filter: &Filter,
        except: &BTreeSet<ConversationId>,
        deadline: Timestamp,
    ) -> Result<Found, Refusal> {
        self.check_filter(filter, Sort::Activity)?;
        let viewer = self.viewer().await?;
        let (mut found, mut seen, mut at) = (Found::default(), BTreeSet::new(), None);
        loop {
            let rows =
                self.ask(filter, Sort::Activity, at.clone()).await.map_err(|fault| self.refuse(fault))?;
            let here = self.here(filter, &rows.left);
            found.bad += rows.bad.len() as u64;
            let before = seen.len();
            for row in rows.items {
                let (row, _) = self.take_in(row, Read::Listed);
                let conversation = row.conversation;
                let is_new = seen.insert(conversation.id.clone());
                if is_new && here.matches(&conversation, &viewer) && !except.contains(&conversation.id) {
                    found.rows.push(conversation);
                }
            }
            let stuck = seen.len() == before && rows.bad.is_empty();
            if rows.next.is_none() || rows.next == at || stuck {
                return Ok(found);
            }
            if found.rows.len() > NAMED || self.now() > deadline {
                return Err(too_many(seen.len(), rows.total));
            }
            at = rows.next;
        }
    }

    async fn all_named(&self, ids: BTreeSet<ConversationId>, deadline: Timestamp) -> Result<Found, Refusal> {
        let at_once = self.backend.abilities().concurrency.clamp(1, 16) as usize;
        let count = ids.len();
        let read = |id: ConversationId| async move {
            let known = self.book.borrow().get(&id).cloned();
            match known {
                Some(row) => Ok(row),
                None => self.fresh(&id).await,
            }
        };
        let mut reading = futures::stream::iter(ids).map(read).buffered(at_once);
        let mut found = Found::default();
        while let Some(row) = reading.next().await {
            match row {
                Ok(row) => found.rows.push(row.conversation),
                Err(fault) if fault.kind == FaultKind::NotFound => found.missing += 1,
                Err(fault) if fault.kind == FaultKind::BadAnswer => found.bad += 1,
                Err(fault) => return Err(self.refuse(fault)),
            }
            if self.now() > deadline {
                return Err(too_many(found.rows.len(), Some(count as u64)));
            }
        }
        Ok(found)
    }

    fn survey(&self, me: &SessionUser, plan: &Plan, found: Found) -> Survey {
        let matched = found.rows.len() as u64 + found.missing + found.bad;
        let mut survey = Survey { matched, ..Survey::default() };
        for (reason, count) in [(BulkReason::NotFound, found.missing), (BulkReason::Internal, found.bad)] {
            if count > 0 {
                survey.excluded.insert(reason, count);
            }
        }
        let taken = self.jobs.taken();
        for conversation in &found.rows {
            let against = due(me, plan, conversation).err();
            let against =
                against.or_else(|| taken.contains(&conversation.id).then_some(BulkReason::OtherJob));
            let mut item = Item::of(conversation);
            match against {
                Some(reason) => {
                    item.result = Some(ItemResult::Excluded);
                    item.reason = Some(reason);
                    *survey.excluded.entry(reason).or_default() += 1;
                }
                None => count(&mut survey, plan, conversation),
            }
            survey.items.push(item);
        }
        survey
    }

    fn keep_preview(
        &self,
        me: &SessionUser,
        plan: Plan,
        filter: Option<Filter>,
        except: BTreeSet<ConversationId>,
        survey: Survey,
    ) -> BulkPreview {
        let (id, now) = (self.token(), self.now());
        let forms = &self.backend.abilities().forms;
        let form = match plan.action {
            BulkAction::Close => Some(forms.close),
            BulkAction::Cancel => Some(forms.cancel),
            _ => None,
        };
        let head = Head {
            id: id.clone(),
            plan,
            by: me.id.clone(),
            state: None,
            at: now,
            finished_at: None,
            undoes: None,
            undone_by: None,
            can_undo: false,
            filter: filter.map(|filter| filter.to_query()),
            except,
            later: false,
        };
        let mut all = self.jobs.all.borrow_mut();
        let is_preview = |job: &Rc<RefCell<Job>>| job.borrow().head.state.is_none();
        let mut over = (all.iter().filter(|job| is_preview(job)).count() + 1).saturating_sub(PREVIEWS);
        all.retain(|job| {
            let goes = over > 0 && is_preview(job);
            over -= usize::from(goes);
            !goes
        });
        all.push(Rc::new(RefCell::new(Job::new(head, survey.items))));
        BulkPreview {
            preview_id: id,
            expires_at: now + Duration::seconds(i64::from(PREVIEW_S)),
            matched: survey.matched,
            changes: survey.changes,
            excluded: survey.excluded.into_iter().map(|(reason, count)| Excluded { reason, count }).collect(),
            owners: survey.owners,
            unread: survey.unread,
            form,
            automations: Vec::new(),
        }
    }
}

/// Whether it is to be done to the conversation as it stands, else why not.
pub(super) fn due(me: &SessionUser, plan: &Plan, conversation: &Conversation) -> Result<(), BulkReason> {
    if me.role == Role::Agent && plan.action == BulkAction::Cancel {
        return Err(BulkReason::NotPermitted);
    }
    plan.deed().due(&Core::actor(&me.id), conversation)
}

fn count(survey: &mut Survey, plan: &Plan, conversation: &Conversation) {
    survey.changes += 1;
    survey.unread += u64::from(conversation.unread > 0);
    if plan.action == BulkAction::Close {
        let transfers = plan.form.as_ref().is_some_and(|form| form.transfer_to.is_some());
        match owner_fate(conversation, transfers) {
            OwnerFate::Kept => survey.owners.kept += 1,
            OwnerFate::BecomesYours => survey.owners.become_yours += 1,
            OwnerFate::Transferred => survey.owners.transferred += 1,
        }
    }
}

fn too_many(read: usize, of: Option<u64>) -> Refusal {
    let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
    let detail = format!(
        "Only {read}{of} conversations could be read in time, and not all of a selection is nothing to act on. \
         Narrow the filter, for instance by dates."
    );
    Refusal::new(413, code::TOO_LARGE, "Too many to look at", detail)
}

fn selection_faults(sent: &BulkSelection) -> Vec<FieldProblem> {
    let too_many = || format!("At most {NAMED}.");
    let fault = match (&sent.ids, &sent.filter) {
        (None, None) => wrong("selection", "required", "Send ids, or a filter."),
        (Some(_), Some(_)) => wrong("selection", "together", "Ids and a filter cannot stand together."),
        (Some(_), None) if !sent.except.is_empty() => {
            wrong("selection.except", "not_asked_for", "Exceptions belong to a filter.")
        }
        (Some(ids), None) if ids.is_empty() => wrong("selection.ids", "required", "Name at least one."),
        (Some(ids), None) if ids.len() > NAMED => wrong("selection.ids", "too_many", too_many()),
        (None, Some(_)) if sent.except.len() > NAMED => wrong("selection.except", "too_many", too_many()),
        _ => return Vec::new(),
    };
    vec![fault]
}

/// What the action needs is there, and nothing besides.
fn part_faults(sent: &PreviewBulk, faults: &mut Vec<FieldProblem>) {
    let labels = matches!(sent.action, BulkAction::AddTags | BulkAction::RemoveTags);
    let assigns = sent.action == BulkAction::Assign;
    let strange = [
        ("form", sent.form.is_some() && !sent.action.ends()),
        ("assign", sent.assign.is_some() && !assigns),
        ("tags", !sent.tags.is_empty() && !labels),
    ];
    for (field, _) in strange.into_iter().filter(|(_, strange)| *strange) {
        faults.push(wrong(field, "not_asked_for", "Not asked for by this action."));
    }
    if sent.action == BulkAction::Undo {
        faults.push(wrong("action", "unknown_value", "A job is taken back by its own call."));
    }
    if assigns && sent.assign.as_ref().is_none_or(|to| to.user.is_none() && to.team.is_none()) {
        faults.push(wrong("assign", "required", "Name a user, a team, or both."));
    }
    if labels && sent.tags.is_empty() {
        faults.push(wrong("tags", "required", "Name at least one label."));
    }
    if sent.tags.len() > TAGS {
        faults.push(wrong("tags", "too_many", format!("At most {TAGS} labels.")));
    }
}
