//! Refuses work when there is too much of it: a quick no is better than a late yes.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;

use super::problem::Problem;

const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Lets a request in while there is a place for it.
pub(super) async fn limit(
    State(places): State<Arc<Semaphore>>,
    request: Request,
    next: Next,
) -> Response {
    let Ok(_place) = places.try_acquire() else {
        metrics::counter!("http_requests_refused_total").increment(1);
        return Problem::unavailable(RETRY_AFTER).into_response();
    };
    next.run(request).await
}
