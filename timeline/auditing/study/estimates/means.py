"""P values against the means, spreads and numbers of the two groups that they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import ALL, Claims, group_by, group_of, total_of
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.compare import Conclusion
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.intervals import normal_gap
from timeline.statistics.two_means import TESTS, Group, TwoMeans, two_means

_T_TEST = re.compile(r"\bt[- ]?tests?\b|\bstudent|\bwelch", re.IGNORECASE)
# Tests that mean, SD and number of two groups do not give.
_OTHER_TEST = re.compile(
    r"\bpaired|\bmatched|mann|wilcoxon|rank|kruskal|non-?parametric|adjust|\bancova|regress|model|"
    r"\bmixed|bootstrap|permutation|bonferroni|corrected|chi|fisher|log-?rank|interaction|trend|"
    r"\banova\b",
    re.IGNORECASE,
)
FAR = 3.0  # of z: so far no rank test of the same values is expected from a t test


def look_at_two_means(claims: Claims) -> Iterator[Verdict]:
    """A p value against mean, spread and number of the two groups (K53)."""
    means = [each for each in claims if _is_mean(each)]
    for claim in claims:
        p = claim.printed if claim.kind == "p" else claim.p if _is_mean(claim) else None
        pair = _pair(claim, means) if p and not _OTHER_TEST.search(_words(claim)) else ()
        groups = [_group(each, claims) for each in pair]
        known = [each for each in groups if each is not None]
        if p and len(known) == 2:
            yield _verdict(claim, p, pair, known)


def _is_mean(claim: Claim) -> bool:
    mean = claim.kind == "mean" or claim.statistic == "mean"
    spread = claim.sd or claim.se
    return bool(mean and claim.printed and spread and claim.printed.span.is_bounded)


def _words(claim: Claim) -> str:
    return f"{claim.about} {claim.note}"


def _pair(claim: Claim, means: list[Claim]) -> tuple[Claim, ...]:
    """The means of the two groups that a p value compares; empty where two are not told.

    Those that it names, else the only two groups of which a mean of the same thing is told.
    """
    same = [each for each in means if _is_of(each, claim)]
    by_group = group_by(same, group_of)
    wanted = [group_of(claim), claim.than] if claim.than else [*by_group]
    if len(wanted) != 2 or (not claim.than and ALL in wanted):
        return ()
    told = [by_group.get(group, []) for group in wanted]
    return tuple(_nearest(each, claim) for each in told) if all(told) else ()


def _is_of(mean: Claim, claim: Claim) -> bool:
    same = (mean.at, mean.line) == (claim.at, claim.line)
    return same and claim.about in (mean.about, mean.kind)


def _nearest(several: list[Claim], claim: Claim) -> Claim:
    """The claim itself, or one of its place, or the first."""
    return min(several, key=lambda each: (each is not claim, each.place != claim.place))


def _group(claim: Claim, claims: Claims) -> Group | None:
    n, spread = total_of(claim, claims), claim.sd or claim.se
    if claim.printed is None or spread is None or not n or n < 2 or not spread.span.is_bounded:
        return None
    error = claim.sd is None or bool(has_qualifier(claim, "standard error"))
    return Group(claim.printed, spread, n, is_error=error)


def _verdict(claim: Claim, p: Printed, pair: tuple[Claim, ...], groups: list[Group]) -> Verdict:
    one, other = groups
    found = two_means(one, other, p)
    shown = ", ".join(
        f"{name} {float(span.low):.2g} to {float(span.high):.2g}"
        for name, span in found.expected[:2]
    )
    told = " and ".join(_told(each, group) for each, group in zip(pair, groups, strict=True))
    description = f"printed p {p} for {told}; {shown}"
    call, notes = _call(claim, p, groups, found)
    others = tuple(each for each in pair if each is not claim)
    return Verdict(claim=claim, call=call, description=description, notes=notes, others=others)


def _told(claim: Claim, group: Group) -> str:
    name = "SE" if group.is_error else "SD"
    return f"{claim.text} ({name} {group.spread}) of {group.n}"


def _call(
    claim: Claim, p: Printed, groups: list[Group], found: TwoMeans
) -> tuple[Conclusion, tuple[str, ...]]:
    if found.tests:
        both_sides = [name for name in found.tests if name in TESTS]
        sided = has_qualifier(claim, "one-sided") is not None
        call = Conclusion.AGREES if both_sides or sided else Conclusion.POSSIBLE
        return call, (f"reproduced by {', '.join(both_sides or found.tests)}",)
    one, other = (attrs.evolve(each, is_error=True) for each in groups)
    if not all(each.is_error for each in groups) and two_means(one, other, p).tests:
        return Conclusion.POSSIBLE, ("reproduced if the spreads printed are standard errors",)
    if _T_TEST.search(_words(claim)):
        return Conclusion.CONTRADICTED, ("no t test of these means gives it",)
    if all(normal_gap(span, p.span) > FAR for _, span in found.expected):
        return Conclusion.CONTRADICTED, ("far from what every test named gives",)
    return Conclusion.POSSIBLE, ("a rank test, or a model, can differ",)
