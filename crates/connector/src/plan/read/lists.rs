//! Reading parts of a file: lists, conversations and threads.

use super::fields::Known;
use super::json::{Kind, Node};
use super::keys;
use super::reader::{Object, Reader};
use super::scope::{self, Scope};
use crate::plan::{Call, Expr, Fields, Filtering, List, Paging, Shape, Source, Thread, Var};
use std::collections::BTreeMap;

/// Rows a page where the file does not say.
const SIZE: u32 = 50;

/// How a conversation is read: the call, where it is in the answer, its fields, and the token of its state.
pub(super) type One = (Call, Expr, Fields, Option<Expr>);

impl Reader<'_> {
    /// One list, or several.
    pub(super) fn lists(&self, node: &Node) -> Option<Vec<List>> {
        let lists = match &node.kind {
            Kind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        if lists.is_empty() {
            self.wrong(node, "at least one list", None);
            return None;
        }
        for unconditional in lists.iter().rev().skip(1).filter(|node| !has(node, "when")) {
            let hint = "the first list whose `when` holds is taken, so those behind it would never be";
            self.wrong(unconditional, "a `when` in every list but the last", Some(hint));
        }
        lists.iter().map(|list| self.one_list(list)).collect::<Vec<_>>().into_iter().collect()
    }

    fn one_list(&self, node: &Node) -> Option<List> {
        let object = self.object(node, &keys::LIST)?;
        let scope = scope::list();
        let asked = scope.and(&[Var::Clauses, Var::Each, Var::Page]);
        let answered = asked.and(&[Var::Headers]);
        let when = self.optional(object, "when", &scope);
        let call = self.needed(object, "call", "the request that lists conversations");
        let call = call.and_then(|call| self.call(call, &asked));
        let items = self.needed(object, "items", "jq that finds the rows in the answer, such as `.results`");
        let items = items.and_then(|items| self.expr(items, &answered));
        let total = self.optional(object, "total", &answered);
        let paging = self.paging(object, &answered);
        let end = self.optional(object, "end", &answered);
        let size = self.size(object);
        let filters = object.get("filters").map_or(Some(BTreeMap::new()), |node| self.filters(node, &scope));
        let sorts = object.get("sorts").map_or(Some(BTreeMap::new()), |node| self.sorts(node, &scope));
        if let (Some(call), Some(filters), Some(node)) = (&call, &filters, object.get("filters")) {
            self.clauses_are_used(node, call, filters);
        }
        let (size_param, size) = size?;
        Some(List {
            when: when.ok()?,
            call: call?,
            items: items?,
            total: total.ok()?,
            paging: paging?,
            size_param,
            size,
            end: end.ok()?,
            filters: filters?,
            sorts: sorts?,
        })
    }

    fn clauses_are_used(&self, node: &Node, call: &Call, filters: &BTreeMap<String, Filtering>) {
        let body = call.body.iter().map(|(_, shape)| shape);
        let used =
            call.query.iter().map(|(_, shape)| shape).chain(body).any(|shape| uses(shape, Var::Clauses));
        if !used && filters.values().any(|filter| filter.clause.is_some()) {
            let hint =
                "for example `\"query\": {\"q\": \"{{$clauses | join(\\\" AND \\\")}}\"}` in the list's call";
            self.wrong_at(
                node.at,
                &node.pointer,
                "a `clause`",
                "`$clauses` in the list's call",
                Some(hint.to_owned()),
            );
        }
    }

    fn size(&self, object: Object<'_>) -> Option<(Option<String>, u32)> {
        let Some(node) = object.get("size") else { return Some((None, SIZE)) };
        if matches!(node.kind, Kind::Number(_)) {
            return Some((None, self.number(Some(node), SIZE, 1, 1000)));
        }
        let size = self.object(node, &keys::SIZE)?;
        let param = size.get("param").and_then(|param| self.text(param));
        Some((param.map(str::to_owned), self.number(size.get("max"), SIZE, 1, 1000)))
    }

    /// `paging` of a list or source; without it all comes in one answer.
    pub(super) fn paging(&self, object: Object<'_>, scope: &Scope) -> Option<Paging> {
        let Some(node) = object.get("paging") else { return Some(Paging::Whole) };
        if !matches!(node.kind, Kind::Object(_)) {
            return match self.word(node, &["whole", "link"])? {
                "link" => Some(Paging::Link),
                _ => Some(Paging::Whole),
            };
        }
        let paging = self.object(node, &keys::PAGING)?;
        let ways = ["page", "offset", "cursor", "address", "last"];
        let given: Vec<&str> = ways.into_iter().filter(|way| paging.get(way).is_some()).collect();
        let [way] = given.as_slice() else {
            let hint =
                "`{\"page\": \"page\", \"first\": 1}` for numbered pages; docs/connect.md shows every way";
            self.wrong(node, "exactly one of `page`, `offset`, `cursor`, `address`, `last`", Some(hint));
            return None;
        };
        let value = paging.get(way)?;
        match *way {
            "page" => {
                let first = self.number(paging.get("first"), 1, 0, 1);
                Some(Paging::Page(self.text(value)?.to_owned(), u64::from(first)))
            }
            "offset" => Some(Paging::Offset(self.text(value)?.to_owned())),
            "address" => self.expr(value, scope).map(Paging::Address),
            "cursor" => {
                let next = self.needed(paging, "next", "jq over the answer that yields the next cursor")?;
                Some(Paging::Cursor(self.text(value)?.to_owned(), self.expr(next, scope)?))
            }
            _ => {
                let last =
                    self.needed(paging, "value", "jq over the last row that yields the parameter's value")?;
                Some(Paging::Last(self.text(value)?.to_owned(), self.expr(last, scope)?))
            }
        }
    }

    fn filters(&self, node: &Node, scope: &Scope) -> Option<BTreeMap<String, Filtering>> {
        let object = self.object(node, &keys::FILTERS)?;
        let scope = scope.and(&[Var::Values, Var::Not]);
        let known = object.entries().filter(|(key, _)| keys::FILTERS.keys.contains(&key.name.as_str()));
        let filters = known.map(|(key, node)| Some((key.name.clone(), self.filter(node, &scope)?)));
        filters.collect::<Vec<_>>().into_iter().collect()
    }

    fn filter(&self, node: &Node, scope: &Scope) -> Option<Filtering> {
        if matches!(node.kind, Kind::Text(_)) {
            self.word(node, &["here"])?;
            return Some(Filtering {
                query: Vec::new(),
                clause: None,
                each: None,
                only: None,
                not: false,
                here: true,
            });
        }
        let object = self.object(node, &keys::FILTER)?;
        let one = if object.get("each").is_some() { scope.and(&[Var::Each]) } else { scope.clone() };
        let query = object.get("query").map_or(Some(Vec::new()), |query| self.shapes(query, &one));
        let clause = self.optional(object, "clause", scope);
        let each = self.optional(object, "each", scope);
        let only = self.optional(object, "only", scope);
        let here = self.flag(object.get("here"));
        if ["query", "clause", "each"].iter().all(|way| object.get(way).is_none()) && !here {
            let hint = "a field that the API cannot filter by is `\"here\"`, or left out";
            self.wrong(node, "`query`, `clause` or `each`", Some(hint));
        }
        let not = self.flag(object.get("not"));
        Some(Filtering { query: query?, clause: clause.ok()?, each: each.ok()?, only: only.ok()?, not, here })
    }

    fn sorts(&self, node: &Node, scope: &Scope) -> Option<BTreeMap<String, Vec<(String, Shape)>>> {
        let object = self.object(node, &keys::SORTS)?;
        let sorts = object.entries().map(|(key, node)| Some((key.name.clone(), self.shapes(node, scope)?)));
        sorts.collect::<Vec<_>>().into_iter().collect()
    }

    pub(super) fn conversation(&self, node: &Node) -> Option<One> {
        let object = self.object(node, &keys::CONVERSATION)?;
        let scope = scope::conversation();
        let asked = scope.args(&["id"]);
        let answered = asked.and(&[Var::Headers]);
        let call = self.needed(object, "call", "the request that reads one conversation, by `$args.id`");
        let call = call.and_then(|call| self.call(call, &asked));
        let item = object
            .get("item")
            .map_or_else(|| self.compile(node, ".", 0, &answered), |item| self.expr(item, &answered));
        let fields =
            self.needed(object, "fields", "how each field of a conversation is found in the raw one");
        let fields = fields
            .and_then(|fields| self.fields(fields, &keys::CONVERSATION_FIELDS, &["id", "status"], &scope));
        let token = self.optional(object, "token", &answered);
        Some((call?, item?, fields?, token.ok()?))
    }

    pub(super) fn thread(&self, node: &Node) -> Option<Thread> {
        let object = self.object(node, &keys::THREAD)?;
        let mut scope = scope::conversation().and(&[Var::It, Var::Steps]).args(&["id"]);
        let sources = object.get("sources").map(|node| {
            let sources = self.list(node).iter().map(|node| {
                let source = self.object(node, &keys::SOURCE)?;
                let source = self.source(source, &keys::ENTRY_FIELDS, &["id", "at"], &scope)?;
                scope
                    .steps
                    .extend(source.call.iter().flat_map(|call| &call.save).map(|(name, _)| name.clone()));
                Some(source)
            });
            sources.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>()
        });
        let first =
            object.get("first").map(|first| self.fields(first, &keys::ENTRY_FIELDS, &["body"], &scope));
        if sources.is_none() && first.is_none() {
            self.missing(node, "sources", "`sources`: where messages come from");
        }
        let newest_first = self.flag(object.get("newest_first"));
        Some(Thread {
            sources: sources.unwrap_or(Some(Vec::new()))?,
            first: first.map_or(Some(None), |first| first.map(Some))?,
            newest_first,
        })
    }

    /// Where raw things come from, and their fields.
    pub(super) fn source(
        &self,
        object: Object<'_>,
        known: Known,
        required: &[&str],
        scope: &Scope,
    ) -> Option<Source> {
        let asked = scope.and(&[Var::Page]);
        let answered = asked.and(&[Var::Headers]);
        let call = object.get("call").map(|call| self.call(call, &asked));
        let items =
            self.needed(object, "items", "jq that finds the things in the answer, such as `.results`");
        let items = items.and_then(|items| self.expr(items, &answered));
        let paging = self.paging(object, &answered);
        if let (None, Some(paging)) = (&call, object.get("paging")) {
            self.wrong(paging, "no paging where there is no call", None);
        }
        let end = self.optional(object, "end", &answered);
        let pages = self.number(object.get("pages"), 20, 1, 1000);
        let fields = self.needed(object, "fields", "how each field is found in the raw thing");
        // Fields know what their request was for, and what it and those before it saved.
        let mut mapped = scope.clone();
        if let Some(Some(call)) = &call {
            mapped.vars.extend(call.each.is_some().then_some(Var::Each));
            mapped.steps.extend(call.save.iter().map(|(name, _)| name.clone()));
        }
        let fields = fields.and_then(|fields| self.fields(fields, known, required, &mapped));
        Some(Source {
            call: call.map_or(Some(None), |call| call.map(Some))?,
            items: items?,
            paging: paging?,
            end: end.ok()?,
            pages,
            fields: fields?,
        })
    }
}

fn has(node: &Node, key: &str) -> bool {
    matches!(&node.kind, Kind::Object(entries) if entries.iter().any(|(known, _)| known.name == key))
}

/// Whether any hole of a shape uses that variable.
fn uses(shape: &Shape, var: Var) -> bool {
    match shape {
        Shape::Fixed(_) => false,
        Shape::Hole(hole) => hole.uses(var),
        Shape::Text(pieces) => super::checks::pieces_use(pieces, var),
        Shape::List(items) => items.iter().any(|item| uses(item, var)),
        Shape::Object(entries) => entries.iter().any(|(_, shape)| uses(shape, var)),
    }
}
