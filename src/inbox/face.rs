//! What a row says, worked out of a conversation: who, what, since when, whose, how urgent. Pure but for the
//! language's formatters.

use super::words::{InboxWords, words};
use crate::acting::names::{priority_word, state_word, status_class, status_icon};
use crate::i18n::{Lang, fill, plural};
use bandeja_client::Lookups;
use bandeja_model::{Channel, Conversation, Direction, Priority, Timestamp};
use bandeja_ui::{IconName, RingLevel};
use chrono::Duration;

/// How long the interaction window is, to fill the ring.
const WINDOW_S: f64 = 24.0 * 3600.0;
/// A window with less left is amber.
const SOON_MIN: i64 = 120;
/// A window with less left is red.
const LAST_MIN: i64 = 30;

/// A row in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Decides the tint of the avatar.
    pub contact_id: String,
    /// The contact's name, else address.
    pub name: String,
    /// Kind of the line.
    pub channel: Channel,
    /// When the last thing happened, short.
    pub when: String,
    /// The same in full, with how long the contact waits.
    pub when_title: String,
    /// The newest message, or the reader's draft.
    pub said: Said,
    /// Messages not read.
    pub unread: u32,
    /// Where it stands.
    pub status: StatusFace,
    /// Labels that have room: name and colour.
    pub tags: Vec<(String, String)>,
    /// How many more there are, and all of them by name.
    pub more_tags: Option<(usize, String)>,
    /// What is left of the interaction window.
    pub window: Option<WindowFace>,
    /// Who answers for it.
    pub owner: Option<(String, String)>,
    /// How urgent, if somebody said so.
    pub priority: Option<(Priority, String)>,
}

/// The second line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// The reader's own, not sent.
    Draft(String),
    /// The contact's.
    In(String),
    /// Ours.
    Out(String),
    /// A private note.
    Note(String),
    /// Nothing yet.
    Nothing,
}

/// A state with its drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusFace {
    /// Its class.
    pub class: &'static str,
    /// Its drawing.
    pub icon: IconName,
    /// Its word.
    pub word: String,
}

/// What is left of the interaction window.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowFace {
    /// From 0 to 1.
    pub left: f64,
    /// In words.
    pub text: String,
    /// How urgent.
    pub level: RingLevel,
    /// What it is.
    pub title: String,
}

impl Face {
    /// The row of a conversation at `now`. `draft` is the reader's own.
    pub fn of(
        c: &Conversation,
        draft: Option<String>,
        lookups: &Lookups,
        now: Timestamp,
        lang: Lang,
    ) -> Self {
        let w = words(lang.get());
        let at = c.last_message.as_ref().map_or(c.last_activity_at, |message| message.at);
        let waiting = c.waiting_since.map(|since| fill(w.waiting, &[&lang.duration(now - since)]));
        let full = lang.full(at);
        let window = window_face(c, now, lang, w);
        // Two names have room, unless the line holds the window or a count too.
        let room = if window.is_some() || c.tags.len() > 2 { 1 } else { 2 };
        let (tags, more_tags) = tags_face(c, lookups, room);
        Self {
            contact_id: c.contact.id.to_string(),
            name: name(c, w),
            channel: c.channel,
            when: lang.row_time(at, now),
            when_title: waiting.map_or_else(|| full.clone(), |waiting| format!("{full}. {waiting}")),
            said: said(c, draft),
            unread: c.unread,
            status: status_face(c, now, lang, w),
            tags,
            more_tags,
            window,
            owner: c.owner.as_ref().map(|id| {
                let name = lookups.user(id).map(|user| user.name.clone());
                (id.to_string(), name.unwrap_or_default())
            }),
            priority: matches!(c.priority, Priority::High | Priority::Urgent)
                .then(|| (c.priority, fill(w.urgent_mark, &[priority_word(c.priority, lang.get())]))),
        }
    }

    /// What is said of unread messages: «2 sin leer».
    pub fn unread_words(&self, lang: Lang) -> String {
        let w = words(lang.get());
        let n = u64::from(self.unread);
        fill(plural(n, w.unread_one, w.unread_other), &[&lang.number(n)])
    }
}

fn name(c: &Conversation, w: &InboxWords) -> String {
    c.contact.called().unwrap_or(w.no_name).to_owned()
}

fn said(c: &Conversation, draft: Option<String>) -> Said {
    if let Some(draft) = draft.filter(|draft| !draft.trim().is_empty()) {
        return Said::Draft(bandeja_model::text::preview(&draft, bandeja_model::limits::PREVIEW_CHARS));
    }
    let Some(message) = &c.last_message else { return Said::Nothing };
    let text = message.text.clone();
    match message.direction {
        Direction::In => Said::In(text),
        Direction::Out => Said::Out(text),
        Direction::Note => Said::Note(text),
    }
}

fn status_face(c: &Conversation, now: Timestamp, lang: Lang, w: &InboxWords) -> StatusFace {
    match c.snoozed_until {
        Some(until) => {
            let when = format!("{}, {}", lang.day(until, now), lang.clock(until));
            let title = fill(w.snoozed_until, &[&when]);
            StatusFace { class: "snoozed", icon: IconName::StateSnoozed, word: title }
        }
        None => StatusFace {
            class: status_class(c.status),
            icon: status_icon(c.status),
            word: state_word(c, lang.get()),
        },
    }
}

type TagsFace = (Vec<(String, String)>, Option<(usize, String)>);

fn tags_face(c: &Conversation, lookups: &Lookups, room: usize) -> TagsFace {
    let known: Vec<_> = c.tags.iter().filter_map(|id| lookups.tag(id)).collect();
    let more = known.len().saturating_sub(room);
    let names = || known.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>().join(", ");
    let more = (more > 0).then(|| (more, names()));
    (known.iter().take(room).map(|tag| (tag.name.clone(), tag.color.clone())).collect(), more)
}

/// Ended conversations have no window to mind: writing reopens them first.
fn window_face(c: &Conversation, now: Timestamp, lang: Lang, w: &InboxWords) -> Option<WindowFace> {
    let end = c.window_ends_at.filter(|_| c.status.is_open())?;
    let left = end - now;
    let Some(level) = window_level(left) else {
        return Some(WindowFace {
            left: 0.0,
            text: w.window_over.to_owned(),
            level: RingLevel::Calm,
            title: w.window_over_title.to_owned(),
        });
    };
    let text = lang.duration(left);
    let title = fill(w.window_title, &[&text]);
    #[expect(clippy::cast_precision_loss, reason = "a day has 86,400 seconds")]
    let share = left.num_seconds() as f64 / WINDOW_S;
    Some(WindowFace { left: share, text, level, title })
}

/// How urgent what is left is; nothing when it is over.
fn window_level(left: Duration) -> Option<RingLevel> {
    if left <= Duration::zero() {
        None
    } else if left <= Duration::minutes(LAST_MIN) {
        Some(RingLevel::Last)
    } else if left <= Duration::minutes(SOON_MIN) {
        Some(RingLevel::Soon)
    } else {
        Some(RingLevel::Calm)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::Tag;

    fn conversation() -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": "assigned", "channel": "whatsapp", "line": "1", "campaign": "1",
            "contact": { "id": "1", "name": " ", "address": "+52 33 5550 0142" }, "tags": ["1", "2", "3"],
            "last_message": { "text": "Hola", "at": "2026-11-22T10:00:00Z", "direction": "out" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    #[test]
    fn a_contact_without_a_name_goes_by_the_address() {
        assert_eq!(name(&conversation(), words(crate::i18n::Locale::Es)), "+52 33 5550 0142");
    }

    #[test]
    fn the_readers_draft_stands_before_what_was_said() {
        assert_eq!(said(&conversation(), Some("  ".into())), Said::Out("Hola".into()));
        assert_eq!(said(&conversation(), Some("Hola,\nEmilio".into())), Said::Draft("Hola, Emilio".into()));
    }

    #[test]
    fn tags_without_room_are_counted_and_all_are_named() {
        let tag = |id: &str| Tag { id: id.into(), name: format!("T{id}"), color: "red".into() };
        let lookups = Lookups { tags: ["1", "2", "3"].map(tag).to_vec(), ..Lookups::default() };
        let (shown, more) = tags_face(&conversation(), &lookups, 1);
        assert_eq!(shown.len(), 1);
        assert_eq!(more, Some((2, "T1, T2, T3".to_owned())));
        assert_eq!(tags_face(&conversation(), &lookups, 3).1, None);
    }

    #[test]
    fn a_window_is_calm_then_soon_then_last_then_over() {
        let level = |minutes| window_level(Duration::minutes(minutes));
        assert_eq!(level(121), Some(RingLevel::Calm));
        assert_eq!(level(120), Some(RingLevel::Soon));
        assert_eq!(level(30), Some(RingLevel::Last));
        assert_eq!(level(0), None);
    }
}
