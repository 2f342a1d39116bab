"""Dates of tables as whole days since 1970-01-01, and how much of each was given.

ISO 8601 as SDTM writes it (SDTMIG 3.4, 4.4.1 and 4.4.2): ``2024-03-15``, ``2024-03``, ``2024``,
with a time of day that is left aside, and ``2024---15``, of which the year alone is known. Other
forms are no date: ``15/03/2024`` may be read in two ways.
"""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
UNREADABLE, MISSING, YEAR, MONTH, DAY = -1, 0, 1, 2, 3  # how much of a date was given
PRECISION = {"year": YEAR, "month": MONTH}
_EPOCH = datetime.date(1970, 1, 1).toordinal()
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ][\d:.,+\-Z]*)?)?)?-*")
_NO_MONTH = re.compile(r"(\d{4})---\d{2}(?:T.*)?")  # the day of a month that is not known
_YEARS = (1900, 2200)  # outside of them a year is a slip


def read_date(text: str) -> tuple[int, int]:
    """The first day that a date allows, in days since 1970-01-01, and how much was given.

    >>> read_date("1970-02"), read_date("1971---15"), read_date("1970-02-31")
    ((31, 2), (365, 1), (0, -1))
    """
    found = _DATE.fullmatch(_NO_MONTH.sub(r"\1", text))
    if found is None:
        return 0, UNREADABLE
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return 0, UNREADABLE
    if not _YEARS[0] <= year < _YEARS[1]:
        return 0, UNREADABLE
    return first.toordinal() - _EPOCH, DAY if day else MONTH if month else YEAR


@attrs.frozen(kw_only=True, eq=False)
class DateColumn:
    """Dates of n rows.

    Attributes:
        day: days since 1970-01-01 of the first day that the date allows; 0 where there is none.
        precision: `MISSING`, `YEAR`, `MONTH`, `DAY`, or `UNREADABLE`, which was named as a fault.
    """

    day: Array
    precision: Array

    @classmethod
    def empty(cls, rows: int, precision: int = MISSING) -> DateColumn:
        """Dates that are all missing, or all unreadable."""
        return cls(
            day=np.zeros(rows, dtype=np.int64), precision=np.full(rows, precision, dtype=np.int8)
        )

    @property
    def partial(self) -> Array:
        """Where a date was given without its day."""
        found: Array = (self.precision == YEAR) | (self.precision == MONTH)
        return found

    def imputed(self, rule: str, least: str) -> tuple[Array, Array]:
        """Days with the missing parts imputed, and whether there is a day.

        Args:
            rule: ``none``, ``first``, ``middle`` or ``last``.
            least: what must have been given: ``month`` or ``year``.
        """
        known = self.precision == DAY
        if rule == "none" or not self.partial.any():
            return self.day, known
        takes = self.partial & (self.precision >= PRECISION[least])
        day = self.day.copy()
        for place in (MONTH, YEAR):
            some = takes & (self.precision == place)
            starts, back = np.unique(self.day[some], return_inverse=True)
            day[some] = np.array([_imputed(int(each), place, rule) for each in starts],
                                 dtype=np.int64)[back]  # fmt: skip
        return day, known | takes


def _imputed(first: int, precision: int, rule: str) -> int:
    """The day that a rule takes in the month or the year that starts on ``first``.

    The middle is day 15 of a month and 30 June of a year, as admiral has it.
    """
    start = datetime.date.fromordinal(first + _EPOCH)
    if rule == "first":
        return first
    if precision == YEAR:
        found = (
            start.replace(month=6, day=30) if rule == "middle" else start.replace(month=12, day=31)
        )
    elif rule == "middle":
        found = start.replace(day=15)
    else:
        found = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return found.toordinal() - _EPOCH


def iso(days: int) -> str:
    """``2024-03-15`` from days since 1970-01-01."""
    return datetime.date.fromordinal(days + _EPOCH).isoformat()
