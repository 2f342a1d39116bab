"""When each patient progressed, what ended progression-free survival, how long response held."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import CONFIRMATIONS, are_among, first_confirmed
from timeline.response.evaluate import NEVER, Responses
from timeline.response.scans import CHUNK
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code, PfsEvent

Array = npt.NDArray[Any]
BETTER = (Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED)  # these void an iUPD
CENSORED, PROGRESSION, DEATH = range(3)


@attrs.frozen(kw_only=True)
class PfsResult:
    """The progression of one patient; days since the reference day, None for what was not."""

    progression_day: int | None
    progression_confirmed: bool
    pfs_event: PfsEvent
    pfs_day: int
    duration_days: int | None


@attrs.frozen(kw_only=True, eq=False)
class ProgressionArrays:
    """The progression of n patients; `NEVER` and -1 stand for what did not happen.

    RECIST 1.1: the first PD. iRECIST: the first iUPD of the block that iCPD confirms, or of a
    block that nothing better followed (Seymour 2017, statistics; setting
    `unconfirmed_iupd_policy`). Progression and death of one day: progression.
    ``duration`` runs from the first CR or PR to the progression, in days, by the same policy;
    where responses must be confirmed (setting response_confirmation), from the first that is.
    """

    scan: Array
    day: Array
    confirmed: Array
    pfs_event: Array  # place in the words of Event
    pfs_day: Array  # of a censored patient the last evaluable assessment, or the reference day
    response_scan: Array  # the first CR or PR before the progression, confirmed where it must be
    duration: Array

    def part(self, patients: Any) -> ProgressionArrays:
        """That of some patients: a slice or an array of places counted from 0."""
        columns = (field.name for field in attrs.fields(ProgressionArrays))
        return ProgressionArrays(**{name: getattr(self, name)[patients] for name in columns})

    def of(self, patient: int) -> PfsResult:
        """One patient's part."""
        return PfsResult(
            progression_day=_known(self.day[patient]),
            progression_confirmed=bool(self.confirmed[patient]),
            pfs_event=tuple(PfsEvent)[self.pfs_event[patient]],
            pfs_day=int(self.pfs_day[patient]),
            duration_days=_known(self.duration[patient]),
        )


def _known(day: Any) -> int | None:
    return None if day == NEVER else int(day)


def progression(
    responses: Responses, settings: Settings = DEFAULTS, *, death_day: Any = None
) -> ProgressionArrays:
    """The progression of every patient; ``death_day`` is n days, `NEVER` for the living."""
    patients = len(responses.code)
    death = np.full(patients, NEVER) if death_day is None else np.asarray(death_day, dtype=np.int64)
    starts = range(0, max(patients, 1), CHUNK)
    parts = [
        _progression(part, settings, death[start : start + CHUNK])
        for start, part in zip(starts, responses.chunks(), strict=True)
    ]
    return ProgressionArrays(
        **{name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    )


def _progression(responses: Responses, settings: Settings, death: Array) -> dict[str, Array]:
    """The columns of `Progression` for some patients."""
    walked = walk(responses, settings)
    scan, confirmed = walked.final, walked.final >= 0
    if settings.unconfirmed_iupd_policy == "event":
        trailing = walked.block if settings.trailing_iupd_date == "first" else walked.last
        scan = np.where(~confirmed & (walked.block >= 0), trailing, scan)
    day = _at(responses.dated, scan)
    responded = _response(responses, walked.response, settings)
    first = _at(responses.day, responded)
    censored = np.where(walked.clear >= 0, _at(responses.day, walked.clear), responses.reference)
    event = np.where(day <= death, PROGRESSION, DEATH)
    event = np.where(np.minimum(day, death) == NEVER, CENSORED, event)
    held = (scan >= 0) & (responded >= 0)
    return {
        "scan": scan,
        "day": day,
        "confirmed": confirmed,
        "pfs_event": event.astype(np.int8),
        "pfs_day": np.where(event == CENSORED, censored, np.minimum(day, death)),
        "response_scan": responded,
        "duration": np.where(held, day - np.where(held, first, 0), NEVER),
    }


def _response(responses: Responses, first: Array, settings: Settings) -> Array:
    """The scan of the response that counts: the first, or the first that was confirmed.

    A response after the first PD is none, whether or not that PD counts as progression.
    """
    if settings.response_confirmation == "not_required":
        return first
    code = np.array(responses.code.T, order="C")
    code[back_dated(responses)] = Code.NONE
    if len(code):
        ended = np.logical_or.accumulate(code == Code.PD, axis=0)
        code[1:][ended[:-1]] = Code.NONE
    code[responses.kept.T & (code == Code.PR)] = Code.SD
    day = np.ascontiguousarray(responses.day.T)
    none = np.iinfo(np.int16).max
    found = np.full(len(first), none, dtype=np.int16)
    for rule in CONFIRMATIONS.values():
        scan = first_confirmed(code, day, rule, settings)
        found = np.where(scan >= 0, np.minimum(found, scan), found)
    return np.where(found < none, found, np.int16(-1))


def back_dated(responses: Responses) -> Array:
    """Scans from the first sight of a lesion that proved new to its confirmation, scans x patients.

    Progression is dated by the first of them (Eisenhauer 2009 4.3.5), so none is a response.
    """
    day, dated = responses.day.T, responses.dated.T
    found = np.zeros(day.shape, dtype=bool)
    for scan in range(len(day)):
        back = dated[scan] < day[scan]
        if back.any():
            found[:scan] |= back & (day[:scan] >= dated[scan]) & (day[:scan] < day[scan])
    return found


def walk(responses: Responses, settings: Settings) -> SimpleNamespace:
    """Scans of each patient that matter, -1 where there is none; arrays of n.

    final: the progression that stands; block, last: first and last iUPD of the block still
    open at the end; response: first CR or PR; clear: last label that is neither NE nor iUPD.
    """
    alone = stands_alone(responses.criterion.confirms, settings)
    at = response_begun(len(responses.code))
    code = np.array(responses.code.T, order="C")
    code[back_dated(responses)] = Code.NONE
    opens = np.ascontiguousarray(responses.opens.T)
    for scan in range(len(code)):
        passed_scans(at, code[scan], opens[scan], scan, alone=alone)
    return at


def stands_alone(confirms: bool, settings: Settings) -> bool:
    """Whether a progression stands that no unconfirmed one came before."""
    return settings.icpd_without_iupd == "counts" or not confirms


def response_begun(patients: int) -> SimpleNamespace:
    """The scans that matter before the first scan; ``going``: no progression stands yet."""
    none = np.full(patients, -1, dtype=np.int16)
    going = np.ones(patients, dtype=bool)
    return SimpleNamespace(
        final=none, block=none, last=none, response=none, clear=none, going=going
    )


_BETTER = are_among(BETTER)


def passed_scans(
    at: SimpleNamespace, label: Array, opens: Array, scan: int, *, alone: bool
) -> None:
    """The scans that matter after one more scan, in place."""
    here = np.int16(scan)
    pending = at.going & (label == Code.UPD)
    better = at.going & _BETTER[label]
    final = at.going & (label == Code.PD)
    responds = better & (label <= Code.PR) & (at.response < 0)
    at.response = np.where(responds, here, at.response)
    dates = np.where(at.block >= 0, at.block, here if alone else np.int16(-1))
    at.final = np.where(final, dates, at.final)
    at.going = at.going & ~final
    starts = pending & ((at.block < 0) | opens)
    at.block = np.where(starts, here, np.where(better, np.int16(-1), at.block))
    at.last = np.where(pending, here, at.last)
    at.clear = np.where(better, here, at.clear)


def _at(days: Array, scan: Array) -> Array:
    """The day of a scan by patient; `NEVER` where there is no such scan."""
    if not days.shape[1]:
        return np.full(len(days), NEVER)
    picked = days[np.arange(len(days)), np.maximum(scan, 0)]
    return np.where(scan >= 0, picked, NEVER)
