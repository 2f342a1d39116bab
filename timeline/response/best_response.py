"""Best overall response, with and without confirmation: rows from best to worst."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import CONFIRMATIONS, are_among, first_confirmed
from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import Responses
from timeline.response.progression import back_dated, walk
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]


@attrs.frozen(kw_only=True)
class ResponseCandidate:
    """One best overall response: the labels that make it, and whether it has to have lasted."""

    best: Code
    labels: tuple[Code, ...]
    waits: bool = False  # only from setting min_sd_days on
    untargeted: tuple[Code, ...] | None = None  # the labels where there are no targets, if other
    source: str


_RESPONSES = (Code.CR, Code.PR, Code.SD)
_TOO_EARLY = (*_RESPONSES, Code.NON_CR_NON_PD, Code.NED, Code.NE)
_ORDER = "Eisenhauer 2009 4.4.3; iRECIST: Seymour 2017 Table 3"

# The first that a patient has is the best; none of them: MISSING.
CANDIDATES = (
    ResponseCandidate(best=Code.CR, labels=(Code.CR,), source=_ORDER),
    ResponseCandidate(best=Code.PR, labels=(Code.PR,), source=_ORDER),
    ResponseCandidate(best=Code.SD, labels=_RESPONSES, waits=True, untargeted=(), source=_ORDER),
    ResponseCandidate(
        best=Code.NON_CR_NON_PD,
        labels=(Code.NON_CR_NON_PD,),
        waits=True,
        untargeted=(Code.CR, Code.NON_CR_NON_PD),
        source="Eisenhauer 2009 Table 2: without target disease there is no SD",
    ),
    ResponseCandidate(
        best=Code.NED, labels=(Code.NED,), waits=True, source="admiralonco vignette, bor_ned"
    ),
    ResponseCandidate(best=Code.PD, labels=(Code.PD,), source=_ORDER),
    ResponseCandidate(best=Code.UPD, labels=(Code.UPD,), source="Seymour 2017 Table 3"),
    ResponseCandidate(best=Code.NE, labels=_TOO_EARLY, source="admiralonco bor_ne"),
)


@attrs.frozen(kw_only=True, eq=False)
class Best:
    """The best overall response of n patients: its code, and the scan it stands on (-1: none)."""

    responses: Responses
    code: Array
    scan: Array

    def word(self, patient: int) -> str:
        """The best response of one patient, as printed."""
        return str(self.responses.criterion.words[self.code[patient]])

    def day(self, patient: int) -> int | None:
        """The day of the first assessment that makes it; of iCPD the iUPD that it confirms."""
        scan = self.scan[patient]
        return int(self.responses.dated[patient, scan]) if scan >= 0 else None


def best(responses: Responses, settings: Settings = DEFAULTS, *, confirmed: bool = False) -> Best:
    """Best overall response; ``confirmed`` asks CR and PR to be confirmed by a later scan."""
    parts = [_best(part, settings, confirmed) for part in responses.chunks()]
    code, scan = (np.concatenate(each) for each in zip(*parts, strict=True))
    return Best(responses=responses, code=code, scan=scan)


def _best(responses: Responses, settings: Settings, confirmed: bool) -> tuple[Array, Array]:
    """Code of the best response and the scan it stands on, by patient."""
    code, day = _window(responses, settings)
    measured = np.where(responses.kept.T & (code == Code.PR), np.int8(Code.SD), code)
    late = day - responses.reference >= settings.min_sd_days
    best = np.full(code.shape[1], Code.MISSING, dtype=np.int8)
    scan = np.full(code.shape[1], -1, dtype=np.int16)
    for row in reversed(CANDIDATES):
        if row.best is Code.PD:
            first = walk(responses, settings).final
        elif confirmed and row.best in CONFIRMATIONS:
            first = first_confirmed(measured, day, CONFIRMATIONS[row.best], settings)
        else:
            first = _first(_made(row, code, responses) & (late if row.waits else True))
        best = np.where(first >= 0, np.int8(row.best), best)
        scan = np.where(first >= 0, first, scan)
    if settings.missing_as_ne:
        best = np.where(best == Code.MISSING, np.int8(Code.NE), best)
    return best, scan


def _made(row: ResponseCandidate, code: Array, responses: Responses) -> Array:
    """Which labels make a best response, scans x patients."""
    made: Array = are_among(row.labels)[code]
    if row.untargeted is None:
        return made
    return np.where(responses.has_targets, made, are_among(row.untargeted)[code])


def _window(responses: Responses, settings: Settings) -> tuple[Array, Array]:
    """Labels that count and their days, scans x patients: up to and including the first PD.

    Past it where the criterion lets a response after progression count.
    """
    code = np.array(responses.code.T, order="C")
    if not waits_past_pd(responses.criterion, settings) and len(code):
        ended = np.logical_or.accumulate(code == Code.PD, axis=0)
        code[1:][ended[:-1]] = Code.NONE
    code[back_dated(responses)] = Code.NONE
    return code, np.ascontiguousarray(responses.day.T)


def waits_past_pd(criterion: Criterion, settings: Settings) -> bool:
    """Whether a best response may still come after the first PD."""
    return not settings.stop_bor_at_pd or criterion.best_after_pd(settings)


def _first(holds: Array) -> Array:
    """The first scan at which something holds, by patient; -1 where it never does."""
    first = np.full(holds.shape[1], -1, dtype=np.int16)
    for scan in reversed(range(len(holds))):
        first[holds[scan]] = scan
    return first
