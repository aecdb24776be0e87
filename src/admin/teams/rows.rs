//! What stands in the two tables, as plain values made of the lookups. Pure.

use bandeja_client::Lookups;
use bandeja_contract::timing::TimingGlance;
use bandeja_contract::{Team, User};
use bandeja_letters::fold;
use bandeja_model::{Availability, Role, UserId};
use bandeja_ui::contains_folded;

/// A team as the table shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamRow {
    /// The team.
    pub team: Team,
    /// The name of its campaign, where there are several.
    pub campaign: Option<String>,
    /// Those of its members who can take conversations, by name.
    pub members: Vec<Member>,
    /// The names of its lines.
    pub lines: Vec<String>,
    /// Whether one of its lines has its bot on; `None`: there is no line.
    pub bot: Option<bool>,
}

impl TeamRow {
    /// Its two settings, if the viewer may know them.
    pub fn timing(&self) -> Option<TimingGlance> {
        self.team.timing
    }
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Whether they are there.
    pub availability: Availability,
}

/// A user as the table shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct UserRow {
    /// Id.
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The names of their teams, in order.
    pub teams: Vec<String>,
    /// The names of their campaigns where there are several; of super admins `None`, who have all.
    pub campaigns: Option<Vec<String>>,
    /// Whether they are there; `None`: they are deactivated.
    pub availability: Option<Availability>,
}

/// The teams that `typed` finds: by their own name, their campaign, their lines, or a member.
pub fn team_rows(lookups: &Lookups, typed: &str) -> Vec<TeamRow> {
    let mut rows: Vec<_> = lookups
        .teams
        .iter()
        .map(|team| team_row(lookups, team))
        .filter(|row| {
            let words = [&row.team.name].into_iter().chain(&row.campaign).chain(&row.lines);
            let members = row.members.iter().map(|member| &member.name);
            contains_folded(&joined(words.chain(members)), typed)
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.campaign.as_deref().map(fold), fold(&row.team.name)));
    rows
}

fn team_row(lookups: &Lookups, team: &Team) -> TeamRow {
    let of_team = lookups.users.iter().filter(|user| user.active && user.teams.contains(&team.id));
    let mut members: Vec<_> = of_team
        .map(|user| Member { id: user.id.clone(), name: user.name.clone(), availability: user.availability })
        .collect();
    members.sort_by_cached_key(|member| fold(&member.name));
    let lines: Vec<_> = lookups.lines.iter().filter(|line| line.team.as_ref() == Some(&team.id)).collect();
    TeamRow {
        team: team.clone(),
        campaign: has_several_campaigns(lookups)
            .then(|| lookups.campaign(&team.campaign).map(|campaign| campaign.name.clone()))
            .flatten(),
        members,
        bot: (!lines.is_empty()).then(|| lines.iter().any(|line| line.bot)),
        lines: lines.into_iter().map(|line| line.name.clone()).collect(),
    }
}

/// The users that `typed` finds: by their own name, their teams or their campaigns. Deactivated ones stand last.
pub fn user_rows(lookups: &Lookups, typed: &str) -> Vec<UserRow> {
    let mut rows: Vec<_> = lookups
        .users
        .iter()
        .map(|user| user_row(lookups, user))
        .filter(|row| {
            let words = [&row.name].into_iter().chain(&row.teams).chain(row.campaigns.iter().flatten());
            contains_folded(&joined(words), typed)
        })
        .collect();
    rows.sort_by_cached_key(|row| (row.availability.is_none(), fold(&row.name)));
    rows
}

fn user_row(lookups: &Lookups, user: &User) -> UserRow {
    let mut teams: Vec<_> =
        user.teams.iter().filter_map(|id| lookups.team(id)).map(|team| team.name.clone()).collect();
    teams.sort_by_cached_key(|name| fold(name));
    let campaigns = || {
        let known = user.campaigns.iter().filter_map(|id| lookups.campaign(id));
        let mut names: Vec<_> = known.map(|campaign| campaign.name.clone()).collect();
        names.sort_by_cached_key(|name| fold(name));
        names
    };
    UserRow {
        id: user.id.clone(),
        name: user.name.clone(),
        role: user.role,
        teams,
        campaigns: (user.role != Role::SuperAdmin).then(campaigns),
        availability: user.active.then_some(user.availability),
    }
}

/// Whether campaigns have to be told apart: with a single one its name says nothing.
pub fn has_several_campaigns(lookups: &Lookups) -> bool {
    lookups.campaigns.len() > 1
}

fn joined<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(String::as_str).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{Campaign, Line};
    use bandeja_model::Channel;

    fn team(id: &str, name: &str, campaign: &str) -> Team {
        Team { id: id.into(), name: name.to_owned(), campaign: campaign.into(), timing: None }
    }

    fn user(id: &str, name: &str, role: Role, teams: &[&str]) -> User {
        User {
            id: id.into(),
            name: name.to_owned(),
            role,
            teams: teams.iter().map(|id| (*id).into()).collect(),
            campaigns: vec!["mx".into()],
            availability: Availability::Online,
            active: true,
        }
    }

    fn line(name: &str, team: &str, bot: bool) -> Line {
        Line {
            id: name.into(),
            name: name.to_owned(),
            channel: Channel::Whatsapp,
            campaign: "mx".into(),
            team: Some(team.into()),
            user: None,
            bot,
        }
    }

    fn lookups() -> Lookups {
        let gone = User { active: false, ..user("u4", "Aída Gone", Role::Agent, &["t1"]) };
        Lookups {
            loaded: true,
            users: vec![
                user("u1", "Valeria Núñez", Role::Agent, &["t1", "t2"]),
                gone,
                user("u2", "Ángel Ríos", Role::Admin, &["t1"]),
                user("u3", "Bruna Lima", Role::SuperAdmin, &[]),
            ],
            teams: vec![team("t1", "Ventas", "mx"), team("t2", "Ácido", "mx"), team("t3", "Vendas", "br")],
            lines: vec![line("WA 1", "t1", false), line("WA 2", "t1", true), line("SMS", "t2", false)],
            campaigns: [("mx", "México"), ("br", "Brasil")]
                .map(|(id, name)| Campaign { id: id.into(), name: name.to_owned() })
                .to_vec(),
            ..Lookups::default()
        }
    }

    fn found(typed: &str) -> Vec<String> {
        team_rows(&lookups(), typed).into_iter().map(|row| row.team.name).collect()
    }

    #[test]
    fn teams_stand_by_campaign_and_name_whatever_their_accents() {
        assert_eq!(found(""), ["Vendas", "Ácido", "Ventas"]);
    }

    #[test]
    fn a_team_is_found_by_its_name_its_campaign_its_lines_and_its_people() {
        assert_eq!(found("VENT"), ["Ventas"]);
        assert_eq!(found("acido"), ["Ácido"]);
        assert_eq!(found("brasil"), ["Vendas"]);
        assert_eq!(found("wa 2"), ["Ventas"]);
        assert_eq!(found("nunez"), ["Ácido", "Ventas"]);
        assert!(found("nobody").is_empty());
    }

    #[test]
    fn a_team_has_the_bot_on_when_one_of_its_lines_has() {
        let bots: Vec<_> = team_rows(&lookups(), "").into_iter().map(|row| row.bot).collect();
        assert_eq!(bots, [None, Some(false), Some(true)]);
    }

    #[test]
    fn members_stand_by_name_and_those_who_are_deactivated_are_none() {
        let rows = team_rows(&lookups(), "ventas");
        let names: Vec<_> = rows[0].members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["Ángel Ríos", "Valeria Núñez"]);
    }

    #[test]
    fn a_single_campaign_is_not_named() {
        let mut lookups = lookups();
        lookups.campaigns.truncate(1);
        assert!(team_rows(&lookups, "").iter().all(|row| row.campaign.is_none()));
    }

    #[test]
    fn deactivated_users_stand_last_and_are_nowhere() {
        let rows = user_rows(&lookups(), "");
        let names: Vec<_> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["Ángel Ríos", "Bruna Lima", "Valeria Núñez", "Aída Gone"]);
        assert_eq!(rows[3].availability, None);
        assert_eq!(rows[1].campaigns, None);
        assert_eq!(rows[2].teams, ["Ácido", "Ventas"]);
    }

    #[test]
    fn a_user_is_found_by_their_name_and_their_teams() {
        let names =
            |typed: &str| user_rows(&lookups(), typed).into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names("rios"), ["Ángel Ríos"]);
        assert_eq!(names("acido"), ["Valeria Núñez"]);
    }
}
