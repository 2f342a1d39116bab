"""Units of the axis: whole ticks that suit them, and stretches left out in plain sight."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.axes.units import UNITS, ticks, whole_ticks
from renderers.scene.scene import CUT, SMALL, AxisBreak, Frame
from renderers.scene.text_metrics import width
from renderers.swimmer.figure import swimmer
from renderers.swimmer.options import SwimmerOptions
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact

FITS = [  # 100 mm; a number of three digits needs 4.8 mm
    pytest.param("days", 1.0, 365, [0, 28, 56, 84], id="days in whole cycles of four weeks"),
    pytest.param("weeks", 7.0, 365, [0, 4, 8, 12], id="weeks: 3 would fit, 4 is usual"),
    pytest.param("months", 30.4375, 365, [0, 3, 6, 9], id="months: 1 would fit, 3 is usual"),
    pytest.param("months", 30.4375, 120, [0, 1, 2, 3], id="under 6 months: no two steps of 3"),
    pytest.param("weeks", 7.0, 54, [0, 1, 2, 3], id="under 8 weeks: no two steps of 4"),
    pytest.param("months", 30.4375, 3653, [0, 6, 12, 18], id="half years over ten years"),
    pytest.param("years", 365.25, 3653, [0, 1, 2, 3], id="years: 10 mm a year"),
    pytest.param("days", 1.0, 20000, [0, 2000, 4000, 6000], id="8 mm for five digits: 1600 days"),
    pytest.param("weeks", 7.0, 70000, [0, 1000, 2000, 3000], id="8 mm for five digits: 800 weeks"),
    pytest.param("years", 365.25, 5e5 * 365.25, [0, 50000, 100000, 150000],
                 id="9.6 mm for six digits: 48000 years"),
    pytest.param("cycles", 21.0, 21000, [0, 100, 200, 300], id="6.4 mm for four digits: 64"),
    pytest.param("cycles", 21.0, 365, [0, 1, 2, 3], id="cycles: 5.8 mm a cycle"),
]  # fmt: skip


@given(st.sampled_from(sorted(UNITS)), st.floats(1, 1e9), st.floats(20, 300))
def test_numbers_of_an_axis_never_touch(unit, high, wide):
    frame = Frame(low=0, high=high, left=0, right=wide)
    found = ticks(frame, unit, UNITS[unit].days or 21.0)
    for one, other in pairwise(found):
        room = (width(one.text, SMALL) + width(other.text, SMALL)) / 2
        assert frame.x(other.at) - frame.x(one.at) >= room


@pytest.mark.parametrize(("unit", "days", "high", "first"), FITS)
def test_ticks_are_whole_units_with_space(unit, days, high, first):
    frame = Frame(low=0, high=high, left=0, right=100)
    found = ticks(frame, unit, days)
    assert [int(tick.text) for tick in found][:4] == first
    assert all(tick.at == int(tick.text) * days for tick in found)


def test_ticks_before_zero_have_a_minus():
    found = ticks(Frame(low=-61, high=61, left=0, right=50), "months", 30.4375)
    assert [tick.text for tick in found] == ["−2", "−1", "0", "1", "2"]


@pytest.mark.parametrize(
    ("low", "high", "ends"),
    [
        pytest.param(0, 100, (0, 121.75), id="100 days: four months of 30.4375"),
        pytest.param(-1, 30, (-30.4375, 30.4375), id="a day before zero: a whole month before"),
        pytest.param(5, 10, (0, 30.4375), id="zero is always on the axis"),
    ],
)
def test_an_axis_ends_on_whole_units(low, high, ends):
    assert whole_ticks(low, high, 30.4375) == ends


def test_a_break_leaves_out_its_days_and_stretches_no_other():
    """0 to 100 without 40 to 80 on 61.6 mm: a sign of 1.6 mm, and 60 days at a millimetre each."""
    frame = Frame(low=0, high=100, left=0, right=60 + CUT, breaks=((40, 80),))
    assert [frame.x(day) for day in (0, 40, 80, 100)] == pytest.approx([0, 40, 41.6, 61.6])
    assert frame.days(10) == pytest.approx(10)


@pytest.mark.parametrize(
    ("breaks", "days", "dates"),
    [
        pytest.param(((80, 40),), "days 80 to 40", "1970-03-22 to 1970-02-10", id="backwards"),
        pytest.param(
            ((10, 40), (30, 60)),
            "days 10 to 40, days 30 to 60",
            "1970-01-11 to 1970-02-10, 1970-01-31 to 1970-03-02",
            id="one within another",
        ),
        pytest.param(
            ((40, 120),), "days 40 to 120", "1970-02-10 to 1970-05-01", id="beyond the axis"
        ),
    ],
)
def test_breaks_that_cannot_be_are_refused(breaks, days, dates):
    """The days of the dates are counted from 1970-01-01, day 0, so that day 31 is 1 February."""
    advice = r" \(write each as its first and last day left out\)"
    with pytest.raises(ValueError, match=f"the axis, days 0 to 100: {days}{advice}"):
        Frame(low=0, high=100, left=0, right=50, breaks=breaks)
    zero = float(date(1970, 1, 1).toordinal())
    ends = tuple((low + zero, high + zero) for low, high in breaks)
    with pytest.raises(ValueError, match=f"the axis, 1970-01-01 to 1970-04-11: {dates}{advice}"):
        Frame(low=zero, high=zero + 100, left=0, right=50, breaks=ends, dated=True)


def test_a_break_is_drawn_on_the_axis_and_on_what_crosses_it():
    """exact: treated to day 152, followed to 253; months 5.5 to 7.5 are days 167 to 228."""
    scene = swimmer([exact()], options=SwimmerOptions(breaks=((5.5, 7.5),)))
    rows = [scene.rows[m.row].name for m in scene.marks if isinstance(m, AxisBreak)]
    assert rows == ["Line 1", "axis"]
    assert "Omitted from the axis: 5.5 to 7.5 months." in scene.caption
    assert "6" not in [tick.text for tick in scene.axes[0].ticks]


def test_a_break_hides_nothing():
    with pytest.raises(
        ValueError, match=r"Line 1: PD at 5 months is in the break from 4 months to 6 months"
    ):
        swimmer([exact()], options=SwimmerOptions(breaks=((4.0, 6.0),)))


@pytest.mark.parametrize(
    ("wish", "description"),
    [
        pytest.param({"unit": "fortnights"}, "unknown unit: 'fortnights'", id="no such unit"),
        pytest.param({"unit": "cycles"}, "cycles of what length", id="cycles without a length"),
        pytest.param({"by": "lines"}, "unknown by: 'lines' .did you mean line", id="by what"),
        pytest.param({"scans": "some"}, "unknown scans: 'some'", id="which scans"),
        pytest.param({"cutoff": "2020"}, "a cut-off is a day: '2020'", id="a year is no cut-off"),
    ],
)
def test_an_unknown_option_is_refused(wish, description):
    with pytest.raises(ValueError, match=description):
        SwimmerOptions(**wish)


@pytest.mark.parametrize(
    ("wish", "description"),
    [
        pytest.param({"columns": ("id", "bets")}, "unknown column: 'bets' .did you mean best",
                     id="a column misspelt"),
        pytest.param({"group": "arm"}, "unknown column: 'arm'", id="no such group"),
        pytest.param({"colour": "dose"}, "unknown colour: 'dose'", id="colour by what"),
    ],
)  # fmt: skip
def test_a_column_that_is_none_is_refused(wish, description):
    with pytest.raises(ValueError, match=description):
        swimmer(cohort(3), options=SwimmerOptions(**wish))


def test_cycles_are_named_with_their_length():
    scene = swimmer([exact()], options=SwimmerOptions(unit="cycles", cycle=21.0))
    assert scene.axes[0].title == "Cycles of 21 days since first dose of the line"
