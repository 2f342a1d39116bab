"""A setting that is passed over, or that no outcome reads, would have moved nothing."""

from __future__ import annotations

import copy
import time
from datetime import date, timedelta
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.machine_speed import slowness
from tests.response.test_state_sets import lines
from timeline.endpoints import derived_case, sensitivity
from timeline.endpoints.derived_case import derive, rederive
from timeline.endpoints.setting_relevance import RELEVANCE
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.record.events import Death, Diagnosis, Radiotherapy, Scan, Surgery, Treatment
from timeline.settings.response import SETTINGS

CASES = sorted((Path(__file__).parents[2] / "cases").glob("*.yaml"))
# events that a setting of the protocol or of curative treatment reads, in one case
CURATIVE, _ = Case.of(
    "curative",
    (
        Diagnosis(at="2018-01-05"),
        Treatment(at="2018-02-01/2018-04-01", drugs="docetaxel", setting="neoadjuvant"),
        Scan(at="2018-04-10", target="larger", new="lung"),
        Surgery(at="2018-05-01", site="lung"),
        Treatment(at="2018-06-01/2018-08-01", drugs="cisplatin", setting="adjuvant"),
        Scan(at="2018-12-01", new="liver"),
        Scan(at="2019-01-10", baseline=1, sum="80 mm"),
        Treatment(at="2019-01-15/2019-09-01", line=1, drugs="nivolumab"),
        Scan(at="2019-03-15", line=1, sum="50 mm", new="none"),
        Scan(at="2019-05-15", line=1, sum="52 mm", new="bone"),
        Treatment(at="2019-06-01/", line=1, drugs="ipilimumab"),
        Scan(at="2019-07-15", line=1, sum="90 mm", new="bone"),
        Radiotherapy(at="2019-08-01", site="bone"),
        Scan(at="2019-09-25", line=1, sum="70 mm", new="none"),
        Treatment(at="2019-10-25/2020-06-01", line=2, drugs="docetaxel"),
        Scan(at="2019-12-20", line=2, sum="60 mm", new="none"),
        Scan(at="2020-03-20", line=2, sum="95 mm", new="none"),
        Death(at="2020-08-01"),
    ),
)


def flags(reading):
    return [[(flag.answer, flag.result) for flag in each.flags]
            for each in sensitivity.flag_outcomes(reading).outcomes]  # fmt: skip


def everything(derived):
    """All that is derived of a case, with what a comparison of statuses leaves out."""
    steps = [each.transitions for each in derived.statuses]
    judged = (derived.statuses, steps, derived.progressions, derived.best)
    return (*judged, derived.outcomes, derived.settings)


def agrees_with_the_whole_search(case, places=slice(None)):
    """Each answer of every setting, from what other answers left and by a derivation of its own.

    They are the same to the last word; the flags as well, where no setting is passed over.
    ``places``: some of the answers.
    """
    reading, _ = derive(case)
    answers = sensitivity._other_answers(reading)[places] if reading else []
    whole = {}
    for name, value in answers:
        other = attrs.evolve(reading.settings, **{name: value})
        alone, again = derive(case, other)[0], rederive(reading, other, explained=False)
        whole[name, value] = alone and attrs.evolve(alone, explained=False)
        assert again if alone else again is None, (name, value)
        if alone:
            assert everything(again) == everything(whole[name, value]), (name, value)
    if reading:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sensitivity, "_other_answers", lambda _: answers)
            mine = flags(reading)
            patch.setattr(sensitivity, "_rederive_with", lambda _, *to, **__: whole[to])
            patch.setattr(sensitivity, "setting_is_relevant", lambda *_: True)
            assert mine == flags(reading)


def test_every_row_is_of_a_setting():
    assert set(RELEVANCE) <= set(SETTINGS)


@given(case=lines(most=4), first=st.integers(0, 5))
@settings(deadline=None, max_examples=6)
def test_a_setting_that_is_passed_over_moves_nothing(case, first):
    agrees_with_the_whole_search(case, slice(first, None, 6))


@pytest.mark.parametrize("case", [*CASES, CURATIVE], ids=["jin2025", "wang2023", "curative"])
def test_a_setting_that_is_passed_over_moves_nothing_of_the_cases(case):
    agrees_with_the_whole_search(case if isinstance(case, Case) else load(case)[0])


def test_nothing_is_derived_again_that_reads_no_setting_that_differs(monkeypatch):
    """iCPD confirms by iRECIST alone; the gap after a stop concerns no scan, and one endpoint."""
    reading, _ = derive(CURATIVE)
    assert rederive(reading, reading.settings, explained=False).outcomes
    assessed, ended = [], []
    monkeypatch.setattr(derived_case, "assess_lines", noting(assessed, derived_case.assess_lines))
    monkeypatch.setattr(derived_case, "outcomes_of", noting(ended, derived_case.outcomes_of))
    for answer, criteria, endpoints in (
        ({"nl_reset_mm": 0}, {"irecist"}, set()),
        ({"discontinuation_gap_days": 90}, set(), {"rwTTD"}),
    ):
        other = attrs.evolve(reading.settings, **answer)
        assert rederive(reading, other, explained=False).outcomes
        assert {criterion.key for _, __, criterion, ___ in assessed} == criteria
        assert {row.name for row, *_ in ended} == endpoints
        assessed.clear()
        ended.clear()


def noting(calls, function):
    def noted(*arguments, **named):
        calls.append(arguments)
        return function(*arguments, **named)

    return noted


def test_another_case_takes_nothing_from_the_one_it_was_made_from():
    """A figure draws a case with other dates in its place."""
    reading, _ = derive(CURATIVE)
    again = rederive(reading, reading.settings, explained=False)
    assert again.endpoint("OS").event
    alive = attrs.evolve(CURATIVE, events=CURATIVE.events[:-1])
    assert (
        not rederive(attrs.evolve(again, case=alive), reading.settings, explained=False)
        .endpoint("OS")
        .event
    )


def test_a_copy_remembers_nothing():
    """Results are found by the identity of objects, which those of another process have not."""
    reading, _ = derive(CURATIVE)
    found = rederive(reading, reading.settings, explained=False).outcomes
    copied = copy.deepcopy(reading)
    assert reading.remembered._found
    assert not copied.remembered._found
    assert rederive(copied, copied.settings, explained=False).outcomes == found


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
