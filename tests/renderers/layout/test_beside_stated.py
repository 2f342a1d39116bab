"""What is dated only as after, or only as before, another event is drawn beside that event."""

import pytest

from renderers.layout.beside_stated import beside_stated
from renderers.layout.date_ranges import DateRange, range_mark
from renderers.scene.scene import Bar, Marker, RangeMark
from renderers.swimmer.figure import swimmer
from renderers.timeline.figure import timeline_figure
from tests.renderers.patients import case_of
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.partial_dates import parse_date
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span
from timeline.endpoints.derived_case import derive
from timeline.record.events import (
    Biomarker,
    LastContact,
    Scan,
    StatedProgression,
    Surgery,
    Treatment,
    TreatmentRefused,
)


def of(low, high, **ends):
    return DateRange(low=low, high=high, by_order=True, **ends)


@pytest.mark.parametrize(
    ("date", "days", "other", "expected"),
    [
        pytest.param("after surgery", of(0, 600), Span(0, 30), 30, id="its last possible day"),
        pytest.param("after surgery", of(0, 600), Span(0, 900), 0,
                     id="that day is beyond the range: at its first"),
        pytest.param("after surgery", of(0, 600), Span(0, NEVER_ENDS), 0, id="no last day"),
        pytest.param("before surgery", of(0, 600), Span(570, 600), 570, id="its first day"),
        pytest.param("before surgery", of(0, 600), Span(NEVER_BEGAN, 600), 600, id="no first day"),
        pytest.param("after surgery", of(0, 600, open_high=True), Span(0, 30), 30,
                     id="an open end is not in the way"),
        pytest.param("before surgery", of(0, 600, open_high=True), ANY, 0,
                     id="before what is nowhere, and not to its open end: the known end"),
        pytest.param("after biopsy, before surgery", of(0, 600), Span(0, 30), 300,
                     id="between two events: the middle"),
        pytest.param("[1970-01..1971-06], after surgery", of(0, 600), Span(0, 30), 300,
                     id="it has dates of its own: the middle"),
        pytest.param("after surgery", of(0, 600), None, 300, id="an event without a place"),
    ],
)  # fmt: skip
def test_the_marker_is_beside_the_event_that_its_order_names(date, days, other, expected):
    placed = beside_stated(days, parse_date(date), lambda *_: other)
    assert placed.at == expected
    assert (placed.low, placed.high) == (days.low, days.high)
    assert placed.one_sided == (expected != days.at)
    style = range_mark(placed, 0.0, "").style
    assert style.startswith("one-sided") == placed.one_sided


def test_what_is_after_one_event_is_drawn_beside_it():
    """Surgery is on one day; the treatment that was refused after it, any day up to 2021."""
    derived, problems = derive(case_of(
        "refused",
        Surgery(at="2018-01-01", what="gastrectomy"),
        TreatmentRefused(at="after surgery", what="adjuvant chemotherapy"),
        Treatment(at="2019-01-01/2019-06-01", line=1, drugs="trastuzumab"),
        Scan(at="after line 1 start", line=1, called="PR"),
        Biomarker(at="before line 1", name="HER2", result="3+"),
        LastContact(at="2021-01-01"),
    ))  # fmt: skip
    assert not problems
    scene = timeline_figure([derived])
    days = {m.style: m.at for m in scene.marks if isinstance(m, Marker)}
    assert days["refused"] == parse_edtf("2018-01-01").span.low
    assert days["biomarker"] == parse_edtf("2019-01-01").span.low
    start, end = (parse_edtf(day).span.low for day in ("2019-01-01", "2021-01-01"))
    assert days["scan"] == (start + end) / 2  # within its line, and not beside its start
    assert "only as after or before an event is beside that event" in scene.conventions


def test_a_line_that_the_next_one_ends_has_its_progression_at_that_end():
    """Line 2 begins in June 2017, 457 to 486 days after line 1, which begins on 2016-03-01."""
    derived, problems = derive(case_of(
        "ended",
        Treatment(at="2016-03-01/2017-06", line=1, drugs="tamoxifen", stop="progression"),
        Scan(at="before line 2", line=1, target="progressed"),
        Treatment(at="2017-06/..", line=2, drugs="exemestane"),
        LastContact(at="2020-05-31"),
    ))  # fmt: skip
    assert not problems
    scene = swimmer([derived])
    (marker,) = [m for m in scene.marks if isinstance(m, Marker) and m.row == 1]
    assert marker.style == "PD"
    assert marker.at == 457
    assert "is beside that event" in scene.caption


def test_a_stop_without_a_known_day_is_at_the_open_end_of_its_bar():
    """Nothing is known of the length of line 1; its progression and its stop are not day 0."""
    derived, problems = derive(case_of(
        "open",
        Treatment(at="../before line 2", line=1, drugs="everolimus", stop="toxicity"),
        StatedProgression(at="before line 2"),
        Treatment(at="../..", line=2, drugs="olaparib"),
        Scan(at="line 2 + 30 days", line=2, called="PR"),
    ))  # fmt: skip
    assert not problems
    scene = swimmer([derived])
    bars = [m for m in scene.marks if isinstance(m, Bar) and m.row == 1]
    last = max(bar.end for bar in bars)
    stops = {m.style: m.at for m in scene.marks if isinstance(m, Marker) and m.row == 1}
    assert stops == {"stop toxicity": last, "progression": last}
    (reach,) = {(m.style, m.low, m.high) for m in scene.marks
                if isinstance(m, RangeMark) and m.style.startswith("late")}  # fmt: skip
    assert reach == ("late order", 0, last)
    assert "is at the open end" in scene.caption
