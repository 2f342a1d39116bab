"""How few of the possible days keep all printed figures together, and which two conflict most."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import DATED, Conclusion, share_in_words
from timeline.auditing.patient.case_network import NETWORK_SOURCE
from timeline.auditing.patient.durations.joint_feasibility import (
    USED_RULES,
    JointFeasibility,
    joint_feasibility,
)
from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.core.temporal_network import Constraint, Network
from timeline.report.claims import Claim

TIGHT = Fraction(1, 10)  # below this share the figures need a rare choice of days
TENSION = Fraction(1, 2)  # and below this part of the share if the figures were independent


@attrs.frozen(kw_only=True)
class Tension:
    """Two figures, by number, and the share of the possible days that keeps both.

    ``independent``: the product of the share of each alone.
    """

    first: int
    second: int
    together: Fraction
    independent: Fraction

    @property
    def ratio(self) -> Fraction:
        """``together`` over ``independent``: below 1 where each figure restricts the other."""
        return self.together / self.independent


def strongest_tension(
    statements: Sequence[Constraint],
    alone: Sequence[Fraction],
    share: Callable[[list[Constraint]], Fraction],
) -> Tension | None:
    """The pair with the lowest ratio, the first of equals.

    Args:
        statements: one for each figure.
        alone: the share of the days that each keeps by itself; those with 0 are left out.
        share: the share of the days that keeps some of them.

    Returns:
        None where no ratio is below 1.
    """
    pairs = [
        Tension(
            first=i,
            second=j,
            together=share([statements[i], statements[j]]),
            independent=alone[i] * alone[j],
        )
        for i, j in itertools.combinations(range(len(statements)), 2)
        if alone[i] and alone[j]
    ]
    found = min(pairs, key=lambda pair: pair.ratio, default=None)
    return found if found is not None and found.ratio < 1 else None


def check_tightness(evidence: Evidence) -> Iterator[Verdict]:
    """Figures that are possible together on few days, fewer than the share of each explains (C05).

    One verdict, on the first of the claims concerned.
    """
    found = evidence.once(joint_feasibility, *USED_RULES)
    if found is None or len(found.printed) < 2 or not found.whole.is_consistent:
        return
    claims = [claim for claim, _ in found.printed]
    statements = [statement for _, statement in found.printed]
    try:
        together = _share(found, statements)
        alone = [_share(found, [each]) for each in statements]
        independent = math.prod(alone, start=Fraction(1))
        if together >= TIGHT or together >= independent * TENSION:
            return
        tension = strongest_tension(statements, alone, lambda pair: _share(found, pair))
    except ValueError:
        return  # a moment is open or too vague: no share can be counted
    vague = _has_vague_moment(found.network, statements)
    strongest = (_tension_text(tension, claims, vague=vague),) if tension is not None else ()
    yield Verdict(
        claims[0],
        Conclusion.POSSIBLE,
        _description(together, independent, len(claims), vague=vague),
        others=tuple(claims[1:]),
        share=together,
        notes=(*strongest, *(str(claim) for claim in claims)),
        recorded=_recorded(tension, claims),
    )


def _share(found: JointFeasibility, statements: list[Constraint]) -> Fraction:
    """The share of the days of the record that keeps some statements."""
    return Fraction(_projected(found.network, statements).share(statements).part)


def _projected(network: Network, statements: list[Constraint]) -> Network:
    """The network of the moments of some statements alone.

    The windows and distances that a network allows are its exact projection (Dechter 1991), so
    a moment that no figure concerns does not change the share.
    """
    moments = dict.fromkeys(end for each in statements for end in (each.early, each.late))
    windows = network.tighten()
    order: list[Constraint] = []
    for early, late in itertools.combinations(moments, 2):
        days = network.distance(early, late)
        order.append(Constraint("order and windows", early, late, days.low, days.high))
    return Network({moment: windows[moment] for moment in moments}, order)


def _has_vague_moment(network: Network, statements: list[Constraint]) -> bool:
    """Whether a moment concerned is vaguer than a month, so that no share of days means much."""
    windows = network.tighten()
    spans = (windows[end] for each in statements for end in (each.early, each.late))
    return any(span.high - span.low >= DATED for span in spans)


def _description(together: Fraction, independent: Fraction, count: int, *, vague: bool) -> str:
    """That some figures are rarely possible together; in numbers where each date is known."""
    figures = f"the {count} printed figures of this patient"
    if vague:
        return f"{figures} can all be right only if the events fell on few of their possible days"
    return (
        f"{figures} can all be right in {share_in_words(together)} of the combinations of days "
        f"that the record allows; if none restricted another it would be "
        f"{share_in_words(independent)}"
    )


def _recorded(tension: Tension | None, claims: list[Claim]) -> str:
    """That the figures hardly fit together, with the two that fit least."""
    text = (
        f"the {len(claims)} printed figures of this patient can all be right only if the events "
        "fell on few of their possible days"
    )
    if tension is None:
        return text
    first, second = (claims[at] for at in (tension.first, tension.second))
    hardest = f"{_figure_text(first)} and {_figure_text(second)}"
    return f"{text}; hardest to reconcile: {hardest}"


def _figure_text(claim: Claim) -> str:
    """A figure with its subject: ``8 months (PFS line 2)``, ``seven cycles of line 1``."""
    if claim.kind == "count" and claim.line:
        return f"{claim.figure} {claim.about} of line {claim.line}"
    return f"{claim.figure} ({claim.subject})"


def _tension_text(tension: Tension, claims: list[Claim], *, vague: bool) -> str:
    pair = f"hardest to reconcile: {claims[tension.first]} and {claims[tension.second]}"
    if vague:
        return pair
    return (
        f"{pair}: {share_in_words(tension.together)} of the combinations keep both, "
        f"{share_in_words(tension.independent)} if neither bore on the other"
    )


RULES = (
    Rule(
        id="C05",
        joint=True,
        checks="how much of what the record allows keeps all printed figures of a patient",
        formula="below 10 % of the day assignments, and below half of the product of the shares of "
        "each figure alone",
        severity=Severity.WARNING,
        source=NETWORK_SOURCE + "; counted by bucket elimination, Dechter 1999",
        example_fail="4 and 8 months of two lines that share a month: 7.4 % of the days",
        example_ok="figures that are compatible in a third of the assignments",
        check=check_tightness,
        uses=USED_RULES,
    ),
)
