"""Printed calls on how the disease behaves: pseudoprogression and hyperprogression.

Neither is a category of a criterion, so each is compared with what its definitions need.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.verdict import Verdict, not_checkable
from timeline.endpoints.derived_case import DerivedCase
from timeline.measures.hyperprogression import DEFINITIONS
from timeline.measures.results import HYPERPROGRESSION as HYPERPROGRESSED
from timeline.measures.results import MeasureResult, measures_of
from timeline.record.events import Event, Scan, Treatment
from timeline.report.claims import Claim
from timeline.results.statuses import Status
from timeline.terminology.criteria import IMMUNE, PRIMARY
from timeline.terminology.response_codes import Code
from timeline.terminology.response_words import HYPERPROGRESSION, PSEUDOPROGRESSION

_WORDS = {code: IMMUNE.words[code] for code in (Code.UPD, Code.PD, Code.NE)}


def check_behaviour(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """The verdict on a call of pseudoprogression or hyperprogression of a scan or a line."""
    return _CHECKS[str(claim.value)](claim, event, derived)


def _check_pseudoprogression(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """An iUPD that a later scan does not confirm: iSD, iPR or iCR follows (Seymour 2017).

    The call may be of the scan with the iUPD, or of the later one that shows what it was.
    """
    found = _of_line(event, derived, IMMUNE.title)
    if not found:
        return not_checkable(
            claim,
            f"pseudoprogression is an {_WORDS[Code.UPD]} that is not confirmed, and {claim.of} is "
            "not judged by iRECIST (write criterion: iRECIST on the line, or --criterion iRECIST)",
        )
    ends = [_after_progression(found, at) for at in _progressions(found, event)]
    if not ends:
        what = f"no {_WORDS[Code.UPD]} up to {event.label}"
        return _verdict(
            claim, Conclusion.CONTRADICTED, f"the findings give {what} ({_rows(found)})"
        )
    best = min(ends, key=lambda each: _BEST_FIRST.index(each.conclusion))
    if best.conclusion is Conclusion.NOT_CHECKABLE:
        return not_checkable(claim, best.description)
    return _verdict(claim, best.conclusion, best.description)


_BEST_FIRST = (
    Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.NOT_CHECKABLE, Conclusion.CONTRADICTED
)  # fmt: skip


@attrs.frozen
class _End:
    conclusion: Conclusion
    description: str


def _of_line(event: Event, derived: DerivedCase, title: str) -> tuple[Status, ...]:
    """The statuses of the line of a scan or a treatment under a criterion, in order of time."""
    line = event.line if isinstance(event, Scan | Treatment) else None
    return derived.status(title, line) if line is not None else ()


def _progressions(found: Sequence[Status], event: Event) -> list[int]:
    """Where an iUPD may be: of a line everywhere, of a scan the last up to it."""
    every = [at for at, each in enumerate(found) if _WORDS[Code.UPD] in each.labels]
    if isinstance(event, Treatment):
        return every
    until = next((at for at, each in enumerate(found) if each.scan is event), -1)
    return [at for at in every if at <= until][-1:]


def _after_progression(found: Sequence[Status], at: int) -> _End:
    """What the scans after an iUPD make of it."""
    upd, cpd, unknown = (_WORDS[code] for code in (Code.UPD, Code.PD, Code.NE))
    first = found[at]
    for each in found[at + 1 :]:
        if set(each.labels) <= {upd, unknown}:  # it is still open
            continue
        text = f"{first.label} at {first.scan.label}, then {each.label} at {each.scan.label}"
        if each.labels == (cpd,):
            return _End(Conclusion.CONTRADICTED, f"the findings give {text}: it is confirmed")
        sure = first.labels == (upd,) and not {upd, cpd, unknown} & set(each.labels)
        conclusion = Conclusion.AGREES if sure else Conclusion.POSSIBLE
        return _End(conclusion, f"the findings give {text}")
    missing = f"no later scan shows whether the {upd} at {first.scan.label} was confirmed"
    return _End(Conclusion.NOT_CHECKABLE, missing)


def _rows(found: Sequence[Status]) -> str:
    return "; ".join(f"{each.label} at {each.scan.label}" for each in found)


def _verdict(claim: Claim, conclusion: Conclusion, recorded: str) -> Verdict:
    return Verdict(claim, conclusion, f"printed {claim.text}; {recorded}", recorded=recorded)


def _check_hyperprogression(claim: Claim, event: Event, derived: DerivedCase) -> Verdict:
    """The call against each definition that the record decides; reports rarely name theirs."""
    found = _of_line(event, derived, PRIMARY.title)
    first = found[0] if found else None
    if first is None or (isinstance(event, Scan) and first.scan is not event):
        return not_checkable(
            claim, f"{claim.of} is not the first evaluation of a line of treatment"
        )
    found_of = [each for each in measures_of(derived, first.line) if each.group == HYPERPROGRESSED]
    names = [row.name for row in DEFINITIONS.values()]
    told = dict(zip(names, found_of, strict=True)) if found_of else {}
    text = "; ".join(map(_told, told, told.values()))
    if all(each.value is None for each in told.values()):
        needs = "dated sums of the same targets before the baseline, at it and at the first scan"
        return not_checkable(
            claim, f"no definition can be decided, of {', '.join(names)}: most need {needs}"
        )
    met = any(each.value is True and not each.provisional for each in told.values())
    # where none is met, a report may mean another definition
    return _verdict(claim, Conclusion.AGREES if met else Conclusion.POSSIBLE, text)


def _told(name: str, result: MeasureResult) -> str:
    """``Champiat 2017 (PD at the first ..): met``."""
    words: dict[object, str] = {True: "met", False: "not met", None: "open"}
    word = words[result.value]
    return f"{name} ({result.rule}): {word}{', provisional' * result.provisional}"


_CHECKS = {PSEUDOPROGRESSION: _check_pseudoprogression, HYPERPROGRESSION: _check_hyperprogression}
BEHAVIOUR = tuple(_CHECKS)
