"""What figures of curves share: scales, ticks, free places, tables of times."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.axes.elapsed import elapsed_axis
from renderers.axes.values import ValueAxis, nice_step, signed
from renderers.backends.sidecars import data
from renderers.layout.free_space import free_place
from renderers.response.captions import record_ends
from renderers.response.spider import spider
from renderers.response.waterfall import waterfall
from renderers.scene.geometry import Box, range_with_caps
from renderers.scene.scene import Label
from renderers.survival.figure import survival, survival_of
from renderers.survival.tables.from_table import times_of
from tests.renderers.cohort import cohort
from tests.renderers.patients import case_of, exact
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.events import LastContact


@pytest.mark.parametrize(
    ("value", "y"),
    [
        pytest.param(100, 5, id="the top"),
        pytest.param(-100, 45, id="the foot"),
        pytest.param(0, 25, id="half way"),
        pytest.param(-30, 31, id="25 + 30 % of 20 mm"),
    ],
)
def test_a_scale_places_values(value, y):
    assert ValueAxis(low=-100, high=100, top=5, bottom=45).y(value) == pytest.approx(y)


@pytest.mark.parametrize(
    ("length", "most", "step"),
    [
        pytest.param(140, 8, 20, id="7 steps"),
        pytest.param(200, 8, 25, id="8 steps"),
        pytest.param(201, 8, 50, id="one over"),
        pytest.param(1, 5, 0.2, id="below one"),
    ],
)
def test_a_step_is_round(length, most, step):
    assert nice_step(length, most) == pytest.approx(step)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(20, "+20", id="growth"),
        pytest.param(-30, "−30", id="a true minus"),
        pytest.param(0, "0", id="no sign"),
        pytest.param(-0.0, "0", id="nor here"),
    ],
)
def test_a_change_has_its_sign(value, text):
    assert signed(value) == text


def test_ticks_are_at_whole_steps_within_the_scale():
    assert ValueAxis(low=-100, high=70, top=0, bottom=10).ticks(50) == (-100, -50, 0, 50)


def test_a_range_has_a_cap_at_each_end_that_is_known():
    assert {y for x, y in range_with_caps(3, 1, 9, 0.5) if x != 3} == {1, 9}
    assert {y for x, y in range_with_caps(3, 1, 9, 0.5, open_top=True) if x != 3} == {9}


@pytest.mark.parametrize(
    ("longest", "unit", "length", "step", "high"),
    [
        pytest.param(7.2, "months", 150, 1, 8, id="months one by one"),
        pytest.param(17, "months", 150, 3, 18, id="quarters beyond ten"),
        pytest.param(24, "months", 150, 3, 24, id="ends on the last tick"),
        pytest.param(100, "weeks", 150, 12, 108, id="weeks by twelve"),
        pytest.param(0, "months", 150, 1, 1, id="nobody was followed"),
        pytest.param(47, "visits", 150, 5, 50, id="a unit of one's own"),
        pytest.param(400, "months", 150, 60, 420, id="decades"),
    ],
)
def test_an_axis_ends_on_a_whole_tick(longest, unit, length, step, high):
    found = elapsed_axis(longest, unit, length)
    assert (found.step, found.high) == (step, high)
    assert found.times[-1] == high


@given(st.floats(0, 1e5), st.sampled_from(("days", "weeks", "months", "years", "visits")))
def test_an_axis_covers_all_that_is_on_it(longest, unit):
    found = elapsed_axis(longest, unit, 60.0)
    assert found.high >= longest - 1e-6
    assert len(found.times) <= 11


def test_an_axis_without_space_is_refused():
    with pytest.raises(ValueError, match="choose a wider column"):
        elapsed_axis(20, "months", 60.0, label_width=80.0)


BOX = Box(left=10, top=10, right=20, bottom=14)


@pytest.mark.parametrize(
    ("line", "crossed"),
    [
        pytest.param([(0, 0), (30, 24)], True, id="slanting through"),
        pytest.param([(15, 0), (15, 30)], True, id="upright through"),
        pytest.param([(0, 9), (30, 9)], False, id="above"),
        pytest.param([(0, 10), (30, 10)], False, id="along the edge"),
        pytest.param([(0, 0), (9, 12)], False, id="ends before"),
        pytest.param([(5, 15), (15, 5)], False, id="through its corner alone"),
        pytest.param([(11, 11), (12, 12)], True, id="inside"),
    ],
)
def test_a_line_through_a_place(line, crossed):
    assert BOX.crossed(line) is crossed


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        pytest.param(Box(left=19, top=13, right=30, bottom=20), True, id="a corner"),
        pytest.param(Box(left=20, top=10, right=30, bottom=14), False, id="side by side"),
        pytest.param(Box(left=10, top=14, right=20, bottom=18), False, id="one below the other"),
    ],
)
def test_places_that_overlap(other, overlaps):
    assert BOX.overlaps(other) is overlaps
    assert other.overlaps(BOX) is overlaps


def test_the_first_free_place_is_used():
    page = Box(left=0, top=0, right=100, bottom=100)
    aside = Box(left=40, top=10, right=50, bottom=14)
    outside = Box(left=95, top=10, right=105, bottom=14)
    assert free_place([BOX, outside, aside], [BOX], [], page) is aside
    assert free_place([aside], [], [[(0, 12), (100, 12)]], page) is None


def written(tmp_path, text):
    path = tmp_path / "times.csv"
    path.write_text(text)
    return path


def test_a_table_of_times_is_read(tmp_path):
    path = written(tmp_path, "time,event,group\n5.5,1,A\n3,censored,B\n")
    found, problems = times_of(path)
    assert problems == ()
    assert (found.times, found.events) == ((Fraction(11, 2), Fraction(3)), (True, False))
    assert found.groups == ("A", "B")
    assert "1 of 1" in {m.text for m in survival_of(found.times, found.events,
                                                    found.groups).marks
                        if isinstance(m, Label)}  # fmt: skip


def test_a_table_without_groups_is_one_curve(tmp_path):
    found, _ = times_of(written(tmp_path, "time,event\n5,1\n3,0\n"))
    assert found.groups == ()


def test_the_columns_may_have_names_of_their_own(tmp_path):
    path = written(tmp_path, "survived,dead\n5,1\n")
    found, _ = times_of(path, {"time": "survived", "event": "dead"})
    assert (found.times, found.notes) == ((5,), ())


def test_a_heading_of_its_own_that_is_a_unit_states_the_unit(tmp_path):
    """5 months are 5 x 30.4375 = 152.1875 days, the unit that is asked for where none is named."""
    path = written(tmp_path, "months,dead\n5,1\n")
    names = {"time": "months", "event": "dead"}
    (in_days, _), (as_stated, _) = times_of(path, names), times_of(path, names, unit="")
    assert in_days.times == (Fraction("152.1875"),)
    assert "times in months are drawn in days" in in_days.notes[0].what
    assert (as_stated.times, as_stated.unit, as_stated.notes) == ((5,), "months", ())


@pytest.mark.parametrize(("unit", "read"), [("weeks", True), ("months", False)])
def test_a_life_is_counted_in_the_unit_of_the_table(tmp_path, unit, read):
    """7000 weeks are 49000 days, 7000 months 213062.5 days, 150 years 54787.5 days."""
    found, _ = times_of(written(tmp_path, "time,event\n7000,1\n"), unit=unit)
    assert bool(found) == read


@pytest.mark.parametrize(
    ("text", "description"),
    [
        pytest.param("time,event\n-3,1\n", ["2:1: not a time: '-3'"], id="below zero"),
        pytest.param("time,event\nsoon,1\n4,perhaps\n",
                     ["2:1: not a number: 'soon'", "3:2: not an event: 'perhaps'"],
                     id="every fault in one go"),
        pytest.param('time,event\n"1,000",1\n', ["2:1: '1,000': a decimal comma, or thousands?"],
                     id="a comma may be a point or a thousand"),
        pytest.param("time,event\nNA,1\n", ["2:1: not a time: ''"], id="missing"),
        pytest.param("time,event\n99999999,0\n",
                     ["2:1: longer than a life of 150 years: '99999999' (check the unit)"],
                     id="beyond a life"),
        pytest.param("time\n4\n", ["no column 'event'"], id="no such column"),
        pytest.param("time,event,group\n4,1,A\n5,1,\n", ["3:3: no group"], id="one not grouped"),
        pytest.param("time,event\n", ["no rows below"], id="nobody"),
    ],
)  # fmt: skip
def test_every_fault_of_a_table_is_named_at_its_place(tmp_path, text, description):
    found, problems = times_of(written(tmp_path, text))
    assert found is None
    assert len(problems) == len(description)
    for problem, fault in zip(problems, description, strict=True):
        assert fault in str(problem)


def test_the_record_ends_with_its_last_date():
    assert record_ends([exact()]) == "Last date on record: 2020-09-10."
    assert record_ends([]) == ""


def test_the_last_date_of_several_records_is_not_before_the_last_of_any():
    """One ends on 9 June 2023, the other between November 2022 and October 2023."""
    vague = LastContact(at="[2022-11-01..2023-10-23]")
    sets = [case_of("day", LastContact(at="2023-06-09")), case_of("vague", vague)]
    found = record_ends([DerivedCase(case=each) for each in sets])
    assert found == "Last date on record: 2023-06-09 to 2023-10-23."


FIGURES = {"spider": spider, "waterfall": waterfall, "survival": survival}


@pytest.mark.parametrize(
    ("kind", "unit"), [("spider", "months"), ("waterfall", ""), ("survival", "months")]
)
def test_the_data_of_a_figure_name_their_unit(kind, unit):
    rows = data(FIGURES[kind](cohort(5)))
    assert rows
    assert {row.unit for row in rows if row.at or row.start} <= {unit}
    if not unit:
        assert not any(row.at or row.start or row.end for row in rows)
