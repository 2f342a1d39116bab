"""The only judgement in the product: a derived range held against a printed one."""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction

import attrs

from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span

FURTHEST = 10**9  # days
DATED = 31  # days; a vaguer date is a bound, and no day of it is as likely as another


class Conclusion(StrEnum):
    """What the facts say of a printed figure."""

    AGREES = "agrees"  # reproduced: recomputed from the record, or from other figures
    CONSISTENT = "consistent"  # nothing that it is held against speaks against it
    POSSIBLE = "possible"  # some do
    CONTRADICTED = "contradicted"  # none does
    NOT_CHECKABLE = "not checkable"  # the facts do not reach it


def compare(derived: Span, claimed: Span) -> Conclusion:
    """Inside: agrees. Apart: contradicted. Otherwise the dates are too vague to tell.

    >>> compare(Span(4, 6), Span(3, 7)).value, compare(Span(4, 6), Span(5, 9)).value
    ('agrees', 'possible')
    """
    if derived.within(claimed):
        return Conclusion.AGREES
    return Conclusion.POSSIBLE if derived.overlaps(claimed) else Conclusion.CONTRADICTED


def share_of_days(start: Span, end: Span, claimed: Span) -> Fraction | None:
    """The share of pairs of days (end not before start) whose distance lies in ``claimed``.

    All in days; every pair counts alike. None where a range is unbounded, or no pair is left.
    """
    if not (start.is_bounded and end.is_bounded):
        return None
    least, most = _whole_numbers(claimed)
    pairs = _Pairs(int(start.low), int(start.high), int(end.low), int(end.high))
    before = pairs.within(-1)
    total = pairs.within(pairs.last - pairs.first) - before
    hits = max(0, pairs.within(most) - pairs.within(max(least, 0) - 1))
    return Fraction(hits, total) if total else None


@attrs.frozen
class _Pairs:
    """Every day of a start with every day of an end; ordinals, all included."""

    first: int
    latest_start: int
    earliest_end: int
    last: int

    def within(self, days: int) -> int:
        """How many have an end at most so many days (below nought: before) after the start.

        Of one start the ends up to ``days`` later, none below nought and none above their
        number: two sums of 1, 2, 3 and so on, each less what of it the first start passed.
        """
        reach = days - self.earliest_end + 1
        beyond = days - self.last
        return (
            _up_to(self.latest_start + reach)
            - _up_to(self.first + reach - 1)
            - _up_to(self.latest_start + beyond)
            + _up_to(self.first + beyond - 1)
        )


def _up_to(number: int) -> int:
    """The sum of 1 to a number; nought below it."""
    return number * (number + 1) // 2 if number > 0 else 0


def _whole_numbers(span: Span) -> tuple[int, int]:
    """The least and the greatest whole number in a span; an open end is further than any day."""
    low, high = -FURTHEST, FURTHEST
    if span.low != NEVER_BEGAN:
        low = math.ceil(span.low)
        low += low == span.low and not span.low_in
    if span.high != NEVER_ENDS:
        high = math.floor(span.high)
        high -= high == span.high and not span.high_in
    return low, high


def share_text(part: Fraction | None, *dates: Span) -> str:
    """``; about 1 in 4 of the allowed days reproduce it``, of a share that some dates give.

    Empty where a date is vaguer than a month: the share would only say how vague that one is.
    """
    if not part or any(span.high - span.low >= DATED for span in dates):
        return ""
    return f"; {share_in_words(part)} of the allowed days reproduce it"


def share_in_words(share: Fraction) -> str:
    """A share of possible days as a reader says it: ``about 3 in 4``, ``about 1 in 300``.

    A share is only as exact as the days that it counts are evenly likely, so that one significant
    digit is given, and beyond 1 in 10,000 none.
    """
    if share >= Fraction(19, 20):
        return "nearly all"
    if share >= Fraction(1, 2):
        return f"about {round(share * 10)} in 10"
    if share < Fraction(1, 10_000):
        return "fewer than 1 in 10,000"
    one_in = round(1 / share)
    step = 10 ** (len(str(one_in)) - 1)
    return f"about 1 in {round(one_in / step) * step:,}"
