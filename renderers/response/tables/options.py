"""The options of a spider or a waterfall of a table, besides those of the figure."""

from __future__ import annotations

import re

from renderers.options import Option
from renderers.response.options import ROWS
from renderers.tables.kept_rows import column_and_value
from renderers.tables.reading_options import READING
from timeline.core.problem import near
from timeline.response.criteria import BY_TITLE

SIZES, CHANGES = ("mm", "cm"), ("percent", "shares")
BASELINES = ("flag", "day", "first")
OF_CASES = ("line", "confirmed")  # options of a figure that a table cannot follow


def _word_of(known: tuple[str, ...]):  # type: ignore[no-untyped-def]
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(f"unknown value: {text!r} ({near(text, known)})")
        return text

    return read


def _too_small(text: str) -> str:
    if text != "NE" and not re.fullmatch(r"[0-9]{1,2}(\.[0-9])?", text):
        raise ValueError(f"neither millimetres nor NE: {text!r} (write 5)")
    return text


def _criterion(text: str) -> str:
    if text not in BY_TITLE:
        raise ValueError(f"unknown criterion: {text!r} ({near(text, BY_TITLE)})")
    return text


SOURCE = {
    row.name: row
    for row in (
        Option("numbers-in", "the unit of a table's times: days, weeks, months, years", "unit_of"),
        Option("sizes-in", "the unit of a table's sizes: mm or cm", "sizes_in", _word_of(SIZES)),
        Option("changes-in", "of a table: percent, or shares (-0.3 for -30 %)", "changes_in",
               _word_of(CHANGES)),
        Option("too-small", "millimetres of a lesion of a table that is too small to measure (5, "
               "as RECIST 1.1), or NE", "too_small", _too_small),
        Option("baseline", "of a table: its flag, the last scan up to day 0, or the first scan",
               "baseline", _word_of(BASELINES)),
        Option("only", "rows of a table with a value in a column: TREVAL: INVESTIGATOR", "only",
               column_and_value, many=True, between=": "),
        Option("time-zero", "what a table's times count from, in words", "time_zero"),
        Option("criterion", "of a table: the criterion whose thresholds are drawn", "criterion",
               _criterion),
    )
} | READING  # fmt: skip


def figure_options(kind: str) -> dict[str, Option]:
    """The options of a figure that one of a table has as well."""
    return {row.name: row for row in ROWS[kind] if row.name not in OF_CASES}


def table_options(kind: str) -> dict[str, Option]:
    """Every option of a figure of a table."""
    return {**figure_options(kind), **SOURCE}
