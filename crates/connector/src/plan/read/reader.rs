//! Reading values of a file, and writing down every mistake with its place.

use super::json::{self, Kind, Node};
use super::keys::{self, Keys};
use super::mistake::Mistake;
use super::scope::Scope;
use crate::carried::Carried;
use crate::plan::language::{Library, UNKNOWN, Wrong, near};
use crate::plan::{Expr, Place, Var};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// A file being read. Whatever gives `None` has written down why.
pub(super) struct Reader<'s> {
    pub(super) file: &'s str,
    pub(super) source: &'s str,
    pub(super) library: &'s Library<'s>,
    /// The texts of `define`, each with the byte at which its node stands and where it begins in the whole.
    pub(super) define: Vec<(&'s Node, usize)>,
    /// `define` could be read: what is called and not known does not exist.
    pub(super) defined: bool,
    pub(super) settings: BTreeSet<String>,
    /// Names of secrets that were met.
    pub(super) secrets: RefCell<BTreeSet<String>>,
    /// Variables that were met.
    pub(super) uses: RefCell<BTreeSet<Var>>,
    /// What of `$args` was used since [`Reader::carrying`] began.
    pub(super) carried: RefCell<Carried>,
    pub(super) mistakes: RefCell<Vec<Mistake>>,
}

/// Something is wrong, and has been written down.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted;

/// An object whose keys are known.
#[derive(Clone, Copy)]
pub(super) struct Object<'n> {
    pub(super) node: &'n Node,
    entries: &'n [(json::Key, Node)],
}

impl<'n> Object<'n> {
    /// The value of a key, if it is there.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().rev().find(|(known, _)| known.name == key).map(|(_, node)| node)
    }

    /// All entries but comments.
    pub(super) fn entries(&self) -> impl Iterator<Item = &'n (json::Key, Node)> + use<'n> {
        self.entries.iter().filter(|(key, _)| key.name != "$comment")
    }
}

impl Reader<'_> {
    /// Writes down a mistake at a byte of the file.
    pub(super) fn wrong_at(
        &self,
        at: usize,
        pointer: &str,
        found: impl Into<String>,
        expected: impl Into<String>,
        hint: Option<String>,
    ) {
        let (line, column) = json::line_and_column(self.source, at);
        self.mistakes.borrow_mut().push(Mistake {
            file: self.file.to_owned(),
            place: Place { line, column, pointer: pointer.to_owned() },
            found: found.into(),
            expected: expected.into(),
            hint,
        });
    }

    /// A value is something else than expected.
    pub(super) fn wrong(&self, node: &Node, expected: impl Into<String>, hint: Option<&str>) {
        self.wrong_at(node.at, &node.pointer, node.shown(), expected, hint.map(str::to_owned));
    }

    /// Something is not there.
    pub(super) fn missing(&self, node: &Node, key: &str, expected: impl Into<String>) {
        self.wrong_at(node.at, &node.pointer, format!("no `{key}`"), expected, None);
    }

    pub(super) fn place(&self, node: &Node) -> Place {
        let (line, column) = json::line_and_column(self.source, node.at);
        Place { line, column, pointer: node.pointer.clone() }
    }

    /// An object with free keys.
    pub(super) fn map<'n>(&self, node: &'n Node) -> Option<Object<'n>> {
        let Kind::Object(entries) = &node.kind else {
            self.wrong(node, "an object, `{…}`", None);
            return None;
        };
        let mut seen = BTreeSet::new();
        for (key, value) in entries {
            if !seen.insert(key.name.as_str()) {
                let found = format!("the key `{}` a second time", key.name);
                self.wrong_at(key.at, &value.pointer, found, "each key once", None);
            }
        }
        Some(Object { node, entries })
    }

    /// An object with these keys.
    pub(super) fn object<'n>(&self, node: &'n Node, keys: &Keys) -> Option<Object<'n>> {
        let object = self.map(node)?;
        for (key, value) in object.entries().filter(|(key, _)| !keys.keys.contains(&key.name.as_str())) {
            let hint = near(&key.name, keys.keys.iter().copied());
            let hint = hint.strip_prefix("; ").map(str::to_owned).or_else(|| elsewhere(&key.name));
            let expected = format!("one of {}", listed(keys.keys));
            self.wrong_at(key.at, &value.pointer, format!("the unknown key `{}`", key.name), expected, hint);
        }
        Some(object)
    }

    /// A value that must be there.
    pub(super) fn needed<'n>(&self, object: Object<'n>, key: &str, what: &str) -> Option<&'n Node> {
        let found = object.get(key);
        if found.is_none() {
            self.missing(object.node, key, format!("`{key}`: {what}"));
        }
        found
    }

    pub(super) fn list<'n>(&self, node: &'n Node) -> &'n [Node] {
        let Kind::List(items) = &node.kind else {
            self.wrong(node, "a list, `[…]`", None);
            return &[];
        };
        items
    }

    pub(super) fn text<'n>(&self, node: &'n Node) -> Option<&'n str> {
        let Kind::Text(text) = &node.kind else {
            self.wrong(node, "a text in double quotes", None);
            return None;
        };
        Some(text)
    }

    pub(super) fn flag(&self, node: Option<&Node>) -> bool {
        match node {
            None => false,
            Some(Node { kind: Kind::Bool(flag), .. }) => *flag,
            Some(node) => {
                self.wrong(node, "true or false", None);
                false
            }
        }
    }

    /// A whole number in a range, or what holds where there is none.
    pub(super) fn number(&self, node: Option<&Node>, default: u32, least: u32, most: u32) -> u32 {
        let Some(node) = node else { return default };
        let number = match &node.kind {
            Kind::Number(number) => number.as_u64().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        number.filter(|number| (least..=most).contains(number)).unwrap_or_else(|| {
            self.wrong(node, format!("a whole number from {least} to {most}"), None);
            default
        })
    }

    /// One of some words.
    pub(super) fn word<'w>(&self, node: &Node, words: &[&'w str]) -> Option<&'w str> {
        let found = match &node.kind {
            Kind::Text(text) => text.as_str(),
            _ => "",
        };
        let word = words.iter().copied().find(|word| *word == found);
        if word.is_none() {
            let hint = near(found, words.iter().copied());
            self.wrong(node, format!("one of {}", listed(words)), hint.strip_prefix("; "));
        }
        word
    }

    /// A text that is one expression.
    pub(super) fn expr(&self, node: &Node, scope: &Scope) -> Option<Expr> {
        let text = self.text(node)?;
        if text.trim_start().starts_with("{{") && text.trim_end().ends_with("}}") {
            self.wrong(
                node,
                "jq without braces",
                Some("`{{…}}` is for texts of requests; here the whole text is jq"),
            );
            return None;
        }
        self.compile(node, text, 0, scope)
    }

    /// An expression that stands `offset` bytes into a text.
    pub(super) fn compile(&self, node: &Node, text: &str, offset: usize, scope: &Scope) -> Option<Expr> {
        let at = |inside: usize| json::byte_in_text(self.source, node.at, offset + inside);
        match self.library.compile(text, &scope.vars) {
            Ok(code) => {
                self.uses.borrow_mut().extend(code.uses.iter().copied());
                self.carry(code.args.as_ref());
                for (var, field, inside) in &code.fields {
                    self.field(node, at(*inside), *var, field, scope);
                }
                let (line, column) = json::line_and_column(self.source, at(0));
                Some(Expr::new(text, Place { line, column, pointer: node.pointer.clone() }, code))
            }
            Err(wrong) => {
                let known = |wrong: &Wrong| self.defined || wrong.expected != UNKNOWN;
                for wrong in wrong.into_iter().filter(known) {
                    let (at, pointer) = if wrong.in_define {
                        self.in_define(wrong.at).unwrap_or_else(|| (node.at, node.pointer.clone()))
                    } else {
                        (at(wrong.at), node.pointer.clone())
                    };
                    let found = format!("{} in jq", wrong.found);
                    self.wrong_at(at, &pointer, found, wrong.expected, wrong.hint);
                }
                None
            }
        }
    }

    fn carry(&self, args: Option<&BTreeSet<String>>) {
        let mut carried = self.carried.borrow_mut();
        match (&mut *carried, args) {
            (Carried::These(used), Some(args)) => used.extend(args.iter().cloned()),
            (carried, _) => *carried = Carried::All,
        }
    }

    /// What `read` gives, and what of `$args` the expressions use that it reads.
    pub(super) fn carrying<T>(&self, read: impl FnOnce() -> T) -> (T, Carried) {
        self.carried.replace(Carried::These(BTreeSet::new()));
        let read = read();
        (read, self.carried.take())
    }

    /// The byte of the file, and the pointer, of a byte of all definitions.
    pub(super) fn in_define(&self, inside: usize) -> Option<(usize, String)> {
        let (node, start) = self.define.iter().rev().find(|(_, start)| *start <= inside)?;
        Some((json::byte_in_text(self.source, node.at, inside - start), node.pointer.clone()))
    }

    /// A field of a variable whose fields are known must be one of them.
    fn field(&self, node: &Node, at: usize, var: Var, field: &str, scope: &Scope) {
        let settings = || self.settings.iter().map(String::as_str).collect::<Vec<_>>();
        let steps = || scope.steps.iter().map(String::as_str).collect::<Vec<_>>();
        let (known, hint) = match var {
            Var::Settings => (settings(), "add it to `settings`"),
            Var::Steps => (steps(), "an earlier step keeps a value by `\"save\": {\"name\": \"jq\"}`"),
            Var::Args => (scope.args.to_vec(), "what an act is asked is listed in docs/connect.md"),
            Var::Me => (vec!["id", "name", "email"], "`$me` is who is signed in"),
            Var::Page => {
                (vec!["number", "offset", "size", "count", "cursor"], "`$page` is the page that is read")
            }
            Var::Filter => (keys::FILTERS.keys.to_vec(), "`$filter` has the filter's fields"),
            Var::Names => (keys::NAMES.keys.to_vec(), "`$names` has what `names` says"),
            Var::Headers => {
                if field.chars().any(char::is_uppercase) {
                    let small = field.to_lowercase();
                    let hint = format!(
                        "write `$headers[{small:?}]`; whatever the API sends, names arrive in small letters"
                    );
                    let expected = "the name of a header in small letters";
                    self.wrong_at(at, &node.pointer, format!("`{field}` in jq"), expected, Some(hint));
                }
                return;
            }
            Var::Secret => {
                self.secrets.borrow_mut().insert(field.to_owned());
                return;
            }
            _ => return,
        };
        if known.contains(&field) {
            return;
        }
        let near = near(field, known.iter().copied());
        let hint = near.strip_prefix("; ").unwrap_or(hint).to_owned();
        let known = if known.is_empty() { "nothing".to_owned() } else { listed(&known) };
        let expected = format!("a field of `{}`, which has {known}", var.name());
        self.wrong_at(at, &node.pointer, format!("`{field}` in jq"), expected, Some(hint));
    }
}

/// `a`, `b`, `c`.
pub(super) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Where keys belong that are easily put into the wrong object.
fn elsewhere(key: &str) -> Option<String> {
    let place = match key {
        "base_url" | "url" | "host" => {
            "the address is `transport.base`; what differs between installations is a setting"
        }
        "token" | "password" | "secret" | "api_key" => {
            "secrets never stand in a file; use `{{$secret.NAME}}` in `auth`"
        }
        "body" | "data" | "payload" => "a body is `json`, `form` or `multipart`",
        "params" | "parameters" => "query parameters are `query`",
        "method" | "path" => "a call is `\"GET /path\"` or `{\"get\": \"/path\", …}`",
        "statuses" | "enums" => "values are translated by `maps`",
        "comment" | "//" | "_comment" => "comments are `$comment`",
        _ => return None,
    };
    Some(place.to_owned())
}
