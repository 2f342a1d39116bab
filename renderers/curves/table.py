"""Survival times from a plain table: columns time, event and, where there are several, group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import attrs

from renderers.given import Record, given
from renderers.slip import beyond_life
from timeline.months import days_per
from timeline.problem import Problem, Where

Problems = tuple[Problem, ...]
WANTED, OPTIONAL = ("time", "event"), ("group",)
EVENTS = {
    **dict.fromkeys(("1", "yes", "true", "event", "dead", "death", "progressed"), True),
    **dict.fromkeys(("0", "no", "false", "censored", "alive"), False),
}
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
NAMED: Mapping[str, str] = MappingProxyType({})


@attrs.frozen(kw_only=True)
class Times:
    """A table as `survival_of` takes it; ``groups`` is empty where the table has none.

    ``unread`` names each column of the table that is no field of it.
    """

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    groups: tuple[str, ...]
    unread: Problems = ()


def times_of(
    path: Path, named: Mapping[str, str] = NAMED, unit: str = "days"
) -> tuple[Times | None, Problems]:
    """The times of a file, or every fault of it. ``named``: the table's own names of columns.

    ``unit``: of its times, none of which is longer than a life. ValueError: no unit of time.
    """
    size = days_per(unit)
    records, problems = given(path, WANTED, OPTIONAL, named)
    faults = (*problems, *(fault for record in records for fault in _faults(record, size)))
    if not faults and records:
        faults = tuple(_ungrouped(records))
    if faults or not records:
        return None, faults or (
            Problem(Where(str(path)), "no rows below the names of the columns"),
        )
    groups = tuple(record.text("group") for record in records)
    return Times(
        times=tuple(Fraction(record.text("time")) for record in records),
        events=tuple(EVENTS[record.text("event").lower()] for record in records),
        groups=groups if any(groups) else (),
        unread=tuple(_unread(records[0], groups)),
    ), ()


def _unread(record: Record, groups: tuple[str, ...]) -> Iterator[Problem]:
    known = (*WANTED, *OPTIONAL)
    for name, _, number in record.cells:
        if name not in known:
            free = [*OPTIONAL] if not any(groups) else []
            hint = f"; --map {free[0]}={name} makes it the {free[0]}" if free else ""
            says = f"column {name!r} is not read (read are {', '.join(known)}{hint})"
            yield Problem(Where(record.file, 1, number), says)


def _faults(record: Record, size: Fraction) -> Iterator[Problem]:
    time, event = record.text("time"), record.text("event")
    if not _NUMBER.fullmatch(time):
        says = f"not a time: {time!r} (write a number not below nought, with a point: 8.4)"
        yield Problem(record.where("time"), says)
    elif too_far := beyond_life(time, size):
        yield Problem(record.where("time"), too_far)
    if event.lower() not in EVENTS:
        known = ", ".join(EVENTS)
        yield Problem(record.where("event"), f"not an event: {event!r} (write one of {known})")


def _ungrouped(records: tuple[Record, ...]) -> Iterator[Problem]:
    """Rows without a group in a table where others have one."""
    if any(record.text("group") for record in records):
        for record in records:
            if not record.text("group"):
                yield Problem(record.where("group"), "no group, and other rows have one (name it)")
