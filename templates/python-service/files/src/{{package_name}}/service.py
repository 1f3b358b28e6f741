"""The life of the process: start, serve, and end in an order that loses no request."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager

import structlog
import uvicorn
from fastapi import FastAPI

from .about import About, about
from .application import create_application
from .clock import SystemClock
from .composition import PARTS, ROUTERS
from .health.checker import Timing
from .health.endpoints import health_routes
from .health.health import Health
from .health.vital import Heartbeat
from .health.watch import Watch
from .lifecycle import Lifecycle
from .management import ManagementServer
from .metrics import count_check, health_metrics, metrics_page
from .part import Surroundings
from .settings import HealthSettings, HttpSettings, Settings

log = structlog.get_logger(__name__)


class Signals:
    """Turns the first SIGTERM or SIGINT into a wish to end, the second into an order."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.now = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._caught)

    def _caught(self) -> None:
        (self.now if self.stop.is_set() else self.stop).set()


class Server(uvicorn.Server):
    """Uvicorn without its own signal handlers, which says when it has started."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to the service."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts to accept requests."""
        await super().startup(sockets)
        self._tell_started()


async def serve(settings: Settings) -> None:
    """Runs the service until it is told to end."""
    signals = Signals()
    this, clock, lifecycle = about(), SystemClock(), Lifecycle()
    health = Health(lifecycle, clock, fail_open=settings.health.fail_open)
    watch = Watch(health, timing_of(settings.health), clock, count_check)
    watch.heartbeat(Heartbeat("event-loop", clock, limit=settings.health.stuck_after))
    application = create_application(this, ROUTERS)
    async with AsyncExitStack() as stack:
        stack.enter_context(health_metrics(health))
        stack.enter_context(management(settings, health, this))
        surroundings = Surroundings(application, settings, watch, this)
        for part in PARTS:
            await stack.enter_async_context(part(surroundings))
        await run(application, settings, watch, lifecycle, signals)
    log.info("ended")


async def run(
    application: FastAPI,
    settings: Settings,
    watch: Watch,
    lifecycle: Lifecycle,
    signals: Signals,
) -> None:
    """Serves until the first signal, then serves on for the delay, then drains."""
    listener = listen(settings.http)
    server = Server(server_config(application, settings), lifecycle.serving)
    async with asyncio.TaskGroup() as tasks:
        jobs = [tasks.create_task(job()) for job in watch.jobs]
        jobs.append(tasks.create_task(_hurry(server, signals)))
        serving = tasks.create_task(server.serve(sockets=[listener]))
        serving.add_done_callback(lambda _task: signals.stop.set())
        log.info("serving", port=listener.getsockname()[1])
        await signals.stop.wait()
        lifecycle.draining()
        log.info("draining", delay=settings.shutdown.delay, drain=settings.shutdown.drain)
        await _unless(signals.now, settings.shutdown.delay)
        server.should_exit = True
        await serving
        for job in jobs:
            job.cancel()


async def _hurry(server: Server, signals: Signals) -> None:
    await signals.now.wait()
    server.force_exit = True


async def _unless(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


@contextmanager
def management(settings: Settings, health: Health, this: About) -> Iterator[None]:
    """Answers health checks from the first moment to the last."""
    routes = {**health_routes(health, this), "/metrics": metrics_page}
    server = ManagementServer(settings.management.host, settings.management.port, routes)
    server.start()
    log.info("management", port=server.port)
    try:
        yield
    finally:
        server.stop()


def timing_of(settings: HealthSettings) -> Timing:
    """The timing of checks as configured."""
    return Timing(
        period=settings.period,
        jitter=settings.jitter,
        timeout=settings.timeout,
        expiry=settings.expiry,
        needed=settings.needed,
        window=settings.window,
    )


def listen(settings: HttpSettings) -> socket.socket:
    """Opens the port for requests."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=1024)


def server_config(application: FastAPI, settings: Settings) -> uvicorn.Config:
    """Uvicorn as this service uses it: no lifespan, no log of its own, a limit on load."""
    return uvicorn.Config(
        application,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=settings.http.most_connections,
        timeout_graceful_shutdown=settings.shutdown.drain,
    )
