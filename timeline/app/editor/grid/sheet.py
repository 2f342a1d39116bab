"""The cells of a grid in the browser: what it has of them, and what it is brought to.

The component of the grid is built once and has no row of its own: NiceGUI builds it anew with each
change of its properties, which takes the focus and a cell that is open, and runs every key of a row
that begins with a colon as a script. Rows and columns are drawn by `editorPage.draw` (grid.js).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import script_values
from timeline.app.editor.grid.columns import HEIGHT, ROW, grid_options
from timeline.editing.shown.row_names import same_rows

_MOST_ROWS = 14  # that a grid is high, before it scrolls
_PASTED = """(event) => {
  if (event.target.closest("input, textarea, .ag-cell-inline-editing")) return;
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!text) return;
  event.preventDefault();
  const at = editorPage.chosen(%(id)d);
  editorPage.inTurn(() => emit({ ...at, text }));
}"""
_TYPED = """(event) => {
  const cell = event.target.closest("[col-id]"), row = event.target.closest("[row-id]");
  if (!cell || !row) return;
  emit({ row: Number(row.getAttribute("row-id")), key: cell.getAttribute("col-id"),
         text: event.target.value });
}"""
_KEYS = """(event) => {
  const act = editorPage.act(event);
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  const at = editorPage.chosen(%(id)d);
  editorPage.inTurn(() => emit({ ...at, act }));
}"""
_REFUSED = """(event) => {
  const cell = editorPage.refused(event, %(id)d);
  if (cell) emit(cell);
}"""
_FOCUSED = """(event) => emit(editorPage.chosen(%(id)d))"""
Hears = Mapping[str, Callable[[Any], Any]]


class Sheet:
    """The grid of the browser. Its rows are told apart by names that follow them (`same_rows`)."""

    def __init__(self) -> None:
        """Build an empty grid in the page at hand."""
        self.rows: list[dict[str, Any]] = []
        self.names: tuple[int, ...] = ()
        self._cells: dict[int, Mapping[str, str]] = {}
        self._new = itertools.count(1)
        self._has: dict[int, dict[str, Any]] = {}  # what the browser shows, by the names of rows
        self._order: tuple[int, ...] = ()
        self._box = ui.element("div").classes("sheet-box")
        with self._box:
            self._grid = ui.aggrid(grid_options(), auto_size_columns=False).classes("sheet")
        self.id = self._grid.id
        self._be_high(0)

    def listen(self, hears: Hears) -> None:
        """Have functions called for what is done in the grid.

        Args:
            hears: by ``changed``, ``begun``, ``focused``, ``pasted``, ``act``, ``typed``,
                ``refused``, ``way``, ``gone``.
        """
        here = {"id": self.id}
        on = self._grid.on
        on("cellValueChanged", hears["changed"], args=["data", "colId", "newValue"])
        on("cellEditingStarted", hears["begun"], args=["data", "colId"])
        on("cellFocused", hears["focused"], js_handler=_FOCUSED % here)
        on("paste", hears["pasted"], js_handler=_PASTED % here)
        on("keydown", hears["act"], js_handler=_KEYS % here)
        on("input", hears["typed"], js_handler=_TYPED, throttle=0.15)
        on("keydown", hears["refused"], js_handler=_REFUSED % here)
        on("dblclick", hears["refused"], js_handler=_REFUSED % here)
        on("way", hears["way"], js_handler="(event) => emit(event.detail)")
        on("gone", hears["gone"], js_handler="(event) => emit(event.detail)")

    def number(self, name: int) -> int:
        """The number of a row, from 0; -1 where there is none of that name."""
        return self.names.index(name) if name in self.names else -1

    def draw(
        self,
        rows: Sequence[Mapping[str, Any]],
        cells: Sequence[Mapping[str, str]],
        columns: Sequence[Mapping[str, Any]] | None,
    ) -> None:
        """Bring the browser to other rows or columns; what it has already is not sent again.

        Args:
            rows: of each row all that the browser has of it.
            cells: of each row the cells alone, by which it is known again.
            columns: their definitions; None where they are as they were.
        """
        before = [self._cells.get(name, {}) for name in self.names]
        self.names = same_rows(before, self.names, cells, lambda: next(self._new))
        self._cells = dict(zip(self.names, cells, strict=True))
        self.rows = [{**row, ROW: name} for row, name in zip(rows, self.names, strict=True)]
        changed = [row for row in self.rows if self._has.get(row[ROW]) != row]
        if columns is None and not changed and self._order == self.names:
            return
        told: dict[str, Any] = {"rows": changed}
        if columns is not None:
            told["columns"] = columns
        if self._order != self.names:
            told["order"] = self.names
            self._be_high(len(rows))
        self._has, self._order = {row[ROW]: row for row in self.rows}, self.names
        self._run("draw", told)

    def _be_high(self, rows: int) -> None:
        self._box.style(f"height: {HEIGHT * (min(rows, _MOST_ROWS) + 2)}px")

    def draw_again(self, name: int) -> None:
        """Show a row as it is, in the place of what was typed in it."""
        if row := self._has.get(name):
            self._run("draw", {"rows": [row]})

    def refuse(
        self, name: int, key: str, typed: str, what: str, ways: Sequence[str], number: int
    ) -> None:
        """Open a cell again with a text that was not taken, and say below it why.

        Args:
            name: of the row.
            key: of the column.
            typed: the text.
            what: what is wrong with it.
            ways: what it may become, one button each.
            number: of the refusal, which ``gone`` has when nothing of it is left in the cell.
        """
        self._run("refuse", name, key, typed, what, ways, number)

    def focus(self, row: int, key: str) -> None:
        """Give the focus to a cell, where it is in the grid or beside it."""
        self._run("focus", row, key)

    def show_only(self, part: str, value: str) -> None:
        """Show only the rows with a value in a part of theirs; empty: show all."""
        self._run("showOnly", part, value)

    def wait(self, *, is_waiting: bool) -> None:
        """Show whether the grid takes no change."""
        self._box.classes(**{"add" if is_waiting else "remove": "waiting"})

    def _run(self, call: str, *values: Any) -> None:
        with self._box:
            ui.run_javascript(f"editorPage.{call}({script_values(self.id, *values)})")
