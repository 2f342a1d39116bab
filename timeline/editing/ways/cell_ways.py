"""What a text that a cell has refused may become: for one click of a person, never by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from renderers.tables.cell_dates import ISO
from renderers.tables.csv_table import cell_text
from renderers.tables.labels import yes_no
from timeline.core.calendar.date_forms import iso_forms
from timeline.editing.cell_values import kind_of
from timeline.editing.changes import with_cells
from timeline.editing.event_rows import DATE, END, KIND, event_grid
from timeline.editing.grid import EVENTS
from timeline.editing.ways.baseline_lines import days_of, line_after, lines_begun
from timeline.editing.ways.event_words import event_ways
from timeline.editing.ways.line_words import line_number
from timeline.editing.ways.row_ways import Way
from timeline.exchange.spreadsheets.laboratory_headings import laboratory_test

_BASELINE, _LINE = "baseline", "line"
_EXAMPLES = (ISO, "2019, 2019-02 or 2019-02-14")  # of dates, in messages: no readings of the text
_DAY = r"[0-9]{4}(?:-[0-9]{2}){0,2}~?"
_DATE = re.compile(rf"\[{_DAY}\.\.{_DAY}\]|\[(?:{_DAY}\.\.|\.\.{_DAY})\]|{_DAY}")
_NUMBER = re.compile(r"[<>]?[0-9]+(?:\.[0-9]+)?")
_NAME_AND_NUMBER = re.compile(r"([^:;]{1,60}?)[ :]+([<>]?[0-9]+(?:\.[0-9]+)?)( [^:;]{1,30})?")
_UNITS = ("mm", "cm", "Gy", "weeks", "months", "HU")  # that are tried on a number alone
_ORDER = (" (the day first)", " (the month first)")


def cell_ways(text: str, table: str, row: int, key: str, value: str) -> tuple[Way, ...]:
    r"""What a text that a cell does not take may become.

    Args:
        text: the text of the file.
        table: ``events`` or ``claims``.
        row: the number of the row, from 0.
        key: the key of the column.
        value: what was typed.

    Returns:
        Every reading of a date, every event that a word may be, a number with each unit that the
        cell takes, a name and a number with the colon between them. Each of them is taken by the
        row as it is; none where nothing of it applies, and none of a grid of claims.

    >>> case = "case: a\nevents:\n  - {scan: 2021-03}\n"
    >>> [way.words for way in cell_ways(case, "events", 0, "date", "03.04.2021")]
    ['2021-04-03 (the day first)', '2021-03-04 (the month first)']
    >>> [way.words for way in cell_ways(case, "events", 0, "sum", "98")]
    ['98 mm', '98 cm']
    """
    rows = event_grid(text).rows if table == EVENTS else ()
    plain = cell_text(value)
    if not plain or not 0 <= row < len(rows):
        return ()
    cells = {each: there for each, there in rows[row].cells.items() if each != key}
    found = {tuple(way.cells.items()): way for way in _ways(text, row, key, plain, cells)}
    return tuple(
        way for way in found.values() if not with_cells(text, table, row, way.cells).problems
    )


def _ways(text: str, row: int, key: str, value: str, cells: Mapping[str, str]) -> Iterator[Way]:
    if key == KIND:
        yield from event_ways(value, cells) if not kind_of(value) else ()
    elif key in (DATE, END) or len(iso_forms(value)) > 0:
        yield from _dates(text, row, key, value)
    elif key == _BASELINE and yes_no(value):
        yield from _baselines(text, cells.get(DATE, ""))
    elif key == _LINE and (number := line_number(value)):
        yield Way(words=number, cells={key: number})
    elif _NUMBER.fullmatch(value):
        for unit in _UNITS:
            yield Way(words=f"{value} {unit}", cells={key: f"{value} {unit}"})
    elif named := _NAME_AND_NUMBER.fullmatch(value):
        test = laboratory_test(named[1])
        units = test.units if test and not named[3] else ()
        for unit in (*(f" {each}" for each in units), named[3] or ""):
            whole = f"{test.name if test else named[1]}: {named[2]}{unit}"
            yield Way(words=whole, cells={key: whole})


def _baselines(text: str, date: str) -> Iterator[Way]:
    """The line that surely begins next after a scan; where none is sure, each line."""
    lines = lines_begun(row.cells for row in event_grid(text).rows)
    if line := line_after(days_of(date), lines):
        yield Way(words=f"{line}, the line that begins after the scan", cells={_BASELINE: line})
        return
    for line in lines:
        yield Way(words=f"{line}: it is the baseline of line {line}", cells={_BASELINE: line})


def _dates(text: str, row: int, key: str, value: str) -> Iterator[Way]:
    """Every reading of a date: those that its form has, else those that the message states."""
    readings = iso_forms(value)
    if len(readings) > 1:
        for reading, order in zip(readings, _ORDER, strict=True):
            yield Way(words=f"{reading}{order}", cells={key: reading})
        return
    problems = with_cells(text, EVENTS, row, {key: value}).problems
    advice = problems[0].what.partition("(write ")[2] if problems else ""
    if not any(each in advice for each in _EXAMPLES):
        readings = (*readings, *(found[0] for found in _DATE.finditer(advice)))
    for reading in dict.fromkeys(readings):
        yield Way(words=reading, cells={key: reading})
