"""Words of comparison, such as longer or superior, against the figures compared."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import Claims, group_of, in_days
from timeline.auditing.claims.qualifiers import assessed
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.printed_numbers import Printed
from timeline.core.span import Span
from timeline.report.claims import DURATIONS, ENDPOINTS_CLAIMED, TIMES, Claim
from timeline.report.printed_statistics import DIRECTIONS, OF_BENEFIT
from timeline.statistics.rounding import Consistency, not_above, worst

_HIGHER_IS_BETTER = (*ENDPOINTS_CLAIMED, "ORR", "DCR", "CBR", "rate")


def check_comparisons(evidence: Evidence) -> Iterator[Verdict]:
    """Longer, lower or superior agrees with the two figures compared (K43)."""
    for claim in evidence.own:
        if claim.kind == "word":
            yield _check_comparison(claim, evidence.report.claims)


def check_comparisons_of_study(claims: Claims) -> Iterator[Verdict]:
    """The same check on the claims of one cited study (K40)."""
    for claim in claims:
        if claim.kind == "word":
            yield _check_comparison(claim, claims)


def _check_comparison(claim: Claim, claims: Claims) -> Verdict:
    if claim.text.lower() in OF_BENEFIT and claim.about not in _HIGHER_IS_BETTER:
        return not_checkable(
            claim, "the report does not show which direction of this figure is better"
        )
    of_study = [c for c in claims if c.kind != "word" and claim.about in (c.kind, c.about)]
    ones = [c for c in of_study if (c.study, group_of(c)) == (claim.study, group_of(claim))]
    others = [
        c
        for c in of_study
        if (c.study == claim.study and c.group == claim.than) or c.study == claim.than
    ]
    pairs = [(one, other) for one in ones for other in others if _comparable(one, other)]
    if not pairs:
        return not_checkable(claim, "the two figures compared are not both printed")
    direction = DIRECTIONS[claim.text.lower()]
    fits = [_compare_figures(one, other, direction) for one, other in pairs]
    fit = worst(fits)
    if (
        fit is Consistency.CONTRADICTED
        and claim.text.lower() in OF_BENEFIT
        and _has_hazard_ratio_below_1(claim, claims)
    ):
        fit = Consistency.POSSIBLE  # the word can refer to the hazard ratio instead of the medians
    one, other = pairs[0]
    description = f"printed {claim.text}; {one.text} against {other.text} {one.unit} ({claim.than})"
    compared = f"{one.text} against {other.text} {one.unit}".rstrip()
    return Verdict(
        claim,
        Conclusion(fit.value),
        description,
        others=(one, other),
        recorded=f"{compared} ({claim.than})",
        expected=f"not {claim.text}" if fit is Consistency.CONTRADICTED else "",
    )


def _has_hazard_ratio_below_1(claim: Claim, claims: Claims) -> bool:
    """Whether a hazard ratio of the same comparison is printed that lies below 1."""
    return any(
        each.kind == "HR"
        and each.about == claim.about
        and (each.study, group_of(each)) == (claim.study, group_of(claim))
        and each.printed is not None
        and each.printed.span.high < 1
        for each in claims
    )


def _comparable(one: Claim, other: Claim) -> bool:
    same = (one.kind, one.statistic, str(one.at)) == (other.kind, other.statistic, str(other.at))
    same = same and assessed(one) == assessed(other)
    units = one.unit == other.unit or (one.unit in TIMES and other.unit in TIMES)
    return same and units and one.printed is not None and other.printed is not None


def _compare_figures(one: Claim, other: Claim, direction: int) -> Consistency:
    if one.printed is None or other.printed is None:
        return Consistency.NOT_CHECKABLE
    spans = [one.printed.span, other.printed.span]
    if one.unit != other.unit:
        spans = [_in_days(each, each.printed) for each in (one, other) if each.printed]
    lower, higher = spans if direction < 0 else spans[::-1]
    if one.printed.value is not None and one.printed.value == other.printed.value:
        exact = one.unit == other.unit and one.kind in ("count", "events")
        return Consistency.CONTRADICTED if exact else Consistency.POSSIBLE
    return not_above(lower, higher)


def _in_days(claim: Claim, number: Printed) -> Span:
    if claim.unit in TIMES and claim.kind in DURATIONS:
        return in_days(number.span, claim.unit)
    return number.span


RULES = (
    Rule(
        id="K43",
        reproduces=True,
        checks="longer, lower, superior: against the figures compared",
        formula="the sign of the difference is that of the word",
        severity=Severity.ERROR,
        source="after the decision errors of statcheck, doi:10.3758/s13428-015-0664-2",
        example_fail="superior, with a median of 2.2 against 2.6 months",
        example_ok="longer, with 6.27 against 1.47 months",
        check=check_comparisons,
    ),
)
