//! Fields of mapped things: jq, how moments are written, HTML; and what stands in the file itself.

use super::json::{Kind, Node};
use super::keys::{self, Keys};
use super::reader::Reader;
use super::scope::{self, Scope};
use crate::backend::Lookups;
use crate::plan::{Date, Expr, Field, Fields, Names, Shape};
use serde_json::{Map, Value};

/// The fields that a thing can have.
pub(super) type Known = &'static Keys;

/// Fields that are moments.
const MOMENTS: [&str; 9] = [
    "at",
    "created_at",
    "last_activity_at",
    "waiting_since",
    "window_ends_at",
    "snoozed_until",
    "last_message.at",
    "closing.at",
    "until",
];

impl Reader<'_> {
    pub(super) fn fields(
        &self,
        node: &Node,
        known: Known,
        required: &[&str],
        scope: &Scope,
    ) -> Option<Fields> {
        let object = self.object(node, known)?;
        for key in required.iter().filter(|key| object.get(key).is_none()) {
            self.missing(node, key, format!("`{key}`, which cannot be guessed"));
        }
        let known_entries = object.entries().filter(|(key, _)| known.keys.contains(&key.name.as_str()));
        let fields: Vec<_> = known_entries
            .map(|(key, node)| Some((key.name.clone(), self.mapped(&key.name, node, scope)?)))
            .collect();
        fields.into_iter().collect::<Option<_>>().map(Fields)
    }

    fn mapped(&self, name: &str, node: &Node, scope: &Scope) -> Option<Field> {
        if !matches!(node.kind, Kind::Object(_)) {
            let value = self.expr(node, scope)?;
            return Some(Field { value, date: Date::Guess, html: false });
        }
        let object = self.object(node, &keys::FIELD)?;
        let jq = self.needed(object, "jq", "the expression that finds the value");
        let value = jq.and_then(|jq| self.expr(jq, scope));
        let date = object.get("date");
        if let Some(date) = date.filter(|_| !MOMENTS.contains(&name)) {
            self.wrong(date, format!("no `date` here: `{name}` is no moment"), None);
        }
        let date = date.map_or(Some(Date::Guess), |date| self.date(date, object.get("offset")));
        Some(Field { value: value?, date: date?, html: self.flag(object.get("html")) })
    }

    fn date(&self, node: &Node, offset: Option<&Node>) -> Option<Date> {
        let format = self.text(node)?;
        let date = match format {
            "guess" => Date::Guess,
            "unix" => Date::Seconds,
            "unix_ms" => Date::Millis,
            _ => {
                let items = chrono::format::StrftimeItems::new(format);
                if !format.contains('%') || items.clone().any(|item| item == chrono::format::Item::Error) {
                    let hint = "a format is written like `%d/%m/%Y %H:%M`; ISO 8601 needs none";
                    self.wrong(node, "`guess`, `unix`, `unix_ms` or a format of dates", Some(hint));
                    return None;
                }
                return Some(Date::Format(
                    format.to_owned(),
                    offset.map_or(Some(None), |offset| self.offset(offset).map(Some))?,
                ));
            }
        };
        if let Some(offset) = offset {
            self.wrong(offset, "no `offset` where `date` is no format of its own", None);
        }
        Some(date)
    }

    /// `-05:00` in seconds.
    fn offset(&self, node: &Node) -> Option<i32> {
        let text = self.text(node)?;
        let seconds = text.parse::<chrono::FixedOffset>().ok().map(|offset| offset.local_minus_utc());
        if seconds.is_none() {
            self.wrong(node, "an offset from UTC such as `-05:00`", None);
        }
        seconds
    }

    /// Names and choices: each kind by a call, or as it stands in the file.
    pub(super) fn names(&self, node: &Node) -> Option<Names> {
        let object = self.object(node, &keys::NAMES)?;
        let mut names = Some(Names::default());
        for (key, node) in object.entries() {
            let (known, required): (Known, &[&str]) = match key.name.as_str() {
                "users" => (&keys::USER_FIELDS, &["id", "name"]),
                "teams" => (&keys::TEAM_FIELDS, &["id", "name"]),
                "tags" => (&keys::TAG_FIELDS, &["id", "name"]),
                "categories" => (&keys::CATEGORY_FIELDS, &["id", "name"]),
                "lines" => (&keys::LINE_FIELDS, &["id", "name"]),
                "campaigns" => (&keys::CAMPAIGN_FIELDS, &["id", "name"]),
                _ => continue,
            };
            if self.one_kind(&key.name, node, known, required, &mut names).is_none() {
                names = None;
            }
        }
        names
    }

    fn one_kind(
        &self,
        kind: &str,
        node: &Node,
        known: Known,
        required: &[&str],
        names: &mut Option<Names>,
    ) -> Option<()> {
        let object = self.object(node, &keys::NAME_SOURCE)?;
        if let Some(fixed) = object.get("fixed") {
            if let Some(other) = ["call", "items", "fields"].iter().find_map(|key| object.get(key)) {
                self.wrong(other, "nothing besides `fixed`", None);
            }
            let mut target = Lookups::default();
            self.fixed_kind(
                kind,
                fixed,
                known,
                required,
                names.as_mut().map_or(&mut target, |names| &mut names.fixed),
            );
            return Some(());
        }
        if object.get("call").is_none() {
            self.missing(node, "call", "`call`, or `fixed` with a list that stands in the file");
        }
        let source = self.source(object, known, required, &scope::names())?;
        if let Some(names) = names {
            names.sources.push((kind.to_owned(), source));
        }
        Some(())
    }

    fn fixed_kind(&self, kind: &str, node: &Node, known: Known, required: &[&str], into: &mut Lookups) {
        for item in self.list(node) {
            let Some(object) = self.object(item, known) else { continue };
            for key in required.iter().filter(|key| object.get(key).is_none()) {
                self.missing(item, key, format!("`{key}` of one of {kind}"));
            }
            let mut value = defaults(kind);
            for (key, node) in object.entries() {
                let id = ["id", "campaign", "team", "user", "parent"].contains(&key.name.as_str());
                let written = match (&node.kind, id) {
                    (Kind::Number(number), true) => Value::String(number.to_string()),
                    _ => node.value(),
                };
                value.insert(key.name.clone(), written);
            }
            let value = Value::Object(value);
            let read = match kind {
                "users" => serde_json::from_value(value).map(|one| into.users.push(one)),
                "teams" => serde_json::from_value(value).map(|one| into.teams.push(one)),
                "tags" => serde_json::from_value(value).map(|one| into.tags.push(one)),
                "categories" => serde_json::from_value(value).map(|one| into.categories.push(one)),
                "lines" => serde_json::from_value(value).map(|one| into.lines.push(one)),
                _ => serde_json::from_value(value).map(|one| into.campaigns.push(one)),
            };
            if let Err(error) = read {
                let complete = required.iter().all(|key| object.get(key).is_some());
                if complete {
                    self.wrong(item, format!("one of {kind} ({error})"), None);
                }
            }
        }
    }

    /// Fixed values as fields: who is signed in where the API cannot be asked.
    pub(super) fn fixed_fields(&self, node: &Node, known: Known, required: &[&str]) -> Option<Fields> {
        let object = self.object(node, known)?;
        for key in required.iter().filter(|key| object.get(key).is_none()) {
            self.missing(node, key, format!("`{key}`"));
        }
        let scope = scope::transport();
        let fields = object.entries().map(|(key, node)| {
            let value = self.constant(node, &scope)?;
            Some((key.name.clone(), Field { value, date: Date::Guess, html: false }))
        });
        fields.collect::<Vec<_>>().into_iter().collect::<Option<_>>().map(Fields)
    }

    /// A value that stands in the file, or one hole.
    fn constant(&self, node: &Node, scope: &Scope) -> Option<Expr> {
        match self.shape(node, scope)? {
            Shape::Hole(hole) => Some(hole),
            Shape::Fixed(value) => self.compile(node, &value.to_string(), 0, scope),
            Shape::List(_) if !node.value().to_string().contains("{{") => {
                self.compile(node, &node.value().to_string(), 0, scope)
            }
            _ => {
                self.wrong(node, "a value, or one hole `{{jq}}` and nothing besides", None);
                None
            }
        }
    }
}

/// What is supposed where a fixed one does not say.
fn defaults(kind: &str) -> Map<String, Value> {
    let value = match kind {
        "users" => serde_json::json!({
            "role": "agent", "teams": [], "campaigns": ["main"], "availability": "online", "active": true
        }),
        "teams" => serde_json::json!({"campaign": "main"}),
        "tags" => serde_json::json!({"color": "grey"}),
        "lines" => {
            serde_json::json!({"channel": "email", "campaign": "main", "team": null, "user": null, "bot": false})
        }
        _ => serde_json::json!({}),
    };
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
