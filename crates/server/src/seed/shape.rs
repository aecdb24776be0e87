//! What the generator hands out: plain data, with indexes into [`World`] for everything that has an
//! id elsewhere and milliseconds since 1970 for every moment. Owns no rule and no randomness.

use bandeja_model::bot::{BotMenu, MenuOption};
use bandeja_model::{Availability, Channel, ClosingSource, Delivery, Priority, Role, Status, TeamId};

/// The installation around the conversations: who works there and how it is arranged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Scopes of admins.
    pub campaigns: Vec<&'static str>,
    /// Groups of users, each within one campaign.
    pub teams: Vec<SeedTeam>,
    /// Everybody who can sign in.
    pub users: Vec<SeedUser>,
    /// Connected accounts.
    pub lines: Vec<SeedLine>,
    /// Labels.
    pub tags: Vec<SeedTag>,
    /// The two-level list for closing.
    pub categories: Vec<SeedCategory>,
}

/// What the people of a team mostly deal with; decides which threads its lines get.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// Prices, stock, visits.
    Sales,
    /// Orders, damage, returns.
    AfterSales,
    /// Things that do not work.
    Support,
    /// Payments and invoices.
    Billing,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedTeam {
    /// As people call it.
    pub name: &'static str,
    /// Its campaign.
    pub campaign: usize,
    /// Its members, users that may be deactivated included.
    pub members: Vec<usize>,
    /// What it deals with.
    pub area: Area,
    /// Seconds after which idle open conversations closed by themselves until now; `None` is never (P26). No
    /// generated open conversation of the team is older than that.
    pub inactivity_s: Option<i64>,
    /// Seconds in which a returning contact meets the same owner; `None` is always (P27).
    pub reassignment_s: Option<i64>,
    /// Its settings from now on.
    pub timing: SeedTiming,
}

/// The two settings of a team, as they were saved when the demo was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SeedTiming {
    /// Seconds without activity; `None` is never.
    pub after_s: Option<u32>,
    /// What is said before, and how many seconds before.
    pub farewell: Option<(&'static str, u32)>,
    /// What the closing record will say, with positions of its category and sub-category.
    pub form: (&'static str, usize, usize),
    /// Seconds of the reassignment window; `None` is off.
    pub window_s: Option<u32>,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedUser {
    /// Signs in with it.
    pub email: &'static str,
    /// Full name.
    pub name: &'static str,
    /// What they may do.
    pub role: Role,
    /// Campaigns assigned to an admin; empty for the others, whose teams tell.
    pub campaigns: Vec<usize>,
    /// Whether they are there.
    pub availability: Availability,
    /// False: may not sign in and gets nothing new.
    pub active: bool,
    /// Tag of the language their app starts in.
    pub language: Language,
}

/// A connected account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedLine {
    /// As people call it.
    pub name: &'static str,
    /// Its kind.
    pub channel: Channel,
    /// Number, handle, mailbox or site.
    pub address: &'static str,
    /// Its campaign.
    pub campaign: usize,
    /// The team that takes what comes in, of the same campaign.
    pub team: usize,
    /// The user who takes it, where the line names one; a member of `team`.
    pub user: Option<usize>,
    /// The automatic menu is on.
    pub bot: bool,
    /// What the menu says; there wherever it is on.
    pub menu: Option<SeedMenu>,
    /// How much of a hundred conversations come in here, roughly.
    pub weight: usize,
}

/// What the automatic menu of a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedMenu {
    /// Said first.
    pub greeting: &'static str,
    /// What is chosen between, each with the team it leads to.
    pub options: &'static [(&'static str, usize)],
}

impl SeedMenu {
    /// The menu as lines have it, with the ids that `team` gives to teams.
    pub fn of_a_line(&self, team: impl Fn(usize) -> TeamId) -> BotMenu {
        let option =
            |&(label, leads_to): &(&str, usize)| MenuOption { label: label.to_owned(), team: team(leads_to) };
        BotMenu { greeting: self.greeting.to_owned(), options: self.options.iter().map(option).collect() }
    }

    /// The message that shows it.
    pub fn text(&self) -> String {
        self.of_a_line(|team| TeamId::from(team.to_string())).text()
    }
}

/// A label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedTag {
    /// As people read it.
    pub name: &'static str,
    /// One of grey, red, orange, yellow, green, teal, blue, purple, pink.
    pub colour: &'static str,
}

/// A closing category with its sub-categories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedCategory {
    /// First level.
    pub name: &'static str,
    /// Second level.
    pub subcategories: &'static [&'static str],
}

/// The languages contacts write in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Spanish.
    Es,
    /// Brazilian Portuguese.
    Pt,
    /// English.
    En,
}

impl Language {
    /// The language tag.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::Pt => "pt",
            Self::En => "en",
        }
    }
}

/// A customer. The same `key` means the same contact, with equal fields, on several lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedContact {
    /// Tells contacts apart; not dense.
    pub key: usize,
    /// Untrusted, may be empty or hostile.
    pub name: String,
    /// Where known.
    pub phone: Option<String>,
    /// Where known.
    pub email: Option<String>,
    /// Where known.
    pub company: Option<&'static str>,
    /// Always known here.
    pub city: &'static str,
    /// What they write in.
    pub language: Language,
}

/// A conversation with all that happened in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedConversation {
    /// Its number, from 0.
    pub index: usize,
    /// With whom.
    pub contact: SeedContact,
    /// The contact's address on the line; unique per line.
    pub address: String,
    /// On which line.
    pub line: usize,
    /// The team it is assigned to; `None`: its line's team governs it.
    pub team: Option<usize>,
    /// Who answers for it.
    pub owner: Option<usize>,
    /// Where it stands.
    pub status: Status,
    /// Only on ended ones.
    pub archived: bool,
    /// Urgency.
    pub priority: Priority,
    /// Labels, in rising order.
    pub tags: Vec<usize>,
    /// Messages of the contact nobody opened; never more than the thread ends with.
    pub unread: u32,
    /// Asleep until then; the only moment after `now`.
    pub snoozed_until: Option<i64>,
    /// When it began.
    pub created_at: i64,
    /// The newest message or note.
    pub last_activity_at: i64,
    /// Messages, notes and events, oldest first.
    pub messages: Vec<SeedMessage>,
    /// At least one, oldest first; only the last can be open.
    pub episodes: Vec<SeedEpisode>,
}

impl SeedConversation {
    /// How many messages of the contact the thread ends with, events and nothing else between them.
    pub fn trailing_inbound(&self) -> usize {
        self.messages
            .iter()
            .rev()
            .filter(|entry| !matches!(entry.content, SeedContent::Event(_)))
            .take_while(|entry| entry.author == SeedAuthor::Contact)
            .count()
    }
}

/// An entry of the thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedMessage {
    /// When.
    pub at: i64,
    /// Who wrote or did it.
    pub author: SeedAuthor,
    /// What it is.
    pub content: SeedContent,
}

/// Who wrote or did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedAuthor {
    /// The customer.
    Contact,
    /// One of us.
    User(usize),
    /// The automatic menu.
    Bot,
    /// A rule or the system.
    System,
}

/// What an entry of the thread is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedContent {
    /// To or from the contact.
    Text {
        /// Untrusted.
        body: String,
        /// How far it got; only for outgoing ones.
        delivery: Option<Delivery>,
    },
    /// Never sent.
    Note {
        /// Untrusted.
        body: String,
        /// Users it names.
        mentions: Vec<usize>,
    },
    /// Something that happened.
    Event(SeedEvent),
}

/// Something that happened to the conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeedEvent {
    /// It began, or began again from the start.
    Opened {
        /// The automatic menu took it.
        bot: bool,
    },
    /// Given to a user, a team, or both.
    Assigned {
        /// The new owner.
        user: Option<usize>,
        /// The new team.
        team: Option<usize>,
    },
    /// Labels added.
    Tagged {
        /// Which.
        added: Vec<usize>,
    },
    /// Closed; the record is that of the episode with this position.
    Closed {
        /// Position in the conversation's episodes.
        episode: usize,
    },
    /// Cancelled; the record is that of the episode with this position.
    Cancelled {
        /// Position in the conversation's episodes.
        episode: usize,
    },
    /// The contact wrote again and met the owner.
    Reopened {
        /// Who has it now.
        owner: Option<usize>,
    },
    /// Put away for the record.
    Archived,
    /// Asleep until a moment.
    Snoozed {
        /// Until when.
        until: i64,
    },
}

/// One span from opening to ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedEpisode {
    /// When it began.
    pub opened_at: i64,
    /// First answer of a person to the contact.
    pub first_response_at: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Who had it last.
    pub owner: Option<usize>,
    /// What was written when it ended; present when `ended_at` is.
    pub closing: Option<SeedClosing>,
}

/// A closing record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedClosing {
    /// By what kind of hand.
    pub source: ClosingSource,
    /// Cancelled rather than closed.
    pub cancelled: bool,
    /// The user, when a user ended it.
    pub by: Option<usize>,
    /// Why; for cancelled ones the comments.
    pub description: String,
    /// First level.
    pub category: Option<usize>,
    /// Second level: position within the category's sub-categories.
    pub subcategory: Option<usize>,
    /// A longer account, mostly empty.
    pub summary: String,
    /// Who was chosen to attend if the contact writes again.
    pub transfer_to: Option<usize>,
}
