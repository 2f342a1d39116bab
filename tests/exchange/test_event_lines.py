"""The lines that an adverse event without a stated line belongs to."""

from __future__ import annotations

import pytest

import timeline as tl
from tests.situations.records import record
from timeline.exchange.event_lines import related_lines, treatments_outside
from timeline.record.events import Toxicity

LINES = """treatment: 2014-01-10/2014-06-20, line: 1, drugs: sunitinib
treatment: 2014-06-20/2015-06-20, line: 2, drugs: axitinib
treatment: 2015-07-20/2015-10-20, line: 3, drugs: temsirolimus
"""


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        pytest.param('"after line 1 start, before line 1 end"', (1,), id="line 2 began that day"),
        pytest.param('"after line 2 start, before line 2 end"', (2,), id="both ends of line 2"),
        pytest.param('"after line 1 start, before line 2 end"', (1, 2), id="ends of two lines"),
        pytest.param("before line 2 end", (1, 2), id="before an end alone"),
        pytest.param('"after line 1 start, before line 2"', (1,), id="before the next line"),
    ],
)
def test_the_dates_name_the_line(at, lines, tmp_path):
    found, problems = record(tmp_path, f"{LINES}toxicity: {at}, what: hypertension")
    assert not problems
    (event,) = found.case.all_of(Toxicity)
    assert related_lines(found.case, event) == lines


OUTSIDE = """diagnosis: 2016-05-01
treatment: 2016-06/before line 1, setting: adjuvant, drugs: carboplatin, id: adj
treatment: 2017-03/2017-09, line: 1, drugs: letrozole
treatment: 2017-09/2018-09, line: 2, drugs: megestrol acetate
"""
ADJUVANT, BEFORE = ("adjuvant",), ()


@pytest.mark.parametrize(
    ("at", "lines", "outside"),
    [
        pytest.param('"after adjuvant start, before adjuvant end"', BEFORE, ADJUVANT, id="during"),
        pytest.param("adjuvant end + 0 days", BEFORE, ADJUVANT, id="counted from its end"),
        pytest.param("before adjuvant end", BEFORE, ADJUVANT, id="before its end"),
        pytest.param("after adjuvant start", (1, 2), ADJUVANT, id="at any time since its start"),
        pytest.param("before adj", BEFORE, (), id="before its start"),
        pytest.param('"after adj start, before line 2"', (1,), ADJUVANT, id="up to line 2"),
        pytest.param("2017-02", BEFORE, ADJUVANT, id="a date before line 1"),
        pytest.param("2017-02/2017-04", (1,), ADJUVANT, id="a date about the start of line 1"),
        pytest.param("2017-05", (1,), (), id="a date in line 1"),
        pytest.param("line 1 start + 0 days", (1,), (), id="on the first day of line 1"),
        pytest.param("2017-05, setting: adjuvant", BEFORE, ADJUVANT, id="late, by its setting"),
        pytest.param("2017-02, line: 1", (1,), (), id="early, by its line"),
        pytest.param("after adj start, drugs: carboplatin", (), ADJUVANT, id="by its drug"),
        pytest.param("after adj start, drugs: letrozole", (1,), (), id="by a drug of a line"),
    ],
)
def test_a_stated_order_tells_treatment_outside_of_the_lines_from_a_line(
    at, lines, outside, tmp_path
):
    found, problems = record(tmp_path, f"{OUTSIDE}toxicity: {at}, what: neuropathy")
    assert not problems, problems
    (event,) = found.case.all_of(Toxicity)
    assert related_lines(found.case, event) == lines
    assert tuple(each.setting for each in treatments_outside(found.case, event)) == outside


TIED = """treatment: 2016-06-01/2017-03-01, setting: adjuvant, drugs: carboplatin
treatment: 2017-03-01/2017-09, line: 1, drugs: letrozole
"""


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        pytest.param("before adjuvant end", (), id="before the end on the day line 1 began"),
        pytest.param("2017-03-01", (1,), id="on that day"),
    ],
)
def test_a_line_that_begins_as_adjuvant_treatment_ends_does_not_take_its_events(
    at, lines, tmp_path
):
    found, problems = record(tmp_path, f"{TIED}toxicity: {at}, what: neuropathy")
    assert not problems, problems
    (event,) = found.case.all_of(Toxicity)
    assert related_lines(found.case, event) == lines


def test_maintenance_after_a_line_is_named_beside_it(tmp_path):
    events = """treatment: 2019-01/2019-06, line: 1, drugs: carboplatin
treatment: 2019-07/.., setting: maintenance, drugs: olaparib
toxicity: 2019-10, what: anaemia
"""
    found, problems = record(tmp_path, events)
    assert not problems, problems
    notes = " ".join(text for _, text in tl.lines(found).footnotes)
    assert "anaemia (2019-10), maintenance treatment or line 1" in notes


def test_a_setting_that_no_treatment_has_is_refused(tmp_path):
    _, problems = record(tmp_path, f"{LINES}toxicity: 2014-05, setting: adjuvant, what: pain")
    assert ["no treatment with this setting" in each.what for each in problems] == [True]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (", what: chemotherapy", "adjuvant chemotherapy, drugs not stated"),
        ("", "adjuvant drugs not stated"),
    ],
)
def test_treatment_outside_of_the_lines_without_drugs_is_named_by_what_it_was(
    what, words, tmp_path
):
    events = f"treatment: 2013-05/2013-05, setting: adjuvant, drugs: not stated{what}\n{LINES}"
    found, problems = record(tmp_path, events)
    assert not problems, problems
    assert any(
        each.startswith(f"Not in a line: {words} (2013-05") for each in tl.lines(found).notes
    )
