"""All printed times of one patient at once: can they stand together, and how tightly?"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

import attrs

from timeline.auditing.compare import DATED, Conclusion, share_in_words
from timeline.auditing.patient.case_network import (
    NETWORK_SOURCE,
    in_words,
    moment_of,
    network_of,
    number,
    reported,
)
from timeline.auditing.patient.durations.conventions import BY_NAME
from timeline.auditing.patient.durations.printed_figures import BY_DAYS
from timeline.auditing.patient.durations.tension import Tension, strongest_tension
from timeline.auditing.patient.treatment.cycles import span_of_cycles
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.durations import days_per
from timeline.core.printed_numbers import Printed
from timeline.core.span import Number, Span
from timeline.core.temporal_network import Constraint, Network, Share, TooVague, whole_days
from timeline.endpoints.derived_case import DerivedCase
from timeline.report.claims import Claim
from timeline.terminology.endpoints import rows_of

TIGHT = Fraction(1, 10)  # below this share the prints ask for a rare choice of days
TENSION = Fraction(1, 2)  # and below this part of what they would have if none bore on another


@attrs.frozen(kw_only=True)
class JointFeasibility:
    """The days of a case as a network, and the printed figures that could be tied to it."""

    network: Network
    printed: tuple[tuple[Claim, Constraint], ...]

    @functools.cached_property
    def whole(self) -> Network:
        """The network with every printed figure as a statement."""
        return self.network.plus(statement for _, statement in self.printed)

    def conflict(self) -> tuple[tuple[Claim, ...], tuple[Constraint, ...]]:
        """The claims, and all the statements, that leave no day; empty where all can stand."""
        found = self.whole.conflict()
        if found is None:
            return (), ()
        claims = tuple(claim for claim, each in self.printed if each in found.statements)
        return claims, found.statements

    def loosened(self) -> JointFeasibility:
        """The same with every printed time as wide as any way to round and to count allows.

        Each by itself: one report may count one of its times in months of 30 days, and another
        by the names of the months.
        """
        printed = ((claim, _loosened(claim, each)) for claim, each in self.printed)
        return attrs.evolve(self, printed=tuple(printed))


def _loosened(claim: Claim, stated: Constraint) -> Constraint:
    if claim.printed is None or claim.kind == "count":
        return stated
    whole = _widest(claim.printed, claim.unit)
    return attrs.evolve(stated, low=whole.low, high=whole.high) if whole else stated


@functools.lru_cache(maxsize=4096)
def _widest(figure: Printed, unit: str) -> Span | None:
    """The whole days of a printed time in every way to round and to count them."""
    ways = [each.wanted(figure, unit) for each in BY_DAYS]
    if unit == "months" and figure.unit == 1:
        ways += [_by_name(figure.span, added) for added in BY_NAME.values()]
    return whole_days(functools.reduce(Span.hull, ways))


def _by_name(months: Span, added: int) -> Span:
    """Days between two dates whose months, counted by name, are so many."""
    named = days_per("months")
    whole = months + Span(-1 - added, 1 - added)
    return Span(_times(whole.low, named) - 3, _times(whole.high, named) + 3)


def _times(end: Number, days: Fraction) -> Number:
    return end if isinstance(end, float) else end * days


_USED_RULES = ("C01", "C27", "C12")  # the rules on the figures that are tied


def joint_feasibility(evidence: Evidence) -> JointFeasibility | None:
    """A network of every event that took place; each figure that stands alone is a statement.

    Durations, intervals and numbers of cycles that are contradicted by themselves are left out;
    a figure that is printed in several places is stated once. None without a patient.
    """
    derived = evidence.derived
    if derived is None:
        return None
    statements: dict[tuple[object, ...], tuple[Claim, Constraint]] = {}
    for verdict in evidence.given_by(*_USED_RULES):
        found = _statement(derived, verdict)
        if found is not None:
            key = (found.early, found.late, found.low, found.high)
            statements.setdefault(key, (verdict.claim, found))
    network = evidence.once(reported)
    if network is None or not network.is_consistent:  # later than the report, perhaps: C03 says so
        network = network_of(derived)
    return JointFeasibility(network=network, printed=tuple(statements.values()))


def _statement(derived: DerivedCase, verdict: Verdict) -> Constraint | None:
    claim = verdict.claim
    if verdict.conclusion not in (Conclusion.AGREES, Conclusion.POSSIBLE):
        return None
    if claim.kind == "count":
        return _cycles(derived, claim)
    alternatives = verdict.outcome.alternatives if verdict.outcome else ()
    if len(alternatives) != 1 or claim.printed is None:  # which one holds is open
        return None
    days = whole_days(claim.printed.span, days_per(claim.unit))
    if days is None:
        return None
    origin, end = alternatives[0].origin, alternatives[0].end
    early, late = moment_of(derived, origin), moment_of(derived, end)
    more = _counts_both_days(derived, claim)
    return Constraint(str(claim), early, late, days.low - more, days.high - more, claim.place)


def _counts_both_days(derived: DerivedCase, claim: Claim) -> int:
    """1 where the first and the last day of an endpoint both count, as of exposure; else 0."""
    both = any(row.both_days for row in rows_of(claim.endpoint))
    return int(both and derived.settings.exposure_plus_one)


def _cycles(derived: DerivedCase, claim: Claim) -> Constraint | None:
    """A number of cycles takes its time from the start of a treatment to its end."""
    least = span_of_cycles(claim, derived)
    if least is None:
        return None
    treatment, days = least
    at = number(derived, treatment)
    description = f"{claim} of {treatment.cycle}"
    return Constraint(description, (at, "start"), (at, "end"), days, None, claim.place)


def check_clashes(evidence: Evidence, *, intervals: bool) -> Iterator[Verdict]:
    """One verdict, on the first of the claims that clash: intervals alone, or any figures.

    Contradicted where they clash however months are counted and times are rounded.
    """
    known = evidence.once(joint_feasibility, *_USED_RULES)
    claims, statements = known.conflict() if known else ((), ())
    if known is None or not claims or _of_intervals(claims) is not intervals:
        return
    certain = known.network.is_consistent and not known.loosened().whole.is_consistent
    derived = evidence.derived
    said = "; ".join(
        in_words(derived, each) if derived else each.description for each in statements
    )
    description = f"each is possible alone, but together they leave no possible day: {said}"
    description += "" if certain else "; with other rounding or counting they are compatible"
    conclusion = Conclusion.CONTRADICTED if certain else Conclusion.POSSIBLE
    yield Verdict(claims[0], conclusion, description, others=claims[1:])


def _of_intervals(claims: tuple[Claim, ...]) -> bool:
    return all(claim.kind == "interval" for claim in claims)


def check_tightness(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict, on the first of the claims concerned, where they hold together but barely."""
    found = evidence.once(joint_feasibility, *_USED_RULES)
    if found is not None and len(found.printed) > 1 and found.whole.is_consistent:
        yield from _tightness(found)


def _tightness(found: JointFeasibility) -> Iterator[Verdict]:
    """Prints that are rare together, and rarer than each being rare by itself explains."""
    claims = [claim for claim, _ in found.printed]
    statements = [statement for _, statement in found.printed]
    try:
        share = _among(found.network, statements).share(statements)
        alone = [_share(found, [each]) for each in statements]
        apart = math.prod(alone, start=Fraction(1))
        rare = share.part < TIGHT and share.part < apart * TENSION
        pull = (
            strongest_tension(statements, alone, lambda two: _share(found, two)) if rare else None
        )
    except (ValueError, TooVague):
        return  # a moment without a first or a last day: no share can be counted
    if rare:
        vague = _has_vague_moment(found.network, statements)
        yield Verdict(
            claims[0],
            Conclusion.POSSIBLE,
            _sentence(share, apart, len(claims), vague=vague),
            others=tuple(claims[1:]),
            share=Fraction(share.part),
            notes=(*_named(pull, claims, vague=vague), *(str(claim) for claim in claims)),
        )


def _share(found: JointFeasibility, statements: list[Constraint]) -> Fraction:
    return Fraction(_among(found.network, statements).share(statements).part)


def _named(pull: Tension | None, claims: list[Claim], *, vague: bool) -> Iterator[str]:
    """The two figures that bear on one another most, in words."""
    if pull is None:
        return
    description = f"most between {claims[pull.first]} and {claims[pull.second]}"
    if not vague:
        description += (
            f": {share_in_words(pull.together)} of the day assignments keep both, "
            f"{share_in_words(pull.apart)} if neither bore on the other"
        )
    yield description


def _has_vague_moment(network: Network, statements: list[Constraint]) -> bool:
    """Whether a moment concerned is vaguer than a month, so that no share of days means much."""
    windows = network.tighten()
    spans = (windows[end] for each in statements for end in (each.early, each.late))
    return any(span.high - span.low >= DATED for span in spans)


def _among(network: Network, statements: list[Constraint]) -> Network:
    """The network seen from the moments that some statements speak of, the others projected out.

    The windows and distances that a network allows are its exact projection (Dechter 1991), so
    a moment that no print concerns does not weigh in the share.
    """
    moments = dict.fromkeys(end for each in statements for end in (each.early, each.late))
    windows = network.tighten()
    ties = [
        Constraint("order and windows", early, late, *_ends(network.distance(early, late)))
        for early, late in itertools.combinations(moments, 2)
    ]
    return Network({moment: windows[moment] for moment in moments}, ties)


def _ends(span: Span) -> tuple[Number, Number]:
    return span.low, span.high


def _sentence(share: Share, apart: Fraction, count: int, *, vague: bool) -> str:
    """That some figures are rarely possible together; in numbers where each date is known."""
    figures = f"the {count} printed figures of this patient"
    if vague:
        return f"{figures} are possible together on few of the days that the record allows"
    return (
        f"{figures} are all possible in {share_in_words(Fraction(share.part))} of the day "
        f"assignments that the record allows; if independent it would be {share_in_words(apart)}"
    )


RULES = (
    Rule(
        id="C04",
        checks="all printed durations and numbers of cycles of a patient at once, with the dates",
        formula="a simple temporal network has no negative circle",
        severity=Severity.ERROR,
        source=NETWORK_SOURCE,
        example_fail="two prints each possible alone, whose shared date would have to be two days",
        example_ok="figures that are compatible in a third of the assignments",
        check=partial(check_clashes, intervals=False),
        uses=_USED_RULES,
    ),
    Rule(
        id="C05",
        checks="how much of what the record allows keeps all printed figures of a patient",
        formula="below 10 % of the day assignments, and below half of the product of the shares of "
        "each print alone",
        severity=Severity.WARNING,
        source=NETWORK_SOURCE + "; counted by bucket elimination, Dechter 1999",
        example_fail="4 and 8 months of two lines that share a month: 7.4 % of the days",
        example_ok="figures that are compatible in a third of the assignments",
        check=check_tightness,
        uses=_USED_RULES,
    ),
    Rule(
        id="C28",
        checks="times between events, such as 'N months later', against one another and the dates",
        formula="a simple temporal network of the printed intervals has no negative circle",
        severity=Severity.ERROR,
        source=NETWORK_SOURCE,
        example_fail="three months to a scan, and two more to another that is dated four months on",
        example_ok="two intervals whose sum is the third",
        check=partial(check_clashes, intervals=True),
        uses=_USED_RULES,
    ),
)
