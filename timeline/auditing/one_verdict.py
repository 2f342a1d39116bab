"""One verdict for each claim: that of the strongest rule, with the others as its evidence."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Severity
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Verdict

RULE_BY_ID = {rule.id: rule for rule in RULES}
_SEVERITIES = tuple(Severity)
RARE = 0.05  # a figure that a smaller share of the allowed days reproduces is a finding
_QUIET = (Conclusion.AGREES, Conclusion.CONSISTENT, Conclusion.NOT_CHECKABLE)
# Which verdict is chosen among those that are no finding.
_CONCLUSIONS = (
    Conclusion.CONTRADICTED,
    Conclusion.POSSIBLE,
    Conclusion.AGREES,
    Conclusion.CONSISTENT,
    Conclusion.NOT_CHECKABLE,
)


def one_verdict_per_claim(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """One verdict for each claim, in the order of the claims."""
    by_claim: dict[int, list[Verdict]] = {}
    for verdict in verdicts:
        by_claim.setdefault(id(verdict.claim), []).append(conclusion_of(verdict))
    return tuple(map(strongest, by_claim.values()))


def conclusion_of(verdict: Verdict) -> Verdict:
    """The same verdict; agreement that recomputes nothing is consistency.

    Nor is it agreement where the record was written from the print itself: that is one statement.
    """
    row = RULE_BY_ID.get(verdict.rule)
    if verdict.conclusion is not Conclusion.AGREES:
        return verdict
    if _is_one_statement(verdict):
        notes = (*verdict.notes, ONE_STATEMENT)
        return attrs.evolve(verdict, conclusion=Conclusion.CONSISTENT, notes=notes)
    if row is not None and row.reproduces:
        return verdict
    return attrs.evolve(verdict, conclusion=Conclusion.CONSISTENT)


ONE_STATEMENT = "the record has it from the same place: one statement, which confirms nothing"


def _is_one_statement(verdict: Verdict) -> bool:
    places = (" ".join(each.split()) for each in (verdict.record_place, verdict.claim.place))
    return bool(verdict.record_place) and len(set(places)) == 1


def strongest(verdicts: Iterable[Verdict]) -> Verdict:
    """The strongest of several verdicts on a claim, with the others as its evidence.

    A rule of severity ``note`` never decides where another rule gives a verdict. The rule of
    repeated figures does not contradict a figure that the record reproduces.
    """
    ranked = sorted(verdicts, key=_rank)
    reproduced = any(each.conclusion is Conclusion.AGREES for each in ranked)
    first = next(
        (each for each in ranked if not (reproduced and _contradicts_a_repeat(each))), ranked[0]
    )
    rest = (each for each in ranked if each is not first and each.conclusion not in _QUIET)
    return attrs.evolve(first, evidence=tuple(rest))


def _contradicts_a_repeat(verdict: Verdict) -> bool:
    row = RULE_BY_ID.get(verdict.rule)
    return row is not None and row.repeats and verdict.conclusion is Conclusion.CONTRADICTED


def _rank(verdict: Verdict) -> tuple[bool, int, bool, bool, int]:
    """Notes last; then by severity, reproduced figures before those that are only consistent,
    rules that yield last, and the conclusion.
    """
    row, alone = RULE_BY_ID.get(verdict.rule), severity_alone(verdict)
    remark = row is not None and row.severity is Severity.NOTE
    place = len(_SEVERITIES) if alone is None else _SEVERITIES.index(alone)
    weak = verdict.conclusion in (Conclusion.CONSISTENT, Conclusion.NOT_CHECKABLE)
    return (
        remark,
        place,
        weak,
        row is not None and row.yields,
        _CONCLUSIONS.index(verdict.conclusion),
    )


def severity_alone(verdict: Verdict) -> Severity | None:
    """The severity of one verdict without its evidence; None where it is no finding.

    Contradicted: the severity of its rule, which may be lower for words than for figures.
    Possible: a warning at most, and no finding where imprecise dates alone are the reason. A
    figure of a cited study: a warning at most.
    """
    if verdict.conclusion not in (Conclusion.CONTRADICTED, Conclusion.POSSIBLE):
        return None
    row = RULE_BY_ID.get(verdict.rule)
    if (
        verdict.conclusion is Conclusion.POSSIBLE
        and (row is None or row.vague)
        and not _needs_attention(verdict)
    ):
        return None
    most = Severity.ERROR if row is None else row.severity
    if row is not None and row.text_severity is not None and verdict.claim.printed is None:
        most = row.text_severity
    capped = verdict.conclusion is Conclusion.POSSIBLE or verdict.claim.study
    return max(most, Severity.WARNING, key=_SEVERITIES.index) if capped else most


def severity(verdict: Verdict) -> Severity | None:
    """The highest severity of a verdict and its evidence; None where there is no finding."""
    found = [severity_alone(each) for each in (verdict, *verdict.evidence)]
    return min((each for each in found if each is not None), key=_SEVERITIES.index, default=None)


def _needs_attention(verdict: Verdict) -> bool:
    """Possible by another convention alone, or on few of the days that the record allows."""
    return bool(verdict.explanations) or (verdict.share is not None and verdict.share < RARE)
