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
    words = (*plain.WORDS[criterion], *("iUPD", "iUPD", "iCPD") * (criterion == "irecist"))
    day, scans = origin + draw(st.sampled_from([-10, 0, 1, 41, 42, 56])), []
    for gap in gaps:
        scans.append((day, draw(st.sampled_from(words))))
        day += gap
    last = max([day, origin])
    return plain.Patient(
        origin=origin,
        scans=scans,
        death=draw(st.none() | st.integers(origin, last + 100)),
        alive=draw(st.none() | st.integers(origin, last + 100)),
        therapy=draw(
            st.none()
            | st.integers(origin, last + 60)
            | st.sampled_from([max(each, origin) for each, _ in scans] or [origin])
        ),
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
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
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


def days(words, criterion="recist11", therapy=None, death=None, **changes):
    """PARAMCD: days from the origin and CNSR, of one scan every 28 days from day 28 on."""
    scans = [(28 * (place + 1), word) for place, word in enumerate(words)]
    patient = plain.Patient(origin=0, scans=scans, death=death, therapy=therapy)
    found = derived([patient], TrialSettings.of(changes), criterion)
    return {
        row["PARAMCD"]: (row["AVAL"], row["CNSR"]) for row in found.times.to_arrow().to_pylist()
    }


@pytest.mark.parametrize(
    ("therapy", "end"),
    [
        pytest.param(57, (56, 0), id="therapy after the progression of day 56"),
        pytest.param(56, (56, 0), id="on its day: the progression counts"),
        pytest.param(55, (28, 1), id="before it: censored at the assessment of day 28"),
        pytest.param(28, (28, 1), id="on the day of that assessment"),
        pytest.param(27, (0, 1), id="before any assessment: censored at the origin"),
    ],
)
def test_new_therapy_beside_a_progression(therapy, end):
    """By fda_a; what came after the therapy is left out, or counted and censored all the same."""
    for rule in ("left_out", "counted"):
        found = days(["SD", "PD"], therapy=therapy, responses_after_new_therapy=rule)
        assert found["PFS"] == end


def test_new_therapy_on_the_day_of_death_censors():
    assert days(["SD"], therapy=56, death=56)["PFS"] == (28, 1)
    assert days(["SD"], therapy=57, death=56)["PFS"] == (56, 0)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        pytest.param(["iSD", "iUPD", "NE", "iUPD", "NE"], (56, 0), (112, 0), id="one block"),
        pytest.param(["iUPD", "iSD", "iUPD", "iUPD"], (84, 0), (112, 0), id="the first was void"),
        pytest.param(["iUPD", "iUPD", "iSD"], (84, 1), (84, 1), id="both were void"),
        pytest.param(["iUPD", "NE", "iCPD"], (28, 0), (28, 0), id="confirmed: the first"),
    ],
)
def test_which_iupd_dates_a_block_that_was_never_confirmed(words, first, last):
    for rule, end in (("first", first), ("last", last)):
        assert days(words, "irecist", trailing_iupd_date=rule)["IPFS"] == end


def test_an_iupd_that_was_never_confirmed_may_be_censored():
    """At the last evaluable assessment that is no pending progression: the iSD of day 28."""
    words = ["iSD", "iUPD", "NE"]
    assert days(words, "irecist")["IPFS"] == (56, 0)
    assert days(words, "irecist", unconfirmed_iupd_policy="censor")["IPFS"] == (28, 1)
    assert days(words, "irecist")["IPFSCPD"] == (28, 1)
