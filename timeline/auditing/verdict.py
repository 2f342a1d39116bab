"""Verdicts: a claim, the conclusion on it, and the sentence that explains it."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.core.span import Span
from timeline.report.claims import Claim
from timeline.results.statuses import Outcome


class _FormerCall:
    """The former name of ``conclusion``, until version 0.3."""

    __slots__ = ()
    conclusion: Conclusion

    @property
    def call(self) -> Conclusion:
        name = type(self).__name__
        message = f"{name}.call is now {name}.conclusion and will go in version 0.3"
        warnings.warn(message, DeprecationWarning, stacklevel=2)
        return self.conclusion


Share = tuple[int, int]  # a count, and the patients that it is a count of


@attrs.frozen
class Explanation(_FormerCall):
    """Another definition under which the dates allow the printed figure. Never a cause, only a fit.

    ``tier``: 0 the stated definition with another convention, 1 a standard alternative, 2 a
    moment that no definition uses, 3 a moment of another kind, 4 a typing error, 5 two
    changes at once. ``hidden``: what imputed dates would give, where they would miss the figure.
    ``shares``: of a percentage, the fractions that print as it does.
    """

    description: str
    tier: int
    changes: int = 1
    conclusion: Conclusion = Conclusion.AGREES
    days: Span | None = None  # of a time; a count has none
    share: Fraction | None = None
    share_text: str = ""  # the share in words; empty where it depends on how imprecise one date is
    hidden: str = ""
    unusual: tuple[str, ...] = ()  # conventions in it that few reports use
    far: bool = False  # among them one that moves a figure by days, not by its last digit
    shares: tuple[Share, ...] = ()

    @property
    def cost(self) -> tuple[int, int, bool, Fraction]:
        """The order of explanations: tier, changes, agreement before possibility, share."""
        return (
            self.tier,
            self.changes,
            self.conclusion is not Conclusion.AGREES,
            -(self.share or Fraction(0)),
        )


@attrs.frozen
class Verdict(_FormerCall):
    """The verdict on one claim.

    Attributes:
        claim: the printed figure.
        conclusion: agrees, consistent, possible, contradicted or not checkable.
        description: the printed and the derived value with their unit, and what was compared.
        recorded: what the record, or the other figures, give, in a few words; empty where only
            the description has it.
        expected: the printed value that would be right; empty where that is not known.
        record_place: the place of the report from which the record has the value that the figure
            was compared with; empty where the value was computed, or its place is not stated.
        rule: the id of the audit rule.
        outcome: the derived endpoint that it was compared with; None if there is none.
        share: the share of the allowed values that reproduce the figure, from 0 to 1; None if it
            was not computed.
        explanations: other definitions that would reproduce the figure.
        tried: the number of other definitions that were tried.
        by_chance: the expected number of them that fit an arbitrary figure.
        notes: further sentences.
        others: further claims that it concerns.
        evidence: the verdicts of weaker rules on the same claim.
    """

    claim: Claim
    conclusion: Conclusion
    description: str
    rule: str = ""
    outcome: Outcome | None = None
    share: Fraction | None = None
    explanations: tuple[Explanation, ...] = ()
    tried: int = 0
    by_chance: float = 0.0
    notes: tuple[str, ...] = ()
    others: tuple[Claim, ...] = ()
    evidence: tuple[Verdict, ...] = ()
    recorded: str = ""
    expected: str = ""
    record_place: str = ""

    def __repr__(self) -> str:
        rule = f" ({self.rule})" if self.rule else ""
        return f"<Verdict {self.conclusion.value}: {self.claim}{rule}>"


def unchecked(verdicts: Iterable[Verdict]) -> dict[str, str]:
    """Why figures could not be checked, each reason once, with the number of each kind."""
    reasons: dict[str, Counter[str]] = {}
    for verdict in verdicts:
        if verdict.conclusion is Conclusion.NOT_CHECKABLE:
            reasons.setdefault(verdict.description, Counter())[verdict.claim.kind] += 1
    return {
        why: ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
        for why, kinds in reasons.items()
    }


def reproduced_by(explanations: Iterable[Explanation]) -> tuple[str, ...]:
    """The notes of a verdict that name the explanations of the printed figure."""
    return tuple(f"reproduced by {each.description}" for each in explanations)


def not_checkable(claim: Claim, why: str) -> Verdict:
    """The verdict on a claim that cannot be checked; ``why`` states what is missing."""
    return Verdict(claim, Conclusion.NOT_CHECKABLE, why)
