"""Which file a grid shows: a case and its report may be two."""

from __future__ import annotations

from pathlib import Path

import yaml

from timeline.editing.edits.case_text import CaseText
from timeline.editing.grid import CLAIMS, EVENTS
from timeline.files.loader import adjacent_report

_PARTNER = {CLAIMS: "source", EVENTS: "case"}  # the key that names the other file


def file_of(table: str, text: str, path: Path) -> Path:
    """The file whose text a grid shows and changes.

    Args:
        table: ``events`` or ``claims``.
        text: the text of a case or report file; the rest of it may have faults.
        path: its path.

    Returns:
        The path itself where the file has the entries, or would take them. Of the claims of a case
        that names its report with ``source``, that report; of the events of a report that names its
        case, that case. Nothing is said of whether the file exists, or may be opened.
    """
    case = CaseText.of(text)
    is_case = case.top(EVENTS) is not None
    if is_case == (table == EVENTS) or case.top(table) is not None:
        return path
    found = case.top(_PARTNER[table])
    named = found[1] if found is not None else None
    if isinstance(named, yaml.ScalarNode) and named.value:
        return adjacent_report(path, str(named.value))
    return path
