"""The numbers of a curve in words: its quantiles, its rates at a time, with their limits."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from fractions import Fraction

import attrs

from renderers.axes.elapsed import unit_label
from renderers.survival.groups import Group
from renderers.text.translation import translate
from timeline.core.calendar.durations import rounded
from timeline.statistics.survival.cumulative_incidence import incidence_limits
from timeline.statistics.survival.kaplan_meier import HALF, Quantile, quantile
from timeline.statistics.survival.kaplan_meier_bounds import quantile_between, survival_between
from timeline.statistics.survival.survival_rates import rates_at

NOT_REACHED, NR = "not reached", "NR"  # in a sentence; in a column
_RANGE = "{low} to {high} (range over the possible dates)"
# The head of a column of rates, by unit; the second of an incidence.
_RATES = {
    "days": ("{time}-day rate, %", "{time}-day incidence, %"),
    "weeks": ("{time}-week rate, %", "{time}-week incidence, %"),
    "months": ("{time}-month rate, %", "{time}-month incidence, %"),
    "years": ("{time}-year rate, %", "{time}-year incidence, %"),
}


@attrs.frozen(kw_only=True)
class Estimate:
    """A kind of number that each curve has: the head of its column, and its text of a curve.

    Attributes:
        head: the words above the column, without the level of its limits.
        level: the level and the scale of its limits.
        text: the number of a curve, with its limits.
        kind: ``median``, ``quantile`` or ``rate``.
        method: how it is found, for the data of the figure.
        at: the time that it is of, in the unit of the figure; None of a quantile.
    """

    head: str
    level: str
    text: Callable[[Group], str]
    kind: str
    method: str
    at: Fraction | None = None


def estimates(
    groups: Sequence[Group], quantiles: Sequence[int], landmarks: Sequence[Fraction]
) -> tuple[Estimate, ...]:
    """The numbers that are printed of each curve.

    Args:
        groups: the curves.
        quantiles: percent of the patients with the event: 50 for the median.
        landmarks: times, in the unit of the figure.
    """
    first = groups[0]
    level = translate("(95 % CI, {kind})", kind=first.conf_type)
    level = level if any(group.is_exact for group in groups) else ""
    unit = translate(first.unit)
    shares = () if first.is_incidence else tuple(quantiles)
    return (
        *(
            Estimate(
                head=_quantile_head(percent, unit),
                level=level,
                text=functools.partial(quantile_in, share=Fraction(percent, 100)),
                kind="median" if percent == 50 else "quantile",
                method=f"Kaplan-Meier, Brookmeyer-Crowley limits, {first.conf_type} scale",
            )
            for percent in shares
        ),
        *(
            Estimate(
                head=_rate_head(first, time),
                level=level,
                text=functools.partial(rate_in, time=time),
                kind="rate",
                method=_rate_method(first),
                at=time,
            )
            for time in landmarks
        ),
    )


def _quantile_head(percent: int, unit: str) -> str:
    if percent == 50:
        return translate("Median, {unit}", unit=unit)
    return translate("Percentile {number}, {unit}", number=percent, unit=unit)


def _rate_head(group: Group, time: Fraction) -> str:
    if group.unit not in _RATES:
        return translate("Rate at {time}, %", time=f"{float(time):g}")
    return translate(_RATES[group.unit][group.is_incidence], time=f"{float(time):g}")


def _rate_method(group: Group) -> str:
    if group.is_incidence:
        return f"Aalen-Johansen, {group.variance} variance, limits on the {group.conf_type} scale"
    return f"Kaplan-Meier, Greenwood limits on the {group.conf_type} scale"


def median_range(group: Group) -> tuple[Fraction | None, Fraction | None]:
    """The least and the greatest median that the times of a curve allow; None: not reached."""
    return quantile_between(group.bounds, HALF)


def quantile_in(group: Group, share: Fraction = HALF, unit: str = "") -> str:
    """A quantile with its limits, or as the range that vague times leave of it.

    With the name of its unit, for a sentence: ``3.4 to 4.4 months (range over ..)``.
    """
    low, high = quantile_between(group.bounds, share)
    after = f" {unit}" if unit else ""
    never = translate(NOT_REACHED) if unit else NR
    if group.is_exact:
        return _limited(_corner(group, "earliest", share), group.unit, never, after)
    first, last = (_reached(each, group.unit, never) for each in (low, high))
    if low == high:
        return first + after * (low is not None)
    return translate(_RANGE, low=first, high=last + after * (high is not None))


def limits_at_ends(group: Group) -> str:
    """The median with every vague time at its earliest and at its latest; else nothing."""
    if group.is_exact:
        return ""
    first, last = (_corner(group, name, HALF) for name in ("earliest", "latest"))
    return translate(
        "{name}: {first} with all times at their earliest, {last} at their latest",
        name=group.name,
        first=_limited(first, group.unit, translate(NOT_REACHED)),
        last=_limited(last, group.unit, translate(NOT_REACHED)),
    )


def rate_in(group: Group, time: Fraction) -> str:
    """The share at a time in percent with its limits, or the range that vague times leave."""
    if time > group.bounds.longest and group.bounds.high[-1][1]:
        return translate("not observed")  # somebody was still followed without the event
    if not group.is_exact:
        return _vague_rate(group, time)
    share, limits = _incidence(group, time) if group.is_incidence else _survival(group, time)
    if limits is None:
        return _percent(share)
    low, high = map(_percent, limits)
    limited = translate("{low} to {high}", low=low, high=high)
    return f"{_percent(share)} ({limited})"


Found = tuple[Fraction | float, tuple[float, float] | None]


def _survival(group: Group, time: Fraction) -> Found:
    (found,) = rates_at(group.curve_at_ends("earliest"), [time], group.conf_type)
    share = found.survival or Fraction(0)
    if found.low is None or found.high is None or share == 1:  # Greenwood's variance is 0
        return share, None
    return share, (found.low, found.high)


def _incidence(group: Group, time: Fraction) -> Found:
    reached = [step for step in group.incidence.steps if step.time <= time]
    if not reached:
        return 0.0, None
    return reached[-1].incidence, incidence_limits(reached[-1], group.conf_type)


def _vague_rate(group: Group, time: Fraction) -> str:
    if time > group.bounds.reached_by_all and survival_between(group.observed, time)[1]:
        return translate("not known (vague dates)")
    low, high = (_percent(each) for each in survival_between(group.observed, time))
    return low if low == high else translate(_RANGE, low=low, high=high)


def _percent(share: Fraction | float) -> str:
    """A share in percent, rounded half up: of 9/16 56.3, as SAS rounds it; C prints 56.2."""
    return rounded(100 * as_fraction(share), 1)


def as_fraction(share: Fraction | float) -> Fraction:
    """A share as it was meant: a sum of floats is off by less than the twelfth decimal."""
    return Fraction(share) if isinstance(share, Fraction) else Fraction(repr(round(share, 12)))


def _corner(group: Group, name: str, share: Fraction) -> Quantile:
    return quantile(group.curve_at_ends(name), share, group.conf_type)


def _reached(time: Fraction | None, unit: str, never: str) -> str:
    return never if time is None else unit_label(time, unit)


def _limited(found: Quantile, unit: str, never: str, after: str = "") -> str:
    """A quantile with its limits.

    Args:
        found: the quantile.
        unit: of its times.
        never: what is printed for a time that is not reached.
        after: the unit in words, for a sentence.
    """
    times = found.value, found.low, found.high
    value, low, high = (_reached(time, unit, never) for time in times)
    if times == (None, None, None):
        return value
    if not after:
        return f"{value} ({translate('{low} to {high}', low=low, high=high)})"
    value += after if found.value is not None else ""
    return translate("{value} (95 % CI {low} to {high})", value=value, low=low, high=high)
