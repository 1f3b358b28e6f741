"""Tries an operation again: few times, spread at random, within a budget and a deadline."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from .budget import RetryBudget
from .deadline import Deadline
from .errors import TransientError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often to try, and how far apart."""

    tries: int = 3
    base: float = 0.05
    cap: float = 1.0

    def pause(self, retry: int, uniform: Callable[[float, float], float]) -> float:
        """Draws the pause before a retry, counted from 0, by full jitter."""
        return uniform(0.0, min(self.cap, self.base * 2.0**retry))


class Retrier:
    """Repeats idempotent operations of one dependency; nothing below it may retry as well."""

    def __init__(
        self,
        policy: RetryPolicy,
        budget: RetryBudget,
        *,
        uniform: Callable[[float, float], float] = random.uniform,
    ) -> None:
        self._policy = policy
        self._budget = budget
        self._uniform = uniform

    async def run(self, operation: Callable[[], Awaitable[T]], deadline: Deadline) -> T:
        """Runs the operation until it works, fails for good, or the brakes hold."""
        self._budget.earn()
        retry = 0
        while True:
            try:
                return await operation()
            except TransientError as error:
                pause = max(error.retry_after, self._policy.pause(retry, self._uniform))
                if not self._may_retry(retry, pause, deadline):
                    raise
            await deadline.clock.sleep(pause)
            retry += 1

    def _may_retry(self, retry: int, pause: float, deadline: Deadline) -> bool:
        return (
            retry + 1 < self._policy.tries and pause < deadline.remaining() and self._budget.spend()
        )
