"""The conformance vectors, and that a wrong expectation is reported."""

import json
from pathlib import Path

import attrs
import pytest

from tests.rows import every_row
from timeline.conformance.run import disagreements, run_conformance
from timeline.settings.endpoints import EndpointSettings
from timeline.settings.response import SETTINGS

HERE = Path(__file__).parents[1]
NAMES = ("response", "house", "clinical", "contested", "older", "measure", "further")
FILES = [HERE / "vectors" / f"{name}_vectors.json" for name in NAMES]
VECTORS = [each for path in FILES for each in json.loads(path.read_text("utf-8"))["vectors"]]


@every_row("vector", VECTORS, ids=lambda each: f"{each['id']} {each['title']}")
def test_vector(vector):
    assert [str(each) for each in disagreements(vector)] == []


def test_the_file_as_a_whole_agrees():
    whole = run_conformance(FILES[0])
    assert whole.agrees
    assert list(whole.lines()) == [
        "130 vectors with 241 expected values, 200 Table 3 sequences: all agree"
    ]


def vector(**changed):
    base = {
        "id": "X",
        "criteria": "iRECIST",
        "kind": "findings",
        "input": {
            "baseline": {"target_sum": 100, "nontarget": False},
            "timepoints": [{"day": 56, "target_sum": 125}],
        },
        "expected": {"responses": ["iUPD"], "notes": "not checked"},
    }
    return base | changed


def shown(found):
    return [str(each) for each in disagreements(found)]


def test_a_wrong_expectation_is_reported_with_the_row_that_applied():
    wrong = vector(expected={"responses": ["iSD"]})
    assert shown(vector()) == []
    assert shown(wrong) == ["X: responses: expected ['iSD'], got ['iUPD'] [rows R3]"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"criteria": "RECIST 9"}, "unknown criteria 'RECIST 9'"),
        ({"kind": "guesses"}, "unknown kind 'guesses'"),
        ({"settings": {"after_pd": "x"}}, "setting after_pd"),
        ({"expected": {"mood": "good"}}, "unknown expectation 'mood'"),
        ({"input": {"timepoints": []}}, "not of the format: KeyError('baseline')"),
        ({"input": None}, "not of the format: TypeError"),
    ],
)
def test_what_cannot_be_read_is_told_as_such(changed, fault):
    (only,) = shown(vector(**changed))
    assert fault in only


def options():
    """Every option of every setting of the criteria that is not the default."""
    of_lines = {
        field.name for field in attrs.fields(EndpointSettings)
    }  # vectors hold one line's scans
    for row in (each for each in SETTINGS.values() if each.name not in of_lines):
        for option in row.options:
            if str(row.default).lower() != option.lower():
                yield row.name, None if option.startswith("a whole number") else option


def uses(vector, name, option):
    shown = vector.get("settings", {})
    return name in shown and (option is None or option.lower() == str(shown[name]).lower())


@every_row(("name", "option"), list(options()))
def test_each_option_changes_what_some_vector_gives(name, option):
    """With the setting the vector agrees (above); without it, it must not."""
    shown = [each for each in VECTORS if uses(each, name, option)]
    without = [
        {**each, "settings": {key: value for key, value in each["settings"].items() if key != name}}
        for each in shown
    ]
    assert any(list(disagreements(each)) for each in without)


def test_a_sequence_of_table_3_that_disagrees_is_reported(tmp_path):
    table = {"examples": [{"cells": [["iPR", "iSD"], ["iUPD"]], "ibor": "iPR"}]}
    path = tmp_path / "v.json"
    path.write_text(json.dumps({"vectors": [], "table3_products": table}), "utf-8")
    first, last = run_conformance(path).lines()
    assert first == "Table 3 iSD,iUPD: ibor: expected 'iPR', got 'iSD'"
    assert last == "0 vectors with 0 expected values, 2 Table 3 sequences: 1 disagree"


@pytest.mark.parametrize("text", ["", "{}", "[]"])
def test_a_file_that_is_none_of_vectors_is_refused(tmp_path, text):
    path = tmp_path / "v.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match="not a file of vectors"):
        run_conformance(path)
