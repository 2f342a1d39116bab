"""Printed figures of one patient, each once, whatever the number of places that print it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.patient.durations.conventions import CONVENTIONS, STATED, in_days
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.durations import days_per
from timeline.core.span import NEVER_BEGAN, Number, Span
from timeline.report.claims import Claim
from timeline.terminology.endpoints import family

BY_DAYS = (STATED, *(each for each in CONVENTIONS if not each.by_name))
ENDED_BY = family("PFS", "TTP")  # times to the progression of a line


@attrs.frozen
class PrintedFigure:
    """A verdict on a duration, and the further claims that print the same figure."""

    verdict: Verdict
    others: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        return self.verdict.claim


def printed_figures(evidence: Evidence, *rules: str) -> Iterator[PrintedFigure]:
    """What some rules said of each printed figure, the first place of several."""
    seen: dict[str, list[Verdict]] = {}
    for verdict in evidence.given_by(*rules):
        seen.setdefault(str(verdict.claim), []).append(verdict)
    for first, *more in seen.values():
        yield PrintedFigure(first, tuple(each.claim for each in more))


def days_of(claim: Claim) -> Span | None:
    """The days that a printed time stands for; None where it is no number or has no unit."""
    if claim.printed is None or not claim.unit:
        return None
    return in_days(claim.printed.span, days_per(claim.unit))


def lenient_range(claim: Claim) -> Span | None:
    """The days it stands for if rounded, cut or raised to the next unit, one end day or both."""
    days = days_of(claim)
    if days is None or claim.printed is None:
        return None
    slack = claim.printed.unit / 2 * days_per(claim.unit)
    return Span(_moved(days.low, -slack - 1), _moved(days.high, slack))


def least_days(claim: Claim) -> Number:
    """The fewest days that a printed time stands for under any convention of months."""
    if claim.printed is None or claim.printed.span.low == NEVER_BEGAN:
        return NEVER_BEGAN
    found = [each.wanted(claim.printed, claim.unit).low for each in BY_DAYS]
    if claim.unit == "months" and claim.printed.unit == 1:
        # counted by the names of the months: 31 December to 1 May are six of them
        found.append(days_per("months") * (Fraction(claim.printed.span.low) - 2))
    return min(found)


def _moved(end: Number, by: Fraction) -> Number:
    return end if isinstance(end, float) else max(Fraction(0), end + by)
