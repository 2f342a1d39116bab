"""The printed times to progression of consecutive lines against the time that contains them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.case_network import moment_of, number, recorded
from timeline.auditing.patient.durations.printed_durations import TO_PROGRESSION, least_days
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import days_per
from timeline.core.span import Span
from timeline.core.temporal_network import Network
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line
from timeline.report.claims import Claim
from timeline.results.statuses import Outcome, days_and_months


@attrs.frozen
class _PrintedTime:
    """A line with its printed time to progression and the outcome that the dates give."""

    line: Line
    claim: Claim
    outcome: Outcome


def check_sums(evidence: Evidence) -> Iterator[Verdict]:
    """Every run of two or more of the lines with a printed time each."""
    derived = evidence.derived
    if derived is None:
        return
    found = (_printed_time(evidence, derived, line) for line in derived.case.lines)
    times = [each for each in found if each is not None]
    network = evidence.once(recorded) if len(times) > 1 else None
    if network is None:
        return
    for first, last in itertools.combinations(range(len(times)), 2):
        verdict = _check_sum(times[first : last + 1], derived, network)
        if verdict is not None:
            yield verdict


def _printed_time(evidence: Evidence, derived: DerivedCase, line: Line) -> _PrintedTime | None:
    for claim in evidence.patients:
        if claim.kind in TO_PROGRESSION and claim.line == line.number and claim.printed:
            outcome = derived.outcome(claim.endpoint, line.number, claim.judged_by or None)
            if outcome is not None and outcome.elapsed is not None:
                return _PrintedTime(line, claim, outcome)
    return None


def _check_sum(run: list[_PrintedTime], derived: DerivedCase, network: Network) -> Verdict | None:
    """None where the prints, as rounded, fit into the time from first start to last end."""
    start, end = run[0].line.start.start.span, run[-1].outcome.end
    ended = run[-1].outcome.event is True  # else it may have gone on beyond the record
    if not ended or end is None or not start.is_bounded or not end.span.is_bounded:
        return None
    available = (end.span - start).high
    at_least = sum((_least_rounded(each.claim) for each in run), Fraction(0))
    if at_least <= available:
        return None
    claims = [each.claim for each in run]
    description = (
        f"{' and '.join(map(str, claims))}: at least "
        f"{days_and_months(Span.point(round(at_least)))} in all as rounded; "
        f"from the start of line {run[0].line.number} to {end.description} there are at most "
        f"{days_and_months(Span.point(available))}"
    )
    least = sum(least_days(claim) for claim in claims)
    certain = least > available and _in_turn(run, derived, network)
    description += "" if certain else "; counted otherwise, or where lines overlap, they may fit"
    conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
    return Verdict(claims[-1], conclusion, description, others=tuple(claims[:-1]))


def _least_rounded(claim: Claim) -> Fraction:
    """The fewest days that a printed time is rounded from; 0 where it has no lower bound."""
    low = claim.printed.span.low if claim.printed else 0
    return Fraction(0) if isinstance(low, float) else low * days_per(claim.unit)


def _in_turn(run: list[_PrintedTime], derived: DerivedCase, network: Network) -> bool:
    """Whether each line certainly progressed before the next one began."""
    if network.conflict() is not None:
        return False
    for earlier, later in itertools.pairwise(run):
        end = earlier.outcome.end
        if earlier.outcome.event is not True or end is None:
            return False
        start = number(derived, later.line.start), "start"
        if network.distance(moment_of(derived, end), start).low < 0:
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
