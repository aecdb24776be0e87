//! What of an act reaches the foreign API: which of the things asked for the calls of a file carry.
//!
//! What nobody carries would be lost in silence, so it is not offered, and refused where it is asked for.

use crate::backend::Act;
use bandeja_model::Conversation;
use std::collections::BTreeSet;

/// The arguments (`$args`) that the calls of an act use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Carried {
    /// Whichever there are.
    #[default]
    All,
    /// These.
    These(BTreeSet<String>),
}

impl Carried {
    /// Whether one of these arguments is used.
    pub fn any(&self, names: &[&str]) -> bool {
        match self {
            Self::All => true,
            Self::These(used) => names.iter().any(|name| used.contains(*name)),
        }
    }

    /// Whether all labels of a conversation can be set: as a whole, or as what comes and what goes.
    fn sets_tags(&self) -> bool {
        self.any(&["tags", "tag_names"])
    }

    /// What is asked for and would be lost, by its name in the contract. `before` is the conversation, where there is one.
    pub fn lost(&self, act: &Act, before: Option<&Conversation>) -> Option<&'static str> {
        asked(act, before, self.sets_tags())
            .into_iter()
            .find(|(_, names)| !self.any(names))
            .map(|(field, _)| field)
    }
}

/// What the calls of an act have to use, whatever is asked, or the act makes no sense: one of these arguments.
pub fn needed(act: &str) -> &'static [&'static str] {
    match act {
        "reply" | "note" => &["text"],
        "assign" => &["user", "user_name", "team", "team_name"],
        "tags" => &["tags", "tag_names", "added", "added_names", "removed", "removed_names"],
        "priority" => &["priority"],
        "snooze" => &["until"],
        "bot" => &["paused"],
        _ => &[],
    }
}

/// Arguments that tell a part of the closing form, by the part's name in a file.
pub fn of_form(part: &str) -> &'static [&'static str] {
    match part {
        "description" => &["description"],
        "category" => &["category_id", "category_name"],
        "subcategory" => &["subcategory_id", "subcategory_name"],
        "summary" => &["summary"],
        _ => &[],
    }
}

type Asked = (&'static str, &'static [&'static str]);

/// What is asked for: its field in the contract, and the arguments of which one tells it.
fn asked(act: &Act, before: Option<&Conversation>, whole_tags: bool) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    let mut add = |is_asked: bool, field: &'static str, names: &'static [&'static str]| {
        if is_asked {
            all.push((field, names));
        }
    };
    match act {
        Act::Close(form) | Act::Cancel(form) => {
            add(!form.description.is_empty(), "description", of_form("description"));
            add(form.category_id.is_some(), "category_id", of_form("category"));
            add(form.subcategory_id.is_some(), "subcategory_id", of_form("subcategory"));
            add(!form.summary.is_empty(), "summary", of_form("summary"));
            add(form.transfer_to.is_some(), "transfer_to", &["transfer_to"]);
            add(form.archive, "archive", &["archive"]);
        }
        Act::Assign { user, team } => {
            add(user.is_some(), "user", &["user", "user_name"]);
            add(team.is_some(), "team", &["team", "team_name"]);
        }
        Act::Note { mentions, .. } => add(!mentions.is_empty(), "mentions", &["mentions"]),
        Act::Tags(wanted) if !whole_tags => {
            let had = before.map_or(&[][..], |before| before.tags.as_slice());
            add(wanted.iter().any(|tag| !had.contains(tag)), "tags", &["added", "added_names"]);
            add(had.iter().any(|tag| !wanted.contains(tag)), "tags", &["removed", "removed_names"]);
        }
        _ => {}
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::Close;

    fn these(names: &[&str]) -> Carried {
        Carried::These(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn what_is_asked_for_and_used_nowhere_is_named() {
        let form = Close { transfer_to: Some("2".into()), ..Close::default() };
        let close = Act::Close(Box::new(form));
        assert_eq!(these(&["description"]).lost(&close, None), Some("transfer_to"));
        assert_eq!(these(&["transfer_to"]).lost(&close, None), None);
        assert_eq!(these(&[]).lost(&Act::Close(Box::default()), None), None, "nothing was asked for");
        assert_eq!(Carried::All.lost(&close, None), None);
        let team = Act::Assign { user: None, team: Some("t".into()) };
        assert_eq!(these(&["user"]).lost(&team, None), Some("team"));
        assert_eq!(these(&["team_name"]).lost(&team, None), None);
        let note = Act::Note { text: "@Ana".into(), mentions: vec!["a".into()], client_id: None };
        assert_eq!(these(&["text"]).lost(&note, None), Some("mentions"));
    }

    #[test]
    fn labels_that_only_come_cannot_go() {
        let come = Act::Tags(vec!["vip".into()]);
        assert_eq!(these(&["added"]).lost(&come, None), None);
        assert_eq!(these(&["removed"]).lost(&come, None), Some("tags"));
        assert_eq!(these(&["tag_names"]).lost(&come, None), None);
    }
}
