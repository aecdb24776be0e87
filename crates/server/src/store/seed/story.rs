//! What a conversation's row repeats of its generated thread, entry by entry.

use crate::seed::{SeedAuthor, SeedContent, SeedConversation, SeedEvent, SeedMessage};
use crate::store::moment;
use bandeja_model::Direction;
use bandeja_model::limits::PREVIEW_CHARS;
use bandeja_model::text::preview;
use bandeja_model::timing::Clocks;

/// What is repeated.
pub(super) struct Thread {
    pub(super) last: Option<(String, i64, Direction)>,
    pub(super) last_inbound_at: Option<i64>,
    pub(super) waiting_since: Option<i64>,
    pub(super) touched_at: i64,
    pub(super) clocks: Clocks,
}

impl Thread {
    /// That of a thread without entries.
    pub(super) fn of(made: &SeedConversation) -> Self {
        Self {
            last: None,
            last_inbound_at: None,
            waiting_since: None,
            touched_at: made.created_at,
            clocks: Clocks::opened(moment(made.created_at)),
        }
    }

    /// Takes the next entry in.
    pub(super) fn take(&mut self, message: &SeedMessage) {
        self.touched_at = self.touched_at.max(message.at);
        self.start_clocks(message);
        let (body, direction) = match &message.content {
            SeedContent::Text { body, .. } => (body, direction(message.author)),
            SeedContent::Note { body, .. } => (body, Direction::Note),
            SeedContent::Event(_) => return,
        };
        self.last = Some((preview(body, PREVIEW_CHARS), message.at, direction));
        match direction {
            Direction::In => {
                self.last_inbound_at = Some(message.at);
                self.waiting_since.get_or_insert(message.at);
            }
            // The menu is nobody's answer.
            Direction::Out if message.author == SeedAuthor::Bot => {}
            Direction::Out => self.waiting_since = None,
            Direction::Note => {}
        }
    }

    fn start_clocks(&mut self, message: &SeedMessage) {
        let now = moment(message.at);
        self.clocks = match (&message.content, message.author) {
            (SeedContent::Event(SeedEvent::Opened { .. } | SeedEvent::Reopened { .. }), _) => {
                Clocks::opened(now)
            }
            (SeedContent::Text { .. }, SeedAuthor::Contact) => self.clocks.contact_wrote(now),
            (SeedContent::Text { .. }, SeedAuthor::User(_)) => self.clocks.agent_wrote(now),
            (SeedContent::Text { .. }, SeedAuthor::Bot | SeedAuthor::System) => self.clocks,
            (SeedContent::Event(_) | SeedContent::Note { .. }, _) => self.clocks.touched(now),
        };
    }
}

/// Which way a message goes.
pub(super) fn direction(author: SeedAuthor) -> Direction {
    if author == SeedAuthor::Contact { Direction::In } else { Direction::Out }
}
