//! The life of the process: start, serve, and stop in an order that loses no request.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use metrics_exporter_prometheus::BuildError;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use crate::application::Application;
use crate::config::{Config, ServerConfig};
use crate::health::{Health, HealthServer, HealthServerError, Heartbeat};
use crate::{http, metrics};

/// The service cannot run.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The address is taken or not ours.
    #[error("cannot listen on `{address}`")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Metrics cannot be collected.
    #[error("cannot collect metrics")]
    Metrics(#[from] BuildError),
    /// Health cannot be reported.
    #[error("cannot report health")]
    Health(#[from] HealthServerError),
    /// The health listener ended while the service was running.
    #[error("the health listener stopped by itself")]
    HealthStopped,
    /// The listener failed.
    #[error("cannot go on listening")]
    Serve(#[source] io::Error),
}

/// Runs the service until `shutdown` ends.
pub async fn serve(
    config: &Config,
    shutdown: impl Future<Output = ()>,
) -> Result<(), ServiceError> {
    let address = config.server.listen_address;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServiceError::Bind { address, source })?;
    let metrics = metrics::install()?;
    let Application {
        router,
        mut vitals,
        checkers,
        resources,
    } = Application::start(config);
    vitals.insert(0, Heartbeat::of_event_loop(config.health.stall_limit));
    let health = Arc::new(Health::new(vitals, checkers, config.health.fault_policy));
    let address = config.health.listen_address;
    let mut health_server = HealthServer::start(address, Arc::clone(&health), metrics)?;
    let router = http::wrap(router, &config.server);

    tracing::info!(address = %config.server.listen_address, health = %address, "listening");
    health.mark_initialized();
    let outcome = tokio::select! {
        outcome = serve_until(listener, router, shutdown, &health, &config.server) => outcome,
        () = health_server.stopped() => Err(ServiceError::HealthStopped),
    };
    resources.close().await;
    tracing::info!("stopped");
    outcome
}

/// Serves until `shutdown` ends. Then readiness fails, and only when load balancers have had the
/// time to notice does the listener close; requests under way get the rest of the time.
async fn serve_until(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
    health: &Health,
    config: &ServerConfig,
) -> Result<(), ServiceError> {
    let (close, closed) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        let _ = closed.await;
    });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        ended = &mut server => return flatten(ended),
        () = shutdown => {}
    }
    tracing::info!(delay = ?config.shutdown_delay, "stopping: not ready from here on");
    health.mark_shutting_down();
    sleep(config.shutdown_delay).await;
    tracing::info!(drain = ?config.shutdown_drain, "stopping: no new connections");
    let _ = close.send(());
    if let Ok(ended) = timeout(config.shutdown_drain, &mut server).await {
        return flatten(ended);
    }
    tracing::warn!("stopping: some requests did not end in time");
    server.abort();
    Ok(())
}

fn flatten(ended: Result<io::Result<()>, tokio::task::JoinError>) -> Result<(), ServiceError> {
    ended
        .unwrap_or_else(|error| Err(io::Error::other(error)))
        .map_err(ServiceError::Serve)
}
