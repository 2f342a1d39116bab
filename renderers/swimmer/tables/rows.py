"""Tables of lanes as typed rows: stretches of a state, events, and how their times are written."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property

import attrs

from renderers.tables.columns import Fields
from renderers.tables.csv_table import TableRow
from timeline.core.dates import format_day
from timeline.core.problem import Where
from timeline.core.span import Number, Span

_CDISC = {"id": "USUBJID"}
LANES = Fields(needed=("id", "start", "end", "state"), optional=("ongoing",), standard=_CDISC)
EVENTS = Fields(needed=("id", "time", "event"), optional=("end",), standard=_CDISC)


@attrs.frozen(kw_only=True)
class StateInterval:
    """A row of the lanes: a patient was in a state from ``start`` to ``end``, in days."""

    id: str
    state: str
    start: Span
    end: Span | None
    ongoing: bool
    record: TableRow

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

    def shares_time_with(self, other: StateInterval) -> bool:
        """Whether they surely overlap; one that only touches another does not."""
        return _inner(self)[0] < _inner(other)[1] and _inner(other)[0] < _inner(self)[1]


def _inner(row: StateInterval) -> tuple[Number, Number]:
    """From where to where it surely runs, whichever way it is written."""
    one, other = row.start, row.end or row.start
    first, last = (other, one) if row.is_backwards else (one, other)
    return first.high, last.low


@attrs.frozen(kw_only=True)
class TableEvent:
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
    record: TableRow

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

    row: StateInterval | TableEvent
    line: int  # of the earlier row


@attrs.frozen(kw_only=True, slots=False)
class Tables:
    """Lanes and events as read. Times are days: ordinals where ``dated``, else from nought."""

    stretches: tuple[StateInterval, ...]
    events: tuple[TableEvent, ...]
    dated: bool
    per_unit: Fraction
    combined: bool = False  # states at one time are meant: drugs given together
    columns: tuple[str, ...] = ()  # further columns of the lanes that are used
    repeated: tuple[Repeat, ...] = ()  # rows that say again what an earlier one says
    nought: str = ""  # what numbers count from, where it is said

    @cached_property
    def by_patient(self) -> dict[str, tuple[StateInterval, ...]]:
        """The rows of each patient, in the order of the table."""
        found: dict[str, list[StateInterval]] = defaultdict(list)
        for row in self.stretches:
            found[row.id].append(row)
        return {id_: tuple(rows) for id_, rows in found.items()}

    @cached_property
    def _events_by_patient(self) -> dict[str, list[TableEvent]]:
        found: dict[str, list[TableEvent]] = defaultdict(list)
        for event in self.events:
            found[event.id].append(event)
        return found

    def events_of(self, id_: str) -> tuple[TableEvent, ...]:
        return tuple(self._events_by_patient.get(id_, ()))

    def told(self, day: Number) -> str:
        """A day as the tables write it."""
        return format_day(int(day)) if self.dated else _plain(Fraction(day) / self.per_unit)


def _plain(number: Fraction) -> str:
    """A number with up to six decimals.

    >>> _plain(Fraction("1234567.5")), _plain(Fraction(12))
    ('1234567.5', '12')
    """
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
