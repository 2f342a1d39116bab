"""Checks of the tables of a swimmer plot: one row a check, and the rows that each leaves out.

An error stops the drawing: the row cannot be drawn, or a figure of it would mislead. A warning is
printed, and the row is drawn as it is. Other tools and their example data (swimplot, ggswim,
cnsplots issue 186) draw the rows that these checks name, without a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import combinations

from renderers.swimmer.tables.lane_ends import as_others, open_lanes, unstated_ends
from renderers.swimmer.tables.rows import StateInterval, TableEvent, TableFault, Tables, fault_of
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, listed
from timeline.core.span import Number
from timeline.core.text.spelling import folded
from timeline.terminology.criteria import RESPONSES


class Severity(StrEnum):
    """Whether a fault stops the drawing."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class TableCheck:
    """One row: the name of a check, how severe a fault is, how it is found, and why it is one."""

    name: str
    severity: Severity
    find: Callable[[Tables], Iterator[TableFault]]
    source: str


def _backwards(tables: Tables) -> Iterator[TableFault]:
    for row in tables.intervals:
        if row.is_backwards:
            description = f"runs backwards: {row.text} (write the earlier time as the start)"
            yield fault_of(row, description, row)


def _no_length(tables: Tables) -> Iterator[TableFault]:
    for row in tables.intervals:
        if row.end is not None and row.end == row.start and row.start.is_point:
            description = (
                f"has no length: {row.text} (write it as an event in --events, or write its end)"
            )
            yield fault_of(row, description, row)


def _no_end(tables: Tables) -> Iterator[TableFault]:
    """Rows without an end: one fault for all that go on, which the data cut-off would end."""
    for row in tables.intervals:
        if row.end is None and not row.ongoing:
            what = "no end is stated (write its end; an event of one day goes into --events, "
            yield fault_of(row, f"{what}or leave the row out)")
    open_rows = [row for row in tables.intervals if row.end is None and row.ongoing]
    if not open_rows:
        return
    as_do = as_others(open_rows)
    remedy = (
        "--option cut-off=2021-03-01 states the data cut-off"
        if tables.dated
        else ("write its end at the data cut-off")
    )
    what = f"ongoing, and no end is stated{as_do} ({remedy}, or leave the row out)"
    problem = fault_of(open_rows[0], what).problem
    for row in open_rows:
        yield TableFault(problem, (row,))


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
            yield fault_of(other, description, one, other)


def _same_state(tables: Tables) -> Iterator[TableFault]:
    for one, other in _together(tables):
        if one.state == other.state:
            description = (
                f"one state twice: {one.state!r} {other.text}, and {one.text} "
                f"in line {one.where.line}"
            )
            yield fault_of(other, description)


def _again(tables: Tables) -> Iterator[TableFault]:
    for repeat in tables.repeated:
        row = repeat.row
        what = repr(row.state if isinstance(row, StateInterval) else row.label)
        description = f"{what} {row.text} is given twice, first in line {repeat.line} (drawn once)"
        yield fault_of(row, description)


def _other_spelling(tables: Tables) -> Iterator[TableFault]:
    named: set[str] = set()
    for row in tables.intervals:
        written = row.record.text("state")
        if written != row.state and written not in named:
            named.add(written)
            yield fault_of(
                row, f"the state {written!r} is read as {row.state!r} (spell them alike)"
            )


def _unknown_patient(tables: Tables) -> Iterator[TableFault]:
    """Events without a lane: one fault a patient; one for all where no event has a lane."""
    without: dict[str, list[TableEvent]] = {}
    for event in tables.events:
        if event.id not in tables.by_patient and event.id not in tables.unread:
            without.setdefault(event.id, []).append(event)
    none_known = len(without) > 1 and sum(map(len, without.values())) == len(tables.events)
    bare = {_bare(id_): id_ for id_ in reversed(tables.by_patient)} if without else {}
    for id_, events in without.items():
        alike = bare.get(_bare(id_))
        hint = f" (did you mean {alike!r}?)" if alike else ""
        more = f", and {len(events) - 1} more," if len(events) > 1 else ""
        verb = "are" if more else "is"
        what = f"{events[0].label!r}{more} {verb} of a patient without a lane{hint}"
        if none_known:
            what += f"; nor has any other event a lane: {listed(list(without))}"
            yield fault_of(events[0], what, *tables.events)
            return
        yield fault_of(events[0], what, *events)


def _bare(id_: str) -> str:
    """An identifier without what programs change in it: case, blanks, leading zeros."""
    return folded(id_).lstrip("0")


def _off_lane(tables: Tables) -> Iterator[TableFault]:
    going_on = {row.id for row in tables.intervals if row.ongoing and row.end is None}
    for event, first, last in _with_extent(tables):
        is_open = event.id in going_on  # the missing end is the fault
        is_after = event.at.low > last and not is_open
        side = "before" if event.at.high < first else "after" if is_after else ""
        if side and not (side == "after" and event.ends):
            edge = tables.time_text(first if side == "before" else last)
            description = f"{event.label!r} at {event.text} is off the lane: {side} {edge}"
            yield fault_of(event, description)


def _early_response(tables: Tables) -> Iterator[TableFault]:
    for event, first, _ in _with_extent(tables):
        if event.kind in RESPONSES and event.at.high < first:
            description = f"response before treatment: {event.label!r} at {event.text}, lane from "
            yield fault_of(event, f"{description}{tables.time_text(first)}", event)


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
            late = [row for row in rows
                    if max(row.start.low, (row.end or row.start).low) > death.at.high]  # fmt: skip
            for row in late:
                description = f"{row.state!r} {row.text} runs past the death at {death.text}"
                ends = [event for event in tables.events_of(id_) if event.record is row.record]
                yield fault_of(row, description, row, *ends)
            told = {id(row.record) for row in late}
            for event in tables.events_of(id_):
                if event is death or id(event.record) in told:
                    continue
                if event.at.low > death.at.high:
                    description = (
                        f"{event.label!r} at {event.text} is after the death at {death.text}"
                    )
                    yield fault_of(event, description, event)


def _contradicting_end(tables: Tables) -> Iterator[TableFault]:
    for id_, rows in tables.by_patient.items():
        dead = next((e for e in tables.events_of(id_) if e.kind == "death"), None)
        goes_on = next((row for row in rows if row.ongoing), None)
        if dead and goes_on:
            yield fault_of(goes_on, f"goes on, but {dead.label!r} at {dead.text}", goes_on)
        later = goes_on and next((r for r in rows if r.start.low > goes_on.start.low), None)
        if goes_on and later:
            yield fault_of(goes_on, f"goes on, but line {later.where.line} begins later", goes_on)


def _ended_event(tables: Tables) -> Iterator[TableFault]:
    for event in tables.events:
        if event.until is None:
            continue
        if event.kind not in RESPONSES:
            description = f"{event.label!r} has an end, but is no response (CR, PR, iCR, iPR)"
            yield fault_of(event, description, event)
        elif event.until.high < event.at.low:
            yield fault_of(event, f"{event.label!r} ends before it starts: {event.text}", event)


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
    TableCheck("ends without marker", Severity.ERROR, open_lanes,
               "swimplot; an arrow or an end marker"),
    TableCheck("end not stated", Severity.WARNING, unstated_ends,
               "cBioPortal timelines; HIGHLOW; ADTTE"),
    TableCheck("an end on an event", Severity.ERROR, _ended_event, "format of the events table"),
    TableCheck("column that changes", Severity.ERROR, _changing, "format of the lanes table"),
)  # fmt: skip
