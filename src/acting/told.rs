//! What is said after an action: done, or why not. Pure words.

use super::differences::{Difference, differences};
use super::names::priority_word;
use super::words::{ActingWords, words};
use crate::i18n::{Day, Lang, Locale, fill};
use bandeja_client::{ClientError, Intent, Lookups};
use bandeja_contract::problem::code;
use bandeja_model::{Conversation, Timestamp, UserId};

/// The name by which a conversation is spoken of: the contact's, else its address.
pub fn name_of(conversation: &Conversation, locale: Locale) -> String {
    conversation.contact.called().unwrap_or(words(locale).no_name).to_owned()
}

/// What was done, in one sentence.
pub fn done(
    intent: &Intent,
    conversation: &Conversation,
    lookups: &Lookups,
    me: Option<&UserId>,
    now: Timestamp,
    lang: Lang,
) -> String {
    let locale = lang.get_untracked();
    let w = words(locale);
    let name = name_of(conversation, locale);
    let plain = match intent {
        Intent::Close(close) if close.archive => w.did_close_archive,
        Intent::Close(_) => w.did_close,
        Intent::Cancel(_) => w.did_cancel,
        Intent::Reopen => w.did_reopen,
        Intent::Archive => w.did_archive,
        Intent::Unarchive => w.did_unarchive,
        Intent::Unassign => w.did_unassign,
        Intent::Read => w.did_read,
        Intent::Unread => w.did_unread,
        Intent::Tags(_) => w.did_tags,
        Intent::Snooze(None) => w.did_wake,
        Intent::Bot { paused: true } => w.did_pause_bot,
        Intent::Bot { paused: false } => w.did_resume_bot,
        Intent::Assign(assign) => {
            return match (&assign.user, &assign.team) {
                (Some(user), _) if Some(user) == me => fill(w.did_assign_me, &[&name]),
                (Some(user), _) => fill(w.did_assign_user, &[&name, &user_name(lookups, user, w)]),
                (None, Some(team)) => {
                    let team = lookups.team(team).map_or(w.unknown_team, |team| &team.name);
                    fill(w.did_assign_team, &[&name, team])
                }
                (None, None) => fill(w.did_unassign, &[&name]),
            };
        }
        Intent::Priority(priority) => {
            return fill(w.did_priority, &[&name, priority_word(*priority, locale)]);
        }
        Intent::Snooze(Some(until)) => {
            return fill(w.did_snooze, &[&name, &moment(*until, now, lang)]);
        }
    };
    fill(plain, &[&name])
}

/// What a difference is about.
pub(super) fn thing(difference: &Difference, w: &ActingWords) -> &'static str {
    match difference {
        Difference::Status(..) => w.thing_status,
        Difference::Owner(..) => w.thing_owner,
        Difference::Team(..) => w.thing_team,
        Difference::Tags(..) => w.thing_tags,
        Difference::Priority(..) => w.thing_priority,
        Difference::Snooze(..) => w.thing_snooze,
        Difference::Archived(..) => w.thing_archived,
        Difference::BotPaused(..) => w.thing_bot,
    }
}

/// A moment inside a sentence: «mañana, 9:00», «lunes, 23 de noviembre, 9:00». English keeps the capital
/// of a day's name.
pub(crate) fn moment(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    format!("{}, {}", day_in_sentence(at, now, lang), lang.clock(at))
}

/// The day alone: «mañana», «lunes, 23 de noviembre».
pub(crate) fn day_in_sentence(at: Timestamp, now: Timestamp, lang: Lang) -> String {
    let day = lang.day(at, now);
    let named = matches!(Day::of(at, now, lang.offset()), Day::ThisYear | Day::OtherYear);
    if named && lang.get() == Locale::En { day } else { bandeja_letters::small(&day) }
}

/// A colleague's name.
pub fn user_name(lookups: &Lookups, id: &UserId, w: &ActingWords) -> String {
    lookups.user(id).map_or_else(|| w.unknown_user.to_owned(), |user| user.name.clone())
}

/// Why an action did not happen, and what is safe.
pub fn failed(error: &ClientError, locale: Locale) -> String {
    let w = words(locale);
    let sentence = match error {
        ClientError::Offline => w.failed_offline,
        ClientError::Timeout => w.failed_timeout,
        ClientError::SignedOut => w.failed_signed_out,
        ClientError::Malformed { .. } => w.failed_server,
        ClientError::Problem(problem) => match problem.code.as_str() {
            code::FORBIDDEN => w.failed_forbidden,
            code::NOT_FOUND => w.failed_not_found,
            code::STATE => w.failed_state,
            code::ALREADY_SO => w.failed_already,
            code::RATE_LIMITED => w.failed_rate,
            code::INVALID => w.failed_field,
            code::NOT_APPLIED => w.failed_not_applied,
            code::PARTLY_DONE => w.failed_partly,
            code::BAD_ANSWER => w.failed_answer,
            code::FEATURE_OFF => w.failed_off,
            _ => w.failed_server,
        },
    };
    match foreign_words(error) {
        Some(said) => fill(w.failed_said, &[sentence, said]),
        None => sentence.to_owned(),
    }
}

/// What was said over there, where those words are all there is to go by. A form that can point at the field that was
/// refused says it there instead.
pub fn foreign_words(error: &ClientError) -> Option<&str> {
    let problem = error.problem()?;
    let foreign = matches!(
        problem.code.as_str(),
        code::INVALID | code::NOT_APPLIED | code::PARTLY_DONE | code::BAD_ANSWER | code::FEATURE_OFF
    );
    Some(problem.detail.trim()).filter(|said| foreign && !said.is_empty())
}

/// Why an action was not taken back; `after` is the conversation as the action left it.
pub fn undo_failed(error: &ClientError, after: &Conversation, locale: Locale) -> String {
    let w = words(locale);
    match error.code() {
        code::UNDO_CHANGED => {
            let changed = error.is_stale().map(|now| differences(after, now)).unwrap_or_default();
            let things: Vec<_> =
                changed.iter().map(|difference| bandeja_letters::lowercase(thing(difference, w))).collect();
            if things.is_empty() {
                w.undo_changed.to_owned()
            } else {
                fill(w.undo_changed_things, &[&things.join(", ")])
            }
        }
        // A token that is nobody's any more, or never was the caller's.
        code::UNDO_OVER | code::NOT_FOUND => w.undo_over.to_owned(),
        _ => w.undo_failed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bandeja_contract::Problem;

    fn problem(code: &str) -> ClientError {
        ClientError::Problem(Box::new(Problem::new(409, code, "", "")))
    }

    fn conversation() -> Conversation {
        serde_json::from_value(serde_json::json!({
            "id": "1", "version": 1, "status": "closed", "channel": "sms", "line": "1", "campaign": "1",
            "owner": "7", "contact": { "id": "1", "name": "Mariana", "address": "+52" },
            "created_at": "2026-11-22T10:00:00Z", "last_activity_at": "2026-11-22T10:00:00Z"
        }))
        .unwrap()
    }

    #[test]
    fn a_refused_undo_says_whether_it_was_late_or_something_changed() {
        let w = words(Locale::Es);
        let after = conversation();
        let said = |error: &ClientError| undo_failed(error, &after, Locale::Es);
        assert_eq!(said(&problem(code::UNDO_OVER)), w.undo_over);
        assert_eq!(said(&problem(code::UNDO_CHANGED)), w.undo_changed);
        assert_eq!(said(&ClientError::Offline), w.undo_failed);
        let current = Conversation { archived: true, owner: None, ..after.clone() };
        let refused =
            Problem { current: Some(Box::new(current)), ..Problem::new(409, code::UNDO_CHANGED, "", "") };
        let said = said(&ClientError::Problem(Box::new(refused)));
        assert_eq!(said, "No se deshizo: después cambió: responsable, archivada.");
    }

    #[test]
    fn a_failure_never_shows_a_code() {
        for code in [code::FORBIDDEN, code::STATE, code::INTERNAL, "made_up"] {
            assert!(!failed(&problem(code), Locale::Es).contains(code), "{code}");
        }
    }
}
