"""Progression on record that the policy does not count: the reason says so, not that none came.

FDA 2018, Appendix 3: a claim without findings is no event in table A, and is one in table C.
"""

from __future__ import annotations

import pytest

from tests.situations.records import ended, record
from timeline.exchange.line_cells import pfs_cell

STATED = "progression, stated without a scan (2018-12) does not count under FDA table A (fda_a); "
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
            "new metastasis, stated without a scan (2018-12) does not count under "
            "FDA table A (fda_a); "
            "no assessment before start of line 2: censored at the start of line 1",
            id="a metastasis is progression of the same kind",
        ),
        pytest.param(
            "scan: 2018-12-03, line: 1, target: SD, new: none, called: PD", "2019-01-15",
            "progression as the authors called it (2018-12-03) does not count under "
            "FDA table A (fda_a); start "
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
        *(
            pytest.param(
                f"{written}, id: PD1", "after PD1",
                f"{words}, stated without a scan (2018-12) does not count under "
                "FDA table A (fda_a); no "
                "assessment before start of line 2: censored at the start of line 1",
                id=written,
            )
            for written, words in (
                ("progression: 2018-12", "progression"),
                ("progression: 2018-12, what: clinical", "clinical progression"),
                ("clinical progression: 2018-12", "clinical progression"),
                ("progression: 2018-12, what: worse pain at rest",
                 "progression: worse pain at rest"),
            )
        ),
        pytest.param(
            "progression: 2018-12, id: PD1, what: further progression of disease", "2019-01-15",
            "further progression of disease, stated without a scan (2018-12) does not count under "
            "FDA table A (fda_a); no assessment before start of line 2: "
            "censored at the start of line 1",
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


# line 1 and line 2 end with progression that no scan shows; a scan of line 3 shows it
THREE_LINES = """
    treatment: 2020-01-01/2020-06-01, line: 1, drugs: cisplatin, stop: progression
    progression: 2020-06-01, what: clinical
    treatment: 2020-07-01/2020-12-01, line: 2, drugs: docetaxel, stop: progression
    progression: 2020-12-01
    treatment: 2021-01-01/2022-06-01, line: 3, drugs: paclitaxel
    scan: 2022-06-01, new: tongue
"""
PASSED_1 = (
    "clinical progression, stated without a scan (2020-06-01) does not count under EMA 2012 (ema)"
)
PASSED_2 = (
    "progression, stated without a scan{line} (2020-12-01) does not count under EMA 2012 (ema)"
)


@pytest.mark.parametrize(
    ("line", "days", "reason"),
    [
        pytest.param(
            1, 882,
            f"first PD by RECIST 1.1, line 3; {PASSED_1}; {PASSED_2.format(line=', line 2')}",
            id="1 January 2020 to 1 June 2022: 366 + 365 + 151, past two that are stated",
        ),
        pytest.param(
            2, 700, f"first PD by RECIST 1.1, line 3; {PASSED_2.format(line='')}",
            id="1 July 2020 to 1 June 2022: 184 + 365 + 151, past one",
        ),
        pytest.param(
            3, 516, "first PD by RECIST 1.1", id="1 January 2021 to 1 June 2022: 365 + 151",
        ),
    ],
)  # fmt: skip
def test_ema_names_each_progression_that_it_passes_over(line, days, reason, tmp_path):
    """EMA 2012, Appendix 1: objective progression at its date, whatever therapy came before."""
    found, problems = record(tmp_path, THREE_LINES, pfs_policy="ema")
    assert not problems
    pfs = found.outcome("PFS", line)
    assert (pfs.event, pfs.days.low, pfs.days.high) == (True, days, days)
    assert pfs.reason == reason
    told = [step.description for step in pfs.chain if "does not count" in step.description]
    assert told == [reason] * (line < 3), "the explanation says it as well"


def test_no_policy_that_new_therapy_ends_names_what_came_after_it(tmp_path):
    found, _ = record(tmp_path, THREE_LINES)
    assert "2020-12-01" not in found.outcome("PFS", 1).reason


@pytest.mark.parametrize(
    ("last", "footnote"),
    [
        pytest.param(
            "progression: 2020-12-01, what: clinical\ndeath: 2022-07-01",
            "line 1, death; clinical progression, stated without a scan (2020-12-01) does not "
            "count under FDA table A (fda_a)",
            id="death is the event, and progression was stated before it",
        ),
        pytest.param("death: 2022-07-01", "", id="death alone"),
    ],
)  # fmt: skip
def test_the_table_of_lines_has_a_footnote_on_what_is_passed_over(last, footnote, tmp_path):
    events = f"treatment: 2020-07-01/2020-12-01, line: 1, drugs: nivolumab\n{last}"
    found, _ = record(tmp_path, events)
    cell = pfs_cell(found.outcome("PFS", 1), found.case.lines[0])
    assert cell.text == "24.0"  # 730 days by 30.4375 are 23.98
    assert [note.text for note in cell.notes] == ([footnote] if footnote else [])
