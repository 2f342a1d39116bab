"""What every event has: a date or a period, words, a place, a name; and its place in the file."""

from __future__ import annotations

from typing import ClassVar

import attrs

from timeline.core.calendar.dates import PartialDate
from timeline.core.calendar.partial_dates import Period, parse_date, parse_period
from timeline.core.frozen_class import frozen
from timeline.core.problem import Where
from timeline.core.schema import free_text, record_field, yes_or_no

FILE = Where("(not from a file)")


@frozen(kw_only=True)
class Event:
    """An event in the history of a patient.

    ``at``: its date, or its period. ``what``: what it was, in words. ``place``: where the report
    states it. ``id``: a name by which other events refer to it. ``planned``: whether it had not
    taken place. ``where``: its place in the file.
    """

    kind: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()  # other spellings of the kind in a case file
    also_sets: ClassVar[str] = ""  # the key that takes such a spelling, where it says more
    rank: ClassVar[int] = 1  # order among events of one day
    term_field: ClassVar[str] = ""  # the field with its name in a list of terms, beside ``what``
    at: PartialDate | Period = attrs.field()
    what: str = record_field(free_text, default="")
    note: str = record_field(free_text, default="")
    place: str = record_field(free_text, default="")
    id: str = record_field(free_text, default="")
    planned: bool = record_field(yes_or_no, default=False)
    where: Where = attrs.field(default=FILE, eq=False, repr=False)

    @property
    def start(self) -> PartialDate:
        """The moment it happened or began."""
        return self.at.start if isinstance(self.at, Period) else self.at

    @property
    def end(self) -> PartialDate | None:
        """The moment it happened or ended; None where the end is not stated."""
        return self.at.end if isinstance(self.at, Period) else self.at

    @property
    def spellings(self) -> tuple[str, ...]:
        """Other words for the kind of this event, by which a reference may name it."""
        return (str(getattr(self, self.also_sets)),) if self.also_sets else self.also

    @property
    def term_text(self) -> str:
        """Its name in a list of terms, as that of an adverse event; empty where it has none."""
        return str(getattr(self, self.term_field)) if self.term_field else ""

    @property
    def label(self) -> str:
        """How the event is referred to: its id, or its kind and its date as written."""
        return self.id or f"{self.kind} {self.start.text}"


@frozen(kw_only=True)
class PointEvent(Event):
    at: PartialDate = record_field(parse_date, leads=True)


@frozen(kw_only=True)
class PeriodEvent(Event):
    at: Period = record_field(parse_period, leads=True)
