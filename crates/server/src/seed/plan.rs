//! Decides what a conversation is like before a word is written: its state, when it was last active,
//! who has it, how many episodes it had and how each of them ended. Owns the proportions.

use super::clock::{self, DAY, HOUR, MINUTE};
use super::people::{Person, line_of};
use super::rng::Rng;
use super::shape::{SeedLine, World};
use bandeja_model::{Availability, ClosingSource, Priority, Role, Status};

/// The numbers of conversations that have more than 400 messages: the eighth, then one in many.
const HUGE_EVERY: usize = 9_973;
const HUGE_AT: usize = 7;

/// How an episode ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// By what kind of hand.
    pub(super) source: ClosingSource,
    /// Cancelled rather than closed.
    pub(super) cancelled: bool,
}

/// What is settled about a conversation.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) line_index: usize,
    pub(super) line: &'a SeedLine,
    /// The team that has it now, the line's in most cases.
    pub(super) team: usize,
    pub(super) status: Status,
    /// Episodes before the last one.
    pub(super) past: usize,
    /// Messages the longest episode has at least.
    pub(super) at_least: usize,
    /// The moment of the last step.
    pub(super) end: i64,
    /// How the last episode ended, if it did.
    pub(super) ending: Option<Ending>,
    /// The line's menu is on.
    pub(super) menu: bool,
}

impl<'a> Plan<'a> {
    /// Settles conversation `index`; `None` only in a world without lines.
    pub(super) fn draw(world: &'a World, seed: u64, now: i64, index: usize, rng: &mut Rng) -> Option<Self> {
        let line_index = line_of(world, seed, index);
        let line = world.lines.get(line_index)?;
        let status = status(line.bot, rng);
        let team = team(world, line, status, rng);
        let (past, at_least) = length(index, rng);
        let ending = status.is_ended().then(|| {
            if status == Status::Cancelled {
                Ending { source: ClosingSource::User, cancelled: true }
            } else {
                Ending { source: source(world, team, line.bot && past == 0, rng), cancelled: false }
            }
        });
        let end = end(world, team, status, ending, now, rng);
        Some(Self { line_index, line, team, status, past, at_least, end, ending, menu: line.bot })
    }
}

/// Roughly 45 of 100 open.
fn status(bot: bool, rng: &mut Rng) -> Status {
    match rng.below(1_000) {
        0..75 if bot => Status::Bot,
        75..145 => Status::New,
        145..215 => Status::Assigned,
        0..75 | 215..370 => Status::InProgress,
        370..415 => Status::OutOfHours,
        415..450 => Status::AgentsOffline,
        450..500 => Status::Cancelled,
        _ => Status::Closed,
    }
}

/// The line's team; now and then another of the campaign that it was handed to.
fn team(world: &World, line: &SeedLine, status: Status, rng: &mut Rng) -> usize {
    let handed = matches!(status, Status::Assigned | Status::InProgress | Status::Closed) && rng.chance(90);
    let others: Vec<usize> = (0..world.teams.len())
        .filter(|&team| team != line.team)
        .filter(|&team| world.teams.get(team).is_some_and(|found| found.campaign == line.campaign))
        .collect();
    if handed && !others.is_empty() { rng.pick(&others) } else { line.team }
}

/// Episodes before the last, and the least length of the longest.
fn length(index: usize, rng: &mut Rng) -> (usize, usize) {
    if index % HUGE_EVERY == HUGE_AT {
        return (3, 400);
    }
    match rng.below(1_000) {
        0..770 => (0, 0),
        770..915 => (1, 0),
        915..970 => (2, 0),
        970..990 => (rng.below(4) + 3, 0),
        990..994 => (1, 60),
        _ => (0, 22),
    }
}

/// What ends an episode; inactivity only where the team has it set, the menu only where it is on.
pub(super) fn source(world: &World, team: usize, menu: bool, rng: &mut Rng) -> ClosingSource {
    let idle = world.teams.get(team).is_some_and(|team| team.inactivity_s.is_some());
    match rng.below(100) {
        0..20 if idle => ClosingSource::Inactivity,
        20..32 if menu => ClosingSource::Bot,
        32..38 => ClosingSource::Rule,
        _ => ClosingSource::User,
    }
}

/// The moment of the last step: many today, a tail over ninety days.
fn end(world: &World, team: usize, status: Status, ending: Option<Ending>, now: i64, rng: &mut Rng) -> i64 {
    let age = if ending.is_some() { ended_age(rng) } else { open_age(world, team, rng) };
    let at = now - age;
    match (status, ending) {
        (Status::OutOfHours, _) => clock::back_to_closed_hours(at, rng),
        (Status::New | Status::Assigned | Status::AgentsOffline, _) => clock::back_to_office(at, rng),
        // What was last said then lies in office hours too.
        (_, Some(ending)) if ending.source == ClosingSource::Inactivity => clock::back_to_office(at, rng),
        _ => at,
    }
}

fn ended_age(rng: &mut Rng) -> i64 {
    match rng.below(100) {
        0..9 => rng.between(MINUTE, 9 * HOUR),
        9..30 => rng.between(9 * HOUR, 7 * DAY),
        30..60 => rng.between(7 * DAY, 30 * DAY),
        _ => rng.between(30 * DAY, 87 * DAY),
    }
}

fn open_age(world: &World, team: usize, rng: &mut Rng) -> i64 {
    let age = match rng.below(100) {
        0..10 => rng.between(MINUTE / 3, 20 * MINUTE),
        10..26 => rng.between(20 * MINUTE, 2 * HOUR),
        26..50 => rng.between(2 * HOUR, 10 * HOUR),
        50..70 => rng.between(10 * HOUR, 2 * DAY),
        70..87 => rng.between(2 * DAY, 7 * DAY),
        87..96 => rng.between(7 * DAY, 25 * DAY),
        _ => rng.between(25 * DAY, 86 * DAY),
    };
    // Nights and Sundays still move it back a little; the team's setting would have closed it then.
    let limit = world.teams.get(team).and_then(|team| team.inactivity_s);
    limit.map_or(age, |seconds| age % (seconds * 1_000 - 3 * DAY).max(DAY))
}

/// Somebody of the team who can be given a conversation, other than `not`.
pub(super) fn member(world: &World, team: usize, not: Option<usize>, rng: &mut Rng) -> Option<usize> {
    let free = members(world, team, |user| Some(user) != not);
    (!free.is_empty()).then(|| rng.pick(&free))
}

/// Somebody of the team who is not there.
pub(super) fn absent_member(world: &World, team: usize, rng: &mut Rng) -> Option<usize> {
    let offline = |user| {
        world
            .users
            .get(user)
            .is_some_and(|found: &super::SeedUser| found.availability == Availability::Offline)
    };
    let absent = members(world, team, offline);
    (!absent.is_empty()).then(|| rng.pick(&absent))
}

fn members(world: &World, team: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
    let active = |user: usize| world.users.get(user).is_some_and(|found| found.active);
    let all = world.teams.get(team).map_or(&[][..], |team| &team.members);
    all.iter().copied().filter(|&user| active(user) && wanted(user)).collect()
}

/// Somebody who left the shop since.
pub(super) fn former_member(world: &World, team: usize) -> Option<usize> {
    let left = |user: &usize| world.users.get(*user).is_some_and(|found| !found.active);
    world.teams.get(team)?.members.iter().copied().find(left)
}

/// An admin of the campaign, or the super admin.
pub(super) fn admin(world: &World, campaign: usize, rng: &mut Rng) -> Option<usize> {
    let may = |user: &usize| {
        world.users.get(*user).is_some_and(|found| found.role != Role::Agent && world.is_in(*user, campaign))
    };
    let admins: Vec<usize> = (0..world.users.len()).filter(may).collect();
    (!admins.is_empty()).then(|| rng.pick(&admins))
}

/// Mostly none; complaints and damage are hurried.
pub(super) fn priority(hurried: bool, rng: &mut Rng) -> Priority {
    match rng.below(100) + if hurried { 0 } else { 12 } {
        0..14 => Priority::Urgent,
        14..26 => Priority::High,
        26..32 => Priority::Low,
        _ => Priority::None,
    }
}

/// Mail is written in one piece, everything else in bursts.
pub(super) fn writes_bursts(plan: &Plan, person: &Person) -> bool {
    plan.line.channel != bandeja_model::Channel::Email && !person.first.is_empty()
}
