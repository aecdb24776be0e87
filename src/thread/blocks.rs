//! Groups the entries of a thread into days and bursts: what stands under one face and one time.
//!
//! Pure. Works on a [`Glance`] of each entry, so that it knows neither messages nor the view; a
//! block's key changes exactly when something in it does, which is what tells the view to draw it
//! again.

use bandeja_model::{Timestamp, UserId};
use chrono::{Duration, NaiveDate};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Who speaks; two neighbours of one voice can share a face.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Voice {
    /// The customer.
    Contact,
    /// A user.
    User(UserId),
    /// The automatic menu.
    Bot,
    /// A rule.
    System,
    /// Stands by itself whatever its neighbours are: notes, events, what is not sent.
    Alone,
}

/// What grouping has to know of an entry.
#[derive(Clone, Debug)]
pub struct Glance {
    /// Who speaks.
    pub voice: Voice,
    /// When.
    pub at: Timestamp,
    /// The day it is on, on the reader's calendar.
    pub day: NaiveDate,
    /// Rises or differs whenever the entry has to be drawn anew; also tells entries apart.
    pub mark: u64,
}

/// A part of the thread as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The day on which what follows happened.
    Day(NaiveDate),
    /// Entries `from..to` under one face, or one entry that stands alone.
    Burst {
        /// Place of its first entry.
        from: usize,
        /// Place after its last entry.
        to: usize,
        /// Differs whenever it has to be drawn anew.
        key: u64,
    },
}

impl Block {
    /// What the view tells blocks apart by.
    pub fn key(&self) -> (Option<NaiveDate>, u64) {
        match self {
            Self::Day(day) => (Some(*day), 0),
            Self::Burst { key, .. } => (None, *key),
        }
    }
}

/// Longest pause inside a burst, in minutes.
const PAUSE_MINUTES: i64 = 5;
/// Most entries in a burst, so that drawing one anew stays cheap.
const BURST_ENTRIES: usize = 20;

/// The blocks of a thread whose entries come oldest first.
pub fn blocks(glances: &[Glance]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut from = 0;
    for (place, glance) in glances.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| glances.get(before));
        let new_day = before.is_none_or(|before| before.day != glance.day);
        let joins =
            before.is_some_and(|before| !new_day && place - from < BURST_ENTRIES && joins(before, glance));
        if !joins && place > from {
            blocks.push(burst(glances, from, place));
        }
        if !joins {
            from = place;
        }
        if new_day {
            blocks.push(Block::Day(glance.day));
        }
    }
    if from < glances.len() {
        blocks.push(burst(glances, from, glances.len()));
    }
    blocks
}

fn joins(before: &Glance, glance: &Glance) -> bool {
    glance.voice != Voice::Alone
        && before.voice == glance.voice
        && glance.at - before.at <= Duration::minutes(PAUSE_MINUTES)
}

fn burst(glances: &[Glance], from: usize, to: usize) -> Block {
    let mut hasher = DefaultHasher::new();
    for glance in glances.iter().take(to).skip(from) {
        glance.mark.hash(&mut hasher);
    }
    Block::Burst { from, to, key: hasher.finish() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_760_000_000_000;

    fn said(mark: u64, voice: Voice, minute: i64) -> Glance {
        let at = Timestamp::from_timestamp_millis(START).unwrap() + Duration::minutes(minute);
        Glance { voice, at, day: at.date_naive(), mark }
    }

    fn ranges(glances: &[Glance]) -> Vec<(usize, usize)> {
        blocks(glances)
            .into_iter()
            .filter_map(|block| match block {
                Block::Burst { from, to, .. } => Some((from, to)),
                Block::Day(_) => None,
            })
            .collect()
    }

    #[test]
    fn neighbours_of_one_voice_share_a_face_until_a_pause() {
        let ana = Voice::User("1".into());
        let thread = [
            said(1, Voice::Contact, 0),
            said(2, Voice::Contact, 4),
            said(3, Voice::Contact, 10),
            said(4, ana.clone(), 11),
            said(5, Voice::User("2".into()), 11),
            said(6, ana, 11),
        ];
        assert_eq!(ranges(&thread), [(0, 2), (2, 3), (3, 4), (4, 5), (5, 6)]);
    }

    #[test]
    fn notes_and_events_always_stand_alone() {
        let thread = [said(1, Voice::Alone, 0), said(2, Voice::Alone, 0), said(3, Voice::Contact, 0)];
        assert_eq!(ranges(&thread), [(0, 1), (1, 2), (2, 3)]);
    }

    #[test]
    fn each_day_is_said_once_before_its_first_entry() {
        let thread = [
            said(1, Voice::Contact, 0),
            said(2, Voice::Contact, 1),
            said(3, Voice::Contact, 24 * 60),
            said(4, Voice::Bot, 24 * 60),
        ];
        let shape: Vec<_> = blocks(&thread).iter().map(|block| matches!(block, Block::Day(_))).collect();
        assert_eq!(shape, [true, false, true, false, false]);
    }

    #[test]
    fn a_key_changes_with_what_is_inside_and_with_nothing_else() {
        let thread = [said(1, Voice::Contact, 0), said(2, Voice::Bot, 1), said(3, Voice::Contact, 2)];
        let mut older = vec![said(9, Voice::System, -1)];
        older.extend(thread.clone());
        let keys = |glances: &[Glance]| blocks(glances).iter().map(Block::key).collect::<Vec<_>>();
        let (before, after) = (keys(&thread), keys(&older));
        assert!(before.iter().all(|key| after.contains(key)), "older entries leave the rest alone");
        let mut changed = thread;
        changed[1].mark = 20;
        let differing = keys(&changed).iter().filter(|key| !before.contains(key)).count();
        assert_eq!(differing, 1);
    }

    #[test]
    fn an_endless_burst_is_cut() {
        let thread: Vec<_> = (0..45).map(|mark| said(mark, Voice::Contact, 0)).collect();
        assert_eq!(ranges(&thread), [(0, 20), (20, 40), (40, 45)]);
    }

    #[test]
    fn an_empty_thread_has_no_blocks() {
        assert_eq!(blocks(&[]), []);
    }
}
