"""The page of one file: its grids, its text, and live what follows from them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from nicegui import ui

from timeline.app import panels
from timeline.app.document import ChangedOnDisk, Document
from timeline.app.editor.grid_view import GridView
from timeline.app.editor.open_files import OpenFile, OpenFiles
from timeline.app.editor.text_view import TextView
from timeline.app.folder import OutsideFolder
from timeline.app.frame import TITLES, panel
from timeline.core.text.inert_text import undirected
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.files.file_text import Unreadable

_GRIDS = {EVENTS: "Events, one row each", CLAIMS: "Printed claims, one row each"}
_SECTIONS = {f"{EVENTS}-grid": "Grid of events", f"{CLAIMS}-grid": "Grid of claims",
             "text": "Text", **TITLES}  # fmt: skip
_EARLIER = "The text is no readable YAML: the grids show the last text that was, and wait."
_KEYS = """
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const typing = event.target.closest("input, textarea, .cm-editor");
  const name = key === "s" ? "save" : typing ? "" : key === "z" ? (event.shiftKey ? "redo" : "undo")
    : key === "y" ? "redo" : "";
  if (!name) return;
  event.preventDefault();
  emitEvent("editor-key", name);
});
window.addEventListener("beforeunload", (event) => {
  if (window.hasUnsaved) event.preventDefault();
});
"""


class EditorPage:
    """One tab of an open file."""

    def __init__(self, files: OpenFiles, opened: OpenFile) -> None:
        """Build the page at hand."""
        self._files, self._opened = files, opened
        self._is_changed: bool | None = None
        with ui.element("header").classes("top"):
            ui.html('<a href="/">All files</a>', sanitize=False, tag="p")
            ui.html(escape(undirected(opened.name)), sanitize=False, tag="h1")
            with ui.element("div").classes("tools").props('role="toolbar" aria-label="File"'):
                self._save = _button("Save", self.save)
                self._undo = _button("Undo", self.undo)
                self._redo = _button("Redo", self.redo)
                self._download()
            self._status = _live("status")
            self._told = _live("told")
            links = "".join(f'<li><a href="#{k}">{v}</a></li>' for k, v in _SECTIONS.items())
            ui.html(f"<ul>{links}</ul>", sanitize=False, tag="nav").props('aria-label="Sections"')
        self._panels: dict[str, ui.html] = {}
        with ui.element("main").classes("panels"):
            self._grids = {
                table: GridView(table, title, self._text, opened.change, self.tell)
                for table, title in _GRIDS.items()
            }
            self._editor = TextView(self._plain(), opened.write)
            for name in TITLES:
                self._panels[name] = panel(name)
        ui.add_head_html(f"<script>{_KEYS}</script>")
        ui.on("editor-key", lambda event: {"save": self.save, "undo": self.undo,
                                           "redo": self.redo}[event.args]())  # fmt: skip

    def _text(self) -> str:
        return self._opened.document.text

    def _plain(self) -> str:
        return self._text().replace("\r\n", "\n")

    def tell(self, sentence: str) -> None:
        """Say a sentence, also to a screen reader."""
        self._told.content = escape(undirected(sentence))

    def show(self, opened: OpenFile) -> None:
        """Bring the page to the state of the file."""
        for table, grid in self._grids.items():
            grid.show(opened.grids[table], is_of_text=opened.is_grid_of_text)
        self._editor.show(opened.document.text, opened.live.record.newest.faults)
        for name, element in self._panels.items():
            content = panels.PANELS[name](opened.live)
            if element.content != content:
                element.content = content
        saved = "Not saved. " if opened.document.is_changed else "Saved. "
        grids = "" if opened.is_grid_of_text else f" {_EARLIER}"
        self._status.content = f"{saved}{panels.status(opened.live)}{grids}"
        self._save.set_enabled(opened.document.is_changed)
        self._undo.set_enabled(opened.document.can_undo)
        self._redo.set_enabled(opened.document.can_redo)
        if self._is_changed is not opened.document.is_changed:
            self._is_changed = opened.document.is_changed
            with self._status:
                ui.run_javascript(f"window.hasUnsaved = {str(self._is_changed).lower()}")

    def undo(self) -> None:
        """Go back one step."""
        self._opened.step(Document.undo)

    def redo(self) -> None:
        """Take back an undo."""
        self._opened.step(Document.redo)

    def save(self) -> None:
        """Write the text to its file; a dialog where the file changed underneath."""
        document = self._opened.document
        try:
            document.save()
        except ChangedOnDisk as fault:
            self._ask(str(fault))
            return
        except (ValueError, OSError) as fault:
            self.tell(f"Not saved: {fault}")
            return
        self.tell(f"{document.path.name} is saved.")
        self._opened.show()

    def _ask(self, fault: str) -> None:
        """What to do where the file is not what was read."""
        try:
            difference = "\n".join(self._opened.document.difference())
        except Unreadable as unreadable:
            difference = str(unreadable)
        with self._status, ui.dialog() as dialog, ui.card().classes("ask"):
            ui.html("The file has changed", sanitize=False, tag="h2")
            ui.html(escape(undirected(fault)), sanitize=False, tag="p")
            ui.html(escape(undirected(difference)), sanitize=False, tag="pre")
            name = ui.input("Save under another name")
            with ui.element("div").classes("tools"):
                _button("Save as", lambda: self._save_as(name.value or "", dialog))
                _button("Reload the file (undo brings the text back)",
                        lambda: self._reload(dialog))  # fmt: skip
                _button("Cancel", dialog.close)
        dialog.open()

    def _save_as(self, name: str, dialog: Any) -> None:
        try:
            self._opened.document.save_as(self._files.folder.new_path(name))
        except (OutsideFolder, ValueError, OSError) as fault:
            self.tell(f"Not saved: {fault}")
            return
        dialog.close()
        self.tell(f"The text is saved as {name}.")
        self._opened.show()

    def _reload(self, dialog: Any) -> None:
        try:
            self._opened.document.reload()
        except Unreadable as fault:
            self.tell(f"Not read: {fault}")
            return
        dialog.close()
        self._opened.read()

    def _download(self) -> None:
        """The case file as it is edited, and the figure as it is shown."""
        stem = Path(self._opened.name).stem

        def case() -> None:
            ui.download.content(self._text(), f"{stem}.yaml")

        def figure() -> None:
            ui.download.content(self._opened.live.figure.content.svg, f"{stem}.svg")

        _button("Download text", case)
        _button("Download figure (SVG)", figure)


def _button(label: str, act: Any) -> ui.button:
    return ui.button(label, on_click=lambda _: act(), color=None).props("flat dense no-caps")


def _live(name: str) -> ui.html:
    element = ui.html("", sanitize=False, tag="p").classes(name)
    element.props('role="status" aria-live="polite"')
    return element
