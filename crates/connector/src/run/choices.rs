//! Raw names to the contract's: colleagues, teams, labels, categories, lines, campaigns.

use super::conversation::{CHANNEL, MAIN};
use super::fields::{Found, Wrong};
use crate::backend::Lookups;
use crate::plan::val::Val;
use crate::plan::{Fields, Vars};
use bandeja_contract::{Campaign, Line, SessionUser, Tag, Team, User};
use bandeja_model::closing::Category;
use bandeja_model::{Availability, Channel, Role};

const COLOURS: [&str; 9] = ["grey", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink"];

/// Maps one raw thing of that kind into `all`, and answers its id and name.
pub(super) fn add(
    all: &mut Lookups,
    kind: &str,
    fields: &Fields,
    raw: &Val,
    vars: &Vars,
) -> Result<(String, String), Wrong> {
    let found = Found::read(fields, raw, vars)?;
    let id = found.needed("id", found.id("id")?)?;
    let name = found.text("name")?.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| id.clone());
    let named = (id.clone(), name.clone());
    let campaign = || Ok::<_, Wrong>(found.id("campaign")?.unwrap_or_else(|| MAIN.to_owned()).into());
    match kind {
        "users" => all.users.push(User {
            id: id.into(),
            name,
            role: found.code("role", Role::from_code)?.unwrap_or(Role::Agent),
            teams: found.ids("teams")?.into_iter().map(Into::into).collect(),
            campaigns: campaigns(&found)?,
            availability: found
                .code("availability", Availability::from_code)?
                .unwrap_or(Availability::Online),
            active: found.flag("active")?.unwrap_or(true),
        }),
        "teams" => all.teams.push(Team { id: id.into(), name, campaign: campaign()?, timing: None }),
        "tags" => {
            let color = found.text("color")?.filter(|color| COLOURS.contains(&color.as_str()));
            all.tags.push(Tag { id: id.into(), name, color: color.unwrap_or_else(|| "grey".to_owned()) });
        }
        "categories" => {
            all.categories.push(Category {
                id: id.into(),
                name,
                parent: found.id("parent")?.map(Into::into),
            });
        }
        "lines" => all.lines.push(Line {
            id: id.into(),
            name,
            channel: found.code("channel", Channel::from_code)?.unwrap_or(CHANNEL),
            campaign: campaign()?,
            team: found.id("team")?.map(Into::into),
            user: found.id("user")?.map(Into::into),
            bot: found.flag("bot")?.unwrap_or(false),
        }),
        "campaigns" => all.campaigns.push(Campaign { id: id.into(), name }),
        other => return Err(format!("there are no names of the kind “{other}”")),
    }
    Ok(named)
}

fn campaigns(found: &Found<'_>) -> Result<Vec<bandeja_model::CampaignId>, Wrong> {
    if !found.declares("campaigns") {
        return Ok(vec![MAIN.into()]);
    }
    Ok(found.ids("campaigns")?.into_iter().map(Into::into).collect())
}

/// What must be there for rows to have a name: the one line and campaign where the file knows none, and the user.
pub(super) fn complete(all: &mut Lookups, name: &str, me: Option<&SessionUser>) {
    if all.campaigns.is_empty() {
        all.campaigns.push(Campaign { id: MAIN.into(), name: name.to_owned() });
    }
    if all.lines.is_empty() {
        all.lines.push(Line {
            id: MAIN.into(),
            name: name.to_owned(),
            channel: CHANNEL,
            campaign: MAIN.into(),
            team: None,
            user: None,
            bot: false,
        });
    }
    if let Some(me) = me.filter(|me| !all.users.iter().any(|user| user.id == me.id)) {
        all.users.push(User {
            id: me.id.clone(),
            name: me.name.clone(),
            role: me.role,
            teams: me.teams.clone(),
            campaigns: me.campaigns.clone(),
            availability: me.availability,
            active: true,
        });
    }
}

/// Who is signed in. Without a word on the role nothing is hidden: the foreign API refuses by itself.
pub(super) fn user(fields: &Fields, raw: &Val, vars: &Vars) -> Result<SessionUser, Wrong> {
    let found = Found::read(fields, raw, vars)?;
    let id = found.needed("id", found.id("id")?)?;
    let email = found.text("email")?.unwrap_or_default();
    let name = found.text("name")?.filter(|name| !name.trim().is_empty());
    Ok(SessionUser {
        name: name.unwrap_or_else(|| if email.is_empty() { id.clone() } else { email.clone() }),
        email,
        role: found.code("role", Role::from_code)?.unwrap_or(Role::Admin),
        campaigns: campaigns(&found)?,
        teams: found.ids("teams")?.into_iter().map(Into::into).collect(),
        availability: found.code("availability", Availability::from_code)?.unwrap_or(Availability::Online),
        id: id.into(),
    })
}
