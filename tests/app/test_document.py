from __future__ import annotations

import pytest

from timeline.app.document import ChangedOnDisk, Document, step_told
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
    copy = document.copied(document.path.with_name("b.yaml"))
    assert copy.path.read_text() == "case: mine\n"
    assert not copy.is_changed
    assert (document.path.name, document.is_changed) == ("a.yaml", True)


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
    with pytest.raises(ChangedOnDisk, match="from before"):
        other.save()
    other.difference()
    other.save_over()
    assert document.path.read_text() == "case: second\n"


def test_a_file_that_was_deleted(document):
    document.edit("case: b\n")
    document.path.unlink()
    with pytest.raises(ChangedOnDisk, match="was deleted or moved"):
        document.save()
    assert not document.path.exists()
    copy = document.copied(document.path)
    assert copy.path.read_text() == "case: b\n"


def test_another_name_takes_no_file_that_is_there(document, tmp_path):
    (tmp_path / "b.yaml").write_text("case: b\n")
    with pytest.raises(NotReplacedError):
        document.copied(tmp_path / "b.yaml")
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


def test_an_undo_to_before_a_reload_is_not_written_over_what_another_program_wrote(document):
    document.edit("case: mine\n")
    document.path.write_text("case: theirs\n")
    document.reload()
    document.undo()
    assert (document.text, document.is_from_before) == ("case: mine\n", True)
    document.edit("case: mine too\n")  # an edit of the earlier text is one from before as well
    for _ in range(2):
        with pytest.raises(ChangedOnDisk, match="from before that change"):
            document.save()
    assert document.path.read_text() == "case: theirs\n"
    with pytest.raises(ChangedOnDisk, match="compare both"):  # nothing was compared yet
        document.save_over()
    assert document.difference()[-2:] == ("-case: theirs", "+case: mine too")
    document.path.write_text("case: newer\n")
    with pytest.raises(ChangedOnDisk, match="compare both again"):
        document.save_over()
    assert document.path.read_text() == "case: newer\n"
    document.difference()
    document.save_over()
    assert document.path.read_text() == "case: mine too\n"
    assert (document.is_from_before, document.is_changed) == (False, False)
    document.undo()
    document.save()  # the same person's earlier text, over which it was decided
    assert document.path.read_text() == "case: mine\n"


def test_a_redo_leads_back_to_what_was_read(document):
    document.edit("case: mine\n")
    document.path.write_text("case: theirs\n")
    document.reload()
    document.undo()
    document.redo()
    document.edit("case: both\n")
    document.save()
    assert document.path.read_text() == "case: both\n"


def test_a_text_with_nothing_unsaved_follows_the_disk(document):
    assert document.follow() == ""
    document.path.write_text("case: theirs\n")
    assert (document.follow(), document.text) == ("", "case: theirs\n")
    assert not document.is_changed
    document.undo()
    assert (document.text, document.is_from_before) == ("case: a\n", True)
    document.redo()
    document.edit("case: mine\n")
    document.path.write_text("case: newer\n")
    assert document.follow() == "The file has changed on the disk."
    assert document.text == "case: mine\n"
    document.path.unlink()
    assert document.follow() == "The file was deleted or moved on the disk."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a\nb\nc\n", "a\n x\nc\n", "Undone in line 2: 'x' in the place of 'b'."),
        ("a\nb\n", "a\n", "Undone: a line is gone at line 2."),
        ("a\nb\nc\n", "c\n", "Undone: 2 lines are gone at line 1."),
        ("a\na\n", "a\na\na\n", "Undone: line 3 is 'a'."),
        ("a\nb\n", "x\ny\n", "Undone: lines 1 to 2 are as in the other text."),
        ("a\n", "a\r\n", "Undone: the ends of lines."),
    ],
)
def test_a_step_names_the_lines_that_it_changed(before, after, told):
    assert step_told("Undone", before, after) == told


def test_steps_are_numbered_in_the_order_of_all_documents(tmp_path):
    one, other = Document.new(tmp_path / "a", "a"), Document.new(tmp_path / "b", "b")
    one.edit("a1", "typing")
    other.edit("b1")
    assert other.newest_step > one.newest_step
    one.edit("a2", "typing")  # one step with the first, and the newest of both
    assert one.newest_step > other.newest_step
    assert (one.undo(), one.text, one.newest_step) == (True, "a", 0)
    assert other.undo()
    assert 0 < other.next_step < one.next_step  # which a redo makes again first
