//! Distributed traces: takes up the trace of the caller and sends spans to a collector over OTLP.

use std::time::Duration;

use axum::http::HeaderMap;
use opentelemetry::propagation::Extractor;
use opentelemetry::trace::{TraceContextExt, TracerProvider};
use opentelemetry::{KeyValue, global};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use tracing::{Span, Subscriber};
use tracing_opentelemetry::{OpenTelemetryLayer, OpenTelemetrySpanExt};
use tracing_subscriber::registry::LookupSpan;

use crate::config::TelemetryConfig;

const FLUSH_TIMEOUT: Duration = Duration::from_secs(3);

/// The running export of traces, if there is a collector.
#[derive(Debug)]
pub struct Traces {
    provider: Option<SdkTracerProvider>,
}

impl Traces {
    /// Prepares the export. To be called outside an event loop: the exporter has a thread of its
    /// own, so that a collector that is down or slow holds up nothing else.
    pub fn start(config: &TelemetryConfig) -> Result<Self, ExporterBuildError> {
        global::set_text_map_propagator(TraceContextPropagator::new());
        let Some(endpoint) = &config.endpoint else {
            return Ok(Self { provider: None });
        };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .build()?;
        let resource = Resource::builder()
            .with_service_name(env!("CARGO_PKG_NAME"))
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Self {
            provider: Some(provider),
        })
    }

    /// Returns the layer that turns the spans of `tracing` into spans for the collector.
    pub fn layer<S>(&self) -> Option<OpenTelemetryLayer<S, Tracer>>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let tracer = self.provider.as_ref()?.tracer(env!("CARGO_PKG_NAME"));
        Some(tracing_opentelemetry::layer().with_tracer(tracer))
    }

    /// Sends what has not been sent yet, for a few seconds at most.
    pub fn finish(self) {
        if let Some(provider) = self.provider
            && let Err(error) = provider.shutdown_with_timeout(FLUSH_TIMEOUT)
        {
            tracing::warn!(%error, "the last spans were not sent");
        }
    }
}

/// Makes `span` a part of the caller's trace, if there is one, and names its trace in the log.
pub fn follow(span: &Span, headers: &HeaderMap) {
    let caller =
        global::get_text_map_propagator(|propagator| propagator.extract(&Headers(headers)));
    // Fails only where no trace is exported; the caller's is still worth naming.
    let _ = span.set_parent(caller.clone());
    let own = span.context();
    let contexts = [own.span().span_context(), caller.span().span_context()].map(Clone::clone);
    if let Some(context) = contexts.iter().find(|context| context.is_valid()) {
        span.record("trace_id", context.trace_id().to_string());
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}
