//! Words of signing in.

crate::words! {
    /// Words of signing in.
    pub struct LoginWords {
        title: "Inicia sesión" | "Sign in",
        lead: "Usa el correo y la contraseña de tu cuenta." | "Use the email address and password of your account.",
        lead_by_user: "Cerraste la sesión." | "You signed out.",
        lead_expired: "Tu sesión terminó. Lo que escribiste se conserva en este equipo." | "Your session is over. What you wrote is kept on this computer.",
        again_title: "Inicia sesión otra vez" | "Sign in again",
        again_line: "Tu sesión terminó. Todo sigue donde lo dejaste." | "Your session is over. Everything is where you left it.",
        email: "Correo" | "Email",
        password: "Contraseña" | "Password",
        show_password: "Mostrar contraseña" | "Show password",
        hide_password: "Ocultar contraseña" | "Hide password",
        submit: "Iniciar sesión" | "Sign in",
        email_missing: "Escribe tu correo." | "Enter your email address.",
        email_odd: "Escribe el correo completo, con @." | "Enter the whole address, with @.",
        password_missing: "Escribe tu contraseña." | "Enter your password.",
        wrong: "El correo o la contraseña no coinciden." | "The email address or the password does not match.",
        wrong_detail: "Revisa mayúsculas y espacios, y vuelve a intentarlo." | "Check capitals and spaces, and try again.",
        limited: "Hubo demasiados intentos." | "There were too many attempts.",
        limited_detail: "Podrás intentarlo de nuevo en {}." | "You can try again in {}.",
        limited_soon: "Espera un momento y vuelve a intentarlo." | "Wait a moment and try again.",
        second_one: "{} segundo" | "{} second",
        second_other: "{} segundos" | "{} seconds",
        offline: "Sin conexión con el servidor." | "The server cannot be reached.",
        offline_detail: "Revisa tu red. Lo que escribiste sigue aquí." | "Check your network. What you typed is still here.",
        server: "El servidor no pudo iniciar la sesión." | "The server could not sign you in.",
        server_detail: "No es por tu contraseña. Vuelve a intentarlo en un momento." | "It is not your password. Try again in a moment.",
        outside_never: "Esta página no pudo iniciar tu sesión en Bandeja." | "This page could not sign you in to Bandeja.",
        outside_expired: "Tu sesión en Bandeja terminó." | "Your session with Bandeja is over.",
        outside_detail: "Vuelve a intentarlo. Si sigue igual, avisa a quien administra la página." | "Try again. If that does not help, tell whoever runs the page.",
        outside_kept: "Todo sigue donde lo dejaste. Lo que escribiste se conserva en este equipo." | "Everything is where you left it. What you wrote is kept on this computer.",
        outside_wiped: "Los borradores y los mensajes sin enviar se borraron de este equipo." | "Drafts and unsent messages were removed from this computer.",
        outside_retry: "Reintentar" | "Try again",
        other_user: "Salir de Bandeja" | "Leave Bandeja",
    }
}
