//! The seam between the contract's facade and whatever is behind it.
//!
//! A backend says what it can, reads and writes one thing at a time, and is honest about what it did not do. It
//! keeps no lists, jobs or events: those are the facade's.

use crate::carried::Carried;
use crate::host::Local;
use bandeja_contract::{Campaign, Close, FieldProblem, Line, SessionUser, Tag, Team, User};
use bandeja_model::closing::{Category, ClosingForms};
use bandeja_model::{
    Conversation, ConversationId, Filter, Message, Priority, Sort, TagId, TeamId, Timestamp, UserId,
};
use std::collections::BTreeMap;

/// What a backend can do. The facade turns it into the session's capabilities.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Abilities {
    /// Actions it has, by [`Act::name`].
    pub acts: Vec<&'static str>,
    /// Why others are off, by action or feature, in the file's words.
    pub reasons: BTreeMap<String, String>,
    /// Filter fields it applies itself.
    pub filters_there: Vec<String>,
    /// Filter fields that the facade may apply to rows; any field that is in neither list is hidden.
    pub filters_here: Vec<String>,
    /// Orders it applies itself.
    pub sorts: Vec<Sort>,
    /// Orders that can be had over loaded rows.
    pub sorts_here: Vec<Sort>,
    /// Rows a page at most.
    pub page_size: u32,
    /// It says how many match.
    pub totals: bool,
    /// Signing in by name and password is possible, or by a token typed as the password.
    pub sign_in: SignInBy,
    /// Actions that it does to many in one call.
    pub bulk: Vec<&'static str>,
    /// What of each action its calls carry; of one that is not named, everything.
    pub carried: BTreeMap<&'static str, Carried>,
    /// The same of the calls that change many.
    pub carried_to_many: BTreeMap<&'static str, Carried>,
    /// Conversations at once when the facade does something to many.
    pub concurrency: u32,
    /// The closing forms it can keep.
    pub forms: ClosingForms,
    /// How often to look for changes at most, in milliseconds; 0 is never.
    pub poll_ms: u32,
    /// It says whether a conversation was read.
    pub knows_read: bool,
}

impl Abilities {
    /// What an act asks for and no call of it carries, by its name in the contract.
    pub fn lost(&self, act: &Act, before: Option<&Conversation>) -> Option<&'static str> {
        self.carried.get(act.name())?.lost(act, before)
    }

    /// The same of the call that changes many.
    pub fn lost_to_many(&self, act: &Act) -> Option<&'static str> {
        self.carried_to_many.get(act.name())?.lost(act, None)
    }

    /// Whether the calls of an action use one of these arguments.
    pub fn carries(&self, act: &str, arguments: &[&str]) -> bool {
        self.carried.get(act).is_none_or(|carried| carried.any(arguments))
    }
}

/// How one signs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignInBy {
    /// Not at all: the surroundings bring what is needed.
    #[default]
    Nothing,
    /// Name and password.
    Password,
    /// A token in the password's place.
    Token,
}

/// A conversation as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Mapped. `version` is 0; the facade gives versions.
    pub conversation: Conversation,
    /// The foreign name of its state, where it says more than ours.
    pub label: Option<String>,
    /// What the foreign API wants back to see that nothing changed meanwhile.
    pub token: Option<String>,
}

/// A row that could not be mapped; it is counted and said, never shown as if whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its id, if that much could be read.
    pub id: Option<ConversationId>,
    /// What was wrong, with the place in the file.
    pub fault: String,
}

/// What is asked of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListAsk {
    /// Which. The backend applies the fields of [`Abilities::filters_there`] and says so in [`Rows::left`].
    pub filter: Filter,
    /// In which order, if the backend can.
    pub sort: Sort,
    /// Where to go on; nothing is the start.
    pub at: Option<String>,
    /// Rows wanted; it may give more or fewer.
    pub size: u32,
}

/// A page of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Rows in the foreign order.
    pub items: Vec<Row>,
    /// Rows that could not be mapped.
    pub bad: Vec<BadRow>,
    /// How many match what the backend applied, if it says.
    pub total: Option<u64>,
    /// Where to go on; nothing after the last.
    pub next: Option<String>,
    /// Fields of the filter that are still to be applied to these rows.
    pub left: Vec<String>,
    /// They are in the order that was asked.
    pub sorted: bool,
    /// The answer was the page before it once more.
    pub repeats: bool,
}

/// A part of a thread, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entries {
    /// Entries.
    pub items: Vec<Message>,
    /// Entries that could not be mapped, in words.
    pub bad: Vec<String>,
    /// Where older ones begin; nothing before the first.
    pub prev: Option<String>,
}

/// One change of one conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// An answer to the contact.
    Reply {
        /// Text.
        text: String,
        /// The sender's own id of it, for repeats.
        client_id: Option<String>,
    },
    /// A private note.
    Note {
        /// Text.
        text: String,
        /// Who is named in it.
        mentions: Vec<UserId>,
        /// The sender's own id of it, for repeats.
        client_id: Option<String>,
    },
    /// Closing, with its form.
    Close(Box<Close>),
    /// Calling it off, with its form.
    Cancel(Box<Close>),
    /// Reopening.
    Reopen,
    /// Giving it to somebody.
    Assign {
        /// A user.
        user: Option<UserId>,
        /// A team.
        team: Option<TeamId>,
    },
    /// Taking it from its owner.
    Unassign,
    /// All its tags from now on.
    Tags(Vec<TagId>),
    /// Its priority.
    Priority(Priority),
    /// It was read.
    Read,
    /// It counts as unread.
    Unread,
    /// Out of sight until then; nothing wakes it now.
    Snooze(Option<Timestamp>),
    /// Out of the ended ones.
    Archive,
    /// Back among the ended ones.
    Unarchive,
    /// The automatic menu is silent, or speaks again.
    Bot {
        /// Silent.
        paused: bool,
    },
}

impl Act {
    /// Its name in a connector file and among capabilities.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Reply { .. } => "reply",
            Self::Note { .. } => "note",
            Self::Close(_) => "close",
            Self::Cancel(_) => "cancel",
            Self::Reopen => "reopen",
            Self::Assign { .. } => "assign",
            Self::Unassign => "unassign",
            Self::Tags(_) => "tags",
            Self::Priority(_) => "priority",
            Self::Read => "read",
            Self::Unread => "unread",
            Self::Snooze(_) => "snooze",
            Self::Archive => "archive",
            Self::Unarchive => "unarchive",
            Self::Bot { .. } => "bot",
        }
    }
}

/// What became of an [`Act`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The conversation afterwards: from the answer, or read again.
    pub row: Option<Row>,
    /// The entry that a reply or note became.
    pub message: Option<Message>,
    /// The state afterwards was seen, not supposed.
    pub verified: bool,
}

/// Names and choices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lookups {
    /// Colleagues.
    pub users: Vec<User>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Labels.
    pub tags: Vec<Tag>,
    /// Closing categories.
    pub categories: Vec<Category>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Campaigns.
    pub campaigns: Vec<Campaign>,
}

/// Why something was not done or not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which kind.
    pub kind: FaultKind,
    /// What the foreign API said, or what was wrong with its answer, in one short text for people.
    pub said: String,
    /// Its HTTP status, if it answered.
    pub status: Option<u16>,
    /// Wrong fields, by their names in the contract.
    pub fields: Vec<FieldProblem>,
}

/// The kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Nobody is signed in, or the token is over.
    Auth,
    /// Seen, but not to be changed by this user.
    Forbidden,
    /// Does not exist, or may not be seen.
    NotFound,
    /// Changed meanwhile.
    Conflict,
    /// A value is wrong.
    Invalid,
    /// Too many calls.
    RateLimited {
        /// Seconds to wait, if it says.
        retry_after_s: Option<u32>,
    },
    /// Not reachable, broken, or too slow.
    Unavailable,
    /// It answered something else than the file describes.
    BadAnswer,
    /// It answered well, but the conversation is as it was.
    NotApplied,
    /// Some steps of a sequence were done, then one failed.
    PartlyDone,
    /// The file does not describe it.
    Off,
}

/// What happened to one of many.
pub type ManyResult = Vec<(ConversationId, Result<(), Fault>)>;

/// Whatever is behind the facade.
pub trait Backend {
    /// What it can do.
    fn abilities(&self) -> &Abilities;
    /// Signs in; with [`SignInBy::Token`] the token stands in `password`.
    fn sign_in(&self, email: &str, password: &str) -> Local<'static, Result<SessionUser, Fault>>;
    /// Signs out and forgets secrets.
    fn sign_out(&self) -> Local<'static, Result<(), Fault>>;
    /// Who is signed in.
    fn me(&self) -> Local<'static, Result<SessionUser, Fault>>;
    /// Names and choices, read anew.
    fn lookups(&self) -> Local<'static, Result<Lookups, Fault>>;
    /// A page of a list.
    fn list(&self, ask: ListAsk) -> Local<'static, Result<Rows, Fault>>;
    /// One conversation.
    fn one(&self, id: ConversationId) -> Local<'static, Result<Row, Fault>>;
    /// A part of its thread: the newest, or what is before `before`.
    fn thread(&self, id: ConversationId, before: Option<String>) -> Local<'static, Result<Entries, Fault>>;
    /// Changes one. `from` is the row it was decided on, so that a backend without versions can compare.
    fn act(&self, id: ConversationId, act: Act, from: Option<Row>) -> Local<'static, Result<Done, Fault>>;
    /// Changes many in one call; only for actions in [`Abilities::bulk`].
    fn act_on_many(&self, ids: Vec<ConversationId>, act: Act) -> Local<'static, Result<ManyResult, Fault>>;
    /// Rows that changed since the moment, newest first, where the foreign API can say so; else `None`, and the
    /// facade reads its lists again.
    fn changed_since(&self, since: Timestamp) -> Local<'static, Option<Result<Vec<Row>, Fault>>>;
}
