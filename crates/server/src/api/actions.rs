//! Changing one conversation.

use super::conversations::tagged;
use crate::app::AppState;
use crate::http::caller::Caller;
use crate::http::json::Json;
use crate::http::problem::ApiResult;
use crate::store::StoreError;
use crate::store::actions::{self, Command};
use crate::store::change::Decided;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use bandeja_contract::headers::IF_MATCH;
use bandeja_contract::{Assign, Changed, Close, Problem, SetBot, SetPriority, SetTags, Snooze, version_of};
use bandeja_model::ConversationId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The calls of this area.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::default()
        .routes(routes!(close))
        .routes(routes!(cancel))
        .routes(routes!(reopen))
        .routes(routes!(archive))
        .routes(routes!(unarchive))
        .routes(routes!(assign))
        .routes(routes!(unassign))
        .routes(routes!(read))
        .routes(routes!(unread))
        .routes(routes!(tags))
        .routes(routes!(priority))
        .routes(routes!(snooze))
        .routes(routes!(bot))
}

/// The version a call was decided on. One that is not ours is of no version there ever was.
pub(super) fn decided(headers: &HeaderMap) -> Option<Decided> {
    let value = headers.get(IF_MATCH)?;
    Some(Decided::On(value.to_str().ok().and_then(version_of)))
}

async fn act(
    app: &AppState,
    caller: &Caller,
    id: &ConversationId,
    headers: &HeaderMap,
    command: Command,
) -> ApiResult<impl IntoResponse + use<>> {
    let decided = decided(headers).unwrap_or(Decided::Unknown);
    let mut tx = app.store.begin().await?;
    let changed = actions::act(&mut tx, &caller.actor, id, &command, decided, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok((tagged(&changed.conversation), Json(changed)))
}

async fn mark(
    app: &AppState,
    caller: &Caller,
    id: &ConversationId,
    headers: &HeaderMap,
    read: bool,
) -> ApiResult<impl IntoResponse + use<>> {
    let decided = decided(headers).unwrap_or(Decided::Whenever);
    let mut tx = app.store.begin().await?;
    let changed = actions::mark(&mut tx, &caller.actor, id, read, decided, app.clock.now()).await?;
    tx.commit().await.map_err(StoreError::from)?;
    app.hub.ring();
    Ok((tagged(&changed.conversation), Json(changed)))
}

/// One call: its documentation, its method and path, its body if it has one, and what it does.
macro_rules! call {
    ($(#[$doc:meta])* mark $path:literal $name:ident => $read:literal) => {
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "conversations",
            params(
                ("id" = String, Path, description = "The conversation"),
                ("If-Match" = Option<String>, Header, description = "Checked if it is sent"),
            ),
            responses(
                (status = 200, description = "As it is now", body = Changed, headers(("ETag" = String, description = "Its quoted version"))),
                (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
                (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
                (status = 412, description = "It changed meanwhile", body = Problem, content_type = "application/problem+json"),
            ))]
        async fn $name(
            State(app): State<AppState>,
            caller: Caller,
            Path(id): Path<ConversationId>,
            headers: HeaderMap,
        ) -> ApiResult<impl IntoResponse> {
            mark(&app, &caller, &id, &headers, $read).await
        }
    };
    ($(#[$doc:meta])* $method:ident $path:literal $name:ident ($sent:ident: $body:ty) => $command:expr) => {
        $(#[$doc])*
        #[utoipa::path($method, path = $path, tag = "conversations", request_body = $body,
            params(
                ("id" = String, Path, description = "The conversation"),
                ("If-Match" = String, Header, description = "The quoted version it was decided on"),
            ),
            responses(
                (status = 200, description = "As it is now", body = Changed, headers(("ETag" = String, description = "Its quoted version"))),
                (status = 400, description = "A field is wrong", body = Problem, content_type = "application/problem+json"),
                (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
                (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
                (status = 409, description = "Its state does not admit it, or it is so already", body = Problem, content_type = "application/problem+json"),
                (status = 412, description = "It changed meanwhile", body = Problem, content_type = "application/problem+json"),
                (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
            ))]
        async fn $name(
            State(app): State<AppState>,
            caller: Caller,
            Path(id): Path<ConversationId>,
            headers: HeaderMap,
            Json($sent): Json<$body>,
        ) -> ApiResult<impl IntoResponse> {
            act(&app, &caller, &id, &headers, $command).await
        }
    };
    ($(#[$doc:meta])* $method:ident $path:literal $name:ident => $command:expr) => {
        $(#[$doc])*
        #[utoipa::path($method, path = $path, tag = "conversations",
            params(
                ("id" = String, Path, description = "The conversation"),
                ("If-Match" = String, Header, description = "The quoted version it was decided on"),
            ),
            responses(
                (status = 200, description = "As it is now", body = Changed, headers(("ETag" = String, description = "Its quoted version"))),
                (status = 403, description = "The permission is missing", body = Problem, content_type = "application/problem+json"),
                (status = 404, description = "There is none, or it may not be seen", body = Problem, content_type = "application/problem+json"),
                (status = 409, description = "Its state does not admit it, or it is so already", body = Problem, content_type = "application/problem+json"),
                (status = 412, description = "It changed meanwhile", body = Problem, content_type = "application/problem+json"),
                (status = 428, description = "If-Match is missing", body = Problem, content_type = "application/problem+json"),
            ))]
        async fn $name(
            State(app): State<AppState>,
            caller: Caller,
            Path(id): Path<ConversationId>,
            headers: HeaderMap,
        ) -> ApiResult<impl IntoResponse> {
            act(&app, &caller, &id, &headers, $command).await
        }
    };
}

call! {
    /// Close
    ///
    /// Ends the episode with the closing form; `transfer_to` attends if the contact writes again.
    post "/conversations/{id}/close" close(form: Close) => Command::Close(form)
}
call! {
    /// Cancel
    ///
    /// For admins, in some states only; it starts over when the contact writes again.
    post "/conversations/{id}/cancel" cancel(form: Close) => Command::Cancel(form)
}
call! {
    /// Reopen by hand
    post "/conversations/{id}/reopen" reopen => Command::Reopen
}
call! {
    /// Put an ended one away for the record
    post "/conversations/{id}/archive" archive => Command::Archive
}
call! {
    /// Take it out of the archive
    post "/conversations/{id}/unarchive" unarchive => Command::Unarchive
}
call! {
    /// Give it to a user, a team, or a user within a team
    post "/conversations/{id}/assign" assign(sent: Assign) => Command::Assign(sent)
}
call! {
    /// Give it to nobody
    post "/conversations/{id}/unassign" unassign => Command::Unassign
}
call! {
    /// Mark it read
    ///
    /// For its owner, and for anybody while it has none; for others nothing changes.
    mark "/conversations/{id}/read" read => true
}
call! {
    /// Mark it unread
    mark "/conversations/{id}/unread" unread => false
}
call! {
    /// Set its labels
    put "/conversations/{id}/tags" tags(sent: SetTags) => Command::Tags(sent)
}
call! {
    /// Set its urgency
    put "/conversations/{id}/priority" priority(sent: SetPriority) => Command::Priority(sent)
}
call! {
    /// Let it sleep until a moment, or wake it
    post "/conversations/{id}/snooze" snooze(sent: Snooze) => Command::Snooze(sent)
}
call! {
    /// Pause the automatic menu, or let it on
    post "/conversations/{id}/bot" bot(sent: SetBot) => Command::Bot(sent)
}
