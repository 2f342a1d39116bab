"""Where nought lies, against days counted by hand."""

import pytest

from renderers.lanes.nought import nought_of
from renderers.lanes.of_readings import lanes_of
from renderers.lanes.part import Part
from renderers.lanes.swim import Swim
from renderers.scene import Sign
from renderers.swimmer import swimmer
from tests.renderers.patients import case_of, exact, report, vague
from timeline.events import LastContact
from timeline.reading import Reading

# exact: diagnosis 2 December 2019, surgery 20 December, line 1 from 1 January 2020 to 1 June,
# PR on 1 March (31 + 29 days later), PD on 1 June (152), death on 10 September (253).
ALIGNED = [
    pytest.param("start", 0, [60, 152, 253], id="the start of the line"),
    pytest.param("line 1", 0, [60, 152, 253], id="line 1"),
    pytest.param("diagnosis", 30, [90, 182, 283], id="diagnosis: 30 days earlier"),
    pytest.param("surgery", 12, [72, 164, 265], id="surgery: 12 days earlier"),
    pytest.param("first response", -60, [0, 92, 193], id="first response: 1 March"),
    pytest.param("2020-01-31", -30, [30, 122, 223], id="a day of the calendar"),
    pytest.param("calendar", 737425, [737485, 737577, 737678], id="ordinals"),
]


@pytest.mark.parametrize(("align", "start", "signs"), ALIGNED)
def test_days_count_from_nought(align, start, signs):
    scene = swimmer([exact()], swim=Swim(align=align))
    (lane,) = lanes_of([exact()], Swim(align=align)).lanes
    assert (lane.stays[0].start.low, lane.stays[0].end.high) == (start, start + 152)
    placed = [m.at for m in scene.marks if isinstance(m, Sign) and m.row == 1]
    assert placed == signs


def test_what_comes_after_nought_is_not_drawn_before_it():
    """Line 1 in February 2021, a scan in May: 1 May less 28 February, 31 May less 1 February."""
    reading = vague()
    lines = reading.case.lines
    part = Part(reading=reading, lines=lines, nought=nought_of("line 1", reading, lines))
    assert next((n.place.low, n.place.high) for n in part.notes()) == (62, 119)
    assert next(part.stays()).start.is_point


def test_a_patient_without_the_moment_is_left_out_and_said():
    scene = swimmer([exact(), vague()], swim=Swim(align="surgery"))
    assert [row.name for row in scene.rows] == ["head", "exact", "axis"]
    assert "1 of 2 lanes" in scene.caption
    assert "Not drawn: vague (no surgery with a date)." in scene.caption


@pytest.mark.parametrize(
    ("align", "says"),
    [
        pytest.param("surgry", "nothing to align on: 'surgry' .did you mean surgery", id="a slip"),
        pytest.param("2020-01", "nought is a day: '2020-01'", id="a month is no day"),
        pytest.param("line 7", "nobody can be aligned: exact: no line 7", id="no such line"),
    ],
)
def test_what_cannot_be_aligned_on_is_refused(align, says):
    with pytest.raises(ValueError, match=says):
        swimmer([exact()], swim=Swim(align=align))


def test_nobody_without_a_line_has_a_lane():
    nobody = Reading(case=case_of("none", LastContact(at="2020-01-01")))
    assert lanes_of([exact(), nobody], Swim()).left_out == (("none", "systemic line"),)


def test_both_axes_count_from_one_day():
    """1 January 2020 is nought, 1 February the 31st day after it."""
    scene = swimmer([exact()], swim=Swim(by="patient", both_axes=True))
    since, dates = scene.axes
    assert since.title == "Months since the start of line 1"
    assert [(tick.at, tick.text) for tick in dates.ticks][:2] == [(0, "Jan"), (31, "Feb")]
    assert [row.name for row in scene.rows][-2:] == ["axis", "axis 2"]


def test_a_calendar_counts_from_the_earliest_start():
    scene = swimmer([exact()], swim=Swim(by="patient", align="calendar", both_axes=True))
    _, since = scene.axes
    assert since.title == "Months since the earliest start, 2020-01-01"
    assert since.ticks[0].at == 737425
    assert scene.frame.dated


REFUSED = [
    pytest.param([exact, vague], {}, "count from 2 different days", id="two starts"),
    pytest.param([vague], {"by": "patient"}, "nought is not known to the day", id="a vague start"),
    pytest.param([vague], {"align": "calendar"}, "only known as 2021-02-01 to 2021-02-28",
                 id="a vague start on a calendar"),
    pytest.param([exact], {"align": "calendar", "breaks": ((1.0, 2.0),)}, "has no breaks",
                 id="breaks on a calendar"),
    pytest.param([exact], {"align": "calendar", "references": ((1.0, "x"),)}, "has no reference",
                 id="a reference time on a calendar"),
    pytest.param([exact], {"breaks": ((5.2, 8.0),), "by": "patient"}, "a calendar has no breaks",
                 id="breaks on a second axis"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "wish", "says"), REFUSED)
def test_axes_that_would_not_agree_are_refused(who, wish, says):
    with pytest.raises(ValueError, match=says):
        swimmer([make() for make in who], swim=Swim(both_axes=True, **wish))


@pytest.mark.parametrize(
    ("cutoff", "align", "at"),
    [
        pytest.param("2020-12-31", "start", 365.0, id="a leap year after the start"),
        pytest.param("2020-12-31", "calendar", 737790.0, id="an ordinal on a calendar"),
        pytest.param("", "start", None, id="none stated"),
    ],
)
def test_the_cut_off_stands_at_its_day(cutoff, align, at):
    scene = swimmer([exact()], swim=Swim(cutoff=cutoff, align=align))
    assert [m.at for m in scene.marks if m.style == "cut-off"] == ([] if at is None else [at])
    assert ("Data cut-off 2020-12-31." in scene.caption) == bool(cutoff)


def test_a_cut_off_is_not_drawn_where_nought_is_vague():
    scene = swimmer([report("wang2023")], swim=Swim(cutoff="2023-12-31"))
    assert "cut-off" not in scene.styles
    assert "Data cut-off 2023-12-31." in scene.caption
