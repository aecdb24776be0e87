//! Names and choices by id: colleagues, teams, lines, campaigns, labels, categories.

use bandeja_contract::{Campaign, Line, Tag, Team, User};
use bandeja_model::closing::Category;
use bandeja_model::{Availability, CampaignId, CategoryId, LineId, TagId, TeamId, UserId};

/// Everything the app looks names up in. Lists are in the server's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lookups {
    /// The lists have come; before that all are empty.
    pub loaded: bool,
    /// Colleagues, deactivated ones too.
    pub users: Vec<User>,
    /// Teams.
    pub teams: Vec<Team>,
    /// Lines.
    pub lines: Vec<Line>,
    /// Campaigns.
    pub campaigns: Vec<Campaign>,
    /// Labels.
    pub tags: Vec<Tag>,
    /// Closing categories, both levels.
    pub categories: Vec<Category>,
}

impl Lookups {
    /// The colleague of that id.
    pub fn user(&self, id: &UserId) -> Option<&User> {
        self.users.iter().find(|user| user.id == *id)
    }

    /// The team of that id.
    pub fn team(&self, id: &TeamId) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == *id)
    }

    /// The line of that id.
    pub fn line(&self, id: &LineId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == *id)
    }

    /// The campaign of that id.
    pub fn campaign(&self, id: &CampaignId) -> Option<&Campaign> {
        self.campaigns.iter().find(|campaign| campaign.id == *id)
    }

    /// The label of that id.
    pub fn tag(&self, id: &TagId) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == *id)
    }

    /// The category or sub-category of that id.
    pub fn category(&self, id: &CategoryId) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == *id)
    }

    /// A colleague came or went; false if that is no news.
    pub fn set_availability(&mut self, id: &UserId, availability: Availability) -> bool {
        match self.users.iter_mut().find(|user| user.id == *id) {
            Some(user) if user.availability != availability => {
                user.availability = availability;
                true
            }
            _ => false,
        }
    }
}
