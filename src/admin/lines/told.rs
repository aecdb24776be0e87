//! What is wrong with a line's settings and what somebody else saved, in words. The rules are the model's. Pure.

use super::draft::LineDraft;
use super::words::words;
use crate::admin::editing::{Row, differing};
use crate::i18n::{Locale, fill};
use bandeja_client::{ClientError, Lookups};
use bandeja_contract::SaveLine;
use bandeja_model::limits::{GREETING_CHARS, MENU_OPTIONS, OPTION_CHARS};
use bandeja_model::{TeamId, UserId};

/// What is wrong, by the name of the field on the wire.
pub(super) type Faults = Vec<(String, String)>;

/// What the model finds wrong with the menu.
pub(super) fn check(draft: &LineDraft, knows: impl Fn(&TeamId) -> bool, locale: Locale) -> Faults {
    let said = draft.check(knows).into_iter().map(|fault| {
        let sentence = sentence(&fault.field, fault.code, locale).unwrap_or_default();
        (fault.field, sentence)
    });
    said.collect()
}

/// What the server said of the fields; empty if it was about none that stands here.
pub(super) fn of_answer(error: &ClientError, locale: Locale) -> Faults {
    let fields = error.problem().map(|problem| problem.fields.as_slice()).unwrap_or_default();
    let known = |field: &bandeja_contract::FieldProblem| {
        sentence(&field.field, &field.code, locale).map(|said| (field.field.clone(), said))
    };
    fields.iter().filter_map(known).collect()
}

fn sentence(field: &str, code: &str, locale: Locale) -> Option<String> {
    let w = words(locale);
    let limited = |text: &str, limit: usize| fill(text, &[&limit.to_string()]);
    let option_part = field.strip_prefix("menu.options.").and_then(|rest| rest.split_once('.'));
    Some(match (field, option_part.map(|(_, part)| part), code) {
        ("team", ..) => w.unknown_team.to_owned(),
        ("user", ..) => w.unknown_user.to_owned(),
        ("menu.greeting", _, "too_long") => limited(w.long_greeting, GREETING_CHARS),
        ("menu.greeting", ..) => w.no_greeting.to_owned(),
        ("menu.options", _, "too_many") => limited(w.many_options, MENU_OPTIONS),
        ("menu.options", ..) => w.no_options.to_owned(),
        (_, Some("label"), "too_long") => limited(w.long_label, OPTION_CHARS),
        (_, Some("label"), _) => w.no_label.to_owned(),
        (_, Some("team"), _) => w.no_option_team.to_owned(),
        _ => return None,
    })
}

/// The name of a team that may be none.
pub(super) fn team_name(id: Option<&TeamId>, lookups: &Lookups, locale: Locale) -> String {
    let w = words(locale);
    id.map_or(w.no_team.to_owned(), |id| {
        lookups.team(id).map_or_else(|| w.gone.to_owned(), |team| team.name.clone())
    })
}

/// The name of a user who may be none.
pub(super) fn user_name(id: Option<&UserId>, lookups: &Lookups, locale: Locale) -> String {
    let w = words(locale);
    id.map_or(w.nobody.to_owned(), |id| {
        lookups.user(id).map_or_else(|| w.gone.to_owned(), |user| user.name.clone())
    })
}

/// What differs between what somebody else saved and one's own.
pub(super) fn rows(theirs: &SaveLine, mine: &SaveLine, lookups: &Lookups, locale: Locale) -> Vec<Row> {
    let w = words(locale);
    let tell = |of: &SaveLine| {
        let teams = of.menu.options.iter().map(|option| team_name(Some(&option.team), lookups, locale));
        let lines = of.menu.text();
        let menu = lines.lines().zip(std::iter::once(String::new()).chain(teams));
        let menu: Vec<_> = menu
            .map(|(line, team)| if team.is_empty() { line.to_owned() } else { format!("{line} → {team}") })
            .collect();
        [
            if of.bot { w.on } else { w.off }.to_owned(),
            menu.join(" / "),
            team_name(of.team.as_ref(), lookups, locale),
            user_name(of.user.as_ref(), lookups, locale),
        ]
    };
    differing([w.bot, w.thing_menu, w.team, w.user], tell(theirs), tell(mine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::{FieldProblem, Problem, Team};
    use bandeja_model::bot::{BotMenu, MenuOption};

    #[test]
    fn what_the_model_finds_and_what_the_server_says_of_it_is_the_same_sentence() {
        let mut draft = LineDraft::default();
        draft.bot = true;
        let empty = check(&draft, |_| true, Locale::Es);
        assert_eq!(empty.len(), 2);
        draft.greeting = "x".repeat(GREETING_CHARS + 1);
        let key = draft.add().unwrap();
        draft.change(key, |option| option.label = "x".repeat(OPTION_CHARS + 1));
        for locale in Locale::ALL {
            let ours = check(&draft, |team| !team.as_str().is_empty(), locale);
            assert_eq!(ours.len(), 3);
            let found = draft.check(|team| !team.as_str().is_empty());
            let field = |fault: bandeja_model::bot::MenuFault| FieldProblem {
                field: fault.field,
                code: fault.code.to_owned(),
                message: String::new(),
            };
            let fields = found.into_iter().map(field).collect();
            let problem = Problem { fields, ..Problem::new(422, "invalid", "", "") };
            assert_eq!(of_answer(&ClientError::Problem(Box::new(problem)), locale), ours);
        }
    }

    #[test]
    fn what_somebody_else_saved_is_told_with_the_teams_that_options_lead_to() {
        let team = Team { id: "t1".into(), name: "Ventas".into(), campaign: "c1".into(), timing: None };
        let lookups = Lookups { teams: vec![team], ..Lookups::default() };
        let option = |team: &str| MenuOption { label: "Comprar".into(), team: team.into() };
        let save = |team: &str| SaveLine {
            menu: BotMenu { greeting: "Hola".into(), options: vec![option(team)] },
            ..SaveLine::default()
        };
        let rows = rows(&save("t1"), &save("t9"), &lookups, Locale::Es);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].theirs, "Hola / 1. Comprar → Ventas");
        assert_eq!(rows[0].mine, "Hola / 1. Comprar → Ya no está");
    }
}
