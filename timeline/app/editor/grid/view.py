"""A grid of an open file: cells to type in, rows to paste, insert, move and take out.

Every change is a change of the text by `timeline.editing`, which refuses what it cannot write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import (
    Forms,
    Values,
    button,
    html,
    live_line,
    rows_field,
    safe,
    section,
)
from timeline.app.editor.grid.adding_view import AddingView
from timeline.app.editor.grid.cell_view import CellView
from timeline.app.editor.grid.columns import (
    VERDICT,
    browser_rows,
    column_definition,
    number_column,
    verdict_column,
)
from timeline.app.editor.grid.host import noted
from timeline.app.editor.grid.pasting import Pasting
from timeline.app.editor.grid.references_view import ReferencesView
from timeline.app.editor.grid.regimen_view import RegimenView
from timeline.app.editor.grid.sheet import Sheet
from timeline.app.editor.grid.words import (
    problem_list,
    rows_by_verdict,
    verdicts_of_rows,
    waiting_notice,
)
from timeline.app.editor.open_files import READ_ONLY, OpenFile
from timeline.app.editor.verdict_choice import VerdictChoice
from timeline.app.live import Live
from timeline.app.parts import Audited
from timeline.core.text.counts import plural
from timeline.editing import (
    Edited,
    GridColumn,
    moved_row,
    with_cells,
    with_rows,
    without_rows,
)
from timeline.editing.date_meanings import only_reading
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.editing.references import carried_references
from timeline.editing.shown.columns import (
    NO_DATE,
    first_to_fill,
    kinds_that_take,
    shown_columns,
    why_not_taken,
)
from timeline.editing.shown.grouped_problems import grouped
from timeline.editing.shown.place_by_date import place_of_new_row
from timeline.editing.ways.regimen_ways import RegimenWay, regimen_ways
from timeline.exchange.spreadsheets.drug_cells import DRUGS

DATES = ("date", "end")
_HINTS = {"line": "1, of a line", "of": "line 1, scan 2021-04 ..", "about": "what it is of"}
_HINT = (
    "Arrows: to another cell; Enter or F2: write in it; Delete: empty it; Ctrl-V: paste cells of a "
    "spreadsheet from here on, or rows with headings as new rows; Alt-Up, Alt-Down: move the row; "
    "Ctrl-Delete: take the row out; Escape: leave a cell as it was; Down, in a cell whose text was "
    "not taken: to what it may become; Tab: out of the grid, or, while one writes, to the next "
    "cell; F6: to the next section."
)


class GridView:
    """One grid on a page."""

    def __init__(
        self,
        table: str,
        title: str,
        forms: Forms,
        opened: OpenFile,
        file: str = "",
        verdicts: VerdictChoice | None = None,
    ) -> None:
        """Build the grid in the page at hand.

        Args:
            table: ``events`` or ``claims``.
            title: the heading.
            forms: of the page.
            opened: the file whose text is shown and changed.
            file: its name, where it is another one than that of the page.
            verdicts: of claims, which of them are shown.
        """
        self.table, self.opened, self._forms = table, opened, forms
        self.columns: tuple[str, ...] = ()
        self._form: tuple[Any, ...] | None = None  # what the columns were made of
        self._at, self._column = 0, ""  # the name of the row that is chosen, and the column
        self.said = ""
        self._cell_told: tuple[int, str] | tuple[()] = ()  # the cell that it is about, if it is
        self._in_place: dict[int, int] = {}  # by a row that was taken out the one in its place
        self._told_of = opened.document.text  # the text that the sentence beside the grid is about
        with section(f"{table}-grid", title).classes("grid-section") as self._section:
            with ui.element("div").classes("tools").props('role="toolbar"') as tools:
                tools.props["aria-label"] = title
                if not opened.is_read_only:
                    button("Take out row", lambda: self._take_out(self._at))
                    button("Move up", lambda: self._move(self._at, -1))
                    button("Move down", lambda: self._move(self._at, 1))
            self._adding = AddingView(table, forms, self._add, self._add_column)
            self._adding.element.set_visibility(not opened.is_read_only)
            self._notice = html("").classes("grid-notice").props('role="status"')
            self._by_verdict = html("")
            self._verdicts, self._are_shown = verdicts, ""
            if verdicts is not None:
                verdicts.add(f"verdict-{table}")
            self._some = live_line("some")
            self._said = live_line("said")
            self._asking = ReferencesView(opened, self._answered)
            self._pasting = Pasting(self)
            self._regimens = RegimenView(self._with_drugs) if table == EVENTS else None
            self.sheet = Sheet()
            self._problems = html("").classes("grid-problems")
            with ui.element("details"):
                html("Keys, and rows as text", "summary")
                html(_HINT, "p")
                if not opened.is_read_only:
                    forms.form(
                        f"paste-{table}", rows_field("rows", "Rows of a spreadsheet"),
                        "Add these rows",
                        lambda values: self._pasting.paste(values.get("rows", ""), -1, ""),
                    )  # fmt: skip
        self._section.props(f'data-grid="{self.sheet.id}"')
        if file:
            self._section.props["data-file"] = file
        cells = CellView(self)
        self.sheet.listen({
            "changed": cells.changed, "begun": cells.begun, "typed": cells.typed,
            "way": cells.chosen, "gone": cells.gone, "focused": self._focused,
            "pasted": self._pasted, "act": self._act, "refused": self._refused,
        })  # fmt: skip

    def text(self) -> str:
        """The text that changes start from."""
        return self.opened.newest()

    def tell(self, sentence: str, *, is_fault: bool = False) -> None:
        """Say a sentence beside the grid, until the text is another one."""
        self._told_of, self.said, self._cell_told = self.opened.document.text, sentence, ()
        self._said.content = f'<span class="fault">{safe(sentence)}</span>' if is_fault else (
            safe(sentence)
        )  # fmt: skip

    def show(self, opened: OpenFile, live: Live) -> None:
        """Bring the grid to the state of the file; ``live``: what follows from that of the page."""
        if opened.document.text != self._told_of:
            self.tell("")
        grid, is_of_text = opened.grids[self.table], opened.is_grid_of_text
        added = opened.added[self.table]
        used = _place_early(shown_columns(grid, added))
        names = tuple(column.key for column in used)
        mine = [each for each in opened.cell_problems if each.table == self.table]
        rows = browser_rows(grid, self.table, mine)
        if self.table == CLAIMS and is_of_text:
            found = verdicts_of_rows(grid, opened.document.path.resolve(), live)
            for row, verdict in found.items():
                rows[row][VERDICT] = verdict
            if found or Audited not in live.left:  # while the audit waits the list stays
                _fill(self._by_verdict, rows_by_verdict(grid, found))
        definitions = None
        units = dict(opened.units) if self.table == EVENTS else {}
        if (names, is_of_text, units) != self._form:
            self._form, self.columns = (names, is_of_text, units), names
            is_editable = is_of_text and not opened.is_read_only
            own = [number_column(), *([verdict_column()] if self.table == CLAIMS else [])]
            definitions = [
                *own,
                *(column_definition(each, units.get(each.key, ""), is_editable=is_editable)
                  for each in used),
            ]  # fmt: skip
            self._adding.show(grid, added)
        self.sheet.draw(rows, [row.cells for row in grid.rows], definitions)
        self.sheet.wait(is_waiting=not is_of_text)
        self._show_chosen(rows)
        self._asking.show()
        if self._regimens is not None and is_of_text:
            self._regimens.show(grid.rows, is_editable=not opened.is_read_only)
        _fill(self._notice, "" if is_of_text else waiting_notice(opened))
        _fill(self._problems, problem_list(opened, self.table, mine) if is_of_text else "")

    def _show_chosen(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show the claims of the chosen verdict alone, and say how many these are."""
        chosen = self._verdicts.verdict if self._verdicts is not None else ""
        if chosen != self._are_shown:
            self._are_shown = chosen
            self.sheet.show_only(VERDICT, chosen)
        found = sum(1 for row in rows if row.get(VERDICT, {}).get("conclusion") == chosen)
        told = f"Shown: {chosen} only, {found} of {plural(len(rows), 'row')}."
        if not chosen or any(VERDICT in row for row in rows):  # while the audit waits it stays
            _fill(self._some, told if chosen else "")

    def _add_column(self, values: Values) -> None:
        """Show one more column; the text stays as it is until a cell of it is written."""
        key = values.get("column", "")
        grid = self.opened.grids[self.table]
        column = next((each for each in grid.columns if each.key == key), None)
        if column is None:
            return
        self.opened.added[self.table].append(key)
        self.opened.show()
        about = f": {column.description}" if column.description else ""
        self.tell(f"Column {column.title} added{about}. It is taken by "
                   f"{kinds_that_take(column, most=len(column.kinds))}.")  # fmt: skip
        self.focus(max(self._row, 0), key)

    def _refused(self, event: Any) -> None:
        """Say why a cell takes no text, where one begins to write in it."""
        row, key = self.sheet.number(int(event.args["row"])), str(event.args["key"])
        if self.opened.is_read_only:
            self.tell(f"{self.opened.name} is {READ_ONLY}.", is_fault=True)
            return
        if not self.opened.is_grid_of_text:
            self.tell("The grid takes no change until the text is YAML again.", is_fault=True)
            return
        grid = self.opened.grids[self.table]
        column = next((each for each in grid.columns if each.key == key), None)
        if column is not None and self.is_row(row):
            why = why_not_taken(column, grid.rows[row].kind)
            self.tell(f"Row {row + 1}: {why}." if why else "", is_fault=True)
            self._cell_told = int(event.args["row"]), key

    def _apply(self, edited: Edited, done: str) -> bool:
        if self.opened.change(edited):
            self.tell_refused(edited)
            return False
        self.tell(noted(done, edited.notes))
        return True

    def tell_refused(self, edited: Edited) -> None:
        """Say why a change was not made."""
        told = " ".join(f"{each}." for each in grouped(edited.problems))
        self.tell(f"Not done. {told}", is_fault=True)

    def named(self, edited: Edited, done: str) -> bool:
        """Apply a change of cells; where it leaves references behind, ask first what to do."""
        if self.table == EVENTS and not edited.problems:
            text = self.text()
            found = carried_references(text, edited.text)
            if found.lost:
                self.tell("Not done yet: other places name this event. Choose below.")
                self._asking.ask(text, edited, found, done)
                return False
        return self._apply(edited, done)

    def _with_drugs(self, way: RegimenWay) -> None:
        """Write the drugs of a regimen in its row."""
        rows = self.opened.grids[EVENTS].rows
        if way in regimen_ways(rows):  # the text may be another one by now
            edited = with_cells(self.text(), EVENTS, way.row, way.cells)
            self.named(edited, f"Row {way.row + 1}: drugs: {way.cells[DRUGS]}.")
        self.focus(way.row, DRUGS)

    def _answered(self, edited: Edited | None, done: str) -> None:
        """Do what was chosen, and give the focus back to the cell."""
        if edited is None:
            self.tell(done)
        else:
            self._apply(edited, done)
        self.focus(self._row)

    def _focused(self, event: Any) -> None:
        name = int(event.args["row"])
        if not name or self.sheet.number(name) >= 0:  # else the row is gone by now
            self._at, self._column = name, str(event.args["key"])
            if self._cell_told not in ((), (self._at, self._column)):
                self.tell("")  # it was about the cell that is left

    @property
    def _row(self) -> int:
        """The number of the row that is chosen, from 0; -1 where none is."""
        return self.sheet.number(self._at) if self._column else -1

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

    def is_row(self, row: int) -> bool:
        """Whether there is a row of a number, from 0."""
        return 0 <= row < len(self.sheet.rows)

    def _add(self, values: Values) -> None:
        """A new row: where its date says, if that is sure; else below the chosen row."""
        text = self.text()
        rows = self.opened.grids[self.table].rows
        row = {key: value.strip() for key, value in values.items() if value.strip()}
        at, why = (self._row + 1 if self._row >= 0 else len(rows)), ""
        if self.table == EVENTS:
            typed = row.get("date", "")
            if day := only_reading(typed):  # which is said: nothing is read in silence
                row["date"] = day
            at, why = place_of_new_row(rows, row.get("date", ""), at)
            why = f"{typed} can only be {day}. {why}" if day else why
            row.setdefault("date", NO_DATE)
        edited = with_rows(text, self.table, at, [row])
        if self._apply(edited, f"Row {at + 1} added. {why}".strip()):
            self.focus(at, first_to_fill(self.opened.grids[self.table], at, self.columns))

    def focus(self, row: int, key: str = "") -> None:
        """Bring a row into sight, and let the keys act on it; ``key``: of the column."""
        if self.is_row(row):
            self._at = self.sheet.names[row]
            self._column = key or self._column or self.columns[0]
            self.sheet.focus(self._at, self._column)

    def _pasted(self, event: Any) -> None:
        if self._are_shown:  # cells that are pasted would replace those of rows that are not seen
            self.tell("Not done. Some rows are not shown: show all claims, then paste.",
                      is_fault=True)  # fmt: skip
            return
        row = self.sheet.number(int(event.args["row"]))
        self._pasting.paste(str(event.args["text"]), row, str(event.args["key"]))

    def _take_out(self, at: int) -> None:
        row = self.sheet.number(at)
        if row < 0:
            self.tell("Choose a cell of the row first.", is_fault=True)
            return
        edited = without_rows(self.text(), self.table, [row])
        if self._apply(edited, f"Row {row + 1} taken out.") and self.sheet.rows:
            row = min(row, len(self.sheet.rows) - 1)
            self._in_place[at] = self.sheet.names[row]
            self.focus(row)

    def _move(self, at: int, by: int) -> None:
        row = self.sheet.number(at)
        to = row + by
        if not (self.is_row(row) and self.is_row(to)):
            self.tell("Choose a cell of a row that can be moved there.", is_fault=True)
            return
        edited = moved_row(self.text(), self.table, row, to)
        if self._apply(edited, f"Row {row + 1} is now row {to + 1}."):
            self.focus(to)


def _place_early(columns: Sequence[GridColumn]) -> tuple[GridColumn, ...]:
    """The columns of a grid, that of the place in a report behind the value of a claim."""
    keys = [each.key for each in columns]
    if not {"value", "place"} <= set(keys):
        return tuple(columns)
    place = columns[keys.index("place")]
    others = [each for each in columns if each is not place]
    at = [each.key for each in others].index("value") + 1
    return (*others[:at], place, *others[at:])


def _fill(element: ui.html, content: str) -> None:
    """Bring an element to a content; one that is the same is left, so that it is read once."""
    if element.content != content:
        element.content = content
