"""The labels of a cohort as arrays, and what each label was judged by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.scans import CHUNK, select_names, spread, typed_column
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code

Array = npt.NDArray[Any]
WARNINGS = ("", "late", "expired")
NEVER = np.int64(np.iinfo(np.int64).max)  # the day of what did not happen


@attrs.frozen(kw_only=True, eq=False)
class ResponseTrace:
    """What each label was judged by, for explanations and figures; arrays of n patients x m scans.

    Sums are nanometres, -1 where there is none. Codes are positions in the word lists.
    """

    target: Array
    target_row: Array  # row of the target table
    non_target: Array
    overall: Array
    total: Array  # the complete sum that was judged; with new lesions where the criterion adds them
    partial: Array  # else the sum of the lesions that were measured
    nadir: Array  # before the scan
    anchor: Array  # scan of the first iUPD, -1 where none is pending
    anchor_sum: Array  # the sum at it
    state: Array  # of the machine after the scan

    def select(self, patients: Any) -> ResponseTrace:
        """The trace of some patients."""
        return ResponseTrace(**{name: getattr(self, name)[patients] for name in TRACE_COLUMNS})


@attrs.frozen(kw_only=True, eq=False)
class Responses:
    """The label of each scan of each patient, and the row of the machine that gave it.

    Arrays are n patients x m scans unless marked ``n``. Days count from the reference day.
    """

    criterion: Criterion
    names: tuple[str, ...] = attrs.field(default=(), repr=False)
    day: Array
    recorded: Array  # False where the column is padding
    code: Array  # the label, as a `Code`
    row: Array  # place in the rules of the machine; -1 where the label was reported
    opens: Array  # a first iUPD (RECIST 1.1: the first PD) is seen at this scan
    dated: Array  # the day a progression seen here counts from: an equivocal lesion's first
    warning: Array  # place in WARNINGS
    pr_persists: Array  # PR although the sum no longer shows it, so that it confirms nothing
    reference: Array  # n: the day that the minimum duration of SD is counted from
    has_targets: Array  # n: target disease at baseline; True where the labels were reported
    trace: ResponseTrace | None = None
    settings: Settings = DEFAULTS  # those that the labels were given by

    def select(self, patients: Any, *, traced: bool = False) -> Responses:
        """The responses of some patients: a slice or an array of places counted from 0."""
        picked = {name: getattr(self, name)[patients] for name in _RESPONSE_COLUMNS}
        trace = self.traced.select(patients) if traced else None
        return attrs.evolve(self, names=select_names(self.names, patients), trace=trace, **picked)

    def chunks(self) -> Iterator[Responses]:
        """The cohort in parts of `CHUNK` patients; an empty cohort is one part."""
        for start in range(0, max(len(self.code), 1), CHUNK):
            yield self.select(slice(start, start + CHUNK))

    def words(self, patient: int) -> tuple[str, ...]:
        """The labels of one patient, as printed; '-' was not done or was disregarded."""
        codes = self.code[patient][self.recorded[patient]]
        return tuple(str(self.criterion.words[code]) for code in codes)

    def warnings(self, patient: int) -> tuple[str, ...]:
        """Labels outside the window of the settings, such as ``late@140``: a word and the day."""
        scans = np.flatnonzero(self.warning[patient])
        return tuple(
            f"{WARNINGS[self.warning[patient, scan]]}@{self.day[patient, scan]}" for scan in scans
        )

    def rules(self, patient: int) -> tuple[str, ...]:
        """The ids of the machine's rows that applied; empty where the label was reported."""
        rows = self.row[patient][self.recorded[patient]]
        return tuple(self.criterion.machine.rules[row].id if row >= 0 else "" for row in rows)

    @property
    def traced(self) -> ResponseTrace:
        """The trace.

        Raises:
            ValueError: No trace was kept.
        """
        if self.trace is None:
            raise ValueError("no trace was kept (write evaluate_responses(..., trace=True))")
        return self.trace

    def path(self, patient: int) -> tuple[tuple[str, str, str], ...]:
        """One patient's path through the machine: state, row that applied, next state.

        Raises:
            ValueError: No trace was kept.
        """
        states, rows = self.criterion.machine.states, self.rules(patient)
        after = [states[at] for at in self.traced.state[patient][self.recorded[patient]]]
        return tuple(zip([states[0], *after], rows, after, strict=False))

    @classmethod
    def reported(
        cls,
        criterion: Criterion,
        day: Any,
        code: Any,
        *,
        recorded: Any = True,
        reference: Any = 0,
        earliest: Any = None,
        settings: Settings = DEFAULTS,
        names: tuple[str, ...] = (),
    ) -> Responses:
        """Responses from labels as reported, without findings.

        Args:
            criterion: The criterion that the labels were given by.
            day: Days since the reference day, n x m; they must not descend.
            code: Labels as `Code`, n x m.
            recorded: False where the column is padding, n x m or one value.
            reference: Day that the minimum duration of SD is counted from, n or one value.
            earliest: First day that an assessment may have, n or one value; None: the reference.
            settings: What the best response and the progression are derived by.
            names: The patients' names in messages.

        Raises:
            ValueError: A label is not one of the criterion, days descend, an assessment comes
                before the earliest day, or two of one day disagree; the message names patient and
                scan, counted from 1. Or an array has another shape, or holds fractions.
        """
        day = typed_column("day", day)
        if day.ndim != 2:
            raise ValueError(f"day: of shape {day.shape} (write patients x scans)")
        code = spread("code", _codes(code), day.shape)
        recorded = spread("recorded", _truths(recorded), day.shape)
        reference = spread("reference", typed_column("day", reference), day.shape[:1])
        first = reference if earliest is None else typed_column("day", earliest)
        _check_labels(
            criterion, day, code, recorded, spread("earliest", first, day.shape[:1]), names
        )
        no = np.zeros_like(recorded)
        return cls(
            criterion=criterion,
            names=names,
            day=day,
            recorded=recorded,
            code=np.where(recorded, code, Code.NONE).astype(np.int8),
            row=np.full(day.shape, -1, dtype=np.int8),
            opens=no,
            dated=day,
            warning=no.astype(np.int8),
            pr_persists=no,
            reference=reference,
            settings=settings,
            has_targets=np.ones(day.shape[:1], dtype=bool),
        )


STEP_COLUMNS = ("code", "row", "opens", "dated", "warning", "pr_persists")
_RESPONSE_COLUMNS = (*STEP_COLUMNS, "day", "recorded", "reference", "has_targets")
TRACE_COLUMNS = tuple(field.name for field in attrs.fields(ResponseTrace))


def _codes(value: Any) -> Array:
    """Codes of labels as whole numbers. ValueError for fractions, words, true and false."""
    codes = np.asarray(value)
    if codes.size and codes.dtype.kind not in "iu":
        raise ValueError(f"code: not whole numbers, but {codes.dtype} (write `Code`)")
    return codes.astype(np.int64)


def _truths(value: Any) -> Array:
    truths = np.asarray(value)
    if truths.size and truths.dtype.kind != "b":
        raise ValueError(f"recorded: not true or false, but {truths.dtype} (write true or false)")
    return truths.astype(bool)


def _check_labels(
    criterion: Criterion,
    day: Array,
    code: Array,
    recorded: Array,
    earliest: Array,
    names: tuple[str, ...],
) -> None:
    """ValueError for the first reported label that is impossible."""
    allowed = np.array([word not in ("", "MISSING") for word in criterion.words])
    unknown = recorded & ~allowed[np.clip(code, 0, len(allowed) - 1)]
    unknown |= recorded & ((code < 0) | (code >= len(allowed)))
    early = recorded & (day < earliest[:, None])
    descends, disagrees = np.zeros_like(recorded), np.zeros_like(recorded)
    if day.shape[1]:
        both = recorded[:, 1:] & recorded[:, :-1]
        descends[:, 1:] = both & (day[:, 1:] < day[:, :-1])
        same_day = both & (day[:, 1:] == day[:, :-1])
        disagrees[:, 1:] = same_day & (code[:, 1:] != code[:, :-1])
    for fault, description in (
        (unknown, "no such response at a scan"),
        (early, "an assessment before the reference day (leave it out: recorded=False)"),
        (descends, "days must not descend"),
        (disagrees, "two assessments of one day disagree (give one)"),
    ):
        if fault.any():
            patient, scan = np.argwhere(fault)[0]
            name = names[patient] if names else patient + 1
            raise ValueError(f"patient {name}, scan {scan + 1}: {description}")
