//! Fills the slots of a text: the product, order, price and dates of one episode.
//!
//! Values stay the same through an episode, so that its messages speak of one thing; only greetings
//! follow the hour of each message. Knows nothing of turns or states.

use super::clock;
use super::people::Person;
use super::rng::Rng;
use super::scripts::{Script, Wording};
use super::shape::Language;
use chrono::{DateTime, Datelike};
use std::fmt::Write;

/// Whom contacts without a company speak for.
const COMPANIES: &[&str] = &[
    "Grupo Serrano",
    "Estudio 27",
    "Lumen & Sol",
    "Taller Abedul",
    "Casa Pórtico",
    "Atelier Norte",
    "Bodega Uno",
];

/// What the slots of an episode stand for.
#[derive(Clone, Debug)]
pub(super) struct Slots<'a> {
    wording: &'static Wording,
    person: &'a Person,
    agent: &'static str,
    mate: &'static str,
    product: (&'static str, &'static str, i64),
    colours: (&'static str, &'static str),
    street: &'static str,
    company: &'static str,
    quantity: i64,
    percent: i64,
    order: i64,
    invoice: i64,
    guide: i64,
    days: i64,
    hour: i64,
}

impl<'a> Slots<'a> {
    /// Draws the values of an episode about `script` in which `agent` answers and may ask `mate`.
    pub(super) fn draw(
        person: &'a Person,
        wording: &'static Wording,
        script: &Script,
        (agent, mate): (&'static str, &'static str),
        rng: &mut Rng,
    ) -> Self {
        let (lamps, wood) = wording.products.split_at_checked(wording.lamps).unwrap_or_default();
        let products = if script.speaks_of("{lamp}") {
            lamps
        } else if script.speaks_of("{wood}") {
            wood
        } else {
            wording.products
        };
        let colour = rng.below(wording.colours.len());
        let other =
            (colour + 1 + rng.below(wording.colours.len().saturating_sub(1))) % wording.colours.len().max(1);
        let at = |index: usize| wording.colours.get(index).copied().unwrap_or_default();
        Self {
            wording,
            person,
            agent,
            mate,
            product: rng.pick(products),
            colours: (at(colour), at(other)),
            street: rng.pick(wording.streets),
            company: person.contact.company.unwrap_or_else(|| rng.pick(COMPANIES)),
            quantity: rng.between(2, 12),
            percent: rng.pick(&[5, 8, 10, 12, 15]),
            order: rng.between(20_000, 98_999),
            invoice: rng.between(1_000, 9_999),
            guide: rng.between(10_000_000, 99_999_999),
            days: rng.between(2, 9),
            hour: rng.between(10, 18),
        }
    }

    /// The text with its slots filled, for a message written at `at` in an episode opened at `opened`.
    pub(super) fn fill(&self, text: &str, opened: i64, at: i64, rng: &mut Rng) -> String {
        let mut filled = String::with_capacity(text.len() + 24);
        let mut rest = text;
        while let Some((before, tail)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((slot, after)) = tail.split_once('}') else { break };
            self.put(slot, opened, at, &mut filled, rng);
            rest = after;
        }
        filled.push_str(rest);
        filled
    }

    fn put(&self, slot: &str, opened: i64, at: i64, out: &mut String, rng: &mut Rng) {
        let price = self.product.2;
        // Writing into a String cannot fail.
        let _ = match slot {
            "name" => out.write_str(&self.person.first),
            "agent" => out.write_str(self.agent),
            "mate" => out.write_str(self.mate),
            "mail" => out.write_str(&self.person.mail),
            "city" => out.write_str(self.person.contact.city),
            "company" => out.write_str(self.company),
            "street" => out.write_str(self.street),
            "product" | "lamp" | "wood" => out.write_str(self.product.0),
            "products" => out.write_str(self.product.1),
            "colour" => out.write_str(self.colours.0),
            "colour2" => out.write_str(self.colours.1),
            "price" => out.write_str(&self.money(price)),
            "total" => out.write_str(&self.money(price * self.quantity)),
            "qty" => write!(out, "{}", self.quantity),
            "percent" => write!(out, "{}", self.percent),
            "order" => write!(out, "CN-{}", self.order),
            "invoice" => write!(out, "A-{}", self.invoice),
            "guide" => write!(out, "7Q{}", self.guide),
            "hour" => write!(out, "{}:{}0", self.hour, self.order % 2 * 3),
            "hi" => out.write_str(self.greeting(at, rng)),
            "day" => out.write_str(self.weekday(opened)),
            "date" => self.date(opened, out),
            _ => Ok(()),
        };
    }

    fn greeting(&self, at: i64, rng: &mut Rng) -> &'static str {
        let greetings = self.wording.greetings.get(clock::part_of_day(at)).copied().unwrap_or_default();
        rng.pick(greetings)
    }

    /// A delivery day some days after the opening, not a Sunday.
    fn promised(&self, opened: i64) -> i64 {
        let at = opened + self.days * clock::DAY;
        if clock::weekday(at) == 6 { at + clock::DAY } else { at }
    }

    fn weekday(&self, opened: i64) -> &'static str {
        self.wording.weekdays.get(clock::weekday(self.promised(opened))).copied().unwrap_or_default()
    }

    fn date(&self, opened: i64, out: &mut String) -> std::fmt::Result {
        let Some(date) = DateTime::from_timestamp_millis(clock::local(self.promised(opened))) else {
            return Ok(());
        };
        let month = usize::try_from(date.month0()).unwrap_or(0);
        let month = self.wording.months.get(month).copied().unwrap_or_default();
        write!(out, "{}{}{month}", date.day(), self.wording.date_joint)
    }

    /// As the language writes its money: $4,850 · R$ 1.290 · US$189.
    fn money(&self, units: i64) -> String {
        let (sign, separator) = match self.person.contact.language {
            Language::Es => ("$", ','),
            Language::Pt => ("R$ ", '.'),
            Language::En => ("US$", ','),
        };
        let mut money = String::from(sign);
        if units >= 1_000 {
            let _ = write!(money, "{}{separator}{:03}", units / 1_000, units % 1_000);
        } else {
            let _ = write!(money, "{units}");
        }
        money
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::people::person_of;
    use crate::seed::scripts::{Turn, wording};
    use crate::seed::world;

    const SLOTS: &[&str] = &[
        "name", "agent", "mate", "mail", "city", "company", "street", "product", "lamp", "wood", "products",
        "colour", "colour2", "price", "total", "qty", "percent", "order", "invoice", "guide", "hour", "hi",
        "day", "date",
    ];

    fn texts(wording: &'static Wording) -> impl Iterator<Item = &'static str> {
        let turns = wording.scripts.iter().flat_map(|script| script.turns).flat_map(|turn| match turn {
            Turn::In(texts) | Turn::Out(texts) | Turn::Note(texts) => texts.iter(),
        });
        let done = wording.scripts.iter().flat_map(|script| script.done);
        let rest =
            [wording.bot_unclear, wording.bot_answer, wording.nudges, wording.follow_ups, wording.returns];
        let more = [wording.bot_notes, wording.silent_notes, wording.summaries, wording.bot_handover];
        turns.chain(done).chain(rest.into_iter().chain(more).flatten()).copied()
    }

    #[test]
    fn every_slot_in_the_wording_exists_and_is_filled() {
        let world = world();
        let person = person_of(&world, 1, 0);
        for language in [Language::Es, Language::Pt, Language::En] {
            let wording = wording(language);
            let mut rng = Rng::stream(1, 0, 0);
            let slots = Slots::draw(&person, wording, &wording.scripts[0], ("Ana", "Beto"), &mut rng);
            for text in texts(wording) {
                for slot in text.split('{').skip(1).map(|part| part.split('}').next().unwrap()) {
                    assert!(SLOTS.contains(&slot), "{{{slot}}} in {text}");
                }
                let filled = slots.fill(text, 1_760_000_000_000, 1_760_000_000_000, &mut rng);
                assert!(!filled.contains(['{', '}']) && !filled.trim().is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn there_are_enough_scripts_in_every_language() {
        let count = |language| wording(language).scripts.len();
        assert!(count(Language::Es) >= 25 && count(Language::Pt) >= 8 && count(Language::En) >= 8);
    }
}
