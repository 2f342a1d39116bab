"""Checks of the tables of a swimmer plot: one row a check, and the rows that each leaves out.

An error stops the drawing: the row cannot be drawn, or a figure of it would mislead. A warning is
printed, and the row is drawn as it is. Other tools and their example data (swimplot, ggswim,
cnsplots issue 186) draw the rows that these checks name, without a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import combinations

import attrs

from renderers.swimmer.tables.rows import StateInterval, TableEvent, Tables
from timeline.core.problem import Problem, listed
from timeline.core.span import Number
from timeline.core.text.spelling import folded
from timeline.terminology.criteria import PROGRESSIONS, RESPONSES


class Severity(StrEnum):
    """Whether a fault stops the drawing."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen
class TableFault:
    """A fault, and the rows that are left out because of it."""

    problem: Problem
    out: tuple[StateInterval | TableEvent, ...] = ()


@attrs.frozen
class TableCheck:
    """One row: the name of a check, how severe a fault is, how it is found, and why it is one."""

    name: str
    severity: Severity
    find: Callable[[Tables], Iterator[TableFault]]
    source: str


def _fault(
    row: StateInterval | TableEvent, description: str, *out: StateInterval | TableEvent
) -> TableFault:
    return TableFault(Problem(row.where, f"{row.id}: {description}"), out)


def _backwards(tables: Tables) -> Iterator[TableFault]:
    for row in tables.intervals:
        if row.is_backwards:
            description = f"runs backwards: {row.text} (write the earlier time as the start)"
            yield _fault(row, description, row)


def _no_length(tables: Tables) -> Iterator[TableFault]:
    for row in tables.intervals:
        if row.end is not None and row.end == row.start and row.start.is_point:
            description = (
                f"has no length: {row.text} (write it as an event in --events, or write its end)"
            )
            yield _fault(row, description, row)


def _no_end(tables: Tables) -> Iterator[TableFault]:
    for row in tables.intervals:
        if row.end is None:
            description = "no end is stated (write its end; an event of one day goes into --events"
            if row.ongoing:
                description = "ongoing, and no end is stated (write its end at the cut-off"
            yield _fault(
                row, f"{description}, or leave the row out)", *([row] if row.ongoing else [])
            )


def _together(tables: Tables) -> Iterator[tuple[StateInterval, StateInterval]]:
    """Pairs of rows of one patient that overlap."""
    for rows in tables.by_patient.values():
        for one, other in combinations(rows, 2):
            if one.shares_time_with(other):
                yield one, other


def _two_states(tables: Tables) -> Iterator[TableFault]:
    if tables.combined:
        return
    for one, other in _together(tables):
        if one.state != other.state:
            description = (
                f"two states at once: {other.state!r} {other.text}, and {one.state!r} {one.text} "
                f"in line {one.where.line} (end one where the other begins; --option together=yes "
                "for drugs that are given together)"
            )
            yield _fault(other, description, one, other)


def _same_state(tables: Tables) -> Iterator[TableFault]:
    for one, other in _together(tables):
        if one.state == other.state:
            description = (
                f"one state twice: {one.state!r} {other.text}, and {one.text} "
                f"in line {one.where.line}"
            )
            yield _fault(other, description)


def _again(tables: Tables) -> Iterator[TableFault]:
    for repeat in tables.repeated:
        row = repeat.row
        what = repr(row.state if isinstance(row, StateInterval) else row.label)
        description = f"{what} {row.text} is given twice, first in line {repeat.line} (drawn once)"
        yield _fault(row, description)


def _other_spelling(tables: Tables) -> Iterator[TableFault]:
    named: set[str] = set()
    for row in tables.intervals:
        written = row.record.text("state")
        if written != row.state and written not in named:
            named.add(written)
            yield _fault(row, f"the state {written!r} is read as {row.state!r} (spell them alike)")


def _unknown_patient(tables: Tables) -> Iterator[TableFault]:
    for event in tables.events:
        if event.id not in tables.by_patient:
            alike = [id_ for id_ in tables.by_patient if _bare(id_) == _bare(event.id)]
            hint = f" (did you mean {alike[0]!r}?)" if alike else ""
            yield _fault(event, f"{event.label!r} is of a patient without a lane{hint}", event)


def _bare(id_: str) -> str:
    """An identifier without what programs change in it: case, blanks, leading zeros."""
    return folded(id_).lstrip("0")


def _off_lane(tables: Tables) -> Iterator[TableFault]:
    for event, first, last in _with_extent(tables):
        side = "before" if event.at.high < first else "after" if event.at.low > last else ""
        if side and not (side == "after" and event.ends):
            edge = tables.time_text(first if side == "before" else last)
            description = f"{event.label!r} at {event.text} is off the lane: {side} {edge}"
            yield _fault(event, description)


def _early_response(tables: Tables) -> Iterator[TableFault]:
    for event, first, _ in _with_extent(tables):
        if event.kind in RESPONSES and event.at.high < first:
            description = f"response before treatment: {event.label!r} at {event.text}, lane from "
            yield _fault(event, f"{description}{tables.time_text(first)}", event)


def _with_extent(tables: Tables) -> Iterator[tuple[TableEvent, Number, Number]]:
    """Each event with the first and the last day of its lane."""
    for id_, rows in tables.by_patient.items():
        spans = [row.extent for row in rows]
        first = min(span.low for span in spans)
        last = max(span.high for span in spans)
        for event in tables.events_of(id_):
            yield event, first, last


def _after_death(tables: Tables) -> Iterator[TableFault]:
    for id_, rows in tables.by_patient.items():
        for death in (e for e in tables.events_of(id_) if e.kind == "death"):
            for row in rows:
                if max(row.start.low, (row.end or row.start).low) > death.at.high:
                    description = f"{row.state!r} {row.text} runs past the death at {death.text}"
                    yield _fault(row, description, row)
            for event in tables.events_of(id_):
                if event is not death and event.at.low > death.at.high:
                    description = (
                        f"{event.label!r} at {event.text} is after the death at {death.text}"
                    )
                    yield _fault(event, description, event)


def _contradicting_end(tables: Tables) -> Iterator[TableFault]:
    for id_, rows in tables.by_patient.items():
        dead = next((e for e in tables.events_of(id_) if e.kind == "death"), None)
        goes_on = next((row for row in rows if row.ongoing), None)
        if dead and goes_on:
            yield _fault(goes_on, f"goes on, but {dead.label!r} at {dead.text}", goes_on)
        later = goes_on and next((r for r in rows if r.start.low > goes_on.start.low), None)
        if goes_on and later:
            yield _fault(goes_on, f"goes on, but line {later.where.line} begins later", goes_on)


def _without_end(tables: Tables) -> Iterator[tuple[StateInterval, str]]:
    """The last row of each lane that ends with neither a marker nor an arrow, with a remedy."""
    for id_, rows in tables.by_patient.items():
        ended = any(row.ongoing for row in rows) or any(e.ends for e in tables.events_of(id_))
        if not ended:
            last = max(rows, key=lambda row: row.extent.high)
            yield last, _end_hint(last, tables.events_of(id_))


def _open_lane(tables: Tables) -> Iterator[TableFault]:
    """Lanes that end with neither a marker nor an arrow: one fault for all of one remedy."""
    if not tables.ends_stated:
        return
    for hint, rows in _by_hint(tables).items():
        description = (
            f"the lane ends without marker or arrow{_as_do(rows)} (write yes in the column "
            "ongoing, or give death, discontinuation or last contact with --events"
            f"{hint}; --option open-ends=yes draws it with an end that is not stated)"
        )
        yield _fault(rows[0], description)


def _unstated_end(tables: Tables) -> Iterator[TableFault]:
    """The same in tables that need not state it: drawn with the marker of an unstated end."""
    if tables.ends_stated:
        return
    rows = [row for row, _ in _without_end(tables)]
    if rows:
        yield _fault(rows[0], f"the table does not state how the lane ends{_as_do(rows)}")


def _by_hint(tables: Tables) -> dict[str, list[StateInterval]]:
    found: dict[str, list[StateInterval]] = {}
    for row, hint in _without_end(tables):
        found.setdefault(hint, []).append(row)
    return found


def _as_do(rows: list[StateInterval]) -> str:
    """The other lanes of one fault."""
    if len(rows) == 1:
        return ""
    others = listed([row.id for row in rows[1:]])
    return f", as do {len(rows) - 1} more: {others}" if len(rows) > 2 else f", as does {others}"


def _end_hint(last: StateInterval, events: tuple[TableEvent, ...]) -> str:
    """The option that makes an event on the last day of a lane the reason why it ends."""
    later = [event for event in events if event.at.high >= last.extent.low]
    final = max(later, key=lambda event: event.at.high, default=None)
    if final is None or final.at.high < last.extent.high:
        return ""
    marker = "stop progression" if final.kind in PROGRESSIONS else "stop other"
    return f"; if {final.label!r} ended it: --option 'sign={final.label}: {marker}'"


def _ended_event(tables: Tables) -> Iterator[TableFault]:
    for event in tables.events:
        if event.until is None:
            continue
        if event.kind not in RESPONSES:
            description = f"{event.label!r} has an end, but is no response (CR, PR, iCR, iPR)"
            yield _fault(event, description, event)
        elif event.until.high < event.at.low:
            yield _fault(event, f"{event.label!r} ends before it starts: {event.text}", event)


def _changing(tables: Tables) -> Iterator[TableFault]:
    for rows in tables.by_patient.values():
        for name in tables.columns:
            texts = list(dict.fromkeys(row.record.text(name) for row in rows))
            if len(texts) > 1:
                description = f"column {name!r} holds {texts[0]!r} and {texts[1]!r} for one patient"
                other = next(row for row in rows if row.record.text(name) == texts[1])
                yield TableFault(Problem(other.record.where(name), f"{other.id}: {description}"))


_ISSUE = "user requests: cnsplots issue 186"
CHECKS = (
    TableCheck("runs backwards", Severity.ERROR, _backwards, f"{_ISSUE}; ggswim patient_data"),
    TableCheck("has no length", Severity.ERROR, _no_length, "ggswim patient_data"),
    TableCheck("no end", Severity.ERROR, _no_end, "swimplot ClinicalTrial data"),
    TableCheck("two states at once", Severity.ERROR, _two_states, "ggswim patient_data"),
    TableCheck("one state twice", Severity.WARNING, _same_state, "ggswim patient_data"),
    TableCheck("given twice", Severity.WARNING, _again, "tables joined twice"),
    TableCheck("one state in two spellings", Severity.WARNING, _other_spelling, "typing by hand"),
    TableCheck("unknown patient", Severity.ERROR, _unknown_patient, _ISSUE),
    TableCheck("off the lane", Severity.WARNING, _off_lane, _ISSUE),
    TableCheck("response before treatment", Severity.ERROR, _early_response,
          "swimplot ClinicalTrial.Response, ids 9 and 24"),
    TableCheck("after death", Severity.ERROR, _after_death, "no treatment after death"),
    TableCheck("ends in two ways", Severity.ERROR, _contradicting_end,
               "no treatment after death"),
    TableCheck("ends without marker", Severity.ERROR, _open_lane,
               "swimplot; an arrow or an end marker"),
    TableCheck("end not stated", Severity.WARNING, _unstated_end,
               "cBioPortal timelines; HIGHLOW; ADTTE"),
    TableCheck("an end on an event", Severity.ERROR, _ended_event, "format of the events table"),
    TableCheck("column that changes", Severity.ERROR, _changing, "format of the lanes table"),
)  # fmt: skip
