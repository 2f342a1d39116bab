"""Survival curves of a table as Python asks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.survival.figure import survival_of
from renderers.survival.groups import in_order
from renderers.survival.option_table import TABLE
from renderers.survival.options import INCIDENCES, SurvivalOptions, refuse_many
from renderers.survival.tables.from_table import READ_OPTIONS, Times, reading_of, times_of
from renderers.table_request import TableReading, TableRequest
from renderers.tables.sources import Source, source_name

TABLE_OPTIONS = {**TABLE, **READ_OPTIONS}


def survival_table(request: TableRequest) -> TableReading:
    """Read and check a table of times.

    Raises:
        ValueError: an option is wrong.
    """
    return read_times(request.table, request.column_map, request.fields(TABLE),
                      request.fields(READ_OPTIONS))  # fmt: skip


def read_times(
    table: Source,
    column_map: Mapping[str, str] | Sequence[tuple[str, str]],
    chosen: Mapping[str, Any],
    read: Mapping[str, Any],
) -> TableReading:
    """Read and check a table of times.

    Args:
        table: the path of a file, or a data frame.
        column_map: the table's own names of columns.
        chosen: fields that the options of the figure set.
        read: fields that the options of reading set.

    Raises:
        ValueError: a value is wrong.
    """
    name = source_name(table)
    times, problems = times_of(table, column_map, chosen.get("unit", ""), reading_of(read))

    if times is not None:
        _refuse_early(times, SurvivalOptions(**chosen))

    def lay_out(page: Page) -> Scene:
        if times is None:
            raise ValueError(f"{name}: no row can be drawn")
        return survival_of(
            times.times, times.events, times.groups, page,
            competing=times.competing, called=times.called, endpoint=times.endpoint,
            **{**chosen, "unit": times.unit},
        )  # fmt: skip

    return TableReading(
        name=PurePath(name).name,
        lay_out=lay_out if times is not None else None,
        errors=problems,
        notes=times.notes if times is not None else (),
    )


def _refuse_early(times: Times, options: SurvivalOptions) -> None:
    """Refuse what no page can show, before a figure is laid out.

    Raises:
        ValueError: the curves are too many, or an option would have no effect.
    """
    competing = any(times.competing)
    options.refuse_unused(competing=competing)
    twice = 2 if competing and options.incidence == INCIDENCES[0] else 1
    refuse_many(in_order(times.groups) * twice)
