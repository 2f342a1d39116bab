"""A case file as a grid: its columns, its rows, and the result of a change."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from timeline.core.problem import Problem

EVENTS, CLAIMS = "events", "claims"  # the names of the two grids
Place = tuple[int, int]  # a line and a column of the text, both from 1


@attrs.frozen(kw_only=True)
class GridColumn:
    """A column of a grid.

    Attributes:
        key: its name, by which cells are found: ``event``, ``date``, ``end``, or a key of entries.
        title: its heading.
        kinds: the kinds of rows that take it, in every spelling; empty for a key that no kind has.
        description: what the key means.
        words: the fixed words that it takes, each in the spelling to write; empty if it takes
            other texts.
        fixed: whether its cells follow from others and cannot be changed.
    """

    key: str
    title: str
    kinds: frozenset[str]
    description: str = ""
    words: tuple[str, ...] = ()
    fixed: bool = False


@attrs.frozen(kw_only=True)
class GridRow:
    """A row of a grid: one event, or one claim.

    Attributes:
        number: its number in the grid, from 0, which every change takes.
        kind: the kind of the event or the claim, as written.
        cells: the text of each cell that has a value, by the key of its column.
        line: the line of the text on which the entry begins, from 1.
        last_line: the line on which it ends, included.
        places: the line and the column of the value of each cell.
    """

    number: int
    kind: str
    cells: Mapping[str, str]
    line: int
    last_line: int
    places: Mapping[str, Place]


@attrs.frozen(kw_only=True)
class Grid:
    """The events, or the claims, of a case file.

    Attributes:
        columns: every column that a row may have, in the order in which they are shown.
        rows: the entries in the order of the file; those that are no YAML are left out.
        problems: what of the text could not be read, each with its line and column.
        unread: those of the entries that are no YAML and have no row.
    """

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    problems: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()

    def cell_at(self, line: int, column: int = 1) -> tuple[int, str] | None:
        """The number of the row and the key of the cell at a place of the text.

        Args:
            line: a line of the text, from 1.
            column: a column of that line, from 1.

        Returns:
            The cell whose value begins last before the place; the first cell of the row where none
            does; None where no row has the line.
        """
        rows = [row for row in self.rows if row.line <= line <= row.last_line]
        cells = [(row.number, key) for row in rows for key, place in row.places.items()
                 if place <= (line, column)]  # fmt: skip
        if not cells:
            return (rows[0].number, next(iter(rows[0].places), "")) if rows else None
        return max(cells, key=lambda cell: self.rows[cell[0]].places[cell[1]])


@attrs.frozen
class GridProblem(Problem):
    """Why a change of a grid cannot be made: a problem with the cell that it is about.

    Its ``where`` is the name of the grid with the number of the row and of the column, both from 1,
    or, of a paste, of the row and the column of what was pasted: its rows are counted without the
    line of headings, which has the number 0.

    Attributes:
        row: the number of the row, from 0; -1 if it is about none.
        key: the key of the column; empty if it is about none.
        place: of a paste, the words for the row: ``row 3 of the pasted table``, counted from the
            first row below the headings; empty of any other change.
    """

    row: int = -1
    key: str = ""
    place: str = ""


@attrs.frozen
class Offer:
    """A choice that a person has for a part of a paste that cannot be taken as it is.

    Attributes:
        column: the name of a column (its heading, with its number where a column before it has the
            same one; its key where nothing has headings), or of a word in the column of events:
            ``event: CT``; ``event:`` for all words that name a treatment; empty for the order of
            day and month in the dates.
        ways: the choices, each with its words: those of ``pasted(choices=..)``, of the dates those
            of ``pasted(order=..)``.
    """

    column: str
    ways: Mapping[str, str]


@attrs.frozen
class Edited:
    """A text after a change.

    Attributes:
        text: the new text; the old one, byte for byte, if there is a problem.
        problems: why the change was not made, all reasons at once.
        notes: what the change did that its maker may not expect, such as a line of therapy that
            has no treatment now.
        offers: of a paste that was not made, what a person may choose for its columns.
        units: of a paste, those that its headings state, by the keys of the columns.
    """

    text: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    units: Mapping[str, str] = attrs.field(factory=dict)
