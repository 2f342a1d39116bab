"""A case file as tables: a row for each event, and a row for each lesion and date."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from renderers.backends.sidecars import FORMULA, inert_cell
from timeline.core.schema import JOINT, Cardinality, FieldSpec, schema_of
from timeline.core.text.inert_text import xml_text
from timeline.exchange.cell_nodes import joined_parts
from timeline.exchange.event_cells import PATIENT
from timeline.exchange.yaml_writer import plain_node
from timeline.files.extras import import_extra
from timeline.files.yaml.flow_commas import rejoin
from timeline.files.yaml.yaml_nodes import ProblemLog, compose
from timeline.record.events import KINDS, PeriodEvent

Row = dict[str, str]
# columns of a new table, before those that its events have as well
EVENT_COLUMNS = (
    *("event", "date", "end", "what", "line", "setting", "drugs", "cycle", "stop", "baseline"),
    *("modality", "target", "non-target", "new", "called", "site", "margin", "dose", "fractions"),
    *("grade", "ecog", "cause", "sex", "age", "diagnosis", "note", "place"),
)
LESION_COLUMNS = ("lesion", "date", "size", "organ", "node", "method")
_LED = ("event", "date")  # the first columns, which every table has
_EMPTY_ROWS = 300  # of a workbook, whose cells take texts


@attrs.frozen(kw_only=True)
class CaseTables:
    """The rows of a case.

    Attributes:
        events: one a row.
        lesions: one lesion and date a row.
        as_template: whether the tables are to be filled in: they have every usual column then, and
            else those that hold a value.
    """

    events: tuple[Row, ...]
    lesions: tuple[Row, ...] = ()
    as_template: bool = True

    @property
    def sheets(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The cells of each table by the name of its sheet, headings first."""
        tables = {
            "events": _grid(self.events, EVENT_COLUMNS),
            "lesions": _grid(self.lesions, LESION_COLUMNS),
        }
        if self.as_template:
            return tables
        return {name: _used(grid) for name, grid in tables.items() if name == "events" or grid[1:]}


def _grid(rows: Sequence[Row], columns: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    first = ("case",) if any("case" in row for row in rows) else ()
    names = tuple(dict.fromkeys((*first, *columns, *(key for row in rows for key in row))))
    return (names, *(tuple(row.get(name, "") for name in names) for row in rows))


def _used(grid: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """A table without the columns that hold no value."""
    used = [n for n, cells in enumerate(zip(*grid, strict=True)) if any(cells[1:]) or n < len(_LED)]
    return tuple(tuple(row[n] for n in used) for row in grid)


def case_tables(path: Path) -> CaseTables:
    """The tables of a case file that has no faults.

    Raises:
        ValueError: a table has no place for a value: what the report prints of an event, or a
            name with a colon in a mapping.
    """
    root = compose(path, ProblemLog(str(path)))
    if root is not None:
        rejoin(root)
    top = {key.value: plain_node(value) for key, value in root.value} if root is not None else {}
    declared = top.get("lesions", {})
    events: list[Row] = []
    if top.get("patient"):
        events.append({"event": PATIENT, **top["patient"]})
    lesions: list[Row] = []
    for entry in _entries(top["events"]):
        kind, when = next((key, value) for key, value in entry.items() if key in KINDS)
        rest = {key.replace("_", "-"): value for key, value in entry.items() if key != kind}
        own = declared and isinstance(rest.get("lesions"), dict)
        if own:
            scan = {"scan": rest["id"]} if "id" in rest else {"date": when}
            lesions += lesion_rows(scan, rest.pop("lesions"), declared)
        known = schema_of(KINDS[kind])
        if unknown := [key for key in rest if key not in known]:
            raise ValueError(f"a table cannot hold {unknown[0]!r} of {kind} {when}")
        cells = {key: cell_of(value, known[key][1]) for key, value in rest.items()}
        events.append({"event": kind, **dates_of(kind, when), **cells})
    return CaseTables(events=tuple(events), lesions=tuple(lesions))


def _entries(events: Any) -> Iterator[dict[str, Any]]:
    """The entries with their place in the report, be it a heading or a key."""
    if isinstance(events, list):
        yield from events
        return
    for place, entries in events.items():
        for entry in entries:
            yield {**entry, "place": entry.get("place", place)}


def lesion_rows(scan: Row, sizes: dict[str, str], declared: dict[str, Any]) -> Iterator[Row]:
    """A row for each lesion of a scan, with what is declared of it."""
    for name, size in sizes.items():
        about = {key.replace("_", "-"): value for key, value in declared.get(name, {}).items()}
        yield {"lesion": name, **scan, "size": size, **about}


def dates_of(kind: str, when: str) -> Row:
    """The cells of a date, or of a period with its end, as a case file writes it."""
    start, slash, end = when.partition("/")
    if not issubclass(KINDS[kind], PeriodEvent) or not slash or not end.strip():
        return {"date": when}
    return {"date": start.strip(), "end": end.strip()}


def cell_of(value: Any, spec: FieldSpec) -> str:
    """A value in one cell: parts with semicolons between them."""
    if isinstance(value, dict):
        bad = next((key for key in value if ":" in key), None)
        if bad is not None:
            raise ValueError(f"a name with a colon cannot be in a cell: {bad!r} (rename it)")
        return joined_parts(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, list) and spec.joins:
        return JOINT.join(map(str, value))
    if isinstance(value, list):
        return joined_parts(_in_one_line(each) for each in value)
    return str(value) if spec.shape is Cardinality.ONE else joined_parts([str(value)])


def _in_one_line(value: Any) -> str:
    """``other: Sister Joseph nodule`` of the mapping that states it."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {each}" for key, each in value.items())
    return str(value)


def as_csv(grid: Iterable[Sequence[str]]) -> str:
    """A table as CSV; no cell of it is a formula to a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([_guarded(cell) for cell in row] for row in grid)
    return out.getvalue()


def _guarded(cell: str) -> str:
    """A cell led by an apostrophe if it begins as a formula, or as a guarded one."""
    return f"'{cell}" if unguarded(cell) != cell else inert_cell(cell)


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula.

    >>> unguarded("'-12 HU"), unguarded("'tis")
    ('-12 HU', "'tis")
    """
    formula = cell.lstrip("'").lstrip().startswith(FORMULA)
    return cell[1:] if cell[:1] == "'" and formula else cell


def as_workbook(tables: CaseTables) -> bytes:
    """A workbook with a sheet for each table. Its cells take texts, so that no date is changed.

    Raises:
        ImportError: openpyxl is not installed; the message names the extra.
    """
    openpyxl = import_extra("openpyxl", "xlsx")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, grid in tables.sheets.items():
        sheet = book.create_sheet(name)
        for number in range(1, max(len(grid), _EMPTY_ROWS * tables.as_template) + 1):
            texts = grid[number - 1] if number <= len(grid) else ("",) * len(grid[0])
            for place, text in enumerate(texts, start=1):
                cell = sheet.cell(row=number, column=place)
                cell.number_format = "@"
                cell.font = openpyxl.styles.Font(bold=number == 1)
                if text:
                    cell.value, cell.data_type = xml_text(text), "s"
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
