"""The patients of a folder: a figure of all, and a row for each."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping

from nicegui import ui

from timeline.app import panels
from timeline.app.editor.controls import (
    LIVE,
    Forms,
    choice,
    file_link,
    html,
    live_line,
    safe,
    section,
)
from timeline.app.folder import CaseFolder
from timeline.app.live import Live, Shown, State
from timeline.app.work.summaries import COHORT_FIGURE, Summary
from timeline.app.work.summary_store import SummaryStore, draws_first
from timeline.core.text.counts import plural
from timeline.core.text.natural_order import natural_order

_KINDS = ("swimmer", "waterfall", "spider", "survival")
_HEADS = ("Patient", "Line", "Regimen", "Best response", "PFS", "OS from diagnosis, months")
_NO_PATIENT = "A report that goes with no case of this folder: it has no patient to draw."
_NOTE = (
    "PFS by the criterion of the line, from its start. + Censored. 1 month = 30.4375 days. Ranges "
    "hold every value that the dates allow."
)


class CohortPage:
    """One tab of the cohort."""

    def __init__(self, name: str, store: SummaryStore) -> None:
        """Build the page at hand."""
        self._store = store
        self._kind, self._asked = COHORT_FIGURE, 0
        self._shown = 0  # files whose patients are in the table
        forms = Forms()
        with ui.element("header").classes("top"):
            html('<a href="/">All files</a>', "p")
            html(f"Cohort: {safe(name)}", "h1")
            self._status = live_line("status")
        with ui.element("div").classes("panels"):
            with ui.element("div").classes("full"):
                kinds = [(each, each) for each in _KINDS]
                forms.form(
                    "cohort-figure", choice("kind", "Figure", kinds, self._kind, live=LIVE), "",
                    lambda values: self._choose(values.get("kind", "")),
                )  # fmt: skip
                figure = html("", "section").props('id="figure" aria-labelledby="figure-title"')
                self._figure = figure
            with section("patients", "Patients"):
                self._table = html("")
            with section("problems", "Left out of the figure"):
                self._left = html("")

    async def fill(self) -> None:
        """Read the files, and draw."""
        self._status.content = "Reading the files."
        seen = await self._store.glance(self._show)
        if any(each.case for each in seen.values()):
            self._status.content = "Reading the reports that the files name."
            figure = asyncio.ensure_future(self._draw(first=True))
            if draws_first(seen):
                await figure
            await asyncio.gather(figure, self._read())
        else:
            await self._read()

    async def _read(self) -> None:
        """What a check finds, which leaves out files with problems."""
        known = await self._store.read(self._show_whole)
        left = left_out(known, self._store.folder)
        items = "".join(f"<li>{file_link(each.name)} {safe(each.first or _NO_PATIENT)}</li>"
                        for each in left)  # fmt: skip
        self._left.content = f"<ul>{items}</ul>" if items else "<p>None.</p>"
        wrong = sum(1 for each in left if each.problems)
        drawn = sum(1 for each in known.values() if each.case)
        files = plural(wrong, "file")
        self._status.content = f"{plural(drawn, 'patient')}; {files} with problems."
        self._show(known, done=True)
        await self._draw()

    def _show_whole(self, known: dict[str, Summary]) -> None:
        """Show the patients as far as they are read; a page with all of them keeps its rows."""
        if len(known) >= self._shown:
            self._show(known)

    def _show(self, known: dict[str, Summary], *, done: bool = False) -> None:
        """Show the patients that are known so far."""
        cases = [each for each in known.values() if each.case]
        self._shown = len(known)
        cases.sort(key=lambda each: (natural_order(each.case), each.name))
        count = Counter(each.case for each in cases)
        rows = "".join(
            _rows(each, each.name if count[each.case] > 1 else each.case) for each in cases
        )
        heads = "".join(f'<th scope="col">{each}</th>' for each in _HEADS)
        if rows or done:
            self._table.content = (
                '<div class="wide" role="region" tabindex="0" aria-label="Table: Patients"><table>'
                f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
                f'<p class="source">{_NOTE}</p>' if rows else "<p>No patient.</p>"
            )  # fmt: skip

    async def _choose(self, kind: str) -> None:
        if kind in _KINDS:
            self._kind = kind
            await self._draw()

    async def _draw(self, *, first: bool = False) -> None:
        """Draw the figure that is chosen; ``first``: before the reports are read."""
        self._asked += 1
        number, is_usual = self._asked, self._kind == COHORT_FIGURE
        found = await (
            self._store.first_figure() if first and is_usual else self._store.figure(self._kind)
        )
        if number == self._asked:
            state = State.CURRENT if found.is_good else State.NOTHING
            shown = Shown(newest=found, good=found if found.is_good else None, state=state)
            self._figure.content = panels.figure(Live(figure=shown))


def left_out(known: Mapping[str, Summary], folder: CaseFolder) -> list[Summary]:
    """The files without a patient in the figure, by name; without the reports of the patients.

    Args:
        known: the summaries by the names of their files.
        folder: of the files.
    """
    of_cases = {path for each in known.values() if each.case for path in each.reads}
    reports = {folder.name_of(path) for path in of_cases}
    left = [
        each
        for each in known.values()
        if not each.case
        and (each.problems or not (each.name in reports or _names_a_case(each, known, folder)))
    ]
    return sorted(left, key=lambda each: natural_order(each.name))


def _names_a_case(each: Summary, known: Mapping[str, Summary], folder: CaseFolder) -> bool:
    """Whether a report names a case of the folder that is drawn."""
    names = (folder.name_of(path) for path in each.reads)
    return any(name in known and known[name].case for name in names)


def _rows(found: Summary, label: str) -> str:
    """A row for each line of a patient; one row for a patient without a line.

    ``label``: the name of the patient, or of its file where several have one name.
    """
    lines = found.lines or (("", "", "", ""),)
    span = f' rowspan="{len(lines)}"' if len(lines) > 1 else ""
    count = plural(found.problems, "problem")
    faults = f' <span class="fault">{count}</span>' if found.problems else ""
    parts = []
    for number, line in enumerate(lines):
        cells = "".join(f"<td>{safe(cell)}</td>" for cell in line)
        if number:
            parts.append(f"<tr>{cells}</tr>")
            continue
        head = f'<th scope="row"{span}>{file_link(found.name, label)}{faults}</th>'
        parts.append(f"<tr>{head}{cells}<td{span}>{safe(found.overall)}</td></tr>")
    return "".join(parts)
