"""What is wrong or doubtful in the changes of patients, each with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from renderers.response.tables.assessments import Assessing, Assessment
from renderers.response.tables.changes import Course
from renderers.response.tables.parameters import few
from renderers.response.tables.shapes import Kind, ShapedTable
from renderers.tables.columns import Problems
from renderers.tables.csv_table import TableRow
from timeline.core.calendar.durations import rounded
from timeline.core.problem import Problem, Where, in_order
from timeline.core.span import Span


@attrs.frozen(kw_only=True)
class PatientRows:
    """One patient of a table: the changes, and what the rows state of the patient.

    ``best``: the best response, empty where none is stated. ``rows``: the rows of the patient.
    """

    name: str
    course: Course
    best: str
    goes_on: bool
    death: Span | None
    rows: tuple[TableRow, ...]


def several_rows(
    kind: Kind, by_patient: Mapping[str, Sequence[Assessment]], field: str
) -> list[Problem]:
    """A fault for each patient with more than one row in a table of one row a patient."""
    if kind is not Kind.BEST:
        return []
    return [
        Problem(each.rows[1].where(field), f"{name}: a second row of one patient, and no column of "
                "times (keep one, or name it with --map time=COLUMN)")
        for name, assessments in by_patient.items() for each in assessments if len(each.rows) > 1
    ]  # fmt: skip


def after_death(patients: Sequence[PatientRows]) -> list[Problem]:
    """A fault for each patient with a scan that is certainly after the death."""
    found = []
    for each in patients:
        late = [one for one in each.course.changes
                if one.days and each.death and one.days.low > each.death.high]  # fmt: skip
        if late and each.death and late[0].days:
            row = late[0].assessment.rows[0]
            what = f"{each.name}: a scan on day {_day(late[0].days)}, after the death on day "
            found.append(Problem(row.where("time"), f"{what}{_day(each.death)} (correct a day)"))
    return found


def two_ends(patients: Sequence[PatientRows]) -> list[Problem]:
    """A warning for each patient who is dead and still treated."""
    return [
        Problem(each.rows[0].where("ongoing"), f"{each.name}: ongoing, and dead on day "
                f"{_day(each.death)} (the death is drawn)")
        for each in patients if each.goes_on and each.death
    ]  # fmt: skip


def _day(days: Span) -> str:
    return rounded(days.low, 0)


def repeated_values(making: Assessing) -> list[Problem]:
    """A note on values that are in two rows alike."""
    if not making.repeated:
        return []
    row, count = making.repeated[0], len(making.repeated)
    what = f"{count} values are" if count > 1 else "1 value is"
    return [Problem(row.where(making.field), f"{what} there twice, and counted once")]


def without_baseline(patients: Sequence[PatientRows], table: ShapedTable) -> list[Problem]:
    """A note on lesions that have no size at baseline: they are no targets."""
    found = [f"{each.name} {', '.join(each.course.strangers)}" for each in patients
             if each.course.strangers]  # fmt: skip
    if not found:
        return []
    where = Where(table.rows[0].file, 1, table.rows[0].where("lesion").column)
    return [Problem(where, f"not measured at baseline, so in no sum: {few(found)}")]


def contradicted_changes(patients: Sequence[PatientRows], field: str) -> Problems:
    """Changes of the table that its own sizes contradict; those by the sizes are drawn."""
    return in_order(
        Problem(assessment.rows[0].where("change" if field != "change" else field),
                f"{each.name}: {words}")
        for each in patients for assessment, words in each.course.doubts
    )  # fmt: skip
