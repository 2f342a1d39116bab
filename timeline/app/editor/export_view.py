"""The part of the page of a file that gives out figures, tables, reports and the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nicegui import ui

from renderers import FIGURES
from renderers.languages import LANGUAGES
from renderers.scene.journals import PRESETS
from timeline.app.editor.controls import LIVE, Forms, Values, choice, html, section
from timeline.app.editor.open_files import OpenFile
from timeline.app.work.exports import FIGURE_FORMATS, LINES_FORMATS, REPORT_FORMATS, exported
from timeline.app.work.jobs import Jobs, NotDone
from timeline.views.board_report import PAPERS

_WIDEST = "widest"


class ExportView:
    """What can be downloaded of one file."""

    def __init__(
        self, opened: OpenFile, forms: Forms, jobs: Jobs, tell: Callable[[str], None]
    ) -> None:
        """Build the section in the page at hand."""
        self._opened, self._jobs, self._tell = opened, jobs, tell
        with section("export", "Export"):
            html("Of the text as it is edited, saved or not.", "p")
            forms.form("export-figure", _figure_fields(), "Download figure", self._figure)
            forms.form(
                "export-lines", _formats("Table of lines", LINES_FORMATS), "Download table",
                lambda values: self._give("lines", values),
            )  # fmt: skip
            papers = choice("paper", "paper", [(each, each.upper()) for each in PAPERS])
            forms.form(
                "export-report", _formats("Report", REPORT_FORMATS) + papers, "Download report",
                lambda values: self._give("report", values),
            )  # fmt: skip
            forms.form("export-text", "", "Download case file (YAML)", self._text)

    async def _figure(self, values: Values) -> None:
        chosen = dict(values)
        width = chosen.pop("width", _WIDEST)
        chosen["column"] = "" if width == _WIDEST else width
        await self._give("figure", chosen)

    async def _give(self, what: str, values: Values) -> None:
        document = self._opened.document
        self._tell(f"Making the {what}.")
        try:
            made = await self._jobs.run(exported, what, document.text, document.path, dict(values))
        except NotDone as fault:
            self._tell(f"Not made: {fault}.")
            return
        if made.fault:
            self._tell(f"Not made: {made.fault}.")
            return
        ui.download.content(made.raw, made.name)
        self._tell(f"{made.name} is made.")

    def _text(self, _: Values) -> None:
        ui.download.content(self._opened.document.text.encode(), Path(self._opened.name).name)


def _figure_fields() -> str:
    kinds = [(name, f"{name}: {each.description}") for name, each in FIGURES.items()]
    columns = dict.fromkeys(name for row in PRESETS.values() for name, _ in row.columns)
    return (
        choice("kind", "Figure", kinds)
        + choice("journal", "journal", [(name, name) for name in PRESETS])
        + choice("width", "column", [(_WIDEST, "the widest"), *((n, n) for n in columns)])
        + choice("format", "format", [(each, each.upper()) for each in FIGURE_FORMATS])
        + choice("language", "words", [(key, row.title) for key, row in LANGUAGES.items()], "en")
    )


def _formats(label: str, formats: tuple[str, ...]) -> str:
    return choice("format", label, [(each, each.upper()) for each in formats])


def figure_choice(forms: Forms, opened: OpenFile) -> None:
    """The choice of the figure that the page shows."""
    kinds = [(name, name) for name in FIGURES]
    forms.form(
        "shown-figure", choice("kind", "Figure shown", kinds, opened.figure, live=LIVE), "",
        lambda values: opened.draw(values["kind"]) if values.get("kind") in FIGURES else None,
    )  # fmt: skip
