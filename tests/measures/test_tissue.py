"""pCR and MPR of a case, by its stage and what is left in the tissue."""

import pytest

from tests.measures.test_of_case import derived
from tests.rows import every_row
from timeline.measures.results import measures_of
from timeline.views.case_rows import measure_texts
from timeline.views.explained_values import explained_values

CASE = """case: c
patient: {{diagnosis: {diagnosis}}}
events:
  - {{diagnosis: 2020-01-02}}
  - {{surgery: 2020-06-01, {keys}}}
"""
LUNG, BREAST, MELANOMA = "lung adenocarcinoma", "breast cancer", "cutaneous melanoma"
YES, NO, OPEN = "yes", "no", "cannot be told"
ROWS = [
    # diagnosis, keys, settings, pCR, MPR; by the definitions of timeline/measures/pathology.py
    pytest.param(LUNG, "stage: ypT1aN0, pathological-response: residual 10 %", {}, NO, YES,
                 id="10 % of the primary, nodes clear"),
    pytest.param(LUNG, "stage: ypT1aN0, pathological-response: residual 11 %", {}, NO, NO,
                 id="11 %"),
    pytest.param(LUNG, "stage: ypT1aN0, pathological-response: residual <10 %", {}, OPEN, YES,
                 id="less than 10 %: none, or some"),
    pytest.param(LUNG, "stage: ypT0N0", {}, YES, YES, id="nothing left"),
    pytest.param(LUNG, "stage: ypT0N1", {}, NO, YES, id="a node bars pCR"),
    pytest.param(LUNG, "stage: ypT0N1", {"mpr_scope": "primary_and_nodes"}, NO, OPEN,
                 id="how much of the node is viable is not told"),
    pytest.param(LUNG, "stage: ypT0", {}, OPEN, YES, id="nodes not told"),
    pytest.param(LUNG, "pathological-response: 90 % necrosis", {}, OPEN, OPEN,
                 id="the rest may be fibrosis"),
    pytest.param(LUNG, "pathological-response: pCR", {}, OPEN, OPEN, id="the word of the report"),
    pytest.param(BREAST, "stage: ypT0N0", {}, YES, None, id="breast: nothing left"),
    pytest.param(BREAST, "stage: ypTisN0", {}, YES, None, id="in situ"),
    pytest.param(BREAST, "stage: ypTisN0", {"breast_pcr": "ypT0ypN0"}, NO, None, id="not ypT0"),
    pytest.param(BREAST, "stage: ypT0/isypN0", {"breast_pcr": "ypT0ypN0"}, OPEN, None,
                 id="ypT0/is: either"),
    pytest.param(BREAST, "stage: ypT1N0", {}, NO, None, id="invasive"),
    pytest.param(BREAST, "stage: ypT0N1", {}, NO, None, id="in a node"),
    pytest.param(BREAST, "stage: ypT0N0(i+)", {}, OPEN, None, id="isolated tumour cells"),
    pytest.param(MELANOMA, "pathological-response: residual 5 %", {}, NO, YES, id="near-pCR"),
    pytest.param(MELANOMA, "pathological-response: residual 0 %", {}, YES, YES, id="no rest"),
]  # fmt: skip


def found(text, folder, **settings):
    return {each.key: each.value_text for each in measures_of(derived(text, folder, **settings))}


@every_row(("diagnosis", "keys", "settings", "pcr", "mpr"), ROWS)
def test_a_surgery_by_its_tissue(diagnosis, keys, settings, pcr, mpr, tmp_path):
    text = CASE.format(diagnosis=diagnosis, keys=keys)
    expected = {"pcr": pcr, "mpr": mpr}
    told = {key: value for key, value in expected.items() if value is not None}
    assert found(text, tmp_path, **settings) == told


SILENT = [
    pytest.param("leiomyosarcoma", "stage: ypT0N0", id="no definition"),
    pytest.param("breast cancer and melanoma", "stage: ypT0N0", id="two tumours"),
    pytest.param(LUNG, "stage: pT1aN0", id="no stage after treatment"),
    pytest.param(LUNG, "margin: R0", id="nothing told"),
]


@every_row(("diagnosis", "keys"), SILENT)
def test_a_surgery_that_tells_nothing(diagnosis, keys, tmp_path):
    assert found(CASE.format(diagnosis=diagnosis, keys=keys), tmp_path) == {}


def test_a_biopsy_is_no_resection(tmp_path):
    text = CASE.format(diagnosis=LUNG, keys="pathological-response: pCR").replace(
        "surgery", "biopsy"
    )
    assert found(text, tmp_path) == {"pcr": OPEN, "mpr": OPEN}
    assert found(text, tmp_path, unresected="no") == {"pcr": NO, "mpr": NO}


def test_it_is_shown_and_explained(tmp_path):
    keys = "stage: ypT1aN0, pathological-response: residual 10 %"
    case = derived(CASE.format(diagnosis=LUNG, keys=keys), tmp_path)
    assert measure_texts(case) == ["measures of surgery 2020-06-01: pCR no; MPR yes (provisional)"]
    first, second = explained_values(case, "pCR", None)
    assert (first.name, first.value) == ("pCR surgery 2020-06-01", "no")
    assert second.value == "yes (provisional: its source is still to be read)"
    assert [each.description for each in first.steps] == [
        "surgery 2020-06-01, ypT1aN0, residual 10 %",
        "lung: no viable tumour in the primary and in the lymph nodes",
    ]
