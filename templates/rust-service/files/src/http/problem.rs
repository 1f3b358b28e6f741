//! Errors as callers see them: `application/problem+json`, which tells nothing of the inside.

use std::error::Error;
use std::time::Duration;

use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::resilience::{CallError, Classify, Fault};

const RETRY_AFTER: Duration = Duration::from_secs(5);

/// An error as the caller sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    retry_after: Option<Duration>,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// Nothing is there.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "nothing is there")
    }

    /// The path is known, the method is not.
    pub fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "the method does not apply to this path",
        )
    }

    /// The service is at fault.
    pub fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the service made a mistake",
        )
    }

    /// The answer took too long.
    pub fn timed_out() -> Self {
        Self::new(StatusCode::GATEWAY_TIMEOUT, "the answer took too long")
    }

    /// The service cannot do it now, but perhaps after `retry_after`.
    pub fn unavailable(retry_after: Duration) -> Self {
        let problem = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "not possible at the moment",
        );
        Self {
            retry_after: Some(retry_after),
            ..problem
        }
    }
}

impl<E: Classify + Error + 'static> From<CallError<E>> for Problem {
    fn from(error: CallError<E>) -> Self {
        tracing::warn!(error = &error as &dyn Error, "a dependency gave nothing");
        match error {
            CallError::Refused(refused) => Self::unavailable(refused.retry_after),
            CallError::TimedOut => Self::unavailable(RETRY_AFTER),
            CallError::Failed(error) => match error.fault() {
                Fault::Transient { retry_after } => {
                    Self::unavailable(retry_after.unwrap_or(RETRY_AFTER))
                }
                Fault::Permanent => Self::internal(),
            },
        }
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::new(rejection.status(), rejection.body_text())
    }
}

#[derive(Serialize)]
struct Body<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
        };
        let body = serde_json::to_string(&body).unwrap_or_default();
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, body).into_response();
        if let Some(retry_after) = self.retry_after {
            let seconds = HeaderValue::from(retry_after.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
