"""Of figures that cannot stand together, the one that the record speaks against is charged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_ROWS = {rule.id: rule for rule in RULES}


def assign_contradictions(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """The verdicts, each contradiction between figures on the one that is likelier wrong.

    A contradiction of a figure with others moves to one that is contradicted by itself; or, where
    the figure is reproduced by itself, to one that is not. Else it stays where its rule put it.
    """
    given = tuple(verdicts)
    own = _by_themselves(given)
    return tuple(
        _moved(each, own) if each.call is Conclusion.CONTRADICTED else each for each in given
    )


def _by_themselves(verdicts: tuple[Verdict, ...]) -> dict[int, list[Verdict]]:
    """What the rules that recompute a figure say of each claim, by its id."""
    found: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        row = _ROWS.get(verdict.rule)
        if row is not None and row.reproduces:
            found[id(verdict.claim)].append(verdict)
    return found


def _moved(verdict: Verdict, own: dict[int, list[Verdict]]) -> Verdict:
    others = [each for each in verdict.others if each is not verdict.claim]
    if not others or _is(Conclusion.CONTRADICTED, verdict.claim, others, own):
        return verdict
    wrong = [each for each in others if _is(Conclusion.CONTRADICTED, each, [verdict.claim], own)]
    if not wrong and _is(Conclusion.AGREES, verdict.claim, others, own):
        wrong = [each for each in others if not _is(Conclusion.AGREES, each, [verdict.claim], own)]
    if not wrong:
        return verdict
    rest = tuple(each for each in (verdict.claim, *others) if each is not wrong[0])
    return attrs.evolve(verdict, claim=wrong[0], others=rest)


def _is(
    call: Conclusion, claim: Claim, apart_from: list[Claim], own: dict[int, list[Verdict]]
) -> bool:
    """Whether a rule recomputes a figure so, without any of some others."""
    unwanted = set(map(id, apart_from))
    return any(
        each.call is call and not unwanted & set(map(id, each.others))
        for each in own.get(id(claim), [])
    )
