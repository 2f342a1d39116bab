"""Progression on record that the policy does not count: the reason says so, not that none came.

FDA 2018, Appendix 3: a claim without findings is no event in table A, and is one in table C.
"""

from __future__ import annotations

import pytest

from tests.situations.records import ended, record

STATED = "clinical progression, stated without a scan (2018-12) does not count under fda_a; "
EVENTS = """
    treatment: 2018-01-01/before line 2, line: 1, drugs: etoposide
    {progression}
    treatment: {start}/.., line: 2, drugs: anlotinib
"""
AFTER_START = "assessment after the start: "
FOLLOWED = "progression: 2018-12, id: PD1"


@pytest.mark.parametrize(
    ("progression", "start", "reason"),
    [
        pytest.param(
            FOLLOWED, "after PD1",
            STATED + "no assessment before start of line 2: censored at the start of line 1",
            id="line 2 starts after it by the record",
        ),
        pytest.param(
            "metastasis: 2018-12, id: PD1, site: brain", "2019-01-15",
            "new metastasis, stated without a scan (2018-12) does not count under fda_a; "
            "no assessment before start of line 2: censored at the start of line 1",
            id="a metastasis is progression of the same kind",
        ),
        pytest.param(
            "scan: 2018-12-03, line: 1, target: SD, new: none, called: PD", "2019-01-15",
            "progression as the authors called it (2018-12-03) does not count under fda_a; start "
            "of line 2 before any other progression: censored at the last evaluable assessment",
            id="the findings show no progression",
        ),
        pytest.param(
            "symptom: 2018-12, what: cough", "2019-01-15",
            "no assessment before start of line 2: censored at the start of line 1",
            id="no progression is on record",
        ),
        pytest.param(
            "scan: 2018-12-03, line: 1, target: NE", "2019-01-15",
            "no evaluable assessment before start of line 2: censored at the start of line 1",
            id="a scan was made and shows nothing",
        ),
        pytest.param(
            "progression: 2018-12, id: PD1, what: further progression of disease", "2019-01-15",
            "further progression of disease, stated without a scan (2018-12) does not count under "
            "fda_a; no assessment before start of line 2: censored at the start of line 1",
            id="the words of the record name the progression themselves",
        ),
    ],
)  # fmt: skip
def test_the_reason(progression, start, reason, tmp_path):
    found, problems = record(tmp_path, EVENTS.format(progression=progression, start=start))
    assert not problems
    assert found.outcome("PFS", 1).reason == reason


def test_without_a_next_line_as_well(tmp_path):
    events = "treatment: 2018-01-01/2018-11, line: 1, drugs: x\nprogression: 2018-12"
    found, _ = record(tmp_path, events)
    assert found.outcome("PFS", 1).reason.startswith(STATED + "no assessment after the start")


@pytest.mark.parametrize(
    ("scan", "evaluable", "reason"),
    [
        ("target: NE", False,
         f"no evaluable {AFTER_START}censored on the day of the start of line 1"),
        ("target: SD", True, "no progression on record: censored at the last evaluable assessment"),
    ],
)  # fmt: skip
def test_a_scan_that_shows_nothing_is_no_assessment(scan, evaluable, reason, tmp_path):
    """RECIST 1.1: a visit whose findings judge nothing is not evaluable; it was made all the same.

    A time that is censored at 0 days allows every time to progression.
    """
    events = f"treatment: 2018-01-01/2018-11, line: 1, drugs: x\nscan: 2018-03-01, {scan}"
    found, _ = record(tmp_path, events)
    pfs = found.outcome("PFS", 1)
    assert (pfs.is_evaluable, pfs.reason) == (evaluable, reason)
    assert pfs.state == "censored"
    assert pfs.printed_state == ("censored" if evaluable else "not evaluable")


def test_a_stated_order_decides_whether_therapy_came_first(tmp_path):
    """By dates alone both start on 1 December; by the order line 2 does not come before.

    From 1 January to 1 December 2018 are 334 days, to 31 December 364.
    """
    events = EVENTS.format(progression=FOLLOWED, start="after PD1")
    found, _ = record(tmp_path, events, pfs_policy="fda_c")
    assert ended(found) == (True, 334, 364)
