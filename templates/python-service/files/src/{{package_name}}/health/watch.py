"""Where the parts of the service hand in what is to be watched."""

from collections.abc import Callable, Coroutine

from ..clock import Clock
from ..resilience.breaker import Breaker
from .checker import Checker, Timing
from .dependency import Dependency, Reading
from .health import Health
from .vital import Heartbeat, Vital

Job = Callable[[], Coroutine[None, None, None]]
"""A loop in the background; when it ends with an error, the process does as well."""


class Watch:
    """Collects dependencies, signs of life and background jobs while the service starts."""

    def __init__(
        self,
        health: Health,
        timing: Timing,
        clock: Clock,
        observe: Callable[[Dependency, Reading], None],
    ) -> None:
        self._health = health
        self._observe = observe
        self._jobs: list[Job] = []
        self.timing = timing
        self.clock = clock

    @property
    def jobs(self) -> tuple[Job, ...]:
        """Everything to be run in the background."""
        return tuple(self._jobs)

    def dependency(self, dependency: Dependency, breaker: Breaker | None = None) -> None:
        """Has a dependency checked, and its circuit breaker reported."""
        checker = Checker(dependency, self.timing, self.clock, observe=self._observe)
        self._health.add_checker(checker)
        self._jobs.append(checker.run)
        if breaker is not None:
            self._health.add_breaker(breaker, dependency)

    def vital(self, vital: Vital) -> None:
        """Has liveness look at a sign of life."""
        self._health.add_vital(vital)

    def heartbeat(self, heartbeat: Heartbeat) -> None:
        """Has the event loop beat, and liveness listen."""
        self._health.add_vital(heartbeat)
        self._jobs.append(heartbeat.run)

    def job(self, job: Job) -> None:
        """Runs something in the background."""
        self._jobs.append(job)
