"""Impossible histories and equal ids are refused; similar valid ones are accepted."""

from __future__ import annotations

import pytest

from timeline.files.loader import load

LINE_1 = "{treatment: 2021-03-01/2021-06-01, line: 1, drugs: x}"
LINE_2 = "{treatment: 2021-07-01/.., line: 2, drugs: y}"


def faults(tmp_path, *entries):
    path = tmp_path / "a.yaml"
    path.write_text("case: a\nevents:\n" + "".join(f"  - {entry}\n" for entry in entries))
    return [str(problem) for problem in load(path)[1]]


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        pytest.param(["{death: 2021-01-01}", LINE_1], "lies after death", id="death first"),
        pytest.param([LINE_1, "{death: 2021-05-31}"],
                     "treatment 2021-03-01 ends (2021-06-01) after death (2021-05-31)",
                     id="treatment runs past death"),
        pytest.param(["{radiotherapy: 2021-03/2021-06}", "{death: 2021-05}"],
                     "radiotherapy 2021-03 ends (2021-06) after death (2021-05)",
                     id="radiotherapy ends in a month after death"),
        pytest.param(["{death: 2021-01-01}", "{last contact: 2021-02-01}"], "lies after death",
                     id="contact after death"),
        pytest.param(["{death: 2021-01-01}", "{death: 2021-01-02, id: b}"], "a second death",
                     id="two deaths"),
        pytest.param(["{last contact: 2021-02-01}", "{scan: 2021-03-01}"],
                     "lies after last contact", id="a scan after last contact"),
        pytest.param(["{treatment: 2021-08-01/.., line: 1, drugs: x}", LINE_2],
                     "line 2 (2021-07-01) begins before line 1", id="line 2 before line 1"),
        pytest.param(["{scan: 2021-01, id: a}", "{scan: 2021-02, id: a}"], "used by 2 events",
                     id="one id twice"),
        pytest.param(["{scan: 2021-01, id: line 1}"], "reads as a date", id="an id like a line"),
        pytest.param(["{scan: 2021-01, id: scan}"], "reads as a date", id="an id like a kind"),
        pytest.param(["{scan: 2021-01, id: 'a, b'}"], "reads as a date", id="an id with a comma"),
        pytest.param(["{scan: after a, id: a}"], "refers to itself", id="after itself"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(tmp_path, entries, fault):
    assert any(fault in each for each in faults(tmp_path, *entries))


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([LINE_1, LINE_2, "{death: 2022-01-01}"], id="in order"),
        pytest.param(["{death: 2021-01}", "{scan: 2021-01}"], id="of one month"),
        pytest.param([LINE_1, "{death: 2021-06-01}"], id="treated to the day of death"),
        pytest.param(
            ["{radiotherapy: 2021-03/2021-06}", "{death: 2021-06-01}"],
            id="an end of the month of death",
        ),
        pytest.param([LINE_2, "{death: 2021-08-01}"], id="ongoing, as far as is known"),
        pytest.param(
            ["{treatment: 2021-07-01, line: 1, drugs: x}", "{death: 2021-08-01}"],
            id="no end is stated",
        ),
        pytest.param(
            ["{last contact: 2021-02-01}", "{death: 2022-01-01}"], id="death is known later"
        ),
        pytest.param(
            ["{last contact: 2021-02-01}", "{surgery: 2021-03, planned: yes}"], id="planned"
        ),
        pytest.param([LINE_1, "{treatment: 2021-05-01/.., line: 2, drugs: y}"], id="overlapping"),
        pytest.param(["{scan: 2021-01, id: first}", "{scan: 2021-02}"], id="a plain id"),
    ],
)
def test_a_similar_valid_record_is_accepted(tmp_path, entries):
    assert faults(tmp_path, *entries) == []


@pytest.mark.parametrize(
    ("claim", "fault"),
    [
        pytest.param("{PFS: 4, unit: kg}", "not a unit of time", id="unit"),
        pytest.param("{PFS: 4, unit: months, ci: banana}", "not two limits", id="limits"),
        pytest.param("{PFS: 4, unit: months, ci: 5 to 2 to 9}", "not two limits", id="three"),
        pytest.param("{PFS: 4, unit: months, criterion: RECISTT}", "did you mean RECIST",
                     id="criterion"),
        pytest.param(f"{{name: {'x' * 700}, about: y}}", "700 characters", id="too long"),
    ],
)  # fmt: skip
def test_claims_without_content_are_refused(tmp_path, claim, fault):
    path = tmp_path / "s.yaml"
    path.write_text(f"source: s\nclaims:\n  - {claim}\n")
    (problem,) = load(path)[1]
    assert fault in str(problem)


def test_an_age_that_is_none_is_refused_where_it_stands(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("case: a\npatient: {sex: male, age: banana}\nevents:\n  - {diagnosis: 2020}\n")
    (fault,) = map(str, load(path)[1])
    assert fault.endswith(
        "a.yaml:2:27: age: not an age: 'banana' (write 58, about 60, 60s or 8 months)"
    )
