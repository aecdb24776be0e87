//! When a conversation that nothing happens to is closed (P26).

use super::{Anchor, Rule};
use crate::{Channel, Status, Timestamp};
use chrono::Duration;

/// When each of a conversation's clocks started last. Looking at it, marking it read or unread, and the
/// farewell message start none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// That of [`Anchor::Any`].
    pub any: Timestamp,
    /// That of [`Anchor::Contact`].
    pub contact: Timestamp,
    /// That of [`Anchor::Agent`]; nothing while no human answered in this episode.
    pub agent: Option<Timestamp>,
}

impl Clocks {
    /// An episode began: opened or reopened, by whomever.
    pub const fn opened(now: Timestamp) -> Self {
        Self { any: now, contact: now, agent: None }
    }

    /// The contact wrote.
    #[must_use]
    pub const fn contact_wrote(self, now: Timestamp) -> Self {
        Self { any: now, contact: now, ..self }
    }

    /// A human agent wrote to the contact.
    #[must_use]
    pub const fn agent_wrote(self, now: Timestamp) -> Self {
        Self { any: now, agent: Some(now), ..self }
    }

    /// Anything else happened that the version or the thread tells of: a note, an assignment, a label…
    #[must_use]
    pub const fn touched(self, now: Timestamp) -> Self {
        Self { any: now, ..self }
    }

    /// It woke: whoever put it to sleep meant it to be looked at now, so no clock ran meanwhile.
    #[must_use]
    pub fn woke(self, now: Timestamp) -> Self {
        Self { any: now, contact: now, agent: self.agent.map(|_| now) }
    }

    /// When the clock of `anchor` started; nothing if it did not yet.
    pub const fn of(self, anchor: Anchor) -> Option<Timestamp> {
        match anchor {
            Anchor::Any => Some(self.any),
            Anchor::Contact => Some(self.contact),
            Anchor::Agent => self.agent,
        }
    }
}

/// What the rule needs to know of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idling {
    /// Its state.
    pub status: Status,
    /// Asleep until then.
    pub snoozed_until: Option<Timestamp>,
    /// Its clocks.
    pub clocks: Clocks,
    /// When the farewell message was sent last.
    pub farewell_at: Option<Timestamp>,
    /// Kind of its line.
    pub channel: Channel,
    /// End of the interaction window, on channels that have one.
    pub window_ends_at: Option<Timestamp>,
}

/// What is to be done with a conversation now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Wait,
    /// The farewell message is due.
    Warn,
    /// It is idle: close it.
    Close,
}

impl Rule {
    /// The latest start of a clock that makes a conversation idle at `at`; nothing if none does.
    pub fn started_by(&self, at: Timestamp) -> Option<Timestamp> {
        let latest = at.checked_sub_signed(self.after())?;
        self.since.is_none_or(|since| since <= latest).then_some(latest)
    }

    fn after(&self) -> Duration {
        Duration::seconds(i64::from(self.after_s))
    }
}

impl Idling {
    /// When the conversation is closed if nothing happens any more; nothing if that will not be: it has ended,
    /// is asleep, or its clock has not started. A farewell message that is due is taken to be sent at once.
    pub fn closes_at(&self, rule: &Rule, now: Timestamp) -> Option<Timestamp> {
        let start = self.start(rule, now)?;
        let due = start.checked_add_signed(rule.after())?;
        let Some(notice_s) = rule.notice_s else { return Some(due) };
        let notice = Duration::seconds(i64::from(notice_s));
        let warned = self.warned(start).or_else(|| {
            let at = due.checked_sub_signed(notice)?.max(now);
            self.may_send(at).then_some(at)
        });
        // Where the channel admits no free text any more it closes without a farewell.
        warned.map_or(Some(due), |at| Some(at.checked_add_signed(notice)?.max(due)))
    }

    /// What is to be done with it at `now`.
    pub fn step(&self, rule: &Rule, now: Timestamp) -> Step {
        let Some(closes_at) = self.closes_at(rule, now) else { return Step::Wait };
        if closes_at <= now {
            return Step::Close;
        }
        let warns = rule.notice_s.is_some_and(|notice_s| {
            let left = Duration::seconds(i64::from(notice_s));
            self.start(rule, now).is_some_and(|start| self.warned(start).is_none())
                && closes_at - now <= left
                && self.may_send(now)
        });
        if warns { Step::Warn } else { Step::Wait }
    }

    /// When its clock started, as far as the rule is concerned.
    fn start(&self, rule: &Rule, now: Timestamp) -> Option<Timestamp> {
        let asleep = self.snoozed_until.is_some_and(|until| until > now);
        if self.status.is_ended() || asleep {
            return None;
        }
        let start = self.clocks.of(rule.anchor)?.max(rule.since.unwrap_or(Timestamp::MIN_UTC));
        // A contact who answers the farewell is heard, whatever the anchor.
        let answered =
            self.warned(start).is_some_and(|at| rule.notice_s.is_some() && self.clocks.contact > at);
        Some(if answered { start.max(self.clocks.contact) } else { start })
    }

    /// When the contact was warned since the clock started.
    fn warned(&self, start: Timestamp) -> Option<Timestamp> {
        self.farewell_at.filter(|at| *at >= start)
    }

    /// Whether free text may be sent to the contact at `at`.
    fn may_send(&self, at: Timestamp) -> bool {
        self.channel.window().is_none() || self.window_ends_at.is_some_and(|end| at < end)
    }
}

/// Whether the rule closes `conversation` at `now` (P26).
pub fn is_idle(conversation: &Idling, rule: &Rule, now: Timestamp) -> bool {
    conversation.step(rule, now) == Step::Close
}

#[cfg(test)]
mod tests;
