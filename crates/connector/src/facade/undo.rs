//! Taking an action back where the backend has what it takes (P16).

use super::core::Core;
use super::standing::Standing;
use super::wire::{Outcome, Refusal, Whole};
use crate::backend::{Act, Fault, FaultKind, Row};
use bandeja_contract::problem::code;
use bandeja_contract::{Changed, Close, SessionUser, Undo};
use bandeja_model::undo::{ACCEPTED_S, Asked, may_undo};
use bandeja_model::{Conversation, ConversationId, Status, Timestamp, UserId, undo};
use chrono::Duration;
use std::cell::RefCell;
use std::collections::HashMap;

/// Steps that putting back takes at most: one for each part of a standing.
const STEPS: usize = 7;

/// What can be taken back.
#[derive(Clone)]
struct Offer {
    id: ConversationId,
    by: UserId,
    at: Timestamp,
    used: bool,
    version: u64,
    before: Standing,
    form: Option<Close>,
}

#[derive(Default)]
pub(super) struct Undos(RefCell<HashMap<String, Offer>>);

impl Undos {
    pub(super) fn forget(&self) {
        self.0.borrow_mut().clear();
    }
}

/// What an episode was ended with, to end it the same way again.
pub(super) fn form_of(before: &Conversation) -> Option<Close> {
    let closing = before.closing.as_ref().filter(|_| before.status.is_ended())?;
    Some(Close {
        description: closing.description.clone(),
        category_id: closing.category_id.clone(),
        subcategory_id: closing.subcategory_id.clone(),
        summary: closing.summary.clone(),
        transfer_to: None,
        archive: false,
    })
}

impl Core {
    /// Whether the backend can bring `now` back to `before`, as far as can be told beforehand.
    pub(super) fn can_put_back(
        &self,
        before: &Standing,
        now: &Standing,
        form: Option<&Close>,
        me: &UserId,
    ) -> bool {
        let mut now = now.clone();
        for _ in 0..STEPS {
            let Some(act) = before.next_act(&now, form) else { return true };
            // How an open one stood is not put back; a closing without its words would be another closing.
            let unsaid = form.is_none() && matches!(act, Act::Close(_) | Act::Cancel(_));
            if unsaid || !self.has(act.name()) || before.status() == Status::Cancelled {
                return false;
            }
            // Some systems give it to whoever reopens it. Which ones do is seen when it is done; one that cannot take it
            // from its owner again is not refused for what it may not do.
            let takes_back = self.has("unassign");
            let after = now.after(&act, me);
            now = if act == Act::Reopen && !takes_back { after.with_owner_of(&now) } else { after };
        }
        false
    }

    /// The right to take `act` back, where there is a way.
    pub(super) fn offer_undo(
        &self,
        me: &SessionUser,
        before: &Conversation,
        after: &Conversation,
        act: &Act,
    ) -> Option<Undo> {
        let (was, is) = (Standing::of(before), Standing::of(after));
        let form = form_of(before);
        // The foreign API keeps the former state: a cancelled one comes back only by the contact writing.
        if was == is || matches!(act, Act::Cancel(_)) || !self.can_put_back(&was, &is, form.as_ref(), &me.id)
        {
            return None;
        }
        let token = self.token();
        let now = self.now();
        let offer = Offer {
            id: before.id.clone(),
            by: me.id.clone(),
            at: now,
            used: false,
            version: after.version,
            before: was,
            form,
        };
        let lasts = Duration::seconds(i64::from(ACCEPTED_S));
        let mut offers = self.undos.0.borrow_mut();
        offers.retain(|_, offer| now - offer.at <= lasts);
        offers.insert(token.clone(), offer);
        Some(Undo { token, expires_at: now + lasts })
    }

    pub(super) async fn undo(&self, token: &str) -> Outcome {
        let me = self.me().await?;
        let offer = self.undos.0.borrow().get(token).cloned().ok_or_else(Refusal::not_found)?;
        let current = self.fresh(&offer.id).await.map_err(|fault| self.refuse(fault))?;
        let asked = Asked {
            actor: offer.by.clone(),
            acted_at: offer.at,
            used: offer.used,
            changed_since: current.conversation.version != offer.version,
        };
        may_undo(&asked, &me.id, self.now()).map_err(|refusal| match refusal {
            undo::Refusal::NotYours => Refusal::not_found(),
            undo::Refusal::Used | undo::Refusal::TooLate => {
                let detail = "It was taken back already, or the time to do so is over.";
                Refusal::new(409, code::UNDO_OVER, "Cannot be taken back", detail)
            }
            undo::Refusal::Changed => {
                let detail = "Something happened since; it is here as it is now.";
                Refusal::new(409, code::UNDO_CHANGED, "Cannot be taken back", detail)
                    .with_current(Some(current.conversation.clone()))
            }
        })?;
        if let Some(offer) = self.undos.0.borrow_mut().get_mut(token) {
            offer.used = true;
        }
        let back = self.put_back(&me.id, current, &offer.before, offer.form.as_ref()).await;
        let row = match back {
            Ok(row) => row,
            Err(fault) => return Err(self.refuse_act(&offer.id, fault).await),
        };
        let changed = Changed { conversation: row.conversation, undo: None };
        Ok(Whole::json(200, &changed).tagged(&changed.conversation))
    }

    /// Brings a conversation back to where it stood, act by act, looking again after each.
    pub(super) async fn put_back(
        &self,
        me: &UserId,
        current: Row,
        before: &Standing,
        form: Option<&Close>,
    ) -> Result<Row, Fault> {
        let mut row = current;
        let mut done: Vec<&'static str> = Vec::new();
        while let Some(act) = before.next_act(&Standing::of(&row.conversation), form) {
            let again = done.contains(&act.name());
            let lost = self.backend.abilities().lost(&act, Some(&row.conversation)).is_some();
            if again || lost || done.len() >= STEPS || !self.has(act.name()) {
                let kind = if done.is_empty() { FaultKind::NotApplied } else { FaultKind::PartlyDone };
                let said = format!("“{}” did not bring back what was there before.", act.name());
                return Err(Fault { kind, said, status: None, fields: Vec::new() });
            }
            done.push(act.name());
            let result = self.backend.act(row.conversation.id.clone(), act.clone(), Some(row.clone())).await;
            row = match result {
                Ok(result) => self.settle(me, &row, &act, result).await,
                Err(fault) if done.len() > 1 => return Err(Fault { kind: FaultKind::PartlyDone, ..fault }),
                Err(fault) => return Err(fault),
            };
        }
        Ok(row)
    }
}
