"""A swimmer plot of tables as Python asks for it."""

from __future__ import annotations

from renderers.swimmer.tables.read_lanes import read_lanes
from renderers.table_request import TableReading, TableRequest


def swimmer_tables(request: TableRequest) -> TableReading:
    """Read and check the tables of a swimmer plot.

    Raises:
        ValueError: an option is wrong, or does not fit the tables.
    """
    found = read_lanes(
        request.table,
        request.events,
        dict(request.column_map),
        request.values,
        skip_invalid=request.skip_invalid,
    )
    return TableReading(
        name=found.checked.source.name,
        lay_out=found.lay_out if found.checked.valid is not None else None,
        errors=found.errors,
        warnings=found.warnings,
        notes=found.notes,
    )
