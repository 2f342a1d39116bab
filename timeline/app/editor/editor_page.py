"""The page of one file: its grids, its text, and live what follows from them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

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
    line_link,
    live_line,
    row_link,
    safe,
    sentence,
    set_usable,
)
from timeline.app.editor.export_view import ExportView, figure_choice
from timeline.app.editor.grid.view import GridView
from timeline.app.editor.open_files import READ_ONLY, OpenFile, OpenFiles
from timeline.app.editor.report_view import ReportView
from timeline.app.editor.text_view import TextView
from timeline.app.editor.verdict_choice import VerdictChoice
from timeline.app.folder import OutsideFolder, file_name
from timeline.app.frame import panel
from timeline.app.live import Live
from timeline.app.panels import Placed
from timeline.app.parts import Record
from timeline.app.work.jobs import Jobs
from timeline.core.text.counts import plural
from timeline.editing.grid import CLAIMS, EVENTS, Grid
from timeline.editing.shown.step_words import step_in_file
from timeline.files.file_text import Unreadable

_EARLIER = "The text is no readable YAML: the grids show the last text that was, and wait."
_NEVER = "The text has no keys that can be read yet, so the grids are empty."
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
        self._of = {table: files.beside(opened, table) for table in (EVENTS, CLAIMS)}
        self._is_changed: bool | None = None
        self._also = ""  # what is said of the partner, which is saved with the file
        self._told_of: tuple[str, ...] = ()  # the texts that the last sentence is about
        self._just_saved = ""  # the name of a file whose problems are still to be counted
        self._panels: dict[str, ui.html] = {}
        self._parts: dict[str, object] = {}
        forms = Forms()
        self._verdicts = VerdictChoice(forms, lambda: self.show(opened))
        self._head(forms)
        with ui.element("div").classes("panels"):
            self._case = CaseView(forms, opened)
            self._grids = {EVENTS: self._grid(EVENTS, "Events, one row each", forms)}
            with ui.element("div").classes("full"):
                figure_choice(forms, opened)
                self._panels["figure"] = panel("figure")
            self._editor = TextView(opened, self._link, self.tell)
            self._grids[CLAIMS] = self._grid(CLAIMS, "Printed claims, one row each", forms)
            for name in _BELOW:
                with ui.element("div").classes("full"):
                    if name == "audit":
                        self._verdicts.add("verdict-audit")
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
            self._partner = html("", "p").classes("source")
            links = "".join(f'<li><a href="#{k}">{v}</a></li>' for k, v in _SECTIONS.items())
            html(f"<ul>{links}</ul>", "nav").props('aria-label="Sections"')
        with ui.element("section").classes("messages").props('aria-label="File and messages"'):
            with ui.element("div").classes("tools").props('role="toolbar" aria-label="File"'):
                self._save = button("Save", self.save)
                self._undo = button("Undo", self.undo)
                self._redo = button("Redo", self.redo)
            self._status = live_line("status")
            self._told = live_line("told")
            self._conflict = ui.element("section").classes("conflict")
            self._conflict.props('aria-label="The file has changed"').set_visibility(False)
            with self._conflict:
                self._build_conflict(forms)

    def _build_conflict(self, forms: Forms) -> None:
        """What may be done where the file is not what was read: in sight wherever one writes."""
        with ui.element("div").classes("tools"):
            button("Reload the file (Undo brings this text back)", self._reload)
            button("Save this text over the file", self._save_over)
            button("Leave it for now", lambda: self._conflict.set_visibility(False))
        name = field("name", "Save under another name", hint="miller2024-2.yaml")
        forms.form("save-as", name, "Save as", self._save_as)
        self._not_saved_as = live_line("said")
        self._difference = html("")

    def _grid(self, table: str, title: str, forms: Forms) -> GridView:
        of = self._of[table]
        verdicts = self._verdicts if table == CLAIMS else None
        if of is self._opened:
            return GridView(table, title, forms, of, verdicts=verdicts)
        only = f" ({READ_ONLY})" if of.is_read_only else ""
        title = f"{title}: of the file {of.name}{only}"
        return GridView(table, title, forms, of, of.name, verdicts)

    def _documents(self) -> list[Document]:
        """What the page changes: the text of the file, and that of its partner in a grid."""
        return [self._opened.document, *(each.document for each in self.partners)]

    @property
    def partners(self) -> tuple[OpenFile, ...]:
        """The other files that the page changes: one of which it shows a grid, or none."""
        others = (each for each in self._of.values() if each is not self._opened)
        return tuple(dict.fromkeys(others))

    def _text(self) -> str:
        return self._opened.document.text

    def tell(self, text: str) -> None:
        """Say a sentence, also to a screen reader, until a text or its file is another one."""
        self._told_of = self._state()
        self._told.content = safe(text)

    def _state(self) -> tuple[str, ...]:
        """What a sentence of the page is about: the texts, and what the disk has of the file."""
        return (self._opened.disk, *(each.text for each in self._documents()))

    def show(self, opened: OpenFile) -> None:
        """Bring the page to the state of the file, or of its partner."""
        opened = self._opened
        if not opened.grids:  # its partner was read first
            return
        if self._told_of != self._state():
            self.tell("")
        self._case.show(opened)
        for table, grid in self._grids.items():
            grid.show(self._of[table], opened.live)
        self._editor.show(opened.live.record.newest.faults)
        for name, element in self._panels.items():
            kind = panels.PANELS[name]
            verdict = self._verdicts.verdict if name == "audit" else ""
            state = opened.live.record.state
            part = (getattr(opened.live, kind.part), state, verdict, *self._rows())
            if self._parts.get(name) != part:
                self._parts[name] = part
                chosen = {"verdict": verdict} if verdict else {}
                element.content = kind(opened.live, self._link, **chosen)
        partner = self._partner_html()
        if self._partner.content != partner:
            self._partner.content = partner
        document = opened.document
        saved = saved_words(
            {each.name: each.document.is_changed for each in (opened, *self.partners)},
            is_on_disk=not opened.disk,
        )
        saved += f"{opened.disk} " if opened.disk else ""
        if document.is_from_before:
            saved += "The text is from before the file changed on the disk. "
        grids = "" if opened.is_grid_of_text else f" {_EARLIER if opened.was_read else _NEVER}"
        self._status.content = status_html(saved, opened.live, grids)
        if not opened.live.is_waiting:
            live = opened.live
            self._status.props(f"data-complete={live.awaited} data-checksum={live.checksum}")
        self._title.content = safe(opened.name)
        documents = self._documents()
        is_changed = any(each.is_changed for each in documents)
        set_usable(self._save, is_changed or bool(opened.disk))
        set_usable(self._undo, any(each.can_undo for each in documents))
        set_usable(self._redo, any(each.can_redo for each in documents))
        if self._just_saved and Record not in opened.live.left:
            if count := len(opened.live.record.newest.problems):
                told = f"{self._just_saved} is saved, with {plural(count, 'problem')}."
                self.tell(f"{told} {self._also}".strip())
            self._just_saved = ""
        if self._is_changed is not is_changed:
            self._is_changed = is_changed
            with self._status:
                ui.run_javascript(f"window.hasUnsaved = {str(self._is_changed).lower()}")

    def _partner_html(self) -> str:
        """The file that goes with this one, with a link to it where it is in the folder."""
        words = {True: "The claims of the report are in", False: "The case is in"}
        events = bool(self._opened.grids[EVENTS].rows)
        for path in self._opened.live.record.newest.reads:
            name = self._files.folder.name_of(path)
            if name and path != self._opened.document.path:
                return f"{words[events]} {file_link(name)}."
        for each in self.partners:
            if each.is_read_only:
                return f"{words[events]} {safe(each.name)} ({READ_ONLY})."
        return ""

    def _rows(self) -> list[Grid]:
        """The grids, whose rows the links of the panels name."""
        return [each.grids[table] for table, each in self._of.items() if each.grids]

    def _link(self, each: Placed, words: str) -> str:
        """The place of a problem, a remark or a finding, with links to its row and to its line."""
        others = (other for other in self.partners if other.document.path == each.path)
        opened = self._opened if each.is_here else next(others, None)
        if opened is self._opened and each.line:
            shown = line_link(each, words)
        else:
            name = "" if each.is_here else self._files.folder.name_of(each.path)
            shown = file_link(name, words, each.line) if name else panels.unlinked(each, words)
        for table, of in self._of.items():
            if of is opened and (cell := of.grids[table].cell_at(each.line, each.column)):
                return f"{row_link(table, *cell)}, {shown}"
        return shown

    def open_at(self, line: int) -> None:
        """Lead to a line of the text, and to its row in a grid; 0: to none."""
        for table, of in self._of.items():
            cell = of.grids[table].cell_at(line) if line and of is self._opened else None
            if cell is not None:
                ui.run_javascript(f"editorPage.openAt({line}, {json.dumps([table, *cell])})")
                return
        if line:
            ui.run_javascript(f"editorPage.openAt({line})")

    def undo(self) -> None:
        """Go back one step, and say what it has changed."""
        every = [self._opened, *self.partners]
        last = max(every, key=lambda each: each.document.newest_step)
        self._step("Undone", Document.undo, last)

    def redo(self) -> None:
        """Take back an undo, and say what it has changed."""
        every = [each for each in (self._opened, *self.partners) if each.document.can_redo]
        first = min(every, key=lambda each: each.document.next_step, default=self._opened)
        self._step("Redone", Document.redo, first)

    def _step(self, word: str, step: Callable[[Document], bool], opened: OpenFile) -> None:
        opened.newest()
        before, grids, fields = opened.document.text, opened.grids, opened.fields
        was_read = opened.is_grid_of_text
        opened.step(step)
        after = opened.document.text
        told = ""
        if was_read and opened.is_grid_of_text:
            told = step_in_file(word, grids, opened.grids, fields, opened.fields)
        told = told or step_told(word, before, after)
        told = told if after != before else "There is no such step."
        self.tell(told if opened is self._opened else f"{opened.name}: {told}")

    def save(self) -> None:
        """Write the text to its file; a choice where the file changed underneath."""
        told = [self._save_partner(each) for each in self.partners if each.document.is_changed]
        self._opened.newest()
        self._opened.follow()
        if told and not self._opened.document.is_changed and not self._opened.disk:
            self.tell(" ".join(told))
            return
        self._also = " ".join(told)
        if not self._opened.document.is_changed and not self._opened.disk:
            self.tell("There is nothing to save.")
            return
        self._written(self._opened.document.save)

    def _save_partner(self, opened: OpenFile) -> str:
        """Write the partner to its file; what is to be said of it."""
        opened.newest()
        try:
            opened.document.save()
        except (ValueError, OSError) as fault:
            return f"{opened.name} is not saved: {fault} (open it by its link to compare both)."
        opened.follow()
        opened.show()
        return f"{opened.name} is saved."

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
        self._conflict.set_visibility(False)
        self._opened.follow()
        self._just_saved = self._opened.document.path.name
        self.tell(f"{self._just_saved} is saved. {self._also}".strip())
        self._opened.show()

    def _ask(self, fault: str) -> None:
        """What to do where the file is not what was read."""
        try:
            difference = "\n".join(self._opened.document.difference())
        except Unreadable as unreadable:
            difference = str(unreadable)
        self._difference.content = (
            "<details open><summary>The file has changed: what differs</summary>"
            f'<pre tabindex="0" aria-label="Difference">{safe(difference)}</pre></details>'
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


def status_html(saved: str, live: Live, grids: str) -> str:
    """The status of a page as HTML; problems come first, marked as a fault.

    Args:
        saved: which files are saved, with a blank after it.
        live: what follows from the text.
        grids: why the grids wait, with a blank before it; or nothing.
    """
    record, told = live.record.newest, panels.status(live)
    if not (record.fault or record.faults):
        return safe(f"{saved}{told}{grids}")
    first, dot, rest = told.partition(".")
    return f'<span class="fault">{safe(first + dot)}</span> {safe(f"{saved}{rest.strip()}{grids}")}'


def saved_words(changed: Mapping[str, bool], *, is_on_disk: bool) -> str:
    """Which files of a page are not saved, by name where another one has no edit; else ``Saved``.

    Args:
        changed: by the name of a file whether its text is not saved; that of the page first.
        is_on_disk: whether the first file is on the disk as it was read.

    >>> saved_words({"a.yaml": False}, is_on_disk=True)
    'Saved. '
    >>> saved_words({"cases/a.yaml": False, "a.yaml": True}, is_on_disk=True)
    'a.yaml: not saved. '
    """
    edited = [name for name, is_changed in changed.items() if is_changed]
    if not edited:
        return "Saved. " if is_on_disk else ""
    if len(edited) == len(changed):
        return "Not saved. "
    return "".join(f"{name}: not saved. " for name in edited)
