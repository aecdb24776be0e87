//! The contacts: names, addresses, languages, cities, and a fixed small share of awkward names.
//!
//! Everything is fictional: phone numbers lie in ranges the numbering plans leave out, mail under
//! `.test`. Unusual names (right-to-left, emoji, very long, empty, hostile) are data here, so
//! that every screen meets them daily. Knows nothing of threads.

use super::names::{
    ARABIC, BLANK, CITIES_EN, CITIES_PT, COMPANIES, COMPANIES_EN, COMPANIES_PT, COUNTRIES_ES, EMOJI,
    FIRST_EN, FIRST_ES, FIRST_PT, HEBREW, HOSTILE, LAST_EN, LAST_ES, LAST_PT, LONG,
};
use super::rng::Rng;
use super::shape::{Language, SeedContact, World};
use bandeja_model::Channel;
use bandeja_model::text::fold;

const LINE: u64 = 1;
const TWIN: u64 = 2;
const PERSON: u64 = 3;
/// How far apart the two conversations of one contact lie.
const TWIN_DISTANCE: usize = 5;
/// From here on awkward names and shared contacts are drawn; before it they are set.
const FIRST_DRAWN: usize = 70;

/// A contact with what the thread needs to know besides.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// What is handed out.
    pub(super) contact: SeedContact,
    /// What an agent calls them.
    pub(super) first: String,
    /// A mail address, also where the contact does not show it.
    pub(super) mail: String,
    /// What makes this contact awkward.
    pub(super) kind: Kind,
    handle: String,
    phone: String,
}

/// What is unusual about a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Plain,
    /// Right to left.
    Arabic,
    /// Right to left.
    Hebrew,
    /// Pictures in the name.
    Emoji,
    /// Sixty characters and more.
    Long,
    /// Empty or as good as.
    Blank,
    /// Markup, formulas, control characters.
    Hostile,
}

/// The line conversation `index` comes in on.
pub(super) fn line_of(world: &World, seed: u64, index: usize) -> usize {
    Rng::stream(seed, index, LINE).weighted(world.lines.iter().map(|line| line.weight))
}

/// The contact of conversation `index`: mostly its own, in about 60 of 1,000 one who wrote on
/// another line as well.
pub(super) fn person_of(world: &World, seed: u64, index: usize) -> Person {
    let key = twin_of(world, seed, index).unwrap_or(index);
    let mut channels = vec![channel_of(world, seed, key)];
    let later = key.saturating_add(TWIN_DISTANCE);
    if twin_of(world, seed, later) == Some(key) {
        channels.push(channel_of(world, seed, later));
    }
    person(world, seed, key, &channels)
}

impl Person {
    /// Where the contact is reached on a channel.
    pub(super) fn address(&self, channel: Channel) -> String {
        match channel {
            Channel::Whatsapp | Channel::Sms => self.phone.clone(),
            Channel::Email => self.mail.clone(),
            Channel::Instagram | Channel::Telegram => format!("@{}", self.handle),
            Channel::Messenger => self.handle.clone(),
            Channel::Webchat => format!("web-{:06x}", scatter(self.contact.key)),
        }
    }
}

fn channel_of(world: &World, seed: u64, index: usize) -> Channel {
    world.lines.get(line_of(world, seed, index)).map_or(Channel::Webchat, |line| line.channel)
}

/// The earlier conversation whose contact this one shares; never a chain, never on the same line.
fn twin_of(world: &World, seed: u64, index: usize) -> Option<usize> {
    let wants = |index| Rng::stream(seed, index, TWIN).chance(75);
    let earlier = index.checked_sub(TWIN_DISTANCE).filter(|_| index >= FIRST_DRAWN)?;
    let apart = || line_of(world, seed, index) != line_of(world, seed, earlier);
    (wants(index) && !wants(earlier) && apart()).then_some(earlier)
}

/// Spreads keys over the seven digits without two meeting, up to ten million.
fn scatter(key: usize) -> usize {
    (key % 10_000_000) * 7_654_321 % 10_000_000
}

fn language_of(world: &World, seed: u64, key: usize, rng: &mut Rng) -> Language {
    let team = world.lines.get(line_of(world, seed, key)).map(|line| line.team);
    // The Brazilian team's lines.
    let (pt, en) = if team == Some(1) { (930, 40) } else { (20, 160) };
    match rng.below(1_000) {
        n if n < pt => Language::Pt,
        n if n < pt + en => Language::En,
        _ => Language::Es,
    }
}

/// The first few dozen hold one of each, so that a small demo has them all.
fn kind_of(key: usize, rng: &mut Rng) -> Kind {
    let drawn = rng.below(1_000);
    match (key, drawn) {
        (17, _) | (FIRST_DRAWN.., 0..5) => Kind::Hostile,
        (9, _) | (FIRST_DRAWN.., 5..12) => Kind::Arabic,
        (23, _) | (FIRST_DRAWN.., 12..17) => Kind::Hebrew,
        (14, _) | (FIRST_DRAWN.., 17..32) => Kind::Emoji,
        (31, _) | (FIRST_DRAWN.., 32..40) => Kind::Long,
        (41, _) | (FIRST_DRAWN.., 40..47) => Kind::Blank,
        _ => Kind::Plain,
    }
}

fn person(world: &World, seed: u64, key: usize, channels: &[Channel]) -> Person {
    let mut rng = Rng::stream(seed, key, PERSON);
    let language = language_of(world, seed, key, &mut rng);
    let kind = kind_of(key, &mut rng);
    let (firsts, lasts, companies) = match language {
        Language::Es => (FIRST_ES, LAST_ES, COMPANIES),
        Language::Pt => (FIRST_PT, LAST_PT, COMPANIES_PT),
        Language::En => (FIRST_EN, LAST_EN, COMPANIES_EN),
    };
    let (given, family) = (rng.pick(firsts), rng.pick(lasts));
    let company = rng.chance(170).then(|| rng.pick(companies));
    let (city, phone) = home(language, scatter(key), &mut rng);
    let handle = format!("{}.{}{key}", slug(given), slug(family));
    let mail = match company {
        Some(company) => format!("{}{key}@{}.test", slug(given), slug(company)),
        None => format!("{handle}@{}.test", rng.pick(&["correo", "mail", "buzon"])),
    };
    let plain = plain_name(given, family, rng.pick(lasts), company, channels, key, &mut rng);
    let (first, name) = named(kind, given, plain, &mut rng);
    let reached = |by: &[Channel]| channels.iter().any(|channel| by.contains(channel));
    let shows_phone = reached(&[Channel::Whatsapp, Channel::Sms]) || rng.chance(300);
    let shows_mail = reached(&[Channel::Email]) || rng.chance(450);
    let contact = SeedContact {
        key,
        name,
        phone: shows_phone.then(|| phone.clone()),
        email: shows_mail.then(|| mail.clone()),
        company,
        city,
        language,
    };
    Person { contact, first, mail, kind, handle, phone }
}

/// City and phone number; the number is unique by its last seven digits.
fn home(language: Language, digits: usize, rng: &mut Rng) -> (&'static str, String) {
    let (high, low) = (digits / 10_000, digits % 10_000);
    match language {
        Language::Es => {
            let (prefix, cities) = rng.pick(COUNTRIES_ES);
            (rng.pick(cities), format!("{prefix}{high:03} {low:04}"))
        }
        Language::Pt => (rng.pick(CITIES_PT), format!("+55 11 90{high:03}-{low:04}")),
        Language::En => (rng.pick(CITIES_EN), format!("+1 55{} 0{:02} {low:04}", high / 100, high % 100)),
    }
}

fn plain_name(
    given: &str,
    family: &str,
    other: &str,
    company: Option<&'static str>,
    channels: &[Channel],
    key: usize,
    rng: &mut Rng,
) -> String {
    let social = channels.first() == Some(&Channel::Instagram);
    let web = channels.first() == Some(&Channel::Webchat);
    match (rng.below(100), company) {
        (0..30, Some(company)) => company.to_owned(),
        (0..30, None) if web => format!("Visitante {}", scatter(key) % 10_000),
        (0..20, None) if social => format!("{}.{}", slug(given), slug(family)),
        (30..34, _) => given.to_owned(),
        (34..37, _) => format!("{given} {family}").to_uppercase(),
        (37..52, _) => format!("{given} {family} {other}"),
        (52..55, _) => format!("{} {}", given.to_lowercase(), family.to_lowercase()),
        _ => format!("{given} {family}"),
    }
}

/// What they are called and what the screen shows.
fn named(kind: Kind, given: &str, plain: String, rng: &mut Rng) -> (String, String) {
    let pair = |(first, name): (&str, &str)| (first.to_owned(), name.to_owned());
    let shown = |name: &str| (given.to_owned(), name.to_owned());
    match kind {
        Kind::Plain => (given.to_owned(), plain),
        Kind::Arabic => pair(rng.pick(ARABIC)),
        Kind::Hebrew => pair(rng.pick(HEBREW)),
        Kind::Long => shown(rng.pick(LONG)),
        Kind::Blank => shown(rng.pick(BLANK)),
        Kind::Hostile => shown(rng.pick(HOSTILE)),
        Kind::Emoji => {
            let emoji = rng.pick(EMOJI);
            let name = match rng.below(3) {
                0 => format!("{emoji}{emoji}"),
                1 => format!("{emoji} {plain}"),
                _ => format!("{plain} {emoji}"),
            };
            (given.to_owned(), name)
        }
    }
}

/// Lower-case letters of a name, as in an address.
fn slug(name: &str) -> String {
    fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::world;
    use std::collections::HashSet;

    #[test]
    fn nobody_shares_an_address_on_a_line_and_contacts_with_one_key_are_equal() {
        let world = world();
        let mut seen = HashSet::new();
        let mut twins = 0;
        for index in 0..20_000 {
            let line = line_of(&world, 1, index);
            let person = person_of(&world, 1, index);
            assert!(seen.insert((line, person.address(world.lines[line].channel))), "{index}");
            if person.contact.key != index {
                twins += 1;
                assert_eq!(person_of(&world, 1, person.contact.key).contact, person.contact);
            }
        }
        assert!((800..1_600).contains(&twins), "{twins}");
    }

    #[test]
    fn every_awkward_kind_of_name_is_among_the_first_fifty() {
        let world = world();
        let kinds: Vec<_> = (0..50).map(|index| person_of(&world, 1, index).kind).collect();
        for kind in [Kind::Arabic, Kind::Hebrew, Kind::Emoji, Kind::Long, Kind::Blank, Kind::Hostile] {
            assert!(kinds.contains(&kind), "{kind:?}");
        }
        assert!(LONG.iter().all(|name| name.chars().count() >= 60));
    }

    #[test]
    fn about_five_in_a_thousand_names_are_hostile() {
        let world = world();
        let hostile = (0..20_000).filter(|&i| person_of(&world, 1, i).kind == Kind::Hostile).count();
        assert!((60..160).contains(&hostile), "{hostile}");
    }
}
