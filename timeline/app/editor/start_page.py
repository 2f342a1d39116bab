"""The page of a folder: its case and report files, a new case, and one made of a file."""

from __future__ import annotations

from nicegui import ui

from timeline.app.editor.controls import (
    Forms,
    Upload,
    Uploads,
    Values,
    edit_address,
    field,
    file_link,
    html,
    live_line,
    safe,
    section,
    sentence,
)
from timeline.app.editor.grid.paste_view import PasteView
from timeline.app.editor.open_files import OpenFiles
from timeline.app.folder import OutsideFolder, file_name
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.summaries import AuditCount, Summary
from timeline.app.work.summary_store import SummaryStore
from timeline.app.work.uploaded import CASES, REPORTS, TABLES, made_of
from timeline.core.text.counts import plural
from timeline.exchange.new_case import Answers, new_case

_ENDINGS = ",".join((*TABLES, *REPORTS, *CASES))
_HEADS = ("File", "Holds", "Problems", "Remarks", "Audit of the claims")
_NUMBERED = "The first row below the headings is row 1."
_NONE = "No case or report file is here yet. Begin a new case, or upload a spreadsheet."


class StartPage:
    """One tab of the list of files."""

    def __init__(self, files: OpenFiles, store: SummaryStore, jobs: Jobs) -> None:
        """Build the page at hand."""
        self._files, self._store, self._jobs = files, store, jobs
        self._known: dict[str, Summary] = {}
        self._audits: dict[str, AuditCount] = {}
        self._file: tuple[str, bytes] = ("", b"")  # the last one that was uploaded
        self._choices: dict[str, str] = {}  # what becomes of its columns
        self._order = ""  # of day and month in its dates
        forms = Forms()
        with ui.element("header").classes("top"):
            html(safe(files.folder.root.name), "h1")
            html('<a href="/cohort">Cohort: all patients of the folder</a>', "p")
        with ui.element("div").classes("panels"):
            with section("files", "Files"):
                self._list = html("")
            with section("new", "New case", is_wide=False):
                name = field("name", "Name of the case", hint="miller2024")
                forms.form("new", name, "Begin", self._begin)
                self._said = live_line("said")
            with section("upload", "From a file", is_wide=False):
                html(
                    "A spreadsheet with one row an event (CSV, XLSX) becomes a case. The text of a "
                    "report (text, JATS XML, PDF) becomes a draft. Nothing is written before "
                    "Save.", "p",
                )  # fmt: skip
                self._upload = Upload(
                    Uploads(), "File of this computer", _ENDINGS, self._received,
                    lambda: self._choosing.ask(()),
                )  # fmt: skip
                self._choosing = PasteView(self._chosen)
        self._show({})

    async def fill(self) -> None:
        """Say of each file what a check finds, then what its audit does, as it becomes known."""
        await self._store.read(self._show)
        await self._store.audit(self._show_audits)

    def _show_audits(self, audits: dict[str, AuditCount]) -> None:
        self._audits = audits
        self._show(self._known)

    def _show(self, known: dict[str, Summary]) -> None:
        self._known = known
        unsaved = {each.name for each in self._files.unsaved()}
        names = dict.fromkeys((*self._files.folder.files(), *sorted(unsaved)))
        rows = "".join(
            _row(name, known.get(name), self._audits.get(name), is_saved=name not in unsaved)
            for name in names
        )
        heads = "".join(f'<th scope="col">{each}</th>' for each in _HEADS)
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        self._list.content = (
            f'<div class="wide" role="region" tabindex="0" aria-label="Table: Files">{table}</div>'
            if rows else f"<p>{_NONE}</p>"
        )  # fmt: skip

    def _begin(self, values: Values) -> None:
        try:
            file = file_name(values.get("name", ""))
            self._open(file, new_case(file.rpartition(".")[0], Answers()))
        except (OutsideFolder, ValueError) as fault:
            self._said.content = sentence(str(fault), is_fault=True)

    def _open(self, name: str, text: str) -> None:
        self._files.new(name, text)
        ui.navigate.to(edit_address(name))

    async def _received(self, name: str, raw: bytes) -> None:
        self._file = name, raw
        self._choices, self._order = {}, ""
        await self._make()

    async def _chosen(self, column: str, way: str) -> None:
        """Read the table again with one more choice."""
        if column:
            self._choices[column] = way
        else:
            self._order = way
        await self._make()

    async def _make(self) -> None:
        name, raw = self._file
        self._choosing.ask(())
        self._upload.tell(f"Reading {name}.")
        try:
            made = await self._jobs.run(made_of, name, raw, dict(self._choices), self._order)
        except NotDone as fault:
            self._upload.refused(name, str(fault))
            return
        if not made.text:
            rest = ", or choose below" if made.offers else ""
            self._upload.refused(name, f"see the list: correct the file and choose it again{rest}")
            self._upload.show(f"<p>{_NUMBERED}</p>" if made.offers else "")
            self._choosing.ask(made.offers, made.told)
            return
        try:
            self._open(self._free(made.name), made.text)
        except OutsideFolder as fault:
            self._upload.refused(name, str(fault))

    def _free(self, name: str) -> str:
        """The name, or with a number the first that is not taken."""
        stem = name.removesuffix(".yaml")
        taken = {each.casefold() for each in self._files.names()}
        names = (name, *(f"{stem}-{number}.yaml" for number in range(2, 1000)))
        return next((each for each in names if each.casefold() not in taken), name)


def _row(name: str, found: Summary | None, audit: AuditCount | None, *, is_saved: bool) -> str:
    """A row of the list: the file, what it holds, and how many faults of each kind it has."""
    link = file_link(name)
    mark = "" if is_saved else " (not saved)"
    cells = [""] * (len(_HEADS) - 1)
    if found is not None:
        holds = ". ".join(part for part in (found.heading, found.counts) if part)
        cells = [safe(holds), problems_cell(found), remarks_cell(found), claims_cell(found, audit)]
    elif not is_saved:
        cells[1] = "new"
    return f"<tr><td>{link}{mark}</td>{''.join(f'<td>{each}</td>' for each in cells)}</tr>"


def problems_cell(found: Summary) -> str:
    """How many problems a check finds, with the first of them."""
    if not found.problems:
        return "none"
    count = f'<span class="fault">{plural(found.problems, "problem")}</span>'
    return f"{count}: {safe(found.first)}"


def remarks_cell(found: Summary) -> str:
    """How many remarks of each severity a check makes; of a file with problems they are unknown."""
    return safe(found.remarks) or ("not known" if found.problems else "none")


def claims_cell(found: Summary, audit: AuditCount | None) -> str:
    """How many claims have each verdict, and the findings of each severity, as the editor says."""
    if not found.has_claims:
        return "not known" if found.problems else "no claims"
    if audit is None:
        return "Auditing .."
    if audit.fault:
        return f'<span class="fault">{safe(audit.fault)}</span>'
    told = safe(f"{plural(audit.claims, 'claim')}: {audit.summary}")
    return f'<span class="fault">{told}</span>' if audit.contradicted else told
