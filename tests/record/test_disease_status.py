"""The status of the disease at the last contact and at death, in the words of case series."""

from __future__ import annotations

import pytest

from renderers.axes.calendar_page import timeline_page
from renderers.text.events import procedure
from renderers.timeline.captions import contact_text
from tests.situations.records import ended, record
from timeline.record.events import EVENTS, Death, LastContact

NED, AWD = "no evidence of disease", "alive with disease"


@pytest.mark.parametrize(
    ("kind", "word", "status"),
    [
        ("last contact", "NED", NED),
        ("last contact", "disease-free", NED),
        ("last contact", "Alive without disease.", NED),
        ("lost to follow-up", "AWD", AWD),
        ("withdrawal", "alive with disease", AWD),
        ("death", "DOD", "died of disease"),
        ("death", "dead of disease", "died of disease"),
        ("death", "DOC", "died of another cause"),
        ("death", "treatment-related death", "died of treatment"),
    ],
)
def test_each_word_is_the_status_that_it_stands_for(kind, word, status):
    assert EVENTS[kind](at="2021", disease_status=word).disease_status == status


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("last contact: 2021, disease-status: DOD", "unknown status of the disease: 'DOD'"),
        ("death: 2021, disease-status: NED", "unknown status at death: 'NED'"),
        ("last contact: 2021, disease-status: stable", "known: no evidence of disease, alive with"),
    ],
)
def test_a_status_of_the_dead_is_none_of_the_living(event, message, tmp_path):
    _, problems = record(tmp_path, event)
    assert [message in each.what for each in problems] == [True]


@pytest.mark.parametrize(
    ("events", "days", "why"),
    [
        ("scan: 2016-03-01, new: none\nlast contact: 2020-01-01, disease-status: NED",
         (False, 1826, 1826), "free of disease for five years: 5 x 365 + 1 to 2020-01-01"),
        ("scan: 2016-01-01, new: none\nlast contact: 2020-01-01, disease-status: AWD",
         (False, 365, 365), "disease came back on a day that is not stated"),
        ("scan: 2016-01-01, new: none\nlast contact: 2020-01-01",
         (False, 365, 365), "whether disease was left is not stated"),
        ("relapse: 2016-01-01\nlast contact: 2020-01-01, disease-status: NED",
         (True, 365, 365), "it came back, and was removed"),
    ],
)  # fmt: skip
def test_a_last_contact_without_disease_is_an_assessment_of_dfs(events, days, why, tmp_path):
    found, problems = record(tmp_path, f"surgery: 2015-01-01\n{events}")
    assert not problems
    assert ended(found, "DFS", None, "") == days, why


def test_figures_name_it():
    assert procedure(LastContact(at="2021", disease_status="AWD")) == f"last contact: {AWD}"
    assert procedure(Death(at="2021", disease_status="DOD")) == "death: died of disease"
    assert procedure(Death(at="2021", disease_status="DOD", cause="sepsis")) == "death: sepsis"


def test_the_end_of_a_timeline_names_it(tmp_path):
    found, _ = record(
        tmp_path, "surgery: 2015-01-01\nlast contact: 2020-01-01, disease-status: NED"
    )
    assert contact_text(timeline_page(found.case)) == f"last contact 2020-01-01, {NED}"
