"""Signs of life that only a restart of the process can bring back."""

from typing import Protocol

from ..clock import Clock


class Vital(Protocol):
    """Something inside the process that liveness looks at, without input or output."""

    @property
    def name(self) -> str:
        """What it is called in the report."""

    def age(self) -> float:
        """Seconds for which it has not been well, or since its last sign of life."""

    def limit(self) -> float:
        """The age from which on a restart is the cure."""


class Heartbeat:
    """The last sign of progress of a loop: the event loop, a worker, a scheduled job."""

    def __init__(self, name: str, clock: Clock, *, limit: float) -> None:
        self._name = name
        self._clock = clock
        self._limit = limit
        self._last = clock.monotonic()

    @property
    def name(self) -> str:
        """What it is called in the report."""
        return self._name

    def age(self) -> float:
        """Seconds since the last beat."""
        return self._clock.monotonic() - self._last

    def limit(self) -> float:
        """The age from which on the loop counts as stuck."""
        return self._limit

    def beat(self) -> None:
        """Says that the loop has come round once more."""
        self._last = self._clock.monotonic()

    async def run(self, interval: float = 1.0) -> None:
        """Beats for ever, as long as the event loop lets it."""
        while True:
            self.beat()
            await self._clock.sleep(interval)


class Ailment:
    """A fault that a restart cures, but only after it has lasted for some time."""

    def __init__(self, name: str, clock: Clock, *, limit: float) -> None:
        self._name = name
        self._clock = clock
        self._limit = limit
        self._since: float | None = None

    @property
    def name(self) -> str:
        """What it is called in the report."""
        return self._name

    def age(self) -> float:
        """Seconds for which it has lasted."""
        since = self._since
        return 0.0 if since is None else self._clock.monotonic() - since

    def limit(self) -> float:
        """The age from which on a restart is the cure."""
        return self._limit

    def begin(self) -> None:
        """Notes the fault; the first moment of a row of them counts."""
        if self._since is None:
            self._since = self._clock.monotonic()

    def end(self) -> None:
        """Notes that the fault is gone or not known to be there."""
        self._since = None
