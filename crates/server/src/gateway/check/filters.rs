//! Filters and the search: whether the API applies them, to one value and to two.

use super::Bench;
use super::reading::viewer;
use super::report::Report;
use bandeja_connector::backend::{Lookups, Row, Rows};
use bandeja_contract::SessionUser;
use bandeja_model::{Conversation, Filter, Sort};
use std::collections::BTreeSet;

/// A word that stands nowhere.
const NONSENSE: &str = "zqxjkvwpyq";
/// Fields of which a conversation has one value, so that numbers of two values add up.
const SINGLE: [&str; 8] = ["status", "owner", "team", "line", "campaign", "contact", "priority", "channel"];

/// A value to try, and whether a row of the list has it.
struct Try {
    value: String,
    is_there: bool,
}

impl Bench {
    /// Tries each field of the filter that the file hands to the API.
    pub(super) async fn try_filters(
        &self,
        report: &mut Report,
        user: Option<&SessionUser>,
        all: &Rows,
        lookups: &Lookups,
    ) {
        for field in self.backend.abilities().filters_there.clone() {
            let tries = self.values_of(&field, &all.items, lookups);
            if tries.is_empty() {
                let why = "no row has a value of it, and the file names none to try it with";
                report.not_tried(format!("filter {field}"), why);
            }
            let mut found = Vec::new();
            for one in &tries {
                found.push(self.try_value(report, &field, one, user).await);
            }
            if let ([one, other, ..], [Some(a), Some(b), ..]) = (tries.as_slice(), found.as_slice()) {
                self.try_two(report, &field, [one, other], [a, b], user).await;
            }
            if field == "q" {
                self.try_nonsense(report, all).await;
            }
        }
    }

    /// One value; gives the rows if there is no doubt about them.
    async fn try_value(
        &self,
        report: &mut Report,
        field: &str,
        one: &Try,
        user: Option<&SessionUser>,
    ) -> Option<Rows> {
        let mut filter = Filter::default();
        filter.add(field, &one.value).ok()?;
        let operation = format!("filter {field}={}", one.value);
        let place = self.at(&format!("/filters/{field}"));
        let rows = match self.list(filter.clone(), Sort::default(), None).await {
            Ok(rows) => rows,
            Err(fault) => {
                report.fails(operation, &fault, place.as_ref());
                return None;
            }
        };
        let wrong = strangers(&filter, &rows, user);
        let said = if wrong > 0 {
            format!(
                "{wrong} of {} rows do not match: the API ignores it, or the field is mapped otherwise",
                rows.items.len()
            )
        } else if one.is_there && rows.items.is_empty() && rows.bad.is_empty() && field != "q" {
            "no rows, though the list has one with that value: does the API want another word for it?"
                .to_owned()
        } else {
            report.works(operation, format!("{} rows", rows.items.len()));
            return Some(rows);
        };
        report.doubtful(operation, said, place.as_ref());
        None
    }

    /// Two values at a time: either has to come.
    async fn try_two(
        &self,
        report: &mut Report,
        field: &str,
        tries: [&Try; 2],
        alone: [&Rows; 2],
        user: Option<&SessionUser>,
    ) {
        let mut both = Filter::default();
        if tries.iter().any(|one| both.add(field, &one.value).is_err()) {
            return;
        }
        let [a, b] = tries;
        let operation = format!("filter {field}={} or {}", a.value, b.value);
        let place = self.at(&format!("/filters/{field}"));
        let rows = match self.list(both.clone(), Sort::default(), None).await {
            Ok(rows) => rows,
            Err(fault) => return report.fails(operation, &fault, place.as_ref()),
        };
        if !rows.left.is_empty() {
            return report.not_tried(operation, "two values at a time are applied to loaded rows");
        }
        let lacks = |one: &Try, alone: &Rows| {
            let filter = Filter::default();
            let is_alone = !alone.items.is_empty() && rows.next.is_none();
            is_alone
                && user.is_some_and(|user| {
                    let mut filter = filter;
                    let known = filter.add(field, &one.value).is_ok();
                    known && !rows.items.iter().any(|row| filter.matches(&row.conversation, &viewer(user)))
                })
        };
        let adds_up = match (alone.map(|rows| rows.total), rows.total) {
            ([Some(a), Some(b)], Some(both)) if SINGLE.contains(&field) => a + b == both,
            _ => true,
        };
        let is_wrong = strangers(&both, &rows, user) > 0 || !adds_up;
        let [one, other] = alone;
        if is_wrong || lacks(a, one) || lacks(b, other) {
            let said = format!(
                "{} rows, with one value {} and with the other {}: how does the API want several values? \
                 `transport.arrays`, or `join(\",\")` in the filter; `only` or `each` if it takes one",
                count(&rows),
                count(one),
                count(other)
            );
            report.doubtful(operation, said, place.as_ref());
        } else {
            report.works(operation, format!("{} rows", rows.items.len()));
        }
    }

    /// A search for what nobody wrote.
    async fn try_nonsense(&self, report: &mut Report, all: &Rows) {
        let mut filter = Filter::default();
        if filter.add("q", NONSENSE).is_err() {
            return;
        }
        let operation = format!("search for {NONSENSE}");
        let place = self.at("/filters/q");
        match self.list(filter, Sort::default(), None).await {
            Ok(rows) if !rows.left.is_empty() => {
                report.not_tried(operation, "it is applied to loaded rows");
            }
            Ok(rows) if !rows.items.is_empty() && ids(&rows) == ids(all) => {
                let said = "a word that stands nowhere finds the same rows as no search: the API ignores it";
                report.doubtful(operation, said, place.as_ref());
            }
            Ok(rows) => drop(report.works(operation, format!("{} rows", rows.items.len()))),
            Err(fault) => report.fails(operation, &fault, place.as_ref()),
        }
    }

    /// Values to try a field with: those of rows, else names of the file, else what always makes sense.
    fn values_of(&self, field: &str, rows: &[Row], lookups: &Lookups) -> Vec<Try> {
        let maps = |name: &str| self.plan.conversation.0.iter().any(|(known, _)| known == name);
        let of = |value: &dyn Fn(&Conversation) -> Vec<String>| {
            let mut all = Vec::new();
            for found in rows.iter().flat_map(|row| value(&row.conversation)) {
                if !all.contains(&found) {
                    all.push(found);
                }
            }
            all
        };
        let one = |id: Option<String>| id.into_iter().collect::<Vec<_>>();
        let there = match field {
            "status" => of(&|c| vec![c.status.code().to_owned()]),
            "priority" => of(&|c| vec![c.priority.code().to_owned()]),
            "owner" => of(&|c| one(c.owner.as_ref().map(ToString::to_string))),
            "team" => of(&|c| one(c.team.as_ref().map(ToString::to_string))),
            "tag" => of(&|c| c.tags.iter().map(ToString::to_string).collect()),
            "category" => {
                of(&|c| one(c.closing.as_ref().and_then(|c| c.category_id.as_ref()).map(ToString::to_string)))
            }
            "contact" if maps("contact.id") || maps("contact") => of(&|c| vec![c.contact.id.to_string()]),
            "line" if maps("line") => of(&|c| vec![c.line.to_string()]),
            "campaign" if maps("campaign") => of(&|c| vec![c.campaign.to_string()]),
            "channel" if maps("channel") => of(&|c| vec![c.channel.code().to_owned()]),
            "created" if maps("created_at") => middle(rows, |c| c.created_at),
            "activity" if maps("last_activity_at") => middle(rows, |c| c.last_activity_at),
            "q" => of(&|c| one(word(&c.contact.name))),
            _ => Vec::new(),
        };
        let most = if field == "q" { 1 } else { 2 };
        let mut tries: Vec<Try> =
            there.into_iter().take(most).map(|value| Try { value, is_there: true }).collect();
        let named = match field {
            "tag" => lookups.tags.first().map(|tag| tag.id.to_string()),
            "category" => lookups.categories.first().map(|category| category.id.to_string()),
            "team" => lookups.teams.first().map(|team| team.id.to_string()),
            "line" if maps("line") => lookups.lines.first().map(|line| line.id.to_string()),
            "campaign" if maps("campaign") => {
                lookups.campaigns.first().map(|campaign| campaign.id.to_string())
            }
            _ => None,
        };
        let fallback = named.or_else(|| sample(field).map(str::to_owned));
        if let Some(value) = fallback.filter(|_| tries.is_empty()) {
            tries.push(Try { value, is_there: false });
        }
        tries
    }
}

fn count(rows: &Rows) -> u64 {
    rows.total.unwrap_or(rows.items.len() as u64)
}

fn ids(rows: &Rows) -> BTreeSet<&str> {
    rows.items.iter().map(|row| row.conversation.id.as_str()).collect()
}

/// Rows that do not match, where the model can tell.
fn strangers(filter: &Filter, rows: &Rows, user: Option<&SessionUser>) -> usize {
    let judged = user.filter(|_| filter.q.is_none() && rows.left.is_empty());
    judged.map_or(0, |user| {
        let viewer = viewer(user);
        rows.items.iter().filter(|row| !filter.matches(&row.conversation, &viewer)).count()
    })
}

/// From the day of the row in the middle on: some match, some do not.
fn middle(rows: &[Row], at: impl Fn(&Conversation) -> bandeja_model::Timestamp) -> Vec<String> {
    let mut all: Vec<_> = rows.iter().map(|row| at(&row.conversation)).collect();
    all.sort_unstable();
    all.get(all.len() / 2).map(|at| format!("{}..", at.format("%Y-%m-%d"))).into_iter().collect()
}

/// A word of a name that a search can be tried with.
fn word(name: &str) -> Option<String> {
    name.split(|c: char| !c.is_alphanumeric()).find(|word| word.chars().count() >= 3).map(str::to_owned)
}

/// A value that makes sense everywhere.
fn sample(field: &str) -> Option<&'static str> {
    Some(match field {
        "status" => "closed",
        "group" => "open",
        "owner" | "team" => "none",
        "q" => "a",
        "priority" => "high",
        "unread" | "archived" | "snoozed" | "mentioned" => "yes",
        "channel" => "email",
        "view" => "mine",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_is_a_value_of_its_field() {
        let fields = "status group owner team q priority unread archived snoozed mentioned channel view";
        for field in fields.split(' ') {
            let value = sample(field).unwrap();
            assert_eq!(Filter::default().add(field, value), Ok(()), "{field}={value}");
        }
    }
}
