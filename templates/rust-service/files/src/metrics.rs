//! The metrics of the process, in the text form of Prometheus.

use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

const BUCKETS: [f64; 11] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
const UPKEEP_PERIOD: Duration = Duration::from_secs(5);

/// Starts to collect metrics. Can be done once in a process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets(&BUCKETS)?
        .install_recorder()?;
    describe();
    let upkept = handle.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(UPKEEP_PERIOD).await;
            upkept.run_upkeep();
        }
    });
    Ok(handle)
}

fn describe() {
    metrics::describe_counter!("http_requests_total", "Requests answered");
    metrics::describe_counter!(
        "http_requests_refused_total",
        "Requests refused for lack of room"
    );
    metrics::describe_histogram!("http_request_duration_seconds", "Time to the answer");
    metrics::describe_counter!(
        "dependency_checks_total",
        "Background checks of a dependency"
    );
    metrics::describe_histogram!(
        "dependency_check_duration_seconds",
        "Time of a background check"
    );
    metrics::describe_gauge!("dependency_up", "Whether a dependency works, by its checks");
    metrics::describe_counter!(
        "circuit_breaker_opened_total",
        "Times a circuit breaker opened"
    );
}
