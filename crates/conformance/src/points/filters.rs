//! Each field of the filter: what is listed under it is compared with the definition in `bandeja-model`.

use crate::point::{Area, Fault, Outcome, Point, Verdict, point};
use crate::probe::Probe;
use crate::words::encode;
use bandeja_contract::ConversationPage;
use bandeja_contract::paths;
use bandeja_model::limits::PAGE_ROWS;
use bandeja_model::{Conversation, Filter, View, text};
use std::collections::BTreeSet;

const ON: &[&str] = &["lists.reads"];
/// The value of a field that a row has.
type Code = fn(&Conversation) -> &str;
/// Values of a field that are tried.
const TRIED: usize = 3;

pub(super) const POINTS: &[Point] = &[
    field("filters.view", "filter.view", views),
    field("filters.channel", "filter.channel", |probe| {
        values(probe, "channel", |row| vec![row.channel.code().to_owned()])
    }),
    field("filters.line", "filter.line", |probe| values(probe, "line", |row| vec![row.line.to_string()])),
    field("filters.status", "filter.status", |probe| {
        values(probe, "status", |row| vec![row.status.code().to_owned()])
    }),
    field("filters.group", "filter.group", |probe| {
        fixed(probe, "group", &["open", "new", "in_progress", "ended"])
    }),
    field("filters.owner", "filter.owner", |probe| {
        fixed(probe, "owner", &["me", "none", "any"])?;
        values(probe, "owner", |row| row.owner.iter().map(ToString::to_string).collect())
            .or_else(none_is_fine)
    }),
    field("filters.team", "filter.team", |probe| {
        fixed(probe, "team", &["mine", "none"])?;
        values(probe, "team", |row| row.team.iter().map(ToString::to_string).collect()).or_else(none_is_fine)
    }),
    field("filters.tag", "filter.tag", |probe| {
        values(probe, "tag", |row| row.tags.iter().map(ToString::to_string).collect())
    }),
    field("filters.campaign", "filter.campaign", |probe| {
        values(probe, "campaign", |row| vec![row.campaign.to_string()])
    }),
    field("filters.category", "filter.category", |probe| {
        values(probe, "category", |row| {
            let closing = row.closing.iter();
            closing
                .flat_map(|it| it.category_id.iter().chain(&it.subcategory_id).map(ToString::to_string))
                .collect()
        })
    }),
    field("filters.contact", "filter.contact", |probe| {
        values(probe, "contact", |row| vec![row.contact.id.to_string()])
    }),
    field("filters.priority", "filter.priority", |probe| {
        fixed(probe, "priority", &["none", "low", "high", "urgent"])
    }),
    field("filters.unread", "filter.unread", |probe| fixed(probe, "unread", &["yes", "no"])),
    field("filters.window", "filter.window", |probe| fixed(probe, "window", &["open", "closed"])),
    field("filters.archived", "filter.archived", |probe| fixed(probe, "archived", &["yes", "no"])),
    field("filters.snoozed", "filter.snoozed", |probe| fixed(probe, "snoozed", &["yes", "no"])),
    field("filters.mentioned", "filter.mentioned", |probe| fixed(probe, "mentioned", &["yes", "no"])),
    field("filters.activity", "filter.activity", |probe| {
        spans(probe, "activity", |row| Some(row.last_activity_at))
    }),
    field("filters.created", "filter.created", |probe| spans(probe, "created", |row| Some(row.created_at))),
    field("filters.closed", "filter.closed", |probe| {
        spans(probe, "closed", |row| row.closing.as_ref().map(|it| it.at))
    }),
    point(
        Area::Filters,
        "filters.q",
        "q finds words of contacts whatever their case and accents, and nothing where there is nothing.",
        "The search box finds less than there is.",
        search,
    )
    .on(ON)
    .of("filter.q"),
    point(
        Area::Filters,
        "filters.together",
        "Values of one field are OR, fields are AND, -field is NOT.",
        "Two chips at a time show the wrong list.",
        together,
    )
    .on(ON),
    refused("filters.unknown_field", "An unknown field is 400 with its name.", |probe| {
        refuse(probe, "colour=red", "colour")
    }),
    refused(
        "filters.unknown_value",
        "A value that a field does not have is 400 with the field's name.",
        |probe| refuse(probe, "status=asleep", "status"),
    ),
    refused("filters.view_twice", "A second view is 400: there is one at a time.", |probe| {
        refuse(probe, "view=mine&view=all", "view")
    }),
];

const fn field(id: &'static str, ability: &'static str, check: fn(&mut Probe) -> Outcome) -> Point {
    point(
        Area::Filters,
        id,
        "Only what has the value is listed under it, all of it, and the rest under its negation.",
        "The filter's chip shows the wrong list; what live changes add or take away disagrees with it.",
        check,
    )
    .on(ON)
    .of(ability)
}

const fn refused(id: &'static str, asks: &'static str, check: fn(&mut Probe) -> Outcome) -> Point {
    point(
        Area::Filters,
        id,
        asks,
        "A saved link or view with a mistake shows a list that it does not ask for.",
        check,
    )
    .on(ON)
}

/// Values named by hand were right; that the list shows no other is nobody's fault.
fn none_is_fine(fault: Fault) -> Outcome {
    if fault.verdict == Verdict::NotTried { Ok("fixed values".to_owned()) } else { Err(fault) }
}

fn refuse(probe: &mut Probe, filter: &str, field: &str) -> Outcome {
    let answer = probe.get(&format!("{}?{filter}", paths::CONVERSATIONS))?;
    let said = answer.refusal_of(field)?;
    answer.problem(400, &[bandeja_contract::problem::code::INVALID_FILTER])?;
    Ok(format!("400 {}", said.code))
}

/// Tries the values of a field that the list shows.
fn values(probe: &mut Probe, field: &str, of: impl Fn(&Conversation) -> Vec<String>) -> Outcome {
    let shown: BTreeSet<String> = probe.sample()?.items.iter().flat_map(of).collect();
    if shown.is_empty() {
        return Err(Fault::untried(format!("no conversation looked at has a {field}")));
    }
    let shown: Vec<&str> = shown.iter().map(String::as_str).take(TRIED).collect();
    fixed(probe, field, &shown)
}

/// Tries these values of a field.
fn fixed(probe: &mut Probe, field: &str, values: &[&str]) -> Outcome {
    let mut found = Vec::new();
    for value in values {
        let listed = twice(probe, |probe| value_of(probe, field, value))?;
        found.push(format!("{value} {listed}"));
    }
    Ok(found.join(", "))
}

/// Others work meanwhile: what is wrong has to be wrong on fresh data too.
fn twice<T>(probe: &mut Probe, check: impl Fn(&mut Probe) -> Result<T, Fault>) -> Result<T, Fault> {
    check(probe).or_else(|_| {
        probe.sample = Some(probe.list(&format!("limit={PAGE_ROWS}"))?);
        check(probe)
    })
}

fn value_of(probe: &mut Probe, field: &str, value: &str) -> Result<u64, Fault> {
    let condition = format!("{field}={}", encode(value));
    let page = matching(probe, &condition)?;
    let without = probe.list(&format!("-{condition}&limit=1"))?.total;
    let request = probe.request.clone();
    let all = probe.sample()?.total;
    probe.request = request;
    if all.exact && page.total.exact && without.exact && page.total.value + without.value != all.value {
        let seen = format!("{} with it and {} without", page.total.value, without.value);
        return Err(Fault::wrong(format!("{} together under {condition} and its negation", all.value), seen));
    }
    Ok(page.total.value)
}

/// The page under a filter, with every row checked, and against the whole list where that is known.
fn matching(probe: &mut Probe, filter: &str) -> Result<ConversationPage, Fault> {
    let page = probe.list(&format!("{filter}&limit={PAGE_ROWS}"))?;
    let viewer = probe.viewer()?;
    let plan = Filter::parse(filter).map_err(|error| Fault::untried(error.to_string()))?;
    if let Some(row) = page.items.iter().find(|row| !plan.matches(row, &viewer)) {
        return Err(Fault::wrong(format!("only rows for which {filter}"), format!("{} among them", row.id)));
    }
    let sample = probe.sample()?;
    let due: Vec<_> = sample.items.iter().filter(|row| plan.matches(row, &viewer)).collect();
    let left_out = due.iter().find(|row| !page.items.iter().any(|listed| listed.id == row.id));
    if let Some(row) = left_out.filter(|_| page.total.value == page.items.len() as u64) {
        return Err(Fault::wrong(format!("{} under {filter}", row.id), "it is left out"));
    }
    let whole = sample.total.value == sample.items.len() as u64;
    let (counted, total) = (due.len() as u64, page.total.value);
    if (whole && counted != total) || counted > total {
        return Err(Fault::wrong(format!("{counted} under {filter}"), format!("a total of {total}")));
    }
    if total < page.items.len() as u64 || (page.next.is_none() && total != page.items.len() as u64) {
        return Err(Fault::wrong(format!("a total of {} rows", page.items.len()), total.to_string()));
    }
    Ok(page)
}

fn views(probe: &mut Probe) -> Outcome {
    let mut found = Vec::new();
    for view in View::ALL {
        let filter = format!("view={}", view.code());
        let page = twice(probe, |probe| matching(probe, &filter))?;
        found.push(format!("{} {}", view.code(), page.total.value));
    }
    Ok(found.join(", "))
}

fn spans(
    probe: &mut Probe,
    field: &str,
    of: impl Fn(&Conversation) -> Option<bandeja_model::Timestamp>,
) -> Outcome {
    let mut moments: Vec<_> = probe.sample()?.items.iter().filter_map(of).collect();
    moments.sort_unstable();
    let Some(middle) = moments.get(moments.len() / 2) else {
        return Err(Fault::untried(format!("no conversation looked at has a moment of {field}")));
    };
    let moment = middle.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
    let day = middle.date_naive();
    let next = day.succ_opt().unwrap_or(day);
    // From the very moment on, and up to it: it is inside one of them only.
    let from = format!("{moment}..");
    let (to, of_day) = (format!("..{moment}"), format!("{day}..{next}"));
    fixed(probe, field, &[&from, &to, &of_day])
}

fn search(probe: &mut Probe) -> Outcome {
    let narrowed = probe.off("filter.contact").is_none();
    let rows = &probe.sample()?.items;
    let accented = |row: &&Conversation| text::fold(&row.contact.name) != row.contact.name.to_lowercase();
    let named = |row: &&Conversation| text::words(&row.contact.name).any(|word| word.chars().count() >= 3);
    let row = rows.iter().filter(named).find(accented).or_else(|| rows.iter().find(named));
    let row = row.cloned().ok_or_else(|| Fault::untried("no contact looked at has a name"))?;
    let words: Vec<&str> = row.contact.name.split(|c: char| !c.is_alphanumeric()).collect();
    let word = words.iter().find(|it| it.chars().count() >= 3 && text::fold(it) != it.to_lowercase());
    let word = word.or_else(|| words.iter().find(|it| it.chars().count() >= 3)).copied().unwrap_or_default();
    let filter = |text: &str| {
        let contact = format!("&contact={}", encode(row.contact.id.as_str()));
        format!("q={}{}", encode(text), if narrowed { contact.as_str() } else { "" })
    };
    for spelt in [word.to_owned(), text::fold(word).to_uppercase()] {
        let found = probe.list(&format!("{}&limit={PAGE_ROWS}", filter(&spelt)))?;
        if !found.items.iter().any(|it| it.id == row.id) {
            if let Some(partial) = found.partial.filter(|partial| partial.more) {
                let said =
                    format!("{} rows were looked at, and {} is not among them", partial.loaded, row.id);
                return Err(Fault::untried(said));
            }
            return Err(Fault::wrong(format!("conversation {} under q={spelt}", row.id), "it is left out"));
        }
    }
    let nothing = probe.total("q=zzqxjjwvkzzq")?;
    if nothing != 0 {
        return Err(Fault::wrong("nothing under a word that nobody wrote", format!("{nothing} found")));
    }
    Ok("a name in two spellings, and nothing".to_owned())
}

fn together(probe: &mut Probe) -> Outcome {
    // Which second field there is besides the state is the implementer's choice.
    let codes: [(&str, Code); 2] =
        [("channel", |row| row.channel.code()), ("priority", |row| row.priority.code())];
    let offered = codes.into_iter().find(|(field, _)| probe.off(&format!("filter.{field}")).is_none());
    let (field, code) =
        offered.ok_or_else(|| Fault::untried("neither channel nor priority can be filtered by"))?;
    let row = probe.any()?;
    let other = probe.sample()?.items.iter().find(|it| code(it) != code(&row)).cloned();
    let (value, status) = (code(&row), row.status.code());
    let mut filters = vec![format!("{field}={value}&status={status}")];
    filters.push(format!("-{field}={value}&-status={status}"));
    if let Some(other) = &other {
        filters.push(format!("{field}={value}&{field}={}&group=open", code(other)));
    }
    let mut found = Vec::new();
    for filter in filters {
        found.push(twice(probe, |probe| matching(probe, &filter))?.total.value.to_string());
    }
    Ok(format!("{} conversations", found.join(", ")))
}
