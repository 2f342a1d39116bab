"""What is asked of a table of survival times: all options are checked at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from numbers import Real
from typing import Any

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.statistics.survival.cumulative_incidence import VARIANCES
from timeline.statistics.survival.kaplan_meier import CONF_TYPES
from timeline.statistics.survival.partial_likelihood import TIES
from timeline.statistics.survival.product_limit import QUANTILE_RULES

_MANY = 50  # times or quantiles that one table has at the most


class WrongOptions(ValueError):
    """Options with wrong values.

    Attributes:
        faults: the name of each option, what is wrong with it, and what to write.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(faults))


@frozen(kw_only=True)
class StatisticsOptions:
    """The options of `survival`.

    Attributes:
        interval: the scale of limits of survival and of quantiles, a name of ``CONF_TYPES``.
        at: the times of rates and of numbers at risk, in the unit of the times, rising.
        tau: up to which time the restricted mean goes; None for none.
        median_rule: how a quantile is found, a name of ``QUANTILE_RULES``.
        ties: of Cox models, a name of ``TIES``.
        quantiles: percent of the patients with the event, 1 to 99, rising.
        level: of all limits, in percent.
        reference: the group that hazards are compared with; empty for the first by name.
        variance: of a cumulative incidence, a name of ``VARIANCES``.
    """

    interval: str = "log-log"
    at: tuple[float, ...] = ()
    tau: float | None = None
    median_rule: str = "quantile"
    ties: str = "Efron"
    quantiles: tuple[float, ...] = (50.0,)
    level: float = 95.0
    reference: str = ""
    variance: str = "delta"


def statistics_options(given: Mapping[str, Any]) -> StatisticsOptions:
    """The options with every value checked; one that is None keeps its default.

    Args:
        given: values by the names of the fields of `StatisticsOptions`; numbers, sequences of
            numbers, or texts with commas between the numbers.

    Raises:
        WrongOptions: values are wrong; each is named.
    """
    found: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in given.items():
        if value is None:
            continue
        try:
            found[name] = _READERS[name](value)
        except ValueError as fault:
            faults.append(f"{name}: {fault}")
    if faults:
        raise WrongOptions(faults)
    return StatisticsOptions(**found)


def _one_of(known: Sequence[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        plain = str(value).strip().casefold()
        found = next((name for name in known if name.casefold() == plain), None)
        if found is None:
            raise ValueError(f"unknown: {str(value)!r} ({near(str(value), known)})")
        return found

    return read


def _number(value: Any) -> float:
    """A finite number of a value or of its text."""
    try:
        if isinstance(value, bool) or not isinstance(value, Real | str):
            raise ValueError
        number = float(Fraction(value.strip()) if isinstance(value, str) else value)
    except (ValueError, ZeroDivisionError, OverflowError):
        raise ValueError(f"not a number: {str(value)[:40]!r} (write 24, or 6.5)") from None
    if not math.isfinite(number):
        raise ValueError(f"not a number: {value!r} (write 24, or 6.5)")
    return number


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, str):
        value = [word for word in value.split(",") if word.strip()]
    several = [value] if isinstance(value, Real) else list(value)
    if not several:
        raise ValueError("no number (write 6, or 6,12,24)")
    if len(several) > _MANY:
        raise ValueError(f"{len(several)} numbers (at most {_MANY})")
    yield from map(_number, several)


def _times(value: Any) -> tuple[float, ...]:
    found = sorted(set(_numbers(value)))
    if found[0] < 0:
        raise ValueError(f"a time below 0: {found[0]:g} (write 6,12,24)")
    return tuple(found)


def _end(value: Any) -> float:
    end = _number(value)
    if end <= 0:
        raise ValueError(f"not the end of a mean: {end:g} (write a time above 0)")
    return end


def _percents(value: Any) -> tuple[float, ...]:
    found = sorted(set(_numbers(value)))
    wrong = next((each for each in found if not 1 <= each <= 99), None)
    if wrong is not None:
        raise ValueError(f"not a percentile: {wrong:g} (write 1 to 99: 25,50,75)")
    return tuple(found)


def _level(value: Any) -> float:
    level = _number(value)
    if not 50 <= level <= 99.9:
        raise ValueError(f"not a level in percent: {level:g} (write 50 to 99.9: 95)")
    return level


_READERS: dict[str, Callable[[Any], Any]] = {
    "interval": _one_of(tuple(CONF_TYPES)),
    "at": _times,
    "tau": _end,
    "median_rule": _one_of(tuple(QUANTILE_RULES)),
    "ties": _one_of(tuple(TIES)),
    "quantiles": _percents,
    "level": _level,
    "reference": str,
    "variance": _one_of(tuple(VARIANCES)),
}
