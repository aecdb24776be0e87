//! How each action upon many is said: as title, verb, what goes on, what will be, what was done.

use crate::i18n::{Lang, Locale, fill, plural};
use bandeja_model::BulkAction;
use bandeja_ui::IconName;

crate::words! {
    /// The actions in words. `{}` is the number with its noun: «4.290 conversaciones».
    pub struct VerbWords {
        conversation_one: "conversación" | "conversation",
        conversation_other: "conversaciones" | "conversations",
        close_title: "Cerrar conversaciones" | "Close conversations",
        close_do: "Cerrar {}" | "Close {}",
        close_going: "Cerrando {}" | "Closing {}",
        close_will_one: "se cerrará" | "will be closed",
        close_will_other: "se cerrarán" | "will be closed",
        close_done_one: "cerrada" | "closed",
        close_done_other: "cerradas" | "closed",
        cancel_title: "Cancelar conversaciones" | "Cancel conversations",
        cancel_do: "Cancelar {}" | "Cancel {}",
        cancel_going: "Cancelando {}" | "Cancelling {}",
        cancel_will_one: "se cancelará" | "will be cancelled",
        cancel_will_other: "se cancelarán" | "will be cancelled",
        cancel_done_one: "cancelada" | "cancelled",
        cancel_done_other: "canceladas" | "cancelled",
        reopen_title: "Reabrir conversaciones" | "Reopen conversations",
        reopen_do: "Reabrir {}" | "Reopen {}",
        reopen_going: "Reabriendo {}" | "Reopening {}",
        reopen_will_one: "se reabrirá" | "will be reopened",
        reopen_will_other: "se reabrirán" | "will be reopened",
        reopen_done_one: "reabierta" | "reopened",
        reopen_done_other: "reabiertas" | "reopened",
        archive_title: "Archivar conversaciones" | "Archive conversations",
        archive_do: "Archivar {}" | "Archive {}",
        archive_going: "Archivando {}" | "Archiving {}",
        archive_will_one: "se archivará" | "will be archived",
        archive_will_other: "se archivarán" | "will be archived",
        archive_done_one: "archivada" | "archived",
        archive_done_other: "archivadas" | "archived",
        assign_title: "Asignar conversaciones" | "Assign conversations",
        assign_do: "Asignar {}" | "Assign {}",
        assign_going: "Asignando {}" | "Assigning {}",
        assign_will_one: "se asignará" | "will be assigned",
        assign_will_other: "se asignarán" | "will be assigned",
        assign_done_one: "asignada" | "assigned",
        assign_done_other: "asignadas" | "assigned",
        unassign_title: "Quitar responsable" | "Remove owner",
        unassign_do: "Quitar responsable de {}" | "Remove the owner of {}",
        unassign_going: "Quitando el responsable de {}" | "Removing the owner of {}",
        unassign_will_one: "quedará sin responsable" | "will have no owner",
        unassign_will_other: "quedarán sin responsable" | "will have no owner",
        unassign_done_one: "sin responsable" | "without owner",
        unassign_done_other: "sin responsable" | "without owner",
        read_title: "Marcar como leídas" | "Mark as read",
        read_do: "Marcar {} como leídas" | "Mark {} as read",
        read_going: "Marcando {} como leídas" | "Marking {} as read",
        read_will_one: "quedará como leída" | "will be read",
        read_will_other: "quedarán como leídas" | "will be read",
        read_done_one: "marcada como leída" | "marked as read",
        read_done_other: "marcadas como leídas" | "marked as read",
        unread_title: "Marcar como no leídas" | "Mark as unread",
        unread_do: "Marcar {} como no leídas" | "Mark {} as unread",
        unread_going: "Marcando {} como no leídas" | "Marking {} as unread",
        unread_will_one: "quedará como no leída" | "will be unread",
        unread_will_other: "quedarán como no leídas" | "will be unread",
        unread_done_one: "marcada como no leída" | "marked as unread",
        unread_done_other: "marcadas como no leídas" | "marked as unread",
        tags_title: "Etiquetar conversaciones" | "Tag conversations",
        add_do: "Etiquetar {}" | "Tag {}",
        add_going: "Etiquetando {}" | "Tagging {}",
        add_will_one: "recibirá etiquetas" | "will get tags",
        add_will_other: "recibirán etiquetas" | "will get tags",
        add_done_one: "etiquetada" | "tagged",
        add_done_other: "etiquetadas" | "tagged",
        remove_do: "Quitar etiquetas de {}" | "Remove tags from {}",
        remove_going: "Quitando etiquetas de {}" | "Removing tags from {}",
        remove_will_one: "perderá etiquetas" | "will lose tags",
        remove_will_other: "perderán etiquetas" | "will lose tags",
        remove_done_one: "sin esas etiquetas" | "without those tags",
        remove_done_other: "sin esas etiquetas" | "without those tags",
        undo_title: "Deshacer" | "Undo",
        undo_do: "Deshacer en {}" | "Undo on {}",
        undo_going: "Deshaciendo en {}" | "Undoing on {}",
        undo_will_one: "vuelve a como estaba" | "will be as before",
        undo_will_other: "vuelven a como estaban" | "will be as before",
        undo_done_one: "devuelta a como estaba" | "put back as before",
        undo_done_other: "devueltas a como estaban" | "put back as before",
    }
}

/// An action in words.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// The dialog's title.
    pub title: &'static str,
    to_do: &'static str,
    going: &'static str,
    will: [&'static str; 2],
    done: [&'static str; 2],
}

impl Verb {
    /// The words of an action.
    pub fn of(action: BulkAction, locale: Locale) -> Self {
        let w = words(locale);
        let verb = |title, to_do, going, will, done| Self { title, to_do, going, will, done };
        match action {
            BulkAction::Close => verb(
                w.close_title,
                w.close_do,
                w.close_going,
                [w.close_will_one, w.close_will_other],
                [w.close_done_one, w.close_done_other],
            ),
            BulkAction::Cancel => verb(
                w.cancel_title,
                w.cancel_do,
                w.cancel_going,
                [w.cancel_will_one, w.cancel_will_other],
                [w.cancel_done_one, w.cancel_done_other],
            ),
            BulkAction::Reopen => verb(
                w.reopen_title,
                w.reopen_do,
                w.reopen_going,
                [w.reopen_will_one, w.reopen_will_other],
                [w.reopen_done_one, w.reopen_done_other],
            ),
            BulkAction::Archive => verb(
                w.archive_title,
                w.archive_do,
                w.archive_going,
                [w.archive_will_one, w.archive_will_other],
                [w.archive_done_one, w.archive_done_other],
            ),
            BulkAction::Assign => verb(
                w.assign_title,
                w.assign_do,
                w.assign_going,
                [w.assign_will_one, w.assign_will_other],
                [w.assign_done_one, w.assign_done_other],
            ),
            BulkAction::Unassign => verb(
                w.unassign_title,
                w.unassign_do,
                w.unassign_going,
                [w.unassign_will_one, w.unassign_will_other],
                [w.unassign_done_one, w.unassign_done_other],
            ),
            BulkAction::Read => verb(
                w.read_title,
                w.read_do,
                w.read_going,
                [w.read_will_one, w.read_will_other],
                [w.read_done_one, w.read_done_other],
            ),
            BulkAction::Unread => verb(
                w.unread_title,
                w.unread_do,
                w.unread_going,
                [w.unread_will_one, w.unread_will_other],
                [w.unread_done_one, w.unread_done_other],
            ),
            BulkAction::AddTags => verb(
                w.tags_title,
                w.add_do,
                w.add_going,
                [w.add_will_one, w.add_will_other],
                [w.add_done_one, w.add_done_other],
            ),
            BulkAction::RemoveTags => verb(
                w.tags_title,
                w.remove_do,
                w.remove_going,
                [w.remove_will_one, w.remove_will_other],
                [w.remove_done_one, w.remove_done_other],
            ),
            BulkAction::Undo => verb(
                w.undo_title,
                w.undo_do,
                w.undo_going,
                [w.undo_will_one, w.undo_will_other],
                [w.undo_done_one, w.undo_done_other],
            ),
        }
    }

    /// «Cerrar 4.290 conversaciones».
    pub fn to_do(self, n: u64, lang: Lang) -> String {
        fill(self.to_do, &[&conversations(n, lang)])
    }

    /// «Cerrando 4.290 conversaciones».
    pub fn going(self, n: u64, lang: Lang) -> String {
        fill(self.going, &[&conversations(n, lang)])
    }

    /// «se cerrarán».
    pub fn will(self, n: u64) -> &'static str {
        plural(n, self.will[0], self.will[1])
    }

    /// «cerradas».
    pub fn done(self, n: u64) -> &'static str {
        plural(n, self.done[0], self.done[1])
    }
}

/// The number with its noun: «4.290 conversaciones».
pub fn conversations(n: u64, lang: Lang) -> String {
    let w = words(lang.get());
    lang.count(n, w.conversation_one, w.conversation_other)
}

/// The drawing of an action.
pub const fn action_icon(action: BulkAction) -> IconName {
    match action {
        BulkAction::Close => IconName::CheckCircle,
        BulkAction::Cancel => IconName::StateCancelled,
        BulkAction::Reopen | BulkAction::Undo => IconName::Undo,
        BulkAction::Archive => IconName::Archive,
        BulkAction::Assign => IconName::UserPlus,
        BulkAction::Unassign => IconName::UserNone,
        BulkAction::Read => IconName::Eye,
        BulkAction::Unread => IconName::Unread,
        BulkAction::AddTags | BulkAction::RemoveTags => IconName::Tag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_words_in_every_language_and_says_its_number() {
        for locale in Locale::ALL {
            for action in BulkAction::ALL.into_iter().chain([BulkAction::Undo]) {
                let verb = Verb::of(action, locale);
                assert!(verb.to_do.contains("{}") && verb.going.contains("{}"), "{action:?}");
                assert!(!verb.will(1).is_empty() && !verb.done(2).is_empty(), "{action:?}");
            }
        }
        assert_eq!(Verb::of(BulkAction::Close, Locale::Es).done(1), "cerrada");
        assert_eq!(Verb::of(BulkAction::Close, Locale::Es).done(0), "cerradas");
    }
}
