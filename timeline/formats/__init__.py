"""The formats of other systems: case files written in them, and read from them.

    from timeline.formats import FORMATS, export_cases, import_cases

`FORMATS` has a row for each format: its directions, what it holds and what it cannot. Every
export reads its own files again, and lists each value of a case that they do not give back;
with that list beside them an import restores the case files as they were.
"""

from __future__ import annotations

from timeline.formats.registry import FORMATS
from timeline.formats.transfer import Exported, Imported, export_cases, import_cases

__all__ = ["FORMATS", "Exported", "Imported", "export_cases", "import_cases"]
