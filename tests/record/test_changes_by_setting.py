"""Changes and refusals of treatment outside of the lines, named by its setting."""

from __future__ import annotations

import pytest

from renderers.text.events import changed
from tests.situations.records import record
from timeline.record.events import DoseHeld, DoseReduced, Treatment, TreatmentRefused
from timeline.results.courses import courses

ADJUVANT = "treatment: 2019-01-01/2019-12-31, setting: adjuvant, drugs: imatinib\n"
IN_CYCLES = (
    "treatment: 2019-01-01, setting: adjuvant, drugs: capecitabine, cycle: 3 weeks, cycles: 8\n"
    "death: 2021-01-01\n"
)


@pytest.mark.parametrize(
    ("line", "setting", "is_of_line_1", "is_of_adjuvant"),
    [
        (1, "", True, False),
        (2, "", False, False),
        (None, "adjuvant", False, True),
        (None, "neoadjuvant", False, False),
        (None, "", False, False),
    ],
)
def test_a_change_is_of_the_treatment_that_it_names(line, setting, is_of_line_1, is_of_adjuvant):
    found = DoseHeld(at="2019", line=line, setting=setting)
    assert (found.is_of(1, ""), found.is_of(None, "adjuvant")) == (is_of_line_1, is_of_adjuvant)


@pytest.mark.parametrize(
    ("refused", "has_end"),
    [
        ("", True),
        ("treatment refused: 2019-03-01, setting: adjuvant", False),
        ("treatment refused: 2020-03-01, drugs: doxorubicin", True),
        ("treatment refused: 2020-03-01, setting: maintenance", True),
    ],
    ids=["not refused", "refused", "another treatment that never began", "another setting"],
)
def test_only_a_refusal_of_the_treatment_itself_takes_the_end_of_its_cycles(
    refused, has_end, tmp_path
):
    found, problems = record(tmp_path, IN_CYCLES + refused)
    assert not problems, problems
    assert (found.case.all_of(Treatment)[0].end is not None) == has_end


def test_a_hold_divides_the_course_of_an_adjuvant_drug(tmp_path):
    events = "dose held: 2019-03-01, setting: adjuvant\ndose resumed: 2019-05-01, setting: adjuvant"
    found, problems = record(tmp_path, ADJUVANT + events)
    assert not problems, problems
    (treatment,) = found.case.all_of(Treatment)
    parts = courses(treatment, ("imatinib",), found.case)
    assert [each.start.text for each in parts] == ["2019-01-01", "2019-05-01"]


FAULTS = [
    ("dose held: 2019-03, setting: maintenance",
     "setting maintenance: the case has no treatment with this setting (write {treatment: .."),
    ("treatment refused: 2019-03, setting: maintenance", ""),
    ("dose held: 2019-03, setting: ambulatory", "setting: unknown setting: 'ambulatory'"),
]  # fmt: skip


@pytest.mark.parametrize(("event", "message"), FAULTS)
def test_a_setting_without_treatment_is_refused_but_of_a_refusal(event, message, tmp_path):
    _, problems = record(tmp_path, ADJUVANT + event)
    assert [message in each.what for each in problems] == [True] * bool(message)


def test_an_ongoing_treatment_was_not_refused(tmp_path):
    events = (
        "treatment: 2019-01-01/.., setting: adjuvant, drugs: imatinib\n"
        "treatment refused: 2019-03-01, setting: adjuvant"
    )
    _, problems = record(tmp_path, events)
    assert ["adjuvant treatment is ongoing, but was refused on 2019-03-01" in each.what
            for each in problems] == [True]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (TreatmentRefused(at="2019", setting="adjuvant"), "treatment refused, adjuvant"),
        (DoseReduced(at="2019", setting="adjuvant", drugs=("imatinib 300 mg",), reason="toxicity"),
         "dose reduced: imatinib 300 mg, adjuvant, toxicity"),
    ],
)  # fmt: skip
def test_figures_name_the_setting(event, text):
    assert changed(event) == text
