//! Fills a thread with words: texts, notes, signatures, delivery states, and the closing records.
//! Takes steps and moments as they are and changes neither.

use super::episode::{Course, Step, What};
use super::names::HOSTILE;
use super::people::Kind;
use super::plan::Ending;
use super::rng::Rng;
use super::shape::{Language, SeedAuthor, SeedClosing, SeedContent, SeedEpisode, SeedEvent, SeedMessage};
use super::slots::Slots;
use super::thread::{Maker, Past};
use super::world::NO_ANSWER;
use bandeja_model::{Channel, ClosingSource, Delivery};

/// From here on one stream for each episode, so that thread and closing record speak of one order.
const EPISODE: u64 = 100;

impl Maker<'_> {
    /// The entries of the thread.
    pub(super) fn render(&self, steps: &[Step], moments: &[i64], rng: &mut Rng) -> Vec<SeedMessage> {
        let mut messages = Vec::with_capacity(steps.len());
        let mut slots: Option<(usize, i64, Slots)> = None;
        for (position, (step, &at)) in steps.iter().zip(moments).enumerate() {
            if slots.as_ref().is_none_or(|(episode, _, _)| *episode != step.episode) {
                slots = self.slots(step.episode).map(|slots| (step.episode, at, slots));
            }
            let Some((_, opened, slots)) = &slots else { continue };
            let content = match &step.what {
                What::Event(event) => SeedContent::Event(event.clone()),
                What::Note(text) => self.note(step, slots.fill(text, *opened, at, rng)),
                What::Menu(menu) => {
                    SeedContent::Text { body: menu.text(), delivery: self.delivery(steps, position, rng) }
                }
                What::Text(text) => {
                    let body = self.dressed(step.author, slots.fill(text, *opened, at, rng));
                    SeedContent::Text { body, delivery: self.delivery(steps, position, rng) }
                }
            };
            messages.push(SeedMessage { at, author: step.author, content });
        }
        self.spice(&mut messages, rng);
        messages
    }

    fn slots(&self, episode: usize) -> Option<Slots<'_>> {
        let past = self.past.get(episode)?;
        let agent = past.author.map_or("Casa Nogal", |user| self.world.first_name(user));
        let mate = self.mate(episode).map_or("equipo", |user| self.world.first_name(user));
        let purpose = EPISODE + u64::try_from(episode).unwrap_or(0);
        let mut rng = Rng::stream(self.options.seed, self.index, purpose);
        Some(Slots::draw(self.person, self.wording, past.script, (agent, mate), &mut rng))
    }

    /// The colleague notes ask: always the same for one owner, so that mention and name agree.
    fn mate(&self, episode: usize) -> Option<usize> {
        let owner = self.past.get(episode).and_then(|past| past.author);
        let members = self.world.teams.get(self.plan.team).map_or(&[][..], |team| &team.members);
        members
            .iter()
            .copied()
            .find(|&user| Some(user) != owner && self.world.users.get(user).is_some_and(|found| found.active))
    }

    fn note(&self, step: &Step, body: String) -> SeedContent {
        let mentions =
            if body.contains('@') { self.mate(step.episode).into_iter().collect() } else { Vec::new() };
        SeedContent::Note { body, mentions }
    }

    /// On mail, paragraphs and a signature.
    fn dressed(&self, author: SeedAuthor, body: String) -> String {
        if self.plan.line.channel != Channel::Email {
            return body;
        }
        let parts = body.replace('|', ".\n\n");
        let regards = match self.person.contact.language {
            Language::Es => "Saludos",
            Language::Pt => "Abraço",
            Language::En => "Best regards",
        };
        match (author, self.person.contact.company) {
            (SeedAuthor::User(user), _) => {
                format!("{parts}\n\n{regards},\n{}\nCasa Nogal", self.world.first_name(user))
            }
            (SeedAuthor::Contact, Some(company)) => {
                format!("{parts}\n\n{regards},\n{}\n{company}", self.person.first)
            }
            (SeedAuthor::Contact, None) => format!("{parts}\n\n{}", self.person.first),
            _ => parts,
        }
    }

    /// How far an outgoing message got: seen, if the contact wrote after it.
    fn delivery(&self, steps: &[Step], position: usize, rng: &mut Rng) -> Option<Delivery> {
        let outgoing = steps.get(position).is_some_and(|step| step.author != SeedAuthor::Contact);
        if !outgoing {
            return None;
        }
        if matches!(self.plan.line.channel, Channel::Email | Channel::Sms) {
            return Some(Delivery::Delivered);
        }
        // Looking a little ahead is enough.
        let mut ahead = steps.iter().skip(position + 1).take(12);
        if ahead.any(|step| step.author == SeedAuthor::Contact) {
            return Some(Delivery::Read);
        }
        Some(match rng.below(100) {
            0..52 => Delivery::Read,
            52..84 => Delivery::Delivered,
            84..97 => Delivery::Sent,
            _ => Delivery::Failed,
        })
    }

    /// Hostile contacts write what they are called like; some write from right to left.
    fn spice(&self, messages: &mut [SeedMessage], rng: &mut Rng) {
        let hello = match self.person.kind {
            Kind::Arabic => "مرحبا، ",
            Kind::Hebrew => "שלום, ",
            _ => "",
        };
        let hostile = self.person.kind == Kind::Hostile;
        let mut theirs: Vec<&mut String> = messages
            .iter_mut()
            .filter(|message| message.author == SeedAuthor::Contact)
            .filter_map(|message| match &mut message.content {
                SeedContent::Text { body, .. } => Some(body),
                _ => None,
            })
            .collect();
        if let (Some(first), false) = (theirs.first_mut(), hello.is_empty()) {
            first.insert_str(0, hello);
        }
        if let (Some(last), true) = (theirs.last_mut(), hostile) {
            rng.pick(HOSTILE).clone_into(last);
        }
    }

    /// The episodes with their records.
    pub(super) fn episodes(
        &self,
        messages: &[SeedMessage],
        steps: &[Step],
        moments: &[i64],
        rng: &mut Rng,
    ) -> Vec<SeedEpisode> {
        let mut made = Vec::with_capacity(self.past.len());
        for (position, past) in self.past.iter().enumerate() {
            let own =
                || steps.iter().zip(moments).zip(messages).filter(|((step, _), _)| step.episode == position);
            let Some(opened_at) = own().next().map(|((_, at), _)| *at) else { continue };
            let ends = |what: &What| {
                matches!(what, What::Event(SeedEvent::Closed { .. } | SeedEvent::Cancelled { .. }))
            };
            let ended_at = own().find(|((step, _), _)| ends(&step.what)).map(|((_, at), _)| *at);
            let answer = |message: &SeedMessage| {
                matches!(message.author, SeedAuthor::User(_))
                    && matches!(message.content, SeedContent::Text { .. })
            };
            let first_response_at = own().find(|(_, message)| answer(message)).map(|(_, message)| message.at);
            let closing = past.ending.and_then(|ending| self.closing(position, past, ending, opened_at, rng));
            made.push(SeedEpisode { opened_at, first_response_at, ended_at, owner: past.after, closing });
        }
        made
    }

    fn closing(
        &self,
        episode: usize,
        past: &Past,
        ending: Ending,
        opened: i64,
        rng: &mut Rng,
    ) -> Option<SeedClosing> {
        let words = self.wording;
        let silent = ending.source == ClosingSource::Inactivity || past.course == Course::Silent;
        let texts = match ending.source {
            _ if ending.cancelled => words.cancel_notes,
            ClosingSource::Bot => words.bot_notes,
            ClosingSource::Rule => words.rule_notes,
            ClosingSource::Inactivity => words.idle_notes,
            ClosingSource::User if silent => words.silent_notes,
            ClosingSource::User => past.script.done,
        };
        let slots = self.slots(episode)?;
        let description = slots.fill(rng.pick(texts), opened, opened, rng);
        let (category, subcategories) = if silent || ending.cancelled {
            (NO_ANSWER, silent_subcategories(ending))
        } else {
            past.script.topic.category()
        };
        let category = (ending.cancelled || rng.chance(880)).then_some(category);
        let subcategory = category.filter(|_| rng.chance(760)).map(|_| rng.pick(subcategories));
        let through = past.course == Course::Through && rng.chance(170);
        let summary =
            if through { slots.fill(rng.pick(words.summaries), opened, opened, rng) } else { String::new() };
        Some(SeedClosing {
            source: ending.source,
            cancelled: ending.cancelled,
            by: past.by,
            description,
            category,
            subcategory,
            summary,
            transfer_to: past.transfer,
        })
    }
}

const fn silent_subcategories(ending: Ending) -> &'static [usize] {
    if ending.cancelled { &[1, 2] } else { &[0] }
}
