"""The text of the report beside the case: a mark at each value that is found, and what is not."""

from __future__ import annotations

from collections.abc import Callable

from timeline.app.editor.controls import html, safe, section, upload
from timeline.app.editor.open_files import OpenFile
from timeline.app.work.jobs import Jobs, NotDone
from timeline.app.work.marked_report import Marked, marked, marked_html
from timeline.app.work.uploaded import REPORTS

_KEY = (
    '<p>In the text: <mark class="found">found at its place</mark>, '
    '<mark class="elsewhere">found elsewhere</mark>, <mark class="only">not in the file</mark>.</p>'
)


class ReportView:
    """The section of a page with the text of the report."""

    def __init__(self, opened: OpenFile, jobs: Jobs, tell: Callable[[str], None]) -> None:
        """Build the section in the page at hand."""
        self._opened, self._jobs, self._tell = opened, jobs, tell
        with section("report-text", "Text of the report"):
            html("Each value of the file is looked up in the report. The report is not kept.", "p")
            upload("Report (text, JATS XML or PDF)", ",".join(REPORTS), self._received)
            self._found = html("")

    async def _received(self, name: str, raw: bytes) -> None:
        self._tell(f"Looking up the values in {name}.")
        document = self._opened.document
        try:
            found = await self._jobs.run(marked, name, raw, document.text, document.path)
        except NotDone as fault:
            self._tell(f"Not looked up: {fault}.")
            return
        if found.fault:
            self._tell(f"Not looked up: {found.fault}")
            return
        self._tell(f"{name}: {found.counts}.")
        self._found.content = _content(found)


def _content(found: Marked) -> str:
    rows = "".join(f"<li>{_place(line)}{safe(fault)}</li>" for line, fault in found.missing)
    missing = f"<h3>Not found where the file says</h3><ol>{rows}</ol>" if rows else ""
    return (
        f"<p>{safe(found.name)}: {safe(found.counts)}.</p>{missing}{_KEY}"
        '<div class="report" role="region" tabindex="0" aria-label="Text of the report">'
        f"{marked_html(found)}</div>"
    )


def _place(line: int) -> str:
    if not line:
        return ""
    return f'<a href="#text" class="place" data-line="{line}" data-column="1">line {line}</a> '
