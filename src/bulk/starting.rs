//! Starting what was planned, and what is said when that does not work.

use super::plan::{Plan, Trouble, selection_of};
use crate::closing::besides::MayEnd;
use crate::closing::form::Form;
use crate::closing::typed::{Faults, Place, Typed, faults_of_answer};
use crate::shell::Ended;
use bandeja_browser::Desk;
use bandeja_client::traits::Local;
use bandeja_client::{ClientError, Intent};
use bandeja_contract::problem::code;
use bandeja_contract::{Close, StartBulk};
use leptos::prelude::*;
use leptos::task::spawn_local;

impl Plan {
    /// Starts it, if nothing is missing; says where something is.
    pub(super) fn start(self, point_out: impl Fn(Form, Faults) + 'static) {
        let ready = untrack(|| self.off().is_none()) && !self.busy.get_untracked();
        let preview = self.outlook.with_untracked(|outlook| outlook.preview.clone());
        let Some(preview) = preview.filter(|_| ready) else { return };
        let form = untrack(|| self.form());
        let mut close = None;
        if let Some(form) = form {
            let faults = faults_of(form);
            if !faults.is_empty() {
                return point_out(form, faults);
            }
            close = Some(untrack(|| form.typed.get().to_close(&form.modes(), form.cancels)));
        }
        let is_all = self.bulk.asked.with_untracked(|it| it.as_ref().is_some_and(|it| it.selection.is_all()));
        let start = StartBulk {
            preview_id: preview.preview_id.clone(),
            include_later: is_all && self.later.get_untracked(),
            form: close.clone(),
        };
        let Some(desk) = self.bulk.desk.try_get_value() else { return };
        let key = self.key_for(&start, &desk);
        self.busy.set(true);
        self.trouble.set(None);
        let asked = form.zip(close).and_then(|(form, close)| self.ask_host(form, close, preview.changes));
        spawn_local(async move {
            if let Some((form, asked)) = form.zip(asked) {
                let said = asked.await;
                if said != MayEnd::Go {
                    self.busy.try_set(false);
                    // The dialog may be gone by now.
                    if said == MayEnd::Fill && form.modes.try_get_untracked().is_some() {
                        point_out(form, faults_of(form));
                    }
                    return;
                }
                // Whoever left meanwhile has thought better of it.
                if self.bulk.asked.try_with_untracked(Option::is_some) != Some(true) {
                    self.busy.try_set(false);
                    return;
                }
            }
            let answer = desk.start_bulk(&start, &key).await;
            self.busy.try_set(false);
            match answer {
                Ok(job) => {
                    if let Some(form) = form {
                        form.typed.try_set(Typed::default());
                    }
                    self.bulk.started(&job);
                }
                Err(error) => self.failed(error, form, point_out),
            }
        });
    }

    /// Asks the page around, once for all of them.
    fn ask_host(self, form: Form, close: Close, count: u64) -> Option<Local<'static, MayEnd>> {
        let selection =
            self.bulk.asked.with_untracked(|it| it.as_ref().map(|it| selection_of(&it.selection)))?;
        let (typed, modes) = (form.typed.get_untracked(), untrack(|| form.modes()));
        let intent = if form.cancels { Intent::Cancel(close) } else { Intent::Close(close) };
        Some(Box::pin(
            async move { self.host.ask(Ended::Many(count, selection), intent, &typed, &modes).await },
        ))
    }

    /// The key of what is sent: a second try of the same must not start it twice.
    fn key_for(self, start: &StartBulk, desk: &Desk) -> String {
        let before = self.sent.get_value().filter(|(sent, _)| sent == start);
        let key = before.map_or_else(|| desk.new_key(), |(_, key)| key);
        self.sent.set_value(Some((start.clone(), key.clone())));
        key
    }

    fn failed(self, error: ClientError, form: Option<Form>, point_out: impl Fn(Form, Faults)) {
        let names = |part: &str| {
            error.problem().is_some_and(|it| it.fields.iter().any(|field| field.field.starts_with(part)))
        };
        if let Some(form) = form {
            let w = crate::closing::words::words(form.lang.get_untracked());
            let faults = faults_of_answer(&error, form.cancels, w);
            if !faults.is_empty() {
                return point_out(form, faults);
            }
        }
        let trouble = match error.code() {
            code::PREVIEW_OVER => Trouble::Renewed,
            code::NOTHING_TO_DO => Trouble::NothingLeft,
            code::TOO_LARGE => Trouble::TooLarge,
            _ if names("tags") => Trouble::Tags,
            _ if names("assign") => Trouble::Owner,
            _ => Trouble::Other(error),
        };
        if matches!(trouble, Trouble::Renewed | Trouble::NothingLeft) {
            self.count_again();
        }
        self.trouble.try_set(Some(trouble));
    }

    /// The first place where something is wrong is the transfer: its picker opens.
    pub(super) fn opens_picker(faults: &Faults) -> bool {
        faults.first().is_some_and(|(place, _)| *place == Place::Transfer)
    }
}

fn faults_of(form: Form) -> Faults {
    untrack(|| form.typed.get().faults(&form.modes(), &form.lookups().categories, form.cancels, form.w()))
}
