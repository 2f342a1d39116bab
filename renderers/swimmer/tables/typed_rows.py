"""The rows of the tables of a swimmer plot as typed values, and a fault for each without a type."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

import attrs

from renderers.swimmer.tables.bounds import Bounds
from renderers.swimmer.tables.event_markers import ends, markers_of
from renderers.swimmer.tables.rows import Repeat, StateInterval, TableEvent, Tables
from renderers.tables.columns import Problems
from renderers.tables.csv_table import Records, TableRow
from renderers.tables.date_mistakes import (
    all_look_like_dates,
    beyond_life,
    day_count_options,
    days_in_life,
)
from renderers.tables.labels import LabelKind, is_ongoing, kind_of, label_meaning
from renderers.tables.time_forms import TimeForms, time_forms
from timeline.core.calendar.dates import format_day, parse_edtf
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, listed
from timeline.core.span import Span
from timeline.core.text.spelling import folded

_ABBREVIATION = 4  # letters of a word that stays in capitals


@frozen(kw_only=True)
class TypedRows:
    """The typed rows, None where one fault concerns them all; faults; and notes."""

    tables: Tables | None
    problems: Problems = ()
    notes: Problems = ()


def typed_tables(
    lanes: Records,
    events: Records,
    *,
    per_unit: Fraction | None,
    markers: Mapping[str, str],
    combined: bool = False,
    columns: Sequence[str] = (),
    time_zero: str = "",
    dates: str = "",
    cutoff: str = "",
) -> TypedRows:
    """The rows that can be typed, and a fault for each that cannot.

    Args:
        lanes: The rows of the lanes.
        events: The rows of all tables of events.
        per_unit: Days of a unit of numbers; None: not stated, a fault in a table of numbers.
        markers: Markers chosen for labels.
        combined: Whether states that overlap are drugs given together.
        columns: Further columns of the lanes that are used.
        time_zero: What numbers count from, in words.
        dates: How dates are written, where it is stated.
        cutoff: The day of the data cut-off, to which dated lanes without an end go on.

    """
    cells = [(row, field) for row in lanes for field in ("start", "end")]
    cells += [(row, field) for row in events for field in ("time", "end")]
    forms = time_forms(cells, dates, deciding=("start", "time"))
    problems = list(forms.problems)
    if not forms.dated and (whole := _of_all_numbers(lanes, per_unit, time_zero)):
        return TypedRows(tables=None, problems=(whole, *problems), notes=forms.notes)
    reader = _TimeReader(forms, per_unit or Fraction(1), problems)
    last_day = parse_edtf(cutoff).span if cutoff and forms.dated else None
    typed_lanes = [_interval(each, reader, last_day) for each in lanes]
    intervals = _spelled_alike(row for row in typed_lanes if row)
    problems += _no_answers(lanes)
    last = _last_with_reason(intervals)
    labels = dict.fromkeys(label for each in events if (label := each.text("event")))
    ends = {end.label: end.kind for row in last if (end := _end_of(row.record))}
    styles = markers_of(tuple(labels | dict.fromkeys(ends)), markers, ends)
    typed = [event for each in events if (event := _event(each, reader, styles))]
    bounds = Bounds.of(intervals, typed)
    intervals = [bounds.interval(row) for row in intervals]
    typed = [bounds.event(event) for event in typed]
    typed += [bounds.event(_end_event(bounds.interval(row), styles)) for row in last]
    own_intervals, again = _without_repeats(intervals, lambda row: row.record.texts)
    own_events, events_again = _without_repeats(typed, _event_key)
    found = Tables(
        intervals=own_intervals,
        events=own_events,
        repeated=(*again, *events_again),
        dated=forms.dated,
        per_unit=reader.per_unit,
        combined=combined,
        columns=tuple(columns),
        time_zero=time_zero,
        unread=frozenset(
            each.text("id") for each, row in zip(lanes, typed_lanes, strict=True) if row is None
        ),
    )
    notes = (*forms.notes, *_to_the_cutoff(intervals, cutoff))
    return TypedRows(tables=found, problems=tuple(problems), notes=notes)


def _of_all_numbers(lanes: Records, per_unit: Fraction | None, time_zero: str) -> Problem | None:
    """The one fault of a table of numbers that have no unit, or that all look like dates."""
    starts = [record.text("start") for record in lanes]
    kind = "" if time_zero else all_look_like_dates(starts)
    if not lanes or (per_unit is not None and not kind):
        return None
    counted = day_count_options(starts[0]) if kind else ""
    if per_unit is None:
        also = f"; {starts[0]} looks like {kind}" if kind else ""
        also += f" ({counted})" if counted else ""
        units = "write --option unit=days, weeks, months or years"
        where = attrs.evolve(lanes[0].where("start"), line=1)
        return Problem(where, f"numbers in which unit? ({units}){also}")
    row = lanes[0]
    description = f"{row.text('id')}: the start {starts[0]} looks like {kind}; so does every other "
    remedy = "if it is none, state what numbers count from: --option time-zero=.."
    return Problem(
        row.where("start"), f"{description}start ({counted}{'; ' if counted else ''}{remedy})"
    )


@frozen
class _TimeReader:
    """How times are read, and the faults of those that cannot be read."""

    forms: TimeForms
    per_unit: Fraction
    problems: list[Problem]

    def read(self, record: TableRow, field: str) -> Span | None:
        """The days of a field; None where it is empty or a problem."""
        plain = self.forms.text(record, field)
        if not plain:
            return None
        if not self.forms.dated:
            return self._number(record, field, plain)
        span = parse_edtf(plain).span
        if not span.is_bounded:
            description = (
                f"open on one side: {plain!r} (write the first and the last day that it can be)"
            )
            self.fault(record, field, description)
        return span if span.is_bounded else None

    def _number(self, record: TableRow, field: str, plain: str) -> Span | None:
        days = days_in_life(plain, self.per_unit)
        if days is None:
            self.fault(record, field, beyond_life(plain, self.per_unit))
        return None if days is None else Span.point(days)

    def needed(self, record: TableRow, field: str) -> Span | None:
        """The days of a field that must not be empty."""
        if not record.text(field):
            self.fault(record, field, f"no {field} (write it, or leave the row out)")
        return self.read(record, field)

    def fault(self, record: TableRow, field: str, description: str) -> None:
        """Note a fault of a field, with its patient."""
        name = record.text("id")
        led = f"{name}: " if name else ""
        self.problems.append(Problem(record.where(field), f"{led}{description}"))


def _has_texts(record: TableRow, fields: Iterable[str], reader: _TimeReader) -> bool:
    """Whether no field is empty; each empty one is a fault."""
    empty = [field for field in fields if not record.text(field)]
    for field in empty:
        reader.fault(record, field, f"no {field} (write it, or leave the row out)")
    return not empty


def _interval(record: TableRow, reader: _TimeReader, cutoff: Span | None) -> StateInterval | None:
    """A row as read; what goes on and has no end ends at the data cut-off, if that is stated."""
    complete = _has_texts(record, ("id", "state"), reader)
    start, end = reader.needed(record, "start"), reader.read(record, "end")
    unread = bool(record.text("end")) and end is None
    ongoing = is_ongoing(record.text("ongoing"))
    if start is None or unread or not complete or ongoing is None:
        return None
    until = ""
    if end is None and ongoing and cutoff and not record.text("end"):
        if start.low > cutoff.high:
            what = f"begins after the data cut-off, {format_day(int(cutoff.high))} (correct one)"
            reader.fault(record, "start", what)
            return None
        end = Span(max(start.low, cutoff.low), cutoff.high)
        until = f"{format_day(int(cutoff.high))} (data cut-off)"
    return StateInterval(
        id=record.text("id"),
        state=record.text("state"),
        start=start,
        end=end,
        ongoing=ongoing,
        record=record,
        until=until,
    )


def _no_answers(lanes: Records) -> Iterator[Problem]:
    """The one fault of all cells of the column ``ongoing`` that state neither yes nor no."""
    without = [each for each in lanes if is_ongoing(each.text("ongoing")) is None]
    if not without:
        return
    first = without[0]
    texts = list(dict.fromkeys(each.text("ongoing") for each in without))
    what = f"{first.text('id')}: neither yes nor no: {texts[0]!r} (write yes or no)"
    if len(without) > 1:
        others = f": {listed(list(map(repr, texts[1:])))}" if texts[1:] else ""
        verb = "are" if len(without) > 2 else "is"
        count = len(without) - 1
        what += f"; so {verb} {count} more cell{'s' if count > 1 else ''} of the column{others}"
    yield Problem(first.where("ongoing"), what)


def _to_the_cutoff(rows: Sequence[StateInterval], cutoff: str) -> Iterator[Problem]:
    """A note on the lanes that go on to the data cut-off."""
    found = [row for row in rows if row.until]
    if found:
        names = listed([row.id for row in found])
        what = f"ongoing without an end, drawn to the data cut-off {cutoff}: {names}"
        yield Problem(attrs.evolve(found[0].record.where("end"), line=1), what)


def _event(record: TableRow, reader: _TimeReader, styles: Mapping[str, str]) -> TableEvent | None:
    complete = _has_texts(record, ("id", "event"), reader)
    at, until = reader.needed(record, "time"), reader.read(record, "end")
    if at is None or not complete or (record.text("end") and until is None):
        return None
    return _labelled(record, record.text("event"), at, until, styles)


def _labelled(
    record: TableRow, label: str, at: Span, until: Span | None, styles: Mapping[str, str]
) -> TableEvent:
    known, style = kind_of(label), styles[label]
    end = record.text("end")
    return TableEvent(
        id=record.text("id"),
        label=label,
        style=style,
        at=at,
        until=until,
        kind=known.marker if known else style,
        ends=ends(label, style),
        record=record,
        text=record.text("time") + (f" to {end}" if end else ""),
    )


def _spelled_alike(rows: Iterable[StateInterval]) -> list[StateInterval]:
    """The rows, each state as it is spelled first: ``Drug A`` and ``drug a`` are one state."""
    first: dict[str, str] = {}
    spelled = ((row, first.setdefault(folded(row.state), row.state)) for row in rows)
    return [row if state == row.state else attrs.evolve(row, state=state) for row, state in spelled]


def _last_with_reason(rows: Sequence[StateInterval]) -> list[StateInterval]:
    """The last row of each patient, if its columns state why the lane ends."""
    last: dict[str, StateInterval] = {}
    for row in rows:
        known = last.get(row.id)
        if row.end is not None and (known is None or row.extent.high >= known.extent.high):
            last[row.id] = row
    return [row for row in last.values() if _end_of(row.record)]


@frozen
class _End:
    """How a lane ends by its columns: the label, and its kind; None: that of its words."""

    label: str
    kind: LabelKind | None = None


def _end_of(record: TableRow) -> _End | None:
    """Why a lane ends by its columns ``ongoing`` and ``reason``; None where they do not state it.

    A death as the reason is why treatment stopped; the death itself has its own date.
    """
    status, reason = record.text("ongoing"), record.text("reason")
    stated = kind_of(status)
    if not reason or (is_ongoing(status) and status):
        return _End(_plain_case(status)) if stated and stated.ends else None
    led = status if stated and stated.ends else "Discontinued"
    kind = kind_of(reason)
    died = kind is not None and kind.marker == "death"
    own = LabelKind("stop death", ends=True) if died else None
    return _End(f"{_plain_case(led)}: {_in_sentence(reason)}", own)


def _plain_case(text: str) -> str:
    """A term in capitals as it is written in a sentence."""
    return text.capitalize() if text.isupper() and len(text) > _ABBREVIATION else text


def _in_sentence(text: str) -> str:
    plain = _plain_case(text)
    return plain[:1].lower() + plain[1:] if plain != text else text


def _end_event(row: StateInterval, styles: Mapping[str, str]) -> TableEvent:
    """The end of a lane by its columns, on the last day of the row."""
    end = _end_of(row.record) or _End("")
    made = _labelled(row.record, end.label, row.end or row.start, None, styles)
    kind, is_end = (end.kind.marker, end.kind.ends) if end.kind else (made.kind, made.ends)
    return attrs.evolve(made, text=row.record.text("end"), kind=kind, ends=is_end)


def _event_key(event: TableEvent) -> tuple[object, ...]:
    return event.id, label_meaning(event.label), event.at, event.until


Row = TypeVar("Row", StateInterval, TableEvent)


def _without_repeats(
    rows: Sequence[Row], key: Callable[[Row], Hashable]
) -> tuple[tuple[Row, ...], list[Repeat]]:
    """The rows without those whose key an earlier row has, and these."""
    first: dict[Hashable, Row] = {}
    repeats: list[Repeat] = []
    for row in rows:
        earlier = first.setdefault(key(row), row)
        if earlier is not row:
            repeats.append(Repeat(row, earlier.record.line))
    return tuple(first.values()), repeats
