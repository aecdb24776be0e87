//! Fetching rows: what to ask for, and where the answer goes although the list moved meanwhile.

use super::rows::Rows;
use super::{From, ListOrder, News, Outcome};
use bandeja_contract::Total;
use bandeja_model::{Conversation, ConversationId, Viewer};
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

/// Rows asked for at a time.
pub(super) const PAGE: usize = 50;
/// Most rows asked for at a time.
pub(super) const LARGEST: usize = 200;
/// Known rows above which those far from the view are dropped.
const KEPT: usize = 4_000;
/// How far from the view rows are kept then.
const NEAR: usize = 1_500;
/// Events remembered while the list is being asked for anew.
const REMEMBERED: usize = 2_000;
/// How often in a row one page is asked for.
const REPEATS: u32 = 6;

/// What to ask the server for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// To be given back with the answer.
    pub flight: u64,
    /// Rows to leave out from the start.
    pub offset: usize,
    /// Rows wanted.
    pub limit: usize,
}

/// A row of an answer; `None`: news overtook the answer, and have put the row elsewhere or away.
pub type Landed = Option<Arc<Conversation>>;

#[derive(Clone, Debug)]
pub(super) struct Flight {
    pub(super) id: u64,
    /// First position wanted, kept up with the moving list.
    pub(super) start: usize,
    pub(super) limit: usize,
    /// Rows left out beyond that.
    beyond: usize,
    /// The list moved meanwhile; whether the server had moved it already cannot be told.
    disturbed: bool,
}

#[derive(Clone, Debug)]
enum Remembered {
    Changed { new: Arc<Conversation>, old: Option<Arc<Conversation>>, changed: Vec<String>, own: bool },
    Removed(ConversationId),
}

/// Questions under way.
#[derive(Clone, Debug, Default)]
pub(super) struct Flights {
    last: u64,
    pages: Vec<Flight>,
    fresh: Option<Flight>,
    remembered: Vec<Remembered>,
    pub(super) view: Range<usize>,
    /// The page asked for last, and how often in a row.
    repeated: (usize, u32),
}

impl Flights {
    /// A row came in before `position`.
    pub(super) fn shift_in(&mut self, position: usize) {
        for flight in &mut self.pages {
            flight.start += usize::from(flight.start >= position);
        }
        self.disturb();
    }

    /// The row at `position` left.
    pub(super) fn shift_out(&mut self, position: usize) {
        for flight in &mut self.pages {
            flight.start -= usize::from(flight.start > position);
        }
        self.disturb();
    }

    pub(super) fn disturb(&mut self) {
        for flight in &mut self.pages {
            flight.disturbed = true;
        }
    }

    pub(super) fn remember(&mut self, new: &Arc<Conversation>, news: News<'_>) {
        if self.fresh.is_some() && self.remembered.len() < REMEMBERED {
            self.remembered.push(Remembered::Changed {
                new: new.clone(),
                old: news.old.cloned(),
                changed: news.changed.to_vec(),
                own: news.own,
            });
        }
    }

    pub(super) fn forget(&mut self, id: &ConversationId) {
        if self.fresh.is_some() && self.remembered.len() < REMEMBERED {
            self.remembered.push(Remembered::Removed(id.clone()));
        }
    }

    pub(super) fn launch(&mut self, start: usize, beyond: usize, limit: usize) -> Flight {
        self.last += 1;
        Flight { id: self.last, start, beyond, limit, disturbed: false }
    }

    /// A page that keeps coming without filling its place is not asked for for ever.
    fn may_ask(&mut self, start: usize) -> bool {
        let times = if self.repeated.0 == start { self.repeated.1 + 1 } else { 1 };
        self.repeated = (start, times);
        times <= REPEATS
    }
}

impl ListOrder {
    /// What to land of a row that the server sent, given the conversation as it is `now`.
    pub fn landed(&self, sent: &Conversation, now: Option<Arc<Conversation>>, viewer: &Viewer) -> Landed {
        now.filter(|now| {
            let still = self.sort.compare(sent, now) == Ordering::Equal;
            // Where server and app do not agree on a filter, because their clocks differ, the server rules.
            still && (self.filter.matches(now, viewer) || !self.filter.matches(sent, viewer))
        })
    }

    /// The next page that the view of `from..to` lacks and nobody asked for; call until `None`.
    pub fn ask(&mut self, from: usize, to: usize) -> Option<Ask> {
        self.flights.view = from..to;
        if !self.loaded {
            return None;
        }
        let mut from = from;
        loop {
            let missing = self.rows.first_unknown(from..to)?;
            let covers = |flight: &&Flight| (flight.start..flight.start + PAGE).contains(&missing);
            if let Some(flight) = self.flights.pages.iter().find(covers) {
                from = flight.start + PAGE;
                continue;
            }
            let start = missing - missing % PAGE;
            if !self.flights.may_ask(start) {
                return None;
            }
            // The server has long placed those that wait here. Where they precede the page they are
            // more rows to leave out, up to as many rows come too many.
            let spare = self.waiting.len().min(LARGEST - PAGE);
            let (offset, limit) = (start + self.waiting.len() - spare, PAGE + spare);
            let flight = self.flights.launch(start, offset - start, limit);
            let ask = Ask { flight: flight.id, offset, limit };
            self.flights.pages.push(flight);
            return Some(ask);
        }
    }

    /// Asks for the viewed part anew, as the server has it. What happens until the answer comes is
    /// remembered and happens to the answer as well.
    pub fn ask_anew(&mut self) -> Ask {
        let view = self.flights.view.clone();
        let start = if self.at_top { 0 } else { view.start - view.start % PAGE };
        let limit = view.end.saturating_sub(start).clamp(PAGE, LARGEST);
        self.quiet.give_up();
        self.ask_afresh(start, limit)
    }

    /// Asks for a stretch as the server has it; what happens meanwhile is remembered.
    pub(super) fn ask_afresh(&mut self, start: usize, limit: usize) -> Ask {
        let flight = self.flights.launch(start, 0, limit);
        let ask = Ask { flight: flight.id, offset: start, limit };
        self.flights.remembered.clear();
        self.flights.repeated = (0, 0);
        self.flights.fresh = Some(flight);
        ask
    }

    /// A question is being asked anew.
    pub fn is_asking_anew(&self) -> bool {
        self.flights.fresh.is_some()
    }

    /// How many pages are under way.
    pub fn under_way(&self) -> usize {
        self.flights.pages.len()
    }

    /// The question got no answer.
    pub fn unanswered(&mut self, flight: u64) {
        self.flights.pages.retain(|other| other.id != flight);
        if self.flights.fresh.take_if(|fresh| fresh.id == flight).is_some() {
            self.quiet.give_up();
        }
    }

    /// An answer came. One to a question that a newer one has replaced is left out.
    pub fn land(&mut self, flight: u64, items: &[Landed], total: Total, viewer: &Viewer) -> Outcome {
        if let Some(fresh) = self.flights.fresh.take_if(|fresh| fresh.id == flight) {
            if self.seeks_on(&fresh, items, total) {
                return Outcome::default();
            }
            return self.land_anew(&fresh, items, total, viewer);
        }
        let Some(place) = self.flights.pages.iter().position(|other| other.id == flight) else {
            return Outcome::default();
        };
        let flight = self.flights.pages.swap_remove(place);
        let end = self.fill(&flight, items);
        let outside = self.waiting.values().filter(|waiting| waiting.from == From::Outside).count();
        let len = length(total).saturating_sub(outside).max(end);
        if items.len() < flight.limit {
            self.rows.resize(end);
        } else if len != self.rows.len() {
            self.doubt |= total.exact;
            self.rows.resize(len);
        }
        self.doubt |= flight.disturbed;
        self.exact = total.exact;
        self.drop_far();
        Outcome { moved: true, waiting: false }
    }

    fn land_anew(&mut self, flight: &Flight, items: &[Landed], total: Total, viewer: &Viewer) -> Outcome {
        self.rows = Rows::default();
        self.unseen = if self.at_top { 0 } else { self.waiting() };
        self.waiting.clear();
        self.flights.pages.clear();
        // A list that has become shorter than where one was answers nothing, and ends where it says.
        let is_beyond = items.is_empty() && flight.start > length(total);
        self.rows.resize(if is_beyond {
            length(total)
        } else {
            length(total).max(flight.start + items.len())
        });
        let end = self.fill(flight, items);
        if items.len() < flight.limit && !is_beyond {
            self.rows.resize(end.max(flight.start.min(length(total))));
        }
        self.exact = total.exact;
        self.loaded = true;
        let remembered = std::mem::take(&mut self.flights.remembered);
        self.doubt = remembered.len() >= REMEMBERED;
        for event in remembered {
            match event {
                Remembered::Changed { new, old, changed, own } => {
                    self.apply(&new, News { old: old.as_ref(), changed: &changed, own }, viewer)
                }
                Remembered::Removed(id) => self.remove(&id, None, viewer),
            };
        }
        Outcome { moved: true, waiting: true }
    }

    /// Puts the rows of an answer in their places, from the first on. Gives the position behind the last.
    fn fill(&mut self, flight: &Flight, items: &[Landed]) -> usize {
        let offset = flight.start + flight.beyond;
        let mut shown = items.iter().flatten().enumerate().filter(|(_, row)| !self.waits(&row.id));
        let first = shown.next().map(|(place, row)| self.position_of_server(row, offset + place));
        let mut at = first.unwrap_or(flight.start);
        for item in items {
            let Some(row) = item else { continue };
            if self.waits(&row.id) {
                continue;
            }
            while self.rows.get(at).is_some_and(|other| self.waits(&other.id)) {
                at += 1;
            }
            if at >= self.rows.len() {
                self.rows.resize(at + 1);
            }
            self.rows.set(at, row.clone());
            at += 1;
        }
        at
    }

    /// Where `row` stands here, which is at `offset` on the server: that has long placed those that
    /// wait, while here they are not shown yet, or still at an old place further down.
    fn position_of_server(&self, row: &Conversation, offset: usize) -> usize {
        let first = |other: &Conversation| self.sort.compare(other, row) == Ordering::Less;
        let mut position = offset;
        let mut places = Vec::new();
        for waiting in self.waiting.values().filter(|waiting| first(&waiting.row)) {
            if waiting.from != From::Unsure {
                position = position.saturating_sub(1);
            }
            if waiting.from == From::Inside {
                places.extend(self.rows.position(&waiting.row.id));
            }
        }
        places.sort_unstable();
        for place in places {
            position += usize::from(place <= position);
        }
        position
    }

    fn drop_far(&mut self) {
        if self.rows.known().len() <= KEPT {
            return;
        }
        let view = self.flights.view.clone();
        let near = view.start.saturating_sub(NEAR)..view.end.saturating_add(NEAR);
        let waiting = &self.waiting;
        self.rows.retain(|at, row| near.contains(&at) || at < PAGE || waiting.contains_key(&row.id));
    }
}

pub(super) fn length(total: Total) -> usize {
    usize::try_from(total.value).unwrap_or(super::LONGEST).min(super::LONGEST)
}
