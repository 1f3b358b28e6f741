"""Stops calling a dependency that keeps failing; a single call finds out when it is back."""

from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import TypeVar

from ..clock import Clock
from .errors import CircuitOpenError, TransientError

T = TypeVar("T")


class Circuit(StrEnum):
    """The states of a circuit breaker."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half-open"


class Breaker:
    """The circuit breaker of one dependency.

    It opens after `threshold` transient failures in a row. After `rest` seconds it is half open:
    one call is the probe, all others are refused until the probe has ended.
    """

    def __init__(self, name: str, clock: Clock, *, threshold: int = 5, rest: float = 5.0) -> None:
        self.name = name
        self._clock = clock
        self._threshold = threshold
        self._rest = rest
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    @property
    def circuit(self) -> Circuit:
        """The state at this moment."""
        opened_at = self._opened_at
        if opened_at is None:
            return Circuit.CLOSED
        if self._clock.monotonic() - opened_at < self._rest:
            return Circuit.OPEN
        return Circuit.HALF_OPEN

    async def run(self, operation: Callable[[], Awaitable[T]]) -> T:
        """Runs the operation, or raises `CircuitOpenError` without running it."""
        probe = self._admit()
        try:
            result = await operation()
        except TransientError:
            self._failed(probe=probe)
            raise
        except Exception:
            self._answered()
            raise
        else:
            self._answered()
            return result
        finally:
            if probe:
                self._probing = False

    def _admit(self) -> bool:
        circuit = self.circuit
        if circuit is Circuit.CLOSED:
            return False
        if circuit is Circuit.OPEN or self._probing:
            raise CircuitOpenError(self.name, self._wait())
        self._probing = True
        return True

    def _wait(self) -> float:
        if self._opened_at is None:
            return 0.0
        return max(0.0, self._opened_at + self._rest - self._clock.monotonic())

    def _failed(self, *, probe: bool) -> None:
        self._failures += 1
        closed = self._opened_at is None
        if probe or (closed and self._failures >= self._threshold):
            self._opened_at = self._clock.monotonic()

    def _answered(self) -> None:
        self._failures = 0
        self._opened_at = None
