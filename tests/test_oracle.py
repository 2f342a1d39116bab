"""The engine agrees with a plain reading of the rules, patient by patient."""

import pytest
from hypothesis import given, settings

from tests import oracle
from tests.cohorts import chosen, patients
from timeline.criteria import CRITERIA
from timeline.engine.best import best
from timeline.engine.progression import progression
from timeline.engine.response import respond
from timeline.engine.vectors import scans
from timeline.settings import DEFAULTS

JUDGES = {"recist11": oracle.recist11, "irecist": oracle.irecist}
PLAIN = {"iUPD": "UPD", "iCPD": "PD", **{i: r for r, i in oracle.IMMUNE.items()}}


def agrees(patient, key, options):
    labels, warnings, kept = JUDGES[key](patient, options)
    found = respond(scans([patient]), CRITERIA[key], options)
    assert list(found.words(0)) == labels
    assert list(found.warnings(0)) == warnings
    days = [point["day"] for point in patient["timepoints"]]
    history = [(day, PLAIN.get(word, word)) for day, word in zip(days, labels, strict=True)]
    opens = {int(warning.split("@")[1]) for warning in warnings if "expired" in warning}
    day, sure = oracle.progressed(history, opens, options, immune=key == "irecist")
    ended = progression(found, options).of(0)
    assert (ended.progression_day, ended.progression_confirmed) == (day, sure)
    for confirm in (False, True):
        ours = best(found, options, confirmed=confirm)
        targets = patient["baseline"]["target_sum"] is not None
        word, on = oracle.best(history, options, confirm=confirm, targets=targets, kept=kept)
        assert PLAIN.get(ours.word(0), ours.word(0)) == word
        assert ours.day(0) == (day if word == "PD" else on)


@pytest.mark.parametrize("key", JUDGES)
@settings(max_examples=400, deadline=None)
@given(patients(most=7))
def test_by_default(key, patient):
    agrees(patient, key, DEFAULTS)


@pytest.mark.parametrize("key", JUDGES)
@settings(max_examples=600, deadline=None)
@given(patients(most=7), chosen())
def test_under_any_settings(key, patient, options):
    agrees(patient, key, options)
