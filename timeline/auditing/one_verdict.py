"""One verdict for each claim: the strongest rule speaks, the others are its evidence."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from timeline.auditing.compare import Conclusion
from timeline.auditing.rule import Severity
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Verdict

ROWS = {rule.id: rule for rule in RULES}
_GRAVEST = tuple(Severity)
RARE = 0.05  # a print that fewer of the allowed days than this reproduce is looked at
_QUIET = (Conclusion.AGREES, Conclusion.CONSISTENT, Conclusion.NOT_CHECKABLE)
# Of verdicts that are no finding, what speaks first.
_PLAIN = (
    Conclusion.CONTRADICTED,
    Conclusion.POSSIBLE,
    Conclusion.AGREES,
    Conclusion.CONSISTENT,
    Conclusion.NOT_CHECKABLE,
)


def one_for_each(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """One verdict for each claim, in the order in which the claims first stand."""
    by_claim: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        by_claim.setdefault(id(verdict.claim), []).append(conclusion_of(verdict))
    return tuple(strongest(given) for given in by_claim.values())


def conclusion_of(verdict: Verdict) -> Verdict:
    """The same verdict; agreement that recomputes nothing is consistency."""
    row = ROWS.get(verdict.rule)
    if verdict.call is not Conclusion.AGREES or (row is not None and row.reproduces):
        return verdict
    return attrs.evolve(verdict, call=Conclusion.CONSISTENT)


def strongest(given: Iterable[Verdict]) -> Verdict:
    """The verdict that stands, with what the other rules found as its evidence.

    A remark (a rule whose severity is note) never decides where another rule speaks. A rule of
    repeated prints does not contradict what the record itself reproduces.
    """
    ranked = sorted(given, key=_rank)
    reproduced = any(each.call is Conclusion.AGREES for each in ranked)
    first = next((each for each in ranked if not (reproduced and _of_repeats(each))), ranked[0])
    rest = (each for each in ranked if each is not first and each.call not in _QUIET)
    return attrs.evolve(first, evidence=tuple(rest))


def _of_repeats(verdict: Verdict) -> bool:
    row = ROWS.get(verdict.rule)
    return row is not None and row.repeats and verdict.call is Conclusion.CONTRADICTED


def _rank(verdict: Verdict) -> tuple[bool, int, bool, bool, int]:
    """Remarks last; then by severity, what reproduces a figure before what only does not deny it,
    rules of their own before those that yield, the call.
    """
    row, grave = ROWS.get(verdict.rule), severity_alone(verdict)
    remark = row is not None and row.severity is Severity.NOTE
    place = len(_GRAVEST) if grave is None else _GRAVEST.index(grave)
    weak = verdict.call in (Conclusion.CONSISTENT, Conclusion.NOT_CHECKABLE)
    return (remark, place, weak, row is not None and row.yields, _PLAIN.index(verdict.call))


def severity_alone(verdict: Verdict) -> Severity | None:
    """How grave one verdict is without its evidence; None where it is no finding.

    Contradicted: as grave as its rule, which may say less of words. Possible: a warning at most,
    and none where vague dates allow the print among others. A figure of a cited study: a warning
    at most.
    """
    if verdict.call not in (Conclusion.CONTRADICTED, Conclusion.POSSIBLE):
        return None
    row = ROWS.get(verdict.rule)
    if (
        verdict.call is Conclusion.POSSIBLE
        and (row is None or row.vague)
        and not _strained(verdict)
    ):
        return None
    most = Severity.ERROR if row is None else row.severity
    if row is not None and row.text_severity is not None and verdict.claim.printed is None:
        most = row.text_severity
    capped = verdict.call is Conclusion.POSSIBLE or verdict.claim.study
    return max(most, Severity.WARNING, key=_GRAVEST.index) if capped else most


def severity(verdict: Verdict) -> Severity | None:
    """The gravest of a verdict and its evidence; None where there is no finding."""
    found = [severity_alone(each) for each in (verdict, *verdict.evidence)]
    return min((each for each in found if each is not None), key=_GRAVEST.index, default=None)


def _strained(verdict: Verdict) -> bool:
    """Possible by another convention alone, or on few of the days that the record allows."""
    return bool(verdict.explanations) or (verdict.share is not None and verdict.share < RARE)
