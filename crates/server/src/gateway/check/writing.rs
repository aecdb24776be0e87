//! Changes, on the one conversation that was named for it. What can be put back is put back.

use super::report::Report;
use super::{Bench, words};
use bandeja_connector::backend::{Act, Lookups, Row};
use bandeja_contract::{Close, SessionUser};
use bandeja_model::Priority;
use bandeja_model::closing::{ClosingForm, FieldMode};

/// What is written into texts, so that whoever reads them knows.
const TEXT: &str = "Test of the connector file by bandeja-server connector check.";
/// Every act, in the order of trying.
const ACTS: [&str; 15] = [
    "note",
    "reply",
    "assign",
    "unassign",
    "tags",
    "priority",
    "read",
    "unread",
    "snooze",
    "bot",
    "close",
    "archive",
    "unarchive",
    "reopen",
    "cancel",
];

impl Bench {
    /// Says of every act that it was not tried.
    pub(super) fn leave_acts(&self, report: &mut Report, wanted: bool) {
        let why = if wanted {
            "there is no conversation or no user to try it with"
        } else {
            "changes something: --write with --conversation ID"
        };
        for act in ACTS.into_iter().filter(|act| self.backend.abilities().acts.contains(act)) {
            report.not_tried(act, why);
        }
    }

    /// Tries every act that the file describes.
    pub(super) async fn try_acts(
        &self,
        report: &mut Report,
        mut row: Row,
        user: &SessionUser,
        lookups: &Lookups,
    ) {
        let before = row.clone();
        for name in ACTS.into_iter().filter(|act| self.backend.abilities().acts.contains(act)) {
            for act in self.tries(name, user, lookups, &before) {
                self.try_act(report, act, &mut row).await;
            }
        }
        self.put_back(report, &before, &mut row).await;
        let (was, is) = (words::row(&before), words::row(&row));
        if was != is {
            report.changed.push(format!("it was {was}"));
            report.changed.push(format!("it is  {is}"));
        }
    }

    async fn try_act(&self, report: &mut Report, act: Act, row: &mut Row) {
        let (name, id) = (act.name(), row.conversation.id.clone());
        let place = self.plan.acts.get(name).and_then(|write| write.steps.first()).map(|call| &call.place);
        let is_text = matches!(act, Act::Reply { .. } | Act::Note { .. });
        match self.backend.act(id.clone(), act, Some(row.clone())).await {
            Ok(done) => {
                let seen = if done.verified { "seen afterwards" } else { "not looked at afterwards" };
                report.works(name, seen);
                if is_text {
                    report.changed.push(format!("#{id} has a {name} more: {TEXT}"));
                }
                if let Some(after) = done.row {
                    *row = after;
                }
            }
            Err(fault) => report.fails(name, &fault, place),
        }
    }

    fn tries(&self, name: &str, user: &SessionUser, lookups: &Lookups, before: &Row) -> Vec<Act> {
        let text = TEXT.to_owned();
        let forms = &self.backend.abilities().forms;
        let act = match name {
            "note" => Act::Note { text, mentions: Vec::new(), client_id: None },
            "reply" => Act::Reply { text, client_id: None },
            "assign" => Act::Assign { user: Some(user.id.clone()), team: None },
            "unassign" => Act::Unassign,
            "tags" => {
                let tag = lookups.tags.iter().find(|tag| !before.conversation.tags.contains(&tag.id));
                let mut tags = before.conversation.tags.clone();
                tags.extend(tag.map(|tag| tag.id.clone()));
                Act::Tags(tags)
            }
            "priority" if before.conversation.priority == Priority::High => Act::Priority(Priority::None),
            "priority" => Act::Priority(Priority::High),
            "read" => Act::Read,
            "unread" => Act::Unread,
            "snooze" => {
                let tomorrow = chrono::Utc::now() + chrono::TimeDelta::days(1);
                return vec![Act::Snooze(Some(tomorrow)), Act::Snooze(None)];
            }
            "bot" => {
                let paused = before.conversation.bot_paused;
                return vec![Act::Bot { paused: !paused }, Act::Bot { paused }];
            }
            "close" => Act::Close(Box::new(filled(&forms.close, lookups))),
            "archive" => Act::Archive,
            "unarchive" => Act::Unarchive,
            "reopen" => Act::Reopen,
            "cancel" => {
                let cancel = Act::Cancel(Box::new(filled(&forms.cancel, lookups)));
                let reopens = self.backend.abilities().acts.contains(&"reopen");
                return if reopens { vec![cancel, Act::Reopen] } else { vec![cancel] };
            }
            _ => return Vec::new(),
        };
        vec![act]
    }

    /// Owner, tags and priority as they were, where the file can.
    async fn put_back(&self, report: &mut Report, before: &Row, row: &mut Row) {
        let acts = &self.backend.abilities().acts;
        let (was, is) = (&before.conversation, row.conversation.clone());
        let mut back = Vec::new();
        if was.tags != is.tags && acts.contains(&"tags") {
            back.push(Act::Tags(was.tags.clone()));
        }
        if was.priority != is.priority && acts.contains(&"priority") {
            back.push(Act::Priority(was.priority));
        }
        if was.owner != is.owner {
            match &was.owner {
                Some(owner) if acts.contains(&"assign") => {
                    back.push(Act::Assign { user: Some(owner.clone()), team: None });
                }
                None if acts.contains(&"unassign") => back.push(Act::Unassign),
                _ => {}
            }
        }
        for act in back {
            self.try_act(report, act, row).await;
        }
    }
}

/// A form with as much as it asks for.
fn filled(form: &ClosingForm, lookups: &Lookups) -> Close {
    let asks = |mode: FieldMode| mode != FieldMode::Off;
    let category = lookups.categories.iter().find(|category| category.parent.is_none());
    let category = category.filter(|_| asks(form.category)).map(|category| category.id.clone());
    let below = lookups.categories.iter().find(|entry| entry.parent.is_some() && entry.parent == category);
    Close {
        description: if asks(form.description) { TEXT.to_owned() } else { String::new() },
        subcategory_id: below.filter(|_| asks(form.subcategory)).map(|below| below.id.clone()),
        category_id: category,
        summary: if asks(form.summary) { TEXT.to_owned() } else { String::new() },
        transfer_to: None,
        archive: false,
    }
}
