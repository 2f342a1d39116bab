"""Panels of a figure: those cited in the text against the legend, overlaps and gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Concern, Evidence, Rule, Severity
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim

_PART = re.compile(r"(?P<low>[A-Z])(?:\s*(?:–|-|to)\s*(?P<high>[A-Z]))?")


def panels(text: str) -> frozenset[str]:
    """The letters of printed panels: ``A–C`` are A, B and C; empty where none is named.

    >>> sorted(panels("A–C, F"))
    ['A', 'B', 'C', 'F']
    """
    found: set[str] = set()
    for part in re.split(r"\s*(?:,|;|\band\b)\s*", text.strip()):
        ends = _PART.fullmatch(part.strip())
        if ends is None:
            return frozenset()
        low, high = ord(ends["low"]), ord(ends["high"] or ends["low"])
        found |= {chr(letter) for letter in range(low, high + 1)}
    return frozenset(found)


def check_panels(evidence: Evidence) -> Iterator[Verdict]:
    """Check every range of panels against the same range elsewhere and the ranges before it."""
    figures: dict[str, list[Claim]] = {}
    for claim in evidence.own:
        if claim.kind == "range" and "panel" in claim.about and panels(claim.text):
            figures.setdefault(claim.about, []).append(claim)
    for claims in figures.values():
        for claim in claims:
            yield from _check_range(claim, claims)


def _check_range(claim: Claim, claims: list[Claim]) -> Iterator[Verdict]:
    """The verdict on one range, where there is another to compare it with."""
    cited = next(each for each in claims if each.of == claim.of)
    faults = [] if cited is claim else _difference(claim, cited)
    expected = ["the same at both"] if faults else []
    before = _earlier_ranges(claim, claims)
    overlaps = [_overlap(claim, each) for each in before if panels(each.text) & panels(claim.text)]
    gaps = _gap(claim, before) if "legend" in claim.place.lower() else []
    faults += (*overlaps, *gaps)
    expected += ["each panel in one range"] if overlaps else []
    expected += ["every panel in a range"] if gaps else []
    others = tuple(each for each in claims if each is not claim and each.of == claim.of)
    if faults:
        description = "; ".join((f"printed {claim.text}", *faults))
        yield Verdict(
            claim,
            Conclusion.CONTRADICTED,
            description,
            others=others,
            recorded="; ".join(faults),
            expected=", ".join(expected),
        )
    elif others or before:
        description = f"printed {claim.text}, as elsewhere, and in no other range of its place"
        yield Verdict(claim, Conclusion.AGREES, description, others=others)


def _earlier_ranges(claim: Claim, claims: list[Claim]) -> list[Claim]:
    """The ranges of other events that are printed before one at the same place."""
    same = [each for each in claims if each.place == claim.place]
    at = next(number for number, each in enumerate(same) if each is claim)
    return [each for each in same[:at] if each.of != claim.of]


def _difference(claim: Claim, cited: Claim) -> list[str]:
    if panels(claim.text) == panels(cited.text):
        return []
    return [f"{cited.text} [{cited.place}] for the same ({claim.of})"]


def _overlap(claim: Claim, other: Claim) -> str:
    both = ", ".join(sorted(panels(claim.text) & panels(other.text)))
    return f"{both} is in {other.text} as well ({other.of})"


def _gap(claim: Claim, before: list[Claim]) -> list[str]:
    """Letters that a legend leaves out between one range and the one before it."""
    if not before:
        return []
    known = frozenset[str]().union(*(panels(each.text) for each in before))
    first = min(panels(claim.text))
    missing = [chr(n) for n in range(ord(max(known)) + 1, ord(first))]
    return [f"{', '.join(missing)} is in no range of the legend"] if missing else []


RULES = (
    Rule(
        id="C20",
        concern=Concern.FORM,
        checks="the panels that the text cites against the legend; overlaps and gaps of a legend",
        formula="the same letters for the same event; no letter twice; none left out",
        severity=Severity.WARNING,
        source="case catalogue: abstract, text, legends, tables must agree",
        example_fail="panels A to E in the text, A to F in the legend, where F to J follow",
        example_ok="panels A to C in text and legend, D to F after them",
        check=check_panels,
        supersedes=("C26",),
    ),
)
