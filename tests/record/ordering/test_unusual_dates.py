"""A date years from those of the events beside it in the file is remarked on."""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.assessment.remarks import case_remarks
from timeline.files.loader import load

BEGINS = "{treatment: 2021-10-25/2022-07-01, line: 1, drugs: x}"
DIED = "{death: 2022-08-01}"


def remarks(tmp_path: Path, *entries: str) -> list[str]:
    path = tmp_path / "a.yaml"
    path.write_text("case: a\nevents:\n" + "".join(f"  - {each}\n" for each in entries), "utf-8")
    found, faults = load(path)
    assert not faults
    return [
        f"{each.where.line}: {each.severity}: {each.what}"
        for each in case_remarks(found)
        if "more than two years from both" in each.what
    ]


@pytest.mark.parametrize("entry", [
    pytest.param("{scan: 2012-05-02}", id="a scan, two digits exchanged"),
    pytest.param("{lab: 2012-05-02, values: {Hb: 12 g/dL}}", id="a laboratory value"),
    pytest.param("{toxicity: 2012-05, grade: 2}", id="a toxicity, dated by month"),
    pytest.param("{performance: 2012-05-02, ecog: 1}", id="a performance status"),
    pytest.param("{scan: 2019-10-25}", id="731 days before the treatment"),
])  # fmt: skip
def test_a_date_years_from_both_events_beside_it_is_remarked_on(tmp_path, entry):
    (found,) = remarks(tmp_path, "{diagnosis: 2021-03}", BEGINS, entry, DIED)
    assert found.startswith("5: warning: ")
    assert "stands between treatment 2021-10-25 (2021-10-25) and death 2022-08-01" in found


@pytest.mark.parametrize("entries", [
    pytest.param([BEGINS, "{scan: 2022-05-02}", DIED], id="between the two"),
    pytest.param([BEGINS, "{scan: 2019-10-26}", DIED], id="730 days before the treatment"),
    pytest.param(["{scan: 2012-05-02}", BEGINS, DIED], id="history, first in the file"),
    pytest.param([BEGINS, DIED, "{scan: 2012-05-02}"], id="last in the file"),
    pytest.param([BEGINS, "{surgery: 2012-05-02}", DIED], id="an operation years before"),
    pytest.param(["{diagnosis: 2001-03}", "{scan: 1998-05}", BEGINS], id="20 years between both"),
    pytest.param([BEGINS, "{toxicity: 2010/2022, grade: 2}", DIED], id="a date that may be right"),
    pytest.param([BEGINS, "{scan: 2012-05-02, line: 1}", DIED], id="left to the order of the line"),
])  # fmt: skip
def test_a_date_that_may_be_right_is_not(tmp_path, entries):
    assert remarks(tmp_path, *entries) == []
