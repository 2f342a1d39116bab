"""A cohort and the case files of its patients: exact dates give the same times by both engines."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline.trial as trial
from timeline.endpoints.derived_case import derive as derive_case
from timeline.record.case import Case
from timeline.record.events import Death, Scan, Treatment
from timeline.settings.response import Settings
from timeline.settings.trial import TrialSettings

START = datetime.date(2020, 1, 10)
ENDPOINTS = {"PFS": "PFS", "TTP": "TTP", "DoR": "RSD", "TTR": "TTR"}


@st.composite
def patients(draw):
    """Days from the start of the scans with their labels, of death, and of new therapy."""
    days = sorted(draw(st.sets(st.integers(5, 400), min_size=1, max_size=7)))
    scans = [(day, draw(st.sampled_from(("CR", "PR", "SD", "PD", "NE")))) for day in days]
    last = days[-1]
    therapy = draw(st.none() | st.integers(last + 1, last + 90))
    death = draw(st.none() | st.integers(max(last, therapy or 0) + 1, last + 400))
    return scans, death, therapy


def date(day):
    return START + datetime.timedelta(days=day)


def times_of_case(patient, changes):
    """The times by the engine of case files: days, and whether it is an event."""
    scans, death, therapy = patient
    events = [
        Treatment(at=f"{START}/", line=1, drugs="x"),
        *(Scan(at=str(date(day)), line=1, called=label) for day, label in scans),
        *([Treatment(at=f"{date(therapy)}/", line=2, drugs="y")] if therapy is not None else ()),
        *([Death(at=str(date(death)))] if death is not None else ()),
    ]
    case, problems = Case.of("c", events)
    assert not problems, problems
    derived, problems = derive_case(case, Settings.of(changes))
    assert not problems, problems
    found = {}
    for name, code in ENDPOINTS.items():
        outcome = derived.outcome(name, 1)
        if outcome is not None and outcome.days is not None:
            assert outcome.days.is_point, (name, outcome)
            found[code] = int(outcome.days.low), outcome.state == "event"
    return found


def times_of_table(patient, changes):
    scans, death, therapy = patient
    found = trial.derive(
        {
            "USUBJID": ["P"] * len(scans),
            "RSDT": [date(day) for day, _ in scans],
            "RSSTRESC": [label for _, label in scans],
        },
        subjects={
            "USUBJID": ["P"],
            "RANDDT": [START],
            "DTHDT": [None if death is None else date(death)],
            "NACTDT": [None if therapy is None else date(therapy)],
        },
        settings=TrialSettings.of(changes),
    )
    return {
        row["PARAMCD"]: (row["AVAL"], row["CNSR"] == 0)
        for row in found.times.to_arrow().to_pylist()
        if row["PARAMCD"] in ENDPOINTS.values()
    }


@settings(max_examples=25, deadline=None)
@given(
    patient=patients(),
    policy=st.sampled_from(("fda_a", "fda_b", "fda_c", "ema")),
    interval=st.sampled_from((None, 42, 56)),
    unseen=st.sampled_from(("missed_visits", "event")),
)
def test_the_same_days_and_the_same_events(patient, policy, interval, unseen):
    changes = {
        "pfs_policy": policy,
        "assessment_days": interval,
        "death_before_first_scan": unseen,
        "after_pd": "raw",  # labels after progression as collected, as a table has them
    }
    assert times_of_table(patient, changes) == times_of_case(patient, changes)


STORIES = [
    pytest.param([(56, "SD"), (90, "PD")], None, None, "fda_b", 112, True,
                 id="PD on day 90 is of the visit of day 112"),
    pytest.param([(56, "SD"), (115, "PD")], None, None, "fda_b", 115, True,
                 id="PD three days after the visit of day 112 is of that visit"),
    pytest.param([(56, "SD"), (90, "PD")], 100, None, "fda_b", 100, True,
                 id="no visit is dated after death"),
    pytest.param([(56, "SD")], 183, None, "fda_a", 56, False,
                 id="127 days unseen are more than 2 x (56 + 7)"),
    pytest.param([(56, "SD")], 182, None, "fda_a", 182, True, id="126 days are not"),
    pytest.param([(56, "SD")], 182, 60, "fda_a", 56, False, id="new therapy on day 60"),
    pytest.param([(56, "SD")], 182, 60, "ema", 182, True, id="new therapy ends nothing for EMA"),
]  # fmt: skip


@pytest.mark.parametrize(("scans", "death", "therapy", "policy", "days", "event"), STORIES)
def test_stories_of_the_published_tables(scans, death, therapy, policy, days, event):
    changes = {"pfs_policy": policy, "assessment_days": 56}
    patient = (scans, death, therapy)
    assert times_of_table(patient, changes)["PFS"] == (days, event)
    assert times_of_case(patient, changes)["PFS"] == (days, event)
