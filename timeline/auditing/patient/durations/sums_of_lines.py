"""The printed times to progression of lines in a row, against the time there was for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.patient.case_network import moment_of, number, recorded
from timeline.auditing.patient.durations.printed_figures import ENDED_BY, least_days
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.durations import days_per
from timeline.core.span import Span
from timeline.core.temporal_network import Network
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line
from timeline.report.claims import Claim
from timeline.results.statuses import Outcome, days_and_months


@attrs.frozen
class _PrintedTime:
    """A line, what is printed of its time to progression, and what the dates make of it."""

    line: Line
    claim: Claim
    outcome: Outcome


def check_sums(evidence: Evidence) -> Iterator[Verdict]:
    """Every run of lines with a printed time each."""
    derived = evidence.derived
    lines = derived.case.lines if derived else ()
    told = [each for line in lines if (each := _printed_time(evidence, line)) is not None]
    network = evidence.once(recorded) if len(told) > 1 else None
    if derived is None or network is None:
        return
    for first, last in itertools.combinations(range(len(told)), 2):
        verdict = _sum(told[first : last + 1], derived, network)
        if verdict is not None:
            yield verdict


def _printed_time(evidence: Evidence, line: Line) -> _PrintedTime | None:
    derived = evidence.derived
    for claim in evidence.patients:
        if claim.kind in ENDED_BY and claim.line == line.number and claim.printed and derived:
            outcome = derived.outcome(claim.endpoint, line.number, claim.judged_by or None)
            if outcome is not None and outcome.elapsed is not None:
                return _PrintedTime(line, claim, outcome)
    return None


def _sum(run: list[_PrintedTime], derived: DerivedCase, network: Network) -> Verdict | None:
    """None where the prints, as rounded, fit into the time from first start to last end."""
    start, end = run[0].line.start.start.span, run[-1].outcome.end
    ended = run[-1].outcome.event is True  # else it may have gone on beyond the record
    if not ended or end is None or not start.is_bounded or not end.span.is_bounded:
        return None
    there = (end.span - start).high
    at_least = sum((_rounded(each.claim) for each in run), Fraction(0))
    if at_least <= there:
        return None
    claims = [each.claim for each in run]
    description = (
        f"{' and '.join(map(str, claims))}: at least "
        f"{days_and_months(Span.point(round(at_least)))} in all as rounded; "
        f"from the start of line {run[0].line.number} to {end.description} there are at most "
        f"{days_and_months(Span.point(there))}"
    )
    least = sum(least_days(claim) for claim in claims)
    certain = least > there and _in_turn(run, derived, network)
    description += "" if certain else "; counted otherwise, or where lines overlap, they may fit"
    conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
    return Verdict(claims[-1], conclusion, description, others=tuple(claims[:-1]))


def _rounded(claim: Claim) -> Fraction:
    """The least that a print stands for by its own digits, in days; nought where it names none."""
    low = claim.printed.span.low if claim.printed else 0
    return Fraction(0) if isinstance(low, float) else low * days_per(claim.unit)


def _in_turn(run: list[_PrintedTime], derived: DerivedCase, network: Network) -> bool:
    """Whether each line surely progressed before the next one began."""
    if network.conflict() is not None:
        return False
    for one, other in itertools.pairwise(run):
        end = one.outcome.end
        if one.outcome.event is not True or end is None:
            return False
        key = number(derived, other.line.start), "start"
        if network.distance(moment_of(derived, end), key).low < 0:
            return False
    return True


RULES = (
    Rule(
        id="C06",
        checks="the printed times to progression of lines in a row against the time for them",
        formula="the sum of the least that they round from is at most the last end less the first "
        "start; contradicted where it is more by any convention of months, and each line "
        "progressed before the next",
        severity=Severity.WARNING,
        source="counting",
        example_fail="5.0 and 6.5 months, at least 4.95 + 6.45 = 11.4, within at most 11.33",
        example_ok="5 and 6.5 months, at least 4.5 + 6.45 = 10.95, within the same",
        check=check_sums,
        yields=True,
    ),
)
