"""P values against the mean, spread and number of two groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.auditing.claims.cohort import ALL, Claims, check_own, group_by, group_of, total_of
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.printed_numbers import Printed
from timeline.report.claims import Claim
from timeline.statistics.comparisons.two_means import TESTS, Group, TwoMeans, two_means
from timeline.statistics.intervals import normal_gap

_T_TEST = re.compile(r"\bt[- ]?tests?\b|\bstudent|\bwelch", re.IGNORECASE)
# Tests that cannot be recomputed from mean, SD and n of two groups.
_NOT_FROM_MEANS = re.compile(
    r"\bpaired|\bmatched|mann|wilcoxon|rank|kruskal|non-?parametric|adjust|\bancova|regress|model|"
    r"\bmixed|bootstrap|permutation|bonferroni|corrected|chi|fisher|log-?rank|interaction|trend|"
    r"\banova\b",
    re.IGNORECASE,
)
FAR_FROM_T_TEST = 3.0  # in z: a rank test is not expected to differ more from a t test


def check_two_means(claims: Claims) -> Iterator[Verdict]:
    """A p value against mean, spread and number of the two groups (K53)."""
    means = [each for each in claims if _is_mean(each)]
    for claim in claims:
        p = claim.printed if claim.kind == "p" else claim.p if _is_mean(claim) else None
        pair = (
            _means_compared(claim, means)
            if p and not _NOT_FROM_MEANS.search(_test_words(claim))
            else ()
        )
        groups = [_group_of_mean(each, claims) for each in pair]
        known = [each for each in groups if each is not None]
        if p and len(known) == 2:
            yield _check_means(claim, p, pair, known)


def _is_mean(claim: Claim) -> bool:
    mean = claim.kind == "mean" or claim.statistic == "mean"
    spread = claim.sd or claim.se
    return bool(mean and claim.printed and spread and claim.printed.span.is_bounded)


def _test_words(claim: Claim) -> str:
    return f"{claim.about} {claim.note}"


def _means_compared(claim: Claim, means: list[Claim]) -> tuple[Claim, ...]:
    """The means of the two groups that a p value compares; empty where there are not two.

    The groups are those that it names, or the only two groups with a mean of the same subject.
    """
    same = [each for each in means if _is_mean_of(each, claim)]
    by_group = group_by(same, group_of)
    groups = [group_of(claim), claim.than] if claim.than else [*by_group]
    if len(groups) != 2 or (not claim.than and ALL in groups):
        return ()
    candidates = [by_group.get(group, []) for group in groups]
    return tuple(_nearest_mean(each, claim) for each in candidates) if all(candidates) else ()


def _is_mean_of(mean: Claim, claim: Claim) -> bool:
    same = (mean.at, mean.line) == (claim.at, claim.line)
    return same and claim.about in (mean.about, mean.kind)


def _nearest_mean(several: list[Claim], claim: Claim) -> Claim:
    """The claim itself, otherwise one at its place, otherwise the first."""
    return min(several, key=lambda each: (each is not claim, each.place != claim.place))


def _group_of_mean(claim: Claim, claims: Claims) -> Group | None:
    n, spread = total_of(claim, claims), claim.sd or claim.se
    if claim.printed is None or spread is None or not n or n < 2 or not spread.span.is_bounded:
        return None
    error = claim.sd is None or bool(has_qualifier(claim, "standard error"))
    return Group(claim.printed, spread, n, is_error=error)


def _check_means(claim: Claim, p: Printed, pair: tuple[Claim, ...], groups: list[Group]) -> Verdict:
    one, other = groups
    found = two_means(one, other, p)
    shown = ", ".join(
        f"{name} {float(span.low):.2g} to {float(span.high):.2g}"
        for name, span in found.expected[:2]
    )
    means_text = " and ".join(
        _mean_text(each, group) for each, group in zip(pair, groups, strict=True)
    )
    description = f"printed p {p} for {means_text}; {shown}"
    conclusion, notes = _conclusion_on_means(claim, p, groups, found)
    others = tuple(each for each in pair if each is not claim)
    return Verdict(claim, conclusion, description, notes=notes, others=others)


def _mean_text(claim: Claim, group: Group) -> str:
    name = "SE" if group.is_error else "SD"
    return f"{claim.text} ({name} {group.spread}) of {group.n}"


def _conclusion_on_means(
    claim: Claim, p: Printed, groups: list[Group], found: TwoMeans
) -> tuple[Conclusion, tuple[str, ...]]:
    if found.tests:
        both_sides = [name for name in found.tests if name in TESTS]
        sided = has_qualifier(claim, "one-sided") is not None
        conclusion = Conclusion.AGREES if both_sides or sided else Conclusion.POSSIBLE
        return conclusion, (f"reproduced by {', '.join(both_sides or found.tests)}",)
    one, other = (attrs.evolve(each, is_error=True) for each in groups)
    if not all(each.is_error for each in groups) and two_means(one, other, p).tests:
        return Conclusion.POSSIBLE, ("reproduced if the spreads printed are standard errors",)
    if _T_TEST.search(_test_words(claim)):
        return Conclusion.CONTRADICTED, ("no t test of these means gives it",)
    if all(normal_gap(span, p.span) > FAR_FROM_T_TEST for _, span in found.expected):
        return Conclusion.CONTRADICTED, ("far from the p value of every test named",)
    return Conclusion.POSSIBLE, ("a rank test, or a model, can differ",)


RULES = (
    Rule(
        id="K53",
        reproduces=True,
        checks="a p value against mean, spread and number of two groups",
        formula="t = (m1 - m2) / SE, Student and Welch; z; SD or SE",
        severity=Severity.ERROR,
        source="Welch 1947, doi:10.1093/biomet/34.1-2.28; contradicted where a t test is named, "
        "or the z of p lies more than 3 off",
        example_fail="p 0.85, 55 (SD 5) of 50 against 60 (SD 5) of 50, by t test",
        example_ok="p < 0.001 of the same",
        check=check_own(check_two_means),
    ),
)
