//! What the app will show, degrade and hide in front of a back end, with the reasons.

use bandeja_connector::backend::{Abilities, SignInBy};
use bandeja_model::Sort;

/// What each act is called in the app.
const ACTS: [(&str, &str); 15] = [
    ("reply", "replies"),
    ("note", "private notes"),
    ("close", "closing with a form"),
    ("cancel", "calling off"),
    ("reopen", "reopening"),
    ("assign", "assigning"),
    ("unassign", "taking from the owner"),
    ("tags", "tags"),
    ("priority", "priority"),
    ("read", "marking as read"),
    ("unread", "marking as unread"),
    ("snooze", "snoozing"),
    ("archive", "archiving"),
    ("unarchive", "fetching from the archive"),
    ("bot", "pausing the automatic menu"),
];
/// Fields of the filter that the app has controls for.
const FIELDS: [&str; 16] = [
    "q", "status", "group", "owner", "team", "tag", "channel", "line", "campaign", "priority", "unread",
    "archived", "snoozed", "activity", "created", "closed",
];

/// What may be asked for with an act and is not carried by its calls: it is not offered, or refused.
fn lost(abilities: &Abilities, act: &str) -> Option<String> {
    let parts: &[(&str, &[&str])] = match act {
        "close" => &[("a transfer", &["transfer_to"]), ("archiving at once", &["archive"])],
        "assign" => &[("users", &["user", "user_name"]), ("teams", &["team", "team_name"])],
        "note" => &[("mentions", &["mentions"])],
        "tags" => &[
            ("adding", &["tags", "tag_names", "added", "added_names"]),
            ("taking away", &["tags", "tag_names", "removed", "removed_names"]),
        ],
        _ => &[],
    };
    let lost = parts.iter().filter(|(_, arguments)| !abilities.carries(act, arguments));
    let lost: Vec<&str> = lost.map(|(words, _)| *words).collect();
    (!lost.is_empty()).then(|| format!("without {}", lost.join(" and ")))
}

/// In three lists of lines, for people.
pub fn shows(abilities: &Abilities) -> String {
    let (mut shown, mut degraded, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
    for (name, words) in ACTS {
        if abilities.acts.contains(&name) {
            let many = if abilities.bulk.contains(&name) { ", many in one call" } else { "" };
            shown.push(format!("{words} ({name}{many})"));
            if let Some(lost) = lost(abilities, name) {
                degraded.push(format!("{words} ({name}): {lost}, because its steps do not use it"));
            }
        } else {
            let why = abilities.reasons.get(name).map_or("the file does not describe it", String::as_str);
            hidden.push(format!("{words} ({name}): {why}"));
        }
    }
    for field in FIELDS {
        if abilities.filters_there.iter().any(|known| known == field) {
            shown.push(format!("filter {field}"));
        } else if abilities.filters_here.iter().any(|known| known == field) {
            degraded.push(format!(
                "filter {field}: applied to the rows as they are read, so counts are not known"
            ));
        } else {
            let why = abilities
                .reasons
                .get(&format!("filter.{field}"))
                .map_or("the file does not describe it", String::as_str);
            hidden.push(format!("filter {field}: {why}"));
        }
    }
    for sort in Sort::ALL {
        let words = format!("order {}", sort.code());
        if abilities.sorts.contains(&sort) {
            shown.push(words);
        } else if abilities.sorts_here.contains(&sort) {
            degraded.push(format!("{words}: of the rows that were read"));
        } else {
            let why = abilities.reasons.get(&format!("sort.{}", sort.code()));
            hidden.push(format!("{words}: {}", why.map_or("the file does not describe it", String::as_str)));
        }
    }
    if !abilities.totals {
        degraded.push("totals: the API does not say how many match".to_owned());
    }
    if abilities.poll_ms == 0 {
        degraded.push("changes by others: seen when a list is opened again".to_owned());
    } else {
        shown.push(format!("changes by others, at most every {} s", abilities.poll_ms / 1_000));
    }
    if !abilities.knows_read {
        degraded.push("unread: kept in this browser, because the API does not say".to_owned());
    }
    shown.push(match abilities.sign_in {
        SignInBy::Nothing => "no sign-in: the surroundings bring what is needed".to_owned(),
        SignInBy::Password => "sign-in by name and password".to_owned(),
        SignInBy::Token => "sign-in by a token".to_owned(),
    });
    let list = |title: &str, lines: &[String]| {
        if lines.is_empty() { String::new() } else { format!("{title}\n  {}\n", lines.join("\n  ")) }
    };
    [
        list("The app will show", &shown),
        list("The app will show with less", &degraded),
        list("The app will hide", &hidden),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_told_with_the_files_own_reason() {
        let abilities = Abilities {
            acts: vec!["reply"],
            reasons: [("snooze".to_owned(), "the help desk has no such thing".to_owned())].into(),
            filters_here: vec!["tag".to_owned()],
            ..Abilities::default()
        };
        let text = shows(&abilities);
        let (shown, rest) = text.split_once("The app will show with less").unwrap();
        let (degraded, hidden) = rest.split_once("The app will hide").unwrap();
        assert!(shown.contains("replies (reply)"), "{text}");
        assert!(degraded.contains("filter tag"), "{text}");
        assert!(hidden.contains("snoozing (snooze): the help desk has no such thing"), "{text}");
        assert!(hidden.contains("filter status"), "{text}");
    }
}
