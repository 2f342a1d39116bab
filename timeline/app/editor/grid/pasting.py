"""What is pasted into a grid."""

from __future__ import annotations

import attrs

from timeline.app.editor.grid.chosen_before import (
    chosen_before,
    dates_either_way,
    forget,
    titles,
)
from timeline.app.editor.grid.host import Host, noted
from timeline.app.editor.grid.paste_view import BEFORE, PasteView
from timeline.core.text.counts import plural
from timeline.editing import pasted
from timeline.editing.grid import Offer
from timeline.editing.paste.reading import has_headings
from timeline.editing.shown.grouped_problems import grouped


class Pasting:
    """The pastes of one grid; one that waits for choices is done again with each of them."""

    def __init__(self, host: Host) -> None:
        """Build the place of the choices in the page at hand."""
        self._host = host
        self._waiting: tuple[str, int, str, tuple[str, ...]] = ("", 0, "", ())  # the last paste
        self._choices: dict[str, str] = {}  # of its columns, and of its words
        self._order = ""  # of day and month in its dates
        self._before: tuple[str, ...] = ()  # the choices that were made for an earlier paste
        self._done = "", ""  # the last paste that was done, and the text before it
        self._choosing = PasteView(self._chosen, self._leave)

    def paste(self, clipboard: str, row: int, key: str) -> None:
        """Paste over the cells from one on, as a spreadsheet does; else as new rows at the end."""
        host = self._host
        if not clipboard.strip():
            host.tell("There is nothing to paste.", is_fault=True)
            return
        columns = host.columns
        if has_headings(host.table, clipboard, key) or not host.is_row(row) or key not in columns:
            row, key = len(host.sheet.rows), columns[0]
        self._waiting = clipboard, row, key, columns
        kept = host.opened.choices[host.table]
        if self._done == (clipboard, host.text()):  # undone, and pasted again to choose anew
            forget(kept, clipboard)
        self._choices, self._order = chosen_before(kept, clipboard)
        self._before = tuple(self._choices)
        self._paste_as_chosen()

    def _chosen(self, column: str, way: str) -> None:
        """Paste again with one more choice; the text may have other rows by now."""
        kept = self._host.opened.choices[self._host.table]
        if column == BEFORE:
            forget(kept, self._waiting[0])
            self._choices, self._order, self._before = {}, "", ()
        elif column:
            self._choices[column] = kept[column] = way
        else:
            self._order = way
            kept.update(dict.fromkeys(dates_either_way(self._waiting[0]), way))
        if self._paste_as_chosen():
            self._host.focus(min(self._waiting[1], len(self._host.sheet.rows) - 1))

    def _leave(self) -> None:
        """Leave a paste that was not taken, and what is said of it."""
        self._choosing.ask(())
        self._host.tell("")
        self._host.focus(min(self._waiting[1], len(self._host.sheet.rows) - 1))

    def _paste_as_chosen(self) -> bool:
        host, (clipboard, row, key, columns) = self._host, self._waiting
        text = host.text()
        count = len(host.sheet.rows)
        self._choosing.ask(())
        try:
            edited = pasted(
                text, host.table, row, key, clipboard,
                columns=columns, order=self._order, choices=self._choices,
            )  # fmt: skip
        except ValueError as fault:
            host.tell(f"Not done. {fault}.", is_fault=True)
            return False
        lines = sum(1 for line in clipboard.splitlines() if line.strip())
        if not edited.problems:
            host.opened.units.update(edited.units)
        if self._before and edited.problems:
            again = f"choose again for {titles(self._before)}"
            edited = attrs.evolve(edited, offers=(*edited.offers, Offer(BEFORE, {"": again})))
        elif self._before:
            told = (
                f"chosen before: {titles(self._before)} (undo, and paste it again, to choose anew)"
            )
            edited = attrs.evolve(edited, notes=(*edited.notes, told))
        problems = grouped(edited.problems)
        if len(problems) > 1:
            below = "Choose below, or correct the table" if edited.offers else "Correct the table"
            what = plural(len(problems), "problem")
            host.tell(f"Not done: {what}, listed below. {below} and paste it again.", is_fault=True)
            self._choosing.ask(edited.offers, problems)
            return False
        is_done = host.named(edited, f"{plural(lines, 'line')} pasted.")
        self._choosing.ask(edited.offers if edited.problems else ())
        if is_done:
            self._done = clipboard, text
        new = len(host.sheet.rows) - count
        if is_done and new > 0:
            host.tell(noted(f"{plural(new, 'row')} added.", edited.notes))
        return is_done
