"""The patients of a survival curve, or of a curve of cumulative incidence, and their counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property

import attrs

from renderers.text.sort_keys import rank
from renderers.text.translation import translate_count
from timeline.statistics.survival.cumulative_incidence import (
    CENSORED,
    COMPETING,
    EVENT,
    IncidenceCurve,
    cumulative_incidence,
    incidence_limits,
)
from timeline.statistics.survival.kaplan_meier import Curve, kaplan_meier, pointwise
from timeline.statistics.survival.kaplan_meier_bounds import (
    Bounds,
    Counts,
    Observed,
    bounds,
    counts,
)

Points = tuple[tuple[Fraction, Fraction | float], ...]  # a time, and the share from then on


@attrs.frozen(kw_only=True)
class Subject:
    """One patient of a curve: times in the unit of the figure, and its tooltip."""

    observed: Observed
    tooltip: str = ""


@attrs.frozen(kw_only=True, slots=False)
class Group:
    """One curve: its name, its patients, and the kind of its limits.

    Attributes:
        name: as it is printed.
        members: its patients.
        unit: of the times.
        grain: the least step of a vague time, in the unit of the figure.
        conf_type: the scale of limits, a name of ``CONF_TYPES``.
        band: whether the limits of the curve are drawn as well; for exact times only.
        arm: whose colour it has: the name of its group of patients, or its own.
        endpoint: curves of one endpoint are compared.
        cohort: the group of patients that it is of, where its name is that of one of two events.
        cause: ``CENSORED`` for a falling curve of survival; ``EVENT`` or ``COMPETING`` for a
            rising one, of the incidence of that event; for exact times only.
        same_patients: whether the curve before it is of the same patients, who are counted once.
        variance: of an incidence, a name of ``VARIANCES``.
    """

    name: str
    members: tuple[Subject, ...]
    unit: str
    grain: Fraction = Fraction(1)
    conf_type: str = "log-log"
    band: bool = False
    arm: str = ""
    endpoint: str = ""
    cohort: str = ""
    cause: int = CENSORED
    same_patients: bool = False
    variance: str = "delta"

    @cached_property
    def observed(self) -> tuple[Observed, ...]:
        return tuple(member.observed for member in self.members)

    @property
    def is_incidence(self) -> bool:
        """Whether its curve rises."""
        return self.cause != CENSORED

    @cached_property
    def bounds(self) -> Bounds:
        return bounds(self.observed, self.grain)

    @cached_property
    def incidence(self) -> IncidenceCurve:
        """The incidence of its cause, of exact times."""
        ways = [one.ways[0] for one in self.observed]
        codes = [EVENT if way.event else COMPETING * way.competing for way in ways]
        return cumulative_incidence([way.earliest for way in ways], codes, self.cause,
                                    self.variance)  # fmt: skip

    @property
    def points(self) -> tuple[Points, Points]:
        """The lowest and the highest curve that its times allow, from time 0."""
        if not self.is_incidence:
            return self.bounds.low, self.bounds.high
        rising = ((step.time, step.incidence) for step in self.incidence.steps)
        only: Points = ((Fraction(0), 0.0), *rising)
        return only, only

    @property
    def is_one(self) -> bool:
        """Whether its times allow one curve only."""
        return self.is_incidence or self.bounds.is_one

    @property
    def size(self) -> int:
        return len(self.members)

    @property
    def is_exact(self) -> bool:
        """Whether every time and every event is known."""
        return all(one.is_exact for one in self.observed)

    @property
    def patients(self) -> str:
        """How many it is of: a number, or a range where some may be none of them."""
        return _from_to(self.size - self.absent, self.size)

    @property
    def absent(self) -> int:
        """How many may be none of its patients, such as those who may have had no response."""
        return sum(one.may_be_absent for one in self.observed)

    @property
    def events(self) -> str:
        """How many had the event: a number, or the range that the findings leave open."""
        return _from_to(*self._event_range)

    @property
    def _event_range(self) -> tuple[int, int]:
        if self.cause == COMPETING:
            count = sum(one.ways[0].competing for one in self.observed)
            return count, count
        certain = sum(one.event is True and not one.may_be_absent for one in self.observed)
        return certain, sum(one.event is not False for one in self.observed)

    @property
    def events_counted(self) -> str:
        """``1 event``, ``2 events`` or ``0–1 events``."""
        return _counted("{number} event", "{number} events", *self._event_range)

    @property
    def patients_counted(self) -> str:
        """``1 patient``, ``2 patients`` or ``1–2 patients``."""
        least = self.size - self.absent
        return _counted("{number} patient", "{number} patients", least, self.size)

    @property
    def pointwise(self) -> tuple[tuple[Fraction, float, float], ...]:
        """The limits of the curve from each time on, of a group with exact times."""
        if not self.is_incidence:
            return pointwise(self.curve_at_ends("earliest"), self.conf_type)
        found = ((step, incidence_limits(step, self.conf_type)) for step in self.incidence.steps)
        return tuple((step.time, *limits) for step, limits in found if limits)

    def curve_at_ends(self, name: str) -> Curve:
        """The curve with each patient at the ``earliest`` possible time, or at the ``latest``.

        Of an event and a censoring at that time, the earliest is the event.
        """
        return self._earliest if name == "earliest" else self._latest

    @cached_property
    def _earliest(self) -> Curve:
        ways = [min(one.ways, key=lambda way: (way.earliest, not way.event))
                for one in self.observed]  # fmt: skip
        return kaplan_meier([way.earliest for way in ways], [way.event for way in ways])

    @cached_property
    def _latest(self) -> Curve:
        ways = [max(one.ways, key=lambda way: (way.latest, not way.event))
                for one in self.observed]  # fmt: skip
        return kaplan_meier([way.latest for way in ways], [way.event for way in ways])

    def counts_at(self, time: Fraction) -> Counts:
        """Who is at risk at a time, and who has left before it; counted once for each time."""
        if time not in self._counted:
            self._counted[time] = counts(self.observed, time)
        return self._counted[time]

    @cached_property
    def _counted(self) -> dict[Fraction, Counts]:
        return {}


def _from_to(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _counted(singular: str, plural: str, least: int, most: int) -> str:
    count = most if least == most or most > 1 else 0  # "0–1 events": the form of none
    return translate_count(singular, plural, count, number=_from_to(least, most))


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, sorted, numbers in it by size: not in the order of rows or files.

    The first one is what hazards are compared with unless another is chosen, as the first level
    of a factor is in R.

    >>> in_order(["Arm 10", "Arm 2", "Arm 10"])
    ('Arm 2', 'Arm 10')
    """
    return tuple(sorted(dict.fromkeys(names), key=lambda name: (rank(name), name)))


def named_once(groups: Sequence[Group]) -> None:
    """ValueError where two curves have one name."""
    names = [group.name for group in groups]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two curves have one name: {', '.join(twice)} (name each differently)")
