"""Printed durations of one patient: the days that each allows, and its verdict, once a figure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.durations.conventions import CONVENTIONS, STATED, in_days
from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import days_per
from timeline.core.span import NEVER_BEGAN, Number, Span
from timeline.report.claims import Claim
from timeline.results.statuses import Outcome
from timeline.terminology.endpoints import family

BY_DAYS = (STATED, *(each for each in CONVENTIONS if not each.by_name))
TO_PROGRESSION = family("PFS", "TTP")  # times to the progression of a line


@attrs.frozen
class JudgedDuration:
    """A printed duration with its outcome, the conclusion, and further claims that print it."""

    claim: Claim
    outcome: Outcome
    conclusion: Conclusion
    others: tuple[Claim, ...]

    @property
    def days(self) -> Span | None:
        """The days that the claim allows; None where it is no number or has no unit."""
        return days_of(self.claim)

    def verdict(
        self, conclusion: Conclusion, rest: str, recorded: str = "", expected: str = ""
    ) -> Verdict:
        """The verdict of another rule on the claim; ``rest``: its description after the print."""
        return Verdict(
            self.claim,
            conclusion,
            f"printed {self.claim.figure}{rest}",
            others=self.others,
            recorded=recorded,
            expected=expected,
        )


def judged_durations(evidence: Evidence, *rules: str) -> Iterator[JudgedDuration]:
    """The durations that some rules compared with an outcome, each once: where first printed."""
    found: dict[str, list[Verdict]] = {}
    for verdict in evidence.verdicts_of(*rules):
        found.setdefault(str(verdict.claim), []).append(verdict)
    for first, *more in found.values():
        if first.outcome is not None:
            others = tuple(each.claim for each in more)
            yield JudgedDuration(first.claim, first.outcome, first.conclusion, others)


def days_of(claim: Claim) -> Span | None:
    """The days that a printed time allows; None where it is no number or has no unit."""
    if claim.printed is None or not claim.unit:
        return None
    return in_days(claim.printed.span, days_per(claim.unit))


def lenient_range(claim: Claim) -> Span | None:
    """The days it allows if rounded, cut or raised to the next unit, with one end day or both."""
    days = days_of(claim)
    if days is None or claim.printed is None:
        return None
    slack = claim.printed.unit / 2 * days_per(claim.unit)
    return Span(_shifted(days.low, -slack - 1), _shifted(days.high, slack))


def least_days(claim: Claim) -> Number:
    """The fewest days that a printed time allows under any convention of months."""
    if claim.printed is None or claim.printed.span.low == NEVER_BEGAN:
        return NEVER_BEGAN
    found = [each.printed_days(claim.printed, claim.unit).low for each in BY_DAYS]
    if claim.unit == "months" and claim.printed.unit == 1:
        # counted by the names of the months: 31 December to 1 May are six of them
        found.append(days_per("months") * (Fraction(claim.printed.span.low) - 2))
    return min(found)


def _shifted(end: Number, by: Fraction) -> Number:
    """A number of days shifted, and not below 0; an open end is unchanged."""
    return end if isinstance(end, float) else max(Fraction(0), end + by)
