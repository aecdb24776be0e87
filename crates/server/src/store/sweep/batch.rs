//! Closing and warning some conversations of a team within a transaction that somebody else began and ends.
//! That it is due was found out before.

use crate::store::change::Change;
use crate::store::events::Touched;
use crate::store::glance::Glance;
use crate::store::ledger::Ledger;
use crate::store::lookups::{categories, settings};
use crate::store::thread::{self, Entry};
use crate::store::{StoreError, Tx, deeds, millis};
use bandeja_model::closing::{Category, ClosingDraft, ClosingFault, ClosingField, ClosingForm};
use bandeja_model::timing::{Rule, SavedTiming, Step};
use bandeja_model::{Author, CampaignId, Direction, MessageKind, Timestamp};
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

/// How long a transaction goes on to the next conversation: nobody else writes meanwhile.
const TIME: Duration = Duration::from_millis(40);

/// What is done with each.
#[derive(Debug)]
pub(super) struct Batch<'a> {
    saved: &'a SavedTiming,
    rule: &'a Rule,
    now: Timestamp,
    /// What closing records will say, by campaign.
    forms: BTreeMap<CampaignId, ClosingDraft>,
}

/// What was done.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// So many of those that were due had their turn.
    pub(super) turns: usize,
    /// Those that were closed or warned, with what decided who saw them before.
    pub(super) touched: Vec<Touched>,
    /// Those that were warned, with the message.
    pub(super) told: Vec<(i64, i64)>,
}

impl<'a> Batch<'a> {
    pub(super) fn new(saved: &'a SavedTiming, rule: &'a Rule, now: Timestamp) -> Self {
        Self { saved, rule, now, forms: BTreeMap::new() }
    }

    /// Does what is due until the time is over; one at least.
    pub(super) async fn work(
        &mut self,
        tx: &mut Tx,
        due: &[i64],
        steps: &HashMap<i64, Step>,
        glances: &HashMap<i64, Glance>,
    ) -> Result<Done, StoreError> {
        let since = Instant::now();
        let mut done = Done::default();
        let mut ledger = Ledger::open(tx, None, self.now).await?;
        let mut warned = Vec::new();
        for key in due {
            if done.turns > 0 && since.elapsed() > TIME {
                break;
            }
            done.turns += 1;
            match (glances.get(key), steps.get(key)) {
                (Some(glance), Some(Step::Close)) => {
                    self.close(tx, &mut ledger, glance).await?;
                    done.touched.push(Touched::from(glance));
                }
                (Some(glance), Some(Step::Warn)) => warned.push(glance),
                _ => {}
            }
        }
        // Messages have to wait: the ledger gives out the keys of entries beforehand.
        ledger.write(tx).await?;
        for glance in warned {
            self.warn(tx, glance, &mut done).await?;
        }
        Ok(done)
    }

    /// Does all that is due so that a failure in the middle leaves nothing of this one behind and does not
    /// touch the others; it is tried again in the next pass.
    pub(super) async fn work_carefully(
        &mut self,
        tx: &mut Tx,
        due: &[i64],
        steps: &HashMap<i64, Step>,
        glances: &HashMap<i64, Glance>,
    ) -> Result<Done, StoreError> {
        let mut all = Done { turns: due.len(), ..Done::default() };
        for key in due {
            sqlx::query("SAVEPOINT one").execute(&mut **tx).await?;
            match self.work(tx, &[*key], steps, glances).await {
                Ok(done) => {
                    all.touched.extend(done.touched);
                    all.told.extend(done.told);
                }
                Err(error) => {
                    tracing::error!(%error, conversation = key, "an idle conversation could not be closed");
                    sqlx::query("ROLLBACK TO one").execute(&mut **tx).await?;
                }
            }
            sqlx::query("RELEASE one").execute(&mut **tx).await?;
        }
        Ok(all)
    }

    async fn close(&mut self, tx: &mut Tx, ledger: &mut Ledger, glance: &Glance) -> Result<(), StoreError> {
        let form = self.form(tx, &glance.conversation.campaign).await?;
        let mut change = Change::one_of_many(tx, ledger, glance.clone(), None, self.now);
        let step = deeds::idle(&mut change, &form, self.rule.named()).await?;
        change.keep(&step.after, true).await?;
        Ok(())
    }

    /// The farewell message is nobody's answer and starts no clock: the contact goes on waiting.
    async fn warn(&self, tx: &mut Tx, glance: &Glance, done: &mut Done) -> Result<(), StoreError> {
        let Some(farewell) = &self.saved.inactivity.farewell else { return Ok(()) };
        let text = farewell.text.trim();
        let entry = Entry {
            kind: MessageKind::Message,
            direction: Some(Direction::Out),
            author: Author::Bot,
            body: text,
            client_id: None,
            mentions: &[],
            event: None,
        };
        let message = thread::add(&mut *tx, glance.key, glance.state.episode, &entry, self.now).await?;
        thread::show_last(&mut *tx, glance.key, text, Direction::Out, self.now).await?;
        sqlx::query("UPDATE conversation SET farewell_at = $1 WHERE id = $2")
            .bind(millis(self.now))
            .bind(glance.key)
            .execute(&mut **tx)
            .await?;
        done.touched.push(Touched::from(glance));
        done.told.push((glance.key, message));
        Ok(())
    }

    /// What the closing record of a conversation of that campaign says.
    async fn form(&mut self, tx: &mut Tx, campaign: &CampaignId) -> Result<ClosingDraft, StoreError> {
        if let Some(form) = self.forms.get(campaign) {
            return Ok(form.clone());
        }
        let forms = settings::closing_forms(&mut *tx).await?;
        let asked = settings::form_of(&forms, campaign, false);
        let form = still_good(&self.saved.inactivity.form, &asked, &categories(&mut *tx).await?);
        self.forms.insert(campaign.clone(), form.clone());
        Ok(form)
    }
}

/// What was good when the rule was saved may not be any more: the form may ask for less, a category may be
/// gone. Then the record does without; the rule itself is the reason.
fn still_good(saved: &ClosingDraft, asked: &ClosingForm, categories: &[Category]) -> ClosingDraft {
    let mut draft = saved.only_asked(asked);
    for (field, fault) in saved.only_asked(asked).check(asked, categories) {
        match (field, fault) {
            (_, ClosingFault::Missing | ClosingFault::TooLong(_)) => {}
            (ClosingField::Description, _) => draft.description.clear(),
            (ClosingField::Summary, _) => draft.summary.clear(),
            (ClosingField::Subcategory, _) => draft.subcategory_id = None,
            (ClosingField::Category, _) => {
                draft.category_id = None;
                draft.subcategory_id = None;
            }
        }
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::closing::FieldMode;

    #[test]
    fn what_became_wrong_since_it_was_saved_is_left_out() {
        let category = |id: &str, parent: Option<&str>| Category {
            id: id.into(),
            name: id.to_owned(),
            parent: parent.map(Into::into),
        };
        let saved = ClosingDraft {
            description: "Sin respuesta".to_owned(),
            category_id: Some("1".into()),
            subcategory_id: Some("2".into()),
            summary: String::new(),
        };
        let all = [category("1", None), category("2", Some("1"))];
        assert_eq!(still_good(&saved, &ClosingForm::CLOSE, &all), saved);
        let gone = still_good(&saved, &ClosingForm::CLOSE, &[]);
        assert_eq!(gone, ClosingDraft { description: saved.description.clone(), ..ClosingDraft::default() });
        let moved = [category("1", None), category("3", None), category("2", Some("3"))];
        assert_eq!(still_good(&saved, &ClosingForm::CLOSE, &moved).subcategory_id, None);
        let off = ClosingForm { description: FieldMode::Off, ..ClosingForm::CLOSE };
        assert_eq!(still_good(&saved, &off, &all).description, "");
    }
}
