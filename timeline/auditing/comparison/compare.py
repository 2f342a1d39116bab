"""The comparison that every verdict rests on: a derived range against a printed range."""

from __future__ import annotations

import math
from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

import attrs

from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span

FURTHEST = 10**9  # days
DATED = 31  # days; in a less precise date the days are not equally likely


class Conclusion(StrEnum):
    """The conclusion about a printed figure.

    Attributes:
        AGREES: reproduced: recomputed from the record, or from other figures.
        CONSISTENT: nothing that it was compared with contradicts it.
        POSSIBLE: some of the allowed values reproduce it.
        CONTRADICTED: none of the allowed values reproduces it.
        NOT_CHECKABLE: the record or the report lacks what the check needs.
    """

    AGREES = "agrees"  # reproduced: recomputed from the record, or from other figures
    CONSISTENT = "consistent"  # nothing that it was compared with contradicts it
    POSSIBLE = "possible"  # some of the allowed values reproduce it
    CONTRADICTED = "contradicted"  # none of the allowed values reproduces it
    NOT_CHECKABLE = "not checkable"  # the record or the report lacks what the check needs


def compare(derived: Span, claimed: Span) -> Conclusion:
    """Agrees where the derived range lies within the printed one; contradicted where they are
    disjoint; otherwise possible, because the dates are too imprecise to decide.

    >>> compare(Span(4, 6), Span(3, 7)).value, compare(Span(4, 6), Span(5, 9)).value
    ('agrees', 'possible')
    """
    if derived.within(claimed):
        return Conclusion.AGREES
    return Conclusion.POSSIBLE if derived.overlaps(claimed) else Conclusion.CONTRADICTED


BEST_FIRST = (Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.CONTRADICTED)


def best_of(conclusions: Iterable[Conclusion]) -> Conclusion:
    """The best of some conclusions: agrees, else possible, else contradicted; one at least."""
    return min(conclusions, key=BEST_FIRST.index)


def share_of_days(start: Span, end: Span, claimed: Span) -> Fraction | None:
    """The share of pairs of days (end not before start) whose distance lies in ``claimed``.

    All in days; every pair is equally likely. None where a range is unbounded, or no pair is left.
    """
    if not (start.is_bounded and end.is_bounded):
        return None
    least, most = whole_numbers(claimed)
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
        """How many have an end at most so many days after the start (negative: before it).

        For one start the number of ends up to ``days`` later, between 0 and the number of ends,
        summed over all starts as two differences of triangular numbers.
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
    """The sum of 1 to a number; 0 where the number is not positive."""
    return number * (number + 1) // 2 if number > 0 else 0


def whole_numbers(span: Span) -> tuple[int, int]:
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

    Empty where a date is vaguer than a month: the share would only measure how vague that one is.
    """
    if not part or any(span.high - span.low >= DATED for span in dates):
        return ""
    return f"; {share_in_words(part)} of the allowed days reproduce it"


def share_in_words(share: Fraction) -> str:
    """A share of possible days in words: ``about 8 in 10``, ``about 1 in 300``.

    One significant digit, because the allowed days need not be equally likely; below 1 in
    10,000 only this bound is given.
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
