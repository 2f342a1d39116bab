"""Every key of the schema with its documented words, by the commands: no exception of any kind.

Each row is a file. Checked here is every twenty-ninth, and one of the other commands runs on every
third of these. The whole check is `tests.bench.vocabulary`.
"""

from __future__ import annotations

import pytest

from tests.situations import command_walk as walk
from tests.situations.documents import commands, documents, of_fields
from timeline.files.loader import load

pytestmark = pytest.mark.usefixtures("flagged_once")
EVERY = 29
EVERY_OTHER_COMMAND = 3
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
        turn = others[1 + place // EVERY_OTHER_COMMAND % (len(others) - 1)]
        run = [others[0]] if place % EVERY_OTHER_COMMAND else [others[0], turn]
        wrong = [walk.run(words, here) for words in run]
        faults += [f"{what}: {each}" for each in wrong if each]
    assert not faults


def test_a_file_of_every_kind_and_key_is_read(tmp_path):
    """A documented word is refused by no check of the other events in its file."""
    path = tmp_path / "words2024.yaml"
    refused = []
    for what, text in {what.split(":")[0]: (what, text) for what, text in of_fields()}.values():
        path.write_text(text, "utf-8")
        refused += [f"{what}: {each}" for each in load(path)[1]]
    assert not refused
