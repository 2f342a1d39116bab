"""What a report tells beside its percentages: numbers of patients, counts, what else fails.

Each is worked out once for all percentages of the report that ask for it.
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
    counts_of,
    group_of,
    number,
    remembered,
    subject_of,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.compare import Conclusion
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

MOST_TRIED = 2000  # other numbers of patients, or counts, that one search goes through
MOST_REPORTED = 200  # of the numbers of patients that a report tells, the first so many are tried


@remembered
def percentages_of_n(claims: Claims) -> tuple[tuple[Claim, PercentOfN], ...]:
    """Each percentage of known patients, and what their number makes of it."""
    counts = counts_of(claims)
    with_totals = ((each, total_of(each, claims)) for each in claims if each.kind == "percent")
    return tuple(
        (claim, percent_of_n(claim.printed, total, counts.get(subject_of(claim))))
        for claim, total in with_totals
        if claim.printed and total is not None
    )


Numbers = tuple[int, ...]


@remembered
def _all_failing(claims: Claims) -> dict[tuple[str, int], list[Claim]]:
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim, of_n in percentages_of_n(claims):
        if of_n.fit.value != Conclusion.AGREES:
            found.setdefault((group_of(claim), of_n.n), []).append(claim)
    return found


def failing_percentages(claims: Claims, group: str, n: int) -> list[Claim]:
    """The percentages of a group that its number of patients does not give."""
    return _all_failing(claims).get((group, n), [])


def smaller_numbers(n: int) -> range:
    """The smaller numbers of patients that are tried, the fewest left out first."""
    return range(n - 1, max(0, n - 1 - MOST_TRIED), -1)


@remembered
def smaller_numbers_that_fit(claims: Claims, group: str, n: int) -> Numbers:
    """Those of them that give all percentages of a group which the number printed does not."""
    spans = {each.printed.span for each in failing_percentages(claims, group, n) if each.printed}
    return tuple(
        other for other in smaller_numbers(n) if all(counts_within(span, other) for span in spans)
    )


@attrs.frozen
class CommonNumbers:
    """The numbers of patients that several counts and their percentages have in common."""

    fitting: Numbers
    counted: int


@remembered
def common_numbers(claims: Claims, group: str, n: int) -> CommonNumbers:
    """What the failing percentages of a group have in common; nothing of fewer than two."""
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
    """A number of patients that a report tells, or a number of patients left out, by its name."""

    left_out: bool
    n: int
    name: str


@remembered
def _reported_by_group(claims: Claims) -> dict[str, list[tuple[int, ReportedNumber]]]:
    """The first numbers that are told of each group, each once, with the places of the claims."""
    found: dict[str, dict[tuple[bool, int], tuple[int, ReportedNumber]]] = {}
    for place, claim in enumerate(claims):
        known = found.setdefault(group_of(claim), {})
        for reported in _numbers_in_claim(claim) if len(known) <= MOST_REPORTED else ():
            known.setdefault((reported.left_out, reported.n), (place, reported))
    return {group: list(known.values()) for group, known in found.items()}


@remembered
def reported_numbers(claims: Claims, group: str) -> tuple[ReportedNumber, ...]:
    """The first numbers that may stand under a figure of a group: its own, and those of all.

    The patients of a subgroup are no denominator of the whole, nor of another. One more than
    ``MOST_REPORTED`` where there are more.
    """
    by_group = _reported_by_group(claims)
    own = [by_group.get(each, []) for each in dict.fromkeys((ALL, group))]
    found: dict[tuple[bool, int], ReportedNumber] = {}
    for _, reported in heapq.merge(*own, key=lambda each: each[0]):
        found.setdefault((reported.left_out, reported.n), reported)
    return tuple(found.values())[: MOST_REPORTED + 1]


def _numbers_in_claim(claim: Claim) -> Iterator[ReportedNumber]:
    """The numbers of patients that one claim tells."""
    counted = claim.kind == "count" and not claim.grade
    size = number(claim) if counted and not has_qualifier(claim, "more than one each") else None
    if size and _NOT_COUNTED.search(claim.about):
        yield ReportedNumber(True, size, f"without the {size} {claim.about}")
    if size:
        yield ReportedNumber(False, size, f"{claim.about}, {group_of(claim)}")
    if n := whole_number(claim.n):
        yield ReportedNumber(False, n, claim.group)


@remembered
def implied_numbers(claims: Claims) -> tuple[tuple[int, str], ...]:
    """Numbers of patients that a count with its percentage implies, where only one does."""
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
    """The counts together of the groups that the name of a group lists; None of fewer than two."""
    about, group, *rest = subject_of(claim)
    group_counts = [
        count
        for name, count in _counts_by_group(claims).get((about, *rest), {}).items()
        if name in group and name != group and re.search(rf"\b{re.escape(name)}\b", group)
    ]
    return sum(group_counts) if len(group_counts) > 1 else None


@remembered
def _counts_by_group(claims: Claims) -> dict[tuple[object, ...], dict[str, int]]:
    """The counts of one thing by the group that has it."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for (about, group, *rest), count in counts_of(claims).items():
        if count is not None:
            found.setdefault((about, *rest), {})[group] = count
    return found


_OF_ANALYSIS = re.compile(r"evaluable|assessable|assessed|analy[sz]ed|treated|enrolled|measured")


def fits_other_patients(claim: Claim, found: PercentOfN, claims: Claims) -> bool:
    """Whether a printed number of patients, other than the size of the group, gives a percentage.

    With its count told: any number of patients. Without: only those that an analysis is of, and
    those left without the patients not evaluable; too many other numbers would fit by chance.
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
    """The part of some numbers, in order, that can give a percentage of a count: near 100 k / p."""
    if not count:
        return sizes
    span = any_rounding(percent)
    low, high = (end if isinstance(end, float) else Fraction(end) for end in (span.low, span.high))
    first = bisect.bisect_left(sizes, HUNDRED * count / high) if high > 0 else len(sizes)
    last = bisect.bisect_right(sizes, HUNDRED * count / low) if low > 0 else len(sizes)
    return sizes[first:last]


@remembered
def _sizes_of_analyses(claims: Claims, any_count: bool) -> dict[str, Numbers]:
    """By group the counts that an analysis can be of, in order; every count where any can."""
    found: dict[str, set[int]] = {}
    for each in claims:
        size = number(each) if each.kind == "count" and not each.grade else None
        if size and (any_count or _OF_ANALYSIS.search(each.about)):
            found.setdefault(group_of(each), set()).add(size)
    return {group: tuple(sorted(sizes)) for group, sizes in found.items()}
