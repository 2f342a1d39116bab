"""The pages of a folder, declared for the server."""

from __future__ import annotations

from html import escape
from pathlib import Path

from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.workers import Analyser
from timeline.core.text.inert_text import undirected
from timeline.files.file_text import Unreadable


def build_pages(folder: Path, analyser: Analyser) -> None:
    """Declare the page of a folder and that of a file."""
    from nicegui import ui

    from timeline.app.editor.editor_page import EditorPage
    from timeline.app.editor.open_files import OpenFiles
    from timeline.app.editor.start_page import start_page
    from timeline.app.frame import style_page

    files = OpenFiles(CaseFolder(folder), analyser)

    @ui.page("/", title=f"{folder.resolve().name} - timeline")
    def start() -> None:
        style_page()
        start_page(files)

    @ui.page("/edit")
    def edit(name: str = "") -> None:
        style_page()
        try:
            opened = files.found(name)
        except (OutsideFolder, Unreadable) as fault:
            ui.html(f"<h1>{escape(undirected(str(fault)))}</h1>", sanitize=False, tag="main")
            return
        ui.page_title(f"{opened.name} - timeline")
        page = EditorPage(files, opened)
        opened.add_tab(page)
        ui.context.client.on_delete(lambda: opened.remove_tab(page))
