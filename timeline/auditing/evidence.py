"""Figures that no rule judges by themselves, and the verdicts that used them as evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from timeline.auditing.claims.cohort import (
    RESPONSES,
    group_of,
    stated_size,
    subject_of,
    whole_number,
)
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.verdict import Verdict
from timeline.report.claims import ENDPOINTS_CLAIMED, Claim
from timeline.report.event_references import CUTS, ENDS, OPENS

CITED = "K40"  # the one rule of cited studies, which uses the checks of many others
_MOST_NAMED = 3  # verdicts that a note names
_RATES = ("ORR", "DCR", "CBR")


@attrs.frozen(kw_only=True)
class EvidenceUse:
    """A row: which rules take a figure of one kind as given when they judge another, and when.

    ``serves``: whether the first claim is what the formula takes to judge the second.
    """

    description: str
    rules: tuple[str, ...]
    serves: Callable[[Claim, Claim], bool]


def _is_its_count(claim: Claim, judged: Claim) -> bool:
    return (
        claim.kind == "count"
        and judged.kind == "percent"
        and subject_of(claim) == subject_of(judged)
    )


def _is_its_total(claim: Claim, judged: Claim) -> bool:
    size = stated_size(claim, group_of(judged))
    return size is not None and (not judged.n or whole_number(judged.n) == size)


def _is_a_part(claim: Claim, judged: Claim) -> bool:
    part = claim.kind in ("count", "percent") and claim.about in RESPONSES
    return part and judged.about in _RATES and group_of(claim) == group_of(judged)


def _had_the_event(claim: Claim, judged: Claim) -> bool:
    counted = claim.kind == "events" and claim.of == judged.kind
    died = claim.kind == "count" and claim.about in ("deaths", "died") and judged.kind == "OS"
    return (counted or died) and group_of(claim) == group_of(judged)


def _is_a_bound(claim: Claim, judged: Claim) -> bool:
    is_time = judged.kind in (*ENDPOINTS_CLAIMED, "follow-up", "interval")
    return claim.kind == "date" and is_time and claim.of in (*OPENS, *ENDS, *CUTS)


def _names_the_origin(claim: Claim, judged: Claim) -> bool:
    return claim.kind == "name" and claim.about == f"origin of {judged.kind}"


def _follows(claim: Claim, judged: Claim) -> bool:
    same = group_of(claim) == group_of(judged) and claim.unit == judged.unit
    return claim.kind == "follow-up" and judged.kind in ENDPOINTS_CLAIMED and same


_OF_SHARES = ("K01", "K02", "K03", "K06", CITED)
EVIDENCE_USES = (
    EvidenceUse(description="its count", rules=_OF_SHARES, serves=_is_its_count),
    EvidenceUse(
        description="its patients",
        rules=(*_OF_SHARES, "K07", "K12", "K13", "K15"),
        serves=_is_its_total,
    ),
    EvidenceUse(description="a part of it", rules=("K07", CITED), serves=_is_a_part),
    EvidenceUse(
        description="its events", rules=("K12", "K13", "K15", CITED), serves=_had_the_event
    ),
    EvidenceUse(description="the calendar", rules=("K10", "K37", "K38"), serves=_is_a_bound),
    EvidenceUse(description="its origin", rules=("K09", "K10", "K21"), serves=_names_the_origin),
    EvidenceUse(description="the follow-up", rules=("K09", "K11", CITED), serves=_follows),
)
_RULES = frozenset(rule for use in EVIDENCE_USES for rule in use.rules)
_SERVING = frozenset({"count", "percent", "events", "date", "name", "follow-up"})


@attrs.frozen
class EvidenceIndex:
    """The verdicts by the further claims that they name, and those of the rules in the table.

    ``named``: by the id of a claim. Made once for all claims of a report.
    """

    named: dict[int, list[Verdict]]
    by_row: tuple[Verdict, ...]

    def by(self, claim: Claim) -> Iterator[Verdict]:
        """The verdicts on other claims that used this one, each once."""
        named = self.named.get(id(claim), [])
        yield from named
        if claim.kind in _SERVING:
            for verdict in self.by_row:
                other = verdict.claim is not claim and verdict not in named
                if other and claim.study == verdict.claim.study and _by_a_row(claim, verdict):
                    yield verdict


def evidence_index(verdicts: Iterable[Verdict]) -> EvidenceIndex:
    """What the verdicts of an audit took as given."""
    named: dict[int, list[Verdict]] = {}
    reached = [each for each in verdicts if each.conclusion is not Conclusion.NOT_CHECKABLE]
    for verdict in reached:
        for other in verdict.others:
            if other is not verdict.claim:
                named.setdefault(id(other), []).append(verdict)
    by_row = tuple(each for each in reached if each.rule in _RULES)
    return EvidenceIndex(named, by_row)


def _by_a_row(claim: Claim, verdict: Verdict) -> bool:
    return any(
        verdict.rule in use.rules and use.serves(claim, verdict.claim) for use in EVIDENCE_USES
    )


def evidence_verdict(claim: Claim, known: EvidenceIndex) -> Verdict | None:
    """The verdict on a claim that other claims were checked against: consistent if they all agree.

    Otherwise it is not checkable; the note names the verdicts that used it. None where none did.
    """
    used = tuple(known.by(claim))
    if not used:
        return None
    agreed = all(each.conclusion is Conclusion.AGREES for each in used)
    rules = ", ".join(dict.fromkeys(each.rule for each in used))
    named = [f"{each.rule}: {each.claim} [{each.claim.place}]" for each in used[:_MOST_NAMED]]
    more = f" and {len(used) - _MOST_NAMED} more" if len(used) > _MOST_NAMED else ""
    notes = (f"evidence for {'; '.join(named)}{more}",)
    others = tuple(each.claim for each in used)
    if agreed:
        description = f"the figures checked against it agree ({rules})"
        return Verdict(
            claim, Conclusion.CONSISTENT, description, rule=used[0].rule, others=others, notes=notes
        )
    description = (
        f"no rule checks it by itself: others are compared with it, not all of them agree ({rules})"
    )
    return Verdict(claim, Conclusion.NOT_CHECKABLE, description, others=others, notes=notes)
