//! Evaluates a filter on one conversation.

use super::{Filter, OwnerIs, TeamIs, View, Viewer, WindowIs};
use crate::{Conversation, Group};

impl Filter {
    /// Whether the filter matches, text search aside (see [`Filter::needs_server`]).
    pub fn matches(&self, c: &Conversation, viewer: &Viewer) -> bool {
        let span = |span: &super::Span, at: crate::Timestamp| span.contains(at, viewer.utc_offset_s);
        let closing = c.closing.as_ref();
        self.view.is_none_or(|view| view.shows(c, viewer))
            && self.channel.admits(|channel| *channel == c.channel)
            && self.line.admits(|line| *line == c.line)
            && self.status.admits(|status| *status == c.status)
            && self.group.admits(|group| group.contains(c.status))
            && self.owner.admits(|owner| owner.holds(c, viewer))
            && self.team.admits(|team| team.holds(c, viewer))
            && self.tag.admits(|tag| c.tags.contains(tag))
            && self.campaign.admits(|campaign| *campaign == c.campaign)
            && self.category.admits(|category| {
                closing.is_some_and(|closing| {
                    closing.category_id.as_ref() == Some(category)
                        || closing.subcategory_id.as_ref() == Some(category)
                })
            })
            && self.contact.admits(|contact| *contact == c.contact.id)
            && self.priority.admits(|priority| *priority == c.priority)
            && self.unread.admits(|yes| yes.is(c.unread > 0))
            && self.window.admits(|window| window.holds(c, viewer))
            && self.archived.admits(|yes| yes.is(c.archived))
            && self.snoozed.admits(|yes| yes.is(c.snoozed_until.is_some()))
            && self.mentioned.admits(|yes| yes.is(c.mentioned))
            && self.activity.admits(|s| span(s, c.last_activity_at))
            && self.created.admits(|s| span(s, c.created_at))
            && self.closed.admits(|s| closing.is_some_and(|closing| span(s, closing.at)))
    }
}

impl View {
    /// Whether the view shows the conversation.
    pub fn shows(self, c: &Conversation, viewer: &Viewer) -> bool {
        let awake = !c.archived && c.snoozed_until.is_none();
        match self {
            Self::Mine => awake && OwnerIs::Me.holds(c, viewer),
            Self::Unassigned => awake && OwnerIs::None.holds(c, viewer),
            Self::MyTeams => awake && TeamIs::Mine.holds(c, viewer),
            Self::All => awake,
            Self::Mentions => c.mentioned,
            Self::Snoozed => c.snoozed_until.is_some(),
            Self::Closed => Group::Ended.contains(c.status) && !c.archived,
            Self::Archived => c.archived,
        }
    }
}

impl OwnerIs {
    fn holds(&self, c: &Conversation, viewer: &Viewer) -> bool {
        match (self, &c.owner) {
            (Self::Me, Some(owner)) => *owner == viewer.id,
            (Self::User(user), Some(owner)) => owner == user,
            (Self::Any, owner) => owner.is_some(),
            (Self::None, owner) => owner.is_none(),
            (Self::Me | Self::User(_), None) => false,
        }
    }
}

impl TeamIs {
    fn holds(&self, c: &Conversation, viewer: &Viewer) -> bool {
        match (self, &c.team) {
            (Self::Mine, Some(team)) => viewer.teams.contains(team),
            (Self::Team(wanted), Some(team)) => team == wanted,
            (Self::None, team) => team.is_none(),
            (Self::Mine | Self::Team(_), None) => false,
        }
    }
}

impl WindowIs {
    fn holds(self, c: &Conversation, viewer: &Viewer) -> bool {
        c.window_ends_at.is_some_and(|end| (viewer.now < end) == (self == Self::Open))
    }
}
