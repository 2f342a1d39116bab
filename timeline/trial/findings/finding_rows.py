"""The rows of a table of findings: whose they are, by which reader, and of which day."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.settings.trial import TrialSettings
from timeline.trial.reading.dates import MISSING
from timeline.trial.reading.values import TableReader
from timeline.trial.rows_that_count import dates_of, readers_of
from timeline.trial.subjects import Subjects, imputation_flag, partial_problem

Array = npt.NDArray[Any]
NO_READER = ""


@attrs.frozen(kw_only=True, eq=False)
class FindingRows:
    """Rows of one table that hold findings.

    Attributes:
        row: the row of the table, from 0.
        subject: the place of the subject.
        reader: the place of the reader among ``readers``.
        readers: the names of the readers.
        accepted: whether the finding of this reader is the accepted one.
        day: days since 1970-01-01, imputed by the settings; 0 where there is none.
        dated: whether there is a date.
        blank: whether none was given, not even a month or a year.
        flag: place in `timeline.trial.subjects.FLAGS`.
        visit: the number of the visit, NaN where there is none.
        has_visits: whether the table numbers its visits.
        sequence: the number of the row in its subject, NaN where the table has none.
    """

    row: Array
    subject: Array
    reader: Array
    readers: tuple[str, ...]
    accepted: Array
    day: Array
    dated: Array
    blank: Array
    flag: Array
    visit: Array
    has_visits: bool
    sequence: Array

    def select(self, places: Array) -> FindingRows:
        """Some of the rows; one may be taken several times."""
        names = ("row", "subject", "reader", "accepted", "day", "dated", "blank", "flag",
                 "visit", "sequence")  # fmt: skip
        return attrs.evolve(self, **{name: getattr(self, name)[places] for name in names})


def finding_rows(
    reader: TableReader,
    subjects: Subjects,
    subject: Array,
    kept: Array,
    settings: TrialSettings,
) -> FindingRows:
    """The rows of a table that are kept.

    Args:
        reader: of the table; keeps a date that gives no day, and several readers of whom none is
            accepted.
        subjects: the subjects, for the day that study days count from.
        subject: the place of the subject of each row of the table.
        kept: which rows are findings of a known subject and of the evaluator.
        settings: what a date of which only month or year is given is taken for.
    """
    dates = dates_of(reader, subjects, subject)
    day, dated = dates.imputed(settings.scan_date_imputation, settings.scan_date_precision)
    advice = "write the day, or settings scan_date_imputation and scan_date_precision"
    partial_problem(reader, "date", dates, kept & dates.partial & ~dated, advice)
    code, readers, accepted = readers_of(reader, kept)
    rows = np.flatnonzero(kept)
    used, place = np.unique(code[rows], return_inverse=True)
    visit = reader.numbers("visit")
    return FindingRows(
        row=rows,
        subject=subject[rows],
        reader=place.reshape(-1),
        readers=tuple(readers[each] for each in used) or (NO_READER,),
        accepted=accepted[rows],
        day=np.where(dated, day, 0)[rows],
        dated=dated[rows],
        blank=(dates.precision == MISSING)[rows],
        flag=imputation_flag(dates, dated)[rows],
        visit=visit[rows],
        has_visits=bool((~np.isnan(visit[rows])).any()),
        sequence=reader.numbers("sequence")[rows],
    )


def with_readers(tables: list[FindingRows]) -> tuple[list[FindingRows], tuple[str, ...]]:
    """Tables with one list of readers.

    A table that names no reader is read by the only one that the others name.
    """
    named = tuple(dict.fromkeys(name for each in tables for name in each.readers))
    known = tuple(name for name in named if name != NO_READER)
    readers = named if len(known) > 1 else known or (NO_READER,)
    found = []
    for each in tables:
        place = [readers.index(name) if name in readers else 0 for name in each.readers]
        table = np.array([*place, 0], dtype=np.int64)
        found.append(attrs.evolve(each, reader=table[each.reader], readers=readers))
    return found, readers
