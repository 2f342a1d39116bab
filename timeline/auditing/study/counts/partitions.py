"""Counts and percentages of parts that exclude each other, against their whole."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    RESPONSES,
    Claims,
    Counts,
    cached_by_claims,
    check_own,
    counts_of,
    group_by,
    group_of,
    is_zero,
    number,
    numbers,
    shared_verdict,
    subject_of,
    total_of,
    whole_number,
)
from timeline.auditing.claims.qualifiers import QUALIFIERS, Assessment, assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import ROUNDINGS
from timeline.report.claims import Claim
from timeline.statistics.partitions import counts_sum, forced_total, percents_sum

BEST = "best response"
_Partition = tuple[str, str, str, Assessment]


@cached_by_claims
def _parts(claims: Claims, kind: str) -> dict[_Partition, list[Claim]]:
    """The parts of each partition of each group at one place; each part once.

    Where one place prints the same part for two readers, the readers have separate partitions.
    """
    found: dict[_Partition, list[Claim]] = {}
    for claim in claims:
        among = claim.among or (BEST if claim.about in RESPONSES else "")
        if claim.kind == kind and claim.printed and among and not claim.grade:
            found.setdefault((group_of(claim), among, claim.place, ()), []).append(claim)
    every = [each for key, parts in found.items() for each in _by_reader(key, parts)]
    return {key: parts for key, parts in every if len(parts) > 1}


def _by_reader(key: _Partition, parts: list[Claim]) -> Iterator[tuple[_Partition, list[Claim]]]:
    by_assessment = group_by(parts, assessed) if _are_assessed_twice(parts) else {(): parts}
    for assessment, assessed_parts in by_assessment.items():
        yield (
            (*key[:3], assessment),
            list({each.about: each for each in reversed(assessed_parts)}.values())[::-1],
        )


def _are_assessed_twice(parts: list[Claim]) -> bool:
    """Whether one part is printed for two ways of assessment."""
    by_part = group_by(parts, lambda each: each.about).values()
    return any(len({assessed(each) for each in same_part}) > 1 for same_part in by_part)


def _is_complete(parts: list[Claim]) -> bool:
    """Whether the claims state that the parts add up to their whole and all parts are shown."""
    shown = not any(has_qualifier(claim, "not all shown") for claim in parts)
    return shown and all(claim.among for claim in parts)


def _may_overlap(parts: list[Claim]) -> bool:
    """Whether their name or a note states that one patient may be in several parts."""
    row = QUALIFIERS["not exclusive"]
    return any(row.words.search(f"{each.among} {each.note}") for each in parts)


def check_counts_of_parts(claims: Claims) -> Iterator[Verdict]:
    """Counts of mutually exclusive parts add up to their whole (K04)."""
    for (_, among, *_), parts in _parts(claims, "count").items():
        part_counts = [k for k in map(number, parts) if k is not None]
        totals = {total_of(claim, claims) for claim in parts}
        total = totals.pop() if len(totals) == 1 else None
        if total is None or len(part_counts) < len(parts):
            continue
        found = counts_sum(part_counts, total)
        if found.missing < 0 and _may_overlap(parts):
            continue
        description = (
            f"printed {' + '.join(claim.text for claim in parts)} = {found.total}, of {total}"
        )
        if found.missing < 0 or (found.missing and _is_complete(parts)):
            many = "too many" if found.missing < 0 else f"in no part of {among}"
            yield from shared_verdict(
                parts, Conclusion.CONTRADICTED, f"{description}: {abs(found.missing)} {many}"
            )
        elif not found.missing:
            yield from shared_verdict(parts, Conclusion.AGREES, description)


def check_counts_against_n(claims: Claims) -> Iterator[Verdict]:
    """A count is at most its number of patients (K04), unless a patient can be counted twice."""
    for claim in claims:
        k, n = number(claim) if claim.kind in ("count", "events") else None, whole_number(claim.n)
        yield from _check_no_patients(claim)
        if k and n and k > n and not has_qualifier(claim, "more than one each"):
            description = f"printed {claim.text}, of {n}"
            yield Verdict(claim, Conclusion.CONTRADICTED, description)


def _check_no_patients(claim: Claim) -> Iterator[Verdict]:
    """Of 0 patients, every count is 0 and no percentage is above 0."""
    counted = claim.kind in ("count", "events", "percent") and is_zero(claim.n)
    if counted and claim.printed and claim.printed.span.low > 0:
        unit = " %" if claim.kind == "percent" else ""
        description = f"printed {claim.text}{unit}, of {claim.n} patients"
        yield Verdict(claim, Conclusion.CONTRADICTED, description)


def check_percentages_of_parts(claims: Claims) -> Iterator[Verdict]:
    """Percentages of mutually exclusive parts add up to 100, within rounding (K05)."""
    counts = counts_of(claims)
    for (_, among, place, _), parts in _parts(claims, "percent").items():
        printed = numbers(parts)
        if not all(each.span.is_bounded for each in printed):
            continue
        found = percents_sum(printed)
        low, high = float(found.total.low), float(found.total.high)
        description = f"printed {' + '.join(claim.text for claim in parts)}: {low:g} to {high:g} %"
        if (low > 100 and _may_overlap(parts)) or len({whole_number(each.n) for each in parts}) > 1:
            continue
        if found.fit.value == Conclusion.AGREES:
            note = (FORCED,) if _are_forced(parts, counts) else ()
            yield from shared_verdict(parts, Conclusion.AGREES, description, note)
        elif high >= 100 or (
            _is_complete(parts) and not _has_part_without_percentage(claims, among, place, parts)
        ):
            roundings = [ROUNDINGS[name].description for name in found.roundings]
            notes = (f"reproduced only if {' or '.join(roundings)}",) if roundings else ()
            yield from shared_verdict(parts, Conclusion(found.fit.value), description, notes)


FORCED = "reproduced by moving last digits so that the parts add up to 100 exactly"


def _are_forced(parts: list[Claim], counts: Counts) -> bool:
    """Whether the printed percentages add up to 100 and those of the counts would not."""
    part_counts = [k for claim in parts if (k := counts.get(subject_of(claim))) is not None]
    known = len(part_counts) == len(numbers(parts)) and any(part_counts)
    return known and forced_total(numbers(parts), part_counts)


def is_forced(claim: Claim, claims: Claims) -> bool:
    """Whether a percentage is one of parts that were adjusted to add up to 100."""
    return id(claim) in _forced_percentages(claims)


@cached_by_claims
def _forced_percentages(claims: Claims) -> frozenset[int]:
    """The ids of the percentages of parts that were adjusted to add up to 100."""
    counts = counts_of(claims)
    every = _parts(claims, "percent").values()
    return frozenset(id(part) for parts in every if _are_forced(parts, counts) for part in parts)


def _has_part_without_percentage(
    claims: Claims, among: str, place: str, parts: list[Claim]
) -> bool:
    """Whether the place prints a part with patients but without a percentage."""
    named = {claim.about for claim in parts}
    return bool(_parts_counted(claims).get((among, place), set()) - named)


@cached_by_claims
def _parts_counted(claims: Claims) -> dict[tuple[str, str], set[str]]:
    """The parts with patients that each place counts of each partition."""
    found: dict[tuple[str, str], set[str]] = {}
    for claim in claims:
        if claim.kind == "count" and number(claim):
            found.setdefault((claim.among, claim.place), set()).add(claim.about)
    return found


RULES = (
    Rule(
        id="K04",
        checks="counts of mutually exclusive parts add up to their total; none is above it",
        formula="sum of k = n; each k <= n",
        severity=Severity.ERROR,
        source="counting; 'among' names the partition",
        example_fail="3 + 11 + 2 of 15",
        example_ok="3 + 11 + 1 of 15",
        check=check_own(check_counts_of_parts, check_counts_against_n),
        yields=True,
    ),
    Rule(
        id="K05",
        checks="percentages of mutually exclusive parts add up to 100",
        formula="100 within half a last digit for each part: 99.9 and 100.1 are fine",
        severity=Severity.WARNING,
        source="rounding; forced totals: Mosteller, Youtz and Zahn 1967, doi:10.2307/2060324",
        example_fail="46.7 + 43.3",
        example_ok="26.7 + 26.7 + 20 + 26.7 = 100.1",
        check=check_own(check_percentages_of_parts),
        yields=True,
    ),
)
