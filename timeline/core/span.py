"""Ranges of numbers: every partial date, duration and rounded number is one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

import attrs

_EXACT = (int, Fraction)
Number = int | Fraction | float  # a float is only ever an open end, plus or minus infinity
NEVER_ENDS = math.inf
NEVER_BEGAN = -math.inf


def _number(value: Number) -> Number:
    if isinstance(value, _EXACT) or math.isinf(value):
        return value
    raise ValueError(f"not an exact number: {value!r} (use int or Fraction)")


@attrs.frozen(order=False)
class Span:
    """All numbers from ``low`` to ``high``.

    The unit is that of the caller: days (proleptic Gregorian ordinals, or counts), months,
    millimetres. An exact value is a span of width 0.

    Attributes:
        low: the lower end, an int or a Fraction; minus infinity if it is unbounded.
        high: the upper end, an int or a Fraction; infinity if it is unbounded.
        low_in: whether the lower end is included; the default is True.
        high_in: whether the upper end is included; the default is True.

    Raises:
        ValueError: the span would be empty, or an end is a finite float.

    >>> Span(3, 5) - Span(1, 2)
    Span(1 to 4)
    >>> Span(4, 4).within(Span(3, 5)), Span(3, 5).overlaps(Span(6, 7))
    (True, False)
    """

    low: Number = attrs.field(converter=_number)
    high: Number = attrs.field(converter=_number)
    low_in: bool = True
    high_in: bool = True

    def __attrs_post_init__(self) -> None:
        if self.low is self.high and self.low_in and self.high_in and isinstance(self.low, _EXACT):
            return  # one number, which needs no comparison
        if self.low < self.high:
            return
        if self.low == NEVER_ENDS or self.high == NEVER_BEGAN:
            raise ValueError(f"nothing lies in {self.low} to {self.high}")
        empty = self.low == self.high and not (self.low_in and self.high_in)
        if self.low > self.high or empty:
            raise ValueError(f"ends before it starts: {self.low} to {self.high}")

    @classmethod
    def point(cls, value: Number) -> Span:
        """The span of one value."""
        return cls(value, value)

    @property
    def is_point(self) -> bool:
        return self.low == self.high

    @property
    def is_bounded(self) -> bool:
        """Whether neither end is infinite."""
        return self.low != NEVER_BEGAN and self.high != NEVER_ENDS

    def __contains__(self, value: Number) -> bool:
        above = self.low < value or (self.low_in and self.low == value)
        below = value < self.high or (self.high_in and self.high == value)
        return above and below

    def within(self, other: Span) -> bool:
        """Whether every value of this span lies in the other."""
        low = other.low < self.low or (other.low == self.low and (other.low_in or not self.low_in))
        high = self.high < other.high or (
            other.high == self.high and (other.high_in or not self.high_in)
        )
        return low and high

    def overlaps(self, other: Span) -> bool:
        """Whether some value lies in both."""
        return self._reaches(other) and other._reaches(self)

    def _reaches(self, other: Span) -> bool:
        """Whether it does not end before the other begins."""
        return other.low < self.high or (other.low == self.high and other.low_in and self.high_in)

    def __and__(self, other: Span) -> Span | None:
        """The intersection; None where it is empty."""
        low, low_in = max((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = min((self.high, self.high_in), (other.high, other.high_in))
        if low > high or (low == high and (low_in or not high_in)):
            return None
        return Span(low, high, not low_in, high_in)

    def hull(self, other: Span) -> Span:
        """The smallest span that contains both."""
        if self.low_in and self.high_in and other.low_in and other.high_in:
            first = min(self.low, other.low)
            last = max(self.high, other.high)
            return self if first is self.low and last is self.high else Span(first, last)
        if other.within(self):
            return self
        low, low_out = min((self.low, not self.low_in), (other.low, not other.low_in))
        high, high_in = max((self.high, self.high_in), (other.high, other.high_in))
        return Span(low, high, not low_out, high_in)

    def __add__(self, other: Span | int) -> Span:
        """Each value of one plus each value of the other."""
        that = other if isinstance(other, Span) else Span.point(other)
        return Span(
            self.low + that.low,
            self.high + that.high,
            self.low_in and that.low_in,
            self.high_in and that.high_in,
        )

    def __neg__(self) -> Span:
        return Span(-self.high, -self.low, self.high_in, self.low_in)

    def __sub__(self, other: Span | int) -> Span:
        """Each value of this one less each value of the other."""
        that = other if isinstance(other, Span) else Span.point(other)
        return Span(
            self.low - that.high,
            self.high - that.low,
            self.low_in and that.high_in,
            self.high_in and that.low_in,
        )

    def divided_by(self, divisor: Fraction) -> Span:
        """Every value divided by one number above 0; exact."""
        if divisor <= 0:
            raise ValueError(f"divisor must be above 0: {divisor}")
        low, high = (
            end if math.isinf(end) else Fraction(end) / divisor for end in (self.low, self.high)
        )
        return Span(low, high, self.low_in, self.high_in)

    def times(self, factor: Fraction, less: int = 0) -> Span:
        """Every value times one number above 0, less another; exact."""
        if factor <= 0:
            raise ValueError(f"factor must be above 0: {factor}")
        low, high = (_scaled(end, factor, less) for end in (self.low, self.high))
        return Span(low, high, self.low_in, self.high_in)

    def not_below(self, floor: Number) -> Span | None:
        """The part from ``floor`` on, or None."""
        return self if floor <= self.low else self & Span(floor, NEVER_ENDS)

    def not_above(self, ceiling: Number) -> Span | None:
        """The part up to ``ceiling``, or None."""
        return self if ceiling >= self.high else self & Span(NEVER_BEGAN, ceiling)

    def __repr__(self) -> str:
        left = "" if self.low_in else "above "
        right = "" if self.high_in else "below "
        return f"Span({left}{self.low} to {right}{self.high})"


def earliest(spans: Iterable[Span]) -> Span:
    """The days that the first of some moments may lie on; ``spans``: of each, one at least.

    >>> earliest([Span(1, 9), Span(4, 5)])
    Span(1 to 5)
    """
    every = tuple(spans)
    return Span(min(each.low for each in every), min(each.high for each in every))


def latest(spans: Iterable[Span]) -> Span:
    """The days that the last of some moments may lie on: no earlier than the latest first day.

    >>> latest([Span(1, 9), Span(4, 5)])
    Span(4 to 9)
    """
    every = tuple(spans)
    return Span(max(each.low for each in every), max(each.high for each in every))


def _scaled(end: Number, factor: Fraction, less: int) -> Number:
    """One end times a factor, less a number: brought to its lowest terms once, not twice."""
    if isinstance(end, float):
        return end
    below = end.denominator * factor.denominator
    return Fraction(end.numerator * factor.numerator - less * below, below)


ANY = Span(NEVER_BEGAN, NEVER_ENDS)
