"""The text of an open file as YAML, with the problems of its lines and suggestions as one types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import html, safe, section
from timeline.app.panels import place
from timeline.app.parts import SourceLine
from timeline.core.text.inert_text import undirected
from timeline.editing import completions

_THEMES = {False: "githubLight", True: "githubDark"}
_TYPING = "typing"  # the group of steps that are undone together
_MOST_WORDS = 60  # that are suggested at once
_HINT = "Ctrl-Space: suggestions. Ctrl-Z: undo. Esc, then Tab: out of the text."


class TextView:
    """The editor of the text on a page, and the list of its problems."""

    def __init__(self, text: str, write: Callable[[str, str], None]) -> None:
        """Build the editor in the page at hand; ``write`` takes a text and its group."""
        self._write = write
        self._shown = text
        self._faults: tuple[SourceLine, ...] | None = None
        with section("text", "Text (YAML)", is_wide=False):
            self.editor = ui.codemirror(
                text, language="YAML", theme="githubLight", indent="  ", on_change=self._typed
            ).classes("text")
            html(_HINT, "p").classes("source")
        with section("problems", "Problems", is_wide=False):
            self._list = html("")
        ui.on("editor-complete", self._complete)
        ui.on("editor-dark", lambda event: self.dark(is_dark=bool(event.args)))
        ui.run_javascript(f"editorPage.start({self.editor.id})")

    def dark(self, *, is_dark: bool) -> None:
        """Use the colours of a dark or of a light page."""
        self.editor.theme = _THEMES[is_dark]  # type: ignore[assignment]

    def _typed(self, event: Any) -> None:
        if event.value != self._shown:
            self._shown = event.value
            self._write(event.value, _TYPING)

    def _complete(self, event: Any) -> None:
        asked = event.args
        found = completions(self._shown, int(asked["line"]), int(asked["column"]))
        words = [
            {"text": each.text, "kind": each.kind, "description": undirected(each.description),
             "start": each.start}
            for each in found[:_MOST_WORDS]
        ]  # fmt: skip
        ui.run_javascript(f"editorPage.answer({int(asked['number'])}, {json.dumps(words)})")

    def show(self, text: str, faults: tuple[SourceLine, ...]) -> None:
        """Bring the editor to a text, with a mark at each line that has a problem."""
        plain = text.replace("\r\n", "\n")
        if plain != self._shown:
            self._shown = plain
            self.editor.value = plain
        if faults == self._faults:
            return
        self._faults = faults
        count = plain.count("\n") + 1
        here = [each for each in faults if each.is_here and 0 < each.line <= count]
        self.editor.decorations = [
            {"kind": "line", "line": line, "class": "has-problem"}
            for line in sorted({each.line for each in here})
        ]
        told: dict[int, str] = {}
        for each in here:
            before = f"{told[each.line]}\n" if each.line in told else ""
            told[each.line] = before + undirected(each.what)
        self.editor.line_tooltips = told
        rows = "".join(f'<li class="error">{_link(each)} {safe(each.what)}</li>' for each in faults)
        self._list.content = f'<ol class="problems">{rows}</ol>' if rows else "<p>None.</p>"


def _link(each: SourceLine) -> str:
    """The place of a problem; a link to its line where it is in the text."""
    words = safe(place(each))
    if not each.is_here or not each.line:
        return f'<span class="place">{words}</span>'
    return (
        f'<a href="#text" class="place" data-line="{each.line}" '
        f'data-column="{each.column}">{words}</a>'
    )
