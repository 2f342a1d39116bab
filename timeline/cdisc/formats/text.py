"""Datasets as CSV: headings are the names of variables, dates are ISO 8601, missing is empty.

A text that a spreadsheet would take for a formula is led by an apostrophe, which is taken away
when it is read.
"""

from __future__ import annotations

import datetime
from pathlib import Path

import attrs

from timeline.cdisc.dataset import Dataset, Problems, Value
from timeline.cdisc.formats.columns import dataset_name, heading_faults, value_of_text
from timeline.cdisc.metadata import DATASETS, Variable, variable_of
from timeline.core.problem import Problem, Where


def read(path: Path, name: str = "") -> tuple[Dataset | None, Problems]:
    """The dataset of a CSV file, or every fault of it."""
    from renderers.tables.csv_table import read_table
    from timeline.exchange.case_tables import unguarded

    table, problems = read_table(path)
    if table is None:
        return None, problems
    faults = [*problems, *table.problems]
    file, headings = table.file, table.headings
    while headings and not headings[-1]:  # commas after the last heading, as spreadsheets write
        headings = headings[:-1]
    faults += heading_faults(headings, lambda number: Where(file, table.line, number + 1))
    for line, cells in table.rows:
        if len(cells) < len(headings) or any(cells[len(headings) :]):
            what = f"{len(cells)} fields under {len(headings)} columns"
            faults.append(Problem(Where(file, line, 1), f"{what} (quote a text that has commas)"))
    if faults:
        return None, tuple(faults)
    rows = [[unguarded(cell) for cell in cells[: len(headings)]] for _, cells in table.rows]
    at = headings.index("DOMAIN") if "DOMAIN" in headings else None
    domains = [row[at] for row in rows] if at is not None else []
    own = dataset_name(name, "", domains, path.stem)
    variables = tuple(
        variable_of(own, each) or Variable(dataset=own, name=each) for each in headings
    )
    columns: list[list[Value]] = [[] for _ in headings]
    for (line, _), row in zip(table.rows, rows, strict=True):
        for number, (variable, text) in enumerate(zip(variables, row, strict=True)):
            try:
                columns[number].append(value_of_text(variable, text))
            except ValueError as fault:
                columns[number].append(None)
                faults.append(Problem(Where(file, line, number + 1), str(fault)))
    if faults:
        return None, tuple(faults)
    known = DATASETS.get(own)
    values = {each.name: tuple(column) for each, column in zip(variables, columns, strict=True)}
    made = Dataset(
        name=own, label=known.label if known else "", variables=variables, values=values, file=file
    )
    return attrs.evolve(made, lines=tuple(line for line, _ in table.rows)), ()


def content(dataset: Dataset) -> bytes:
    """The CSV file of a dataset."""
    from timeline.exchange.case_tables import as_csv

    columns = [map(cell_of, dataset.values[name]) for name in dataset.names]
    return as_csv([dataset.names, *zip(*columns, strict=True)]).encode()


def cell_of(value: Value) -> str:
    """The text of a value.

    >>> import datetime
    >>> cell_of(datetime.date(2021, 3, 15)), cell_of(34.65), cell_of(None)
    ('2021-03-15', '34.65', '')
    """
    if value is None or isinstance(value, str):
        return value or ""
    return value.isoformat() if isinstance(value, datetime.date) else repr(value)
