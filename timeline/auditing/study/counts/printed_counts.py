"""Numbers of patients and counts of a report, and its percentages that fail.
Each is computed once for all percentages of the report.
"""

from __future__ import annotations

import bisect
import heapq
import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.claims.cohort import (
    ALL,
    Claims,
    cached_by_claims,
    counts_of,
    group_of,
    number,
    subject_of,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.percentages import (
    HUNDRED,
    PercentOfN,
    counts_within,
    implied,
    percent_of_n,
)
from timeline.statistics.rounding import any_rounding

MOST_TRIED = 2000  # most numbers of patients, or counts, that one search tries
MOST_REPORTED = 200  # most numbers of patients of a report that are tried


@cached_by_claims
def percentages_of_n(claims: Claims) -> tuple[tuple[Claim, PercentOfN], ...]:
    """Each percentage with a known denominator, compared with count / denominator."""
    counts = counts_of(claims)
    with_totals = ((each, total_of(each, claims)) for each in claims if each.kind == "percent")
    return tuple(
        (claim, percent_of_n(claim.printed, total, counts.get(subject_of(claim))))
        for claim, total in with_totals
        if claim.printed and total is not None
    )


Numbers = tuple[int, ...]


@cached_by_claims
def _all_failing(claims: Claims) -> dict[tuple[str, int], list[Claim]]:
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim, of_n in percentages_of_n(claims):
        if of_n.fit.value != Conclusion.AGREES:
            found.setdefault((group_of(claim), of_n.n), []).append(claim)
    return found


def failing_percentages(claims: Claims, group: str, n: int) -> list[Claim]:
    """The percentages of a group that its number of patients does not reproduce."""
    return _all_failing(claims).get((group, n), [])


def smaller_numbers(n: int) -> range:
    """The smaller denominators that are tried, the largest first."""
    return range(n - 1, max(0, n - 1 - MOST_TRIED), -1)


@cached_by_claims
def smaller_numbers_that_fit(claims: Claims, group: str, n: int) -> Numbers:
    """The smaller denominators that reproduce all failing percentages of a group."""
    spans = {each.printed.span for each in failing_percentages(claims, group, n) if each.printed}
    return tuple(
        other for other in smaller_numbers(n) if all(counts_within(span, other) for span in spans)
    )


@attrs.frozen
class CommonNumbers:
    """The denominators that several counts and their percentages share."""

    fitting: Numbers
    counted: int


@cached_by_claims
def common_numbers(claims: Claims, group: str, n: int) -> CommonNumbers:
    """The denominators shared by the failing percentages of a group, of two or more."""
    counts = counts_of(claims)
    failing = failing_percentages(claims, group, n)
    pairs = [
        (each.printed, k)
        for each in failing
        if each.printed and (k := counts.get(subject_of(each)))
    ]
    if len(pairs) < 2:
        return CommonNumbers((), len(pairs))
    found = implied([percent for percent, _ in pairs], [k for _, k in pairs])
    fitting = tuple(found.fitting[:MOST_REPORTED]) if found.fit.value == Conclusion.AGREES else ()
    return CommonNumbers(fitting, len(pairs))


_NOT_COUNTED = re.compile(
    r"\b(?:NE|not evalua\w+|non-?evalua\w+|inevaluable|unevaluable|missing|unknown|lost|withdr\w+|"
    r"exclu\w+|not assess\w+|unassess\w+|not analy[sz]\w+)\b",
    re.IGNORECASE,
)


@attrs.frozen
class ReportedNumber:
    """A number of patients in a report, included or left out, and its name."""

    left_out: bool
    n: int
    name: str


@cached_by_claims
def _reported_by_group(claims: Claims) -> dict[str, list[tuple[int, ReportedNumber]]]:
    """The first distinct numbers of each group, with the positions of their claims."""
    found: dict[str, dict[tuple[bool, int], tuple[int, ReportedNumber]]] = {}
    for place, claim in enumerate(claims):
        known = found.setdefault(group_of(claim), {})
        for reported in _numbers_in_claim(claim) if len(known) <= MOST_REPORTED else ():
            known.setdefault((reported.left_out, reported.n), (place, reported))
    return {group: list(known.values()) for group, known in found.items()}


@cached_by_claims
def reported_numbers(claims: Claims, group: str) -> tuple[ReportedNumber, ...]:
    """The first numbers that can be a denominator for a group: its own and those of all.

    A subgroup is no denominator for all patients or for another subgroup. At most
    ``MOST_REPORTED + 1`` numbers, so that a caller sees whether there are more.
    """
    by_group = _reported_by_group(claims)
    own = [by_group.get(each, []) for each in dict.fromkeys((ALL, group))]
    found: dict[tuple[bool, int], ReportedNumber] = {}
    for _, reported in heapq.merge(*own, key=lambda each: each[0]):
        found.setdefault((reported.left_out, reported.n), reported)
    return tuple(found.values())[: MOST_REPORTED + 1]


def _numbers_in_claim(claim: Claim) -> Iterator[ReportedNumber]:
    """The numbers of patients in one claim."""
    counted = claim.kind == "count" and not claim.grade
    size = number(claim) if counted and not has_qualifier(claim, "more than one each") else None
    if size and _NOT_COUNTED.search(claim.about):
        yield ReportedNumber(True, size, f"without the {size} {claim.about}")
    if size:
        yield ReportedNumber(False, size, f"{claim.about}, {group_of(claim)}")
    if n := whole_number(claim.n):
        yield ReportedNumber(False, n, claim.group)


@cached_by_claims
def implied_numbers(claims: Claims) -> tuple[tuple[int, str], ...]:
    """Denominators that a count and its percentage imply, where only one fits."""
    counts = counts_of(claims)
    found = []
    for claim in claims:
        count = counts.get(subject_of(claim)) if claim.kind == "percent" and not claim.n else None
        if count and claim.printed:
            fitting = implied([claim.printed], [count])
            if len(fitting.fitting) == 1 and fitting.fit.value == Conclusion.AGREES:
                found.append((fitting.fitting[0], f"{count} are {claim.text} % of it"))
    return tuple(found)


def count_of_groups(claim: Claim, claims: Claims) -> int | None:
    """The sum of the counts of the groups that a group name lists; None for fewer than two."""
    about, group, *rest = subject_of(claim)
    group_counts = [
        count
        for name, count in _counts_by_group(claims).get((about, *rest), {}).items()
        if name in group and name != group and re.search(rf"\b{re.escape(name)}\b", group)
    ]
    return sum(group_counts) if len(group_counts) > 1 else None


@cached_by_claims
def _counts_by_group(claims: Claims) -> dict[tuple[object, ...], dict[str, int]]:
    """The counts of each subject by group."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for (about, group, *rest), count in counts_of(claims).items():
        if count is not None:
            found.setdefault((about, *rest), {})[group] = count
    return found


_OF_ANALYSIS = re.compile(r"evaluable|assessable|assessed|analy[sz]ed|treated|enrolled|measured")


def fits_other_patients(claim: Claim, found: PercentOfN, claims: Claims) -> bool:
    """Whether another printed number of patients than the size of the group fits a percentage.

    With a printed count any number is tried. Without one only analysis populations and the group
    without its patients not evaluable are tried, because many numbers would fit by chance.
    """
    percent, k = claim.printed, found.count
    if percent is None:
        return False
    sizes = _sizes_of_analyses(claims, k is not None)
    possible = [_possible_sizes(percent, k, sizes.get(each, ())) for each in {ALL, group_of(claim)}]
    missing = counts_of(claims).get(("NE", group_of(claim), (), assessed(claim)))
    others = {*itertools.chain(*possible), *([found.n - missing] if missing else [])}
    fits = (percent_of_n(percent, n, k).roundings for n in others if max(k or 0, 1) <= n != found.n)
    return any(fits)


def _possible_sizes(percent: Printed, count: int | None, sizes: Numbers) -> Numbers:
    """The sorted sizes that can give a percentage of a count: those near 100 k / p."""
    if not count:
        return sizes
    span = any_rounding(percent)
    low, high = (end if isinstance(end, float) else Fraction(end) for end in (span.low, span.high))
    first = bisect.bisect_left(sizes, HUNDRED * count / high) if high > 0 else len(sizes)
    last = bisect.bisect_right(sizes, HUNDRED * count / low) if low > 0 else len(sizes)
    return sizes[first:last]


@cached_by_claims
def _sizes_of_analyses(claims: Claims, any_count: bool) -> dict[str, Numbers]:
    """The sorted counts by group that can be an analysis population.

    With ``any_count`` every count can be one.
    """
    found: dict[str, set[int]] = {}
    for each in claims:
        size = number(each) if each.kind == "count" and not each.grade else None
        if size and (any_count or _OF_ANALYSIS.search(each.about)):
            found.setdefault(group_of(each), set()).add(size)
    return {group: tuple(sorted(sizes)) for group, sizes in found.items()}
