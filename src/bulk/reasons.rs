//! Why a conversation is left out, skipped or failed, as a sentence with a drawing. Pure.

use crate::i18n::{Locale, plural};
use bandeja_model::{BulkAction, BulkReason};
use bandeja_ui::IconName;

crate::words! {
    /// Reasons in words.
    pub struct ReasonWords {
        not_found_one: "Ya no la puedes ver" | "You can no longer see it",
        not_found_other: "Ya no las puedes ver" | "You can no longer see them",
        not_permitted: "Tu rol no lo permite" | "Your role does not allow it",
        not_permitted_read: "Solo su responsable lee lo pendiente" | "Only the owner reads what is pending",
        state: "Su estado no lo permite" | "The state does not allow it",
        state_close_one: "Cancelada: el estado no lo permite" | "Cancelled: the state does not allow it",
        state_close_other: "Canceladas: el estado no lo permite" | "Cancelled: the state does not allow it",
        already_close_one: "Ya está cerrada" | "It is closed already",
        already_close_other: "Ya están cerradas" | "Closed already",
        already_cancel_one: "Ya está cancelada" | "It is cancelled already",
        already_cancel_other: "Ya están canceladas" | "Cancelled already",
        already_reopen_one: "Ya está abierta" | "It is open already",
        already_reopen_other: "Ya están abiertas" | "Open already",
        already_archive_one: "Ya está archivada" | "It is archived already",
        already_archive_other: "Ya están archivadas" | "Archived already",
        already_assign: "Ya tiene ese responsable" | "Has that owner already",
        already_assign_other: "Ya tienen ese responsable" | "Have that owner already",
        already_unassign_one: "Ya no tiene responsable" | "Has no owner already",
        already_unassign_other: "Ya no tienen responsable" | "Have no owner already",
        already_read_one: "Ya está leída" | "It is read already",
        already_read_other: "Ya están leídas" | "Read already",
        already_unread_one: "Ya está sin leer" | "It is unread already",
        already_unread_other: "Ya están sin leer" | "Unread already",
        already_add_one: "Ya tiene esas etiquetas" | "Has those tags already",
        already_add_other: "Ya tienen esas etiquetas" | "Have those tags already",
        already_remove_one: "No tiene esas etiquetas" | "Does not have those tags",
        already_remove_other: "No tienen esas etiquetas" | "Do not have those tags",
        already_undo_one: "Ya está como antes" | "It is as before already",
        already_undo_other: "Ya están como antes" | "As before already",
        no_match_one: "Ya no coincide con el filtro" | "It no longer matches the filter",
        no_match_other: "Ya no coinciden con el filtro" | "They no longer match the filter",
        other_job_one: "La tiene otro trabajo" | "Another job has it",
        other_job_other: "Las tiene otro trabajo" | "Another job has them",
        changed_one: "Cambió mientras tanto" | "It changed meanwhile",
        changed_other: "Cambiaron mientras tanto" | "They changed meanwhile",
        stopped: "El trabajo se detuvo antes" | "The job was stopped before",
        target_one: "El nuevo responsable no puede atenderla" | "The new owner cannot attend it",
        target_other: "El nuevo responsable no puede atenderlas" | "The new owner cannot attend them",
        form: "Su campaña pide más datos al cerrar" | "The campaign asks for more when closing",
        tags_one: "Tendría demasiadas etiquetas" | "It would have too many tags",
        tags_other: "Tendrían demasiadas etiquetas" | "They would have too many tags",
        internal: "El servidor falló" | "The server failed",
    }
}

/// The reason for `n` conversations, as a sentence without its full stop.
pub fn reason_words(reason: BulkReason, action: BulkAction, n: u64, locale: Locale) -> &'static str {
    let w = words(locale);
    match reason {
        BulkReason::NotFound => plural(n, w.not_found_one, w.not_found_other),
        BulkReason::NotPermitted if action == BulkAction::Read => w.not_permitted_read,
        BulkReason::NotPermitted => w.not_permitted,
        BulkReason::State if action == BulkAction::Close => plural(n, w.state_close_one, w.state_close_other),
        BulkReason::State => w.state,
        BulkReason::AlreadySo => match action {
            BulkAction::Close => plural(n, w.already_close_one, w.already_close_other),
            BulkAction::Cancel => plural(n, w.already_cancel_one, w.already_cancel_other),
            BulkAction::Reopen => plural(n, w.already_reopen_one, w.already_reopen_other),
            BulkAction::Archive => plural(n, w.already_archive_one, w.already_archive_other),
            BulkAction::Assign => plural(n, w.already_assign, w.already_assign_other),
            BulkAction::Unassign => plural(n, w.already_unassign_one, w.already_unassign_other),
            BulkAction::Read => plural(n, w.already_read_one, w.already_read_other),
            BulkAction::Unread => plural(n, w.already_unread_one, w.already_unread_other),
            BulkAction::AddTags => plural(n, w.already_add_one, w.already_add_other),
            BulkAction::RemoveTags => plural(n, w.already_remove_one, w.already_remove_other),
            BulkAction::Undo => plural(n, w.already_undo_one, w.already_undo_other),
        },
        BulkReason::NoMatch => plural(n, w.no_match_one, w.no_match_other),
        BulkReason::OtherJob => plural(n, w.other_job_one, w.other_job_other),
        BulkReason::Changed => plural(n, w.changed_one, w.changed_other),
        BulkReason::Stopped => w.stopped,
        BulkReason::Target => plural(n, w.target_one, w.target_other),
        BulkReason::Form => w.form,
        BulkReason::TooManyTags => plural(n, w.tags_one, w.tags_other),
        BulkReason::Internal => w.internal,
    }
}

/// The drawing of a reason.
pub const fn reason_icon(reason: BulkReason) -> IconName {
    match reason {
        BulkReason::NotFound => IconName::Hide,
        BulkReason::NotPermitted => IconName::Lock,
        BulkReason::State => IconName::StateCancelled,
        BulkReason::AlreadySo => IconName::StateClosed,
        BulkReason::NoMatch => IconName::Filter,
        BulkReason::OtherJob => IconName::Layers,
        BulkReason::Changed => IconName::Swap,
        BulkReason::Stopped => IconName::Stop,
        BulkReason::Target => IconName::UserNone,
        BulkReason::Form => IconName::Edit,
        BulkReason::TooManyTags => IconName::Tag,
        BulkReason::Internal => IconName::Alert,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_a_sentence_for_one_and_for_many_in_every_language() {
        for locale in Locale::ALL {
            for reason in BulkReason::ALL {
                for action in BulkAction::ALL.into_iter().chain([BulkAction::Undo]) {
                    for n in [1, 2] {
                        let words = reason_words(reason, action, n, locale);
                        assert!(words.len() > 8 && !words.contains('{'), "{words}");
                    }
                }
            }
        }
    }

    #[test]
    fn one_is_spoken_of_as_one() {
        let closed = |n| reason_words(BulkReason::AlreadySo, BulkAction::Close, n, Locale::Es);
        assert_eq!((closed(1), closed(497)), ("Ya está cerrada", "Ya están cerradas"));
    }
}
