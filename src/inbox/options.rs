//! The options the filter picker offers, with how many conversations each would leave. Pure.

use super::conditions::{field_word, group_word, read_span, write_span};
use super::date_span::{Preset, today};
use super::words::words;
use crate::acting::names::{channel_icon, channel_word, priority_word, status_icon, status_word};
use crate::i18n::Locale;
use bandeja_client::Lookups;
use bandeja_contract::Facets;
use bandeja_letters::capital;
use bandeja_model::filter::Condition;
use bandeja_model::{Channel, Filter, Group, Priority, Status, Timestamp};
use bandeja_ui::{IconName, Leading, PickerItem};

/// A field one can filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterField {
    /// Group of states.
    Group,
    /// Kind of line.
    Channel,
    /// Owner.
    Owner,
    /// Label.
    Tag,
    /// Has unread messages.
    Unread,
    /// Interaction window.
    Window,
    /// Urgency.
    Priority,
    /// Team.
    Team,
    /// Line.
    Line,
    /// Campaign.
    Campaign,
    /// Exact state.
    Status,
    /// Closing category.
    Category,
    /// Last message or note.
    Activity,
    /// First message.
    Created,
    /// End of the last episode.
    Closed,
}

/// The value that asks for dates instead of being one.
pub const CHOOSE_DAYS: &str = "choose";

impl FilterField {
    /// All of them, most used first.
    pub const ALL: [Self; 15] = [
        Self::Group,
        Self::Channel,
        Self::Owner,
        Self::Tag,
        Self::Unread,
        Self::Window,
        Self::Priority,
        Self::Team,
        Self::Line,
        Self::Campaign,
        Self::Status,
        Self::Category,
        Self::Activity,
        Self::Created,
        Self::Closed,
    ];

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Channel => "channel",
            Self::Owner => "owner",
            Self::Tag => "tag",
            Self::Unread => "unread",
            Self::Window => "window",
            Self::Priority => "priority",
            Self::Team => "team",
            Self::Line => "line",
            Self::Campaign => "campaign",
            Self::Status => "status",
            Self::Category => "category",
            Self::Activity => "activity",
            Self::Created => "created",
            Self::Closed => "closed",
        }
    }

    /// The field of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Its name for people, with a capital.
    pub fn word(self, locale: Locale) -> String {
        match self {
            Self::Status => words(locale).exact_state.to_owned(),
            _ => capital(field_word(self.name(), locale)),
        }
    }

    /// Its drawing.
    pub const fn icon(self) -> IconName {
        match self {
            Self::Group | Self::Status => IconName::StateProgress,
            Self::Channel => IconName::Cloud,
            Self::Owner => IconName::User,
            Self::Tag => IconName::Tag,
            Self::Unread => IconName::Unread,
            Self::Window => IconName::Clock,
            Self::Priority => IconName::Flag,
            Self::Team => IconName::Users,
            Self::Line => IconName::Phone,
            Self::Campaign => IconName::Layers,
            Self::Category => IconName::CheckCircle,
            Self::Activity | Self::Created | Self::Closed => IconName::Calendar,
        }
    }

    /// Whether it holds a span of time: one at a time.
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Activity | Self::Created | Self::Closed)
    }

    /// Whether a second value would only contradict the first or match everything.
    pub const fn is_single(self) -> bool {
        self.is_time() || matches!(self, Self::Unread | Self::Window)
    }
}

/// What options depend on.
pub struct Offering<'a> {
    /// People, teams, tags and the like.
    pub lookups: &'a Lookups,
    /// Counts, once they have come.
    pub facets: Option<&'a Facets>,
    /// The language.
    pub locale: Locale,
    /// The moment.
    pub now: Timestamp,
    /// The installation's offset from UTC in seconds.
    pub offset_s: i32,
    /// How a number is written.
    pub number: &'a dyn Fn(u64) -> String,
    /// Whether a back end can filter by a field at all, by its name.
    pub can: &'a dyn Fn(&str) -> bool,
}

impl Offering<'_> {
    /// The options of one field, or of all fields one after the other.
    pub fn items(&self, field: Option<FilterField>) -> Vec<PickerItem> {
        match field {
            Some(field) => self.of(field),
            None => FilterField::ALL.into_iter().flat_map(|field| self.of(field)).collect(),
        }
    }

    /// Whether a field has anything to choose from.
    pub fn is_offered(&self, field: FilterField) -> bool {
        if !(self.can)(field.name()) {
            return false;
        }
        match field {
            FilterField::Campaign => self.lookups.campaigns.len() > 1,
            FilterField::Tag => !self.lookups.tags.is_empty(),
            FilterField::Line => self.lookups.lines.len() > 1,
            FilterField::Category => !self.lookups.categories.is_empty(),
            _ => true,
        }
    }

    fn of(&self, field: FilterField) -> Vec<PickerItem> {
        if !self.is_offered(field) {
            return Vec::new();
        }
        let (w, locale) = (words(self.locale), self.locale);
        let option = |value: &str, word: &str| self.option(field, value, word);
        let icon = |item: PickerItem, name| item.with_leading(Leading::Icon(name));
        match field {
            FilterField::Group => {
                Group::ALL.map(|group| option(group.code(), group_word(group, locale))).to_vec()
            }
            FilterField::Status => Status::ALL
                .map(|status| icon(option(status.code(), status_word(status, locale)), status_icon(status)))
                .to_vec(),
            FilterField::Channel => self.channels(),
            FilterField::Owner => self.owners(),
            FilterField::Team => {
                let mut all = vec![option("mine", w.mine), option("none", w.no_team)];
                all.extend(self.lookups.teams.iter().map(|team| option(team.id.as_str(), &team.name)));
                all
            }
            FilterField::Tag => {
                let dot = |color: &str| Leading::Dot(color.to_owned());
                let tags = self.lookups.tags.iter();
                tags.map(|tag| option(tag.id.as_str(), &tag.name).with_leading(dot(&tag.color))).collect()
            }
            FilterField::Line => {
                let lines = self.lookups.lines.iter();
                lines
                    .map(|line| icon(option(line.id.as_str(), &line.name), channel_icon(line.channel)))
                    .collect()
            }
            FilterField::Campaign => {
                self.lookups.campaigns.iter().map(|each| option(each.id.as_str(), &each.name)).collect()
            }
            FilterField::Category => self.categories(),
            FilterField::Priority => Priority::ALL
                .into_iter()
                .rev()
                .map(|priority| option(priority.code(), priority_word(priority, locale)))
                .collect(),
            FilterField::Unread => vec![option("yes", w.unread), option("no", w.read)],
            FilterField::Window => vec![option("open", w.window_open), option("closed", w.window_closed)],
            FilterField::Activity | FilterField::Created | FilterField::Closed => self.days(field),
        }
    }

    fn channels(&self) -> Vec<PickerItem> {
        // Channels without a line cannot have conversations; until the lines are known, all may.
        let has_line = |channel: &Channel| {
            self.lookups.lines.is_empty() || self.lookups.lines.iter().any(|line| line.channel == *channel)
        };
        let option = |channel: Channel| {
            self.option(FilterField::Channel, channel.code(), channel_word(channel, self.locale))
                .with_leading(Leading::Icon(channel_icon(channel)))
        };
        Channel::ALL.into_iter().filter(has_line).map(option).collect()
    }

    fn owners(&self) -> Vec<PickerItem> {
        let w = words(self.locale);
        let mut all: Vec<PickerItem> = [("me", w.me), ("none", w.nobody), ("any", w.anybody)]
            .map(|(value, word)| self.option(FilterField::Owner, value, word))
            .to_vec();
        let people = self.lookups.users.iter().filter(|user| user.active);
        all.extend(people.map(|user| {
            self.option(FilterField::Owner, user.id.as_str(), &user.name).with_leading(Leading::Avatar)
        }));
        all
    }

    fn categories(&self) -> Vec<PickerItem> {
        let all = &self.lookups.categories;
        let word = |category: &bandeja_model::closing::Category| {
            let parent = category.parent.as_ref().and_then(|parent| self.lookups.category(parent));
            parent.map_or_else(
                || category.name.clone(),
                |parent| format!("{} › {}", parent.name, category.name),
            )
        };
        all.iter().map(|c| self.option(FilterField::Category, c.id.as_str(), &word(c))).collect()
    }

    fn days(&self, field: FilterField) -> Vec<PickerItem> {
        let today = today(self.now, self.offset_s);
        let preset = |preset: Preset| {
            self.option(field, &write_span(preset.span(today)), preset.word(self.locale))
                .with_leading(Leading::Icon(IconName::Calendar))
        };
        let mut all = Preset::ALL.map(preset).to_vec();
        all.push(
            self.option(field, CHOOSE_DAYS, words(self.locale).choose_days)
                .with_leading(Leading::Icon(IconName::Edit)),
        );
        all
    }

    fn option(&self, field: FilterField, value: &str, word: &str) -> PickerItem {
        let item = PickerItem::new(item_id(field, value), word).in_group(field.word(self.locale));
        // Spans have no counts; an option that is missing among a field's counts has none.
        let counted = if field.is_time() { None } else { self.facets };
        match counted {
            // A field that was not counted has no counts; an option that none would be left of has 0.
            Some(facets) => match facets.facets.get(field.name()) {
                Some(of_field) => item.with_count((self.number)(of_field.get(value).copied().unwrap_or(0))),
                None => item,
            },
            None => item,
        }
    }
}

/// The id of an option in the picker: field and value as on the wire.
fn item_id(field: FilterField, value: &str) -> String {
    format!("{}={value}", field.name())
}

/// Field and value of an option's id.
pub fn of_item(id: &str) -> Option<(FilterField, &str)> {
    let (field, value) = id.split_once('=')?;
    Some((FilterField::from_name(field)?, value))
}

/// The ids of the options that a filter holds on one side.
pub fn chosen(filter: &Filter, negated: bool) -> Vec<String> {
    let on_side = filter.conditions().into_iter().filter(|condition| condition.negated == negated);
    on_side.map(|Condition { field, value, .. }| format!("{field}={value}")).collect()
}

/// The filter after an option was chosen: taken away if it was there, else added, in place of the others
/// where a field takes one value only.
pub fn toggled(filter: &Filter, field: FilterField, value: &str, negated: bool) -> Filter {
    let mut next = filter.clone();
    let mut of_field = filter.conditions();
    of_field.retain(|condition| condition.field == field.name());
    let was_there = of_field.iter().any(|c| c.negated == negated && same_value(field, &c.value, value));
    if field.is_single() || was_there {
        let gone = |c: &&Condition| field.is_single() || same_value(field, &c.value, value);
        for condition in of_field.iter().filter(gone) {
            next.remove(condition.field, &condition.value);
        }
    }
    if !was_there {
        let name = if negated { format!("-{}", field.name()) } else { field.name().to_owned() };
        // A value that the grammar refuses, or one too many, leaves the filter as it was.
        if next.add(&name, value).is_err() {
            return filter.clone();
        }
    }
    next
}

fn same_value(field: FilterField, a: &str, b: &str) -> bool {
    a == b || (field.is_time() && read_span(a).is_some() && read_span(a) == read_span(b))
}

#[cfg(test)]
mod tests;
