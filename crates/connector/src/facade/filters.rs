//! The part of a filter that is applied here, and what the backend is asked for besides.

use super::core::Core;
use super::wire::Refusal;
use bandeja_contract::problem::code;
use bandeja_model::filter::{Field, OwnerIs, TeamIs, YesNo};
use bandeja_model::text::{fold, words};
use bandeja_model::{Conversation, Filter, Group, Sort, Status, View, Viewer};

/// What is applied to loaded rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Here {
    /// The conditions on the fields in question.
    filter: Filter,
    /// Text search, word by word.
    words: Vec<String>,
    /// Their names.
    pub(super) fields: Vec<String>,
}

impl Here {
    /// The conditions of `filter` on `fields`.
    pub(super) fn new(filter: &Filter, fields: &[String]) -> Self {
        let named = |name: &str| fields.iter().any(|field| field == name);
        let mut here = Self::default();
        for condition in filter.conditions() {
            if !named(condition.field) {
                continue;
            }
            here.note(condition.field);
            if condition.field == "q" {
                here.words = words(&condition.value).collect();
            } else {
                let minus = if condition.negated { "-" } else { "" };
                // It was read from the same grammar before.
                let _ = here.filter.add(&format!("{minus}{}", condition.field), &condition.value);
            }
        }
        if let Some(view) = filter.view.filter(|_| named("view")) {
            here.filter.view = Some(view);
            here.note("view");
        }
        here
    }

    fn note(&mut self, field: &str) {
        if !self.fields.iter().any(|known| known == field) {
            self.fields.push(field.to_owned());
        }
    }

    pub(super) fn matches(&self, conversation: &Conversation, viewer: &Viewer) -> bool {
        self.filter.matches(conversation, viewer) && self.holds_words(conversation)
    }

    /// Text search over what a row has: every word begins, or stands in, one of the contact's or the last message's.
    fn holds_words(&self, conversation: &Conversation) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let contact = &conversation.contact;
        let last = conversation.last_message.as_ref().map(|last| last.text.as_str());
        let texts = [Some(contact.name.as_str()), Some(&contact.address), contact.phone.as_deref()];
        let texts = texts.into_iter().chain([contact.email.as_deref(), last]).flatten();
        let text = texts.map(fold).collect::<Vec<_>>().join("\n");
        self.words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// The filter as the backend is asked: what a view or group means is said in fields that it knows, where those are
/// free. They narrow; the view itself is still applied here.
pub(super) fn narrowed(filter: &Filter, there: &[String]) -> Filter {
    let knows = |name: &str| there.iter().any(|field| field == name);
    let mut asked = filter.clone();
    if knows("view") {
        return asked;
    }
    let yes = |field: &mut Field<YesNo>, name: &str, value: YesNo| {
        if knows(name) && field.is_empty() {
            field.add(value, false);
        }
    };
    if let Some(view) = filter.view {
        match view {
            View::Snoozed => yes(&mut asked.snoozed, "snoozed", YesNo::Yes),
            View::Archived => yes(&mut asked.archived, "archived", YesNo::Yes),
            View::Mentions => yes(&mut asked.mentioned, "mentioned", YesNo::Yes),
            View::Closed => yes(&mut asked.archived, "archived", YesNo::No),
            View::Mine | View::Unassigned | View::MyTeams | View::All => {
                yes(&mut asked.archived, "archived", YesNo::No);
                yes(&mut asked.snoozed, "snoozed", YesNo::No);
            }
        }
        if knows("owner") && asked.owner.is_empty() {
            match view {
                View::Mine => asked.owner.add(OwnerIs::Me, false),
                View::Unassigned => asked.owner.add(OwnerIs::None, false),
                _ => {}
            }
        }
        if knows("team") && asked.team.is_empty() && view == View::MyTeams {
            asked.team.add(TeamIs::Mine, false);
        }
        if knows("group") && asked.group.is_empty() && view == View::Closed {
            asked.group.add(Group::Ended, false);
        }
    }
    if knows("status") && !knows("group") && asked.status.is_empty() {
        let closed = filter.view == Some(View::Closed);
        let shown = |status: &Status| {
            let any = &filter.group.any;
            (any.is_empty() || any.iter().any(|group| group.contains(*status)))
                && !filter.group.none.iter().any(|group| group.contains(*status))
                && (!closed || status.is_ended())
        };
        let statuses: Vec<_> = Status::ALL.into_iter().filter(shown).collect();
        if statuses.len() < Status::ALL.len() && !statuses.is_empty() {
            asked.status = Field::any_of(statuses);
        }
    }
    asked
}

impl Core {
    /// What is left to apply here of what the backend did not, whatever it says: a view and a group that it does not
    /// know are always left.
    pub(super) fn here(&self, filter: &Filter, left: &[String]) -> Here {
        let there = &self.backend.abilities().filters_there;
        let mut fields = left.to_vec();
        for name in ["view", "group"] {
            if !there.iter().any(|field| field == name) {
                fields.push(name.to_owned());
            }
        }
        Here::new(filter, &fields)
    }

    /// Refuses what can be had neither there nor here.
    pub(super) fn check_filter(&self, filter: &Filter, sort: Sort) -> Result<(), Refusal> {
        for condition in filter.conditions() {
            if !self.filters_by(condition.field) {
                let words = self.reason(&format!("filter.{}", condition.field));
                let mut refusal = Refusal::field(condition.field, "off", words);
                code::INVALID_FILTER.clone_into(&mut refusal.problem.code);
                return Err(refusal);
            }
        }
        let can = self.backend.abilities();
        if sort != Sort::Activity && !can.sorts.contains(&sort) && !can.sorts_here.contains(&sort) {
            return Err(Refusal::field("sort", "off", self.reason(&format!("sort.{}", sort.code()))));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_view_is_asked_for_by_the_fields_that_the_backend_knows() {
        let mine = View::Mine.filter();
        let asked = narrowed(&mine, &there(&["owner", "status"]));
        assert_eq!(asked.owner.any, [OwnerIs::Me]);
        assert!(asked.status.any.iter().all(|status| status.is_open()) && asked.status.any.len() == 6);
        assert!(asked.archived.is_empty(), "it does not know that field");
        assert_eq!(narrowed(&mine, &there(&["view"])), mine);
    }

    #[test]
    fn what_the_viewer_chose_in_a_field_is_not_widened_by_the_view() {
        let filter = Filter::parse("view=mine&owner=7").unwrap();
        assert_eq!(narrowed(&filter, &there(&["owner"])).owner, filter.owner);
    }
}
