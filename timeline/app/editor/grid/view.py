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
    live_line,
    of_kinds,
    rows_field,
    safe,
    section,
)
from timeline.app.editor.grid.columns import (
    KIND_OF_ROW,
    PROBLEMS,
    ROW,
    VERDICT,
    column_definition,
    number_column,
    verdict_column,
)
from timeline.app.editor.grid.paste_view import PasteView
from timeline.app.editor.grid.references_view import ReferencesView
from timeline.app.editor.grid.sheet import Sheet
from timeline.app.editor.grid.words import (
    add_column_fields,
    meaning,
    problem_id,
    problem_list,
    verdicts_of_rows,
    waiting_notice,
    where,
    words_of,
)
from timeline.app.editor.open_files import OpenFile
from timeline.app.live import Live
from timeline.core.text.inert_text import undirected
from timeline.editing import (
    Edited,
    Grid,
    date_meaning,
    moved_row,
    pasted,
    with_cell,
    with_rows,
    without_rows,
)
from timeline.editing.advice import shortened
from timeline.editing.claim_rows import kinds_with, needed_keys
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.editing.paste.reading import has_headings
from timeline.editing.references import carried_references
from timeline.editing.shown.cell_problems import CellProblem
from timeline.editing.shown.columns import (
    first_to_fill,
    kinds_that_take,
    shown_columns,
    why_not_taken,
)

DATES = ("date", "end")
_HINTS = {"line": "1, of a line", "of": "line 1, scan 2021-04 ..", "about": "what it is of"}
_HINT = (
    "Arrows: to another cell; Enter or F2: write in it; Delete: empty it; Ctrl-V: paste cells of a "
    "spreadsheet from here on, or rows with headings as new rows; Alt-Up, Alt-Down: move the row; "
    "Ctrl-Delete: take the row out; Escape: leave a cell as it was; Tab: out of the grid, or, "
    "while one writes, to the next cell; F6: to the next section."
)


class GridView:
    """One grid on a page."""

    def __init__(
        self, table: str, title: str, forms: Forms, opened: OpenFile, file: str = ""
    ) -> None:
        """Build the grid in the page at hand.

        Args:
            table: ``events`` or ``claims``.
            title: the heading.
            forms: of the page.
            opened: the file whose text is shown and changed.
            file: its name, where it is another one than that of the page.
        """
        self._table, self._opened, self._forms = table, opened, forms
        self._columns: tuple[str, ...] = ()
        self._more: ui.element | None = None  # the form of a new column
        self._form: tuple[tuple[str, ...], bool] | None = None  # what the columns were made of
        self._asked = 0
        self._at, self._column = 0, ""  # the name of the row that is chosen, and the column
        self._in_place: dict[int, int] = {}  # by a row that was taken out the one in its place
        self._written: tuple[int, str, str] | None = None  # the cell that was written last
        self._begun_with: tuple[tuple[int, str], dict[str, Any]] | None = None
        self._waiting: tuple[str, int, str, tuple[str, ...]] = ("", 0, "", ())  # the last paste
        self._choices: dict[str, str] = {}  # of its columns
        self._order = ""  # of day and month in its dates
        self._told_of = opened.document.text  # the text that the sentence beside the grid is about
        with section(f"{table}-grid", title).classes("grid-section") as self._section:
            with ui.element("div").classes("tools").props(f'role="toolbar" aria-label="{title}"'):
                button("Take out row", lambda: self._take_out(self._at))
                button("Move up", lambda: self._move(self._at, -1))
                button("Move down", lambda: self._move(self._at, 1))
            self._adding = ui.element("div").classes("adding")
            self._notice = html("").classes("grid-notice").props('role="status"')
            self._said = live_line("said")
            self._asking = ReferencesView(opened, self._answered)
            self._choosing = PasteView(self._chosen)
            self._sheet = Sheet()
            self._problems = html("").classes("grid-problems")
            with ui.element("details"):
                html("Keys, and rows as text", "summary")
                html(_HINT, "p")
                forms.form(
                    f"paste-{table}", rows_field("rows", "Rows of a spreadsheet"), "Add these rows",
                    self._rows_typed,
                )  # fmt: skip
        self._section.props(f'data-grid="{self._sheet.id}"')
        if file:
            self._section.props["data-file"] = file
        self._sheet.listen({
            "changed": self._changed, "begun": self._begun, "focused": self._focused,
            "pasted": self._pasted, "act": self._act, "typed": self._typed,
            "refused": self._refused,
        })  # fmt: skip

    def _text(self) -> str:
        """The text that changes start from."""
        return self._opened.newest()

    def _tell(self, sentence: str, *, is_fault: bool = False) -> None:
        """Say a sentence beside the grid, until the text is another one."""
        self._told_of = self._opened.document.text
        self._said.content = f'<span class="fault">{safe(sentence)}</span>' if is_fault else (
            safe(sentence)
        )  # fmt: skip

    def show(self, opened: OpenFile, live: Live) -> None:
        """Bring the grid to the state of the file; ``live``: what follows from that of the page."""
        if opened.document.text != self._told_of:
            self._tell("")
        grid, is_of_text = opened.grids[self._table], opened.is_grid_of_text
        added = opened.added[self._table]
        used = shown_columns(grid, added)
        names = tuple(column.key for column in used)
        mine = [each for each in opened.cell_problems if each.table == self._table]
        rows = _rows(grid, self._table, mine)
        if self._table == CLAIMS and is_of_text:
            for row, verdict in verdicts_of_rows(
                grid, opened.document.path.resolve(), live
            ).items():
                rows[row][VERDICT] = verdict
        definitions = None
        if (names, is_of_text) != self._form:
            self._form, self._columns = (names, is_of_text), names
            own = [number_column(), *([verdict_column()] if self._table == CLAIMS else [])]
            definitions = [
                *own, *(column_definition(each, is_editable=is_of_text) for each in used)
            ]  # fmt: skip
            self._show_adding(grid, added)
        self._sheet.draw(rows, [row.cells for row in grid.rows], definitions)
        self._sheet.wait(is_waiting=not is_of_text)
        self._asking.show()
        _fill(self._notice, "" if is_of_text else waiting_notice(opened))
        _fill(self._problems, problem_list(opened, self._table, mine) if is_of_text else "")

    def _show_adding(self, grid: Grid, added: Sequence[str]) -> None:
        """The fields of a new row, and those of a new column."""
        if self._more is None:
            kinds = next(each for each in grid.columns if each.words)
            words = [(each, each) for each in kinds.words]
            if self._table == EVENTS:
                fields = choice("event", "New row: event", words)
                fields += field("date", "date", hint="2021-03, after line 1 ..")
            else:
                fields = choice("claim", "New row: claim", words)
                fields += field("value", "value", hint="8.4 months") + field("place", "place")
                fields += "".join(
                    of_kinds(
                        field(key, key, hint=_HINTS.get(key, "")), kinds_with(key), words[0][0]
                    )
                    for key in needed_keys()
                )
            with self._adding:
                lists = [words_of(self._table, each) for each in grid.columns if each.words]
                html("".join(lists)).props("hidden")
                self._forms.form(f"add-{self._table}", fields, "Add row", self._add)
                self._more = ui.element("div")
        self._more.clear()
        if fields := add_column_fields(grid, added):
            with self._more:
                name = f"column-{self._table}"
                self._forms.form(name, fields, "Add column", self._add_column)

    def _add_column(self, values: Values) -> None:
        """Show one more column; the text stays as it is until a cell of it is written."""
        key = values.get("column", "")
        grid = self._opened.grids[self._table]
        column = next((each for each in grid.columns if each.key == key), None)
        if column is None:
            return
        self._opened.added[self._table].append(key)
        self._opened.show()
        about = f": {column.description}" if column.description else ""
        self._tell(f"Column {column.title} added{about}. It is taken by "
                   f"{kinds_that_take(column, most=len(column.kinds))}.")  # fmt: skip
        self._column = key
        self._focus(max(self._row, 0))

    def _refused(self, event: Any) -> None:
        """Say why a cell takes no text, where one begins to write in it."""
        row, key = self._sheet.number(int(event.args["row"])), str(event.args["key"])
        if not self._opened.is_grid_of_text:
            self._tell("The grid takes no change until the text is YAML again.", is_fault=True)
            return
        grid = self._opened.grids[self._table]
        column = next((each for each in grid.columns if each.key == key), None)
        if column is not None and self._is_row(row):
            why = why_not_taken(column, grid.rows[row].kind)
            self._tell(f"Row {row + 1}: {why}." if why else "", is_fault=True)

    def _apply(self, edited: Edited, done: str) -> bool:
        problems = self._opened.change(edited)
        if problems:
            told = " ".join(f"{where(each)}{shortened(each.what)}." for each in problems)
            self._tell(f"Not done. {told}", is_fault=True)
        else:
            self._tell(_noted(done, edited.notes))
        return not problems

    def _changed(self, event: Any) -> None:
        data, key = event.args["data"], event.args["colId"]
        name, value = int(data[ROW]), str(event.args.get("newValue") or "")
        text = self._text()
        self._asked += 1  # what is still asked of the date that was typed comes too late
        self._written = (name, key, value)
        begun, self._begun_with = self._begun_with, None
        seen = begun[1] if begun and begun[0] == (name, key) else data
        row = self._sheet.number(name)
        if not self._is_same(row, key, seen):
            self._tell("Not done. The row was changed meanwhile: look at it again.", is_fault=True)
        elif value != self._sheet.rows[row].get(key, ""):
            edited = with_cell(text, self._table, row, key, value)
            if self._named(edited, "") and key in DATES:
                self._tell(meaning(date_meaning(value, self._text(), row=row, key=key)))
        self._sheet.draw_again(name)  # the text may have another value than what was typed

    def _named(self, edited: Edited, done: str) -> bool:
        """Apply a change of cells; where it leaves references behind, ask first what to do."""
        if self._table == EVENTS and not edited.problems:
            text = self._text()
            found = carried_references(text, edited.text)
            if found.lost:
                self._tell("Not done yet: other places name this event. Choose below.")
                self._asking.ask(text, edited, found, done)
                return False
        return self._apply(edited, done)

    def _answered(self, edited: Edited | None, done: str) -> None:
        """Do what was chosen, and give the focus back to the cell."""
        if edited is None:
            self._tell(done)
        else:
            self._apply(edited, done)
        self._focus(self._row)

    def _begun(self, event: Any) -> None:
        """Keep the row as it was when one began to write: another tab may change or move it."""
        data = dict(event.args["data"])
        self._written = None
        self._begun_with = ((int(data[ROW]), str(event.args["colId"])), data)

    def _is_same(self, row: int, key: str, seen: Mapping[str, Any]) -> bool:
        """Whether a row of the browser is that of the text, but for the cell that is written."""
        if not self._is_row(row):
            return False
        here = self._sheet.rows[row]
        others = {*here, *seen} - {key, ROW, PROBLEMS, VERDICT}
        return all((here.get(each) or "") == (seen.get(each) or "") for each in others)

    async def _typed(self, event: Any) -> None:
        """Say what the date means that is being typed."""
        name, key, value = int(event.args["row"]), event.args["key"], str(event.args["text"])
        row = self._sheet.number(name)
        if self._table != EVENTS or key not in DATES or not self._is_row(row):
            return
        if (name, key, value) == self._written:
            return
        self._asked += 1
        number, text = self._asked, self._text()
        found = await asyncio.to_thread(date_meaning, value, text, row=row, key=key)
        if number == self._asked:
            self._tell(meaning(found))

    def _focused(self, event: Any) -> None:
        name = int(event.args["row"])
        if not name or self._sheet.number(name) >= 0:  # else the row is gone by now
            self._at, self._column = name, str(event.args["key"])

    @property
    def _row(self) -> int:
        """The number of the row that is chosen, from 0; -1 where none is."""
        return self._sheet.number(self._at) if self._column else -1

    def _act(self, event: Any) -> None:
        """Do what a key of the grid means, with the row that had the focus when it was pressed.

        A key may come before the browser has drawn what the last one did: where the row is gone,
        the one in its place is meant.
        """
        at = int(event.args["row"])
        while at in self._in_place:
            at = self._in_place[at]
        acts: dict[str, Callable[[], None]] = {
            "out": lambda: self._take_out(at),
            "up": lambda: self._move(at, -1), "down": lambda: self._move(at, 1),
        }  # fmt: skip
        acts[event.args["act"]]()

    def _is_row(self, row: int) -> bool:
        return 0 <= row < len(self._sheet.rows)

    def _add(self, values: Values) -> None:
        at = self._row + 1 if self._row >= 0 else len(self._sheet.rows)
        row = {key: value.strip() for key, value in values.items() if value.strip()}
        if self._table == EVENTS:
            row.setdefault("date", "20XX")
        if self._apply(with_rows(self._text(), self._table, at, [row]), f"Row {at + 1} added."):
            self._column = first_to_fill(self._opened.grids[self._table], at, self._columns)
            self._focus(at)

    def _focus(self, row: int) -> None:
        """Bring a row into sight, and let the keys act on it."""
        if not self._is_row(row):
            return
        self._at, self._column = self._sheet.names[row], self._column or self._columns[0]
        self._sheet.focus(self._at, self._column)

    def _take_out(self, at: int) -> None:
        row = self._sheet.number(at)
        if row < 0:
            self._tell("Choose a cell of the row first.", is_fault=True)
            return
        edited = without_rows(self._text(), self._table, [row])
        if self._apply(edited, f"Row {row + 1} taken out.") and self._sheet.rows:
            row = min(row, len(self._sheet.rows) - 1)
            self._in_place[at] = self._sheet.names[row]
            self._focus(row)

    def _move(self, at: int, by: int) -> None:
        row = self._sheet.number(at)
        to = row + by
        if not (self._is_row(row) and self._is_row(to)):
            self._tell("Choose a cell of a row that can be moved there.", is_fault=True)
            return
        edited = moved_row(self._text(), self._table, row, to)
        if self._apply(edited, f"Row {row + 1} is now row {to + 1}."):
            self._focus(to)

    def _pasted(self, event: Any) -> None:
        row = self._sheet.number(int(event.args["row"]))
        self._paste(str(event.args["text"]), row, str(event.args["key"]))

    def _rows_typed(self, values: Values) -> None:
        self._paste(values.get("rows", ""), -1, "")

    def _paste(self, clipboard: str, row: int, key: str) -> None:
        """Paste over the cells from one on, as a spreadsheet does; else as new rows at the end."""
        if not clipboard.strip():
            self._tell("There is nothing to paste.", is_fault=True)
            return
        columns = self._columns
        if has_headings(self._table, clipboard, key) or not self._is_row(row) or key not in columns:
            row, key = len(self._sheet.rows), columns[0]
        self._waiting = clipboard, row, key, columns
        self._choices.clear()
        self._order = ""
        self._paste_as_chosen()

    def _chosen(self, column: str, way: str) -> None:
        """Paste again with one more choice; the text may have other rows by now."""
        if column:
            self._choices[column] = way
        else:
            self._order = way
        self._paste_as_chosen()

    def _paste_as_chosen(self) -> None:
        clipboard, row, key, columns = self._waiting
        count = len(self._sheet.rows)
        self._choosing.ask(())
        try:
            edited = pasted(
                self._text(), self._table, row, key, clipboard,
                columns=columns, order=self._order, choices=self._choices,
            )  # fmt: skip
        except ValueError as fault:
            self._tell(f"Not done. {fault}.", is_fault=True)
            return
        lines = sum(1 for line in clipboard.splitlines() if line.strip())
        is_done = self._named(edited, f"{lines} line{'' if lines == 1 else 's'} pasted.")
        self._choosing.ask(edited.offers if edited.problems else ())
        new = len(self._sheet.rows) - count
        if is_done and new > 0:
            self._tell(_noted(f"{new} row{'' if new == 1 else 's'} added.", edited.notes))


def _rows(grid: Grid, table: str, problems: Sequence[CellProblem]) -> list[dict[str, Any]]:
    """The rows as the grid of the browser takes them."""
    marks: dict[int, dict[str, dict[str, str]]] = {}
    for number, each in enumerate(problems):
        here = marks.setdefault(each.row, {})
        before = f"{here[each.key]['what']}\n" if each.key in here else ""
        listed_at = here[each.key]["id"] + " " if each.key in here else ""
        here[each.key] = {
            "what": before + undirected(shortened(each.what)),
            "id": listed_at + problem_id(table, number),
        }
    return [
        {
            **{key: undirected(text) for key, text in row.cells.items()},
            KIND_OF_ROW: row.kind, PROBLEMS: marks.get(row.number, {}),
        }
        for row in grid.rows
    ]  # fmt: skip


def _fill(element: ui.html, content: str) -> None:
    """Bring an element to a content; one that is the same is left, so that it is read once."""
    if element.content != content:
        element.content = content


def _noted(done: str, notes: Sequence[str]) -> str:
    """What was done, and what it did that one may not expect."""
    return " ".join((done, *(f"Note: {each}." for each in notes))).strip()
