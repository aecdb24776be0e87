//! The OpenAPI document, made from the code of the calls; and whether the server is up.
//!
//! What every call has in common (problem answers, headers, ways to sign in, limits of fields) is
//! added here rather than repeated at each of them.

use crate::app::AppState;
use crate::http::caller::COOKIE;
use crate::http::idempotency::KEY_BYTES;
use crate::http::problem::ApiResult;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bandeja_contract::problem::MEDIA_TYPE;
use bandeja_contract::{Event, Problem, StaleLine, headers};
use bandeja_model::{bulk, limits};
use serde_json::{Map, Value, json};
use std::sync::OnceLock;
use utoipa::{OpenApi, PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(health)).routes(routes!(openapi))
}

/// Whether the server can serve
#[utoipa::path(get, path = "/health", tag = "about", security(()), responses(
    (status = 204, description = "It can"),
))]
async fn health(State(app): State<AppState>) -> ApiResult<StatusCode> {
    drop(app.store.read().await?);
    Ok(StatusCode::NO_CONTENT)
}

/// This document
#[utoipa::path(get, path = "/openapi.json", tag = "about", security(()), responses(
    (status = 200, description = "The OpenAPI document", content_type = "application/json"),
))]
async fn openapi() -> Response {
    answer()
}

/// The document as an answer.
pub fn answer() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, document()).into_response()
}

/// The document, pretty JSON with a newline at its end; the same bytes wherever it is asked for.
pub fn document() -> &'static str {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        // Writing plain JSON values cannot fail.
        let mut text = serde_json::to_string_pretty(&build()).unwrap_or_default();
        text.push('\n');
        text
    })
}

#[derive(OpenApi)]
#[openapi(components(schemas(Problem, Event, StaleLine)))]
struct Base;

fn build() -> Value {
    let mut api = Base::openapi();
    api.merge(super::routes(true).into_openapi());
    // Types that no call names outright, but that other types refer to.
    let mut referred = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut referred);
    Event::schemas(&mut referred);
    let components = api.components.get_or_insert_default();
    for (name, schema) in referred {
        components.schemas.entry(name).or_insert(schema);
    }
    let mut document = serde_json::to_value(api).unwrap_or_default();
    if let Some(root) = document.as_object_mut() {
        root.insert("info".to_owned(), info());
        root.insert("servers".to_owned(), json!([{ "url": "/" }]));
        root.insert("security".to_owned(), json!([{ "bearer": [] }, { "session": [], "csrf": [] }]));
    }
    if let Some(components) = document.pointer_mut("/components").and_then(Value::as_object_mut) {
        components.insert("securitySchemes".to_owned(), security_schemes());
        components.insert("responses".to_owned(), responses());
        components.insert("parameters".to_owned(), parameters());
    }
    add_limits(&mut document);
    for (method, call) in calls(&mut document) {
        complete(&method, call);
    }
    document
}

fn info() -> Value {
    json!({
        "title": "Bandeja",
        "version": env!("CARGO_PKG_VERSION"),
        "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        "description": format!(
            "The REST contract between the agents' inbox and its back end. JSON in snake_case; ids are opaque \
             strings; times are RFC 3339 in UTC; durations are seconds. Errors are RFC 9457 problems with a stable \
             `code`. A body has at most {} bytes, a list answers at most {} rows, a filter has at most {} bytes and \
             {} values in a field; the limits of texts stand at their fields. Unknown fields in a body are refused \
             with their name; clients ignore fields they do not know.",
            limits::BODY_BYTES, limits::PAGE_ROWS, limits::FILTER_BYTES, limits::FILTER_VALUES,
        ),
    })
}

fn security_schemes() -> Value {
    let (csrf, signature) = (headers::CSRF, headers::SIGNATURE);
    json!({
        "bearer": { "type": "http", "scheme": "bearer" },
        "api_key": { "type": "http", "scheme": "bearer",
            "description": "An API key of `bandeja-server api-key create`. For back ends: never from a page." },
        "session": { "type": "apiKey", "in": "cookie", "name": COOKIE,
            "description": "Set by signing in. Calls other than GET need the CSRF header besides." },
        "csrf": { "type": "apiKey", "in": "header", "name": csrf,
            "description": "The session's `csrf`. Not needed by calls that change nothing." },
        "signature": { "type": "apiKey", "in": "header", "name": signature,
            "description": "`sha256=` and the hexadecimal HMAC-SHA256 of the raw body with the line's secret." },
    })
}

fn responses() -> Value {
    json!({ "Problem": {
        "description": "What went wrong, see its `code`.",
        "content": { MEDIA_TYPE: { "schema": { "$ref": "#/components/schemas/Problem" } } },
    } })
}

fn parameters() -> Value {
    json!({ "IdempotencyKey": {
        "name": headers::IDEMPOTENCY_KEY, "in": "header", "required": false,
        "description": "Makes a repeat of the same call answer as the first time, for 24 hours. The same key with \
            another call is 422. Answers 401, 412, 429 and 5xx are not kept.",
        "schema": { "type": "string", "minLength": 1, "maxLength": KEY_BYTES },
    } })
}

/// Every call with its method.
fn calls(document: &mut Value) -> impl Iterator<Item = (String, &mut Map<String, Value>)> {
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    paths
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::iter_mut)
        .filter_map(|(method, call)| Some((method.clone(), call.as_object_mut()?)))
}

/// Adds to a call what all have in common.
fn complete(method: &str, call: &mut Map<String, Value>) {
    if let Some(responses) = call.get_mut("responses").and_then(Value::as_object_mut) {
        let problem = json!({ "$ref": "#/components/responses/Problem" });
        responses.entry("default").or_insert(problem);
    }
    let is_open = call.contains_key("security");
    if method != "get" && !is_open {
        let parameters = call.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
        }
    }
}

/// States the limits that the types themselves do not carry.
fn add_limits(document: &mut Value) {
    let texts = [
        ("Close", "description", limits::DESCRIPTION_CHARS),
        ("Close", "summary", limits::SUMMARY_CHARS),
        ("NewMessage", "body", limits::MESSAGE_CHARS),
        ("Inbound", "text", limits::MESSAGE_CHARS),
        ("InboundContact", "name", limits::NAME_CHARS),
        ("InboundContact", "address", limits::ADDRESS_CHARS),
        ("ConversationQuery", "filter", limits::FILTER_BYTES),
        ("BulkSelection", "filter", limits::FILTER_BYTES),
        ("BotMenu", "greeting", limits::GREETING_CHARS),
        ("MenuOption", "label", limits::OPTION_CHARS),
        ("ClosingDraft", "description", limits::DESCRIPTION_CHARS),
        ("ClosingDraft", "summary", limits::SUMMARY_CHARS),
        ("Farewell", "text", limits::FAREWELL_CHARS),
        ("EmbedTokenRequest", "user_email", limits::ADDRESS_CHARS),
    ];
    let lists = [
        ("SetTags", "tags", limits::TAGS),
        ("Scopes", "lines", limits::FILTER_VALUES),
        ("BotMenu", "options", limits::MENU_OPTIONS),
        ("NewMessage", "mentions", limits::MENTIONS),
        ("PreviewBulk", "tags", limits::TAGS),
        ("BulkSelection", "ids", bulk::NAMED),
        ("BulkSelection", "except", bulk::NAMED),
    ];
    for (keyword, limits) in [("maxLength", texts.as_slice()), ("maxItems", lists.as_slice())] {
        for (schema, property, most) in limits {
            let place = format!("/components/schemas/{schema}/properties/{property}");
            if let Some(property) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
                property.insert(keyword.to_owned(), json!(most));
            }
        }
    }
    // Bodies are read strictly.
    for schema in [
        "Assign",
        "BotMenu",
        "BulkSelection",
        "Close",
        "ConversationQuery",
        "EmbedTokenRequest",
        "Inbound",
        "MenuOption",
        "NewMessage",
        "PreviewBulk",
        "SaveLine",
        "SaveTiming",
        "Scopes",
        "SetTags",
        "SignIn",
        "StartBulk",
    ] {
        let place = format!("/components/schemas/{schema}");
        if let Some(schema) = document.pointer_mut(&place).and_then(Value::as_object_mut) {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_leads_somewhere() {
        let document: Value = serde_json::from_str(document()).unwrap();
        let mut pending = vec![&document];
        let mut seen = 0;
        while let Some(value) = pending.pop() {
            match value {
                Value::Array(items) => pending.extend(items),
                Value::Object(fields) => {
                    if let Some(to) = fields.get("$ref").and_then(Value::as_str) {
                        seen += 1;
                        assert!(document.pointer(to.trim_start_matches('#')).is_some(), "{to}");
                    }
                    pending.extend(fields.values());
                }
                _ => {}
            }
        }
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn limits_problems_and_ways_to_sign_in_are_stated() {
        let document: Value = serde_json::from_str(document()).unwrap();
        assert_eq!(document["openapi"], "3.1.0");
        let close = &document["components"]["schemas"]["Close"];
        assert_eq!(close["properties"]["description"]["maxLength"], 1000);
        assert_eq!(close["additionalProperties"], false);
        let selection = &document["components"]["schemas"]["BulkSelection"];
        assert_eq!(selection["properties"]["ids"]["maxItems"], 10_000);
        assert_eq!(selection["properties"]["except"]["maxItems"], 10_000);
        for (path, calls) in document["paths"].as_object().unwrap() {
            assert!(path.starts_with("/api/v1/"), "{path}");
            for (method, call) in calls.as_object().unwrap() {
                assert!(call["responses"]["default"].is_object(), "{method} {path}");
            }
        }
        assert!(document["components"]["securitySchemes"]["bearer"].is_object());
    }

    #[test]
    fn every_path_of_the_contract_is_described() {
        use bandeja_contract::paths;
        let document: Value = serde_json::from_str(document()).unwrap();
        for path in [
            paths::HEALTH,
            paths::OPENAPI,
            paths::SESSION,
            paths::EMBED_TOKEN,
            paths::CONVERSATIONS,
            paths::CONVERSATIONS_QUERY,
            paths::FACETS,
            paths::COUNTS,
            paths::USERS,
            paths::TEAMS,
            paths::LINES,
            paths::CAMPAIGNS,
            paths::TAGS,
            paths::CATEGORIES,
            paths::MY_AVAILABILITY,
            paths::EVENTS,
            paths::BULK,
            paths::BULK_PREVIEW,
            paths::DEMO_CLOCK,
        ] {
            assert!(document["paths"][path].is_object(), "{path}");
        }
        for path in ["/api/v1/teams/{id}/timing", "/api/v1/teams/{id}/timing/simulate"] {
            assert!(document["paths"][path].is_object(), "{path}");
        }
    }
}
