"""What was refused, or planned and not done: it is on record, and counted in no endpoint."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.assessment.remarks import case_remarks
from timeline.record.events import EVENTS, PeriodEvent

REST = """
    diagnosis: 2021-12-01
    surgery: 2021-12-10
    scan: 2022-01-10, baseline: 1
    treatment: 2022-01-20/2022-09-20, line: 1, drugs: nivolumab
    scan: 2022-03-20, line: 1, target: SD
    last contact: 2023-01-01
"""
NEEDS = {"treatment": ", line: 2, drugs: pazopanib", "supportive": ", drugs: filgrastim"}


def values(events, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems, problems
    return [(each.name, each.line, each.days, each.event, each.reason) for each in found.outcomes]


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    return values(REST, tmp_path_factory.mktemp("without"))


@pytest.mark.parametrize("kind", EVENTS)
def test_what_is_planned_changes_no_endpoint(kind, without, tmp_path):
    at = "2022-10-01/2022-12-01" if issubclass(EVENTS[kind], PeriodEvent) else "2022-10-01"
    planned = f"{kind}: {at}, planned: yes{NEEDS.get(kind, '')}"
    assert values(f"{REST}    {planned}", tmp_path) == without


@pytest.mark.parametrize("what", ["what: surgery", "what: radiotherapy", "drugs: pazopanib", ""])
def test_what_is_refused_without_a_line_changes_no_endpoint(what, without, tmp_path):
    refused = f"treatment refused: 2022-10-01{', ' * bool(what)}{what}"
    assert values(f"{REST}    {refused}", tmp_path) == without


@pytest.mark.parametrize(
    ("event", "warns"),
    [
        pytest.param("surgery: 2022-10-01, what: resection refused", True, id="refused"),
        pytest.param("radiotherapy: 2022-10-01, what: cancelled", True, id="cancelled"),
        pytest.param("scan: 2022-10-01, what: CT was not performed", True, id="not performed"),
        pytest.param("surgery: 2022-10-01, what: resection refused, planned: yes", False,
                     id="written as planned"),
        pytest.param("treatment refused: 2022-10-01, what: surgery refused", False, id="a refusal"),
        pytest.param("scan: 2022-10-01, what: uptake declined", False, id="a value that declined"),
        pytest.param("surgery: 2022-10-01, what: resection", False, id="done"),
    ],
)  # fmt: skip
def test_words_that_say_that_a_done_event_was_not_done(event, warns, tmp_path):
    found, _ = record(tmp_path, f"{REST}    {event}")
    assert any("counts as done" in each.what for each in case_remarks(found.case)) == warns
