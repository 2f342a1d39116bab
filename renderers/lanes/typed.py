"""The rows of tables of lanes as typed values, and a problem for each that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

import attrs

from renderers.given import Record, Records
from renderers.label import goes_on, kind_of, thing
from renderers.lanes.sign_words import ends, signs_of
from renderers.lanes.stretch import Happening, Repeat, Stretch, Tables
from renderers.slip import all_look, beyond_life, is_dated, no_date
from renderers.table_fields import Problems
from timeline.edtf import edtf
from timeline.problem import Problem, Where
from timeline.span import Span
from timeline.spelling import folded

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
    styles = signs_of(tuple(labels), signs)
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
    looks = all_look(record.text("start") for record in lanes)
    also = f"; {lanes[0].text('start')} looks like {looks}" if looks else ""
    return f"numbers in which unit? (write --ask unit=days, weeks, months or years){also}"


def _is_dated(lanes: Records, events: Records) -> bool:
    """Whether times are dates: some value is one that is no number."""
    texts = [record.text("start") for record in lanes] + [e.text("time") for e in events]
    return any(_is_date(text) for text in texts)


def _is_date(text: str) -> bool:
    try:
        return bool(text) and not _NUMBER.fullmatch(text) and bool(edtf(text))
    except ValueError:
        return is_dated(text)


@attrs.frozen
class _Clock:
    """How times are read, and the problems met on the way."""

    dated: bool
    per_unit: Fraction
    problems: list[Problem]

    def read(self, record: Record, field: str) -> Span | None:
        """The days of a field; None where it is empty or a problem."""
        text = record.text(field)
        if not text:
            return None
        if not self.dated:
            return self._number(record, field, text)
        try:
            span = edtf(text).span
        except ValueError as fault:
            self.fault(record, field, no_date(text, fault))
            return None
        if not span.is_bounded:
            says = f"open on one side: {text!r} (write the first and the last day that it can be)"
            self.fault(record, field, says)
        return span if span.is_bounded else None

    def _number(self, record: Record, field: str, text: str) -> Span | None:
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

    def needed(self, record: Record, field: str) -> Span | None:
        if not record.text(field):
            self.fault(record, field, f"no {field} (write it, or leave the row out)")
        return self.read(record, field)

    def fault(self, record: Record, field: str, says: str) -> None:
        name = record.text("id")
        led = f"{name}: " if name else ""
        self.problems.append(Problem(record.where(field), f"{led}{says}"))


def _words(record: Record, fields: Iterable[str], clock: _Clock) -> bool:
    """Whether every one of some fields says something; each that does not is a problem."""
    empty = [field for field in fields if not record.text(field)]
    for field in empty:
        clock.fault(record, field, f"no {field} (write it, or leave the row out)")
    return not empty


def _stretch(record: Record, clock: _Clock) -> Stretch | None:
    said = _words(record, ("id", "state"), clock)
    start, end = clock.needed(record, "start"), clock.read(record, "end")
    unread = bool(record.text("end")) and end is None
    ongoing = goes_on(record.text("ongoing"))
    if ongoing is None:
        says = f"neither yes nor no: {record.text('ongoing')!r} (write yes or no)"
        clock.fault(record, "ongoing", says)
    if start is None or unread or not said or ongoing is None:
        return None
    return Stretch(id=record.text("id"), state=record.text("state"), start=start, end=end,
                   ongoing=ongoing, record=record)  # fmt: skip


def _happening(record: Record, clock: _Clock, styles: Mapping[str, str]) -> Happening | None:
    said = _words(record, ("id", "event"), clock)
    at, until = clock.needed(record, "time"), clock.read(record, "end")
    if at is None or not said or (record.text("end") and until is None):
        return None
    return _labelled(record, record.text("event"), at, until, styles)


def _labelled(
    record: Record, label: str, at: Span, until: Span | None, styles: Mapping[str, str]
) -> Happening:
    known, style = kind_of(label), styles[label]
    return Happening(id=record.text("id"), label=label, style=style, at=at, until=until,
                     kind=known.sign if known else style, ends=ends(label, style),
                     record=record)  # fmt: skip


def _spelled_alike(rows: Iterable[Stretch]) -> list[Stretch]:
    """The rows, each state as it is spelled first: ``Drug A`` and ``drug a`` are one state."""
    first: dict[str, str] = {}
    spelled = ((row, first.setdefault(folded(row.state), row.state)) for row in rows)
    return [row if state == row.state else attrs.evolve(row, state=state) for row, state in spelled]


def _last_words(rows: Sequence[Stretch]) -> list[Stretch]:
    """The last row of each patient where its column ``ongoing`` says how it ended."""
    last: dict[str, Stretch] = {}
    for row in rows:
        known = last.get(row.id)
        if row.end is not None and (known is None or row.turned.high >= known.turned.high):
            last[row.id] = row
    return [row for row in last.values() if (k := kind_of(row.record.text("ongoing"))) and k.ends]


def _end_of(row: Stretch, styles: Mapping[str, str]) -> Happening:
    """How a lane ended, by the word of its column ``ongoing``, on the last day of the row."""
    return _labelled(row.record, row.record.text("ongoing"), row.end or row.start, None, styles)


def _event_said(event: Happening) -> tuple[object, ...]:
    return event.id, thing(event.label), event.at, event.until


Row = TypeVar("Row", Stretch, Happening)


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
