"""Every key of the schema with its documented words, by the commands: no exception of any kind.

Each row is a file. Checked here is every twenty-third, and one of the other commands runs on it.
The whole check is `tests.bench.vocabulary`.
"""

from __future__ import annotations

import pytest

from tests.situations import command_walk as walk
from tests.situations.documents import commands, documents

pytestmark = pytest.mark.usefixtures("flagged_once")
EVERY = 23
ROWS = tuple(documents())
PARTS = 6


@pytest.mark.parametrize("part", range(PARTS))
def test_documented_words_by_the_commands(part, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    path = tmp_path / "words2024.yaml"
    faults = []
    for place, (what, text) in enumerate(ROWS[::EVERY][part::PARTS]):
        path.write_text(text, "utf-8")
        others = commands(str(path))
        turn = others[1 + place % (len(others) - 1)]
        wrong = [walk.run(words, here) for words in (others[0], turn)]
        faults += [f"{what}: {each}" for each in wrong if each]
    assert not faults
