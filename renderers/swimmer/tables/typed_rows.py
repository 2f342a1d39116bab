"""The rows of tables of lanes as typed values, and a problem for each that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

import attrs

from renderers.swimmer.tables.event_markers import ends, markers_of
from renderers.swimmer.tables.rows import Repeat, StateInterval, TableEvent, Tables
from renderers.tables.columns import Problems
from renderers.tables.csv_table import Records, TableRow
from renderers.tables.date_mistakes import all_look_like_dates, beyond_life, is_dated, no_date
from renderers.tables.labels import is_ongoing, kind_of, label_meaning
from timeline.core.dates import parse_edtf
from timeline.core.problem import Problem, Where
from timeline.core.span import Span
from timeline.core.spelling import folded

_NUMBER = re.compile(r"[-+−]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")


def tables(
    lanes: Records,
    events: Records,
    *,
    per_unit: Fraction | None,
    signs: Mapping[str, str],
    combined: bool = False,
    columns: Sequence[str] = (),
    nought: str = "",
) -> tuple[Tables, Problems]:
    """The rows that can be read, and a problem for each that cannot.

    ``per_unit`` is how many days a number stands for; numbers without it are a problem.
    """
    dated = _is_dated(lanes, events)
    problems: list[Problem] = []
    if not dated and per_unit is None:
        where = attrs.evolve(lanes[0].where("start"), line=1) if lanes else Where("lanes")
        problems.append(Problem(where, _which_unit(lanes)))
    clock = _Clock(dated, per_unit or Fraction(1), problems)
    stretches = _spelled_alike(row for each in lanes if (row := _stretch(each, clock)))
    last = _last_words(stretches)
    labels = dict.fromkeys(label for each in events if (label := each.text("event")))
    labels |= dict.fromkeys(row.record.text("ongoing") for row in last)
    styles = markers_of(tuple(labels), signs)
    read_events = (_happening(each, clock, styles) for each in events)
    happenings = [event for event in read_events if event]
    happenings += [_end_of(row, styles) for row in last]
    bars, bars_again = _first_said(stretches, lambda row: row.record.texts)
    signs_drawn, signs_again = _first_said(happenings, _event_said)
    read = Tables(
        stretches=bars,
        events=signs_drawn,
        repeated=(*bars_again, *signs_again),
        dated=dated,
        per_unit=clock.per_unit,
        combined=combined,
        columns=tuple(columns),
        nought=nought,
    )
    return read, tuple(problems)


def _which_unit(lanes: Records) -> str:
    looks = all_look_like_dates(record.text("start") for record in lanes)
    also = f"; {lanes[0].text('start')} looks like {looks}" if looks else ""
    return f"numbers in which unit? (write --option unit=days, weeks, months or years){also}"


def _is_dated(lanes: Records, events: Records) -> bool:
    """Whether times are dates: some value is one that is no number."""
    texts = [record.text("start") for record in lanes] + [e.text("time") for e in events]
    return any(_is_date(text) for text in texts)


def _is_date(text: str) -> bool:
    try:
        return bool(text) and not _NUMBER.fullmatch(text) and bool(parse_edtf(text))
    except ValueError:
        return is_dated(text)


@attrs.frozen
class _Clock:
    """How times are read, and the problems met on the way."""

    dated: bool
    per_unit: Fraction
    problems: list[Problem]

    def read(self, record: TableRow, field: str) -> Span | None:
        """The days of a field; None where it is empty or a problem."""
        text = record.text(field)
        if not text:
            return None
        if not self.dated:
            return self._number(record, field, text)
        try:
            span = parse_edtf(text).span
        except ValueError as fault:
            self.fault(record, field, no_date(text, fault))
            return None
        if not span.is_bounded:
            description = (
                f"open on one side: {text!r} (write the first and the last day that it can be)"
            )
            self.fault(record, field, description)
        return span if span.is_bounded else None

    def _number(self, record: TableRow, field: str, text: str) -> Span | None:
        if not _NUMBER.fullmatch(text):
            self.fault(
                record, field, f"not a number: {text!r} (write 5.2, or a date as 2021-03-01)"
            )
            return None
        plain = text.replace("−", "-")
        if too_far := beyond_life(plain, self.per_unit):
            self.fault(record, field, too_far)
            return None
        return Span.point(Fraction(plain) * self.per_unit)

    def needed(self, record: TableRow, field: str) -> Span | None:
        if not record.text(field):
            self.fault(record, field, f"no {field} (write it, or leave the row out)")
        return self.read(record, field)

    def fault(self, record: TableRow, field: str, description: str) -> None:
        name = record.text("id")
        led = f"{name}: " if name else ""
        self.problems.append(Problem(record.where(field), f"{led}{description}"))


def _words(record: TableRow, fields: Iterable[str], clock: _Clock) -> bool:
    """Whether every one of some fields says something; each that does not is a problem."""
    empty = [field for field in fields if not record.text(field)]
    for field in empty:
        clock.fault(record, field, f"no {field} (write it, or leave the row out)")
    return not empty


def _stretch(record: TableRow, clock: _Clock) -> StateInterval | None:
    said = _words(record, ("id", "state"), clock)
    start, end = clock.needed(record, "start"), clock.read(record, "end")
    unread = bool(record.text("end")) and end is None
    ongoing = is_ongoing(record.text("ongoing"))
    if ongoing is None:
        description = f"neither yes nor no: {record.text('ongoing')!r} (write yes or no)"
        clock.fault(record, "ongoing", description)
    if start is None or unread or not said or ongoing is None:
        return None
    return StateInterval(id=record.text("id"), state=record.text("state"), start=start, end=end,
                   ongoing=ongoing, record=record)  # fmt: skip


def _happening(record: TableRow, clock: _Clock, styles: Mapping[str, str]) -> TableEvent | None:
    said = _words(record, ("id", "event"), clock)
    at, until = clock.needed(record, "time"), clock.read(record, "end")
    if at is None or not said or (record.text("end") and until is None):
        return None
    return _labelled(record, record.text("event"), at, until, styles)


def _labelled(
    record: TableRow, label: str, at: Span, until: Span | None, styles: Mapping[str, str]
) -> TableEvent:
    known, style = kind_of(label), styles[label]
    return TableEvent(id=record.text("id"), label=label, style=style, at=at, until=until,
                     kind=known.marker if known else style, ends=ends(label, style),
                     record=record)  # fmt: skip


def _spelled_alike(rows: Iterable[StateInterval]) -> list[StateInterval]:
    """The rows, each state as it is spelled first: ``Drug A`` and ``drug a`` are one state."""
    first: dict[str, str] = {}
    spelled = ((row, first.setdefault(folded(row.state), row.state)) for row in rows)
    return [row if state == row.state else attrs.evolve(row, state=state) for row, state in spelled]


def _last_words(rows: Sequence[StateInterval]) -> list[StateInterval]:
    """The last row of each patient where its column ``ongoing`` says how it ended."""
    last: dict[str, StateInterval] = {}
    for row in rows:
        known = last.get(row.id)
        if row.end is not None and (known is None or row.turned.high >= known.turned.high):
            last[row.id] = row
    return [row for row in last.values() if (k := kind_of(row.record.text("ongoing"))) and k.ends]


def _end_of(row: StateInterval, styles: Mapping[str, str]) -> TableEvent:
    """How a lane ended, by the word of its column ``ongoing``, on the last day of the row."""
    return _labelled(row.record, row.record.text("ongoing"), row.end or row.start, None, styles)


def _event_said(event: TableEvent) -> tuple[object, ...]:
    return event.id, label_meaning(event.label), event.at, event.until


Row = TypeVar("Row", StateInterval, TableEvent)


def _first_said(
    rows: Sequence[Row], said: Callable[[Row], Hashable]
) -> tuple[tuple[Row, ...], list[Repeat]]:
    """The rows without those that say the same as an earlier one, and these."""
    first: dict[Hashable, Row] = {}
    repeats: list[Repeat] = []
    for row in rows:
        earlier = first.setdefault(said(row), row)
        if earlier is not row:
            repeats.append(Repeat(row, earlier.record.line))
    return tuple(first.values()), repeats
