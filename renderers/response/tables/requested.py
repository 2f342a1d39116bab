"""Spiders and waterfalls of a table, as the command and Python ask for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from renderers.response.colouring import ARM, BEST, NONE, Colouring
from renderers.response.tables.checks import PatientRows
from renderers.response.tables.figures import TableColours, spider_of_table, waterfall_of_table
from renderers.response.tables.options import SOURCE, figure_options
from renderers.response.tables.read import ChangeTable, read_changes
from renderers.response.tables.request import ChangeReading
from renderers.response.tables.shapes import Kind
from renderers.scene.journals import Page
from renderers.scene.palette import Palette
from renderers.scene.scene import Scene
from renderers.table_request import TableReading, TableRequest
from renderers.tables.columns import column_of
from renderers.tables.sources import Source, source_name
from renderers.text.translation import translate
from timeline.core.problem import Problem, Where, near
from timeline.core.text.spelling import folded

_NO_TIMES = "a row a patient and no column of times, which a spider needs (draw it with --figure "
_NO_TIMES += "waterfall, or name the column with --map time=COLUMN)"


def spider_table(request: TableRequest) -> TableReading:
    """Read and check the table of a spider.

    Raises:
        ValueError: an option is wrong.
    """
    return _of_request("spider", request)


def waterfall_table(request: TableRequest) -> TableReading:
    """Read and check the table of a waterfall.

    Raises:
        ValueError: an option is wrong.
    """
    return _of_request("waterfall", request)


def _of_request(kind: str, request: TableRequest) -> TableReading:
    chosen, stated = request.fields(figure_options(kind)), request.fields(SOURCE)
    return change_figure(kind, request.table, request.column_map, chosen, stated)


def change_figure(
    kind: str,
    source: Source,
    column_map: Sequence[tuple[str, str]],
    chosen: Mapping[str, Any],
    stated: Mapping[str, Any],
) -> TableReading:
    """Read and check a table of changes for a figure.

    Args:
        kind: ``spider`` or ``waterfall``.
        source: the path of a file, or a data frame.
        column_map: fields with the table's own names of them.
        chosen: the fields that options of the figure set.
        stated: the fields that options of the table set.

    Raises:
        ValueError: an option is wrong.
    """
    own, reading = dict(chosen), ChangeReading.of(stated)
    by, palette = own.pop("colour", ""), own.pop("palette", None)
    used = () if by in ("", BEST, NONE, ARM) else (by,)
    table, name = read_changes(source, column_map, reading, used), source_name(source)
    errors = table.errors
    if kind == "spider" and table.kind is Kind.BEST and not errors:
        errors = (Problem(Where(name), _NO_TIMES),)
    colours, faults = (None, ()) if errors else _colours(table, by, palette)
    errors = (*errors, *faults)
    lay_out: Callable[[Page], Scene] | None = None
    if colours is not None and not errors:
        make = spider_of_table if kind == "spider" else waterfall_of_table

        def lay_out(page: Page) -> Scene:
            return make(table, page, colours, reading, **own)

    return TableReading(
        name=PurePath(name).name,
        lay_out=lay_out,
        errors=errors,
        warnings=table.warnings,
        notes=table.notes,
    )


def _colours(
    table: ChangeTable, by: str, palette: Palette | None
) -> tuple[TableColours | None, tuple[Problem, ...]]:
    """How patients are coloured: by the best response, else the arm, else all alike."""
    first = table.patients[0].rows[0]
    where = Where(first.file, 1, 1)
    headings = [name for name in first.layout.headings if name]
    by = by or (BEST if table.best_heading else ARM if table.arm_heading else NONE)
    if by == BEST and not table.best_heading:
        what = "no column of best responses to colour by (name it with --map best=COLUMN)"
        return None, (Problem(where, what),)
    if by in (BEST, NONE):
        colouring = Colouring(by=by)
        found = {each.name: _best(each, colouring) for each in table.patients}
        return TableColours(colouring=colouring, categories=found), ()
    heading = table.arm_heading if by == ARM and table.arm_heading else by
    if column_of(heading, first.layout.headings) is None:
        return None, (Problem(where, f"no column {by!r} to colour by ({near(by, headings)})"),)
    legend = "Treatment" if heading == table.arm_heading else "Patients"
    faults: list[Problem] = []
    categories = {each.name: _category(each, heading, faults) for each in table.patients}
    spelled: dict[str, str] = {}
    categories = {name: spelled.setdefault(folded(text), text) for name, text in categories.items()}
    colouring = Colouring(by=by, palette=palette or Palette(), legend=legend)
    return TableColours(colouring=colouring, categories=categories), tuple(faults)


def _best(patient: PatientRows, colouring: Colouring) -> str:
    if colouring.by == NONE:
        return ""
    return colouring.of_labels((patient.best,)) if patient.best else "best unknown"


def _category(patient: PatientRows, heading: str, faults: list[Problem]) -> str:
    """The one text of a column among the rows of a patient."""
    rows = [row for row in patient.rows if row.text(heading)]
    found = {folded(row.text(heading)): row.text(heading) for row in reversed(rows)}
    if len(found) > 1:
        what = f"{patient.name}: {heading} is {' and '.join(sorted(found.values()))} (write one)"
        other = next(row for row in rows if folded(row.text(heading)) != [*found][-1])
        faults.append(Problem(other.where(heading), what))
    return [*found.values(), translate("not stated")][-1 if not found else -2]
