"""The rows of the tables of a swimmer plot: intervals of a state, and events; their faults."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from functools import cached_property

from renderers.tables.columns import Fields
from renderers.tables.csv_table import TableRow
from renderers.tables.headings import standard_headings
from timeline.core.calendar.dates import format_day
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.core.span import Number, Span

LANES = Fields(
    needed=("id", "start", "end", "state"),
    optional=("ongoing", "reason"),
    standard=standard_headings("lanes"),
)
EVENTS = Fields(
    needed=("id", "time", "event"),
    optional=("end", "parameter"),
    standard=standard_headings("events"),
)


@frozen(kw_only=True)
class StateInterval:
    """A row of the lanes: a patient was in a state from ``start`` to ``end``, in days."""

    id: str
    state: str
    start: Span
    end: Span | None
    ongoing: bool
    record: TableRow
    until: str = ""  # why it ends where its table states no end, in words

    @property
    def where(self) -> Where:
        """The place of its start."""
        return self.record.where("start")

    @property
    def text(self) -> str:
        """Its start and end as written."""
        end = self.record.text("end") or self.until or "(not stated)"
        return f"{self.record.text('start')} to {end}"

    @cached_property
    def is_backwards(self) -> bool:
        """Whether it ends before it starts."""
        return self.end is not None and self.end.high < self.start.low

    @cached_property
    def extent(self) -> Span:
        """All its possible days, also where it runs backwards."""
        return self.start if self.end is None else self.start.hull(self.end)

    def shares_time_with(self, other: StateInterval) -> bool:
        """Whether they certainly overlap; two that only touch do not."""
        one, two = _certain(self), _certain(other)
        return one[0] < two[1] and two[0] < one[1]


def _certain(row: StateInterval) -> tuple[Number, Number]:
    """The first and the last day that are certain, whichever way the row is written."""
    one, other = row.start, row.end or row.start
    first, last = (other, one) if row.is_backwards else (one, other)
    return first.high, last.low


@frozen(kw_only=True)
class TableEvent:
    """A row of the events; ``until`` is the end of a response that has one.

    ``style``: the marker. ``kind``: the meaning of the label by its words; where they are not
    known, the marker chosen for it. ``ends``: whether the lane ends with it.
    """

    id: str
    label: str
    style: str
    kind: str
    at: Span
    until: Span | None
    ends: bool
    record: TableRow
    text: str  # its time, and its end if it has one, as written

    @property
    def where(self) -> Where:
        """The place of its time."""
        return self.record.where("time")


@frozen
class TableFault:
    """A fault, and the rows that are left out because of it."""

    problem: Problem
    out: tuple[StateInterval | TableEvent, ...] = ()


def fault_of(
    row: StateInterval | TableEvent, description: str, *out: StateInterval | TableEvent
) -> TableFault:
    """A fault of a row, with its patient, and the rows that are left out because of it."""
    return TableFault(Problem(row.where, f"{row.id}: {description}"), out)


@frozen
class Repeat:
    """A row equal to an earlier row of its table; it is drawn once."""

    row: StateInterval | TableEvent
    line: int  # of the earlier row


@frozen(kw_only=True, slots=False)
class Tables:
    """Lanes and events. Times are days: ordinals if ``dated``, else days from time zero."""

    intervals: tuple[StateInterval, ...]
    events: tuple[TableEvent, ...]
    dated: bool
    per_unit: Fraction
    combined: bool = False  # whether states that overlap are drugs given together
    columns: tuple[str, ...] = ()  # further columns of the lanes that are used
    repeated: tuple[Repeat, ...] = ()
    time_zero: str = ""  # what numbers count from, if stated
    ends_stated: bool = True  # whether the tables state how each lane ends
    unread: frozenset[str] = frozenset()  # patients with a lane of which a row cannot be read

    @cached_property
    def by_patient(self) -> dict[str, tuple[StateInterval, ...]]:
        """The rows of each patient, in the order of the table."""
        found: dict[str, list[StateInterval]] = defaultdict(list)
        for row in self.intervals:
            found[row.id].append(row)
        return {id_: tuple(rows) for id_, rows in found.items()}

    @cached_property
    def _events_by_patient(self) -> dict[str, list[TableEvent]]:
        found: dict[str, list[TableEvent]] = defaultdict(list)
        for event in self.events:
            found[event.id].append(event)
        return found

    def events_of(self, id_: str) -> tuple[TableEvent, ...]:
        """The events of one patient, in the order of the table."""
        return tuple(self._events_by_patient.get(id_, ()))

    def time_text(self, day: Number) -> str:
        """A day as it is written in the tables."""
        return format_day(int(day)) if self.dated else _plain(Fraction(day) / self.per_unit)


def _plain(number: Fraction) -> str:
    """A number with up to six decimals.

    >>> _plain(Fraction("1234567.5")), _plain(Fraction(12))
    ('1234567.5', '12')
    """
    return f"{float(number):.6f}".rstrip("0").rstrip(".")
