"""Single typos in an estimate or a limit that would explain an inconsistent interval."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.typos import edits
from timeline.core.claimed_numbers import claimed_number
from timeline.core.printed_numbers import Printed
from timeline.report.claims import RATIOS, Claim
from timeline.statistics.intervals import leans_as_exact, symmetry
from timeline.statistics.percentages import counts_within
from timeline.statistics.proportions import METHODS, limits_of
from timeline.statistics.rounding import any_rounding

Three = tuple[Printed, Printed, Printed]  # the lower limit, the estimate, the upper limit
_NAMES = ("the lower limit", "the estimate", "the upper limit")
_SHOWN = 3
MOST_PATIENTS = 10_000  # most patients for which limits are computed for each typo


def repair_note(claim: Claim, total: int | None = None, level: Fraction = Fraction(95, 100)) -> str:
    """The typos that would make an estimate and its limits consistent; empty if there are none.

    A typo changes one digit, exchanges two neighbours, or drops or moves the decimal point. Those
    that leave the estimate nearest to the middle of its limits come first.

    Args:
        claim: a claim with a number and two limits.
        total: the number of patients of a percentage, or None.
        level: the confidence level as a fraction of 1.
    """
    low, high = (claim.ci.low, claim.ci.high) if claim.ci else (None, None)
    if claim.printed is None or low is None or high is None:
        return ""
    three = (low, claim.printed, high)
    if not all(each.span.is_bounded and each.value is not None for each in three):
        return ""
    known_total = claim.kind == "percent" and bool(total) and (total or 0) <= MOST_PATIENTS
    is_mean = claim.kind == "mean" or claim.statistic == "mean"
    kind = "ratio" if claim.kind in RATIOS else "share" if known_total else "mean" * is_mean
    return _repair_text(kind, three, total if known_total else None, level)


@functools.lru_cache(maxsize=256)
def _repair_text(kind: str, three: Three, total: int | None, level: Fraction) -> str:
    """The text on the typos of a ratio, a percentage of ``total``, a mean or another figure."""
    fits = _percentage_check(three[1], total, level) if total else _CHECKS[kind]
    found = [each for each in _repairs(three) if fits(each.three)]
    found.sort(key=lambda each: (each.at == 1, each.unevenness(kind == "ratio")))
    if not found:
        return ""
    texts = [f"{_NAMES[each.at]} {each.three[each.at].text} ({each.description})" for each in found]
    more = f" or {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return f"a single typo would explain it: {' or '.join(texts[:_SHOWN])}{more}"


@attrs.frozen
class _Repair:
    """One edit: its position, its description and the three edited numbers."""

    at: int
    description: str
    three: Three

    def unevenness(self, is_ratio: bool) -> float:
        """Distance of the estimate from the middle of its limits, as a fraction of their width."""
        low, middle, high = (float(each.value or 0) for each in self.three)
        if is_ratio and low > 0:
            low, middle, high = (math.log(each) for each in (low, middle, high))
        return abs(low + high - 2 * middle) / ((high - low) or 1)


def _repairs(three: Three) -> Iterator[_Repair]:
    for at in (0, 2, 1):
        for description, text in (*edits(three[at].text), *_shifted_points(three[at].text)):
            try:
                edited = claimed_number(text)
            except ValueError:
                continue
            low, middle, high = (edited if i == at else each for i, each in enumerate(three))
            yield _Repair(at, description, (low, middle, high))


def _shifted_points(text: str) -> Iterator[tuple[str, str]]:
    """The same digits with the decimal point moved by one place: 50.0 and 5.00."""
    integer, point, fraction = text.partition(".")
    if point and integer.isdigit() and fraction.isdigit():
        if len(integer) > 1:
            yield "the point one place off", f"{integer[:-1]}.{integer[-1]}{fraction}"
        if len(fraction) > 1:
            yield "the point one place off", f"{integer}{fraction[0]}.{fraction[1:]}"


def _percentage_check(share: Printed, total: int, level: Fraction) -> Callable[[Three], bool]:
    """The condition on a percentage of ``total`` and its limits: a method reproduces them."""
    expected = _expected(share, total, level)
    return lambda three: _is_in_order(three) and _fits_a_method(three, expected)


def _is_in_order(three: Three) -> bool:
    low, middle, high = (each.value or Fraction(0) for each in three)
    return low <= middle <= high and low < high


def _is_symmetric(three: Three) -> bool:
    low, middle, high = three
    if not _is_in_order(three) or (_is_asymmetric(three) and _is_log_asymmetric(three)):
        return False
    return bool(symmetry(middle, low, high).scales)


def _is_symmetric_ratio(three: Three) -> bool:
    low, middle, high = three
    if not _is_in_order(three) or low.span.high <= 0 or _is_log_asymmetric(three):
        return False
    return "log" in symmetry(middle, low, high).scales and leans_as_exact(
        middle.span, low.span, high.span
    )


# Computed in floats with a tolerance above their error, to skip the exact check of most typos.
_SLACK = 1e-9
_Ends = tuple[float, float]


def _is_asymmetric(three: Three) -> bool:
    """Whether the estimate is not in the middle of its limits under any rounding."""
    low, middle, high = map(_ends, three)
    return _are_apart((2 * middle[0], 2 * middle[1]), (low[0] + high[0], low[1] + high[1]))


def _is_log_asymmetric(three: Three) -> bool:
    """The same on the log scale; negative numbers count as 0."""
    low, middle, high = ((max(one, 0.0), max(two, 0.0)) for one, two in map(_ends, three))
    return _are_apart((middle[0] ** 2, middle[1] ** 2), (low[0] * high[0], low[1] * high[1]))


def _are_apart(one: _Ends, other: _Ends) -> bool:
    slack = _SLACK * (1 + max(map(abs, (*one, *other))))
    return one[1] + slack < other[0] or other[1] + slack < one[0]


def _ends(number: Printed) -> _Ends:
    return _ends_of(number.text)


@functools.lru_cache(maxsize=4096)
def _ends_of(text: str) -> _Ends:
    """The range of a printed number under any rounding, both ends included."""
    span = any_rounding(claimed_number(text))
    return float(span.low), float(span.high)


_Expected = list[tuple[Printed, tuple[tuple[float, float], tuple[float, float]]]]


def _expected(percent: Printed, total: int, level: Fraction) -> _Expected:
    """The limits by each method for each count that rounds to the percentage."""
    found: _Expected = []
    for count in counts_within(percent.span, total)[:_SHOWN]:
        for name in METHODS:
            low, high = limits_of(name, count, total, level)
            ends = ((float(low.low), float(low.high)), (float(high.low), float(high.high)))
            found.append((percent, ends))
    return found


_CHECKS: dict[str, Callable[[Three], bool]] = {
    "ratio": _is_symmetric_ratio,
    "mean": _is_symmetric,
    "": _is_in_order,
}


def _fits_a_method(three: Three, expected: _Expected) -> bool:
    low, middle, high = three
    return any(
        percent.text == middle.text
        and low.span.low <= first[1]
        and first[0] <= low.span.high
        and high.span.low <= last[1]
        and last[0] <= high.span.high
        for percent, (first, last) in expected
    )
