//! Reading parts of a file: acts on one conversation and on many, closing forms, and what is off.

use super::json::{Kind, Node};
use super::keys;
use super::reader::{Object, Reader};
use super::scope::{self, Scope};
use crate::carried::{self, Carried};
use crate::plan::{Native, Var, Verify, Write};
use bandeja_model::closing::{ClosingForm, ClosingForms, FieldMode};
use std::collections::BTreeMap;

impl Reader<'_> {
    pub(super) fn acts(&self, node: Option<&Node>) -> Option<BTreeMap<String, Write>> {
        let Some(node) = node else { return Some(BTreeMap::new()) };
        let object = self.object(node, &keys::ACTS)?;
        let known = object.entries().filter(|(key, _)| keys::ACTS.keys.contains(&key.name.as_str()));
        let acts = known.map(|(key, node)| Some((key.name.clone(), self.act(&key.name, node)?)));
        acts.collect::<Vec<_>>().into_iter().collect()
    }

    fn act(&self, name: &str, node: &Node) -> Option<Write> {
        let object = self.object(node, &keys::ACT)?;
        let mut scope = scope::act(keys::args_of(name));
        let steps = self.needed(object, "steps", "the calls that do it, in their order");
        let (steps, carried) = self.carrying(|| {
            steps.and_then(|steps| {
                if matches!(&steps.kind, Kind::List(items) if items.is_empty()) {
                    let hint = "an act without steps does nothing; leave it out, and say why in `off`";
                    self.wrong(steps, "at least one call", Some(hint));
                }
                self.steps(steps, &mut scope)
            })
        });
        self.makes_sense(name, node, steps.is_some(), &carried);
        let answered = scope.and(&[Var::Headers]);
        let conversation = self.optional(object, "conversation", &answered);
        let message = self.optional(object, "message", &answered);
        if let Some(node) = object.get("message").filter(|_| !["reply", "note"].contains(&name)) {
            self.wrong(node, "no `message` but in `reply` and `note`", None);
        }
        let verify = object.get("verify").map_or(Some(Verify::Rule), |node| self.verify(node, &scope));
        let reads = self.flag(object.get("reads"));
        Some(Write {
            steps: steps?,
            reads,
            conversation: conversation.ok()?,
            message: message.ok()?,
            verify: verify?,
            carried,
        })
    }

    /// An act whose calls do not say what it is about.
    fn makes_sense(&self, name: &str, node: &Node, is_read: bool, carried: &Carried) {
        let needed = carried::needed(name);
        if is_read && !needed.is_empty() && !carried.any(needed) {
            let found = format!("`{name}` without `$args.{}`", needed.first().unwrap_or(&""));
            let needed: Vec<String> = needed.iter().map(|name| format!("`$args.{name}`")).collect();
            let expected = format!("a call that uses {}", needed.join(" or "));
            let hint =
                "what is typed or chosen is in `$args`; in a call it stands as `{{$args.…}}`".to_owned();
            self.wrong_at(node.at, &node.pointer, found, expected, Some(hint));
        }
    }

    /// What a closing form asks for must be kept by the act.
    pub(super) fn forms_that_are_kept(&self, file: Object<'_>, acts: &BTreeMap<String, Write>) {
        let Some(Node { kind: Kind::Object(forms), .. }) = file.get("forms") else { return };
        for (form, node) in forms {
            let (Some(write), Kind::Object(parts)) = (acts.get(&form.name), &node.kind) else { continue };
            for (part, mode) in parts {
                let arguments = carried::of_form(&part.name);
                if arguments.is_empty() || mode.value() == "off" || write.carried.any(arguments) {
                    continue;
                }
                let act = &form.name;
                let found = format!("`{}`, which no step of `acts.{act}` uses", part.name);
                let arguments: Vec<String> = arguments.iter().map(|name| format!("`$args.{name}`")).collect();
                let expected = format!("{} in a step of `acts.{act}`", arguments.join(" or "));
                let hint = "what is asked for and sent nowhere is lost: use it, or leave it out of the form";
                self.wrong_at(mode.at, &mode.pointer, found, expected, Some(hint.to_owned()));
            }
        }
    }

    fn verify(&self, node: &Node, scope: &Scope) -> Option<Verify> {
        match node.kind {
            Kind::Bool(true) => Some(Verify::Rule),
            Kind::Bool(false) => Some(Verify::Never),
            Kind::Text(_) => self.expr(node, scope).map(Verify::When),
            _ => {
                self.wrong(node, "true, false, or jq over the raw conversation read again", None);
                None
            }
        }
    }

    pub(super) fn bulk(&self, node: Option<&Node>) -> Option<BTreeMap<String, Native>> {
        let Some(node) = node else { return Some(BTreeMap::new()) };
        let object = self.object(node, &keys::ACTS)?;
        let known = object.entries().filter(|(key, _)| keys::ACTS.keys.contains(&key.name.as_str()));
        let acts = known.map(|(key, node)| {
            let native = self.object(node, &keys::BULK_ACT)?;
            let scope = scope::bulk(keys::args_of(&key.name));
            let call = self.needed(native, "call", "the request that does it to all of `$ids`");
            let (call, carried) = self.carrying(|| call.and_then(|call| self.call(call, &scope)));
            self.makes_sense(&key.name, node, call.is_some(), &carried);
            let results = self.optional(native, "results", &scope.and(&[Var::Headers]));
            let at_once = self.number(native.get("at_once"), 100, 1, 10_000);
            Some((key.name.clone(), Native { call: call?, results: results.ok()?, at_once, carried }))
        });
        acts.collect::<Vec<_>>().into_iter().collect()
    }

    /// The closing forms; a field that the file does not name is not asked for.
    pub(super) fn forms(&self, node: Option<&Node>) -> Option<ClosingForms> {
        let nothing = ClosingForm {
            description: FieldMode::Off,
            category: FieldMode::Off,
            subcategory: FieldMode::Off,
            summary: FieldMode::Off,
        };
        let Some(node) = node else { return Some(ClosingForms { close: nothing, cancel: nothing }) };
        let object = self.object(node, &keys::FORMS)?;
        let form = |key: &str| object.get(key).map_or(Some(nothing), |node| self.form(node));
        let (close, cancel) = (form("close"), form("cancel"));
        Some(ClosingForms { close: close?, cancel: cancel? })
    }

    fn form(&self, node: &Node) -> Option<ClosingForm> {
        let object = self.object(node, &keys::FORM)?;
        let mode = |key: &str| match object.get(key) {
            None => Some(FieldMode::Off),
            Some(node) => self.word(node, &["off", "optional", "required"]).map(|word| match word {
                "required" => FieldMode::Required,
                "optional" => FieldMode::Optional,
                _ => FieldMode::Off,
            }),
        };
        let (description, category, subcategory, summary) =
            (mode("description"), mode("category"), mode("subcategory"), mode("summary"));
        Some(ClosingForm {
            description: description?,
            category: category?,
            subcategory: subcategory?,
            summary: summary?,
        })
    }

    pub(super) fn off(&self, node: Option<&Node>) -> Option<BTreeMap<String, String>> {
        let Some(node) = node else { return Some(BTreeMap::new()) };
        let known: Vec<&str> = keys::ACTS.keys.iter().chain(keys::FILTERS.keys).copied().collect();
        let entries = self.map(node)?.entries().map(|(key, node)| {
            if !known.contains(&key.name.as_str()) {
                let near = crate::plan::language::near(&key.name, known.iter().copied());
                let hint = near.strip_prefix("; ").map(str::to_owned);
                let expected =
                    format!("an act ({}) or a field of the filter", super::reader::listed(keys::ACTS.keys));
                self.wrong_at(key.at, &node.pointer, format!("`{}`", key.name), expected, hint);
            }
            Some((key.name.clone(), self.text(node)?.to_owned()))
        });
        entries.collect::<Vec<_>>().into_iter().collect()
    }
}
