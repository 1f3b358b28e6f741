"""The health endpoints, as routes of the management port."""

from collections.abc import Callable
from http import HTTPStatus

from ..about import About
from ..management import Answer, Query, Route
from .health import Health
from .render import as_json, as_text
from .report import Report, Status


def health_routes(health: Health, about: About) -> dict[str, Route]:
    """The three endpoints by their paths."""
    return {
        "/livez": _route(health.liveness, about),
        "/readyz": _route(health.readiness, about),
        "/startupz": _route(health.startup, about),
    }


def _route(assess: Callable[[frozenset[str]], Report], about: About) -> Route:
    def answer(query: Query) -> Answer:
        return render(assess(frozenset(query.get("exclude", []))), about, query)

    return answer


def render(report: Report, about: About, query: Query) -> Answer:
    """Answers 503 when the report fails and 200 otherwise; `?verbose` asks for text."""
    failed = report.status is Status.FAIL
    status = HTTPStatus.SERVICE_UNAVAILABLE if failed else HTTPStatus.OK
    if "verbose" in query:
        return Answer(status, "text/plain; charset=utf-8", as_text(report).encode())
    return Answer(status, "application/health+json", as_json(report, about).encode())
