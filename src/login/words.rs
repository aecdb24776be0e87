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
        lead_token: "Usa el token que te dio el sistema de tus conversaciones." | "Use the token that the system of your conversations gave you.",
        lead_elsewhere: "Entra por la página de tu empresa: ella inicia la sesión por ti." | "Come in by your company's page: it signs you in.",
        token: "Token" | "Token",
        token_missing: "Pega tu token." | "Paste your token.",
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
        other_user: "Salir de Bandeja" | "Leave Bandeja",
    }
}
