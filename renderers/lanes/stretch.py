"""Tables of lanes as typed rows: stretches of a state, events, and how their times are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import attrs

from renderers.given import Record, Records
from renderers.heading import Fields, Problems
from renderers.label import goes_on, kind_of, thing
from renderers.lanes.sign_words import ends, signs_of
from renderers.slip import all_look, beyond_life, is_dated, no_date
from timeline.edtf import edtf, iso
from timeline.problem import Problem, Where
from timeline.span import Number, Span

_CDISC = {"id": "USUBJID"}
LANES = Fields(needed=("id", "start", "end", "state"), optional=("ongoing",), standard=_CDISC)
EVENTS = Fields(needed=("id", "time", "event"), optional=("end",), standard=_CDISC)
_NUMBER = re.compile(r"[-+−]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?")


@attrs.frozen(kw_only=True)
class Stretch:
    """A row of the lanes: a patient was in a state from ``start`` to ``end``, in days."""

    id: str
    state: str
    start: Span
    end: Span | None
    ongoing: bool
    record: Record

    @property
    def where(self) -> Where:
        return self.record.where("start")

    @property
    def text(self) -> str:
        return f"{self.record.text('start')} to {self.record.text('end') or '(not stated)'}"

    @cached_property
    def is_backwards(self) -> bool:
        return self.end is not None and self.end.high < self.start.low

    @cached_property
    def turned(self) -> Span:
        """All days it may hold, turned round where it runs backwards."""
        return self.start if self.end is None else self.start.hull(self.end)

    def shares_time_with(self, other: Stretch) -> bool:
        """Whether they surely overlap; one that only touches another does not."""
        return _inner(self)[0] < _inner(other)[1] and _inner(other)[0] < _inner(self)[1]


def _inner(row: Stretch) -> tuple[Number, Number]:
    """From where to where it surely runs, whichever way it is written."""
    one, other = row.start, row.end or row.start
    first, last = (other, one) if row.is_backwards else (one, other)
    return first.high, last.low


@attrs.frozen(kw_only=True)
class Happening:
    """A row of the events; ``until`` where it is a response that has an end.

    ``style``: the sign that is drawn. ``kind``: what the label means, by its words; where they are
    not known, by the sign that was asked for.
    """

    id: str
    label: str
    style: str
    kind: str
    at: Span
    until: Span | None
    ends: bool
    record: Record

    @property
    def where(self) -> Where:
        return self.record.where("time")

    @property
    def text(self) -> str:
        end = self.record.text("end")
        return self.record.text("time") + (f" to {end}" if end else "")


@attrs.frozen
class Repeat:
    """A row that says again what an earlier row of its table says; it is not drawn again."""

    row: Stretch | Happening
    line: int  # of the earlier row


@attrs.frozen(kw_only=True, slots=False)
class Tables:
    """Lanes and events as read. Times are days: ordinals where ``dated``, else from nought."""

    stretches: tuple[Stretch, ...]
    events: tuple[Happening, ...]
    dated: bool
    per_unit: Fraction
    combined: bool = False  # states at one time are meant: drugs given together
    columns: tuple[str, ...] = ()  # further columns of the lanes that are used
    repeated: tuple[Repeat, ...] = ()  # rows that say again what an earlier one says
    nought: str = ""  # what numbers count from, where it is said

    @cached_property
    def by_patient(self) -> dict[str, tuple[Stretch, ...]]:
        """The rows of each patient, in the order of the table."""
        found: dict[str, list[Stretch]] = defaultdict(list)
        for row in self.stretches:
            found[row.id].append(row)
        return {id_: tuple(rows) for id_, rows in found.items()}

    @cached_property
    def _events_by_patient(self) -> dict[str, list[Happening]]:
        found: dict[str, list[Happening]] = defaultdict(list)
        for event in self.events:
            found[event.id].append(event)
        return found

    def events_of(self, id_: str) -> tuple[Happening, ...]:
        return tuple(self._events_by_patient.get(id_, ()))

    def told(self, day: Number) -> str:
        """A day as the tables write it."""
        return iso(int(day)) if self.dated else _plain(Fraction(day) / self.per_unit)


def _plain(number: Fraction) -> str:
    """A number with up to six decimals.

    >>> _plain(Fraction("1234567.5")), _plain(Fraction(12))
    ('1234567.5', '12')
    """
    return f"{float(number):.6f}".rstrip("0").rstrip(".")


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
    stretches = [row for each in lanes if (row := _stretch(each, clock))]
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
