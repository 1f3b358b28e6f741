"""Calls to PostgreSQL with all brakes: deadline, retry, budget and circuit breaker."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..clock import Clock
from ..health.vital import Ailment
from ..resilience.breaker import Breaker
from ..resilience.budget import RetryBudget
from ..resilience.deadline import Deadline
from ..resilience.errors import (
    CircuitOpenError,
    DeadlineExceededError,
    TransientError,
    UnavailableError,
)
from ..resilience.retry import Retrier, RetryPolicy
from .errors import TRANSIENT, check_error
from .pool import Pool, Work, use_pool
from .settings import DatabaseSettings

T = TypeVar("T")

NAME = "postgresql"


class Database:
    """The way in which the rest of the service reaches PostgreSQL."""

    def __init__(self, pool: Pool, settings: DatabaseSettings, clock: Clock) -> None:
        self.pool = pool
        self.breaker = Breaker(NAME, clock)
        self.dead_pool = Ailment(f"{NAME}-pool", clock, limit=settings.dead_after)
        self._retrier = Retrier(RetryPolicy(), RetryBudget())
        self._settings = settings
        self._clock = clock
        self._moved: float | None = None

    async def run(self, work: Work[T]) -> T:
        """Does idempotent work, which is tried again when the connection fails."""
        return await self._available(
            lambda deadline: self._retrier.run(lambda: self._guarded(work, deadline), deadline)
        )

    async def run_once(self, work: Work[T]) -> T:
        """Does work that must not be done twice."""
        return await self._available(lambda deadline: self._guarded(work, deadline))

    async def _available(self, call: Callable[[Deadline], Awaitable[T]]) -> T:
        try:
            return await call(Deadline.after(self._clock, self._settings.deadline))
        except CircuitOpenError as error:
            raise UnavailableError(NAME, retry_after=error.retry_after) from error
        except (TransientError, DeadlineExceededError) as error:
            raise UnavailableError(NAME) from error

    async def _guarded(self, work: Work[T], deadline: Deadline) -> T:
        seconds = deadline.share(self._settings.try_timeout)
        return await self.breaker.run(lambda: self._try(work, seconds))

    async def _try(self, work: Work[T], seconds: float) -> T:
        try:
            result = await use_pool(self.pool, work, seconds)
        except TRANSIENT as error:
            raise TransientError(check_error(error).error_class) from error
        self.dead_pool.end()
        self._moved = self._clock.monotonic()
        return result

    def moves(self, seconds: float) -> bool:
        """Whether a request got its answer through the pool in the last so many seconds."""
        return self._moved is not None and self._clock.monotonic() - self._moved <= seconds
