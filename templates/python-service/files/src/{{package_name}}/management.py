"""The management port: health and metrics, on a thread of its own.

Nothing here runs on the event loop, so neither overload nor a blocked loop can starve it.
"""

import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import structlog

log = structlog.get_logger(__name__)

Query = Mapping[str, list[str]]

REQUEST_SECONDS = 2.0
MOST_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as a value."""

    status: HTTPStatus
    content_type: str
    body: bytes


Route = Callable[[Query], Answer]

NOT_FOUND = Answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"not found\n")


class ManagementServer:
    """Serves a fixed set of paths with a thread per connection and a limit on both."""

    def __init__(self, host: str, port: int, routes: Mapping[str, Route]) -> None:
        self._server = _Server(host, port, routes)
        self._thread = threading.Thread(
            target=self._server.serve_forever,
            kwargs={"poll_interval": 0.1},
            name="management",
            daemon=True,
        )

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stops answering and frees the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, routes: Mapping[str, Route]) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.routes = routes
        self._slots = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((host, port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Turns a connection away at once when too many are open."""
        if self._slots.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answers on a thread and gives the slot back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - inherited
        """Logs what went wrong, unless it is only a client that went away."""
        error = sys.exception()
        if not isinstance(error, OSError):
            log.error("management request failed", exc_info=error)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = REQUEST_SECONDS

    def do_GET(self) -> None:
        """Answers with head and body."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answers with the head alone."""
        self._answer(with_body=False)

    def version_string(self) -> str:
        """Tells no version."""
        return "management"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is inherited
        """Probes are not logged: they would be most of the log."""

    def _answer(self, *, with_body: bool) -> None:
        target = urlsplit(self.path)
        route = self.server.routes.get(target.path)
        query = parse_qs(target.query, keep_blank_values=True)
        answer = NOT_FOUND if route is None else route(query)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)
