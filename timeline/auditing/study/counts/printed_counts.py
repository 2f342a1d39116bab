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
MOST_TOLD = 200  # of the numbers of patients that a report tells, the first so many are tried


@remembered
def weighed(claims: Claims) -> tuple[tuple[Claim, PercentOfN], ...]:
    """Each percentage of known patients, and what their number makes of it."""
    counts = counts_of(claims)
    told = ((each, total_of(each, claims)) for each in claims if each.kind == "percent")
    return tuple(
        (claim, percent_of_n(claim.printed, total, counts.get(subject_of(claim))))
        for claim, total in told
        if claim.printed and total is not None
    )


Numbers = tuple[int, ...]


@remembered
def _all_failing(claims: Claims) -> dict[tuple[str, int], list[Claim]]:
    found: dict[tuple[str, int], list[Claim]] = {}
    for claim, of_n in weighed(claims):
        if of_n.fit.value != Conclusion.AGREES:
            found.setdefault((group_of(claim), of_n.n), []).append(claim)
    return found


def failing(claims: Claims, group: str, n: int) -> list[Claim]:
    """The percentages of a group that its number of patients does not give."""
    return _all_failing(claims).get((group, n), [])


def fewer_tried(n: int) -> range:
    """The smaller numbers of patients that are tried, the fewest left out first."""
    return range(n - 1, max(0, n - 1 - MOST_TRIED), -1)


@remembered
def fewer_that_fit(claims: Claims, group: str, n: int) -> Numbers:
    """Those of them that give all percentages of a group which the number printed does not."""
    spans = {each.printed.span for each in failing(claims, group, n) if each.printed}
    return tuple(
        other for other in fewer_tried(n) if all(counts_within(span, other) for span in spans)
    )


@attrs.frozen
class InCommon:
    """The numbers of patients that several counts and their percentages have in common."""

    fitting: Numbers
    counted: int


@remembered
def in_common(claims: Claims, group: str, n: int) -> InCommon:
    """What the failing percentages of a group have in common; nothing of fewer than two."""
    counts = counts_of(claims)
    told = failing(claims, group, n)
    pairs = [
        (each.printed, k) for each in told if each.printed and (k := counts.get(subject_of(each)))
    ]
    if len(pairs) < 2:
        return InCommon((), len(pairs))
    found = implied([percent for percent, _ in pairs], [k for _, k in pairs])
    fitting = tuple(found.fitting[:MOST_TOLD]) if found.fit.value == Conclusion.AGREES else ()
    return InCommon(fitting, len(pairs))


_NOT_COUNTED = re.compile(
    r"\b(?:NE|not evalua\w+|non-?evalua\w+|inevaluable|unevaluable|missing|unknown|lost|withdr\w+|"
    r"exclu\w+|not assess\w+|unassess\w+|not analy[sz]\w+)\b",
    re.IGNORECASE,
)


@attrs.frozen
class Told:
    """A number of patients that a report tells, or a number of patients left out, by its name."""

    left_out: bool
    n: int
    name: str


@remembered
def _told_by_group(claims: Claims) -> dict[str, list[tuple[int, Told]]]:
    """The first numbers that are told of each group, each once, with the places of the claims."""
    found: dict[str, dict[tuple[bool, int], tuple[int, Told]]] = {}
    for place, claim in enumerate(claims):
        known = found.setdefault(group_of(claim), {})
        for told in _told_by(claim) if len(known) <= MOST_TOLD else ():
            known.setdefault((told.left_out, told.n), (place, told))
    return {group: list(known.values()) for group, known in found.items()}


@remembered
def numbers_told(claims: Claims, group: str) -> tuple[Told, ...]:
    """The first numbers that may stand under a figure of a group: its own, and those of all.

    The patients of a subgroup are no denominator of the whole, nor of another. One more than
    ``MOST_TOLD`` where there are more.
    """
    by_group = _told_by_group(claims)
    own = [by_group.get(each, []) for each in dict.fromkeys((ALL, group))]
    found: dict[tuple[bool, int], Told] = {}
    for _, told in heapq.merge(*own, key=lambda each: each[0]):
        found.setdefault((told.left_out, told.n), told)
    return tuple(found.values())[: MOST_TOLD + 1]


def _told_by(claim: Claim) -> Iterator[Told]:
    """The numbers of patients that one claim tells."""
    counted = claim.kind == "count" and not claim.grade
    size = number(claim) if counted and not has_qualifier(claim, "more than one each") else None
    if size and _NOT_COUNTED.search(claim.about):
        yield Told(True, size, f"without the {size} {claim.about}")
    if size:
        yield Told(False, size, f"{claim.about}, {group_of(claim)}")
    if n := whole_number(claim.n):
        yield Told(False, n, claim.group)


@remembered
def numbers_implied(claims: Claims) -> tuple[tuple[int, str], ...]:
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
    told = [
        count
        for whose, count in _by_group(claims).get((about, *rest), {}).items()
        if whose in group and whose != group and re.search(rf"\b{re.escape(whose)}\b", group)
    ]
    return sum(told) if len(told) > 1 else None


@remembered
def _by_group(claims: Claims) -> dict[tuple[object, ...], dict[str, int]]:
    """The counts of one thing by the group that has it."""
    found: dict[tuple[object, ...], dict[str, int]] = {}
    for (about, whose, *rest), count in counts_of(claims).items():
        if count is not None:
            found.setdefault((about, *rest), {})[whose] = count
    return found


_OF_ANALYSIS = re.compile(r"evaluable|assessable|assessed|analy[sz]ed|treated|enrolled|measured")


def of_other_patients(claim: Claim, found: PercentOfN, claims: Claims) -> bool:
    """Whether a printed number of patients, other than the size of the group, gives a percentage.

    With its count told: any number of patients. Without: only those that an analysis is of, and
    those left without the patients not evaluable; too many other numbers would fit by chance.
    """
    percent, k = claim.printed, found.count
    if percent is None:
        return False
    sizes = _sizes_of_analyses(claims, k is not None)
    told = [_could_give(percent, k, sizes.get(each, ())) for each in {ALL, group_of(claim)}]
    missing = counts_of(claims).get(("NE", group_of(claim), (), assessed(claim)))
    others = {*itertools.chain(*told), *([found.n - missing] if missing else [])}
    fits = (percent_of_n(percent, n, k).roundings for n in others if max(k or 0, 1) <= n != found.n)
    return any(fits)


def _could_give(percent: Printed, count: int | None, sizes: Numbers) -> Numbers:
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
