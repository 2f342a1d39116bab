"""Assessments from the rows of several tables: what one reader found at one visit.

Rows of one visit are one assessment, also where its scans were made on several days. Rows without
the number of a visit are one assessment by their day. A row without a date has that of its visit:
SDTM gives none to what was not done (SDTMIG 3.4, 6.3.12.2, example 2).
"""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.settings.trial import TrialSettings
from timeline.trial.findings.finding_rows import FindingRows

Array = npt.NDArray[Any]
NO_VISIT = -1


@attrs.frozen(kw_only=True, eq=False)
class Visits:
    """n assessments, by subject, reader and day; days count from 1970-01-01.

    Attributes:
        subject: the place of the subject.
        chain: the place of the subject and its reader: ``subject * readers + reader``.
        day: the day of the assessment, by setting ``visit_date``.
        flag: place in `timeline.trial.subjects.FLAGS` of that day.
        visit: the number of the visit, NaN where there is none.
        accepted: whether a finding of this reader is accepted.
        readers: the number of readers.
        place: of each row of each table the place of its assessment, `NO_VISIT` where it has no
            date and none of its visit has one.
    """

    subject: Array
    chain: Array
    day: Array
    flag: Array
    visit: Array
    accepted: Array
    readers: int
    place: tuple[Array, ...]

    def __len__(self) -> int:
        return len(self.day)


def join_visits(tables: list[FindingRows], readers: int, settings: TrialSettings) -> Visits:
    """The assessments of some tables, whose readers have one list."""
    joined = _joined(tables)
    chain = joined.subject * readers + joined.reader
    by_visit = all(each.has_visits or not len(each.row) for each in tables)
    number = _numbers(chain, joined, by_visit)
    number = _by_day(chain, number, joined, settings)
    count = int(number.max(initial=-1)) + 1
    day, flag = _days(number, joined, settings, count)
    order = np.lexsort((day, chain_of(number, chain, count)))
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    number = np.where(number >= 0, rank[np.maximum(number, 0)], NO_VISIT)
    return Visits(
        subject=chain_of(number, joined.subject, count),
        chain=chain_of(number, chain, count),
        day=day[order],
        flag=flag[order],
        visit=_first_visit(number, joined.visit, count),
        accepted=np.bincount(number[(number >= 0) & joined.accepted], minlength=count) > 0,
        readers=readers,
        place=tuple(np.split(number, np.cumsum([len(each.row) for each in tables])[:-1])),
    )


def numbered(keys: Array) -> Array:
    """The number of each key among the different ones, in ascending order, from 0."""
    if (keys[1:] >= keys[:-1]).all():
        return np.cumsum(np.append(False, keys[1:] != keys[:-1]))
    found: Array = np.unique(keys, return_inverse=True)[1].reshape(-1)
    return found


def chain_of(number: Array, values: Array, count: int) -> Array:
    """The value that the rows of each assessment share."""
    found = np.zeros(count, dtype=np.int64)
    found[number[number >= 0]] = values[number >= 0]
    return found


@attrs.frozen
class _Rows:
    """The rows of all tables, one after the other."""

    subject: Array
    reader: Array
    day: Array
    dated: Array
    flag: Array
    visit: Array
    accepted: Array


def _joined(tables: list[FindingRows]) -> _Rows:
    names = (field.name for field in attrs.fields(_Rows))
    return _Rows(*(np.concatenate([getattr(each, name) for each in tables]) for name in names))


def _numbers(chain: Array, rows: _Rows, by_visit: bool) -> Array:
    """A number for the rows of each visit, else of each day; `NO_VISIT` where there is neither."""
    has_visit = ~np.isnan(rows.visit) & by_visit
    usable = has_visit | rows.dated
    number = np.full(len(chain), NO_VISIT)
    if usable.any():
        visits, code = np.unique(rows.visit[has_visit], return_inverse=True)
        place = np.zeros(len(chain), dtype=np.int64)
        place[has_visit] = code.reshape(-1)
        days = rows.day[usable & ~has_visit]
        first = days.min() if len(days) else 0
        place = np.where(has_visit, place, len(visits) + rows.day - first)
        width = len(visits) + (int(days.max() - first) + 1 if len(days) else 0)
        number[usable] = numbered(chain[usable] * width + place[usable])
    dated = np.bincount(number[rows.dated & usable], minlength=number.max(initial=-1) + 1) > 0
    return np.where(np.append(dated, False)[number], number, NO_VISIT)


def _by_day(chain: Array, number: Array, rows: _Rows, settings: TrialSettings) -> Array:
    """The numbers, one for all visits of one reader on one day; from 0 without a gap."""
    known = number >= 0
    if not known.any():
        return number
    count = int(number.max()) + 1
    day, _ = _days(number, rows, settings, count)
    pair = (chain[known] << 20) + day[number[known]] + (1 << 18)
    found = number.copy()
    found[known] = numbered(pair)
    return found


def _days(number: Array, rows: _Rows, settings: TrialSettings, count: int) -> tuple[Array, Array]:
    """The day of each assessment, and whether it was imputed."""
    dated = np.flatnonzero((number >= 0) & rows.dated)
    latest = settings.visit_date != "first"
    day = np.full(count, np.iinfo(np.int64).min if latest else np.iinfo(np.int64).max)
    (np.maximum if latest else np.minimum).at(day, number[dated], rows.day[dated])
    flag = np.zeros(count, dtype=np.int8)
    giving = dated[rows.day[dated] == day[number[dated]]]
    flag[number[giving]] = rows.flag[giving]
    exact = giving[rows.flag[giving] == 0]
    flag[number[exact]] = 0  # a scan of that very day has its date
    return day, flag


def _first_visit(number: Array, visit: Array, count: int) -> Array:
    found = np.full(count, np.inf)
    some = (number >= 0) & ~np.isnan(visit)
    np.minimum.at(found, number[some], visit[some])
    return np.where(np.isinf(found), np.nan, found)
