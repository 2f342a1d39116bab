"""Claims held against the facts, rule by rule."""

from __future__ import annotations

import attrs

from timeline.auditing.rule import Evidence, Rule, Severity
from timeline.auditing.rules import RULES
from timeline.auditing.verdict import Explanation, Verdict, not_checkable, unchecked
from timeline.auditing.weigh import Call, share, weigh
from timeline.reading import Reading
from timeline.source import DURATIONS, Claim, Source

__all__ = [
    "RULES",
    "Call",
    "Evidence",
    "Explanation",
    "Rule",
    "Severity",
    "Verdict",
    "audit",
    "share",
    "unchecked",
    "weigh",
]


def audit(reading: Reading | None, source: Source) -> tuple[Verdict, ...]:
    """Every verdict of every rule, in the order of the claims; none is left without one.

    A claim that no rule speaks of is not checkable, and it says why.
    """
    evidence = Evidence(source=source, reading=reading)
    found: dict[int, list[Verdict]] = {id(claim): [] for claim in source.claims}
    for rule in sorted(RULES, key=lambda rule: rule.yields):
        for verdict in rule.look(evidence):
            mine = found[id(verdict.claim)]
            if not (rule.yields and mine and verdict.call is Call.AGREES):
                mine.append(attrs.evolve(verdict, rule=rule.id))
    return tuple(
        verdict
        for claim in source.claims
        for verdict in found[id(claim)] or [_left_out(claim, reading)]
    )


def _left_out(claim: Claim, reading: Reading | None) -> Verdict:
    if reading is None and claim.kind in (*DURATIONS, "date", "response"):
        return not_checkable(claim, "no single patient is encoded for this report")
    return not_checkable(claim, "this version has no rule for this kind of figure")
