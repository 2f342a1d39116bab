"""The only judgement in the product: a derived range held against a printed one."""

from __future__ import annotations

import math
from enum import StrEnum
from fractions import Fraction

from timeline.span import NEVER_BEGAN, NEVER_ENDS, Span

FURTHEST = 10**9  # days


class Call(StrEnum):
    """What the facts say of a printed figure."""

    AGREES = "agrees"  # every allowed date reproduces it
    POSSIBLE = "possible"  # some do
    CONTRADICTED = "contradicted"  # none does
    NOT_CHECKABLE = "not checkable"  # the facts do not reach it


def weigh(derived: Span, claimed: Span) -> Call:
    """Inside: agrees. Apart: contradicted. Otherwise the dates are too vague to tell.

    >>> weigh(Span(4, 6), Span(3, 7)).value, weigh(Span(4, 6), Span(5, 9)).value
    ('agrees', 'possible')
    """
    if derived.within(claimed):
        return Call.AGREES
    return Call.POSSIBLE if derived.overlaps(claimed) else Call.CONTRADICTED


def share(start: Span, end: Span, claimed: Span) -> Fraction | None:
    """The share of pairs of days (end not before start) whose distance lies in ``claimed``.

    All in days; every pair counts alike. None where a range is unbounded, or no pair is left.
    """
    if not (start.is_bounded and end.is_bounded):
        return None
    least, most = _whole_numbers(claimed)
    earliest, latest = int(end.low), int(end.high)
    hits = total = 0
    for first in range(int(start.low), int(start.high) + 1):
        allowed = max(first, earliest)
        total += max(0, latest - allowed + 1)
        hits += max(0, min(latest, first + most) - max(allowed, first + least) + 1)
    return Fraction(hits, total) if total else None


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
