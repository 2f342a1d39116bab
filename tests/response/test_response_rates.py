"""Rates counted by hand on five patients; labels as reported, days since the start."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.conformance.vectors import read_labels
from timeline.response.criteria import CRITERIA
from timeline.response.response_rates import RATES, response_rates
from timeline.settings.response import Settings

PATIENTS = (
    ((56, "PR"), (112, "PR"), (168, "PD")),  # PR, confirmed
    ((56, "PR"), (112, "SD"), (168, "SD")),  # PR, not confirmed; SD to day 168
    ((56, "SD"), (112, "SD"), (168, "SD")),  # SD to day 168: benefit
    ((56, "SD"), (112, "PD")),  # SD of the minimum duration only
    ((28, "SD"), (56, "PD")),  # SD too early: PD
)


def cohort(patients=PATIENTS):
    responses = [
        {"timepoints": [{"day": day, "response": word} for day, word in each]} for each in patients
    ]
    return read_labels(responses, CRITERIA["recist11"])


@pytest.mark.parametrize(
    ("confirmed", "name", "responders"),
    [
        pytest.param(False, "ORR", 2, id="two PR of five"),
        pytest.param(False, "DCR", 4, id="all but the early PD"),
        pytest.param(False, "CBR", 3, id="two PR and the SD of 24 weeks"),
        pytest.param(True, "ORR", 1, id="one PR is confirmed"),
        pytest.param(True, "DCR", 4, id="the other falls to SD"),
        pytest.param(True, "CBR", 3, id="which has lasted"),
    ],
)
def test_counts_by_hand(confirmed, name, responders):
    found = {rate.name: rate for rate in response_rates(cohort(), confirmed=confirmed)}
    assert (found[name].responders, found[name].patients) == (responders, 5)
    assert found[name].share == Fraction(responders, 5)


def test_the_minimum_duration_of_sd_is_a_setting():
    early = Settings(min_sd_days=28)
    found = {rate.name: rate.responders for rate in response_rates(cohort(), early)}
    assert found["DCR"] == 5


def test_the_time_of_benefit_is_the_protocol_s():
    found = {rate.name: rate.responders for rate in response_rates(cohort(), benefit_days=169)}
    assert found["CBR"] == 2


def test_every_rate_has_its_source():
    assert [row.name for row in RATES] == ["ORR", "DCR", "CBR"]
    assert all(row.source and row.description for row in RATES)
