//! What every request goes through, whatever it asks for.

mod identity;
mod load;
mod observe;
mod problem;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Router, extract};
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;

pub use self::problem::Problem;
use crate::config::ServerConfig;
use crate::resilience::Deadline;

const LARGEST_BODY: usize = 64 * 1024;

/// Puts what every request goes through around `router`.
pub fn wrap(router: Router, config: &ServerConfig) -> Router {
    let places = Arc::new(Semaphore::new(config.max_concurrent_requests));
    router
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(extract::DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(config.request_timeout, limit_time))
        .layer(from_fn_with_state(places, load::limit))
        .layer(CatchPanicLayer::custom(answer_panic))
        .layer(from_fn(observe::observe))
}

async fn limit_time(
    extract::State(limit): extract::State<Duration>,
    mut request: Request,
    next: Next,
) -> Response {
    let deadline = Deadline::after(limit);
    request.extensions_mut().insert(deadline);
    tokio::time::timeout_at(deadline.instant(), next.run(request))
        .await
        .unwrap_or_else(|_| Problem::timed_out().into_response())
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the signature that the layer wants"
)]
fn answer_panic(panic: Box<dyn Any + Send>) -> Response {
    let message = panic
        .downcast_ref::<&str>()
        .map(|text| (*text).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned());
    tracing::error!(panic = message.as_deref(), "a request handler panicked");
    Problem::internal().into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    fn config() -> ServerConfig {
        ServerConfig {
            max_concurrent_requests: 1,
            request_timeout: Duration::from_secs(2),
            ..ServerConfig::default()
        }
    }

    async fn ask(router: Router, path: &str) -> Response {
        let request = Request::builder().uri(path).body(Body::empty()).unwrap();
        router.oneshot(request).await.unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_takes_too_long_ends_as_a_timeout() {
        let slow = get(async || tokio::time::sleep(Duration::from_secs(60)).await);
        let router = wrap(Router::new().route("/slow", slow), &config());

        assert_eq!(
            ask(router, "/slow").await.status(),
            StatusCode::GATEWAY_TIMEOUT
        );
    }

    #[tokio::test(start_paused = true)]
    async fn one_request_too_many_is_refused_at_once() {
        let slow = get(async || tokio::time::sleep(Duration::from_secs(1)).await);
        let router = wrap(Router::new().route("/slow", slow), &config());
        let (first, second) = tokio::join!(ask(router.clone(), "/slow"), ask(router, "/slow"));

        assert_eq!(first.status(), StatusCode::OK);
        assert_eq!(second.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(second.headers().contains_key("retry-after"));
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_and_gives_its_place_back() {
        async fn panics() -> &'static str {
            panic!("out of ideas")
        }
        let router = wrap(Router::new().route("/panic", get(panics)), &config());
        for _ in 0..3 {
            let response = ask(router.clone(), "/panic").await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        }
    }

    #[tokio::test]
    async fn an_unknown_path_is_a_problem_too() {
        let response = ask(wrap(Router::new(), &config()), "/nowhere").await;

        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert!(response.headers().contains_key("x-request-id"));
    }
}
