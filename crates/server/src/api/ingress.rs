//! Where the gateways of providers hand in what contacts wrote. Signed with the line's secret over
//! the raw body; nothing is read before the signature is right.

use crate::app::AppState;
use crate::http::json::{self, Json};
use crate::http::limits;
use crate::http::problem::{ApiError, ApiResult};
use crate::secret;
use crate::store::{StoreError, arrivals, key, lookups};
use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use bandeja_contract::headers::SIGNATURE;
use bandeja_contract::{FieldProblem, Inbound, InboundTaken, Problem};
use bandeja_model::limits::{ADDRESS_CHARS, MESSAGE_CHARS, NAME_CHARS};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Longest id of a provider, in characters.
const PROVIDER_ID_CHARS: usize = 256;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default().routes(routes!(inbound))
}

/// A contact wrote
///
/// For a provider's gateway. `X-Bandeja-Signature` is `sha256=` and the hexadecimal HMAC-SHA256 of
/// the raw body with the line's secret. A repeat with the same `provider_message_id` is answered as
/// the first time.
#[utoipa::path(post, path = "/lines/{id}/inbound", tag = "ingress", request_body = Inbound,
    params(
        ("id" = String, Path, description = "The line"),
        ("X-Bandeja-Signature" = String, Header, description = "`sha256=<hex>`"),
    ),
    security(("signature" = [])),
    responses(
        (status = 200, description = "Taken in", body = InboundTaken),
        (status = 401, description = "Not signed, wrongly signed, or no such line", body = Problem, content_type = "application/problem+json"),
    ))]
async fn inbound(
    State(app): State<AppState>,
    Path(line): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> ApiResult<Json<InboundTaken>> {
    let body = limits::read(request.into_body()).await?;
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let line = key(&line);
    let kept = match line {
        Some(line) => lookups::line_secret(&mut *app.store.read().await?, line).await?,
        None => None,
    };
    // An unknown line takes as long as a wrong signature.
    let signed = secret::is_signed(kept.as_deref().unwrap_or("nobody's"), &body, signature);
    let (Some(line), Some(_), true) = (line, kept, signed) else { return Err(ApiError::signature()) };
    let inbound: Inbound = json::parse(&body)?;
    check(&inbound)?;
    let mut tx = app.store.begin().await?;
    let taken = arrivals::take_inbound(&mut tx, line, &inbound, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok(Json(taken))
}

/// Every field within its limit.
fn check(inbound: &Inbound) -> ApiResult<()> {
    let fields = [
        ("provider_message_id", &inbound.provider_message_id, PROVIDER_ID_CHARS, true),
        ("contact.address", &inbound.contact.address, ADDRESS_CHARS, true),
        ("contact.name", &inbound.contact.name, NAME_CHARS, false),
        ("text", &inbound.text, MESSAGE_CHARS, true),
    ];
    let fault = |field: &str, code: &str, message: String| FieldProblem {
        field: field.to_owned(),
        code: code.to_owned(),
        message,
    };
    let faults: Vec<_> = fields
        .into_iter()
        .filter_map(|(field, value, most, required)| {
            if value.chars().nth(most).is_some() {
                Some(fault(field, "too_long", format!("At most {most} characters.")))
            } else if required && value.trim().is_empty() {
                Some(fault(field, "required", "Must not be empty.".to_owned()))
            } else {
                None
            }
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid_fields(faults)) }
}
