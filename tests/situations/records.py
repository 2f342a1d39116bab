"""Case files written in a test, and what they come to."""

from __future__ import annotations

from pathlib import Path

from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.settings.response import Settings

INPUTS = Path(__file__).parent / "inputs"


def opened(path, **settings):
    """The reading of a case file and its problems."""
    case, problems = load(path)
    if problems:
        return None, problems
    return derive(case, Settings.of({**case.settings.changed, **settings}))


def record(tmp_path, events, head="", **settings):
    """The reading of a case of these events: one a line, without dashes and braces."""
    entries = [line.strip() for line in events.splitlines() if line.strip()]
    lines = "\n".join(f"  - {{{entry}}}" for entry in entries)
    path = tmp_path / "case.yaml"
    path.write_text(f"case: c\n{head}\nevents:\n{lines}\n", encoding="utf-8")
    return opened(path, **settings)


def labels(found, criterion="RECIST 1.1", line=1):
    """The label of each scan of a line that has one."""
    return [status.label for status in found.status(criterion, line) if status.labels]


def ended(found, endpoint="PFS", line=1, criterion="RECIST 1.1"):
    """Whether an endpoint is an event, and its days."""
    each = found.outcome(endpoint, line, criterion)
    return each.event, each.days.low, each.days.high
