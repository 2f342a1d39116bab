"""Percentages against the counts and denominators printed with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import (
    ALL,
    RESPONSES,
    Claims,
    Counts,
    check_own,
    counts_of,
    group_by,
    group_of,
    numbers,
    shared_verdict,
    size_of,
    subject_of,
    total_of,
)
from timeline.auditing.claims.qualifiers import has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Concern, Rule, Severity
from timeline.auditing.study.counts.partitions import FORCED, is_forced
from timeline.auditing.study.counts.percentage_search import (
    MOST_PATIENTS,
    explain_percent,
    smallest_n,
)
from timeline.auditing.study.counts.percentage_text import (
    description_of,
    expected_text,
    known_count,
    recorded_text,
    shares_that_fit,
)
from timeline.auditing.study.counts.printed_counts import (
    MOST_REPORTED,
    count_of_groups,
    fits_other_patients,
    percentages_of_n,
    reported_numbers,
)
from timeline.auditing.verdict import Explanation, Verdict, not_checkable
from timeline.core.calendar.durations import rounded
from timeline.report.claims import ENDPOINTS_CLAIMED, Claim
from timeline.statistics.percentages import HUNDRED, PercentOfN, denominators, implied

GRIM = "GRIM with percentages: Brown and Heathers 2017, doi:10.1177/1948550616673876"

RESPONSE_RATES = ("ORR", "DCR", "CBR")
_RATE_OVER_TIME = re.compile(
    rf"\b(?:{'|'.join(ENDPOINTS_CLAIMED)}|survival|surviving|event-free|at [0-9]+)\b|"
    r"\b[0-9]+[- ](?:week|month|year)s?\b"
)


def why_not_a_share(claim: Claim) -> str:
    """Why a percentage need not be k / n: it is a survival rate or weighted. Otherwise empty."""
    weighted = has_qualifier(claim, "weighted")
    if weighted:
        return weighted.description
    if claim.about in (*RESPONSES, *RESPONSE_RATES):
        return ""
    of_time = claim.at or claim.of in ENDPOINTS_CLAIMED or _RATE_OVER_TIME.search(claim.about)
    return "a rate over time need not be a share of the patients" if of_time else ""


def check_percentages(claims: Claims) -> Iterator[Verdict]:
    """Every percentage with a known denominator, and its count where printed (K01)."""
    for claim, found in _tested_percentages(claims):
        if found is None:
            yield not_checkable(claim, why_not_a_share(claim))
        elif not found.only_truncated:
            yield _check_percentage(claim, found, claims)


def check_truncation(claims: Claims) -> Iterator[Verdict]:
    """Percentages that truncation reproduces and rounding does not (K02)."""
    for claim, found in _tested_percentages(claims):
        if found is not None and found.only_truncated:
            notes = ["reproduced by cutting further digits off, not by rounding"]
            notes += [FORCED] if is_forced(claim, claims) else []
            description, conclusion = description_of(claim, found), Conclusion(found.fit.value)
            yield Verdict(
                claim,
                conclusion,
                description,
                notes=tuple(notes),
                recorded=recorded_text(found),
                expected=expected_text(found),
            )


def _tested_percentages(claims: Claims) -> Iterator[tuple[Claim, PercentOfN | None]]:
    """Each percentage with a known denominator; None where it need not be k / n."""
    counts = counts_of(claims)
    for claim, found in percentages_of_n(claims):
        if claim.n or _is_share_of_patients(claim, counts):
            yield claim, None if why_not_a_share(claim) else found


def _is_share_of_patients(claim: Claim, counts: Counts) -> bool:
    """Whether a percentage without a denominator is certainly a share of patients."""
    known = claim.about in (*RESPONSES, *RESPONSE_RATES)
    return known or bool(claim.among) or subject_of(claim) in counts


def _check_percentage(claim: Claim, found: PercentOfN, claims: Claims) -> Verdict:
    conclusion, description = Conclusion(found.fit.value), description_of(claim, found)
    if conclusion is Conclusion.AGREES:
        return Verdict(claim, conclusion, description)
    explained, tried = explain_percent(claim, found, claims)
    known = known_count(claim, found, claims)
    shares = shares_that_fit(claim, known, explained)
    # Without a printed denominator, all patients of the group are only assumed to be it.
    if not claim.n and fits_other_patients(claim, found, claims):
        conclusion = Conclusion.POSSIBLE
    return Verdict(
        claim,
        conclusion,
        description,
        notes=tuple(_notes(claim, found, claims, explained, tried)),
        explanations=explained,
        tried=tried,
        recorded=recorded_text(found, known, shares),
        expected=expected_text(found, known, shares),
    )


_EXPLANATIONS_SHOWN = 3  # explanations named in a note; the JSON has all


def _notes(
    claim: Claim,
    found: PercentOfN,
    claims: Claims,
    explained: tuple[Explanation, ...],
    tried: int,
) -> Iterator[str]:
    """The best explanations, the number tried, and the smallest denominator that fits."""
    if found.fit.value == Conclusion.POSSIBLE:
        yield "reproduced by rounding up, not to the nearest"
    in_groups = count_of_groups(claim, claims) if found.count is None else None
    if in_groups is not None and in_groups <= found.n:
        share = rounded(Fraction(HUNDRED * in_groups, found.n), 1)
        yield f"the groups named have {in_groups} together: of {found.n}, {share} %"
    least = smallest_n(claim.printed) if claim.printed and not found.counts else None
    all_patients, k = size_of(claims), found.count
    if all_patients and k is not None and all_patients != found.n and group_of(claim) != ALL:
        yield f"{k} of all {all_patients} are {rounded(Fraction(HUNDRED * k, all_patients), 1)} %"
    if least:
        yield f"{claim.text} % cannot be a share of fewer than {least} patients"
    best = [each.description for each in explained if each.tier == explained[0].tier][
        :_EXPLANATIONS_SHOWN
    ]
    if best:
        yield f"reproduced by {'; by '.join(best)}"
    more = len(reported_numbers(claims, group_of(claim))) > MOST_REPORTED
    only = f"; of the numbers of patients printed, the first {MOST_REPORTED} were tried" * more
    yield f"{len(explained)} of {tried} other interpretations tried reproduce it{only}"


def check_denominators(claims: Claims) -> Iterator[Verdict]:
    """The denominators that reproduce all percentages of one group that has none (K03)."""
    counts = counts_of(claims)
    shares = [
        claim
        for claim in claims
        if claim.kind == "percent"
        and claim.printed is not None
        and claim.printed.span.is_bounded
        and _is_share_of_patients(claim, counts)
        and total_of(claim, claims) is None
        and not why_not_a_share(claim)
    ]
    for (group, _), several in group_by(shares, lambda each: (group_of(each), each.place)).items():
        most = size_of(claims) if group != ALL else None
        yield from _check_denominator(several, counts, most)


def _check_denominator(several: list[Claim], counts: Counts, most: int | None) -> Iterator[Verdict]:
    known = [counts.get(subject_of(claim)) for claim in several]
    known_counts = [k for k in known if k is not None]
    counted = len(known_counts) == len(several) and any(known_counts)
    if most is None and not counted:
        why = "no number of patients is printed to compare the percentage with"
        yield from (not_checkable(claim, why) for claim in several)
        return
    percentages = numbers(several)
    found = (
        implied(percentages, known_counts)
        if counted
        else denominators(percentages, most or MOST_PATIENTS)
    )
    printed_text = ", ".join(
        f"{claim.text} %" + (f" for {k}" if k is not None else "")
        for claim, k in zip(several, known, strict=True)
    )
    fitting = ", ".join(map(str, found.fitting[:4])) + (", .." if found.fitting[4:] else "")
    description = f"printed {printed_text}; {fitting or 'no number of patients'} would give " + (
        "it" if len(several) == 1 else "them all"
    )
    yield from shared_verdict(several, Conclusion(found.fit.value), description)


RULES = (
    Rule(
        id="K01",
        reproduces=True,
        checks="a percentage against its count and denominator",
        formula="100 k / n rounds to the printed value; possible where only rounding up gives it",
        severity=Severity.ERROR,
        source=GRIM,
        example_fail="42.2 % for 3 of 7, which is 42.9 %",
        example_ok="46.7 % for 7 of 15",
        check=check_own(check_percentages),
    ),
    Rule(
        id="K02",
        concern=Concern.FORM,
        reproduces=True,
        checks="percentages that are truncated, not rounded",
        formula="100 k / n without its further digits is the printed value",
        severity=Severity.WARNING,
        source="rounding rules of R scrutiny, unround",
        example_fail="66.6 % for 10 of 15 (possible: truncated)",
        example_ok="66.7 % for 10 of 15",
        check=check_own(check_truncation),
    ),
    Rule(
        id="K03",
        checks="percentages without a printed denominator: which one reproduces them all",
        formula="some n of 1 to N with a whole k for every percentage",
        severity=Severity.WARNING,
        source=GRIM,
        example_fail="18.2 % and 75 % of a subgroup of at most 43",
        example_ok="18.2 % and 75 % of a subgroup of at most 47: 44 gives both",
        check=check_own(check_denominators),
        yields=True,
    ),
)
