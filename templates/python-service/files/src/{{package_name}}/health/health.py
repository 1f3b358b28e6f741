"""Joins vitals, checks and circuits into liveness, readiness and startup."""

from ..clock import Clock
from ..lifecycle import Lifecycle, Phase
from ..resilience.breaker import Breaker, Circuit
from .checker import Checker, Finding, Standing
from .dependency import Dependency, Kind
from .report import Entry, Report, Status, report
from .vital import Vital


class Health:
    """All that the service knows of its own state.

    Answers come from memory alone. Parts are added while the service starts; the management
    thread only reads.
    """

    def __init__(self, lifecycle: Lifecycle, clock: Clock, *, fail_open: bool = False) -> None:
        self._lifecycle = lifecycle
        self._clock = clock
        self._fail_open = fail_open
        self._vitals: tuple[Vital, ...] = ()
        self._checkers: tuple[Checker, ...] = ()
        self._breakers: tuple[tuple[Breaker, Dependency], ...] = ()

    @property
    def checkers(self) -> tuple[Checker, ...]:
        """The background checks."""
        return self._checkers

    def add_vital(self, vital: Vital) -> None:
        """Lets liveness look at a sign of life."""
        self._vitals += (vital,)

    def add_checker(self, checker: Checker) -> None:
        """Lets readiness read the results of a check."""
        self._checkers += (checker,)

    def add_breaker(self, breaker: Breaker, dependency: Dependency) -> None:
        """Lets readiness tell the state of a circuit breaker."""
        self._breakers += ((breaker, dependency),)

    def liveness(self, exclude: frozenset[str] = frozenset()) -> Report:
        """Whether a restart would help; looks at nothing outside the process."""
        return report("livez", (vital_entry(vital) for vital in self._vitals), exclude)

    def startup(self, exclude: frozenset[str] = frozenset()) -> Report:
        """Whether the process has come up; never asks for a dependency."""
        started = self._lifecycle.phase is not Phase.STARTING
        return report("startupz", (phase_entry(self._lifecycle.phase, started),), exclude)

    def readiness(self, exclude: frozenset[str] = frozenset()) -> Report:
        """Whether requests should be sent here."""
        phase = self._lifecycle.phase
        entries = [phase_entry(phase, phase is Phase.SERVING)]
        entries += [self._dependency_entry(checker) for checker in self._checkers]
        entries += [self._circuit_entry(*guarded) for guarded in self._breakers]
        return report("readyz", entries, exclude)

    def _dependency_entry(self, checker: Checker) -> Entry:
        dependency, finding = checker.dependency, checker.finding()
        reading = finding.reading
        return Entry(
            name=dependency.name,
            measure="responseTime",
            kind=dependency.kind,
            status=self._status(dependency, finding),
            output=_explain(finding),
            value=None if reading is None else round(reading.latency * 1000, 1),
            unit="ms",
            time=None if reading is None else reading.time,
            age=None if reading is None else round(checker.age(reading), 1),
            affects=dependency.affects,
        )

    def _status(self, dependency: Dependency, finding: Finding) -> Status:
        if finding.standing is Standing.WORKS:
            return Status.PASS
        return self._weight(dependency, was_ever_up=finding.was_ever_up)

    def _weight(self, dependency: Dependency, *, was_ever_up: bool) -> Status:
        """A common fault must not take all instances out at once, if so configured.

        An instance that never reached the dependency stays out all the same: it may be the only
        one with the fault, as in a rollout with a wrong password.
        """
        common = self._fail_open and dependency.shared and was_ever_up
        return Status.FAIL if dependency.hard and not common else Status.WARN

    def _circuit_entry(self, breaker: Breaker, dependency: Dependency) -> Entry:
        circuit = breaker.circuit
        status = Status.PASS
        if circuit is Circuit.OPEN:
            status = self._weight(dependency, was_ever_up=True)
        elif circuit is Circuit.HALF_OPEN:
            status = Status.WARN
        return Entry(
            name=breaker.name,
            measure="circuit",
            kind=Kind.COMPONENT,
            status=status,
            output="" if circuit is Circuit.CLOSED else f"circuit {circuit}",
            value=str(circuit),
            time=self._clock.wall(),
            affects=dependency.affects,
        )


def phase_entry(phase: Phase, good: bool) -> Entry:
    """Tells where the process is in its life."""
    return Entry(
        name="lifecycle",
        measure="phase",
        kind=Kind.SYSTEM,
        status=Status.PASS if good else Status.FAIL,
        output="" if good else str(phase),
        value=str(phase),
    )


def vital_entry(vital: Vital) -> Entry:
    """Judges a sign of life by its age."""
    age = vital.age()
    stuck = age > vital.limit()
    return Entry(
        name=vital.name,
        measure="age",
        kind=Kind.SYSTEM,
        status=Status.FAIL if stuck else Status.PASS,
        output="older than its limit" if stuck else "",
        value=round(age, 1),
        unit="s",
    )


def _explain(finding: Finding) -> str:
    match finding.standing, finding.reading:
        case Standing.WORKS, _:
            return ""
        case Standing.FAILS, reading if reading is not None and reading.error:
            return reading.error
        case Standing.FAILS, _:
            return "recovering"
        case _, None:
            return "not checked yet"
        case _:
            return "result expired"
