"""The lanes of a table for Python: a path or a data frame, checked, and laid out for a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from renderers.options import options_from_values
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import Scene
from renderers.swimmer.lane import LaneSet
from renderers.swimmer.option_table import OPTION_TABLE, SOURCE, SWIMMER_OPTIONS, source_of
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import CheckedTables, checked_tables
from renderers.tables.columns import Problems
from renderers.tables.sources import Source
from timeline.core.problem import near


@attrs.frozen(kw_only=True)
class TableLanes:
    """The lanes of some tables, with everything that is wrong with them.

    Attributes:
        errors: faults for which nothing is drawn, unless ``skip_invalid`` is set.
        warnings: faults of rows that are drawn as they are.
        notes: how columns were read, and those that are not read.
        left_out: the number of rows that are not drawn.
        lane_set: the lanes as data; None where nothing is drawn.
    """

    errors: Problems
    warnings: Problems
    notes: Problems
    left_out: int
    lane_set: LaneSet | None
    checked: CheckedTables

    def lay_out(self, page: Page = DEFAULT_PAGE) -> Scene:
        """The swimmer plot of the lanes, laid out for a page and in its language.

        Args:
            page: the page.

        Returns:
            The figure as data.

        Raises:
            ValueError: there are errors; or the page is too narrow.
        """
        scene = self.checked.scene(page)
        if scene is None:
            raise ValueError("\n".join(map(str, self.errors)) or "no row can be drawn")
        return scene


def read_lanes(
    source: Source,
    events: Source | Sequence[Source] | None = None,
    mapping: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    *,
    skip_invalid: bool = False,
) -> TableLanes:
    """Read the lanes of a swimmer plot from tables.

    Args:
        source: the table of lanes: the path of a CSV or text file, a workbook (XLSX) or a Parquet
            file; or a data frame of pandas, polars, pyarrow or another library that narwhals
            reads.
        events: one table of events, or several, each a path or a data frame.
        mapping: the tables' own names of fields: ``{"id": "record_id", "end": "TRTEDT"}``.
        options: options by keyword, those of the figure (``unit="months"``, ``sort="name"``) and
            those of tables (``numbers_in``, ``time_zero``, ``markers``, ``together``, ``dates``,
            ``encoding``, ``sheet`` ..), as ``OPTION_TABLE`` has them.
        skip_invalid: whether the valid rows are drawn if others are invalid.

    Returns:
        The lanes with every fault. A place in a data frame is ``lanes:3:2`` or ``events:3:2``:
        its headings are line 1, its first row is line 2.

    Raises:
        ValueError: an option is unknown or has a wrong value, ``mapping`` names no field, or an
            option does not fit the tables.
        TypeError: a source is neither a path nor a data frame.
    """
    values = {name: value for name, value in (options or {}).items() if value is not None}
    known = {name for row in OPTION_TABLE.values() for name in row.keywords}
    for name in values:
        if name not in known:
            raise ValueError(f"unknown option: {name!r} ({near(name, known)})")
    own = {name for row in SOURCE.values() for name in row.keywords}
    figure = {name: value for name, value in values.items() if name not in own}
    table = {name: value for name, value in values.items() if name in own}
    chosen = SwimmerOptions(**options_from_values(SWIMMER_OPTIONS, figure))
    others = () if events is None else events if isinstance(events, list | tuple) else (events,)
    checked = checked_tables(
        source_of(
            source,
            tuple(others),
            tuple((mapping or {}).items()),
            options_from_values(SOURCE, table),
            unit=str(values.get("unit", "")),
        ),
        chosen,
        skip_invalid=skip_invalid,
    )
    return TableLanes(
        errors=checked.errors,
        warnings=checked.warnings,
        notes=checked.notes,
        left_out=checked.left_out,
        lane_set=checked.lane_set(),
        checked=checked,
    )
