"""Survival at a time: the rate at 6, 12 or 24 months with its limits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import attrs

from timeline.statistics.distributions import normal_quantile
from timeline.statistics.survival.kaplan_meier import LEVEL, Curve, limits_of


@attrs.frozen(kw_only=True)
class Rate:
    """Survival at a time.

    Attributes:
        time: the time, in the unit of the curve.
        at_risk: how many have a time of at least this.
        survival: the Kaplan-Meier estimate, 0 to 1; None beyond the last time of the curve.
        error: its standard error by Greenwood; None where there is none.
        low: the lower limit; None where the limits are not defined.
        high: the upper limit.
        conf_type: the scale of the limits.
    """

    time: Fraction
    at_risk: int
    survival: Fraction | None
    error: float | None
    low: float | None
    high: float | None
    conf_type: str


def rates_at(
    curve: Curve,
    times: Sequence[Fraction | int],
    conf_type: str = "log-log",
    level: Fraction = LEVEL,
) -> tuple[Rate, ...]:
    """Survival at some times, events of that very time included.

    As R ``summary(survfit(...), times = ..)`` (package survival): nothing is said beyond the last
    time of the curve. Where survival is 0 there are no limits; where it is 1 and somebody has
    left, the log-log scale has none. Before that both limits are 1.

    Args:
        curve: the curve.
        times: in its unit.
        conf_type: the scale of the limits, a name of ``CONF_TYPES``.
        level: the confidence level.

    Returns:
        A rate for each time, in the order given.

    Raises:
        ValueError: the scale is unknown.
    """
    z = normal_quantile(float((1 + level) / 2))
    return tuple(_rate(curve, Fraction(time), conf_type, z) for time in times)


def _rate(curve: Curve, time: Fraction, conf_type: str, z: float) -> Rate:
    at_risk = sum(step.events + step.censored for step in curve.steps if step.time >= time)
    reached = [step for step in curve.steps if step.time <= time]
    if not reached:
        return Rate(time=time, at_risk=at_risk, survival=Fraction(1), error=0.0, low=1.0, high=1.0,
                    conf_type=conf_type)  # fmt: skip
    last = reached[-1]
    beyond = time > curve.steps[-1].time
    survival = None if beyond else last.survival
    known = bool(survival)
    low, high = (limits_of(last, conf_type, z) if known else None) or (None, None)
    error = float(last.survival) * math.sqrt(last.variance) if known else None
    return Rate(time=time, at_risk=at_risk, survival=survival, error=error, low=low, high=high,
                conf_type=conf_type)  # fmt: skip
