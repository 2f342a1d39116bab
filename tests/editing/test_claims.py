"""The printed claims of a file in a grid: in its lists, on its events, in another file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editing.test_laws import ROOT, loaded
from timeline.editing import claim_grid, file_of, moved_row, with_cell, with_rows, without_rows
from timeline.editing.claim_rows import needed_keys
from timeline.exchange.new_case import Answers, new_case

CASE = """\
case: a
events:
  - {treatment: 2021/2021-04, line: 1, drugs: anlotinib, printed: {PFS: 3 months, place: Abstract}}
  - scan: 2021-04
    called: PD
    printed:   # of the Discussion
      - {response: PD, note: the text}
      - {size: 12, unit: mm, about: T1, sum: 23 mm}
  - {last contact: 2021-06}
claims:
  - {OS: 6 months, line: 1}   # from the table
  - {count: seven, about: patients, n: 15}
"""
ROWS = [
    ("line 1", "PFS", "3 months"), ("scan 2021-04", "response", "PD"),
    ("scan 2021-04", "size", "12"), ("scan 2021-04", "sum", "23 mm"),
    ("OS line 1", "OS", "6 months"), ("patients", "count", "seven"),
]  # fmt: skip


def _edit(old: str, new: str) -> str:
    assert CASE.count(old) == 1
    return CASE.replace(old, new)


def test_the_rows_are_the_claims_in_the_order_of_the_file():
    rows = claim_grid(CASE).rows
    assert [tuple(row.cells[key] for key in ("subject", "claim", "value")) for row in rows] == ROWS
    assert rows[0].cells["place"] == "Abstract"
    assert [row.line for row in rows] == [3, 7, 8, 8, 11, 12]


CHANGED = [
    (0, "value", "3.1 months", "PFS: 3 months", "PFS: 3.1 months"),
    (0, "claim", "TTP", "PFS: 3", "TTP: 3"),
    (0, "place", "Table 2", "place: Abstract", "place: Table 2"),
    (0, "place", "", ", place: Abstract}", "}"),
    (1, "note", "", "PD, note: the text", "PD"),
    (2, "value", "13", "size: 12", "size: 13"),
    (4, "criterion", "RECIST 1.1", "line: 1}   #", "line: 1, criterion: RECIST 1.1}   #"),
    (5, "value", "8", "count: seven", "count: 8"),
    (5, "n", "", ", n: 15", ""),
]


@pytest.mark.parametrize(("row", "key", "value", "old", "new"), CHANGED)
def test_a_cell_is_written_in_its_place(row, key, value, old, new):
    edited = with_cell(CASE, "claims", row, key, value)
    assert edited.problems == ()
    assert edited.text == _edit(old, new)


@pytest.mark.parametrize(
    ("row", "key", "value", "message"),
    [
        (0, "value", "", "no value (write the printed text, or delete the row)"),
        (0, "claim", "PSF", "unknown kind of claim 'PSF' (did you mean PFS?"),
        (0, "subject", "line 2", "the subject follows from the event"),
        (0, "target", "x", "a claim has no 'target'"),
        (2, "line", "1", "several claims stand in one {..}, and none of them has it"),
        (3, "place", "x", "several claims stand in one {..}, and they share it"),
        (4, "unit", "mm", "two units, 'months' and 'mm'"),
        (5, "claim", "interval", "'from' and 'to' are missing"),
        (5, "about", "", "'about' is missing"),
        (5, "n", "abc", "abc"),
    ],
)
def test_what_no_claim_can_be_is_refused(row, key, value, message):
    edited = with_cell(CASE, "claims", row, key, value)
    assert edited.text == CASE
    assert message in " ".join(each.what for each in edited.problems), edited.problems


def test_claims_taken_out():
    off = without_rows(CASE, "claims", [0])
    assert off.text == _edit(", printed: {PFS: 3 months, place: Abstract}", "")
    one = without_rows(CASE, "claims", [1])
    assert one.text == _edit("      - {response: PD, note: the text}\n", "")
    kind = without_rows(CASE, "claims", [3])
    assert kind.text == _edit(", sum: 23 mm", "")
    both = without_rows(CASE, "claims", [2, 3])
    assert both.text == _edit("      - {size: 12, unit: mm, about: T1, sum: 23 mm}\n", "")
    every = without_rows(CASE, "claims", [1, 2, 3])
    assert "printed:   #" not in every.text
    assert "  # of the Discussion\n" in every.text
    listed = without_rows(CASE, "claims", [4])
    assert listed.text == _edit("  - {OS: 6 months, line: 1}   # from the table\n",
                                "  # from the table\n")  # fmt: skip
    for edited in (off, one, kind, both, every, listed):
        assert edited.problems == ()


def test_claims_added_and_moved():
    new = [{"claim": "DoR", "value": "not reached", "unit": "months", "line": "1"}]
    edited = with_rows(CASE, "claims", 5, new)
    row = "  - {DoR: not reached, unit: months, line: 1}\n"
    assert edited.text == _edit("# from the table\n", f"# from the table\n{row}")
    assert with_rows(CASE, "claims", 0, new).text == _edit("claims:\n", f"claims:\n{row}")
    swapped = moved_row(CASE, "claims", 4, 5)
    assert [row.kind for row in claim_grid(swapped.text).rows][-2:] == ["count", "OS"]
    assert moved_row(CASE, "claims", 0, 5).problems


def test_the_first_claim_of_a_template_comes_after_its_examples():
    text = new_case("x", Answers())
    edited = with_rows(text, "claims", 0, [{"claim": "PFS", "value": "8 months"}])
    assert edited.text == f"{text}claims:\n  - {{PFS: 8 months}}\n"


def test_a_case_and_its_report_in_two_files():
    path = ROOT / "cases" / "wang2023.yaml"
    text = path.read_text("utf-8")
    report = file_of("claims", text, path)
    assert report == ROOT / "seeds" / "wang2023.yaml"
    assert file_of("events", text, path) == path
    its = report.read_text("utf-8")
    assert file_of("claims", its, report) == report
    assert file_of("events", its, report) == path
    rows = claim_grid(its).rows
    assert len(rows) == len(loaded(its)[0].report.claims)
    edited = with_rows(text, "claims", 0, [{"claim": "OS", "value": "3 months"}])
    assert edited.text == text
    assert "in another file, '../seeds/wang2023.yaml' (write them there)" in str(edited.problems)
    own = Path("a.yaml")
    assert file_of("claims", CASE, own) == own
    assert file_of("claims", "case: a\nevents: []\n", own) == own
    assert file_of("events", "[broken", own) == own


def test_the_form_of_a_claim_asks_each_key_that_a_kind_needs():
    assert needed_keys() == ("line", "of", "about", "from", "to")
    edited = with_rows(CASE, "claims", 6, [{"claim": "response", "value": "CR"}])
    assert "'of' is missing" in edited.problems[0].what
    assert edited.problems[0].row == 6  # the number that the new row would have
    edited = with_rows(CASE, "claims", 6, [{"claim": "response", "value": "CR", "of": "line 1"}])
    assert edited.text == CASE + "  - {response: CR, of: line 1}\n"


@pytest.mark.parametrize("kind", ["best response", "Best overall response", "BOR"])
def test_a_best_response_is_a_response_of_a_line(kind):
    edited = with_rows(CASE, "claims", 6, [{"claim": kind, "value": "CR"}])
    assert "write response, with of: line 1" in edited.problems[0].what
