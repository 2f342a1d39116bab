"""How high lanes are: as their pages allow, with what is not lanes measured."""

from pathlib import Path

import attrs
import pytest

from renderers.backends.legend import height_with_legend, legend
from renderers.backends.save import pages
from renderers.layout.date_ranges import DateRange
from renderers.scene.journals import page_of
from renderers.scene.markers import SHAPES
from renderers.scene.scene import Arrow, Frame, Marker, RangeMark
from renderers.swimmer.figure import swimmer
from renderers.swimmer.lane import LaneMarker
from renderers.swimmer.lanes.lane_fitting import fitted
from renderers.swimmer.lanes.lane_markers import stacked
from renderers.swimmer.lanes.lane_style import LaneStyle, lane_style
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource
from tests.renderers.cohort import cohort

GROUPED = SwimmerOptions(group="diagnosis")
FOLDER = Path(__file__).parents[3] / "docs" / "examples" / "cohort"
TABLES = TableSource(lanes=FOLDER / "lanes.csv", events=(FOLDER / "events.csv",), unit="months")


def test_ranges_of_dates_take_no_page_of_their_own():
    """36 lanes of 2.75 mm and 3 mm of ranges below each bar are 207 of 244 mm."""
    on = page_of("generic", "double")
    assert len(pages(swimmer(cohort(36, vague=True), on), on)) == 1


@pytest.mark.parametrize(
    ("preset", "column", "options", "on_pages"),
    [
        pytest.param("nature", "single", GROUPED, 1, id="36 lanes with headings of groups"),
        pytest.param("lancet", "single", SwimmerOptions(), 1, id="the narrowest column"),
        pytest.param("slide", "wide", SwimmerOptions(), 2, id="36 x 2.75 mm, of 92 mm: two"),
    ],
)
def test_lanes_fill_the_fewest_pages_evenly(preset, column, options, on_pages):
    on = page_of(preset, column)
    scene = swimmer_from_tables(TABLES, on, options).scene
    found = pages(scene, on)
    assert len(found) == on_pages
    counts = [sum(not row.repeats for row in each.rows) for each in found]
    assert max(counts) - min(counts) <= 3
    for each in found:
        assert legend(each).height < each.height
        lanes = [row.height for row in each.rows if not row.repeats]
        left = on.height - height_with_legend(each)
        assert left < max(lanes) + 0.2 or min(lanes) >= 5.8  # no place for one more, or roomy


def test_axes_of_a_user_hold_all_lanes():
    """What cannot be continued elsewhere is not laid out for two pages."""
    asked = []

    def make(style):
        asked.append(style)
        return swimmer(cohort(40), page_of("nature", "double"))

    page = attrs.evolve(page_of("slide", "wide"))
    fitted(make, 40, page)
    on_two = len(asked)
    asked.clear()
    fitted(make, 40, Box(preset=page.preset, column=page.column))
    assert len(asked) <= on_two
    assert all(style.pitch == lane_style(40, 1.0).pitch for style in asked[1:])


class Box(type(page_of())):
    continues = False


FRAME = Frame(low=0.0, high=100.0, left=0.0, right=100.0)  # a millimetre a day


def drawn(style, *markers):
    marks, _ = stacked(
        [LaneMarker(style=name, dates=DateRange(low=at, high=at)) for name, at in markers],
        FRAME,
        style,
    )
    return [mark.style for mark in marks if isinstance(mark, Marker)]


LOW = lane_style(36, 100.0)  # 2.78 mm: alone a marker has 1.95 mm, on two levels 1.2 mm
T = "stop toxicity"


@pytest.mark.parametrize(
    ("style", "markers", "expected"),
    [
        pytest.param(LaneStyle(), [(T, 10.0)], [T], id="a high lane"),
        pytest.param(LOW, [(T, 10.0)], [T], id="a low one: 1.95 mm, a capital of 5 points"),
        pytest.param(LOW, [(T, 10.0), ("PD", 11.0)], ["stop", "PD"], id="crowded: 1.2 mm"),
        pytest.param(LOW, [("death", 10.0), ("PD", 11.0)], ["death", "PD"], id="no letters"),
        pytest.param(LOW, [(T, 10.0), ("alive", 11.5)], [T, "alive"],
                     id="a post is narrow: 0.98 + 0.32 + 0.15 mm are enough"),
        pytest.param(lane_style(200, 125.0), [(T, 10.0)], ["stop"], id="a lane without a name"),
    ],
)  # fmt: skip
def test_a_letter_that_would_be_too_small_is_left_out(style, markers, expected):
    assert drawn(style, *markers) == expected


def test_letters_are_inside_their_square():
    letters = [shape for shape in SHAPES.values() if shape.letter]
    assert len(letters) == 6
    for shape in letters:
        points = [point for stroke in shape.strokes for point in stroke]
        assert max(abs(y) for _, y in points) == pytest.approx(0.66)  # a capital of 5 points: 1.26
        assert max(abs(x) for x, _ in points) < 0.7  # of 1.85 mm x 0.66 = 1.22 mm, 0.716 x 5 points


def test_signs_of_lanes_without_names_are_no_larger_than_those_of_others():
    scene = swimmer(cohort(70), page_of())
    arrows = [mark for mark in scene.marks if isinstance(mark, Arrow)]
    lines = [
        mark for mark in scene.marks if isinstance(mark, RangeMark) and mark.style == "follow-up"
    ]
    assert arrows
    assert all(mark.half <= 0.85 for mark in arrows)
    assert all(mark.thick <= 0.28 + 1e-9 for mark in lines)  # 0.8 points, as on other lanes
