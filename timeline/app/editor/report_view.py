"""The text of the report beside the case: a mark at each value that is found, and what is not."""

from __future__ import annotations

from timeline.app.editor.controls import Upload, Uploads, html, safe, section
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

    def __init__(self, opened: OpenFile, jobs: Jobs, uploads: Uploads) -> None:
        """Build the section in the page at hand."""
        self._opened, self._jobs = opened, jobs
        with section("report-text", "Text of the report"):
            html("Each value of the file is looked up in the report. The report is not kept.", "p")
            self._upload = Upload(
                uploads, "Report (text, JATS XML or PDF)", ",".join(REPORTS), self._received
            )

    async def _received(self, name: str, raw: bytes) -> None:
        self._upload.tell(f"Looking up the values in {name}.")
        document = self._opened.document
        try:
            found = await self._jobs.run(marked, name, raw, document.text, document.path)
        except NotDone as fault:
            self._upload.refused(name, f"not looked up, {fault}")
            return
        if found.fault:
            self._upload.refused(name, found.fault.rstrip("."))
            return
        self._upload.tell(f"{name}: {found.counts}.")
        self._upload.show(_content(found))


def _content(found: Marked) -> str:
    rows = "".join(f"<li>{_place(line)}{safe(fault)}</li>" for line, fault in found.missing)
    missing = f"<h3>Not found where the file says</h3><ol>{rows}</ol>" if rows else ""
    return (
        f"{missing}{_KEY}"
        '<div class="report" role="region" tabindex="0" aria-label="Text of the report">'
        f"{marked_html(found)}</div>"
    )


def _place(line: int) -> str:
    if not line:
        return ""
    return f'<a href="#text" class="place" data-line="{line}" data-column="1">line {line}</a> '
