"""The cells in which one writes: what is taken, what is refused and may become something else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from timeline.app.editor.grid.columns import KIND_OF_ROW, PROBLEMS, ROW, VERDICT
from timeline.app.editor.grid.host import Host
from timeline.app.editor.grid.words import meaning
from timeline.core.text.inert_text import undirected
from timeline.editing import date_meaning, with_cell, with_cells
from timeline.editing.advice import shortened
from timeline.editing.grid import EVENTS
from timeline.editing.ways.cell_ways import cell_ways
from timeline.editing.ways.row_ways import Way

DATES = ("date", "end")


class CellView:
    """The writing in the cells of one grid."""

    def __init__(self, host: Host) -> None:
        """Listen to the cells of a grid, by `Sheet.listen`."""
        self._host = host
        self._asked = 0
        self._written: tuple[int, str, str] | None = None  # the cell that was written last
        self._begun_with: tuple[tuple[int, str], dict[str, Any]] | None = None
        self._typed_in: dict[tuple[int, str], str] = {}  # what was typed last, by row and column
        self._ways: tuple[int, str, tuple[Way, ...]] = (0, "", ())  # of the cell refused last
        self._refusal = 0, ""  # the number of the last refusal, and what was said of it

    def begun(self, event: Any) -> None:
        """Keep the row as it was when one began to write: another tab may change or move it."""
        data = dict(event.args["data"])
        self._written = None
        self._begun_with = ((int(data[ROW]), str(event.args["colId"])), data)

    async def typed(self, event: Any) -> None:
        """Say what the date means that is being typed."""
        host = self._host
        name, key, value = int(event.args["row"]), event.args["key"], str(event.args["text"])
        row = host.sheet.number(name)
        if host.table != EVENTS or key not in DATES or not host.is_row(row):
            return
        if (name, key, value) == self._written:
            return
        self._asked += 1
        number, text = self._asked, host.text()
        found = await asyncio.to_thread(date_meaning, value, text, row=row, key=key)
        if number == self._asked:
            host.tell(meaning(found))

    def changed(self, event: Any) -> None:
        """Write what was typed; a text that is not taken comes back to its cell."""
        host = self._host
        data, key = event.args["data"], event.args["colId"]
        name, value = int(data[ROW]), str(event.args.get("newValue") or "")
        text = host.text()
        self._asked += 1  # what is still asked of the date that was typed comes too late
        self._written = (name, key, value)
        self._typed_in[name, key] = value
        begun, self._begun_with = self._begun_with, None
        seen = begun[1] if begun and begun[0] == (name, key) else data
        row = host.sheet.number(name)
        if not self._is_same(row, name, key, seen):
            host.tell("Not done. The row was changed meanwhile: look at it again.", is_fault=True)
        elif value != host.sheet.rows[row].get(key, ""):
            units = host.opened.units if host.table == EVENTS else {}
            edited = with_cell(text, host.table, row, key, value, units=units)
            if edited.problems:
                host.tell_refused(edited)
                self._ways = name, key, cell_ways(text, host.table, row, key, value)
                what = " ".join(f"{_own(each.what, key)}." for each in edited.problems)
                labels = [each.words for each in self._ways[2]]
                host.sheet.draw_again(name)
                self._refusal = self._refusal[0] + 1, host.said
                host.sheet.refuse(name, key, value, what, labels, self._refusal[0])
            elif host.named(edited, "") and key in DATES:
                host.tell(meaning(date_meaning(value, host.text(), row=row, key=key)))
        host.sheet.draw_again(name)  # the text may have another value than what was typed

    def gone(self, event: Any) -> None:
        """Clear what was said of a text that no cell holds any more."""
        number, said = self._refusal
        if int(event.args) == number and self._host.said == said:
            self._host.tell("")

    def chosen(self, event: Any) -> None:
        """Write what a person has chosen for the text that a cell has refused."""
        host, (name, key, ways) = self._host, self._ways
        row, number = host.sheet.number(name), int(event.args)
        if not host.is_row(row) or not 0 <= number < len(ways):
            return
        way = ways[number]
        edited = with_cells(host.text(), host.table, row, way.cells)
        host.named(edited, f"Row {row + 1}: {way.words}.")
        host.focus(row, key)

    def _is_same(self, row: int, name: int, key: str, seen: Mapping[str, Any]) -> bool:
        """Whether a row of the browser is that of the text, but for the cell that is written.

        The browser may have a cell as it was typed before, and the text as a case file writes it.
        """
        if not self._host.is_row(row):
            return False
        here = self._host.sheet.rows[row]
        others = {*here, *seen} - {key, ROW, KIND_OF_ROW, PROBLEMS, VERDICT}
        differ = {each for each in others if (here.get(each) or "") != (seen.get(each) or "")}
        return all(self._typed_in.get((name, each)) == (seen.get(each) or "") for each in differ)


def _own(what: str, key: str) -> str:
    """A problem as it is said below its own cell."""
    words = undirected(shortened(what)).removeprefix(f"{key}: ")
    return f"{words[:1].upper()}{words[1:]}"
