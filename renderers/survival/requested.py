"""Survival curves of a table as Python asks for them."""

from __future__ import annotations

from pathlib import PurePath

from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.survival.figure import survival_of
from renderers.survival.from_table import READ_OPTIONS, reading_of, times_of
from renderers.survival.option_table import TABLE
from renderers.table_request import TableReading, TableRequest
from renderers.tables.sources import source_name
from timeline.core.problem import Problem, Where

TABLE_OPTIONS = {**TABLE, **READ_OPTIONS}
_WHICH_UNIT = "times in which unit? (write --option unit=days, weeks, months or years)"


def survival_table(request: TableRequest) -> TableReading:
    """Read and check a table of times.

    Raises:
        ValueError: an option is wrong.
    """
    chosen = request.fields(TABLE)
    read = request.fields(READ_OPTIONS)
    name = source_name(request.table)
    if "unit" not in chosen:
        return TableReading(name=name, lay_out=None, errors=(Problem(Where(name), _WHICH_UNIT),))
    times, problems = times_of(request.table, request.column_map, chosen["unit"], reading_of(read))

    def lay_out(page: Page) -> Scene:
        if times is None:
            raise ValueError(f"{name}: no row can be drawn")
        return survival_of(
            times.times, times.events, times.groups, page,
            competing=times.competing, called=times.called, **chosen,
        )  # fmt: skip

    return TableReading(
        name=PurePath(name).name,
        lay_out=lay_out if times is not None else None,
        errors=problems,
        notes=times.notes if times is not None else (),
    )
