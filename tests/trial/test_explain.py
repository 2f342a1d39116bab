"""What `explain` tells of one subject: assessments with reasons, results with rules."""

from __future__ import annotations

import pytest

import timeline.trial as trial

RS = {
    "USUBJID": ["A"] * 8,
    "RSDTC": ["2023-12-28", "2024-02-20", "2024-02-20", "2024-04", "2024-04-16", "2024-06-11",
              "2024-08-06", None],
    "RSSTRESC": ["SD", "PR", "NE", "SD", "PR", "SD", "PD", None],
}  # fmt: skip
ADSL = {"USUBJID": ["A"], "RANDDT": ["2024-01-01"], "NACTDT": ["2024-07-01"]}
PASSED = {name: "take" for name, row in trial.KINDS.items() if row.handling}


@pytest.fixture(scope="module")
def text():
    found = trial.derive(
        RS, subjects=ADSL, severity=PASSED, settings={"response_confirmation": "required"}
    )
    return found.explain("A")


@pytest.mark.parametrize(
    "line",
    [
        "A: times count from 2024-01-01 (RANDDT)",
        "new therapy 2024-07-01",
        "row 1: 2023-12-28, SD: does not count: before the day that times count from",
        "row 2: 2024-02-20, PR: counts",
        "row 3: 2024-02-20, NE: does not count: another of that day counts (one_per_day worst)",
        "row 4: no date, SD: does not count: no date that the settings accept",
        "row 7: 2024-08-06, PD: does not count: after new therapy (responses_after_new_therapy",
        "row 8: no date, no response: does not count: no response",
        "BOR PR on 2024-02-20, row 2: the best response up to the first PD",
        "CRSP Y on 2024-02-20, row 2, confirmed on 2024-04-16 (row 5)",
        # 20 February to 11 June, the last assessment before the new therapy: 9 + 31 + 30 + 31 + 11
        "CRSD 112 days from 2024-02-20 to 2024-06-11: censored, New Anti-Cancer Therapy",
        # LSTA is the seventh record: BOR, CB, CBOR, CCB, CRSP, DEATH, LSTA
        "at Last Tumor Assessment (ADRS ADT 7); FDA 2018",
        "DEATH N: death by the table of subjects",
    ],
)
def test_each_line(text, line):
    assert line in text


def test_a_subject_that_is_not_there():
    found = trial.derive(RS, subjects=ADSL, severity=PASSED)
    with pytest.raises(ValueError, match=r"no subject 'B' .known: A"):
        found.explain("B")
