"""The text of a PDF, extracted in a process of its own, which has limits of time and memory."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys

from timeline.files.file_text import Unreadable
from timeline.report_text.plain import report_of_text
from timeline.report_text.report_text import LONGEST, ReportText

SECONDS = 60  # for one PDF; a report of ten pages takes two
MOST_PAGES = 300
_MISSING = "reading a PDF needs pypdf (pip install 'oncology-timeline[pdf]', or save it as text)"
_HYPHEN = re.compile(r"(?<=[a-z])[-\N{SOFT HYPHEN}\N{HYPHEN}]\n(?=[a-z])")  # at the end of a line


def report_of_pdf(raw: bytes, source: str = "") -> ReportText:
    """The text of a PDF with its sections. A word that a line end divides is joined.

    Raises:
        Unreadable: pypdf is not installed, or the file is damaged, encrypted, a scan without
            text, or takes longer or more memory than a report does.
    """
    if importlib.util.find_spec("pypdf") is None:
        raise Unreadable(_MISSING)
    command = [sys.executable, "-m", "timeline.report_text.pdf_process"]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, the file is its input
            command, input=raw, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        advice = "save its text as plain text"
        raise Unreadable(f"a PDF that takes longer than {SECONDS} s ({advice})") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise Unreadable("a PDF that is damaged or too large (save it as plain text)") from None
    if "fault" in answer:
        raise Unreadable(answer["fault"])
    text = _HYPHEN.sub("", "\n\n".join(answer["pages"]))
    if not text.strip():
        raise Unreadable("a PDF without text, such as a scan (recognise its text first)")
    if len(text) > LONGEST:
        raise Unreadable(f"longer than any report: {len(text):,} characters of text")
    return report_of_text(text, source)
