"""Kaplan-Meier estimates of any number of patients, on arrays: quantiles, rates, restricted mean.

The curve of `kaplan_meier` is exact, for figures and for times that are ranges; it takes long where
patients are many. These arrays give the same numbers to 1e-9, which the tests check.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.distributions import normal_quantile, normal_two_sided
from timeline.statistics.survival.risk_sets import merged_times

Numbers = npt.NDArray[np.float64]
_TOLERANCE = 2.0**-26  # as R: a survival this near to the one sought counts as equal to it
LEVEL = 0.95


@attrs.frozen(eq=False, kw_only=True)
class ProductLimit:
    """A Kaplan-Meier curve, a number for each time at which a patient leaves, in order of time.

    Attributes:
        times: the times.
        at_risk: how many have this time or a longer one.
        events: how many have the event at it.
        censored: how many are censored at it.
        survival: from this time on, 0 to 1.
        variance: Greenwood's sum d / (r (r - d)); infinite once all at risk had the event.
    """

    times: Numbers
    at_risk: Numbers
    events: Numbers
    censored: Numbers
    survival: Numbers
    variance: Numbers

    @property
    def longest(self) -> float:
        """The longest time of a patient."""
        return float(self.times[-1])

    def place(self, time: float) -> int:
        """The number of the last step at or before a time; -1 before the first."""
        slack = _TOLERANCE * max(1.0, float(self.times.mean()))
        return int(np.searchsorted(self.times, time + slack, side="right")) - 1

    def at_risk_at(self, time: float) -> int:
        """How many have this time or a longer one."""
        slack = _TOLERANCE * max(1.0, float(self.times.mean()))
        first = int(np.searchsorted(self.times, time - slack, side="left"))
        return int(self.at_risk[first]) if first < len(self.times) else 0


def product_limit(
    times: Sequence[Fraction | float] | Numbers, events: Sequence[bool] | npt.NDArray[np.bool_]
) -> ProductLimit:
    """The curve of some patients; a censored patient is at risk at events of the same time.

    Kaplan and Meier 1958, doi:10.1080/01621459.1958.10501452. Times that differ by rounding alone
    are one time (`merged_times`).

    Args:
        times: in any one unit, 0 or more.
        events: true where the event was seen, false where censored.

    Raises:
        ValueError: there is no patient, the lengths differ, or a time is none.
    """
    if not len(times) or len(times) != len(events):
        raise ValueError(f"{len(times)} times and {len(events)} events (one event a time)")
    distinct, places = np.unique(merged_times(times), return_inverse=True)
    had = np.asarray(events, dtype=bool)
    leaving = np.bincount(places).astype(float)
    found = np.bincount(places[had], minlength=len(distinct)).astype(float)
    at_risk = leaving[::-1].cumsum()[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(found > 0, found / (at_risk * (at_risk - found)), 0.0)
    return ProductLimit(
        times=distinct,
        at_risk=at_risk,
        events=found,
        censored=leaving - found,
        survival=np.cumprod(1 - found / at_risk),
        variance=np.cumsum(terms),
    )


def _plain(survival: Numbers, error: Numbers, z: float) -> tuple[Numbers, Numbers]:
    half = z * error * survival
    return np.maximum(survival - half, 0.0), np.minimum(survival + half, 1.0)


def _log(survival: Numbers, error: Numbers, z: float) -> tuple[Numbers, Numbers]:
    return survival * np.exp(-z * error), np.minimum(survival * np.exp(z * error), 1.0)


def _log_log(survival: Numbers, error: Numbers, z: float) -> tuple[Numbers, Numbers]:
    power = z * error / np.log(survival)
    return survival ** np.exp(-power), survival ** np.exp(power)


# The scales of `kaplan_meier.CONF_TYPES`, for arrays.
_SCALES: dict[str, Callable[[Numbers, Numbers, float], tuple[Numbers, Numbers]]] = {
    "log-log": _log_log,
    "log": _log,
    "plain": _plain,
}


def limits(
    curve: ProductLimit, conf_type: str = "log-log", level: float = LEVEL
) -> tuple[Numbers, Numbers]:
    """The limits of survival after each step; NaN where there are none.

    As R, there are none where survival is 0, and on the log-log scale none where it is 1.

    Args:
        curve: the curve.
        conf_type: the scale, a name of ``kaplan_meier.CONF_TYPES``.
        level: the confidence level.

    Raises:
        ValueError: the scale is unknown.
    """
    if conf_type not in _SCALES:
        raise ValueError(f"unknown kind of interval: {conf_type!r} (known: {', '.join(_SCALES)})")
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = _SCALES[conf_type](
            curve.survival, np.sqrt(curve.variance), normal_quantile((1 + level) / 2)
        )
    none = curve.survival <= 0
    if conf_type == "log-log":
        none = none | (curve.survival >= 1)
    return np.where(none, np.nan, low), np.where(none, np.nan, high)


@attrs.frozen(kw_only=True)
class QuantileTime:
    """The time by which a share has had the event, with its limits; None: not reached."""

    share: float
    time: float | None
    low: float | None
    high: float | None


def _by_look_up(times: Numbers, values: Numbers, left: float) -> float | None:
    """As R ``quantile(fit)``: where a falling curve comes down to a survival.

    A curve that lies on it up to the next step gives the middle of the two times, one that lies on
    it to its end the middle of that time and the last. An upper limit can rise again: then the
    value nearest from below counts, not the first.
    """
    known = ~np.isnan(values)
    at = _nearest(times, values, known & (values <= left + _TOLERANCE))
    below = _nearest(times, values, known & (values < left - _TOLERANCE))
    if at is None or at == below:
        return at
    if below is not None:
        return (at + below) / 2
    return (at + float(times[-1])) / 2 if known[-1] else None


def _nearest(times: Numbers, values: Numbers, among: npt.NDArray[np.bool_]) -> float | None:
    """The time of the highest value, the first of equal ones."""
    if not among.any():
        return None
    return float(times[np.argmax(np.where(among, values, -np.inf))])


def _by_table(times: Numbers, values: Numbers, left: float) -> float | None:
    """As R prints a fit: the first time at which a curve is at a survival or below it.

    That is the limit of Brookmeyer and Crowley 1982, doi:10.2307/2530286. A curve that lies on it
    and falls later gives the middle of the two times.
    """
    places = np.flatnonzero(values < left + _TOLERANCE)  # never where a value is NaN
    if not len(places):
        return None
    first = places[0]
    later = places[values[places] < values[first]]
    if abs(values[first] - left) < _TOLERANCE and len(later):
        return float(times[first] + times[later[0]]) / 2
    return float(times[first])


# How a quantile is found where a curve lies on a level, or its limit rises again: R has two ways.
QUANTILE_RULES: dict[str, Callable[[Numbers, Numbers, float], float | None]] = {
    "quantile": _by_look_up,  # R: quantile(fit); also SAS, where the two agree
    "table": _by_table,  # R: print(fit), summary(fit)$table
}


def quantile_time(
    curve: ProductLimit,
    share: float,
    conf_type: str = "log-log",
    level: float = LEVEL,
    rule: str = "quantile",
) -> QuantileTime:
    """The time by which a share has had the event, and its Brookmeyer-Crowley limits.

    Args:
        curve: the curve.
        share: of the patients, above 0 and below 1; 0.5 gives the median.
        conf_type: the scale of the limits.
        level: the confidence level.
        rule: a name of ``QUANTILE_RULES``.

    Raises:
        ValueError: the scale or the rule is unknown, or the share is none.
    """
    if not 0 < share < 1:
        raise ValueError(f"not a share of patients: {share} (above 0 and below 1)")
    if rule not in QUANTILE_RULES:
        known = ", ".join(QUANTILE_RULES)
        raise ValueError(f"unknown rule of the median: {rule!r} (known: {known})")
    find, left = QUANTILE_RULES[rule], 1 - share
    low, high = limits(curve, conf_type, level)
    return QuantileTime(
        share=share,
        time=find(curve.times, curve.survival, left),
        low=find(curve.times, low, left),
        high=find(curve.times, high, left),
    )


@attrs.frozen(kw_only=True)
class SurvivalRate:
    """Survival at a time.

    Attributes:
        time: the time.
        at_risk: how many have this time or a longer one.
        survival: 0 to 1; None beyond the last time of the curve.
        error: its standard error by Greenwood; None beyond, and where survival is 0.
        low: the lower limit; None where the limits are not defined.
        high: the upper limit.
    """

    time: float
    at_risk: int
    survival: float | None
    error: float | None
    low: float | None
    high: float | None


def survival_rates(
    curve: ProductLimit, times: Sequence[float], conf_type: str = "log-log", level: float = LEVEL
) -> tuple[SurvivalRate, ...]:
    """Survival at some times, events of that very time included.

    As R ``summary(survfit(...), times = ..)``: nothing is said beyond the last time of the curve.
    Where survival is 0 there is neither an error nor a limit; where it is 1 and somebody has left,
    the log-log scale has no limits. Before that both limits are 1.

    Raises:
        ValueError: the scale is unknown.
    """
    low, high = limits(curve, conf_type, level)
    found: list[SurvivalRate] = []
    for time in times:
        place, at_risk = curve.place(time), curve.at_risk_at(time)
        if place < 0:
            values: tuple[float | None, ...] = (1.0, 0.0, 1.0, 1.0)
        elif not at_risk:
            values = (None,) * 4
        else:
            survival = float(curve.survival[place])
            error = survival * math.sqrt(curve.variance[place]) if survival else None
            values = (survival, error, _number(low[place]), _number(high[place]))
        found.append(SurvivalRate(time=time, at_risk=at_risk, survival=values[0], error=values[1],
                                  low=values[2], high=values[3]))  # fmt: skip
    return tuple(found)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


@attrs.frozen(kw_only=True)
class RestrictedMean:
    """The mean time without the event up to a time: the area below the curve.

    Attributes:
        until: up to which time.
        mean: in the unit of the times.
        error: its standard error.
        extended: whether the curve ends before and is taken as flat from there on.
    """

    until: float
    mean: float
    error: float
    extended: bool


@attrs.frozen(kw_only=True)
class MeanDifference:
    """The difference of two restricted means; None where a mean has no variance.

    Attributes:
        difference: the other mean less the first.
        error: its standard error.
        low: the lower limit.
        high: the upper limit.
        p: of the test that it is 0, two-sided.
    """

    difference: float
    error: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def mean_difference(
    one: RestrictedMean, other: RestrictedMean, level: float = LEVEL
) -> MeanDifference:
    """The difference of the restricted means of two independent groups, with normal limits.

    Their variances add up: Royston and Parmar 2013, doi:10.1186/1471-2288-13-152. A mean of one
    patient, or without an event, has no variance, and its difference no limits.

    Args:
        one: the mean that is taken away.
        other: the mean that it is taken from.
        level: the confidence level.
    """
    difference = other.mean - one.mean
    if not (one.error and other.error):
        return MeanDifference(difference=difference)
    error = math.hypot(one.error, other.error)
    half = normal_quantile((1 + level) / 2) * error
    p = normal_two_sided(difference / error)
    return MeanDifference(difference=difference, error=error, low=difference - half,
                          high=difference + half, p=p)  # fmt: skip


def restricted_mean(curve: ProductLimit, until: float) -> RestrictedMean:
    """The restricted mean survival time and its standard error by Greenwood.

    Irwin 1949; Royston and Parmar 2013, doi:10.1186/1471-2288-13-152. As R
    ``summary(fit, rmean = until)``: beyond the last time the curve is flat. Before the first time,
    where R stops with an error, the mean is the time itself.

    Args:
        curve: the curve.
        until: the end, above 0, in the unit of the times.

    Raises:
        ValueError: the end is not above 0.
    """
    if not until > 0 or math.isinf(until):
        raise ValueError(f"not the end of a restricted mean: {until:g} (write a time above 0)")
    inside = curve.times < until
    edges = np.concatenate(([0.0], curve.times[inside], [until]))
    heights = np.concatenate(([1.0], curve.survival[inside]))
    areas = np.diff(edges) * heights
    after = areas[::-1].cumsum()[::-1][1:]  # from each time inside to the end
    at_risk, events = curve.at_risk[inside], curve.events[inside]
    left = at_risk - events
    terms = np.divide(after**2 * events, at_risk * left, out=np.zeros_like(after), where=left > 0)
    return RestrictedMean(
        until=until,
        mean=float(areas.sum()),
        error=math.sqrt(float(terms.sum())),
        extended=until > curve.longest and bool(curve.survival[-1] > 0),
    )
