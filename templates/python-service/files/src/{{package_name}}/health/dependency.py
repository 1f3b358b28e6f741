"""What the service depends on, and what a single check of it found."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Probe = Callable[[], Awaitable[None]]
"""Uses the dependency once, cheaply; returns when it works and raises when it does not."""


class Kind(StrEnum):
    """What sort of part it is, in the words of the health+json format."""

    COMPONENT = "component"
    DATASTORE = "datastore"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Dependency:
    """A part off the process that requests need.

    Without a `hard` one the service cannot do its work, so readiness fails; without a soft one it
    does less, so readiness warns. A `shared` one is the same for all instances, so a fault of it
    is common to all. `affects` names the endpoints that suffer.
    """

    name: str
    probe: Probe
    kind: Kind = Kind.SYSTEM
    hard: bool = True
    shared: bool = False
    affects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of one check: `error` is a class of error, or nothing when it passed."""

    error: str | None
    latency: float
    taken: float
    time: datetime


class CheckError(Exception):
    """A check that failed for a reason with a name of its own."""

    def __init__(self, error_class: str) -> None:
        super().__init__(error_class)
        self.error_class = error_class


def error_class(error: BaseException) -> str:
    """Names the sort of error, without the hosts, users or statements its text may hold."""
    match error:
        case CheckError():
            return error.error_class
        case TimeoutError():
            return "timeout"
        case ConnectionRefusedError():
            return "refused"
        case ConnectionError():
            return "reset"
        case OSError():
            return "unreachable"
        case _:
            return "error"
