"""The interpretations of one scan: every way to read its findings as values of the engine.

A report prints "shrunk", or only the category of the authors. Each possible meaning is
one interpretation. `vague_scans` lists the findings that have several.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from timeline.assessment.line_course import reported_category
from timeline.record.events import Scan
from timeline.response.collected_labels import CATEGORY_CODE
from timeline.response.scans import NON_TARGET_CODE, TARGET_CODE
from timeline.results.conditions import VagueScan
from timeline.terminology.criteria import having_their_own, meaning
from timeline.terminology.response_codes import Code, NonTarget, Target

# Columns that the interpretations of a printed change give in place of sizes.
SUM_COLUMNS = (
    *("target_sum", "partial_sum", "target_cr", "target_left", "from_percent", "nadir_sum"),
    *("below_pd", "below_further"),
)

# The target response that a category implies, for a scan reported by its category alone. The
# category itself is kept: `timeline.response.collected_labels`.
IMPLIED_TARGET = {
    Code.CR: "CR",
    Code.PR: "PR",
    Code.SD: "SD",
    Code.NON_CR_NON_PD: "SD",
    Code.NED: "CR",
    Code.PD: "PD",
    Code.UPD: "PD",
    Code.NE: "NE",
}


def scan_interpretations(
    scan: Scan,
    *,
    targets: bool,
    non_targets: bool,
    changes: list[dict[str, Any]] | None = None,
) -> list[dict[str, Any]]:
    """Every interpretation of the words of one scan, as values of the columns of `Scans`.

    Args:
        scan: The findings of one time point.
        targets: The line has target disease.
        non_targets: The line has non-target disease.
        changes: Those of its printed change; None where it has none, or sizes.

    Returns:
        One dictionary for each interpretation, without the findings that have one meaning.
    """
    words = _target_words(scan) if targets and not scan.is_measured else [{}]
    levels = scan.non_target.levels if scan.non_target else ("NE",)
    non_target = (
        [{"nontarget": NON_TARGET_CODE[level]} for level in levels] if non_targets else [{}]
    )
    return [
        {**one, **two, **three}
        for one, two, three in itertools.product(
            words if changes is None else changes, non_target, _earlier_new_lesions(scan)
        )
    ]


def _target_words(scan: Scan) -> list[dict[str, Any]]:
    """A target response without a sum, by its word or by the category of the authors.

    Of PD in a word it is not known how it compares with the first iUPD.
    """
    if reported := reported_category(scan):
        return [one for word in reported for one in _category_interpretations(word)]
    categories = scan.target.levels if scan.target else ("NE",)
    return [
        {"target": TARGET_CODE[category], "target_increase": more}
        for category in categories
        for more in ((False, True) if category == "PD" else (False,))
    ]


def _category_interpretations(word: str) -> list[dict[str, Any]]:
    """The interpretations of a category: iCPD has increased further, iUPD has not, PD may have."""
    code = meaning(word)
    implied = IMPLIED_TARGET[code] if code is not None else "NE"
    increases = (True,) if having_their_own(word) else (False, True)
    return [
        {"target": TARGET_CODE[implied], "target_increase": more, "category": CATEGORY_CODE[word]}
        for more in (increases if code is Code.PD else (False,))
    ]


def _earlier_new_lesions(scan: Scan) -> list[dict[str, Any]]:
    """Earlier new lesions: growth confirms; whether it is unequivocal is left open."""
    if scan.earlier_new == "grown":
        return [{"nlnt_increase": True, "nlnt_pd": certain} for certain in (False, True)]
    return [{"nl_resolved": scan.earlier_new == "gone"}]


@attrs.frozen
class _OpenFinding:
    """A finding that interpretations may differ in: the start of the sentence, and its meanings.

    ``within``: compare only interpretations that are equal otherwise.
    """

    of: str
    words: tuple[str, ...]
    within: bool = True


_FURTHER = "grown 5 mm since the first unconfirmed PD"


_OPEN_FINDINGS = {
    "target": _OpenFinding("{target} {when} means", tuple(map(str, Target)), within=False),
    "decrease": _OpenFinding("the decrease from baseline {when} is", (), within=False),
    "increase": _OpenFinding("the increase from the nadir {when} is", (), within=False),
    "below_pd": _OpenFinding(
        "the increase from the nadir {when} is", ("5 mm or more", "below 5 mm")
    ),
    "below_further": _OpenFinding("the targets {when} have", (_FURTHER, f"not {_FURTHER}")),
    "nontarget": _OpenFinding(
        "non-targets {non_target} {when} means", tuple(map(str, NonTarget)), within=False
    ),
    "target_increase": _OpenFinding("the targets {when} have", (f"not {_FURTHER}", _FURTHER)),
    "nlnt_pd": _OpenFinding(
        "the growth of earlier new lesions {when} is", ("not unequivocal", "unequivocal")
    ),
}


def vague_scans(
    scans: tuple[Scan, ...], interpreted: list[list[dict[str, Any]]]
) -> Iterator[VagueScan]:
    """The findings of each scan that its interpretations differ in; a change as it is printed."""
    for place, (scan, interpretations) in enumerate(zip(scans, interpreted, strict=True)):
        columns = dict.fromkeys(
            name
            for interpretation in interpretations
            for name in interpretation
            if name in _OPEN_FINDINGS or name not in SUM_COLUMNS
        )
        for column in columns if len(interpretations) > 1 else ():
            differ = _OPEN_FINDINGS.get(column, _OpenFinding(f"{column} {{when}} is", ()))
            values = _meanings(interpretations, column, within=differ.within)
            if len(values) > 1:
                yield VagueScan(scan=place, of=_question(scan, differ), meanings=tuple(
                    (differ.words[int(value)] if differ.words else str(value), bits)
                    for value, bits in values.items()
                ))  # fmt: skip


def _question(scan: Scan, differ: _OpenFinding) -> str:
    categories = " and ".join(category for _, category in scan.called)
    return differ.of.format(
        target=scan.target or categories, non_target=scan.non_target, when=scan.start.in_sentence
    )


def _meanings(
    interpretations: list[dict[str, Any]], column: str, *, within: bool
) -> dict[Any, int]:
    """The interpretations by their value of one column, as bits.

    ``within``: count only those that differ in this column alone.
    """
    alike: dict[Any, set[Any]] = {}
    others = [
        tuple((k, v) for k, v in sorted(one.items()) if k != column) for one in interpretations
    ]
    for other, one in zip(others, interpretations, strict=True):
        alike.setdefault(other, set()).add(one.get(column))
    values: dict[Any, int] = {}
    for bit, (other, one) in enumerate(zip(others, interpretations, strict=True)):
        if not within or len(alike[other]) > 1:
            value = one.get(column)
            values[value] = values.get(value, 0) | 1 << bit
    return values
