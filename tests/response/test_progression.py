"""Progression: which iUPD dates it, what ends PFS, and how long the response held."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cohorts import unhurried
from timeline.conformance.vectors import read_labels
from timeline.response.criteria import CRITERIA
from timeline.response.progression import derive_progression
from timeline.response.responses import NEVER, Responses
from timeline.settings.response import Settings
from timeline.terminology.response_codes import PfsEvent

IRECIST, RECIST = CRITERIA["irecist"], CRITERIA["recist11"]
WORDS = [word for word in IRECIST.words if word != "MISSING"]
GAP = 40  # days between the assessments of the stories


def ended(words, criterion=IRECIST, death=None, **settings):
    """The outcome of labels at days 40, 80, 120 ..."""
    rows = [{"day": GAP * (n + 1), "response": word} for n, word in enumerate(words.split())]
    found = read_labels([{"timepoints": rows}], criterion)
    days = None if death is None else [death]
    return derive_progression(found, Settings.of(settings), death_day=days).of(0)


# labels, day of the progression (None), confirmed, why
STORIES = [
    ("iUPD iCPD", 40, True, "the first iUPD dates what the next scan confirms"),
    ("iUPD iUPD iUPD iCPD", 40, True, "the first of a block"),
    ("iUPD NE - iUPD iCPD", 40, True, "NE and scans not done belong to the block"),
    ("iUPD iSD iUPD iCPD", 120, True, "an iUPD that iSD followed is void"),
    ("iUPD iPR iUPD", 120, False, "the block still open counts, unconfirmed"),
    ("iUPD NON-iCR/NON-iUPD", None, False, "void without target disease"),
    ("iUPD NED", None, False, "void, no disease is left"),
    ("iUPD NE NE", 40, False, "nothing better came"),
    ("iSD NE", None, False, "no iUPD at all"),
    ("iUPD iCPD iSD iUPD iCPD", 40, True, "nothing after iCPD counts"),
    ("iSD iCPD", 80, True, "iCPD that nothing announced stands on its own day"),
    ("iUPD iSD iCPD", 120, True, "and so where the iUPD was void"),
]


@pytest.mark.parametrize(
    ("words", "day", "confirmed"), [pytest.param(*each[:3], id=each[3]) for each in STORIES]
)
def test_the_block_dates_the_progression(words, day, confirmed):
    outcome = ended(words)
    assert (outcome.progression_day, outcome.progression_confirmed) == (day, confirmed)


def test_the_first_pd_is_the_progression_by_recist():
    assert ended("SD PD PD", RECIST).progression_day == 80
    assert ended("SD PD PD", RECIST).progression_confirmed


@pytest.mark.parametrize(
    ("words", "death", "event", "day"),
    [
        pytest.param("iSD iUPD", 81, PfsEvent.PROGRESSION, 80, id="progression first"),
        pytest.param("iSD iUPD", 80, PfsEvent.PROGRESSION, 80, id="both on one day"),
        pytest.param("iSD iUPD", 79, PfsEvent.DEATH, 79, id="death first"),
        pytest.param("iUPD iSD", 200, PfsEvent.DEATH, 200, id="a void iUPD leaves the death"),
        pytest.param("iUPD iSD NE", None, PfsEvent.CENSORED, 80, id="the last evaluable"),
        pytest.param("iUPD iSD -", None, PfsEvent.CENSORED, 80, id="a scan not done is none"),
        pytest.param("NE NE", None, PfsEvent.CENSORED, 0, id="none evaluable: the reference day"),
        pytest.param("", 30, PfsEvent.DEATH, 30, id="death without assessment"),
        pytest.param("", None, PfsEvent.CENSORED, 0, id="nothing at all"),
    ],
)
def test_what_ends_progression_free_survival(words, death, event, day):
    outcome = ended(words, death=death)
    assert (outcome.pfs_event, outcome.pfs_day) == (event, day)


def test_under_the_censor_policy_an_open_block_is_no_event():
    outcome = ended("iSD iSD iUPD NE", unconfirmed_iupd_policy="censor")
    assert (outcome.pfs_event, outcome.pfs_day) == (PfsEvent.CENSORED, 80)
    confirmed = ended("iSD iUPD iCPD", unconfirmed_iupd_policy="censor")
    assert (confirmed.pfs_event, confirmed.pfs_day) == (PfsEvent.PROGRESSION, 80)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        pytest.param("iPR iUPD iCPD", 40, id="to the iUPD that was confirmed"),
        pytest.param("iPR iUPD iPR iUPD iCPD", 120, id="through an iUPD that was void"),
        pytest.param("iPR iUPD", 40, id="to an iUPD never confirmed, as iPFS"),
        pytest.param("iPR NE iUPD NE iUPD", 80, id="to the first iUPD of the open block"),
        pytest.param("iSD iUPD iCPD", None, id="none without a response"),
        pytest.param("iUPD iCPD iPR", None, id="a response after iCPD is none"),
        pytest.param("iPR iSD", None, id="none while it lasts"),
    ],
)
def test_duration_of_response(words, days):
    assert ended(words).duration_days == days


def test_duration_of_response_follows_the_policy_of_an_unconfirmed_iupd():
    assert ended("iPR iUPD", unconfirmed_iupd_policy="censor").duration_days is None
    assert ended("iPR iUPD iUPD", trailing_iupd_date="last").duration_days == 80


@pytest.mark.parametrize(
    ("words", "days"),
    [
        pytest.param("PR PR PD", 80, id="from the first of a confirmed pair"),
        pytest.param("PR SD PR PR PD", 80, id="not from a response that was not confirmed"),
        pytest.param("PR PD", None, id="none where none was confirmed"),
        pytest.param("PR PD PR PR", None, id="a response after PD is none"),
    ],
)
def test_duration_of_response_where_it_must_be_confirmed(words, days):
    assert ended(words, RECIST, response_confirmation="required").duration_days == days


@unhurried
@given(st.lists(st.sampled_from(WORDS), max_size=7), st.data())
def test_ne_changes_no_progression(words, data):
    place = data.draw(st.integers(0, len(words)))
    more = [*words[:place], data.draw(st.sampled_from(("NE", "-"))), *words[place:]]
    rows = [{"day": 40 * (n + 1), "response": word} for n, word in enumerate(words)]
    before = rows[place - 1]["day"] if place else 0
    wider = [*rows[:place], {"day": before + 1, "response": more[place]}, *rows[place:]]
    first, second = (
        derive_progression(read_labels([{"timepoints": each}], IRECIST)).of(0)
        for each in (rows, wider)
    )
    assert first == second


@unhurried
@given(st.lists(st.lists(st.sampled_from(range(8)), min_size=4, max_size=4), max_size=20))
def test_pfs_ends_at_the_first_of_progression_and_death(codes):
    shape = (len(codes), 4)
    day = np.broadcast_to(np.arange(4) * 50 + 50, shape)
    found = Responses.reported(RECIST, day, np.array(codes, dtype=np.int8).reshape(shape))
    death = np.array([75 if n % 2 else NEVER for n in range(len(codes))], dtype=np.int64)
    ended = derive_progression(found, death_day=death)
    event = np.minimum(ended.day, death)
    happened = event != NEVER
    assert (ended.pfs_day[happened] == event[happened]).all()
    assert ((ended.pfs_event == 0) == ~happened).all()
