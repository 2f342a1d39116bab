"""A setting that is passed over, or that no outcome reads, would have moved nothing."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.machine_speed import slowness
from tests.response.test_state_sets import lines
from timeline.endpoints import sensitivity
from timeline.endpoints.derived_case import derive
from timeline.endpoints.setting_relevance import RELEVANCE
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.record.events import Scan, Treatment
from timeline.settings.response import SETTINGS

rederive_with = sensitivity._rederive_with
CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))


def flags(reading):
    return [[(flag.answer, flag.result) for flag in each.flags]
            for each in sensitivity.flag_outcomes(reading).outcomes]  # fmt: skip


def whole(reading, name, value, *, explained):
    """The case with every outcome derived again, as for one that is explained."""
    return rederive_with(reading, name, value, explained=True)


def agrees_with_the_whole_search(reading):
    """The flags, and those where each answer of every setting derives the whole case again."""
    mine = flags(reading)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sensitivity, "_rederive_with", whole)
        patch.setattr(sensitivity, "setting_is_relevant", lambda *_: True)
        return mine == flags(reading)


def test_every_row_is_of_a_setting():
    assert set(RELEVANCE) <= set(SETTINGS)


@given(case=lines(most=4))
@settings(deadline=None, max_examples=6)
def test_a_setting_that_is_passed_over_moves_nothing(case):
    reading, problems = derive(case)
    assert problems or agrees_with_the_whole_search(reading)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_setting_that_is_passed_over_moves_nothing_of_the_cases(path):
    case, problems = load(path)
    assert isinstance(case, Case), problems
    reading, _ = derive(case)
    assert agrees_with_the_whole_search(reading)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_outcomes_read_the_settings_that_move_them(path):
    """The policy and the gap after a stop are read; what voids an iUPD, by the scans alone."""
    case, _ = load(path)
    reading, _ = derive(case)
    assert {"pfs_policy", "discontinuation_gap_days"} <= reading.settings_read
    assert "nl_reset_mm" not in reading.settings_read


def shown_in(number: int, step: int, **findings: str) -> float:
    """The seconds of processor time to read a line of many scans and to flag its outcomes."""
    first = date(2000, 2, 1)
    scans = [
        Scan(at=(first + timedelta(days=step * at)).isoformat(), id=f"s{at}", line=1, **findings)
        for at in range(number)
    ]
    start = Treatment(at="2000-01-01/", line=1, drugs="docetaxel")
    case, problems = Case.of("c", (Scan(at="1999-12-28", baseline=1), start, *scans))
    assert not problems
    begun = time.process_time()
    reading, problems = derive(case)
    assert not problems
    sensitivity.flag_outcomes(reading)
    return time.process_time() - begun


@pytest.mark.parametrize(
    ("number", "step", "findings", "seconds"),
    [
        pytest.param(14, 60, {"target": "shrunk or stable", "new": "none"}, 1, id="14 of words"),
        pytest.param(40, 60, {"target": "shrunk or stable", "new": "none"}, 3, id="40 of words"),
        pytest.param(1000, 7, {"target": "SD", "new": "none"}, 5, id="1000 exact"),
    ],
)
def test_many_scans_are_read_and_flagged_soon(number, step, findings, seconds):
    assert shown_in(number, step, **findings) < seconds * slowness()
