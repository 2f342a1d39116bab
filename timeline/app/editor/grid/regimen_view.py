"""The rows in which a regimen stands in the place of its drugs, with a button for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nicegui import ui

from timeline.app.editor.controls import button, html, row_link, safe
from timeline.editing.grid import EVENTS, GridRow
from timeline.editing.ways.regimen_ways import RegimenWay, regimen_ways
from timeline.exchange.spreadsheets.drug_cells import DRUGS

_MOST = 12  # rows that are listed


class RegimenView:
    """The buttons on a page; they are there only while a row has a regimen among its drugs."""

    def __init__(self, chosen: Callable[[RegimenWay], None]) -> None:
        """Build their place in the page at hand; ``chosen`` writes the drugs of a row."""
        self._chosen = chosen
        self._ways: list[RegimenWay] = []
        self._box = ui.element("div").classes("regimens")
        self._box.props('role="group" aria-label="Regimens without their drugs"')
        self._box.set_visibility(False)

    def show(self, rows: Sequence[GridRow], *, is_editable: bool) -> None:
        """Bring the buttons to the rows of the grid of events."""
        ways = list(regimen_ways(rows))[:_MOST] if is_editable else []
        if ways == self._ways:
            return
        self._ways = ways
        self._box.clear()
        self._box.set_visibility(bool(ways))
        with self._box:
            for way in ways:
                with ui.element("div").classes("tools"):
                    names = " and ".join(way.regimens)
                    what = "is a regimen" if len(way.regimens) == 1 else "are regimens"
                    html(f"{row_link(EVENTS, way.row, DRUGS)}: {safe(names)} {what}.", "span")
                    button(f"Write drugs: {way.cells[DRUGS]}", self._act(way))

    def _act(self, way: RegimenWay) -> Callable[[], None]:
        return lambda: self._chosen(way)
