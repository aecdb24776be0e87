//! What an event says, as words with names and labels between them. Pure.

use super::words::ThreadWords;
use bandeja_client::Lookups;
use bandeja_model::{Author, SystemEvent, TagId, TeamId, UserId};

/// A piece of the sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Bit {
    /// Words as they are.
    Words(String),
    /// A name, in stronger type.
    Name(String),
    /// A label with its colour.
    Tag {
        /// Its name.
        name: String,
        /// Its colour.
        color: String,
    },
}

/// What the sentence is told with.
pub(super) struct Teller<'a> {
    /// Names.
    pub(super) lookups: &'a Lookups,
    /// The contact's name.
    pub(super) contact: &'a str,
    /// Says a moment in words.
    pub(super) moment: &'a dyn Fn(bandeja_model::Timestamp) -> String,
    /// Says an urgency.
    pub(super) priority: &'a dyn Fn(bandeja_model::Priority) -> String,
    /// The words.
    pub(super) w: &'static ThreadWords,
}

impl Teller<'_> {
    /// Who did something.
    pub(super) fn author(&self, author: &Author) -> Bit {
        match author {
            Author::Contact if self.contact.is_empty() => Bit::Words(self.w.by_contact.to_owned()),
            Author::Contact => Bit::Name(self.contact.to_owned()),
            Author::User { id } => self.user(id),
            Author::Bot => Bit::Words(self.w.by_bot.to_owned()),
            Author::System => Bit::Words(self.w.by_rule.to_owned()),
        }
    }

    /// A colleague's name.
    pub(super) fn user(&self, id: &UserId) -> Bit {
        Bit::Name(self.lookups.user(id).map_or_else(|| self.w.somebody.to_owned(), |user| user.name.clone()))
    }

    fn team(&self, id: &TeamId) -> Bit {
        Bit::Name(self.lookups.team(id).map_or_else(|| id.to_string(), |team| team.name.clone()))
    }

    fn tags(&self, ids: &[TagId]) -> Vec<Bit> {
        let mut bits = Vec::new();
        for id in ids {
            if !bits.is_empty() {
                bits.push(Bit::Words(" ".to_owned()));
            }
            bits.push(match self.lookups.tag(id) {
                Some(tag) => Bit::Tag { name: tag.name.clone(), color: tag.color.clone() },
                None => Bit::Words(self.w.a_tag.to_owned()),
            });
        }
        bits
    }

    /// The sentence for an event; closings and cancellings have a card of their own.
    pub(super) fn tell(&self, event: &SystemEvent, author: &Author) -> Vec<Bit> {
        let w = self.w;
        let by = || vec![self.author(author)];
        match event {
            SystemEvent::Opened { bot: true } => filled(w.ev_opened_bot, Vec::new()),
            SystemEvent::Opened { bot: false } => filled(w.ev_opened, Vec::new()),
            SystemEvent::Assigned { user, team } => self.assigned(author, user.as_ref(), team.as_ref()),
            SystemEvent::Unassigned => filled(w.ev_unassigned, vec![by()]),
            SystemEvent::Tagged { added, removed } => match (added.is_empty(), removed.is_empty()) {
                (false, true) => filled(w.ev_tagged, vec![by(), self.tags(added)]),
                (true, false) => filled(w.ev_untagged, vec![by(), self.tags(removed)]),
                _ => filled(w.ev_retagged, vec![by(), self.tags(added), self.tags(removed)]),
            },
            SystemEvent::Closed { .. } => filled(w.rec_closed, vec![by()]),
            SystemEvent::Cancelled { .. } => filled(w.rec_cancelled, vec![by()]),
            SystemEvent::Reopened { by_contact, owner } => {
                let who = if *by_contact { self.author(&Author::Contact) } else { self.author(author) };
                match (by_contact, owner) {
                    (true, Some(owner)) => {
                        filled(w.ev_returned_with, vec![vec![who], vec![self.user(owner)]])
                    }
                    (true, None) => filled(w.ev_returned, vec![vec![who]]),
                    (false, Some(owner)) if !is(author, owner) => {
                        filled(w.ev_reopened_with, vec![vec![who], vec![self.user(owner)]])
                    }
                    (false, _) => filled(w.ev_reopened, vec![vec![who]]),
                }
            }
            SystemEvent::Undone => filled(w.ev_undone, vec![by()]),
            SystemEvent::Archived => filled(w.ev_archived, vec![by()]),
            SystemEvent::Unarchived => filled(w.ev_unarchived, vec![by()]),
            SystemEvent::Snoozed { until } => {
                filled(w.ev_snoozed, vec![by(), vec![Bit::Words((self.moment)(*until))]])
            }
            SystemEvent::Woke if matches!(author, Author::User { .. }) => filled(w.ev_woke_by, vec![by()]),
            SystemEvent::Woke => filled(w.ev_woke, Vec::new()),
            SystemEvent::Bot { paused: true } => filled(w.ev_bot_paused, vec![by()]),
            SystemEvent::Bot { paused: false } => filled(w.ev_bot_on, vec![by()]),
            SystemEvent::Prioritised { priority } => {
                filled(w.ev_prioritised, vec![by(), vec![Bit::Words((self.priority)(*priority))]])
            }
        }
    }

    fn assigned(&self, author: &Author, user: Option<&UserId>, team: Option<&TeamId>) -> Vec<Bit> {
        let w = self.w;
        let by = vec![self.author(author)];
        match (user, team) {
            (Some(user), None) if is(author, user) => filled(w.ev_took, vec![by]),
            (Some(user), None) => filled(w.ev_assigned, vec![by, vec![self.user(user)]]),
            (None, Some(team)) => filled(w.ev_assigned_team, vec![by, vec![self.team(team)]]),
            (Some(user), Some(team)) => {
                filled(w.ev_assigned_both, vec![by, vec![self.user(user)], vec![self.team(team)]])
            }
            (None, None) => filled(w.ev_unassigned, vec![by]),
        }
    }
}

fn is(author: &Author, user: &UserId) -> bool {
    matches!(author, Author::User { id } if id == user)
}

/// A sentence whose marks are replaced by bits, in order.
pub(super) fn filled(sentence: &str, values: Vec<Vec<Bit>>) -> Vec<Bit> {
    let mut bits = Vec::new();
    let mut values = values.into_iter();
    for (place, words) in sentence.split("{}").enumerate() {
        if place > 0 {
            bits.extend(values.next().unwrap_or_default());
        }
        if !words.is_empty() {
            bits.push(Bit::Words(words.to_owned()));
        }
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;
    use crate::thread::words::words;
    use bandeja_contract::{Tag, User};
    use bandeja_model::{Availability, Role};

    fn lookups() -> Lookups {
        let user = |id: &str, name: &str| User {
            id: id.into(),
            name: name.to_owned(),
            role: Role::Agent,
            teams: Vec::new(),
            campaigns: Vec::new(),
            availability: Availability::Online,
            active: true,
        };
        Lookups {
            users: vec![user("1", "Lucía Ferrer"), user("2", "Diego Salas")],
            tags: vec![Tag { id: "9".into(), name: "VIP".to_owned(), color: "purple".to_owned() }],
            ..Lookups::default()
        }
    }

    fn told(event: &SystemEvent, author: &Author) -> String {
        let lookups = lookups();
        let teller = Teller {
            lookups: &lookups,
            contact: "Mariana",
            moment: &|at| at.to_rfc3339(),
            priority: &|priority| priority.code().to_owned(),
            w: words(Locale::Es),
        };
        let bits = teller.tell(event, author);
        bits.into_iter()
            .map(|bit| match bit {
                Bit::Words(text) | Bit::Name(text) => text,
                Bit::Tag { name, .. } => format!("[{name}]"),
            })
            .collect()
    }

    #[test]
    fn events_are_told_with_the_names_of_who_did_what() {
        let lucia = Author::User { id: "1".into() };
        let assigned = |user: &str| SystemEvent::Assigned { user: Some(user.into()), team: None };
        assert_eq!(told(&assigned("2"), &lucia), "Lucía Ferrer asignó la conversación a Diego Salas");
        assert_eq!(told(&assigned("1"), &lucia), "Lucía Ferrer tomó la conversación");
        let tagged = SystemEvent::Tagged { added: vec!["9".into()], removed: Vec::new() };
        assert_eq!(told(&tagged, &lucia), "Lucía Ferrer añadió [VIP]");
    }

    #[test]
    fn a_contact_who_comes_back_is_named_and_so_is_who_attends() {
        let event = SystemEvent::Reopened { by_contact: true, owner: Some("2".into()) };
        assert_eq!(told(&event, &Author::Contact), "Mariana volvió a escribir. Se reabrió con Diego Salas");
    }

    #[test]
    fn an_unknown_user_and_an_unknown_tag_do_not_break_the_sentence() {
        let event = SystemEvent::Tagged { added: vec!["404".into()], removed: Vec::new() };
        assert_eq!(
            told(&event, &Author::User { id: "404".into() }),
            "Alguien que ya no está añadió una etiqueta"
        );
    }
}
