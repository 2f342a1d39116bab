"""Whether printed numbers are consistent with a formula, under every rounding convention.

A print is tried under each row of ``ROUNDINGS``, all prints of one check under the same row: a
truthful print must never be called wrong because its authors cut the last digit.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

import attrs

from timeline.core.claimed_numbers import claimed_percentage
from timeline.core.printed_numbers import DEFAULT_ROUNDING, ROUNDINGS, Printed
from timeline.core.span import NEVER_BEGAN, Number, Span

Found = TypeVar("Found")


class Consistency(StrEnum):
    """The result of an arithmetic check; the words of a verdict's conclusion."""

    AGREES = "agrees"
    POSSIBLE = "possible"  # at an extreme only, or under another rounding or convention
    CONTRADICTED = "contradicted"  # under no rounding
    NOT_CHECKABLE = "not checkable"


@attrs.frozen(kw_only=True)
class CheckResult:
    """A fit, and the rounding conventions under which the prints are not contradicted."""

    fit: Consistency
    roundings: tuple[str, ...] = ()

    @property
    def only_truncated(self) -> bool:
        """Whether the print is no rounding to nearest, but what cutting its digits gives."""
        return "truncate" in self.roundings and DEFAULT_ROUNDING not in self.roundings


@functools.lru_cache(maxsize=4096)
def _span(text: str, rounding: str) -> Span:
    return claimed_percentage(text, rounding).span  # a share in words is a percentage too


def rounded_range(number: Printed, rounding: str) -> Span:
    """The range of a print under one rounding convention; the text alone decides."""
    return _span(number.text, rounding)


def any_rounding(number: Printed) -> Span:
    """The range of a print under every rounding convention together."""
    return functools.reduce(Span.hull, (rounded_range(number, name) for name in ROUNDINGS))


def judge(
    prints: Sequence[Printed], rule: Callable[[tuple[Span, ...]], Consistency]
) -> tuple[Consistency, tuple[str, ...]]:
    """The fit of a rule under the default rounding, or POSSIBLE where only another row allows it.

    ``rule`` gets the range of each print under one row, in the order given.
    """
    fits = {name: rule(tuple(rounded_range(each, name) for each in prints)) for name in ROUNDINGS}
    allowed = tuple(name for name, fit in fits.items() if fit is not Consistency.CONTRADICTED)
    if DEFAULT_ROUNDING in allowed:
        return fits[DEFAULT_ROUNDING], allowed
    return (Consistency.POSSIBLE if allowed else Consistency.CONTRADICTED), allowed


def consistent_roundings(
    prints: Sequence[Printed], find: Callable[[tuple[Span, ...]], Found]
) -> tuple[Consistency, tuple[str, ...], Found]:
    """What reproduces the prints (anything true) under the default rounding, or the first that can.

    Also the fit (AGREES under the default, POSSIBLE under another row only) and the rows.
    """
    found = {name: find(tuple(rounded_range(each, name) for each in prints)) for name in ROUNDINGS}
    allowed = tuple(name for name, what in found.items() if what)
    if DEFAULT_ROUNDING in allowed:
        return Consistency.AGREES, allowed, found[DEFAULT_ROUNDING]
    if allowed:
        return Consistency.POSSIBLE, allowed, found[allowed[0]]
    return Consistency.CONTRADICTED, (), found[DEFAULT_ROUNDING]


def equal(derived: Span, claimed: Span) -> Consistency:
    """Inside: agrees. Apart: contradicted. Otherwise possible."""
    if derived.within(claimed):
        return Consistency.AGREES
    return Consistency.POSSIBLE if derived.overlaps(claimed) else Consistency.CONTRADICTED


def not_above(smaller: Span, larger: Span) -> Consistency:
    """Whether the first number is at most the second: surely, perhaps, or never."""
    if smaller.high <= larger.low:
        return Consistency.AGREES
    touching = smaller.low == larger.high and smaller.low_in and larger.high_in
    return (
        Consistency.POSSIBLE if smaller.low < larger.high or touching else Consistency.CONTRADICTED
    )


def in_order(spans: Sequence[Span]) -> Consistency:
    """Whether numbers never fall from one to a later one: surely, perhaps, or never.

    As bad as the worst of all pairs, in one pass: the highest end and the highest beginning of
    those before decide, as every pair is held to them.
    """
    found = Consistency.AGREES
    ended: Number = NEVER_BEGAN
    begun: tuple[Number, bool] = (NEVER_BEGAN, False)  # and whether it is left out itself
    for span in spans:
        low, left_out = begun
        if low > span.high or (low == span.high and (left_out or not span.high_in)):
            return Consistency.CONTRADICTED
        if ended > span.low:
            found = Consistency.POSSIBLE
        ended, begun = max(ended, span.high), max(begun, (span.low, not span.low_in))
    return found


@attrs.frozen(kw_only=True)
class Order(CheckResult):
    """Whether numbers rise."""

    prints: tuple[Printed, ...]

    @functools.cached_property
    def broken(self) -> tuple[tuple[int, int], ...]:
        """The places of the pairs that cannot rise, under the default rounding."""
        spans = [rounded_range(each, DEFAULT_ROUNDING) for each in self.prints]
        return tuple(
            (i, j)
            for i, j in itertools.combinations(range(len(spans)), 2)
            if _reversed(self.prints[i], self.prints[j])
            or not_above(spans[i], spans[j]) is Consistency.CONTRADICTED
        )


def ordered(*prints: Printed) -> Order:
    """Whether numbers never fall in the order given: surely, perhaps, or never.

    For all that must rise: minimum, median, maximum, and the limits of inclusion around them
    (K46); lower limit, estimate, upper limit (K20); PFS and OS, rates or medians of one origin
    (K20, K21); naive and reverse Kaplan-Meier median of follow-up (K39); a median and the longest
    follow-up of one origin (K09).
    """
    fit, roundings = judge(prints, in_order)
    if _fall(prints):
        fit, roundings = Consistency.CONTRADICTED, ()
    return Order(fit=fit, roundings=roundings, prints=prints)


def _fall(prints: Iterable[Printed]) -> bool:
    """Whether some print is reversed by a later one: it is the largest before of its unit."""
    largest: dict[Fraction, Printed] = {}
    for each in prints:
        before = largest.get(each.unit)
        if before is not None and _reversed(before, each):
            return True
        if each.value is not None:
            largest[each.unit] = each  # not below any before it, or it would be reversed
    return False


def _reversed(first: Printed, later: Printed) -> bool:
    """Whether two prints of one unit fall: no rounding turns an order round, not even of halves."""
    if first.value is None or later.value is None or first.unit != later.unit:
        return False
    return first.value > later.value


_RANK = (
    Consistency.AGREES,
    Consistency.NOT_CHECKABLE,
    Consistency.POSSIBLE,
    Consistency.CONTRADICTED,
)


def worst(fits: Iterable[Consistency]) -> Consistency:
    """The gravest of several fits; AGREES of none."""
    return max(fits, key=_RANK.index, default=Consistency.AGREES)


def whether(is_true: bool) -> Consistency:
    """A plain yes or no as a fit."""
    return Consistency.AGREES if is_true else Consistency.CONTRADICTED


def bounded(*prints: Printed) -> None:
    """Refuse a print without both ends, such as ``over 60``, where a formula needs them."""
    for number in prints:
        if not number.span.is_bounded:
            raise ValueError(f"not a bounded number: {number.text!r} (write one such as 8.4)")


def times(span: Span, factor: Fraction | int) -> Span:
    """Every value times one positive number; exact."""
    return span.divided_by(1 / Fraction(factor))


def whole_numbers(span: Span, low: int, high: int) -> range:
    """The whole numbers of a range that lie between two more, all ends included."""
    first = low if span.low < low else math.ceil(span.low) + (_at(span.low) and not span.low_in)
    last = (
        high if span.high > high else math.floor(span.high) - (_at(span.high) and not span.high_in)
    )
    return range(max(first, low), max(min(last, high) + 1, first, low))


def _at(end: Number) -> bool:
    """Whether an end is a whole number itself."""
    return not isinstance(end, float) and Fraction(end).denominator == 1


SLACK = 1e-9  # relative; floats of the iterative statistics are right to 1e-12 or better


def around(low: float, high: float) -> Span:
    """A range of floats widened by the slack, so that their rounding can never raise an alarm."""
    return Span(_widened(low, -1), _widened(high, 1))


def _widened(end: float, way: int) -> Number:
    if math.isinf(end):
        return end
    return Fraction(end) + way * Fraction(abs(end) * SLACK + 1e-15)
