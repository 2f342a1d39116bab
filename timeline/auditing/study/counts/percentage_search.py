"""Which other reading would reproduce a printed percentage: a search over rows, never a cause."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import Claims, group_of
from timeline.auditing.compare import Conclusion
from timeline.auditing.study.counts.printed_counts import (
    MOST_TOLD,
    MOST_TRIED,
    count_of_groups,
    failing,
    fewer_that_fit,
    fewer_tried,
    in_common,
    numbers_implied,
    numbers_told,
)
from timeline.auditing.typos import TYPO_TIER, typo
from timeline.auditing.verdict import Explanation
from timeline.core.durations import rounded
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.percentages import HUNDRED, PercentOfN, counts_within, places_of

FARTHEST = 400  # how far to look where no number of patients is printed


@attrs.frozen
class TriedCount:
    """One other reading: what it says where it reproduces the print, and how far it is off."""

    description: str
    tier: int
    fits: bool


_MISFIT = TriedCount("", 0, False)
_COUNTS_TOLD = 4


@attrs.frozen
class _Question:
    """A percentage that its own denominator does not give, and all that is told beside it."""

    claim: Claim
    percent: Printed
    found: PercentOfN
    claims: Claims  # all of the report, or of the cited study

    def counts_of(self, n: int) -> tuple[int, ...]:
        """The counts, of no more patients than there are, that round to the print of others."""
        told = counts_within(self.percent.span, n)
        if self.found.count is not None:
            return (self.found.count,) * (self.found.count in told)
        return tuple(k for k in told[:_COUNTS_TOLD] if k <= self.found.n)


def _told_denominators(asked: _Question) -> Iterator[TriedCount]:
    """Every number of patients that the report tells, in place of the one beside the print."""
    names = dict(numbers_implied(asked.claims)[:MOST_TOLD])
    for told in numbers_told(asked.claims, group_of(asked.claim))[:MOST_TOLD]:
        n = asked.found.n - told.n if told.left_out else told.n
        if n > 1 and (told.left_out or asked.found.n != n >= (asked.found.count or 0)):
            names.setdefault(n, told.name)
    for n, name in sorted(names.items()):
        counts = asked.counts_of(n)
        if counts:
            yield TriedCount(f"a denominator of {n} ({name}): {_or(counts)} of {n}", 1, True)
        else:
            yield _MISFIT


def _fewer_patients(asked: _Question) -> Iterator[TriedCount]:
    """A smaller number than that printed, where it gives all percentages of the group that fail.

    Those that the number printed gives are left alone.
    """
    if asked.found.count is not None:
        return
    n, group = asked.found.n, group_of(asked.claim)
    several = len(failing(asked.claims, group, n))
    told = f", as all {several} that {n} does not give" if several > 1 else ""
    tried = fewer_tried(n)
    given = fewer_that_fit(asked.claims, group, n)
    fitting = {other: counts for other in given if (counts := asked.counts_of(other))}
    if n - 1 in fitting:  # that one patient is left out needs no other way
        fitting, tried = {n - 1: fitting[n - 1]}, tried[:1]
    for other, counts in fitting.items():
        description = f"{other} patients in place of {n}: {_or(counts)} of {other}{told}"
        yield TriedCount(description, 1, True)
    yield from itertools.repeat(_MISFIT, len(tried) - len(fitting))


def _of_all_counts(asked: _Question) -> Iterator[TriedCount]:
    """The number of patients that the counts of several failing percentages have in common."""
    if asked.found.count is None:
        return
    common = in_common(asked.claims, group_of(asked.claim), asked.found.n)
    for n in common.fitting[:_COUNTS_TOLD]:
        description = (
            f"{n} patients in place of {asked.found.n}: {asked.found.count} of {n}, as all"
        )
        yield TriedCount(
            f"{description} {common.counted} that {asked.found.n} does not give", 1, True
        )


def _other_counts(asked: _Question) -> Iterator[TriedCount]:
    """Another count of the same patients."""
    if asked.found.count is None or asked.found.n > MOST_TRIED:
        return
    for k in range(asked.found.n + 1):
        if k != asked.found.count:
            description = f"a count of {k} in place of {asked.found.count}"
            yield TriedCount(description, 2, True) if k in asked.found.counts else _MISFIT


def _slips_of_the_print(asked: _Question) -> Iterator[TriedCount]:
    """A slip of the keyboard in the percentage, which the counts told would print otherwise."""
    k, n, places = asked.found.count, asked.found.n, places_of(asked.percent)
    if k is None and n > MOST_TRIED:
        return
    for count in range(n + 1) if k is None else (k,):
        right = _printed_right(count, n, places)
        way = typo(asked.percent.text, right)
        description = f"a slip in {way} from {right} ({count} of {n})"
        yield TriedCount(description, TYPO_TIER, True) if way else _MISFIT


@functools.lru_cache(maxsize=2 * MOST_TRIED)
def _printed_right(count: int, n: int, places: int) -> str:
    return rounded(Fraction(HUNDRED * count, n), places)


def _slips_of_the_denominator(asked: _Question) -> Iterator[TriedCount]:
    """A slip of the keyboard in the number of patients, where their count is told."""
    n, count = str(asked.found.n), asked.found.count or count_of_groups(asked.claim, asked.claims)
    few = count is not None and asked.found.n <= MOST_TRIED
    for other in _mistyped(n) if few else ():
        if other >= (count or 0):
            fits = count in counts_within(asked.percent.span, other)
            yield TriedCount(
                f"{other} patients in place of {n}: {count} of {other}", TYPO_TIER, fits
            )


@functools.lru_cache(maxsize=256)
def _mistyped(n: str) -> tuple[int, ...]:
    """The numbers of patients, of as many digits at most, that a slip makes another number of."""
    return tuple(other for other in range(2, 10 ** len(n)) if typo(n, str(other)))


def _or(counts: tuple[int, ...]) -> str:
    return " or ".join(map(str, counts))


SEARCHES: tuple[Callable[[_Question], Iterator[TriedCount]], ...] = (
    _told_denominators,
    _fewer_patients,
    _of_all_counts,
    _other_counts,
    _slips_of_the_print,
    _slips_of_the_denominator,
)


def explain_percent(
    claim: Claim, found: PercentOfN, claims: Claims
) -> tuple[tuple[Explanation, ...], int]:
    """Single changes that reproduce a percentage, best first, and how many were tried."""
    if claim.printed is None:
        return (), 0
    asked = _Question(claim, claim.printed, found, claims)
    tried = [each for search in SEARCHES for each in search(asked)]
    fitting = tuple(
        Explanation(description=each.description, tier=each.tier, changes=1, call=Conclusion.AGREES)
        for each in tried
        if each.fits
    )
    return tuple(sorted(fitting, key=lambda each: each.cost)), len(tried)


@functools.lru_cache(maxsize=1024)
def smallest(percent: Printed) -> int | None:
    """The smallest number of patients of which some count rounds to it; None up to the farthest."""
    return next((n for n in range(1, FARTHEST + 1) if counts_within(percent.span, n)), None)
