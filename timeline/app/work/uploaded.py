"""A file of a person's computer made into a case file: a spreadsheet, or the text of a report."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path, PurePosixPath

import attrs

from timeline.core.internal_fault import internal_fault
from timeline.files.file_text import Unreadable

TABLES = (".csv", ".xlsx")
REPORTS = (".txt", ".md", ".xml", ".nxml", ".pdf")
CASES = (".yaml", ".yml")


@attrs.frozen(kw_only=True)
class Made:
    """A new case file.

    Attributes:
        name: the name of the file.
        text: its text; empty where there is a fault.
        told: what was made, or why nothing could be, one sentence each.
    """

    name: str
    text: str = ""
    told: tuple[str, ...] = ()


def stem_of(name: str) -> str:
    """The name of a case for a file of any name: letters, digits, - and _.

    >>> stem_of("C:/Patients/Müller 2024 (final).xlsx")
    'Müller-2024-final'
    """
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return re.sub(r"[^\w-]+", "-", stem).strip("-_")[:80] or "case"


def made_of(name: str, raw: bytes) -> Made:
    """A case file of an uploaded file; nothing is written.

    Args:
        name: of the uploaded file, by whose ending it is read: ``.csv`` and ``.xlsx`` have one row
            an event, ``.txt``, ``.xml`` and ``.pdf`` are reports, ``.yaml`` is a case file.
        raw: its bytes.
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
            made = _made(stem, path)
            told = tuple(each.replace(f"{path}", name).replace(folder, "") for each in made.told)
            return attrs.evolve(made, told=told)
    except (ValueError, ImportError, Unreadable) as fault:
        return Made(name=file, told=(str(fault).replace(folder, ""),))
    except Exception as wrong:
        return Made(name=file, told=(internal_fault(wrong),))


def _made(stem: str, path: Path) -> Made:
    file = f"{stem}.yaml"
    if path.suffix in TABLES:
        from timeline.exchange.import_case import import_case

        found, problems = import_case(path, name=stem)
        if found is None:
            return Made(name=file, told=tuple(map(str, problems)))
        return Made(name=file, text=found.text, told=(f"{len(found.case.events)} events.",))
    if path.suffix in CASES:
        from timeline.files.file_text import text_of

        return Made(name=file, text=text_of(path))
    from timeline.exchange.draft import draft_of
    from timeline.report_text import read_report

    made = draft_of(read_report(path), stem)
    told = f"A draft: {made.events} events, {made.claims} claims; {made.open} × TODO to decide."
    return Made(name=file, text=made.text, told=(told,))
