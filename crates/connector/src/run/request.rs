//! A call of the plan to a request: its address, headers, credentials and body.

use super::core::Core;
use super::{address, fill};
use crate::host::{Sent, SentBody};
use crate::plan::language::encode_base64;
use crate::plan::val::{self, Val};
use crate::plan::{BodyKind, Call, Credentials, ExprError, Piece, Shape, Var, Vars};

/// Parameters from elsewhere than the call itself: filters, orders, pages.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// Set instead of the call's own of the same name.
    pub(super) pairs: Vec<(String, String)>,
    /// The call's own are left out altogether.
    pub(super) alone: bool,
    /// What the address begins with instead of the transport's base.
    pub(super) base: Option<Vec<Piece>>,
}

/// The request for `call`. Variables lack nothing but `$secret`.
pub(super) fn build(core: &Core, call: &Call, vars: &Vars, extra: &Extra) -> Result<Sent, ExprError> {
    let transport = &core.plan.transport;
    let arrays = transport.arrays;
    // Where an expression may use `$secret` is checked when the file is read.
    let vars = &vars.clone().with(Var::Secret, core.secrets());
    let base = fill::text(extra.base.as_deref().unwrap_or(&transport.base), vars)?;
    let mut query = fill::pairs(&transport.query, vars, arrays)?;
    let own = if extra.alone { Vec::new() } else { fill::pairs(&call.query, vars, arrays)? };
    replace(&mut query, own);
    replace(&mut query, extra.pairs.clone());
    let mut headers = Vec::new();
    for (name, pieces) in transport.headers.iter().chain(&call.headers) {
        if let Some(value) = fill::whole_text(pieces, vars)? {
            set(&mut headers, name, one_line(&value));
        }
    }
    credentials(core, vars, &mut headers, &mut query)?;
    let changes = !matches!(call.method.as_str(), "GET" | "HEAD" | "OPTIONS");
    if let Some(csrf) = core.plan.auth.csrf.as_ref().filter(|_| changes)
        && let Some(value) = core.host.door.cookie(&csrf.cookie)
    {
        set(&mut headers, &csrf.header, one_line(&value));
    }
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("accept")) {
        headers.push(("Accept".to_owned(), "application/json".to_owned()));
    }
    let url = address::join(&base, &fill::path(&call.path, vars)?);
    Ok(Sent {
        method: call.method.clone(),
        url: address::with_query(url, &query),
        headers,
        body: body(call.body.as_ref(), vars, core)?,
        timeout_ms: transport.timeout_ms,
        cookies: matches!(core.plan.auth.with, Credentials::Cookies) || core.plan.auth.csrf.is_some(),
        max_bytes: transport.max_bytes,
    })
}

fn credentials(
    core: &Core,
    vars: &Vars,
    headers: &mut Vec<(String, String)>,
    query: &mut Vec<(String, String)>,
) -> Result<(), ExprError> {
    match &core.plan.auth.with {
        Credentials::None | Credentials::Cookies => {}
        Credentials::Header(name, pieces) => {
            if let Some(value) = fill::whole_text(pieces, vars)? {
                set(headers, name, one_line(&value));
            }
        }
        Credentials::Query(name, pieces) => {
            if let Some(value) = fill::whole_text(pieces, vars)? {
                replace(query, vec![(name.clone(), value)]);
            }
        }
        Credentials::Basic(user, password) => {
            if let (Some(user), Some(password)) =
                (fill::whole_text(user, vars)?, fill::whole_text(password, vars)?)
            {
                set(
                    headers,
                    "Authorization",
                    format!("Basic {}", encode_base64(&format!("{user}:{password}"))),
                );
            }
        }
    }
    Ok(())
}

fn body(body: Option<&(BodyKind, Shape)>, vars: &Vars, core: &Core) -> Result<SentBody, ExprError> {
    let arrays = core.plan.transport.arrays;
    Ok(match body {
        None => SentBody::None,
        Some((BodyKind::Json, shape)) => SentBody::Text {
            content_type: "application/json",
            text: fill::value(shape, vars)?
                .map_or(serde_json::Value::Null, |body| val::to_json(&body))
                .to_string(),
        },
        Some((BodyKind::Form, shape)) => SentBody::Text {
            content_type: "application/x-www-form-urlencoded",
            text: address::query(&fill::form(shape, vars, arrays)?),
        },
        Some((BodyKind::Multipart, shape)) => SentBody::Multipart(fill::form(shape, vars, arrays)?),
    })
}

/// Sets parameters: those of the same names that stood there before are gone, several new ones of one name stay.
pub(super) fn replace(query: &mut Vec<(String, String)>, new: Vec<(String, String)>) {
    query.retain(|(name, _)| !new.iter().any(|(other, _)| other == name));
    query.extend(new);
}

fn set(headers: &mut Vec<(String, String)>, name: &str, value: String) {
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value));
}

/// A header cannot have a second line, or it would be a second header.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// `$secret`: those that are there, by name.
pub(super) fn secrets(names: &[String], get: impl Fn(&str) -> Option<String>) -> Val {
    val::object(names.iter().filter_map(|name| Some((name.as_str(), val::text(get(name)?)))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_has_one_line() {
        assert_eq!(one_line("Token a\r\nX-Admin: 1 "), "Token a  X-Admin: 1");
    }

    #[test]
    fn a_parameter_from_a_filter_takes_the_place_of_the_calls_own() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut query = vec![pair("status", "1"), pair("page", "1")];
        replace(&mut query, vec![pair("status", "2"), pair("status", "3")]);
        assert_eq!(query, [pair("page", "1"), pair("status", "2"), pair("status", "3")]);
    }
}
