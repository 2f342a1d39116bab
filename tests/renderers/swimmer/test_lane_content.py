"""What a lane shows of a patient: drugs, reasons to stop, the end, changes of status."""

from datetime import date
from itertools import pairwise

import attrs
import pytest

from renderers.backends.legend import entries
from renderers.scene.scene import Arrow, Bar, Marker
from renderers.swimmer.alignment import time_zero_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.lane_content import LaneContent
from renderers.swimmer.options import SwimmerOptions
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import case_of, exact, vague
from tests.renderers.swimmer.made import lined
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.events import (
    Ablation,
    Death,
    DoseHeld,
    DoseResumed,
    Embolisation,
    LastContact,
    Radiotherapy,
    Scan,
    Surgery,
    Treatment,
)
from timeline.results.statuses import Status

CONTACT = LastContact(at="2020-12-01")


def treated(*more, at="2020-01-01/2020-06-01", drugs="doxorubicin", **fields):
    agents = tuple(drug_dose(each) for each in drugs.split(" + "))
    return DerivedCase(case=case_of("one", Treatment(at=at, line=1, drugs=agents, **fields), *more))


def part(derived):
    lines = derived.case.lines
    return LaneContent(
        derived=derived, lines=lines, time_zero=time_zero_of("line 1", derived, lines)
    )


def styles(derived):
    return [note.style for note in part(derived).markers()]


def progressed(*days, second="PD"):
    scans = [Scan(at=day, line=1, target="PD", new="none") for day in days]
    derived = treated(*scans, CONTACT, stop="progression")
    found = tuple(
        Status(scan=scan, line=1, criterion="RECIST 1.1", labels=(label,))
        for scan, label in zip(derived.case.all_of(Scan), ("PD", second), strict=False)
    )
    return attrs.evolve(derived, statuses=found)


@pytest.mark.parametrize(
    ("derived", "ends"),
    [
        pytest.param(treated(CONTACT, stop="toxicity"), ["stop toxicity", "alive"],
                     id="stopped for toxicity: a sign"),
        pytest.param(treated(CONTACT, stop="progression"), ["stop progression", "alive"],
                     id="stopped for progression that no scan shows: a sign"),
        pytest.param(progressed("2020-06-01"), ["PD", "alive"],
                     id="stopped for progression of that day: its sign says it"),
        pytest.param(progressed("2020-05-01"), ["PD", "alive"],
                     id="the last scan before the stop shows progression: its sign says it"),
        pytest.param(progressed("2020-04-01", "2020-05-20", second="SD"),
                     ["PD", "SD", "stop progression", "alive"],
                     id="another scan before the stop: that progression does not say it"),
        pytest.param(progressed("2020-06-20"), ["PD", "stop progression", "alive"],
                     id="stopped before a scan shows it: a sign"),
        pytest.param(treated(Death(at="2020-06-01"), stop="death"), ["death"],
                     id="death says why it stopped"),
        pytest.param(treated(CONTACT), ["alive"], id="no reason printed: none drawn"),
        pytest.param(treated(Death(at="2020-12-01")), ["death"], id="death"),
        pytest.param(treated(CONTACT, at="2020-01-01/.."), [], id="goes on: the arrow says so"),
        pytest.param(treated(), ["end unknown"], id="nothing is said of the end"),
    ],
)  # fmt: skip
def test_a_lane_shows_how_it_ends(derived, ends):
    assert styles(derived) == ends


def test_what_goes_on_has_one_arrow_at_the_last_contact():
    """1 January to 1 December 2020: 335 days; of a combination one arrow."""
    derived = treated(CONTACT, at="2020-01-01/..", drugs="gemcitabine + docetaxel")
    scene = swimmer([derived], options=SwimmerOptions(colour="drug"))
    assert [m.at for m in scene.marks if isinstance(m, Arrow)] == [335.0]


def test_a_combination_is_split_in_height_by_drug():
    """Two drugs share a bar of 3.2 mm: 1.6 mm each, 0.8 mm above and below its middle."""
    derived = treated(CONTACT, drugs="gemcitabine + docetaxel")
    scene = swimmer([derived], options=SwimmerOptions(colour="drug"))
    bars = [m for m in scene.marks if isinstance(m, Bar)]
    middle = sum(bar.y for bar in bars) / 2
    assert [round(bar.height, 6) for bar in bars] == [1.6, 1.6]
    assert [round(bar.y - middle, 6) for bar in bars] == [-0.8, 0.8]
    assert {row.description for row in scene.own} == {"gemcitabine", "docetaxel"}


HELD = (DoseHeld(at="2020-03-01", line=1), DoseResumed(at="2020-05-01", line=1))


@pytest.mark.parametrize("draw", [swimmer, timeline_figure])
def test_a_hold_is_a_gap_in_the_bars_of_what_was_held(draw):
    """Held from 1 March to 1 May 2020, day 60 to day 121 after 1 January."""
    scene = draw([treated(CONTACT, *HELD)])
    zero = 0 if draw is swimmer else date(2020, 1, 1).toordinal()
    bars = [(m.start - zero, m.end - zero) for m in scene.marks if isinstance(m, Bar)]
    assert bars == [(0, 60), (121, 152)]


def test_drugs_of_two_treatments_share_the_bar_while_both_are_given():
    """Ipilimumab ends on 1 March 2020, day 60; nivolumab goes on to 1 June, day 152."""
    other = Treatment(at="2020-01-01/2020-03-01", line=1, drugs=(drug_dose("ipilimumab"),))
    scene = swimmer([treated(CONTACT, other, drugs="nivolumab")])
    words = {row.name: row.description for row in scene.own}
    bars = [(words[m.style], m.start, m.end, round(m.height, 6))
            for m in scene.marks if isinstance(m, Bar)]  # fmt: skip
    assert sorted(bars) == [
        ("ipilimumab", 0, 60, 1.6), ("nivolumab", 0, 60, 1.6), ("nivolumab", 60, 152, 3.2),
    ]  # fmt: skip


LOCAL_THERAPY = {
    "surgery": (Surgery(at="2020-04-01"), ["surgery", "alive"]),
    "ablation": (Ablation(at="2020-04-01"), ["local therapy", "alive"]),
    "embolisation": (Embolisation(at="2020-04-01"), ["local therapy", "alive"]),
    "radiotherapy": (Radiotherapy(at="2020-04-01/2020-04-20"), ["radiotherapy begun", "alive"]),
    "before the first line": (Surgery(at="2019-04-01"), ["alive"]),
    "planned, and not done": (Surgery(at="2020-04-01", planned=True), ["alive"]),
}


@pytest.mark.parametrize(("event", "expected"), LOCAL_THERAPY.values(), ids=LOCAL_THERAPY)
@pytest.mark.parametrize("by", ["line", "patient"])
def test_local_therapy_has_a_marker_in_the_lane_of_its_time(event, expected, by):
    derived = treated(event, CONTACT)
    (lane,) = lanes_from_cases([derived], SwimmerOptions(by=by)).lanes
    assert [each.style for each in lane.markers] == expected
    is_named = "On record and not shown" in swimmer([derived]).caption
    assert is_named == (event.start.span.high < derived.case.lines[0].start.start.span.low)


def test_the_same_drug_has_the_same_colour_everywhere():
    lane_set = lanes_from_cases(lined(30), SwimmerOptions(colour="drug"))
    fields = {row.name: row.description for row in lane_set.own}
    for lane in lane_set.lanes:
        for stay in lane.bars:
            assert fields[stay.style] in stay.tooltip


BY_LINE = SwimmerOptions(colour="line")


def test_by_line_a_combination_is_one_bar():
    bars = [
        m
        for m in swimmer([treated(CONTACT, drugs="a + b")], options=BY_LINE).marks
        if isinstance(m, Bar)
    ]
    assert [(bar.style, bar.height) for bar in bars] == [("line 1", 3.2)]


def test_signs_where_the_status_changes():
    """PR, PR, PD: the second PR adds nothing."""
    first, second = exact().statuses
    again = attrs.evolve(first, scan=attrs.evolve(first.scan, at=attrs.evolve(first.scan.at)))
    derived = attrs.evolve(exact(), statuses=(first, again, second))
    for wish, labels in (("all", ["PR", "PR", "PD"]), ("changes", ["PR", "PD"])):
        scene = swimmer([derived], options=SwimmerOptions(scans=wish))
        signs = [m.style for m in scene.marks if isinstance(m, Marker) and m.style in ("PR", "PD")]
        assert sorted(signs, reverse=True) == labels
    assert "Scans are marked only where the response status changes." in scene.caption


def test_gaps_between_lines_are_followed_not_bridged():
    for lane in lanes_from_cases(lined(20), BY_LINE).lanes:
        ends = sorted((stay.start.low, stay.end.high) for stay in lane.bars)
        assert all(end < start for (_, end), (start, _) in pairwise(ends))
        if len(ends) > 1:
            assert lane.follow_up is not None
            assert lane.follow_up.high >= ends[-1][1]


def test_every_mark_of_a_lane_has_a_tooltip():
    for derived in (exact(), vague(), *lined(5)):
        for mark in swimmer([derived]).marks:
            if mark.style in ("leader", "divide") or (mark.row == 0) or not mark.style:
                continue
            assert mark.tooltip, mark


@pytest.mark.parametrize(
    ("contacts", "ending"),
    [
        pytest.param([True], "ongoing at last contact", id="a last contact"),
        pytest.param([False], "ongoing at the last dated event", id="none on record"),
        pytest.param([True, False], "ongoing at the last contact or, without one, the last dated "
                     "event", id="of two patients one"),
    ],
)  # fmt: skip
def test_the_arrow_names_what_ends_the_record(contacts, ending):
    """One patient has a last contact on record, another a scan as the last event."""
    scan = Scan(at="2020-03-01", line=1, called="SD")
    ends = [[LastContact(at="2020-12-01")] if has_contact else [] for has_contact in contacts]
    cases = [treated(scan, *more, at="2020-01-01/..") for more in ends]
    cases = [
        attrs.evolve(each, case=attrs.evolve(each.case, name=str(n)))
        for n, each in enumerate(cases)
    ]
    scene = swimmer(cases)
    words = [row.description for row in entries(scene)]
    assert ending in words
    moment = ending.removeprefix("ongoing at ").removeprefix("the ")
    assert f"arrows mark treatment ongoing at the {moment}." in scene.caption


def test_cases_without_any_date_are_answered_with_what_to_write():
    derived = treated(Scan(at="after line 1 start", line=1, called="SD"), at="../..")
    with pytest.raises(
        ValueError, match=r"no patient can be aligned.*give it a date, or count another"
    ):
        swimmer([derived])
