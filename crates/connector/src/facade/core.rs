//! What the handlers share: the backend, what was read of it, and who is signed in.

use super::bell::Bell;
use super::book::{Book, News};
use super::bulk::Jobs;
use super::events::Ring;
use super::keys::Keys;
use super::listed::Read;
use super::names::Names;
use super::pools::Lists;
use super::posts::Posts;
use super::reads::Reads;
use super::thread::Open;
use super::undo::Undos;
use super::wire::Refusal;
use crate::backend::{Backend, Fault, FaultKind, Row, SignInBy};
use crate::host::Host;
use bandeja_contract::{Event, SessionUser, SignInWay};
use bandeja_model::{Actor, Conversation, ConversationId, Role, Scopes, Timestamp, UserId, Viewer};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub(super) struct Core {
    pub(super) backend: Rc<dyn Backend>,
    pub(super) host: Host,
    pub(super) me: RefCell<Option<Rc<SessionUser>>>,
    pub(super) book: RefCell<Book>,
    pub(super) names: Names,
    pub(super) lists: Lists,
    pub(super) keys: Keys,
    pub(super) posts: Posts,
    pub(super) undos: Undos,
    pub(super) reads: Reads,
    /// The thread that was opened last.
    pub(super) open: RefCell<Option<Open>>,
    pub(super) ring: RefCell<Ring>,
    pub(super) jobs: Jobs,
    /// Rings when an event, a job or anything else that somebody waits for came.
    pub(super) bell: Rc<Bell>,
    pub(super) looked_at: Cell<bool>,
    /// The backend hinted that something changed.
    pub(super) hinted: Cell<bool>,
    pub(super) stopped: Cell<bool>,
    /// The end of the session was told.
    expired: Cell<bool>,
}

impl Core {
    pub(super) fn new(backend: Rc<dyn Backend>, host: Host) -> Self {
        let now = host.clock.now();
        Self {
            backend,
            host,
            me: RefCell::default(),
            book: RefCell::new(Book::new(now)),
            names: Names::default(),
            lists: Lists::default(),
            keys: Keys::default(),
            posts: Posts::default(),
            undos: Undos::default(),
            reads: Reads::default(),
            open: RefCell::default(),
            ring: RefCell::new(Ring::new(now)),
            jobs: Jobs::default(),
            bell: Rc::default(),
            looked_at: Cell::new(true),
            hinted: Cell::new(false),
            stopped: Cell::new(false),
            expired: Cell::new(false),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.host.clock.now()
    }

    /// A name that nobody guesses.
    pub(super) fn token(&self) -> String {
        format!("{:016x}{:016x}", self.host.clock.random(), self.host.clock.random())
    }

    /// The fault as a problem; that a session is over is told to everybody.
    pub(super) fn refuse(&self, fault: Fault) -> Refusal {
        if fault.kind == FaultKind::Auth {
            self.expire();
        }
        let sign_in = (fault.kind == FaultKind::Auth).then(|| self.sign_in_way());
        Refusal::from(fault).with_sign_in(sign_in)
    }

    pub(super) fn sign_in_way(&self) -> SignInWay {
        match self.backend.abilities().sign_in {
            SignInBy::Nothing => SignInWay::Elsewhere,
            SignInBy::Password => SignInWay::Name,
            SignInBy::Token => SignInWay::Token,
        }
    }

    /// The foreign API says that nobody is signed in any more.
    pub(super) fn expire(&self) {
        if self.me.borrow_mut().take().is_some() && !self.expired.replace(true) {
            self.tell(&Event::SessionExpired);
        }
    }

    /// Somebody is signed in. What was read for somebody else is forgotten.
    pub(super) fn adopt(&self, user: SessionUser) -> Rc<SessionUser> {
        let user = Rc::new(user);
        *self.me.borrow_mut() = Some(user.clone());
        if self.expired.replace(false) {
            self.ring.borrow_mut().session_goes_on();
        }
        self.bell.ring();
        if self.reads.of_user(&self.host, &user.id) {
            self.forget_all();
        }
        self.jobs.of_user(&self.host, &user.id, self.now());
        user
    }

    pub(super) fn forget_all(&self) {
        self.book.borrow_mut().forget(None);
        self.lists.forget();
        *self.open.borrow_mut() = None;
        self.names.forget();
        self.undos.forget();
        self.keys.forget();
    }

    /// Who is signed in, asked for if it is not known.
    pub(super) async fn me(&self) -> Result<Rc<SessionUser>, Refusal> {
        let known = self.me.borrow().clone();
        match known {
            Some(user) => Ok(user),
            None => Ok(self.adopt(self.backend.me().await.map_err(|fault| self.refuse(fault))?)),
        }
    }

    pub(super) async fn viewer(&self) -> Result<Viewer, Refusal> {
        let me = self.me().await?;
        Ok(self.viewer_of(&me))
    }

    pub(super) fn viewer_of(&self, me: &SessionUser) -> Viewer {
        let teams = me.teams.iter().cloned().collect();
        Viewer { id: me.id.clone(), teams, now: self.now(), utc_offset_s: self.utc_offset_s() }
    }

    /// When days begin: the setting `utc_offset_s`, in seconds, if the host gives it.
    pub(super) fn utc_offset_s(&self) -> i32 {
        self.host.settings.get("utc_offset_s").and_then(|text| text.parse().ok()).unwrap_or_default()
    }

    /// Who acts, to the rules of the model: what the foreign API shows is in sight, and whom it lets change it is its
    /// business. That agents do not cancel is asked before.
    pub(super) fn actor(id: &UserId) -> Actor {
        Actor {
            id: id.clone(),
            role: Role::SuperAdmin,
            campaigns: [].into(),
            teams: [].into(),
            scopes: Scopes::default(),
        }
    }

    /// Takes in what was read, and says what of it is new.
    pub(super) fn take_in(&self, mut row: Row, how: Read) -> (Row, News) {
        if !self.backend.abilities().knows_read {
            self.reads.mark(&mut row.conversation);
        }
        let (row, news) = self.book.borrow_mut().take(row, how);
        self.names.look_for(&row.conversation);
        (row, news)
    }

    /// Takes in what was read and tells of what is new in it.
    pub(super) fn take_and_tell(
        &self,
        row: Row,
        how: Read,
        by: Option<&UserId>,
        since: Option<Timestamp>,
    ) -> Row {
        let (row, news) = self.take_in(row, how);
        let changed = match news {
            News::Same => return row,
            // Nobody was told of it before, so nobody is told that it changed.
            News::New if since.is_none() => return row,
            News::Changed(changed) => changed,
            News::New if since.is_some_and(|since| row.conversation.created_at >= since) => {
                vec!["created".to_owned()]
            }
            News::New => vec!["message".to_owned()],
        };
        self.tell_changed(&row.conversation, changed, by);
        row
    }

    pub(super) fn tell_changed(
        &self,
        conversation: &Conversation,
        changed: Vec<String>,
        by: Option<&UserId>,
    ) {
        let me = self.me.borrow().clone();
        if let Some(me) = me {
            self.lists.changed(conversation, &self.viewer_of(&me));
        }
        let conversation = Box::new(conversation.clone());
        self.tell(&Event::ConversationChanged { conversation, changed, by: by.cloned() });
    }

    /// A conversation does not exist any more, or is out of sight.
    pub(super) fn take_away(&self, id: &ConversationId) {
        let known = self.book.borrow().get(id).is_some();
        if known {
            self.book.borrow_mut().forget(Some(id));
            self.lists.removed(id);
            self.tell(&Event::ConversationRemoved { id: id.clone() });
        }
    }

    /// The conversation as it is now.
    pub(super) async fn fresh(&self, id: &ConversationId) -> Result<Row, Fault> {
        match self.backend.one(id.clone()).await {
            Ok(row) => Ok(self.take_and_tell(row, Read::Whole, None, None)),
            Err(fault) => {
                if fault.kind == FaultKind::NotFound {
                    self.take_away(id);
                }
                Err(fault)
            }
        }
    }
}
