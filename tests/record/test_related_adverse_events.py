"""Adverse events that a report relates to a line or to a drug."""

from __future__ import annotations

import pytest

import timeline as tl
from renderers.text.events import harm
from tests.situations.records import record
from timeline.assessment.remarks import case_remarks
from timeline.exchange.lines_table import HEADINGS
from timeline.record.events import Toxicity

COURSE = """treatment: 2019-01/2019-06, setting: adjuvant, drugs: epirubicin
treatment: 2020-01-01/2020-06-01, line: 1, drugs: [doxorubicin, oxaliplatin]
treatment: 2020-07-01/2020-12-01, line: 2, drugs: [irinotecan, doxorubicin]
treatment: 2021-01-01/.., line: 3, drugs: regorafenib
"""
NONE = "none on record"
NAUSEA = "grade not stated: nausea"
LINES = [
    pytest.param("after line 1 start", (NAUSEA, NAUSEA, NAUSEA), id="unrelated: any line since"),
    pytest.param("after line 1 start, line: 1", (NAUSEA, NONE, NONE), id="a line"),
    pytest.param("2020-09, line: 1", (NAUSEA, NONE, NONE), id="a late event of an earlier line"),
    pytest.param("after line 1 start, drugs: oxaliplatin", (NAUSEA, NONE, NONE), id="a drug"),
    pytest.param("after line 1 start, drugs: Adriamycin", (NAUSEA, NAUSEA, NONE),
                 id="a drug of two lines, by another name"),
    pytest.param("2020-09, drugs: doxorubicin", (NONE, NAUSEA, NONE),
                 id="of two lines with the drug the one that the date allows"),
    pytest.param("2021-02, drugs: [oxaliplatin]", (NAUSEA, NONE, NONE), id="a late event"),
    pytest.param("2020-02, drugs: epirubicin", (NONE, NONE, NONE), id="outside of the lines"),
    pytest.param("2020-02, drugs: gemcitabine", (NAUSEA, NONE, NONE), id="a drug not on record"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "expected"), LINES)
def test_an_adverse_event_is_listed_under_the_line_it_is_related_to(event, expected, tmp_path):
    found, problems = record(tmp_path, COURSE + f"toxicity: {event}, what: nausea")
    assert not problems, problems
    column = HEADINGS.index("Toxicity")
    assert tuple(row.cells[column].text for row in tl.lines(found).rows) == expected


def test_the_table_names_what_is_related_to_treatment_in_no_line(tmp_path):
    events = "toxicity: 2020-02, what: nausea, drugs: epirubicin\ntoxicity: 2019-02, what: alopecia"
    found, _ = record(tmp_path, COURSE + events)
    notes = " ".join(tl.lines(found).notes)
    assert "Adverse events related to treatment in no line: nausea (2020-02)." in notes
    assert "Adverse events before the first line: alopecia (2019-02)." in notes


REMARKS = [
    ("2020-02, what: nausea, drugs: oxaliplatin", ""),
    ("2020-02, what: nausea, drugs: gemcitabine", "gemcitabine, which no treatment on record has"),
    ("2020-08, what: nausea, line: 2, drugs: oxaliplatin",
     "oxaliplatin, which line 2 does not have"),
    ("2019-10, what: nausea, line: 1",
     "an adverse event comes after the start of the treatment that it is related to"),
    ("2018-10, what: nausea, setting: adjuvant",
     "an adverse event comes after the start of the treatment that it is related to"),
    ("2019-02, what: nausea, setting: adjuvant", ""),
]  # fmt: skip


@pytest.mark.parametrize(("event", "expected"), REMARKS)
def test_what_cannot_have_been_the_cause_is_a_warning(event, expected, tmp_path):
    found, problems = record(tmp_path, COURSE + f"toxicity: {event}")
    assert not problems, problems
    texts = [each.what for each in case_remarks(found.case) if "related" in each.what]
    assert bool(texts) == bool(expected)
    assert all(expected in text for text in texts)


def test_a_line_that_the_case_does_not_have_is_refused(tmp_path):
    _, problems = record(tmp_path, COURSE + "toxicity: 2020-02, line: 4")
    assert [each.what for each in problems] == [
        "line 4: the case has no such line (on record: 1, 2, 3)"
    ]


def test_figures_name_the_treatment_that_it_is_related_to():
    event = Toxicity(at="2020", what="nausea", grade="2", line=1, drugs=("doxorubicin 1 g",))
    assert harm(event) == "nausea, grade 2, related to doxorubicin, line 1"
    outside = Toxicity(at="2020", what="nausea", setting="adjuvant")
    assert harm(outside) == "nausea, related to adjuvant treatment"
