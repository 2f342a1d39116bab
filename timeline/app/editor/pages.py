"""The pages of a folder, declared for the server."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from timeline.app.folder import OutsideFolder
from timeline.app.workers import Analyser
from timeline.files.file_text import Unreadable

if TYPE_CHECKING:
    from timeline.app.editor.open_files import OpenFile
    from timeline.app.work.summary_store import SummaryStore


def build_pages(store: SummaryStore, analyser: Analyser) -> None:
    """Declare the list of a folder, its cohort, and the editor of a file.

    Args:
        store: of the summaries of its files, with the processes for all but the analysis of a text
            that is edited.
        analyser: those for that; they begin at the latest when all files are read.
    """
    from nicegui import app, background_tasks, ui

    from timeline.app.editor.cohort_page import CohortPage
    from timeline.app.editor.controls import not_opened
    from timeline.app.editor.editor_page import EditorPage
    from timeline.app.editor.open_files import OpenFiles
    from timeline.app.editor.start_page import StartPage
    from timeline.app.frame import style_page, title_of

    files, jobs = OpenFiles(store.folder, analyser), store.jobs
    name = files.folder.root.name

    async def read_ahead() -> None:
        await store.read_ahead()
        analyser.start()

    app.on_startup(lambda: background_tasks.create(read_ahead(), name="read"))
    app.on_startup(lambda: background_tasks.create(files.follow(), name="follow the files"))
    app.on_shutdown(jobs.stop)
    app.on_shutdown(lambda: _name_lost(files.lost()))

    @ui.page("/", title=title_of(name))
    async def start() -> None:
        style_page()
        page = StartPage(files, store, jobs)
        await ui.context.client.connected()
        await page.fill()

    @ui.page("/cohort", title=title_of(f"Cohort: {name}"))
    async def cohort() -> None:
        style_page()
        page = CohortPage(name, store)
        await ui.context.client.connected()
        await page.fill()

    @ui.page("/edit")
    def edit(name: str = "", line: int = 0) -> Any:
        style_page()
        try:
            opened = files.found(name)
        except (OutsideFolder, Unreadable) as fault:
            not_opened(str(fault))
            return ui.context.client.build_response(ui.context.client.request, HTTPStatus.NOT_FOUND)
        ui.page_title(title_of(opened.name))
        page = EditorPage(files, opened, jobs)
        for each in (*page.partners, opened):
            each.add_tab(page)
            ui.context.client.on_delete(partial(each.remove_tab, page))
        page.open_at(line)
        return None


def _name_lost(lost: Iterable[OpenFile]) -> None:
    """Name at the end the texts that were never saved."""
    for each in lost:
        sys.stderr.write(f"{each.name}: was not saved, and its text is lost\n")
