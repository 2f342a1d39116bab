"""Best response, progression and duration against a peer, on the labels of invented patients.

``data/response/peer.csv`` holds what the R packages admiral 1.4.2 and admiralonco 1.4.0 gave for
each patient: word and day of each response parameter, days of each time to event (e event, c
censored; the peer counts both ends, one day is taken off). Days count from randomisation.

Where a default of ours parts from the peer, the setting that the peer uses is set here:
- ``icpd_without_iupd ignored``: an iCPD without an iUPD before it is no progression to the peer;
- ``unconfirmed_iupd_policy``: its IPFS_CPD and IRSD censor an unconfirmed iUPD, its IPFS_CPD_UPD
  counts it, at the last iUPD of the block (``trailing_iupd_date last``);
- ``response_confirmation required``: its CRSD runs from the first confirmed response.
Labels are taken as collected, so no setting of measuring plays a part.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest

from timeline.conformance.vectors import read_labels
from timeline.response.best_response import best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.response.progression import derive_progression
from timeline.response.responses import NEVER
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code, PfsEvent

with (Path(__file__).parents[1] / "data" / "response" / "peer.csv").open() as opened:
    PATIENTS = list(csv.DictReader(opened))
PEER = {"icpd_without_iupd": "ignored"}
DEATHS = [int(row["death"]) if row["death"] else NEVER for row in PATIENTS]


_READ = {"RECIST 1.1": ("recist", "recist11"), "iRECIST": ("irecist", "irecist")}


@functools.cache
def cohort(title):
    """The labels of all patients by one criterion."""
    column, key = _READ[title]
    rows = [
        {
            "timepoints": [
                {"day": int(day), "response": word}
                for day, _, word in (each.partition("=") for each in row[column].split())
            ]
        }
        for row in PATIENTS
    ]
    return read_labels(rows, CRITERIA[key])


def differ(column, answers):
    """Patients whose answer is not that of the peer; a parameter that it does not give is left."""
    pairs = zip(PATIENTS, answers, strict=True)
    return {
        row["patient"]: (ours, row[column])
        for row, ours in pairs
        if row[column] and ours != row[column]
    }


@pytest.mark.parametrize(
    ("column", "criterion", "confirmed"),
    [
        ("BOR", "RECIST 1.1", False),
        ("CBOR", "RECIST 1.1", True),
        ("IBOR", "iRECIST", False),
        ("ICBOR", "iRECIST", True),
    ],
)
def test_best_response_and_its_day(column, criterion, confirmed):
    found = best_overall_response(cohort(criterion), Settings.of(PEER), confirmed=confirmed)
    ours = []
    for place in range(len(PATIENTS)):
        day = found.day(place)
        if found.code[place] == Code.PD and criterion == "iRECIST":
            # the peer dates an iCPD at the first iUPD of its block
            day = derive_progression(cohort(criterion), Settings.of(PEER)).of(place).progression_day
        ours.append(f"{found.word(place)}@{'' if day is None else day}")
    assert differ(column, ours) == {}


def first(places, days):
    return ["Y@" + str(day) if scan >= 0 else "N@" for scan, day in zip(places, days, strict=True)]


@pytest.mark.parametrize(
    ("column", "criterion", "required"),
    [
        ("RSP", "RECIST 1.1", "not_required"),
        ("CRSP", "RECIST 1.1", "required"),
        ("IRSP", "iRECIST", "not_required"),
        ("ICRSP", "iRECIST", "required"),
    ],
)
def test_the_first_response(column, criterion, required):
    responses = cohort(criterion)
    ended = derive_progression(responses, Settings.of({**PEER, "response_confirmation": required}))
    days = [int(responses.day[place, scan]) for place, scan in enumerate(ended.response_scan)]
    assert differ(column, first(ended.response_scan, days)) == {}


@pytest.mark.parametrize(
    ("column", "criterion", "settings"),
    [
        ("PD", "RECIST 1.1", {}),
        ("ICPD", "iRECIST", {"unconfirmed_iupd_policy": "censor"}),
    ],
)
def test_progression_and_its_day(column, criterion, settings):
    ended = derive_progression(cohort(criterion), Settings.of({**PEER, **settings}))
    assert differ(column, first(ended.scan, ended.day)) == {}


def test_an_iupd_that_was_never_confirmed():
    settings = Settings.of({**PEER, "trailing_iupd_date": "last"})
    ended = derive_progression(cohort("iRECIST"), settings)
    places = [
        -1 if certain else scan for certain, scan in zip(ended.confirmed, ended.scan, strict=True)
    ]
    assert differ("IUPD", first(places, ended.day)) == {}


CENSOR, LAST = {"unconfirmed_iupd_policy": "censor"}, {"trailing_iupd_date": "last"}


@pytest.mark.parametrize(
    ("column", "criterion", "settings"),
    [
        ("PFS", "RECIST 1.1", {}),
        ("IPFS_CPD", "iRECIST", CENSOR),
        ("IPFS_CPD_UPD", "iRECIST", LAST),
    ],
)
def test_progression_free_survival(column, criterion, settings):
    """The peer censors at its last assessment whatever that was, we at the last evaluable one."""
    responses, options = cohort(criterion), Settings.of({**PEER, **settings})
    ended = derive_progression(responses, options, death_day=DEATHS)
    ours = []
    for place in range(len(PATIENTS)):
        one = ended.of(place)
        censored = one.pfs_event is PfsEvent.CENSORED
        seen = responses.day[place][responses.recorded[place]]
        last = max([0, *map(int, seen)]) if censored else max(one.pfs_day, 0)
        ours.append(f"{last}{'c' if censored else 'e'}")
    assert differ(column, ours) == {}


@pytest.mark.parametrize(
    ("column", "criterion", "settings"),
    [
        ("RSD", "RECIST 1.1", {}),
        ("CRSD", "RECIST 1.1", {"response_confirmation": "required"}),
        ("IRSD", "iRECIST", CENSOR),
    ],
)
def test_duration_of_response(column, criterion, settings):
    responses, options = cohort(criterion), Settings.of({**PEER, **settings})
    ended = derive_progression(responses, options, death_day=DEATHS)
    ours = []
    for place, scan in enumerate(ended.response_scan):
        one = ended.of(place)
        censored = one.pfs_event is PfsEvent.CENSORED
        seen = responses.day[place][responses.recorded[place]]
        end = max(map(int, seen), default=0) if censored else one.pfs_day
        days = max(end - int(responses.day[place, scan]), 0)
        ours.append(f"{days}{'c' if censored else 'e'}")
    assert differ(column, ours) == {}


def test_the_defaults_that_part_from_the_peer_are_those_named_above():
    """By our defaults some of its answers differ: the settings set above are needed."""
    ended = derive_progression(cohort("iRECIST"), Settings.of({}))
    assert differ("ICPD", first(ended.scan, ended.day))
    days = [cohort("RECIST 1.1").day[at, scan] for at, scan in enumerate(ended.response_scan)]
    assert differ("CRSP", first(ended.response_scan, days))
