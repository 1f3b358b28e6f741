"""Decides when enough checks agree to change a verdict."""

from collections import deque


class Window:
    """Changes its verdict when `needed` of the last `size` readings speak against it.

    The first reading settles the verdict alone, since there is none to keep.
    """

    def __init__(self, *, needed: int, size: int) -> None:
        self._needed = needed
        self._readings: deque[bool] = deque(maxlen=size)
        self._verdict: bool | None = None

    @property
    def verdict(self) -> bool | None:
        """Whether it works; nothing before the first reading."""
        return self._verdict

    def add(self, passed: bool) -> None:
        """Takes in one reading."""
        self._readings.append(passed)
        if self._verdict is None:
            self._verdict = passed
        elif self._readings.count(not self._verdict) >= self._needed:
            self._verdict = not self._verdict
