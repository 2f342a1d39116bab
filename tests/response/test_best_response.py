"""Best overall response, against Eisenhauer 2009 Table 3 and Seymour 2017 Table 3."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cohorts import unhurried
from timeline.conformance.vectors import read_labels
from timeline.response.best_response import CANDIDATES, best_overall_response
from timeline.response.criteria import CRITERIA
from timeline.settings.response import Settings
from timeline.terminology.response_codes import Code


def bests(
    words, criterion="recist11", *, confirmed=False, days=(56, 112, 168, 224, 280), **settings
):
    rows = [{"day": day, "response": word} for day, word in zip(days, words.split(), strict=False)]
    found = read_labels([{"timepoints": rows}], CRITERIA[criterion])
    answer = best_overall_response(found, Settings.of(settings), confirmed=confirmed)
    return answer.word(0), answer.day(0)


# Eisenhauer 2009 Table 3: first, next, best with both past the least duration of SD, and the
# best where the first came before it (the next scan on day 69)
TABLE_3 = [
    ("CR", "CR", "CR", "CR"),
    ("CR", "PR", "SD", "SD"),  # printed as SD, PD or PR; the later label lasts long enough
    ("CR", "SD", "SD", "SD"),
    ("CR", "PD", "SD", "PD"),
    ("CR", "NE", "SD", "NE"),
    ("PR", "CR", "PR", "PR"),
    ("PR", "PR", "PR", "PR"),
    ("PR", "SD", "SD", "SD"),
    ("PR", "PD", "SD", "PD"),
    ("PR", "NE", "SD", "NE"),
    ("NE", "NE", "NE", "NE"),
]


@pytest.mark.parametrize(("first", "then", "late", "early"), TABLE_3)
def test_confirmed_best_response(first, then, late, early):
    assert bests(f"{first} {then}", confirmed=True)[0] == late
    assert bests(f"{first} {then}", confirmed=True, days=(41, 69))[0] == early


ORDER = ("CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE")


@pytest.mark.parametrize(("better", "worse"), list(itertools.combinations(ORDER, 2)))
def test_the_better_of_two_labels_is_best(better, worse):
    assert bests(f"{worse} {better}")[0] == ("PD" if worse == "PD" else better)
    assert bests(f"{better} {worse}") == (better, 56)


IMMUNE = ("iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "iUPD", "NE")


@pytest.mark.parametrize(("better", "worse"), list(itertools.combinations(IMMUNE, 2)))
def test_an_earlier_iupd_blocks_no_later_response(better, worse):
    assert bests(f"{worse} {better}", "irecist") == (better, 112)
    assert bests(f"{better} {worse}", "irecist") == (better, 56)


@pytest.mark.parametrize("after", ["iCR", "iPR", "iSD"])
def test_nothing_after_icpd_counts(after):
    assert bests(f"iUPD iCPD {after}", "irecist") == ("iCPD", 56)


def test_no_assessment_is_missing():
    assert bests("") == ("MISSING", None)
    assert bests("- -") == ("MISSING", None)


def test_the_rows_are_from_best_to_worst_with_a_source():
    order = [row.best for row in CANDIDATES]
    assert order == [
        *(Code.CR, Code.PR, Code.SD, Code.NON_CR_NON_PD, Code.NED, Code.PD, Code.UPD, Code.NE)
    ]
    assert all(row.source for row in CANDIDATES)


words = st.lists(st.sampled_from(["CR", "PR", "SD", "NON-CR/NON-PD", "PD", "NE", "-"]), max_size=5)
RANK = {word: place for place, word in enumerate((*ORDER, "MISSING"))}


@unhurried
@given(words)
def test_confirmation_never_makes_a_response_better(found):
    label_text = " ".join(found)
    assert RANK[bests(label_text, confirmed=True)[0]] >= RANK[bests(label_text)[0]]


@unhurried
@given(words, st.data())
def test_a_longer_wait_never_makes_a_response_better(found, data):
    label_text = " ".join(found)
    shorter, longer = sorted(data.draw(st.tuples(st.integers(0, 300), st.integers(0, 300))))
    late, soon = (
        bests(label_text, confirmed=True, confirm_days=days)[0] for days in (longer, shorter)
    )
    assert RANK[late] >= RANK[soon]


@unhurried
@given(words)
def test_without_the_stop_at_pd_the_best_is_no_worse(found):
    label_text = " ".join(found)
    assert RANK[bests(label_text, stop_bor_at_pd=False)[0]] <= RANK[bests(label_text)[0]]
