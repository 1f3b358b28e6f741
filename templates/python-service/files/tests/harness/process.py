"""The service as a process of its own, as it runs in production."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import IO, Any

START_SECONDS = 60.0


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: str
    seconds: float

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Service:
    process: subprocess.Popen[bytes]
    port: int
    management: int
    output: IO[bytes]

    def ask(self, path: str, *, method: str = "GET", body: Any = None) -> Reply:
        return ask(self.port, path, method=method, body=body)

    def health(self, path: str) -> Reply:
        return ask(self.management, path)

    def checks_made(self) -> int:
        lines = self.health("/metrics").body.splitlines()
        made = [line for line in lines if line.startswith("dependency_checks_total")]
        return sum(int(float(line.rsplit(" ", 1)[1])) for line in made)


def ask(port: int, path: str, *, method: str = "GET", body: Any = None) -> Reply:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    content = None if body is None else json.dumps(body)
    headers = {} if body is None else {"Content-Type": "application/json"}
    started = time.monotonic()
    try:
        connection.request(method, path, content, headers)
        response = connection.getresponse()
        text = response.read().decode()
    finally:
        connection.close()
    found = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, found, text, time.monotonic() - started)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(package: str, **environment: str) -> Iterator[Service]:
    """Starts the service on free ports and ends it, by force if need be."""
    port, management = free_port(), free_port()
    output = tempfile.TemporaryFile()  # noqa: SIM115 - closed below
    process = subprocess.Popen(
        [sys.executable, "-m", package],
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("APP_")},
            "APP_HTTP_HOST": "127.0.0.1",
            "APP_HTTP_PORT": str(port),
            "APP_MANAGEMENT_HOST": "127.0.0.1",
            "APP_MANAGEMENT_PORT": str(management),
            **environment,
        },
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    service = Service(process, port, management, output)
    try:
        wait_until(lambda: has_started(service), START_SECONDS)
        yield service
    finally:
        process.kill()
        process.wait()
        output.close()


def has_started(service: Service) -> bool:
    """Whether the service has come up; when it has ended instead, its output says why."""
    if service.process.poll() is not None:
        service.output.seek(0)
        raise AssertionError(service.output.read().decode())
    return answers(service, "/startupz")


def answers(service: Service, path: str, status: int = 200) -> bool:
    try:
        return service.health(path).status == status
    except OSError:
        return False


def listens(port: int) -> bool:
    """Whether somebody takes connections at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def wait_until(condition: Any, seconds: float) -> float:
    """Waits for a condition and returns how long it took; a lost connection is no answer yet."""
    started = time.monotonic()
    while True:
        with suppress(OSError, HTTPException):
            if condition():
                return time.monotonic() - started
        if time.monotonic() - started > seconds:
            raise AssertionError(f"not so after {seconds} s")
        time.sleep(0.02)
