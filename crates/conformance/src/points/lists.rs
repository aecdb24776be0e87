//! The list: pages, orders, totals, counts.

use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use crate::words::encode;
use bandeja_contract::{ConversationPage, Counts, Facets, paths};
use bandeja_model::limits::PAGE_ROWS;
use bandeja_model::{Conversation, ConversationId, Sort, View};
use serde_json::{Value, json};
use std::cmp::Ordering;

const ON: &[&str] = &["lists.reads"];
/// Rows a list is walked through at most.
const WALKED: usize = 1_000;

pub(super) const READS: &[Point] = &[point(
    Area::Lists,
    "lists.reads",
    "GET /conversations answers a page: items, total {value, exact}, next, prev.",
    "The app shows no list: it cannot be used.",
    reads,
)
.on(&["session.reads"])];

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Lists,
        "lists.limit",
        "limit says how many rows a page has at most.",
        "The app loads more than it shows, and scrolling stutters.",
        limit,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.total",
        "total is how many there are: the last row stands just before it, and none behind.",
        "The scrollbar is untrue, and numbers beside views and in previews are wrong.",
        total,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.cursor",
        "next leads through the list, no row twice and none left out.",
        "Scrolling shows rows twice or never.",
        cursor,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.back",
        "prev leads back to the page before.",
        "Scrolling up after a jump shows gaps.",
        back,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.offset",
        "offset gives random access: it begins where as many rows were left out.",
        "The scrollbar cannot be dragged to any place.",
        offset,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.cursor_and_offset",
        "A cursor together with an offset is refused.",
        "Nothing: the app never sends both.",
        |probe| {
            let answer = probe.get(&format!("{}?cursor=x&offset=1", paths::CONVERSATIONS))?;
            answer.problem(400, &[])?;
            Ok("400".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.query",
        "POST /conversations/query answers as GET with the same filter.",
        "A long filter shows no list.",
        query,
    )
    .on(ON),
    sort("lists.sort_activity", "sort.activity", |probe| sorted(probe, Sort::Activity)),
    sort("lists.sort_waiting", "sort.waiting", |probe| sorted(probe, Sort::Waiting)),
    sort("lists.sort_created", "sort.created", |probe| sorted(probe, Sort::Created)),
    sort("lists.sort_priority", "sort.priority", |probe| sorted(probe, Sort::Priority)),
    point(
        Area::Lists,
        "lists.facets",
        "GET /conversations/facets counts for each option what the list then has.",
        "The filter's options stand without numbers, or with wrong ones.",
        facets,
    )
    .on(ON),
    point(
        Area::Lists,
        "lists.counts",
        "GET /conversations/counts says of views how many they show when they are opened; what is not known is absent.",
        "The rail stands without numbers, or with wrong ones.",
        counts,
    )
    .on(ON)
    .of("counts"),
];

const fn sort(id: &'static str, ability: &'static str, check: fn(&mut Probe) -> Outcome) -> Point {
    point(
        Area::Lists,
        id,
        "sort puts the rows in this order.",
        "The app shows the order the server gives, under another name; live changes put rows elsewhere.",
        check,
    )
    .on(ON)
    .of(ability)
}

fn reads(probe: &mut Probe) -> Outcome {
    let answer = probe.get(&format!("{}?limit={PAGE_ROWS}", paths::CONVERSATIONS))?;
    let value: Value = answer.value(200)?;
    for member in ["/items", "/total/value", "/total/exact", "/next", "/prev"] {
        if value.pointer(member).is_none() {
            let expected = format!("a member {}", member.trim_start_matches('/').replace('/', "."));
            return Err(Fault::wrong(expected, answer.words()));
        }
    }
    let page: ConversationPage = answer.read(200)?;
    let seen = format!("{} rows of {}", page.items.len(), page.total.value);
    probe.sample = Some(page);
    Ok(seen)
}

/// The rows' ids.
pub(super) fn ids(rows: &[Conversation]) -> Vec<ConversationId> {
    rows.iter().map(|row| row.id.clone()).collect()
}

/// An error unless two lists of rows are the same; says at which row they part.
fn same(expected: &[Conversation], seen: &[Conversation], what: &str) -> Result<(), Fault> {
    let (expected, seen) = (ids(expected), ids(seen));
    if expected == seen {
        return Ok(());
    }
    let at = expected.iter().zip(&seen).take_while(|(a, b)| a == b).count();
    let name = |ids: &[ConversationId]| ids.get(at).map_or_else(|| "the end".to_owned(), ToString::to_string);
    Err(Fault::wrong(
        format!("{what}: row {} is {}", at + 1, name(&expected)),
        format!("it is {}", name(&seen)),
    ))
}

fn limit(probe: &mut Probe) -> Outcome {
    let two = probe.list("limit=2")?;
    let all = probe.sample()?;
    let wanted = all.items.len().min(2);
    if two.items.len() != wanted || two.total != all.total {
        let seen = format!("{} rows of {}", two.items.len(), two.total.value);
        return Err(Fault::wrong(format!("{wanted} rows of {}", all.total.value), seen));
    }
    Ok(format!("{wanted} rows"))
}

fn total(probe: &mut Probe) -> Outcome {
    let total = probe.list("limit=1")?.total;
    if !total.exact {
        return Ok(format!("about {}", total.value));
    }
    let behind = probe.list(&format!("limit=1&offset={}", total.value))?;
    if !behind.items.is_empty() {
        return Err(Fault::wrong(format!("no row behind {}", total.value), "there is one"));
    }
    if let Some(last) = total.value.checked_sub(1)
        && probe.list(&format!("limit=1&offset={last}"))?.items.is_empty()
    {
        return Err(Fault::wrong(format!("a row {}", total.value), "there is none"));
    }
    Ok(total.value.to_string())
}

fn cursor(probe: &mut Probe) -> Outcome {
    let first = probe.sample()?.clone();
    // Small pages, so that there are some to turn even where there are few rows.
    let size = (first.items.len() / 3).clamp(1, 50);
    let wanted = first.items.len().min(WALKED);
    let mut rows = Vec::new();
    let mut page = probe.list(&format!("limit={size}"))?;
    while rows.len() < wanted {
        let came = page.items.len();
        rows.append(&mut page.items);
        let Some(next) = page.next.filter(|_| rows.len() < wanted) else { break };
        if came == 0 {
            return Err(Fault::wrong("rows behind next", "an empty page"));
        }
        page = probe.list(&format!("limit={size}&cursor={}", encode(&next)))?;
    }
    rows.truncate(wanted);
    same(&first.items, &rows, "as without cursors")?;
    if first.total.value == wanted as u64 && first.next.is_some() && wanted > 0 {
        return Err(Fault::wrong("no next behind the last row", "there is one"));
    }
    Ok(format!("{} rows in pages of {size}", rows.len()))
}

fn back(probe: &mut Probe) -> Outcome {
    let first = probe.list("limit=1")?;
    let next = first.next.clone().ok_or_else(|| Fault::untried("the list has one page only"))?;
    let second = probe.list(&format!("limit=1&cursor={}", encode(&next)))?;
    let prev = second.prev.clone().ok_or_else(|| Fault::wrong("prev on the second page", "there is none"))?;
    let again = probe.list(&format!("limit=1&cursor={}", encode(&prev)))?;
    same(&first.items, &again.items, "the first page")?;
    Ok("the page before".to_owned())
}

fn offset(probe: &mut Probe) -> Outcome {
    let all = probe.sample()?.clone();
    let middle = all.items.len() / 2;
    let page = probe.list(&format!("limit=5&offset={middle}"))?;
    let expected: Vec<_> = all.items.iter().skip(middle).take(5).cloned().collect();
    let seen: Vec<_> = page.items.into_iter().take(expected.len()).collect();
    same(&expected, &seen, "as counted from the start")?;
    Ok(format!("{} rows behind {middle}", seen.len()))
}

fn query(probe: &mut Probe) -> Outcome {
    let can = |ability: &str| probe.off(ability).is_none();
    let filter = if can("filter.channel") { "group=open&-channel=sms" } else { "group=open" };
    let sort = if can("sort.created") { Sort::Created } else { Sort::Activity }.code();
    let got = probe.list(&format!("{filter}&sort={sort}&limit=20"))?;
    let body = json!({ "filter": filter, "sort": sort, "limit": 20 });
    let posted: ConversationPage = probe.post(paths::CONVERSATIONS_QUERY, &body)?.read(200)?;
    same(&got.items, &posted.items, "as GET")?;
    if got.total != posted.total {
        return Err(Fault::wrong(got.total.value.to_string(), posted.total.value.to_string()));
    }
    Ok(format!("{} rows of {}", posted.items.len(), posted.total.value))
}

fn sorted(probe: &mut Probe, sort: Sort) -> Outcome {
    let rows = probe.list(&format!("sort={}&limit={PAGE_ROWS}", sort.code()))?.items;
    for (a, b) in rows.iter().zip(rows.iter().skip(1)) {
        // Ids are opaque: of rows that are equal otherwise any may come first.
        let equal = Conversation { id: a.id.clone(), ..b.clone() };
        if sort.compare(a, &equal) == Ordering::Greater {
            return Err(Fault::wrong(
                format!("{} before {}", b.id, a.id),
                format!("{} before {}", a.id, b.id),
            ));
        }
    }
    Ok(format!("{} rows in order", rows.len()))
}

fn facets(probe: &mut Probe) -> Outcome {
    let path = |filter: &str| format!("{}?{filter}", paths::FACETS);
    let mut counted = 0;
    for filter in ["", "group=open"] {
        let facets: Facets = probe.read(&path(filter))?;
        if !facets.total.exact {
            return Err(Fault::untried("how many there are is not known exactly"));
        }
        let total = probe.total(filter)?;
        if facets.total.value != total {
            return Err(Fault::wrong(format!("{total} in all"), facets.total.value.to_string()));
        }
        let offered = |field: &&str| probe.off(&format!("filter.{field}")).is_none();
        for field in ["channel", "status", "owner", "tag"].into_iter().filter(offered).collect::<Vec<_>>() {
            let Some(options) = facets.facets.get(field) else {
                return Err(Fault::wrong(format!("counts of {field}"), "there are none"));
            };
            for (value, count) in options.iter().take(3) {
                let and = if filter.is_empty() { "" } else { "&" };
                let listed = probe.list(&format!("{filter}{and}{field}={}&limit=1", encode(value)))?.total;
                if listed.exact && listed.value != *count {
                    return Err(Fault::wrong(
                        format!("{} of {field}={value}, as listed", listed.value),
                        count.to_string(),
                    ));
                }
                counted += 1;
            }
        }
    }
    Ok(format!("{counted} options compared with the list"))
}

fn counts(probe: &mut Probe) -> Outcome {
    let counts: Counts = probe.read(paths::COUNTS)?;
    for view in View::ALL {
        let listed = probe.list(&format!("{}&limit=1", view.filter().to_query()))?.total;
        let count = counts.views.get(view.code());
        if let Some(count) = count.filter(|count| listed.exact && **count != listed.value) {
            let expected = format!("{} in {}, as listed", listed.value, view.code());
            return Err(Fault::wrong(expected, count.to_string()));
        }
    }
    if counts.views.is_empty() {
        return Err(Fault::untried("of no view is known how many it shows"));
    }
    Ok(format!("{} views", counts.views.len()))
}
