"""Tables of the terminal: lines end between words, as far as the width of the terminal allows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

import timeline as tl
from timeline.views.case_rows import event_rows
from timeline.views.terminal import (
    LONGEST_WORD,
    WIDTH,
    add_row,
    column_widths,
    columns,
    print_table,
)

CASES = Path(__file__).parents[2] / "cases"


@pytest.mark.parametrize("width", [80, 100, WIDTH])
@pytest.mark.parametrize("name", ["wang2023", "jin2025"])
def test_no_word_of_the_events_is_broken(name, width):
    rows = [
        (row.when, row.kind, row.text, row.place)
        for row in event_rows(tl.load_case(CASES / f"{name}.yaml"))
    ]
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    table = columns(when=5, event=0, what=8, place=4)
    for row in rows:
        add_row(table, *row)
    print_table(console, table)
    printed = console.file.getvalue()
    assert max(map(len, printed.splitlines())) <= width
    words = {word for row in rows for cell in row for word in cell.split()}
    assert {word for word in words if len(word) <= LONGEST_WORD} <= set(printed.split())


@pytest.mark.parametrize(
    ("words", "cells", "ratios", "room", "widths"),
    [
        # 60 by 1 : 2 is 20 and 40; the first word fits in 20
        ([13, 9], [30, 80], [1, 2], 60, [20, 40]),
        # 60 by 1 : 5 is 10 and 50, and the first word has 13
        ([13, 9], [30, 80], [1, 5], 60, [13, 47]),
        # a column of ratio 0 has its longest cell: 60 - 21 = 39
        ([13, 9], [21, 80], [0, 1], 60, [21, 39]),
        # .. but not at the cost of a word of the other: 13 + 9 = 22, and 8 more do not fit in 29
        ([13, 9], [21, 80], [0, 1], 29, [13, 16]),
        # 13 + 9 do not fit in 18: the longer word is broken, to 9
        ([13, 9], [21, 80], [1, 1], 18, [9, 9]),
        # a word above 24 letters takes no room from the others
        ([99, 9], [99, 80], [1, 1], 40, [24, 16]),
    ],
)
def test_a_column_is_as_wide_as_its_longest_word(words, cells, ratios, room, widths):
    assert column_widths(words, cells, ratios, room) == widths
