"""A case from tables: one row an event, and a lesion sheet with one row a lesion and date."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs
import yaml

from renderers.tables.columns import NOTHING, Fields, Problems, column_of, mapped
from renderers.tables.csv_table import Table, TableRow, cell_text, read_table, records
from renderers.tables.workbook import SUFFIXES, read_workbook
from timeline.core.problem import Problem, Where, in_order, near
from timeline.core.text.spelling import folded
from timeline.exchange.case_tables import unguarded
from timeline.exchange.cell_nodes import CellProblems
from timeline.exchange.event_cells import EVENT_FIELDS, LESION_FIELDS, CaseNodes
from timeline.exchange.spreadsheets.case_headings import (
    heading_advice,
    near_headings,
    other_headings,
    plain_heading,
)
from timeline.exchange.yaml_writer import entry_text, flow_text, plain_node
from timeline.files.loader import load, read_case
from timeline.record.case import Case
from timeline.views.case_report import case_problems

MARK = "# Made by timeline import"  # how a file begins that import may write again
LESIONS = "lesions"  # the name of a sheet
_EVENTS = "events"
_UNIT = re.compile(
    r"(.+?)\s*[\[(]\s*([^\])]+?)\s*[\])]|(.+)_(mm|cm|gy|days|weeks|months)", re.IGNORECASE
)
_LONGEST_HEADING = 200  # characters; a longer one states no unit
_UNITS = {"gy": "Gy"}


@attrs.frozen(kw_only=True)
class ImportedCase:
    """A case made from tables.

    Attributes:
        text: the case file.
        case: what it holds.
        notes: the columns that were not read, where that is allowed.
    """

    text: str
    case: Case
    notes: Problems = ()


@attrs.frozen(kw_only=True)
class TableOptions:
    """How tables are read.

    Attributes:
        column_map: the table's own name of a column, as ``("what", "description")``.
        left_out: columns that are not read.
        order: ``dmy`` or ``mdy``, of days written with the year last; empty: they are refused.
        notes_unread: whether columns that are no field are noted; else they are faults.
    """

    column_map: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    order: str = ""
    notes_unread: bool = False


def import_case(
    events: Path,
    lesions: Path | None = None,
    *,
    name: str,
    options: TableOptions = TableOptions(),
) -> tuple[ImportedCase | None, Problems]:
    """The case of one patient from tables.

    Args:
        events: a CSV file or a workbook with one row an event. Of a workbook the sheet ``events``
            is read, or its only sheet; and its sheet ``lesions`` if there is one.
        lesions: a CSV file or a workbook with one row a lesion and date.
        name: the name of the case.
        options: how the tables are read.

    Returns:
        The case and its file, or None; and every fault with file, row and number of the field.

    Raises:
        ValueError: ``column_map`` names a column that does not exist, or one twice.
        ImportError: a workbook is read and openpyxl is not installed.
    """
    found, problems = _sheets(events, lesions)
    if problems:
        return None, problems
    log = CellProblems(str(events))
    nodes = CaseNodes(problems=log, order=options.order)
    unread = _add_tables(found, nodes, options)
    if not nodes.events and not log.problems:
        log.problems.append(Problem(Where(str(events)), "holds no event (write one a row)"))
    root = nodes.root(name, Where(found[_EVENTS][0].file))
    mine = {each.where for each in log.problems}  # a cell is named once, in the words of a table
    of_tables = tuple(log.problems)
    log.problems.clear()
    case = read_case(root, log).case if nodes.events else None
    faults = (*of_tables, *(each for each in log.problems if each.where not in mine))
    faults += case_problems(case) if case is not None and not faults else ()
    if case is None or faults:
        return None, in_order(faults)
    text = case_text(root, (events, *([lesions] if lesions else [])))
    _compare(case, text)
    return ImportedCase(text=text, case=case, notes=unread), ()


def _add_tables(
    found: Mapping[str, Sequence[Table]], nodes: CaseNodes, options: TableOptions
) -> Problems:
    """Add the rows of every table to the nodes of the case, and note each fault.

    Returns the columns that are not read, where these are no faults.
    """
    problems = nodes.problems.problems
    kinds = ((_EVENTS, EVENT_FIELDS, nodes.add_events), (LESIONS, LESION_FIELDS, nodes.add_lesions))
    named = mapped(options.column_map, (EVENT_FIELDS, LESION_FIELDS))
    notes: list[Problem] = []
    present = [table for key, _, _ in kinds for table in found.get(key, ())]
    problems.extend(_not_there(present, (*named.values(), *options.left_out)))
    for key, fields, add in kinds:
        for table in found.get(key, ()):
            rows, units, faults = table_rows(table, fields, named, options.left_out)
            unknown = unread_columns(table, rows, fields)
            problems.extend((*faults, *(() if options.notes_unread else unknown)))
            notes += unknown if options.notes_unread else []
            add(rows, units)
    return tuple(notes)


def _sheets(events: Path, lesions: Path | None) -> tuple[dict[str, list[Table]], Problems]:
    """The tables of events and of lesions."""
    own, problems = _tables(events)
    found: dict[str, list[Table]] = {}
    by_name = {folded(name): table for name, table in own.items()}
    if _EVENTS in by_name or len(own) == 1:
        found[_EVENTS] = [by_name[_EVENTS] if _EVENTS in by_name else next(iter(own.values()))]
    elif not problems:
        names = ", ".join(map(repr, own))
        what = f"no sheet 'events' among {names} (name the sheet of the events so)"
        problems = (Problem(Where(str(events)), what),)
    if lesions is None and LESIONS in by_name and len(own) > 1:
        found[LESIONS] = [by_name[LESIONS]]
    if lesions is not None:
        others, more = _tables(lesions)
        problems += more
        sheets = {folded(name): table for name, table in others.items()}
        table = sheets.get(LESIONS) or (next(iter(others.values())) if len(others) == 1 else None)
        if table is not None:
            found[LESIONS] = [table]
        elif not more:
            what = "no sheet 'lesions' (name the sheet of the lesions so)"
            problems += (Problem(Where(str(lesions)), what),)
    return found, problems


def _tables(path: Path) -> tuple[dict[str, Table], Problems]:
    if path.suffix.lower() in SUFFIXES:
        return read_workbook(path)
    table, problems = read_table(path)
    if table is None:
        return {}, problems
    rows = tuple((line, tuple(map(unguarded, cells))) for line, cells in table.rows)
    return {"": attrs.evolve(table, rows=rows)}, problems


def _not_there(tables: Sequence[Table], names: Iterable[str]) -> list[Problem]:
    """A fault for each column that is named and that no table has."""
    known = [name for each in tables for name in each.headings if name]
    return [
        Problem(tables[0].where, f"no column {name!r} ({near(name, known)})")
        for name in names
        if tables and not any(column_of(name, each.headings) is not None for each in tables)
    ]


def table_rows(
    table: Table, fields: Fields, named: dict[str, str], left_out: Sequence[str]
) -> tuple[tuple[TableRow, ...], dict[str, str], Problems]:
    """The rows of a table by its fields, the units that its headings state, and its faults."""
    mine = {field: name for field, name in named.items() if field in fields.known}
    columns = {n: field for field, name in mine.items()
               if (n := column_of(name, table.headings)) is not None}  # fmt: skip
    hidden = {column_of(name, table.headings) for name in left_out}
    direct = {heading_field(heading, fields)[0] for heading in table.headings} | {*columns.values()}
    headings: list[str] = []
    units: dict[str, str] = {}
    for n, heading in enumerate(table.headings):
        field, unit = (columns[n], "") if n in columns else heading_field(heading, fields)
        if n in hidden:
            field, unit = "", ""
        elif n not in columns and field in columns.values():
            field, unit = heading, ""
        elif field not in fields.known:
            other, its_unit = heading_field(heading, fields, other_headings())
            if other not in direct:
                field, unit = other, its_unit
        headings.append(field)
        units.update({field: unit} if unit else {})
    rows, problems = records(attrs.evolve(table, headings=tuple(headings)), fields, {}, cell_text)
    return rows, units, problems


def heading_field(
    heading: str, fields: Fields, also: Mapping[str, str] = NOTHING
) -> tuple[str, str]:
    """The field of a heading, and the unit that it states: ``size (mm)``, ``size_mm``.

    ``also``: other words for fields.
    """
    for name, unit in ((heading, ""), name_and_unit(heading)):
        plain = plain_heading(name)
        field = also.get(plain, plain)
        if field in fields.known:
            return field, unit
    return heading, ""


def name_and_unit(heading: str) -> tuple[str, str]:
    """The two parts of a heading with a unit; the heading alone where it states none.

    >>> name_and_unit("CEA (ng/mL)"), name_and_unit("dose_gy"), name_and_unit("CEA")
    (('CEA', 'ng/mL'), ('dose', 'Gy'), ('CEA', ''))
    """
    found = _UNIT.fullmatch(heading.strip()) if len(heading) <= _LONGEST_HEADING else None
    if found is None:
        return heading, ""
    name, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    return name, _UNITS.get(unit.lower(), unit)


def unread_columns(table: Table, rows: Sequence[TableRow], fields: Fields) -> list[Problem]:
    """A fault for each column that has a value and is no field: nothing is lost in silence."""
    if not rows:
        return []
    found = []
    for n, heading in rows[0].layout.unread:
        if any(row.texts[n] for row in rows):
            advice = heading_advice(heading) or _near_heading(heading, fields)
            advice += f"; or add --leave-out {heading!r}"
            where = Where(table.file, table.line, n + 1)
            found.append(Problem(where, f"unknown column {heading!r} ({advice})"))
    return found


def _near_heading(heading: str, fields: Fields) -> str:
    """The headings that an unknown one is most like, each with the column that it is read as."""
    also = other_headings() if set(fields.known) == set(EVENT_FIELDS.known) else NOTHING
    close = near_headings(name_and_unit(heading)[0], fields.known, also)
    if not any(spelling != field for spelling, field in close):
        return near(heading, fields.known)
    words = " or ".join(
        field if spelling == field else f"{spelling} (read as {field})" for spelling, field in close
    )
    return f"did you mean {words}? {near('', fields.known)}"


def case_text(root: yaml.MappingNode, files: Sequence[Path] = ()) -> str:
    """The text of a case file from its nodes; a comment names the tables it was made from."""
    names = " and ".join(path.name for path in files)
    head = f"{MARK} from {names}. Correct the tables, and import them again.\n" if files else ""
    found = [" ".join(head.split()) + "\n" if head else ""]
    for key, value in plain_node(root).items():
        if key == _EVENTS:
            found += [f"{key}:\n", *map(entry_text, value)]
        elif key == LESIONS:
            found += [f"{key}:\n", *(f"  {flow_text(name)}: {flow_text(each)}\n"
                                     for name, each in value.items())]  # fmt: skip
        else:
            found.append(f"{key}: {flow_text(value)}\n")
    return "".join(found)


def is_imported(path: Path) -> bool:
    """Whether a file is a case that import made, by its first line."""
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return file.readline(len(MARK) + 1).startswith(MARK)
    except OSError:
        return False


def _compare(case: Case, text: str) -> None:
    """Raise ValueError where the file does not hold the case."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(text, encoding="utf-8")
        again, problems = load(path)
    if again != case:
        what = problems[0].what if problems else "another case would be read"
        raise ValueError(f"the case cannot be written: {what} (please report this table)")
