"""A small draw of what tests/bench/false_alarms.py counts at length."""

from __future__ import annotations

import random

import pytest

from tests.truthful.counted import SORTS, detection, true_ones, wrong_ones
from tests.truthful.prints import Author, Misprint, every_time

CLAIMS = {"single prints": 750}  # of the others 300
# Reports with a figure put wrong, and the share of them that must be found at the least: half
# of what the long run finds, for most of them lie within what vague dates allow.
WRONG = {
    "single prints": (150, 0.25),
    "histories from files": (20, 0.4),
    "studies": (30, 0.2),
    "courses under every criterion": (40, 0.25),
}


@pytest.mark.parametrize("sort", [pytest.param(each, id=each.name) for each in SORTS])
def test_no_truthful_print_is_contradicted(sort):
    audited = true_ones(sort, random.Random(7), CLAIMS.get(sort.name, 300))
    assert [alarm for each in audited for alarm in each.alarms] == []


@pytest.mark.parametrize(
    "sort", [pytest.param(each, id=each.name) for each in SORTS if each.name in WRONG]
)
def test_figures_put_wrong_are_found(sort):
    number, least = WRONG[sort.name]
    audited = list(wrong_ones(sort, random.Random(7), number))
    assert sum(found for found, _ in detection(audited).values()) > least * number
    assert all(each.alarms for each in audited if each.exact), "between two known days"


def test_a_misprint_is_two_units_beyond_every_convention():
    author = Author(rounding="half up", month="30.4375", add=0)
    for seed in range(200):
        draw = random.Random(seed)
        days, places = draw.randint(0, 3000), draw.choice((0, 1))
        misprint = Misprint(at=0, draw=draw)
        text = Author(rounding="half up", month="30.4375", add=0, misprint=misprint).months(
            days, places
        )
        off = [abs(int(text.replace(".", "")) - each) for each in every_time(days, places)]
        assert min(off) >= 2
        assert misprint.kind == "time"
    assert author.months(257, 1) == "8.4"  # 257 / 30.4375 = 8.44
