//! What problems carry, and what is made of answers that are none.

use super::*;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

#[tokio::test]
async fn a_panic_is_answered_without_its_words() {
    async fn fails() -> StatusCode {
        panic!("the password is tamarindo")
    }
    let router =
        axum::Router::new().route("/", axum::routing::get(fails)).layer(CatchPanicLayer::custom(from_panic));
    let request = Request::builder().uri("/").body(Body::empty()).unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    let problem: Problem = serde_json::from_slice(&body).unwrap();
    assert_eq!(problem.code, code::INTERNAL);
    assert!(!problem.detail.contains("tamarindo"));
}

#[test]
fn what_may_not_be_seen_is_not_found() {
    for denial in [Denial::NotFound, Denial::NotPermitted(Action::See)] {
        assert_eq!(ApiError::from(denial).status(), StatusCode::NOT_FOUND);
    }
    let forbidden = ApiError::from(Denial::NotPermitted(Action::Cancel));
    assert_eq!(forbidden.problem().permission.as_deref(), Some("cancel"));
}
