"""Which of several figures that contradict one another gets the verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_RULE_BY_ID = {rule.id: rule for rule in RULES}


def assign_contradictions(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, each contradiction between figures given to the figure likelier wrong.

    That is a figure that a rule contradicts without the others. Where there is none, and the
    record reproduces the figure that the rule named, it is another that is not reproduced.
    Otherwise the verdict stays where the rule put it.
    """
    every = tuple(verdicts)
    own = _by_themselves(every)
    return tuple(
        _reassigned(each, own) if each.conclusion is Conclusion.CONTRADICTED else each
        for each in every
    )


def _by_themselves(verdicts: tuple[Verdict, ...]) -> dict[int, list[Verdict]]:
    """The verdicts of rules that recompute a figure, by the id of the claim."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        row = _RULE_BY_ID.get(verdict.rule)
        if row is not None and row.reproduces:
            found[id(verdict.claim)].append(verdict)
    return found


def _reassigned(verdict: Verdict, own: dict[int, list[Verdict]]) -> Verdict:
    others = [each for each in verdict.others if each is not verdict.claim]
    if not others or _is_recomputed(Conclusion.CONTRADICTED, verdict.claim, others, own):
        return verdict
    wrong = [
        each
        for each in others
        if _is_recomputed(Conclusion.CONTRADICTED, each, [verdict.claim], own)
    ]
    if not wrong and _is_recomputed(Conclusion.AGREES, verdict.claim, others, own):
        wrong = [
            each
            for each in others
            if not _is_recomputed(Conclusion.AGREES, each, [verdict.claim], own)
        ]
    if not wrong:
        return verdict
    rest = tuple(each for each in (verdict.claim, *others) if each is not wrong[0])
    # what it recorded and expected was of the figure that the rule named
    return attrs.evolve(verdict, claim=wrong[0], others=rest, recorded="", expected="")


def _is_recomputed(
    conclusion: Conclusion, claim: Claim, excluded: list[Claim], own: dict[int, list[Verdict]]
) -> bool:
    """Whether a rule reaches this conclusion on a claim without using the other claims."""
    unused = set(map(id, excluded))
    return any(
        each.conclusion is conclusion and not unused & set(map(id, each.others))
        for each in own.get(id(claim), [])
    )
