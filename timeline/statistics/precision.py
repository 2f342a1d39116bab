"""How narrow limits can be: of a hazard ratio with so many events, of a rate with so many patients.

Both are lower bounds for any data: censoring only widens the limits of a rate, and
unequal groups those of a ratio.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import attrs

from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.statistics.distributions import normal_quantile
from timeline.statistics.rounding import Consistency, any_rounding

NEARLY = 0.8  # of the least width: approximate, penalised and profile limits reach it


@attrs.frozen(kw_only=True)
class IntervalWidth:
    """A printed standard error, the largest that rounding allows, and the least possible one."""

    fit: Consistency
    printed: float
    least: float


def ratio_width(low: Printed, high: Printed, events: int, level: float) -> IntervalWidth:
    """Whether limits of a hazard ratio of two groups can be so narrow with so many events (K51).

    The information of one event is p (1 - p), p the share of one group at risk: 1/4 at most. So
    the standard error of ln HR is 2 / root(events) at least (Schoenfeld 1983,
    doi:10.2307/2531021). POSSIBLE within a fifth of it. ValueError without an event.
    """
    if events < 1:
        raise ValueError(f"no hazard ratio of {events} events (write 1 or more)")
    first, last = _log(any_rounding(low).low), _log(any_rounding(high).high)
    error = (last - first) / (2 * normal_quantile((1 + level) / 2))
    least = 2 / math.sqrt(events)
    fit = Consistency.AGREES if error >= least else Consistency.CONTRADICTED
    if fit is Consistency.CONTRADICTED and error >= NEARLY * least:
        fit = Consistency.POSSIBLE
    return IntervalWidth(fit=fit, printed=error, least=least)


def _log(end: Number) -> float:
    return math.log(end) if end > 0 else -math.inf


Limits = tuple[float, float]


def _plain(s: float, error: float, z: float, _: int) -> Limits:
    return s - z * error * s, s + z * error * s


def _log_scale(s: float, error: float, z: float, _: int) -> Limits:
    half = min(z * error, _MOST_POWER)
    return s * math.exp(-half), s * math.exp(half)


_MOST_POWER = 700.0  # exp of more is no float; the limits are then 0 and 1


def _log_log(s: float, error: float, z: float, _: int) -> Limits:
    power = min(z * error / -math.log(s), _MOST_POWER)
    return s ** math.exp(power), s ** math.exp(-power)


def _logit(s: float, error: float, z: float, _: int) -> Limits:
    odds, half = s / (1 - s), min(z * error / (1 - s), _MOST_POWER)
    low, high = odds * math.exp(-half), odds * math.exp(half)
    return low / (1 + low), high / (1 + high)


def _arcsine(s: float, error: float, z: float, _: int) -> Limits:
    middle, half = math.asin(math.sqrt(s)), z * error * math.sqrt(s / (1 - s)) / 2
    low, high = max(0.0, middle - half), min(math.pi / 2, middle + half)
    return math.sin(low) ** 2, math.sin(high) ** 2


def _wilson(s: float, _: float, z: float, n: int) -> Limits:
    scale, centre = 1 + z * z / n, s + z * z / (2 * n)
    half = z * math.sqrt(s * (1 - s) / n + z * z / (4 * n * n))
    return (centre - half) / scale, (centre + half) / scale


@attrs.frozen
class RateMethod:
    """A way to the limits of a rate over time, from S, the error of ln S, z and n."""

    name: str
    limits: Callable[[float, float, float, int], Limits] = attrs.field(repr=False, eq=False)
    source: str


METHODS = (
    RateMethod("plain", _plain, "Greenwood 1926; R survfit conf.type plain"),
    RateMethod("log", _log_scale, "R survfit conf.type log, its default"),
    RateMethod("log-log", _log_log, "Kalbfleisch and Prentice 1980; SAS, default"),
    RateMethod("logit", _logit, "R survfit conf.type logit"),
    RateMethod("arcsine", _arcsine, "R survfit conf.type arcsin"),
    RateMethod("Wilson", _wilson, "Rothman 1978, J Chronic Dis 31:557-560"),
)


@attrs.frozen(kw_only=True)
class RateWidth:
    """The methods under which limits may be so narrow, and what each gives at its narrowest."""

    methods: tuple[str, ...]
    narrowest: tuple[tuple[str, Limits], ...]


def rate_width(rate: Printed, low: Printed, high: Printed, n: int, level: float) -> RateWidth:
    """Whether limits of a Kaplan-Meier rate, in percent, can be so narrow with n patients (K52).

    Greenwood's variance is S (1 - S) / n at least, which it is where nobody is censored: r at
    risk are n S at most, so each term d / (r (r - d)) is at least (1/S after - 1/S before) / n.
    """
    z = normal_quantile((1 + level) / 2)
    values = _within(any_rounding(rate), n)
    first, last = float(any_rounding(low).low), float(any_rounding(high).high)
    fitting, narrowest = [], []
    for method in METHODS if values else ():
        ends = [method.limits(s, math.sqrt((1 - s) / (s * n)), z, n) for s in values]
        lower = 100 * max(max(a, 0.0) for a, _ in ends)
        upper = 100 * min(min(b, 1.0) for _, b in ends)
        narrowest.append((method.name, (lower, upper)))
        lows, highs = ([100 * end for end in side] for side in zip(*ends, strict=True))
        if first <= lower + _step(lows) and last >= upper - _step(highs):
            fitting.append(method.name)
    return RateWidth(methods=tuple(fitting), narrowest=tuple(narrowest))


_POINTS = 41  # of a printed rate, both ends of its rounding included


def _within(span: Span, n: int) -> list[float]:
    """Some shares that print as a rate; with an event the rate of n is 1 - 1 / n at most."""
    low, high = max(float(span.low) / 100, 1e-6), min(float(span.high) / 100, 1 - 1 / n)
    if low > high:
        return []
    return [low + (high - low) * i / (_POINTS - 1) for i in range(_POINTS)]


def _step(ends: list[float]) -> float:
    """How far a limit can lie beyond those of the points tried: once from one to the next."""
    steps = [abs(later - end) for end, later in itertools.pairwise(ends)]
    return max(steps, default=0.0) + 1e-6
