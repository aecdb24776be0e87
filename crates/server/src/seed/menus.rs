//! What the automatic menus of the demo's lines say: each in the language of its line, each option to a
//! team of its campaign. Data only.

use super::shape::SeedMenu;

/// Positions of the demo's teams.
const MEXICO: usize = 0;
const BRAZIL: usize = 1;
const AFTER_SALES: usize = 2;
const SUPPORT: usize = 3;
const BILLING: usize = 4;

pub(super) const SALES: SeedMenu = SeedMenu {
    greeting: "Hola, soy el asistente de Casa Nogal 🌿 ¿Con qué te ayudo? Responde con un número.",
    options: &[
        ("Precios y catálogo", MEXICO),
        ("Visitar una tienda", MEXICO),
        ("Proyectos y mayoreo", MEXICO),
        ("Comprar en Brasil", BRAZIL),
    ],
};

pub(super) const SALES_BRAZIL: SeedMenu = SeedMenu {
    greeting: "Olá, sou o assistente da Casa Nogal 🌿 Como posso ajudar? Responda com um número.",
    options: &[("Orçamento", BRAZIL), ("Disponibilidade e prazo", BRAZIL), ("Comprar no México", MEXICO)],
};

pub(super) const PAGE: SeedMenu = SeedMenu {
    greeting: "Te damos la bienvenida a Casa Nogal. ¿Dónde estás?",
    options: &[("México", MEXICO), ("Brasil", BRAZIL)],
};

pub(super) const ORDERS: SeedMenu = SeedMenu {
    greeting: "Hola, gracias por escribir a Posventa de Casa Nogal. Elige una opción:",
    options: &[
        ("Estado de mi pedido", AFTER_SALES),
        ("Garantía o reclamo", AFTER_SALES),
        ("Ayuda con la instalación", SUPPORT),
        ("Pagos y facturas", BILLING),
    ],
};

pub(super) const HELP: SeedMenu = SeedMenu {
    greeting: "Hola, esta es la ayuda en línea de Casa Nogal. ¿Sobre qué es tu duda?",
    options: &[("Instalación y uso", SUPPORT), ("Garantía", AFTER_SALES), ("Pagos y facturas", BILLING)],
};

pub(super) const HELP_ENGLISH: SeedMenu = SeedMenu {
    greeting: "Hi, this is Casa Nogal support. What do you need help with? Reply with a number.",
    options: &[
        ("Installation and app", SUPPORT),
        ("Orders and warranty", AFTER_SALES),
        ("Payments and invoices", BILLING),
    ],
};
