"""The lowest and the highest Kaplan-Meier curve that vague times allow, and the median between.

Where every time is exact both are the Kaplan-Meier curve.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

import attrs

from timeline.arithmetic.kaplan_meier import HALF, kaplan_meier
from timeline.span import Span

Point = tuple[Fraction, Fraction]  # a time, and survival from then on


@attrs.frozen
class Observed:
    """One patient: the times, both ends included, and whether the event was seen (None: open)."""

    time: Span
    event: bool | None

    def __attrs_post_init__(self) -> None:
        if not self.time.is_bounded or self.time.low < 0:
            raise ValueError(f"a time without end or below nought: {self.time} (leave it out)")

    @property
    def is_exact(self) -> bool:
        """Whether there is nothing left to choose."""
        return self.time.is_point and self.event is not None

    @property
    def earliest(self) -> Fraction:
        return Fraction(self.time.low)

    @property
    def latest(self) -> Fraction:
        return Fraction(self.time.high)


@attrs.frozen(kw_only=True)
class Bounds:
    """Two step curves between which every curve that the times allow lies, at every time.

    ``low`` and ``high`` hold a point for each change of survival, the first at time nought.
    ``settled`` and ``longest``: every allowed curve reaches the first, none runs beyond the other.
    """

    low: tuple[Point, ...]
    high: tuple[Point, ...]
    settled: Fraction
    longest: Fraction

    @property
    def is_one(self) -> bool:
        """Whether all the allowed curves are one."""
        return self.low == self.high


@attrs.frozen(kw_only=True)
class Counts:
    """Of some patients at a time: those still at risk, and before it events and censorings.

    Each is a range of whole numbers; where no time is vague the three add up to all patients.
    """

    at_risk: Span
    censored: Span
    events: Span


def bounds(patients: Sequence[Observed], grain: Fraction | int = 1) -> Bounds:
    """The curves of the least and of the greatest survival at each time; exact.

    At a time t survival is least where each event that can lie at or before t does, as late as
    it can, each of the others is at risk, and each censoring is as early as it can be: mass that
    is shared out later is shared among more of those that leave by t. It is greatest the other
    way round. (Redistribution to the right: Efron 1967, Proc 5th Berkeley Symp 4:831.)
    ``grain`` is the least step of a vague time: 1 for times in days. ValueError for nobody.
    """
    if not patients:
        raise ValueError("nobody to draw a curve of (give at least one patient)")
    longest = max(one.latest for one in patients)
    settled = max(one.earliest for one in patients)
    if all(one.is_exact for one in patients):  # the common case, and far quicker
        curve = kaplan_meier([p.earliest for p in patients], [bool(p.event) for p in patients])
        only = _steps((step.time, step.survival) for step in curve.steps)
        return Bounds(low=only, high=only, settled=settled, longest=longest)
    ends = {end for one in patients for end in (one.earliest, one.latest)}
    times = sorted({Fraction(0), *ends, *(end + grain for end in ends if end < longest)})
    return Bounds(
        low=_steps((time, _survival(patients, time, _least)) for time in times),
        high=_steps((time, _survival(patients, time, _most)) for time in times),
        settled=settled,
        longest=longest,
    )


def survival_between(patients: Sequence[Observed], time: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the greatest survival at one time, events of that very time included."""
    return _survival(patients, time, _least), _survival(patients, time, _most)


def _steps(curve: Iterable[Point]) -> tuple[Point, ...]:
    """The points at which survival changes, from one at time nought."""
    points = [(Fraction(0), Fraction(1))]
    for time, survival in curve:
        if survival != points[-1][1]:
            points = [*points, (time, survival)] if time else [(time, survival)]
    return tuple(points)


_Placed = tuple[Fraction, bool]


def _least(one: Observed, by: Fraction) -> _Placed | None:
    """When a patient leaves in the world of least survival at a time; None: after it."""
    if one.event is False:
        return (one.earliest, False) if one.earliest <= by else None
    return (min(one.latest, by), True) if one.earliest <= by else None


def _most(one: Observed, by: Fraction) -> _Placed | None:
    """When a patient leaves in the world of greatest survival at a time; None: after it."""
    if one.latest > by:
        return None
    return (one.earliest, True) if one.event else (one.latest, False)


def _survival(
    patients: Sequence[Observed],
    by: Fraction,
    world: Callable[[Observed, Fraction], _Placed | None],
) -> Fraction:
    """Survival at a time in one world, events of that very time included."""
    placed = sorted(each for one in patients if (each := world(one, by)) is not None)
    times = [time for time, _ in placed]
    survival = Fraction(1)
    for time, seen in Counter(time for time, is_event in placed if is_event).items():
        survival *= 1 - Fraction(seen, len(patients) - bisect_left(times, time))
    return survival


def median_between(found: Bounds) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest median that the times allow; None: not reached.

    Survival of one half over a stretch gives its middle, as `kaplan_meier.median` does.
    """
    low = _median(found.low, found.settled)
    return low, _median(found.high, found.longest)


def _median(points: Sequence[Point], end: Fraction) -> Fraction | None:
    at_half = next((time for time, value in points if value <= HALF), None)
    if at_half is None:
        return None
    below = next((time for time, value in points if value < HALF), None)
    last = max(at_half, min(end, below) if below is not None else end)
    if below == at_half:
        return at_half
    return (at_half + last) / 2


def counts(patients: Sequence[Observed], time: Fraction | int) -> Counts:
    """Who is at risk at a time, and the censored and the events before it."""
    gone = [one for one in patients if one.latest < time]
    perhaps = [one for one in patients if one.earliest < time]
    return Counts(
        at_risk=Span(len(patients) - len(perhaps), len(patients) - len(gone)),
        censored=Span(
            sum(one.event is False for one in gone), sum(one.event is not True for one in perhaps)
        ),
        events=Span(
            sum(one.event is True for one in gone), sum(one.event is not False for one in perhaps)
        ),
    )
