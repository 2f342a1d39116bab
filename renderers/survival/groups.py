"""The patients of a survival curve, and its results: its bounds, its median, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

import attrs

from renderers.axes.elapsed import unit_label
from renderers.text.translation import translate, translate_count
from timeline.statistics.survival.kaplan_meier import (
    Curve,
    Quantile,
    kaplan_meier,
    median,
    pointwise,
)
from timeline.statistics.survival.kaplan_meier_bounds import (
    Bounds,
    Leaving,
    Observed,
    bounds,
    median_between,
)

NOT_REACHED = "not reached"


@attrs.frozen(kw_only=True)
class Subject:
    """One patient of a curve: times in the unit of the figure, and its tooltip."""

    observed: Observed
    tooltip: str = ""


@attrs.frozen(kw_only=True, slots=False)
class Group:
    """One curve: its name, its patients, and the kind of interval of its median.

    ``grain`` is the least step of a vague time, in the unit of the figure. A ``band`` needs exact
    times.
    """

    name: str
    members: tuple[Subject, ...]
    unit: str
    grain: Fraction = Fraction(1)
    conf_type: str = "log-log"
    band: bool = False  # whether the limits of the curve are drawn as well

    @property
    def observed(self) -> tuple[Observed, ...]:
        return tuple(member.observed for member in self.members)

    @cached_property
    def bounds(self) -> Bounds:
        return bounds(self.observed, self.grain)

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

    @cached_property
    def medians(self) -> tuple[Fraction | None, Fraction | None]:
        """The least and the greatest median that the times allow; None: not reached."""
        return median_between(self.bounds)

    @property
    def median(self) -> str:
        """The median with its limits, or as the range that vague times leave of it."""
        return self.median_in("")

    def median_in(self, unit: str) -> str:
        """The same with the name of its unit: ``3.4 to 4.4 months (range over ...)``."""
        low, high = self.medians
        after = f" {unit}" if unit else ""
        if self.is_exact:
            return _limited(self._corner("earliest"), self.unit, after)
        if low == high:
            return _reached(low, self.unit) + after * (low is not None)
        last = _reached(high, self.unit) + after * (high is not None)
        return translate(
            "{low} to {high} (range over the possible dates)",
            low=_reached(low, self.unit),
            high=last,
        )

    @property
    def limits(self) -> str:
        """The limits with every vague time at its earliest and at its latest; else nothing."""
        if self.is_exact:
            return ""
        first, last = (self._corner(name) for name in ("earliest", "latest"))
        return translate(
            "{name}: {first} with all times at their earliest, {last} at their latest",
            name=self.name,
            first=_limited(first, self.unit),
            last=_limited(last, self.unit),
        )

    @property
    def pointwise(self) -> tuple[tuple[Fraction, float, float], ...]:
        """The limits of survival from each time on, of a group with exact times."""
        return pointwise(self._curve_at_ends("earliest"), self.conf_type)

    def _corner(self, name: str) -> Quantile:
        return median(self._curve_at_ends(name), self.conf_type)

    def _curve_at_ends(self, name: str) -> Curve:
        """The curve with each patient at the earliest possible time, or at the latest.

        Of an event and a censoring at that time, the earliest is the event.
        """
        ways = [_first(one) if name == "earliest" else _last(one) for one in self.observed]
        return kaplan_meier([getattr(way, name) for way in ways], [way.event for way in ways])


def _first(one: Observed) -> Leaving:
    return min(one.ways, key=lambda way: (way.earliest, not way.event))


def _last(one: Observed) -> Leaving:
    return max(one.ways, key=lambda way: (way.latest, not way.event))


def _from_to(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


def _counted(singular: str, plural: str, least: int, most: int) -> str:
    count = most if least == most or most > 1 else 0  # "0–1 events": the form of none
    return translate_count(singular, plural, count, number=_from_to(least, most))


def _reached(time: Fraction | None, unit: str) -> str:
    return translate(NOT_REACHED) if time is None else unit_label(time, unit)


def _limited(found: Quantile, unit: str, after: str = "") -> str:
    """A median with its limits; ``after``: the unit in words, for a sentence."""
    value, low, high = (_reached(time, unit) for time in (found.value, found.low, found.high))
    if not after:
        return f"{value} ({translate('{low} to {high}', low=low, high=high)})"
    if found.value is found.low is found.high is None:
        return value
    value += after if found.value is not None else ""
    return translate("{value} (95 % CI {low} to {high})", value=value, low=low, high=high)


def named_once(groups: Sequence[Group]) -> None:
    """ValueError where two curves have one name."""
    names = [group.name for group in groups]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two curves have one name: {', '.join(twice)} (name each differently)")
