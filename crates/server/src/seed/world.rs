//! The demo installation: Casa Nogal, a shop for lamps and furniture with two campaigns.
//! Owns names and structure; the conversations of it are made elsewhere.

use super::menus;
use super::scripts::Topic;
use super::shape::{Area, Language, SeedCategory, SeedLine, SeedTag, SeedTeam, SeedTiming, SeedUser, World};
use bandeja_model::timing;
use bandeja_model::{Availability, Channel, Role};

const DAY_S: i64 = 86_400;

/// Category of conversations nobody answered.
pub(super) const NO_ANSWER: usize = 7;

/// The demo installation.
pub fn world() -> World {
    World {
        campaigns: vec!["Ventas Latam", "Posventa y soporte"],
        teams: teams(),
        users: users(),
        lines: lines(),
        tags: tags(),
        categories: categories(),
    }
}

impl World {
    /// Whether a user can be given conversations of a campaign.
    pub fn is_in(&self, user: usize, campaign: usize) -> bool {
        let Some(found) = self.users.get(user) else { return false };
        found.role == Role::SuperAdmin
            || found.campaigns.contains(&campaign)
            || self.teams.iter().any(|team| team.campaign == campaign && team.members.contains(&user))
    }

    /// What people call a user by.
    pub(super) fn first_name(&self, user: usize) -> &'static str {
        self.users.get(user).and_then(|found| found.name.split(' ').next()).unwrap_or("Casa Nogal")
    }
}

fn users() -> Vec<SeedUser> {
    use Availability::{Away, Offline, Online};
    let user = |email, name, availability| SeedUser {
        email,
        name,
        role: Role::Agent,
        campaigns: Vec::new(),
        availability,
        active: true,
        language: Language::Es,
    };
    let admin = |email, name, campaign, availability| SeedUser {
        role: Role::Admin,
        campaigns: vec![campaign],
        ..user(email, name, availability)
    };
    vec![
        SeedUser { role: Role::SuperAdmin, ..user("super@demo.test", "Sara Ibarra", Online) },
        admin("admin@demo.test", "Pablo Rivas", 0, Online),
        admin("admin2@demo.test", "Elena Montes", 1, Away),
        user("ana@demo.test", "Ana Torres", Online),
        user("beto@demo.test", "Beto Salinas", Online),
        user("diego@demo.test", "Diego Salas", Away),
        user("lucia@demo.test", "Lucía Ferrer", Online),
        SeedUser { language: Language::Pt, ..user("joao@demo.test", "João Pereira", Offline) },
        SeedUser { language: Language::Pt, ..user("mariana@demo.test", "Mariana Alves", Online) },
        user("camila@demo.test", "Camila Ortega", Online),
        user("andres@demo.test", "Andrés Pinto", Away),
        user("valeria@demo.test", "Valeria Núñez", Online),
        user("tomas@demo.test", "Tomás Mejía", Offline),
        SeedUser { active: false, ..user("renata@demo.test", "Renata Quiroz", Offline) },
    ]
}

fn teams() -> Vec<SeedTeam> {
    let team =
        |name, campaign, members: &[usize], area, (until_now, timing): (Option<i64>, SeedTiming)| SeedTeam {
            name,
            campaign,
            members: members.to_vec(),
            area,
            inactivity_s: until_now.map(|days| days * DAY_S),
            reassignment_s: timing.window_s.map(i64::from),
            timing,
        };
    // Most rules have just become stricter, so that there is something to be seen of what they would close.
    let settings = |until_now, after_days: Option<u32>, window_h: Option<u32>| {
        let timing = SeedTiming {
            after_s: after_days.map(|days| days * timing::DAY_S),
            farewell: None,
            form: ("Sin respuesta del contacto", NO_ANSWER, 0),
            window_s: window_h.map(|hours| hours * timing::HOUR_S),
        };
        (until_now, timing)
    };
    let (until_now, mexico) = settings(Some(14), Some(7), Some(24));
    let farewell = Some(("Cerraremos esta conversación mañana si no nos escribes.", timing::DAY_S));
    vec![
        team("Ventas México", 0, &[3, 4, 5, 6], Area::Sales, (until_now, SeedTiming { farewell, ..mexico })),
        team("Ventas Brasil", 0, &[7, 8, 3], Area::Sales, settings(None, Some(7), Some(12))),
        team("Posventa", 1, &[9, 10, 11, 13], Area::AfterSales, settings(Some(30), Some(14), Some(72))),
        team("Soporte técnico", 1, &[11, 12], Area::Support, settings(Some(7), Some(3), None)),
        team("Cobranza", 1, &[10, 12, 13], Area::Billing, settings(None, None, Some(720))),
    ]
}

fn lines() -> Vec<SeedLine> {
    let line = |name, channel, address, (campaign, team), weight| SeedLine {
        name,
        channel,
        address,
        campaign,
        team,
        user: None,
        bot: false,
        menu: None,
        weight,
    };
    let with = |menu, line| SeedLine { bot: true, menu: Some(menu), ..line };
    vec![
        with(menus::SALES, line("Ventas México", Channel::Whatsapp, "+52 55 0555 0100", (0, 0), 24)),
        SeedLine {
            menu: Some(menus::SALES_BRAZIL),
            ..line("Vendas Brasil", Channel::Whatsapp, "+55 11 90555 0100", (0, 1), 14)
        },
        line("@casanogal", Channel::Instagram, "@casanogal", (0, 0), 10),
        with(menus::PAGE, line("Casa Nogal", Channel::Messenger, "casanogal", (0, 0), 8)),
        SeedLine {
            user: Some(5),
            ..line("Proyectos", Channel::Email, "proyectos@casanogal.test", (0, 0), 6)
        },
        line("Tienda en línea", Channel::Webchat, "casanogal.test", (0, 0), 7),
        with(menus::ORDERS, line("Posventa", Channel::Whatsapp, "+52 55 0555 0200", (1, 2), 13)),
        line("Posventa por correo", Channel::Email, "posventa@casanogal.test", (1, 2), 7),
        with(menus::HELP, line("Ayuda en línea", Channel::Webchat, "ayuda.casanogal.test", (1, 3), 4)),
        with(
            menus::HELP_ENGLISH,
            line("@CasaNogalSoporte", Channel::Telegram, "@CasaNogalSoporte", (1, 3), 4),
        ),
        line("Avisos de cobranza", Channel::Sms, "+52 55 0555 0300", (1, 4), 3),
    ]
}

fn tags() -> Vec<SeedTag> {
    [
        ("Cotización", "blue"),
        ("Reclamación", "red"),
        ("Catálogo", "teal"),
        ("VIP", "purple"),
        ("Factura", "yellow"),
        ("Garantía", "orange"),
        ("Envío", "green"),
        ("Proyecto B2B", "blue"),
        ("Promo", "pink"),
        ("Soporte técnico", "teal"),
        ("Primera compra", "green"),
        ("Mayorista", "orange"),
        ("Reembolso", "red"),
        ("Seguimiento", "grey"),
    ]
    .into_iter()
    .map(|(name, colour)| SeedTag { name, colour })
    .collect()
}

fn categories() -> Vec<SeedCategory> {
    let category = |name, subcategories| SeedCategory { name, subcategories };
    vec![
        category(
            "Venta",
            &["Cotización enviada", "Venta cerrada", "Catálogo enviado", "Sin presupuesto", "Proyecto"],
        ),
        category("Reclamación", &["Producto roto", "Pieza faltante", "Demora", "Atención recibida"]),
        category("Envío", &["Estado del pedido", "Cambio de dirección", "Entrega confirmada"]),
        category("Garantía", &["Aprobada", "Rechazada", "En revisión"]),
        category("Facturación", &["Factura enviada", "Datos corregidos", "Pago confirmado", "Reembolso"]),
        category("Soporte técnico", &["Instalación", "Atenuador", "Aplicación"]),
        category("Consulta", &["Horario y tienda", "Disponibilidad", "Visita agendada", "Otra"]),
        category("Sin respuesta", &["Inactividad", "Número equivocado", "Mensaje no deseado"]),
    ]
}

impl Topic {
    /// The category and its sub-categories that fit, as positions in the demo's list.
    pub(super) const fn category(self) -> (usize, &'static [usize]) {
        match self {
            Self::Quote => (0, &[0, 1, 3]),
            Self::Stock => (0, &[1, 2]),
            Self::Project => (0, &[0, 4]),
            Self::Visit => (6, &[2]),
            Self::Order => (2, &[0, 2]),
            Self::Address => (2, &[1, 2]),
            Self::Damaged => (1, &[0, 1]),
            Self::Warranty => (3, &[0, 1, 2]),
            Self::Invoice => (4, &[0, 1]),
            Self::Payment => (4, &[2, 3]),
            Self::Technical => (5, &[0, 1, 2]),
            Self::Complaint => (1, &[2, 3]),
            Self::Return => (4, &[3]),
            Self::Thanks => (6, &[3]),
            Self::Hours => (6, &[0, 3]),
        }
    }

    /// Tags that fit, as positions in the demo's list.
    pub(super) const fn tags(self) -> &'static [usize] {
        match self {
            Self::Quote => &[0, 2, 8, 10],
            Self::Stock => &[2, 8, 10],
            Self::Project => &[7, 11, 3, 0],
            Self::Visit => &[13, 3],
            Self::Order | Self::Address => &[6, 13],
            Self::Damaged => &[1, 6, 5],
            Self::Warranty => &[5, 9],
            Self::Invoice => &[4, 13],
            Self::Payment => &[4, 12],
            Self::Technical => &[9, 5],
            Self::Complaint => &[1, 3, 13],
            Self::Return => &[12, 1],
            Self::Thanks => &[3, 10],
            Self::Hours => &[13],
        }
    }

    /// Whether it is what people of an area usually hear.
    pub(super) const fn fits(self, area: Area) -> bool {
        match area {
            Area::Sales => matches!(
                self,
                Self::Quote
                    | Self::Stock
                    | Self::Project
                    | Self::Visit
                    | Self::Hours
                    | Self::Thanks
                    | Self::Order
                    | Self::Address
            ),
            Area::AfterSales => matches!(
                self,
                Self::Order
                    | Self::Address
                    | Self::Damaged
                    | Self::Warranty
                    | Self::Complaint
                    | Self::Return
                    | Self::Invoice
                    | Self::Thanks
            ),
            Area::Support => {
                matches!(self, Self::Technical | Self::Warranty | Self::Damaged | Self::Hours | Self::Thanks)
            }
            Area::Billing => matches!(self, Self::Payment | Self::Invoice | Self::Complaint | Self::Return),
        }
    }
}
