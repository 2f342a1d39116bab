"""All printed times of one patient at once: whether the days of the record allow them together."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.patient.case_network import (
    NETWORK_SOURCE,
    in_words,
    moment_of,
    network_of,
    number,
    reported,
)
from timeline.auditing.patient.durations.conventions import BY_NAME
from timeline.auditing.patient.durations.printed_durations import BY_DAYS
from timeline.auditing.patient.treatment.cycles import span_of_cycles
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.calendar.durations import days_per, range_text
from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.core.temporal_network import Constraint, Network, whole_days
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.report.claims import Claim
from timeline.results.statuses import days_and_months
from timeline.terminology.endpoints import rows_of

USED_RULES = ("C01", "C27", "C12")  # the rules on the figures that are statements of the network


@attrs.frozen(kw_only=True)
class JointFeasibility:
    """The days of a case as a network, and the printed figures that are possible by themselves."""

    network: Network
    printed: tuple[tuple[Claim, Constraint], ...]

    @functools.cached_property
    def whole(self) -> Network:
        """The network with every printed figure as a statement."""
        return self.network.plus(statement for _, statement in self.printed)

    def conflict(self) -> tuple[tuple[Claim, ...], tuple[Constraint, ...]]:
        """The claims, and all the statements, that leave no day; empty where all are possible."""
        found = self.whole.conflict()
        if found is None:
            return (), ()
        claims = tuple(claim for claim, each in self.printed if each in found.statements)
        return claims, found.statements

    def days_without(self, claim: Claim, case: Case) -> Span | None:
        """The days between the moments of a claim by the dates and all other statements.

        None where they are not bounded, where they contradict one another, or where the claim is
        no time.
        """
        own = next((each for other, each in self.printed if other is claim), None)
        if own is None or claim.kind == "count":
            return None
        rest = self.network.plus(each for other, each in self.printed if other is not claim)
        if not rest.is_consistent:
            return None
        keys = (own.early, own.late)
        early, late = ((case.events[k[0]], k[1]) for k in keys if isinstance(k, tuple))
        left = rest.distance(own.early, own.late) & case.days_between(early, late)
        return left if left is not None and left.is_bounded else None

    def loosened(self) -> JointFeasibility:
        """The same with all days that any way to round and to count a printed time allows.

        Each by itself: one report may count one of its times in months of 30 days, and another
        by the names of the months.
        """
        printed = ((claim, _loosened(claim, each)) for claim, each in self.printed)
        return attrs.evolve(self, printed=tuple(printed))


def _loosened(claim: Claim, statement: Constraint) -> Constraint:
    if claim.printed is None or claim.kind == "count":
        return statement
    days = _in_any_convention(claim.printed, claim.unit)
    return attrs.evolve(statement, low=days.low, high=days.high) if days else statement


@functools.lru_cache(maxsize=4096)
def _in_any_convention(figure: Printed, unit: str) -> Span | None:
    """The whole days that a printed time allows in any way to round and to count them."""
    ways = [each.printed_days(figure, unit) for each in BY_DAYS]
    if unit == "months" and figure.unit == 1:
        ways += [_by_name(figure.span, added) for added in BY_NAME.values()]
    return whole_days(functools.reduce(Span.hull, ways))


def _by_name(months: Span, added: int) -> Span:
    """Days between two dates whose months, counted by name, are so many."""
    month = days_per("months")
    whole = months + Span(-1 - added, 1 - added)
    return Span(_times(whole.low, month) - 3, _times(whole.high, month) + 3)


def _times(end: Number, days: Fraction) -> Number:
    return end if isinstance(end, float) else end * days


def joint_feasibility(evidence: Evidence) -> JointFeasibility | None:
    """A network of every event that took place, and each figure that is possible by itself.

    Durations, intervals and numbers of cycles that are contradicted by themselves are left out;
    a figure that is printed in several places is stated once. None without a patient.
    """
    derived = evidence.derived
    if derived is None:
        return None
    statements: dict[tuple[object, ...], tuple[Claim, Constraint]] = {}
    for verdict in evidence.verdicts_of(*USED_RULES):
        found = _statement(derived, verdict)
        if found is not None:
            key = (found.early, found.late, found.low, found.high)
            statements.setdefault(key, (verdict.claim, found))
    network = evidence.once(reported)
    if network is None or not network.is_consistent:  # rule C03 reports an event after the report
        network = network_of(derived)
    return JointFeasibility(network=network, printed=tuple(statements.values()))


def _statement(derived: DerivedCase, verdict: Verdict) -> Constraint | None:
    claim = verdict.claim
    if verdict.conclusion not in (Conclusion.AGREES, Conclusion.POSSIBLE):
        return None
    if claim.kind == "count":
        return _cycles(derived, claim)
    alternatives = verdict.outcome.alternatives if verdict.outcome else ()
    if len(alternatives) != 1 or claim.printed is None:  # of several, which one holds is open
        return None
    days = whole_days(claim.printed.span, days_per(claim.unit))
    if days is None:
        return None
    origin, end = alternatives[0].origin, alternatives[0].end
    early, late = moment_of(derived, origin), moment_of(derived, end)
    if early == late:  # two cycles of one treatment: the days between them are as planned
        return None
    days -= end.offset - origin.offset
    more = _counts_both_days(derived, claim)
    return Constraint(str(claim), early, late, days.low - more, days.high - more, claim.place)


def _counts_both_days(derived: DerivedCase, claim: Claim) -> int:
    """1 where the first and the last day of an endpoint both count, as of exposure; else 0."""
    both = any(row.both_days for row in rows_of(claim.endpoint))
    return int(both and derived.settings.exposure_plus_one)


def _cycles(derived: DerivedCase, claim: Claim) -> Constraint | None:
    """A number of cycles as the fewest days from the start of a treatment to its end."""
    found = span_of_cycles(claim, derived)
    if found is None:
        return None
    treatment, days = found
    at = number(derived, treatment)
    description = f"{claim} of {treatment.cycle}"
    return Constraint(description, (at, "start"), (at, "end"), days, None, claim.place)


def check_conflicts(evidence: Evidence, *, intervals: bool) -> Iterator[Verdict]:
    """One verdict, on the first of the claims in conflict: intervals alone, or any figures.

    Contradicted where no way to count months and to round times resolves the conflict.
    """
    found = evidence.once(joint_feasibility, *USED_RULES)
    derived = evidence.derived
    if found is None or derived is None:
        return
    claims, statements = found.conflict()
    if not claims or all(claim.kind == "interval" for claim in claims) is not intervals:
        return
    certain = found.network.is_consistent and not found.loosened().whole.is_consistent
    own = next((each for claim, each in found.printed if claim is claims[0]), None)
    others = [in_words(derived, each) for each in statements if each != own]
    unless = "" if certain else "rounded or counted in another way they fit"
    if len(claims) > 1:
        texts = "; ".join(in_words(derived, each) for each in statements)
        description = f"each is possible alone, but together they leave no possible day: {texts}"
        description += f"; {unless}" * bool(unless)
    else:
        description = f"printed {claims[0].figure}; {_fits(others, certain=certain)}"
    conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
    recorded = _fits(others, certain=certain)
    left = found.days_without(claims[0], derived.case) if len(claims) == 1 else None
    if left is None:
        yield Verdict(claims[0], conclusion, description, others=claims[1:], recorded=recorded)
        return
    expected = _in_its_unit(left, claims[0])
    given = days_and_months(left)
    description += f"; without it they give {given}" + f", {expected}" * (expected not in given)
    yield Verdict(claims[0], conclusion, description, expected=expected, recorded=recorded)


def _fits(others: list[str], *, certain: bool) -> str:
    """That a figure does not fit what else is stated, or fits only as it is seldom counted."""
    if certain:
        return f"not possible together with {_and(others)}"
    return f"fits {_and(others)} only if it is rounded or counted in another way"


_MOST_NAMED = 3


def _and(texts: list[str]) -> str:
    """Texts with ``and`` between them; of many the first ones, and how many more there are."""
    shown, more = texts[:_MOST_NAMED], len(texts) - _MOST_NAMED
    return " and ".join([*shown, *([f"{more} more"] if more > 0 else [])])


def _in_its_unit(days: Span, claim: Claim) -> str:
    """Days in the unit of a printed time: ``7.21 to 8.99 years``."""
    size = days_per(claim.unit)
    return f"{range_text(Span(days.low / size, days.high / size), 2)} {claim.unit}"


RULES = (
    Rule(
        id="C04",
        joint=True,
        checks="all printed durations and numbers of cycles of a patient at once, with the dates",
        formula="some choice of days makes all the printed figures and all dates on record true",
        severity=Severity.ERROR,
        source=NETWORK_SOURCE,
        example_fail="two times, each possible alone, that need two days for one event",
        example_ok="figures that are compatible in a third of the assignments",
        check=partial(check_conflicts, intervals=False),
        uses=USED_RULES,
    ),
    Rule(
        id="C28",
        checks="times between events, such as 'N months later', against one another and the dates",
        formula="some choice of days makes all the printed times and all dates on record true",
        severity=Severity.ERROR,
        source=NETWORK_SOURCE,
        example_fail="three months to a scan, and two more to another that is dated four months on",
        example_ok="two intervals whose sum is the third",
        check=partial(check_conflicts, intervals=True),
        uses=USED_RULES,
    ),
)
