"""Units of time in days, and the conventions for the length of a printed month."""

from __future__ import annotations

import math
from fractions import Fraction

from timeline.core.frozen_class import frozen
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Number, Span


@frozen
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


def unit_named(text: str) -> str:
    """The unit of time that a word of a table means; empty where it means none.

    >>> unit_named("MONTHS"), unit_named("Day"), unit_named("mm")
    ('months', 'days', '')
    """
    plain = f"{text.strip().casefold().removesuffix('s')}s"
    return plain if plain in UNITS_IN_DAYS else ""


NOT_DETERMINABLE = "not determinable"


def range_text(span: Span, places: int = 2, *, never_below_0: bool = True) -> str:
    """A range of numbers for a sentence, both ends included and rounded half up.

    Args:
        span: the range, in the unit that is printed behind it.
        places: the decimals of each end.
        never_below_0: whether the quantity has no value below 0, as a time or a ratio has none.

    Returns:
        ``4.0 to 5.9``, one number where both ends print alike, ``at least 4.0``, ``at most 5.9``,
        or ``not determinable`` where the range leaves every value.

    >>> range_text(Span(4, 6), 1), range_text(Span(4, math.inf), 0), range_text(Span(0, math.inf))
    ('4.0 to 6.0', 'at least 4', 'not determinable')
    """
    low, high = span.low, span.high
    has_low = low != NEVER_BEGAN and not (never_below_0 and low <= 0)
    if high == NEVER_ENDS:
        return f"at least {rounded(low, places)}" if has_low else NOT_DETERMINABLE
    if low == NEVER_BEGAN:
        return f"at most {rounded(high, places)}"
    return " to ".join(dict.fromkeys((rounded(low, places), rounded(high, places))))


def rounded(value: Number, places: int = 2) -> str:
    """A finite number for a sentence: half up, fixed places; a range is a `range_text`."""
    if isinstance(value, float) and math.isinf(value):
        return NOT_DETERMINABLE
    scale = 10**places
    above, below = Fraction(value).as_integer_ratio()
    units = (2 * abs(above) * scale + below) // (2 * below)  # half up, in whole numbers
    sign = "-" if value < 0 and units else ""
    return f"{sign}{units // scale}.{units % scale:0{places}}" if places else f"{sign}{units}"


def rounded_down(value: Number, places: int = 2) -> str:
    """A number that others are at least, cut to fixed places, so that it is not above them.

    >>> rounded_down(Fraction(2576, 100), 1), rounded_down(Fraction(257, 10), 1)
    ('25.7', '25.7')
    """
    return rounded(Fraction(math.floor(Fraction(value) * 10**places), 10**places), places)


def rounded_up(value: Number, places: int = 2) -> str:
    """A number that others are at most, raised to fixed places, so that it is not below them.

    >>> rounded_up(Fraction(2571, 100), 1), rounded_up(Fraction(257, 10), 1)
    ('25.8', '25.7')
    """
    return rounded(Fraction(math.ceil(Fraction(value) * 10**places), 10**places), places)
