"""The page of a folder: its case and report files, and a new case."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from nicegui import ui

from timeline.app.editor.open_files import OpenFiles
from timeline.app.folder import OutsideFolder
from timeline.core.text.inert_text import undirected
from timeline.exchange.new_case import Answers, new_case


def start_page(files: OpenFiles) -> None:
    """Build the page at hand."""
    with ui.element("header").classes("top"):
        ui.html(escape(undirected(files.folder.root.name)), sanitize=False, tag="h1")
        told = ui.html("", sanitize=False, tag="p").props('role="status" aria-live="polite"')
    unsaved = {each.name for each in files.unsaved()}
    names = dict.fromkeys((*files.folder.files(), *sorted(unsaved)))
    with ui.element("main").classes("panels"):
        with ui.element("section").props('aria-labelledby="files-title"'):
            ui.html("Files", sanitize=False, tag="h2").props('id="files-title"')
            rows = "".join(
                f'<li><a href="/edit?name={quote(name, safe="")}">{escape(undirected(name))}</a>'
                f"{' (not saved)' if name in unsaved else ''}</li>"
                for name in names
            )
            ui.html(f"<ul>{rows}</ul>" if rows else "No case or report file is here yet.",
                    sanitize=False, tag="div")  # fmt: skip
        with ui.element("section").props('aria-labelledby="new-title"'):
            ui.html("New case", sanitize=False, tag="h2").props('id="new-title"')
            name = ui.input("Name of the case, such as miller2024")

            def begin() -> None:
                wanted = (name.value or "").strip().removesuffix(".yaml")
                try:
                    files.new(f"{wanted}.yaml", new_case(wanted, Answers()))
                except (OutsideFolder, ValueError) as fault:
                    told.content = escape(undirected(str(fault)))
                    return
                ui.navigate.to(f"/edit?name={quote(wanted, safe='')}.yaml")

            ui.button("Begin", on_click=begin, color=None).props("no-caps")
            name.on("keydown.enter", begin)
