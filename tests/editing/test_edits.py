"""Edits of single cells and rows: the text that each gives, written by hand."""

from __future__ import annotations

import pytest

from timeline.editing.changes import moved_row, with_cell, with_rows, without_rows
from timeline.editing.claim_rows import claim_grid
from timeline.editing.event_rows import event_grid

CASE = """\
# A case for the grid.
case: a
patient: {sex: female}

events:
  # before the first
  - {diagnosis: 2021-03, what: "sarcoma, grade 2"}   # from the letter

  - scan: 2021-04-01       # CT
    baseline: 1
    # nothing is said of bone
    lesions: {T1: 23 mm, N1: 12 mm}
    note: >-
      a long note
      in two lines
  - {treatment: 2021-04-10/2021-09-01, line: 1,
     drugs: [doxorubicin 75 mg/m² IV, ifosfamide],   # of the trial
     stop: progression}
  - {scan: 2021-09-01, new: liver, called: {PD: Abstract}}
  # the end
claims:
  - {PFS: 4.7, unit: months, line: 1}
"""


def _edit(old: str, new: str) -> str:
    assert CASE.count(old) == 1
    return CASE.replace(old, new)


CHANGED = [  # row, key, value; the part of the text, and what is in its place
    (0, "what", "sarcoma", '"sarcoma, grade 2"', '"sarcoma"'),
    (0, "what", "", ', what: "sarcoma, grade 2"', ""),
    (0, "site", "left, thigh", 'grade 2"}', "grade 2\", site: 'left, thigh'}"),
    (0, "date", "2021-03-05", "2021-03, what", "2021-03-05, what"),
    (0, "date", "2021/3/5", "2021-03, what", "2021-03-05, what"),
    (1, "baseline", "2", "baseline: 1", "baseline: 2"),
    (1, "baseline", "", "    baseline: 1\n", ""),
    (1, "lesions", "T1: 23 mm; N1: 9 mm", "N1: 12 mm", "N1: 9 mm"),
    (1, "lesions", "T1: 23 mm", "{T1: 23 mm, N1: 12 mm}", "{T1: 23 mm}"),
    (1, "note", "short", ">-\n      a long note\n      in two lines", ">-\n      short".replace(
        ">-\n      ", "")),
    (1, "note", "a word more", "a long note\n      in two lines", "a word more"),
    (1, "modality", "CT", "      in two lines\n", "      in two lines\n    modality: CT\n"),
    (1, "date", "2021-04", "2021-04-01  ", "2021-04  "),
    (1, "event", "surgery", "scan: 2021-04-01", None),
    (2, "end", "2021-08", "/2021-09-01", "/2021-08"),
    (2, "end", "ongoing", "/2021-09-01", "/.."),
    (2, "end", "", "2021-04-10/2021-09-01", "2021-04-10"),
    (2, "drugs", "doxorubicin 60 mg/m² IV; ifosfamide", "doxorubicin 75", "doxorubicin 60"),
    (2, "stop", "toxicity", "stop: progression", "stop: toxicity"),
    (2, "cycles", "6", "progression}", "progression, cycles: '6'}".replace("'", "")),
    (3, "new", "liver; L1", "new: liver", "new: [liver, L1]"),
    (3, "called", "PD: Abstract; SD: Figure 2", "{PD: Abstract}", "{PD: Abstract, SD: Figure 2}"),
    (3, "event", "lab", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("row", "key", "value", "old", "new"), CHANGED)
def test_one_cell_is_written_in_its_place(row, key, value, old, new):
    edited = with_cell(CASE, "events", row, key, value)
    if new is None:
        assert edited.text == CASE
        assert edited.problems
        return
    assert edited.problems == ()
    assert edited.text == _edit(old, new)


def test_a_key_taken_out_leaves_the_comments_of_its_lines():
    edited = with_cell(CASE, "events", 2, "drugs", "doxorubicin")
    assert edited.text == _edit("[doxorubicin 75 mg/m² IV, ifosfamide]", "doxorubicin")
    edited = with_cell(CASE, "events", 2, "stop", "")
    assert "# of the trial" in edited.text
    assert edited.problems == ()
    assert "stop" not in event_grid(edited.text).rows[2].cells


REFUSED = [
    (0, "date", "15.03.2021", "not a date: '15.03.2021' (write 2021-03-15"),
    (0, "date", "03/04/2021", "write 2021-04-03 if the day comes first, 2021-03-04 if the month"),
    (0, "date", "44209", "44209"),
    (0, "date", "Mar-21", "a year or a day? 'Mar-21'"),
    (0, "date", "2021-13", "2021-13"),
    (0, "date", "", "no date (write 2021-03"),
    (0, "end", "2021-05", "diagnosis has one date, and here is an end"),
    (0, "target", "shrunk", "diagnosis has no 'target'"),
    (0, "event", "deth", "unknown kind of event 'deth' (did you mean death?"),
    (0, "event", "", "no kind of event (write one of: diagnosis"),
    (1, "baseline", "first", "not a whole number from 1 to 30: 'first'"),
    (1, "lesions", "23 mm", "no value: '23 mm' (write NAME: VALUE; NAME: VALUE)"),
    (1, "lesions", "T1: 23", "T1"),
    (1, "event", "surgery", "surgery has no 'baseline' (empty this cell first)"),
    (3, "new", "NA", "'NA' is a value here, and a mark of an empty cell elsewhere"),
    (3, "target", "blue", "unknown finding in target lesions: 'blue'"),
]


@pytest.mark.parametrize(("row", "key", "value", "message"), REFUSED)
def test_what_cannot_be_written_is_refused_at_its_cell(row, key, value, message):
    edited = with_cell(CASE, "events", row, key, value)
    assert edited.text == CASE
    assert any(message in each.what for each in edited.problems), edited.problems
    assert {each.row for each in edited.problems} == {row}
    keys = {each.key for each in edited.problems}
    assert key in keys or key == "event"


NEW = [
    {"event": "toxicity", "date": "2021-05", "term": "neutropenia", "grade": "3"},
    {"event": "last contact", "date": "2022-01", "what": "alive, at home", "note": "x" * 90},
]
WRITTEN = f"""\
  - {{toxicity: 2021-05, term: neutropenia, grade: 3}}
  - last contact: 2022-01
    what: alive, at home
    note: {"x" * 90}
"""


def test_new_rows_stand_where_they_are_put():
    first = with_rows(CASE, "events", 0, NEW)
    assert first.text == _edit("  # before the first\n", WRITTEN + "  # before the first\n")
    last = with_rows(CASE, "events", 4, NEW)
    assert last.text == _edit("  # the end\n", WRITTEN + "  # the end\n")
    within = with_rows(CASE, "events", 2, NEW)
    assert within.text == _edit("in two lines\n", "in two lines\n" + WRITTEN)


def test_every_fault_of_new_rows_is_named_with_its_row_and_column():
    bad = [{"event": "scan", "date": "15.03.2021", "target": "??"}, {"event": "", "date": "2021"}]
    edited = with_rows(CASE, "events", 4, bad)
    assert edited.text == CASE
    assert [(each.row, each.key) for each in edited.problems] == [
        (4, "date"), (4, "target"), (5, "event")]  # fmt: skip


def test_rows_taken_out_leave_their_comments():
    edited = without_rows(CASE, "events", [0, 2])
    assert edited.problems == ()
    assert edited.text == CASE.replace(
        '  - {diagnosis: 2021-03, what: "sarcoma, grade 2"}   # from the letter\n',
        "  # from the letter\n",
    ).replace(
        "  - {treatment: 2021-04-10/2021-09-01, line: 1,\n"
        "     drugs: [doxorubicin 75 mg/m² IV, ifosfamide],   # of the trial\n"
        "     stop: progression}\n",
        "  # of the trial\n",
    )


def test_a_moved_row_takes_the_comments_directly_above_it_along():
    edited = moved_row(CASE, "events", 0, 1)
    row = '  - {diagnosis: 2021-03, what: "sarcoma, grade 2"}   # from the letter\n'
    row = f"  # before the first\n{row}"
    assert edited.text == CASE.replace(row, "").replace("in two lines\n", "in two lines\n" + row)


PLACES = """\
case: a
events:
  Case, paragraph 1:
    - {diagnosis: 2021-03}
    - {scan: 2021-04}
  Case, paragraph 2:
    - {scan: 2021-05}
"""


def test_rows_under_places_keep_their_place():
    rows = [{"event": "scan", "date": "2021-04", "place": place}
            for place in ("Case, paragraph 1", "Case, paragraph 2", "Abstract")]  # fmt: skip
    edited = with_rows(PLACES, "events", 2, rows)
    places = [row.cells["place"] for row in event_grid(edited.text).rows]
    assert places == ["Case, paragraph 1"] * 3 + ["Abstract"] + ["Case, paragraph 2"] * 2
    assert "place: Abstract" in edited.text
    assert "place: Case" not in edited.text


def test_a_place_goes_with_its_last_event_and_a_row_does_not_change_its_place_in_silence():
    edited = without_rows(PLACES, "events", [2])
    assert edited.text == "".join(PLACES.splitlines(keepends=True)[:5])
    moved = moved_row(PLACES, "events", 0, 2)
    assert moved.text == PLACES
    assert "the entry is listed under its place, 'Case, paragraph 1'" in moved.problems[0].what
    own = with_cell(PLACES, "events", 0, "place", "Abstract")
    assert "{diagnosis: 2021-03, place: Abstract}" in own.text
    assert moved_row(own.text, "events", 0, 2).problems == ()
    assert with_cell(PLACES, "events", 0, "place", "").problems


def test_a_file_without_events_takes_the_first_ones():
    new = [{"event": "scan", "date": "2021-05"}]
    for before, after in (
        ("case: a\n", "case: a\nevents:\n  - {scan: 2021-05}\n"),
        ("case: a", "case: a\nevents:\n  - {scan: 2021-05}"),
        ("", "events:\n  - {scan: 2021-05}\n"),
        ("case: a\nevents:\n# none yet\n", "case: a\nevents:\n  - {scan: 2021-05}\n# none yet\n"),
        ("case: a\nevents: []\n", "case: a\nevents: \n  - {scan: 2021-05}\n"),
        ("case: a\nevents: [{death: 2022}]", "case: a\nevents: [{scan: 2021-05}, {death: 2022}]"),
        ("case: a\nevents:\n  P:\n", "case: a\nevents:\n  P:\n    - {scan: 2021-05}\n"),
    ):
        edited = with_rows(before, "events", 0, new)
        assert (edited.text, edited.problems) == (after, ())


def test_line_ends_and_a_byte_order_mark_stay():
    text = "\ufeff" + CASE.replace("\n", "\r\n")
    for edited in (
        with_cell(text, "events", 1, "modality", "CT"),
        with_rows(text, "events", 4, NEW),
        without_rows(text, "events", [1]),
        moved_row(text, "events", 0, 3),
        with_cell(text, "events", 1, "note", "a long note " * 12),
    ):
        assert edited.problems == ()
        assert edited.text != text
        assert edited.text.startswith("\ufeff# A case")
        assert edited.text.count("\n") == edited.text.count("\r\n")


def test_a_long_text_has_several_lines_where_its_entry_has():
    words = "a long note " * 12
    edited = with_cell(CASE, "events", 1, "note", words)
    lines = edited.text.splitlines()
    at = lines.index("    note: >-")
    assert [line[:7] for line in lines[at + 1 : at + 3]] == ["      a", "      n"]
    assert max(map(len, lines)) <= 100
    assert event_grid(edited.text).rows[1].cells["note"] == words.strip()


FAULTY = [
    "case: a\nevents:\n  - {scan: 2021-05\n  - {death: 2022}\n",
    "case: [",
    "- a\n- b\n",
    "just a text",
    "\x00\x01",
    "case: a\nevents: later\n",
    "case: a\nevents: {a: b, c: {d: e}}\n",
    "case: a\nevents:\n  - &x {scan: 2021-05}\n  - *x\n",
    "case: a\nevents:\n  - scan\n  - [a]\n  - {}\n  - {scan: }\n  - {? [a] : b}\n",
    "case: a\nevents:\n  - {zzz: 2021-05, what: x}\n  - {scan: 2021-05, scan: 2021-06}\n",
    "\tcase: a\n",
    "case: a\n" + "[" * 100,
]


@pytest.mark.parametrize("text", FAULTY)
def test_a_faulty_text_gives_problems_and_no_traceback(text):
    for grid, table in ((event_grid(text), "events"), (claim_grid(text), "claims")):
        for row in grid.rows:
            for key in (*row.cells, "note", "event", "date", "claim", "value", "zzz"):
                for value in ("2021-05", "", "a: b", "x" * 700):
                    with_cell(text, table, row.number, key, value)
            without_rows(text, table, [row.number])
            moved_row(text, table, row.number, 0)
        rows = [{"event": "death", "date": "2022"}]
        with_rows(text, "events", len(event_grid(text).rows), rows)
    assert event_grid(text).problems or "scan" in text


def test_the_sound_events_of_a_faulty_file_can_be_changed():
    grid = event_grid(FAULTY[0])
    assert [row.kind for row in grid.rows] == ["death"]
    assert "does not close" in str(grid.problems)
    edited = with_cell(FAULTY[0], "events", 0, "cause", "sepsis")
    assert edited.text == FAULTY[0].replace("2022}", "2022, cause: sepsis}")


def test_what_several_entries_share_is_refused():
    text = FAULTY[7]
    edited = with_rows(text, "events", 0, [{"event": "death", "date": "2022"}])
    assert edited.text == text
    assert "anchors and aliases are not used here" in str(edited.problems[0])


def test_no_such_row_and_no_such_grid():
    with pytest.raises(ValueError, match="no such row: 9"):
        with_cell(CASE, "events", 9, "what", "x")
    with pytest.raises(ValueError, match="no such grid: 'event'"):
        with_cell(CASE, "event", 0, "what", "x")
    with pytest.raises(ValueError, match="no place for a row: 5"):
        with_rows(CASE, "events", 5, NEW)


def test_a_text_that_keeps_its_empty_lines_is_taken_out_alone():
    text = "case: a\nevents:\n  - scan: 2021\n    note: |+\n      x\n\n    what: y\n"
    edited = with_cell(text, "events", 0, "note", "")
    assert edited.text == "case: a\nevents:\n  - scan: 2021\n    what: y\n"
    edited = with_cell(text, "events", 0, "note", "z")
    assert edited.text == "case: a\nevents:\n  - scan: 2021\n    note: z\n    what: y\n"
