"""The text of an open file as YAML, with the problems of its lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from timeline.app.parts import SourceLine
from timeline.core.text.inert_text import undirected

_THEMES = {False: "basicLight", True: "basicDark"}
_TYPING = "typing"  # the group of steps that are undone together


class TextView:
    """The editor of the text on a page."""

    def __init__(self, text: str, write: Callable[[str, str], None]) -> None:
        """Build the editor in the page at hand; ``write`` takes a text and its group."""
        self._write = write
        self._shown = text
        section = ui.element("section").classes("full")
        section.props('id="text" aria-labelledby="text-title"')
        with section:
            ui.html("Text (YAML)", sanitize=False, tag="h2").props('id="text-title"')
            self.editor = ui.codemirror(
                text, language="YAML", theme="basicLight", indent="  ", on_change=self._typed
            ).classes("text")

    def dark(self, *, is_dark: bool) -> None:
        """Use the colours of a dark or of a light page."""
        self.editor.theme = _THEMES[is_dark]  # type: ignore[assignment]

    def _typed(self, event: Any) -> None:
        if event.value != self._shown:
            self._shown = event.value
            self._write(event.value, _TYPING)

    def show(self, text: str, faults: tuple[SourceLine, ...]) -> None:
        """Bring the editor to a text, with a mark at each line that has a problem."""
        plain = text.replace("\r\n", "\n")
        if plain != self._shown:
            self._shown = plain
            self.editor.value = plain
        here = [each for each in faults if each.is_here and each.line]
        marks = [{"kind": "line", "line": each.line, "class": "has-problem"} for each in here]
        if marks != list(self.editor.decorations):
            self.editor.decorations = marks
        told: dict[int, str] = {}
        for each in here:
            before = f"{told[each.line]}\n" if each.line in told else ""
            told[each.line] = before + undirected(each.what)
        if told != self.editor.line_tooltips:
            self.editor.line_tooltips = told

    def reveal(self, line: int) -> None:
        """Bring a line into sight."""
        self.editor.reveal_line(line)
