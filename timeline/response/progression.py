"""When each patient progressed, what ended progression-free survival, how long a response lasted.

RECIST 1.1: the first PD is progression. iRECIST: the first iUPD of the block that iCPD confirms, or
of a block that nothing better followed (Seymour 2017, statistical considerations; setting
``unconfirmed_iupd_policy``). A *block* runs from a first iUPD until a better label voids it.
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.confirmation import CONFIRMATIONS, confirmed_scans, membership_table
from timeline.response.responses import NEVER, Responses
from timeline.response.scans import CHUNK
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, PfsEvent

Array = npt.NDArray[Any]
VOIDING_LABELS = (Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED)  # these void an iUPD
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
    """The progression of n patients; `NEVER` and -1 mean that it did not happen.

    ``pfs_event`` is no censoring flag: CNSR of ADaM, 0 for an event, is `censored`.

    Progression and death on one day count as progression. ``duration`` runs from the first CR or
    PR to the progression, in days; where responses must be confirmed (setting
    response_confirmation), from the first confirmed one.
    """

    scan: Array  # the scan that dates progression, place from 0
    day: Array
    confirmed: Array
    pfs_event: Array  # place in the words of `PfsEvent`
    pfs_day: Array  # of a censored patient the last evaluable assessment, or the reference day
    response_scan: Array  # the first CR or PR before the progression, confirmed where it must be
    duration: Array

    @property
    def censored(self) -> Array:
        """CNSR of progression-free survival: 1 where it is censored, 0 where there is an event."""
        found: Array = (self.pfs_event == CENSORED).astype(np.int8)
        return found

    def select(self, patients: Any) -> ProgressionArrays:
        """The progression of some patients: a slice or an array of places counted from 0."""
        columns = (field.name for field in attrs.fields(ProgressionArrays))
        return ProgressionArrays(**{name: getattr(self, name)[patients] for name in columns})

    def of(self, patient: int) -> PfsResult:
        """The progression of one patient, by place from 0."""
        return PfsResult(
            progression_day=_day_or_none(self.day[patient]),
            progression_confirmed=bool(self.confirmed[patient]),
            pfs_event=tuple(PfsEvent)[self.pfs_event[patient]],
            pfs_day=int(self.pfs_day[patient]),
            duration_days=_day_or_none(self.duration[patient]),
        )


def _day_or_none(day: Any) -> int | None:
    return None if day == NEVER else int(day)


def derive_progression(
    responses: Responses, settings: Settings | None = None, *, death_day: Any = None
) -> ProgressionArrays:
    """The progression of every patient.

    Args:
        responses: The labels of n patients.
        settings: Answers to what the publications leave open; None: those of the responses.
        death_day: Days since the reference day, n; `NEVER` for patients alive.
    """
    settings = responses.criterion.answered(responses.settings if settings is None else settings)
    patients = len(responses.code)
    death = np.full(patients, NEVER) if death_day is None else np.asarray(death_day, dtype=np.int64)
    starts = range(0, max(patients, 1), CHUNK)
    parts = [
        _derive_chunk(part, settings, death[start : start + CHUNK])
        for start, part in zip(starts, responses.chunks(), strict=True)
    ]
    return ProgressionArrays(
        **{name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    )


def _derive_chunk(responses: Responses, settings: Settings, death: Array) -> dict[str, Array]:
    """The columns of `ProgressionArrays` for some patients."""
    scans = progression_scans(responses, settings)
    scan, confirmed = scans.final, scans.final >= 0
    if settings.unconfirmed_iupd_policy == "event":
        unconfirmed = scans.block if settings.trailing_iupd_date == "first" else scans.last
        scan = np.where(~confirmed & (scans.block >= 0), unconfirmed, scan)
    day = _day_of_scan(responses.dated, scan)
    response = _response_scan(responses, scans.response, settings)
    first = _day_of_scan(responses.day, response)
    last_clear = _day_of_scan(responses.day, scans.clear)
    censored = np.where(scans.clear >= 0, last_clear, responses.reference)
    event = np.where(day <= death, PROGRESSION, DEATH)
    event = np.where(np.minimum(day, death) == NEVER, CENSORED, event)
    has_duration = (scan >= 0) & (response >= 0)
    return {
        "scan": scan,
        "day": day,
        "confirmed": confirmed,
        "pfs_event": event.astype(np.int8),
        "pfs_day": np.where(event == CENSORED, censored, np.minimum(day, death)),
        "response_scan": response,
        "duration": np.where(has_duration, day - np.where(has_duration, first, 0), NEVER),
    }


def _response_scan(responses: Responses, first: Array, settings: Settings) -> Array:
    """The scan of the response that counts: the first, or the first that was confirmed.

    A response after the first PD does not count, whether or not that PD counts as progression.
    """
    if settings.response_confirmation == "not_required":
        return first
    return confirmed_response(responses, settings)[0]


def confirmed_response(responses: Responses, settings: Settings) -> tuple[Array, Array]:
    """The scan of the first CR or PR that was confirmed, and the scan that confirms it; -1: none.

    A response after the first PD does not count, whether or not that PD counts as progression.
    """
    code = labels_by_scan(responses)
    if len(code):
        ended = np.logical_or.accumulate(code == Code.PD, axis=0)
        code[1:][ended[:-1]] = Code.NONE
    code[responses.pr_persists.T & (code == Code.PR)] = Code.SD
    day = np.ascontiguousarray(responses.day.T)
    none = np.iinfo(np.int16).max
    found = np.full(len(responses.code), none, dtype=np.int16)
    by = np.full(len(responses.code), -1, dtype=np.int16)
    for rule in CONFIRMATIONS.values():
        scan, confirming = confirmed_scans(code, day, rule, settings)
        earlier = (scan >= 0) & (scan < found)
        found, by = np.where(earlier, scan, found), np.where(earlier, confirming, by)
    return np.where(found < none, found, np.int16(-1)), by


def labels_by_scan(responses: Responses) -> Array:
    """The labels, scans x patients, without those that a back-dated progression removes."""
    code = np.array(responses.code.T, order="C")
    code[back_dated(responses)] = Code.NONE
    return code


def back_dated(responses: Responses) -> Array:
    """Scans from the first sight of a lesion that proved new to its confirmation, scans x patients.

    The first is included, the confirmation is not. Progression is dated by the first of them
    (Eisenhauer 2009 4.3.5), so none is a response.
    """
    day, dated = responses.day.T, responses.dated.T
    found = np.zeros(day.shape, dtype=bool)
    for scan in range(len(day)):
        earlier = dated[scan] < day[scan]
        if earlier.any():
            found[:scan] |= earlier & (day[:scan] >= dated[scan]) & (day[:scan] < day[scan])
    return found


@attrs.define(eq=False, kw_only=True)
class ProgressionScans:
    """The scans of n patients that progression depends on, place from 0; -1 where there is none."""

    final: Array  # the progression that counts
    block: Array  # first iUPD of the block that is open at the end
    last: Array  # last iUPD of that block
    response: Array  # first CR or PR
    clear: Array  # last label that is neither NE nor iUPD nor PD
    going: Array  # True: no progression counts yet

    def select(self, rows: Array) -> ProgressionScans:
        """Those of some patients, by place; one may be taken several times."""
        columns = (field.name for field in attrs.fields(ProgressionScans))
        return ProgressionScans(**{name: getattr(self, name)[rows] for name in columns})


def progression_scans(responses: Responses, settings: Settings) -> ProgressionScans:
    """The scans of each patient that progression depends on."""
    alone = counts_without_iupd(responses.criterion.confirms, settings)
    scans = initial_progression_scans(len(responses.code))
    code = labels_by_scan(responses)
    opens = np.ascontiguousarray(responses.opens.T)
    for scan in range(len(code)):
        update_progression_scans(scans, code[scan], opens[scan], scan, alone=alone)
    return scans


def counts_without_iupd(confirms: bool, settings: Settings) -> bool:
    """Whether a confirmed progression counts that no unconfirmed one came before.

    Args:
        confirms: The criterion requires confirmation.
        settings: Setting ``icpd_without_iupd``.
    """
    return settings.icpd_without_iupd == "counts" or not confirms


def initial_progression_scans(patients: int) -> ProgressionScans:
    """The scans before the first scan: none, and no progression."""
    none = np.full(patients, -1, dtype=np.int16)
    return ProgressionScans(
        final=none,
        block=none,
        last=none,
        response=none,
        clear=none,
        going=np.ones(patients, dtype=bool),
    )


_IS_VOIDING = membership_table(VOIDING_LABELS)


def update_progression_scans(
    scans: ProgressionScans, label: Array, opens: Array, scan: int, *, alone: bool
) -> None:
    """Take in the labels of one more scan, in place.

    Args:
        scans: The scans so far.
        label: Labels as `Code`, n.
        opens: Whether a first iUPD is seen at this scan, n.
        scan: Its place, from 0.
        alone: A confirmed progression counts although no unconfirmed one came before.
    """
    here = np.int16(scan)
    pending = scans.going & (label == Code.UPD)
    better = scans.going & _IS_VOIDING[label]
    final = scans.going & (label == Code.PD)
    responds = better & (label <= Code.PR) & (scans.response < 0)
    scans.response = np.where(responds, here, scans.response)
    dates = np.where(scans.block >= 0, scans.block, here if alone else np.int16(-1))
    scans.final = np.where(final, dates, scans.final)
    scans.going = scans.going & ~final
    starts = pending & ((scans.block < 0) | opens)
    scans.block = np.where(starts, here, np.where(better, np.int16(-1), scans.block))
    scans.last = np.where(pending, here, scans.last)
    scans.clear = np.where(better, here, scans.clear)


def _day_of_scan(days: Array, scan: Array) -> Array:
    """The day of a scan by patient; `NEVER` where there is no such scan."""
    if not days.shape[1]:
        return np.full(len(days), NEVER)
    picked = days[np.arange(len(days)), np.maximum(scan, 0)]
    return np.where(scan >= 0, picked, NEVER)
