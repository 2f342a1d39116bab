"""A grid of an open file: cells to type in, rows to paste, insert, move and take out.

Every change is a change of the text by `timeline.editing`, which refuses what it cannot write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from timeline.core.problem import Problem
from timeline.core.text.inert_text import undirected
from timeline.editing import Edited, Grid, GridColumn, moved_row, with_cell, with_rows, without_rows

NUMBER = "row"  # the column with the number of a row
_HEIGHT = 30  # of a row, in pixels
_MOST_ROWS = 14  # that a grid is high, before it scrolls
_WIDTHS = {"event": 130, "date": 170, "end": 130, "what": 220, "drugs": 220, "note": 220,
           "subject": 180, "claim": 130, "value": 130, "place": 170}  # fmt: skip
_OTHER_WIDTH = 110
_PASTED = """(event) => {
  if (event.target.closest("input, textarea, .ag-cell-inline-editing")) return;
  const api = getElement(%(id)d).api, cell = api.getFocusedCell();
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!text) return;
  event.preventDefault();
  emit({ text, row: cell ? cell.rowIndex : -1, key: cell ? cell.column.getColId() : "" });
}"""


class GridView:
    """One grid on a page."""

    def __init__(
        self,
        table: str,
        title: str,
        text: Callable[[], str],
        change: Callable[[Edited], Sequence[Problem]],
        tell: Callable[[str], None],
    ) -> None:
        """Build the grid in the page at hand.

        Args:
            table: ``events`` or ``claims``.
            title: the heading.
            text: gives the text that changes start from.
            change: takes a changed text; gives the reasons why it was not made.
            tell: says a sentence in the status of the page.
        """
        self._table, self._text, self._change, self._tell = table, text, change, tell
        self._shown: list[dict[str, Any]] | None = None
        self._columns: tuple[str, ...] = ()
        self._form: tuple[tuple[str, ...], bool] | None = None  # what the columns were made of
        section = ui.element("section").classes("full grid-section")
        section.props(f'id="{table}-grid" aria-labelledby="{table}-grid-title"')
        with section:
            heading = ui.html(title, sanitize=False, tag="h2")
            heading.props(f'id="{table}-grid-title"')
            with ui.element("div").classes("tools").props(f'role="toolbar" aria-label="{title}"'):
                self._button("Add row", self._add)
                self._button("Take out row", self._take_out)
                self._button("Move up", lambda: self._move(-1))
                self._button("Move down", lambda: self._move(1))
                self.kinds = ui.element("span")
            self._grid = ui.aggrid(
                {
                    "columnDefs": [],
                    "rowData": [],
                    "rowSelection": {"mode": "singleRow", "checkboxes": False,
                                     "enableClickSelection": True},
                    "singleClickEdit": False,
                    "stopEditingWhenCellsLoseFocus": True,
                    "rowHeight": _HEIGHT,
                    "headerHeight": _HEIGHT,
                    "suppressMovableColumns": True,
                    "ensureDomOrder": True,
                    "enableBrowserTooltips": True,
                },
                auto_size_columns=False,
            ).classes("sheet")  # fmt: skip
        self._grid.on("cellValueChanged", self._typed, args=["data", "colId", "newValue"])
        self._grid.on("cellFocused", self._focused, args=["rowIndex", "column"])
        self._grid.on("paste", self._pasted, js_handler=_PASTED % {"id": self._grid.id})
        self._row = -1

    @staticmethod
    def _button(label: str, act: Callable[[], None]) -> None:
        ui.button(label, on_click=lambda _: act(), color=None).props("flat dense no-caps")

    def show(self, grid: Grid, *, is_of_text: bool) -> None:
        """Bring the grid to a state; ``is_of_text``: whether its cells may be changed."""
        used = [column for column in grid.columns if _is_shown(column, grid)]
        names = tuple(column.key for column in used)
        rows = [{NUMBER: row.number, **{k: undirected(v) for k, v in row.cells.items()},
                 "kind": row.kind} for row in grid.rows]  # fmt: skip
        if (names, is_of_text) != self._form:
            self._form, self._columns = (names, is_of_text), names
            self._grid.options["columnDefs"] = [_number_column(), *(
                _column(each, is_editable=is_of_text) for each in used
            )]  # fmt: skip
        if rows != self._shown:
            self._shown = rows
            self._grid.options["rowData"] = rows
            height = _HEIGHT * (min(len(rows), _MOST_ROWS) + 2)
            self._grid.style(f"height: {height}px")
            self._grid.update()

    def _apply(self, edited: Edited, done: str) -> None:
        problems = self._change(edited)
        if problems:
            self._shown = None  # what was typed is not in the text: show the text again
            self._tell(" ".join(f"{_where(each)}{each.what}." for each in problems))
        else:
            self._tell(done)

    def _typed(self, event: Any) -> None:
        row, key = int(event.args["data"][NUMBER]), event.args["colId"]
        value = event.args.get("newValue") or ""
        self._apply(with_cell(self._text(), self._table, row, key, str(value)), "")

    def _focused(self, event: Any) -> None:
        self._row = -1 if event.args.get("rowIndex") is None else int(event.args["rowIndex"])

    def _add(self) -> None:
        count = len(self._shown or ())
        at = self._row + 1 if 0 <= self._row < count else count
        blank = {"events": {"event": "note", "date": ".."}, "claims": {}}[self._table]
        self._apply(with_rows(self._text(), self._table, at, [blank]), f"Row {at + 1} added.")

    def _take_out(self) -> None:
        if not 0 <= self._row < len(self._shown or ()):
            self._tell("Choose a cell of the row first.")
            return
        done = f"Row {self._row + 1} taken out."
        self._apply(without_rows(self._text(), self._table, [self._row]), done)

    def _move(self, by: int) -> None:
        to = self._row + by
        if not (0 <= self._row < len(self._shown or ()) and 0 <= to < len(self._shown or ())):
            self._tell("Choose a cell of a row that can be moved there.")
            return
        edited = moved_row(self._text(), self._table, self._row, to)
        self._apply(edited, f"Row {self._row + 1} moved to {to + 1}.")
        self._row = to

    def _pasted(self, event: Any) -> None:
        pasted = event.args
        rows = _rows_of(str(pasted["text"]), self._columns)
        count = len(self._shown or ())
        at = int(pasted["row"]) + 1 if 0 <= int(pasted["row"]) < count else count
        self._apply(with_rows(self._text(), self._table, at, rows), f"{len(rows)} rows pasted.")


def _where(problem: Problem) -> str:
    row, key = getattr(problem, "row", -1), getattr(problem, "key", "")
    if row < 0:
        return ""
    return f"Row {row + 1}, {key}: " if key else f"Row {row + 1}: "


def _rows_of(text: str, columns: Sequence[str]) -> list[Mapping[str, str]]:
    lines = [line.split("\t") for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    heads = [cell.strip().lower() for cell in lines[0]] if lines else []
    has_heads = "event" in heads or "claim" in heads
    names = heads if has_heads else list(columns)
    return [
        {name: cell.strip() for name, cell in zip(names, line, strict=False) if cell.strip()}
        for line in lines[has_heads:]
    ]


_USUAL = 15  # columns that are always shown: the usual ones come first


def _is_shown(column: GridColumn, grid: Grid) -> bool:
    usual = {each.key for each in grid.columns[:_USUAL]}
    return column.key in usual or any(column.key in row.cells for row in grid.rows)


def _number_column() -> dict[str, Any]:
    return {
        "headerName": "",
        "field": NUMBER,
        "width": 48,
        "pinned": "left",
        ":valueGetter": "params => params.node.rowIndex + 1",
        "headerTooltip": "number of the row",
        "cellClass": "number",
    }


def _column(column: GridColumn, *, is_editable: bool) -> dict[str, Any]:
    kinds = ", ".join(f'"{kind}"' for kind in sorted(column.kinds))
    takes = f"[{kinds}].includes(%s.kind)"
    editable = takes % "params.data" if is_editable and not column.fixed else "false"
    return {
        "headerName": column.title,
        "headerTooltip": column.description,
        "field": column.key,
        "width": _WIDTHS.get(column.key, _OTHER_WIDTH),
        ":editable": f"params => {editable}",
        "cellClassRules": {"not-taken": "!" + takes % "data"},
        "tooltipField": column.key,
        "resizable": True,
    }
