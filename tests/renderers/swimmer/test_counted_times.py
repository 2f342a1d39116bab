"""Lanes whose times are counted from one another: the days are those of the record together.

Days are counted by hand: cycle 3 of 3 weeks ends on day 62 after the start, cycle 4 on day 83, and
cycle 5 on day 104; 7 printed months are 6.5 to 7.5 of 30.4375 days, so 198 to 228 days.
"""

from __future__ import annotations

import pytest

from renderers.axes.calendar_page import last_known
from renderers.swimmer.columns import record_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.options import SwimmerOptions
from renderers.timeline.figure import timeline_figure
from tests.situations.records import record

HELD = """
    treatment: {start}/.., line: 1, drugs: pembrolizumab, cycle: 3 weeks
    scan: after cycle 3 of line 1, line: 1, called: PR
    toxicity: after cycle 5 of line 1, what: pneumonitis, grade: 2
    dose held: after pneumonitis, line: 1, reason: toxicity
    last contact: 7 months after line 1 start
"""


def _lane(found, **options):
    (lane,) = lanes_from_cases([found], SwimmerOptions(**options)).lanes
    return lane


@pytest.mark.parametrize("start", ["2020", "2020-03-05", "20XX", ".."])
def test_a_lane_is_as_long_as_the_record_states(start, tmp_path):
    """210 days to the last contact, whatever is known of the start."""
    found, problems = record(
        tmp_path,
        f"""
        treatment: {start}/.., line: 1, drugs: pembrolizumab
        scan: line 1 + 60 days, line: 1, called: PR
        last contact: line 1 + 210 days
        """,
    )
    assert not problems
    lane = _lane(found)
    (bar,) = lane.bars
    assert (bar.start.ends, bar.end.ends, bar.goes_on) == ((0, 0), (210, 210), True)
    assert [each.dates.ends for each in lane.markers] == [(60, 60)]
    assert not any(each.dates.by_order for each in lane.markers)
    assert lane.days == (0, 210)


@pytest.mark.parametrize("start", ["2020", "20XX", ".."])
def test_what_is_known_by_order_lies_between_what_is_counted(start, tmp_path):
    found, problems = record(tmp_path, HELD.format(start=start))
    assert not problems
    lane = _lane(found)
    days = {each.style: each.dates.ends for each in lane.markers}
    assert days["dose held"] == (104, 228), "after cycle 5, and not after the last contact"
    until_held, after_it = lane.bars
    assert until_held.end.ends == (104, 228)
    assert after_it.end.ends == (198, 228), "no resumption on record: given again, perhaps"


def test_a_line_that_nothing_is_counted_from_has_its_lane(tmp_path):
    """It starts at its own day 0; how long it went on is not known, and shown so."""
    found, _ = record(
        tmp_path,
        """
        treatment: 2020-01, line: 1, drugs: x
        treatment: after line 1, line: 2, drugs: y
        """,
    )
    scene = swimmer([found])
    assert "Not shown" not in scene.caption
    lanes = lanes_from_cases([found], SwimmerOptions()).lanes
    assert [lane.name for lane in lanes] == ["Line 1", "Line 2"]
    (bar,) = lanes[1].bars
    assert (bar.start.ends, bar.end) == ((0, 0), None)


def test_what_is_missing_is_stated_once_with_what_to_write(tmp_path):
    found, _ = record(
        tmp_path,
        """
        treatment: .., line: 1, drugs: x
        treatment: after line 1, line: 2, drugs: y
        """,
    )
    with pytest.raises(ValueError, match="no patient can be aligned") as fault:
        swimmer([found], options=SwimmerOptions(by="patient"))
    assert str(fault.value).count("c: no line 1 with a date") == 1
    advice = "(give it a date, or count another event from it, as line 1 + 8 weeks)"
    assert advice in str(fault.value)


@pytest.mark.parametrize(
    ("last", "text", "why"),
    [
        ("scan: 2007-09-01, line: 1, called: PD", "2007-09-01", "one day"),
        ("scan: 2007-09, line: 1, called: PD", "2007-09", "one day of the month"),
        ("scan: '[2007-09-01..]', line: 1, called: PD", "2007-09-01 or later", "no last day"),
        ("scan: 2 months after line 1 start, line: 1, called: PD", "2007-07-17 to 2007-09-14",
         "46 days after 1 June, 76 after 30 June"),
        ("symptom: after line 1", "2007-06", "known by order only: the start is the last date"),
    ],
)  # fmt: skip
def test_the_last_dated_event_has_all_its_days(last, text, why, tmp_path):
    found, problems = record(tmp_path, f"treatment: 2007-06, line: 1, drugs: x\n{last}")
    assert not problems
    assert record_of(found) == f"last dated event {text}", why


def test_a_range_without_a_last_day_is_no_exact_marker(tmp_path):
    found, _ = record(
        tmp_path,
        """
        treatment: 2007-06-01, line: 1, drugs: x
        scan: '[2007-09-01..]', line: 1, called: PD
        """,
    )
    assert last_known(found.case)[0].open_high
    scene = timeline_figure([found])
    assert "End of record: last dated event 2007-09-01 or later." in scene.caption
    open_ = [each for each in scene.marks if getattr(each, "open_high", False)]
    assert open_
    assert all(each.high > each.low for each in open_)


def test_no_line_begins_before_the_line_that_it_follows(tmp_path):
    """Line 3 ends 40 days after surgery or later, as its last contact 60 days on is after the scan.

    By hand: 21 cycles of 28 days end on day 587, 11 of 14 on day 153 and 18 of 14 on day 251. So
    line 3 starts on day 40 - 587 = -547 or later, line 2 153 days before that, on -700, and line 1
    on -951.
    """
    found, problems = record(
        tmp_path,
        """
        surgery: .., id: primary, site: colon
        scan: primary + 100 days, baseline: 1
        treatment: ../cycle 18 of line 1 end, line: 1, drugs: a, cycle: 2 weeks, cycles: 18
        treatment: after line 1 end/cycle 11 of line 2 end, line: 2, drugs: b, cycle: 2 weeks
        treatment: after line 2 end/cycle 21 of line 3 end, line: 3, drugs: c, cycle: 4 weeks
        last contact: line 3 end + 60 days
        """,
    )
    assert not problems
    lanes = lanes_from_cases([found], SwimmerOptions(align="surgery")).lanes
    bars = [bar for lane in lanes for bar in lane.bars]
    assert [(bar.start.low, bar.end.low) for bar in bars] == [
        (-951, -700), (-700, -547), (-547, 40)
    ]  # fmt: skip


def test_the_message_names_a_time_zero_that_can_be_drawn(tmp_path):
    """Nothing is counted from a start; a metastasis is counted from surgery."""
    found, _ = record(
        tmp_path,
        """
        surgery: .., id: primary, site: colon
        metastasis: primary + 500 days, site: lung
        treatment: .., line: 1, drugs: a
        """,
    )
    with pytest.raises(ValueError, match="no patient can be aligned") as fault:
        swimmer([found], options=SwimmerOptions(align="start"))
    assert "(--option align=surgery can be drawn; or give it a date, or count another" in str(
        fault.value
    )
    assert len(lanes_from_cases([found], SwimmerOptions(align="surgery")).lanes) == 1


def test_the_caption_names_what_has_no_bar(tmp_path):
    """The lanes are lines of treatment; what was adjuvant and the operations are none."""
    found, problems = record(
        tmp_path,
        """
        surgery: 2019-01-10, what: Whipple procedure
        treatment: 2019-03/2019-06, setting: adjuvant, drugs: gemcitabine
        treatment: 2020-03-05/2020-06-05, line: 1, drugs: oxaliplatin
        last contact: 2020-12-01
        """,
    )
    assert not problems
    caption = swimmer([found]).caption
    named = "On record and not shown: surgery (Whipple procedure) and adjuvant gemcitabine."
    assert named in caption
    assert "oxaliplatin" not in named
    assert "On record and not shown" not in swimmer([found, found]).caption


WITHOUT_YEAR = """
    diagnosis: 20XX
    treatment: 2021-04-12, line: 1, drugs: doxorubicin
    scan: 2021-07-01, line: 1, called: PR
    treatment: 2021-10-12, line: 2, drugs: pazopanib, cycle: 21 days, cycles: 4
"""


def test_an_event_without_a_year_does_not_lengthen_a_lane_and_is_named_by_a_remark(tmp_path):
    """Line 2 begins on day 183; of its four cycles the last begins 3 x 21 = 63 days later."""
    found, problems = record(tmp_path, WITHOUT_YEAR)
    assert not problems
    lane = _lane(found, by="patient")
    first, second = lane.bars
    assert (first.end, first.open_until) == (None, 183), "it had ended when line 2 began"
    assert (second.start.low, second.given) == (183, 63)
    assert lane.days == (0, 183 + 63)
    assert [each.dates.ends for each in lane.markers if each.style == "end unknown"] == [(183, 183)]
    remarks = [each.what for each in found.remarks if "has no year" in each.what]
    assert [each.startswith("diagnosis 20XX has no year") for each in remarks] == [True]
    page = timeline_figure([found]).frame
    assert page.low <= found.case.lines[0].start.start.span.low
    assert found.case.lines[1].start.start.span.low + 63 <= page.high, "no bar leaves the page"


def test_what_others_are_counted_from_needs_no_year(tmp_path):
    found, problems = record(
        tmp_path,
        """
        treatment: 20XX/.., line: 1, drugs: doxorubicin
        scan: line 1 + 60 days, line: 1, called: PR
        """,
    )
    assert not problems
    assert not [each.what for each in found.remarks if "has no year" in each.what]
