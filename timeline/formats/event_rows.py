"""One row an event: CSV, a workbook or Parquet, with the columns that ``timeline import`` reads.

The kind, the date and the keys of an event are the cells of its row. Lesions that a case declares
have a table of their own, one row a lesion and date: ``NAME-lesions.csv`` beside ``NAME.csv``, the
sheet ``lesions`` of a workbook. Several cases have a column ``case``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from renderers.tables.columns import Fields
from renderers.tables.csv_table import Table, TableRow, cell_text
from renderers.tables.sources import open_table
from renderers.tables.workbook import read_workbook
from timeline.core.problem import Problem, Where, in_order
from timeline.core.text.spelling import folded
from timeline.exchange.case_tables import (
    CaseTables,
    Row,
    as_csv,
    as_workbook,
    dates_of,
    lesion_rows,
    unguarded,
)
from timeline.exchange.cell_nodes import CellProblems
from timeline.exchange.entries.case_entries import LESIONS, CaseEntries, Entries
from timeline.exchange.entries.left_over import Reasons, kind_of
from timeline.exchange.event_cells import EVENT_FIELDS, LESION_FIELDS, PATIENT, CaseNodes
from timeline.exchange.import_case import table_rows
from timeline.exchange.yaml_writer import plain_node
from timeline.files.extras import import_extra
from timeline.files.loader import read_case
from timeline.formats.cells import cells_of
from timeline.formats.format import Aids, Entered, Options, Unread, Written
from timeline.record.events import Scan

CASE = "case"  # the column that names the case of a row
NOTE = "note"
REASONS = Reasons(
    keys={
        "printed": "what a report prints of an event is a claim, not an event",
        "case": "the name of the file is that of its only case",
        "source": "the report is a file of its own",
        "report": "a report is no event",
        "settings": "settings are no events",
        "lesions": "the lesion sheet names the scan by its date, which two scans have",
    },
    otherwise="no cell holds it as written",
)


def write(cases: Sequence[CaseEntries], out: Path, _options: Options) -> Written:
    """The tables of some cases; lesions beside the events, or in a sheet of a workbook."""
    tables = [_tables(each) for each in cases]
    named = len(cases) > 1
    both = CaseTables(
        events=tuple(_of_case(cases, [each.events for each in tables], named=named)),
        lesions=tuple(_of_case(cases, [each.lesions for each in tables], named=named)),
        as_template=False,
    )
    if out.suffix.lower() == ".xlsx":
        return Written(contents={out: as_workbook(both)})
    content = _parquet if out.suffix.lower() == ".parquet" else _csv
    return Written(contents={
        out if name == "events" else beside(out): content(grid)
        for name, grid in both.sheets.items()
    })  # fmt: skip


def beside(path: Path) -> Path:
    """Where the lesions of a table of events are."""
    return path.with_name(f"{path.stem}-{LESIONS}{path.suffix}")


def _of_case(
    cases: Sequence[CaseEntries], rows: Sequence[Sequence[Row]], *, named: bool
) -> Iterator[Row]:
    for each, own in zip(cases, rows, strict=True):
        for row in own:
            yield {CASE: each.case.name, **row} if named else row


def _csv(grid: Sequence[Sequence[str]]) -> bytes:
    return as_csv(grid).encode()


def _parquet(grid: Sequence[Sequence[str]]) -> bytes:
    """A table of texts; an empty cell is null."""
    arrow, parquet = (import_extra(name, "parquet") for name in ("pyarrow", "pyarrow.parquet"))
    columns = {name: arrow.array([row[n] or None for row in grid[1:]], arrow.string())
               for n, name in enumerate(grid[0])}  # fmt: skip
    out = io.BytesIO()
    parquet.write_table(arrow.table(columns), out)
    return out.getvalue()


def _tables(found: CaseEntries) -> CaseTables:
    """The rows of one case, without what no cell holds."""
    top = found.entries[0]
    declared = top.get(LESIONS) or {}
    events: list[Row] = []
    if top.get("patient"):
        events.append({"event": PATIENT, **top["patient"]})
    lesions: list[Row] = []
    entries = [entry for number, entry in sorted(found.entries.items()) if number]
    scans = [str(each[Scan.kind]) for each in entries if kind_of(each) == Scan.kind]
    for entry in entries:
        kind = kind_of(entry)
        rest = {key.replace("_", "-"): value for key, value in entry.items() if key != kind}
        sizes = rest.get(LESIONS)
        if declared and kind == Scan.kind and isinstance(sizes, dict):
            when = str(entry[kind])
            if "id" in rest or scans.count(when) == 1:
                scan = {"scan": str(rest["id"])} if "id" in rest else {"date": when}
                lesions += lesion_rows(scan, rest.pop(LESIONS), declared)
        events.append({"event": kind, **dates_of(kind, str(entry[kind])), **cells_of(kind, rest)})
    return CaseTables(events=tuple(events), lesions=tuple(lesions), as_template=False)


def read(path: Path, _options: Options, _aids: Aids) -> Entered:
    """The cases of a table of events, with the lesions beside it or in its sheet.

    A column that is no key goes into the note of its events, with its heading.
    """
    tables, problems = _sheets(path)
    if problems:
        return Entered(problems=problems)
    log = CellProblems(str(path))
    cases: dict[str, CaseNodes] = {}
    unread: list[Unread] = []
    for kind, fields in (("events", EVENT_FIELDS), (LESIONS, LESION_FIELDS)):
        if kind in tables:
            table, notes = _with_notes(tables[kind], fields)
            unread += notes
            rows, units, faults = table_rows(table, fields, {}, ())
            log.problems.extend(faults)
            for name, own in _by_case(rows, path.stem).items():
                nodes = cases.setdefault(name, CaseNodes(problems=log))
                (nodes.add_events if kind == "events" else nodes.add_lesions)(own, units)
    subjects: dict[str, Entries] = {}
    for name, nodes in cases.items():
        root = nodes.root(name, tables["events"].where)
        if not log.problems:
            read_case(root, log)
        plain = plain_node(root)
        events = plain.pop("events")
        subjects[name] = {0: plain, **dict(enumerate(events, start=1))}
    if log.problems:
        return Entered(problems=in_order(dict.fromkeys(map(_without_map, log.problems))))
    return Entered(subjects=subjects, unread=tuple(unread))


def _without_map(problem: Problem) -> Problem:
    """A problem in the words of ``--from``, which has no ``--map``."""
    what = problem.what.replace("write --map", "name the column so; or, without --from, --map")
    return attrs.evolve(problem, what=what)


def _by_case(rows: Sequence[TableRow], otherwise: str) -> dict[str, list[TableRow]]:
    found: dict[str, list[TableRow]] = {}
    for row in rows:
        found.setdefault(row.text(CASE) or otherwise, []).append(row)
    return found


def _sheets(path: Path) -> tuple[dict[str, Table], tuple[Problem, ...]]:
    """The tables of events and of lesions by name."""
    tables: dict[str, Table | None] = {}
    faults: list[Problem] = []
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        sheets, problems = read_workbook(path)
        faults += problems
        named = {folded(name): table for name, table in sheets.items()}
        tables["events"] = named.get("events") or next(iter(sheets.values()), None)
        tables[LESIONS] = named.get(LESIONS) if len(sheets) > 1 else None
    else:
        own = {"events": path, **({LESIONS: beside(path)} if beside(path).exists() else {})}
        for name, each in own.items():
            table, problems, _ = open_table(each)
            faults += problems
            tables[name] = table if table is None else attrs.evolve(
                table, rows=tuple((line, tuple(map(unguarded, row))) for line, row in table.rows)
            )  # fmt: skip
    found = {name: table for name, table in tables.items() if table is not None}
    if not faults and "events" not in found:
        faults.append(Problem(Where(str(path)), "holds no table of events"))
    return found, tuple(faults)


def _with_notes(table: Table, fields: Fields) -> tuple[Table, list[Unread]]:
    """A table whose columns that are no key are part of its column note; and those columns."""
    rows, _, _ = table_rows(table, fields, {}, ())
    if not rows:
        return table, []
    layout = rows[0].layout
    others = [(n, name) for n, name in layout.unread if folded(name) != CASE]
    used = [(n, name) for n, name in others if any(row.texts[n] for row in rows)]
    if not used:
        return table, []
    place = layout.fields.get(NOTE) if NOTE in fields.known else None
    size = len(table.headings)
    headings = [*table.headings, *([NOTE] if place is None and NOTE in fields.known else [])]
    counts = dict.fromkeys((name for _, name in used), 0)
    examples: dict[str, str] = {}
    read: list[tuple[int, tuple[str, ...]]] = []
    for line, row in table.rows:
        cells = [*row, *[""] * (len(headings) - len(row))]
        parts = [cells[place]] if place is not None and cells[place].strip() else []
        for n, name in used:
            if text := cell_text(cells[n] if n < len(row) else ""):
                parts.append(f"{name}: {text}")
                counts[name] += 1
                examples.setdefault(name, text)
            cells[n] = ""
        if NOTE in fields.known:
            cells[size if place is None else place] = "; ".join(parts)
        read.append((line, tuple(cells)))
    became = "the note of its event" if NOTE in fields.known else "nothing: a lesion has no note"
    found = [
        Unread(where=Path(table.file).name, what=name, count=counts[name],
               example=examples.get(name, ""), became=became)
        for _, name in used
    ]  # fmt: skip
    return attrs.evolve(table, headings=tuple(headings), rows=tuple(read)), found
