"""Numbers at risk against the patients, the rates and the medians of the same curve."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import Claims, check_own, group_of, in_days, total_of
from timeline.auditing.claims.qualifiers import Assessment, assessed, has_qualifier
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.times.survival_claims import landmarks, medians_of
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.report.printed_statistics import many
from timeline.statistics.survival.survival_checks import risk_table

_OF_RESPONDERS = ("DoR",)  # the curve starts with responders only


def check_numbers_at_risk(claims: Claims) -> Iterator[Verdict]:
    """Numbers at risk start with all patients and never rise (K49)."""
    for claim in claims:
        if claim.kind != "at-risk" or has_qualifier(claim, "delayed entry"):
            continue
        at_risk = numbers_of(claim)
        if claim.at and len(claim.at.values) != len(at_risk):
            description = f"{len(at_risk)} numbers at {len(claim.at.values)} times"
            yield not_checkable(claim, description)
            continue
        total = total_of(claim, claims)
        found = risk_table(at_risk, at_risk[0])
        conclusion, start = _check_start(claim, at_risk[0], total)
        description = f"printed {claim.text}" + (f" of {total}" if total else "")
        faults = [*start, *found.faults]
        description += f": {'; '.join(faults)}" if faults else ""
        yield Verdict(claim, Conclusion.CONTRADICTED if found.faults else conclusion, description)


def numbers_of(claim: Claim) -> list[int]:
    """The numbers of a row of patients at risk."""
    return [int(each.value) for each in many(claim.value) if each.value is not None]


def _check_start(claim: Claim, first: int, total: int | None) -> tuple[Conclusion, list[str]]:
    """The first number against the patients; fewer are an error if the row has its own n."""
    later = claim.at is not None and claim.at.values[0] > 0
    fewer_may_be = later or (claim.of in _OF_RESPONDERS and not claim.n)
    if total is None or first == total or (first < total and fewer_may_be):
        return Conclusion.AGREES, []
    certain = first > total or (claim.n and not has_qualifier(claim, "after events"))
    return Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE, [
        f"starts at {first}, not at {total}"
    ]


def check_rates_and_numbers(claims: Claims) -> Iterator[Verdict]:
    """Survival is at least the share at risk at any later time (K49).

    S(t) >= S(u) >= R(u) / n for u after t, where R(u) counts those still at risk at u. A number at
    the very time of the rate may still include those who have the event then, so none is compared.
    """
    for row in (each for each in claims if each.kind == "at-risk" and each.at):
        later = _shares_at_risk(row, claims)
        if not later or has_qualifier(row, "delayed entry"):
            continue
        for claim in landmarks(claims):
            at = claim.at
            same = _is_of(claim, row) and claim.of == row.of
            if at and same and row.at and row.at.unit == at.unit:
                yield from _check_rate(claim, row, at.values[0], later)
        median = medians_of(claims, assessed(row)).get((row.of, group_of(row)))
        if median and row.at and _is_of(median, row) and median.unit == row.at.unit:
            yield from _check_median(median, row, later)


def _is_of(claim: Claim, row: Claim) -> bool:
    """Whether a figure and a row of numbers at risk are of the same patients."""
    same_n = not (claim.n and row.n) or claim.n == row.n
    return group_of(claim) == group_of(row) and same_n and _definition(claim) == _definition(row)


def _definition(claim: Claim) -> tuple[str, Assessment]:
    return claim.criterion, () if claim.of == "OS" or claim.kind == "OS" else assessed(claim)


_Shares = list[tuple[Fraction, Fraction, str]]  # time, share at risk, description


def _shares_at_risk(row: Claim, claims: Claims) -> _Shares:
    """The share of all patients at risk at each time."""
    at_risk, times = numbers_of(row), row.at.values if row.at else ()
    total = total_of(row, claims) if row.of not in _OF_RESPONDERS or row.n else None
    known = total or (at_risk[0] if at_risk and times and times[0] == 0 else 0)
    n = max(known, at_risk[0] if at_risk else 0)
    if not known or len(times) != len(at_risk):
        return []
    pairs = zip(times, at_risk, strict=True)
    return [(time, Fraction(k, n), f"{k} of {n} at risk at {time}") for time, k in pairs]


def _check_rate(claim: Claim, row: Claim, at: Fraction, shares: _Shares) -> Iterator[Verdict]:
    """A rate against the largest share at risk at a later time."""
    unit = claim.at.unit if claim.at else ""  # its month can differ from that of the text
    first = in_days(Span.point(at), unit).high
    later = [
        (share, words)
        for time, share, words in shares
        if in_days(Span.point(time), unit).low > first
    ]
    share, words = max(later, default=(Fraction(0), ""))
    if claim.printed is None or not later:
        return
    low = claim.printed.span.high < 100 * share - claim.printed.unit  # the rate can be truncated
    description = f"printed {claim.text} % at {claim.at}; {words} {row.at.unit if row.at else ''}"
    if low:
        yield Verdict(claim, Conclusion.CONTRADICTED, description, others=(row,))


def _check_median(median: Claim, row: Claim, shares: _Shares) -> Iterator[Verdict]:
    """A reached median with more than half of the patients at risk after it."""
    value = median.printed
    for time, share, words in shares if value is not None and value.span.is_bounded else ():
        if value is None or share <= Fraction(1, 2):
            continue
        unit = median.unit  # a month of the curve need not be one of the text
        reached = in_days(Span(value.span.low, value.span.high + value.unit), unit).high
        if in_days(Span.point(time), unit).low > reached:
            description = f"printed {median.text} {median.unit}; {words}, more than half"
            yield Verdict(median, Conclusion.CONTRADICTED, description, others=(row,))
            return


RULES = (
    Rule(
        id="K49",
        checks="numbers at risk",
        formula="starts at n, never rises; later numbers / n are no more than the rate or 1/2",
        severity=Severity.ERROR,
        source="Guyot et al. 2012, doi:10.1186/1471-2288-12-9",
        example_fail="15, 9, 10, 2",
        example_ok="15, 9, 4, 2 of 15",
        check=check_own(check_numbers_at_risk, check_rates_and_numbers),
    ),
)
