//! A line's settings as they stand in their dialog, and what would be saved. Pure.

use bandeja_contract::{LineSettings, SaveLine};
use bandeja_model::bot::{BotMenu, MenuFault, MenuOption};
use bandeja_model::limits::MENU_OPTIONS;
use bandeja_model::{TeamId, UserId};

/// The dialog's choices.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LineDraft {
    /// The team that takes the line's conversations.
    pub(super) team: Option<TeamId>,
    /// The user who takes them.
    pub(super) user: Option<UserId>,
    /// The menu is on.
    pub(super) bot: bool,
    /// Said first.
    pub(super) greeting: String,
    options: Vec<Choice>,
    last_key: u32,
}

/// One option of the menu; half-filled on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Tells it from the others while it is moved about.
    pub(super) key: u32,
    /// As the contact reads it.
    pub(super) label: String,
    /// Where it leads.
    pub(super) team: Option<TeamId>,
}

impl LineDraft {
    /// As it was read.
    pub(super) fn of(read: &LineSettings) -> Self {
        let mut draft = Self {
            team: read.team.clone(),
            user: read.user.clone(),
            bot: read.bot,
            greeting: read.menu.greeting.clone(),
            ..Self::default()
        };
        for option in &read.menu.options {
            let key = draft.new_key();
            draft.options.push(Choice { key, label: option.label.clone(), team: Some(option.team.clone()) });
        }
        draft
    }

    fn new_key(&mut self) -> u32 {
        self.last_key += 1;
        self.last_key
    }

    /// The options' keys in their order.
    pub(super) fn keys(&self) -> Vec<u32> {
        self.options.iter().map(|option| option.key).collect()
    }

    /// Where an option stands, counted from 0.
    pub(super) fn place(&self, key: u32) -> Option<usize> {
        self.options.iter().position(|option| option.key == key)
    }

    /// An option.
    pub(super) fn option(&self, key: u32) -> Option<&Choice> {
        self.options.iter().find(|option| option.key == key)
    }

    /// Changes an option.
    pub(super) fn change(&mut self, key: u32, change: impl FnOnce(&mut Choice)) {
        if let Some(option) = self.options.iter_mut().find(|option| option.key == key) {
            change(option);
        }
    }

    /// Whether another option fits.
    pub(super) const fn has_room(&self) -> bool {
        self.options.len() < MENU_OPTIONS
    }

    /// Adds an empty option at the end and answers its key.
    pub(super) fn add(&mut self) -> Option<u32> {
        if !self.has_room() {
            return None;
        }
        let key = self.new_key();
        self.options.push(Choice { key, ..Choice::default() });
        Some(key)
    }

    /// Takes an option away and answers the key of the one that is now nearest.
    pub(super) fn remove(&mut self, key: u32) -> Option<u32> {
        let place = self.place(key)?;
        self.options.remove(place);
        let near = self.options.get(place).or_else(|| self.options.last());
        near.map(|option| option.key)
    }

    /// Moves an option one place up or down.
    pub(super) fn shift(&mut self, key: u32, down: bool) {
        let Some(place) = self.place(key) else { return };
        let other = if down { Some(place + 1) } else { place.checked_sub(1) };
        if let Some(other) = other.filter(|other| *other < self.options.len()) {
            self.options.swap(place, other);
        }
    }

    /// Whether an option can be moved that way.
    pub(super) fn can_shift(&self, key: u32, down: bool) -> bool {
        self.place(key).is_some_and(|place| if down { place + 1 < self.options.len() } else { place > 0 })
    }

    /// The menu as it is; an option that leads nowhere yet names no team.
    pub(super) fn menu(&self) -> BotMenu {
        let option = |option: &Choice| MenuOption {
            label: option.label.trim().to_owned(),
            team: option.team.clone().unwrap_or_else(|| TeamId::new("")),
        };
        BotMenu {
            greeting: self.greeting.trim().to_owned(),
            options: self.options.iter().map(option).collect(),
        }
    }

    /// What would be saved.
    pub(super) fn save(&self) -> SaveLine {
        SaveLine { team: self.team.clone(), user: self.user.clone(), bot: self.bot, menu: self.menu() }
    }

    /// Whether saving it would change what was read.
    pub(super) fn is_changed(&self, read: &LineSettings) -> bool {
        self.save() != Self::of(read).save()
    }

    /// What is wrong with the menu, where `knows` knows the teams of the line's campaign.
    pub(super) fn check(&self, knows: impl Fn(&TeamId) -> bool) -> Vec<MenuFault> {
        self.menu().check(self.bot, knows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read() -> LineSettings {
        let option = |label: &str, team: &str| MenuOption { label: label.into(), team: team.into() };
        LineSettings {
            id: "l1".into(),
            team: Some("t1".into()),
            user: None,
            bot: true,
            menu: BotMenu {
                greeting: "Hola".into(),
                options: vec![option("Ventas", "t1"), option("Soporte", "t2")],
            },
            version: 3,
        }
    }

    fn labels(draft: &LineDraft) -> Vec<String> {
        draft.menu().options.into_iter().map(|option| option.label).collect()
    }

    #[test]
    fn what_nobody_touched_is_saved_as_it_was_read() {
        let draft = LineDraft::of(&read());
        assert!(!draft.is_changed(&read()));
        assert_eq!(draft.save().menu, read().menu);
        let mut draft = draft;
        draft.greeting.push(' ');
        assert!(!draft.is_changed(&read()));
        draft.bot = false;
        assert!(draft.is_changed(&read()));
    }

    #[test]
    fn options_are_moved_within_their_list_and_keep_what_is_typed() {
        let mut draft = LineDraft::of(&read());
        let (first, second) = (draft.keys()[0], draft.keys()[1]);
        assert!(!draft.can_shift(first, false) && draft.can_shift(first, true));
        draft.shift(first, true);
        assert_eq!(labels(&draft), ["Soporte", "Ventas"]);
        draft.shift(first, true);
        draft.shift(second, false);
        assert_eq!(labels(&draft), ["Soporte", "Ventas"]);
        assert!(draft.is_changed(&read()));
        draft.shift(first, false);
        assert!(!draft.is_changed(&read()));
    }

    #[test]
    fn an_option_taken_away_leads_the_focus_to_its_neighbour() {
        let mut draft = LineDraft::of(&read());
        let (first, second) = (draft.keys()[0], draft.keys()[1]);
        assert_eq!(draft.remove(second), Some(first));
        assert_eq!(draft.remove(first), None);
        assert_eq!(draft.remove(first), None);
        assert_eq!(labels(&draft), [""; 0]);
    }

    #[test]
    fn there_are_never_more_options_than_digits_and_each_has_a_key_of_its_own() {
        let mut draft = LineDraft::of(&read());
        let added: Vec<_> = (0..20).filter_map(|_| draft.add()).collect();
        assert_eq!(added.len(), MENU_OPTIONS - 2);
        let mut keys = draft.keys();
        keys.dedup();
        assert_eq!(keys.len(), MENU_OPTIONS);
        assert!(!draft.has_room());
    }

    #[test]
    fn a_new_option_is_incomplete_until_it_has_a_label_and_a_team() {
        let mut draft = LineDraft::of(&read());
        let key = draft.add().unwrap();
        let fields = |draft: &LineDraft| {
            let faults = draft.check(|team| !team.as_str().is_empty());
            faults.into_iter().map(|fault| fault.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(&draft), ["menu.options.2.label", "menu.options.2.team"]);
        draft.change(key, |option| {
            option.label = "Otra".into();
            option.team = Some("t1".into());
        });
        assert_eq!(fields(&draft), [""; 0]);
    }
}
