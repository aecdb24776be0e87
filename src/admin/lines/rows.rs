//! What the table of lines shows, worked out of names and choices. Pure.

use bandeja_client::Lookups;
use bandeja_contract::Line;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// The line.
    pub line: Line,
    /// Its campaign, where the viewer has several.
    pub campaign: Option<String>,
    /// The team that takes its conversations.
    pub team: Option<String>,
    /// The user who takes them.
    pub user: Option<String>,
}

/// The lines in the server's order.
pub fn line_rows(lookups: &Lookups) -> Vec<LineRow> {
    let has_many = lookups.campaigns.len() > 1;
    let row = |line: &Line| LineRow {
        campaign: lookups.campaign(&line.campaign).filter(|_| has_many).map(|campaign| campaign.name.clone()),
        team: line.team.as_ref().and_then(|id| lookups.team(id)).map(|team| team.name.clone()),
        user: line.user.as_ref().and_then(|id| lookups.user(id)).map(|user| user.name.clone()),
        line: line.clone(),
    };
    lookups.lines.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{Campaign, Team};
    use bandeja_model::Channel;

    #[test]
    fn the_campaign_is_said_only_where_there_are_several() {
        let campaign = |id: &str, name: &str| Campaign { id: id.into(), name: name.into() };
        let mut lookups = Lookups {
            campaigns: vec![campaign("c1", "México")],
            teams: vec![Team { id: "t1".into(), name: "Ventas".into(), campaign: "c1".into(), timing: None }],
            lines: vec![Line {
                id: "l1".into(),
                name: "Ventas México".into(),
                channel: Channel::Whatsapp,
                campaign: "c1".into(),
                team: Some("t1".into()),
                user: Some("gone".into()),
                bot: true,
            }],
            ..Lookups::default()
        };
        let row = |lookups: &Lookups| line_rows(lookups).remove(0);
        assert_eq!((row(&lookups).campaign, row(&lookups).team.as_deref()), (None, Some("Ventas")));
        assert_eq!(row(&lookups).user, None);
        lookups.campaigns.push(campaign("c2", "Colombia"));
        assert_eq!(row(&lookups).campaign.as_deref(), Some("México"));
    }
}
