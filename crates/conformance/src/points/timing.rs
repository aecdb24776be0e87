//! A team's two settings. What is saved is what was there.

use crate::http::Sent;
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::headers::IF_MATCH;
use bandeja_contract::problem::code;
use bandeja_contract::{SaveTiming, Simulation, StaleTiming, etag, paths};
use bandeja_model::timing::{DAY_S, SavedTiming};
use bandeja_model::{Role, TeamId, Timing};
use serde_json::{Value, json};

const ON: &[&str] = &["lookups.teams"];
const HIDDEN: &str = "The team's two sliders are not offered.";
const NUMBERS: &str = "The sliders move without saying what a value would do.";

pub(super) const POINTS: &[Point] = &[
    setting(
        "timing.reads",
        "GET /teams/{id}/timing answers both settings with a version, also as ETag.",
        HIDDEN,
        reads,
    ),
    setting("timing.simulate", "POST …/simulate counts: now within tonight within open.", NUMBERS, simulate),
    setting(
        "timing.longer",
        "A longer time closes no more than a shorter one; never closes nothing.",
        NUMBERS,
        longer,
    )
    .on(&["timing.simulate"]),
    setting(
        "timing.range",
        "A value out of its range is 400 with the field's name.",
        "The dialog cannot say what is wrong.",
        range,
    ),
    setting(
        "timing.if_match",
        "Saving without a version is 428.",
        "Two admins overwrite each other unawares.",
        |probe| {
            let team = team(probe)?;
            let saved: SavedTiming = probe.read(&paths::timing(&team))?;
            let answer = put(probe, &team, &saved, None)?;
            answer.problem(428, &[code::VERSION_REQUIRED])?;
            Ok("428 version_required".to_owned())
        },
    )
    .on(&["timing.reads"])
    .writing(),
    setting(
        "timing.stale",
        "Saving on an old version is 412 with current_timing.",
        "Two admins overwrite each other unawares.",
        stale,
    )
    .on(&["timing.reads"])
    .writing(),
    setting(
        "timing.saves",
        "PUT with the version saves; the version rises, the values are those sent.",
        HIDDEN,
        saves,
    )
    .on(&["timing.reads"])
    .writing(),
];

const fn setting(
    id: &'static str,
    asks: &'static str,
    app: &'static str,
    check: fn(&mut Probe) -> Outcome,
) -> Point {
    point(Area::Timing, id, asks, app, check).on(ON).of("timing")
}

/// A team whose settings are the user's to change.
fn team(probe: &Probe) -> Result<TeamId, Fault> {
    let actor = probe.actor()?;
    if actor.role == Role::Agent {
        return Err(Fault::untried("settings are for admins, and the token is an agent's"));
    }
    let team = probe.teams.iter().find(|team| actor.is_in(&team.campaign));
    team.map(|team| team.id.clone()).ok_or_else(|| Fault::untried("there is no team"))
}

fn put(
    probe: &mut Probe,
    team: &TeamId,
    saved: &SavedTiming,
    version: Option<u64>,
) -> Result<crate::http::Answer, Fault> {
    let mut sent = Sent::json(&json!({ "inactivity": saved.inactivity, "reassignment": saved.reassignment }));
    if let Some(version) = version {
        sent = sent.with(IF_MATCH, etag(version));
    }
    probe.call("PUT", &paths::timing(team), &sent)
}

fn reads(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let answer = probe.get(&paths::timing(&team))?;
    let saved: SavedTiming = answer.read(200)?;
    let (expected, tag) = (etag(saved.version), answer.header("etag"));
    if tag != expected {
        return Err(Fault::wrong(format!("ETag {expected}"), format!("“{tag}”")));
    }
    Ok(format!("team {team} at version {}", saved.version))
}

fn simulated(probe: &mut Probe, team: &TeamId, timing: &Timing) -> Result<Simulation, Fault> {
    let body = serde_json::to_value(SaveTiming::from(timing.clone())).unwrap_or_default();
    probe.post(&paths::simulate(team), &body)?.read(200)
}

/// These settings with another time after which conversations close.
fn after(saved: &SavedTiming, after_s: Option<u32>) -> Timing {
    let mut timing = saved.timing();
    timing.inactivity.after_s = after_s;
    timing.inactivity.farewell = None;
    timing.inactivity.count_time_passed = true;
    timing
}

fn simulate(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let saved: SavedTiming = probe.read(&paths::timing(&team))?;
    let found = simulated(probe, &team, &after(&saved, Some(DAY_S)))?;
    let closing = found.inactivity;
    if closing.now > closing.by_tonight || closing.by_tonight > closing.open || found.tonight < found.at {
        let seen = format!("{} now, {} by tonight, {} open", closing.now, closing.by_tonight, closing.open);
        return Err(Fault::wrong("now within tonight within open", seen));
    }
    Ok(format!("{} now, {} by tonight, of {}", closing.now, closing.by_tonight, closing.open))
}

fn longer(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let saved: SavedTiming = probe.read(&paths::timing(&team))?;
    let mut before: Option<u64> = None;
    let mut found = Vec::new();
    for after_s in [Some(DAY_S), Some(7 * DAY_S), Some(30 * DAY_S), None] {
        let closing = simulated(probe, &team, &after(&saved, after_s))?.inactivity;
        if closing.exact && before.is_some_and(|before| closing.now > before) {
            return Err(Fault::wrong(
                format!("at most {}", before.unwrap_or_default()),
                closing.now.to_string(),
            ));
        }
        if after_s.is_none() && closing.by_tonight != 0 {
            return Err(Fault::wrong("nothing for never", closing.by_tonight.to_string()));
        }
        before = closing.exact.then_some(closing.now);
        found.push(closing.now.to_string());
    }
    Ok(format!("{} for 1, 7 and 30 days and never", found.join(", ")))
}

fn range(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let body = json!({ "inactivity": { "after_s": 5 }, "reassignment": { "window_s": 5 } });
    let answer = probe.post(&paths::simulate(&team), &body)?;
    answer.refusal_of("inactivity.after_s")?;
    answer.refusal_of("reassignment.window_s")?;
    Ok("400 that names both".to_owned())
}

fn stale(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let saved: SavedTiming = probe.read(&paths::timing(&team))?;
    let answer = put(probe, &team, &saved, Some(saved.version + 7))?;
    answer.problem(412, &[code::STALE])?;
    let value: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let current = serde_json::from_value::<StaleTiming>(value).map(|stale| stale.current_timing);
    match current {
        Ok(current) if current.version == saved.version => {
            Ok(format!("412 with version {}", current.version))
        }
        _ => Err(Fault::wrong(format!("current_timing at version {}", saved.version), answer.words())),
    }
}

fn saves(probe: &mut Probe) -> Outcome {
    let team = team(probe)?;
    let before: SavedTiming = probe.read(&paths::timing(&team))?;
    let answer = put(probe, &team, &before, Some(before.version))?;
    let after: SavedTiming = answer.read(200)?;
    if after.version <= before.version || after.timing() != before.timing() {
        let seen = format!("version {} after {}", after.version, before.version);
        return Err(Fault::wrong("the same values at a higher version", seen));
    }
    probe.left_behind.push(format!("team {team} has its own settings saved once more"));
    probe.saved_team = Some(team.to_string());
    Ok(format!("version {} after {}", after.version, before.version))
}
