//! Words of the settings' frame.

crate::words! {
    /// Words of the settings' frame.
    pub struct AdminWords {
        sections: "Secciones de ajustes" | "Settings sections",
        menu: "Abrir el menú" | "Open the menu",
        teams_and_users: "Equipos y usuarios" | "Teams and users",
        lines: "Líneas y bot" | "Lines and bot",
        offline_detail: "Lo que ves puede no estar al día, y nada se puede guardar hasta que vuelva." | "What you see may be out of date, and nothing can be saved until it is back.",

        // Where there are no settings, or none for the reader.
        refused: "Los ajustes son para administradores" | "Settings are for admins",
        refused_detail: "Tu rol no permite cambiarlos. Si los necesitas, pídeselo a quien administra Bandeja." | "Your role does not allow changing them. If you need to, ask whoever administers Bandeja.",
        not_here: "Aquí no hay ajustes" | "There are no settings here",
        not_here_detail: "El sistema que guarda las conversaciones se ajusta por su cuenta." | "The system that keeps the conversations has settings of its own.",
        to_inbox: "Ir a la bandeja" | "Go to the inbox",
    }
}
