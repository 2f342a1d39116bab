"""The frame of a page: its style, its head, and the panels that follow a text.

What is here is built of NiceGUI; the content of the panels is made by `timeline.app.panels`.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from nicegui import ui

from timeline.app import panels
from timeline.app.live import Live
from timeline.core.text.inert_text import undirected, xml_text

TITLES = {name: each.title for name, each in panels.PANELS.items()}
STYLE = Path(__file__).parent / "style.css"
SCRIPT = Path(__file__).parent / "page.js"


def title_of(name: str) -> str:
    """The title of the window of a page."""
    return f"{undirected(xml_text(name))} - timeline"


def style_page() -> None:
    """The style and the script that every page has; called first in a page."""
    ui.add_css(STYLE.read_text(encoding="utf-8"))
    ui.add_head_html(f"<script>{SCRIPT.read_text(encoding='utf-8')}</script>")


def heading(title: str, sections: tuple[str, ...]) -> ui.html:
    """The head of a page: its title, the status of the text, and links to the sections.

    Returns:
        The status, which a screen reader reads when its text changes.
    """
    with ui.element("header").classes("top"):
        ui.html(escape(undirected(xml_text(title))), sanitize=False, tag="h1")
        status = ui.html("", sanitize=False, tag="p").classes("status")
        status.props('role="status" aria-live="polite"')
        links = "".join(f'<li><a href="#{each}">{TITLES[each]}</a></li>' for each in sections)
        ui.html(f"<ul>{links}</ul>", sanitize=False, tag="nav").props('aria-label="Sections"')
    return status


class LivePanels:
    """The panels of one browser tab, each replaced when its content is another one."""

    def __init__(self, title: str, kinds: Sequence[str] = ()) -> None:
        """Build the head and the panels in the page at hand; ``kinds`` of figures to choose."""
        names, self._kinds = tuple(panels.PANELS), kinds
        self._status = heading(title, names)
        self._panels: dict[str, ui.html] = {}
        self._shown: dict[str, object] = {}
        with ui.element("div").classes("panels"):
            for name in names:
                if name == "figure":
                    self._choice = ui.html("", sanitize=False, tag="nav").classes("full kinds")
                    self._choice.props('aria-label="Figures"')
                self._panels[name] = panel(name)

    def show(self, live: Live) -> None:
        """Bring each panel to a state, if the part that it shows is another one."""
        for name, element in self._panels.items():
            kind = panels.PANELS[name]
            part = (getattr(live, kind.part), live.record.state if name == "figure" else None)
            if self._shown.get(name) != part:
                self._shown[name] = part
                element.content = kind(live)
        self._choice.content = panels.figure_links(self._kinds, live.figure.newest.kind)
        self._status.content = panels.status(live)
        if not live.is_waiting:
            self._status.props(f"data-complete={live.awaited} data-checksum={live.checksum}")


def panel(name: str) -> ui.html:
    """One empty panel: a section of the page, named by its heading."""
    element = ui.html("", sanitize=False, tag="section")
    element.classes("full" if panels.PANELS[name].is_wide else "")
    element.props(f'id="{name}" aria-labelledby="{name}-title"')
    return element
