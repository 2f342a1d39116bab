"""The only judgement in the product: a derived range held against a printed one."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from timeline.span import Span


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
    hits = total = 0
    for first in range(int(start.low), int(start.high) + 1):
        allowed = end.not_below(first)
        if allowed is None:
            continue
        total += _count(allowed)
        meets = allowed & (claimed + first)
        hits += _count(meets) if meets else 0
    return Fraction(hits, total) if total else None


def _count(span: Span) -> int:
    """How many whole numbers a bounded span holds."""
    low = -((-span.low) // 1)
    high = span.high // 1
    low += 1 if low == span.low and not span.low_in else 0
    high -= 1 if high == span.high and not span.high_in else 0
    return max(0, int(high - low) + 1)
