//! The list, in two spellings, and what stands around it: one conversation, facets, counts.

use super::refusal;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::{ApiError, ApiResult};
use crate::store::filter_sql::Eyes;
use crate::store::lists::{self, Wanted};
use crate::store::{conversations, facets};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{AppendHeaders, IntoResponse};
use bandeja_contract::{ConversationPage, ConversationQuery, Counts, Facets, Problem, etag};
use bandeja_model::permission::can_see;
use bandeja_model::{Conversation, ConversationId, Filter, Sort};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(query))
        .routes(routes!(facet_counts))
        .routes(routes!(view_counts))
        .routes(routes!(one))
}

/// What a viewer sees with, at this moment.
pub(super) fn eyes(app: &AppState, caller: &Caller) -> Eyes {
    let now = app.clock.now();
    Eyes::new(&caller.actor, now, app.settings.utc_offset_s(now))
}

/// The conversations a filter matches
///
/// The filter's fields stand in the query string beside these: each `field=a&field=b` is OR, different
/// fields are AND, `-field=a` is NOT. Fields: `view`, `channel`, `line`, `status`, `group`, `owner`,
/// `team`, `tag`, `campaign`, `category`, `contact`, `priority`, `unread`, `window`, `archived`,
/// `snoozed`, `mentioned`, `activity`, `created`, `closed`, `q`.
#[utoipa::path(get, path = "/conversations", tag = "conversations",
    params(
        ("sort" = Option<Sort>, Query, description = "Order"),
        ("limit" = Option<u32>, Query, description = "Rows wanted, 50 unless told", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next` or `prev` of an earlier answer"),
        ("offset" = Option<u64>, Query, description = "Rows to leave out; not together with a cursor"),
    ),
    responses(
        (status = 200, description = "A page", body = ConversationPage),
        (status = 400, description = "The filter or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ))]
async fn list(
    State(app): State<AppState>,
    caller: Caller,
    RawQuery(raw): RawQuery,
) -> ApiResult<Json<ConversationPage>> {
    let mut wanted = ConversationQuery::default();
    let raw = raw.unwrap_or_default();
    let mut filter = String::with_capacity(raw.len());
    for part in raw.split('&') {
        if !filter.is_empty() || part.is_empty() {
            filter.push('&');
        }
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        if take(&mut wanted, name, value)? {
            // As long as the part was, so that a mistake is pointed at where it stands in the call.
            filter.extend(std::iter::repeat_n('&', part.len()));
        } else {
            filter.push_str(part);
        }
    }
    page(&app, &caller, &filter, &wanted).await
}

/// Reads a parameter that is not of the filter; false if it is.
fn take(wanted: &mut ConversationQuery, name: &str, value: &str) -> ApiResult<bool> {
    fn number<T: std::str::FromStr>(name: &str, value: &str) -> ApiResult<Option<T>> {
        let number = value.parse().map_err(|_| ApiError::invalid(name, "type", "Must be a whole number."))?;
        Ok(Some(number))
    }
    match name {
        "limit" => wanted.limit = number(name, value)?,
        "offset" => wanted.offset = number(name, value)?,
        "cursor" => wanted.cursor = Some(value.to_owned()),
        "sort" => {
            wanted.sort = Sort::from_code(value)
                .ok_or_else(|| ApiError::invalid("sort", "unknown_value", "There is no such order."))?;
        }
        _ => return Ok(false),
    }
    Ok(true)
}

async fn page(
    app: &AppState,
    caller: &Caller,
    filter: &str,
    wanted: &ConversationQuery,
) -> ApiResult<Json<ConversationPage>> {
    let filter = Filter::parse(filter)?;
    let wanted = Wanted::new(wanted.sort, wanted.limit, wanted.cursor.as_deref(), wanted.offset)
        .map_err(refusal::explain)?;
    let mut reader = app.store.snapshot().await?;
    Ok(Json(lists::page(&mut reader, &filter, &eyes(app, caller), &wanted).await?))
}

/// The conversations a filter matches, with the filter in the body
#[utoipa::path(post, path = "/conversations/query", tag = "conversations", request_body = ConversationQuery,
    responses(
        (status = 200, description = "A page", body = ConversationPage),
        (status = 400, description = "The filter or a parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ))]
async fn query(
    State(app): State<AppState>,
    caller: Caller,
    Json(sent): Json<ConversationQuery>,
) -> ApiResult<Json<ConversationPage>> {
    page(&app, &caller, &sent.filter, &sent).await
}

/// How many each option of the filter would leave
///
/// The filter stands in the query string. Each field is counted under the other fields' conditions.
#[utoipa::path(get, path = "/conversations/facets", tag = "conversations", responses(
    (status = 200, description = "Counts by field and value", body = Facets),
    (status = 400, description = "The filter is wrong", body = Problem, content_type = "application/problem+json"),
))]
async fn facet_counts(
    State(app): State<AppState>,
    caller: Caller,
    RawQuery(raw): RawQuery,
) -> ApiResult<Json<Facets>> {
    let filter = Filter::parse(&raw.unwrap_or_default())?;
    let mut reader = app.store.snapshot().await?;
    Ok(Json(facets::facets(&mut reader, &filter, &eyes(&app, &caller)).await?))
}

/// How many conversations each view shows when it is opened
#[utoipa::path(get, path = "/conversations/counts", tag = "conversations", responses(
    (status = 200, description = "Counts by view", body = Counts),
))]
async fn view_counts(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<Counts>> {
    let mut reader = app.store.snapshot().await?;
    Ok(Json(lists::counts(&mut reader, &eyes(&app, &caller)).await?))
}

/// One conversation
///
/// Its version stands in the ETag too.
#[utoipa::path(get, path = "/conversations/{id}", tag = "conversations",
    params(("id" = String, Path, description = "The conversation")),
    responses(
        (status = 200, description = "The conversation", body = Conversation, headers(("ETag" = String, description = "Its quoted version"))),
        (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
    ))]
async fn one(
    State(app): State<AppState>,
    caller: Caller,
    Path(id): Path<ConversationId>,
) -> ApiResult<impl IntoResponse> {
    let mut reader = app.store.snapshot().await?;
    let conversation = seen(&mut reader, &caller, &id).await?;
    Ok((tagged(&conversation), Json(conversation)))
}

/// A conversation that the caller may see.
pub(super) async fn seen(
    reader: &mut sqlx::SqliteConnection,
    caller: &Caller,
    id: &ConversationId,
) -> ApiResult<Conversation> {
    let found = conversations::load(reader, id, Some(caller.id())).await?;
    found.filter(|it| can_see(&caller.actor, it)).ok_or_else(ApiError::not_found)
}

/// The ETag header of a conversation.
pub(super) fn tagged(
    conversation: &Conversation,
) -> AppendHeaders<Option<(header::HeaderName, HeaderValue)>> {
    AppendHeaders(HeaderValue::from_str(&etag(conversation.version)).ok().map(|value| (header::ETAG, value)))
}
