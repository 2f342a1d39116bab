"""The files that are open in the editor: one text for all tabs, its grids and its history."""

import asyncio

import attrs
import pytest

from timeline.app.document import ChangedOnDisk, Document
from timeline.app.editor.open_files import OpenFiles
from timeline.app.folder import CaseFolder, OutsideFolder
from timeline.app.parts import Record
from timeline.editing import with_cell

TEXT = "case: a\nevents:\n  - {scan: 2021-03, called: PR}  # from the letter\n"


@attrs.define
class Tab:
    """What a tab was shown last."""

    texts: list = attrs.Factory(list)
    told: list = attrs.Factory(list)

    def show(self, opened):
        self.texts.append(opened.document.text)

    def tell(self, sentence):
        self.told.append(sentence)


class Nowhere:
    """Stands for the processes: takes a text, and gives no result of itself."""

    def __init__(self):
        self.requests = []

    def submit(self, key, request, receive):
        self.requests.append(request)
        self.receive = receive
        return len(self.requests)


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


def test_a_file_with_nothing_unsaved_follows_the_disk(files, tmp_path):
    opened, tab = files.open("a.yaml"), Tab()
    opened.add_tab(tab)
    (tmp_path / "a.yaml").write_text(TEXT.replace("PR", "CR"))
    opened.look()
    assert tab.texts[-1] == TEXT  # it may still be written
    opened.look()
    assert tab.texts[-1] == TEXT.replace("PR", "CR")
    assert tab.told == ["a.yaml was changed by another program, and was read again."]
    assert files.analyser.requests[-1].text == TEXT.replace("PR", "CR")
    assert (opened.disk, opened.document.is_changed) == ("", False)


def test_a_new_tab_shows_what_the_disk_holds(files, tmp_path):
    opened = files.open("a.yaml")
    opened.add_tab(first := Tab())
    opened.remove_tab(first)
    (tmp_path / "a.yaml").write_text(TEXT.replace("PR", "CR"))
    opened.look()
    opened.add_tab(tab := Tab())
    assert tab.texts[-1] == TEXT.replace("PR", "CR")


def test_a_file_with_an_unsaved_text_keeps_it_and_says_that_the_disk_has_another(files, tmp_path):
    opened, tab = files.open("a.yaml"), Tab()
    opened.add_tab(tab)
    opened.write(TEXT.replace("PR", "SD"))
    (tmp_path / "a.yaml").write_text(TEXT.replace("PR", "CR"))
    opened.look()
    opened.look()
    assert tab.texts[-1] == TEXT.replace("PR", "SD")
    assert opened.disk == tab.told[-1] == "The file has changed on the disk."
    with pytest.raises(ChangedOnDisk):
        opened.document.save()


def test_a_change_of_the_report_that_a_case_names_is_read(files, tmp_path):
    report = tmp_path / "report.yaml"
    report.write_text("report: x\n")
    opened = files.open("a.yaml")
    opened.add_tab(Tab())
    files.analyser.receive(1, Record(reads=(report,)))
    for _ in range(2):
        opened.look()
    assert len(files.analyser.requests) == 1
    report.write_text("report: another\n")
    for _ in range(3):
        opened.look()
    assert len(files.analyser.requests) == 2


def test_another_name_is_a_copy_beside_the_file_which_stays_as_it_is(files, tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "b.yaml").write_text(TEXT)
    opened, tab = files.open("cases/b.yaml"), Tab()
    opened.add_tab(tab)
    opened.write(TEXT.replace("PR", "SD"))
    saved = files.save_as(opened, "notes.yaml")
    assert saved.document.path == tmp_path / "cases" / "notes.yaml"
    assert saved.document.path.read_text() == TEXT.replace("PR", "SD")
    assert files.found("cases/notes.yaml") is saved
    saved.add_tab(Tab())
    assert files.analyser.requests[-1].path == saved.document.path
    assert files.found("cases/b.yaml") is opened
    assert opened.name == "cases/b.yaml"
    assert opened.document.can_undo
    assert opened.document.is_changed
    assert (tmp_path / "cases" / "b.yaml").read_text() == TEXT
    assert (files.unsaved(), files.lost()) == ((opened,), ())  # its text is that of notes.yaml
    assert files.save_as(opened, "cases/more.yaml").name == "cases/more.yaml"
    assert files.save_as(files.open("a.yaml"), "more.yaml").name == "more.yaml"


REPORT = "source: a report\ncase: a.yaml\nclaims:\n  Abstract:\n    - {PFS: 5 months, line: 1}\n"


def test_of_a_case_in_two_files_each_grid_is_that_of_its_own_file(files, tmp_path):
    (tmp_path / "a.yaml").write_text(TEXT.replace("events:", "source: b.yaml\nevents:"))
    (tmp_path / "b.yaml").write_text(REPORT)
    case, report = files.open("a.yaml"), files.open("b.yaml")
    assert (files.beside(case, "events"), files.beside(case, "claims")) == (case, report)
    assert (files.beside(report, "events"), files.beside(report, "claims")) == (case, report)
    (tmp_path / "b.yaml").unlink()
    other = OpenFiles(files.folder, Nowhere())
    assert other.beside(other.open("a.yaml"), "claims") is other.open("a.yaml")


def test_a_report_outside_the_folder_is_shown_and_never_written(files, tmp_path):
    (tmp_path / "cases").mkdir()
    case_text = TEXT.replace("events:", "source: ../b.yaml\nevents:")
    (tmp_path / "cases" / "a.yaml").write_text(case_text)
    (tmp_path / "b.yaml").write_text(REPORT)
    files = OpenFiles(CaseFolder(tmp_path / "cases"), Nowhere())
    case = files.open("a.yaml")
    report = files.beside(case, "claims")
    report.read()
    assert (report.name, report.is_read_only) == ("../b.yaml", True)
    assert [row.cells["value"] for row in report.grids["claims"].rows] == ["5 months"]
    assert files.analyser.requests == []  # its own page is not shown, so nothing is derived
    (problem,) = report.change(with_cell(REPORT, "claims", 0, "value", "6 months"))
    assert problem.what == "../b.yaml is read only: outside the folder that was opened"
    report.write("case: other\n")
    assert report.document.text == REPORT
    for write in (report.document.save, report.document.save_over):
        report.document.difference()
        with pytest.raises(ValueError, match="only read here"):
            write()
    assert (tmp_path / "b.yaml").read_text() == REPORT
    with pytest.raises(OutsideFolder):
        files.found("../b.yaml")
    assert (files.names(), files.unsaved()) == (("a.yaml", "a.yaml"), ())
    report.add_tab(tab := Tab())
    (tmp_path / "b.yaml").write_text(REPORT.replace("5", "17"))
    report.look()
    report.look()
    assert tab.texts[-1] == REPORT.replace("5", "17")


def test_a_file_outside_the_folder_that_is_no_yaml_is_not_shown(files, tmp_path):
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text(f"source: ../b.txt\n{TEXT}")
    (tmp_path / "b.txt").write_text(REPORT)
    files = OpenFiles(CaseFolder(tmp_path / "cases"), Nowhere())
    assert files.beside(files.open("a.yaml"), "claims") is files.open("a.yaml")


def test_a_case_is_analysed_with_the_report_as_it_is_edited(files, tmp_path):
    (tmp_path / "b.yaml").write_text(REPORT)
    case, report, tab = files.open("a.yaml"), files.open("b.yaml"), Tab()
    case.add_tab(tab)
    number = len(files.analyser.requests)
    files.analyser.receive(number, Record(reads=(report.document.path,), is_sound=True))
    shown = len(tab.texts)
    report.write(REPORT.replace("5 months", "6 months"))
    newest = files.analyser.requests[-1]
    assert newest.path == case.document.path  # the case is analysed again
    assert newest.others == {report.document.path: report.document.text}
    assert len(tab.texts) > shown
    report.document.save()
    case.read()
    assert files.analyser.requests[-1].others == {}  # what is saved is read from the disk
