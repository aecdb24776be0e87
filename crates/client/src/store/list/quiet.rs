//! Asking for the viewed part again without moving what the viewer looks at.
//!
//! A job over many conversations tells which changed and not what they are now. At the top the first
//! page is simply asked for again. Elsewhere rows above the view may have left by the hundred, and
//! only the server knows how many: a row of the view that did not change is looked for, by its place in
//! the order, until the answer holds it. Whoever draws the list then keeps that row where it is.

use super::pages::{Ask, Flight, LARGEST, Landed, PAGE, length};
use super::{ListOrder, Outcome};
use bandeja_contract::Total;
use bandeja_model::{Conversation, ConversationId, Sort};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// Rows asked for beyond the view, on each side.
const MARGIN: usize = 40;
/// How often an answer that misses the view leads to another question.
const TRIES: u32 = 6;

/// What is known of the news that say little.
#[derive(Clone, Debug, Default)]
pub(super) struct Quiet {
    /// Known rows that changed, and nobody knows how.
    stirred: HashSet<ConversationId>,
    seek: Option<Seek>,
    again: Option<Ask>,
}

impl Quiet {
    pub(super) fn give_up(&mut self) {
        self.seek = None;
        self.again = None;
        self.stirred.clear();
    }
}

/// The search for where the view is now.
#[derive(Clone, Debug)]
struct Seek {
    /// Rows of the view that did not change, in order.
    anchors: Vec<Arc<Conversation>>,
    /// Where the first of them stood, of how many.
    stood: (usize, usize),
    /// Where it can be.
    within: Range<usize>,
    tries: u32,
}

/// Where a row is, compared with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Before,
    Inside,
    After,
}

impl ListOrder {
    /// These changed, and how was not said.
    pub fn stir(&mut self, ids: &HashSet<ConversationId>) -> Outcome {
        let known = self.rows.known().iter().map(|(_, row)| &row.id);
        self.quiet.stirred.extend(known.filter(|id| ids.contains(id)).cloned());
        Outcome::default()
    }

    /// Asks for the viewed part as the server has it now, wherever it has moved to.
    pub fn ask_quietly(&mut self) -> Ask {
        let view = self.flights.view.clone();
        let stirred = std::mem::take(&mut self.quiet.stirred);
        let in_view = self.rows.known().iter().filter(|(at, _)| view.contains(at));
        let mut anchors = in_view.filter(|(_, row)| !stirred.contains(&row.id) && !self.waits(&row.id));
        let first = anchors.next().cloned();
        let rest = anchors.map(|(_, row)| row.clone()).collect::<Vec<_>>();
        let Some((stood, first)) = first.filter(|_| !self.at_top) else { return self.ask_anew() };
        let len = self.rows.len();
        let seek = Seek {
            anchors: std::iter::once(first).chain(rest).collect(),
            stood: (stood, len),
            within: 0..usize::MAX,
            tries: 0,
        };
        let start = view.start.saturating_sub(MARGIN);
        let limit = (view.end.saturating_sub(start) + MARGIN).clamp(PAGE, LARGEST);
        let ask = self.ask_afresh(start, limit);
        self.quiet.seek = Some(seek);
        ask
    }

    /// The next question of a search for the view, once.
    pub fn ask_on(&mut self) -> Option<Ask> {
        self.quiet.again.take()
    }

    /// Whether the answer misses the view, so that another question is asked instead of landing it.
    pub(super) fn seeks_on(&mut self, flight: &Flight, items: &[Landed], total: Total) -> bool {
        let Some(mut seek) = self.quiet.seek.take() else { return false };
        let Some(next) = seek.next(self.sort, flight, items, length(total)) else { return false };
        let ask = self.ask_afresh(next, flight.limit);
        self.quiet.again = Some(ask);
        self.quiet.seek = Some(seek);
        true
    }
}

impl Seek {
    /// Where to look next; nothing when the answer holds a row of the view, or none is to be found.
    fn next(&mut self, sort: Sort, flight: &Flight, items: &[Landed], total: usize) -> Option<usize> {
        let found = |anchor: &Arc<Conversation>| items.iter().flatten().any(|row| row.id == anchor.id);
        if self.anchors.iter().any(found) || self.tries >= TRIES {
            return None;
        }
        self.tries += 1;
        // Those that belong inside the page and are not there have left.
        self.anchors.retain(|anchor| side(sort, anchor, items) != Side::Inside);
        let anchor = self.anchors.first()?;
        match side(sort, anchor, items) {
            Side::After => self.within.start = flight.start + items.len(),
            Side::Before | Side::Inside => self.within.end = flight.start,
        }
        let within = self.within.start..self.within.end.min(total);
        if within.is_empty() {
            return None;
        }
        let (at, of) = self.stood;
        let guess = match self.tries {
            // What left, left evenly: the best guess before anything else is known.
            1 => at * total / of.max(1),
            // All of it left above: jobs work through a list in its order.
            2 => at.saturating_sub(of.saturating_sub(total)),
            _ => within.start + (within.end - within.start) / 2,
        };
        let guess = guess.clamp(within.start, within.end - 1);
        Some(guess.saturating_sub(flight.limit / 2).max(within.start.min(guess)))
    }
}

fn side(sort: Sort, row: &Conversation, items: &[Landed]) -> Side {
    let mut rows = items.iter().flatten();
    let Some(first) = rows.next() else { return Side::Before };
    let last = rows.next_back().unwrap_or(first);
    if sort.compare(row, first) == Ordering::Less {
        Side::Before
    } else if sort.compare(last, row) == Ordering::Less {
        Side::After
    } else {
        Side::Inside
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample::{conversation, viewer};
    use bandeja_model::Filter;

    /// Newest first, like the sort by activity.
    fn rows(numbers: impl Iterator<Item = i64>) -> Vec<Arc<Conversation>> {
        let mut rows: Vec<_> = numbers.map(|number| Arc::new(conversation(number))).collect();
        rows.reverse();
        rows
    }

    fn answer(server: &[Arc<Conversation>], ask: Ask) -> (Vec<Landed>, Total) {
        let page = server.iter().skip(ask.offset).take(ask.limit).cloned().map(Some).collect();
        (page, Total { value: server.len() as u64, exact: true })
    }

    fn settle(list: &mut ListOrder, server: &[Arc<Conversation>], first: Ask) -> usize {
        let (mut ask, mut asked) = (first, 0);
        loop {
            let (items, total) = answer(server, ask);
            list.land(ask.flight, &items, total, &viewer());
            asked += 1;
            match list.ask_on() {
                Some(next) => ask = next,
                None => return asked,
            }
        }
    }

    fn scrolled(server: &[Arc<Conversation>], view: Range<usize>) -> ListOrder {
        let mut list = ListOrder::new(Filter::default(), Sort::Activity);
        let ask = list.ask_anew();
        let (items, total) = answer(server, ask);
        list.land(ask.flight, &items, total, &viewer());
        list.set_at_top(false);
        while let Some(ask) = list.ask(view.start, view.end) {
            let (items, total) = answer(server, ask);
            list.land(ask.flight, &items, total, &viewer());
        }
        list
    }

    fn stir(list: &mut ListOrder, ids: impl Iterator<Item = i64>) {
        list.stir(&ids.map(|id| id.to_string().into()).collect());
    }

    #[test]
    fn rows_that_left_above_the_view_are_accounted_for_and_the_view_is_found_again() {
        let before = rows(0..5_000);
        let mut list = scrolled(&before, 2_000..2_020);
        let kept = list.get(2_007).unwrap().id.clone();
        // Nine of ten have left, those of the view too but for one.
        let after: Vec<_> = before
            .iter()
            .enumerate()
            .filter(|(at, row)| at % 10 == 7 || row.id == kept)
            .map(|(_, row)| row.clone())
            .collect();
        stir(&mut list, (0..5_000).filter(|id| (4_999 - id) % 10 != 7));
        let ask = list.ask_quietly();
        let asked = settle(&mut list, &after, ask);
        assert!(asked <= 3, "{asked} questions");
        assert_eq!(list.position(&kept), Some(200));
        assert_eq!(list.total().value, 500);
    }

    #[test]
    fn what_left_unevenly_takes_a_few_questions_more() {
        let before = rows(0..5_000);
        let mut list = scrolled(&before, 2_000..2_020);
        let kept = list.get(2_000).unwrap().id.clone();
        // Everything above the view has left.
        let after = before[2_000..].to_vec();
        stir(&mut list, 3_000..5_000);
        let ask = list.ask_quietly();
        let asked = settle(&mut list, &after, ask);
        assert!(asked <= 1 + TRIES as usize, "{asked} questions");
        assert_eq!(list.position(&kept), Some(0));
    }

    #[test]
    fn when_the_whole_view_left_the_answer_is_taken_as_it_is() {
        let before = rows(0..1_000);
        let mut list = scrolled(&before, 500..520);
        let after = rows(0..100);
        stir(&mut list, 100..1_000);
        let ask = list.ask_quietly();
        settle(&mut list, &after, ask);
        assert_eq!(list.total().value, 100);
    }

    #[test]
    fn what_had_been_announced_stays_announced_until_the_viewer_is_at_the_top() {
        let before = rows(0..1_000);
        let mut list = scrolled(&before, 500..520);
        let news = super::super::News { old: None, changed: &["created".to_owned()], own: false };
        list.apply(&Arc::new(conversation(2_000)), news, &viewer());
        assert_eq!(list.waiting(), 1);
        let after: Vec<_> = rows(0..1_000);
        let after: Vec<_> = std::iter::once(Arc::new(conversation(2_000))).chain(after).collect();
        stir(&mut list, 0..10);
        let ask = list.ask_quietly();
        settle(&mut list, &after, ask);
        assert_eq!(list.waiting(), 1);
        assert_eq!(list.position(&"499".into()), Some(501));
        list.set_at_top(true);
        list.take_waiting();
        assert_eq!(list.waiting(), 0);
    }
}
