"""Survival statistics as text, Markdown, CSV or JSON: one row a format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from renderers.backends.sidecars import inert_cell
from timeline.core.text.inert_text import markdown_text
from timeline.files.output_files import write_file
from timeline.survival_statistics.result import SurvivalStatistics
from timeline.survival_statistics.statistic import COLUMNS


def as_text(found: SurvivalStatistics) -> str:
    """The table, the comparisons and the methods."""
    return f"{found}\n"


def as_markdown(found: SurvivalStatistics) -> str:
    """The same, the table with a column for each group."""
    printed = found.printed
    lines = [f"**{markdown_text(printed.title)}**", "", _piped(["", *printed.groups])]
    lines.append(f"|{'---|' * (len(printed.groups) + 1)}")
    lines += [_piped([line.label.strip(), *line.cells]) for line in printed.lines]
    lines.append("")
    lines += [f"- {markdown_text(text)}" for text in printed.comparisons]
    lines += [""] if printed.comparisons else []
    lines.append(markdown_text(printed.methods))
    return "\n".join(lines) + "\n"


def _piped(cells: list[str]) -> str:
    return f"| {' | '.join(markdown_text(cell).replace('|', '&#124;') for cell in cells)} |"


def as_csv(found: SurvivalStatistics) -> str:
    """The numbers, one a row, in full; an empty cell where there is none."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in found.records():
        cells = ("" if value is None else str(value) for value in record.values())
        writer.writerow([inert_cell(cell) for cell in cells])
    return out.getvalue()


def as_json(found: SurvivalStatistics) -> str:
    """The numbers with what was asked, the methods and the notes."""
    return json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


WRITERS: dict[str, Callable[[SurvivalStatistics], str]] = {
    ".csv": as_csv,
    ".json": as_json,
    ".md": as_markdown,
    ".txt": as_text,
}


def writer_of(path: Path) -> Callable[[SurvivalStatistics], str]:
    """What writes the format of a suffix.

    Raises:
        ValueError: the suffix is unknown.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise ValueError(f"unknown kind of file: {path.suffix!r} (write {', '.join(WRITERS)})")
    return writer


def write_statistics(path: Path, found: SurvivalStatistics) -> None:
    """Write the statistics in the format of the suffix.

    Raises:
        ValueError: the suffix is unknown, or the file may not be replaced.
        OSError: the file cannot be written.
    """
    write_file(path, writer_of(path)(found).encode())
