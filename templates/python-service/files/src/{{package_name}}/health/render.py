"""Writes a report as health+json for machines, or as lines of text for people."""

import json
from typing import Any

from ..about import About
from .report import Entry, Report, Status


def as_json(report: Report, about: About) -> str:
    """The report as `application/health+json`."""
    document: dict[str, Any] = {
        "status": report.status,
        "version": about.release.partition(".")[0],
        "releaseId": about.release,
        "serviceId": about.name,
        "checks": {f"{entry.name}:{entry.measure}": [_check(entry)] for entry in report.entries},
    }
    notes = [f"excluded: {name}" for name in report.excluded]
    notes += [f"nothing to exclude: {name}" for name in report.unmatched]
    if notes:
        document["notes"] = notes
    return json.dumps(document) + "\n"


def as_text(report: Report) -> str:
    """The report as the Kubernetes API server words its own."""
    lines = [f"[+]{name} excluded: ok" for name in report.excluded]
    lines += [_line(entry) for entry in report.entries]
    lines += [f'warn: nothing to exclude: no check "{name}"' for name in report.unmatched]
    verdict = "failed" if report.status is Status.FAIL else "passed"
    lines.append(f"{report.endpoint} check {verdict}")
    return "\n".join(lines) + "\n"


def _check(entry: Entry) -> dict[str, Any]:
    check: dict[str, Any] = {
        "componentId": entry.name,
        "componentType": entry.kind,
        "status": entry.status,
    }
    if entry.value is not None:
        check["observedValue"] = entry.value
        if entry.unit:
            check["observedUnit"] = entry.unit
    if entry.time is not None:
        check["time"] = entry.time.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if entry.age is not None:
        check["age"] = entry.age
    if entry.status is not Status.PASS:
        check["output"] = entry.output
        if entry.affects:
            check["affectedEndpoints"] = list(entry.affects)
    return check


def _line(entry: Entry) -> str:
    name = entry.name if entry.measure != "circuit" else f"{entry.name}-circuit"
    match entry.status:
        case Status.PASS:
            return f"[+]{name} ok"
        case Status.WARN:
            return f"[+]{name} warn: {entry.output}"
        case _:
            return f"[-]{name} failed: {entry.output}"
