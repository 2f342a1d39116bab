"""What a workbook may hold at most, measured before it is read.

A workbook is a compressed archive: a small file may unpack to gigabytes, name a cell in the last
of a million rows, or repeat a formula without end. Its parts are parsed here as a stream, without
a tree.
"""

from __future__ import annotations

import io
import re
import zipfile

from renderers.tables.csv_table import MOST_COLUMNS
from timeline.files.file_text import Unreadable

MOST_ROWS = 20_000
_MOST_BYTES = 8 << 20  # unpacked; 300 rows of all columns are 700 kB
_MOST_ELEMENTS = 600_000  # three or four a cell
_MOST_OF_SETTINGS = 25_000  # elements of the parts that are read whole, up to 30 microseconds each
_SETTINGS = {"workbook", "styleSheet", "Relationships", "Types", "Properties", "coreProperties"}
_CHARTS = {"chartSpace", "wsDr"}  # read whole where a sheet is nothing but a chart
_MOST_PARTS = 1_000
_MOST_FORMULAS = 2_000_000  # characters of shared formulas, each counted for each of its cells
_DEEPEST = 100
_XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")
_SAVE = "save each sheet as CSV, UTF-8"
NO_WORKBOOK = "not a workbook that can be read (save it as XLSX, or each sheet as CSV, UTF-8)"
_DAMAGED = f"a workbook that is damaged: {{}} ({_SAVE})"


class _Measure:
    """A target of a parser that counts what a part holds, and refuses what no table has."""

    def __init__(self) -> None:
        self.elements = self.depth = self.row = self.column = self.formulas = 0
        self.whole = {"settings": 0, "charts": 0}  # elements of the parts that are read whole
        self.kind = ""  # of such a part
        self.has_chart_sheet = False
        self.sheet = False  # whether the part is a sheet
        self.shared: dict[str, int] = {}
        self.formula: str | None = None  # the name of the shared formula that is read
        self.calculated = self.valued = self.in_value = False  # of the cell
        self.unvalued = False  # whether a formula has no stored value

    def part(self) -> None:
        """Begin a part."""
        self.formula, self.in_value = None, False
        self.depth = self.row = self.column = 0
        self.sheet, self.kind = False, ""
        self.shared = {}

    # the parser calls start, data, end and close

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > _MOST_ELEMENTS:
            raise Unreadable(f"a workbook of over {_MOST_ELEMENTS:,} elements ({_SAVE})")
        if self.depth > _DEEPEST:
            raise Unreadable(_DAMAGED.format(f"over {_DEEPEST} elements within each other"))
        name = tag.rpartition("}")[2]
        if self.depth == 1:
            self.sheet = name == "worksheet"
            self.kind = "settings" if name in _SETTINGS else "charts" if name in _CHARTS else ""
            self.has_chart_sheet |= name == "chartsheet"
        elif self.kind:
            self.whole[self.kind] += 1
        elif self.sheet and name in _OF_SHEETS:
            _OF_SHEETS[name](self, attributes)

    def data(self, text: str) -> None:
        self.valued = self.valued or self.in_value
        if self.formula is not None:
            self.shared[self.formula] = self.shared.get(self.formula, 0) + len(text)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.sheet and tag.endswith("}c"):
            self.unvalued = self.unvalued or (self.calculated and not self.valued)
        self.formula = None
        self.in_value = self.in_value and not tag.endswith(("}v", "}is"))

    def close(self) -> None:
        return None

    def check_whole(self) -> None:
        """Refuse parts that are read whole and hold more than any table needs."""
        charts = self.whole["charts"] if self.has_chart_sheet else 0
        if self.whole["settings"] + charts > _MOST_OF_SETTINGS:
            most = f"{_MOST_OF_SETTINGS:,} styles, names and points of charts"
            raise Unreadable(f"a workbook of over {most} ({_SAVE})")

    def begin_row(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r", str(self.row + 1))
        if not _NUMBER.fullmatch(written) or int(written) <= self.row:
            raise Unreadable(_DAMAGED.format(f"row {written[:20]!r} after row {self.row}"))
        if int(written) > MOST_ROWS:
            raise Unreadable(f"a sheet with row {written} (at most {MOST_ROWS:,} rows; {_SAVE})")
        self.row, self.column = int(written), 0

    def begin_cell(self, attributes: dict[str, str]) -> None:
        self.calculated = self.valued = self.in_value = False
        written = attributes.get("r")
        column = self.column + 1
        if written is not None:
            found = _CELL.fullmatch(written)
            if not found or int(found[2]) != self.row or (number := _number(found[1])) < column:
                raise Unreadable(_DAMAGED.format(f"cell {written[:20]!r} in row {self.row}"))
            column = number
        if column > MOST_COLUMNS:
            name = written or f"number {column}"
            raise Unreadable(f"a sheet with cell {name} (at most {MOST_COLUMNS} columns; {_SAVE})")
        self.column = column

    def begin_formula(self, attributes: dict[str, str]) -> None:
        self.calculated = True
        if attributes.get("t") != "shared":
            return
        self.formula = attributes.get("si", "")
        self.formulas += self.shared.get(self.formula, 0)
        if self.formulas > _MOST_FORMULAS:
            raise Unreadable(f"a workbook of too many shared formulas ({_SAVE})")

    def begin_value(self, _: dict[str, str]) -> None:
        self.in_value = True


_OF_SHEETS = {
    "row": _Measure.begin_row,
    "c": _Measure.begin_cell,
    "f": _Measure.begin_formula,
    "v": _Measure.begin_value,
    "is": _Measure.begin_value,
}


def _number(letters: str) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def measure_workbook(raw: bytes) -> bool:
    """Refuse a workbook that is damaged or too large.

    Args:
        raw: the bytes of the file.

    Returns:
        Whether a cell has a formula without a stored value.

    Raises:
        Unreadable: why it is not read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _measure_parts(archive)
    except Unreadable:
        raise
    except Exception:  # zipfile, zlib and expat raise many kinds on a damaged archive
        raise Unreadable(NO_WORKBOOK) from None


def _measure_parts(archive: zipfile.ZipFile) -> bool:
    from defusedxml.ElementTree import DefusedXMLParser

    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise Unreadable(f"a workbook of {len(parts):,} parts (at most {_MOST_PARTS:,}; {_SAVE})")
    measure, size = _Measure(), 0
    for part in parts:
        with archive.open(part) as file:
            if not file.read(64).lstrip().startswith(_XML):
                continue  # a picture, for example
        size += part.file_size
        if size > _MOST_BYTES:
            most = f"{_MOST_BYTES >> 20} MB"
            raise Unreadable(f"a workbook of over {most} when it is unpacked ({_SAVE})")
        measure.part()
        parser = DefusedXMLParser(target=measure, forbid_dtd=True)
        with archive.open(part) as file:
            while block := file.read(1 << 16):
                parser.feed(block)
        parser.close()
        measure.check_whole()
    return measure.unvalued
