//! Spanish wording of the demo threads (Latin American, customers write as customers do).
//! Owns words only; what a turn, a slot or a `|` means is told in `scripts/mod.rs`.
// long: the wording of the demo threads

use super::Turn::{In, Note, Out};
use super::{Script, Topic, Wording};

/// Everything a Spanish thread is made of.
pub(super) const WORDING: Wording = Wording {
    scripts: SCRIPTS,
    greetings: [
        &["Buenos días", "Hola, buen día", "Muy buenos días", "Hola", "Buen día"],
        &["Buenas tardes", "Hola, buenas tardes", "Hola", "Qué tal, buena tarde", "Buenas"],
        &["Buenas noches", "Hola, buenas noches", "Hola", "Buenas", "Disculpen la hora"],
    ],
    weekdays: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    date_joint: " de ",
    colours: &[
        "latón",
        "nogal",
        "cobre",
        "negro mate",
        "blanco hueso",
        "roble claro",
        "verde olivo",
        "terracota",
    ],
    streets: &[
        "Av. Insurgentes 1420, depto. 6",
        "Calle Hidalgo 88",
        "Carrera 13 # 85-21, apto. 402",
        "Jr. Los Álamos 315",
        "Av. Providencia 2207, oficina 11",
        "Calle 5 de Mayo 31-B",
        "Av. Corrientes 3480, piso 4 C",
        "Privada del Roble 12",
        "Calle 72 # 10-34",
        "Blvd. Agua Caliente 905",
        "Pasaje San Martín 47",
        "Av. Larco 640, int. 3",
    ],
    products: &[
        ("lámpara colgante Brisa", "lámparas colgantes Brisa", 2_490),
        ("lámpara de pie Faro", "lámparas de pie Faro", 3_850),
        ("lámpara de mesa Cobre", "lámparas de mesa Cobre", 1_690),
        ("lámpara de techo Órbita", "lámparas de techo Órbita", 4_320),
        ("lámpara solar Vereda", "lámparas solares Vereda", 890),
        ("tira LED Cometa", "tiras LED Cometa", 540),
        ("lámpara de lectura Alfil", "lámparas de lectura Alfil", 1_340),
        ("silla Ronda", "sillas Ronda", 2_150),
        ("mesa Encina", "mesas Encina", 11_900),
        ("repisa Línea", "repisas Línea", 980),
        ("butaca Siesta", "butacas Siesta", 7_400),
        ("cómoda Alba", "cómodas Alba", 9_250),
        ("consola Nogal", "consolas Nogal", 6_700),
        ("banca Patio", "bancas Patio", 5_100),
        ("mecedora Luna", "mecedoras Luna", 6_250),
        ("cabecera Duna", "cabeceras Duna", 5_600),
        ("mesita Nido", "mesitas Nido", 1_980),
    ],
    lamps: 7,
    bot_unclear: &[
        "Quiero información",
        "Hola, ¿me pueden ayudar?",
        "Es sobre mi compra",
        "una persona por favor",
        "¿hay alguien?",
    ],
    bot_handover: &[
        "Gracias. Te paso con el equipo, en un momento te escriben.",
        "Listo, ya avisé al equipo. Mientras tanto, cuéntanos qué necesitas.",
        "Te comunico con una persona. Nuestro horario es de lunes a sábado de 9:00 a 19:00.",
    ],
    bot_answer: &[
        "El pedido {order} está en camino con la guía {guide}. Llega el {date}.",
        "Nuestras tiendas abren de lunes a sábado de 9:00 a 19:00. ¿Te ayudo con algo más?",
        "El catálogo está en casanogal.test/catalogo. Escribe 4 si quieres hablar con una persona.",
    ],
    bot_bye: &["ok gracias", "Con eso tengo", "Perfecto, gracias", "ya lo vi, gracias 👍", "Listo"],
    nudges: &[
        "¿Hola?",
        "¿Alguien me puede ayudar?",
        "Quedo atento",
        "Sigo esperando respuesta",
        "¿Tienen alguna novedad?",
        "??",
        "Perdón la insistencia, ¿ya lo vieron?",
        "Me urge un poco, gracias",
        "Me avisan por favor",
        "¿Se pudo?",
    ],
    follow_ups: &[
        "Hola, {name}. ¿Pudiste revisar lo que te mandé?",
        "{name}, sigo pendiente por si tienes dudas.",
        "Te escribo para dar seguimiento. ¿Seguimos adelante?",
        "¿Te quedó alguna pregunta, {name}?",
        "Quedo al pendiente. Si prefieres, te llamo a las {hour}.",
    ],
    returns: &[
        "{hi}, otra vez yo",
        "{hi}, retomo esta conversación",
        "Hola de nuevo",
        "{hi}, ya les había escrito antes",
        "{hi}, me atendió {agent} la vez pasada",
    ],
    cancel_notes: &[
        "Conversación duplicada, se sigue en la otra línea.",
        "Número equivocado, buscaba otra tienda.",
        "Publicidad no deseada.",
        "Pidió que no le escribamos más.",
        "Prueba interna de la línea.",
        "Escribió por error, confirmado por teléfono.",
    ],
    idle_notes: &[
        "Sin actividad en el plazo del equipo.",
        "El contacto no volvió a escribir.",
        "Cierre automático por inactividad.",
    ],
    silent_notes: &[
        "El contacto no volvió a escribir.",
        "Sin respuesta tras el seguimiento.",
        "No contestó. Quedó pendiente la {product}.",
        "Se le escribió dos veces, no respondió.",
        "Dejó de responder después de la primera respuesta.",
        "Sin respuesta; si vuelve, retomar el {order}.",
    ],
    rule_notes: &[
        "Cerrada por la regla «Solo agradecimiento».",
        "Regla: encuesta de entrega respondida.",
        "Regla: aviso de pago leído.",
    ],
    bot_notes: &[
        "Consultó en el menú y no pidió a nadie.",
        "El bot resolvió la consulta.",
        "Consultó el estado del pedido {order}.",
    ],
    summaries: &[
        "{city}. Se habló de la {product}; quedó conforme.",
        "Contacto de {city}, pedido {order}. Atendió {agent}.",
        "Duda sobre la {product}. Resuelta en el mismo hilo.",
        "Pidió respuesta por escrito. Se le envió el {date}.",
    ],
};

const SCRIPTS: &[Script] = &[
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&[
                "{hi}|Quiero cotizar {qty} {products} en {colour}",
                "{hi}, ¿me pasan precio de {qty} {products} puestas en {city}?",
                "Vi la {product} en su página|¿Qué precio tienen si llevo {qty}?",
            ]),
            Out(&[
                "Hola, {name}. Qué gusto. Te preparo la cotización ahora.",
                "Hola, {name}, soy {agent}. Dame unos minutos y te paso el precio con envío.",
            ]),
            Note(&[
                "@{mate} ¿mantenemos el {percent} % de la compra anterior?",
                "Ya compró con nosotros. Aplicar precio de cliente frecuente.",
            ]),
            Out(&[
                "Aquí va: {qty} {products} en {colour}, {total} en total. La entrega es en 5 días hábiles.",
                "Serían {price} por pieza, {total} por las {qty}. Te respeto ese precio hasta el {date}.",
            ]),
            In(&[
                "Perfecto, ¿y el flete a {city} ya va incluido?",
                "¿Ese precio ya trae IVA?",
                "Ok, ¿aceptan tarjeta a meses?",
            ]),
            Out(&[
                "Sí, ya va todo incluido: IVA y flete a {city}.",
                "Así es. Puedes pagar con tarjeta a 6 meses o por transferencia con {percent} % menos.",
            ]),
            In(&[
                "Va, mándame los datos para pagar 🙌",
                "Lo reviso con mi esposo y les aviso",
                "Excelente, hago la transferencia hoy",
            ]),
            Out(&[
                "Te llegaron al correo {mail}. Con el comprobante te aparto las piezas.",
                "Perfecto, {name}. Te aparto las {qty} hasta el {date}.",
            ]),
        ],
        done: &[
            "Cotización por {total} enviada y aceptada.",
            "Se cotizaron {qty} {products}; paga esta semana.",
            "Aceptó la cotización. Se apartaron {qty} piezas.",
        ],
    },
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&["¿Cuánto cuesta la {product}?", "precio de la {product} porfa", "{hi}, precio?"]),
            Out(&[
                "Hola, {name}. La {product} está en {price}. ¿Para qué ciudad sería?",
                "Con gusto: {price}, con un año de garantía. ¿Te la enviamos o pasas a tienda?",
            ]),
            In(&[
                "Para {city}",
                "La quiero en {city}, ¿cuánto tarda?",
                "Uy, está fuera de mi presupuesto 😅",
            ]),
            Out(&[
                "De acuerdo. Si quieres, te aviso cuando entre en promoción.",
                "A {city} tarda de 4 a 6 días hábiles y el envío va por nuestra cuenta.",
            ]),
            In(&["Sí, avísame por favor", "Gracias, lo pienso", "Bueno, lo platico en casa"]),
        ],
        done: &[
            "Preguntó precio de la {product}. Pide aviso si hay promoción.",
            "Se le dio precio, lo va a pensar.",
            "Fuera de su presupuesto por ahora.",
        ],
    },
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&[
                "{hi}, somos {company} y necesitamos renovar la recepción|Buscamos {qty} {products} y un presupuesto formal",
                "{hi}. Les escribo de {company}. ¿Hacen cotización con membrete para {qty} {products}?",
            ]),
            Out(&[
                "Claro, {name}. ¿Me compartes los datos fiscales y la fecha en que las necesitan?",
                "Con gusto. ¿A nombre de {company} la hago? ¿Para qué fecha sería?",
            ]),
            In(&[
                "A nombre de {company}. Para el {date} a más tardar",
                "Sí, y con entrega en {city} el {date}",
            ]),
            Note(&[
                "Pedir a bodega confirmación de {qty} piezas antes de prometer fecha.",
                "Cliente empresa, margen máximo {percent} %.",
            ]),
            Out(&[
                "Te envié la cotización {invoice} a {mail}. Vigente quince días.",
                "Listo, {invoice} por {total}. Entrega asegurada el {date}.",
            ]),
            In(&[
                "Recibida, la paso a compras",
                "Gracias. Compras pregunta si pueden mejorar un poco el precio",
            ]),
            Out(&[
                "Puedo llegar a {percent} % si confirman esta semana.",
                "Hablé con mi jefa: queda en {percent} % menos con pago anticipado.",
            ]),
            In(&["Nos sirve. Mando la orden de compra mañana", "Ok, lo presento en la junta del {day}"]),
        ],
        done: &[
            "Cotización {invoice} a {company}, esperan orden de compra.",
            "{company} acepta con {percent} % de descuento.",
        ],
    },
    Script {
        topic: Topic::Stock,
        turns: &[
            In(&[
                "¿Tienen la {product} en {colour}?",
                "{hi}, ¿hay {products} en existencia?|Las necesito para el {day}",
                "¿Sigue disponible la {product}?",
            ]),
            Out(&["Déjame revisar en bodega, {name}.", "Reviso y te digo en un momento."]),
            Out(&[
                "Quedan {qty} en {colour}. ¿Te aparto una?",
                "En {colour} se agotó; llega otra vez el {date}. En {colour2} sí tengo.",
            ]),
            In(&[
                "Sí, apártame una por favor",
                "Prefiero esperar ese color",
                "¿Me mandan foto de cómo se ve el otro tono?",
            ]),
            Out(&[
                "Hecho. Queda a tu nombre hasta el {date}.",
                "Te anoto y te aviso apenas llegue.",
                "Aquí la tienes en {colour2}, con luz cálida queda muy bien ✨",
            ]),
            In(&["Mil gracias {agent}", "Excelente 👌", "Gracias, quedo al pendiente"]),
        ],
        done: &[
            "Se apartó una {product} en {colour}.",
            "Espera reposición del {date}.",
            "Consultó existencia, pasa a tienda el {day}.",
        ],
    },
    Script {
        topic: Topic::Stock,
        turns: &[
            In(&[
                "Me encantó la colección nueva, ¿hacen envíos a {city}?",
                "{hi}, los sigo hace tiempo|¿Envían a {city}?",
            ]),
            Out(&[
                "Qué bueno que te gustó, {name}. Sí enviamos a {city}, sin costo desde {price}.",
                "Sí, llegamos a {city} en 4 o 5 días hábiles 🚚",
            ]),
            In(&["¿Y me pueden mandar el catálogo?", "Genial. ¿Tienen catálogo con precios?"]),
            Out(&[
                "Claro, te lo dejo aquí: casanogal.test/catalogo",
                "Te lo mandé a {mail}. La {product} está en la página 14.",
            ]),
            In(&[
                "Me quedo con la {product} jaja, ahorita hago el pedido",
                "Ya lo vi, hermoso todo 😍",
                "Gracias, lo veo con calma",
            ]),
        ],
        done: &["Se envió catálogo.", "Pidió catálogo y envío a {city}.", "Catálogo enviado a {mail}."],
    },
    Script {
        topic: Topic::Stock,
        turns: &[
            In(&[
                "¿La {lamp} viene con foco?",
                "Una duda: ¿qué medidas tiene la {lamp}?",
                "¿La {lamp} sirve para techo inclinado?",
            ]),
            Out(&[
                "Hola, {name}. Te paso la ficha completa: casanogal.test/ficha",
                "Buena pregunta. El cuerpo es de nogal macizo y el cable se recorta a la medida.",
                "Viene con foco cálido de 2700 K incluido.",
            ]),
            In(&["¿Y se puede usar en exterior?", "¿Aguanta humedad? Es para la terraza"]),
            Out(&[
                "Bajo techo sí. A la intemperie te conviene la línea Vereda.",
                "No te la recomiendo para lluvia directa; el barniz se marca.",
            ]),
            In(&["Entendido, gracias por la honestidad", "Ah ok, entonces veo la otra", "Gracias!!"]),
        ],
        done: &["Duda técnica de la {lamp} resuelta.", "Se orientó hacia la línea de exterior."],
    },
    Script {
        topic: Topic::Project,
        turns: &[
            In(&[
                "Estimados: tenemos un proyecto de iluminación para un lobby en {city}.|Son {qty} luminarias. ¿Con quién lo veo?",
                "{hi}, escribo del despacho que lleva la obra de {company}|¿Manejan precio de proyecto para {qty} {products}?",
            ]),
            Out(&[
                "Hola, {name}. Lo vemos con gusto. ¿Tienes los planos o un render?",
                "Lo vemos por aquí. ¿Qué fecha de entrega manejan en obra?",
            ]),
            In(&["Te mando los planos en PDF por correo", "La obra entrega el {date}, hay poco margen"]),
            Note(&[
                "Proyecto grande, avisar a {mate} antes de dar descuento.",
                "Revisar con proveeduría tiempos de {products}. Plazo al {date}.",
                "Planos recibidos en el correo de proyectos 📐",
            ]),
            Out(&[
                "Recibidos. El {day} te mando propuesta con luminotecnia incluida.",
                "Propuesta enviada: {total}, con {percent} % de descuento por volumen.",
            ]),
            In(&["¿Pueden visitarnos el {day} para medir?", "La vemos con el cliente y te digo"]),
            Out(&[
                "El {day} a las {hour} podemos estar en {city}. ¿Te queda bien?",
                "Sí, agendo la visita para el {day} a las {hour}.",
            ]),
            In(&[
                "Nos queda perfecto",
                "De acuerdo, los espera el residente de obra",
                "Mejor el {date} a las {hour}",
            ]),
            Out(&["Anotado. Va {mate} con las muestras de {colour}.", "Listo. Te confirmo un día antes."]),
        ],
        done: &[
            "Proyecto en {city}: propuesta por {total}, visita el {day}.",
            "Propuesta B2B enviada a {company}.",
        ],
    },
    Script {
        topic: Topic::Project,
        turns: &[
            In(&[
                "{hi}, tengo una tienda de decoración en {city}|¿Venden por mayoreo?",
                "¿A partir de cuántas piezas dan precio de mayoreo?",
            ]),
            Out(&[
                "Hola, {name}. Sí, desde {qty} piezas. ¿Ya tienes RFC o registro de empresa?",
                "Claro. El descuento va de 15 a {percent} % según el volumen.",
            ]),
            In(&["Sí tengo. ¿Qué papeles piden?", "Me interesa sobre todo la {product}"]),
            Out(&[
                "Constancia fiscal y un comprobante de domicilio. Me los puedes mandar por aquí.",
                "Te mandé la lista de mayoreo a {mail}.",
            ]),
            In(&["Te los mando en la tarde", "Recibida, la reviso con mi socia"]),
            Out(&["Perfecto, quedo al pendiente.", "Cuando quieras hacemos el primer pedido 🤝"]),
        ],
        done: &["Alta de mayorista en trámite, {city}.", "Se envió lista de mayoreo."],
    },
    Script {
        topic: Topic::Visit,
        turns: &[
            In(&[
                "¿Puedo pasar el {day} a ver la {product}?",
                "{hi}, ¿tienen sala de exhibición en {city}?",
                "Quisiera agendar una cita para ver acabados",
            ]),
            Out(&[
                "Claro, {name}. ¿A qué hora te acomoda?",
                "Sí. Abrimos de 9:00 a 19:00. ¿Te agendo con alguien?",
            ]),
            In(&["Como a las {hour}", "En la tarde, después de las 4", "El {day} a las {hour} si se puede"]),
            Out(&[
                "Agendado: {day} a las {hour}. Te atiende {mate}.",
                "Listo, te espero el {day} a las {hour}. Hay estacionamiento 🚗",
            ]),
            In(&["Ahí nos vemos", "Gracias, confirmo el mismo día", "Perfecto"]),
        ],
        done: &["Cita en sala el {day} a las {hour}.", "Visita agendada con {mate}."],
    },
    Script {
        topic: Topic::Visit,
        turns: &[
            In(&[
                "No voy a poder llegar a la cita de hoy 😞|¿La podemos mover?",
                "{hi}, necesito cambiar la visita del {day}",
            ]),
            Out(&[
                "No te preocupes, {name}. ¿Qué día te queda mejor?",
                "Claro. Tengo libre el {day} a las {hour}.",
            ]),
            In(&["El {day} a las {hour} me queda", "¿Puede ser la próxima semana?"]),
            Out(&["Movida al {day} a las {hour}. Te mando recordatorio.", "Hecho, queda para el {date}."]),
            Note(&["Segunda vez que reagenda, confirmar por teléfono."]),
            In(&["Gracias por la paciencia", "Muy amable 🙏"]),
        ],
        done: &["Cita reagendada al {date}.", "Se movió la visita al {day}."],
    },
    Script {
        topic: Topic::Order,
        turns: &[
            In(&[
                "{hi}, ¿cómo va mi pedido {order}?",
                "Quiero saber del pedido {order}|Lo hice hace dos semanas",
                "¿Ya salió mi pedido? Es el {order}",
            ]),
            Out(&["Hola, {name}. Lo reviso ahora mismo.", "Dame un minuto y consulto con la paquetería."]),
            Out(&[
                "Tu guía es {guide}. Está en {city} y llega el {date}.",
                "Salió ayer de bodega. Con la guía {guide} lo puedes seguir.",
            ]),
            In(&[
                "Ah qué bien, gracias",
                "La página de la paquetería no muestra nada",
                "¿Me pueden avisar antes de que llegue?",
            ]),
            Out(&[
                "Claro, le pido al repartidor que te llame antes.",
                "A veces tarda unas horas en reflejarse. Si mañana sigue igual, escríbeme.",
            ]),
            In(&["Gracias {agent}, muy amable", "ok 👍", "Quedo atento al número de guía"]),
        ],
        done: &[
            "Pedido {order} en camino, guía {guide}.",
            "Se dio la guía {guide}.",
            "Confirmado: {order} llega el {date}.",
        ],
    },
    Script {
        topic: Topic::Order,
        turns: &[
            In(&[
                "Mi pedido {order} dice entregado pero no me llegó nada",
                "Según la paquetería ya entregaron el {order}|Aquí no ha venido nadie",
            ]),
            Out(&[
                "Qué pena, {name}. ¿Puede haberlo recibido un vecino o la portería?",
                "Lo reclamo ahora con la paquetería. ¿La dirección es {street}?",
            ]),
            In(&["Ya pregunté y nadie lo tiene", "Sí, esa es la dirección"]),
            Note(&[
                "Abrí reclamo con paquetería, folio {guide}. Respuesta en 24 h.",
                "Foto de entrega no corresponde al domicilio ⚠️",
            ]),
            Out(&[
                "Abrí el reclamo. Si no aparece mañana, te mando otra pieza.",
                "La foto de entrega no es de tu domicilio. Ya están regresando por él.",
            ]),
            In(&["Ok, espero. Pero qué mal servicio el de esa paquetería", "Gracias por resolver rápido"]),
            In(&["Ya apareció! Lo dejaron con el vecino del 5", "Me acaban de llamar, lo traen hoy"]),
            Out(&["Qué alivio. Cualquier cosa, aquí estoy.", "Excelente noticia, {name}. Que la disfrutes."]),
        ],
        done: &[
            "Paquete {order} localizado y entregado.",
            "Reclamo a paquetería resuelto, {order} entregado.",
        ],
    },
    Script {
        topic: Topic::Order,
        turns: &[
            In(&[
                "Me prometieron entrega para ayer y no llegó|Pedido {order}",
                "Llevo tres semanas esperando la {product}",
            ]),
            Out(&[
                "Tienes razón, {name}, se atrasó. Te pido una disculpa. Reviso qué pasó.",
                "Lamento la demora. Déjame ver en qué está el {order}.",
            ]),
            Note(&[
                "El retraso viene de carpintería, falta el acabado en {colour}.",
                "@{mate} ¿me ayudas con fecha real del {order}?",
            ]),
            Out(&[
                "Faltaba el acabado en {colour}. Sale el {day} con envío exprés, sin costo.",
                "Queda confirmada para el {date}. Te devuelvo el cargo del envío.",
            ]),
            In(&[
                "Está bien, pero que sí sea ese día",
                "Confirmo que estaré en casa",
                "Ojalá, ya es la segunda fecha que me dan",
            ]),
            Out(&[
                "Yo le doy seguimiento personalmente.",
                "Te escribo el {day} en cuanto salga el camión 🚚",
            ]),
            In(&["Confirmo la entrega el {day} por la tarde", "Gracias"]),
        ],
        done: &[
            "Entrega atrasada: nueva fecha {date}, envío bonificado.",
            "Se reprogramó {order} sin costo.",
        ],
    },
    Script {
        topic: Topic::Address,
        turns: &[
            In(&[
                "Necesito cambiar la dirección de entrega del {order}",
                "{hi}, me mudé|¿Puedo cambiar la dirección del pedido {order}?",
            ]),
            Out(&[
                "Claro, {name}. ¿Cuál es la nueva dirección completa?",
                "Todavía no sale, así que sí. Pásame calle, número y referencias.",
            ]),
            In(&["{street}, {city}", "Es {street}|{city}, portón negro"]),
            Out(&["Cambiada a {street}, {city}. La entrega sigue para el {date}.", "Listo. ¿Quién recibe?"]),
            In(&["Recibe mi hermana Laura", "Yo mismo, después de las {hour}", "Perfecto, gracias"]),
            Out(&["Anotado 📝", "Muy bien, queda en la guía."]),
        ],
        done: &[
            "Dirección del {order} cambiada a {city}.",
            "Cambio de domicilio aplicado antes de la salida.",
        ],
    },
    Script {
        topic: Topic::Address,
        turns: &[
            In(&[
                "El repartidor dice que no encuentra la dirección",
                "Me llamó el chofer, está perdido 😂|¿Le pueden pasar mi ubicación?",
            ]),
            Out(&["Se la paso ahora. ¿Es {street}?", "Claro, mándame la ubicación y se la reenvío."]),
            In(&["Sí, frente a la farmacia", "Ahí va la ubicación, portón verde"]),
            Out(&["Listo, llega en unos 20 minutos.", "Ya la tiene. Va a tocar el timbre 2."]),
            In(&["Llegó, todo perfecto", "Ya lo recibí, gracias"]),
        ],
        done: &["Entrega hecha con apoyo al chofer.", "Se compartió ubicación; entregado."],
    },
    Script {
        topic: Topic::Damaged,
        turns: &[
            In(&[
                "La lámpara llegó con el vidrio roto, mando fotos",
                "{hi}|Acabo de abrir la caja y la {lamp} viene quebrada",
                "Mi {lamp} llegó golpeada de una esquina 😔",
            ]),
            Out(&[
                "Lo siento mucho, {name}. ¿Me mandas foto de la caja y de la pieza?",
                "Qué pena. Lo resolvemos hoy. ¿El pedido es el {order}?",
            ]),
            In(&["Ahí van las fotos|Se ve que venía mal empacada", "Sí, el {order}. Ya están las fotos"]),
            Note(&[
                "Daño de transporte, procede reposición. Foto guardada.",
                "Tercer caso de la semana con esta paquetería, avisar a {mate}.",
            ]),
            Out(&[
                "Con eso es suficiente. Te mando una nueva el {day} y recogemos la dañada.",
                "Procede el cambio. ¿Prefieres reposición o reembolso?",
            ]),
            In(&["Reposición por favor", "Prefiero que me cambien la pieza", "¿Y no tengo que pagar nada?"]),
            Out(&[
                "Sin costo. La guía nueva es {guide}.",
                "Hecho. La reposición sale hoy con la guía {guide} y empaque doble.",
            ]),
            In(&[
                "Gracias por la rapidez",
                "Excelente atención, así da gusto",
                "Ya llegó la nueva, impecable",
            ]),
        ],
        done: &[
            "Vidrio roto en transporte: reposición con guía {guide}.",
            "Se repuso la {lamp} del {order}.",
            "Daño de paquetería, cambio sin costo.",
        ],
    },
    Script {
        topic: Topic::Damaged,
        turns: &[
            In(&[
                "A la {product} le faltan los tornillos",
                "Me faltó una pieza en el pedido {order}",
                "{hi}, venían {qty} y solo llegaron la mitad",
            ]),
            Out(&[
                "Qué raro, {name}. Reviso el surtido de ese pedido.",
                "Gracias por avisar. ¿Qué pieza falta exactamente?",
            ]),
            In(&["La bolsita con tornillos y la llave", "El difusor de arriba", "Falta una caja completa"]),
            Out(&[
                "Te la mando por mensajería, llega el {day}.",
                "Se quedó en bodega. Sale hoy con la guía {guide}.",
            ]),
            In(&["Ok, espero", "Gracias, ya quería armarla jaja", "Llegó todo completo ahora sí 🎉"]),
        ],
        done: &["Pieza faltante enviada, guía {guide}.", "Faltante de {order} completado."],
    },
    Script {
        topic: Topic::Warranty,
        turns: &[
            In(&[
                "La {lamp} dejó de prender a los tres meses|¿Aplica garantía?",
                "{hi}, quiero hacer válida la garantía de mi {lamp}",
            ]),
            Out(&[
                "Hola, {name}. Sí, tiene un año. ¿Me compartes el número de pedido?",
                "Claro. Necesito la factura o el número de pedido y un video corto.",
            ]),
            In(&[
                "Es el {order}",
                "Factura {invoice}, te mando el video",
                "No encuentro la factura, la compré en abril",
            ]),
            Note(&["Esperar confirmación de bodega", "Revisar con taller si es el driver o el cableado."]),
            Out(&[
                "La encontré con tu correo. El taller dice que es el transformador.",
                "Procede. Recogemos el {day} y la regresamos en una semana.",
            ]),
            In(&["¿Tiene costo la recolección?", "De acuerdo, ¿a qué hora pasan?"]),
            Out(&["Sin costo. Pasan entre 10:00 y 14:00.", "Todo por garantía. Te llaman una hora antes."]),
            In(&["Ya la recogieron, gracias", "Perfecto, aquí la tengo lista"]),
            Out(&[
                "Ya quedó reparada. Sale mañana con la guía {guide}.",
                "Lista y probada 12 horas. Te llega el {date}.",
            ]),
            In(&["Ya quedó, muchas gracias", "Funciona perfecto 💡"]),
        ],
        done: &[
            "Garantía aplicada: cambio de transformador.",
            "Reparada y devuelta con guía {guide}.",
            "Garantía de la {lamp} resuelta.",
        ],
    },
    Script {
        topic: Topic::Warranty,
        turns: &[
            In(&[
                "Se despintó la {wood}, ¿eso lo cubre la garantía?",
                "La madera de mi {wood} se está abriendo",
            ]),
            Out(&[
                "Lamento verlo, {name}. ¿La tienes cerca de una ventana o de humedad?",
                "¿Me mandas fotos con luz natural?",
            ]),
            In(&["Está en el jardín", "Le da el sol un rato en la tarde", "Ahí van tres fotos"]),
            Note(&["Uso en exterior, la garantía no lo cubre. Ofrecer retoque a costo."]),
            Out(&[
                "Por estar en exterior no entra en garantía, pero te ofrezco el retoque a mitad de precio.",
                "El taller lo ve como desgaste. Podemos restaurarla por {price}.",
            ]),
            In(&["Me parece justo", "No estoy de acuerdo, nadie me lo advirtió", "Lo pienso y te digo"]),
            Out(&[
                "Entiendo. Te mando el aceite de mantenimiento de regalo.",
                "De acuerdo, quedo al pendiente.",
            ]),
        ],
        done: &[
            "Fuera de garantía por uso exterior, se ofreció retoque.",
            "Desgaste normal; se le dio alternativa.",
        ],
    },
    Script {
        topic: Topic::Invoice,
        turns: &[
            In(&[
                "{hi}, necesito factura del pedido {order}",
                "Sí, con factura por favor. Le paso mis datos",
                "¿Me pueden facturar la compra de ayer?",
            ]),
            Out(&[
                "Claro, {name}. ¿Me compartes RFC, uso de CFDI y correo?",
                "Con gusto. Pásame los datos fiscales por aquí.",
            ]),
            In(&["Va a nombre de {company}|Correo {mail}", "Te mandé la constancia, uso gastos en general"]),
            Out(&[
                "Enviada la {invoice} a {mail}.",
                "Lista, {invoice}. Revisa también la carpeta de no deseados.",
            ]),
            In(&["Recibida, gracias", "Llegó 👍", "Perfecto, muy rápido"]),
        ],
        done: &["Se envió la factura {invoice}.", "Factura {invoice} a nombre de {company}."],
    },
    Script {
        topic: Topic::Invoice,
        turns: &[
            In(&[
                "La factura {invoice} salió con el nombre mal",
                "{hi}, hay un error en la factura {invoice}|El domicilio fiscal no es ese",
            ]),
            Out(&[
                "Lo corrijo, {name}. ¿Cuál es el dato correcto?",
                "Qué pena. Mándame la constancia y la sustituyo hoy.",
            ]),
            In(&["Es {company}, sin acento", "El código postal es otro, ahí va la constancia"]),
            Note(&[
                "Pedir cancelación del CFDI a contabilidad y reexpedir.",
                "@{mate} contabilidad ya autorizó la sustitución 🧾",
            ]),
            Out(&[
                "Cancelada la anterior. La nueva va a {mail}.",
                "Corregida. Te llegará una notificación de cancelación, acéptala por favor.",
            ]),
            In(&["Ya la acepté", "Ahora sí está bien, gracias", "Mi contadora dice que perfecto"]),
        ],
        done: &["Factura {invoice} corregida y reenviada.", "Se sustituyó la factura por datos fiscales."],
    },
    Script {
        topic: Topic::Payment,
        turns: &[
            In(&[
                "Hice la transferencia, mando comprobante",
                "{hi}, ya pagué el {order}|¿Les aparece?",
                "Me cobraron dos veces la {product}",
            ]),
            Out(&["Gracias, {name}. Lo verifico con caja.", "Reviso ahora en el banco, dame unos minutos."]),
            Note(&[
                "Caja confirma el depósito de {total}.",
                "Doble cargo confirmado, pedir reverso al banco.",
            ]),
            Out(&[
                "Confirmado. Tu pedido {order} pasa a preparación.",
                "Tienes razón, hubo doble cargo. El reverso tarda de 3 a 5 días.",
            ]),
            In(&["Perfecto, gracias", "Ok, espero el reverso", "Listo, quedo atento"]),
        ],
        done: &[
            "Pago de {total} confirmado.",
            "Doble cargo en reverso.",
            "Depósito identificado, {order} en preparación.",
        ],
    },
    Script {
        topic: Topic::Payment,
        turns: &[
            Out(&[
                "Hola, {name}. Tu mensualidad de {price} vence el {date}.",
                "Buen día, {name}. Te recordamos el pago de la {invoice}, vence el {date}.",
            ]),
            In(&[
                "¿Puedo pagar la próxima semana?",
                "Gracias por avisar, hoy lo hago",
                "Ya pagué desde el lunes",
            ]),
            Out(&[
                "Sí, te doy hasta el {day} sin recargo.",
                "Gracias. Con el comprobante lo registro.",
                "Déjame revisarlo y te confirmo.",
            ]),
            In(&["Muchas gracias, el {day} deposito", "Ahí va el comprobante"]),
            Out(&["Registrado, quedas al corriente ✅", "De acuerdo, lo anoto."]),
        ],
        done: &["Pago registrado, al corriente.", "Prórroga al {day} sin recargo."],
    },
    Script {
        topic: Topic::Technical,
        turns: &[
            In(&[
                "La {lamp} parpadea cuando bajo la intensidad",
                "{hi}, puse un atenuador y la luz zumba",
                "El control de mi lámpara no responde",
            ]),
            Out(&[
                "Hola, {name}. ¿Qué modelo de atenuador tienes?",
                "Lo vemos. ¿Pasa con todos los focos o con uno?",
            ]),
            In(&["Es uno genérico de 600 W", "Con todos", "No sé, lo puso el electricista"]),
            Out(&[
                "Esa lámpara pide un atenuador para LED. Te paso los compatibles.",
                "Prueba esto: apágala 30 segundos y mantén el botón hasta que parpadee dos veces.",
            ]),
            In(&["Lo intento y te cuento", "No funcionó 😕", "Ya parpadeó, ¿y ahora?"]),
            Out(&[
                "Entonces suelta el botón y vuelve a enlazar el control.",
                "Te mando un técnico el {day}, sin costo por estar en garantía.",
            ]),
            In(&["Quedó! Gracias", "Ok, el {day} estoy en casa", "Ya no zumba 🙌"]),
        ],
        done: &[
            "Atenuador no compatible; se indicó el correcto.",
            "Se volvió a enlazar el control, funciona.",
            "Técnico agendado para el {day}.",
        ],
    },
    Script {
        topic: Topic::Technical,
        turns: &[
            In(&[
                "No puedo conectar la lámpara a la aplicación",
                "La app se queda en «buscando dispositivo»",
                "{hi}, actualicé la app y ya no aparece mi {lamp}",
            ]),
            Out(&[
                "Hola, {name}. ¿Tu red es de 2.4 o 5 GHz?",
                "¿Me dices qué teléfono usas y la versión de la app?",
            ]),
            In(&["Creo que es de 5", "Android, la versión más nueva", "No tengo idea cómo ver eso"]),
            Out(&[
                "Solo funciona en 2.4. Separa las redes en el módem y vuelve a intentar.",
                "En Ajustes, Acerca de. Con eso veo si te falta una actualización.",
            ]),
            Note(&[
                "Si no se conecta, escalar a fabricante con el registro de la app.",
                "Mismo caso que la semana pasada, módem con banda combinada.",
            ]),
            In(&[
                "Ya las separé y funcionó",
                "Sigue sin aparecer",
                "Le pido ayuda a mi hijo y te aviso jaja",
            ]),
            Out(&[
                "Excelente. Te dejo la guía por si pasa otra vez.",
                "Entonces hagamos una llamada a las {hour} y lo vemos juntos 📞",
            ]),
            In(&["Gracias por la paciencia", "Va, a las {hour}"]),
        ],
        done: &["Red de 5 GHz; conectada en 2.4.", "Aplicación vinculada tras actualizar."],
    },
    Script {
        topic: Topic::Technical,
        turns: &[
            In(&["¿Cómo se instala la {lamp}? No trae instructivo", "¿Ustedes instalan en {city}?"]),
            Out(&[
                "Te paso el instructivo y un video: casanogal.test/instalar",
                "Sí, la instalación cuesta {price} e incluye materiales.",
            ]),
            In(&["El techo es de tablaroca, ¿aguanta?", "Perfecto, ¿qué día pueden?"]),
            Out(&["Con taquete de expansión sí. Pesa menos de 4 kg.", "El {day} a las {hour}. ¿Te sirve?"]),
            In(&["Sí, gracias", "Quedó instalada, preciosa ✨", "Mejor busco un electricista"]),
        ],
        done: &["Se envió instructivo.", "Instalación agendada el {day}."],
    },
    Script {
        topic: Topic::Complaint,
        turns: &[
            In(&[
                "Muy mala atención en la tienda de {city}",
                "Llevo una semana escribiendo y nadie contesta|Quiero hablar con un supervisor",
                "Esto ya es una burla",
            ]),
            Out(&[
                "Lamento mucho la experiencia, {name}. Cuéntame qué pasó y lo tomo yo.",
                "Tienes razón en molestarte. Soy {agent} y me quedo con tu caso hasta resolverlo.",
            ]),
            In(&[
                "Compré la {product} y me dieron tres fechas distintas",
                "Me colgaron dos veces el teléfono",
                "El vendedor fue grosero",
            ]),
            Note(&[
                "Pasar a {mate}, posible compensación.",
                "Revisar cámara y turno de la tienda. Tratar con cuidado 🔥",
            ]),
            Out(&[
                "Ya hablé con la tienda. Te ofrezco la entrega el {day} y {percent} % de devolución.",
                "Lo revisé con la gerencia y te pedimos una disculpa. ¿Te parece un vale por {price}?",
            ]),
            In(&[
                "Con eso me conformo",
                "No quiero vales, quiero mi dinero",
                "Está bien, gracias por escuchar",
            ]),
            Out(&[
                "Hecho. Cualquier cosa me escribes directo.",
                "Entiendo, tramito la devolución hoy mismo.",
            ]),
        ],
        done: &[
            "Queja de tienda atendida, {percent} % devuelto.",
            "Se ofreció compensación y aceptó.",
            "Queja por demora, entrega asegurada.",
        ],
    },
    Script {
        topic: Topic::Return,
        turns: &[
            In(&[
                "Quiero devolver la {product}, no era lo que esperaba",
                "{hi}, ¿cuántos días tengo para devolver?",
                "El color {colour} no es como en la foto",
            ]),
            Out(&[
                "Sin problema, {name}. Tienes 30 días si está sin uso.",
                "Claro. ¿Prefieres cambio o reembolso?",
            ]),
            In(&["Reembolso", "Cambio por {colour2} si se puede", "Está en su caja, ni la armé"]),
            Out(&[
                "Recogemos el {day}. El reembolso tarda 5 días hábiles.",
                "Listo, cambio a {colour2}. La diferencia es de cero.",
            ]),
            In(&["Gracias, muy fácil todo", "¿Me llega comprobante?", "Ok, las espero"]),
            Out(&["Sí, a {mail}.", "Te llega por correo en cuanto se procese 📩"]),
        ],
        done: &[
            "Devolución aceptada, reembolso de {price}.",
            "Cambio de color a {colour2}.",
            "Devolución del {order} recogida.",
        ],
    },
    Script {
        topic: Topic::Thanks,
        turns: &[
            In(&[
                "Ya llegó todo, quedó hermoso 😍",
                "Solo para dar las gracias, excelente servicio",
                "Mil gracias por la ayuda de ayer",
                "🙏🙏",
            ]),
            Out(&[
                "Qué gusto leerte, {name}. Que la disfruten.",
                "Gracias a ti, {name} 🌿",
                "Nos alegra mucho. ¿Nos mandas foto?",
            ]),
        ],
        done: &["Agradecimiento.", "Cliente contento con la {product}."],
    },
    Script {
        topic: Topic::Hours,
        turns: &[
            In(&["¿A qué hora cierran hoy?", "{hi}, ¿abren los domingos?", "¿Dónde están en {city}?"]),
            Out(&[
                "Hola, {name}. De lunes a sábado, de 9:00 a 19:00.",
                "Hoy hasta las 19:00. La dirección es {street}.",
            ]),
            In(&["Gracias", "Ok, paso el {day}", "Ahí nos vemos 👋"]),
        ],
        done: &["Consulta de horario.", "Se dio dirección de {city}."],
    },
    Script {
        topic: Topic::Hours,
        turns: &[
            In(&[
                "¿Tienen vacantes?",
                "{hi}, soy proveedor de maderas|¿Con quién puedo hablar?",
                "Busco al área de compras",
            ]),
            Out(&[
                "Hola, {name}. Escríbele a talento@casanogal.test, ahí reciben los CV.",
                "Con gusto. El correo de compras es compras@casanogal.test.",
            ]),
            In(&["Gracias, ahí escribo", "Muy amable", "Excelente día"]),
        ],
        done: &["Se canalizó a otra área.", "Consulta ajena a ventas, se dio el correo."],
    },
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&[
                "¿Sigue la promoción de {products}?",
                "Vi un anuncio con {percent} % de descuento|¿Es válido en {city}?",
                "¿Cuándo empieza la venta nocturna?",
            ]),
            Out(&[
                "Sí, hasta el {date}. La {product} queda en {price}.",
                "Sigue vigente, {name}, en tienda y en línea.",
            ]),
            In(&[
                "¿Se junta con el descuento de socio?",
                "¿Y con meses sin intereses?",
                "¿Cuántas puedo llevar?",
            ]),
            Out(&[
                "No se juntan, pero te aplico el mayor de los dos.",
                "Sí, hasta 6 meses con tarjetas participantes.",
                "Hasta {qty} por persona.",
            ]),
            In(&["Buenísimo, la pido hoy", "Ok, gracias por la info", "Mándame el enlace porfa"]),
            Out(&["Aquí lo tienes: casanogal.test/promo 🛒", "Cuando la pidas, me avisas y la reviso yo."]),
        ],
        done: &["Informada la promoción hasta el {date}.", "Compró en promoción: {order}."],
    },
];
