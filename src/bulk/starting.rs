//! Starting what was planned, and what is said when that does not work.

use super::plan::{Plan, Trouble};
use crate::closing::form::Form;
use crate::closing::typed::{Faults, Place, Typed, faults_of_answer};
use bandeja_browser::Desk;
use bandeja_client::ClientError;
use bandeja_contract::StartBulk;
use bandeja_contract::problem::code;
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
            let (typed, modes) = (form.typed.get_untracked(), untrack(|| form.modes()));
            let faults = untrack(|| typed.faults(&modes, &form.lookups().categories, form.cancels, form.w()));
            if !faults.is_empty() {
                return point_out(form, faults);
            }
            close = Some(typed.to_close(&modes, form.cancels));
        }
        let is_all = self.bulk.asked.with_untracked(|it| it.as_ref().is_some_and(|it| it.selection.is_all()));
        let start = StartBulk {
            preview_id: preview.preview_id.clone(),
            include_later: is_all && self.later.get_untracked(),
            form: close,
        };
        let Some(desk) = self.bulk.desk.try_get_value() else { return };
        let key = self.key_for(&start, &desk);
        self.busy.set(true);
        self.trouble.set(None);
        spawn_local(async move {
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
