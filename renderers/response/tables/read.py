"""Read a table of changes: shape, rows, times, values, baselines; every fault at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import attrs

from renderers.response.tables.assessments import Assessing, Assessment, lesion_group
from renderers.response.tables.changes import course_of
from renderers.response.tables.checks import (
    PatientRows,
    after_death,
    contradicted_changes,
    repeated_values,
    several_rows,
    two_ends,
    without_baseline,
)
from renderers.response.tables.parameters import rows_of_parameter
from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import (
    SHAPES,
    Kind,
    ShapedTable,
    shape_of,
    shaped,
    unknown_shape,
)
from renderers.response.tables.times import Times, times_of
from renderers.response.tables.values import values_of
from renderers.tables.columns import Problems, column_of, mapped
from renderers.tables.csv_table import Table, TableRow, at_heading
from renderers.tables.kept_rows import kept_rows
from renderers.tables.labels import is_ongoing
from renderers.tables.sources import Source, open_table, source_name
from timeline.core.problem import Problem, Where, in_order, near


@attrs.frozen(kw_only=True)
class ChangeTable:
    """A table of changes as it was read.

    Attributes:
        patients: each patient, in the order of the table; none where there are errors.
        kind: what its values are; None where the table could not be read.
        rule: which assessment is the baseline: ``flag``, ``day`` or ``first``.
        times: its times; None of a table without.
        too_small: how many sizes are a default, because the lesion was too small to measure.
        best_heading: the heading of the column of best responses; empty without one.
        arm_heading: the heading of the column of arms; empty without one.
        errors: every fault, for which nothing is drawn.
        warnings: what is drawn and looks wrong.
        notes: how columns were read, and those that were not.
    """

    patients: tuple[PatientRows, ...] = ()
    kind: Kind | None = None
    rule: str = ""
    times: Times | None = None
    too_small: int = 0
    best_heading: str = ""
    arm_heading: str = ""
    errors: Problems = ()
    warnings: Problems = ()
    notes: Problems = ()


def read_changes(
    source: Source,
    named: Sequence[tuple[str, str]],
    reading: ChangeReading,
    used: Iterable[str] = (),
) -> ChangeTable:
    """Read a table of lesions, sums or changes.

    Args:
        source: the path of a file, or a data frame.
        named: fields with the table's own names of them.
        reading: how it is read.
        used: further columns that the figure uses, by heading.

    Returns:
        The patients with their changes, or every fault.

    Raises:
        ValueError: a name is of no field, or an option names no column.
    """
    columns = mapped(named, tuple(row.fields for row in SHAPES))
    table, problems, notes = open_table(source, reading.opening)
    if table is None:
        return ChangeTable(errors=problems, notes=notes)
    table, above = at_heading(table, lambda each: shape_of(each, columns) is not None)
    notes += above
    wrong = _mapped_nowhere(table, columns)
    shape = shape_of(table, columns)
    if wrong or shape is None:
        return ChangeTable(errors=wrong or (unknown_shape(table),), notes=notes)
    (kept,), unkept = kept_rows((table,), reading.only)
    if unkept:
        return ChangeTable(errors=unkept, notes=notes)
    found = shaped(kept, shape, columns)
    if not found.rows:
        empty = Problem(Where(source_name(source)), "holds no row")
        return ChangeTable(errors=found.problems or (empty,), notes=notes)
    return _read(found, reading, tuple(used), notes)


def _mapped_nowhere(table: Table, columns: Mapping[str, str]) -> Problems:
    """A fault for each mapped column that the table has not."""
    known = [name for name in table.headings if name]
    return tuple(
        Problem(table.where, f"--map {field}={name}: no column {name!r} ({near(name, known)})")
        for field, name in columns.items()
        if column_of(name, table.headings) is None
    )


def _read(
    table: ShapedTable, reading: ChangeReading, used: tuple[str, ...], notes: Problems
) -> ChangeTable:
    kind, field, rows, chosen = rows_of_parameter(table, list(table.rows))
    errors = [*table.problems, *(each for each in chosen if kind is None)]
    if kind is None or not rows:
        return ChangeTable(errors=in_order(errors), notes=notes)
    rows = [row for row in rows if row.text("id")]
    errors += [Problem(row.where("id"), "no patient (write one, or leave the row out)")
               for row in table.rows if not row.text("id")]  # fmt: skip
    times = times_of(table, rows, reading) if kind is not Kind.BEST else None
    measured = [row for row in rows if kind is not Kind.SIZE or lesion_group(row) in ("", "target")]
    values = values_of(table, measured, kind, field, reading)
    making = Assessing(
        table=table, kind=kind, field=field, days=times.by_line if times else {},
        values=values.by_line,
    )  # fmt: skip
    by_patient = making.of_patients(rows)
    rule, undecided = _rule(table, times, kind, reading)
    of_patient: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        of_patient[row.text("id")].append(row)
    patients = tuple(
        _patient(name, each, of_patient[name], making, kind, rule, times)
        for name, each in by_patient.items()
    )
    errors += [*(times.problems if times else ()), *values.problems, *making.problems, *undecided]
    errors += several_rows(kind, by_patient, field) + after_death(patients)
    notes = (*notes, *chosen, _read_as(table, kind, times), *(times.notes if times else ()),
             *values.notes, *repeated_values(making), *without_baseline(patients, table),
             *_unread(table, used))  # fmt: skip
    return ChangeTable(
        patients=() if errors else patients,
        kind=kind,
        rule=rule,
        times=times,
        too_small=values.too_small,
        best_heading=table.heading("best"),
        arm_heading=table.heading("arm"),
        errors=in_order(errors),
        warnings=in_order((*contradicted_changes(patients, field), *two_ends(patients))),
        notes=notes,
    )


def _patient(
    name: str,
    assessments: Sequence[Assessment],
    rows: list[TableRow],
    making: Assessing,
    kind: Kind,
    rule: str,
    times: Times | None,
) -> PatientRows:
    return PatientRows(
        name=name,
        course=course_of(assessments, kind, rule),
        best=making.one_of(rows, "best", "best responses"),
        goes_on=any(is_ongoing(row.text("ongoing")) for row in rows),
        death=times.deaths.get(name) if times else None,
        rows=tuple(rows),
    )


def _rule(
    table: ShapedTable, times: Times | None, kind: Kind, reading: ChangeReading
) -> tuple[str, list[Problem]]:
    """Which assessment is the baseline, and why that is not known."""
    if times is None:
        return "", []
    counted = not times.dated or times.has_start
    usual = "flag" if table.has("baseline") else "day" if counted else "first"
    rule = reading.baseline or usual
    where = Where(table.rows[0].file, 1, table.rows[0].where("time").column)
    if rule == "flag" and not table.has("baseline"):
        return rule, [Problem(where, "no column that marks the baseline (ABLFL; name it with --map "
                              "baseline=COLUMN)")]  # fmt: skip
    if not counted and (rule != "first" or kind is Kind.CHANGE):
        return rule, [Problem(where, "dates without the start that they count from (name its "
                              "column with --map start=COLUMN)")]  # fmt: skip
    return rule, []


def _read_as(table: ShapedTable, kind: Kind, times: Times | None) -> Problem:
    fields = table.rows[0].layout.fields
    read = ", ".join(f"{field} {table.heading(field)!r}" for field in fields)
    unit = ""
    if times is not None:
        counted = "study days" if times.is_study_day else times.unit
        unit = f"; times are {'dates' if times.dated else counted}" if counted else ""
    return Problem(Where(table.rows[0].file, 1, 1), f"read as {kind.value}: {read}{unit}")


def _unread(table: ShapedTable, used: tuple[str, ...]) -> list[Problem]:
    """The columns that nothing reads, in one note."""
    first = table.rows[0]
    names = [name for _, name in first.layout.unread if column_of(name, used) is None]
    if not names:
        return []
    plural = f"columns {', '.join(map(repr, names))} are"
    what = plural if len(names) > 1 else f"column {names[0]!r} is"
    hint = f"(--option 'colour={names[0]}' colours by it)"
    return [Problem(Where(first.file, 1, 1), f"{what} not read {hint}")]
