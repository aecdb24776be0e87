//! Where a contact goes who comes back after the window: what the team's lines say. Pure.

use bandeja_client::Lookups;
use bandeja_model::TeamId;

/// What happens after the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Afterwards {
    /// The team has no line of its own.
    NoLine,
    /// The menu of every line is on; else they would go to these.
    Bot(Vec<String>),
    /// No menu is on: they go to these.
    Default(Vec<String>),
    /// Some are on; from the others they go to these.
    Some(Vec<String>),
}

impl Afterwards {
    /// That of the team's lines. A line that names nobody is an empty name.
    pub(super) fn of(team: &TeamId, lookups: &Lookups) -> Self {
        let lines: Vec<_> = lookups.lines.iter().filter(|line| line.team.as_ref() == Some(team)).collect();
        let names = |only_off: bool| {
            let mut names: Vec<String> = Vec::new();
            for line in lines.iter().filter(|line| !only_off || !line.bot) {
                let user = line.user.as_ref().and_then(|id| lookups.user(id)).map(|user| &user.name);
                let team = line.team.as_ref().and_then(|id| lookups.team(id)).map(|team| &team.name);
                let name = user.or(team).cloned().unwrap_or_default();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        match (lines.iter().any(|line| line.bot), lines.iter().all(|line| line.bot)) {
            _ if lines.is_empty() => Self::NoLine,
            (_, true) => Self::Bot(names(false)),
            (false, _) => Self::Default(names(false)),
            (true, false) => Self::Some(names(true)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{Line, Team, User};
    use bandeja_model::{Availability, Channel, Role};

    fn line(bot: bool, team: Option<&str>, user: Option<&str>) -> Line {
        Line {
            id: "l".into(),
            name: "Línea".into(),
            channel: Channel::Whatsapp,
            campaign: "c1".into(),
            team: team.map(Into::into),
            user: user.map(Into::into),
            bot,
        }
    }

    fn after(lines: Vec<Line>) -> Afterwards {
        let user = User {
            id: "u1".into(),
            name: "Lucía".into(),
            role: Role::Agent,
            teams: Vec::new(),
            campaigns: Vec::new(),
            availability: Availability::Online,
            active: true,
        };
        let team = Team { id: "t1".into(), name: "Ventas".into(), campaign: "c1".into(), timing: None };
        let lookups = Lookups { lines, users: vec![user], teams: vec![team], ..Lookups::default() };
        Afterwards::of(&"t1".into(), &lookups)
    }

    #[test]
    fn the_lines_of_the_team_say_where_a_late_contact_goes() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(after(vec![line(true, Some("t2"), None)]), Afterwards::NoLine);
        assert_eq!(after(vec![line(true, Some("t1"), None); 2]), Afterwards::Bot(names(&["Ventas"])));
        assert_eq!(after(vec![line(false, Some("t1"), Some("u1"))]), Afterwards::Default(names(&["Lucía"])));
        let mixed = vec![line(true, Some("t1"), Some("u1")), line(false, Some("t1"), None)];
        assert_eq!(after(mixed), Afterwards::Some(names(&["Ventas"])));
    }
}
