//! What can only be seen in the whole file: secrets, parts that need other parts, maps.

use super::json::{Kind, Node, below};
use super::keys;
use super::reader::{Object, Reader};
use crate::plan::language::{Library, Table, Tables};
use crate::plan::{Piece, Var};
use bandeja_model::Status;
use serde_json::Value;

/// Beginnings by which well-known services mark their tokens.
const MARKS: [&str; 12] =
    ["eyJ", "sk_", "sk-", "pk_live", "ghp_", "gho_", "glpat-", "xoxb-", "xoxp-", "AKIA", "AIza", "SG."];

/// Whether any hole uses that variable.
pub(super) fn pieces_use(pieces: &[Piece], var: Var) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Hole(hole) if hole.uses(var)))
}

/// A word that can hardly be anything but a token or a key.
fn like_a_token(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let dashes = word.bytes().filter(|byte| *byte == b'-').count();
    let marked = word.len() >= 16 && MARKS.iter().any(|mark| word.starts_with(mark)) && digits > 0;
    // A UUID names things at least as often as it opens them.
    let uuid = word.len() == 36 && dashes == 4;
    marked || (word.len() >= 24 && digits >= 4 && letters >= 4 && dashes < 3 && !uuid)
}

impl Reader<'_> {
    /// Tokens and passwords that were written into the file.
    pub(super) fn no_secrets(&self, node: &Node) {
        match &node.kind {
            Kind::Text(text) => {
                let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "_-.".contains(c)));
                // What is not to be written down is not repeated in a message either.
                if words.into_iter().any(like_a_token) {
                    let hint = "give it to the host, and write `{{$secret.NAME}}` in `auth`; whoever sees the file sees what is in it";
                    let expected = "no token, key or password in the file";
                    self.wrong_at(
                        node.at,
                        &node.pointer,
                        "a text that looks like a secret",
                        expected,
                        Some(hint.to_owned()),
                    );
                }
            }
            Kind::List(items) => items.iter().for_each(|item| self.no_secrets(item)),
            Kind::Object(entries) => entries
                .iter()
                .filter(|(key, _)| !["$schema", "$comment", "about", "define"].contains(&key.name.as_str()))
                .for_each(|(_, node)| self.no_secrets(node)),
            _ => {}
        }
    }

    /// Headers that carry secrets belong into `auth`.
    pub(super) fn no_secret_headers(&self, transport: Object<'_>) {
        for part in ["headers", "query"] {
            let Some(Node { kind: Kind::Object(entries), .. }) = transport.get(part) else { continue };
            for (key, node) in entries {
                let name = key.name.to_lowercase().replace(['-', '_'], "");
                let telling =
                    ["authorization", "apikey", "accesstoken", "apiaccesstoken", "authtoken", "password"];
                if telling.iter().any(|known| name.ends_with(known)) {
                    let kind = if part == "headers" { "header" } else { "query" };
                    let hint = format!(
                        "`\"auth\": {{\"{kind}\": {{\"name\": {:?}, \"value\": \"{{{{$secret.token}}}}\"}}}}`",
                        key.name
                    );
                    self.wrong_at(
                        node.at,
                        &node.pointer,
                        format!("`{}` in `transport`", key.name),
                        "it in `auth`",
                        Some(hint),
                    );
                }
            }
        }
    }

    /// Settings that are secrets.
    pub(super) fn no_secret_settings(&self, settings: Object<'_>) {
        for (key, node) in settings.entries() {
            let name = key.name.to_lowercase();
            if ["token", "password", "secret", "api_key", "apikey"].iter().any(|word| name.contains(word)) {
                let hint =
                    format!("use `{{{{$secret.{}}}}}` in `auth`; secrets need no declaration", key.name);
                self.wrong_at(
                    key.at,
                    &node.pointer,
                    format!("the setting `{}`", key.name),
                    "a setting that is no secret",
                    Some(hint),
                );
            }
        }
    }

    /// Definitions that nobody calls are compiled all the same, so that what is wrong in them is said.
    pub(super) fn definitions(&self, library: &Library<'_>) {
        for (name, arguments) in library.own_definitions() {
            let arguments = vec!["."; arguments].join("; ");
            let call = if arguments.is_empty() { name.to_owned() } else { format!("{name}({arguments})") };
            let Err(wrong) = library.compile(&call, &Var::ALL) else { continue };
            for wrong in wrong.into_iter().filter(|wrong| wrong.in_define) {
                let Some((at, pointer)) = self.in_define(wrong.at) else { continue };
                self.wrong_at(at, &pointer, format!("{} in jq", wrong.found), wrong.expected, wrong.hint);
            }
        }
    }

    /// `maps`, with the values of those whose name says what they must be.
    pub(super) fn maps(&self, node: Option<&Node>) -> Tables {
        let mut tables = Tables::new();
        let Some(object) = node.and_then(|node| self.map(node)) else { return tables };
        for (key, node) in object.entries() {
            let good = key.name.starts_with(|first: char| first.is_ascii_lowercase())
                && key
                    .name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
            if !good {
                let hint = "its functions are `from_NAME`, `to_NAME` and `all_NAME`".to_owned();
                let expected = "a name of small letters, digits and `_`";
                self.wrong_at(
                    key.at,
                    &node.pointer,
                    format!("the map's name {:?}", key.name),
                    expected,
                    Some(hint),
                );
                continue;
            }
            let Some(map) = self.map(node) else { continue };
            let mut table = Table::default();
            for (foreign, ours) in map.entries() {
                self.map_value(&key.name, ours);
                if foreign.name == "*" {
                    table.other = Some(ours.value());
                } else {
                    table.pairs.push((foreign.name.clone(), ours.value()));
                }
            }
            tables.insert(key.name.clone(), table);
        }
        tables
    }

    fn map_value(&self, map: &str, node: &Node) {
        let value = node.value();
        if matches!(value, Value::Array(_) | Value::Object(_)) {
            self.wrong(node, "a text, a number, true, false or null", None);
            return;
        }
        let words: Vec<&str> = match map {
            "status" => Status::ALL.iter().map(|status| status.code()).collect(),
            "priority" => bandeja_model::Priority::ALL.iter().map(|priority| priority.code()).collect(),
            "channel" => bandeja_model::Channel::ALL.iter().map(|channel| channel.code()).collect(),
            _ => return,
        };
        if !value.as_str().is_some_and(|text| words.contains(&text)) {
            let hint = "a map goes from the foreign value to ours: `{\"theirs\": \"ours\"}`";
            let near = value
                .as_str()
                .map(|text| crate::plan::language::near(text, words.iter().copied()))
                .unwrap_or_default();
            let hint = near.strip_prefix("; ").unwrap_or(hint);
            self.wrong(node, format!("one of {}", super::reader::listed(&words)), Some(hint));
        }
    }

    /// Parts that are of no use without another part.
    pub(super) fn parts_that_need_others(&self, file: Object<'_>) {
        let has = |part: &str, key: &str| {
            file.get(part).is_some_and(|node| matches!(&node.kind, Kind::Object(entries) if entries.iter().any(|(known, _)| known.name == key)))
        };
        let root = file.node;
        let needs = |there: bool, pointer: String, what: &str, expected: String| {
            if !there {
                let at = find(root, &pointer).map_or(root.at, |node| node.at);
                self.wrong_at(at, &pointer, what, expected, None);
            }
        };
        if has("acts", "assign") {
            let there = has("names", "users") || has("names", "teams");
            needs(
                there,
                "/acts/assign".into(),
                "`assign` without anybody to choose",
                "`names.users` or `names.teams`".into(),
            );
        }
        if has("acts", "tags") {
            needs(
                has("names", "tags"),
                "/acts/tags".into(),
                "`tags` without tags to choose",
                "`names.tags`".into(),
            );
        }
        for act in keys::ACTS.keys.iter().filter(|act| has("bulk", act)) {
            let expected = format!("`acts.{act}` too: one conversation is changed by it");
            needs(has("acts", act), format!("/bulk/{act}"), "an act for many only", expected);
        }
        for act in keys::ACTS.keys.iter().filter(|act| has("off", act)) {
            let expected = format!("`{act}` either in `acts` or in `off`");
            needs(
                !has("acts", act),
                format!("/off/{act}"),
                "a reason why something is off that is there",
                expected,
            );
        }
        for form in ["close", "cancel"].into_iter().filter(|form| has("forms", form)) {
            let pointer = format!("/forms/{form}");
            let expected = format!("`acts.{form}` too");
            needs(has("acts", form), pointer.clone(), "a form for an act that is not there", expected);
            let category = find(root, &below(&pointer, "category")).map(Node::value);
            if category.is_some_and(|mode| mode != "off") {
                let what = "a category to choose from none";
                needs(
                    has("names", "categories"),
                    below(&pointer, "category"),
                    what,
                    "`names.categories`".into(),
                );
            }
        }
        if has("acts", "unread") && !has("acts", "read") {
            needs(false, "/acts/unread".into(), "`unread` without `read`", "`acts.read` too".into());
        }
    }
}

/// The node at a pointer.
fn find<'n>(root: &'n Node, pointer: &str) -> Option<&'n Node> {
    pointer.split('/').skip(1).try_fold(root, |node, part| match &node.kind {
        Kind::Object(entries) => entries.iter().find(|(key, _)| key.name == part).map(|(_, node)| node),
        _ => None,
    })
}
