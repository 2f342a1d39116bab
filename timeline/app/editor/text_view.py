"""The text of an open file as YAML, with the problems of its lines and suggestions as one types."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from nicegui import ui

from timeline.app.editor.controls import button, html, safe, section
from timeline.app.editor.open_files import OpenFile
from timeline.app.panels import Link, once, place
from timeline.app.parts import SourceLine
from timeline.app.typed_text import TypedText, merged
from timeline.core.text.inert_text import undirected
from timeline.editing import completions
from timeline.exchange.new_case import Answers, new_case

_THEMES = {False: "githubLight", True: "githubDark"}
_TYPING = "typing"  # the group of steps that are undone together
_MOST_WORDS = 60  # that are suggested at once
_MOST_LETTERS = 80  # of what was typed and not taken
_LATE = (
    "Not taken: {typed}. The lines were changed by another tab or program meanwhile (look at them, "
    "and type it again)."
)
_TAKEN_OUT = "what was taken out"
_NOT_TAKEN = (
    "What was typed while the connection was lost does not fit the text, which was changed "
    "meanwhile. It is not in the text: it stands below the editor until the page is loaded anew "
    "(copy it from there)."
)
_HINT = "Ctrl-Space: suggestions. Ctrl-Z: undo. Esc, then Tab: out of the text."


class TextView:
    """The editor of the text on a page, and the list of its problems."""

    def __init__(self, opened: OpenFile, link: Link, tell: Callable[[str], None]) -> None:
        """Build the editor in the page at hand.

        ``link`` makes a link of the place of a problem; ``tell`` says what was not taken.
        """
        self._opened, self._link, self._tell = opened, link, tell
        self._browser = TypedText(self._plain())
        self._faults: tuple[SourceLine, ...] | None = None
        with section("text", "Text (YAML)", is_wide=False):
            self.editor = ui.codemirror(
                self._browser.text, language="YAML", theme="githubLight", indent="  "
            ).classes("text")
            html(_HINT, "p").classes("source")
            self._begin = ui.element("div").classes("tools")
            with self._begin:
                button("Begin with the template of a new case", self._write_template)
            self._lost = html("")
            self._refused: list[str] = []  # what was typed and not taken, the last one last
            self._not_taken = ui.element("div").classes("conflict").props('role="group"')
            self._not_taken.props('aria-label="Typed and not taken"').set_visibility(False)
            with self._not_taken:
                self._refused_words = html("", "p").classes("fault")
                with ui.element("div").classes("tools"):
                    button("Clear this message", self._clear)
        with section("problems", "Problems", is_wide=False):
            self._list = html("")
        ui.on("editor-complete", self._complete)
        ui.on("editor-typed", self._typed)
        ui.on("editor-kept", self._kept)
        ui.on("editor-here", self._is_here)
        ui.on("editor-dark", lambda event: self.dark(is_dark=bool(event.args)))
        ui.run_javascript(f"editorPage.start({self.editor.id})")

    def _plain(self) -> str:
        return self._opened.document.text.replace("\r\n", "\n")

    def _run(self, call: str, *args: Any) -> None:
        """Call a function of the script of the page.

        The component is not told of a new text by its properties: each of them would bring the text
        with it that the server knew, and with it take out the letters that are on their way.
        """
        with self.editor:
            ui.run_javascript(f"editorPage.{call}({', '.join(map(json.dumps, args))})")

    def dark(self, *, is_dark: bool) -> None:
        """Use the colours of a dark or of a light page."""
        self._run("dark", _THEMES[is_dark])

    def _typed(self, event: Any) -> None:
        """Take what was typed, also where another text has come meanwhile."""
        asked = event.args
        text = self._browser.typed(
            int(asked["number"]), int(asked["from"]), int(asked["to"]), str(asked["inserted"]),
            self._plain(),
        )  # fmt: skip
        if text is None:
            self._refuse(str(asked["inserted"]))
            self._put()
        else:
            self._opened.write(text, _TYPING)

    def _refuse(self, typed: str) -> None:
        """Say what was not taken; it stays below the editor, where the next text comes at once."""
        if typed and self._refused and self._refused[-1] != _TAKEN_OUT:
            self._refused[-1] += typed
        else:
            self._refused.append(typed or _TAKEN_OUT)
        words = (each if each == _TAKEN_OUT else repr(each[:_MOST_LETTERS])
                 for each in self._refused)  # fmt: skip
        told = _LATE.format(typed=", ".join(words))
        self._refused_words.content = safe(told)
        self._not_taken.set_visibility(True)
        self._tell(told)

    def _clear(self) -> None:
        self._refused.clear()
        self._not_taken.set_visibility(False)

    def _kept(self, event: Any) -> None:
        """Take what was typed while the connection was lost, where it fits the text."""
        before, text = str(event.args["before"]), str(event.args["text"])
        found = merged(before, self._plain(), text)
        if found is None:
            self._lost.content = (
                f'<p class="fault">{_NOT_TAKEN}</p><pre tabindex="0" aria-label="Text that was '
                f'typed">{safe(text)}</pre>'
            )
            self._tell(_NOT_TAKEN)
        elif found != self._plain():
            self._opened.write(found)
            self._tell("What was typed while the connection was lost is in the text, not saved.")

    def _is_here(self, _: Any) -> None:
        self._run("isHere", self._opened.document.is_changed)

    def _complete(self, event: Any) -> None:
        asked = event.args
        found = completions(self._browser.text, int(asked["line"]), int(asked["column"]))
        words = [
            {"text": each.text, "kind": each.kind, "description": undirected(each.description),
             "start": each.start}
            for each in found[:_MOST_WORDS]
        ]  # fmt: skip
        ui.run_javascript(f"editorPage.answer({int(asked['number'])}, {json.dumps(words)})")

    def _put(self) -> None:
        plain = self._plain()
        self._run("put", self._browser.put(plain), plain)

    def _write_template(self) -> None:
        if not self._plain().strip():
            self._opened.write(new_case(self._opened.document.path.stem, Answers()))

    def show(self, faults: tuple[SourceLine, ...]) -> None:
        """Bring the editor to the text, with a mark at each line that has a problem."""
        plain = self._plain()
        self._begin.set_visibility(not plain.strip())
        if plain != self._browser.text:
            self._put()
        if faults == self._faults:
            return
        self._faults = faults
        count = plain.count("\n") + 1
        here = [each for each in faults if each.is_here and 0 < each.line <= count]
        told: dict[int, str] = {}
        for each in here:
            before = f"{told[each.line]}\n" if each.line in told else ""
            told[each.line] = before + undirected(each.what)
        self._run("mark", sorted(told), told)
        rows = "".join(
            f'<li class="error">{"; ".join(self._link(one, place(one)) for one in (each, *more))} '
            f"{safe(each.what)}</li>"
            for each, more in once(faults)
        )
        self._list.content = f'<ol class="problems">{rows}</ol>' if rows else "<p>None.</p>"
