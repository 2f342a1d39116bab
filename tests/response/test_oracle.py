"""The engine agrees with a plain reading of the rules, patient by patient."""

import pytest
from hypothesis import given, settings

from tests import oracle, oracle_others
from tests.cohorts import chosen, exact_patients, patients
from timeline.conformance.vectors import read_scans
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.evaluate import evaluate_responses
from timeline.response.progression import derive_progression
from timeline.settings.response import DEFAULTS
from timeline.terminology.response_codes import Code

JUDGES = {
    "recist11": oracle.recist11,
    "irecist": oracle.irecist,
    "mrecist": oracle_others.mrecist,
    "choi": oracle_others.choi,
    "imrecist": oracle_others.imrecist,
    "irrecist": oracle_others.irrecist,
}


def plain(criterion, word):
    """A label in the words of RECIST 1.1, UPD for an unconfirmed progression."""
    return Code(criterion.words.index(word)).name.replace("NON_CR_NON_PD", "NON-CR/NON-PD")


def shown(words):
    return ["-" if word == "NONE" else word for word in words]


def agrees(patient, key, options):
    labels, warnings, kept = JUDGES[key](patient, options)
    criterion = CRITERIA[key]
    found = evaluate_responses(read_scans([patient]), criterion, options)
    if key == "irecist":
        assert list(found.words(0)) == labels
    labels = [oracle.PLAIN.get(word, word) for word in labels]
    assert shown(plain(criterion, word) for word in found.words(0)) == labels
    assert list(found.warnings(0)) == warnings
    days = [point["day"] for point in patient["timepoints"]]
    history = list(zip(days, labels, strict=True))
    opens = {int(warning.split("@")[1]) for warning in warnings if "expired" in warning}
    day, certain = oracle.progressed(history, opens, options, immune=criterion.confirms)
    ended = derive_progression(found, options).of(0)
    assert (ended.progression_day, ended.progression_confirmed) == (day, certain)
    goes_on = key == "imrecist" and options.imrecist_best_after_pd
    responded = oracle.responded(history, kept, options)
    duration = None if day is None or responded is None else day - responded
    assert ended.duration_days == duration
    for confirm in (False, True):
        ours = best_overall_response(found, options, confirmed=confirm)
        targets = patient["baseline"]["target_sum"] is not None
        word, on = oracle.best(
            history, options, confirm=confirm, targets=targets, kept=kept, goes_on=goes_on
        )
        assert plain(criterion, ours.word(0)) == word
        assert ours.day(0) == (day if word == "PD" else on)


@pytest.mark.parametrize("key", JUDGES)
@settings(max_examples=60, deadline=None)
@given(patients(most=7))
def test_by_default(key, patient):
    agrees(patient, key, DEFAULTS)


@pytest.mark.parametrize("key", JUDGES)
@settings(max_examples=80, deadline=None)
@given(patients(most=7), chosen())
def test_under_any_settings(key, patient, options):
    agrees(patient, key, options)


@pytest.mark.parametrize("key", JUDGES)
@settings(max_examples=20, deadline=None)
@given(exact_patients(), chosen())
def test_a_millionth_of_a_millimetre_from_the_bounds(key, patient, options):
    agrees(patient, key, options)
