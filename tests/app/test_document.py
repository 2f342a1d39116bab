from __future__ import annotations

import pytest

from timeline.app.document import ChangedOnDisk, Document
from timeline.files.file_text import Unreadable
from timeline.files.output_files import NotReplacedError


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("case: a\n")
    return Document.open(path)


def test_nothing_is_written_without_a_save(document):
    document.edit("case: b\n")
    document.undo()
    document.redo()
    assert document.path.read_text() == "case: a\n"
    assert [each.name for each in document.path.parent.iterdir()] == ["a.yaml"]
    assert document.is_changed
    document.save()
    assert document.path.read_text() == "case: b\n"
    assert not document.is_changed


def test_undo_and_redo(document):
    assert not document.undo()
    assert document.edit("1")
    assert not document.edit("1")  # no other text: no step
    document.edit("12", group="typing")
    document.edit("123", group="typing")
    document.edit("1234")
    assert [document.text, document.undo(), document.text] == ["1234", True, "123"]
    assert [document.undo(), document.text] == [True, "1"]
    assert [document.redo(), document.text] == [True, "123"]
    document.edit("x", group="typing")  # after an undo a new step, and nothing to redo
    assert not document.can_redo
    assert [document.undo(), document.text] == [True, "123"]
    while document.undo():
        pass
    assert document.text == "case: a\n"
    assert not document.is_changed


def test_an_unsaved_text_is_never_written_over_a_newer_file(document):
    document.edit("case: mine\n")
    document.path.write_text("case: theirs\n")
    with pytest.raises(ChangedOnDisk, match="reload it, save under another name, or compare both"):
        document.save()
    assert document.path.read_text() == "case: theirs\n"
    assert document.text == "case: mine\n"
    assert document.difference()[-2:] == ("-case: theirs", "+case: mine")
    document.save_as(document.path.with_name("b.yaml"))
    assert document.path.read_text() == "case: mine\n"
    assert not document.is_changed


def test_two_tabs(document):
    other = Document.open(document.path)
    document.edit("case: first\n")
    document.save()
    other.edit("case: second\n")
    with pytest.raises(ChangedOnDisk):
        other.save()
    other.reload()
    assert (other.text, other.is_changed) == ("case: first\n", False)
    other.undo()
    assert (other.text, other.is_changed) == ("case: second\n", True)  # nothing is lost
    other.save()
    assert document.path.read_text() == "case: second\n"


def test_a_file_that_was_deleted(document):
    document.edit("case: b\n")
    document.path.unlink()
    with pytest.raises(ChangedOnDisk, match="was deleted or moved"):
        document.save()
    assert not document.path.exists()
    document.save_as(document.path)
    assert document.path.read_text() == "case: b\n"


def test_another_name_takes_no_file_that_is_there(document, tmp_path):
    (tmp_path / "b.yaml").write_text("case: b\n")
    with pytest.raises(NotReplacedError):
        document.save_as(tmp_path / "b.yaml")
    assert (tmp_path / "b.yaml").read_text() == "case: b\n"
    assert document.path.name == "a.yaml"


def test_line_ends_and_the_byte_order_mark_stay(tmp_path):
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfcase: a\r\npatient: {}\r\n")
    document = Document.open(path)
    document.edit("case: b\npatient: {}\n")  # as an editor in a browser has the text
    document.save()
    assert path.read_bytes() == b"\xef\xbb\xbfcase: b\r\npatient: {}\r\n"


def test_a_new_text(tmp_path):
    document = Document.new(tmp_path / "new.yaml", "case: new\n")
    assert document.is_changed
    document.save()
    assert document.path.read_text() == "case: new\n"


def test_a_file_that_came_meanwhile_is_kept(tmp_path):
    document = Document.new(tmp_path / "new.yaml", "case: new\n")
    document.path.write_text("case: other\n")
    with pytest.raises(ChangedOnDisk):
        document.save()
    assert document.path.read_text() == "case: other\n"


def test_the_history_is_bounded(document, monkeypatch):
    monkeypatch.setattr("timeline.app.document.MOST_STEPS", 3)
    for number in range(10):
        document.edit(str(number))
    steps = 0
    while document.undo():
        steps += 1
    assert (steps, document.text) == (3, "6")


def test_what_is_no_text(tmp_path):
    (tmp_path / "x.yaml").write_bytes(b"\x00\xff\xfe")
    with pytest.raises(Unreadable):
        Document.open(tmp_path / "x.yaml")
