//! Puts one conversation together: its episodes in a row, their moments counted back from the end,
//! and the state that follows from it all.

use super::Options;
use super::clock::{self, DAY, HOUR, MINUTE, SECOND};
use super::episode::{Cast, Course, Step, What, Writer};
use super::people::{Person, person_of};
use super::plan::{self, Ending, Plan};
use super::rng::Rng;
use super::scripts::{Script, Topic, Wording, wording};
use super::shape::{Area, SeedAuthor, SeedContent, SeedConversation, SeedEvent, SeedMessage, World};
use bandeja_model::{ClosingSource, Status};

const THREAD: u64 = 4;

/// Conversation `index`; `None` only in a world without lines.
pub(super) fn conversation(world: &World, options: &Options, index: usize) -> Option<SeedConversation> {
    let mut rng = Rng::stream(options.seed, index, THREAD);
    let plan = Plan::draw(world, options.seed, options.now_ms, index, &mut rng)?;
    let person = person_of(world, options.seed, index);
    let wording = wording(person.contact.language);
    let mut maker = Maker { world, options, index, plan: &plan, person: &person, wording, past: Vec::new() };
    let mut steps = maker.write(&mut rng);
    let tags = maker.tags(&mut steps, &mut rng);
    let snoozed_until = maker.snooze(&mut steps, &mut rng);
    let archived = plan.ending.is_some() && maker.archive(&mut steps, &mut rng);
    let moments = moments(&steps, plan.end, &mut rng);
    let messages = maker.render(&steps, &moments, &mut rng);
    let episodes = maker.episodes(&messages, &steps, &moments, &mut rng);
    let last = maker.past.last()?;
    let priority = plan::priority(matches!(last.script.topic, Topic::Complaint | Topic::Damaged), &mut rng);
    let mut made = SeedConversation {
        index,
        address: person.address(plan.line.channel),
        contact: person.contact.clone(),
        line: plan.line_index,
        team: last.team,
        owner: last.after,
        status: plan.status,
        archived,
        priority,
        tags,
        unread: 0,
        snoozed_until,
        created_at: messages.first()?.at,
        last_activity_at: newest(&messages)?,
        messages,
        episodes,
    };
    made.unread = unread(&made, &mut rng);
    Some(made)
}

/// What an episode was, kept for its record.
#[derive(Debug)]
pub(super) struct Past {
    pub(super) script: &'static Script,
    pub(super) course: Course,
    pub(super) ending: Option<Ending>,
    pub(super) team: Option<usize>,
    /// Who answered.
    pub(super) author: Option<usize>,
    /// Who had it when it ended, or has it.
    pub(super) owner: Option<usize>,
    /// The user who ended it.
    pub(super) by: Option<usize>,
    pub(super) transfer: Option<usize>,
    /// The owner once it has ended.
    pub(super) after: Option<usize>,
}

/// One conversation in the making.
pub(super) struct Maker<'a> {
    pub(super) world: &'a World,
    pub(super) options: &'a Options,
    pub(super) index: usize,
    pub(super) plan: &'a Plan<'a>,
    pub(super) person: &'a Person,
    pub(super) wording: &'static Wording,
    pub(super) past: Vec<Past>,
}

impl Maker<'_> {
    /// The steps of all episodes.
    fn write(&mut self, rng: &mut Rng) -> Vec<Step> {
        let mut writer = Writer { wording: self.wording, rng, steps: Vec::new() };
        for episode in 0..=self.plan.past {
            let last = episode == self.plan.past;
            let pause = if episode == 0 { 1 } else { writer.rng.between(3 * HOUR, 24 * DAY) };
            let menu = self.starts_at_menu(pause, last);
            let ending = if last { self.plan.ending } else { Some(self.past_ending(menu, writer.rng)) };
            let course = self.course(last, menu, ending, writer.rng);
            let cast = self.cast(episode, pause, menu, course, writer.rng);
            let script = writer.episode(&cast, course);
            self.finish(&mut writer, &cast, script, course, ending);
        }
        writer.steps
    }

    /// Whether the contact meets the menu: the first time, after a cancelling, or when the team's
    /// window has passed after a closing by a user (P27, P28).
    fn starts_at_menu(&self, pause: i64, last: bool) -> bool {
        let must = last && self.plan.status == Status::Bot;
        self.plan.menu && (must || !self.returns(pause))
    }

    fn returns(&self, pause: i64) -> bool {
        let Some(Past { ending: Some(ending), after: Some(_), .. }) = self.past.last() else { return false };
        let window = self.world.teams.get(self.plan.line.team).and_then(|team| team.reassignment_s);
        let late =
            ending.source == ClosingSource::User && window.is_some_and(|seconds| pause > seconds * 1_000);
        !ending.cancelled && !late
    }

    fn past_ending(&self, menu: bool, rng: &mut Rng) -> Ending {
        if rng.chance(40) {
            return Ending { source: ClosingSource::User, cancelled: true };
        }
        Ending { source: plan::source(self.world, self.plan.team, menu, rng), cancelled: false }
    }

    fn course(&self, last: bool, menu: bool, ending: Option<Ending>, rng: &mut Rng) -> Course {
        let status = if last { self.plan.status } else { Status::Closed };
        match (status, ending) {
            (Status::New | Status::OutOfHours | Status::AgentsOffline, _) => Course::Unanswered,
            (Status::Bot, _) => Course::InMenu,
            (Status::Assigned, _) if rng.chance(650) => Course::Unanswered,
            (Status::Assigned, _) => Course::Midway { waiting: true },
            (Status::InProgress, _) => Course::Midway { waiting: rng.chance(520) },
            (_, Some(Ending { source: ClosingSource::Bot, .. })) if menu => Course::MenuOnly,
            (_, Some(Ending { source: ClosingSource::Inactivity, .. })) if rng.chance(120) => {
                Course::Midway { waiting: true }
            }
            (_, Some(Ending { source: ClosingSource::Inactivity, .. })) => Course::Silent,
            (_, Some(Ending { cancelled: true, .. })) if rng.chance(600) => Course::Unanswered,
            (_, Some(Ending { cancelled: true, .. })) => Course::Midway { waiting: rng.chance(300) },
            _ if rng.chance(330) => Course::Silent,
            _ => Course::Through,
        }
    }

    fn cast(&self, episode: usize, pause: i64, menu: bool, course: Course, rng: &mut Rng) -> Cast {
        let last = episode == self.plan.past;
        let returns = !menu && self.returns(pause);
        let known = self.past.last().and_then(|past| past.after).filter(|_| returns);
        let status = if last { self.plan.status } else { Status::Closed };
        // History is long before the last episode; alone, an episode is long if somebody answered.
        let longest = if self.plan.past > 0 { episode + 1 == self.plan.past } else { answered(course) };
        let at_least = if longest { self.plan.at_least } else { 0 };
        let (team, owner) = match (course, status) {
            (Course::InMenu | Course::MenuOnly, _) => (None, None),
            (_, Status::New) => (rng.chance(650).then_some(self.plan.team), None),
            (_, Status::AgentsOffline) => {
                (Some(self.plan.team), plan::absent_member(self.world, self.plan.team, rng))
            }
            (Course::Unanswered, Status::OutOfHours | Status::Closed) if rng.chance(450) => {
                (Some(self.plan.team), None)
            }
            _ => (Some(self.plan.team), known.or_else(|| self.somebody(last, rng))),
        };
        // Who is known but not the owner now did not get it back.
        let returns = returns && owner.is_some() && owner == known;
        Cast {
            episode,
            pause,
            team,
            owner,
            menu: self.plan.line.menu.filter(|_| menu),
            returns,
            bursts: plan::writes_bursts(self.plan, self.person),
            area: self.world.teams.get(self.plan.line.team).map_or(Area::Sales, |team| team.area),
            at_least,
        }
    }

    fn somebody(&self, last: bool, rng: &mut Rng) -> Option<usize> {
        let old = self.plan.status.is_ended() && self.options.now_ms - self.plan.end > 30 * DAY;
        let left = plan::former_member(self.world, self.plan.team).filter(|_| last && old);
        let named = self.plan.line.user.filter(|_| self.plan.team == self.plan.line.team);
        match rng.below(100) {
            0..12 if left.is_some() => left,
            0..45 if named.is_some() => named,
            _ => plan::member(self.world, self.plan.team, None, rng),
        }
    }

    /// The ending of an episode, or a handing-over in the middle of one that is open.
    fn finish(
        &mut self,
        writer: &mut Writer,
        cast: &Cast,
        script: &'static Script,
        course: Course,
        ending: Option<Ending>,
    ) {
        let mut past = Past {
            script,
            course,
            ending,
            team: cast.team,
            author: cast.owner,
            owner: cast.owner,
            by: None,
            transfer: None,
            after: cast.owner,
        };
        if let Some(ending) = ending {
            self.close(writer, cast, &mut past, ending);
        } else if self.plan.status == Status::Assigned && course != Course::Unanswered {
            let heir = plan::member(self.world, self.plan.team, cast.owner, writer.rng);
            let by = cast.owner.map_or(SeedAuthor::System, SeedAuthor::User);
            let event = SeedEvent::Assigned { user: heir, team: None };
            let gap = writer.rng.between(MINUTE, 30 * MINUTE);
            writer.step(cast.episode, gap, by, What::Event(event));
            past.owner = heir;
            past.after = heir;
        }
        self.past.push(past);
    }

    fn close(&self, writer: &mut Writer, cast: &Cast, past: &mut Past, ending: Ending) {
        let rng = &mut *writer.rng;
        let campaign = self.plan.line.campaign;
        past.by = match ending.source {
            ClosingSource::User if ending.cancelled || rng.chance(40) => {
                plan::admin(self.world, campaign, rng)
            }
            ClosingSource::User => cast.owner.or_else(|| plan::member(self.world, self.plan.team, None, rng)),
            _ => None,
        };
        if ending.source == ClosingSource::User && !ending.cancelled && rng.chance(80) {
            past.transfer = plan::member(self.world, self.plan.team, cast.owner, rng);
        }
        past.after = past.transfer.or(cast.owner).or(past.by);
        let idle = self.world.teams.get(self.plan.team).and_then(|team| team.inactivity_s).unwrap_or(0);
        let gap = match (ending.source, past.course) {
            (ClosingSource::Inactivity, _) => idle * 1_000,
            (ClosingSource::Bot, _) => rng.between(MINUTE, 10 * MINUTE),
            (ClosingSource::Rule, _) => rng.between(5 * SECOND, 40 * SECOND),
            (ClosingSource::User, Course::Through) => rng.between(20 * SECOND, 90 * MINUTE),
            (ClosingSource::User, _) => rng.between(2 * HOUR, 3 * DAY),
        };
        writer.end(cast.episode, ending.source, past.by, gap, ending.cancelled);
    }

    /// Draws up to four labels and tells of them in the last episode.
    fn tags(&self, steps: &mut Vec<Step>, rng: &mut Rng) -> Vec<usize> {
        let Some(last) = self.past.last() else { return Vec::new() };
        let wanted = rng.weighted([30, 34, 22, 10, 4].into_iter());
        let mut tags = Vec::new();
        for _ in 0..wanted {
            let fitting = last.script.topic.tags();
            let tag = if rng.chance(780) { rng.pick(fitting) } else { rng.below(self.world.tags.len()) };
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags.sort_unstable();
        if !tags.is_empty() && rng.chance(750) {
            let episode = self.plan.past;
            let author =
                last.author.filter(|_| answered(last.course)).map_or(SeedAuthor::System, SeedAuthor::User);
            let spot = self.tag_spot(steps, author, episode);
            let what = What::Event(SeedEvent::Tagged { added: tags.clone() });
            let gap = if author == SeedAuthor::System { 1 } else { rng.between(5 * SECOND, 2 * MINUTE) };
            steps.insert(spot, Step { gap, exact: false, author, what, episode });
        }
        tags
    }

    /// After the first thing the author said in the last episode, or after its opening.
    fn tag_spot(&self, steps: &[Step], author: SeedAuthor, episode: usize) -> usize {
        let begins = steps.iter().position(|step| step.episode == episode).unwrap_or(0);
        let said = |step: &Step| step.author == author && matches!(step.what, What::Text(_) | What::Note(_));
        let first = steps.iter().skip(begins).position(said).unwrap_or(0);
        // The message just before an exact closing stays just before it.
        let limit = steps.len() - usize::from(self.plan.ending.is_some());
        let spot = (begins + first + 1).min(limit);
        let exact = steps.get(spot).is_some_and(|next| next.exact);
        if exact { spot.saturating_sub(1).max(begins + 1) } else { spot }
    }

    fn snooze(&self, steps: &mut Vec<Step>, rng: &mut Rng) -> Option<i64> {
        let may = matches!(self.plan.status, Status::InProgress | Status::Assigned);
        let owner = self.past.last()?.owner?;
        if !may || !rng.chance(60) {
            return None;
        }
        let until = self.options.now_ms + rng.between(2, 6 * 24) * HOUR;
        let what = What::Event(SeedEvent::Snoozed { until });
        let gap = rng.between(MINUTE, 40 * MINUTE);
        steps.push(Step {
            gap,
            exact: false,
            author: SeedAuthor::User(owner),
            what,
            episode: self.plan.past,
        });
        Some(until)
    }

    fn archive(&self, steps: &mut Vec<Step>, rng: &mut Rng) -> bool {
        let user = self.past.last().and_then(|past| past.by.or(past.after));
        let (Some(user), true) = (user, rng.chance(160)) else { return false };
        let what = What::Event(SeedEvent::Archived);
        let author = SeedAuthor::User(user);
        steps.push(Step {
            gap: rng.between(1, 2 * HOUR),
            exact: false,
            author,
            what,
            episode: self.plan.past,
        });
        true
    }
}

/// Whether an agent had the word in an episode of this course.
const fn answered(course: Course) -> bool {
    matches!(course, Course::Midway { .. } | Course::Silent | Course::Through)
}

/// The moments of the steps, counted back from the last one. Agents write in office hours; contacts
/// sleep, except for a few.
fn moments(steps: &[Step], end: i64, rng: &mut Rng) -> Vec<i64> {
    let owl = rng.chance(60);
    let mut at = end;
    let mut exact = false;
    let mut moments: Vec<i64> = steps
        .iter()
        .rev()
        .map(|step| {
            if !exact {
                at = match step.author {
                    SeedAuthor::User(_) => clock::back_to_office(at, rng),
                    _ if owl => at,
                    _ => clock::back_to_waking(at, rng),
                };
            }
            let moment = at;
            at -= step.gap;
            exact = step.exact;
            moment
        })
        .collect();
    moments.reverse();
    moments
}

/// The newest message or note.
fn newest(messages: &[SeedMessage]) -> Option<i64> {
    let said = |message: &&SeedMessage| !matches!(message.content, SeedContent::Event(_));
    messages.iter().rev().find(said).map(|message| message.at)
}

/// How many of the last messages nobody has opened.
fn unread(made: &SeedConversation, rng: &mut Rng) -> u32 {
    let waiting = made.trailing_inbound();
    let kept = match made.status {
        Status::InProgress => 620,
        Status::Closed | Status::Cancelled => 250,
        _ => 880,
    };
    if waiting == 0 || !rng.chance(kept) || made.snoozed_until.is_some() {
        return 0;
    }
    // Mostly all of them; a closing by hand comes after reading.
    let by_hand = made.status.is_ended()
        && made
            .episodes
            .last()
            .and_then(|last| last.closing.as_ref())
            .is_some_and(|closing| closing.by.is_some());
    let count = if rng.chance(850) { waiting } else { 1 + rng.below(waiting) };
    if by_hand { 0 } else { u32::try_from(count).unwrap_or(u32::MAX) }
}
