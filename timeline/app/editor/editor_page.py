"""The page of one file: its grids, its text, and live what follows from them."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from timeline.app import panels
from timeline.app.document import ChangedOnDisk, Document, step_told
from timeline.app.editor.case_view import KEY as CASE_DATA
from timeline.app.editor.case_view import TITLE as CASE_TITLE
from timeline.app.editor.case_view import CaseView
from timeline.app.editor.controls import (
    Forms,
    Uploads,
    Values,
    button,
    edit_address,
    field,
    file_link,
    html,
    live_line,
    safe,
    sentence,
    set_usable,
)
from timeline.app.editor.export_view import ExportView, figure_choice
from timeline.app.editor.grid_view import GridView
from timeline.app.editor.open_files import OpenFile, OpenFiles
from timeline.app.editor.report_view import ReportView
from timeline.app.editor.text_view import TextView
from timeline.app.folder import OutsideFolder, file_name
from timeline.app.frame import panel
from timeline.app.parts import Record
from timeline.app.work.jobs import Jobs
from timeline.core.text.counts import plural
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.files.file_text import Unreadable

_EARLIER = "The text is no readable YAML: the grids show the last text that was, and wait."
_BELOW = ("endpoints", "audit", "remarks", "scans", "events")  # panels behind the claims
_SECTIONS = {
    CASE_DATA: CASE_TITLE,
    f"{EVENTS}-grid": "Events", "figure": "Figure", "text": "Text", "problems": "Problems",
    f"{CLAIMS}-grid": "Printed claims",
    **{name: panels.PANELS[name].title for name in _BELOW if name != "events"},
    "events": "Events in order of time", "report-text": "Text of the report", "export": "Export",
}  # fmt: skip


class EditorPage:
    """One tab of an open file."""

    def __init__(self, files: OpenFiles, opened: OpenFile, jobs: Jobs) -> None:
        """Build the page at hand."""
        self._files, self._opened = files, opened
        self._is_changed: bool | None = None
        self._just_saved = ""  # the name of a file whose problems are still to be counted
        self._panels: dict[str, ui.html] = {}
        self._parts: dict[str, object] = {}
        forms = Forms()
        self._head(forms)
        with ui.element("div").classes("panels"):
            self._case = CaseView(forms, opened)
            self._grids = {EVENTS: self._grid(EVENTS, "Events, one row each", forms)}
            with ui.element("div").classes("full"):
                figure_choice(forms, opened)
                self._panels["figure"] = panel("figure")
            self._editor = TextView(opened, self.tell)
            self._grids[CLAIMS] = self._grid(CLAIMS, "Printed claims, one row each", forms)
            for name in _BELOW:
                self._panels[name] = panel(name)
            ReportView(opened, jobs, Uploads())
            ExportView(opened, forms, jobs, self.tell)
        acts: dict[str, Callable[[], None]] = {
            "save": self.save, "undo": self.undo, "redo": self.redo
        }  # fmt: skip
        ui.on("editor-key", lambda event: acts[event.args]())

    def _head(self, forms: Forms) -> None:
        with ui.element("header").classes("top"):
            html('<a href="/">All files</a>', "p")
            self._title = html(safe(self._opened.name), "h1")
            with ui.element("div").classes("tools").props('role="toolbar" aria-label="File"'):
                self._save = button("Save", self.save)
                self._undo = button("Undo", self.undo)
                self._redo = button("Redo", self.redo)
            self._partner = html("", "p").classes("source")
            self._conflict = ui.element("section").classes("conflict")
            self._conflict.props('aria-label="The file has changed"').set_visibility(False)
            with self._conflict:
                self._difference = html("")
                name = field("name", "Save under another name", hint="miller2024-2.yaml")
                forms.form("save-as", name, "Save as", self._save_as)
                self._not_saved_as = live_line("said")
                with ui.element("div").classes("tools"):
                    button("Reload the file (Undo brings this text back)", self._reload)
                    button("Save this text over the file", self._save_over)
                    button("Leave it for now", lambda: self._conflict.set_visibility(False))
            links = "".join(f'<li><a href="#{k}">{v}</a></li>' for k, v in _SECTIONS.items())
            html(f"<ul>{links}</ul>", "nav").props('aria-label="Sections"')
        with ui.element("section").classes("messages").props('aria-label="Messages"'):
            self._status = live_line("status")
            self._told = live_line("told")

    def _grid(self, table: str, title: str, forms: Forms) -> GridView:
        return GridView(table, title, forms, self._opened)

    def _text(self) -> str:
        return self._opened.document.text

    def tell(self, text: str) -> None:
        """Say a sentence, also to a screen reader."""
        self._told.content = safe(text)

    def show(self, opened: OpenFile) -> None:
        """Bring the page to the state of the file."""
        self._case.show(opened)
        for grid in self._grids.values():
            grid.show(opened)
        self._editor.show(opened.live.record.newest.faults)
        for name, element in self._panels.items():
            kind = panels.PANELS[name]
            part = (getattr(opened.live, kind.part), opened.live.record.state)
            if self._parts.get(name) != part:
                self._parts[name] = part
                element.content = kind(opened.live)
        partner = self._partner_html()
        if self._partner.content != partner:
            self._partner.content = partner
        document = opened.document
        saved = "Not saved. " if document.is_changed else "" if opened.disk else "Saved. "
        saved += f"{opened.disk} " if opened.disk else ""
        if document.is_from_before:
            saved += "The text is from before the file changed on the disk. "
        grids = "" if opened.is_grid_of_text else f" {_EARLIER}"
        self._status.content = safe(f"{saved}{panels.status(opened.live)}{grids}")
        if not opened.live.is_waiting:
            self._status.props(f"data-complete={opened.live.awaited}")
        self._title.content = safe(opened.name)
        set_usable(self._save, document.is_changed or bool(opened.disk))
        set_usable(self._undo, document.can_undo)
        set_usable(self._redo, document.can_redo)
        if self._just_saved and Record not in opened.live.left:
            if count := len(opened.live.record.newest.problems):
                self.tell(f"{self._just_saved} is saved, with {plural(count, 'problem')}.")
            self._just_saved = ""
        if self._is_changed is not document.is_changed:
            self._is_changed = document.is_changed
            with self._status:
                ui.run_javascript(f"window.hasUnsaved = {str(self._is_changed).lower()}")

    def _partner_html(self) -> str:
        """The file that goes with this one, with a link to it where it is in the folder."""
        words = {True: "The claims of the report are in", False: "The case is in"}
        events = bool(self._opened.grids[EVENTS].rows)
        for path in self._opened.live.record.newest.reads:
            name = self._files.folder.name_of(path)
            if name and path != self._opened.document.path:
                return f"{words[events]} {file_link(name)}, which is read as it is saved."
        return ""

    def undo(self) -> None:
        """Go back one step, and say what it has changed."""
        self._step("Undone", Document.undo)

    def redo(self) -> None:
        """Take back an undo, and say what it has changed."""
        self._step("Redone", Document.redo)

    def _step(self, word: str, step: Callable[[Document], bool]) -> None:
        before = self._text()
        self._opened.step(step)
        changed = self._text() != before
        self.tell(step_told(word, before, self._text()) if changed else "There is no such step.")

    def save(self) -> None:
        """Write the text to its file; a choice where the file changed underneath."""
        self._opened.newest()
        self._opened.follow()
        if not self._opened.document.is_changed and not self._opened.disk:
            self.tell("There is nothing to save.")
            return
        self._written(self._opened.document.save)

    def _save_over(self) -> None:
        self._written(self._opened.document.save_over)

    def _written(self, write: Callable[[], None]) -> None:
        try:
            write()
        except ChangedOnDisk as fault:
            self._ask(str(fault))
            return
        except (ValueError, OSError) as fault:
            self.tell(f"Not saved: {fault}")
            return
        self._just_saved = self._opened.document.path.name
        self._conflict.set_visibility(False)
        self.tell(f"{self._just_saved} is saved.")
        self._opened.follow()
        self._opened.show()

    def _ask(self, fault: str) -> None:
        """What to do where the file is not what was read."""
        try:
            difference = "\n".join(self._opened.document.difference())
        except Unreadable as unreadable:
            difference = str(unreadable)
        self._difference.content = (
            f'<h2>The file has changed</h2><pre tabindex="0" aria-label="Difference">'
            f"{safe(difference)}</pre>"
        )
        self._conflict.set_visibility(True)
        self.tell(f"Not saved. {fault}.")

    def _save_as(self, values: Values) -> None:
        try:
            saved = self._files.save_as(self._opened, file_name(values.get("name", "")))
        except (OutsideFolder, ValueError, OSError) as fault:
            self._not_saved_as.content = sentence(f"Not saved: {fault}", is_fault=True)
            return
        ui.run_javascript(  # the text of this file stays on the server, also where it is not saved
            f"window.hasUnsaved = false; location.assign('{edit_address(saved.name)}')"
        )

    def _reload(self) -> None:
        try:
            self._opened.document.reload()
        except Unreadable as fault:
            self.tell(f"Not read: {fault}")
            return
        self._conflict.set_visibility(False)
        self._opened.follow()
        self.tell("The file was read again.")
        self._opened.read()
