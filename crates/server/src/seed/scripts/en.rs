//! English wording of the demo threads. The agents are Spanish speakers: notes and closing
//! descriptions stay in Spanish, as they would.
//! Owns words only; what a turn, a slot or a `|` means is told in `scripts/mod.rs`.
// long: the wording of the demo threads

use super::Turn::{In, Note, Out};
use super::{Script, Topic, Wording};

/// Everything an English thread is made of.
pub(super) const WORDING: Wording = Wording {
    scripts: SCRIPTS,
    greetings: [
        &["Good morning", "Hi there", "Hello", "Morning"],
        &["Good afternoon", "Hi", "Hello there", "Hey"],
        &["Good evening", "Hi", "Hello", "Sorry for the late message"],
    ],
    weekdays: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Monday"],
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    date_joint: " ",
    colours: &["brass", "walnut", "copper", "matte black", "bone white", "light oak", "olive green"],
    streets: &[
        "1420 Maple Avenue, Apt 6",
        "88 Harbor Street",
        "305 W 4th Street",
        "27 Orchard Lane",
        "910 Sunset Drive, Unit 12",
        "6 Mill Road",
    ],
    products: &[
        ("Brisa pendant lamp", "Brisa pendant lamps", 149),
        ("Faro floor lamp", "Faro floor lamps", 229),
        ("Órbita ceiling lamp", "Órbita ceiling lamps", 259),
        ("Vereda solar light", "Vereda solar lights", 52),
        ("Ronda chair", "Ronda chairs", 129),
        ("Encina table", "Encina tables", 690),
        ("Siesta armchair", "Siesta armchairs", 430),
        ("Línea shelf", "Línea shelves", 59),
        ("Alba dresser", "Alba dressers", 540),
        ("Luna rocking chair", "Luna rocking chairs", 370),
    ],
    lamps: 4,
    bot_unclear: &["I have a question", "a person please", "It is about my order", "anyone there?"],
    bot_handover: &[
        "Thanks. I'm passing you to the team.",
        "Done, somebody will write to you shortly. Tell us what you need.",
    ],
    bot_answer: &[
        "Order {order} is on its way, tracking {guide}. It arrives on {date}.",
        "We're open Monday to Saturday, 9 to 7. Anything else?",
        "Our catalogue is at casanogal.test/catalogue.",
    ],
    bot_bye: &["thanks", "That's all", "great 👍", "ok got it"],
    nudges: &[
        "Hello?",
        "Anyone there?",
        "Any news?",
        "Still waiting",
        "??",
        "Just following up on this",
        "Kind of urgent, sorry",
    ],
    follow_ups: &[
        "Hi {name}, did you get a chance to look at it?",
        "{name}, happy to help if you have any questions.",
        "Just checking in. Shall we go ahead?",
        "Let me know if anything is unclear, {name}.",
    ],
    returns: &[
        "{hi}, me again",
        "Hello again",
        "{hi}, following up on our last chat",
        "{hi}, {agent} helped me last time",
    ],
    cancel_notes: &[
        "Conversación duplicada.",
        "Número equivocado.",
        "Publicidad no deseada.",
        "Pidió no recibir mensajes.",
    ],
    idle_notes: &["Sin actividad en el plazo del equipo.", "El contacto no volvió a escribir."],
    silent_notes: &[
        "El contacto no volvió a escribir.",
        "Sin respuesta. Atendido en inglés.",
        "No contestó después del seguimiento.",
        "Dejó de responder, pedido {order}.",
    ],
    rule_notes: &["Cerrada por la regla «Solo agradecimiento».", "Regla: aviso de pago leído."],
    bot_notes: &["Consultó en el menú, en inglés.", "El bot resolvió la consulta."],
    summaries: &["Contacto de {city}, en inglés. Pedido {order}.", "Atendido en inglés por {agent}."],
};

const SCRIPTS: &[Script] = &[
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&[
                "{hi}|Could I get a quote for {qty} {products}?",
                "How much would {qty} {products} be, shipped to {city}?",
                "{hi}, do you offer trade pricing on the {product}?",
            ]),
            Out(&[
                "Hi {name}, happy to. Give me a few minutes.",
                "Hello {name}, this is {agent}. Let me put that together.",
            ]),
            Note(&["Pide envío internacional, revisar tarifa a {city}.", "@{mate} ¿tenemos {qty} listas?"]),
            Out(&[
                "That would be {total} in total, shipping to {city} included.",
                "Each one is {price}. The offer stands until {date}.",
            ]),
            In(&[
                "Does that include duties?",
                "Great, can I pay by card?",
                "Is there any discount for {qty}?",
            ]),
            Out(&[
                "Yes, everything is included.",
                "I can take {percent} % off if you confirm this week.",
                "Card or transfer, whichever you prefer.",
            ]),
            In(&[
                "Perfect, let's do it",
                "Let me talk to my partner first",
                "Sounds good, please send the link 🙌",
            ]),
            Out(&["Sent to {mail}.", "Of course. I'll hold them until {date}."]),
        ],
        done: &["Cotización por {total}, contacto en inglés.", "Aceptó la cotización, paga con tarjeta."],
    },
    Script {
        topic: Topic::Stock,
        turns: &[
            In(&[
                "Is the {product} available in {colour}?",
                "{hi}, do you still have the {product}?",
                "When will the {product} be back in stock?",
            ]),
            Out(&["Let me check, {name}.", "Hi {name}, one moment please."]),
            Out(&[
                "We have {qty} in {colour}. Shall I hold one?",
                "It sold out, the next batch arrives on {date}.",
            ]),
            In(&["Yes please", "I'll wait for {colour}", "Could you send a picture?"]),
            Out(&["Done, it's yours until {date} ✨", "I'll let you know as soon as it arrives."]),
            In(&["Thank you {agent}", "Lovely, thanks"]),
        ],
        done: &["Apartada una {product}.", "Espera reposición."],
    },
    Script {
        topic: Topic::Order,
        turns: &[
            In(&[
                "{hi}, where is my order {order}?",
                "My parcel hasn't moved in a week|Order {order}",
                "Any update on {order}?",
            ]),
            Out(&[
                "Hi {name}, let me check with the carrier.",
                "Sorry about the wait, {name}. Looking into it.",
            ]),
            Note(&["Detenido en aduana, falta el formulario.", "@{mate} ¿puedes llamar a la paquetería?"]),
            Out(&[
                "It's in {city} and arrives on {date}. Tracking: {guide}.",
                "Customs held it for two days. It's moving again.",
            ]),
            In(&["Thanks for checking", "The tracking page shows nothing", "Can they call before delivery?"]),
            Out(&["It can take a few hours to update.", "Sure, I've added a note for the driver."]),
            In(&["It arrived, thank you!", "Appreciate it"]),
        ],
        done: &["Pedido {order} entregado.", "Se dio la guía {guide}."],
    },
    Script {
        topic: Topic::Damaged,
        turns: &[
            In(&[
                "The {product} arrived with a crack",
                "{hi}, one of the boxes was crushed|I attach photos",
                "A piece is missing from my {product}",
            ]),
            Out(&[
                "I'm so sorry, {name}. Could you send a photo of the box as well?",
                "That's not how it should arrive. Is it order {order}?",
            ]),
            In(&["Photos sent", "Yes, {order}", "The small bag with screws"]),
            Note(&["Procede reposición, daño de transporte."]),
            Out(&["A new one ships on {day}, at no cost.", "The part goes out today, tracking {guide}."]),
            In(&["That was quick, thanks", "Great service", "The new one is perfect"]),
        ],
        done: &["Reposición enviada, guía {guide}.", "Cambio sin costo por daño."],
    },
    Script {
        topic: Topic::Invoice,
        turns: &[
            In(&[
                "Could you send me the invoice for {order}?",
                "{hi}, invoice {invoice} has the wrong company name",
                "I need a VAT invoice for {company}",
            ]),
            Out(&["Of course, {name}. Which name and email should I use?", "I'll have it corrected today."]),
            In(&["{company}, {mail}", "Please use {company}"]),
            Out(&["Invoice {invoice} is in your inbox.", "Corrected and sent to {mail} 🧾"]),
            In(&["Got it, thanks", "All good now"]),
        ],
        done: &["Factura {invoice} enviada.", "Factura corregida a {company}."],
    },
    Script {
        topic: Topic::Warranty,
        turns: &[
            In(&[
                "My {lamp} stopped working|Is it still under warranty?",
                "{hi}, how do I make a warranty claim?",
            ]),
            Out(&[
                "Hi {name}, it's covered for a year. What's the order number?",
                "Sorry to hear that. Could you send a short video?",
            ]),
            In(&["It's {order}", "Video sent"]),
            Note(&["Parece el transformador. Esperar al taller."]),
            Out(&[
                "It's the transformer. We'll collect it on {day}.",
                "Approved. The replacement leaves on {date}.",
            ]),
            In(&["Is there any cost?", "Works for me"]),
            Out(&["None at all 👍", "No, it's all covered."]),
            In(&["Works like new, thanks 💡", "Received, thank you"]),
        ],
        done: &["Garantía aplicada.", "Reemplazo enviado por garantía."],
    },
    Script {
        topic: Topic::Technical,
        turns: &[
            In(&[
                "The {lamp} flickers when dimmed",
                "{hi}, the app can't find my lamp",
                "My remote stopped pairing",
            ]),
            Out(&["Hi {name}. Which dimmer do you use?", "Is your network 2.4 or 5 GHz?"]),
            In(&["No idea, it came with the house", "5 I think", "A generic one"]),
            Out(&[
                "Turn it off for 30 seconds, then hold the button until it blinks twice.",
                "It only works on 2.4 GHz. Try splitting the networks.",
            ]),
            In(&["That did it!", "Still nothing 😕", "I'll try tonight"]),
            Out(&[
                "Glad to hear. Here's the guide: casanogal.test/help",
                "Then let's have a call at {hour}.",
            ]),
        ],
        done: &["Red ajustada, funciona.", "Se explicó el emparejado."],
    },
    Script {
        topic: Topic::Complaint,
        turns: &[
            In(&[
                "This is the third time I write|Very disappointed",
                "Nobody answers your phone",
                "I was promised delivery last week",
            ]),
            Out(&[
                "I'm sorry, {name}. Tell me what happened and I'll take it from here.",
                "You're right, and I apologise. I'm {agent}, I'll stay on this.",
            ]),
            In(&["I got three different dates for the {product}", "Just want my order, honestly"]),
            Note(&["Compensar con {percent} %. Avisar a {mate}."]),
            Out(&[
                "Delivery is confirmed for {day}, and {percent} % comes back to your card.",
                "I've refunded the shipping. It leaves today.",
            ]),
            In(&["Fair enough, thank you", "I'd rather have a full refund"]),
        ],
        done: &["Queja por demora, compensada.", "Se devolvió el envío."],
    },
    Script {
        topic: Topic::Return,
        turns: &[
            In(&[
                "I'd like to return the {product}",
                "{hi}, the {colour} looks different from the website|Can I exchange it?",
            ]),
            Out(&["Sure, {name}. You have 30 days.", "No problem. Exchange or refund?"]),
            In(&["Refund please", "Exchange for {colour2}"]),
            Out(&["We'll collect it on {day}.", "Done. The receipt goes to {mail}."]),
            In(&["That was easy, thanks", "Great"]),
        ],
        done: &["Devolución con reembolso.", "Cambio a {colour2}."],
    },
    Script {
        topic: Topic::Thanks,
        turns: &[
            In(&[
                "Everything arrived, it looks beautiful 😍",
                "Just wanted to say thanks",
                "Five stars from me",
            ]),
            Out(&["So glad to hear that, {name} 🌿", "Thank you, {name}. Enjoy it."]),
        ],
        done: &["Agradecimiento."],
    },
    Script {
        topic: Topic::Hours,
        turns: &[
            In(&[
                "What time do you close?",
                "Do you have a showroom in {city}?",
                "{hi}, are you open on Sundays?",
            ]),
            Out(&["Hi {name}. Monday to Saturday, 9 to 7.", "Yes, at {street}. Open until 7."]),
            In(&["Thanks", "I'll come on {day}", "👍"]),
        ],
        done: &["Consulta de horario."],
    },
    Script {
        topic: Topic::Address,
        turns: &[
            In(&[
                "Can I change the delivery address of {order}?",
                "{hi}, I moved last week|Could you update my address?",
            ]),
            Out(&["Sure, {name}. What's the new one?", "It hasn't left yet, so yes. Where should it go?"]),
            In(&["{street}, {city}", "It's {street}|{city}, ring twice"]),
            Out(&["Updated. Still arriving on {date}.", "Done. Who will receive it?"]),
            In(&["I will", "Thanks a lot", "The doorman can take it"]),
        ],
        done: &["Dirección cambiada a {city}."],
    },
    Script {
        topic: Topic::Project,
        turns: &[
            In(&[
                "{hi}, we're {company}, an interior design studio|We need {qty} {products} for a hotel in {city}",
                "Do you work with architects?",
            ]),
            Out(&[
                "We do, {name}. Do you have drawings?",
                "Yes, with trade conditions. What's the deadline?",
            ]),
            In(&["The opening is on {date}", "I'll email the drawings"]),
            Note(&["Proyecto hotelero, avisar a {mate}."]),
            Out(&[
                "Proposal sent: {total}, with {percent} % off for volume.",
                "We could have a call on {day} at {hour}.",
            ]),
            In(&["I'll present it to the client", "Works for us"]),
        ],
        done: &["Propuesta por {total} a {company}."],
    },
];
