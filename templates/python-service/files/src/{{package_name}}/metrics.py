"""What is counted and timed, and the page on which Prometheus reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.registry import Collector

from .health.dependency import Dependency, Reading
from .health.health import Health
from .health.report import Status
from .management import Answer, Query

REQUESTS = Counter("http_requests", "Requests answered.", ["method", "route", "status"])
SECONDS = Histogram("http_request_seconds", "Time to answer.", ["method", "route"])
IN_FLIGHT = Gauge("http_requests_in_flight", "Requests being answered.")
CHECKS = Counter("dependency_checks", "Checks made of dependencies.", ["dependency", "result"])

WORTH = {Status.PASS: 1.0, Status.WARN: 0.5, Status.FAIL: 0.0}


class HealthCollector(Collector):
    """Shows the health reports as numbers: 1 pass, 0.5 warn, 0 fail."""

    def __init__(self, health: Health) -> None:
        self._health = health

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Reads the reports as they are at this moment."""
        family = GaugeMetricFamily(
            "health_check_status",
            "1 pass, 0.5 warn, 0 fail.",
            labels=["endpoint", "check", "measure"],
        )
        for report in (self._health.liveness(), self._health.readiness()):
            for entry in report.entries:
                labels = [report.endpoint, entry.name, entry.measure]
                family.add_metric(labels, WORTH[entry.status])
        yield family


@contextmanager
def health_metrics(health: Health) -> Iterator[None]:
    """Shows the health of this process among the metrics, as long as it lasts."""
    collector = HealthCollector(health)
    REGISTRY.register(collector)
    try:
        yield
    finally:
        REGISTRY.unregister(collector)


def count_check(dependency: Dependency, reading: Reading) -> None:
    """Counts a check of a dependency."""
    CHECKS.labels(dependency.name, reading.error or "ok").inc()


def metrics_page(_query: Query) -> Answer:
    """All metrics in the text format of Prometheus."""
    return Answer(HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest())
