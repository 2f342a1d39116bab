"""The numbers of lines of therapy: said, and changed only where it is asked for."""

from __future__ import annotations

from tests.editing.test_laws import comments, loaded
from timeline.editing import renumbered_lines, with_cell, with_rows, without_rows

CASE = """\
case: a
events:
  - {treatment: 2020-01/2020-03, line: 1, drugs: anlotinib}
  - {treatment: 2020-09/2020-12, line: 2, drugs: eribulin, note: before line 3}   # line 2
  - {scan: 2020-12, line: 2, baseline: 3, called: PD}
  - {treatment: 2021-01/.., line: 3, drugs: gemcitabine, printed: {PFS: 3 months}}
  - {toxicity: after line 3, grade: 2, what: rash}
  - {last contact: 2021-06}
claims:
  - {TTP: 3 months, line: 2}
  - {date: January 2021, of: line 3}
"""
NEW = {"event": "treatment", "date": "2020-05", "end": "2020-07", "drugs": "docetaxel"}


def test_a_line_put_between_others_is_said_and_changes_no_number():
    edited = with_rows(CASE, "events", 1, [{**NEW, "line": "2"}])
    assert edited.problems == ()
    assert len(edited.notes) == 1
    assert "line 2 is now that of 2 treatments; no other number was changed" in edited.notes[0]
    row = "  - {treatment: 2020-05/2020-07, drugs: docetaxel, line: 2}\n"
    assert edited.text.replace(row, "") == CASE


def test_a_line_without_its_treatment_is_said():
    edited = without_rows(CASE, "events", [3])
    assert [each.partition(" (")[0] for each in edited.notes] == [
        "no treatment is line 3 now, and 2 places of the events still name it"]  # fmt: skip
    edited = with_cell(CASE, "events", 3, "line", "4")
    assert len(edited.notes) == 1
    assert with_cell(CASE, "events", 4, "grade", "3").notes == ()
    edited = without_rows(CASE.replace("line: 2, baseline", "baseline"), "events", [1])
    assert edited.notes == ("the lines are now 1, 3, without 2; no number was changed",)


def test_numbers_are_changed_everywhere_where_they_are_asked_for():
    edited = renumbered_lines(CASE, {2: 3, 3: 4})
    assert edited.problems == ()
    assert (
        edited.text
        == """\
case: a
events:
  - {treatment: 2020-01/2020-03, line: 1, drugs: anlotinib}
  - {treatment: 2020-09/2020-12, line: 3, drugs: eribulin, note: before line 3}   # line 2
  - {scan: 2020-12, line: 3, baseline: 4, called: PD}
  - {treatment: 2021-01/.., line: 4, drugs: gemcitabine, printed: {PFS: 3 months}}
  - {toxicity: after line 4, grade: 2, what: rash}
  - {last contact: 2021-06}
claims:
  - {TTP: 3 months, line: 3}
  - {date: January 2021, of: line 4}
"""
    )
    assert edited.notes == ("row 2: note: 'before line 3' is left as it is",)
    between = with_rows(edited.text, "events", 1, [{**NEW, "line": "2"}])
    assert between.notes == ()
    assert loaded(between.text)[1] == ()


def test_numbers_changed_there_and_back_give_the_same_file():
    there = renumbered_lines(CASE, {1: 2, 2: 1})
    assert there.text != CASE
    assert comments(there.text) == comments(CASE)
    assert renumbered_lines(there.text, {1: 2, 2: 1}).text == CASE
