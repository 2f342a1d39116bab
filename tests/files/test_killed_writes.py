"""A command that is killed while it writes leaves no part of a file under the name of its output.

Three kills a command; `tests.bench.killed_writes` makes a hundred.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.bench.killed_writes import ROWS, Row, killed, prepare, run_and_kill, state

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="children are forked")
SOME = [row for row in ROWS if row.out in ("l.xlsx", "i.yaml", "c.yaml", "n.yaml", "s.json")]


@pytest.mark.parametrize("row", SOME, ids=lambda row: " ".join(row.words))
def test_a_killed_command_leaves_all_of_its_output_or_none(tmp_path, monkeypatch, row):
    folder = prepare(tmp_path)
    monkeypatch.chdir(folder)
    counts = killed(row, folder, 3, random.Random(1))
    assert {found.partition(",")[0] for found in counts} <= {"absent", "old", "complete"}


def test_a_child_is_killed_before_its_step(tmp_path, monkeypatch):
    """Before the first step there is no temporary file; before the renaming, the third, it is."""
    folder = prepare(tmp_path)
    monkeypatch.chdir(folder)
    row = next(row for row in ROWS if row.out == "d.yaml")
    left = []
    for step in (1, 2, 3):
        assert run_and_kill(row, folder, step, 0)
        assert not (folder / "d.yaml").exists()
        left.append(len(list(folder.glob(".timeline-*.part"))))
    assert (left[0], left[-1]) == (0, 1)


@pytest.mark.parametrize(
    ("found", "other", "wanted"),
    [
        ("whole", None, "complete"),
        ("who", None, "wrong: a part of it"),
        ("", None, "wrong: a part of it"),
        ("old", None, "old"),
        (None, None, "wrong: gone"),
        ("old", ".timeline-0123456789abcdef.part", "old"),
        ("old", "whole.yaml.tmp", "wrong: also ['whole.yaml.tmp']"),
    ],
)
def test_what_is_there_after_a_kill_is_told_apart(tmp_path, found, other, wanted):
    out = tmp_path / "o.yaml"
    if found is not None:
        out.write_text(found)
    if other is not None:
        (tmp_path / other).write_text("who")
    assert state(Row((), "o.yaml"), out, b"whole", old=True) == wanted
