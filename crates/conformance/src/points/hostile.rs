//! What a stranger or a mistake sends: it is refused, and nothing breaks.

use crate::http::{Answer, Sent};
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::paths;
use bandeja_contract::problem::code;
use bandeja_model::ConversationId;
use serde_json::json;

const ON: &[&str] = &["lists.reads"];
const BREAKS: &str = "The app says that the server failed, where a mistake should be named.";
/// An id that nothing has.
pub(super) const NOBODYS_ID: &str = "999999999999";

pub(super) const POINTS: &[Point] = &[
    hostile(
        "hostile.limit",
        "limit is at least 1 and at most 200: others are refused, or cut to that.",
        limits,
    ),
    hostile("hostile.cursor", "A cursor that was never given out is 400.", |probe| {
        for cursor in ["nonsense", "%00", "n.activity.1", &"9".repeat(400)] {
            let answer = probe.get(&format!("{}?cursor={cursor}", paths::CONVERSATIONS))?;
            answer.problem(400, &[])?;
        }
        Ok("400".to_owned())
    }),
    hostile("hostile.offset", "An offset behind everything is an empty page.", |probe| {
        let page = probe.list("offset=9007199254740991&limit=1")?;
        if page.items.is_empty() {
            Ok("an empty page".to_owned())
        } else {
            Err(Fault::wrong("no rows", "rows"))
        }
    }),
    hostile("hostile.sort", "An order that does not exist is 400 with the field's name.", |probe| {
        probe.get(&format!("{}?sort=colour", paths::CONVERSATIONS))?.refusal_of("sort")?;
        Ok("400 that names it".to_owned())
    }),
    hostile("hostile.encoding", "A broken percent sign in a filter is 400.", |probe| {
        let answer = probe.get(&format!("{}?q=%C3%28", paths::CONVERSATIONS))?;
        answer.problem(400, &[])?;
        Ok("400".to_owned())
    }),
    hostile("hostile.long_filter", "A filter above its limit is refused.", |probe| {
        let filter = format!("q={}", "a".repeat(bandeja_model::limits::QUERY_CHARS + 1));
        let answer = probe.get(&format!("{}?{filter}", paths::CONVERSATIONS))?;
        answer.problem(400, &[])?;
        Ok("400".to_owned())
    }),
    hostile(
        "hostile.unknown_ids",
        "What does not exist is 404, never 500, however its id is written.",
        unknown_ids,
    ),
    hostile("hostile.deep_json", "JSON nested a thousand times deep is 400.", |probe| {
        let body = format!("{{\"filter\":{}{}}}", "[".repeat(1_000), "]".repeat(1_000));
        let sent = Sent { body: Some(("application/json", body)), ..Sent::default() };
        let answer = probe.call("POST", paths::CONVERSATIONS_QUERY, &sent)?;
        answer.problem(400, &[])?;
        Ok("400".to_owned())
    }),
];

const fn hostile(id: &'static str, asks: &'static str, check: fn(&mut Probe) -> Outcome) -> Point {
    point(Area::Hostile, id, asks, BREAKS, check).on(ON)
}

fn limits(probe: &mut Probe) -> Outcome {
    for limit in ["0", "201", "4294967295", "99999999999999999999", "-1"] {
        let answer = probe.get(&format!("{}?limit={limit}", paths::CONVERSATIONS))?;
        if answer.status == 200 {
            let rows = answer.read::<bandeja_contract::ConversationPage>(200)?.items.len();
            if rows > 200 {
                return Err(Fault::wrong("at most 200 rows", format!("{rows} rows for limit={limit}")));
            }
        } else {
            answer.refusal_of("limit")?;
        }
    }
    Ok("refused, or cut".to_owned())
}

fn is_not_found(answer: &Answer) -> Result<(), Fault> {
    answer.problem(404, &[code::NOT_FOUND]).map(|_| ())
}

fn unknown_ids(probe: &mut Probe) -> Outcome {
    let long = "x".repeat(1_000);
    let ids = [NOBODYS_ID, "-1", "ñ", "a b", "../x", "0x1", "'", "\"", "1;", &long];
    for id in ids {
        let id = ConversationId::new(id);
        is_not_found(&probe.get(&paths::conversation(&id))?)?;
        is_not_found(&probe.get(&paths::messages(&id))?)?;
    }
    is_not_found(&probe.get(&paths::bulk(NOBODYS_ID))?)?;
    is_not_found(&probe.call("POST", &paths::undo(NOBODYS_ID), &Sent::default())?)?;
    let answer = probe.call(
        "POST",
        &paths::conversation_action(&ConversationId::new(NOBODYS_ID), "close"),
        &Sent::json(&json!({ "description": "x" })).with(bandeja_contract::headers::IF_MATCH, "\"1\""),
    )?;
    is_not_found(&answer)?;
    Ok(format!("404 for {} of them", ids.len() + 3))
}
