"""A timeline of a report without dates: its axis counts from where most times are known.

Days are counted by hand: cycle 5 of 3 weeks ends on day 104 after the start; 7 printed months are
6.5 to 7.5 of 30.4375 days, so 198 to 228 days.
"""

from __future__ import annotations

from datetime import date

import pytest

import timeline as tl
from renderers.scene.scene import Bar, Marker
from renderers.swimmer.figure import swimmer
from renderers.timeline.figure import timeline_figure
from renderers.timeline.options import TimelineOptions
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


DATED = """
    symptom: 2016-09, what: dyspnea
    diagnosis: 2016-10
    {counted}
    treatment: 2016-11/2017-03, line: 1, drugs: etoposide
    scan: 2018-12, line: 1, called: PD
    treatment: 2018-12/2021-02, line: 2, drugs: anlotinib
    last contact: 2021-02
"""


@pytest.mark.parametrize(
    ("counted", "why"),
    [
        ("metastasis: diagnosis + 0 days, site: brain", "no time passes: there is nothing to show"),
        ("metastasis: diagnosis + 20 days, site: brain", "one time is counted, 8 dates are known"),
        ("lab: line 2 + 20 days, values: {CEA: 3 ng/mL}", "the same from another moment"),
    ],
)
def test_one_counted_event_of_a_dated_case_keeps_the_calendar(counted, why, tmp_path):
    """The scan is within December 2018; its marker stays there, whatever another event says."""
    scene = _scene(tmp_path, DATED.format(counted=counted))
    assert scene.frame.dated, why
    assert "Not drawn" not in scene.caption
    assert "more exactly than their dates" not in scene.caption
    days = (date(2018, 12, 1).toordinal(), date(2018, 12, 31).toordinal())
    scans = [each.at for each in scene.marks if isinstance(each, Marker) and each.style == "scan"]
    assert all(days[0] <= at <= days[1] for at in scans)


def test_since_none_keeps_the_calendar(tmp_path):
    """Four times are counted and the year alone is known: the axis is elapsed unless asked."""
    found, _ = record(tmp_path, EVENTS.format(start="2020"))
    assert not timeline_figure([found]).frame.dated
    assert timeline_figure([found], options=TimelineOptions(since="none")).frame.dated


MONTH_WITHIN_A_YEAR = """
    treatment: 2016-03/.., line: 1, drugs: x
    scan: line 1 + 8 days, line: 1, called: SD
    scan: line 1 + 16 days, line: 1, called: SD
    lab: line 1 + 20 days, values: {CEA: 3 ng/mL}
    symptom: 2016-02, what: dyspnea
    biopsy: 2017-01
"""


def test_a_bound_within_the_axis_is_kept_at_both_ends(tmp_path):
    """Three times up to 20 days are counted, two months have dates, so the axis is elapsed.

    The symptom is 1 day (29 February, 1 March) to 59 days (1 February, 31 March) before line 1.
    The biopsy is 276 days (1 January 2017 from 31 March 2016) to 336 (31 January, 1 March) after.
    """
    scene = _scene(tmp_path, MONTH_WITHIN_A_YEAR)
    assert scene.axes[-1].title.endswith("since the first dose of line 1")
    assert _days(scene, "Biopsy") == {(276, 336)}
    assert _days(scene, "Symptom") == {(-59, -1)}
    assert "Not drawn" not in scene.caption


UNDATED = """case: ids
events:
  - {diagnosis: ..}
  - {surgery: after diagnosis, id: op, what: "Whipple, open"}
  - {treatment: after op/before line 1, id: adj1, setting: adjuvant, drugs: gemcitabine}
  - {metastasis: within 2 months after adj1 start, site: liver}
  - {treatment: after metastasis/before CT-lung, line: 1, drugs: oxaliplatin}
  - {scan: 5 years after line 1 start, id: CT-lung, target: absent, new: lung, what: re-staging}
  - {relapse: CT-lung + 0 days, site: lung, what: small lung nodule}
  - {biomarker: .., name: KRAS}
  - {biomarker: .., name: TP53, result: wild type}
  - {death: 12 years after metastasis}
"""


def undated(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text(UNDATED, encoding="utf-8")
    return tl.derive(tl.load_case(path))


@pytest.mark.parametrize(
    ("since", "title"),
    [
        pytest.param("metastasis", "Years since the date of metastasis", id="a kind"),
        pytest.param("CT-lung", "Years since the date of scan (re-staging)", id="an id, in words"),
    ],
)
def test_an_undated_record_is_counted_from_any_event(since, title, tmp_path):
    """Death is 12 years after the metastasis, the scan 5 years after line 1."""
    scene = timeline_figure([undated(tmp_path)], options=TimelineOptions(since=since, unit="years"))
    assert scene.axes[-1].title == title


def test_since_names_the_moments_that_times_are_counted_from(tmp_path):
    """The diagnosis has an order only; metastasis and death are 12 years apart."""
    with pytest.raises(ValueError, match="no time is counted from diagnosis") as refused:
        timeline_figure([undated(tmp_path)], options=TimelineOptions(since="diagnosis"))
    text = str(refused.value)
    assert text.startswith("since: no event of ids has a date")
    assert "metastasis" in text.partition("write one of these: ")[2]
    assert "diagnosis" not in text.partition("write one of these: ")[2]


def test_the_figure_prints_no_id_of_the_file(tmp_path):
    """An id is a name for references in the file; a comma in what it was would cut the date."""
    scene = timeline_figure([undated(tmp_path)])
    printed = "\n".join([scene.caption, *(getattr(each, "text", "") for each in scene.marks)])
    assert not any(name in printed for name in ("adj1", "CT-lung", "+ 0 days"))
    assert "same day as scan (re-staging), small lung nodule" in printed
    assert "within 2 months after adjuvant gemcitabine start" in printed
    assert "Not drawn, date not known: biomarker (KRAS), biomarker (TP53)." in scene.caption
    tooltips = "\n".join(getattr(each, "tooltip", "") for each in scene.marks)
    assert "start after surgery" in tooltips


@pytest.mark.parametrize(
    ("events", "last"),
    [
        # the scan is on day 189; 16 weeks about are 109 to 115 days more, by the half of a week
        pytest.param(
            """treatment: ../, line: 1, drugs: anlotinib
            scan: line 1 + 27 weeks, called: PD, id: pd
            treatment: after pd/, line: 2, drugs: apatinib
            toxicity: after line 2 start, what: rash, grade: 2
            death: 16 weeks after pd""", 189 + 115, id="a report without dates"),
        pytest.param(
            """treatment: 2020-01-01/2020-06-30, line: 1, drugs: anlotinib
            treatment: 2020-07/, line: 2, drugs: apatinib
            toxicity: 2020-07-08, what: rash, grade: 2
            death: 2020-07-10""", date(2020, 7, 10).toordinal(), id="a calendar"),
    ],
)  # fmt: skip
def test_no_bar_goes_on_beyond_the_last_day_of_death(events, last, tmp_path):
    scene = _scene(tmp_path, "\n".join(map(str.strip, events.splitlines())))
    ends = [each.end for each in scene.marks if isinstance(each, Bar)]
    assert ends
    assert max(ends) <= last


def test_no_bar_of_a_lane_goes_on_beyond_the_last_day_of_death(tmp_path):
    """Line 1 ends on day 181, and death is on day 1 of line 2."""
    events = """
    treatment: 2020-01-01/2020-06-30, line: 1, drugs: anlotinib
    treatment: 2020-07-01/, line: 2, drugs: apatinib
    death: 2020-07-02
    """
    found, problems = record(tmp_path, events)
    assert not problems, problems
    ends = [each.end for each in swimmer([found]).marks if isinstance(each, Bar)]
    assert sorted(ends) == [1, 181]
