"""An uploaded spreadsheet made into a case file, with the choices that a paste offers.

What `import_case` takes is taken as it is. Else the rows are read as a paste reads them, which
names every fault by its row, and offers what may become of a column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from renderers.tables.csv_table import Table, read_table
from renderers.tables.workbook import SUFFIXES, read_workbook
from timeline.app.work.made import Made
from timeline.core.problem import Problem
from timeline.core.text.counts import plural
from timeline.core.text.spelling import folded
from timeline.editing.advice import of_a_page, shortened
from timeline.editing.event_rows import KIND
from timeline.editing.grid import EVENTS
from timeline.editing.paste.clipboard import pasted
from timeline.editing.paste.reading import has_headings
from timeline.editing.shown.grouped_problems import grouped
from timeline.exchange.import_case import LESIONS, import_case


def made_of_table(name: str, stem: str, path: Path, choices: Mapping[str, str], order: str) -> Made:
    """A case file of a table with one row an event.

    Args:
        name: of the uploaded file, for messages.
        stem: the name of the case.
        path: a copy of the file.
        choices: what becomes of columns, as of ``pasted``.
        order: ``dmy`` or ``mdy``, of dates with the year last; empty: they are refused.

    Returns:
        The text; or every fault, with what may be chosen.
    """
    file = f"{stem}.yaml"
    if not choices and not order:
        found, problems = import_case(path, name=stem)
        if found is not None:
            return Made(
                name=file, text=found.text, told=(f"{plural(len(found.case.events), 'event')}.",)
            )
    else:
        problems = ()
    tables, unread = _tables(path)
    events = tables.get(EVENTS) or (next(iter(tables.values())) if len(tables) == 1 else None)
    cells = _as_pasted(events) if events is not None else ""
    if LESIONS in tables or unread or not has_headings(EVENTS, cells, KIND):
        return Made(name=file, told=tuple(map(_in_words, unread or problems)))
    try:
        edited = pasted(
            f"case: {stem}\n{EVENTS}:\n", EVENTS, 0, KIND, cells,
            order=order, choices=choices,
        )  # fmt: skip
    except ValueError as fault:
        return Made(name=file, told=(str(fault),))
    if edited.problems:
        return Made(name=file, told=grouped(edited.problems, name), offers=edited.offers)
    head = "".join(f"# {each}\n" for each in _made_from(name, edited.notes))
    return Made(name=file, text=head + edited.text, told=tuple(edited.notes))


def _tables(path: Path) -> tuple[dict[str, Table], tuple[Problem, ...]]:
    """The sheets of a file by their names, and why one cannot be read."""
    if path.suffix.lower() in SUFFIXES:
        found, problems = read_workbook(path)
        return {folded(name): table for name, table in found.items()}, problems
    table, problems = read_table(path)
    return ({} if table is None else {EVENTS: table}), problems


def _as_pasted(table: Table) -> str:
    """The cells of a table as a spreadsheet copies them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(cells for _, cells in table.rows)
    return out.getvalue()


def _in_words(problem: Problem) -> str:
    """A fault of a file, without the place of the copy that the server reads."""
    where = problem.where
    cell = ", ".join(
        f"{word} {number}" for word, number in (("line", where.line), ("column", where.column))
        if number
    )  # fmt: skip
    sheet = where.file.rpartition(" (")[2].rstrip(")") if where.file.endswith(")") else ""
    place = ", ".join(filter(None, [sheet and f"sheet {sheet!r}", cell]))
    told = shortened(of_a_page(problem.what))
    return f"{place[:1].upper()}{place[1:]}: {told}" if place else told


def _made_from(name: str, notes: tuple[str, ...]) -> Iterator[str]:
    """The comments at the top of the file: what it was made of, and what became of its columns."""
    yield " ".join(f"Made from {name}.".split())
    yield from (" ".join(f"{each}.".split()) for each in notes)
