"""A cohort and the case files of its patients: exact dates give the same times by both engines."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline.trial as trial
from timeline.endpoints.derived_case import derive as derive_case
from timeline.record.case import Case
from timeline.record.events import Death, Scan, StatedProgression, Treatment
from timeline.settings.response import Settings
from timeline.settings.trial import TrialSettings

START = datetime.date(2020, 1, 10)
ENDPOINTS = {"PFS": "PFS", "TTP": "TTP", "DoR": "RSD", "TTR": "TTR"}


@st.composite
def patients(draw):
    """Days from the start of scans with their labels, of death, of new therapy, of clinical
    progression, and of the end of a treatment stopped for progression."""
    days = sorted(draw(st.sets(st.integers(5, 400), min_size=1, max_size=7)))
    scans = [(day, draw(st.sampled_from(("CR", "PR", "SD", "PD", "NE")))) for day in days]
    last = days[-1]
    therapy = draw(st.none() | st.integers(last + 1, last + 90))
    claim = draw(st.none() | st.integers(3, last + 60))
    stop = draw(st.none() | st.integers(last, (therapy or last + 91) - 1))
    latest = max(last, *(each for each in (therapy, claim, stop) if each is not None), 0)
    death = draw(st.none() | st.integers(latest + 1, latest + 400))
    return scans, death, therapy, claim, stop


def date(day):
    return START + datetime.timedelta(days=day)


def times_of_case(patient, changes):
    """The times by the engine of case files: days, and whether it is an event."""
    scans, death, therapy, claim, stop = patient
    treated = f"{START}/{'' if stop is None else date(stop)}"
    events = [
        Treatment(at=treated, line=1, drugs="x", stop="progression" if stop is not None else ""),
        *([StatedProgression(at=str(date(claim)), line=1)] if claim is not None else ()),
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
    scans, death, therapy, claim, stop = patient
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
            "CLINPD": [None if claim is None else date(claim)],
            "TRTEDT": [None if stop is None else date(stop)],
            "DCTREAS": [None if stop is None else "PROGRESSIVE DISEASE"],
        },
        columns={"clinical_progression": "CLINPD"},
        settings=TrialSettings.of(changes),
    )
    return {
        row["PARAMCD"]: (row["AVAL"], row["CNSR"] == 0)
        for row in found.times.to_arrow().to_pylist()
        if row["PARAMCD"] in ENDPOINTS.values()
    }


@settings(max_examples=20, deadline=None)
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
    table, case = times_of_table(patient, changes), times_of_case(patient, changes)
    assert table == case


@pytest.mark.parametrize("claim", [40, 49, 55])
def test_a_response_after_a_claim_has_no_duration(claim):
    """Table C dates the claim by the visit of day 56, on which the response is seen: no 0 days."""
    changes = {"pfs_policy": "fda_c", "assessment_days": 56, "after_pd": "raw"}
    patient = ([(56, "PR"), (112, "PR")], None, None, claim, None)
    table, case = times_of_table(patient, changes), times_of_case(patient, changes)
    assert table == case
    assert "RSD" not in table


def test_the_visits_of_a_response_are_those_of_the_line():
    """PR on day 30, PD on day 60, visits every 42 days: PD is of day 84, so 54 days of response."""
    changes = {"pfs_policy": "fda_b", "assessment_days": 42, "after_pd": "raw"}
    patient = ([(30, "PR"), (60, "PD")], None, None, None, None)
    for times in (times_of_table(patient, changes), times_of_case(patient, changes)):
        assert (times["PFS"], times["RSD"]) == ((84, True), (54, True))


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
    patient = (scans, death, therapy, None, None)
    assert times_of_table(patient, changes)["PFS"] == (days, event)
    assert times_of_case(patient, changes)["PFS"] == (days, event)


CLAIMS = [
    pytest.param("fda_a", 90, None, 56, False, id="table A: a claim is no event"),
    pytest.param("fda_b", 90, None, 56, False, id="table B: nor here"),
    pytest.param("fda_c", 90, None, 112, True, id="table C: at the visit of day 112"),
    pytest.param("fda_a", None, 70, 56, False, id="table A: stopped, censored at the last scan"),
    pytest.param("fda_b", None, 70, 56, False, id="table B: the same"),
    pytest.param("fda_c", None, 70, 112, True, id="table C: an event at the next visit"),
    pytest.param("fda_c", 60, 70, 60, True, id="table C: day 60 is within the window of day 56"),
]


@pytest.mark.parametrize(("policy", "claim", "stop", "days", "event"), CLAIMS)
def test_claims_of_progression_by_the_published_tables(policy, claim, stop, days, event):
    """FDA 2018, Appendix 3: table C includes investigator claims, at the next scheduled visit."""
    changes = {"pfs_policy": policy, "assessment_days": 56}
    patient = ([(56, "SD")], None, None, claim, stop)
    assert times_of_table(patient, changes)["PFS"] == (days, event)
    assert times_of_case(patient, changes)["PFS"] == (days, event)


def test_a_treatment_stopped_before_a_documented_progression_is_no_claim():
    """Stopped on day 70; a scan of day 168 documents the progression, so that it is the event."""
    changes = {"pfs_policy": "fda_c", "assessment_days": 56}
    patient = ([(56, "SD"), (168, "PD")], None, None, None, 70)
    assert times_of_table(patient, changes)["PFS"] == (168, True)
    assert times_of_case(patient, changes)["PFS"] == (168, True)


def test_symptomatic_deterioration_is_a_claim():
    """SDTMIG 3.4, 6.3.9.3.1, example 1: RSTESTCD SYMPTDTR with PD, beside responses that are NE."""
    responses = {
        "USUBJID": ["P"] * 3,
        "RSTESTCD": ["OVRLRESP", "OVRLRESP", "SYMPTDTR"],
        "RSSTRESC": ["SD", "NE", "PD"],
        "RSDT": [date(56), date(112), date(112)],
    }
    found = {}
    for policy in ("fda_b", "fda_c"):
        times = trial.derive(
            responses,
            subjects={"USUBJID": ["P"], "RANDDT": [START]},
            settings={"pfs_policy": policy, "assessment_days": 56},
            parameters=["PFS"],
        ).times.to_arrow()
        found[policy] = times.select(["AVAL", "CNSR", "EVNTDESC"]).to_pylist()[0]
    assert list(found["fda_b"].values()) == [56, 1, "Last Tumor Assessment"]
    assert list(found["fda_c"].values()) == [112, 0, "Progression Claimed"]


BASELINES = [
    pytest.param("fda_c", [30.0, 20.0], 112, 0, id="a baseline"),
    pytest.param("fda_c", [30.0, None], 0, 1, id="a target was not measured"),
    pytest.param("ema", [30.0, None], 112, 0, id="EMA takes no notice"),
]


@pytest.mark.parametrize(("policy", "lengths", "days", "censored"), BASELINES)
def test_an_incomplete_baseline_censors_at_the_start(policy, lengths, days, censored):
    """FDA 2018, Appendix 3: incomplete or no baseline assessments, censored at randomisation."""
    found = trial.derive(
        {"USUBJID": ["P"], "RSDT": [date(112)], "RSSTRESC": ["PD"]},
        subjects={"USUBJID": ["P"], "RANDDT": [START]},
        lesions={
            "USUBJID": ["P", "P"],
            "TRDTC": [str(START)] * 2,
            "TRLNKID": ["T1", "T2"],
            "TRSTRESN": lengths,
            "TRSTRESU": ["mm", "mm"],
        },
        settings={"pfs_policy": policy},
        severity={"no_baseline": "take"},
        parameters=["PFS"],
    )
    row = found.times.to_arrow().to_pylist()[0]
    assert (row["AVAL"], row["CNSR"]) == (days, censored)
    assert [each.kind for each in found.problems] == ["no_baseline"] * (None in lengths)
    if censored:
        assert (row["EVNTDESC"], row["SRCVAR"]) == ("No or Incomplete Baseline", "RANDDT")
        assert "no or incomplete baseline" in row["RULE"]
