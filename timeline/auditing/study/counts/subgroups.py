"""Subgroups and arms against all patients."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from timeline.auditing.claims.cohort import (
    ALL,
    RESPONSES,
    Claims,
    Counts,
    check_own,
    counts_of,
    group_by,
    group_of,
    number,
    shared_verdict,
    size_claims,
    size_of,
    stated_size,
    whole_number,
)
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.number_text import number_text
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.response_rates import subgroup_residual

# Arms named by a letter or a number exclude each other; two other names can be of one arm.
_ARM = re.compile(r"arm (?:[a-z]|[0-9]|i{1,3}|iv)", re.IGNORECASE)


def check_arms(claims: Claims) -> Iterator[Verdict]:
    """The counts of the arms at one place add up to at most the count of all (K08)."""
    counts = [
        c for c in claims if c.kind == "count" and (c.group == ALL or _ARM.fullmatch(c.group))
    ]
    for several in group_by(counts, _subject_of_count).values():
        yield from _sums_above_total(several, number, "")
    for several in group_by(counts, lambda each: each.place).values():
        yield from _sums_above_total(several, lambda each: whole_number(each.n), "n ")


def _subject_of_count(claim: Claim) -> tuple[object, ...]:
    of = (claim.place, claim.about, claim.grade, claim.statistic)
    return (*of, claim.criterion, claim.of, claim.at, claim.line, claim.unit, assessed(claim))


def _sums_above_total(
    several: list[Claim], count: Callable[[Claim], int | None], named: str
) -> Iterator[Verdict]:
    """A sum of two or more arms that exceeds the number of all patients."""
    numbers = {
        group: {count(each) for each in those}
        for group, those in group_by(several, lambda each: each.group).items()
    }
    if ALL not in numbers or len(numbers) < 3 or any(len(n) > 1 for n in numbers.values()):
        return
    known = {group: n for group, those in numbers.items() for n in those if n is not None}
    most, arms = known.get(ALL), {group: n for group, n in known.items() if group != ALL}
    if most is None or sum(arms.values()) <= most:
        return
    first = list({each.group: each for each in reversed(several)}.values())[::-1]
    added = " + ".join(f"{n} ({group})" for group, n in arms.items())
    description = f"printed {named}{added} = {sum(arms.values())}, and {most} of all"
    yield from shared_verdict(first, Conclusion.CONTRADICTED, description)


def check_group_sizes(claims: Claims) -> Iterator[Verdict]:
    """The size of a group is the count of the part that it is (K08)."""
    groups = dict.fromkeys(group_of(claim) for claim in claims if group_of(claim) != ALL)
    for group in groups:
        sizes = size_claims(claims).get(group, [])
        distinct = list({stated_size(claim, group): claim for claim in reversed(sizes)}.values())
        if len({claim.about for claim in distinct}) > 1:
            sizes_text = ", ".join(f"{claim.text} [{claim.place}]" for claim in reversed(distinct))
            description = f"printed size of {group}: {sizes_text}"
            yield from shared_verdict(distinct[::-1], Conclusion.CONTRADICTED, description)


def check_subgroups(claims: Claims) -> Iterator[Verdict]:
    """The counts of subgroups leave no negative remainder of all patients (K08)."""
    counts = counts_of(claims)
    total = size_of(claims)
    groups = {group_of(claim) for claim in claims} - {ALL}
    yield from _check_within_total(claims, groups)
    if len({claim.criterion for claim in claims if claim.about in RESPONSES}) > 1:
        return  # responses by two criteria cannot be added
    parts: dict[str, set[str]] = {}
    for claim in claims:
        parts.setdefault(claim.among, set()).add(claim.about)
    for among in filter(None, parts):
        subgroups = sorted(groups & parts[among])
        sizes = {group: size_of(claims, group) for group in subgroups}
        if subgroups and total is not None and None not in sizes.values():
            yield from _check_residual(claims, counts, total, {g: n for g, n in sizes.items() if n})


def _check_within_total(claims: Claims, groups: set[str]) -> Iterator[Verdict]:
    """No subgroup has a higher count than all patients (K08)."""
    parts = {c.about for c in claims if c.among and c.about in groups} & groups
    totals = {
        (c.about, c.grade, c.criterion, c.of, assessed(c)): c
        for c in claims
        if c.kind == "count" and group_of(c) == ALL and number(c) is not None
    }
    for claim in claims:
        assessment = assessed(claim)
        total = totals.get((claim.about, claim.grade, claim.criterion, claim.of, assessment))
        k = number(claim) if claim.kind == "count" and group_of(claim) in parts else None
        if k is not None and total is not None and k > (number(total) or 0):
            description = f"printed {claim.text} of {claim.group}, {total.text} of all"
            yield from shared_verdict([total, claim], Conclusion.CONTRADICTED, description)


def _check_residual(
    claims: Claims,
    counts: Counts,
    total: int,
    sizes: dict[str, int],
) -> Iterator[Verdict]:
    """The best responses of all patients less those of the subgroups."""
    of_all = [counts.get((name, ALL, (), ())) for name in RESPONSES]
    names = [name for name, count in zip(RESPONSES, of_all, strict=True) if count is not None]
    if not names or not any((name, group, (), ()) in counts for name in names for group in sizes):
        return
    rows = [[counts.get((name, group, (), ())) or 0 for name in names] for group in sizes]
    found = subgroup_residual(
        [count for count in of_all if count is not None], rows, total, list(sizes.values())
    )
    rest = ", ".join(f"{name} {k}" for name, k in zip(names, found.rest, strict=True))
    outside = f"the {number_text(found.n, 'patient')} outside the subgroups {', '.join(sizes)}"
    description = f"left for {outside}: {rest}"
    subgroup_claims = [
        claim
        for claim in claims
        if claim.kind == "count" and claim.about in names and group_of(claim) in sizes
    ]
    yield from shared_verdict(subgroup_claims, Conclusion(found.fit.value), description)


RULES = (
    Rule(
        id="K08",
        checks="subgroups against all patients, and their sizes against the counts of their parts",
        formula="each count of all minus those of the subgroups, or arms, is not negative",
        severity=Severity.ERROR,
        source="counting",
        example_fail="PR 1 of all, and PR 1 in each of two subgroups",
        example_ok="SD 10 of all, 7 and 2 in two subgroups: 1 is left",
        check=check_own(check_subgroups, check_group_sizes, check_arms),
        yields=True,
    ),
)
