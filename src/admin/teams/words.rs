//! Words of teams and users.

crate::words! {
    /// Words of teams and users.
    pub struct TeamsWords {
        teams: "Equipos" | "Teams",
        users: "Usuarios" | "Users",
        team_one: "equipo" | "team",
        team_other: "equipos" | "teams",
        user_one: "usuario" | "user",
        user_other: "usuarios" | "users",
        search: "Buscar equipo o persona" | "Search team or person",
        search_clear: "Borrar la búsqueda" | "Clear the search",
        loading_teams: "Cargando equipos" | "Loading teams",
        loading_users: "Cargando usuarios" | "Loading users",
        failed: "No pudimos cargar los equipos" | "Teams could not be loaded",
        none_found: "Nada coincide con «{}»" | "Nothing matches “{}”",
        none_found_detail: "Prueba con otra palabra, o mira en la otra pestaña." | "Try another word, or look at the other tab.",
        no_teams: "Todavía no hay equipos" | "There are no teams yet",
        no_teams_detail: "Ninguna de tus campañas tiene uno." | "None of your campaigns has one.",
        no_users: "Todavía no hay usuarios" | "There are no users yet",

        // The table of teams.
        team: "Equipo" | "Team",
        members: "Miembros" | "Members",
        member_one: "miembro" | "member",
        member_other: "miembros" | "members",
        no_members: "Sin miembros" | "No members",
        lines: "Líneas" | "Lines",
        no_lines: "Sin líneas" | "No lines",
        bot: "Bot" | "Bot",
        bot_on: "Activo" | "On",
        bot_off: "Apagado" | "Off",
        closing: "Cierre de contactos" | "Contact closing",
        never: "Nunca" | "Never",
        assignment: "Asignación de contactos" | "Contact assignment",
        off: "Apagada" | "Off",
        unknown: "No se sabe" | "Not known",
        options: "Opciones" | "Options",
        options_of: "Opciones de {}" | "Options of {}",
        value_of: "{} de {}: {}" | "{} of {}: {}",
        foot: "El cierre de contactos y la ventana de 24 h de WhatsApp no tienen relación entre sí." | "Contact closing and WhatsApp's 24-hour window have nothing to do with each other.",

        // The table of users.
        name: "Nombre" | "Name",
        you: "Tú" | "You",
        role: "Rol" | "Role",
        agent: "Agente" | "Agent",
        admin: "Administrador" | "Admin",
        super_admin: "Superadministrador" | "Super admin",
        teams_of: "Equipos" | "Teams",
        no_teams_of: "Sin equipo" | "No team",
        campaigns: "Campañas" | "Campaigns",
        all_campaigns: "Todas" | "All",
        no_campaigns: "Ninguna" | "None",
        availability: "Disponibilidad" | "Availability",
        deactivated: "Desactivado" | "Deactivated",
    }
}
