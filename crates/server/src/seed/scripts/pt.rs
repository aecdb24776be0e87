//! Brazilian Portuguese wording of the demo threads.
//! Owns words only; what a turn, a slot or a `|` means is told in `scripts/mod.rs`.
// long: the wording of the demo threads

use super::Turn::{In, Note, Out};
use super::{Script, Topic, Wording};

/// Everything a Portuguese thread is made of.
pub(super) const WORDING: Wording = Wording {
    scripts: SCRIPTS,
    greetings: [
        &["Bom dia", "Oi, bom dia", "Olá", "Oi, tudo bem?"],
        &["Boa tarde", "Oi, boa tarde", "Olá, tudo bem?", "Oi"],
        &["Boa noite", "Oi, boa noite", "Olá", "Desculpe o horário"],
    ],
    weekdays: [
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sexta-feira",
        "segunda-feira",
    ],
    months: [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    date_joint: " de ",
    colours: &["latão", "nogueira", "cobre", "preto fosco", "off-white", "carvalho claro", "verde-oliva"],
    streets: &[
        "Rua Augusta, 1508, ap. 71",
        "Av. Paulista, 900, conj. 12",
        "Rua das Laranjeiras, 233",
        "Av. Atlântica, 1702, bloco B",
        "Rua Padre Chagas, 66",
        "SQN 308, bloco D, ap. 204",
        "Rua da Aurora, 415",
    ],
    products: &[
        ("luminária pendente Brisa", "luminárias pendentes Brisa", 690),
        ("luminária de piso Faro", "luminárias de piso Faro", 1_090),
        ("arandela Órbita", "arandelas Órbita", 420),
        ("fita LED Cometa", "fitas LED Cometa", 159),
        ("cadeira Ronda", "cadeiras Ronda", 620),
        ("mesa Encina", "mesas Encina", 3_490),
        ("poltrona Siesta", "poltronas Siesta", 2_150),
        ("estante Linha", "estantes Linha", 1_380),
        ("cômoda Alba", "cômodas Alba", 2_690),
        ("cabeceira Duna", "cabeceiras Duna", 1_590),
    ],
    lamps: 4,
    bot_unclear: &["Tenho uma dúvida", "atendente", "É sobre a minha compra", "falar com uma pessoa"],
    bot_handover: &[
        "Obrigado. Vou passar para a equipe, já respondem.",
        "Certo, avisei a equipe. Conte o que você precisa.",
    ],
    bot_answer: &[
        "O pedido {order} está a caminho, código {guide}. Chega em {date}.",
        "Nosso horário é de segunda a sábado, das 9h às 19h. Posso ajudar em algo mais?",
        "O catálogo está em casanogal.test/catalogo.",
    ],
    bot_bye: &["obrigado", "Era só isso", "valeu 👍", "Perfeito, obrigada"],
    nudges: &[
        "Oi?",
        "Alguém pode me ajudar?",
        "Fico no aguardo",
        "Alguma novidade?",
        "??",
        "Conseguiram ver?",
        "É meio urgente",
    ],
    follow_ups: &[
        "Oi, {name}. Conseguiu olhar o que mandei?",
        "{name}, sigo à disposição se tiver dúvidas.",
        "Passando para saber se seguimos com o pedido.",
        "Ficou alguma dúvida, {name}?",
    ],
    returns: &[
        "{hi}, sou eu de novo",
        "Olá outra vez",
        "{hi}, retomando nossa conversa",
        "{hi}, falei com {agent} na outra vez",
    ],
    cancel_notes: &[
        "Conversa duplicada.",
        "Número errado.",
        "Propaganda.",
        "Pediu para não receber mais mensagens.",
    ],
    idle_notes: &["Sem atividade no prazo da equipe.", "O contato não voltou a escrever."],
    silent_notes: &[
        "O contato não voltou a escrever.",
        "Sem resposta depois do acompanhamento.",
        "Não respondeu. Ficou pendente a {product}.",
        "Escrevemos duas vezes, sem retorno.",
    ],
    rule_notes: &["Encerrada pela regra «Só agradecimento».", "Regra: aviso de pagamento lido."],
    bot_notes: &["Consultou o menu e não pediu atendente.", "O bot resolveu a consulta."],
    summaries: &[
        "{city}. Falamos da {product}; ficou satisfeito.",
        "Contato de {city}, pedido {order}. Atendeu {agent}.",
    ],
};

const SCRIPTS: &[Script] = &[
    Script {
        topic: Topic::Quote,
        turns: &[
            In(&[
                "{hi}|Queria um orçamento de {qty} {products}",
                "Quanto fica {qty} {products} com entrega em {city}?",
                "{hi}, vocês fazem preço para {qty} peças da {product}?",
            ]),
            Out(&[
                "Oi, {name}. Já preparo para você.",
                "Olá, {name}, aqui é {agent}. Um minuto e te passo o valor.",
            ]),
            Note(&[
                "Cliente antigo, manter {percent} % de desconto.",
                "@{mate} temos {qty} no estoque de Cajamar?",
            ]),
            Out(&[
                "Fica {total} no total, com frete para {city} incluso.",
                "Cada uma sai por {price}. No Pix tem {percent} % de desconto.",
            ]),
            In(&["Parcela em quantas vezes?", "E o prazo de entrega?", "Tem em {colour}?"]),
            Out(&[
                "Em até 10 vezes sem juros.",
                "Entregamos em {city} até {date}.",
                "Tem sim, em {colour} e em {colour2}.",
            ]),
            In(&[
                "Fechado, pode mandar o link",
                "Vou ver com minha esposa e te falo",
                "Ótimo, faço o Pix hoje 🙌",
            ]),
            Out(&["Enviei para {mail}. Qualquer coisa me chama.", "Combinado, reservo até {date}."]),
        ],
        done: &["Orçamento de {total} aceito.", "Orçamento enviado, fecha esta semana."],
    },
    Script {
        topic: Topic::Stock,
        turns: &[
            In(&[
                "Vocês têm a {product} em {colour}?",
                "{hi}, ainda tem a {product}?",
                "A {product} volta quando?",
            ]),
            Out(&["Vou conferir no estoque, {name}.", "Oi, {name}, deixa eu ver para você."]),
            Out(&["Temos {qty} em {colour}. Reservo uma?", "Esgotou, mas chega em {date}."]),
            In(&["Reserva sim, por favor", "Vou esperar então", "Pode mandar foto?"]),
            Out(&["Reservada até {date} ✨", "Te aviso assim que chegar.", "Acabei de mandar para {mail}."]),
            In(&["Obrigada, {agent}", "Valeu 👌"]),
        ],
        done: &["Reservada uma {product}.", "Aguarda reposição em {date}."],
    },
    Script {
        topic: Topic::Order,
        turns: &[
            In(&[
                "{hi}, cadê meu pedido {order}?",
                "Gostaria de saber do pedido {order}",
                "Meu pedido era para chegar ontem|É o {order}",
            ]),
            Out(&["Oi, {name}. Já verifico com a transportadora.", "Um momento, {name}, estou consultando."]),
            Note(&[
                "Transportadora com atraso na região de {city}.",
                "@{mate} consegue prioridade para o {order}?",
            ]),
            Out(&[
                "O código é {guide}. Está em {city}, chega em {date}.",
                "Houve atraso na rota. Nova data: {date}, e devolvo o frete.",
            ]),
            In(&["Tá bom, obrigado", "Espero que chegue mesmo", "O site não atualiza"]),
            Out(&["Acompanho por aqui e te aviso.", "Às vezes demora algumas horas para atualizar."]),
            In(&["Chegou! Obrigada 🎉", "Ok, no aguardo"]),
        ],
        done: &["Pedido {order} a caminho, código {guide}.", "Entrega remarcada para {date}."],
    },
    Script {
        topic: Topic::Damaged,
        turns: &[
            In(&[
                "A {product} chegou quebrada 😢",
                "{hi}, a caixa veio amassada e a peça trincada|Mando fotos",
                "Faltou uma peça na minha {product}",
            ]),
            Out(&["Sinto muito, {name}. Pode mandar fotos da embalagem?", "Que pena. O pedido é o {order}?"]),
            In(&["Seguem as fotos", "Isso, {order}", "Veio sem os parafusos"]),
            Note(&["Avaria de transporte, repor sem custo."]),
            Out(&[
                "Sem custo: envio outra na {day} e retiramos essa.",
                "Já separei a peça, sai hoje com o código {guide}.",
            ]),
            In(&["Muito obrigado pela rapidez", "Perfeito", "Chegou certinho agora"]),
        ],
        done: &["Reposição enviada, código {guide}.", "Avaria resolvida com troca."],
    },
    Script {
        topic: Topic::Invoice,
        turns: &[
            In(&[
                "Preciso da nota fiscal do {order}",
                "{hi}, a nota {invoice} veio com o CNPJ errado",
                "Podem emitir a nota em nome da {company}?",
            ]),
            Out(&["Claro, {name}. Me passa o CNPJ e o e-mail?", "Vou pedir a correção agora."]),
            In(&["O e-mail é {mail}", "CNPJ da {company}, mando o cartão"]),
            Out(&["Nota {invoice} enviada para {mail}.", "Corrigida e reenviada 🧾"]),
            In(&["Recebi, obrigado", "Chegou, valeu"]),
        ],
        done: &["Nota {invoice} enviada.", "Nota fiscal corrigida."],
    },
    Script {
        topic: Topic::Warranty,
        turns: &[
            In(&["Minha {lamp} parou de acender|Ainda está na garantia?", "{hi}, como aciono a garantia?"]),
            Out(&[
                "Oi, {name}. São 12 meses. Qual o número do pedido?",
                "Pode mandar um vídeo curto do problema?",
            ]),
            In(&["É o {order}", "Mandei o vídeo agora"]),
            Note(&["Aguardar laudo da assistência.", "Parece o driver, trocar direto."]),
            Out(&[
                "É o driver. Retiramos na {day} e devolvemos em uma semana.",
                "Aprovado, a troca sai em {date}.",
            ]),
            In(&["Tem custo?", "Combinado"]),
            Out(&["Nenhum custo 👍", "Tudo pela garantia."]),
            In(&["Ficou perfeita, obrigada", "Funcionando 💡"]),
        ],
        done: &["Garantia: troca do driver.", "Garantia aprovada e devolvida."],
    },
    Script {
        topic: Topic::Address,
        turns: &[
            In(&[
                "Preciso mudar o endereço do {order}",
                "{hi}, mudei de casa|Dá para entregar em outro endereço?",
            ]),
            Out(&[
                "Dá sim, {name}. Qual o endereço completo?",
                "Ainda não saiu. Me passa rua, número e CEP.",
            ]),
            In(&["{street}, {city}", "É {street}|{city}"]),
            Out(&["Alterado. Entrega segue para {date}.", "Pronto, quem recebe?"]),
            In(&["Eu mesmo", "Pode deixar na portaria", "Obrigado"]),
        ],
        done: &["Endereço do {order} alterado.", "Entrega redirecionada para {city}."],
    },
    Script {
        topic: Topic::Technical,
        turns: &[
            In(&[
                "A {lamp} fica piscando",
                "{hi}, o dimmer faz barulho",
                "O aplicativo não acha a luminária",
            ]),
            Out(&["Oi, {name}. Qual o modelo do dimmer?", "Sua rede é de 2,4 ou 5 GHz?"]),
            In(&["Não sei dizer", "É de 5 eu acho", "Um comum, do eletricista"]),
            Out(&[
                "Tente desligar por 30 segundos e segurar o botão até piscar.",
                "Só funciona em 2,4. Tente separar as redes.",
            ]),
            In(&["Funcionou!", "Ainda não 😕", "Vou tentar à noite"]),
            Out(&[
                "Que bom. Deixo o guia: casanogal.test/ajuda",
                "Então mando um técnico na {day} às {hour}.",
            ]),
        ],
        done: &["Rede ajustada, funcionando.", "Técnico agendado para {day}."],
    },
    Script {
        topic: Topic::Complaint,
        turns: &[
            In(&[
                "Péssimo atendimento na loja de {city}",
                "Já é a terceira vez que escrevo|Quero falar com o gerente",
            ]),
            Out(&[
                "Lamento muito, {name}. Me conta o que houve que eu resolvo.",
                "Você tem razão. Sou {agent} e fico com seu caso.",
            ]),
            In(&["Deram três datas diferentes para a {product}", "O vendedor foi grosseiro"]),
            Note(&["Possível compensação, falar com {mate}."]),
            Out(&[
                "Consegui entrega na {day} e {percent} % de volta.",
                "A gerência pede desculpas. Aceita um vale de {price}?",
            ]),
            In(&["Tudo bem, obrigado por resolver", "Prefiro meu dinheiro de volta"]),
        ],
        done: &["Reclamação resolvida com compensação.", "Reclamação de atraso, entrega garantida."],
    },
    Script {
        topic: Topic::Payment,
        turns: &[
            In(&[
                "Fiz o Pix, segue o comprobante",
                "{hi}, o boleto venceu ontem|Dá para gerar outro?",
                "Cobraram duas vezes no cartão",
            ]),
            Out(&["Obrigado, {name}. Vou conferir.", "Claro, gero agora."]),
            Out(&[
                "Pagamento confirmado, o {order} entra em preparação.",
                "Enviei o novo para {mail}, vence em {date}.",
                "O estorno cai em até 5 dias úteis.",
            ]),
            In(&["Valeu!", "Obrigada 🙏", "Ok, aguardo"]),
        ],
        done: &["Pagamento confirmado.", "Segunda via enviada.", "Estorno solicitado."],
    },
    Script {
        topic: Topic::Return,
        turns: &[
            In(&["Quero trocar a cor da {product}", "{hi}, posso devolver? Não combinou com a sala"]),
            Out(&["Pode sim, {name}, em até 30 dias.", "Sem problema. Troca ou reembolso?"]),
            In(&["Troca por {colour2}", "Reembolso, por favor"]),
            Out(&["Retiramos na {day}.", "Certo, o comprovante vai para {mail}."]),
            In(&["Muito fácil, obrigada", "Combinado"]),
        ],
        done: &["Troca por {colour2}.", "Devolução aceita."],
    },
    Script {
        topic: Topic::Thanks,
        turns: &[
            In(&["Chegou tudo, ficou lindo 😍", "Obrigado pelo atendimento de ontem", "Nota dez para vocês"]),
            Out(&["Que alegria, {name}. Aproveite 🌿", "Nós que agradecemos, {name}."]),
        ],
        done: &["Agradecimento.", "Cliente satisfeito."],
    },
    Script {
        topic: Topic::Hours,
        turns: &[
            In(&["Vocês abrem no sábado?", "Onde fica a loja em {city}?", "{hi}, até que horas atendem?"]),
            Out(&["Oi, {name}. De segunda a sábado, das 9h às 19h.", "Fica na {street}. Até as 19h."]),
            In(&["Obrigado", "Passo na {day}", "👍"]),
        ],
        done: &["Consulta de horário.", "Endereço informado."],
    },
    Script {
        topic: Topic::Project,
        turns: &[
            In(&[
                "{hi}, somos a {company}|Precisamos de {qty} {products} para um café em {city}",
                "Vocês atendem arquitetos com condição especial?",
            ]),
            Out(&["Atendemos sim, {name}. Tem o projeto em PDF?", "Claro. Qual o prazo da obra?"]),
            In(&["A obra entrega em {date}", "Mando o projeto por e-mail"]),
            Note(&["Projeto grande, avisar {mate}."]),
            Out(&[
                "Proposta enviada: {total}, com {percent} % por volume.",
                "Podemos visitar na {day} às {hour}.",
            ]),
            In(&["Apresento ao cliente e retorno", "Fechado"]),
        ],
        done: &["Proposta de {total} para {company}.", "Visita marcada na {day}."],
    },
];
