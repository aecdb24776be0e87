//! What a host page switches off, as the capabilities that everything in the app asks for (P5). Pure.

use bandeja_contract::Capability;
use bandeja_model::Action;
use std::collections::BTreeMap;

/// Doing something to many at once.
const MANY: &str = "bulk";

/// What is off: everything where nothing may be changed, else what the list does not allow. Looking is always on, and
/// what is read counts as read unless nothing may be changed. `why` is told where somebody would look for it.
pub(super) fn limits(readonly: bool, features: Option<&str>, why: &str) -> BTreeMap<String, Capability> {
    let allowed: Vec<&str> = features
        .unwrap_or_default()
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|name| !name.is_empty())
        .collect();
    let is_on = |action: Action| match action {
        Action::See => true,
        _ if readonly => false,
        Action::Read => true,
        // What is put away can be taken out again.
        Action::Unarchive => features.is_none() || allowed.contains(&Action::Archive.code()),
        action => features.is_none() || allowed.contains(&action.code()),
    };
    let off = || Capability { on: false, reason: Some(why.to_owned()) };
    let actions = Action::ALL.into_iter().filter(|action| !is_on(*action)).map(Action::code);
    let many = (readonly || features.is_some() && !allowed.contains(&MANY)).then_some(MANY);
    actions.chain(many).map(|name| (name.to_owned(), off())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn off(readonly: bool, features: Option<&str>) -> Vec<String> {
        limits(readonly, features, "aquí no").into_keys().collect()
    }

    #[test]
    fn without_a_list_everything_is_on() {
        assert!(off(false, None).is_empty());
    }

    #[test]
    fn a_list_allows_what_it_names_and_reading() {
        let off = off(false, Some("reply, note close"));
        for on in ["reply", "note", "close", "see", "read"] {
            assert!(!off.contains(&on.to_owned()), "{on}");
        }
        for gone in ["assign", "tag", "bulk", "archive", "unarchive", "cancel"] {
            assert!(off.contains(&gone.to_owned()), "{gone}");
        }
    }

    #[test]
    fn where_nothing_may_be_changed_not_even_the_list_allows_it() {
        let off = off(true, Some("reply bulk"));
        assert_eq!(off.len(), Action::ALL.len(), "all but seeing, and the work on many");
        assert!(!off.contains(&"see".to_owned()));
        assert!(off.contains(&"read".to_owned()) && off.contains(&"bulk".to_owned()));
    }
}
