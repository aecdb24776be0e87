//! What the app looks names and choices up in.

use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::{Campaign, Line, Tag, Team, User, paths};
use bandeja_model::Conversation;
use bandeja_model::closing::Category;
use std::collections::BTreeSet;

const ON: &[&str] = &["session.reads"];
/// The colours a label can have.
const COLOURS: [&str; 9] = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Lookups,
        "lookups.users",
        "GET /users answers colleagues, the signed-in user among them, and every owner that the list shows.",
        "Owners are shown without a name; nobody can be chosen to assign or transfer to.",
        users,
    )
    .on(ON),
    point(
        Area::Lookups,
        "lookups.teams",
        "GET /teams answers the teams that the list shows.",
        "Teams are shown without a name and cannot be assigned to; the settings show none.",
        teams,
    )
    .on(ON),
    point(
        Area::Lookups,
        "lookups.lines",
        "GET /lines answers the lines that the list shows, of the same channel.",
        "Lines are shown without a name, and the filter offers none.",
        lines,
    )
    .on(ON),
    point(
        Area::Lookups,
        "lookups.campaigns",
        "GET /campaigns answers the campaigns that the list shows.",
        "Campaigns are shown without a name, and the filter offers none.",
        campaigns,
    )
    .on(ON),
    point(
        Area::Lookups,
        "lookups.tags",
        "GET /tags answers the labels that the list shows, each in a colour of the contract's.",
        "Labels are shown without name and colour, and none can be added.",
        tags,
    )
    .on(ON),
    point(
        Area::Lookups,
        "lookups.categories",
        "GET /categories answers both levels; the parent of a sub-category is on the first.",
        "The closing form offers no category; where one is required nothing can be closed.",
        categories,
    )
    .on(ON),
];

/// Whether every id that the list shows is known.
fn resolved<'a, T: Ord + ToString + 'a>(
    probe: &'a Probe,
    what: &str,
    known: &BTreeSet<&T>,
    shown: impl Fn(&'a Conversation) -> Vec<&'a T>,
) -> Outcome {
    let rows = probe.sample.as_ref().map(|page| page.items.as_slice()).unwrap_or_default();
    let unknown = rows.iter().flat_map(|row| shown(row).into_iter().map(move |id| (row, id)));
    if let Some((row, id)) = unknown.into_iter().find(|(_, id)| !known.contains(id)) {
        let seen = format!("conversation {} has {what} {}, which is not there", row.id, id.to_string());
        return Err(Fault::wrong(format!("every {what} that the list shows"), seen));
    }
    Ok(format!("{} of them", known.len()))
}

fn users(probe: &mut Probe) -> Outcome {
    let users: Vec<User> = probe.all(paths::USERS)?;
    let me = &probe.session()?.user.id;
    if !users.iter().any(|user| user.id == *me) {
        return Err(Fault::wrong("the signed-in user among them", format!("{} others", users.len())));
    }
    resolved(probe, "owner", &users.iter().map(|it| &it.id).collect(), |row| row.owner.iter().collect())
}

fn teams(probe: &mut Probe) -> Outcome {
    probe.teams = probe.all::<Team>(paths::TEAMS)?;
    let known = probe.teams.iter().map(|it| &it.id).collect();
    resolved(probe, "team", &known, |row| row.team.iter().collect())
}

fn lines(probe: &mut Probe) -> Outcome {
    let lines: Vec<Line> = probe.all(paths::LINES)?;
    let rows = probe.sample.as_ref().map(|page| page.items.as_slice()).unwrap_or_default();
    for row in rows {
        if let Some(line) = lines.iter().find(|line| line.id == row.line && line.channel != row.channel) {
            let seen =
                format!("{} where conversation {} has {}", line.channel.code(), row.id, row.channel.code());
            return Err(Fault::wrong("a line of its conversations' channel", seen));
        }
    }
    resolved(probe, "line", &lines.iter().map(|it| &it.id).collect(), |row| vec![&row.line])
}

fn campaigns(probe: &mut Probe) -> Outcome {
    let campaigns: Vec<Campaign> = probe.all(paths::CAMPAIGNS)?;
    resolved(probe, "campaign", &campaigns.iter().map(|it| &it.id).collect(), |row| vec![&row.campaign])
}

fn tags(probe: &mut Probe) -> Outcome {
    let tags: Vec<Tag> = probe.all(paths::TAGS)?;
    if let Some(odd) = tags.iter().find(|tag| !COLOURS.contains(&tag.color.as_str())) {
        return Err(Fault::wrong(COLOURS.join(", "), format!("“{}” of label {}", odd.color, odd.id)));
    }
    probe.tags = tags;
    let known = probe.tags.iter().map(|it| &it.id).collect();
    resolved(probe, "label", &known, |row| row.tags.iter().collect())
}

fn categories(probe: &mut Probe) -> Outcome {
    let categories: Vec<Category> = probe.all(paths::CATEGORIES)?;
    for category in &categories {
        let Some(parent) = &category.parent else { continue };
        if !categories.iter().any(|other| other.id == *parent && other.parent.is_none()) {
            let seen = format!("{} below {parent}, which is not", category.id);
            return Err(Fault::wrong("parents on the first level", seen));
        }
    }
    probe.categories = categories;
    Ok(format!("{} of them", probe.categories.len()))
}
