"""The shapes of tables of changes, a row for each: what tells it, and what its values are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

import attrs

from renderers.tables.columns import Fields, Problems, column_of, needed_fields_found
from renderers.tables.csv_table import Records, Table, records
from renderers.tables.headings import standard_headings
from renderers.tables.time_texts import NUMBER
from timeline.core.problem import Problem
from timeline.core.text.spelling import folded

OPTIONAL = ("best", "arm", "response", "new", "unit", "baseline", "ongoing", "death", "start",
            "visit", "kind", "non-target")  # fmt: skip
_HEADINGS = standard_headings("changes")
_UNIT = re.compile(
    r"(.+?)\s*[\[(]\s*(mm|cm|%|percent|pct|days?|weeks?|months?|years?)\s*[\])]"
    r"|(.+?)[_ ](mm|cm|pct|percent|days|weeks|months|years)",
    re.IGNORECASE,
)
_LONGEST_HEADING = 200  # characters; a longer one states no unit
_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Kind(Enum):
    """What the values of a table are."""

    SIZE = "diameters of lesions"
    SUM = "sums of diameters"
    CHANGE = "changes from baseline"
    BEST = "best changes, a row a patient"


@attrs.frozen(kw_only=True)
class ChangeShape:
    """A row: the fields that tell a shape, and further ones.

    Attributes:
        kind: what its values are; None where a parameter of each row says so.
        needed: the fields that it must have.
        value: the field of its values.
        also: further headings of fields that are certain in this shape alone.
        words: how messages describe it.
    """

    kind: Kind | None
    needed: tuple[str, ...]
    value: str
    words: str
    also: Mapping[str, tuple[str, ...]] = _NONE

    @property
    def fields(self) -> Fields:
        """The fields of its columns."""
        others = tuple(each for each in (*OPTIONAL, *_EXTRA.get(self.value, ()))
                       if each not in self.needed)  # fmt: skip
        standard = {
            name: (*_HEADINGS.get(name, ()), *self.also.get(name, ()))
            for name in (*self.needed, *others)
        }
        return Fields(needed=self.needed, optional=others, standard=standard)


_EXTRA = {"sum": ("change",), "value": ("lesion", "change", "location")}
SHAPES = (
    ChangeShape(
        kind=None, needed=("id", "time", "parameter", "value"), value="value",
        words="a parameter (PARAMCD, TRTESTCD) with its value (AVAL, TRSTRESN)",
    ),
    ChangeShape(
        kind=Kind.SIZE, needed=("id", "time", "lesion", "size"), value="size",
        words="lesion and size", also={"size": ("size",), "visit": ("examination",)},
    ),
    ChangeShape(kind=Kind.SUM, needed=("id", "time", "sum"), value="sum", words="sum"),
    ChangeShape(kind=Kind.CHANGE, needed=("id", "time", "change"), value="change", words="change"),
    ChangeShape(
        kind=Kind.BEST, needed=("id", "change"), value="change", words="change",
        also={"best": ("response", "RECIST", "RECIST response", "category")},
    ),
)  # fmt: skip


@attrs.frozen(kw_only=True)
class ShapedTable:
    """The rows of a table of a known shape.

    Attributes:
        shape: the row of ``SHAPES``.
        rows: its rows.
        units: the units that headings state, by field.
        problems: what is wrong with its headings, or with single rows.
        heading: where faults of the headings are placed.
    """

    shape: ChangeShape
    rows: Records
    units: Mapping[str, str]
    problems: Problems

    def heading(self, field: str) -> str:
        """The heading of a field; empty where the table has no such column."""
        number = self.rows[0].layout.fields.get(field) if self.rows else None
        return "" if number is None else self.rows[0].layout.headings[number]

    def has(self, field: str) -> bool:
        """Whether the table has a column of a field."""
        return bool(self.rows) and field in self.rows[0].layout.fields


def shape_of(table: Table, named: Mapping[str, str]) -> ChangeShape | None:
    """The first shape whose needed columns a table has."""
    return next((row for row in SHAPES if _tells(row, table, named)), None)


def _tells(row: ChangeShape, table: Table, named: Mapping[str, str]) -> bool:
    columns, _ = _with_units(table, row.fields, _mine(row, named))
    return needed_fields_found(table.headings, row.fields, columns) == len(row.needed)


def shaped(table: Table, shape: ChangeShape, named: Mapping[str, str]) -> ShapedTable:
    """The rows of a table of a shape.

    Args:
        table: the table, from its headings on.
        shape: its shape.
        named: its own names of fields.
    """
    columns, units = _with_units(table, shape.fields, _mine(shape, named))
    rows, problems = records(table, shape.fields, columns)
    return ShapedTable(shape=shape, rows=rows, units=units, problems=problems)


def unknown_shape(table: Table) -> Problem:
    """The one fault of a table that no shape fits, with a column of numbers that may be meant."""
    ways = "; ".join(f"{', '.join(row.needed[:-1])} and {row.needed[-1]}" for row in SHAPES[1:])
    found = ", ".join(repr(name) for name in table.headings if name)
    numbers = [name for place, name in enumerate(table.headings) if _is_number(table, place)]
    example = f"change={numbers[-1]}" if numbers else "sum=COLUMN"
    return Problem(
        table.where,
        f"no table of changes: the columns are {found} (needed are {ways}; a column of another "
        f"name is given with --map, such as --map {example})",
    )


def _is_number(table: Table, place: int) -> bool:
    """Whether a column holds numbers alone, one of them with a sign, as changes have."""
    cells = [row[place].strip() for _, row in table.rows if place < len(row) and row[place].strip()]
    numbers = [cell for cell in cells if NUMBER.fullmatch(cell.rstrip("% "))]
    return len(numbers) == len(cells) > 0 and any(cell[0] in "-−+" for cell in cells)


def _mine(shape: ChangeShape, named: Mapping[str, str]) -> dict[str, str]:
    return {field: name for field, name in named.items() if field in shape.fields.known}


def _with_units(
    table: Table, fields: Fields, named: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The names of columns with those whose heading states a unit, and the unit of each."""
    columns, units = dict(named), {}
    for field, name in named.items():
        base, unit = _parts(name)
        if base:
            units[field] = unit
    taken = {folded(name) for name in named.values()}
    for field in fields.known:
        if field in named:
            continue
        known = [folded(name) for name in (field, *fields.standard.get(field, ()))]
        if any(column_of(name, table.headings) is not None for name in known):
            continue
        parted = [(heading, *_parts(heading)) for heading in table.headings]
        fitting = [(known.index(folded(base)), heading, unit) for heading, base, unit in parted
                   if folded(base) in known and folded(heading) not in taken]  # fmt: skip
        if fitting:
            _, columns[field], units[field] = min(fitting)
            taken.add(folded(columns[field]))
    return columns, units


def _parts(heading: str) -> tuple[str, str]:
    """A heading without its unit, and the unit; both empty where it states none.

    >>> _parts("diam_mm"), _parts("Change (%)"), _parts("size")
    (('diam', 'mm'), ('Change', '%'), ('', ''))
    """
    found = _UNIT.fullmatch(heading.strip()) if len(heading) <= _LONGEST_HEADING else None
    if found is None:
        return "", ""
    return (found[1] or found[3], (found[2] or found[4]).lower())
