"""A figure that a report prints at several places must be printed alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.rule import Evidence
from timeline.auditing.verdict import Verdict
from timeline.auditing.weigh import Call
from timeline.printed import Printed
from timeline.source import Claim

# Kinds that have a rule of their own for what they say, or say several things at one place.
_LEFT_OUT = ("date", "response", "schedule")
_SAID_ANYWHERE = ("name", "ordinal")  # what they name is the same wherever it is said
_Slot = tuple[object, ...]


def look_for_repeats(evidence: Evidence) -> Iterator[Verdict]:
    """Each later print of a figure against the first; one that stands alone is left alone."""
    slots: dict[_Slot, list[Claim]] = {}
    for claim in evidence.source.claims:
        if claim.kind not in _LEFT_OUT and (claim.about or claim.kind not in _SAID_ANYWHERE):
            slots.setdefault(_slot(claim), []).append(claim)
    for claims in slots.values():
        if len(claims) > 1 and not _is_a_list(claims):
            yield from _against_first(claims)


def _slot(claim: Claim) -> _Slot:
    """What makes two claims the same figure."""
    if claim.kind in _SAID_ANYWHERE:
        return claim.kind, claim.about, claim.group
    base = (claim.kind, claim.about, claim.group, claim.line, claim.statistic, claim.of)
    return (*base, claim.from_, claim.to, claim.criterion, claim.unit)


def _is_a_list(claims: list[Claim]) -> bool:
    """Whether a slot holds several things, which are then no repetition of one another.

    So where all stand at one place, or where two places each give more than one.
    """
    places: dict[str, list[Claim]] = {}
    for claim in claims:
        places.setdefault(claim.place, []).append(claim)
    several = [each for each in places.values() if not all(_alike(each[0], one) for one in each)]
    return len(several) > 1 or (len(places) == 1 and bool(several))


def _against_first(claims: list[Claim]) -> Iterator[Verdict]:
    first, *later = claims
    if all(_alike(first, each) for each in later):
        says = f"printed alike at {len(claims)} places"
        for claim in claims:
            others = tuple(each for each in claims if each is not claim)
            yield Verdict(claim=claim, call=Call.AGREES, says=says, others=others)
        return
    for claim in later:
        if not _alike(first, claim):
            same = sum(_alike(first, each) for each in claims)
            places = f"{same} place{'s' if same > 1 else ''}"
            says = f"printed {claim.text}; {first.text} [{first.place}] at {places}"
            yield Verdict(claim=claim, call=Call.CONTRADICTED, says=says, others=(first,))


def _alike(one: Claim, other: Claim) -> bool:
    """Numbers that can be the same number; words that are the same, or of which one says less."""
    if isinstance(one.value, Printed) and isinstance(other.value, Printed):
        return one.value.span.overlaps(other.value.span)
    words, more = sorted((_words(one.text), _words(other.text)), key=len)
    return words <= more


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower().replace("-", " ").replace("–", " to ")))
