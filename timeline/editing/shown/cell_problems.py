"""Which problem of a text is at which cell of its grids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from timeline.editing.case_fields import CaseField
from timeline.editing.grid import Grid, Place

Cell = tuple[int, str]  # the number of a row, from 0, and the key of a column


@attrs.frozen(kw_only=True)
class CellProblem:
    """A problem at a cell of a grid.

    Attributes:
        table: the name of the grid.
        row: the number of the row, from 0.
        key: the key of the column.
        what: what is wrong and what to write.
        line: the line of the text, from 1.
        column: its column, from 1.
    """

    table: str
    row: int
    key: str
    what: str
    line: int
    column: int


def cell_problems(
    grids: Mapping[str, Grid], problems: Iterable[tuple[int, int, str]]
) -> tuple[CellProblem, ...]:
    """The cells of problems of a text.

    Args:
        grids: the grids of the text by name.
        problems: the line and the column of each, both from 1, and what is wrong.

    Returns:
        One for each problem within a row of a grid, in their order: at the cell whose value begins
        last before the place of the problem, else at the first cell of its row. A problem
        elsewhere, such as one of the patient, is left out.
    """
    found = ((place, _cell_at(grids, place[:2])) for place in problems)
    return tuple(
        CellProblem(table=cell[0], row=cell[1], key=cell[2], what=what, line=line, column=column)
        for (line, column, what), cell in found
        if cell is not None
    )


def _cell_at(grids: Mapping[str, Grid], place: Place) -> tuple[str, int, str] | None:
    """The cell of a place: of two grids that have its line, the one whose value is nearer."""
    cells: list[tuple[Place, str, int, str]] = []
    for table, grid in grids.items():
        found = grid.cell_at(*place)
        if found is not None:
            at = grid.rows[found[0]].places.get(found[1], (place[0], 0))
            cells.append((at if at <= place else (0, 0), table, *found))
    return max(cells, key=lambda each: each[0])[1:] if cells else None


def kept_problems(
    problems: Iterable[CellProblem], before: Mapping[str, Grid], after: Mapping[str, Grid]
) -> tuple[CellProblem, ...]:
    """The problems of an earlier text whose rows are the same in a newer one.

    They are shown until the newer text has been checked.
    """
    return tuple(
        each
        for each in problems
        if each.row < len(after[each.table].rows)
        and after[each.table].rows[each.row].cells == before[each.table].rows[each.row].cells
    )


def field_problems(
    fields: Iterable[CaseField], problems: Iterable[tuple[int, int, str]]
) -> dict[str, str]:
    """What is wrong with the fields of a case, by their keys.

    Args:
        fields: those of the text.
        problems: as of `cell_problems`.

    Returns:
        Each problem of a line on which the value of a field begins, at the field whose value begins
        last before its place; several of one field are joined.
    """
    placed = [(each.place, each.key) for each in fields if each.place is not None]
    found: dict[str, str] = {}
    for line, column, what in problems:
        before = [each for each in placed if each[0][0] == line and each[0] <= (line, column)]
        if before:
            key = max(before)[1]
            own = what.removeprefix(f"{key}: ").removeprefix(f"{key.rpartition('.')[2]}: ")
            found[key] = f"{found[key]}; {own}" if key in found else own
    return found
