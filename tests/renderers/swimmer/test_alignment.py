"""Time zero of lanes, against days counted by hand."""

import pytest

from renderers.scene.scene import AxisBreak, Marker, VerticalLine
from renderers.swimmer.alignment import time_zero_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.lane_content import LaneContent
from renderers.swimmer.option_table import swimmer_options
from renderers.swimmer.options import SwimmerOptions
from tests.renderers.measured import patient
from tests.renderers.patients import case_of, exact, report, vague
from tests.situations.records import record
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import LastContact

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
def test_days_count_from_time_zero(align, start, signs):
    scene = swimmer([exact()], options=SwimmerOptions(align=align))
    (lane,) = lanes_from_cases([exact()], SwimmerOptions(align=align)).lanes
    assert (lane.bars[0].start.low, lane.bars[0].end.high) == (start, start + 152)
    placed = [m.at for m in scene.marks if isinstance(m, Marker) and m.row == 1]
    assert placed == signs


def test_what_comes_after_time_zero_is_not_drawn_before_it():
    """Line 1 in February 2021, a scan in May: 1 May less 28 February, 31 May less 1 February."""
    derived = vague()
    lines = derived.case.lines
    part = LaneContent(
        derived=derived, lines=lines, time_zero=time_zero_of("line 1", derived, lines)
    )
    assert next((n.dates.low, n.dates.high) for n in part.markers()) == (62, 119)
    assert part.bars[0].start.is_point


def test_a_patient_without_the_moment_is_left_out_and_said():
    scene = swimmer([exact(), vague()], options=SwimmerOptions(align="surgery"))
    assert [row.name for row in scene.rows] == ["head", "exact", "axis"]
    assert "1 of 2 patients" in scene.caption
    assert "Not shown: vague (no surgery with a date)." in scene.caption


@pytest.mark.parametrize(
    ("align", "description"),
    [
        pytest.param(
            "surgry", "cannot align on 'surgry' .did you mean surgery", id="a typing error"
        ),
        pytest.param("2020-01", "time zero must be a day: '2020-01'", id="a month is no day"),
        pytest.param("line 7", "no patient can be aligned: exact: no line 7", id="no such line"),
    ],
)
def test_what_cannot_be_aligned_on_is_refused(align, description):
    with pytest.raises(ValueError, match=description):
        swimmer([exact()], options=SwimmerOptions(align=align))


def test_nobody_without_a_line_has_a_lane():
    nobody = DerivedCase(case=case_of("none", LastContact(at="2020-01-01")))
    assert lanes_from_cases([exact(), nobody], SwimmerOptions()).left_out == (
        ("none", "systemic line"),
    )


def test_both_axes_count_from_one_day():
    """1 January 2020 is time zero, 1 February the 31st day after it."""
    scene = swimmer([exact()], options=SwimmerOptions(by="patient", both_axes=True))
    since, dates = scene.axes
    assert since.title == "Months since first dose"
    assert [(tick.at, tick.text) for tick in dates.ticks][:2] == [(0, "Jan"), (31, "Feb")]
    assert [row.name for row in scene.rows][-2:] == ["axis", "axis 2"]


def test_a_calendar_counts_from_the_earliest_start():
    scene = swimmer(
        [exact()], options=SwimmerOptions(by="patient", align="calendar", both_axes=True)
    )
    _, since = scene.axes
    assert since.title == "Months since the earliest start, 2020-01-01"
    assert since.ticks[0].at == 737425
    assert scene.frame.dated


REFUSED = [
    pytest.param([exact, vague], {}, "count from 2 different days", id="two starts"),
    pytest.param([vague], {"by": "patient"}, "time zero is not known to the day",
                 id="a vague start"),
    pytest.param([vague], {"align": "calendar"}, "only known as 2021-02-01 to 2021-02-28",
                 id="a vague start on a calendar"),
    pytest.param([exact], {"align": "calendar", "breaks": ((1.0, 2.0),)},
                 r"1.0 is no time of this axis \(a calendar takes days", id="months on a calendar"),
    pytest.param([exact], {"align": "calendar", "references": ((1.0, "x"),)},
                 "a calendar takes days", id="a reference in months on a calendar"),
    pytest.param([exact], {"by": "patient", "references": (("2020-03-01", "x"),)},
                 r"2020-03-01 is no time of this axis \(a day needs align=calendar",
                 id="a day where months are counted"),
    pytest.param([exact], {"align": "calendar", "references": (("2019-03-01", "early"),)},
                 r"'early' at 2019-03-01 is off the axis \(2020-01-01 to 2020-10-01\)",
                 id="a day off the calendar"),
    pytest.param([exact], {"align": "calendar", "breaks": (("2020-05-01", "2020-07-01"),)},
                 "PD at 2020-06-01 is in the break from 2020-05-01 to 2020-07-01",
                 id="a break over an event"),
]  # fmt: skip


@pytest.mark.parametrize(("who", "wish", "description"), REFUSED)
def test_axes_that_would_not_agree_are_refused(who, wish, description):
    with pytest.raises(ValueError, match=description):
        swimmer([make() for make in who], options=SwimmerOptions(both_axes=True, **wish))


def test_a_time_of_a_calendar_is_a_day():
    with pytest.raises(ValueError, match="a time of the axis is a day: '2020-06'"):
        SwimmerOptions(references=(("2020-06", "x"),))


def test_a_reference_line_is_at_its_day_on_a_calendar():
    """1 April 2020 is ordinal 737516: 737425 of the first of January, and 31 + 29 + 31 days."""
    wish = SwimmerOptions(align="calendar", references=(("2020-04-01", "amendment"),))
    scene = swimmer([exact()], options=wish)
    (line,) = (m for m in scene.marks if isinstance(m, VerticalLine) and m.style == "reference")
    assert (line.at, line.tooltip) == (737516.0, "amendment")


def months(axis):
    return " ".join(tick.text for tick in axis.ticks)


def test_a_break_of_a_calendar_leaves_its_months_out():
    """Events on 1 March, 1 June and 10 September 2020: July and August are empty."""
    wish = SwimmerOptions(align="calendar", breaks=(("2020-06-15", "2020-09-01"),))
    scene = swimmer([exact()], options=wish)
    assert months(scene.axes[0]) == "Jan Feb Mar Apr May Jun Sep Oct"
    assert [scene.rows[m.row].name for m in scene.marks if isinstance(m, AxisBreak)] == [
        "Line 1",
        "axis",
    ]
    low, high, text = scene.axes[0].captions[0]
    assert (text, low, high) == ("2020", 737425.0, 737591.0)  # up to 15 June: day 167 of the year
    assert "Omitted from the axis: 2020-06-15 to 2020-09-01." in scene.caption


def test_a_break_is_one_of_both_axes():
    """Months 5.2 to 8.0 are days 158 to 243, 7 June to 31 August 2020; nine months end on 30
    September.
    """
    scene = swimmer(
        [exact()], options=SwimmerOptions(by="patient", both_axes=True, breaks=((5.2, 8.0),))
    )
    assert months(scene.axes[1]) == "Jan Feb Mar Apr May Jun Sep"
    rows = [scene.rows[m.row].name for m in scene.marks if isinstance(m, AxisBreak)]
    assert rows == ["exact", "axis", "axis 2"]


@pytest.mark.parametrize(
    ("wish", "field", "value"),
    [
        ("reference=2021-06-01 amendment 3", "references", (("2021-06-01", "amendment 3"),)),
        ("reference=24 landmark", "references", ((24.0, "landmark"),)),
        ("leave-out=2018-01-01/2020-06-30", "breaks", (("2018-01-01", "2020-06-30"),)),
        ("leave-out=24/60", "breaks", ((24.0, 60.0),)),
    ],
)
def test_the_time_of_an_option_is_a_day_or_a_number(wish, field, value):
    assert getattr(swimmer_options([wish]), field) == value


@pytest.mark.parametrize(
    ("cutoff", "align", "at"),
    [
        pytest.param("2020-12-31", "start", 365.0, id="a leap year after the start"),
        pytest.param("2020-12-31", "calendar", 737790.0, id="an ordinal on a calendar"),
        pytest.param("", "start", None, id="none stated"),
    ],
)
def test_the_cut_off_is_at_its_day(cutoff, align, at):
    scene = swimmer([exact()], options=SwimmerOptions(cutoff=cutoff, align=align))
    assert "cut-off" not in scene.styles  # in the caption; a line only on request
    wish = SwimmerOptions(cutoff=cutoff, align=align, cutoff_line=True)
    scene = swimmer([exact()], options=wish)
    assert [m.at for m in scene.marks if m.style == "cut-off"] == ([] if at is None else [at])
    assert ("Data cut-off: 2020-12-31." in scene.caption) == bool(cutoff)


def test_a_cut_off_is_not_drawn_where_time_zero_is_vague():
    scene = swimmer([report("wang2023")], options=SwimmerOptions(cutoff="2023-12-31"))
    assert "cut-off" not in scene.styles
    assert "Data cut-off: 2023-12-31." in scene.caption


FROM_SURGERY = """
    surgery: .., what: hemicolectomy
    treatment: {start}/.., line: 1, drugs: regorafenib
    scan: 18 months after surgery, line: 1, new: liver
    last contact: 36 months after surgery
"""


ONLY_SURGERY = """
    surgery: .., id: primary, site: colon
    metastasis: 500 days after primary, site: lung
    treatment: {start}, line: 1, drugs: a
"""


@pytest.mark.parametrize(
    ("events", "start", "zero"),
    [
        (ONLY_SURGERY, "after surgery",
         "Time zero: date of first surgery, as no start of a line is dated."),
        (FROM_SURGERY, "after surgery", "Time zero: first dose of the line."),  # before the scan
        (FROM_SURGERY, "6 months after surgery", "Time zero: first dose of the line."),
    ],
)  # fmt: skip
def test_a_report_that_counts_from_surgery_is_drawn_since_surgery(tmp_path, events, start, zero):
    found, problems = record(tmp_path, events.format(start=start))
    assert not problems
    assert zero in swimmer([found]).caption


@pytest.mark.parametrize("events", [ONLY_SURGERY, FROM_SURGERY])
def test_a_surgery_that_may_follow_all_treatment_is_drawn_since_only_where_asked(tmp_path, events):
    """Nothing is counted from a start, and no word places the treatment after the surgery."""
    found, _ = record(tmp_path, events.format(start=".."))
    for options in (SwimmerOptions(), SwimmerOptions(align="start")):
        with pytest.raises(ValueError, match=r"start with a date.*option align=surgery can be"):
            swimmer([found], options=options)
    assert len(lanes_from_cases([found], SwimmerOptions(align="surgery")).lanes) == 1


# A scan after cycle 4 of 2 weeks is 4 x 14 - 1 = 55 days after line 1 or later. Line 2 begins after
# that; 4 cycles of 3 weeks end on its day 83, and what is 22.5 months later or more is so many days
# of 30.4375, rounded down, after its start: 83 + 684.
UNPLACED = """
    surgery: .., what: enucleation
    metastasis: 6 months after surgery, site: liver
    treatment: {start}, line: 1, drugs: a, cycle: 2 weeks, cycles: 4, stop: progression
    scan: 'after cycle 4 of line 1, before line 2', line: 1, called: PD
    treatment: after line 1 end, line: 2, id: second, drugs: b, cycle: 3 weeks, cycles: 4
    last contact: 684 days after cycle 4 of second end
"""


def test_a_surgery_that_may_follow_the_treatment_is_no_time_zero_unasked(tmp_path):
    """The record places nothing after the surgery but the metastasis; each line is at its start."""
    found, problems = record(tmp_path, UNPLACED.format(start=".."))
    assert not problems
    assert "Time zero: first dose of the line." in swimmer([found]).caption
    first, second = lanes_from_cases([found], SwimmerOptions()).lanes
    assert [bar.start.ends for bar in (*first.bars, *second.bars)] == [(0, 0), (0, 0)]
    (progression,) = first.markers
    assert (progression.dates.low, progression.dates.open_high) == (55, True)
    (alive,) = second.markers
    assert alive.dates.ends == (767, 767), "83 + 684"


@pytest.mark.parametrize(
    ("treated", "sentence"),
    [
        pytest.param("2021-01-01/..", "No data cut-off is stated; arrows mark", id="an arrow"),
        pytest.param("2021-01-01/2021-05-01", "No data cut-off is stated. ", id="no arrow"),
    ],
)
def test_the_caption_speaks_of_arrows_only_where_one_is_drawn(treated, sentence):
    scene = swimmer([patient("A", "90 mm", at=treated)])
    assert sentence in scene.caption
    assert ("ongoing" in scene.styles) == ("arrows" in sentence)
