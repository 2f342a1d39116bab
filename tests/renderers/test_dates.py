"""Vague dates look vague: where a marker is, what is below it, how a bar ends."""

import itertools

import attrs
import pytest

from renderers.axes.calendar import calendar, since, years
from renderers.layout.bars import TreatmentBar, bars
from renderers.layout.date_ranges import DateRange, date_range, marker_with_range, range_of_date
from renderers.layout.date_ranges import elapsed_range as days_since
from renderers.scene.scene import SMALL, Arrow, Bar, Frame, Marker, RangeMark
from renderers.scene.text_metrics import width
from tests.rows import every_row
from timeline.core.calendar.dates import parse_edtf
from timeline.core.calendar.partial_dates import parse_date as when
from timeline.core.span import ANY, NEVER_BEGAN, NEVER_ENDS, Span

SHOWN = Span(738000, 738500)
DAY = DateRange(low=10, high=10)
MONTH = DateRange(low=100, high=130)
ORDER = DateRange(low=100, high=130, by_order=True)
LATER = DateRange(low=200, high=230)


@pytest.mark.parametrize(
    ("place", "style"),
    [
        pytest.param(DAY, None, id="a day needs no range"),
        pytest.param(MONTH, "range", id="a month is drawn with its range"),
        pytest.param(ORDER, "order", id="order alone is drawn dashed"),
    ],
)
def test_a_marker_shows_how_vague_its_date_is(place, style):
    marks = marker_with_range(place, "scan")
    ranges = [mark for mark in marks if isinstance(mark, RangeMark)]
    assert [mark.style for mark in ranges] == ([style] if style else [])
    assert all((mark.low, mark.high) == (100, 130) for mark in ranges)
    assert [mark.at for mark in marks if isinstance(mark, Marker)] == [(place.low + place.high) / 2]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span(738100, 738130), (738100, 738130, False, False), id="both ends known"),
        pytest.param(Span(738100, NEVER_ENDS), (738100, 738500, False, True), id="no last day"),
        pytest.param(Span(NEVER_BEGAN, 738100), (738000, 738100, True, False), id="no first day"),
        pytest.param(ANY, (738000, 738500, True, True), id="nothing known: all that is shown"),
    ],
)
def test_an_end_that_is_not_known_stays_open(span, expected):
    found = date_range(span, SHOWN)
    assert (found.low, found.high, found.open_low, found.open_high) == expected


def test_a_month_runs_from_its_first_to_its_last_day():
    found = range_of_date(parse_edtf("2021-02"), SHOWN)
    assert (found.low, found.high) == (737822, 737849)  # 28 days
    assert not found.by_order
    assert range_of_date(when("after surgery"), SHOWN).by_order


def test_days_between_two_months_are_every_pair_of_days():
    found = days_since(parse_edtf("2022-05"), parse_edtf("2021-12"), Span(0, 999))
    assert (found.low, found.high) == (121, 181)  # 1 May - 31 Dec; 31 May - 1 Dec


def test_days_since_an_origin_never_run_backwards():
    found = days_since(parse_edtf("2021-12"), parse_edtf("2021-12"), Span(0, 999))
    assert (found.low, found.high) == (0, 30)
    assert not found.by_order


@pytest.mark.parametrize("which", [0, 1], ids=["the later moment", "the origin"])
def test_days_between_are_by_order_where_either_moment_is(which):
    ends = [parse_edtf("2022-05"), parse_edtf("2021-12")]
    ends[which] = attrs.evolve(when("after surgery"), span=ends[which].span)
    assert days_since(*ends, Span(0, 999)).by_order


def tooltips(marks):
    return [
        (each.variant, each.start, each.end, each.open_start, each.open_end)
        for each in marks
        if isinstance(each, Bar)
    ]


ENDS = [
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=DateRange(low=90, high=90)),
                 [("", 10, 90, False, False)], id="exact ends: one solid bar"),
    pytest.param(TreatmentBar(style="line 1", start=MONTH, end=LATER),
                 [("vague end", 100, 130, False, True), ("vague end", 200, 230, True, False),
                  ("", 130, 200, False, False)], id="vague ends are pale, the middle is solid"),
    pytest.param(TreatmentBar(style="line 1", start=ORDER, end=ORDER),
                 [("by order", 100, 130, False, False)], id="order alone: nothing is solid"),
    pytest.param(TreatmentBar(style="line 1", start=MONTH, end=DateRange(low=110, high=140)),
                 [("vague end", 100, 140, False, False)], id="ends may meet: nothing is solid"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None),
                 [("end not stated", 10, 15, False, True)], id="no end: a stub without an edge"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None, limit=12),
                 [("end not stated", 10, 12, False, True)], id="a stub up to the day of death"),
    pytest.param(TreatmentBar(style="line 1", start=MONTH, end=None, limit=110),
                 [("vague end", 100, 110, False, True)], id="a vague start up to that day"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=LATER, limit=220),
                 [("vague end", 200, 220, True, False), ("", 10, 200, False, False)],
                 id="a vague end up to that day"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None, limit=10),
                 [("end not stated", 10, 15, False, True)], id="begun on that day: a stub is seen"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None, open_until=90),
                 [("end not stated", 10, 90, False, True)], id="open to the day it had ended by"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None, open_until=90, limit=40),
                 [("end not stated", 10, 40, False, True)], id="but not beyond death"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=None, given=30, open_until=12),
                 [("", 10, 40, False, False), ("end not stated", 40, 45, True, True)],
                 id="what is certain goes on beyond it, and is open"),
    pytest.param(TreatmentBar(style="line 1", start=DAY, end=LATER, planned=True),
                 [("planned", 10, 230, False, False)], id="planned: hollow, over all it may take"),
]  # fmt: skip


@pytest.mark.parametrize(("stay", "expected"), ENDS)
def test_a_bar_ends_as_its_dates_do(stay, expected):
    assert tooltips(bars(stay, tail=5)) == expected


@pytest.mark.parametrize("goes_on", [True, False], ids=["goes on", "ended"])
def test_an_arrow_means_ongoing(goes_on):
    stay = TreatmentBar(style="line 1", start=DAY, end=LATER, goes_on=goes_on)
    arrows = [mark for mark in bars(stay, tail=5) if isinstance(mark, Arrow)]
    assert [arrow.at for arrow in arrows] == ([230] if goes_on else [])


def frame(first, last, width=150.0):
    return Frame(
        low=parse_edtf(first).span.low, high=parse_edtf(last).span.low, left=0, right=width
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        pytest.param("2021-01-01", "2022-01-01", "Jan Feb Mar", id="a year: every month"),
        pytest.param("2018-01-01", "2023-01-01", "Jan Apr Jul", id="five years: every quarter"),
        pytest.param("2014-01-01", "2024-01-01", "Jan Jul Jan", id="ten years: every half year"),
    ],
)
def test_the_calendar_takes_the_finest_step_with_space(first, last, words):
    assert " ".join(tick.text for tick in calendar(frame(first, last), 0).ticks[:3]) == words


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        pytest.param(1.1, True, id="it fits, and nothing is beyond it"),
        pytest.param(0.9, False, id="wider than its days"),
    ],
)
@pytest.mark.parametrize("axis", [calendar, lambda frame, row: years(frame, row, 1.0)])
def test_the_last_year_is_named_where_its_number_fits(axis, share, shown):
    """Half of 2021 after the whole of 2020: 182 of 548 days."""
    number = width("2000", SMALL)
    high = when("2021-07-02").span.low
    frame = Frame(low=when("2020-01-01").span.low, high=high,
                  left=0.0, right=share * number * 548 / 182)  # fmt: skip
    assert [text for _, _, text in axis(frame, 0).captions] == ["2020", "2021"][: 1 + shown]


def test_the_year_is_shown_at_least_once():
    short = calendar(frame("2021-12-25", "2022-01-03", 10.0), 0)
    assert [text for _, _, text in short.captions] == ["2021"]
    assert len(years(frame("2018-02-01", "2023-11-01"), 0, 4.0).captions) == 6


@pytest.mark.parametrize(
    ("line", "width", "middle"),
    [
        pytest.param("2021-04-01", 20.0, "2021-08-16", id="early: in the nine months after it"),
        pytest.param("2021-10-01", 20.0, "2021-05-17", id="late: in the nine months before it"),
        pytest.param("2022-03-01", 20.0, "2021-07-02", id="in another year: in its own middle"),
        pytest.param("2021-07-01", 10.0, "", id="no space on either side: left out"),
    ],
)
def test_a_year_is_next_to_the_line_that_runs_through_it(line, width, middle):
    """The number of a year needs 6.5 mm; on an axis of 10 mm the half of 2021 has 4.1."""
    page = frame("2021-01-01", "2022-03-15", width)
    found = years(page, 0, 4.0, float(parse_edtf(line).span.low)).captions
    middles = [(low + high) // 2 for low, high, text in found if text == "2021"]
    assert middles == ([parse_edtf(middle).span.low] if middle else [])


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        pytest.param(340, "0 1 2 3", id="months"),
        pytest.param(1200, "0 3 6 9", id="quarters"),
        pytest.param(3000, "0 6 12 18", id="half years"),
    ],
)
def test_months_since_are_whole(days, numbers):
    axis = since(Frame(low=0, high=days, left=0, right=90), 0, "Months")
    assert " ".join(tick.text for tick in axis.ticks[:4]) == numbers
    assert axis.ticks[1].at == pytest.approx(int(axis.ticks[1].text) * 30.4375)


@every_row("hundredths", [*range(6100, 6180, 3), *range(2000, 12000, 700)])
def test_the_years_of_an_axis_are_labelled_at_one_step(hundredths):
    """2014 to July 2023: 2016 and 2020 are one day longer, which must not decide."""
    low, high = 735234.0, 738702.0
    frame = Frame(low=low, high=high, left=20.0, right=20.0 + hundredths / 100)
    drawn = calendar(frame, 0)
    numbers = [int(tick.text) for tick in drawn.ticks if tick.text.isdigit()]
    numbers += [int(text) for _, _, text in drawn.captions or () if text not in ("2014", "2023")]
    steps = {b - a for a, b in itertools.pairwise(numbers)}
    assert steps in [{1}, {2}, {5}]
