//! Words of a dialog in which something is changed.

crate::words! {
    /// Words of a dialog in which something is changed.
    pub(in crate::admin) struct EditingWords {
        cancel: "Cancelar" | "Cancel",
        ok: "OK" | "OK",
        loading: "Cargando el ajuste" | "Loading the setting",
        cannot_load: "No pudimos cargar este ajuste" | "We could not load this setting",
        saved: "Guardado. {}: {}" | "Saved. {}: {}",

        discard_title: "¿Descartar los cambios?" | "Discard the changes?",
        discard_detail: "{} queda como estaba." | "{} stays as it was.",
        discard_do: "Descartar cambios" | "Discard changes",
        discard_not: "Seguir editando" | "Go on editing",

        conflict: "Alguien cambió este ajuste mientras tanto. Lo tuyo no se guardó." | "Somebody changed this setting meanwhile. Yours was not saved.",
        conflict_thing: "Dato" | "Item",
        conflict_theirs: "Guardado ahora" | "Saved now",
        conflict_mine: "Lo tuyo" | "Yours",
        keep_theirs: "Dejar lo guardado" | "Leave what is saved",
        save_mine: "Guardar lo mío" | "Save mine",

        kept: "Lo que elegiste se conserva." | "What you chose is kept.",
        failed_offline: "Sin conexión. No se guardó; vuelve a intentarlo cuando regrese." | "No connection. It was not saved; try again when it is back.",
        failed_timeout: "El servidor tardó demasiado. Pulsa OK otra vez; no se guarda dos veces." | "The server took too long. Press OK again; it is not saved twice.",
        failed_forbidden: "No tienes permiso para cambiar este ajuste." | "You are not permitted to change this setting.",
        failed_not_found: "Esto ya no existe o no lo puedes ver." | "This no longer exists or you cannot see it.",
        failed_signed_out: "Tu sesión terminó. Inicia sesión y pulsa OK otra vez." | "Your session is over. Sign in and press OK again.",
        failed_rate: "Demasiados cambios seguidos. Espera un momento y pulsa OK otra vez." | "Too many changes in a row. Wait a moment and press OK again.",
        failed_refused: "El servidor no aceptó un dato. No se guardó." | "The server did not accept a value. It was not saved.",
        failed_server: "El servidor no pudo guardarlo." | "The server could not save it.",
    }
}
