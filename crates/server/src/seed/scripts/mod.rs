//! The shape of the wording: scripts, turns and slots, and which wording belongs to a language.
//!
//! A text may hold slots in braces (`{name}`, `{product}`, filled by `slots.rs`) and `|`, at which a
//! contact's turn is sent as several messages in a burst. `{lamp}` and `{wood}` are the product of a
//! script that makes sense for lamps only, or for furniture only. Knows nothing of times, users or states.

mod en;
mod es;
mod pt;

use super::shape::Language;

/// What a script is about; decides category, tags and on which lines it is likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topic {
    /// Wants a price.
    Quote,
    /// Asks whether something is there.
    Stock,
    /// A company's project or wholesale.
    Project,
    /// Comes to the showroom.
    Visit,
    /// Where is my order.
    Order,
    /// Another delivery address.
    Address,
    /// Broken or incomplete.
    Damaged,
    /// Claims the warranty.
    Warranty,
    /// Invoice wanted or wrong.
    Invoice,
    /// Payments and charges.
    Payment,
    /// Something does not work.
    Technical,
    /// Unhappy.
    Complaint,
    /// Wants to give it back.
    Return,
    /// Only says thanks.
    Thanks,
    /// Opening hours and other small questions.
    Hours,
}

/// One turn: somebody says one of these.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    /// The contact.
    In(&'static [&'static str]),
    /// The agent, to the contact.
    Out(&'static [&'static str]),
    /// The agent, privately.
    Note(&'static [&'static str]),
}

/// A conversation on one topic, from the first word to the thanks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Script {
    /// What it is about.
    pub(super) topic: Topic,
    /// Who says what, in order.
    pub(super) turns: &'static [Turn],
    /// Descriptions an agent closes it with.
    pub(super) done: &'static [&'static str],
}

impl Script {
    /// Whether one of its turns holds a slot.
    pub(super) fn speaks_of(&self, slot: &str) -> bool {
        self.turns.iter().any(|turn| {
            let (Turn::In(texts) | Turn::Out(texts) | Turn::Note(texts)) = turn;
            texts.iter().any(|text| text.contains(slot))
        })
    }

    /// Whether the contact speaks first.
    pub(super) fn starts_with_contact(&self) -> bool {
        matches!(self.turns.first(), Some(Turn::In(_)))
    }
}

/// Everything a thread of one language is made of.
#[derive(Debug)]
pub(super) struct Wording {
    pub(super) scripts: &'static [Script],
    /// Greetings of the morning, the afternoon and the night.
    pub(super) greetings: [&'static [&'static str]; 3],
    /// From Monday; a day without deliveries carries the name of another.
    pub(super) weekdays: [&'static str; 7],
    /// From January.
    pub(super) months: [&'static str; 12],
    /// Between day and month.
    pub(super) date_joint: &'static str,
    pub(super) colours: &'static [&'static str],
    pub(super) streets: &'static [&'static str],
    /// One, several, price of one in whole units of the language's currency.
    pub(super) products: &'static [(&'static str, &'static str, i64)],
    /// How many of the products, from the first, give light.
    pub(super) lamps: usize,
    /// What a contact answers the menu with that it does not understand.
    pub(super) bot_unclear: &'static [&'static str],
    pub(super) bot_handover: &'static [&'static str],
    pub(super) bot_answer: &'static [&'static str],
    pub(super) bot_bye: &'static [&'static str],
    /// What a contact writes while waiting.
    pub(super) nudges: &'static [&'static str],
    /// What an agent writes while waiting.
    pub(super) follow_ups: &'static [&'static str],
    /// What a contact starts with who has been here before.
    pub(super) returns: &'static [&'static str],
    pub(super) cancel_notes: &'static [&'static str],
    pub(super) idle_notes: &'static [&'static str],
    /// What an agent closes with whom the contact left without an answer.
    pub(super) silent_notes: &'static [&'static str],
    pub(super) rule_notes: &'static [&'static str],
    pub(super) bot_notes: &'static [&'static str],
    pub(super) summaries: &'static [&'static str],
}

/// The wording of a language.
pub(super) const fn wording(language: Language) -> &'static Wording {
    match language {
        Language::Es => &es::WORDING,
        Language::Pt => &pt::WORDING,
        Language::En => &en::WORDING,
    }
}
