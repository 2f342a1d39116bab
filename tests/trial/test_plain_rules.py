"""`derive` against the rules applied by hand, on invented patients under any settings."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import timeline.trial as trial
from tests.trial import plain_rules as plain
from timeline.settings.trial import TrialSettings

FIRST = datetime.date(2020, 1, 6)
PASSED = dict.fromkeys(
    ("before_reference", "same_day", "event_before_origin", "contradiction", "no_response"), "take"
)


def date(day):
    return None if day is None else FIRST + datetime.timedelta(days=day)


@st.composite
def patients(draw, criterion):
    """One patient: scans at about the same intervals, some on one day, some before the origin."""
    origin = draw(st.integers(20, 30))
    gaps = draw(st.lists(st.sampled_from([0, 7, 27, 28, 29, 42, 56, 90, 200]), max_size=9))
    day, scans = origin + draw(st.sampled_from([-10, 0, 1, 41, 42, 56])), []
    for gap in gaps:
        scans.append((day, draw(st.sampled_from(plain.WORDS[criterion]))))
        day += gap
    last = max([day, origin])
    return plain.Patient(
        origin=origin,
        scans=scans,
        death=draw(st.none() | st.integers(origin, last + 100)),
        alive=draw(st.none() | st.integers(origin, last + 100)),
        therapy=draw(st.none() | st.integers(origin, last + 60)),
    )


@st.composite
def protocols(draw):
    """What a protocol may decide."""
    options = {
        "one_per_day": ("worst", "best", "last", "first"),
        "censor_at": ("last_evaluable", "last_assessment"),
        "responses_after_new_therapy": ("by_policy", "left_out", "counted", "left_out_from_day"),
        "pfs_policy": ("fda_a", "fda_b", "fda_c", "ema"),
        "missed_visits": (1, 2),
        "assessment_days": (None, 42, 56),
        "visit_window_days": (0, 7),
        "death_before_first_scan": ("missed_visits", "event"),
        "min_sd_days": (28, 42, 56),
        "confirm_days": (27, 28, 35),
        "max_ne_between": (0, 1, 2),
        "accept_sd_between": (False, True),
        "missing_as_ne": (False, True),
        "icpd_without_iupd": ("counts", "ignored"),
        "iupd_between_responses": ("breaks", "allowed"),
        "unconfirmed_iupd_policy": ("event", "censor"),
        "trailing_iupd_date": ("first", "last"),
    }
    return TrialSettings.of({name: draw(st.sampled_from(of)) for name, of in options.items()})


def tables(cohort):
    scans = [(place, *scan) for place, each in enumerate(cohort) for scan in each.scans]
    responses = {
        "USUBJID": [f"S{place}" for place, _, _ in scans],
        "RSDT": [date(day) for _, day, _ in scans],
        "RSSTRESC": [word for _, _, word in scans],
    }
    subjects = {
        "USUBJID": [f"S{place}" for place in range(len(cohort))],
        "RANDDT": [date(each.origin) for each in cohort],
        "DTHDT": [date(each.death) for each in cohort],
        "LSTALVDT": [date(each.alive) for each in cohort],
        "NACTDT": [date(each.therapy) for each in cohort],
    }
    return responses, subjects


def derived(cohort, chosen, criterion):
    responses, subjects = tables(cohort)
    return trial.derive(
        responses, subjects=subjects, settings=chosen, criterion=criterion, severity=PASSED
    )


def by_subject(table, names):
    found = {}
    for row in table.to_arrow().to_pylist():
        if row["PARAMCD"] != "OVR":
            found[row["USUBJID"], row["PARAMCD"]] = tuple(row[name] for name in names)
    return found


@pytest.mark.parametrize("criterion", ["recist11", "irecist"])
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data(), chosen=protocols())
def test_every_parameter_and_time(criterion, data, chosen):
    cohort = data.draw(st.lists(patients(criterion), min_size=1, max_size=12))
    assume(any(each.scans for each in cohort))
    found = derived(cohort, chosen, criterion)
    values = by_subject(found.parameters, ("AVALC", "ADT"))
    times = by_subject(found.times, ("STARTDT", "ADT", "CNSR"))
    expected, expected_times = {}, {}
    for place, each in enumerate(cohort):
        for code, (word, day) in plain.parameters(each, chosen, criterion).items():
            printed = IMMUNE.get(word, word) if criterion == "irecist" else word
            expected[f"S{place}", code] = (printed, date(day))
        for code, time in plain.times(each, chosen, criterion).items():
            expected_times[f"S{place}", code] = (date(time.start), date(time.end), time.censored)
    assert values == expected
    assert {key: times[key] for key in expected_times} == expected_times
    left = {code for _, code in times.keys() - expected_times.keys()}
    assert left <= {"ICTTR"}


IMMUNE = {word: immune for immune, word in plain.PLAIN.items()}
