"""A grid of an open file: cells to type in, rows to paste, insert, move and take out.

Every change is a change of the text by `timeline.editing`, which refuses what it cannot write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import (
    Forms,
    Values,
    button,
    choice,
    field,
    html,
    rows_field,
    safe,
    section,
)
from timeline.core.problem import Problem
from timeline.core.text.inert_text import undirected
from timeline.editing import (
    DateMeaning,
    Edited,
    Grid,
    GridColumn,
    date_meaning,
    moved_row,
    pasted,
    with_cell,
    with_rows,
    without_rows,
)
from timeline.editing.grid import EVENTS

NUMBER = "row"  # the column with the number of a row
DATES = ("date", "end")
_HEIGHT = 30  # of a row, in pixels
_MOST_ROWS = 14  # that a grid is high, before it scrolls
_USUAL = 15  # columns that are always shown: the usual ones come first
_WIDTHS = {"event": 130, "date": 170, "end": 130, "what": 220, "drugs": 220, "note": 220,
           "subject": 180, "claim": 130, "value": 130, "place": 170}  # fmt: skip
_OTHER_WIDTH = 110
_AT = "const cell = getElement(%(id)d).api.getFocusedCell();"
_PASTED = f"""(event) => {{
  if (event.target.closest("input, textarea, .ag-cell-inline-editing")) return;
  {_AT}
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!text) return;
  event.preventDefault();
  emit({{ text, row: cell ? cell.rowIndex : -1, key: cell ? cell.column.getColId() : "" }});
}}"""
_TYPED = """(event) => {
  const cell = event.target.closest("[col-id]"), row = event.target.closest("[row-id]");
  if (!cell || !row) return;
  emit({ row: Number(row.getAttribute("row-id")), key: cell.getAttribute("col-id"),
         text: event.target.value });
}"""
_KEYS = """(event) => {
  if (event.target.closest("input, textarea, select")) return;
  const act = event.ctrlKey && event.key === "Delete" ? "out" : !event.altKey ? ""
    : event.key === "ArrowUp" ? "up" : event.key === "ArrowDown" ? "down" : "";
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  emit(act);
}"""
_HINT = (
    "Arrows: to another cell; Enter or F2: write in it; Delete: empty it; Ctrl-V: paste cells of a "
    "spreadsheet from here on, or rows with headings as new rows; Alt-Up, Alt-Down: move the row; "
    "Ctrl-Delete: take the row out; Tab: out of the grid."
)


class GridView:
    """One grid on a page."""

    def __init__(
        self,
        table: str,
        title: str,
        forms: Forms,
        text: Callable[[], str],
        change: Callable[[Edited], Sequence[Problem]],
    ) -> None:
        """Build the grid in the page at hand.

        Args:
            table: ``events`` or ``claims``.
            title: the heading.
            forms: of the page.
            text: gives the text that changes start from.
            change: takes a changed text; gives the reasons why it was not made.
        """
        self._table, self._text, self._change = table, text, change
        self._forms = forms
        self._shown: list[dict[str, Any]] | None = None
        self._columns: tuple[str, ...] = ()
        self._form: tuple[tuple[str, ...], bool] | None = None  # what the columns were made of
        self._row = self._asked = 0
        self._written: tuple[int, str, str] | None = None  # the cell that was written last
        self._begun_with: tuple[tuple[int, str], dict[str, Any]] | None = None
        self._column = ""
        with section(f"{table}-grid", title).classes("grid-section"):
            with ui.element("div").classes("tools").props(f'role="toolbar" aria-label="{title}"'):
                button("Take out row", self._take_out)
                button("Move up", lambda: self._move(-1))
                button("Move down", lambda: self._move(1))
            self._adding = ui.element("div")
            self._said = html("", "p").classes("said").props('role="status" aria-live="polite"')
            self._grid = ui.aggrid(_options(), auto_size_columns=False).classes("sheet")
            with ui.element("details"):
                html("Keys, and rows as text", "summary")
                html(_HINT, "p")
                forms.form(
                    f"paste-{table}", rows_field("rows", "Rows of a spreadsheet"), "Add these rows",
                    self._rows_typed,
                )  # fmt: skip
        self._grid.on("cellValueChanged", self._changed, args=["data", "colId", "newValue"])
        self._grid.on("cellEditingStarted", self._begun, args=["data", "colId"])
        self._grid.on("cellFocused", self._focused, args=["rowIndex", "colId"])
        self._grid.on("paste", self._pasted, js_handler=_PASTED % {"id": self._grid.id})
        self._grid.on("keydown", self._key, js_handler=_KEYS)
        self._grid.on("input", self._typed, js_handler=_TYPED, throttle=0.15)

    def _tell(self, sentence: str, *, is_fault: bool = False) -> None:
        """Say a sentence beside the grid."""
        self._said.content = f'<span class="fault">{safe(sentence)}</span>' if is_fault else (
            safe(sentence)
        )  # fmt: skip

    def show(self, grid: Grid, *, is_of_text: bool) -> None:
        """Bring the grid to a state; ``is_of_text``: whether its cells may be changed."""
        used = [column for column in grid.columns if _is_shown(column, grid)]
        names = tuple(column.key for column in used)
        rows = [{NUMBER: row.number, **{k: undirected(v) for k, v in row.cells.items()},
                 "kind": row.kind} for row in grid.rows]  # fmt: skip
        is_new = self._form is None
        if (names, is_of_text) != self._form:
            if is_new:
                self._show_adding(grid)
            self._form, self._columns = (names, is_of_text), names
            columns = [_number_column(), *(_column(each, is_editable=is_of_text) for each in used)]
            if is_new:
                self._grid.options["columnDefs"] = columns
            else:
                self._grid.run_grid_method("setGridOption", "columnDefs", columns)
        if rows != self._shown:
            if is_new:
                self._grid.options["rowData"] = rows
            else:
                self._grid.run_grid_method("setGridOption", "rowData", rows)
            if self._shown is None or len(rows) != len(self._shown):
                self._grid.style(f"height: {_HEIGHT * (min(len(rows), _MOST_ROWS) + 2)}px")
            self._shown = rows

    def _show_adding(self, grid: Grid) -> None:
        """The fields of a new row."""
        kinds = next(each for each in grid.columns if each.words)
        if self._table == EVENTS:
            fields = choice("event", "New row: event", [(each, each) for each in kinds.words])
            fields += field("date", "date", hint="2021-03, after line 1 ..")
        else:
            fields = choice("claim", "New row: claim", [(each, each) for each in kinds.words])
            fields += field("value", "value", hint="8.4 months") + field("place", "place")
        with self._adding:
            html("".join(_words(self._table, each) for each in grid.columns if each.words))
            self._forms.form(f"add-{self._table}", fields, "Add row", self._add)

    def _apply(self, edited: Edited, done: str) -> bool:
        problems = self._change(edited)
        if problems:
            self._show_again()  # what was typed is not in the text
            told = " ".join(f"{_where(each)}{each.what}." for each in problems)
            self._tell(f"Not done. {told}", is_fault=True)
        else:
            self._tell(" ".join((done, *(f"Note: {each}." for each in edited.notes))).strip())
        return not problems

    def _changed(self, event: Any) -> None:
        row, key = int(event.args["data"][NUMBER]), event.args["colId"]
        value = str(event.args.get("newValue") or "")
        text = self._text()
        self._asked += 1  # what is still asked of the date that was typed comes too late
        self._written = (row, key, value)
        begun, self._begun_with = self._begun_with, None
        seen = begun[1] if begun and begun[0] == (row, key) else event.args["data"]
        if not self._is_same(row, key, seen):
            self._show_again()
            self._tell("Not done. The row was changed meanwhile: look at it again.", is_fault=True)
            return
        if value == (self._shown or [])[row].get(key, ""):
            return
        if self._apply(with_cell(text, self._table, row, key, value), "") and key in DATES:
            self._tell(_meaning(date_meaning(value, self._text(), row=row, key=key)))

    def _begun(self, event: Any) -> None:
        """Keep the row as it was when one began to write: another tab may change or move it."""
        data = dict(event.args["data"])
        self._written = None
        self._begun_with = ((int(data[NUMBER]), str(event.args["colId"])), data)

    def _show_again(self) -> None:
        self._grid.run_grid_method("setGridOption", "rowData", self._shown or [])

    def _is_same(self, row: int, key: str, seen: Mapping[str, Any]) -> bool:
        """Whether a row of the browser is that of the text, but for the cell that is written."""
        if not self._is_row(row):
            return False
        here = (self._shown or [])[row]
        others = {*here, *seen} - {key, NUMBER}
        return all((here.get(each) or "") == (seen.get(each) or "") for each in others)

    async def _typed(self, event: Any) -> None:
        """Say what the date means that is being typed."""
        row, key, value = int(event.args["row"]), event.args["key"], str(event.args["text"])
        if self._table != EVENTS or key not in DATES or not self._is_row(row):
            return
        if (row, key, value) == self._written:
            return
        self._asked += 1
        number, text = self._asked, self._text()
        found = await asyncio.to_thread(date_meaning, value, text, row=row, key=key)
        if number == self._asked:
            self._tell(_meaning(found))

    def _focused(self, event: Any) -> None:
        self._row = -1 if event.args.get("rowIndex") is None else int(event.args["rowIndex"])
        self._column = str(event.args.get("colId") or "")

    def _key(self, event: Any) -> None:
        acts: dict[str, Callable[[], None]] = {
            "out": self._take_out, "up": lambda: self._move(-1), "down": lambda: self._move(1)
        }  # fmt: skip
        acts[event.args]()

    def _is_row(self, row: int) -> bool:
        return 0 <= row < len(self._shown or ())

    def _add(self, values: Values) -> None:
        count = len(self._shown or ())
        at = self._row + 1 if self._column and self._is_row(self._row) else count
        row = {key: value.strip() for key, value in values.items() if value.strip()}
        if self._table == EVENTS:
            row.setdefault("date", "20XX")
        if self._apply(with_rows(self._text(), self._table, at, [row]), f"Row {at + 1} added."):
            self._focus(at)

    def _focus(self, row: int) -> None:
        """Bring a row into sight, and let the keys act on it."""
        self._row, self._column = row, self._column or self._columns[0]
        self._grid.run_grid_method("ensureIndexVisible", row)
        self._grid.run_grid_method("setFocusedCell", row, self._column)

    def _take_out(self) -> None:
        if not self._column or not self._is_row(self._row):
            self._tell("Choose a cell of the row first.", is_fault=True)
            return
        done = f"Row {self._row + 1} taken out."
        if self._apply(without_rows(self._text(), self._table, [self._row]), done) and self._shown:
            self._focus(min(self._row, len(self._shown) - 1))

    def _move(self, by: int) -> None:
        to = self._row + by
        if not self._column or not (self._is_row(self._row) and self._is_row(to)):
            self._tell("Choose a cell of a row that can be moved there.", is_fault=True)
            return
        edited = moved_row(self._text(), self._table, self._row, to)
        if self._apply(edited, f"Row {self._row + 1} is now row {to + 1}."):
            self._focus(to)

    def _pasted(self, event: Any) -> None:
        self._paste(str(event.args["text"]), int(event.args["row"]), str(event.args["key"]))

    def _rows_typed(self, values: Values) -> None:
        self._paste(values.get("rows", ""), -1, "")

    def _paste(self, clipboard: str, row: int, key: str) -> None:
        """Paste over the cells from one on, as a spreadsheet does; else as new rows at the end."""
        if not clipboard.strip():
            self._tell("There is nothing to paste.", is_fault=True)
            return
        count = len(self._shown or ())
        columns = self._columns
        if _has_headings(clipboard, columns) or not self._is_row(row) or key not in columns:
            row, key = count, columns[0]
        try:
            edited = pasted(
                self._text(), self._table, row, key, clipboard,
                columns=() if key == columns[0] else columns,
            )  # fmt: skip
        except ValueError as fault:
            self._tell(f"Not done. {fault}.", is_fault=True)
            return
        lines = sum(1 for line in clipboard.splitlines() if line.strip())
        self._apply(edited, f"{lines} lines pasted.")
        new = len(self._shown or ()) - count
        if not edited.problems and new > 0:
            self._tell(" ".join((f"{new} rows added.", *edited.notes)))


def _words(table: str, column: GridColumn) -> str:
    """The words of a column, which the cells offer while one writes in them."""
    options = "".join(f'<option value="{safe(word)}"></option>' for word in column.words)
    return f'<datalist id="{table}-grid-{column.key}">{options}</datalist>'


def _has_headings(clipboard: str, columns: Sequence[str]) -> bool:
    """Whether the first line names columns: two of its cells are names of columns."""
    first = clipboard.lstrip("\r\n").splitlines()[0]
    cells = {cell.strip().lower() for cell in first.replace(",", "\t").split("\t")}
    return len(cells & {"event", "claim", "date", "end", "value", *columns}) > 1


def _meaning(found: DateMeaning) -> str:
    """What a date means, in one sentence."""
    if found.problem:
        return found.problem
    return f"{found.text}: {found.words}." if found.words else ""


def _where(problem: Problem) -> str:
    row, key = getattr(problem, "row", -1), getattr(problem, "key", "")
    key = "" if problem.what.startswith(f"{key}:") else key  # which the problem itself names
    if row < 0:
        return ""
    return f"Row {row + 1}, {key}: " if key else f"Row {row + 1}: "


def _is_shown(column: GridColumn, grid: Grid) -> bool:
    usual = {each.key for each in grid.columns[:_USUAL]}
    return column.key in usual or any(column.key in row.cells for row in grid.rows)


def _options() -> dict[str, Any]:
    return {
        "columnDefs": [],
        "rowData": [],
        "defaultColDef": {"sortable": False, "resizable": True, "suppressMovable": True},
        ":getRowId": f"params => String(params.data.{NUMBER})",
        "singleClickEdit": False,
        "stopEditingWhenCellsLoseFocus": True,
        "enterNavigatesVerticallyAfterEdit": True,
        "rowHeight": _HEIGHT,
        "headerHeight": _HEIGHT,
        "ensureDomOrder": True,
        "suppressColumnVirtualisation": True,
        "enableBrowserTooltips": True,
        "overlayNoRowsTemplate": "No row yet.",
    }


def _number_column() -> dict[str, Any]:
    return {
        "headerName": "row",
        "field": NUMBER,
        "width": 60,
        "pinned": "left",
        ":valueGetter": "params => params.node.rowIndex + 1",
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
    }
