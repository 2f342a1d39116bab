"""Long tables: a note on stderr comes before the drawing, and short tables have none."""

from __future__ import annotations

import os

import pytest

from timeline.cli.commands import table_figures
from timeline.cli.figure_files import Target

LANES = "id,start,end,state\n"
TIMES = "time,event\n"
LANE, TIME = "p,0,9,drug\n", "5,1\n"
ROWS = [  # a table, its row, how many, the words of the note; by hand: 2.5 or 0.25 ms a row
    pytest.param(LANES, LANE, 1_999, "", id="1,999 lanes"),
    pytest.param(LANES, LANE, 2_000, "about 2,000 lanes; drawing may take 1 minute "),
    pytest.param(LANES, LANE, 200_000, "about 200,000 lanes; drawing may take 8 minutes "),
    pytest.param(TIMES, TIME, 19_999, "", id="19,999 times"),
    pytest.param(TIMES, TIME, 500_000, "about 500,000 times; drawing may take 2 minutes "),
]


class StartedError(Exception):
    """The reading of the table has begun."""


def _start(*_, **__):
    raise StartedError


def _draw(table, target, head):
    if head == LANES:
        table_figures.draw_table(table, None, target)
    else:
        table_figures.draw_times(table, target, options=["unit=days"])


@pytest.mark.parametrize(("head", "row", "number", "words"), ROWS)
def test_a_note_is_printed_before_a_long_drawing(
    tmp_path, monkeypatch, capsys, head, row, number, words
):
    table = tmp_path / "table.csv"
    table.write_text(head + row * number)
    monkeypatch.setattr("renderers.swimmer.tables.figure.swimmer_from_tables", _start)
    monkeypatch.setattr("renderers.survival.tables.requested.read_times", _start)
    target = Target(path=tmp_path / "out.svg", page=None)
    with pytest.raises(StartedError):
        _draw(table, target, head)
    errors = capsys.readouterr().err
    assert words in errors
    assert bool(errors) == bool(words)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are those of POSIX")
def test_a_pipe_is_not_read_to_be_counted(tmp_path, monkeypatch):
    pipe = tmp_path / "table"
    os.mkfifo(pipe)
    monkeypatch.setattr("renderers.swimmer.tables.figure.swimmer_from_tables", _start)
    target = Target(path=tmp_path / "out.svg", page=None)
    with pytest.raises(StartedError):
        table_figures.draw_table(pipe, None, target)
