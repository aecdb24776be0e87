//! What a filter's conditions are called: «Estado: Abiertas», «No etiqueta: VIP». Pure.

use super::date_span;
use super::words::words;
use crate::acting::names::{channel_word, priority_word, status_word};
use crate::i18n::{Locale, fill};
use bandeja_client::Lookups;
use bandeja_letters::capital;
use bandeja_model::filter::{Bound, Condition, Span};
use bandeja_model::{Channel, Filter, Group, Priority, Status, Timestamp};
use chrono::NaiveDate;

/// What names depend on.
pub struct Naming<'a> {
    /// People, teams, tags and the like.
    pub lookups: &'a Lookups,
    /// The language.
    pub locale: Locale,
    /// The moment.
    pub now: Timestamp,
    /// The installation's offset from UTC in seconds.
    pub offset_s: i32,
    /// How a day is written.
    pub day: &'a dyn Fn(NaiveDate) -> String,
}

/// The conditions of one field on one side, as one chip shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChipWords {
    /// The field's name on the wire.
    pub field: &'static str,
    /// They must not hold.
    pub negated: bool,
    /// What is asked: «Estado», «No etiqueta».
    pub key: String,
    /// What it must be, several joined by «o».
    pub value: String,
    /// The values on the wire.
    pub values: Vec<String>,
}

impl ChipWords {
    /// The whole condition in words.
    pub fn sentence(&self) -> String {
        format!("{}: {}", self.key, self.value)
    }

    /// Takes the chip's conditions out of a filter.
    pub fn remove_from(&self, filter: &mut Filter) {
        for value in &self.values {
            filter.remove(self.field, value);
        }
    }
}

/// The chips of a filter, fields in canonical order, without the text search: that stands in its field.
pub fn chips(filter: &Filter, naming: &Naming<'_>) -> Vec<ChipWords> {
    let mut chips: Vec<ChipWords> = Vec::new();
    for condition in filter.conditions().into_iter().filter(|condition| condition.field != "q") {
        add(&mut chips, condition, naming);
    }
    chips
}

fn add(chips: &mut Vec<ChipWords>, condition: Condition, naming: &Naming<'_>) {
    let Condition { field, value, negated } = condition;
    let word = value_word(field, &value, naming);
    let w = words(naming.locale);
    if let Some(chip) = chips.iter_mut().find(|chip| chip.field == field && chip.negated == negated) {
        chip.value = fill(w.or, &[&chip.value, &word]);
        chip.values.push(value);
        return;
    }
    let name = field_word(field, naming.locale);
    let key = if negated { fill(w.not, &[name]) } else { capital(name) };
    chips.push(ChipWords { field, negated, key, value: word, values: vec![value] });
}

/// The name of a field, in lower case.
pub fn field_word(field: &str, locale: Locale) -> &'static str {
    let w = words(locale);
    match field {
        "status" | "group" => w.field_status,
        "channel" => w.field_channel,
        "line" => w.field_line,
        "owner" => w.field_owner,
        "team" => w.field_team,
        "tag" => w.field_tag,
        "campaign" => w.field_campaign,
        "category" => w.field_category,
        "contact" => w.field_contact,
        "priority" => w.field_priority,
        "unread" => w.field_unread,
        "window" => w.field_window,
        "archived" => w.field_archived,
        "snoozed" => w.field_snoozed,
        "mentioned" => w.field_mentioned,
        "activity" => w.field_activity,
        "created" => w.field_created,
        "closed" => w.field_closed,
        _ => w.field_q,
    }
}

/// What a value is called.
pub fn value_word(field: &str, value: &str, naming: &Naming<'_>) -> String {
    let Naming { lookups, locale, .. } = *naming;
    let w = words(locale);
    // Until the names have come, nobody is unknown yet.
    let none = if lookups.loaded { w.unknown } else { "…" };
    let named = |name: Option<&String>| name.cloned().unwrap_or_else(|| none.to_owned());
    let fixed = match (field, value) {
        ("owner", "me") => Some(w.me),
        ("owner", "none") => Some(w.nobody),
        ("owner", "any") => Some(w.anybody),
        ("team", "mine") => Some(w.mine),
        ("team", "none") => Some(w.no_team),
        ("unread", "yes") => Some(w.unread),
        ("unread", _) => Some(w.read),
        ("window", "open") => Some(w.window_open),
        ("window", _) => Some(w.window_closed),
        ("archived", "yes") => Some(w.archived),
        ("archived", _) => Some(w.not_archived),
        ("snoozed", "yes") => Some(w.snoozed),
        ("snoozed", _) => Some(w.awake),
        ("mentioned", "yes") => Some(w.mentioned),
        ("mentioned", _) => Some(w.not_mentioned),
        ("contact", _) => Some(w.this_contact),
        ("group", code) => Group::from_code(code).map(|group| group_word(group, locale)),
        ("status", code) => Status::from_code(code).map(|status| status_word(status, locale)),
        ("channel", code) => Channel::from_code(code).map(|channel| channel_word(channel, locale)),
        ("priority", code) => Priority::from_code(code).map(|priority| priority_word(priority, locale)),
        _ => None,
    };
    if let Some(word) = fixed {
        return word.to_owned();
    }
    match field {
        "owner" => named(lookups.user(&value.into()).map(|user| &user.name)),
        "team" => named(lookups.team(&value.into()).map(|team| &team.name)),
        "tag" => named(lookups.tag(&value.into()).map(|tag| &tag.name)),
        "line" => named(lookups.line(&value.into()).map(|line| &line.name)),
        "campaign" => named(lookups.campaign(&value.into()).map(|campaign| &campaign.name)),
        "category" => named(lookups.category(&value.into()).map(|category| &category.name)),
        "activity" | "created" | "closed" => span_word(value, naming),
        _ => value.to_owned(),
    }
}

/// The name of a group of states.
pub fn group_word(group: Group, locale: Locale) -> &'static str {
    let w = words(locale);
    match group {
        Group::Open => w.group_open,
        Group::New => w.group_new,
        Group::InProgress => w.group_in_progress,
        Group::Ended => w.group_ended,
    }
}

fn span_word(value: &str, naming: &Naming<'_>) -> String {
    let Some(span) = read_span(value) else { return value.to_owned() };
    let today = date_span::today(naming.now, naming.offset_s);
    date_span::name(span, today, naming.offset_s, naming.locale, naming.day)
}

/// Reads a span as it stands on the wire, through the filter's own grammar.
pub fn read_span(value: &str) -> Option<Span> {
    let mut filter = Filter::default();
    filter.add("activity", value).ok()?;
    filter.activity.any.first().copied()
}

/// Writes a span as it stands on the wire.
pub fn write_span(span: Span) -> String {
    let mut filter = Filter::default();
    filter.activity.add(span, false);
    filter.conditions().into_iter().next().map(|condition| condition.value).unwrap_or_default()
}

/// The days of a span, for the fields in which it is edited: the first and the last one inside.
pub fn days_of(span: Span) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let day = |bound: Bound| match bound {
        Bound::Day(day) => Some(day),
        Bound::Moment(_) => None,
    };
    (span.from.and_then(day), span.to.and_then(day).and_then(|day| day.pred_opt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &str) -> Vec<String> {
        let filter = Filter::parse(query).unwrap();
        let naming = Naming {
            lookups: &Lookups { loaded: true, ..Lookups::default() },
            locale: Locale::Es,
            now: "2025-11-22T15:00:00Z".parse().unwrap(),
            offset_s: 0,
            day: &|day| day.format("%d/%m").to_string(),
        };
        chips(&filter, &naming).iter().map(ChipWords::sentence).collect()
    }

    #[test]
    fn each_field_is_one_chip_and_its_values_are_joined_by_or() {
        assert_eq!(
            told("channel=whatsapp&channel=email&group=open"),
            ["Canal: WhatsApp o Correo", "Estado: Abiertas"]
        );
    }

    #[test]
    fn what_must_not_hold_says_so_in_words() {
        assert_eq!(told("-owner=none"), ["No responsable: Sin asignar"]);
    }

    #[test]
    fn text_search_is_no_chip() {
        assert_eq!(told("q=factura"), Vec::<String>::new());
    }

    #[test]
    fn somebody_who_is_gone_is_unknown_and_can_still_be_taken_away() {
        assert_eq!(told("owner=77"), ["Responsable: desconocido"]);
    }

    #[test]
    fn days_are_named() {
        assert_eq!(told("created=2025-11-22.."), ["Creada: Hoy"]);
        assert_eq!(told("closed=2025-10-01..2025-10-04"), ["Cerrada: 01/10 – 03/10"]);
    }

    #[test]
    fn taking_a_chip_away_takes_all_its_values() {
        let mut filter = Filter::parse("channel=sms&channel=email&-channel=telegram").unwrap();
        let naming = Naming {
            lookups: &Lookups::default(),
            locale: Locale::Es,
            now: Timestamp::default(),
            offset_s: 0,
            day: &|day| day.to_string(),
        };
        chips(&filter, &naming)[0].remove_from(&mut filter);
        assert_eq!(filter.to_query(), "-channel=telegram");
    }

    #[test]
    fn a_span_survives_being_written_and_read() {
        let span = read_span("2025-10-01..").unwrap();
        assert_eq!(read_span(&write_span(span)), Some(span));
        assert_eq!(read_span("nonsense"), None);
    }
}
