"""Best overall response, with and without confirmation.

`CANDIDATES` lists the best responses from best to worst, each with the labels that make it. The
first row whose condition a patient fulfils is the best response.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import CONFIRMATIONS, first_confirmed, membership_table
from timeline.response.criteria.criterion import Criterion
from timeline.response.progression import back_dated, progression_scans
from timeline.response.responses import Responses
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True)
class ResponseCandidate:
    """One best overall response and the labels that make it."""

    best: Code
    labels: tuple[Code, ...]
    minimum_duration: bool = False  # the label counts from day min_sd_days on (setting)
    untargeted: tuple[Code, ...] | None = None  # labels without target disease, where they differ
    source: str


_RESPONSES = (Code.CR, Code.PR, Code.SD)
_TOO_EARLY = (*_RESPONSES, Code.NON_CR_NON_PD, Code.NED, Code.NE)
_ORDER = "Eisenhauer 2009 4.4.3; iRECIST: Seymour 2017 Table 3"

# From best to worst; a patient who fulfils none of them is MISSING.
CANDIDATES = (
    ResponseCandidate(best=Code.CR, labels=(Code.CR,), source=_ORDER),
    ResponseCandidate(best=Code.PR, labels=(Code.PR,), source=_ORDER),
    ResponseCandidate(
        best=Code.SD, labels=_RESPONSES, minimum_duration=True, untargeted=(), source=_ORDER
    ),
    ResponseCandidate(
        best=Code.NON_CR_NON_PD,
        labels=(Code.NON_CR_NON_PD,),
        minimum_duration=True,
        untargeted=(Code.CR, Code.NON_CR_NON_PD),
        source="Eisenhauer 2009 Table 2: without target disease there is no SD",
    ),
    ResponseCandidate(
        best=Code.NED,
        labels=(Code.NED,),
        minimum_duration=True,
        source="admiralonco vignette, bor_ned",
    ),
    ResponseCandidate(best=Code.PD, labels=(Code.PD,), source=_ORDER),
    ResponseCandidate(best=Code.UPD, labels=(Code.UPD,), source="Seymour 2017 Table 3"),
    ResponseCandidate(best=Code.NE, labels=_TOO_EARLY, source="admiralonco bor_ne"),
)


@attrs.frozen(kw_only=True, eq=False)
class BestOverallResponses:
    """The best overall response of n patients: its code, and the scan it is seen at (-1: none)."""

    responses: Responses
    code: Array
    scan: Array

    def word(self, patient: int) -> str:
        """The best response of one patient, as printed."""
        return str(self.responses.criterion.words[self.code[patient]])

    def day(self, patient: int) -> int | None:
        """The day of the first assessment that makes it; of iCPD that of the iUPD it confirms."""
        scan = self.scan[patient]
        return int(self.responses.dated[patient, scan]) if scan >= 0 else None


def best_overall_response(
    responses: Responses, settings: Settings | None = None, *, confirmed: bool = False
) -> BestOverallResponses:
    """The best overall response of every patient.

    Args:
        responses: The labels of n patients.
        settings: Answers to what the publications leave open; None: those of the responses.
        confirmed: CR and PR count only where a later scan confirms them.
    """
    settings = responses.criterion.answered(responses.settings if settings is None else settings)
    parts = [_best_of_chunk(part, settings, confirmed) for part in responses.chunks()]
    code, scan = (np.concatenate(each) for each in zip(*parts, strict=True))
    return BestOverallResponses(responses=responses, code=code, scan=scan)


def _best_of_chunk(
    responses: Responses, settings: Settings, confirmed: bool
) -> tuple[Array, Array]:
    """Code of the best response and the scan it is seen at, by patient."""
    code, day = _counted_labels(responses, settings)
    measured = np.where(responses.pr_persists.T & (code == Code.PR), np.int8(Code.SD), code)
    has_lasted = day - responses.reference >= settings.min_sd_days
    best = np.full(code.shape[1], Code.MISSING, dtype=np.int8)
    scan = np.full(code.shape[1], -1, dtype=np.int16)
    for row in reversed(CANDIDATES):
        if row.best is Code.PD:
            first = progression_scans(responses, settings).final
        elif confirmed and row.best in CONFIRMATIONS:
            first = first_confirmed(measured, day, CONFIRMATIONS[row.best], settings)
        else:
            in_time = has_lasted if row.minimum_duration else True
            first = _first_scan(_qualifying(row, code, responses) & in_time)
        best = np.where(first >= 0, np.int8(row.best), best)
        scan = np.where(first >= 0, first, scan)
    if settings.missing_as_ne:
        best = np.where(best == Code.MISSING, np.int8(Code.NE), best)
    return best, scan


def _qualifying(row: ResponseCandidate, code: Array, responses: Responses) -> Array:
    """Which labels make a best response, scans x patients."""
    qualifies: Array = membership_table(row.labels)[code]
    if row.untargeted is None:
        return qualifies
    return np.where(responses.has_targets, qualifies, membership_table(row.untargeted)[code])


def _counted_labels(responses: Responses, settings: Settings) -> tuple[Array, Array]:
    """Labels that count and their days, scans x patients: up to and including the first PD.

    Later labels count where the criterion lets a response after progression count.
    """
    code = np.array(responses.code.T, order="C")
    if not counts_after_pd(responses.criterion, settings) and len(code):
        ended = np.logical_or.accumulate(code == Code.PD, axis=0)
        code[1:][ended[:-1]] = Code.NONE
    code[back_dated(responses)] = Code.NONE
    return code, np.ascontiguousarray(responses.day.T)


def counts_after_pd(criterion: Criterion, settings: Settings) -> bool:
    """Whether a label after the first PD may still be the best response."""
    return not settings.stop_bor_at_pd or criterion.best_after_pd(settings)


def _first_scan(fulfilled: Array) -> Array:
    """The first scan at which a condition holds, by patient; -1 where it never does."""
    first = np.full(fulfilled.shape[1], -1, dtype=np.int16)
    for scan in reversed(range(len(fulfilled))):
        first[fulfilled[scan]] = scan
    return first
