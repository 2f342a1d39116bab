"""Ratios against their limits and p values, the medians, and the reduction of risk."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import Claims, check_own, group_of, possible_days
from timeline.auditing.claims.qualifiers import assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.estimates.confidence_limits import level_of
from timeline.auditing.study.estimates.repairs import repair_note
from timeline.auditing.study.times.survival_claims import medians_of
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import rounded
from timeline.core.printed_numbers import DEFAULT_ROUNDING, Printed
from timeline.core.span import Span
from timeline.report.claims import RATIOS, Claim
from timeline.statistics.intervals import FAR, TIMES, HazardRatio, hazard_ratio
from timeline.statistics.percentages import risk_reduction
from timeline.statistics.rounding import Consistency


def check_ratios(claims: Claims) -> Iterator[Verdict]:
    """A ratio, its limits and its p value are consistent (K22)."""
    for claim in claims:
        both = claim.ci.both if claim.ci else None
        if claim.kind not in RATIOS or not both or claim.printed is None:
            continue
        bounded = [claim.printed, *both, *([claim.p] if claim.p else [])]
        if all(each.span.is_bounded for each in bounded[:3]) and both[0].span.high > 0:
            yield _ratio(claim, claim.printed, both)


def _ratio(claim: Claim, ratio: Printed, both: tuple[Printed, Printed]) -> Verdict:
    found = hazard_ratio(ratio, *both, claim.p, level_of(claim))
    p = f"; p {claim.p}" if claim.p else ""
    description = f"printed {claim.text} ({claim.ci}){p}"
    middle = math.sqrt(float(both[0].value or 0) * float(both[1].value or 0))
    if not found.symmetric:
        note = f"the middle of the limits on the log scale is {middle:.3g}"
        row = has_qualifier(claim, "resampled")
        certain = not (found.exact or row)
        repair = repair_note(claim)
        notes = (note, repair) if certain and repair else (note,)
        notes = notes if certain else (note, row.description if row else _EXACT_LIMITS)
        conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
        return Verdict(claim, conclusion, description, notes=notes)
    if claim.p is None or "two-sided" in found.sides:
        return Verdict(claim, Conclusion.AGREES, description, notes=(_p_value_text(found),))
    conclusion, note = _p_value(claim, claim.p, found)
    return Verdict(claim, conclusion, description, notes=(f"{_p_value_text(found)}{note}",))


_EXACT_LIMITS = "exact or penalised limits of few events can be so asymmetric"


def _p_value_text(found: HazardRatio) -> str:
    low, high = (float(end) for end in (found.p.low, found.p.high))
    return f"ratio and limits give p {max(0.0, low):.2g} to {min(1.0, high):.2g}"


# How far the z of a log-rank, stratified or adjusted test may lie from that of the limits: no
# source gives a bound. A decision changed by less is what two tests of one comparison may do.
_OTHER_TEST_Z = 0.5


def _p_value(claim: Claim, p: Printed, found: HazardRatio) -> tuple[Conclusion, str]:
    """The conclusion and note on a p value that differs from that of ratio and limits."""
    other = has_qualifier(claim, "other question")
    if other:
        return Conclusion.AGREES, f"; {other.description}"
    gap, times = found.apart
    against = (-found.p.divided_by(Fraction(2)) + 1).overlaps(p.span)  # for the opposite side
    if "one-sided" in found.sides or against:
        conclusion = Conclusion.AGREES if has_qualifier(claim, "one-sided") else Conclusion.POSSIBLE
        return conclusion, "; reproduced by a one-sided test"
    if found.decision.value == Conclusion.CONTRADICTED and gap > _OTHER_TEST_Z:
        return Conclusion.CONTRADICTED, ": interval and p value disagree on significance"
    if gap > FAR and times > TIMES:
        return (
            Conclusion.CONTRADICTED,
            f": its z is {times:.2g} times that of the limits, or they of it",
        )
    return Conclusion.POSSIBLE, "; a log-rank or stratified test can differ"


def check_medians_and_ratios(claims: Claims) -> Iterator[Verdict]:
    """A hazard ratio against the ratio of the medians (K23): a note, never an error."""
    for claim in claims:
        if claim.kind != "HR" or claim.printed is None or not claim.than:
            continue
        medians = medians_of(claims, assessed(claim))
        pair = [medians.get((claim.about, group)) for group in (group_of(claim), claim.than)]
        known = [each for each in pair if each and each.printed and each.printed.value]
        if len(known) == 2:
            yield _check_medians(claim, claim.printed, *known)


def _check_medians(claim: Claim, ratio: Printed, treated: Claim, control: Claim) -> Verdict:
    """The group with the longer median has the lower hazard, unless the curves cross."""
    own, other = (
        possible_days(each.printed, each.unit) for each in (treated, control) if each.printed
    )
    expected = (other.low + other.high) / (own.low + own.high)
    description = (
        f"printed {claim.text}; the medians, {control.text} to {treated.text}, would give "
        f"{float(expected):.2f} if both curves fell at a constant rate"
    )
    above, below = ratio.span.low > 1, ratio.span.high < 1
    apart = (above and other.high < own.low) or (below and own.high < other.low)
    conclusion = Conclusion.POSSIBLE if apart else Conclusion.AGREES
    notes = (_REVERSED,) if apart else ()
    return Verdict(claim, conclusion, description, notes=notes, others=(treated, control))


_REVERSED = "on the other side of 1: possible only if the curves cross or the groups are exchanged"


def check_risk_reductions(claims: Claims) -> Iterator[Verdict]:
    """A reduction of risk is 100 (1 - ratio) (K24)."""
    ratios = [c for c in claims if c.kind in RATIOS and c.printed]
    for claim in claims:
        if claim.kind != "risk-reduction" or claim.printed is None:
            continue
        compared = [
            (compare_reduction(claim.printed, each.printed), each)
            for each in ratios
            if each.printed and (each.about, group_of(each)) == (claim.about, group_of(claim))
        ]
        if compared:  # of several ratios, such as an interim one, the best fit
            fit, ratio = min(compared, key=lambda each: _BY_SEVERITY.index(each[0]))
            description = f"printed {claim.text} %; the {ratio.kind} is printed {ratio.text}"
            value = ratio.printed.value if ratio.printed else None
            wrong = fit is Consistency.CONTRADICTED and value is not None
            expected = f"{rounded(100 - 100 * (value or 0), 1)} %" if wrong else ""
            yield Verdict(
                claim, Conclusion(fit.value), description, others=(ratio,), expected=expected
            )


_BY_SEVERITY = (Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED)


def compare_reduction(reduction: Printed, ratio: Printed) -> Consistency:
    """A risk reduction against a ratio; a ratio above 1 is also inverted for the other group."""
    found = risk_reduction(reduction, ratio)
    # The ratio is rounded as well: it is enough that the two ranges overlap.
    fits = [Consistency.AGREES if DEFAULT_ROUNDING in found.roundings else found.fit]
    if ratio.value is not None and ratio.value > 1 and ratio.span.low > 0:
        other = Span(100 - 100 / Fraction(ratio.span.low), 100 - 100 / Fraction(ratio.span.high))
        fits.append(
            Consistency.POSSIBLE if other.overlaps(reduction.span) else Consistency.CONTRADICTED
        )
    return min(fits, key=_BY_SEVERITY.index)


RULES = (
    Rule(
        id="K22",
        checks="a ratio, its limits and its p value",
        formula="ln ratio = (ln L + ln U) / 2 within 0.2 (half width)^2; p = 2 (1 - Phi(|z|))",
        severity=Severity.ERROR,
        source="Altman and Bland 2011, doi:10.1136/bmj.d2304",
        example_fail="HR 0.55 (0.44 to 0.70) with p 0.2",
        example_ok="HR 0.55 (0.44 to 0.70) with p < 0.001",
        check=check_own(check_ratios),
    ),
    Rule(
        id="K23",
        checks="a hazard ratio against the ratio of the medians",
        formula="median of control / median of treated, with constant rates; on one side of 1",
        severity=Severity.NOTE,
        source="exponential survival; never an error, because curves can cross",
        example_fail="HR 1.64 of A than B, with 9.8 months in A and 6.1 in B (possible)",
        example_ok="HR 0.33 with 6.27 against 1.47 months",
        check=check_own(check_medians_and_ratios),
        yields=True,
    ),
    Rule(
        id="K24",
        reproduces=True,
        checks="a reduction of risk against its ratio",
        formula="100 (1 - ratio)",
        severity=Severity.ERROR,
        source="arithmetic",
        example_fail="reduced by 45 %, HR 0.65",
        example_ok="reduced by 67 %, HR 0.33",
        check=check_own(check_risk_reductions),
    ),
)
