//! Where traces are sent.

use super::environment::Environment;

/// Where traces are sent; nothing is sent without an endpoint.
///
/// The exporter itself reads the other `OTEL_*` variables (headers, sampler, batch sizes).
#[derive(Debug, Clone)]
pub struct TelemetryConfig {
    /// The base address of an OpenTelemetry collector that takes OTLP over HTTP.
    pub endpoint: Option<String>,
}

impl TelemetryConfig {
    pub(super) fn read(environment: &mut Environment<'_>) -> Self {
        let endpoint = environment.optional("OTEL_EXPORTER_OTLP_ENDPOINT");
        if endpoint
            .as_ref()
            .is_some_and(|endpoint| !endpoint.starts_with("http://"))
        {
            environment.reject(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "must start with `http://`; a collector on the node or in the cluster takes care of TLS",
            );
        }
        Self { endpoint }
    }
}
