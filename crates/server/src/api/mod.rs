//! The calls of the contract, one module an area. Handlers read the call, ask the rules of
//! `bandeja-model` and the store, and answer; they hold no rule and no SQL.

pub mod actions;
pub mod bulk;
pub mod conversations;
pub mod demo;
pub mod embed;
pub mod episodes;
pub mod events;
pub mod ingress;
pub mod lines;
pub mod lookups;
pub mod messages;
pub mod openapi;
mod refusal;
pub mod session;
pub mod timing;
pub mod undo;

use crate::app::AppState;
use bandeja_contract::paths::BASE;
use utoipa_axum::router::OpenApiRouter;

/// Every call; those that move the clock on demo servers only.
pub fn routes(demo: bool) -> OpenApiRouter<AppState> {
    let mut calls = OpenApiRouter::default()
        .merge(session::routes())
        .merge(embed::routes())
        .merge(conversations::routes())
        .merge(actions::routes())
        .merge(bulk::routes())
        .merge(messages::routes())
        .merge(episodes::routes())
        .merge(undo::routes())
        .merge(lookups::routes())
        .merge(lines::routes())
        .merge(timing::routes())
        .merge(events::routes())
        .merge(ingress::routes())
        .merge(openapi::routes());
    if demo {
        calls = calls.merge(demo::routes());
    }
    OpenApiRouter::default().nest(BASE, calls)
}
