"""Laws of lanes on paper: nothing leaves its time, nothing is dropped, nothing is covered."""

from collections import Counter, defaultdict
from itertools import combinations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderers.backends.legend import legend
from renderers.backends.pages import split_pages
from renderers.backends.save import pages
from renderers.scene.journals import page_of
from renderers.scene.markers import SHAPES
from renderers.scene.scene import (
    LEAST,
    Bar,
    Label,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
)
from renderers.scene.styles import STYLES
from renderers.scene.text_metrics import MM_PER_POINT
from renderers.swimmer.figure import swimmer
from renderers.swimmer.layout import FigureText, lay_out
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.text_columns import text_columns
from tests.renderers.cohort import cohort
from tests.renderers.overlap import faults
from tests.renderers.patients import PATIENTS, REPORTS, report
from tests.renderers.swimmer.made import lane_sets, lined

SAYS = FigureText(name="made", time_zero="start", alt="", caption="")
PAPERS = ("generic double", "nature single", "nature double", "elsevier double", "lancet double",
          "cell single", "slide wide")  # fmt: skip
papers = st.sampled_from(PAPERS).map(lambda name: page_of(*name.split()))
unhurried = settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def unlettered(style):
    """A small marker of a stop has no letter."""
    return "stop" if style.startswith("stop ") else style


def half_width(mark):
    """From the middle of a marker to its side; some are narrow, as the post of a last contact."""
    shape = SHAPES[STYLES[mark.style].shape]
    points = [point for line in (shape.outline, *shape.filled, *shape.strokes) for point in line]
    return min(1.0, max(abs(x) for x, _ in points)) * mark.size / 2


def every_event_is_drawn_once_at_its_time(scene, lane_set, on):
    names = [row.name for row in scene.rows]
    drawn = Counter((names[m.row], unlettered(m.style), m.at, m.tooltip) for m in scene.marks
                    if isinstance(m, Marker))  # fmt: skip
    expected = Counter((lane.name, unlettered(note.style), note.dates.at, note.tooltip)
                     for lane in lane_set.lanes for note in lane.markers)  # fmt: skip
    assert drawn == expected


def a_shifted_marker_has_a_leader_to_its_day(scene, lane_set, on):
    leaders = defaultdict(set)
    for mark in scene.marks:
        if mark.style == "leader":
            leaders[mark.row].add(mark.points[0][0] if isinstance(mark, Polyline) else mark.at)
    for sign in scene.marks:
        if isinstance(sign, Marker) and sign.shift:
            assert sign.at in leaders[sign.row]


def lanes_are_equally_high_and_hold_their_signs(scene, lane_set, on):
    """Up to four signs at one day are next to each other on two levels; no lane grows for them."""
    lanes = [row for row in scene.rows if not row.repeats]
    assert len({round(row.height, 6) for row in lanes}) == 1
    for mark in scene.marks:
        if isinstance(mark, Marker):
            height = scene.rows[mark.row].height
            assert mark.size / 2 - 1e-9 <= mark.y <= height - mark.size / 2 + 1e-9


def signs_of_a_lane_do_not_touch(scene, lane_set, on):
    rows = defaultdict(list)
    for mark in scene.marks:
        if isinstance(mark, Marker):
            x = scene.frame.x(mark.at) + mark.shift
            rows[mark.row].append((x, mark.y, half_width(mark), mark.size / 2))
    for signs in rows.values():
        for (x, y, wide, high), (u, v, other_wide, other_high) in combinations(signs, 2):
            beside = abs(x - u) >= wide + other_wide - 1e-9
            assert beside or abs(y - v) >= high + other_high - 1e-9


def bars_and_brackets_have_their_days(scene, lane_set, on):
    names = {row.name: number for number, row in enumerate(scene.rows)}
    for lane in lane_set.lanes:
        mine = [mark for mark in scene.marks if mark.row == names[lane.name]]
        bars = [mark for mark in mine if isinstance(mark, Bar)]
        (stay,) = lane.bars
        assert min(bar.start for bar in bars) == stay.start.low
        assert max(bar.end for bar in bars) == max(stay.start.high, stay.end.high)
        vague = Counter((n.dates.low, n.dates.high) for n in lane.markers if not n.dates.is_point)
        assert Counter((m.low, m.high) for m in mine if isinstance(m, RangeMark)) == vague


@unhurried
@given(lane_sets(most=60), papers)
def test_pages_keep_every_lane_and_every_mark(lane_set, on):
    scene = lay_out(lane_set, on, SwimmerOptions(), SAYS)
    found = split_pages(scene, 60.0)
    named = [row.name for page in found for row in page.rows if not row.repeats]
    lanes = [name for name in named if not name.endswith(", continued")]
    assert lanes == [row.name for row in scene.rows if not row.repeats]
    for page in found:
        again = [row.name for row in page.rows if row.repeats]
        assert again == [row.name for row in scene.rows if row.repeats]
    signs = Counter((m.style, m.at) for page in found for m in page.marks if isinstance(m, Marker))
    assert signs == Counter((m.style, m.at) for m in scene.marks if isinstance(m, Marker))


def the_axis_covers_everything_and_its_text_is_legible(scene, lane_set, on):
    for mark in scene.marks:
        if isinstance(mark, Bar):
            assert scene.frame.low <= mark.start <= mark.end <= scene.frame.high
        if isinstance(mark, Label):
            assert mark.size >= LEAST
    assert scene.width == on.width


LAWS = (
    every_event_is_drawn_once_at_its_time,
    a_shifted_marker_has_a_leader_to_its_day,
    lanes_are_equally_high_and_hold_their_signs,
    signs_of_a_lane_do_not_touch,
    bars_and_brackets_have_their_days,
    the_axis_covers_everything_and_its_text_is_legible,
)


@unhurried
@given(lane_sets(), papers)
def test_laws_of_lanes(lane_set, on):
    """One example is laid out once for all laws; most of the time goes into making examples."""
    scene = lay_out(lane_set, on, SwimmerOptions(), SAYS)
    for law in LAWS:
        law(scene, lane_set, on)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("size", [15, 36])
def test_cohorts_hide_nothing(size, name):
    on = page_of(*name.split())
    scene = swimmer(cohort(size), on)
    assert faults(scene, on) == []
    assert all(
        page.height <= on.height for page in split_pages(scene, on.height - legend(scene).height)
    )


RIM = 0.6 * MM_PER_POINT  # of white around a sign, beyond half of its own stroke


def bottom(mark, scene):
    """The millimetre that a sign with its rim reaches down to."""
    style = STYLES[mark.style]
    shape = SHAPES[style.shape]
    rings = (shape.outline, *shape.filled, *shape.strokes)
    lowest = max(y for ring in rings for _, y in ring) * mark.size / 2
    return scene.tops[mark.row] + mark.y + lowest + style.stroke / 2 * MM_PER_POINT + RIM


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("size", [15, 36, 60])
def test_no_rim_of_a_sign_breaks_a_line_below_it(size, name):
    """A white gap in the axis reads as time left out."""
    scene = swimmer(lined(size), page_of(*name.split()), options=SwimmerOptions(group="diagnosis"))
    lines = [(m.row, scene.tops[m.row] + m.y) for m in scene.marks
             if isinstance(m, Separator) and m.style == "axis"]  # fmt: skip
    lines += [(axis.row, scene.tops[axis.row] + axis.y) for axis in scene.axes]
    assert len(lines) == 2
    signs = [mark for mark in scene.marks if isinstance(mark, Marker)]
    for row, y in lines:
        assert all(bottom(sign, scene) <= y for sign in signs if sign.row < row)


def test_a_further_page_names_the_group_that_continues():
    on = page_of("nature", "double")
    first, second = pages(swimmer(lined(52), on, options=SwimmerOptions(group="diagnosis")), on)
    bold = [m.text for m in second.marks if isinstance(m, Label) and m.bold]
    assert "liposarcoma, n = 30, continued" in bold
    assert not any("continued" in m.text for m in first.marks if isinstance(m, Label))
    names = [row.name for row in second.rows]
    assert names[0] == "head"
    assert names[1].endswith(", continued")
    line, *_ = [m for m in second.marks if isinstance(m, Separator)]
    assert (names[line.row], line.y) == (names[1], 0.0)


def test_lanes_are_spread_over_their_pages():
    """None is left alone on the last page: 60 lanes on two pages are some 30 and 30."""
    on = page_of("nature", "double")
    found = pages(swimmer(cohort(60), on), on)
    counts = [sum(not row.repeats for row in page.rows) for page in found]
    assert len(counts) == 2
    assert abs(counts[0] - counts[1]) <= 3


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("who", [*PATIENTS, *REPORTS])
def test_lines_of_a_patient_hide_nothing(who, name):
    derived = PATIENTS[who]() if who in PATIENTS else report(who)
    on = page_of(*name.split())
    assert faults(swimmer([derived], on), on) == []


WISHES = [
    pytest.param({"colour": "drug", "group": "diagnosis"}, id="by drug, in groups"),
    pytest.param({"align": "calendar", "both_axes": True, "cutoff": "2023-06-30"}, id="calendar"),
    pytest.param({"align": "2021-01-01", "both_axes": True, "unit": "weeks"}, id="from a day"),
    pytest.param({"align": "line 2", "columns": ("id", "regimen", "pfs", "stop")}, id="line 2"),
    pytest.param({"align": "surgery", "unit": "cycles", "cycle": 21.0}, id="from surgery"),
    pytest.param({"references": ((3.0, "landmark"), (3.5, "second look")), "scans": "changes"},
                 id="reference lines side by side"),
    pytest.param({"columns": ()}, id="no columns"),
]  # fmt: skip


@pytest.mark.parametrize("name", ["generic double", "nature single"])
@pytest.mark.parametrize("wish", WISHES)
def test_options_hide_nothing(wish, name):
    on = page_of(*name.split())
    assert faults(swimmer(lined(14), on, SwimmerOptions(**wish)), on) == []


def test_a_page_too_narrow_for_lanes_is_refused():
    """A column of 53 mm: Lancet, 75 mm at 8 / 6 points, less the edges."""
    narrow = attrs.evolve(page_of("lancet", "single"))
    assert narrow.width == pytest.approx(75 / (8 / 6) - 3)
    scene = swimmer(cohort(5), narrow)  # 53 mm still holds lanes, with their words above them
    assert faults(scene, narrow) == []
    tiny = attrs.evolve(narrow, preset=attrs.evolve(narrow.preset, columns=(("single", 60.0),)))
    with pytest.raises(ValueError, match="42 mm is too narrow for lanes"):
        swimmer(cohort(5), tiny)


def test_reference_lines_are_at_their_time():
    """Week 24 is day 168; it runs over every lane, and the air between the last and the axis."""
    wish = SwimmerOptions(unit="weeks", references=((24.0, "landmark"),))
    scene = swimmer(cohort(15), options=wish)
    (line,) = (m for m in scene.marks if isinstance(m, VerticalLine) and m.style == "reference")
    assert (line.at, line.row, line.last) == (168.0, 1, 16)
    assert "landmark" in [m.text for m in scene.marks if isinstance(m, Label)]


def test_a_reference_line_off_the_axis_is_refused():
    with pytest.raises(ValueError, match="'late' at 900 months is off the axis"):
        swimmer(cohort(5), options=SwimmerOptions(references=((900.0, "late"),)))


HEADINGS = (("best", "Best response, line 1", False), ("start", "Start of line 1", False),
            ("pfs", "PFS, line 1, months", False))  # fmt: skip


@pytest.mark.parametrize("flat", [True, False])
def test_a_number_of_a_heading_stays_with_its_word(flat):
    placed = [column for page in range(60, 200, 5)
              for column in text_columns([], HEADINGS, page, flat=flat).columns]  # fmt: skip
    assert any(len(column.heading) > 1 for column in placed)
    assert not [column.heading for column in placed
                if any(line[0].isdigit() for line in column.heading)]  # fmt: skip
