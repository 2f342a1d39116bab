"""What an audit has found: verdicts that a reader must look at, each once, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from timeline.auditing.rule import Severity
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.source import Claim

_ROWS = {rule.id: rule for rule in RULES}
_GRAVEST = tuple(Severity)
RARE = 0.05  # a print that fewer of the allowed days than this reproduce is looked at


@attrs.frozen(kw_only=True)
class Finding:
    """A verdict worth a reader's while, with every further claim that it holds for alike."""

    severity: Severity
    verdict: Verdict
    again: tuple[Claim, ...] = ()

    @property
    def places(self) -> tuple[str, ...]:
        """Where the figure is printed, each place once."""
        claims = (self.verdict.claim, *self.again)
        return tuple(dict.fromkeys(claim.place for claim in claims if claim.place))


def severity(verdict: Verdict) -> Severity | None:
    """How much a verdict says; None where it is no finding.

    Contradicted: as grave as its rule, which may say less of words. Possible: a warning at most,
    and none where vague dates allow the print among others. A figure of a cited study: a warning
    at most.
    """
    if verdict.call not in (Call.CONTRADICTED, Call.POSSIBLE):
        return None
    row = _ROWS.get(verdict.rule)
    if verdict.call is Call.POSSIBLE and (row is None or row.vague) and not _strained(verdict):
        return None
    most = Severity.ERROR if row is None else row.severity
    if row is not None and row.of_words is not None and verdict.claim.printed is None:
        most = row.of_words
    capped = verdict.call is Call.POSSIBLE or verdict.claim.study
    return max(most, Severity.WARNING, key=_GRAVEST.index) if capped else most


def _strained(verdict: Verdict) -> bool:
    """Possible by another convention alone, or on few of the days that the record allows."""
    return bool(verdict.explanations) or (verdict.share is not None and verdict.share < RARE)


def findings(verdicts: Iterable[Verdict]) -> tuple[Finding, ...]:
    """The findings by severity, then in the order of the report."""
    merged: dict[tuple[object, ...], Finding] = {}
    for verdict in verdicts:
        grave = severity(verdict)
        if grave is None:
            continue
        key = (verdict.rule, str(verdict.claim), verdict.says)
        first = merged.get(key)
        if first is None:
            merged[key] = Finding(severity=grave, verdict=verdict)
        else:
            merged[key] = attrs.evolve(first, again=(*first.again, verdict.claim))
    return tuple(sorted(merged.values(), key=lambda each: _GRAVEST.index(each.severity)))


def graded(found: Iterable[Finding]) -> Iterator[tuple[Severity, tuple[Finding, ...]]]:
    """The findings of each severity, the gravest first; a severity without any is left out."""
    every = tuple(found)
    for grave in Severity:
        mine = tuple(each for each in every if each.severity is grave)
        if mine:
            yield grave, mine


def summary(verdicts: Iterable[Verdict]) -> str:
    """``5 errors, 2 warnings, 1 note; 137 agree, 24 possible, 80 not checkable``."""
    given = tuple(verdicts)
    graves = [(grave, len(mine)) for grave, mine in graded(findings(given))]
    found = ", ".join(f"{n} {grave.value}{'' if n == 1 else 's'}" for grave, n in graves)
    quiet = [each for each in given if severity(each) is None]
    counts = {call: sum(each.call is call for each in quiet) for call in Call}
    rest = ", ".join(f"{n} {_SAID.get(call, call.value)}" for call, n in counts.items() if n)
    return "; ".join(part for part in (found or "no finding", rest) if part)


_SAID = {Call.AGREES: "agree"}
