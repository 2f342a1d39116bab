"""The Kaplan-Meier curve of one group, its median and the limits of the median.

Survival is exact (Fractions); only the limits need floats. Equal to R ``survfit`` and ``quantile``
(package survival), which the tests compare it with.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from timeline.core.printed_numbers import Printed
from timeline.statistics.distributions import normal_quantile
from timeline.statistics.rounding import CheckResult, consistent_roundings
from timeline.statistics.summaries import middle

HALF = Fraction(1, 2)
LEVEL = Fraction(95, 100)
_TOLERANCE = 2.0**-26  # as R: a limit this near to the survival sought counts as equal to it


@attrs.frozen
class CurveStep:
    """A time at which someone leaves: how many were at risk, had the event or were censored.

    ``survival``: after the step. ``variance``: Greenwood's sum d / (r (r - d)); infinite
    once all at risk have had the event.
    """

    time: Fraction
    at_risk: int
    events: int
    censored: int
    survival: Fraction
    variance: float


@attrs.frozen
class Curve:
    """A Kaplan-Meier curve: its steps in order of time, one a time."""

    steps: tuple[CurveStep, ...]

    def at(self, time: Fraction | int) -> Fraction:
        """Survival at a time, events at that very time included."""
        reached = [step.survival for step in self.steps if step.time <= time]
        return reached[-1] if reached else Fraction(1)


def kaplan_meier(times: Sequence[Fraction | int], events: Sequence[bool]) -> Curve:
    """The curve of some patients; a censored patient is at risk at events of the same time.

    Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452. Times in any one unit, 0 or
    more; ``events`` true where the event was seen, false where censored.
    """
    if not times or len(times) != len(events):
        raise ValueError(f"{len(times)} times and {len(events)} events (one event a time)")
    if min(times) < 0:
        raise ValueError(f"a time below 0: {min(times)}")
    survival, variance, at_risk, steps = Fraction(1), 0.0, len(times), []
    ordered = sorted(zip(map(Fraction, times), events, strict=True), key=lambda pair: pair[0])
    for time, group in itertools.groupby(ordered, key=lambda pair: pair[0]):
        had = [bool(event) for _, event in group]
        count = sum(had)
        survival *= 1 - Fraction(count, at_risk)
        variance += (
            count / (at_risk * (at_risk - count)) if at_risk > count else math.inf * bool(count)
        )
        steps.append(CurveStep(time, at_risk, count, len(had) - count, survival, variance))
        at_risk -= len(had)
    return Curve(tuple(steps))


def reverse_kaplan_meier(times: Sequence[Fraction | int], events: Sequence[bool]) -> Curve:
    """The curve of follow-up: being censored is the event (Schemper and Smith 1996).

    doi:10.1016/0197-2456(96)00075-X.
    """
    return kaplan_meier(times, [not event for event in events])


Limits = tuple[float, float] | None


def _plain(survival: float, error: float, z: float) -> Limits:
    half = z * error * survival
    return max(0.0, survival - half), min(1.0, survival + half)


def _log(survival: float, error: float, z: float) -> Limits:
    return survival * math.exp(-z * error), min(1.0, survival * math.exp(z * error))


def _log_log(survival: float, error: float, z: float) -> Limits:
    if survival == 1:
        return None
    power = z * error / math.log(survival)
    return survival ** math.exp(-power), survival ** math.exp(power)


CONF_TYPES: dict[str, Callable[[float, float, float], Limits]] = {
    "log-log": _log_log,  # SAS
    "log": _log,  # R
    "plain": _plain,  # Brookmeyer and Crowley's own
}


@attrs.frozen(kw_only=True)
class Quantile:
    """A quantile of the times with its limits; None where the curve does not come down to it."""

    value: Fraction | None
    low: Fraction | None
    high: Fraction | None
    conf_type: str


def median(curve: Curve, conf_type: str = "log-log", level: Fraction = LEVEL) -> Quantile:
    """The first time with survival at one half or below: `quantile` of one half."""
    return quantile(curve, HALF, conf_type, level)


def quantile(
    curve: Curve, share: Fraction, conf_type: str = "log-log", level: Fraction = LEVEL
) -> Quantile:
    """The time by which a share has had the event, and its Brookmeyer-Crowley limits.

    Where survival is one less the share from one time to the next, the middle of the two (R and
    SAS; SPSS and lifelines take the first). Limits: where the limits of the curve cross that
    survival (doi:10.2307/2530286). Where survival is 0 the curve has no limits.

    Args:
        curve: the curve.
        share: of the patients, above 0 and below 1; one half gives the median.
        conf_type: the scale of the limits, a name of ``CONF_TYPES``.
        level: the confidence level.

    Raises:
        ValueError: the scale is unknown, or the share is none.
    """
    if not 0 < share < 1:
        raise ValueError(f"not a share of patients: {share} (above 0 and below 1)")
    z, left = normal_quantile(float((1 + level) / 2)), 1 - share
    times = [step.time for step in curve.steps]
    limits = [limits_of(step, conf_type, z) for step in curve.steps]
    return Quantile(
        value=_crossing(times, [step.survival for step in curve.steps], 0, left),
        low=_crossing(times, [both and both[0] for both in limits], _TOLERANCE, left),
        high=_crossing(times, [both and both[1] for both in limits], _TOLERANCE, left),
        conf_type=conf_type,
    )


def pointwise(
    curve: Curve, conf_type: str = "log-log", level: Fraction = LEVEL
) -> tuple[tuple[Fraction, float, float], ...]:
    """Time, and the limits of survival from then on: one before the first event, as R.

    They end with the curve, or before the time from which nobody is left without the event.
    """
    z = normal_quantile(float((1 + level) / 2))
    found = [(step.time, limits_of(step, conf_type, z) or (1.0, 1.0)) for step in curve.steps
             if step.survival]  # fmt: skip
    return tuple((time, low, high) for time, (low, high) in found)


def limits_of(step: CurveStep, conf_type: str, z: float) -> Limits:
    """The limits of survival after a step; None where there are none, as where it is 0.

    Raises:
        ValueError: the scale is unknown.
    """
    if conf_type not in CONF_TYPES:
        raise ValueError(
            f"unknown kind of interval: {conf_type!r} (known: {', '.join(CONF_TYPES)})"
        )
    if not step.survival:
        return None
    return CONF_TYPES[conf_type](float(step.survival), math.sqrt(step.variance), z)


def _crossing(
    times: Sequence[Fraction],
    values: Sequence[Fraction | float | None],
    tolerance: float,
    left: Fraction,
) -> Fraction | None:
    """Where a falling curve comes down to a survival; the middle of a stretch that lies on it.

    An upper limit can rise again late in a curve. As R does, the value nearest to it
    from below then counts, and not the first.
    """
    points = [(value, time) for time, value in zip(times, values, strict=True) if value is not None]
    at_half = _nearest([point for point in points if point[0] <= left + tolerance])
    below = _nearest([point for point in points if point[0] < left - tolerance])
    if at_half is None or at_half == below:
        return below
    if below is not None:
        return (at_half + below) / 2
    return (at_half + times[-1]) / 2 if values[-1] is not None else None


def _nearest(points: Sequence[tuple[Fraction | float, Fraction]]) -> Fraction | None:
    """The time of the highest value, the first of equal ones."""
    return max(points, key=lambda point: point[0])[1] if points else None


@attrs.frozen(kw_only=True)
class FollowUp(CheckResult):
    """Which definitions of median follow-up reproduce the print, and what each gives."""

    kinds: tuple[str, ...]
    expected: tuple[tuple[str, Fraction | None], ...]


def follow_up(
    claimed: Printed, observed: Sequence[Fraction | int], events: Sequence[bool]
) -> FollowUp:
    """Whether a median follow-up is naive, that of survivors only, or reverse Kaplan-Meier (K39).

    ``observed`` in the unit of the print. Schemper and Smith 1996,
    doi:10.1016/0197-2456(96)00075-X.
    """
    alive = [time for time, event in zip(observed, events, strict=True) if not event]
    expected: tuple[tuple[str, Fraction | None], ...] = (
        ("naive", middle(observed)),
        ("survivors only", middle(alive) if alive else None),
        ("reverse Kaplan-Meier", median(reverse_kaplan_meier(observed, events)).value),
    )
    fit, roundings, kinds = consistent_roundings(
        [claimed],
        lambda spans: tuple(
            name for name, time in expected if time is not None and time in spans[0]
        ),
    )
    return FollowUp(fit=fit, roundings=roundings, kinds=kinds, expected=expected)
