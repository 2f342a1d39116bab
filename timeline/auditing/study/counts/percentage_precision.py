"""One fraction printed as two percentages, and percentages with too many decimals."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    counts_of,
    shared_verdict,
    subject_of,
    total_of,
)
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Concern, Rule, Severity
from timeline.auditing.study.counts.partitions import FORCED, is_forced
from timeline.auditing.study.counts.percentages import why_not_a_share
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.percentages import precision, same_fraction


def check_same_fractions(claims: Claims) -> Iterator[Verdict]:
    """One fraction of patients is printed as one percentage everywhere (K06)."""
    counts = counts_of(claims)
    known: dict[Fraction, list[Claim]] = {}
    for claim in claims:
        total = total_of(claim, claims) if claim.kind == "percent" else None
        count = counts.get(subject_of(claim))
        if total and count is not None and claim.printed and not why_not_a_share(claim):
            known.setdefault(Fraction(count, total), []).append(claim)
    for share, several in known.items():
        one_each = list({claim.printed: claim for claim in reversed(several)}.values())
        for one, other in itertools.combinations(reversed(one_each), 2):
            if one.about != other.about and one.printed and other.printed:
                forced = one.place == other.place and any(
                    is_forced(each, claims) for each in (one, other)
                )
                yield from _same_fraction(share, one, other, forced=forced)


def _same_fraction(share: Fraction, one: Claim, other: Claim, *, forced: bool) -> Iterator[Verdict]:
    if one.printed is None or other.printed is None:
        return
    found = same_fraction([one.printed, other.printed])
    if found.fit.value == Conclusion.CONTRADICTED and one.printed.unit == other.printed.unit:
        description = (
            f"printed {one.text} % for {one.about} and {other.text} % for {other.about}; "
            f"both are the share {share}"
        )
        conclusion = Conclusion.POSSIBLE if forced else Conclusion.CONTRADICTED
        yield from shared_verdict([one, other], conclusion, description, (FORCED,) * forced)


def check_decimals(claims: Claims) -> Iterator[Verdict]:
    """Percentages with more decimals than their number of patients supports (K45).

    This is no error: the first such percentage has one verdict for all of them.
    """
    found: list[tuple[Claim, str]] = []
    for claim in claims:
        total = total_of(claim, claims) if claim.kind == "percent" and claim.n else None
        if claim.printed is None or total is None or why_not_a_share(claim):
            continue
        decimals = precision(claim.printed, total)
        if decimals.excess > 1:
            share = one_patient_percent(total)
            description = f"printed {claim.text} %; of {total} patients each is {share} %"
            found.append(
                (claim, f"{description}, which {_decimals_text(decimals.needed)} can show")
            )
    for claim, description in found[:1]:
        others = tuple(each for each, _ in found[1:])
        more = f"; so are {len(others)} more of the report" if others else ""
        yield Verdict(claim, Conclusion.POSSIBLE, description + more, others=others)


def one_patient_percent(total: int) -> str:
    """One patient of a total in percent, with two significant digits."""
    return f"{100 / total:.2g}"


def _decimals_text(places: int) -> str:
    return {0: "a whole number", 1: "one decimal"}.get(places, f"{places} decimals")


RULES = (
    Rule(
        id="K06",
        concern=Concern.FORM,
        checks="one fraction, printed in two ways",
        formula="equal k / n with the same decimals are the same percentage",
        severity=Severity.WARNING,
        source="rounding",
        example_fail="10 of 15 as 66.6 % in one line and 66.7 % in another",
        example_ok="3 of 15 as 20.0 % and as 20 %",
        check=check_own(check_same_fractions),
        yields=True,
    ),
    Rule(
        id="K45",
        checks="decimals of a percentage against the number of patients",
        formula="decimals beyond the first with a unit below 100 / n",
        severity=Severity.NOTE,
        source="Cole 2015, Arch Dis Child 100:608, doi:10.1136/archdischild-2014-307149",
        example_fail="46.667 % of 15, where one patient is 6.7 %",
        example_ok="46.7 % of 15",
        check=check_own(check_decimals),
        yields=True,
    ),
)
