"""Numbers at risk and the median follow-up that the printed values of each patient give."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import NEVER_ENDS, Span
from timeline.statistics.individual_values import ROUNDED, FromValues, IndividualValues, median_of
from timeline.statistics.rounding import Consistency, any_rounding
from timeline.statistics.summaries import middle


@attrs.frozen(kw_only=True)
class AtRisk:
    """Numbers at risk by the values at each time; ``fit``, and the convention that gives them."""

    fit: Consistency
    counts: tuple[int, ...]  # of the values taken as exact
    between: tuple[tuple[int, int], ...]  # of the values before they were rounded, or cut
    convention: str = ""


AT_RISK: tuple[tuple[str, Callable[[Fraction, Fraction], bool]], ...] = (
    ("those with the time or a longer one", operator.ge),
    ("those with a longer time", operator.gt),
)


def at_risk(values: IndividualValues, printed: Sequence[int], at: Sequence[Fraction]) -> AtRisk:
    """Numbers at risk at some times, in the unit of the values: all who have not left before.

    AGREES by either convention for who leaves at the very time; POSSIBLE where the values, rounded
    or cut, may be of patients who were at risk in such numbers.
    """
    slack = values.unit / 2
    between = tuple(
        (
            sum(one.earliest - slack > time for one in values.patients),
            sum(one.latest + slack >= time for one in values.patients),
        )
        for time in at
    )
    every = [(text, tuple(sum(includes(value, time) for value in values.times) for time in at))
             for text, includes in AT_RISK]  # fmt: skip
    counts = every[0][1]
    for description, found in every:
        if found == tuple(printed):
            return AtRisk(
                fit=Consistency.AGREES, counts=counts, between=between, convention=description
            )
    inside = all(low <= k <= high for k, (low, high) in zip(printed, between, strict=True))
    fit = Consistency.POSSIBLE if inside else Consistency.CONTRADICTED
    return AtRisk(fit=fit, counts=counts, between=between)


_NAMES = {  # of the definitions of a median, where leaving alive is what is waited for
    "Kaplan-Meier": "reverse Kaplan-Meier",
    "the middle of all values, censored ones as printed": "the middle of all times",
    "the middle of the values with the event": "the middle of the times of those alive",
}
POTENTIAL = "the time from the entry of each patient to the cut-off, of those who died as well"


def follow_up_of(values: IndividualValues, claimed: Printed) -> FromValues:
    """A printed median follow-up against the times to death or last contact of each patient.

    Reverse Kaplan-Meier (Schemper and Smith 1996), which takes the deaths as censored; the middle
    of all times is the other definition in use. A longer one may count potential follow-up, to
    the cut-off, which no such times give; a shorter one than all is contradicted.
    """
    events = tuple(not event for event in values.events)
    patients = tuple(
        attrs.evolve(one, ways=tuple(attrs.evolve(way, event=not way.event) for way in one.ways))
        for one in values.patients
    )
    found = median_of(IndividualValues(values.times, events, patients, values.unit), claimed)
    ranked = sorted(found.reproduced_by, key=lambda name: name == ROUNDED)  # a definition first
    names = tuple(_renamed(name) for name in ranked)
    if any(name.startswith(tuple(_NAMES.values())[:2]) for name in names):
        return attrs.evolve(found, fit=Consistency.AGREES, reproduced_by=names)
    if found.fit is Consistency.CONTRADICTED:
        bands = _bands(values, found)
        near = [name for name, band in bands if band.overlaps(any_rounding(claimed))]
        longer = all(claimed.span.low > band.high for _, band in bands)
        names = tuple(f"{name}, {ROUNDED}" for name in near) or (POTENTIAL,) * longer
        fit = Consistency.POSSIBLE if names else Consistency.CONTRADICTED
        return attrs.evolve(found, fit=fit, reproduced_by=names)
    return attrs.evolve(found, reproduced_by=names)


def _bands(values: IndividualValues, found: FromValues) -> list[tuple[str, Span]]:
    """What each definition may give of values that were rounded, or cut."""
    slack = Span(-values.unit / 2, values.unit / 2)
    alive = tuple(one for one in values.patients if not one.event)
    low, high = found.between
    reverse, of_all, of_alive = _NAMES.values()
    bands = [
        (name, Span(middle([one.earliest for one in those]), middle([one.latest for one in those])))
        for name, those in ((of_all, values.patients), (of_alive, alive))
        if those
    ]
    if low is not None:
        bands.append((reverse, Span(low, NEVER_ENDS if high is None else high)))
    return [(name, band + slack) for name, band in bands]


def _renamed(name: str) -> str:
    for old, new in _NAMES.items():
        if name.startswith(old):
            return name.replace(old, new)
    return name
