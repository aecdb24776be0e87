//! Who a conversation can be given to, as items of a picker.

use super::names::availability_word;
use super::words::words;
use crate::i18n::{Lang, Locale, fill, plural};
use bandeja_browser::Desk;
use bandeja_client::{Intent, Lookups};
use bandeja_contract::{Assign, User};
use bandeja_model::text::fold;
use bandeja_model::{Actor, Availability, CampaignId, Conversation, Scopes, TeamId, UserId};
use bandeja_ui::{IconName, Leading, PickerItem};

/// A choice of the picker; its text form is the item's id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OwnerChoice {
    /// A colleague.
    User(UserId),
    /// A team, nobody of it yet.
    Team(TeamId),
    /// Nobody.
    Nobody,
}

impl OwnerChoice {
    /// The item's id.
    pub(crate) fn code(&self) -> String {
        match self {
            Self::User(id) => format!("user:{id}"),
            Self::Team(id) => format!("team:{id}"),
            Self::Nobody => "nobody".to_owned(),
        }
    }

    /// The choice of that id.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        match code.split_once(':') {
            Some(("user", id)) => Some(Self::User(id.into())),
            Some(("team", id)) => Some(Self::Team(id.into())),
            None if code == "nobody" => Some(Self::Nobody),
            _ => None,
        }
    }

    /// What choosing it means.
    pub(crate) fn intent(self) -> Intent {
        match self {
            Self::User(id) => Intent::Assign(Assign { user: Some(id), team: None }),
            Self::Team(id) => Intent::Assign(Assign { user: None, team: Some(id) }),
            Self::Nobody => Intent::Unassign,
        }
    }
}

/// Colleagues who can be given a conversation of that campaign, or any at all, those who are there first.
pub(crate) fn candidates<'a>(lookups: &'a Lookups, campaign: Option<&CampaignId>) -> Vec<&'a User> {
    let mut users: Vec<_> = lookups
        .users
        .iter()
        .filter(|user| user.active && campaign.is_none_or(|campaign| as_actor(user).is_in(campaign)))
        .collect();
    users.sort_by_cached_key(|user| (user.availability, fold(&user.name)));
    users
}

fn as_actor(user: &User) -> Actor {
    Actor {
        id: user.id.clone(),
        role: user.role,
        campaigns: user.campaigns.iter().cloned().collect(),
        teams: user.teams.iter().cloned().collect(),
        scopes: Scopes::default(),
    }
}

/// What the back end has of what the picker shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Offer {
    /// Nobody can be chosen.
    pub(crate) unassign: bool,
    /// It is known who is there.
    pub(crate) presence: bool,
}

impl Offer {
    /// What it has now. Tracks the session.
    pub(crate) fn of(desk: &Desk) -> Self {
        Self { unassign: desk.can("unassign"), presence: desk.can("availability") }
    }
}

/// One item a colleague; with whether they are there, where that is known.
pub(crate) fn user_item(user: &User, presence: bool, locale: Locale) -> PickerItem {
    let item = PickerItem::new(OwnerChoice::User(user.id.clone()).code(), user.name.clone())
        .with_leading(Leading::Avatar);
    if presence { item.with_count(availability_word(user.availability, locale)) } else { item }
}

/// Everything the owner's picker offers: oneself, nobody, people, teams. Without a conversation it is about
/// many, of whatever owners and campaigns.
pub(crate) fn owner_items(
    lookups: &Lookups,
    conversation: Option<&Conversation>,
    me: Option<&UserId>,
    offer: Offer,
    lang: Lang,
) -> Vec<PickerItem> {
    let locale = lang.get();
    let w = words(locale);
    let campaign = conversation.map(|conversation| &conversation.campaign);
    let owner = conversation.and_then(|conversation| conversation.owner.as_ref());
    let users = candidates(lookups, campaign);
    let mut items = Vec::new();
    if let Some(me) = me.filter(|me| users.iter().any(|user| user.id == **me))
        && owner != Some(me)
    {
        let item = PickerItem::new(OwnerChoice::User(me.clone()).code(), w.assign_to_me);
        items.push(item.with_leading(Leading::Avatar));
    }
    for user in users.iter().filter(|user| Some(&user.id) != me || owner == me) {
        let mut item = user_item(user, offer.presence, locale).in_group(w.people);
        if owner == Some(&user.id) {
            w.is_owner.clone_into(&mut item.detail);
        }
        items.push(item);
    }
    let teams =
        lookups.teams.iter().filter(|team| campaign.is_none_or(|campaign| team.campaign == *campaign));
    for team in teams {
        let online = users
            .iter()
            .filter(|user| user.availability == Availability::Online && user.teams.contains(&team.id))
            .count() as u64;
        let item = PickerItem::new(OwnerChoice::Team(team.id.clone()).code(), team.name.clone())
            .with_leading(Leading::Icon(IconName::Users))
            .in_group(w.teams);
        let count = || fill(plural(online, w.team_online_one, w.team_online_other), &[&lang.number(online)]);
        items.push(if offer.presence { item.with_count(count()) } else { item });
    }
    if owner.is_some() && offer.unassign {
        let item = PickerItem::new(OwnerChoice::Nobody.code(), w.unassign);
        items.push(item.with_leading(Leading::Icon(IconName::UserNone)).in_group(w.other_choices));
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_model::Role;

    fn user(id: &str, name: &str, availability: Availability, active: bool, campaigns: &[&str]) -> User {
        User {
            id: id.into(),
            name: name.to_owned(),
            role: Role::Agent,
            teams: Vec::new(),
            campaigns: campaigns.iter().map(|id| (*id).into()).collect(),
            availability,
            active,
        }
    }

    fn conversation() -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": "assigned", "channel": "sms", "line": "1", "campaign": "c1",
            "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    #[test]
    fn only_active_people_of_the_campaign_are_offered_and_those_who_are_there_come_first() {
        let lookups = Lookups {
            users: vec![
                user("1", "Zoe", Availability::Online, true, &["c1"]),
                user("2", "Ana", Availability::Offline, true, &["c1"]),
                user("3", "Beto", Availability::Online, false, &["c1"]),
                user("4", "Carla", Availability::Online, true, &["c2"]),
                user("5", "Álvaro", Availability::Online, true, &["c1", "c2"]),
            ],
            ..Lookups::default()
        };
        let names: Vec<_> = candidates(&lookups, Some(&conversation().campaign))
            .iter()
            .map(|user| user.name.as_str())
            .collect();
        assert_eq!(names, ["Álvaro", "Zoe", "Ana"]);
    }

    #[test]
    fn who_is_there_is_said_only_where_it_is_known() {
        let ana = user("1", "Ana", Availability::Online, true, &["c1"]);
        assert_eq!(user_item(&ana, true, Locale::Es).count, "En línea");
        assert_eq!(user_item(&ana, false, Locale::Es).count, "");
    }

    #[test]
    fn a_choice_leads_back_to_itself() {
        for choice in [OwnerChoice::User("7".into()), OwnerChoice::Team("a:b".into()), OwnerChoice::Nobody] {
            assert_eq!(OwnerChoice::from_code(&choice.code()), Some(choice));
        }
        assert_eq!(OwnerChoice::from_code("else"), None);
    }
}
