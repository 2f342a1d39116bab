"""The end of a treatment that is not stated, as far as its cycles give it.

n cycles of L days begin within (n - 1) x L days: 6 cycles of 21 days from 2022-02-01 reach the
first day of cycle 6 on 2022-05-17, 105 days later (27 + 31 + 30 + 17). Treatment ends with its last
dose (Friends of Cancer Research 2018, rwTTD), that day or a later one.
"""

from __future__ import annotations

import pytest

from renderers.layout.bars import TreatmentBar, bars
from renderers.layout.date_ranges import DateRange
from tests.situations.records import ended, record
from timeline.core.calendar.dates import format_days
from timeline.exchange.lines_table import lines
from timeline.record.events import Treatment
from timeline.record.ordering.unstated_ends import days_of_cycles

NEXT = "treatment: 2022-09-10/, line: 2, drugs: y"
LAST = " from the first day of the first to that of the last, and "
CONTACT = "last contact: 2023-11-01"


def _first(when="2022-02-01", more="cycle: 21 days, cycles: 6"):
    return f"treatment: {when}, line: 1, drugs: x, {more}"


ENDS = [  # the treatment, what follows, the days of its end (None: open), why
    (_first(), NEXT, "2022-05-17 to 2022-09-10", "day 1 of cycle 6, to the next line"),
    (_first("2022-02-01/"), NEXT, "2022-05-17 to 2022-09-10", "the end is not known"),
    (_first("2022-02"), NEXT, "2022-05-17 to 2022-09-10", "the earliest start counts"),
    (_first(), "death: 2022-07-01", "2022-05-17 to 2022-07-01", "no dose after death"),
    (_first(), CONTACT, None, "it may go on"),
    (_first(more="cycle: 3 weeks, cycles: 6, stop: completed"), CONTACT,
     "2022-05-17 to 2023-11-01", "the record knows that it stopped"),
    (_first(more="cycle: 21 days, cycles: 4-6"), NEXT, "2022-04-05 to 2022-09-10",
     "4 at least: 63 days"),
    (_first(more="cycle: 21 days, cycles: at least 6"), NEXT, "2022-05-17 to 2022-09-10", "6"),
    (_first(more="cycle: 21 days, cycles: up to 6"), NEXT, None, "perhaps one alone"),
    (_first(more="cycle: 21 days, cycles: 1"), NEXT, None, "one cycle begins at the start"),
    (_first(more="cycles: 6"), NEXT, None, "no length is imputed"),
    (_first(more="cycle: 21 days"), NEXT, None, "no number is known"),
    (_first("2022-02-01/2022-03-20"), NEXT, "2022-03-20", "the stated end stays"),
    (_first("2022-02-01/.."), CONTACT, None, "it goes on, and six were given so far"),
    (_first(more="cycle: 21 days, cycles: 20"), NEXT, None, "19 x 21 = 399 days do not fit"),
    (_first() + ", planned: yes", NEXT, None, "it was announced"),
    (_first(), f"{NEXT}\ntreatment refused: 2022-06-30, line: 1", None,
     "the refusal ends it, as before"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "rest", "days", "why"), ENDS)
def test_the_end_is_the_first_day_of_the_last_cycle_or_later(first, rest, days, why, tmp_path):
    found, problems = record(tmp_path, f"{first}\n{rest}")
    assert not problems
    treatment = found.case.all_of(Treatment)[0] if "planned" not in first else found.case.events[0]
    end = treatment.at.end
    shown = None if end is None or treatment.at.ongoing else format_days(end.span)
    assert shown == days, why
    assert bool(end and end.derived) is (shown is not None and days != "2022-03-20"), why


@pytest.mark.parametrize(
    ("endpoint", "days", "why"),
    [
        ("ToT", (True, 105, 221), "2022-02-01 to 2022-09-10 are 221 days"),
        ("Exposure", (True, 106, 222), "both days count"),
        ("TFI", (True, 0, 116), "221 - 105"),
        ("TTNT", (True, 221, 221), "the next line is dated"),
        ("PFS", (True, 190, 190), "2022-08-10: progression has nothing to do with it"),
    ],
)
def test_times_to_the_end_are_ranges(endpoint, days, why, tmp_path):
    found, _ = record(tmp_path, f"{_first()}\nscan: 2022-08-10, line: 1, new: liver\n{NEXT}")
    assert ended(found, endpoint) == days, why


def test_of_a_vague_start_the_days_from_it_are_exact(tmp_path):
    """Started on some day of February: the last cycle began 105 days after, whichever it was."""
    found, _ = record(tmp_path, f"{_first('2022-02')}\n{NEXT}")
    assert ended(found, "ToT") == (True, 105, 221)


def test_the_last_dose_before_a_refusal_is_no_earlier_than_the_last_cycle(tmp_path):
    """Refused 2022-06-30, 149 days after the start: exposure of 106 days to 150."""
    found, _ = record(tmp_path, f"{_first()}\ntreatment refused: 2022-06-30, line: 1\n{CONTACT}")
    assert ended(found, "Exposure") == (True, 106, 150)


def test_every_place_that_has_the_end_states_what_it_rests_on(tmp_path):
    found, _ = record(tmp_path, f"{_first()}\n{NEXT}")
    why = "6 cycles of 21 days: on the first day of cycle 6 or later, not after the start of line 2"
    assert found.case.all_of(Treatment)[0].at.end.derived == why
    cell = lines(found).rows[0].cells[2]
    assert cell.text == "2022-02-01 – not stated"
    assert [each.text for each in cell.notes] == [f"end of line 1, 2022-05-17 to 2022-09-10: {why}"]
    chain = found.outcome("ToT", 1, "").chain
    assert any(step.description.endswith(f"; {why}") for step in chain)


@pytest.mark.parametrize(
    ("events", "text"),
    [
        (f"{_first('2022-02-01/2022-03-20')}",
         f"6 cycles of 21 days need 105 days{LAST}it ends at most 47 days after"),  # 27 + 20
        (f"{_first(more='cycle: 21 days, cycles: 20')}\n{NEXT}",
         f"20 cycles of 21 days need 399 days{LAST}line 2 begins at most 221 days after"),
        (f"{_first('2022-02-01/2022-05-17')}", ""),  # exactly 105 days
        (f"{_first('2022-02-01/2022')}", ""),  # it may be
        (f"{_first('2022-02-01/..')}\n{CONTACT}", ""),
    ],
)  # fmt: skip
def test_cycles_that_do_not_fit_are_a_remark(events, text, tmp_path):
    found, problems = record(tmp_path, events)
    assert not problems
    remarks = [each.what for each in found.remarks if "cycles of" in each.what]
    assert [text in each for each in remarks] == ([True] if text else [])


@pytest.mark.parametrize(
    ("start", "given", "drawn", "why"),
    [
        ((0, 0), 105, [(0, 105, ""), (105, 115, "end not stated")], "solid to cycle 6"),
        ((0, 27), 105, [(0, 27, "vague end"), (27, 105, ""), (105, 115, "end not stated")],
         "certain from the latest start to the earliest day of cycle 6"),
        ((0, 120), 105, [(0, 120, "vague end"), (120, 130, "end not stated")],
         "no day is certain"),
        ((0, 0), 0, [(0, 10, "end not stated")], "cycles not on record"),
    ],
)  # fmt: skip
def test_a_bar_is_solid_as_long_as_cycles_were_given(start, given, drawn, why):
    at = DateRange(low=start[0], high=start[1])
    marks = bars(TreatmentBar(style="drug", start=at, given=given), tail=10)
    assert [(each.start, each.end, each.variant) for each in marks] == drawn, why


@pytest.mark.parametrize(
    ("cycle", "cycles", "days", "why"),
    [
        ("3 weeks", "6", 105, "5 x 21"),
        ("1 month", "3", 56, "2 x 28: four weeks, or February"),
        ("3-4 weeks", "3", 35, "2 x 2.5 weeks: what rounds to 3 weeks is 2.5 at least"),
        ("14 days", "12", 154, "11 x 14"),
    ],
)
def test_the_fewest_days_of_some_cycles(cycle, cycles, days, why):
    each = Treatment(at="2022", line=1, drugs="x", cycle=cycle, cycles=cycles)
    assert days_of_cycles(each) == days, why
