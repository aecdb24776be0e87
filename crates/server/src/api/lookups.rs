//! What the app looks names and choices up in.

use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::lookups;
use axum::extract::State;
use bandeja_contract::{All, Campaign, Line, Tag, Team, User};
use bandeja_model::closing::Category;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(users))
        .routes(routes!(teams))
        .routes(routes!(lines))
        .routes(routes!(campaigns))
        .routes(routes!(tags))
        .routes(routes!(categories))
}

/// Colleagues
///
/// Everybody who shares a campaign with the viewer, deactivated users included.
#[utoipa::path(get, path = "/users", tag = "people", responses(
    (status = 200, description = "Colleagues", body = All<User>),
))]
async fn users(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<All<User>>> {
    let items = lookups::users(&mut *app.store.read().await?, &caller.actor).await?;
    Ok(Json(All { items }))
}

/// Teams
///
/// Those of the viewer's campaigns.
#[utoipa::path(get, path = "/teams", tag = "people", responses(
    (status = 200, description = "Teams", body = All<Team>),
))]
async fn teams(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<All<Team>>> {
    let items = lookups::teams(&mut *app.store.read().await?, &caller.actor).await?;
    Ok(Json(All { items }))
}

/// Lines
///
/// Those of the viewer's campaigns, without their secrets.
#[utoipa::path(get, path = "/lines", tag = "settings", responses(
    (status = 200, description = "Lines", body = All<Line>),
))]
async fn lines(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<All<Line>>> {
    let items = lookups::lines(&mut *app.store.read().await?, &caller.actor).await?;
    Ok(Json(All { items }))
}

/// Campaigns
///
/// The viewer's; every one for super admins.
#[utoipa::path(get, path = "/campaigns", tag = "settings", responses(
    (status = 200, description = "Campaigns", body = All<Campaign>),
))]
async fn campaigns(State(app): State<AppState>, caller: Caller) -> ApiResult<Json<All<Campaign>>> {
    let items = lookups::campaigns(&mut *app.store.read().await?, &caller.actor).await?;
    Ok(Json(All { items }))
}

/// Labels
#[utoipa::path(get, path = "/tags", tag = "settings", responses(
    (status = 200, description = "Labels", body = All<Tag>),
))]
async fn tags(State(app): State<AppState>, _: Caller) -> ApiResult<Json<All<Tag>>> {
    let items = lookups::tags(&mut *app.store.read().await?).await?;
    Ok(Json(All { items }))
}

/// Closing categories
///
/// Both levels in one list; a sub-category names its parent.
#[utoipa::path(get, path = "/categories", tag = "settings", responses(
    (status = 200, description = "Categories", body = All<Category>),
))]
async fn categories(State(app): State<AppState>, _: Caller) -> ApiResult<Json<All<Category>>> {
    let items = lookups::categories(&mut *app.store.read().await?).await?;
    Ok(Json(All { items }))
}
