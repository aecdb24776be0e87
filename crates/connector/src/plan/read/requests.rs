//! Texts with holes, JSON with holes, and calls.

use super::json::{Kind, Node};
use super::keys;
use super::reader::{Noted, Object, Reader};
use super::scope::Scope;
use crate::plan::{BodyKind, Call, Expr, Piece, Shape, Var};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

impl Reader<'_> {
    /// A text with holes `{{jq}}`.
    pub(super) fn pieces(&self, node: &Node, scope: &Scope) -> Option<Vec<Piece>> {
        let text = match &node.kind {
            Kind::Number(number) => return Some(vec![Piece::Text(number.to_string())]),
            Kind::Bool(flag) => return Some(vec![Piece::Text(flag.to_string())]),
            _ => self.text(node)?,
        };
        let mut pieces = Vec::new();
        let mut whole = Some(());
        let mut at = 0;
        while let Some((before, tail)) = text.get(at..).and_then(|rest| rest.split_once("{{")) {
            if !before.is_empty() {
                self.literal(node, before, at);
                pieces.push(Piece::Text(before.to_owned()));
            }
            let start = at + before.len() + 2;
            let Some(length) = hole_end(tail) else {
                let place = super::json::byte_in_text(self.source, node.at, start - 2);
                let hint = "a hole is `{{jq}}`; in jq itself write `{ {` with a space".to_owned();
                self.wrong_at(place, &node.pointer, "`{{` without its end", "`}}` behind the jq", Some(hint));
                return None;
            };
            match self.compile(node, tail.get(..length).unwrap_or_default(), start, scope) {
                Some(hole) => pieces.push(Piece::Hole(hole)),
                None => whole = None,
            }
            at = start + length + 2;
        }
        let rest = text.get(at..).unwrap_or_default();
        if !rest.is_empty() {
            self.literal(node, rest, at);
            pieces.push(Piece::Text(rest.to_owned()));
        }
        whole.map(|()| pieces)
    }

    /// JSON with holes.
    pub(super) fn shape(&self, node: &Node, scope: &Scope) -> Option<Shape> {
        match &node.kind {
            Kind::Text(text) if text.contains("{{") => {
                let mut pieces = self.pieces(node, scope)?;
                match pieces.pop() {
                    Some(Piece::Hole(hole)) if pieces.is_empty() => Some(Shape::Hole(hole)),
                    last => {
                        pieces.extend(last);
                        Some(Shape::Text(pieces))
                    }
                }
            }
            Kind::List(items) => {
                let items: Vec<_> = items.iter().map(|item| self.shape(item, scope)).collect();
                items.into_iter().collect::<Option<_>>().map(Shape::List)
            }
            Kind::Object(_) => self.shapes(node, scope).map(Shape::Object),
            kind => {
                if let Kind::Text(text) = kind {
                    self.literal(node, text, 0);
                }
                Some(Shape::Fixed(node.value()))
            }
        }
    }

    /// Named shapes: query parameters, or an object's entries.
    pub(super) fn shapes(&self, node: &Node, scope: &Scope) -> Option<Vec<(String, Shape)>> {
        let object = self.map(node)?;
        let entries: Vec<_> = object
            .entries()
            .map(|(key, value)| Some((key.name.clone(), self.shape(value, scope)?)))
            .collect();
        entries.into_iter().collect()
    }

    /// Named texts with holes: headers.
    pub(super) fn headers(&self, node: &Node, scope: &Scope) -> Option<Vec<(String, Vec<Piece>)>> {
        let object = self.map(node)?;
        let entries = object.entries().map(|(key, value)| {
            let good = key.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
            if !good || key.name.is_empty() {
                self.wrong_at(
                    key.at,
                    &value.pointer,
                    format!("`{}`", key.name),
                    "the name of a header",
                    None,
                );
            }
            Some((key.name.clone(), self.pieces(value, scope)?))
        });
        entries.collect::<Vec<_>>().into_iter().collect()
    }

    /// A list of calls, of which later ones know what earlier ones saved; the scope afterwards knows all.
    pub(super) fn steps(&self, node: &Node, scope: &mut Scope) -> Option<Vec<Call>> {
        let mut calls = Some(Vec::new());
        for node in self.list(node) {
            match (self.call(node, scope), &mut calls) {
                (Some(call), Some(calls)) => {
                    scope.steps.extend(call.save.iter().map(|(name, _)| name.clone()));
                    calls.push(call);
                }
                (None, _) => {
                    // What it would have saved is known all the same, or one mistake would make others.
                    scope.steps.extend(saved_names(node));
                    calls = None;
                }
                (Some(_), None) => {}
            }
        }
        calls
    }

    /// A call, in its short or long form.
    pub(super) fn call(&self, node: &Node, scope: &Scope) -> Option<Call> {
        if let Kind::Text(text) = &node.kind {
            return self.short_call(node, text, scope);
        }
        let object = self.object(node, &keys::CALL)?;
        let methods: Vec<&str> = METHODS.into_iter().filter(|method| object.get(method).is_some()).collect();
        let [method] = methods.as_slice() else {
            let found = if methods.is_empty() { "no method" } else { "more than one method" };
            let expected =
                "exactly one of `get`, `post`, `put`, `patch`, `delete`, with the path as its value";
            self.wrong_at(node.at, &node.pointer, found, expected, None);
            return None;
        };
        let each = self.optional(object, "each", scope);
        let scope = if object.get("each").is_some() { scope.and(&[Var::Each]) } else { scope.clone() };
        let answered = scope.and(&[Var::Headers]);
        let path = object.get(method).map(|path| (path, self.pieces(path, &scope)));
        if let Some((path, Some(pieces))) = &path {
            self.check_path(path, pieces);
        }
        let query = object.get("query").map_or(Some(Vec::new()), |query| self.shapes(query, &scope));
        let headers = object.get("headers").map_or(Some(Vec::new()), |headers| self.headers(headers, &scope));
        let body = self.body(object, method, &scope);
        let when = self.optional(object, "when", &scope);
        let success = self.optional(object, "success", &answered);
        let save = self.save(object, &answered);
        Some(Call {
            method: method.to_uppercase(),
            path: path?.1?,
            query: query?,
            headers: headers?,
            body: body.ok()?,
            when: when.ok()?,
            each: each.ok()?,
            success: success.ok()?,
            save: save?,
            place: self.place(node),
        })
    }

    fn short_call(&self, node: &Node, text: &str, scope: &Scope) -> Option<Call> {
        let method = text.split(' ').next().unwrap_or_default();
        let known = METHODS.iter().any(|known| known.to_uppercase() == method);
        if !known || text.len() <= method.len() + 1 {
            let hint = "besides, `{\"get\": \"/path\", \"query\": {…}}` is the long form";
            self.wrong(node, "a call such as `GET /tickets/{{$args.id}}/`", Some(hint));
            return None;
        }
        let mut path = self.pieces(node, scope)?;
        if let Some(Piece::Text(first)) = path.first_mut() {
            *first = first.get(method.len() + 1..).unwrap_or_default().to_owned();
        }
        path.retain(|piece| !matches!(piece, Piece::Text(text) if text.is_empty()));
        self.check_path(node, &path);
        Some(Call {
            method: method.to_owned(),
            path,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            when: None,
            each: None,
            success: None,
            save: Vec::new(),
            place: self.place(node),
        })
    }

    fn check_path(&self, node: &Node, path: &[Piece]) {
        let hint = match path.first() {
            Some(Piece::Text(text)) if text.starts_with('/') => None,
            Some(Piece::Text(text)) if text.contains("://") => {
                Some("the first part of every address is `transport.base`")
            }
            _ => Some("paths are appended to `transport.base`; slashes at the end stay as written"),
        };
        if let Some(hint) = hint {
            self.wrong(node, "a path that begins with `/`", Some(hint));
        }
        self.placeholder(node, path);
        let question = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains(['?', '#']));
        if path.iter().any(question) {
            self.wrong(node, "a path without `?` and `#`", Some("parameters go into `\"query\": {…}`"));
        }
    }

    fn body(
        &self,
        object: Object<'_>,
        method: &str,
        scope: &Scope,
    ) -> Result<Option<(BodyKind, Shape)>, Noted> {
        let kinds = [("json", BodyKind::Json), ("form", BodyKind::Form), ("multipart", BodyKind::Multipart)];
        let given: Vec<_> =
            kinds.into_iter().filter_map(|(key, kind)| Some((object.get(key)?, kind))).collect();
        let (node, kind) = match given.as_slice() {
            [] => return Ok(None),
            [one] => *one,
            [_, (second, _), ..] => {
                self.wrong(second, "one body: `json`, `form` or `multipart`", None);
                return Err(Noted);
            }
        };
        if method == "get" {
            self.wrong(node, "no body in a `get`", Some("parameters go into `query`"));
        }
        if kind != BodyKind::Json && !matches!(node.kind, Kind::Object(_)) {
            self.wrong(node, "an object, `{…}`, of the form's fields", None);
            return Err(Noted);
        }
        let shape = self.shape(node, scope).ok_or(Noted)?;
        Ok(Some((kind, shape)))
    }

    fn save(&self, object: Object<'_>, scope: &Scope) -> Option<Vec<(String, Expr)>> {
        object.get("save").map_or(Some(Vec::new()), |save| self.named(save, scope))
    }

    /// Named expressions.
    pub(super) fn named(&self, node: &Node, scope: &Scope) -> Option<Vec<(String, Expr)>> {
        let entries =
            self.map(node)?.entries().map(|(key, value)| Some((key.name.clone(), self.expr(value, scope)?)));
        entries.collect::<Vec<_>>().into_iter().collect()
    }

    /// An expression that may be absent.
    pub(super) fn optional(
        &self,
        object: Object<'_>,
        key: &str,
        scope: &Scope,
    ) -> Result<Option<Expr>, Noted> {
        object.get(key).map(|node| self.expr(node, scope).ok_or(Noted)).transpose()
    }
}

/// The names that a call would save.
fn saved_names(call: &Node) -> Vec<String> {
    let Kind::Object(entries) = &call.kind else { return Vec::new() };
    let save = entries.iter().find(|(key, _)| key.name == "save");
    match save.map(|(_, node)| &node.kind) {
        Some(Kind::Object(entries)) => entries.iter().map(|(key, _)| key.name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Where the `}}` of a hole stands: outside of jq's own texts and objects.
fn hole_end(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut in_text = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let quoted = in_text.last() == Some(&depth);
        match character {
            // An interpolation `\(…)` leaves the text until its parenthesis ends.
            '\\' if quoted => depth += usize::from(characters.next().is_some_and(|(_, next)| next == '(')),
            '"' if quoted => _ = in_text.pop(),
            '"' => in_text.push(depth),
            _ if quoted => {}
            '}' if depth == 0 => {
                return characters.peek().is_some_and(|(_, next)| *next == '}').then_some(at);
            }
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}
