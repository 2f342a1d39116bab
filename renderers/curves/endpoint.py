"""Endpoints of readings as curves: which are wanted, what they run from, and who has a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.curves.count import in_units
from renderers.curves.group import Group, Member
from renderers.words import either, say
from timeline.arithmetic.survival_bounds import Observed
from timeline.endpoints import BY_NAME, Endpoint, endpoint_named, rows_of
from timeline.months import days_per
from timeline.outcomes.derived import Outcome
from timeline.problem import near
from timeline.reading import Reading
from timeline.span import NEVER_BEGAN, Span


@attrs.frozen(kw_only=True)
class Wanted:
    """The endpoints of a line (None: of the patient) that curves are drawn of, and in what unit."""

    endpoints: tuple[Endpoint, ...]
    line: int | None
    unit: str
    conf_type: str

    @property
    def titles(self) -> tuple[str, ...]:
        """``PFS line 1``, or ``DFS`` of what is of the patient."""
        return tuple(self._title(row) for row in self.endpoints)

    def _title(self, row: Endpoint) -> str:
        if not row.per_line:
            return row.printed
        return say("{endpoint} line {number}", endpoint=row.printed, number=self.line)

    @property
    def since(self) -> str:
        """What the times count from."""
        line = say("the start of line {number}", number=self.line)
        own = (line if row.origin == "line start" else say(row.origin) for row in self.endpoints)
        return either(tuple(dict.fromkeys(own)))

    def curves(self, readings: Sequence[Reading], groups: Sequence[str]) -> Iterator[Group]:
        """A curve for each endpoint and each group in which somebody has a time."""
        for row in self.endpoints:
            for group in dict.fromkeys(groups or ("",)):
                members = tuple(
                    member
                    for number, reading in enumerate(readings)
                    if not groups or groups[number] == group
                    for member in self._members(reading, row)
                )
                if members:
                    yield self._curve(row, group, members)

    def _curve(self, row: Endpoint, group: str, members: tuple[Member, ...]) -> Group:
        title = self._title(row) if len(self.endpoints) > 1 or not group else ""
        return Group(
            name=", ".join(part for part in (title, group) if part),
            members=members,
            unit=self.unit,
            grain=1 / days_per(self.unit),
            conf_type=self.conf_type,
        )

    def _members(self, reading: Reading, row: Endpoint) -> Iterator[Member]:
        """The patient, where the endpoint could be derived and has an end."""
        line = self.line if row.per_line else None
        outcome = reading.outcome(row.name, line, row.criterion)
        days = None if outcome is None else _followed(outcome)
        if outcome is not None and days is not None and days.is_bounded:
            time = in_units(days, days_per(self.unit))
            yield Member(observed=Observed(time, outcome.event), tells=_tells(reading, outcome))


def _followed(outcome: Outcome) -> Span | None:
    """The days of an outcome; of one censored without a last day those that were surely seen."""
    days = outcome.days
    if days is None or outcome.event is not False or days.is_bounded:
        return days
    return Span.point(days.low) if days.low != NEVER_BEGAN else days


def _tells(reading: Reading, outcome: Outcome) -> str:
    return f"{reading.case.name}, {outcome.name}, {outcome.reason}"


def wanted(names: Sequence[str], line: int | None, unit: str, conf_type: str) -> Wanted:
    """The endpoints of some names. ValueError names the near ones."""
    return Wanted(
        endpoints=tuple(_row(name, line) for name in names),
        line=line,
        unit=unit,
        conf_type=conf_type,
    )


def _row(name: str, line: int | None) -> Endpoint:
    """The row of a name under its criterion: ``iPFS`` is PFS by iRECIST."""
    if name not in BY_NAME:
        raise ValueError(f"unknown endpoint: {name!r} ({near(name, BY_NAME)})")
    endpoint, criterion = endpoint_named(name)
    rows = [row.under(criterion) for row in rows_of(endpoint)]
    return next((row for row in rows if row.per_line == (line is not None)), rows[0])
