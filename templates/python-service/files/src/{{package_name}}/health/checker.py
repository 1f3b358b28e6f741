"""Checks one dependency in the background and keeps the result for whoever asks."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import structlog

from ..clock import Clock
from .dependency import Dependency, Reading, error_class
from .window import Window

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """How often to check, how long to wait, and how long a result is worth something."""

    period: float = 5.0
    jitter: float = 1.0
    timeout: float = 1.0
    expiry: float = 20.0
    needed: int = 2
    window: int = 3


class Standing(StrEnum):
    """What is known of a dependency."""

    UNKNOWN = "unknown"
    WORKS = "works"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Finding:
    """The standing of a dependency with the reading that came last."""

    standing: Standing
    reading: Reading | None
    was_ever_up: bool


class Checker:
    """The background check of one dependency; never more than one is in flight.

    The finding is one immutable value that is replaced, so any thread may read it.
    """

    def __init__(
        self,
        dependency: Dependency,
        timing: Timing,
        clock: Clock,
        *,
        observe: Callable[[Dependency, Reading], None] = lambda _dependency, _reading: None,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self.dependency = dependency
        self._timing = timing
        self._clock = clock
        self._observe = observe
        self._uniform = uniform
        self._window = Window(needed=timing.needed, size=timing.window)
        self._latest = Finding(Standing.UNKNOWN, None, was_ever_up=False)

    def finding(self) -> Finding:
        """What is known now; a result past its expiry counts as unknown."""
        latest = self._latest
        if latest.reading is None or self.age(latest.reading) <= self._timing.expiry:
            return latest
        return Finding(Standing.UNKNOWN, latest.reading, latest.was_ever_up)

    def age(self, reading: Reading) -> float:
        """Seconds since the reading was taken."""
        return self._clock.monotonic() - reading.taken

    async def run(self) -> None:
        """Checks for ever, at the period plus jitter."""
        while True:
            await self.check()
            await self._clock.sleep(self._timing.period + self._uniform(0.0, self._timing.jitter))

    async def check(self) -> None:
        """Checks once and takes in the result."""
        started = self._clock.monotonic()
        error: str | None = None
        try:
            async with asyncio.timeout(self._timing.timeout):
                await self.dependency.probe()
        except Exception as failure:  # noqa: BLE001 - whatever a probe raises is its result
            error = error_class(failure)
        taken = self._clock.monotonic()
        self._take(Reading(error, taken - started, taken, self._clock.wall()))

    def _take(self, reading: Reading) -> None:
        before = self._latest
        self._window.add(reading.error is None)
        standing = Standing.WORKS if self._window.verdict else Standing.FAILS
        self._latest = Finding(standing, reading, before.was_ever_up or standing is Standing.WORKS)
        self._observe(self.dependency, reading)
        if standing is not before.standing:
            log.info(
                "dependency changed",
                dependency=self.dependency.name,
                standing=standing,
                error_class=reading.error,
            )
