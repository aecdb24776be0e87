//! What holds for every call.

use crate::http::Sent;
use crate::point::{Area, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::paths;
use bandeja_contract::problem::code;
use serde_json::json;

const ON: &[&str] = &["session.reads"];
const SAYS: &str = "The app says that something went wrong, without saying what or where.";

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Conventions,
        "conventions.unknown_field",
        "An unknown field of a body is refused with its name: 400 with fields[].",
        SAYS,
        |probe| {
            let answer = probe.post(paths::CONVERSATIONS_QUERY, &json!({ "filter": "", "colour": 1 }))?;
            answer.refusal_of("colour")?;
            Ok("400 that names it".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.wrong_type",
        "A field of another type is refused with its name.",
        SAYS,
        |probe| {
            let answer = probe.post(paths::CONVERSATIONS_QUERY, &json!({ "limit": "many" }))?;
            answer.refusal_of("limit")?;
            Ok("400 that names it".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.not_json",
        "A body that is no JSON is 400 with code invalid.",
        SAYS,
        |probe| {
            let sent =
                Sent { body: Some(("application/json", "{\"filter\":".to_owned())), ..Sent::default() };
            let answer = probe.call("POST", paths::CONVERSATIONS_QUERY, &sent)?;
            answer.problem(400, &[code::INVALID])?;
            Ok("400 invalid".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.media_type",
        "A body of another media type is 415 with code media_type.",
        SAYS,
        |probe| {
            let sent = Sent { body: Some(("text/plain", "{}".to_owned())), ..Sent::default() };
            let answer = probe.call("POST", paths::CONVERSATIONS_QUERY, &sent)?;
            answer.problem(415, &[code::MEDIA_TYPE])?;
            Ok("415 media_type".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.no_such_path",
        "A path that the contract does not have is 404 as a problem.",
        SAYS,
        no_such_path,
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.no_such_method",
        "A method that a path does not have is 405 as a problem.",
        SAYS,
        |probe| {
            let answer = probe.call("DELETE", paths::CONVERSATIONS, &Sent::default())?;
            answer.problem(405, &[code::METHOD_NOT_ALLOWED])?;
            Ok("405 method_not_allowed".to_owned())
        },
    )
    .on(ON),
    point(
        Area::Conventions,
        "conventions.too_large",
        "A body above the limit is 413 with code too_large.",
        SAYS,
        too_large,
    )
    .on(ON),
];

fn no_such_path(probe: &mut Probe) -> Outcome {
    let answer = probe.get(&format!("{}/there-is-no-such-path", paths::BASE))?;
    answer.problem(404, &[code::NOT_FOUND])?;
    Ok("404 not_found".to_owned())
}

fn too_large(probe: &mut Probe) -> Outcome {
    let filter = "a".repeat(bandeja_model::limits::BODY_BYTES + 1);
    let answer = probe.post(paths::CONVERSATIONS_QUERY, &json!({ "filter": filter }))?;
    answer.problem(413, &[code::TOO_LARGE])?;
    Ok("413 too_large".to_owned())
}
