"""Around every request: an id, a log line, a count and a duration."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .metrics import IN_FLIGHT, REQUESTS, SECONDS

log = structlog.get_logger(__name__)

REQUEST_ID = "x-request-id"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_acceptable_id = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Access:
    """ASGI middleware that observes requests and changes nothing but one header."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and records what came of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(Headers(scope=scope))
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        started = time.perf_counter()
        with (
            structlog.contextvars.bound_contextvars(request_id=request_id),
            IN_FLIGHT.track_inprogress(),
        ):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                _record(scope, status, time.perf_counter() - started)


def request_id_of(headers: Headers) -> str:
    """The caller's id when it is harmless, otherwise a new one."""
    given = headers.get(REQUEST_ID, "")
    return given if _acceptable_id.fullmatch(given) else uuid4().hex


def route_of(scope: Scope) -> str:
    """The pattern of the route, so that ids in paths do not become labels."""
    return getattr(scope.get("route"), "path", "unmatched")


def _record(scope: Scope, status: int, seconds: float) -> None:
    method = scope["method"] if scope["method"] in METHODS else "other"
    route = route_of(scope)
    REQUESTS.labels(method, route, str(status)).inc()
    SECONDS.labels(method, route).observe(seconds)
    log.info(
        "request",
        method=method,
        route=route,
        path=scope["path"],
        status=status,
        milliseconds=round(seconds * 1000, 1),
    )
