"""A list where a case file takes one text: read as one, or refused with what to write."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.core.schema import schema_of
from timeline.exchange.case_tables import as_csv, case_tables
from timeline.exchange.import_case import import_case
from timeline.record.case import Patient
from timeline.record.events import EVENTS, Death, Metastasis, Toxicity

JOINED = {"site", "cause", "management", "modality"}


@pytest.mark.parametrize(
    ("event", "key", "text"),
    [
        ("metastasis: 2021, site: [brain, spine]", "site", "brain, spine"),
        ("metastasis: 2021, site: [brain]", "site", "brain"),
        ("surgery: 2021, site: [left lung, liver]", "site", "left lung, liver"),
        ("death: 2021, cause: [sepsis, progression]", "cause", "sepsis, progression"),
        ("toxicity: 2021, grade: 3, management: [held, prednisone]", "management",
         "held, prednisone"),
        ("scan: 2021, modality: [CT, MRI]", "modality", "CT, MRI"),
    ],
)  # fmt: skip
def test_a_list_of_texts_is_one_text(event, key, text, tmp_path):
    found, problems = record(tmp_path, event)
    assert not problems
    assert getattr(found.case.events[0], key) == text


def test_every_key_of_a_free_text_that_may_name_several_takes_a_list():
    """A list of sites must not be read of one event and refused of the next."""
    classes = (*EVENTS.values(), Patient)
    keyed = [(cls, key, spec) for cls in classes for key, (_, spec) in schema_of(cls).items()]
    assert [(cls, key) for cls, key, spec in keyed if spec.joins is not (key in JOINED)] == []


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("biopsy: 2021, what: [core, left]", "what takes one value, not a list (write one of its"),
        ("diagnosis: 2021, grade: {FNCLCC: 2}", "grade takes one value, not keys (write the value"),
        ("metastasis: 2021, site: [brain, '']", "site: empty value"),
        ("metastasis: 2021, site: []", "site: empty value"),
        ("metastasis: 2021, site: {brain: left}", "site takes one value, not keys"),
        ("metastasis: 2021, site: [[brain], spine]", "site takes one value, not a list"),
    ],
)
def test_any_other_list_is_refused_with_what_to_write(event, message, tmp_path):
    _, problems = record(tmp_path, event)
    assert [message in str(each) for each in problems] == [True]


def test_python_code_may_give_a_list_as_well():
    at = Metastasis(at="2021", site=("brain", "spine"))
    assert at.site == "brain, spine"
    assert Death(at="2021", cause="sepsis").cause == "sepsis"
    assert Toxicity(at="2021", management=["held"]).management == "held"


def test_a_list_is_one_cell_of_a_table(tmp_path):
    found, _ = record(tmp_path, "metastasis: 2021, site: [brain, spine]")
    events = tmp_path / "events.csv"
    events.write_text(as_csv(case_tables(tmp_path / "case.yaml").sheets["events"]), "utf-8")
    again, problems = import_case(events, name="c")
    assert not problems
    assert again.case.events == found.case.events
