"""A case to a format and back, with the list of what is left over and without it."""

from __future__ import annotations

from pathlib import Path

import timeline as tl
from timeline.formats import FORMATS, Exported, Imported, export_cases, import_cases
from timeline.formats.transfer import list_path
from timeline.record.case import Case

ROOT = Path(__file__).parents[2]
CASES = [ROOT / "cases" / "wang2023.yaml", ROOT / "cases" / "jin2025.yaml",
         ROOT / "docs" / "examples" / "short_report.yaml"]  # fmt: skip
TWO_WAYS = [row.name for row in FORMATS.values() if row.exports and row.imports]


def out_of(folder: Path, name: str, suffix: str = "") -> Path:
    """Where a format is written."""
    row = FORMATS[name]
    return folder / (name if row.folder else f"made{suffix or row.suffixes[0]}")


def exported(files: list[Path], to: str, out: Path, **options: str) -> Exported:
    """Write case files in a format."""
    found = export_cases(files, to, out, options)
    for path, content in found.contents.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return found


def imported(path: Path, of: str, *, with_list: bool = True, **options: str) -> Imported:
    """Read case files of a format; without the list of what is left over it is taken away."""
    if not with_list:
        list_path(FORMATS[of], path).unlink(missing_ok=True)
    found, problems = import_cases(path, of, options)
    assert found is not None, problems
    return found


def endpoints(case: Case) -> dict[tuple[str, int | None, str, str], tuple[float, float]]:
    """The days of each endpoint: smallest and largest possible."""
    return {
        (each.endpoint, each.line, each.criterion, str(each.is_primary)):
            (each.days.low, each.days.high)
        for each in tl.derive(case).outcomes if each.days is not None
    }  # fmt: skip


def not_within(own: Case, again: Case) -> list[str]:
    """The endpoints of a case that are not within those of the case that came back."""
    found = endpoints(again)
    wrong = []
    for key, (low, high) in endpoints(own).items():
        other = found.get(key)
        if other is None or not other[0] <= low <= high <= other[1]:
            wrong.append(f"{key}: {low} to {high}, and came back as {other}")
    return wrong
