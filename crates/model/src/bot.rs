//! The automatic menu of a line: a greeting and numbered options that lead to teams (P45).

use crate::TeamId;
use crate::limits::{GREETING_CHARS, MENU_OPTIONS, OPTION_CHARS};
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// How often the menu is shown before a contact who answers something else is handed to the line's default.
pub const SHOWN_AT_MOST: usize = 2;

/// What the menu says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BotMenu {
    /// Said first.
    pub greeting: String,
    /// What the contact can choose, numbered from 1.
    #[serde(default)]
    pub options: Vec<MenuOption>,
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuOption {
    /// As the contact reads it.
    pub label: String,
    /// The team that gets who chooses it.
    pub team: TeamId,
}

/// What a contact's answer to the menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This team takes the conversation.
    Team(TeamId),
    /// It was not understood: the menu is shown again.
    Again,
    /// The line's default takes it.
    GiveUp,
}

/// What is wrong with a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MenuFault {
    /// The field on the wire, with dots for nesting.
    pub field: String,
    /// A stable code: `required`, `too_long`, `too_many`, `unknown`.
    pub code: &'static str,
}

impl BotMenu {
    /// The message that shows the menu.
    pub fn text(&self) -> String {
        let mut text = self.greeting.trim().to_owned();
        for (at, option) in self.options.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{}. {}", at + 1, option.label.trim());
        }
        text
    }

    /// What `answer` leads to when the menu was shown `shown` times: the number of an option, with whatever
    /// stands around it, or its label.
    pub fn choice(&self, answer: &str, shown: usize) -> Choice {
        let chosen = self.by_number(answer).or_else(|| {
            let folded = fold(answer.trim());
            self.options.iter().find(|option| fold(option.label.trim()) == folded)
        });
        match chosen {
            Some(option) => Choice::Team(option.team.clone()),
            None if self.options.is_empty() || shown >= SHOWN_AT_MOST => Choice::GiveUp,
            None => Choice::Again,
        }
    }

    /// The option whose number is the only one in `answer`.
    fn by_number(&self, answer: &str) -> Option<&MenuOption> {
        let mut numbers = answer.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        let (first, more) = (numbers.next()?, numbers.next());
        let number: usize = first.parse().ok()?;
        if more.is_some() { None } else { self.options.get(number.checked_sub(1)?) }
    }

    /// Everything that is wrong with the menu of a line, whose campaign's teams `knows` knows. One that is
    /// off may be incomplete.
    pub fn check(&self, is_on: bool, knows: impl Fn(&TeamId) -> bool) -> Vec<MenuFault> {
        let mut faults = Vec::new();
        let mut fault = |field: String, code| faults.push(MenuFault { field, code });
        if self.greeting.trim().is_empty() {
            if is_on {
                fault("menu.greeting".to_owned(), "required");
            }
        } else if self.greeting.chars().nth(GREETING_CHARS).is_some() {
            fault("menu.greeting".to_owned(), "too_long");
        }
        if self.options.is_empty() && is_on {
            fault("menu.options".to_owned(), "required");
        } else if self.options.len() > MENU_OPTIONS {
            fault("menu.options".to_owned(), "too_many");
        }
        for (at, option) in self.options.iter().enumerate() {
            if option.label.trim().is_empty() {
                fault(format!("menu.options.{at}.label"), "required");
            } else if option.label.chars().nth(OPTION_CHARS).is_some() {
                fault(format!("menu.options.{at}.label"), "too_long");
            }
            if !knows(&option.team) {
                fault(format!("menu.options.{at}.team"), "unknown");
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn menu() -> BotMenu {
        let option = |label: &str, team: &str| MenuOption { label: label.into(), team: team.into() };
        BotMenu {
            greeting: "Hola, ¿en qué te ayudamos?".into(),
            options: vec![option("Ventas", "t1"), option("Soporte técnico", "t2")],
        }
    }

    #[test]
    fn the_menu_numbers_its_options_under_the_greeting() {
        assert_eq!(menu().text(), "Hola, ¿en qué te ayudamos?\n1. Ventas\n2. Soporte técnico");
    }

    #[test]
    fn a_number_or_a_label_chooses_in_whatever_way_people_write_it() {
        for answer in ["2", " 2. ", "la 2 por favor", "SOPORTE TECNICO", "soporte técnico "] {
            assert_eq!(menu().choice(answer, 1), Choice::Team("t2".into()), "{answer}");
        }
    }

    #[test]
    fn what_is_not_understood_is_asked_again_once_and_then_people_take_over() {
        for answer in ["hola", "3", "0", "1 o 2", "", "99999999999999999999999"] {
            assert_eq!(menu().choice(answer, 1), Choice::Again, "{answer}");
            assert_eq!(menu().choice(answer, SHOWN_AT_MOST), Choice::GiveUp, "{answer}");
        }
        assert_eq!(BotMenu::default().choice("1", 1), Choice::GiveUp);
    }

    #[test]
    fn a_menu_that_is_on_greets_and_offers_teams_of_its_own_campaign() {
        let codes = |menu: &BotMenu, is_on| -> Vec<(String, &str)> {
            let faults = menu.check(is_on, |team| team.as_str() == "t1");
            faults.into_iter().map(|fault| (fault.field, fault.code)).collect()
        };
        assert_eq!(codes(&menu(), true), [("menu.options.1.team".to_owned(), "unknown")]);
        let empty = BotMenu::default();
        assert_eq!(
            codes(&empty, true),
            [("menu.greeting".to_owned(), "required"), ("menu.options".to_owned(), "required")]
        );
        assert_eq!(codes(&empty, false), []);
        let mut long = menu();
        long.options.truncate(1);
        "x".repeat(OPTION_CHARS + 1).clone_into(&mut long.options.first_mut().unwrap().label);
        long.greeting = "x".repeat(GREETING_CHARS + 1);
        assert_eq!(
            codes(&long, true),
            [("menu.greeting".to_owned(), "too_long"), ("menu.options.0.label".to_owned(), "too_long")]
        );
    }
}
