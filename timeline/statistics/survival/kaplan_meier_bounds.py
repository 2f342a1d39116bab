"""The lowest and the highest Kaplan-Meier curve that vague times allow, and the median between.

Where every time is exact both are the Kaplan-Meier curve.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import attrs

from timeline.core.span import Span
from timeline.statistics.survival.kaplan_meier import HALF, kaplan_meier

Point = tuple[Fraction, Fraction]  # a time, and survival from then on


@attrs.frozen
class Leaving:
    """One way in which a patient may leave: at one of these times, with the event or without it.

    ``competing``: with another event, after which the first one cannot come. A survival curve and
    a hazard take such a patient as censored; a cumulative incidence does not.
    """

    time: Span  # both ends included
    event: bool
    competing: bool = False

    def __attrs_post_init__(self) -> None:
        if self.event and self.competing:
            raise ValueError("the event and a competing one at once (state which came first)")
        if not self.time.is_bounded or self.time.low < 0:
            raise ValueError(f"a time without end or below 0: {self.time} (leave it out)")

    @property
    def earliest(self) -> Fraction:
        return Fraction(self.time.low)

    @property
    def latest(self) -> Fraction:
        return Fraction(self.time.high)


@attrs.frozen
class Observed:
    """One patient: the ways to leave of which one is true.

    ``may_be_absent``: or the patient is none of those that the curve is of, such as one who may
    have had no response where its duration is drawn.
    """

    ways: tuple[Leaving, ...]
    may_be_absent: bool = False

    def __attrs_post_init__(self) -> None:
        if not self.ways:
            raise ValueError("no time (leave the patient out)")

    @classmethod
    def of(cls, time: Span, event: bool | None) -> Observed:
        """A patient with one range of times; ``event`` None: with the event or censored."""
        states = (True, False) if event is None else (event,)
        return cls(tuple(Leaving(time, state) for state in states))

    @property
    def is_exact(self) -> bool:
        """Whether there is nothing left to choose."""
        return len(self.ways) == 1 and self.ways[0].time.is_point and not self.may_be_absent

    @property
    def event(self) -> bool | None:
        """Whether the patient had the event; None where that is open."""
        states = {way.event for way in self.ways}
        return states.pop() if len(states) == 1 else None

    @property
    def earliest(self) -> Fraction:
        return min(way.earliest for way in self.ways)

    @property
    def latest(self) -> Fraction:
        return max(way.latest for way in self.ways)

    def times(self, factor: Fraction) -> Observed:
        """The same patient in another unit, of which one unit of the times has so many."""
        ways = tuple(Leaving(way.time.times(factor), way.event) for way in self.ways)
        return attrs.evolve(self, ways=ways)


@attrs.frozen(kw_only=True)
class Bounds:
    """Two step curves between which every curve that the times allow lies, at every time.

    ``low`` and ``high`` have a point for each change of survival, the first at time 0.
    ``reached_by_all`` and ``longest``: every possible curve extends to the first, none beyond the
    second.
    """

    low: tuple[Point, ...]
    high: tuple[Point, ...]
    reached_by_all: Fraction
    longest: Fraction

    @property
    def is_one(self) -> bool:
        """Whether all the allowed curves are one."""
        return self.low == self.high


@attrs.frozen(kw_only=True)
class Counts:
    """Of some patients at a time: those still at risk, and before it events and censorings.

    Each is a range of whole numbers; where no time is vague they add up to all patients.
    """

    at_risk: Span
    censored: Span
    events: Span
    competing: Span


def bounds(patients: Sequence[Observed], grain: Fraction | int = 1) -> Bounds:
    """The curves of the least and of the greatest survival at each time; exact.

    At a time t survival is least where each who can have the event at or before t has it, as late
    as can be, and each of the others is absent, or else censored as early as can be, or else at
    risk: mass that is shared out later is shared among more of those that leave by t. It is
    greatest the other way round. One choice of a patient is the best whatever the others are, so
    that no ways need to be combined, and ways that are apart are not filled in between.
    (Redistribution to the right: Efron 1967, Proc 5th Berkeley Symp 4:831.)
    ``grain`` is the least step of a vague time: 1 for times in days. Where all may be absent,
    survival is 1. Raises: ValueError without patients.
    """
    if not patients:
        raise ValueError("no patients to draw a curve of (give at least one)")
    longest = max(one.latest for one in patients)
    reached = reached_by_all(patients)
    if all(one.is_exact for one in patients):  # the common case, and far quicker
        curve = kaplan_meier([p.earliest for p in patients], [p.ways[0].event for p in patients])
        only = _steps((step.time, step.survival) for step in curve.steps)
        return Bounds(low=only, high=only, reached_by_all=reached, longest=longest)
    times = _times(patients, longest, grain)
    ranked = _ranked(patients, times)
    return Bounds(
        low=_steps((time, _survival(ranked, n, _least)) for n, time in enumerate(times)),
        high=_steps((time, _survival(ranked, n, _most)) for n, time in enumerate(times)),
        reached_by_all=reached,
        longest=longest,
    )


def survival_between(patients: Sequence[Observed], time: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the greatest survival at one time, events of that very time included."""
    return _survival(patients, time, _least), _survival(patients, time, _most)


def _steps(curve: Iterable[Point]) -> tuple[Point, ...]:
    """The points at which survival changes, from one at time 0."""
    points = [(Fraction(0), Fraction(1))]
    for time, survival in curve:
        if survival != points[-1][1]:
            points = [*points, (time, survival)] if time else [(time, survival)]
    return tuple(points)


def ends_of(patients: Iterable[Observed]) -> set[Fraction]:
    """The first and the last time of each way."""
    ways = (way for one in patients for way in one.ways)
    return {end for way in ways for end in (way.earliest, way.latest)}


def _times(
    patients: Sequence[Observed], longest: Fraction, grain: Fraction | int
) -> list[Fraction]:
    """The times at which a curve may change, in order; the ends of every way are among them."""
    ends = ends_of(patients)
    return sorted({Fraction(0), *ends, *(end + grain for end in ends if end < longest)})


@attrs.frozen
class _RankedWay:
    """A way to leave, its times as their ranks among some times: whole numbers compare faster."""

    earliest: int
    latest: int
    event: bool


@attrs.frozen
class _RankedPatient:
    """A patient by ranks."""

    ways: tuple[_RankedWay, ...]
    may_be_absent: bool
    earliest: int
    latest: int


def _ranked(patients: Sequence[Observed], times: Sequence[Fraction]) -> list[_RankedPatient]:
    rank = {time: n for n, time in enumerate(times)}
    return [
        _RankedPatient(
            tuple(_RankedWay(rank[w.earliest], rank[w.latest], w.event) for w in one.ways),
            one.may_be_absent,
            rank[one.earliest],
            rank[one.latest],
        )
        for one in patients
    ]


_Patient = Observed | _RankedPatient
_Placed = tuple[Fraction | int, bool]
_ABSENT = (-1, False)  # leaves before the first patient is at risk, and so is not counted


def _least(one: _Patient, by: Any) -> _Placed | None:
    """When a patient leaves in the case of least survival at a time; None: after it."""
    within = [way for way in one.ways if way.earliest <= by]
    events = [min(way.latest, by) for way in within if way.event]
    if events:
        return max(events), True
    if one.may_be_absent:
        return _ABSENT
    return (min(way.earliest for way in within), False) if within else None


def _most(one: _Patient, by: Any) -> _Placed | None:
    """When a patient leaves in the case of greatest survival at a time; None: after it."""
    if one.latest > by:
        return None
    censored = [way.latest for way in one.ways if not way.event]
    if censored:
        return max(censored), False
    return _ABSENT if one.may_be_absent else (one.earliest, True)


def _survival(
    patients: Sequence[Observed] | Sequence[_RankedPatient],
    by: Fraction | int,
    leaving: Callable[[_Patient, Any], _Placed | None],
) -> Fraction:
    """Survival at a time in one case, events of that very time included.

    ``by``: the time; its rank, where the patients are by ranks.
    """
    placed = sorted(each for one in patients if (each := leaving(one, by)) is not None)
    times = [time for time, _ in placed]
    survival = Fraction(1)
    for time, count in Counter(time for time, is_event in placed if is_event).items():
        survival *= 1 - Fraction(count, len(patients) - bisect_left(times, time))
    return survival


def median_between(found: Bounds) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest median that the times allow; None: not reached."""
    return quantile_between(found, HALF)


def quantile_range(
    patients: Sequence[Observed], share: Fraction = HALF, grain: Fraction | int = 1
) -> tuple[Fraction | None, Fraction | None]:
    """What `quantile_between` gives of the curves of `bounds`, without the whole curves.

    Either curve never rises, so that a bisection finds the time: a curve of some hundred vague
    times has more points than are needed for one quantile.
    """
    longest, sure = max(one.latest for one in patients), reached_by_all(patients)
    times = _times(patients, longest, grain)
    ranked = _ranked(patients, times)
    ranks = range(len(times))

    def time_of(leaving: Callable[[_Patient, Any], _Placed | None], end: Fraction) -> Any:
        def is_down(rank: int, value: Fraction = 1 - share) -> bool:
            return _survival(ranked, rank, leaving) <= value

        first = bisect_left(ranks, True, key=is_down)
        if first == len(times):
            return None
        level = _survival(ranked, first, leaving)
        points = [(times[first], level)]
        if level == 1 - share:
            below = bisect_left(
                ranks, True, key=lambda rank: _survival(ranked, rank, leaving) < level
            )
            points += [(each, Fraction(-1)) for each in times[below : below + 1]]
        return _quantile(points, end, 1 - share)

    return time_of(_least, sure), time_of(_most, longest)


def reached_by_all(patients: Sequence[Observed]) -> Fraction:
    """The time to which every possible curve extends."""
    return max(Fraction(0) if one.may_be_absent else one.earliest for one in patients)


def quantile_between(found: Bounds, share: Fraction) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest time by which a share has had the event; None: not reached.

    Survival that lies on it over a stretch gives its middle, as `kaplan_meier.quantile` does.
    """
    low = _quantile(found.low, found.reached_by_all, 1 - share)
    return low, _quantile(found.high, found.longest, 1 - share)


def _quantile(points: Sequence[Point], end: Fraction, left: Fraction) -> Fraction | None:
    at_half = next((time for time, value in points if value <= left), None)
    if at_half is None:
        return None
    below = next((time for time, value in points if value < left), None)
    last = max(at_half, min(end, below) if below is not None else end)
    if below == at_half:
        return at_half
    return (at_half + last) / 2


def counts(patients: Sequence[Observed], time: Fraction | int) -> Counts:
    """Who is at risk at a time, and the censored and the events before it."""
    fates = [_fates(one, time) for one in patients]
    return Counts(
        at_risk=_how_many(fates, "at risk"),
        censored=_how_many(fates, "censored"),
        events=_how_many(fates, "event"),
        competing=_how_many(fates, "competing"),
    )


def _fates(one: Observed, time: Fraction | int) -> set[str]:
    """What a patient may be at a time: at risk, or before it censored or with the event; absent."""
    left = (way for way in one.ways if way.earliest < time)
    fates = {"event" if way.event else "competing" if way.competing else "censored" for way in left}
    fates |= {"at risk"} if one.latest >= time else set()
    return fates | {"absent"} if one.may_be_absent else fates


def _how_many(fates: Sequence[set[str]], fate: str) -> Span:
    """For how many it is certain, and for how many it can be."""
    return Span(sum(each == {fate} for each in fates), sum(fate in each for each in fates))
