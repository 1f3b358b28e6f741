"""The answer of a health endpoint as a value, before it becomes JSON or text."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .dependency import Kind


class Status(StrEnum):
    """How well something is, in the words of the health+json format."""

    PASS = "pass"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a report: a component, what was measured of it, and what came of it."""

    name: str
    measure: str
    kind: Kind
    status: Status
    output: str = ""
    value: float | str | None = None
    unit: str = ""
    time: datetime | None = None
    age: float | None = None
    affects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All entries of an endpoint; those left out by the caller are named, not judged."""

    endpoint: str
    entries: tuple[Entry, ...]
    excluded: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The worst status of the entries."""
        found = {entry.status for entry in self.entries}
        for status in (Status.FAIL, Status.WARN):
            if status in found:
                return status
        return Status.PASS


def report(endpoint: str, entries: Iterable[Entry], exclude: frozenset[str]) -> Report:
    """Makes a report without the components to be left out."""
    everything = tuple(entries)
    names = {entry.name for entry in everything}
    return Report(
        endpoint,
        tuple(entry for entry in everything if entry.name not in exclude),
        excluded=tuple(sorted(names & exclude)),
        unmatched=tuple(sorted(exclude - names)),
    )
