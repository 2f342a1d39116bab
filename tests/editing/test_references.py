"""References to an event that is dated or named anew: found, and carried along in one step."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tests.editing.test_laws import TEXTS, loaded, sound
from tests.rows import every_row
from timeline.editing import event_grid, with_cell, without_rows
from timeline.editing.references import carried_references

TEXT = """case: a
events:
  - {diagnosis: 2021-01, what: sarcoma}
  - {surgery: 2021-03, what: resection, id: OP}   # the first
  - {treatment: 4 weeks after OP/after scan 2021-06 , line: 1, drugs: doxorubicin}
  - {scan: 2021-06, called: PR, printed: {interval: 3 months, from: diagnosis, to: OP}}
  - {scan: "2021-09, after scan 2021-06", line: 1}
  - {toxicity: line 1 + 2 weeks, term: fatigue, grade: 1, resolved: before scan 2021-06}
  - {symptom: 1 month before scan 2021-06, what: pain}
claims:
  - {response: PR, of: scan 2021-06}
  - {interval: 2 months, from: cycle 2 of line 1, to: scan 2021-06}
  - {response: PR, of: scan 2021-06, group: arm A}
"""


def carried(row, key, value, text=TEXT):
    edited = with_cell(text, "events", row, key, value)
    assert edited.problems == ()
    return edited.text, carried_references(text, edited.text)


def test_a_new_date_of_a_scan_is_carried_to_dates_and_claims():
    after, found = carried(3, "date", "2021-07-02")
    assert [(each.place, each.new) for each in found.lost] == [
        ("row 3, date", "4 weeks after OP/after scan 2021-07-02"),
        ("row 5, date", "2021-09, after scan 2021-07-02"),
        ("row 6, resolved", "before scan 2021-07-02"),
        ("row 7, date", "1 month before scan 2021-07-02"),
        ("claim 2, of", "scan 2021-07-02"),
        ("claim 3, to", "scan 2021-07-02"),
    ]
    group = "of: scan 2021-06, group"  # of other patients
    expected = after.replace("scan 2021-06", "scan 2021-07-02").replace(
        group.replace("06", "07-02"), group
    )
    assert found.edited.text == expected
    assert found.edited.problems == ()
    assert loaded(found.edited.text)[1] == loaded(TEXT)[1]


def test_a_name_that_still_finds_its_event_is_left():
    for row, key, value in ((1, "date", "2021-02"), (0, "date", "2020-12"), (3, "called", "SD")):
        after, found = carried(row, key, value)
        assert found.lost == ()
        assert found.edited.text == after


def test_an_event_with_faults_elsewhere_is_named_all_the_same():
    for fault in ("called: QQ", "called: PR, colour: blue", "line: x"):
        text = TEXT.replace("called: PR, printed", f"{fault}, printed")
        _, found = carried(3, "date", "2021-07-02", text)
        assert len(found.lost) == 6
        assert all(each.new for each in found.lost)


def test_a_new_id_and_an_id_taken_out():
    after, found = carried(1, "id", "first operation")
    assert [(each.place, each.new) for each in found.lost] == [
        ("row 3, date", "4 weeks after first operation/after scan 2021-06"),
        ("claim 1, to", "first operation"),
    ]
    after, found = carried(1, "id", "")
    assert found.lost[0].new == "4 weeks after surgery 2021-03/after scan 2021-06"
    assert found.edited.text == after.replace("after OP", "after surgery 2021-03").replace(
        "to: OP", "to: surgery 2021-03"
    )


def test_another_kind_has_another_name():
    _, found = carried(
        1, "event", "biopsy", TEXT.replace("OP", "surgery").replace(", id: surgery", "")
    )
    assert found.lost[0].text == "4 weeks after surgery/after scan 2021-06"
    assert found.lost[0].new == "4 weeks after biopsy/after scan 2021-06"


def test_a_name_that_another_event_takes_is_lost_as_well():
    text = "case: a\nevents:\n" + "".join(
        f"  - {{{each}}}\n" for each in
        ("scan: 2021-03", "scan: 2021-05", "symptom: after scan 2021-05")
    )  # fmt: skip
    after = text.replace("scan: 2021-05", "scan: 2021-06", 1).replace("2021-03", "2021-05")
    found = carried_references(text, after)  # both at once, as a paste does
    assert [each.new for each in found.lost] == ["after scan 2021-06"]


def test_where_two_events_are_alike_the_number_tells_them_apart():
    text = "case: a\nevents: [{scan: 2021-03}, {scan: 2021-05}, {symptom: after scan 2021-05}]\n"
    _, found = carried(1, "date", "2021-03", text)
    assert found.lost[0].new == "after scan 2021-03 (2 of 2)"
    assert loaded(found.edited.text)[1] == ()


def test_the_claims_of_another_file_are_named():
    events = "events: [{scan: 2021-03}, {symptom: after scan 2021-03}]"
    text = f"case: a\nsource: ../seeds/a.yaml\n{events}\n"
    _, found = carried(0, "date", "2021-04", text)
    assert found.other_file == "../seeds/a.yaml"


EXACT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@every_row("name", lambda: [n for n in sound() if n in TEXTS and "events:" in TEXTS[n]])
def test_every_reference_finds_its_event_when_the_exact_dates_are_a_day_later(name):
    """The oracle is the loader: it knows every event that a date or a claim names."""
    text = TEXTS[name]
    for row in event_grid(text).rows:
        if EXACT.fullmatch(row.cells["date"]):
            later = date.fromisoformat(row.cells["date"]) + timedelta(days=1)
            edited = with_cell(text, "events", row.number, "date", later.isoformat())
            found = carried_references(text, edited.text)
            assert all(each.new for each in found.lost)
            text = found.edited.text
    told = [each.what for each in loaded(text)[1]]
    assert not [each for each in told if "no such event" in each or "may be any of" in each]


def test_what_still_names_an_event_that_was_taken_out_is_a_note():
    edited = without_rows(TEXT, "events", [1])
    assert edited.problems == ()
    (note,) = [each for each in edited.notes if "taken out" in each]
    assert note.startswith("row 2, date: '4 weeks after OP/after scan 2021-06'; claim 1, to: 'OP'")
    assert without_rows(TEXT, "events", [6]).notes == ()  # the symptom, which nothing names
    both = "case: a\nevents: [{scan: 2021-03}, {symptom: after scan 2021-03}]\n"
    assert without_rows(both, "events", [0, 1]).notes == ()


def test_rows_taken_out_and_a_change_of_no_name_are_not_looked_at():
    assert carried_references(TEXT, TEXT).lost == ()
    assert carried_references(TEXT, "case: a\nevents: []\n").lost == ()
