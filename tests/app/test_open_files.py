"""The files that are open in the editor: one text for all tabs, its grids and its history."""

import asyncio

import attrs
import pytest

from timeline.app.document import Document
from timeline.app.editor.open_files import OpenFiles
from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.editing import with_cell

TEXT = "case: a\nevents:\n  - {scan: 2021-03, called: PR}  # from the letter\n"


@attrs.define
class Tab:
    """What a tab was shown last."""

    texts: list = attrs.Factory(list)

    def show(self, opened):
        self.texts.append(opened.document.text)


class Nowhere:
    """Stands for the processes: takes a text, and gives no result."""

    def submit(self, key, request, receive):
        return 1


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.yaml").write_text(TEXT)
    return OpenFiles(CaseFolder(tmp_path), Nowhere())


def test_two_tabs_show_one_text_and_a_closed_tab_leaves_it(files):
    tabs = Tab(), Tab()
    for tab in tabs:
        files.open("a.yaml").add_tab(tab)
    opened = files.open("a.yaml")
    assert opened.change(with_cell(TEXT, "events", 0, "called", "SD")) == ()
    assert [tab.texts[-1] for tab in tabs] == [TEXT.replace("PR", "SD")] * 2
    opened.remove_tab(tabs[0])
    opened.step(Document.undo)
    assert [tab.texts[-1] for tab in tabs] == [TEXT.replace("PR", "SD"), TEXT]


def test_a_change_that_is_refused_leaves_the_text_and_gives_its_reason(files):
    opened = files.open("a.yaml")
    problems = opened.change(with_cell(TEXT, "events", 0, "date", "yesterday"))
    assert [problem.key for problem in problems] == ["date"]
    assert opened.document.text == TEXT


def test_grids_of_a_broken_text_are_those_of_the_last_that_was_yaml(files):
    opened = files.open("a.yaml")
    opened.read()
    opened.write("case: [a\n")
    assert not opened.is_grid_of_text
    assert [row.cells["called"] for row in opened.grids["events"].rows] == ["PR"]
    opened.write(TEXT.replace("PR", "CR"))
    assert opened.is_grid_of_text
    assert [row.cells["called"] for row in opened.grids["events"].rows] == ["CR"]


def test_a_new_file_is_written_when_it_is_saved(files, tmp_path):
    opened = files.new("b.yaml", TEXT)
    assert not (tmp_path / "b.yaml").exists()
    assert files.unsaved() == (opened,)
    assert files.found("b.yaml") is opened
    opened.document.save()
    assert (tmp_path / "b.yaml").read_text() == TEXT
    assert files.unsaved() == ()
    with pytest.raises(OutsideFolder):
        files.open("../a.yaml")


def test_what_is_typed_is_read_at_rest_or_when_a_change_starts_from_it(files, monkeypatch):
    monkeypatch.setattr("timeline.app.editor.open_files.PAUSE", 0.05)
    opened = files.open("a.yaml")
    opened.read()

    def called():
        return opened.grids["events"].rows[0].cells["called"]

    async def run():
        opened.write(TEXT.replace("PR", "SD"), "typing")
        assert called() == "PR"
        assert "called: SD" in opened.newest()
        assert called() == "SD"
        opened.write(TEXT.replace("PR", "CR"), "typing")
        await asyncio.sleep(0.2)
        assert called() == "CR"

    asyncio.run(run())
