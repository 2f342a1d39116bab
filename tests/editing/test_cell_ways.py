"""What a text that a cell has refused may become; dates by the calendar, units by the fields."""

from __future__ import annotations

import pytest

from timeline.editing import with_cell, with_cells
from timeline.editing.ways.cell_ways import cell_ways

CASE = """\
case: a
events:
  - {scan: 2021-03, note: seen}
  - {treatment: 2021-04/2021-05, line: 1, drugs: cisplatin}
  - {lab: 2021-03, values: {CEA: 5 ng/mL}}
"""


@pytest.mark.parametrize(
    ("row", "key", "value", "expected"),
    [
        (0, "date", "03.04.2021", ["2021-04-03", "2021-03-04"]),  # both are days
        (0, "date", "15.03.2021", ["2021-03-15"]),  # there is no month 15
        (0, "date", "31.04.2021", []),  # April has 30 days
        (0, "date", "Q1 2021", ["[2021-01..2021-03]"]),
        (0, "date", "mid 05/2021", ["[2021-05-11..2021-05-20]", "2021-05"]),  # a third is 10 days
        (0, "date", "spring 2021", ["[2021-03..2021-05]", "[2021-09..2021-11]", "2021"]),
        (0, "date", "Mar-21", []),  # the year 2021, or a day: nothing is offered
        (0, "date", "soon", []),
        (1, "end", "03/06/2021", ["2021-06-03", "2021-03-06"]),
        (1, "end", "15.06.2021", ["2021-06-15"]),
        (0, "sum", "98", ["98 mm", "98 cm"]),
        (1, "cycle", "3", ["3 weeks", "3 months"]),
        (2, "values", "CA19-9 44", ["CA 19-9: 44 U/mL", "CA 19-9: 44 kU/L"]),
        (0, "grade", "3", []),  # a scan has no grade
        (0, "event", "death", []),  # is taken as it is
    ],
)
def test_each_reading_is_offered_and_taken(row, key, value, expected):
    ways = cell_ways(CASE, "events", row, key, value)
    assert [way.cells[key] for way in ways] == expected
    for way in ways:
        assert with_cells(CASE, "events", row, way.cells).problems == ()


def test_a_word_is_an_event_with_what_it_states():
    (way,) = cell_ways(CASE, "events", 0, "event", "MRI")
    assert way.words == "scan, modality: MRI"
    edited = with_cells(CASE, "events", 0, way.cells)
    assert edited.text == CASE.replace("note: seen}", "note: seen, modality: MRI}")
    assert cell_ways(CASE, "events", 1, "event", "MRI") == ()  # a scan has no drugs


def test_a_number_alone_has_the_unit_of_its_column():
    edited = with_cell(CASE, "events", 0, "sum", "98", units={"sum": "mm"})
    assert edited.text == CASE.replace("seen}", "seen, sum: 98 mm}")
    edited = with_cell(CASE, "events", 0, "sum", "9.8 cm", units={"sum": "mm"})
    assert edited.text == CASE.replace("seen}", "seen, sum: 9.8 cm}")


def test_a_month_of_a_year_is_read_in_every_field_of_a_date_and_a_line_is_offered():
    case = (
        "case: a\nevents:\n  - {scan: 2020-01}\n"
        "  - {treatment: 2020-03, line: 1, drugs: FOLFOX}\n"
        "  - {toxicity: 2020-07, what: rash, grade: 2}\n"
    )
    for row, key in ((0, "date"), (1, "date"), (1, "end"), (2, "date"), (2, "resolved")):
        edited = with_cell(case, "events", row, key, "08/2020")
        assert edited.problems == (), (row, key)
        assert "2020-08" in edited.text
    ways = cell_ways(case, "events", 2, "resolved", "03/04/2021")
    assert [dict(way.cells) for way in ways] == [
        {"resolved": "2021-04-03"}, {"resolved": "2021-03-04"}]  # fmt: skip
    (problem,) = with_cell(case, "events", 0, "baseline", "yes").problems
    assert "write the number of the line" in problem.what
    (way,) = cell_ways(case, "events", 0, "baseline", "yes")
    assert dict(way.cells) == {"baseline": "1"}
    two = case.replace("  - {tox", "  - {treatment: 2021-01, line: 2, drugs: FOLFIRI}\n  - {tox")
    for typed in ("yes", "x"):  # line 1 begins before line 2, whatever is later
        (way,) = cell_ways(two, "events", 0, "baseline", typed)
        assert dict(way.cells) == {"baseline": "1"}
    vague = two.replace("scan: 2020-01", "scan: 2020")  # it may be from before line 1, or after it
    ways = cell_ways(vague, "events", 0, "baseline", "yes")
    assert [dict(way.cells) for way in ways] == [{"baseline": "1"}, {"baseline": "2"}]
