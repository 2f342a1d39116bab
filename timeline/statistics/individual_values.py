"""Kaplan-Meier figures of the printed values of each patient, and which definition prints so.

A value such as ``12+`` is censored. Values are rounded prints: where they are taken as exact they
give one curve, where they may be any number that prints so, a band of curves.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.statistics.rounding import (
    CheckResult,
    Consistency,
    any_rounding,
    consistent_roundings,
)
from timeline.statistics.summaries import middle
from timeline.statistics.survival.kaplan_meier import HALF, Curve, kaplan_meier, median
from timeline.statistics.survival.kaplan_meier_bounds import Observed, ends_of, survival_between


def observed(value: Printed) -> Observed:
    """One printed value: its possible times, censored where it is a lower bound."""
    half = value.unit / 2
    if value.is_lower_bound:
        low = Fraction(value.bound)
        return Observed.of(Span(max(low - half, Fraction(0)), low + half), event=False)
    low = (
        Fraction(0) if value.span.low == NEVER_BEGAN else max(Fraction(value.span.low), Fraction(0))
    )
    return Observed.of(Span(low, max(Fraction(value.span.high), low)), event=True)


@attrs.frozen
class IndividualValues:
    """The values of all patients of a group: the exact curve, and the band of rounded ones."""

    times: tuple[Fraction, ...]
    events: tuple[bool, ...]
    patients: tuple[Observed, ...]
    unit: Fraction

    def times_factor(self, factor: Fraction) -> IndividualValues:
        """The same values in another unit, of which one unit of theirs has so many."""
        if factor == 1:
            return self
        patients = tuple(one.times(factor) for one in self.patients)
        times = tuple(time * factor for time in self.times)
        return IndividualValues(times, self.events, patients, self.unit * factor)

    @property
    def curve(self) -> Curve:
        """The Kaplan-Meier curve of the values taken as exact."""
        return kaplan_meier(self.times, self.events)


def values_of(prints: Sequence[Printed]) -> IndividualValues:
    """Printed values as data. ValueError for none, or for one below 0."""
    if not prints:
        raise ValueError("no values (write one or more)")
    patients = tuple(map(observed, prints))
    exact = tuple(_exact(each, one) for each, one in zip(prints, patients, strict=True))
    events = tuple(bool(one.event) for one in patients)
    return IndividualValues(exact, events, patients, min(each.unit for each in prints))


def _exact(number: Printed, one: Observed) -> Fraction:
    """The one time that a value is taken for; of a range or a hedged one its middle."""
    if number.is_lower_bound:
        return Fraction(number.bound)
    return number.value if number.value is not None else (one.earliest + one.latest) / 2


@attrs.frozen(kw_only=True)
class FromValues(CheckResult):
    """What the exact values give (None: not reached), and the definitions that print as claimed.

    ``between``: what rounded values allow. AGREES where the Kaplan-Meier figure of the exact
    values prints so, POSSIBLE where only rounded values or another definition do.
    """

    value: Fraction | None
    between: tuple[Fraction | None, Fraction | None]
    reproduced_by: tuple[str, ...]


KAPLAN_MEIER = "Kaplan-Meier"
ROUNDED = "values before they were rounded"


def median_of(values: IndividualValues, claimed: Printed | None) -> FromValues:
    """A printed median (None: not reached) against the values of each patient (K48).

    Kaplan-Meier: the first time with survival of 1/2 or below (SPSS, lifelines), or the middle of
    a stretch at 1/2 (R, SAS). Other definitions in use are tried before it is called wrong.
    """
    curve = values.curve
    first = next((step.time for step in curve.steps if step.survival <= HALF), None)
    observed = [time for time, event in zip(values.times, values.events, strict=True) if event]
    ways: list[tuple[str, Fraction | None]] = [
        (f"{KAPLAN_MEIER}, middle of a stretch at 1/2", median(curve).value),
        (f"{KAPLAN_MEIER}, first time at 1/2", first),
        ("the middle of all values, censored ones as printed", middle(values.times)),
        ("the middle of the values with the event", middle(observed) if observed else None),
    ]
    between = _median_between(values)
    if claimed is None:
        open_ = between[1] is None
        fit = (
            Consistency.AGREES
            if first is None
            else Consistency.POSSIBLE
            if open_
            else Consistency.CONTRADICTED
        )
        return FromValues(fit=fit, value=first, between=between, reproduced_by=())
    return _against(claimed, ways, between)


def _median_between(values: IndividualValues) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest median that the rounding of the values allows.

    Survival falls with time, so that the first time at 1/2 is found by halving.
    """
    ends = ends_of(values.patients)
    after = values.unit / 4  # an event may lie just after a censoring of the same print
    times = sorted({*ends, *(end + after for end in ends)})

    def first(test: Callable[[tuple[Fraction, Fraction]], bool]) -> Fraction | None:
        at = bisect_left(times, True, key=lambda t: test(survival_between(values.patients, t)))
        return times[at] if at < len(times) else None

    low = first(lambda both: both[0] <= HALF)
    if first(lambda both: both[1] <= HALF) is None:
        return low, None
    return low, first(lambda both: both[1] < HALF) or times[-1]


def survival_at(values: IndividualValues, claimed: Printed, at: Sequence[Fraction]) -> FromValues:
    """A printed rate in percent at a time against the values of each patient (K48).

    ``at``: the time in the unit of the values, under each convention of a month, the stated one
    first. The share of all that is known to be free of it later is tried too.
    """
    curve = values.curve
    exact = [100 * curve.at(time) for time in at]
    ways: list[tuple[str, Fraction | None]] = [(KAPLAN_MEIER, each) for each in exact]
    n = len(values.times)
    ways += [(_CRUDE, Fraction(100 * sum(one > time for one in values.times), n)) for time in at]
    between = [survival_between(values.patients, time) for time in at]
    low, high = min(least for least, _ in between), max(most for _, most in between)
    return _against(claimed, ways, (100 * low, 100 * high))


_CRUDE = "the share of all that is followed for longer"


def _against(
    claimed: Printed,
    ways: Sequence[tuple[str, Fraction | None]],
    between: tuple[Fraction | None, Fraction | None],
) -> FromValues:
    def find(spans: tuple[Span, ...]) -> tuple[str, ...]:
        found = [name for name, value in ways if value is not None and value in spans[0]]
        return tuple(dict.fromkeys(found))

    fit, roundings, names = consistent_roundings([claimed], find)
    if fit is Consistency.AGREES and not any(name.startswith(KAPLAN_MEIER) for name in names):
        fit = Consistency.POSSIBLE
    low, high = between
    band = None if low is None else Span(low, NEVER_ENDS if high is None else high)
    if fit is not Consistency.AGREES and band is not None and band.overlaps(any_rounding(claimed)):
        fit, names = Consistency.POSSIBLE, (ROUNDED, *names)
    return FromValues(
        fit=fit, roundings=roundings, value=ways[0][1], between=between, reproduced_by=names
    )
