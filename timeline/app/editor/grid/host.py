"""What the parts of a grid on a page need of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from timeline.app.editor.grid.sheet import Sheet
from timeline.app.editor.open_files import OpenFile
from timeline.editing import Edited


class Host(Protocol):
    """A grid on a page, to the parts that write in it.

    Attributes:
        table: ``events`` or ``claims``.
        opened: the file whose text is shown and changed.
        sheet: the cells in the browser.
        columns: the keys of the columns that are shown, in their order.
        said: the sentence that stands beside the grid.
    """

    table: str
    opened: OpenFile
    sheet: Sheet
    columns: tuple[str, ...]
    said: str

    def text(self) -> str:
        """The text that changes start from."""

    def tell(self, sentence: str, *, is_fault: bool = False) -> None:
        """Say a sentence beside the grid, until the text is another one."""

    def tell_refused(self, edited: Edited) -> None:
        """Say why a change was not made."""

    def named(self, edited: Edited, done: str) -> bool:
        """Apply a change of cells; where it leaves references behind, ask first what to do."""

    def is_row(self, row: int) -> bool:
        """Whether there is a row of a number, from 0."""

    def focus(self, row: int, key: str = "") -> None:
        """Bring a row into sight, and let the keys act on it; ``key``: of the column."""


def noted(done: str, notes: Sequence[str]) -> str:
    """What was done, and what it did that one may not expect."""
    return " ".join((done, *(f"Note: {each}." for each in notes))).strip()
