//! What the dialog is about: the deed in the making, what it would do, and starting it.

use super::context::Bulk;
use crate::acting::owner_items::OwnerChoice;
use crate::acting::{Acting, signed_in};
use crate::closing::besides::Besides;
use crate::closing::form::Form;
use crate::closing::typed::{Faults, Typed};
use bandeja_client::{ClientError, Intent};
use bandeja_contract::{Assign, BulkPreview, BulkSelection, Close, PreviewBulk, StartBulk};
use bandeja_model::bulk::is_typed;
use bandeja_model::{BulkAction, ClosingForm, Selection, TagId};
use bandeja_ui::platform::Timer;
use bandeja_ui::watch;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What depends on typing is asked for when it has stood still this long.
const PAUSE_MS: i32 = 250;

/// A deed that was asked for, with the selection as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) action: BulkAction,
    pub(super) selection: Arc<Selection>,
    /// How many were selected.
    pub(super) count: u64,
    /// How many matched the list then.
    pub(super) total: u64,
}

/// What is known of what would happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outlook {
    /// The newest answer; older than the question while another is under way.
    pub(super) preview: Option<Arc<BulkPreview>>,
    /// A question is under way, or about to be asked.
    pub(super) counting: bool,
    /// Why there is none.
    pub(super) failed: Option<ClientError>,
}

/// Why the last try did not start it; what was typed is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The preview was over or used: there is a new one.
    Renewed,
    /// Nothing of it would change any more: it was counted again.
    NothingLeft,
    /// One of the tags is gone.
    Tags,
    /// The owner cannot take them.
    Owner,
    /// Too many ids for one body.
    TooLarge,
    /// Anything else.
    Other(ClientError),
}

/// The state of the dialog.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) bulk: Bulk,
    pub(super) close: Form,
    pub(super) cancel: Form,
    /// What the page around has to say to ending them.
    pub(super) host: Besides,
    /// Whom to assign to.
    pub(super) owner: RwSignal<Option<OwnerChoice>>,
    /// The labels are taken away instead of added.
    pub(super) removes: RwSignal<bool>,
    pub(super) tags: RwSignal<Vec<String>>,
    /// Those that match later are included.
    pub(super) later: RwSignal<bool>,
    /// The number, as typed.
    pub(super) number: RwSignal<String>,
    pub(super) outlook: RwSignal<Outlook>,
    pub(super) busy: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<Trouble>>,
    /// Whether the person of the transfer is being picked.
    pub(super) picking: RwSignal<bool>,
    /// Rises with every question: answers to older ones are dropped.
    turn: StoredValue<u32>,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    /// What was sent last and its key: the same again is the same job.
    pub(super) sent: StoredValue<Option<(StartBulk, String)>>,
}

impl Plan {
    pub(super) fn new(bulk: Bulk) -> Self {
        let outlook = RwSignal::new(Outlook::default());
        let acting = Acting::here();
        let (host, known) = (Besides::new(&acting), Signal::from(acting.desk.lookups.clone()));
        let form = |cancels: bool, typed: RwSignal<Typed>| Form {
            cancels,
            many: true,
            modes: host.stricter(modes(bulk, outlook, cancels)),
            typed,
            faults: RwSignal::new(Faults::new()),
            lang: bulk.lang,
            known,
        };
        let [close, cancel] = bulk.typed;
        Self {
            bulk,
            close: form(false, close),
            cancel: form(true, cancel),
            host,
            owner: RwSignal::new(None),
            removes: RwSignal::new(false),
            tags: RwSignal::new(Vec::new()),
            later: RwSignal::new(false),
            number: RwSignal::new(String::new()),
            outlook,
            busy: RwSignal::new(false),
            trouble: RwSignal::new(None),
            picking: RwSignal::new(false),
            turn: StoredValue::new(0),
            timer: StoredValue::new_local(None),
            sent: StoredValue::new(None),
        }
    }

    /// What was asked for, tracked.
    pub(super) fn asked(self) -> Option<Asked> {
        self.bulk.asked.get()
    }

    /// The action with what was chosen in the dialog.
    pub(super) fn action(self) -> Option<BulkAction> {
        let action = self.bulk.asked.with(|asked| asked.as_ref().map(|asked| asked.action))?;
        let is_tags = matches!(action, BulkAction::AddTags | BulkAction::RemoveTags);
        Some(match (is_tags, is_tags && self.removes.get()) {
            (false, _) => action,
            (true, false) => BulkAction::AddTags,
            (true, true) => BulkAction::RemoveTags,
        })
    }

    /// The closing form of the action, if it has one.
    pub(super) fn form(self) -> Option<Form> {
        match self.action()? {
            BulkAction::Close => Some(self.close),
            BulkAction::Cancel => Some(self.cancel),
            _ => None,
        }
    }

    /// How many would change, as far as is known.
    pub(super) fn changes(self) -> Option<u64> {
        self.outlook.with(|outlook| outlook.preview.as_ref().map(|preview| preview.changes))
    }

    /// Whether the number has to be typed (P22).
    pub(super) fn asks_to_type(self) -> Option<u64> {
        let changes = self.changes()?;
        self.action()?.asks_to_type(changes).then_some(changes)
    }

    /// Why it cannot be started now, in words. What is missing in the form is pointed out when one tries.
    pub(super) fn off(self) -> Option<String> {
        let (w, action) = (self.bulk.w(), self.action()?);
        let said = match action {
            BulkAction::Assign if self.owner.with(Option::is_none) => w.choose_owner_first,
            BulkAction::AddTags | BulkAction::RemoveTags if self.tags.with(Vec::is_empty) => {
                w.choose_tags_first
            }
            _ => {
                let (counting, changes) = self.outlook.with(|it| {
                    (it.counting, it.preview.as_ref().filter(|_| it.failed.is_none()).map(|it| it.changes))
                });
                match changes {
                    _ if counting => w.wait_first,
                    None => w.preview_first,
                    Some(0) => w.fate_nothing,
                    Some(_) => {
                        let missing = self.asks_to_type()?;
                        let typed = self.number.with(|text| is_typed(text, missing));
                        return (!typed)
                            .then(|| crate::i18n::fill(w.type_first, &[&self.bulk.lang.number(missing)]));
                    }
                }
            }
        };
        Some(said.to_owned())
    }

    /// What the server is asked; nothing while something has yet to be chosen.
    fn question(self) -> Option<PreviewBulk> {
        let (asked, action) = (self.asked()?, self.action()?);
        let assign = match (action, self.owner.get()) {
            (BulkAction::Assign, None) => return None,
            (BulkAction::Assign, Some(choice)) => match choice.intent() {
                Intent::Assign(assign) => Some(assign),
                _ => Some(Assign::default()),
            },
            _ => None,
        };
        let tags: Vec<TagId> = match action {
            BulkAction::AddTags | BulkAction::RemoveTags => {
                self.tags.with(|tags| tags.iter().map(TagId::new).collect())
            }
            _ => Vec::new(),
        };
        if tags.is_empty() && matches!(action, BulkAction::AddTags | BulkAction::RemoveTags) {
            return None;
        }
        // Letters do not change what would happen; who attends next does.
        let form = action.ends().then(|| {
            let typed = if action == BulkAction::Close { self.close.typed } else { self.cancel.typed };
            let transfer_to = typed.with(|typed| typed.transfer_to.clone().filter(|_| typed.transfer));
            Close { transfer_to: transfer_to.filter(|_| action == BulkAction::Close), ..Close::default() }
        });
        Some(PreviewBulk { action, selection: selection_of(&asked.selection), form, assign, tags })
    }

    /// Keeps the outlook up with what was chosen.
    pub(super) fn follow(self) {
        let asked = self.bulk.asked;
        watch(move || {
            if asked.with(Option::is_some) {
                self.begin();
            }
        });
        let question = Memo::new(move |_| self.question());
        let mut asked_before = false;
        watch(move || {
            let now = question.get();
            let had = self.outlook.with_untracked(|outlook| outlook.preview.is_some());
            self.next_turn();
            let before = std::mem::replace(&mut asked_before, now.is_some());
            let Some(now) = now else {
                self.outlook.set(Outlook::default());
                return;
            };
            self.outlook.update(|outlook| outlook.counting = true);
            if had && before {
                self.timer.set_value(Timer::after(PAUSE_MS, move || self.count(now)));
            } else {
                self.count(now);
            }
        });
    }

    /// Another deed: nothing of the one before but what was typed.
    fn begin(self) {
        self.owner.set(None);
        self.removes.set(false);
        self.tags.set(Vec::new());
        self.later.set(false);
        self.number.set(String::new());
        self.trouble.set(None);
        self.host.forget();
        self.picking.set(false);
        self.outlook.set(Outlook { counting: true, ..Outlook::default() });
        self.close.faults.set(Faults::new());
        self.cancel.faults.set(Faults::new());
    }

    fn next_turn(self) -> u32 {
        self.timer.set_value(None);
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        turn
    }

    /// Asks again; also what "try again" does.
    pub(super) fn count_again(self) {
        if let Some(question) = untrack(|| self.question()) {
            self.outlook.update(|outlook| {
                outlook.counting = true;
                outlook.failed = None;
            });
            self.count(question);
        }
    }

    fn count(self, question: PreviewBulk) {
        let turn = self.next_turn();
        let Some(desk) = self.bulk.desk.try_get_value() else { return };
        spawn_local(async move {
            let answer = desk.preview_bulk(&question).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.outlook.try_update(|outlook| {
                outlook.counting = false;
                match answer {
                    Ok(preview) => {
                        outlook.preview = Some(Arc::new(preview));
                        outlook.failed = None;
                    }
                    Err(error) => outlook.failed = Some(error),
                }
            });
        });
    }
}

/// The form that all campaigns of the selection ask for together, as the preview says; until it has come,
/// that of the installation.
fn modes(bulk: Bulk, outlook: RwSignal<Outlook>, cancels: bool) -> Memo<ClosingForm> {
    Memo::new(move |before: Option<&ClosingForm>| {
        let told = outlook.with(|it| it.preview.as_ref().and_then(|preview| preview.form));
        if let Some(form) = told.or_else(|| before.copied()) {
            return form;
        }
        let session = bulk.desk.with_value(|desk| desk.session.get());
        let forms = signed_in(&session).and_then(|it| it.closing_forms.get("").copied()).unwrap_or_default();
        if cancels { forms.cancel } else { forms.close }
    })
}

/// The selection as it is sent.
pub(super) fn selection_of(selection: &Selection) -> BulkSelection {
    match selection {
        Selection::Picked(ids) => {
            BulkSelection { ids: Some(ids.iter().cloned().collect()), ..BulkSelection::default() }
        }
        Selection::All { filter, except } => BulkSelection {
            ids: None,
            filter: Some(filter.to_query()),
            except: except.iter().cloned().collect(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::Filter;

    #[test]
    fn picked_ones_are_sent_by_id_and_all_by_filter_with_its_exceptions() {
        let mut picked = Selection::default();
        picked.set(&"7".into(), true);
        assert_eq!(selection_of(&picked).ids, Some(vec!["7".into()]));
        assert_eq!(selection_of(&picked).filter, None);
        let mut all = Selection::all(Filter::parse("view=all&group=open").unwrap());
        all.set(&"9".into(), false);
        let sent = selection_of(&all);
        assert_eq!((sent.ids, sent.except), (None, vec!["9".into()]));
        assert!(
            sent.filter.is_some_and(|filter| filter.contains("group=open") && filter.contains("view=all"))
        );
    }
}
