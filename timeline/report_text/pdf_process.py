"""A process that extracts the text of one PDF: its bytes are the input, JSON is the output."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys

from timeline.report_text.pdf import MOST_PAGES, SECONDS
from timeline.report_text.report_text import LONGEST

_MEMORY = 1 << 30  # bytes


def _limit() -> None:
    """Limit memory and processor time, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def pages_of(raw: bytes) -> dict[str, object]:
    """The text of each page under ``pages``; or under ``fault`` why there is none."""
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "a PDF with a password (save it without)"}
        if len(reader.pages) > MOST_PAGES:
            found = f"a PDF of {len(reader.pages)} pages"
            return {"fault": f"{found} (at most {MOST_PAGES}; save the report alone)"}
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST:
                return {"fault": f"longer than any report: over {LONGEST:,} characters of text"}
    except MemoryError:
        return {"fault": "a PDF that takes more memory than a report (save it as plain text)"}
    except Exception as fault:  # any fault of a damaged file
        what = f"a PDF that is damaged: {type(fault).__name__}"
        return {"fault": f"{what} (print it to a new PDF, or save it as plain text)"}
    return {"pages": pages}


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    _limit()
    json.dump(pages_of(sys.stdin.buffer.read()), sys.stdout)
