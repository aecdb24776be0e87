//! What a filter asks for, field by field, and what of it a list of the plan can apply.
//!
//! Knows no requests. What cannot be applied there is named, so that the facade applies it to the rows.

use super::fill;
use crate::plan::val::{self, Val};
use crate::plan::{Arrays, Filtering, List, Plan, Var, Vars};
use bandeja_model::{Channel, Filter, Group, Priority, Status, View};
use std::collections::{BTreeMap, BTreeSet};

/// Wanted and unwanted values of one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    any: Vec<String>,
    none: Vec<String>,
}

/// All that is asked for, by field, and the fields whose conditions come from the view alone.
#[derive(Clone, Debug, Default)]
pub(super) struct Conditions {
    by_field: BTreeMap<String, Wanted>,
    from_view: BTreeSet<&'static str>,
    /// The view says something about a field that the filter narrows besides.
    view_left: bool,
    view: Option<View>,
}

/// What a view is in terms of fields.
const fn parts(view: View) -> &'static [(&'static str, &'static str)] {
    match view {
        View::Mine => &[("owner", "me"), ("archived", "no"), ("snoozed", "no")],
        View::Unassigned => &[("owner", "none"), ("archived", "no"), ("snoozed", "no")],
        View::MyTeams => &[("team", "mine"), ("archived", "no"), ("snoozed", "no")],
        View::All => &[("archived", "no"), ("snoozed", "no")],
        View::Mentions => &[("mentioned", "yes")],
        View::Snoozed => &[("snoozed", "yes")],
        View::Closed => &[("group", "ended"), ("archived", "no")],
        View::Archived => &[("archived", "yes")],
    }
}

impl Conditions {
    /// What `filter` asks for.
    pub(super) fn of(filter: &Filter) -> Self {
        let mut all = Self { view: filter.view, ..Self::default() };
        for condition in filter.conditions() {
            let wanted = all.by_field.entry(condition.field.to_owned()).or_default();
            let side = if condition.negated { &mut wanted.none } else { &mut wanted.any };
            side.push(condition.value);
        }
        for (field, value) in filter.view.map_or(&[][..], parts) {
            let wanted = all.by_field.entry((*field).to_owned()).or_default();
            if wanted.any.is_empty() {
                wanted.any.push((*value).to_owned());
                all.from_view.insert(field);
            } else if wanted.any != [*value] {
                all.view_left = true;
            }
        }
        all
    }

    /// `$filter`
    pub(super) fn value(&self) -> Val {
        val::object(self.by_field.iter().map(|(field, wanted)| {
            let both = [("is", values(field, &wanted.any)), ("not", values(field, &wanted.none))];
            (field.as_str(), val::object(both))
        }))
    }

    /// Leaves out what is so anyway for a plan that does not know the field. False: no row can match.
    fn settle(&mut self, plan: &Plan, list: &List) -> bool {
        const SO: [(&str, &str); 4] = [
            ("archived", "archived"),
            ("snoozed", "snoozed_until"),
            ("mentioned", "mentioned"),
            ("unread", "unread"),
        ];
        self.keep_view(list);
        for (field, mapped) in SO {
            let known = list.filters.contains_key(field)
                || plan.conversation.0.iter().any(|(name, _)| name == mapped);
            if known {
                continue;
            }
            if let Some(wanted) = self.by_field.remove(field) {
                let says = |side: &[String], word: &str| side.iter().any(|value| value == word);
                if says(&wanted.none, "no") || !wanted.any.is_empty() && !says(&wanted.any, "no") {
                    return false;
                }
            }
        }
        self.merge_groups(list)
    }

    /// Says the view as one where the list knows views.
    fn keep_view(&mut self, list: &List) {
        let Some(view) = self.view.filter(|_| list.filters.get("view").is_some_and(|view| !view.here)) else {
            return;
        };
        for field in std::mem::take(&mut self.from_view) {
            // What is unwanted is said by the filter itself.
            if let Some(wanted) = self.by_field.get_mut(field) {
                wanted.any.clear();
                if wanted.none.is_empty() {
                    self.by_field.remove(field);
                }
            }
        }
        self.view_left = false;
        self.by_field
            .insert("view".to_owned(), Wanted { any: vec![view.code().to_owned()], none: Vec::new() });
    }

    /// Says groups as states where the list knows states only. False: no state is in all of them.
    fn merge_groups(&mut self, list: &List) -> bool {
        if list.filters.contains_key("group") || list.filters.get("status").is_none_or(|status| status.here) {
            return true;
        }
        let Some(groups) = self.by_field.remove("group") else { return true };
        let own = self.by_field.remove("status").unwrap_or_default();
        let within = |names: &[String], status: Status| {
            names.iter().filter_map(|name| Group::from_code(name)).any(|group| group.contains(status))
        };
        let says = |names: &[String], status: Status| names.iter().any(|name| name == status.code());
        let any: Vec<String> = Status::ALL
            .into_iter()
            .filter(|status| groups.any.is_empty() || within(&groups.any, *status))
            .filter(|status| !within(&groups.none, *status))
            .filter(|status| own.any.is_empty() || says(&own.any, *status))
            .filter(|status| !says(&own.none, *status))
            .map(|status| status.code().to_owned())
            .collect();
        if any.is_empty() {
            return false;
        }
        self.by_field.insert("status".to_owned(), Wanted { any, none: Vec::new() });
        if self.from_view.remove("group") {
            self.from_view.insert("status");
        }
        true
    }
}

/// How one field is asked for there.
pub(super) struct Asked<'a> {
    filtering: &'a Filtering,
    vars: Vars,
}

/// What a list applies.
#[derive(Default)]
pub(super) struct Applied<'a> {
    asked: Vec<Asked<'a>>,
    /// `$clauses`
    pub(super) clauses: Vec<Val>,
    /// One request for each, if there is a fan-out.
    pub(super) each: Option<Vec<Val>>,
    /// Fields that are still to be applied to rows.
    pub(super) left: Vec<String>,
}

impl Applied<'_> {
    /// Parameters of the request for that `$each`.
    pub(super) fn pairs(&self, each: &Val, arrays: Arrays) -> Vec<(String, String)> {
        let filled = self.asked.iter().filter_map(|asked| {
            fill::pairs(&asked.filtering.query, &asked.vars.clone().with(Var::Each, each.clone()), arrays)
                .ok()
        });
        filled.flatten().collect()
    }
}

/// What of `conditions` the list applies; nothing if no row can match.
pub(super) fn apply<'a>(
    plan: &Plan,
    list: &'a List,
    mut conditions: Conditions,
    vars: &Vars,
) -> Option<Applied<'a>> {
    if !conditions.settle(plan, list) {
        return None;
    }
    let mut applied = Applied::default();
    let mut left = BTreeSet::new();
    for (field, wanted) in &conditions.by_field {
        let done = list.filters.get(field).is_some_and(|filtering| {
            !filtering.here && add(&mut applied, field, filtering, wanted, vars, plan.transport.arrays)
        });
        if !done {
            left.insert(field.clone());
        }
    }
    if conditions.view_left || left.iter().any(|field| conditions.from_view.contains(field.as_str())) {
        left.insert("view".to_owned());
    }
    applied.left = left.into_iter().collect();
    Some(applied)
}

/// Asks for one field there; false if something of it is left for the rows.
fn add<'a>(
    applied: &mut Applied<'a>,
    field: &str,
    filtering: &'a Filtering,
    wanted: &Wanted,
    vars: &Vars,
    arrays: Arrays,
) -> bool {
    let wanted = if filtering.not { wanted.clone() } else { turned(field, wanted) };
    let not = if filtering.not { wanted.none.as_slice() } else { &[] };
    if wanted.any.is_empty() && not.is_empty() {
        return false;
    }
    let asked = |any: &[String]| {
        let values = values(field, any);
        let vars = vars.clone().with(Var::Values, values.clone()).with(Var::Not, self::values(field, not));
        (values, vars)
    };
    let (mut values, mut vars) = asked(&wanted.any);
    if filtering.fails(&values, &vars, arrays) {
        // Values that mean nothing there are in no row; the others are asked for.
        let known = wanted.any.iter().filter(|value| {
            let (values, vars) = asked(std::slice::from_ref(value));
            !filtering.fails(&values, &vars, arrays)
        });
        let known: Vec<String> = known.cloned().collect();
        if known.is_empty() {
            return false;
        }
        (values, vars) = asked(&known);
    }
    if !filtering.only.as_ref().is_none_or(|only| only.truthy(&values, &vars).unwrap_or(false)) {
        return false;
    }
    let each = match &filtering.each {
        None => None,
        Some(_) if applied.each.is_some() => return false,
        Some(expr) => match expr.list(&values, &vars) {
            Ok(each) if !each.is_empty() => Some(each),
            _ => return false,
        },
    };
    let clauses = match filtering.clause.as_ref().map(|expr| expr.all(&values, &vars)) {
        None => Vec::new(),
        Some(Ok(clauses)) => clauses,
        Some(Err(_)) => return false,
    };
    let first = each.as_ref().and_then(|each| each.first()).cloned().unwrap_or_default();
    let pairs =
        fill::pairs(&filtering.query, &vars.clone().with(Var::Each, first), arrays).unwrap_or_default();
    let says = pairs.iter().any(|(_, value)| !value.is_empty()) || !clauses.is_empty() || each.is_some();
    if !says {
        return false;
    }
    applied.clauses.extend(clauses.into_iter().filter(val::truthy));
    applied.each = applied.each.take().or(each);
    applied.asked.push(Asked { filtering, vars });
    filtering.not || wanted.none.is_empty()
}

impl Filtering {
    /// Whether an expression cannot be worked out for these values.
    fn fails(&self, values: &Val, vars: &Vars, arrays: Arrays) -> bool {
        let each = match self.each.as_ref().map(|expr| expr.list(values, vars)) {
            None => Val::Null,
            Some(Ok(each)) => each.first().cloned().unwrap_or_default(),
            Some(Err(_)) => return true,
        };
        self.clause.as_ref().is_some_and(|expr| expr.all(values, vars).is_err())
            || fill::pairs(&self.query, &vars.clone().with(Var::Each, each), arrays).is_err()
    }
}

/// "None of these" as "one of the others", where all values are known.
fn turned(field: &str, wanted: &Wanted) -> Wanted {
    let all: Vec<&str> = match field {
        "status" => Status::ALL.map(Status::code).to_vec(),
        "priority" => Priority::ALL.map(Priority::code).to_vec(),
        "channel" => Channel::ALL.map(Channel::code).to_vec(),
        "archived" | "snoozed" | "mentioned" | "unread" => vec!["yes", "no"],
        _ => return wanted.clone(),
    };
    if wanted.none.is_empty() {
        return wanted.clone();
    }
    let says = |side: &[String], word: &str| side.iter().any(|value| value == word);
    let any = all
        .into_iter()
        .filter(|word| (wanted.any.is_empty() || says(&wanted.any, word)) && !says(&wanted.none, word));
    let any: Vec<String> = any.map(str::to_owned).collect();
    if any.is_empty() { wanted.clone() } else { Wanted { any, none: Vec::new() } }
}

/// Values as expressions see them: texts, and `{from, to}` for spans of time.
fn values(field: &str, values: &[String]) -> Val {
    let is_span = matches!(field, "activity" | "created" | "closed");
    val::list(values.iter().map(|value| match value.split_once("..") {
        Some((from, to)) if is_span => val::object([("from", moment(from)), ("to", moment(to))]),
        _ => val::text(value.as_str()),
    }))
}

/// One end of a span as RFC 3339; a day begins at midnight UTC.
fn moment(text: &str) -> Val {
    match text {
        "" => Val::Null,
        day if day.parse::<chrono::NaiveDate>().is_ok() => val::text(format!("{day}T00:00:00Z")),
        moment => val::text(moment),
    }
}
