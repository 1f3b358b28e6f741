//! Answers for health on a listener and a thread of its own, so that no amount of other work can
//! keep it from answering.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use axum::Router;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::Health;
use super::report::Report;
use super::status::Status;

/// The health endpoints cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum HealthServerError {
    /// The address is taken or not ours.
    #[error("cannot listen for health checks on `{address}`")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The thread or its event loop does not start.
    #[error("cannot start the thread that answers health checks")]
    Start(#[source] io::Error),
}

/// The running listener for health; it answers until the process ends.
#[derive(Debug)]
pub struct HealthServer {
    stopped: oneshot::Receiver<()>,
}

impl HealthServer {
    /// Opens the listener and starts the thread.
    pub fn start(
        address: SocketAddr,
        health: Arc<Health>,
        metrics: PrometheusHandle,
    ) -> Result<Self, HealthServerError> {
        let bind = || {
            let listener = TcpListener::bind(address)?;
            listener.set_nonblocking(true)?;
            Ok(listener)
        };
        let listener = bind().map_err(|source| HealthServerError::Bind { address, source })?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(HealthServerError::Start)?;
        let router = router(health, metrics);
        let (running, stopped) = oneshot::channel::<()>();
        thread::Builder::new()
            .name("health".to_owned())
            .spawn(move || {
                let _running = running;
                if let Err(error) = runtime.block_on(serve(listener, router)) {
                    tracing::error!(%error, "the health listener failed");
                }
            })
            .map_err(HealthServerError::Start)?;
        Ok(Self { stopped })
    }

    /// Waits until the listener has stopped, which it never should.
    pub async fn stopped(&mut self) {
        let _ = (&mut self.stopped).await;
    }
}

async fn serve(listener: TcpListener, router: Router) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    axum::serve(listener, router).await
}

fn router(health: Arc<Health>, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/livez", get(livez))
        .route("/readyz", get(readyz))
        .route("/startupz", get(startupz))
        .with_state(health)
        .route("/metrics", get(async move || metrics.render()))
}

type Parameters = Query<Vec<(String, String)>>;

async fn livez(State(health): State<Arc<Health>>, parameters: Parameters) -> Response {
    answer("livez", health.liveness(Instant::now()), parameters)
}

async fn readyz(State(health): State<Arc<Health>>, parameters: Parameters) -> Response {
    answer("readyz", health.readiness(Instant::now()), parameters)
}

async fn startupz(State(health): State<Arc<Health>>, parameters: Parameters) -> Response {
    answer("startupz", health.startup(), parameters)
}

fn answer(endpoint: &str, report: Report, Query(parameters): Parameters) -> Response {
    let verbose = parameters.iter().any(|(name, _)| name == "verbose");
    let excluded = parameters.into_iter().filter(|(name, _)| name == "exclude");
    let report = report.without(excluded.map(|(_, value)| value).collect());
    let code = match report.status() {
        Status::Pass | Status::Warn => StatusCode::OK,
        Status::Fail => StatusCode::SERVICE_UNAVAILABLE,
    };
    let (kind, body) = if verbose {
        ("text/plain; charset=utf-8", report.to_lines(endpoint))
    } else {
        ("application/health+json", report.to_json())
    };
    (
        code,
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-store"),
        ],
        body,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::time::{Duration, Instant as Moment};

    use metrics_exporter_prometheus::PrometheusBuilder;

    use super::*;
    use crate::health::{FaultPolicy, Heartbeat, Vital};

    fn ask(address: SocketAddr, path: &str) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }

    fn wait_for(address: SocketAddr, path: &str, start: &str) -> String {
        let started = Moment::now();
        loop {
            let answer = ask(address, path).unwrap_or_default();
            if answer.starts_with(start) || started.elapsed() > Duration::from_secs(10) {
                return answer;
            }
        }
    }

    #[test]
    fn a_blocked_event_loop_is_told_by_a_listener_that_is_not_blocked() {
        // Nobody drives this event loop, which is what a blocked one looks like from outside.
        let blocked = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let limit = Duration::from_secs(1);
        let heartbeat = blocked.block_on(async { Heartbeat::of_event_loop(limit) });
        let vitals: Vec<Arc<dyn Vital>> = vec![heartbeat];
        let health = Arc::new(Health::new(vitals, Vec::new(), FaultPolicy::FailClosed));
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let _server = HealthServer::start(free, health, metrics).unwrap();

        let answer = wait_for(free, "/livez", "HTTP/1.1 200");
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        let answer = wait_for(free, "/livez?verbose", "HTTP/1.1 503");
        assert!(
            answer.contains("[-]event-loop failed: stalled\nlivez check failed\n"),
            "{answer}"
        );
        let answer = ask(free, "/livez?verbose&exclude=event-loop").unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}
