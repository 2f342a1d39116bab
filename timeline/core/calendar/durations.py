"""Units of time in days, and the conventions for the length of a printed month."""

from __future__ import annotations

import math
from fractions import Fraction

import attrs

from timeline.core.span import Number


@attrs.frozen
class MonthConvention:
    """A convention: how many days a printed month has."""

    name: str
    days: Fraction
    source: str


MONTHS = {
    row.name: row
    for row in (
        MonthConvention(
            "30.4375",
            Fraction(487, 16),
            "365.25 / 12: lubridate durations, admiral compute_duration",
        ),
        MonthConvention("30.44", Fraction("30.44"), "30.4375 rounded; common in SAS programs"),
        MonthConvention("30.4", Fraction("30.4"), "365 / 12 rounded; cBioPortal"),
        MonthConvention("30", Fraction(30), "the thirty-day month"),
        MonthConvention("28", Fraction(28), "four weeks counted as a month"),
    )
}
DEFAULT_MONTH = "30.4375"

UNITS_IN_DAYS: dict[str, Fraction | None] = {
    "days": Fraction(1),
    "weeks": Fraction(7),
    "months": None,  # by convention, see MONTHS
    "years": Fraction(1461, 4),
}


def days_per(unit: str, convention: str = DEFAULT_MONTH) -> Fraction:
    """How many days one ``unit`` (days, weeks, months, years) has under a month convention."""
    if unit not in UNITS_IN_DAYS:
        raise ValueError(f"not a unit of time: {unit!r} (write days, weeks, months or years)")
    if convention not in MONTHS:
        raise ValueError(f"unknown month convention: {convention!r} (known: {', '.join(MONTHS)})")
    return UNITS_IN_DAYS[unit] or MONTHS[convention].days


def rounded(value: Number, places: int = 2) -> str:
    """A number for a sentence: half up, fixed places; an infinity is 'not known'."""
    if isinstance(value, float) and math.isinf(value):
        return "not known"
    scale = 10**places
    above, below = Fraction(value).as_integer_ratio()
    units = (2 * abs(above) * scale + below) // (2 * below)  # half up, in whole numbers
    sign = "-" if value < 0 and units else ""
    return f"{sign}{units // scale}.{units % scale:0{places}}" if places else f"{sign}{units}"
