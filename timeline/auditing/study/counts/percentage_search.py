"""Search for other interpretations that reproduce a printed percentage.
A match is a possible explanation, not evidence of the cause.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import Claims, group_of
from timeline.auditing.comparison.typos import TYPO_TIER, typo
from timeline.auditing.study.counts.printed_counts import (
    MOST_REPORTED,
    MOST_TRIED,
    common_numbers,
    count_of_groups,
    failing_percentages,
    implied_numbers,
    reported_numbers,
    smaller_numbers,
    smaller_numbers_that_fit,
)
from timeline.auditing.verdict import Explanation, Share
from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.percentages import HUNDRED, PercentOfN, counts_within, places_of

MOST_PATIENTS = 400  # the largest denominator tried where none is printed


@attrs.frozen
class TriedExplanation:
    """One interpretation: its description, its tier, and whether it reproduces the percentage.

    ``shares``: the fractions that reproduce it, where another count or number of patients does.
    """

    description: str
    tier: int
    fits: bool
    shares: tuple[Share, ...] = ()


_MISFIT = TriedExplanation("", 0, False)
_COUNTS_SHOWN = 4


@attrs.frozen
class _FailedPercentage:
    """A percentage that its denominator does not reproduce, and all claims of its report."""

    claim: Claim
    percent: Printed
    found: PercentOfN
    claims: Claims  # all of the report, or of the cited study

    def counts_of(self, n: int) -> tuple[int, ...]:
        """The counts out of ``n`` other patients that round to the percentage."""
        rounding_counts = counts_within(self.percent.span, n)
        if self.found.count is not None:
            return (self.found.count,) * (self.found.count in rounding_counts)
        return tuple(k for k in rounding_counts[:_COUNTS_SHOWN] if k <= self.found.n)


def _reported_denominators(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """Every number of patients in the report as the denominator."""
    names = dict(implied_numbers(failed.claims)[:MOST_REPORTED])
    for reported in reported_numbers(failed.claims, group_of(failed.claim))[:MOST_REPORTED]:
        n = failed.found.n - reported.n if reported.left_out else reported.n
        if n > 1 and (reported.left_out or failed.found.n != n >= (failed.found.count or 0)):
            names.setdefault(n, reported.name)
    for n, name in sorted(names.items()):
        counts = failed.counts_of(n)
        if counts:
            yield TriedExplanation(
                f"a denominator of {n} ({name}): {_joined_by_or(counts)} of {n}",
                1,
                True,
                tuple((k, n) for k in counts),
            )
        else:
            yield _MISFIT


def _fewer_patients(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """A smaller denominator that reproduces all failing percentages of the group.

    Percentages that the printed denominator reproduces need not fit it.
    """
    if failed.found.count is not None:
        return
    n, group = failed.found.n, group_of(failed.claim)
    several = len(failing_percentages(failed.claims, group, n))
    all_failing = f", as all {several} that {n} does not give" if several > 1 else ""
    tried = smaller_numbers(n)
    other_numbers = smaller_numbers_that_fit(failed.claims, group, n)
    fitting = {other: counts for other in other_numbers if (counts := failed.counts_of(other))}
    if n - 1 in fitting:  # one patient left out is the simplest explanation
        fitting, tried = {n - 1: fitting[n - 1]}, tried[:1]
    for other, counts in fitting.items():
        description = (
            f"{other} patients in place of {n}: {_joined_by_or(counts)} of {other}{all_failing}"
        )
        yield TriedExplanation(description, 1, True, tuple((k, other) for k in counts))
    yield from itertools.repeat(_MISFIT, len(tried) - len(fitting))


def _common_denominators(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """The denominators that reproduce several failing percentages with their counts."""
    if failed.found.count is None:
        return
    common = common_numbers(failed.claims, group_of(failed.claim), failed.found.n)
    for n in common.fitting[:_COUNTS_SHOWN]:
        description = (
            f"{n} patients in place of {failed.found.n}: {failed.found.count} of {n}, as all"
        )
        yield TriedExplanation(
            f"{description} {common.counted} that {failed.found.n} does not give",
            1,
            True,
            ((failed.found.count, n),),
        )


def _other_counts(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """Another count of the same patients."""
    if failed.found.count is None or failed.found.n > MOST_TRIED:
        return
    for k in range(failed.found.n + 1):
        if k != failed.found.count:
            description = f"a count of {k} in place of {failed.found.count}"
            found = TriedExplanation(description, 2, True, ((k, failed.found.n),))
            yield found if k in failed.found.counts else _MISFIT


def _typos_in_percentage(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """A typo in the percentage, compared with that of the printed counts."""
    k, n, places = failed.found.count, failed.found.n, places_of(failed.percent)
    if k is None and n > MOST_TRIED:
        return
    for count in range(n + 1) if k is None else (k,):
        correct = _percentage_of(count, n, places)
        typo_text = typo(failed.percent.text, correct)
        description = f"a typo for {correct} ({typo_text}): {count} of {n}"
        yield TriedExplanation(description, TYPO_TIER, True) if typo_text else _MISFIT


@functools.lru_cache(maxsize=2 * MOST_TRIED)
def _percentage_of(count: int, n: int, places: int) -> str:
    return rounded(Fraction(HUNDRED * count, n), places)


def _typos_in_denominator(failed: _FailedPercentage) -> Iterator[TriedExplanation]:
    """A typo in the number of patients, where the count is printed."""
    n, count = (
        str(failed.found.n),
        failed.found.count or count_of_groups(failed.claim, failed.claims),
    )
    if count is None or failed.found.n > MOST_TRIED:
        return
    for other in _typos_of(n):
        if other >= count:
            fits = count in counts_within(failed.percent.span, other)
            yield TriedExplanation(
                f"{other} patients in place of {n}: {count} of {other}",
                TYPO_TIER,
                fits,
                ((count, other),),
            )


@functools.lru_cache(maxsize=256)
def _typos_of(n: str) -> tuple[int, ...]:
    """The numbers of patients, with at most as many digits, that one typo turns into ``n``."""
    return tuple(other for other in range(2, 10 ** len(n)) if typo(n, str(other)))


def _joined_by_or(counts: tuple[int, ...]) -> str:
    return " or ".join(map(str, counts))


SEARCHES: tuple[Callable[[_FailedPercentage], Iterator[TriedExplanation]], ...] = (
    _reported_denominators,
    _fewer_patients,
    _common_denominators,
    _other_counts,
    _typos_in_percentage,
    _typos_in_denominator,
)


def explain_percent(
    claim: Claim, found: PercentOfN, claims: Claims
) -> tuple[tuple[Explanation, ...], int]:
    """Single changes that reproduce a percentage, best first, and how many were tried."""
    if claim.printed is None:
        return (), 0
    failed = _FailedPercentage(claim, claim.printed, found, claims)
    tried = [each for search in SEARCHES for each in search(failed)]
    fitting = tuple(
        Explanation(each.description, tier=each.tier, shares=each.shares)
        for each in tried
        if each.fits
    )
    return tuple(sorted(fitting, key=lambda each: each.cost)), len(tried)


@functools.lru_cache(maxsize=1024)
def smallest_n(percent: Printed) -> int | None:
    """The smallest denominator with a count that rounds to it; None up to the largest tried."""
    return next((n for n in range(1, MOST_PATIENTS + 1) if counts_within(percent.span, n)), None)
