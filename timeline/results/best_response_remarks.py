"""What a reader must know of a best response: each remark is a row with its source."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence

import attrs

from timeline.core.text.phrase import Phrase
from timeline.results.statuses import Status
from timeline.settings.response import Settings
from timeline.terminology.criteria import PROGRESSIONS, meaning
from timeline.terminology.response_codes import Code

_STABLE = {Code.SD, Code.NON_CR_NON_PD}
_EVALUABLE = {Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED}


@attrs.frozen(kw_only=True)
class BestResponseBasis:
    """What a best response rests on.

    Attributes:
        labels: the possible best responses, as first documented.
        statuses: the statuses of the line that have a label, one for each time point, in order.
        has_baseline: whether a baseline scan is on record.
        by_findings: for each status whether the findings of its scan give it, and not the call of
            the authors.
        settings: the settings that it was derived under.
        local_therapies: for each status the last local therapy of the line before its scan, in
            words; empty where there is none.
    """

    labels: tuple[str, ...]
    statuses: tuple[Status, ...]
    has_baseline: bool
    by_findings: tuple[bool, ...]
    settings: Settings
    local_therapies: tuple[str, ...] = ()

    @property
    def therapy(self) -> str:
        """The local therapy before the first scan that shows the best response, in words."""
        shown = zip(self.statuses, self.local_therapies, strict=False)
        return next((therapy for each, therapy in shown if {*each.labels} & {*self.labels}), "")


@attrs.frozen(kw_only=True)
class RemarkRow:
    """One remark: when it applies, its words, and the source of what they say."""

    name: str
    applies: Callable[[BestResponseBasis], bool]
    text: str  # with the names of settings, and of the therapy, in braces
    source: str

    def says(self, remark: str) -> bool:
        """Whether a remark is this one, whatever stands in it for the names in braces."""
        return self.phrase_of(remark) is not None

    def phrase_of(self, remark: str) -> Phrase | None:
        """A remark as the phrase of this row; None where it is another one."""
        words = re.split(r"\{(\w+)\}", self.text)  # text, name, text, and so on
        pattern = "".join(f"(?P<{each}>.+)" if n % 2 else re.escape(each)
                          for n, each in enumerate(words))  # fmt: skip
        found = re.fullmatch(pattern, remark)
        return None if found is None else Phrase.of(self.text, **found.groupdict())


def _only_assessment(basis: BestResponseBasis) -> bool:
    return len(basis.statuses) == 1


def _progressed_at_first(basis: BestResponseBasis) -> bool:
    several = len(basis.statuses) > 1 and _is_progression(basis.labels)
    return several and _is_progression(basis.statuses[0].labels)


def _none_evaluable_before(basis: BestResponseBasis) -> bool:
    progressed = [_is_progression(each.labels) for each in basis.statuses]
    if not _is_progression(basis.labels) or True not in progressed[1:] or progressed[0]:
        return False
    return all(_means(each.labels, {Code.NE}) for each in basis.statuses[: progressed.index(True)])


def _perhaps_too_early(basis: BestResponseBasis) -> bool:
    """Whether the best response falls short of what was seen: it is not evaluable, or progression.

    Progression is the best response after what was, or may be, stable disease only where that may
    have been seen too early.
    """
    seen = {meaning(word) for each in basis.statuses for word in each.labels}
    best = set(map(meaning, basis.labels))
    before = itertools.takewhile(lambda each: not {*each.labels} & PROGRESSIONS, basis.statuses)
    stable = any(_STABLE & set(map(meaning, each.labels)) for each in before)
    return bool(seen & _EVALUABLE) and (
        Code.NE in best or (stable and bool({*basis.labels} & PROGRESSIONS))
    )


def _after_local_therapy(basis: BestResponseBasis) -> bool:
    return bool(basis.therapy) and _means(basis.labels, {Code.CR, Code.PR, Code.NED})


def _is_progression(labels: Sequence[str]) -> bool:
    return bool(labels) and set(labels) <= PROGRESSIONS


def _means(labels: Sequence[str], codes: set[Code]) -> bool:
    return bool(labels) and {meaning(word) for word in labels} <= codes


_E09 = "Eisenhauer 2009"
REMARK_ROWS = (
    RemarkRow(
        name="only assessment",
        applies=_only_assessment,
        text="the only assessment on record",
        source=f"{_E09} 4.4: the best response recorded from the start of the treatment until "
        "progression",
    ),
    RemarkRow(
        name="progression at the first assessment",
        applies=_progressed_at_first,
        text="progression at the first assessment",
        source=f"{_E09} 4.4.3",
    ),
    RemarkRow(
        name="no evaluable assessment before progression",
        applies=_none_evaluable_before,
        text="no assessment before progression was evaluable",
        source=f"{_E09} 4.4.2, Table 3",
    ),
    RemarkRow(
        name="stable disease seen too early",
        applies=_perhaps_too_early,
        text="stable disease counts from day {min_sd_days} of the line on",
        source=f"{_E09} 4.4.3: the minimum time from baseline; setting min_sd_days",
    ),
    RemarkRow(
        name="after local therapy",
        applies=_after_local_therapy,
        text="seen after {therapy} within the line",
        source="EORTC, RECIST frequently asked questions, Surgery/radiotherapy and RECIST: lesions "
        "that were treated are no longer part of the assessment",
    ),
    RemarkRow(
        name="by the call of the authors",
        applies=lambda basis: not any(basis.by_findings),
        text="called by the authors, without printed findings",
        source=f"{_E09} 4.4: derived from the findings of target, non-target and new lesions",
    ),
    RemarkRow(
        name="no baseline",
        applies=lambda basis: not basis.has_baseline,
        text="no baseline scan on record",
        source=f"{_E09} 4.1: baseline is what all later measurements are compared with",
    ),
)


def best_response_remarks(basis: BestResponseBasis) -> tuple[str, ...]:
    """The remarks that a reader of a best response needs, in the order of the rows.

    Args:
        basis: what the best response rests on; at least one status has a label.

    Returns:
        Each remark in words, none where the best response needs none.
    """
    if not basis.statuses:
        return ()
    words = {"min_sd_days": basis.settings.min_sd_days, "therapy": basis.therapy}
    return tuple(row.text.format(**words) for row in REMARK_ROWS if row.applies(basis))
