"""What the order of events leaves of vague dates: nothing after death, no stop before its cause.

A date is never moved beyond what its table states: where the order contradicts the dates, they stay
as they are, and a check names them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import attrs

from renderers.swimmer.tables.rows import StateInterval, TableEvent
from timeline.core.frozen_class import frozen
from timeline.core.span import Number, Span
from timeline.terminology.criteria import PROGRESSIONS


@frozen(kw_only=True)
class Bounds:
    """What is known of each patient, by name.

    Attributes:
        deaths: the days of death.
        alive: the last day on which the patient was certainly alive.
        progressions: the first possible day of the first progression.
    """

    deaths: Mapping[str, Span]
    alive: Mapping[str, Number]
    progressions: Mapping[str, Number]

    @classmethod
    def of(cls, intervals: Sequence[StateInterval], events: Sequence[TableEvent]) -> Bounds:
        """The bounds that some rows state."""
        deaths: dict[str, Span] = {}
        known: dict[str, list[Number]] = defaultdict(list)
        progressions: dict[str, list[Number]] = defaultdict(list)
        for row in intervals:
            known[row.id] += [row.start.low, *([row.end.low] if row.end else [])]
        for event in events:
            if event.kind == "death":
                deaths.setdefault(event.id, event.at)
                continue
            known[event.id].append(event.at.low)
            if event.kind in PROGRESSIONS:
                progressions[event.id].append(event.at.low)
        return cls(
            deaths=deaths,
            alive={name: max(days) for name, days in known.items()},
            progressions={name: min(days) for name, days in progressions.items()},
        )

    def interval(self, row: StateInterval) -> StateInterval:
        """A row, none of whose possible days is after the death."""
        end = row.end and self._before_death(row.id, row.end)
        return attrs.evolve(row, start=self._before_death(row.id, row.start), end=end)

    def event(self, event: TableEvent) -> TableEvent:
        """An event: a death after the last sign of life, any other up to the death.

        A stop for progression is not before the progression.
        """
        if event.kind == "death":
            return attrs.evolve(event, at=_from(event.at, self.alive.get(event.id)))
        at = self._before_death(event.id, event.at)
        if event.kind == "stop progression":
            at = _from(at, self.progressions.get(event.id))
        return attrs.evolve(event, at=at)

    def _before_death(self, name: str, days: Span) -> Span:
        death = self.deaths.get(name)
        if death is None or not days.low <= death.high < days.high:
            return days
        return Span(days.low, death.high)


def _from(days: Span, first: Number | None) -> Span:
    """The days from a first one on, where it is among them."""
    return days if first is None or not days.low < first <= days.high else Span(first, days.high)
