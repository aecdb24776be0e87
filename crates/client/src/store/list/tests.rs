use super::*;
use crate::store::conversations::{Conversations, Merged};
use crate::store::sample::{at, conversation, viewer};
use bandeja_model::{Priority, Status};
use proptest::prelude::*;

/// A server of some conversations, and a list that shows them.
struct World {
    server: Vec<Conversation>,
    store: Conversations,
    list: ListOrder,
    clock: i64,
}

/// An answer under way: as the server was when it was asked.
struct Answer {
    ask: Ask,
    asked: crate::store::conversations::Tick,
    rows: Vec<Conversation>,
    total: u64,
}

impl World {
    fn new(size: i64, filter: &str, sort: Sort) -> Self {
        let filter = Filter::parse(filter).unwrap();
        let server = (0..size).map(conversation).collect();
        let mut world =
            Self { server, store: Conversations::default(), list: ListOrder::new(filter, sort), clock: size };
        world.refresh();
        world
    }

    fn fresh(&self) -> Vec<Conversation> {
        let (filter, sort) = (self.list.filter(), self.list.sort());
        let mut rows: Vec<_> =
            self.server.iter().filter(|row| filter.matches(row, &viewer())).cloned().collect();
        rows.sort_by(|a, b| sort.compare(a, b));
        rows
    }

    fn answer(&self, ask: Ask) -> Answer {
        let rows = self.fresh();
        let total = rows.len() as u64;
        let rows = rows.into_iter().skip(ask.offset).take(ask.limit).collect();
        Answer { ask, asked: self.store.tick(), rows, total }
    }

    fn land(&mut self, answer: Answer) {
        let mut items = Vec::new();
        for row in answer.rows {
            let now = self.store.merge(row.clone(), answer.asked).current();
            items.push(self.list.landed(&row, now, &viewer()));
        }
        let total = Total { value: answer.total, exact: true };
        self.list.land(answer.ask.flight, &items, total, &viewer());
    }

    fn refresh(&mut self) {
        let ask = self.list.ask_anew();
        let answer = self.answer(ask);
        self.land(answer);
    }

    fn load(&mut self, from: usize, to: usize) {
        while let Some(ask) = self.list.ask(from, to) {
            let answer = self.answer(ask);
            self.land(answer);
        }
    }

    fn event(&mut self, number: usize, changed: &str, change: impl FnOnce(&mut Conversation, i64)) {
        self.clock += 1;
        let len = self.server.len();
        let row = &mut self.server[number % len];
        change(row, self.clock);
        let new = row.clone();
        let known = self.store.get(&new.id).cloned();
        let Merged::News { new, .. } = self.store.merge(new, self.store.tick()) else { return };
        let changed: Vec<String> = changed.split(' ').map(str::to_owned).collect();
        let news = News { old: known.as_ref(), changed: &changed, own: false };
        self.list.apply(&new, news, &viewer());
    }

    fn message(&mut self, number: usize) {
        self.event(number, "message unread", |row, clock| {
            row.last_activity_at = at(clock);
            row.unread += 1;
        });
    }

    fn close(&mut self, number: usize) {
        self.event(number, "status", |row, _| {
            row.version += 1;
            row.status = if row.status.is_open() { Status::Closed } else { Status::Assigned };
        });
    }

    fn shown(&self) -> Vec<Option<String>> {
        (0..self.list.rows.len()).map(|at| self.list.get(at).map(|row| row.id.to_string())).collect()
    }

    fn ids(&self, range: std::ops::Range<usize>) -> Vec<String> {
        self.shown()[range].iter().map(|id| id.clone().unwrap_or_else(|| "?".into())).collect()
    }

    /// Every known row stands where a fresh query would have it.
    fn is_true(&self) -> Result<(), String> {
        let fresh = self.fresh();
        if fresh.len() != self.list.rows.len() {
            return Err(format!("{} rows instead of {}", self.list.rows.len(), fresh.len()));
        }
        for (at, row) in self.list.rows.known() {
            if fresh[*at] != **row {
                return Err(format!("at {at}: {} instead of {}", row.id, fresh[*at].id));
            }
        }
        Ok(())
    }
}

#[test]
fn at_the_top_a_message_moves_its_conversation_up_at_once() {
    let mut world = World::new(100, "view=all", Sort::Activity);
    assert_eq!(world.ids(0..3), ["99", "98", "97"]);
    world.message(60);
    assert_eq!(world.ids(0..3), ["60", "99", "98"]);
    world.message(3);
    assert_eq!(world.ids(0..3), ["3", "60", "99"]);
    world.is_true().unwrap();
    assert!(!world.list.is_in_doubt());
}

#[test]
fn away_from_the_top_nothing_moves_until_the_viewer_takes_it() {
    let mut world = World::new(100, "view=all", Sort::Activity);
    world.list.set_at_top(false);
    world.message(60);
    world.message(60);
    world.message(55);
    assert_eq!(world.ids(0..3), ["99", "98", "97"]);
    assert_eq!(world.list.waiting(), 2);
    let position = world.list.position(&"60".into()).unwrap();
    assert_eq!(world.list.get(position).unwrap().unread, 2);
    world.list.take_waiting();
    assert_eq!(world.ids(0..3), ["55", "60", "99"]);
    assert_eq!(world.list.waiting(), 0);
    world.is_true().unwrap();
}

#[test]
fn away_from_the_top_what_no_longer_belongs_leaves_at_once() {
    let mut world = World::new(100, "view=all&group=open", Sort::Activity);
    world.list.set_at_top(false);
    world.close(99);
    assert_eq!(world.ids(0..2), ["98", "97"]);
    assert_eq!(world.list.total().value, 99);
}

#[test]
fn pages_fetched_while_something_waits_have_no_repeats_and_no_holes() {
    let mut world = World::new(300, "view=all", Sort::Activity);
    world.list.set_at_top(false);
    for number in [290, 10, 299] {
        world.message(number);
    }
    world.load(0, 300);
    let shown = world.ids(0..world.list.rows.len());
    let mut once = shown.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), shown.len());
    assert!(!shown.contains(&"?".to_owned()));
    world.list.take_waiting();
    assert_eq!(world.ids(0..4), ["299", "10", "290", "298"]);
    world.is_true().unwrap();
}

#[test]
fn ones_own_reply_is_not_announced() {
    let mut world = World::new(100, "view=all", Sort::Activity);
    world.list.set_at_top(false);
    let mine = Conversation { last_activity_at: at(5_000), ..conversation(70) };
    let own = News { own: true, ..News::default() };
    world.list.apply(&mine.into(), own, &viewer());
    assert_eq!(world.list.waiting(), 0);
    assert_eq!(world.ids(0..1), ["99"]);
}

#[test]
fn in_a_search_entering_ones_are_only_announced() {
    let mut world = World::new(100, "q=restrepo", Sort::Activity);
    world.event(5, "message", |row, clock| row.last_activity_at = at(clock));
    assert_eq!(world.list.waiting(), 1);
    assert_eq!(world.ids(0..1), ["99"]);
    assert!(world.list.take_waiting().1, "the server must be asked");
}

#[test]
fn one_that_is_answered_leaves_those_that_wait_for_an_answer() {
    let mut world = World::new(10, "view=all", Sort::Waiting);
    for number in [4, 7, 2] {
        world.event(number, "message", |row, clock| row.waiting_since = Some(at(clock)));
    }
    assert_eq!(world.ids(0..4), ["4", "7", "2", "9"]);
    world.event(4, "message", |row, _| row.waiting_since = None);
    assert_eq!(world.ids(0..3), ["7", "2", "9"]);
    world.is_true().unwrap();
}

#[test]
fn what_happens_before_the_first_answer_comes_is_not_lost() {
    let mut world = World::new(100, "view=all", Sort::Activity);
    world.list = ListOrder::new(world.list.filter().clone(), Sort::Activity);
    let ask = world.list.ask_anew();
    let answer = world.answer(ask);
    world.message(42);
    world.close(98);
    world.land(answer);
    assert_eq!(world.ids(0..2), ["42", "99"]);
    world.is_true().unwrap();
}

#[test]
fn an_answer_that_a_newer_question_replaced_is_left_out() {
    let mut world = World::new(100, "view=all", Sort::Activity);
    let ask = world.list.ask_anew();
    let late = world.answer(ask);
    world.refresh();
    world.message(42);
    world.land(late);
    world.is_true().unwrap();
}

#[test]
fn a_million_positions_cost_only_the_rows_that_were_looked_at() {
    let mut list = ListOrder::new(Filter::default(), Sort::Activity);
    let ask = list.ask_anew();
    let page = |offset: usize| -> Vec<Landed> {
        let newest = 10_000_000 - i64::try_from(offset).unwrap();
        (0..50).map(|n| Some(conversation(newest - n).into())).collect()
    };
    let total = Total { value: 5_000_000, exact: false };
    list.land(ask.flight, &page(0), total, &viewer());
    assert_eq!(list.total().value, LONGEST as u64);
    let mut from = 0;
    while from < 900_000 {
        while let Some(ask) = list.ask(from, from + 30) {
            list.land(ask.flight, &page(ask.offset), total, &viewer());
        }
        from += 3_000;
    }
    assert!(list.rows.known().len() <= 4_100, "{}", list.rows.known().len());
    assert!(list.get(899_000).is_none() && list.get(897_010).is_some());
}

#[derive(Clone, Debug)]
enum Step {
    Message(usize),
    Close(usize),
    Take(usize),
    Tag(usize),
    Urgent(usize),
    Created,
    Removed(usize),
    Ask(usize),
    Land,
    Refresh,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let number = 0usize..160;
    let step = prop_oneof![
        4 => number.clone().prop_map(Step::Message),
        3 => number.clone().prop_map(Step::Close),
        2 => number.clone().prop_map(Step::Take),
        1 => number.clone().prop_map(Step::Tag),
        1 => number.clone().prop_map(Step::Urgent),
        1 => Just(Step::Created),
        1 => number.clone().prop_map(Step::Removed),
        3 => number.prop_map(Step::Ask),
        3 => Just(Step::Land),
        1 => Just(Step::Refresh),
    ];
    prop::collection::vec(step, 0..60)
}

fn run(world: &mut World, steps: Vec<Step>, check: impl Fn(&World)) {
    let mut answers: Vec<Answer> = Vec::new();
    for step in steps {
        match step {
            Step::Message(number) => world.message(number),
            Step::Close(number) => world.close(number),
            Step::Take(number) => world.event(number, "owner status", |row, _| {
                row.version += 1;
                row.owner = if row.owner.is_none() { Some("me".into()) } else { None };
            }),
            Step::Tag(number) => world.event(number, "tags", |row, _| {
                row.version += 1;
                row.tags = vec!["t".into()];
            }),
            Step::Urgent(number) => world.event(number, "priority", |row, _| {
                row.version += 1;
                row.priority = Priority::Urgent;
            }),
            Step::Created => {
                let number = world.clock + 1_000;
                world.server.push(conversation(number));
                let last = world.server.len() - 1;
                world.event(last, "created message", |row, clock| row.last_activity_at = at(clock));
            }
            Step::Removed(number) => {
                let place = number % world.server.len();
                let gone = world.server.remove(place);
                let old = world.store.remove(&gone.id);
                world.list.remove(&gone.id, old.as_deref(), &viewer());
            }
            Step::Ask(from) => {
                if let Some(ask) = world.list.ask(from, from + 20) {
                    answers.push(world.answer(ask));
                }
            }
            Step::Land if !answers.is_empty() => {
                let answer = answers.remove(0);
                world.land(answer);
            }
            Step::Land => {}
            Step::Refresh => {
                let ask = world.list.ask_anew();
                answers.push(world.answer(ask));
            }
        }
        check(world);
    }
    for answer in answers {
        world.land(answer);
        check(world);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// At the top, in any order of events, questions and answers: unless the list says that it is in
    /// doubt, every known row stands where a fresh query would have it; and asking anew ends the doubt.
    #[test]
    fn the_list_is_what_a_fresh_query_would_give(
        steps in steps(),
        filter in prop::sample::select(vec!["view=all", "view=all&group=open", "view=mine", "tag=t", "unread=yes"]),
        sort in prop::sample::select(Sort::ALL.to_vec()),
    ) {
        let mut world = World::new(160, filter, sort);
        let failed = std::cell::RefCell::new(None);
        run(&mut world, steps, |world| {
            if !world.list.is_in_doubt() && !world.list.is_asking_anew() && failed.borrow().is_none() {
                *failed.borrow_mut() = world.is_true().err();
            }
        });
        prop_assert_eq!(failed.into_inner(), None);
        if world.list.is_in_doubt() { world.refresh(); }
        prop_assert_eq!(world.is_true(), Ok(()));
    }

    /// Away from the top nothing is shown twice, nothing that does not belong stays, and every hole
    /// can be filled; taking what waits and asking anew gives what a fresh query would.
    #[test]
    fn away_from_the_top_the_list_stays_whole(
        steps in steps(),
        filter in prop::sample::select(vec!["view=all", "view=all&group=open", "view=mine"]),
        sort in prop::sample::select(Sort::ALL.to_vec()),
    ) {
        let mut world = World::new(160, filter, sort);
        world.list.set_at_top(false);
        let failed = std::cell::RefCell::new(None);
        run(&mut world, steps, |world| {
            let mut seen = std::collections::BTreeSet::new();
            for (at, row) in world.list.rows.known() {
                let belongs = world.list.filter().matches(row, &viewer());
                if (!belongs || !seen.insert(row.id.clone())) && failed.borrow().is_none() {
                    *failed.borrow_mut() = Some(format!("{} at {at}", row.id));
                }
            }
        });
        prop_assert_eq!(failed.into_inner(), None);
        let mut asked = 0;
        while let Some(ask) = world.list.ask(0, world.list.rows.len()) {
            let answer = world.answer(ask);
            world.land(answer);
            asked += 1;
            prop_assert!(asked < 60, "asks for ever");
        }
        world.list.set_at_top(true);
        world.list.take_waiting();
        if world.list.is_in_doubt() { world.refresh(); }
        world.load(0, 200);
        if world.list.is_in_doubt() { world.refresh(); }
        prop_assert_eq!(world.is_true(), Ok(()));
    }
}
