"""The timeline of one patient of a table with a row for each event, read as ``import`` does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from renderers.options import Option
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.table_request import TableReading, TableRequest
from renderers.timeline.figure import timeline_figure
from renderers.timeline.option_table import TIMELINE_OPTIONS, build
from timeline.core.problem import near
from timeline.endpoints.derived_case import derive
from timeline.exchange.import_case import TableOptions, import_case

ORDERS = ("dmy", "mdy")


def _order(text: str) -> str:
    if text not in ORDERS:
        raise ValueError(f"unknown order of dates: {text!r} ({near(text, ORDERS)})")
    return text


ORDER = {
    "dates": Option(
        "dates", "of a table: dmy or mdy where 01/02/2021 may be either", "dates", _order
    )
}
TABLE_OPTIONS: Mapping[str, Option] = {**TIMELINE_OPTIONS, **ORDER}


def timeline_table(request: TableRequest) -> TableReading:
    """Read and check the table of a timeline: a CSV file, or a workbook with its lesions.

    Raises:
        ValueError: an option is wrong, or the table is no file.
    """
    if not isinstance(request.table, str | Path):
        raise ValueError(
            "a timeline is drawn from a file of events (write the frame to a CSV file)"
        )
    fields, order = request.fields(TIMELINE_OPTIONS), request.fields(ORDER).get("dates", "")
    return read_events(Path(request.table), request.column_map, fields, order)


def read_events(
    path: Path, column_map: tuple[tuple[str, str], ...], fields: Mapping[str, Any], order: str
) -> TableReading:
    """The timeline of a table of events.

    Args:
        path: a CSV file or a workbook with one row an event.
        column_map: fields with the table's own names of them.
        fields: the fields that options of the timeline set.
        order: ``dmy`` or ``mdy``, of days written with the year last.

    Returns:
        What was read. Columns that are no field are noted, every other fault is an error.
    """
    reading = TableOptions(column_map=column_map, order=order, notes_unread=True)
    imported, problems = import_case(path, name=path.stem, options=reading)
    if imported is None:
        return TableReading(name=path.stem, lay_out=None, errors=problems)
    derived, problems = derive(imported.case)
    if derived is None:
        return TableReading(name=path.stem, lay_out=None, errors=problems)
    options, found = build(fields), derived

    def lay_out(page: Page) -> Scene:
        return timeline_figure([found], page, options)

    notes = tuple(
        attrs.evolve(each, what=f"{each.what.partition(' (')[0]} is not read")
        for each in imported.notes
    )
    return TableReading(name=path.stem, lay_out=lay_out, notes=notes)
