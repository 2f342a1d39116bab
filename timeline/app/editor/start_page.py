"""The page of a folder: its case and report files, a new case, and one made of a file."""

from __future__ import annotations

from urllib.parse import quote

from nicegui import ui

from timeline.app.editor.controls import (
    Forms,
    Values,
    field,
    html,
    live_line,
    on_refused_upload,
    safe,
    section,
    upload,
)
from timeline.app.editor.open_files import OpenFiles
from timeline.app.folder import OutsideFolder
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.summaries import Summary
from timeline.app.work.summary_store import SummaryStore
from timeline.app.work.uploaded import CASES, REPORTS, TABLES, made_of
from timeline.exchange.new_case import Answers, new_case

_ENDINGS = ",".join((*TABLES, *REPORTS, *CASES))
_NONE = "No case or report file is here yet. Begin a new case, or upload a spreadsheet."


class StartPage:
    """One tab of the list of files."""

    def __init__(self, files: OpenFiles, store: SummaryStore, jobs: Jobs) -> None:
        """Build the page at hand."""
        self._files, self._store, self._jobs = files, store, jobs
        forms = Forms()
        with ui.element("header").classes("top"):
            html(safe(files.folder.root.name), "h1")
            self._told = live_line("told")
            html('<a href="/cohort">Cohort: all patients of the folder</a>', "p")
        with ui.element("div").classes("panels"):
            with section("files", "Files"):
                self._list = html("")
            with section("new", "New case", is_wide=False):
                name = field("name", "Name of the case", hint="miller2024")
                forms.form("new", name, "Begin", self._begin)
            with section("upload", "From a file", is_wide=False):
                html(
                    "A spreadsheet with one row an event (CSV, XLSX) becomes a case. The text of a "
                    "report (text, JATS XML, PDF) becomes a draft. Nothing is written before "
                    "Save.", "p",
                )  # fmt: skip
                upload("File of this computer", _ENDINGS, self._received)
                self._faults = html("")
        on_refused_upload(self._tell)
        self._show({})

    def _tell(self, sentence: str) -> None:
        self._told.content = safe(sentence)

    async def fill(self) -> None:
        """Say of each file what a check finds, as it becomes known."""
        await self._store.read(self._show)

    def _show(self, known: dict[str, Summary]) -> None:
        unsaved = {each.name for each in self._files.unsaved()}
        names = dict.fromkeys((*self._files.folder.files(), *sorted(unsaved)))
        rows = "".join(_row(name, known.get(name), is_saved=name not in unsaved) for name in names)
        heads = "".join(f'<th scope="col">{each}</th>' for each in ("File", "Holds", "Check"))
        table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        self._list.content = table if rows else f"<p>{_NONE}</p>"

    def _begin(self, values: Values) -> None:
        wanted = values.get("name", "").strip().removesuffix(".yaml")
        try:
            self._open(f"{wanted}.yaml", new_case(wanted, Answers()))
        except (OutsideFolder, ValueError) as fault:
            self._tell(str(fault))

    def _open(self, name: str, text: str) -> None:
        self._files.new(name, text)
        ui.navigate.to(f"/edit?name={quote(name, safe='')}")

    async def _received(self, name: str, raw: bytes) -> None:
        self._tell(f"Reading {name}.")
        self._faults.content = ""
        try:
            made = await self._jobs.run(made_of, name, raw)
        except NotDone as fault:
            self._tell(f"{name} was not read: {fault}.")
            return
        if not made.text:
            self._tell(f"{name} was not read: see the list below it.")
            rows = "".join(f"<li>{safe(each)}</li>" for each in made.told)
            self._faults.content = f'<ol class="problems">{rows}</ol>'
            return
        try:
            self._open(self._free(made.name), made.text)
        except OutsideFolder as fault:
            self._tell(str(fault))

    def _free(self, name: str) -> str:
        """The name, or with a number the first that is not taken."""
        stem = name.removesuffix(".yaml")
        taken = {each.casefold() for each in self._files.names()}
        names = (name, *(f"{stem}-{number}.yaml" for number in range(2, 1000)))
        return next((each for each in names if each.casefold() not in taken), name)


def _row(name: str, found: Summary | None, *, is_saved: bool) -> str:
    link = f'<a href="/edit?name={quote(name, safe="")}">{safe(name)}</a>'
    mark = "" if is_saved else " (not saved)"
    if found is None:
        return f"<tr><td>{link}{mark}</td><td></td><td>{'' if is_saved else 'new'}</td></tr>"
    holds = ". ".join(part for part in (found.heading, found.counts) if part)
    check = "sound"
    if found.problems:
        count = f"{found.problems} problem{'' if found.problems == 1 else 's'}"
        check = f'<span class="fault">{count}</span>: {safe(found.first)}'
    return f"<tr><td>{link}{mark}</td><td>{safe(holds)}</td><td>{check}</td></tr>"
