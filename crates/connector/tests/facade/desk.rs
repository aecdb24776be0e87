//! A small help desk in memory, which is a `Backend`: with switches for whatever foreign systems do badly.

use crate::time::Time;
use bandeja_connector::backend::{Abilities, Act, BadRow, Fault, FaultKind, ListAsk, Row, Rows};
use bandeja_connector::host::{Clock, Local};
use bandeja_contract::SessionUser;
use bandeja_model::closing::{Closing, ClosingSource};
use bandeja_model::{
    Author, Availability, Channel, Contact, Conversation, ConversationId, Direction, Filter, LastMessage,
    Message, MessageKind, Priority, Role, Sort, Status, Timestamp, Viewer,
};
use futures::channel::mpsc;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// The time the tests begin at.
pub(crate) fn start() -> Timestamp {
    Timestamp::from_timestamp_millis(1_760_000_000_000).unwrap()
}

/// An ordinary conversation, the higher the number the newer.
pub(crate) fn conversation(number: i64) -> Conversation {
    let at = start() - chrono::Duration::hours(1) + chrono::Duration::seconds(number);
    Conversation {
        id: number.to_string().into(),
        version: 0,
        status: Status::Assigned,
        label: None,
        archived: false,
        channel: Channel::Email,
        line: "l1".into(),
        campaign: "c1".into(),
        team: None,
        owner: Some("me".into()),
        contact: Contact {
            id: format!("k{number}").into(),
            name: format!("Mariana {number}"),
            address: format!("m{number}@example.test"),
            phone: None,
            email: None,
            company: None,
            city: None,
            language: None,
        },
        tags: Vec::new(),
        priority: Priority::None,
        unread: 0,
        last_message: Some(LastMessage { text: "Hola".into(), at, direction: Direction::In }),
        created_at: at,
        last_activity_at: at,
        waiting_since: None,
        window_ends_at: None,
        snoozed_until: None,
        bot_paused: false,
        mentioned: false,
        closing: None,
    }
}

pub(crate) fn fault(kind: FaultKind, said: &str) -> Fault {
    Fault { kind, said: said.to_owned(), status: None, fields: Vec::new() }
}

pub(crate) struct Desk {
    pub(crate) abilities: Abilities,
    pub(crate) rows: RefCell<Vec<Conversation>>,
    pub(crate) threads: RefCell<HashMap<ConversationId, Vec<Message>>>,
    pub(crate) signed_in: Cell<bool>,
    pub(crate) role: Cell<Role>,
    /// Every call, in words.
    pub(crate) asked: RefCell<Vec<String>>,
    /// Everything fails like this.
    pub(crate) dead: RefCell<Option<Fault>>,
    /// Acts on these fail like this, so often.
    pub(crate) refuses: RefCell<HashMap<ConversationId, (Fault, u32)>>,
    /// Rows of these cannot be mapped.
    pub(crate) bad: RefCell<Vec<ConversationId>>,
    /// Of these it says that many were done, and does nothing.
    pub(crate) lies: RefCell<Vec<ConversationId>>,
    /// How long an answer takes, in milliseconds.
    pub(crate) slow_ms: Cell<u32>,
    /// It does not give the conversation back with what it did.
    pub(crate) silent: Cell<bool>,
    /// It says what changed since.
    pub(crate) tells_changes: Cell<bool>,
    /// Where whoever listens gets hints from.
    pub(crate) hints: RefCell<Option<mpsc::UnboundedSender<()>>>,
    /// It says that there is always another page, and gives the last one again.
    pub(crate) repeats_last: Cell<bool>,
    /// So many acts are done, and their answers are lost.
    pub(crate) loses: Cell<u32>,
    /// It does not say where messages are.
    pub(crate) hides_threads: Cell<bool>,
    /// Its lists leave out labels, urgency and teams, and call every channel the same.
    pub(crate) sparse: Cell<bool>,
    time: Rc<Time>,
}

pub(crate) const ACTS: [&str; 15] = [
    "reply",
    "note",
    "close",
    "cancel",
    "reopen",
    "assign",
    "unassign",
    "tags",
    "priority",
    "read",
    "unread",
    "snooze",
    "archive",
    "unarchive",
    "bot",
];
pub(crate) const FIELDS: [&str; 9] =
    ["status", "owner", "tag", "channel", "priority", "archived", "snoozed", "unread", "q"];

/// A desk that can everything.
pub(crate) fn able() -> Abilities {
    Abilities {
        acts: ACTS.to_vec(),
        filters_there: FIELDS
            .iter()
            .take(8)
            .map(|name| (*name).to_owned())
            .chain(["view".into(), "group".into()])
            .collect(),
        filters_here: vec!["q".to_owned()],
        sorts: Sort::ALL.to_vec(),
        page_size: 10,
        totals: true,
        concurrency: 4,
        poll_ms: 20_000,
        knows_read: true,
        ..Abilities::default()
    }
}

impl Desk {
    pub(crate) fn new(abilities: Abilities, rows: Vec<Conversation>, time: Rc<Time>) -> Self {
        Self {
            abilities,
            rows: RefCell::new(rows),
            threads: RefCell::default(),
            signed_in: Cell::new(true),
            role: Cell::new(Role::Admin),
            asked: RefCell::default(),
            dead: RefCell::default(),
            refuses: RefCell::default(),
            bad: RefCell::default(),
            lies: RefCell::default(),
            slow_ms: Cell::new(0),
            silent: Cell::new(false),
            tells_changes: Cell::new(false),
            hints: RefCell::default(),
            repeats_last: Cell::new(false),
            loses: Cell::new(0),
            hides_threads: Cell::new(false),
            sparse: Cell::new(false),
            time,
        }
    }

    pub(crate) fn row(&self, id: &str) -> Conversation {
        self.rows.borrow().iter().find(|row| row.id.as_str() == id).cloned().unwrap()
    }

    pub(crate) fn change(&self, id: &str, change: impl FnOnce(&mut Conversation)) {
        change(self.rows.borrow_mut().iter_mut().find(|row| row.id.as_str() == id).unwrap());
    }

    /// Says to whoever listens that something happened; false if nobody does.
    pub(crate) fn hint(&self) -> bool {
        let hints = self.hints.borrow();
        hints.as_ref().is_some_and(|hints| hints.unbounded_send(()).is_ok())
    }

    pub(crate) fn count(&self, word: &str) -> usize {
        self.asked.borrow().iter().filter(|asked| asked.starts_with(word)).count()
    }

    pub(crate) fn began(&self, what: String) -> Result<(), Fault> {
        self.asked.borrow_mut().push(what);
        if let Some(fault) = &*self.dead.borrow() {
            return Err(fault.clone());
        }
        if self.signed_in.get() { Ok(()) } else { Err(fault(FaultKind::Auth, "Who are you?")) }
    }

    pub(crate) fn later<T: 'static>(&self, answer: Result<T, Fault>) -> Local<'static, Result<T, Fault>> {
        let ms = self.slow_ms.get();
        let sleep = self.time.sleep(ms);
        Box::pin(async move {
            if ms > 0 {
                sleep.await;
            }
            answer
        })
    }

    pub(crate) fn user(&self) -> SessionUser {
        SessionUser {
            id: "me".into(),
            name: "Ana".into(),
            email: "ana@example.test".into(),
            role: self.role.get(),
            campaigns: Vec::new(),
            teams: Vec::new(),
            availability: Availability::Online,
        }
    }

    pub(crate) fn page(&self, ask: &ListAsk) -> Rows {
        let knows = |name: &str| self.abilities.filters_there.iter().any(|field| field == name);
        let mut filter = Filter::default();
        let mut left = Vec::new();
        for condition in ask.filter.conditions() {
            if knows(condition.field) {
                let minus = if condition.negated { "-" } else { "" };
                filter.add(&format!("{minus}{}", condition.field), &condition.value).unwrap();
            } else {
                left.push(condition.field.to_owned());
            }
        }
        if knows("view") {
            filter.view = ask.filter.view;
        }
        let viewer = Viewer { id: "me".into(), teams: [].into(), now: self.time.now(), utc_offset_s: 0 };
        let mut rows: Vec<_> =
            self.rows.borrow().iter().filter(|row| filter.matches(row, &viewer)).cloned().collect();
        let sorted = self.abilities.sorts.contains(&ask.sort);
        if sorted {
            rows.sort_by(|a, b| ask.sort.compare(a, b));
        }
        let from: usize = ask.at.as_deref().map_or(0, |at| at.parse().unwrap());
        let size = (ask.size.min(self.abilities.page_size)) as usize;
        let more = from + size < rows.len();
        let next = if more { Some((from + size).to_string()) } else { None };
        let next = if self.repeats_last.get() { next.or_else(|| Some(format!("{from}"))) } else { next };
        let bad = self.bad.borrow();
        let (bad, items): (Vec<_>, Vec<_>) =
            rows.iter().skip(from).take(size).partition(|row| bad.contains(&row.id));
        Rows {
            items: items.into_iter().map(|row| as_row(self.listed(row))).collect(),
            bad: bad
                .into_iter()
                .map(|row| BadRow { id: Some(row.id.clone()), fault: "no date".to_owned() })
                .collect(),
            total: self.abilities.totals.then_some(rows.len() as u64),
            next,
            left,
            sorted,
            repeats: false,
        }
    }

    fn listed(&self, row: &Conversation) -> Conversation {
        if !self.sparse.get() {
            return row.clone();
        }
        let (tags, team, priority, channel) = (Vec::new(), None, Priority::None, Channel::Webchat);
        Conversation { tags, team, priority, channel, ..row.clone() }
    }

    pub(crate) fn apply(&self, id: &ConversationId, act: &Act) -> Result<Option<Message>, Fault> {
        let mut rows = self.rows.borrow_mut();
        let row = rows
            .iter_mut()
            .find(|row| row.id == *id)
            .ok_or_else(|| fault(FaultKind::NotFound, "No such ticket"))?;
        let now = self.time.now();
        match act {
            Act::Close(form) | Act::Cancel(form) => {
                row.status = if matches!(act, Act::Close(_)) { Status::Closed } else { Status::Cancelled };
                row.archived = form.archive;
                if let Some(to) = &form.transfer_to {
                    row.owner = Some(to.clone());
                }
                row.closing = Some(Closing {
                    by: Some("me".into()),
                    source: ClosingSource::User,
                    at: now,
                    description: form.description.clone(),
                    category_id: form.category_id.clone(),
                    subcategory_id: form.subcategory_id.clone(),
                    summary: form.summary.clone(),
                    next_owner: None,
                    transferred: false,
                    undone: false,
                    rule: None,
                });
            }
            Act::Reopen => (row.status, row.archived) = (Status::Assigned, false),
            Act::Assign { user, team } => {
                row.owner.clone_from(user);
                row.status = if user.is_some() { Status::Assigned } else { Status::New };
                if team.is_some() {
                    row.team.clone_from(team);
                }
            }
            Act::Unassign => (row.owner, row.status) = (None, Status::New),
            Act::Tags(tags) => row.tags.clone_from(tags),
            Act::Priority(priority) => row.priority = *priority,
            Act::Read => row.unread = 0,
            Act::Unread => row.unread = 1,
            Act::Snooze(until) => row.snoozed_until = *until,
            Act::Archive => row.archived = true,
            Act::Unarchive => row.archived = false,
            Act::Bot { paused } => row.bot_paused = *paused,
            Act::Reply { text, .. } | Act::Note { text, .. } => {
                let reply = matches!(act, Act::Reply { .. });
                if reply {
                    row.status = Status::InProgress;
                }
                row.last_activity_at = now;
                drop(rows);
                return Ok(Some(self.write(id, text, Author::User { id: "me".into() }, reply)));
            }
        }
        Ok(None)
    }

    /// Puts an entry into a thread.
    pub(crate) fn write(&self, id: &ConversationId, text: &str, author: Author, reply: bool) -> Message {
        let direction = match (&author, reply) {
            (Author::Contact, _) => Direction::In,
            (_, true) => Direction::Out,
            (_, false) => Direction::Note,
        };
        let kind = if direction == Direction::Note { MessageKind::Note } else { MessageKind::Message };
        let mut threads = self.threads.borrow_mut();
        let thread = threads.entry(id.clone()).or_default();
        let at = self.time.now();
        let message = Message {
            id: format!("{id}.{}", thread.len() + 1).into(),
            conversation_id: id.clone(),
            kind,
            direction: Some(direction),
            author,
            body: text.to_owned(),
            at,
            delivery: None,
            delivery_error: None,
            client_id: None,
            mentions: Vec::new(),
            event: None,
        };
        thread.push(message.clone());
        drop(threads);
        let text = text.to_owned();
        self.change(id.as_str(), |row| {
            row.last_message = Some(LastMessage { text, at, direction });
            row.last_activity_at = at;
        });
        message
    }

    pub(crate) fn refused(&self, id: &ConversationId) -> Option<Fault> {
        let mut refuses = self.refuses.borrow_mut();
        let (fault, times) = refuses.get_mut(id).filter(|(_, times)| *times > 0)?;
        *times -= 1;
        Some(fault.clone())
    }
}

/// The conversation as a foreign system gives it.
pub(crate) fn as_row(conversation: Conversation) -> Row {
    Row { conversation, label: None, token: None }
}
