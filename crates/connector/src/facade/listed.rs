//! What rows of lists leave out: many foreign lists hold less than a conversation that is read by itself.
//!
//! What is left out did not change. So a list's row keeps what was read whole before, and the first whole reading
//! adds what no list ever said without being a change. State and owner are taken at their word always: who takes one
//! that a colleague took a moment ago has to hear of it.

use bandeja_model::{Conversation, Priority};

/// How much of a conversation was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// As a row of a list.
    Listed,
    /// By itself.
    Whole,
}

/// What a list may leave out. Its absence there looks as if there were none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Team,
    Tags,
    Priority,
    Archived,
    Snoozed,
    Bot,
    Mentioned,
}

const PARTS: [Part; 7] =
    [Part::Team, Part::Tags, Part::Priority, Part::Archived, Part::Snoozed, Part::Bot, Part::Mentioned];

impl Part {
    const fn is_in(self, row: &Conversation) -> bool {
        match self {
            Self::Team => row.team.is_some(),
            Self::Tags => !row.tags.is_empty(),
            Self::Priority => !matches!(row.priority, Priority::None),
            Self::Archived => row.archived,
            Self::Snoozed => row.snoozed_until.is_some(),
            Self::Bot => row.bot_paused,
            Self::Mentioned => row.mentioned,
        }
    }

    fn copy(self, from: &Conversation, to: &mut Conversation) {
        match self {
            Self::Team => to.team.clone_from(&from.team),
            Self::Tags => to.tags.clone_from(&from.tags),
            Self::Priority => to.priority = from.priority,
            Self::Archived => to.archived = from.archived,
            Self::Snoozed => to.snoozed_until = from.snoozed_until,
            Self::Bot => to.bot_paused = from.bot_paused,
            Self::Mentioned => to.mentioned = from.mentioned,
        }
    }
}

/// What the lists of a foreign API were seen to say, of any conversation.
#[derive(Debug, Default)]
pub(super) struct Said(Vec<Part>);

impl Said {
    /// Learns from a row of a list as it came.
    pub(super) fn learn(&mut self, row: &Conversation) {
        let new: Vec<_> =
            PARTS.into_iter().filter(|part| !self.0.contains(part) && part.is_in(row)).collect();
        self.0.extend(new);
    }

    /// Takes into `to` what no list says.
    pub(super) fn fill(&self, from: &Conversation, to: &mut Conversation) {
        PARTS.into_iter().filter(|part| !self.0.contains(part)).for_each(|part| part.copy(from, to));
    }

    /// The row of a list with what it leaves out. `whole` is the conversation as it is known since it was read by
    /// itself, `before` the list's row before this one, if there was one.
    pub(super) fn complete(
        &self,
        row: &Conversation,
        whole: &Conversation,
        before: Option<&Conversation>,
    ) -> Conversation {
        let mut row_now = row.clone();
        self.fill(whole, &mut row_now);
        // What hardly ever changes is as it was read whole, unless the lists now say something else than before.
        let says_as_before =
            |same: fn(&Conversation, &Conversation) -> bool| before.is_none_or(|it| same(it, row));
        if says_as_before(|a, b| a.channel == b.channel) {
            row_now.channel = whole.channel;
        }
        if says_as_before(|a, b| a.line == b.line) {
            row_now.line.clone_from(&whole.line);
        }
        if says_as_before(|a, b| a.campaign == b.campaign) {
            row_now.campaign.clone_from(&whole.campaign);
        }
        if says_as_before(|a, b| a.contact == b.contact) {
            row_now.contact.clone_from(&whole.contact);
        }
        if says_as_before(|a, b| a.created_at == b.created_at) {
            row_now.created_at = whole.created_at;
        }
        if row.last_message.is_none() {
            row_now.last_message.clone_from(&whole.last_message);
        }
        if row.status == whole.status {
            row_now.label = row.label.clone().or_else(|| whole.label.clone());
            row_now.closing = row.closing.clone().or_else(|| whole.closing.clone());
        }
        row_now
    }
}
