"""Times that are counted from another event: their days, the days between, and their faults.

The days are counted by hand at each row: on a calendar, or as 7 days a week, 30.4375 a month
and 365.25 a year, half a unit on either side of a printed number.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.options import SwimmerOptions
from renderers.timeline.figure import timeline_figure
from tests.situations.records import ended, record
from timeline.core.calendar.dates import format_days, parse_edtf
from timeline.core.span import Span
from timeline.record.event_names import find
from timeline.views.case_report import checked
from timeline.views.case_rows import dates

LINE = "treatment: 2021-01-01/2021-06-30, line: 1, drugs: doxorubicin, cycle: 3 weeks, cycles: 6"
SURGERY = "surgery: 2020-02-10, what: resection"
BASELINE = "scan: 2020-12-20, baseline: 1, sum: 50 mm"


def _days(tmp_path, when, *more):
    """The days of a symptom at a time, in a record with a surgery and a line."""
    events = "\n".join((SURGERY, LINE, *more, f"id: x, symptom: '{when}'"))
    found, problems = record(tmp_path, events)
    assert not problems
    return format_days(next(e for e in found.case.events if e.id == "x").start.span)


@pytest.mark.parametrize(
    ("when", "days", "why"),
    [
        ("line 1 + 1 week", "2021-01-08", "7 days"),
        ("line 1 - 3 days", "2020-12-29", "3 days"),
        ("line 1 +2 weeks", "2021-01-15", "without a blank"),
        ("line 1 end + 10 days", "2021-07-10", "from the last day of the period"),
        ("surgery + 6 months", "2020-08-10", "the same day six calendar months later"),
        ("surgery - 1 year", "2019-02-10", "the same day a year before"),
        ("2021-01-31 + 1 month", "2021-02-28", "February has no day 31"),
        ("2016-01 + 6 months", "2016-07", "a month, six months later"),
        ("2016 - 1 year", "2015", "a year, a year before"),
        ("2 weeks after surgery", "2020-02-21 to 2020-02-27", "10.5 to 17.5: days 11 to 17"),
        ("two weeks after surgery", "2020-02-21 to 2020-02-27", "in words"),
        ("14 days after surgery", "2020-02-24", "13.5 to 14.5: day 14"),
        ("4 years after surgery", "2023-08-12 to 2024-08-10", "1278.4 to 1643.6: 1279 to 1643"),
        ("about 2 weeks after surgery", "2020-02-17 to 2020-03-01", "7 to under 21 days"),
        ("within 2 weeks after surgery", "2020-02-10 to 2020-02-24", "0 to 14 days"),
        ("1 week before line 1", "2020-12-22 to 2020-12-28", "3.5 to 10.5: days 4 to 10"),
        ("2 weeks after line 1 start", "2021-01-12 to 2021-01-18", "days 11 to 17"),
        ("1 week after line 1 end", "2021-07-04 to 2021-07-10", "days 4 to 10"),
        ("day 1 of line 1", "2021-01-01", "the first day is day 1"),
        ("day 12 of line 1", "2021-01-12", "its twelfth day"),
        ("day -1 of line 1", "2020-12-31", "the day before; there is no day 0"),
        ("cycle 3 of line 1", "2021-02-12", "42 days after the start"),
        ("cycle 3 of line 1 end", "2021-03-04", "the last day before cycle 4"),
        ("day 8 of cycle 3 of line 1", "2021-02-19", "42 and 7 days"),
        ("C3D8 of line 1", "2021-02-19", "as protocols write it"),
        ("cycle 3 day 8 of line 1", "2021-02-19", "in words"),
        ("after cycle 3 of line 1", "2021-03-04 to 2021-03-25", "days 62 to 83: cycle 4 is over"),
        ("before cycle 2 of line 1", "2021-01-22 or earlier", "not after its first day, day 21"),
        ("after cycle 6 of line 1", "2021-05-06 or later", "day 125; no cycle 7 is on record"),
        ("2021-03-10, after cycle 3 of line 1", "2021-03-10", "a date and an order"),
        ("after line 1 + 2 weeks", "2021-01-15 or later", "not before day 14"),
    ],
)
def test_the_days_of_a_relative_time(tmp_path, when, days, why):
    assert _days(tmp_path, when) == days, why


def test_a_time_counted_from_a_time_that_is_counted(tmp_path):
    other = "id: y, biopsy: 'line 1 + 2 weeks'"
    assert _days(tmp_path, "y + 3 days", other) == "2021-01-18"
    assert _days(tmp_path, "biopsy line 1 + 2 weeks + 3 days", other) == "2021-01-18"


def test_a_cycle_whose_length_is_a_range_is_a_range(tmp_path):
    line = "treatment: 2021-01-01/.., line: 2, drugs: x, cycle: 3-4 weeks"
    # 2 cycles of 2.5 to 4.5 weeks, as printed: 35 to 63 days
    assert _days(tmp_path, "cycle 3 of line 2", line) == "2021-02-05 to 2021-03-05"


VAGUE = """
    diagnosis: 2020-01
    scan: line 1 - 3 days, baseline: 1, sum: 50 mm
    treatment: 2020-05/2020-12, line: 1, drugs: doxorubicin
    scan: {scan}, sum: 80 mm, new: none
    death: {death}
"""


@pytest.mark.parametrize(
    ("scan", "days", "why"),
    [
        ("line 1 + 8 weeks", (56, 56), "exact, although both dates are vague by a month"),
        ("8 weeks after line 1 start", (53, 59), "52.5 to 59.5 days"),
        ("day 57 of line 1", (56, 56), "day 1 is the first"),
        ("line 1 + 2 months", (61, 61), "July is 61 days after May, whichever the day"),
        ("line 1 + 6 months", (183, 184), "184 days; 183 from 31 May to 30 November"),
        ("2020-07", (31, 91), "two dates: from 31 May to 1 July, from 1 May to 31 July"),
    ],
)
def test_progression_free_survival_is_the_time_that_is_stated(tmp_path, scan, days, why):
    found, problems = record(tmp_path, VAGUE.format(scan=scan, death="2022-05"))
    assert not problems
    assert ended(found) == (True, *days), why


def test_every_endpoint_between_two_dates_with_a_known_distance(tmp_path):
    """Death 100 days after the scan that shows progression 56 days after the start."""
    events = VAGUE.format(scan="line 1 + 8 weeks, id: pd", death="pd + 100 days")
    events = events.replace("/2020-12", "/2020-06")
    found, problems = record(tmp_path, events)
    assert not problems
    assert ended(found, "OS", 1, "") == (True, 156, 156)
    # the patient's OS is from the diagnosis, which is tied to nothing: January to October 2020
    assert ended(found, "OS", None, "")[1:] != (156, 156)


def test_visits_are_missed_by_the_time_that_is_stated(tmp_path):
    """Two visits of 8 weeks, each a week late, allow 126 days; 120 days miss none, 140 do."""
    line = "treatment: 2020-05/2021-12, line: 1, drugs: x, assessed-every: 8 weeks"
    for weeks, event in ((24, True), (28, False)):
        found, problems = record(
            tmp_path,
            f"""
            scan: line 1 - 3 days, baseline: 1, sum: 50 mm
            {line}
            scan: line 1 + 8 weeks, sum: 50 mm, new: none
            scan: line 1 + {weeks} weeks, sum: 80 mm, new: none
            """,
        )
        assert not problems
        # 16 weeks are 112 days without a visit, 20 weeks are 140
        assert found.outcome("PFS", 1, "RECIST 1.1").event is event


def test_lines_are_distinguished_by_distance(tmp_path):
    """The scan is 14 days before line 2 whenever line 1 began: it belongs to line 1."""
    found, problems = record(
        tmp_path,
        """
        treatment: 2020/.., line: 1, drugs: x
        scan: line 1 + 26 weeks, sum: 80 mm, new: none
        treatment: line 1 + 28 weeks/.., line: 2, drugs: y
        """,
    )
    assert not problems
    assert next(e for e in found.case.events if e.kind == "scan").line == 1


@pytest.mark.parametrize(
    ("event", "fault"),
    [
        ("symptom: line 3 + 1 week", "no such event: 'line 3'"),
        ("symptom: nothing + 1 week", "no such event: 'nothing'"),
        ("symptom: day 0 of line 1", "there is no day 0: 'day 0 of line 1' (write day 1"),
        ("symptom: cycle 9 of line 1", "line 1 has 6 cycles (write cycle 1 or up to cycle 6"),
        ("symptom: after cycle 9 of line 1", "line 1 has 6 cycles"),
        ("symptom: cycle 0 of line 1", "there is no cycle 0"),
        ("symptom: cycle 2 of surgery", "surgery has no cycles (name a treatment"),
        ("symptom: line 2 end + 1 week", "line 2 has no end on record (write its end, or count"),
        ("symptom: surgery end + 1 week", "surgery is a moment and has no end (write surgery)"),
        ("symptom: 2 weeks after line 1", "(write 2 weeks after line 1 start, or 2 weeks after "),
        ("symptom: week 8 of line 1", "(write line 1 + 8 weeks, or about 8 weeks after line 1 st"),
        ("symptom: line 1 + 1.5 weeks", "or 1.5 weeks after line 1, which is read as it is prin"),
        ("symptom: + 2 weeks", "not counted from any event: '+ 2 weeks' (write line 1 + 2 weeks)"),
        ("symptom: line 1 + 9000 weeks", "longer than a life"),
        ("id: s, symptom: s + 1 week", "'s + 1 week' is counted from 's + 1 week' (give one of"),
        ("symptom: 'line 1 + 1 week, surgery + 1 week'", "counted from two events"),
        ("symptom: '2021-03, line 1 + 1 week'", "no day satisfies 'line 1 + 1 week': "),
    ],
)
def test_faults_have_a_place_and_what_to_write(tmp_path, event, fault):
    other = "treatment: 2021-08/.., line: 2, drugs: pazopanib"
    _, problems = record(tmp_path, f"{SURGERY}\n{LINE}\n{other}\n{event}")
    assert len(problems) == 1
    assert fault in problems[0].what
    assert problems[0].where.line == 7


def test_an_impossible_time_is_named_with_other_faults(tmp_path):
    """No edit of the dates of the lines corrects it, and none is offered."""
    _, problems = record(
        tmp_path,
        """
        surgery: 2020-02-10
        treatment: 2012-03-10/.., line: 1, drugs: x
        treatment: 2011-06-01/.., line: 2, drugs: y
        symptom: '2021-03, surgery + 2 weeks'
        """,
    )
    mended, alone = sorted((each.what for each in problems), key=len, reverse=True)
    assert "would restore the order" in mended
    assert "surgery + 2 weeks" not in mended
    assert alone.startswith("no day satisfies 'surgery + 2 weeks': ")


def test_events_counted_from_one_another_are_a_circle(tmp_path):
    _, problems = record(
        tmp_path, "id: a, symptom: b + 1 week\nid: b, biopsy: c - 1 week\nid: c, lab: a + 2 days"
    )
    text = "'b + 1 week' is counted from 'c - 1 week' is counted from 'a + 2 days' is counted from "
    assert [text + "'b + 1 week' (give one of them a date)"] == [each.what for each in problems]


def test_an_order_against_a_distance_without_any_last_day_ends(tmp_path):
    """Each would push the other on for ever."""
    _, problems = record(
        tmp_path, "id: a, symptom: '[2020-01..], b + 1 week'\nid: b, biopsy: after a"
    )
    assert problems


def test_a_date_that_is_not_known_at_all(tmp_path):
    found, problems = record(
        tmp_path,
        """
        diagnosis: .., what: leiomyosarcoma
        treatment: ../2020-05, setting: adjuvant, drugs: x
        treatment: 2021-01/.., line: 1, drugs: doxorubicin
        last contact: 2022-01
        """,
    )
    assert not problems
    first = found.case.events[0]
    assert first.kind == "diagnosis", "it stays where the file lists it"
    assert not first.start.span.is_bounded
    assert found.case.events[1].start.span.high == parse_edtf("2020-05").span.high
    outcome = found.outcome("OS", None, "")
    assert outcome.days is None
    assert outcome.reason == (
        "the date of diagnosis is not known, nor how many days it lies before last contact"
    )
    assert ended(found, "OS", 1, "")[:2] == (False, 335)  # 31 January 2021 to 1 January 2022


def test_the_days_between_two_moments_of_a_case(tmp_path):
    found, _ = record(tmp_path, VAGUE.format(scan="line 1 + 8 weeks", death="2022-05"))
    start = next(e for e in found.case.events if e.kind == "treatment")
    scan = next(e for e in found.case.events if e.kind == "scan" and not e.baseline)
    assert found.case.days_between((start, "start"), (scan, "start")) == Span.point(56)
    assert found.case.days_between((scan, "start"), (start, "start")) == Span.point(-56)
    assert not found.case.days_between((start, "start"), (start, "end")).is_point


def test_a_swimmer_lane_shows_the_time_that_is_stated(tmp_path):
    found, _ = record(tmp_path, VAGUE.format(scan="line 1 + 8 weeks", death="2022-05"))
    (lane,) = lanes_from_cases([found], SwimmerOptions()).lanes
    dates = [each.dates for each in lane.markers if each.dates.is_point]
    assert [each.low for each in dates] == [56]


def test_an_event_without_any_date_is_in_the_caption_and_not_drawn(tmp_path):
    found, _ = record(
        tmp_path,
        """
        diagnosis: .., what: leiomyosarcoma
        scan: .., line: 1, new: liver
        treatment: 2021-01/.., line: 1, drugs: doxorubicin
        last contact: 2022-01
        """,
    )
    scene = timeline_figure([found])
    assert "Not drawn, date not known: diagnosis (leiomyosarcoma)." in scene.caption
    assert not [each for each in scene.marks if getattr(each, "style", "") == "diagnosis"]


# 8 weeks are 56 days. No day of any event is known, so each row has what the record states.
UNDATED = """
    diagnosis: .., what: colon cancer, id: first
    surgery: .., what: hemicolectomy
    treatment: 19 months after surgery/.., line: 1, drugs: irinotecan
    scan: line 1 + 8 weeks, target: PD
    treatment: after scan/.., line: 2, drugs: regorafenib
    last contact: 36 months after surgery
"""
SHOWN = {
    "diagnosis": "date not known (first)",
    "surgery": "date not known",
    "treatment": "19 months after surgery to now",
    "scan": "line 1 + 8 weeks",
    "last contact": "36 months after surgery",
}


def test_an_undated_report_is_shown_by_its_relations(tmp_path):
    found, _ = record(tmp_path, UNDATED)
    shown: dict[str, str] = {}
    for event in found.case.events:
        shown.setdefault(event.kind, dates(event))
    assert shown == SHOWN
    outcome = found.endpoint("PFS", 1)
    assert outcome.days == Span.point(56)
    assert outcome.origin is not None
    assert outcome.end is not None
    assert outcome.origin.dated == "start of line 1 (19 months after surgery)"
    assert outcome.end.dated.endswith("(line 1 + 8 weeks)")


README = Path(__file__).parents[2] / "cases" / "README.md"
# From 2020-10 to before line 3, which began in August 2021: the last day is 31 August 2021. Line 4
# began after the end of line 3, 1 January 2022 at the earliest, and before line 5: by March 2023.
BETWEEN = {"relapse": "2020-10-01 to 2021-08-31", "line 2 end": "2020-10-01 to 2021-08-31",
           "line 4": "2022-01-01 to 2023-03-31", "line 5": "2022-01-01 to 2023-03-31"}  # fmt: skip


def test_an_end_that_is_known_only_to_exist_is_written_as_documented(tmp_path):
    section = README.read_text("utf-8").split("**An end that is known only to exist.**")[1]
    text = section.split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "order2024.yaml"
    path.write_text(text, "utf-8")
    (found,) = checked([path])
    assert not found.problems
    case = found.case_report.case
    days = {name: format_days(find(case.events, name)[1].span) for name in BETWEEN}
    assert days == BETWEEN
    shown = [event.line for event in case.events if event.kind == "treatment"]
    assert shown == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("when", "advice"),
    [("after 2021-05", "write [2021-05..]"), ("before 2023", "write [..2023]")],
)
def test_a_bound_that_is_a_date_is_refused_with_its_form(tmp_path, when, advice):
    _, problems = record(tmp_path, f"{SURGERY}\n{LINE}\nsymptom: {when}")
    assert advice in " ".join(each.what for each in problems)
