"""Where a table comes from: a row for each kind of file, and data frames."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from renderers.tables.columns import Problems
from renderers.tables.csv_table import Table, read_table
from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where, near

Source = Any  # the path of a file, or a data frame
ENCODINGS = ("utf-8", "windows-1252", "latin-1", "utf-16", "mac-roman", "cp437", "gb18030",
             "shift_jis")  # fmt: skip


@frozen(kw_only=True)
class Opening:
    """How a file is opened.

    Attributes:
        encoding: of a text file, a name of ``ENCODINGS``; empty for UTF-8.
        sheet: the sheet of a workbook; empty for the first.
    """

    encoding: str = ""
    sheet: str = ""


PLAIN = Opening()
Opened = tuple[Table | None, Problems, Problems]  # the table, its faults, and notes


@frozen
class FileKind:
    """A kind of file: its suffixes, and how it is read."""

    suffixes: tuple[str, ...]
    read: Callable[[Path, Opening], Opened]


def _text(path: Path, opening: Opening) -> Opened:
    also = f"; or name its encoding: --option encoding={ENCODINGS[1]}"
    table, problems = read_table(path, opening.encoding, also)
    return table, problems, ()


def _workbook(path: Path, opening: Opening) -> Opened:
    from renderers.tables.workbook import read_workbook

    sheets, problems = read_workbook(path)
    if problems or not sheets:
        return None, problems, ()
    if opening.sheet and opening.sheet not in sheets:
        what = f"no sheet {opening.sheet!r} ({near(opening.sheet, sheets)})"
        return None, (Problem(Where(str(path)), what),), ()
    chosen = opening.sheet or next(iter(sheets))
    others = [name for name in sheets if name != chosen]
    notes: Problems = ()
    if others and not opening.sheet:
        named = ", ".join(map(repr, others))
        what = f"the sheet {chosen!r} is read, not {named} (--option sheet={others[0]} reads it)"
        notes = (Problem(Where(str(path)), what),)
    return sheets[chosen], (), notes


def _parquet(path: Path, _: Opening) -> Opened:
    from renderers.tables.frames import read_frame
    from timeline.files.extras import import_extra

    parquet = import_extra("pyarrow.parquet", "parquet")
    try:
        frame = parquet.read_table(path)
    except OSError as fault:
        what = f"cannot be read: {fault.strerror or 'not a Parquet file (save it as CSV, UTF-8)'}"
        return None, (Problem(Where(str(path)), what),), ()
    except Exception:
        what = "not a Parquet file that can be read (save it as CSV, UTF-8)"
        return None, (Problem(Where(str(path)), what),), ()
    table, problems = read_frame(frame, str(path))
    return table, problems, ()


KINDS = (
    FileKind((".xlsx", ".xlsm"), _workbook),
    FileKind((".parquet", ".pq"), _parquet),
)
_TEXT = FileKind((), _text)  # any other file


def open_table(source: Source, opening: Opening = PLAIN, name: str = "") -> Opened:
    """The table of a file or a data frame.

    Args:
        source: the path of a CSV or text file, a workbook or a Parquet file; a data frame of
            pandas, polars or pyarrow; or a table.
        opening: how a file is opened.
        name: how messages name a data frame.

    Returns:
        The table, or None where there is none; every fault of it; and notes.

    Raises:
        TypeError: it is neither a path nor a data frame.
    """
    if isinstance(source, Table):
        return source, (), ()
    if not isinstance(source, str | Path):
        from renderers.tables.frames import NAME, read_frame

        table, problems = read_frame(source, name or NAME)
        return table, problems, ()
    path = Path(source)
    kind = next((row for row in KINDS if path.suffix.lower() in row.suffixes), _TEXT)
    try:
        return kind.read(path, opening)
    except ImportError as fault:
        return None, (Problem(Where(str(path)), str(fault)),), ()


def source_name(source: Source, name: str = "") -> str:
    """How messages name a source: the path of a file; a data frame by ``name``."""
    from renderers.tables.frames import NAME

    return str(source) if isinstance(source, str | Path) else name or NAME


def encoding_named(text: str) -> str:
    """An encoding by its name.

    Raises:
        ValueError: it is none of ``ENCODINGS``.
    """
    plain = text.strip().lower().replace("_", "-").replace("cp1252", "windows-1252")
    plain = plain.replace("iso-8859-1", "latin-1").replace("shift-jis", "shift_jis")
    if plain not in ENCODINGS:
        raise ValueError(f"unknown encoding: {text!r} ({near(text, ENCODINGS)})")
    return plain
