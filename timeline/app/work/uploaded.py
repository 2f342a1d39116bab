"""A file of a person's computer made into a case file: a spreadsheet, or the text of a report."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import attrs

from renderers.tables.columns import NOTHING
from timeline.app.work.made import Made
from timeline.core.internal_fault import internal_fault
from timeline.files.file_text import Unreadable

TABLES = (".csv", ".xlsx")
REPORTS = (".txt", ".md", ".xml", ".nxml", ".pdf")
CASES = (".yaml", ".yml")


def stem_of(name: str) -> str:
    """The name of a case for a file of any name: letters, digits, - and _.

    >>> stem_of("C:/Patients/Müller 2024 (final).xlsx")
    'Müller-2024-final'
    """
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return re.sub(r"[^\w-]+", "-", stem).strip("-_")[:80] or "case"


def made_of(name: str, raw: bytes, choices: Mapping[str, str] = NOTHING, order: str = "") -> Made:
    """A case file of an uploaded file; nothing is written.

    Args:
        name: of the uploaded file, by whose ending it is read: ``.csv`` and ``.xlsx`` have one row
            an event, ``.txt``, ``.xml`` and ``.pdf`` are reports, ``.yaml`` is a case file.
        raw: its bytes.
        choices: of a table, what becomes of its columns, as of ``timeline.editing.pasted``.
        order: of a table, ``dmy`` or ``mdy`` of dates with the year last; empty: they are refused.
    """
    ending = PurePosixPath(name).suffix.lower()
    stem = stem_of(name)
    file = f"{stem}.yaml"
    known = (*TABLES, *REPORTS, *CASES)
    if ending not in known:
        wanted = ", ".join(known)
        return Made(name=file, told=(f"{name}: unknown kind of file (it ends in {wanted}).",))
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{stem}{ending}"
            path.write_bytes(raw)
            made = (
                _of_table(name, stem, path, choices, order)
                if ending in TABLES
                else _made(stem, path)
            )
            told = tuple(each.replace(f"{path}", name).replace(folder, "") for each in made.told)
            return attrs.evolve(made, told=told)
    except (ValueError, ImportError, Unreadable) as fault:
        return Made(name=file, told=(str(fault).replace(folder, ""),))
    except Exception as wrong:
        return Made(name=file, told=(internal_fault(wrong),))


def _of_table(name: str, stem: str, path: Path, choices: Mapping[str, str], order: str) -> Made:
    from timeline.app.work.uploaded_table import made_of_table

    return made_of_table(name, stem, path, choices, order)


def _made(stem: str, path: Path) -> Made:
    file = f"{stem}.yaml"
    if path.suffix in CASES:
        from timeline.files.file_text import text_of

        return Made(name=file, text=text_of(path))
    from timeline.exchange.draft import draft_of
    from timeline.report_text import read_report

    made = draft_of(read_report(path), stem)
    told = f"A draft: {made.events} events, {made.claims} claims; {made.open} × TODO to decide."
    return Made(name=file, text=made.text, told=(told,))
