//! Who is signed in, and what stands around it.

use crate::http::Sent;
use crate::point::{Area, Fault, Outcome, Point, point};
use crate::probe::Probe;
use bandeja_contract::problem::code;
use bandeja_contract::{Session, paths};
use chrono::Utc;
use serde_json::Value;

/// How far the server's clock may be from ours, in seconds; a demo's is moved at will.
const CLOCKS_APART_S: i64 = 300;

pub(super) const POINTS: &[Point] = &[
    point(
        Area::Session,
        "session.reads",
        "GET /session says who is signed in: id, name, role, campaigns, teams, availability.",
        "The app shows its sign-in page and nothing else.",
        reads,
    ),
    point(
        Area::Session,
        "session.anonymous",
        "Without a token the answer is 401 with code unauthenticated.",
        "The app does not notice that a session is over: it shows errors in the place of its sign-in page.",
        |probe| refused(probe, None),
    ),
    point(
        Area::Session,
        "session.wrong_token",
        "With a token that was never given out the answer is the same.",
        "As above.",
        |probe| refused(probe, Some("this-token-was-never-given-out")),
    ),
    point(
        Area::Session,
        "session.closing_forms",
        "closing_forms has the installation's forms under the empty key.",
        "The app asks for the closing form as shipped, whatever the installation wants.",
        closing_forms,
    )
    .on(&["session.reads"]),
    point(
        Area::Session,
        "session.server_time",
        "server_time is now, in UTC.",
        "Times left, of the interaction window for instance, are shown wrong.",
        server_time,
    )
    .on(&["session.reads"]),
    point(
        Area::Session,
        "session.reasons",
        "A reason why something is off has words; without one, the app says itself that it is not offered.",
        "The app shows a control disabled beside an empty reason.",
        reasons,
    )
    .on(&["session.reads"]),
    point(
        Area::Session,
        "session.openapi",
        "GET /openapi.json answers an OpenAPI 3.1 document, without a sign-in.",
        "Nothing in the app; other programs cannot learn the server's calls.",
        openapi,
    ),
];

fn reads(probe: &mut Probe) -> Outcome {
    let session: Session = probe.read(paths::SESSION)?;
    let seen = format!("{} with {} capabilities", session.user.role.code(), session.capabilities.len());
    if session.user.id.as_str().is_empty() {
        return Err(Fault::wrong("a user with an id", "an empty id"));
    }
    probe.signed_in(session);
    Ok(seen)
}

fn refused(probe: &mut Probe, token: Option<&str>) -> Outcome {
    let other = probe.client.as_other(token);
    let answer = probe.call_as(&other, "GET", paths::SESSION, &Sent::default())?;
    answer.problem(401, &[code::UNAUTHENTICATED])?;
    Ok("401 unauthenticated".to_owned())
}

fn closing_forms(probe: &mut Probe) -> Outcome {
    let forms = &probe.session()?.closing_forms;
    if !forms.contains_key("") {
        return Err(Fault::wrong("an entry with the empty key", format!("{} other entries", forms.len())));
    }
    Ok(format!("{} forms", forms.len()))
}

fn server_time(probe: &mut Probe) -> Outcome {
    let session = probe.session()?;
    let apart = (session.server_time - Utc::now()).num_seconds().abs();
    if apart > CLOCKS_APART_S && !session.demo {
        return Err(Fault::wrong(
            format!("at most {CLOCKS_APART_S} s from this machine's clock"),
            format!("{apart} s"),
        ));
    }
    Ok(format!("{apart} s from this machine's clock"))
}

fn reasons(probe: &mut Probe) -> Outcome {
    let session = probe.session()?;
    let off = session.capabilities.iter().filter(|(_, capability)| !capability.on);
    let silent: Vec<&str> = off
        .clone()
        .filter(|(_, capability)| capability.reason.as_deref().is_some_and(|reason| reason.trim().is_empty()))
        .map(|(name, _)| name.as_str())
        .collect();
    if !silent.is_empty() {
        return Err(Fault::wrong(
            "reasons in words, or none",
            format!("empty ones for {}", silent.join(", ")),
        ));
    }
    let names: Vec<&str> = off.map(|(name, _)| name.as_str()).collect();
    Ok(if names.is_empty() { "all are on".to_owned() } else { format!("off: {}", names.join(", ")) })
}

fn openapi(probe: &mut Probe) -> Outcome {
    let nobody = probe.client.as_other(None);
    let document: Value = probe.call_as(&nobody, "GET", paths::OPENAPI, &Sent::default())?.value(200)?;
    let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let described = document.get("paths").and_then(Value::as_object).map_or(0, serde_json::Map::len);
    if !version.starts_with("3.1") || described == 0 {
        return Err(Fault::wrong(
            "OpenAPI 3.1 with paths",
            format!("version “{version}”, {described} paths"),
        ));
    }
    Ok(format!("{described} paths"))
}
