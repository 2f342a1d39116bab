"""What a figure of a plain table is asked for, and what reading the table gave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from renderers.options import Option, options_from_values
from renderers.scene.journals import Page
from renderers.scene.scene import Scene
from renderers.tables.columns import Problems
from renderers.tables.sources import Source


@attrs.frozen(kw_only=True)
class TableRequest:
    """A figure of a table, as Python asks for it.

    Attributes:
        table: the path of a file, or a data frame.
        events: tables of events.
        column_map: fields with the table's own names of them.
        values: the options by keyword, such as ``{"unit": "weeks"}``.
        skip_invalid: whether the valid rows are drawn if others are invalid.
    """

    table: Source
    events: tuple[Source, ...] = ()
    column_map: tuple[tuple[str, str], ...] = ()
    values: Mapping[str, Any] = attrs.Factory(dict)
    skip_invalid: bool = False

    def fields(self, rows: Mapping[str, Option]) -> dict[str, Any]:
        """The fields that the options of some rows set; other options are left out.

        Raises:
            ValueError: a value is wrong.
        """
        names = {name for row in rows.values() for name in row.keywords}
        own = {name: value for name, value in self.values.items() if name in names}
        return options_from_values(rows, own)


@attrs.frozen(kw_only=True)
class TableReading:
    """What reading a table gave.

    Attributes:
        name: what the figure names the table.
        lay_out: makes the figure for a page; None where nothing can be drawn.
        errors: every fault that keeps the table, or a row of it, from being drawn.
        warnings: what is drawn and looks wrong.
        notes: columns that are not read, and how words were read.
    """

    name: str
    lay_out: Callable[[Page], Scene] | None
    errors: Problems = ()
    warnings: Problems = ()
    notes: Problems = ()
