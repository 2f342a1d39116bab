"""Treatments without known dates on one lane: each is seen, in its order."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderers.scene.scene import Bar
from renderers.swimmer.figure import swimmer
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.options import SwimmerOptions
from tests.renderers.patients import case_of
from timeline.endpoints.derived_case import derive
from timeline.record.events import LastContact, Treatment

DRUGS = ("sunitinib", "axitinib", "temsirolimus")
BY_DRUG = SwimmerOptions(by="patient", colour="drug")


def lines(*dates):
    treated = (Treatment(at=at, line=n + 1, drugs=DRUGS[n]) for n, at in enumerate(dates))
    derived, problems = derive(case_of("lines", *treated, LastContact(at="2018-09-30")))
    assert not problems
    return derived


def bars_of(derived, align="start"):
    (lane,) = lanes_from_cases(
        [derived], SwimmerOptions(by="patient", colour="drug", align=align)
    ).lanes
    return lane.bars


def test_lines_of_known_order_share_their_days():
    """Day 0 is 2014-01-01 at the earliest; 2018-06-30 is 4 x 365 + 1 + 180 = 1641 days later."""
    first, second = bars_of(lines("2014/before line 2", "after line 1/2018-06"))
    assert (first.in_turn, second.in_turn) == (True, True)
    assert (first.start.low, first.end.high) == (0, 820.5)
    assert (second.start.low, second.end.high) == (820.5, 1641)


def test_the_caption_says_that_their_lengths_mean_nothing():
    text = swimmer([lines("2014/before line 2", "after line 1/2018-06")], options=BY_DRUG).caption
    assert "ashed bars one after another are of known order only" in text


STARTS = st.sampled_from(("2014", "2014-06", "2014-06-15", "after line {before}"))
ENDS = st.sampled_from(("2014", "2015", "2016-02", "before line {after}", ".."))


@st.composite
def records(draw):
    count = draw(st.integers(2, 3))
    found = []
    for number in range(1, count + 1):
        start = "2014" if number == 1 else draw(STARTS).format(before=number - 1)
        end = "2018-06" if number == count else draw(ENDS).format(after=number + 1)
        found.append(f"{start}/{end}")
    treated = (Treatment(at=at, line=n + 1, drugs=DRUGS[n]) for n, at in enumerate(found))
    try:
        derived, problems = derive(case_of("lines", *treated, LastContact(at="2018-09-30")))
    except AssertionError:  # dates that contradict each other
        return None
    return None if problems else derived


def seen(bar, later):
    """Whether some day of a bar is not below later ones; all bars of a lane are boxes."""
    days = {bar.start, bar.end} | {d for m in later for d in (m.start, m.end)}
    middles = [(low + high) / 2 for low, high in pairwise(sorted(days))]
    return any(bar.start < day < bar.end and not any(covers(m, bar, day) for m in later)
               for day in middles)  # fmt: skip


def covers(other, bar, day):
    above = other.y - other.height / 2 <= bar.y - bar.height / 2 + 1e-9
    below = other.y + other.height / 2 >= bar.y + bar.height / 2 - 1e-9
    return other.start < day < other.end and above and below


@pytest.mark.parametrize("align", ["start", "calendar"])
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(derived=records().filter(bool))
def test_each_drug_of_the_legend_has_a_bar_that_is_seen(align, derived):
    options = SwimmerOptions(by="patient", colour="drug", align=align)
    scene = swimmer([derived], options=options)
    drawn = [mark for mark in scene.marks if isinstance(mark, Bar)]
    shown = {bar.style for n, bar in enumerate(drawn) if seen(bar, drawn[n + 1 :])}
    instant = {line.number for line in derived.case.lines if has_no_day(line.start.at)}
    assert len(shown) >= len(derived.case.lines) - len(instant)


def has_no_day(at):
    """Whether a line starts and ends on one known day."""
    return at.end is not None and at.start.span == at.end.span and at.start.is_exact
