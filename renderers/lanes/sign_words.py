"""Which sign a label of a table gets: by its words where they are known, else the next free one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import attrs

from renderers.style import STYLES, Kind
from timeline.problem import near


@attrs.frozen
class Words:
    """One row: labels that match are drawn so; ``ends`` says that nothing follows on the lane."""

    pattern: re.Pattern[str]
    style: str
    ends: bool = False


def _row(pattern: str, style: str, *, ends: bool = False) -> Words:
    return Words(re.compile(pattern, re.IGNORECASE), style, ends)


_LABELS = ("CR", "PR", "SD", "PD", "NE", "iCR", "iPR", "iSD", "iUPD", "iCPD", "NED")
WORDS = (  # the first row that matches is taken; a label of RECIST or iRECIST is itself
    *(_row(rf"{label}$", label) for label in _LABELS),
    _row(r"complete (response|remission)$", "CR"),
    _row(r"partial (response|remission)$", "PR"),
    _row(r"stable disease$", "SD"),
    _row(r"(disease )?progression$|progressive disease$|progressed$", "PD"),
    _row(r"(death|deceased|died|dead)\b", "death", ends=True),
    _row(r"(alive|last contact|last follow|censored)", "alive", ends=True),
    _row(r"lost to follow", "end unknown", ends=True),
    _row(r".*\b(toxicity|adverse event)", "stop toxicity", ends=True),
    _row(r"(discontinu|stopped|off).*progress", "stop progression", ends=True),
    _row(r"complet", "stop completed", ends=True),
    _row(r"withdr|.*(patient|subject|own) (choice|decision|request)", "stop choice", ends=True),
    _row(r"discontinu|stopped|off (study|treatment)|.*\bend[ -](of )?(study|treatment)",
         "stop other", ends=True),
    _row(r"surgery|resection|operation", "surgery"),
    _row(r"biopsy", "biopsy"),
    _row(r"diagnos", "diagnosis"),
    _row(r"(ct|mri|pet|scan|imaging)\b", "scan"),
)  # fmt: skip
_FREE = (
    *("symptom", "scan", "performance", "toxicity", "lab", "diagnosis", "biopsy", "surgery"),
    *("scan, new lesion", "lab limit"),
)


def signs_of(labels: Sequence[str], asked: Mapping[str, str]) -> dict[str, str]:
    """A sign for each label, no two alike. ValueError where none is left, or none is so named."""
    found: dict[str, str] = {}
    for label, style in asked.items():
        if style not in STYLES or STYLES[style].kind is not Kind.SIGN:
            signs = [row.name for row in STYLES.values() if row.kind is Kind.SIGN]
            raise ValueError(f"unknown sign for {label!r}: {style!r} ({near(style, signs)})")
        found[label] = style
    for label in labels:
        known = next((row.style for row in WORDS if row.pattern.match(label)), None)
        if label not in found and known and known not in found.values():
            found[label] = known
    for label in labels:
        free = [style for style in _FREE if style not in found.values()]
        if label not in found and not free:
            raise ValueError(
                f"no sign is left for {label!r}: {len(found)} labels have one "
                "(draw fewer kinds of event, or give it one with --sign)"
            )
        found.setdefault(label, next(iter(free), ""))
    return found


def ends(label: str, style: str) -> bool:
    """Whether a lane ends with it: by its words, or by a sign asked for that says so."""
    row = next((row for row in WORDS if row.pattern.match(label)), None)
    return bool(row and row.ends) or any(row.style == style and row.ends for row in WORDS)
