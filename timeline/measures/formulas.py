"""The formulas of measures: of exact numbers and of arrays alike."""

from __future__ import annotations

from typing import Any

from timeline.core.calendar.durations import MONTHS
from timeline.core.span import Number, Span

_CUBED = 3  # a volume grows with the third power of a diameter


def decrease(base: Any, total: Any) -> Any:
    """How far a sum is below its baseline, in percent of that; negative where it is above."""
    return 100 * (base - total) / base


def growth_rate(ratio: Any, months: Any) -> Any:
    """The tumour growth rate in percent of volume a month: 100 (exp(TG) - 1).

    TG = 3 ln(Dt / D0) / t, D the sum of target diameters, t in months (Ferté 2014, Clin Cancer Res
    20:246, and the scripts that its authors published); -100 where nothing is left.

    Args:
        ratio: Dt / D0, 0 or more.
        months: t, above 0.
    """
    return 100 * (ratio ** (_CUBED / months) - 1)


def kinetics(change: Any, days: Any) -> Any:
    """The tumour growth kinetics: the change of the sum a day, in its unit (Saâda-Bouzid 2017)."""
    return change / days


def month_in_days(name: str) -> Number:
    """The days of a month by an answer to setting ``month_days``."""
    return MONTHS[name].days


def early_days(day: int, window: int) -> Span:
    """The days on which a scan shows early shrinkage, both ends included."""
    return Span(max(day - window, 0), day + window)
