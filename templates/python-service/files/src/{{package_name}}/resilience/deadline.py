"""The end of an operation as a point in time, handed on to whatever it calls."""

from dataclasses import dataclass

from ..clock import Clock
from .errors import DeadlineExceededError


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment after which nobody waits for the result any more."""

    clock: Clock
    at: float

    @classmethod
    def after(cls, clock: Clock, seconds: float) -> "Deadline":
        """A deadline that many seconds from now."""
        return cls(clock, clock.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.at - self.clock.monotonic())

    def share(self, seconds: float) -> float:
        """The smaller of a wish and what is left; raises when nothing is left."""
        left = self.remaining()
        if left <= 0:
            raise DeadlineExceededError
        return min(seconds, left)
