"""Laws of the grids, for every file of the project: what an edit leaves as it was."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import every_row
from tests.situations.command_walk import FILES, ROOT
from timeline.editing.changes import moved_row, with_cell, with_rows, without_rows
from timeline.editing.claim_rows import claim_grid
from timeline.editing.edits.case_text import CaseText
from timeline.editing.event_rows import event_grid
from timeline.files.loader import contents_of
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text

READ = (*FILES, ROOT / "docs" / "examples" / "short_report.yaml")
GRIDS = {"events": event_grid, "claims": claim_grid}


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


TEXTS = {str(path.relative_to(ROOT)): text for path in READ if (text := _text(path)) is not None}
LINES = {  # the same with other ends of lines, and with a comment behind each line that takes one
    f"{name}, CRLF": text.replace("\r\n", "\n").replace("\n", "\r\n")
    for name, text in TEXTS.items()
    if name.startswith(("cases", "docs"))
}
EVERY = TEXTS | LINES


def loaded(text: str):
    """What a text holds, and its problems."""
    notes = ProblemLog("file")
    return contents_of(compose_text(text.lstrip("\ufeff"), notes), notes), notes.all()


@functools.cache
def _grid(name: str, table: str):
    return GRIDS[table](EVERY[name])


@functools.cache
def _loaded(name: str):
    return loaded(EVERY[name])


@functools.cache
def sound() -> tuple[str, ...]:
    """The files without a fault; found when a test asks, not while tests are listed."""
    return tuple(name for name in EVERY if not _loaded(name)[1])


@functools.cache
def _rows(table: str):
    return [(name, row.number) for name in sound() for row in _grid(name, table).rows]


@functools.cache
def _cells(table: str):
    return [(name, row.number, key) for name in sound() for row in _grid(name, table).rows
            for key in row.cells]  # fmt: skip


def test_the_walk_is_wide_enough():
    assert len(sound()) > 40
    assert len(_cells("events")) > 1000
    assert len(_cells("claims")) > 3000


def refused(edited, text: str) -> bool:
    """Whether a change was refused for what it is; never because its edit went wrong."""
    if not edited.problems:
        return False
    assert edited.text == text
    assert "cannot be changed safely" not in str(edited.problems)
    return True


def comments(text: str) -> list[str]:
    """Every comment of a text, by the rule of YAML alone: no ``#`` of these files is in a text."""
    return sorted(re.findall(r"(?m)(?:^|(?<=\s))#.*$", text.replace("\r\n", "\n")))


@pytest.mark.parametrize("table", GRIDS)
@every_row("name", EVERY)
def test_the_same_value_changes_no_byte(table, name):
    """Each cell of a short file; of a long one, another cell of every tenth row."""
    text, rows = EVERY[name], _grid(name, table).rows
    cells = [(row.number, key, value) for row in rows for key, value in row.cells.items()]
    if len(text) >= 20_000:
        cells = [
            (row.number, *list(row.cells.items())[turn % len(row.cells)])
            for turn, row in enumerate(rows[::10])
            if row.cells
        ]
    for number, key, value in cells:
        edited = with_cell(text, table, number, key, value)
        assert (edited.text, edited.problems) == (text, ())


@pytest.mark.parametrize("table", GRIDS)
@given(data=st.data())
def test_a_cell_emptied_and_filled_again_gives_what_the_file_gave(table, data):
    name, row, key = data.draw(st.sampled_from(_cells(table)))
    text, value = EVERY[name], _grid(name, table).rows[row].cells[key]
    without = with_cell(text, table, row, key, "")
    if refused(without, text):  # a kind, a date, what an entry needs
        return
    assert comments(without.text) == comments(text)
    assert GRIDS[table](without.text).rows[row].cells.get(key, "") != value
    again = with_cell(without.text, table, row, key, value)
    assert again.problems == ()
    assert comments(again.text) == comments(text)
    assert loaded(again.text) == _loaded(name)


OTHER = {"note": ("first; second", "a, b: c # d", "50 % {of} [it]", 'it\'s "so"', "x" * 150)}


@given(data=st.data())
def test_an_edit_changes_no_byte_outside_the_lines_of_its_row(data):
    table = data.draw(st.sampled_from(list(GRIDS)))
    name, row = data.draw(st.sampled_from(_rows(table)))
    text, rows = EVERY[name], _grid(name, table).rows
    value = data.draw(st.sampled_from(OTHER["note"]) | st.text(min_size=1, max_size=40))
    edited = with_cell(text, table, row, "note", value)
    if refused(edited, text):
        return
    lines = text.splitlines(keepends=True)
    first, last = rows[row].line - 1, rows[row].last_line
    if table == "claims":  # on an event: the comments of a part that is gone stand after it
        event = event_grid(text).cell_at(first + 1)
        if event is not None:
            last = max(last, event_grid(text).rows[event[0]].last_line)
    assert edited.text.startswith("".join(lines[:first]))
    assert edited.text.endswith("".join(lines[last:]))
    assert comments(edited.text) == comments(text) or "#" in value
    after = GRIDS[table](edited.text).rows
    others = [each.cells for n, each in enumerate(after) if n != row]
    assert others == [each.cells for n, each in enumerate(rows) if n != row]


@every_row("name", lambda: [each for each in sound() if _grid(each, "events").rows])
def test_the_rows_of_a_grid_give_the_same_events_in_an_empty_file(name):
    text, grid = EVERY[name], _grid(name, "events")
    bare = without_rows(text, "events", range(len(grid.rows)))
    assert bare.problems == ()
    assert event_grid(bare.text).rows == ()
    filled = with_rows(bare.text, "events", 0, [row.cells for row in grid.rows])
    assert filled.problems == ()
    assert comments(filled.text) == comments(text)
    case = loaded(filled.text)[0].case
    assert (case and case.events) == (_loaded(name)[0].case and _loaded(name)[0].case.events)


@pytest.mark.parametrize("table", GRIDS)
@given(data=st.data())
def test_a_row_taken_out_leaves_every_other_row_and_every_comment(table, data):
    name, row = data.draw(st.sampled_from(_rows(table)))
    text, rows = EVERY[name], _grid(name, table).rows
    edited = without_rows(text, table, [row])
    if refused(edited, text):
        assert "cell of a table" in str(edited.problems)
        return
    assert comments(edited.text) == comments(text)
    left = [each.cells for each in GRIDS[table](edited.text).rows]
    assert left == [each.cells for each in rows if each.number != row]


@given(data=st.data())
def test_a_row_moved_there_and_back_gives_the_same_rows(data):
    name, row = data.draw(st.sampled_from(_rows("events")))
    text, rows = EVERY[name], _grid(name, "events").rows
    to = data.draw(st.integers(0, len(rows) - 1))
    moved = moved_row(text, "events", row, to)
    if refused(moved, text):
        assert "place" in str(moved.problems[0])
        return
    cells = [each.cells for each in rows]
    cells.insert(to, cells.pop(row))
    assert [each.cells for each in event_grid(moved.text).rows] == cells
    assert comments(moved.text) == comments(text)
    back = moved_row(moved.text, "events", to, row)
    assert [each.cells for each in event_grid(back.text).rows] == [each.cells for each in rows]


@every_row("name", EVERY)
def test_the_comments_that_are_counted_are_those_of_the_file(name):
    """The check of every edit counts them; a second rule finds the same."""
    case = CaseText.of(EVERY[name])
    if case.root is not None and not case.problems:
        assert case.comment_texts == [each.rstrip() for each in comments(EVERY[name])]
