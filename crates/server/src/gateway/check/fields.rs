//! Fields of a conversation that are null in every row: a key that no row has is a slip of the pen.

use super::Bench;
use super::report::Report;
use bandeja_connector::plan::val::{self, Val};
use bandeja_connector::plan::{Expr, Var, Vars};
use std::collections::BTreeSet;

/// Keys told of a row.
const TOLD: usize = 12;

impl Bench {
    /// Looks at the rows as they came. To be called right behind the list.
    pub(super) fn try_fields(&self, report: &mut Report) {
        let Some(list) = self.plan.lists.first() else { return };
        let vars = Vars::default();
        let body = self.door.body().and_then(|body| val::parse(&body).ok());
        let rows = body.and_then(|body| list.items.list(&body, &vars).ok()).unwrap_or_default();
        if rows.is_empty() {
            return;
        }
        let (mut missing, mut empty, mut place) = (Vec::new(), Vec::new(), None);
        for (name, field) in &self.plan.conversation.0 {
            let expr = &field.value;
            // What a variable brings is not known here.
            let is_null = |raw: &Val| matches!(expr.one(raw, &vars), Ok(None | Some(Val::Null)));
            if Var::ALL.into_iter().any(|var| expr.uses(var)) || !rows.iter().all(is_null) {
                continue;
            }
            match not_there(expr, &rows) {
                Some((key, keys)) => {
                    missing.push(format!("{name}: `{}`: no row has `{key}`; there is {keys}", expr.text));
                    place = place.or(Some(&expr.place));
                }
                None => empty.push(name.as_str()),
            }
        }
        let count = rows.len();
        let null = (!empty.is_empty()).then(|| format!("null in all {count} rows: {}", empty.join(", ")));
        if missing.is_empty() {
            report
                .works("fields", null.unwrap_or_else(|| format!("each has a value in some of {count} rows")));
        } else {
            let said = format!(
                "{} of them null in all {count} rows, because what they name is not there",
                missing.len()
            );
            let item = report.doubtful("fields", said, place);
            item.shown = missing.into_iter().chain(null).collect();
        }
    }
}

/// The first key of the path that an expression begins with which no row has, and the keys that stand there instead.
fn not_there(expr: &Expr, rows: &[Val]) -> Option<(String, String)> {
    let mut at: Vec<&Val> = rows.iter().collect();
    for key in path(&expr.text) {
        let objects: Vec<_> = at
            .iter()
            .filter_map(|value| match value {
                Val::Obj(entries) => Some(entries),
                _ => None,
            })
            .collect();
        if objects.is_empty() {
            return None;
        }
        let found: Vec<&Val> = objects.iter().filter_map(|entries| entries.get(&val::text(key))).collect();
        if found.is_empty() {
            let keys = objects.iter().flat_map(|entries| entries.keys()).map(val::scalar_text);
            let keys: BTreeSet<String> = keys.collect();
            let keys: Vec<String> = keys.iter().take(TOLD).map(|key| format!("`{key}`")).collect();
            return Some((key.to_owned(), keys.join(", ")));
        }
        at = found;
    }
    None
}

/// The keys of the path that a text of jq begins with: `.a.b | c` has `a` and `b`.
fn path(text: &str) -> Vec<&str> {
    let mut keys = Vec::new();
    let mut rest = text.trim_start();
    while let Some(tail) = rest.strip_prefix('.') {
        let length = tail.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let (Some(key), Some(behind)) =
            (tail.get(..length).filter(|key| !key.is_empty()), tail.get(length..))
        else {
            break;
        };
        keys.push(key);
        rest = behind.strip_prefix('?').unwrap_or(behind);
    }
    // Another branch may have what this one lacks.
    if rest.contains("//") || rest.contains(',') { Vec::new() } else { keys }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_an_expression_is_what_it_begins_with() {
        assert_eq!(path(".agent.id | tostring"), ["agent", "id"]);
        assert_eq!(path(".agent?.id"), ["agent", "id"]);
        assert_eq!(path(".tags[].id"), ["tags"]);
        assert!(path("if .a then 1 else 2 end").is_empty() && path(".").is_empty());
        assert!(path(".name // .login").is_empty(), "one of two may be there");
    }
}
