"""Records of response in the shape of ADRS, and their numbers (ASEQ)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.trial import long_tables as column
from timeline.trial.cohort import NO_DAY
from timeline.trial.findings.parts import UNKNOWN
from timeline.trial.long_tables import LongTable
from timeline.trial.parameters.response_rows import OVERALL, OVERALL_LABEL, YES_NO
from timeline.trial.records.derivation import Derivation
from timeline.trial.subjects import FLAGS

Array = npt.NDArray[Any]


class ResponseRecords:
    """The records of response of one derivation.

    The records of a subject are numbered from 1, by PARAMCD and then by date.
    """

    def __init__(self, of: Derivation) -> None:
        self.of = of

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        """The parameters of response in the order of their names."""
        overall = (OVERALL,) * self.of.with_overall
        return tuple(sorted((*self.of.rows, *overall)))

    @cached_property
    def _overall_order(self) -> Array:
        """The places of the assessments by subject, date, visit and number, undated ones last."""
        found = self.of.assessments
        day = np.where(found.dated, found.day, NO_DAY)
        keys = (found.sequence, found.visit, day, found.subject)
        later = (found.subject[1:] > found.subject[:-1]) | (day[1:] > day[:-1]) & (
            found.subject[1:] == found.subject[:-1]
        )
        return np.arange(len(day)) if later.all() else np.lexsort(keys)

    @cached_property
    def _overall_count(self) -> Array:
        n = len(self.of.subjects)
        if not self.of.with_overall:
            return np.zeros(n, dtype=np.int64)
        return np.bincount(self.of.assessments.subject, minlength=n)

    @cached_property
    def overall_number(self) -> Array:
        """The number of each assessment among the records of its subject, from 1 (ASEQ)."""
        subject = self.of.assessments.subject[self._overall_order]
        first = np.append(0, np.cumsum(self._overall_count))[:-1]
        number = np.empty(len(subject), dtype=np.int64)
        before = self._codes.index(OVERALL)
        number[self._overall_order] = np.arange(len(subject)) - first[subject] + before + 1
        return number

    def number(self, code: str) -> Array:
        """The number of a parameter among the records of each subject, from 1 (ASEQ)."""
        place = self._codes.index(code)
        after = self.of.with_overall and code > OVERALL
        return place + 1 + (self._overall_count - 1) * after

    def table(self) -> LongTable:
        """Every parameter of response, by subject, PARAMCD and date."""
        n, per = len(self.of.subjects), len(self.of.rows)
        total = n * per + int(self._overall_count.sum())
        first = np.append(0, np.cumsum(self._overall_count + per))[:-1]
        made = _Records(total)
        for code, row in self.of.rows.items():
            found = self.of.columns[code]
            at = first + self.number(code) - 1
            value = found.value + self._word_count if row.values == YES_NO else found.value
            made.put(at, np.arange(n), self._codes.index(code), value, found.day, found.source,
                     found.confirming, True)  # fmt: skip
            if code == "DEATH":
                made.flag[at] = self.of.subjects.death_flag
        if self.of.with_overall:
            self._put_overall(made, first)
        return LongTable("parameters", column.table(self._record_columns(made)))

    @property
    def _word_count(self) -> int:
        return len(self.of.criterion.words)

    def _put_overall(self, made: _Records, first: Array) -> None:
        found = self.of.assessments
        every = np.arange(len(found.row))
        at = first[found.subject] + self.overall_number - 1
        day = np.where(found.dated, found.day, NO_DAY)
        code = np.where(found.code >= 0, found.code.astype(np.int32), -1)
        unknown = found.code == UNKNOWN  # as collected
        code[unknown] = self._word_count + 2 + found.response.code[unknown]
        made.put(at, found.subject, self._codes.index(OVERALL), code, day, every,
                 np.full(len(every), -1), found.counts)  # fmt: skip

    def _record_columns(self, made: _Records) -> dict[str, Any]:
        found = self.of.assessments
        labels = {row.code: row.label for row in self.of.rows.values()} | {OVERALL: OVERALL_LABEL}
        # the code of no response is 0; words that are none of the criterion follow
        values = ("", *self.of.criterion.words[1:], "N", "Y", *found.response.words)
        place, by = made.source, made.confirming
        has, confirmed = place >= 0, by >= 0
        flag = np.where(has, taken(found.flag, place), made.flag)
        return {
            "USUBJID": column.subjects(made.subject, self.of.subjects.ids),
            "PARAMCD": column.words(made.parameter, self._codes),
            "PARAM": column.words(made.parameter, [labels[code] for code in self._codes]),
            "AVALC": column.words(made.value, values),
            "ADT": column.dates(made.day, made.day != NO_DAY),
            "ADTF": column.words(flag, FLAGS),
            "ANL01FL": column.words(made.counts - 1, ("Y",)),
            "ASEQ": column.whole(made.number(), np.ones(len(made.day), dtype=bool)),
            "VISITNUM": column.numbers(_numbers(found.visit, place)),
            "RSSEQ": column.numbers(_numbers(found.sequence, place)),
            "SRCROW": _rows(found.row, place),
            "CONFDT": column.dates(taken(found.day, by), confirmed),
            "CONFSEQ": column.numbers(_numbers(found.sequence, by)),
            "CONFROW": _rows(found.row, by),
        }


class _Records:
    """The columns of ADRS as they are filled, by the place of each record."""

    def __init__(self, total: int) -> None:
        self.subject = np.zeros(total, dtype=np.int32)
        self.parameter = np.zeros(total, dtype=np.int8)
        self.value = np.full(total, -1, dtype=np.int32)
        self.day = np.full(total, NO_DAY, dtype=np.int32)
        self.source = np.full(total, -1, dtype=np.int32)
        self.confirming = np.full(total, -1, dtype=np.int32)
        self.flag = np.zeros(total, dtype=np.int8)
        self.counts = np.zeros(total, dtype=np.int8)

    def put(
        self, at: Array, subject: Array, parameter: int, value: Array, day: Array, source: Array,
        confirming: Array, counts: Array | bool,
    ) -> None:  # fmt: skip
        """Write one record of each of some subjects."""
        self.subject[at], self.parameter[at], self.value[at] = subject, parameter, value
        self.day[at], self.source[at], self.confirming[at] = day, source, confirming
        self.counts[at] = counts

    def number(self) -> Array:
        """The number of each record in its subject, from 1."""
        if not len(self.subject):
            return self.subject
        starts = np.flatnonzero(np.append(True, np.diff(self.subject) != 0))
        lengths = np.diff(np.append(starts, len(self.subject)))
        return np.arange(len(self.subject)) - np.repeat(starts, lengths) + 1


def taken(array: Array, places: Array) -> Array:
    """Values by place; 0 where the place is -1."""
    if not len(array):
        return np.zeros(len(places), dtype=array.dtype)
    return np.where(places >= 0, array[places], 0)


def _rows(rows: Array, places: Array) -> Any:
    """Rows of the table of responses by place, counted from 1; null where there is none."""
    found = np.where(places >= 0, taken(rows, places), -1)
    return column.whole(found + 1, found >= 0)


def _numbers(array: Array, places: Array) -> Array:
    """Numbers by place; NaN where the place is -1."""
    if not len(array):
        return np.full(len(places), np.nan)
    return np.where(places >= 0, array[places], np.nan)
