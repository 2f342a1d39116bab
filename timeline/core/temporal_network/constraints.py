"""Bounds on the days between two moments, in whole days."""

from __future__ import annotations

import math
from collections.abc import Hashable
from enum import Enum
from fractions import Fraction

import attrs

from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Number, Span

Moment = Hashable
FURTHEST = 10**9  # days; a bound beyond it is an error, and sums of bounds stay exact below 2**53


class Origin(Enum):
    """The day from which days are counted."""

    DAY_ZERO = 0

    def __str__(self) -> str:
        return "day 0"


ORIGIN = Origin.DAY_ZERO  # a statement from here to a moment bounds its ordinal


def whole_days(span: Span, unit: Fraction | int = 1) -> Span | None:
    """The whole numbers of days in a span of ``unit`` days each, both ends included.

    Open ends of the span are left out exactly; infinities stay. None where no whole number
    of days lies in it.

    >>> whole_days(Span(Fraction(7, 2), Fraction(9, 2)), Fraction(487, 16))  # printed: 4 months
    Span(107 to 136)
    """
    days = span if unit == 1 else span.divided_by(1 / Fraction(unit))
    low: Number = days.low if isinstance(days.low, float) else math.ceil(days.low)
    high: Number = days.high if isinstance(days.high, float) else math.floor(days.high)
    low += low == days.low and not days.low_in
    high -= high == days.high and not days.high_in
    return Span(low, high) if low <= high else None


def _bound(value: Number | None, open_end: float) -> Number:
    if value is None or value == open_end:
        return open_end
    if isinstance(value, float) or value != int(value):
        raise ValueError(f"not a whole number of days: {value!r} (round inwards by whole_days)")
    if not -FURTHEST <= value <= FURTHEST:
        raise ValueError(f"out of reach: {value} days (leave the end open: None)")
    return int(value)


def low_bound(value: Number | None) -> Number:
    """A least number of days; None or minus infinity for none."""
    return _bound(value, NEVER_BEGAN)


def high_bound(value: Number | None) -> Number:
    """A greatest number of days; None or infinity for none."""
    return _bound(value, NEVER_ENDS)


@attrs.frozen
class Constraint:
    """From ``early`` to ``late`` it is ``low`` to ``high`` whole days, both ends included.

    None, or an infinity, leaves an end open. ValueError where no number of days is left.

    >>> Constraint("washout", "stop", "start", 14, None).span
    Span(14 to inf)
    """

    description: str
    early: Moment
    late: Moment
    low: Number = attrs.field(converter=low_bound)
    high: Number = attrs.field(converter=high_bound)
    source: str = ""

    def __attrs_post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(
                f"{self.description}: ends before it starts: {self.low} to {self.high} days "
                "(write the smaller number first)"
            )

    @property
    def span(self) -> Span:
        """The days from ``early`` to ``late``."""
        return Span(self.low, self.high)
