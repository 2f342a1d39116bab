"""The forms above a grid: that of a new row, and that of a further column."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui import ui

from timeline.app.editor.controls import Act, Forms, choice, field, html, of_kinds
from timeline.app.editor.grid.words import add_column_fields, words_of
from timeline.editing import Grid
from timeline.editing.claim_rows import kinds_with, needed_keys
from timeline.editing.grid import EVENTS

_HINTS = {"line": "1, of a line", "of": "line 1, scan 2021-04 ..", "about": "what it is of"}


class AddingView:
    """The forms on a page, each with its button."""

    def __init__(self, table: str, forms: Forms, add: Act, add_column: Act) -> None:
        """Build the place of the forms in the page at hand; they come with the first columns."""
        self._table, self._forms = table, forms
        self._add, self._add_column = add, add_column
        self.element = ui.element("div").classes("adding")
        self._more: ui.element | None = None  # the form of a new column

    def show(self, grid: Grid, added: Sequence[str]) -> None:
        """Offer the columns that are not shown; ``added``: those that were asked for."""
        if self._more is None:
            with self.element:
                lists = [words_of(self._table, each) for each in grid.columns if each.words]
                html("".join(lists)).props("hidden")
                self._forms.form(f"add-{self._table}", self._row_fields(grid), "Add row", self._add)
                self._more = ui.element("div")
        self._more.clear()
        if fields := add_column_fields(grid, added):
            with self._more:
                self._forms.form(f"column-{self._table}", fields, "Add column", self._add_column)

    def _row_fields(self, grid: Grid) -> str:
        kinds = next(each for each in grid.columns if each.words)
        words = [(each, each) for each in kinds.words]
        if self._table == EVENTS:
            fields = choice("event", "New row: event", words)
            return fields + field("date", "date", hint="2021-03, after line 1 ..")
        fields = choice("claim", "New row: claim", words)
        fields += field("value", "value", hint="8.4 months") + field("place", "place")
        return fields + "".join(
            of_kinds(field(key, key, hint=_HINTS.get(key, "")), kinds_with(key), words[0][0])
            for key in needed_keys()
        )
