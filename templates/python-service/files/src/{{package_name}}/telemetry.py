"""Traces, exported over OTLP; configured by the standard `OTEL_*` variables.

Without an endpoint in `OTEL_EXPORTER_OTLP_ENDPOINT` nothing is recorded and nothing is sent.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from threading import Thread

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from structlog.typing import EventDict, WrappedLogger

from .about import About
from .part import Surroundings

ENDPOINTS = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
EXPORT_SECONDS = 2.0
FLUSH_SECONDS = 2.0


@asynccontextmanager
async def telemetry_part(surroundings: Surroundings) -> AsyncIterator[None]:
    """Traces every request while the service runs, and sends the rest at its end."""
    if not any(os.environ.get(name) for name in ENDPOINTS):
        yield
        return
    provider = create_provider(surroundings.about)
    FastAPIInstrumentor.instrument_app(surroundings.application, tracer_provider=provider)
    try:
        yield
    finally:
        await _shut_down(provider)


def create_provider(this: About) -> TracerProvider:
    """A source of traces under the name and release of the service."""
    resource = Resource.create({SERVICE_NAME: this.name, SERVICE_VERSION: this.release})
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=EXPORT_SECONDS)))
    return provider


async def _shut_down(provider: TracerProvider) -> None:
    sending = Thread(target=provider.shutdown, name="telemetry", daemon=True)
    sending.start()
    await asyncio.to_thread(sending.join, FLUSH_SECONDS)


def add_trace(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Puts the ids of the current trace into a log line."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        event["trace_id"] = trace.format_trace_id(context.trace_id)
        event["span_id"] = trace.format_span_id(context.span_id)
    return event
