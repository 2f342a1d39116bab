"""The cumulative incidence of an event where another one may come first and prevents it.

One less Kaplan-Meier, with the other event taken as censored, is too high: it asks for a world
in which that event does not exist.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs
import numpy as np
import numpy.typing as npt

from timeline.statistics.distributions import normal_quantile
from timeline.statistics.survival.kaplan_meier import CONF_TYPES, LEVEL

CENSORED, EVENT, COMPETING = 0, 1, 2
Numbers = npt.NDArray[np.float64]


@attrs.frozen
class IncidenceStep:
    """A time at which some patients have one of the events.

    Attributes:
        time: the time.
        at_risk: how many were at risk just before it.
        events: how many had the event whose incidence this is.
        incidence: from this time on, 0 to 1.
        error: its standard error.
    """

    time: Fraction
    at_risk: int
    events: int
    incidence: float
    error: float


@attrs.frozen(kw_only=True)
class IncidenceCurve:
    """A rising curve: the share that has had one event, of several that exclude one another.

    Attributes:
        steps: one for each time of any event, in order.
        variance: how the standard errors were found, a name of ``VARIANCES``.
        longest: the longest time of a patient.
    """

    steps: tuple[IncidenceStep, ...]
    variance: str
    longest: Fraction

    def at(self, time: Fraction | int) -> float:
        """The incidence at a time, events of that very time included."""
        reached = [step.incidence for step in self.steps if step.time <= time]
        return reached[-1] if reached else 0.0


@attrs.frozen(eq=False)
class _Counts:
    """At each time of an event: at risk, all events, events of the one cause, survival before."""

    at_risk: Numbers
    events: Numbers
    of_cause: Numbers
    before: Numbers
    incidence: Numbers


def _parts(found: _Counts, all_events: Numbers, of_cause: Numbers, mixed: Numbers) -> Numbers:
    """Sum over earlier times j of (F - Fj)^2 a_j + b_j - 2 (F - Fj) c_j, at each time."""
    incidence = found.incidence
    first, second = np.cumsum(all_events), np.cumsum(all_events * incidence)
    third = np.cumsum(all_events * incidence**2)
    mixed_first, mixed_second = np.cumsum(mixed), np.cumsum(mixed * incidence)
    spread = incidence**2 * first - 2 * incidence * second + third
    cross = incidence * mixed_first - mixed_second
    return np.maximum(spread + np.cumsum(of_cause) - 2 * cross, 0.0)


def _over(numerator: Numbers, denominator: Numbers) -> Numbers:
    """A quotient, 0 where the denominator is 0."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator != 0)


def _delta(found: _Counts) -> Numbers:
    """The delta method, which is Greenwood's where there is one event alone.

    Dinse and Larson 1986, doi:10.1093/biomet/73.2.379; Marubini and Valsecchi 1995, 10.4.
    """
    n, d, k = found.at_risk, found.events, found.of_cause
    return _parts(
        found,
        _over(d, n * (n - d)),
        found.before**2 * k * (n - k) / n**3,
        found.before * k / n**2,
    )


def _aalen(found: _Counts) -> Numbers:
    """Aalen 1978, doi:10.1214/aos/1176344198, as Pintilie 2006 writes it, equation 4.5.

    R ``cmprsk::cuminc`` differs a little where several patients have an event at one time.
    """
    n, d, k = found.at_risk, found.events, found.of_cause
    less = n - 1
    return _parts(
        found,
        _over(d, less * (n - d)),
        _over(found.before**2 * k * (n - k), n**2 * less),
        _over(found.before * k * (n - k), n * (n - d) * less),
    )


VARIANCES: dict[str, Callable[[_Counts], Numbers]] = {
    "delta": _delta,  # SAS
    "Aalen": _aalen,  # R cmprsk without ties
}


def cumulative_incidence(
    times: Sequence[Fraction | int],
    events: Sequence[int],
    cause: int = EVENT,
    variance: str = "delta",
) -> IncidenceCurve:
    """The incidence of one event among several: Aalen and Johansen 1978.

    doi:10.2307/4615704. A patient who is censored at the time of an event is at risk of it.

    Args:
        times: in any one unit, 0 or more.
        events: 0 where censored, else the number of the event: ``EVENT``, ``COMPETING``.
        cause: the event whose incidence is estimated.
        variance: a name of ``VARIANCES``.

    Raises:
        ValueError: there is no patient, the lengths differ, a time lies below 0, or the kind of
            variance is unknown.
    """
    if not times or len(times) != len(events):
        raise ValueError(f"{len(times)} times and {len(events)} events (one event a time)")
    if min(times) < 0:
        raise ValueError(f"a time below 0: {min(times)}")
    if variance not in VARIANCES:
        raise ValueError(f"unknown variance: {variance!r} (known: {', '.join(VARIANCES)})")
    order = sorted({time for time, event in zip(times, events, strict=True) if event})
    leaving = np.array(sorted(map(float, times)))
    at_risk = len(times) - np.searchsorted(leaving, [float(time) for time in order], side="left")
    found = _counted(order, at_risk.astype(float), times, events, cause)
    errors = np.sqrt(VARIANCES[variance](found))
    steps = (
        IncidenceStep(Fraction(time), int(n), int(k), float(incidence), float(error))
        for time, n, k, incidence, error in zip(
            order, at_risk, found.of_cause, found.incidence, errors, strict=True
        )
    )
    return IncidenceCurve(steps=tuple(steps), variance=variance, longest=Fraction(max(times)))


def _counted(
    order: Sequence[Fraction | int],
    at_risk: Numbers,
    times: Sequence[Fraction | int],
    events: Sequence[int],
    cause: int,
) -> _Counts:
    pairs = list(zip(times, events, strict=True))
    of_all = Counter(time for time, event in pairs if event)
    of_one = Counter(time for time, event in pairs if event == cause)
    every = np.array([of_all[time] for time in order], dtype=float)
    own = np.array([of_one[time] for time in order], dtype=float)
    survival = np.cumprod(1 - every / at_risk)
    before = np.concatenate(([1.0], survival))[: len(order)]
    return _Counts(at_risk, every, own, before, np.cumsum(before * own / at_risk))


Limits = tuple[float, float] | None


def incidence_limits(
    step: IncidenceStep, conf_type: str = "log-log", level: Fraction = LEVEL
) -> Limits:
    """The limits of an incidence on a scale of ``CONF_TYPES``; None where it is 0 or 1.

    On the log-log scale F ^ exp(-+ z SE / (F ln F)), as SAS and R ``tidycmprsk`` print it.

    Raises:
        ValueError: the scale is unknown.
    """
    if conf_type not in CONF_TYPES:
        raise ValueError(
            f"unknown kind of interval: {conf_type!r} (known: {', '.join(CONF_TYPES)})"
        )
    if not 0 < step.incidence < 1 or math.isnan(step.error):
        return None
    z = normal_quantile(float((1 + level) / 2))
    return CONF_TYPES[conf_type](step.incidence, step.error / step.incidence, z)
