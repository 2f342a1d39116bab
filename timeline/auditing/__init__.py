"""Claims held against the facts: one verdict each."""

from __future__ import annotations

from timeline.auditing.judge import JUDGES
from timeline.auditing.verdict import Explanation, Verdict
from timeline.auditing.weigh import Call, share, weigh
from timeline.reading import Reading
from timeline.source import Claim, Source

__all__ = ["Call", "Explanation", "Verdict", "audit", "share", "weigh"]


def audit(reading: Reading | None, source: Source) -> tuple[Verdict, ...]:
    """A verdict for every claim of a source; without a case every one is not checkable."""
    return tuple(_verdict(claim, reading) for claim in source.claims)


def _verdict(claim: Claim, reading: Reading | None) -> Verdict:
    judge = JUDGES.get(claim.kind)
    if reading is None:
        why = "no single patient is encoded for this report"
    elif judge is None:
        why = "this version has no rule for this kind of figure"
    else:
        return judge(claim, reading)
    return Verdict(claim=claim, call=Call.NOT_CHECKABLE, says=why, rule="-")
