"""Verdicts: a claim, the conclusion on it, and the sentence that explains it."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

import attrs

from timeline.auditing.compare import Conclusion
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


@attrs.frozen
class Explanation(_FormerCall):
    """Another definition under which the dates allow the printed figure. Never a cause, only a fit.

    ``tier``: 0 the stated definition with another convention, 1 a standard alternative, 2 a
    moment that no definition uses, 3 a moment of another kind, 4 a typing error, 5 two
    changes at once. ``hidden``: what imputed dates would give, where they would miss the figure.
    """

    description: str
    tier: int
    changes: int = 1
    conclusion: Conclusion = Conclusion.AGREES
    days: Span | None = None  # of a time; a count has none
    share: Fraction | None = None
    told: str = ""  # the share in words; empty where it depends on how imprecise one date is
    hidden: str = ""
    unusual: tuple[str, ...] = ()  # conventions in it that few reports use
    far: bool = False  # among them one that moves a figure by days, not by its last digit

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
    """The verdict on one claim; ``description`` gives both figures, the unit and the anchors."""

    claim: Claim
    conclusion: Conclusion
    description: str
    rule: str = ""  # the id of the rule that gave it
    outcome: Outcome | None = None
    share: Fraction | None = None
    explanations: tuple[Explanation, ...] = ()
    tried: int = 0  # how many other definitions were tried
    by_chance: float = 0.0  # how many of them would fit a random figure
    notes: tuple[str, ...] = ()
    others: tuple[Claim, ...] = ()  # further claims that it is about
    evidence: tuple[Verdict, ...] = ()  # what weaker rules found of the same claim

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
