//! The steps of one episode, before they have times: who says what, what happens in between, how it
//! ends. Owns the dramaturgy; moments and filled texts come later, in `thread.rs`.

use super::clock::{DAY, HOUR, MINUTE, SECOND};
use super::rng::Rng;
use super::scripts::{Script, Turn, Wording};
use super::shape::{Area, SeedAuthor, SeedEvent, SeedMenu};
use bandeja_model::ClosingSource;

/// One entry of the thread to be.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Milliseconds since the step before; at least 1.
    pub(super) gap: i64,
    /// The gap is to be kept to the millisecond.
    pub(super) exact: bool,
    /// Who.
    pub(super) author: SeedAuthor,
    /// What.
    pub(super) what: What,
    /// Position of its episode.
    pub(super) episode: usize,
}

/// What a step is; texts still have their slots.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// To or from the contact.
    Text(&'static str),
    /// The automatic menu, by itself.
    Menu(SeedMenu),
    /// Private.
    Note(&'static str),
    /// Something that happened.
    Event(SeedEvent),
}

/// How far an episode has come at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Course {
    /// The contact wrote; nobody answered.
    Unanswered,
    /// The automatic menu has it.
    InMenu,
    /// Somewhere in the middle; with `waiting` the contact spoke last.
    Midway {
        /// The contact spoke last.
        waiting: bool,
    },
    /// The agent spoke last and the contact fell silent.
    Silent,
    /// Through to the end.
    Through,
    /// Solved by the automatic menu.
    MenuOnly,
}

/// Who takes part in an episode and how it starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cast {
    /// Position of the episode.
    pub(super) episode: usize,
    /// Milliseconds since the episode before ended.
    pub(super) pause: i64,
    /// The team it is given to.
    pub(super) team: Option<usize>,
    /// Who answers.
    pub(super) owner: Option<usize>,
    /// The automatic menu, if it is on and the contact starts at the beginning.
    pub(super) menu: Option<SeedMenu>,
    /// The contact comes back to the owner.
    pub(super) returns: bool,
    /// Contacts send bursts; not so on mail.
    pub(super) bursts: bool,
    /// What its line deals with.
    pub(super) area: Area,
    /// Messages it should have at least.
    pub(super) at_least: usize,
}

/// Writes the steps of one episode after another.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    pub(super) wording: &'static Wording,
    pub(super) rng: &'a mut Rng,
    pub(super) steps: Vec<Step>,
}

impl Writer<'_> {
    /// Writes an episode as far as its course goes, without its ending; the script it was about.
    pub(super) fn episode(&mut self, cast: &Cast, course: Course) -> &'static Script {
        let script = self.script(cast, course);
        self.open(cast);
        if let Some(menu) = cast.menu {
            self.menu(cast, menu, course);
        }
        if matches!(course, Course::InMenu | Course::MenuOnly) {
            return script;
        }
        self.given(cast);
        if cast.returns && self.rng.chance(450) {
            self.contact(cast, self.wording.returns, SECOND);
        }
        let begun = self.messages();
        self.turns(cast, script, course, begun);
        self.aftermath(cast, course);
        script
    }

    /// Adds a step.
    pub(super) fn step(&mut self, episode: usize, gap: i64, author: SeedAuthor, what: What) {
        self.steps.push(Step { gap: gap.max(1), exact: false, author, what, episode });
    }

    /// Ends an episode; the author is the user or the system.
    pub(super) fn end(
        &mut self,
        episode: usize,
        source: ClosingSource,
        by: Option<usize>,
        gap: i64,
        cancelled: bool,
    ) {
        let event = if cancelled { SeedEvent::Cancelled { episode } } else { SeedEvent::Closed { episode } };
        let author = match source {
            ClosingSource::User => by.map_or(SeedAuthor::System, SeedAuthor::User),
            ClosingSource::Bot => SeedAuthor::Bot,
            ClosingSource::Rule | ClosingSource::Inactivity => SeedAuthor::System,
        };
        let exact = source == ClosingSource::Inactivity;
        self.steps.push(Step { gap: gap.max(1), exact, author, what: What::Event(event), episode });
    }

    fn messages(&self) -> usize {
        self.steps.iter().filter(|step| !matches!(step.what, What::Event(_))).count()
    }

    /// A script that suits the line, mostly; one that starts with the contact, except where payments
    /// are reminded of.
    fn script(&mut self, cast: &Cast, course: Course) -> &'static Script {
        let we_may_start = cast.area == Area::Billing
            && !cast.returns
            && cast.menu.is_none()
            && course != Course::Unanswered;
        let scripts = self.wording.scripts;
        let mut found = &EMPTY;
        for _ in 0..40 {
            let Some(script) = scripts.get(self.rng.below(scripts.len())) else { break };
            if we_may_start || script.starts_with_contact() {
                found = script;
                if script.topic.fits(cast.area) || self.rng.chance(40) {
                    break;
                }
            }
        }
        found
    }

    fn open(&mut self, cast: &Cast) {
        let event = if cast.returns {
            SeedEvent::Reopened { owner: cast.owner }
        } else {
            SeedEvent::Opened { bot: cast.menu.is_some() }
        };
        self.step(cast.episode, cast.pause, SeedAuthor::System, What::Event(event));
    }

    /// Somebody takes it after the start.
    fn given(&mut self, cast: &Cast) {
        if cast.returns || (cast.owner.is_none() && cast.team.is_none()) {
            return;
        }
        let event = SeedEvent::Assigned { user: cast.owner, team: cast.team };
        let by_menu = cast.menu.is_some() && cast.owner.is_none();
        let author = if by_menu { SeedAuthor::Bot } else { SeedAuthor::System };
        self.step(cast.episode, SECOND, author, What::Event(event));
    }

    fn menu(&mut self, cast: &Cast, menu: SeedMenu, course: Course) {
        let words = self.wording;
        self.contact(cast, &["{hi}"], 1);
        self.show(cast, menu);
        if course == Course::InMenu && self.rng.chance(600) {
            return;
        }
        let gap = self.rng.between(8 * SECOND, 3 * MINUTE);
        match (course, cast.team) {
            (Course::InMenu, _) => {
                self.contact(cast, words.bot_unclear, gap);
                self.show(cast, menu);
            }
            (Course::MenuOnly, _) => {
                self.contact(cast, &answers(menu, |_| true), gap);
                self.bot(cast, words.bot_answer);
                if self.rng.chance(600) {
                    let gap = self.rng.between(10 * SECOND, 2 * MINUTE);
                    self.contact(cast, words.bot_bye, gap);
                }
            }
            (_, Some(chosen)) => {
                self.contact(cast, &answers(menu, |team| team == chosen), gap);
                self.bot(cast, words.bot_handover);
            }
            (_, None) => {
                self.contact(cast, words.bot_unclear, gap);
                self.bot(cast, words.bot_handover);
            }
        }
    }

    fn turns(&mut self, cast: &Cast, script: &'static Script, course: Course, begun: usize) {
        let answers = |turn: &Turn| matches!(turn, Turn::Out(_));
        let first_answer = script.turns.iter().position(answers).unwrap_or(0);
        let after = script.turns.len().saturating_sub(first_answer + 1);
        let upto = match course {
            Course::Unanswered => first_answer,
            Course::Through => script.turns.len(),
            // Mostly early: long waits come at the beginning.
            _ => first_answer + 1 + self.rng.below(after + 1).min(self.rng.below(after + 1)),
        };
        let upto = last_of(script.turns, upto, course);
        for (position, turn) in script.turns.iter().take(upto).enumerate() {
            self.turn(cast, turn, position == 0);
        }
        while self.messages() < begun + cast.at_least {
            self.more(cast);
        }
    }

    /// Another matter in the same episode, as in threads that go on for weeks.
    fn more(&mut self, cast: &Cast) {
        let scripts = self.wording.scripts;
        let Some(script) = scripts.get(self.rng.below(scripts.len())) else { return };
        for (position, turn) in script.turns.iter().enumerate() {
            let before = self.steps.len();
            self.turn(cast, turn, false);
            if position == 0 {
                let pause = self.rng.between(2 * HOUR, 4 * DAY);
                if let Some(step) = self.steps.get_mut(before) {
                    step.gap = pause;
                }
            }
        }
    }

    fn turn(&mut self, cast: &Cast, turn: &Turn, first: bool) {
        match turn {
            Turn::In(texts) => {
                let gap = if first { self.rng.between(SECOND, 40 * SECOND) } else { self.contact_pause() };
                self.contact(cast, texts, gap);
            }
            Turn::Out(texts) => {
                let gap = self.agent_pause();
                let text = self.rng.pick(texts);
                let author = cast.owner.map_or(SeedAuthor::System, SeedAuthor::User);
                self.step(cast.episode, gap, author, What::Text(text));
            }
            // Not every agent takes notes.
            Turn::Note(texts) => {
                if let (Some(owner), true) = (cast.owner, self.rng.chance(550)) {
                    let gap = self.rng.between(30 * SECOND, 12 * MINUTE);
                    let text = self.rng.pick(texts);
                    self.step(cast.episode, gap, SeedAuthor::User(owner), What::Note(text));
                }
            }
        }
    }

    /// What comes after the last turn: the contact insists, or the agent asks again.
    fn aftermath(&mut self, cast: &Cast, course: Course) {
        let owner = cast.owner.map(SeedAuthor::User);
        match (course, owner) {
            (Course::Unanswered, _) if self.rng.chance(220) => {
                let gap = self.rng.between(3 * MINUTE, 50 * MINUTE);
                self.contact(cast, self.wording.nudges, gap);
            }
            (Course::Midway { waiting: true }, _) if self.rng.chance(350) => {
                let gap = self.rng.between(10 * MINUTE, 20 * HOUR);
                self.contact(cast, self.wording.nudges, gap);
            }
            (Course::Silent, Some(owner)) if self.rng.chance(500) => {
                let gap = self.rng.between(20 * HOUR, 3 * DAY);
                let text = self.rng.pick(self.wording.follow_ups);
                self.step(cast.episode, gap, owner, What::Text(text));
            }
            (Course::Midway { waiting: false }, Some(owner)) if self.rng.chance(200) => {
                let gap = self.rng.between(2 * HOUR, 2 * DAY);
                let text = self.rng.pick(self.wording.follow_ups);
                self.step(cast.episode, gap, owner, What::Text(text));
            }
            _ => {}
        }
    }

    /// One text of the contact, in as many messages as it has parts.
    fn contact(&mut self, cast: &Cast, texts: &[&'static str], gap: i64) {
        let text = self.rng.pick(texts);
        if !cast.bursts {
            self.step(cast.episode, gap, SeedAuthor::Contact, What::Text(text));
            return;
        }
        for (position, part) in text.split('|').enumerate() {
            let gap = if position == 0 { gap } else { self.rng.between(4 * SECOND, 70 * SECOND) };
            self.step(cast.episode, gap, SeedAuthor::Contact, What::Text(part));
        }
    }

    fn show(&mut self, cast: &Cast, menu: SeedMenu) {
        let gap = self.rng.between(SECOND, 2 * SECOND) + self.rng.between(0, 2 * SECOND);
        self.step(cast.episode, gap, SeedAuthor::Bot, What::Menu(menu));
    }

    fn bot(&mut self, cast: &Cast, texts: &[&'static str]) {
        let gap = self.rng.between(SECOND, 4 * SECOND);
        let text = self.rng.pick(texts);
        self.step(cast.episode, gap, SeedAuthor::Bot, What::Text(text));
    }

    fn contact_pause(&mut self) -> i64 {
        match self.rng.below(100) {
            0..55 => self.rng.between(25 * SECOND, 12 * MINUTE),
            55..82 => self.rng.between(12 * MINUTE, 3 * HOUR),
            82..95 => self.rng.between(3 * HOUR, 20 * HOUR),
            _ => self.rng.between(20 * HOUR, 3 * DAY),
        }
    }

    fn agent_pause(&mut self) -> i64 {
        match self.rng.below(100) {
            0..45 => self.rng.between(30 * SECOND, 6 * MINUTE),
            45..85 => self.rng.between(6 * MINUTE, 50 * MINUTE),
            _ => self.rng.between(50 * MINUTE, 5 * HOUR),
        }
    }
}

/// How people choose: by the number of an option, or by its label.
fn answers(menu: SeedMenu, leads: impl Fn(usize) -> bool) -> Vec<&'static str> {
    let numbered = menu.options.iter().zip(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    numbered.filter(|(option, _)| leads(option.1)).flat_map(|(option, number)| [number, option.0]).collect()
}

/// Where nothing suits; does not happen with the wording as it is.
static EMPTY: Script = Script { topic: super::scripts::Topic::Hours, turns: &[], done: &[] };

/// How many turns to take near `upto` so that the right one speaks last.
fn last_of(turns: &[Turn], upto: usize, course: Course) -> usize {
    let wanted = |turn: &Turn| match course {
        Course::Midway { waiting: true } => matches!(turn, Turn::In(_)),
        Course::Midway { waiting: false } => !matches!(turn, Turn::In(_)),
        Course::Silent => matches!(turn, Turn::Out(_)),
        _ => true,
    };
    let answered = |count: usize| turns.iter().take(count).any(|turn| matches!(turn, Turn::Out(_)));
    let fits = |count: &usize| {
        let ends_right = count.checked_sub(1).and_then(|last| turns.get(last)).is_some_and(wanted);
        ends_right && (answered(*count) || course == Course::Unanswered)
    };
    let later = (upto..=turns.len()).find(fits);
    later.or_else(|| (1..upto).rev().find(fits)).unwrap_or(upto)
}
