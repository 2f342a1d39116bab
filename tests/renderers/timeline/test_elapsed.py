"""A timeline of a report without dates: its axis counts from where most times are known.

Days are counted by hand: cycle 5 of 3 weeks ends on day 104 after the start; 7 printed months are
6.5 to 7.5 of 30.4375 days, so 198 to 228 days.
"""

from __future__ import annotations

import pytest

from renderers.scene.scene import Bar, Marker
from renderers.timeline.figure import timeline_figure
from tests.situations.records import record

EVENTS = """
    diagnosis: {start}, what: lung cancer
    treatment: {start}/.., line: 1, drugs: pembrolizumab, cycle: 3 weeks
    scan: line 1 + 8 weeks, line: 1, called: PR
    toxicity: after cycle 5 of line 1, what: pneumonitis, grade: 2
    dose held: after pneumonitis, line: 1, reason: toxicity
    last contact: 7 months after line 1 start
"""


def _scene(tmp_path, events):
    found, problems = record(tmp_path, events)
    assert not problems
    return timeline_figure([found])


def _days(scene, style):
    return {(each.low, each.high) for each in scene.marks
            if style in getattr(each, "tooltip", "") and hasattr(each, "high")}  # fmt: skip


@pytest.mark.parametrize("start", ["20XX", "..", "2020"])
def test_the_axis_counts_from_the_first_dose(start, tmp_path):
    """All dates are vague by a year or more; the longest time that is counted is 228 days."""
    scene = _scene(tmp_path, EVENTS.format(start=start))
    (axis,) = scene.axes
    assert axis.title == "Months since the first dose of line 1"
    assert scene.frame.low == 0
    assert 228 <= scene.frame.high < 260, "the last contact, and the month that it ends in"
    scans = [each.at for each in scene.marks if isinstance(each, Marker) and each.style == "scan"]
    assert scans == [56]
    assert _days(scene, "Dose held") == {(104, 228)}
    assert "The axis is time since the first dose of line 1, because" in scene.caption
    assert "End of record: last contact 6.5 to 7.5 months." in scene.caption
    assert "Not drawn, date not known: diagnosis (lung cancer)." in scene.caption


@pytest.mark.parametrize(
    ("event", "why"),
    [
        ("lab: 2020-05-03, values: {CEA: 3 ng/mL}", "a day is known"),
        ("biopsy: 2020-05", "a month is shorter than the 228 days that are counted"),
    ],
)
def test_one_date_that_is_known_keeps_the_calendar(event, why, tmp_path):
    scene = _scene(tmp_path, EVENTS.format(start="2020") + event)
    assert scene.frame.dated, why
    assert len(scene.axes) == 2


def test_nothing_counted_and_no_date_is_refused(tmp_path):
    found, _ = record(tmp_path, "treatment: .., line: 1, drugs: x\nscan: after line 1, line: 1")
    with pytest.raises(ValueError, match="no event has a date"):
        timeline_figure([found])


def test_years_without_counted_times_are_a_calendar(tmp_path):
    scene = _scene(tmp_path, "treatment: 2019, line: 1, drugs: x\nscan: 2021, line: 1, called: PD")
    assert scene.frame.dated


FROM_SURGERY_AND_END = """
    diagnosis: .., what: colon cancer
    surgery: after diagnosis, id: primary, site: colon
    metastasis: primary + 500 days, site: lung
    treatment: {start}/after line 1 start, line: 1, drugs: a
    scan: after line 1 start, line: 1, id: first, called: PR
    treatment: after line 1 end/after line 2 start, line: 2, drugs: b
    scan: line 2 end + 30 days, line: 2, called: PR
    scan: line 2 end + 90 days, line: 2, called: CR
    last contact: line 2 end + 540 days
"""


@pytest.mark.parametrize("start", ["20XX", ".."])
def test_the_axis_counts_from_where_most_times_are_known(start, tmp_path):
    """Three times are counted from the end of line 2, one from surgery, none from line 1."""
    scene = _scene(tmp_path, FROM_SURGERY_AND_END.format(start=start))
    (axis,) = scene.axes
    assert axis.title == "Months since the end of line 2"
    assert scene.frame.low < 0, "the lines come before day 0"
    assert 540 <= scene.frame.high < 580
    scans = [each.at for each in scene.marks if isinstance(each, Marker) and each.style == "scan"]
    assert scans[-2:] == [30, 90]
    bars = [each for each in scene.marks if isinstance(each, Bar)]
    assert {each.style for each in bars} == {"bar of a", "bar of b"}
    assert max(each.end for each in bars) == 0, "no line ends after line 2 does"
    assert "The axis is time since the end of line 2, because" in scene.caption
    assert "Not drawn, date not known: diagnosis (colon cancer), surgery, metas" in scene.caption


def test_an_open_end_of_the_record_has_its_unit_before_or_later(tmp_path):
    """Last contact is no earlier than the rash: 90 days of 30.4375 are 2.96 months."""
    events = (
        "treatment: .., line: 1, drugs: x\nscan: line 1 + 61 days, line: 1, id: one, called: PR"
    )
    scene = _scene(
        tmp_path,
        f"{events}\ntoxicity: line 1 + 90 days, what: rash, grade: 1\nlast contact: after one",
    )
    assert "End of record: last contact 3.0 months or later." in scene.caption


def test_of_equally_many_times_the_exact_ones_are_the_axis(tmp_path):
    """A value and the death are counted from surgery, and line 1 lies between the two.

    From surgery the value is 30 days away; from line 1, any of 5 years.
    """
    events = """
        surgery: .., id: primary, site: colon
        lab: primary + 30 days, values: {CEA: 3 ng/mL}
        treatment: after primary/after line 1 start, line: 1, drugs: a
        death: 5 years after primary
    """
    scene = _scene(tmp_path, events)
    assert scene.axes[-1].title == "Months since the date of first surgery"
    assert not any(getattr(each, "text", "").startswith("..") for each in scene.marks)


def test_a_date_in_words_has_a_comma_before_the_finding(tmp_path):
    counted = "surgery: .., what: resection\ntreatment: after surgery/.., line: 1, drugs: x\n"
    scene = _scene(tmp_path, counted + "scan: 18 months after surgery, line: 1, new: liver")
    texts = [each.text for each in scene.marks if hasattr(each, "text")]
    assert "18 months after surgery, new: liver" in texts
    dated = "treatment: 2020/.., line: 1, drugs: x\nscan: 2021-03-04, line: 1, new: liver"
    texts = [each.text for each in _scene(tmp_path, dated).marks if hasattr(each, "text")]
    assert "2021-03-04 new: liver" in texts
