"""The measures of a case, by hand: sums 50, 60 (baseline), 45, 30, 40 and 20 mm.

30 to 40 is +33 % and 10 mm, PD: 20 comes after it, so the depth is (60 - 30) / 60 = 50 %. The first
evaluation is 55 days after the start: (60 - 45) / 60 = 25 %. 60 days are 1.9713 months of 30.4375:
(60 / 50) ** (3 / 1.9713) = 1.320, (45 / 60) ** (3 / 1.9713) = 0.645.
"""

import pytest

import timeline as tl
from tests.rows import every_row
from timeline.measures.results import measures_of
from timeline.views.case_rows import measure_texts
from timeline.views.data import derived_case_data
from timeline.views.explained_values import explained_values

CASE = """case: c
events:
  - {scan: 2019-11-06, sum: 50 mm}
  - {scan: 2020-01-05, baseline: 1, sum: 60 mm}
  - {treatment: 2020-01-10/.., line: 1, drugs: atezolizumab}
  - {scan: 2020-03-05, sum: 45 mm, new: none}
  - {scan: 2020-05, sum: 30 mm, new: none}
  - {scan: 2020-06-05, sum: 40 mm, new: none}
  - {scan: 2020-07-05, sum: 20 mm, new: none}
"""
LESIONS = CASE.replace("events:", "lesions: {A: {organ: liver}, B: {organ: lung}}\nevents:")
LESIONS = LESIONS.replace("sum: 50 mm", "lesions: {A: 30 mm, B: 20 mm}")
LESIONS = LESIONS.replace("sum: 60 mm", "lesions: {A: 35 mm, B: 25 mm}")
LESIONS = LESIONS.replace("sum: 45 mm", "lesions: {A: 25 mm, B: 20 mm}").partition(
    "  - {scan: 2020-05,"
)[0]


def derived(text, folder, **settings):
    path = folder / "c.yaml"
    path.write_text(text, "utf-8")
    return tl.derive(tl.load_case(path), **settings)


def found(text, folder, **settings):
    return {each.key: each for each in measures_of(derived(text, folder, **settings))}


ROWS = [
    # key, value in words, text of the case, settings
    pytest.param("depth_percent", "50.0 %", CASE, {}, id="up to the first PD"),
    pytest.param("depth_percent", "66.7 %", CASE, {"measure_window": "to_new_therapy"},
                 id="up to new therapy: 20 of 60"),
    pytest.param("time_to_nadir", "112 to 142 days", CASE, {}, id="some day of May"),
    pytest.param("ets_percent", "25.0 %", CASE, {}, id="day 55"),
    pytest.param("ets", "yes", CASE, {}, id="20 % or more"),
    pytest.param("ets", "no", CASE, {"ets_percent": 30}, id="not 30 %"),
    pytest.param("tgr_ref", "32.0 % a month", CASE, {}, id="TGR before"),
    pytest.param("tgr_exp", "-35.5 % a month", CASE, {}, id="TGR after"),
    pytest.param("tgk_ref", "0.17 mm a day", CASE, {}, id="10 mm in 60 days"),
    pytest.param("tgk_exp", "-0.25 mm a day", CASE, {}, id="-15 mm in 60 days"),
    pytest.param("tgk_exp", "-0.27 mm a day", CASE, {"tgr_from": "treatment_start"},
                 id="-15 mm in 55 days"),
    pytest.param("tgr_ref", "32.0 % a month", LESIONS, {}, id="the same lesions, each measured"),
    pytest.param("tgr_ref", "cannot be told", LESIONS.replace("A: 30 mm, B: 20 mm", "A: 30 mm"), {},
                 id="one of them not measured before"),
    pytest.param("tgr_ref", "cannot be told", CASE.replace("sum: 50 mm", "target: stable"), {},
                 id="no sum before"),
    pytest.param("tgk_exp", "cannot be told", CASE.replace(" mm,", " mm²,").replace(" mm}", " mm²}")
                 .replace("drugs: atezolizumab", "drugs: atezolizumab, criterion: WHO 1979"), {},
                 id="sums of products"),
    pytest.param("champiat", "no", CASE, {}, id="no PD at the first evaluation"),
    pytest.param("matos", "no", CASE, {}, id="not grown"),
    pytest.param("lo_russo", "no", CASE, {}, id="three cannot be reached"),
    # 45 to 115: +91.7 %, 55 mm on day 55; 25 to 2.5 months: (115 / 60) ** 1.5219 = 2.69, +169 %
    pytest.param("champiat", "yes", CASE.replace("45 mm", "115 mm"), {}, id="5.3 times"),
    pytest.param("kas", "yes", CASE.replace("45 mm", "115 mm"), {}, id="137 points"),
    pytest.param("matos", "yes", CASE.replace("45 mm", "115 mm"), {}, id="within 8 weeks"),
    pytest.param("matos", "cannot be told", CASE.replace("45 mm, new: none", "75 mm"), {},
                 id="+25 %: whether new lesions were in two organs is not told"),
]  # fmt: skip


@every_row(("key", "value", "text", "settings"), ROWS)
def test_a_measure_of_a_line(key, value, text, settings, tmp_path):
    result = found(text, tmp_path, **settings)[key]
    assert result.value_text == value
    assert (result.value is None) <= bool(result.reason)


def test_a_case_without_a_number_has_no_measures(tmp_path):
    text = CASE.replace("sum: 60 mm", "target: stable")
    assert measures_of(derived(text, tmp_path)) == ()
    assert measure_texts(derived(text, tmp_path)) == []


def test_what_is_shown_explained_and_exported(tmp_path):
    case = derived(CASE, tmp_path)
    (text,) = measure_texts(case)
    assert text.startswith("measures of line 1: depth of response 50.0 %; time to nadir 112 to 142")
    assert "hyperprogression by Matos 2020 no (provisional)" in text
    (depth, nadir, *_) = explained_values(case, "DpR", 1)
    assert (depth.name, depth.value) == ("depth of response line 1", "50.0 %")
    assert nadir.value == "112 to 142 days: the days of the scans are a range"
    steps = [each.description for each in depth.steps]
    assert steps[0] == "scan 2019-11-06, before the baseline: 50 mm"
    assert "scan 2020-03-05: -25.0 % from baseline, sum 45 mm" in steps
    assert depth.steps[-1].source.endswith("(read)")
    names = [each.name for each in explained_values(case, "hyperprogression", None)]
    assert len(names) == 7
    by_key = {each["key"]: each for each in derived_case_data(case)["measures"]}
    assert by_key["time_to_nadir"]["value"] == {"low": "112", "high": "142"}
    assert (by_key["kato"]["value"], by_key["kato"]["provisional"]) == (False, True)
    assert [each.key for each in measures_of(case, line=2)] == []
