"""Where the legend of a swimmer plot stands, and that it keeps to its place."""

import attrs
import pytest

from renderers.backends.html import render
from renderers.backends.legend import height_with_legend, legend
from renderers.backends.matplotlib import MM_PER_INCH, paint
from renderers.backends.save import pages
from renderers.scene.journals import EDGE, page_of
from renderers.scene.scene import Label
from renderers.scene.text_metrics import width
from renderers.swimmer.figure import swimmer
from renderers.swimmer.lanes.legend_place import LEGEND_GAP
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import swimmer_from_tables
from tests.renderers.cohort import cohort
from tests.renderers.lanes.test_lane_fitting import TABLES
from tests.renderers.patients import report

DOUBLE = page_of("generic", "double")
SLIDE = page_of("slide", "wide")


def of_cases(number):
    return lambda page, options: swimmer(cohort(number), page, options)


def of_one(page, options):
    return swimmer([report("wang2023")], page, options)


def of_tables(page, options):
    return swimmer_from_tables(TABLES, page, options).scene


# Lanes of 7.6 mm (5.8 and 0.9 on each side), a head of 5.4 and an axis of 8.5; "low" is at most 0.6
# of the width: 108 mm of 180. A line of the legend is 3.5 mm.
@pytest.mark.parametrize(
    ("page", "make", "place", "beside"),
    [
        pytest.param(DOUBLE, of_cases(8), "auto", True, id="8 x 7.6 + 14 = 75 mm: low"),
        pytest.param(DOUBLE, of_cases(8), "below", False, id="low, and below is asked for"),
        pytest.param(DOUBLE, of_cases(36), "auto", False, id="36 lanes fill the page: high"),
        pytest.param(DOUBLE, of_cases(36), "beside", True, id="high, and beside is asked for"),
        pytest.param(DOUBLE, of_one, "auto", False,
                     id="an axis of 101 mm would lose more than 26, to the legend"),
        pytest.param(SLIDE, of_tables, "auto", True, id="two pages of a slide: each is low"),
        pytest.param(SLIDE, of_cases(8), "auto", False, id="66 mm of axis would be left"),
        pytest.param(page_of("nature", "single"), of_cases(8), "auto", False, id="a narrow page"),
        pytest.param(attrs.evolve(DOUBLE, scrolls=True), of_cases(8), "beside", False,
                     id="a page to explore has its own"),
    ],
)  # fmt: skip
def test_the_legend_is_beside_the_lanes_where_there_is_room(page, make, place, beside):
    scene = make(page, SwimmerOptions(legend=place))
    assert (scene.legend_left is not None) is beside
    if beside:
        lanes_end = scene.legend_left - LEGEND_GAP
        assert scene.frame.right < lanes_end < scene.width == page.width
        for each in pages(scene, page):
            labels = [mark for mark in legend(each).marks if isinstance(mark, Label)]
            assert min(mark.shift for mark in labels) == scene.legend_left
            assert all(
                mark.shift + width(mark.text, mark.size, bold=mark.bold) <= page.width + 0.1
                for mark in labels
            )
            assert legend(each).height <= each.height == height_with_legend(each)


def test_a_figure_with_its_legend_beside_is_as_high_as_its_lanes():
    scene = swimmer(cohort(8), DOUBLE)
    assert scene.legend_left is not None
    high = paint(scene, DOUBLE).get_size_inches()[1] * MM_PER_INCH
    assert high == pytest.approx(scene.height + 2 * EDGE)
    below = swimmer(cohort(8), DOUBLE, SwimmerOptions(legend="below"))
    high = paint(below, DOUBLE).get_size_inches()[1] * MM_PER_INCH
    assert high == pytest.approx(below.height + legend(below).height + 2 * EDGE)


def test_a_page_to_explore_keeps_no_place_for_a_legend():
    scene = swimmer(cohort(8), DOUBLE)
    assert render(scene, DOUBLE) == render(
        attrs.evolve(scene, width=scene.legend_left, legend_left=None), DOUBLE
    )


@pytest.mark.parametrize(
    ("page", "description"),
    [
        pytest.param(page_of("nature", "single"),
                     r"legend=beside takes \d+ mm on nature, single column of 89 mm .choose middle",
                     id="too narrow for both"),
        pytest.param(
            attrs.evolve(DOUBLE, preset=attrs.evolve(DOUBLE.preset, height=40.0)),
            r"the legend beside the lanes is 59 mm high on .*, which has 37 mm "
            r".write legend=below.",
            id="3 names and 12 entries of 3.5, 3 x 1.5 between and 1.65 above: 59 mm",
        ),
    ],
)  # fmt: skip
def test_a_page_without_room_beside_the_lanes_is_refused(page, description):
    with pytest.raises(ValueError, match=description):
        swimmer(cohort(8), page, SwimmerOptions(legend="beside"))


def test_an_unknown_place_is_refused():
    with pytest.raises(ValueError, match=r"unknown legend: 'left' .known: auto, below, beside"):
        SwimmerOptions(legend="left")
