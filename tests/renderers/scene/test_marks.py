"""A mark knows all of itself: one class and one style row are enough for a new one."""

import inspect
import re

import attrs
import pytest

from renderers.backends.items import data_items
from renderers.backends.legend import entries, legend
from renderers.backends.matplotlib import paint
from renderers.backends.pages import split_pages
from renderers.backends.sidecars import as_csv
from renderers.backends.svg import svg_part
from renderers.layout.labels_beside import LabelledItem, LabelText, labels_beside
from renderers.scene import marks as module
from renderers.scene.colours import luminance
from renderers.scene.geometry import Box, Frame
from renderers.scene.mark import KEY_HALF, KEY_WIDTH, Mark, SpanningMark, TimeRange
from renderers.scene.marks import (
    Area,
    Arrow,
    AxisBreak,
    Band,
    Bar,
    DiagramBox,
    DiagramLink,
    Label,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
)
from renderers.scene.scene import Row, Scene
from renderers.scene.styles import STYLES, Style
from renderers.scene.text_metrics import width
from tests.rows import every_row

FRAME = Frame(low=0, high=100, left=10, right=60)  # half a millimetre a day
CLASSES = [
    each
    for _, each in inspect.getmembers(module, inspect.isclass)
    if issubclass(each, Mark) and not inspect.isabstract(each)
]


def scene_of(*marks, rows=1):
    height = tuple(Row(f"row {n}", 10.0) for n in range(rows))
    return Scene(name="s", alt="", width=80, frame=FRAME, rows=height, marks=marks)


@attrs.frozen(kw_only=True)
class Ramp(Mark):
    """A triangle from one day to another: a mark that no module knows."""

    start: float
    end: float

    def draw(self, canvas):
        y, style = canvas.y(self), canvas.style(self.style)
        x0, x1 = canvas.x(self.start), canvas.x(self.end)
        canvas.face(3, ((x0, y + 1), (x1, y + 1), (x1, y - 1)), style.fill, style.edge, 0.5)

    def extent(self, frame):
        left, right = frame.x(self.start), frame.x(self.end)
        return Box(left=left, right=right, top=self.y - 1, bottom=self.y + 1)

    def time_range(self, frame):
        return TimeRange(self.start, self.end)

    @classmethod
    def legend_key(cls, style, x, y, bar):
        return (cls(style=style.name, start=x, end=x + KEY_WIDTH, y=y),)


@pytest.fixture
def ramp(monkeypatch):
    monkeypatch.setitem(
        STYLES, "dose", Style("dose", Ramp, "Events", "rising dose", fill="#123456")
    )
    return Ramp(style="dose", start=20, end=40, tooltip="dose raised", y=2.0)


def test_a_new_mark_is_a_class_and_a_style_row(ramp):
    """It is drawn, explained, listed with its time, labelled and paged; no module was changed."""
    scene = scene_of(ramp)
    assert "#123456" in svg_part(scene, ramp).svg
    faces = [each for each in paint(scene).axes[0].collections if each.get_zorder() == 3]
    assert [len(each.get_paths()) for each in faces] == [2]  # in the plot and in the legend
    assert [each.description for each in entries(scene)] == ["rising dose"]
    assert [type(each) for each in legend(scene).marks].count(Ramp) == 1
    assert "row 0,rising dose,,20,40,days,dose raised," in as_csv(scene).splitlines()
    placed, _ = labels_beside([LabelledItem((ramp,), (LabelText("up"),))], FRAME, 75.0)
    word = next(each for each in placed if isinstance(each, Label))
    assert word.shift >= FRAME.x(40)
    first, second = split_pages(scene_of(ramp, attrs.evolve(ramp, row=1), rows=2), 12.0)
    assert (len(first.marks), len(second.marks)) == (1, 1)


def test_a_mark_without_a_part_is_refused():
    """A class that lacks one of the four cannot be made, so nothing is dropped in silence."""

    @attrs.frozen(kw_only=True)
    class Half(Mark):
        def draw(self, canvas): ...

    with pytest.raises(TypeError, match=r"extent.*legend_key.*time_range"):
        Half()


BARS = sorted(row.name for row in STYLES.values() if row.mark is Bar and row.use != "variant")


@every_row("name", BARS)
def test_hatches_are_lines_that_are_seen_on_white(name):
    """3 to 1 with white, WCAG 2.1 for graphics; a bar without a grade is nearly white itself."""
    bar = Bar(style=name, variant="by order", start=20, end=40)
    (colour,) = set(re.findall(r"hatch-([0-9A-F]{6})", svg_part(scene_of(bar), bar).svg))
    assert 1.05 / (luminance(f"#{colour}") + 0.05) >= 3


@every_row("name", sorted(STYLES))
def test_every_style_has_a_key_of_its_width(name):
    """Its key lies within the 5.5 mm of a key; only slants and outlines reach beyond."""
    frame = Frame(low=0, high=KEY_WIDTH, left=0, right=KEY_WIDTH)
    for mark in STYLES[name].mark.legend_key(STYLES[name], 0.0, 2.0, "line 1"):
        box = mark.extent(frame)
        assert 0 <= box.left <= box.right <= KEY_WIDTH
        assert 2.0 - KEY_HALF - 0.2 <= box.top <= box.bottom <= 2.0 + KEY_HALF + 0.4


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_class_has_a_style_row(cls):
    """Words need no key; all other marks are in the style table."""
    assert cls is Label or cls in {row.mark for row in STYLES.values()}


POINTS = ((20.0, 1.0), (40.0, 3.0))
TIMES = [  # a mark, its first and last day, its left and right edge: 10 mm and half of each day
    (Bar(start=20, end=40, open_end=True), TimeRange(20, 40, open_high=True), 20, 30),
    (RangeMark(low=20, high=40), TimeRange(20, 40), 20, 30),
    (Marker(at=20, size=2.0), TimeRange(20, 20), 19, 21),
    (Marker(at=20, shift=45.0, size=2.0), None, 64, 66),  # in a column right of the axis
    (Arrow(at=20, length=4.0), TimeRange(20, 20, open_high=True), 20, 24),
    (VerticalLine(at=20, last=0), TimeRange(20, 20), 20, 20),
    (Band(start=20, end=40, last=0), TimeRange(20, 40), 20, 30),
    (AxisBreak(start=20, end=40), TimeRange(20, 40), 20, 30),
    (Separator(left=5, right=70), None, 5, 70),
    (Polyline(points=POINTS), TimeRange(20, 40), 20, 30),
    (Area(points=POINTS), TimeRange(20, 40), 20, 30),
    (Label(text="", at=20), None, 20, 20),
    (DiagramBox(left=20, right=40, height=2), None, 20, 30),
    (DiagramLink(points=POINTS), None, 20, 30),
]


@pytest.mark.parametrize(("mark", "time", "left", "right"), TIMES)
def test_the_time_and_the_width_of_a_mark(mark, time, left, right):
    assert mark.time_range(FRAME) == time
    box = mark.extent(FRAME)
    assert (box.left, box.right) == pytest.approx((left, right))


def test_every_class_is_in_the_table_above():
    assert {type(mark) for mark, *_ in TIMES} == set(CLASSES)


def test_the_time_of_an_area_is_listed():
    """An area of survival lies over a range of times, as its edges do."""
    area = Area(style="confidence", points=POINTS, tooltip="limits")
    assert [(each.low, each.high) for each in data_items(scene_of(area))] == [(20, 40)]


@pytest.mark.parametrize("mark", [mark for mark, *_ in TIMES])
def test_a_mark_moves_with_its_box(mark):
    moved, box = mark.shifted(2.5).extent(FRAME), mark.extent(FRAME)
    assert (moved.top, moved.bottom) == pytest.approx((box.top + 2.5, box.bottom + 2.5))


def test_a_mark_over_several_rows_keeps_the_rows_of_its_page():
    line = VerticalLine(at=1, row=1, last=4, y=3.0, bottom=2.0)
    assert isinstance(line, SpanningMark)
    assert list(line.rows) == [1, 2, 3, 4]
    assert line.on_page({3: 0, 5: 1}) == VerticalLine(at=1, row=0, last=0)
    assert line.on_page({1: 0, 2: 1}) == VerticalLine(at=1, row=0, last=1, y=3.0)
    assert line.on_page({0: 0}) is None
    assert Marker(at=1, row=1).on_page({0: 0}) is None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        pytest.param({"mark": Marker, "shape": "blob"}, "unknown shape: 'blob'", id="shape"),
        pytest.param({"mark": Bar, "use": "upright"}, "unknown use of Bar: 'upright'", id="use"),
        pytest.param({"mark": Area, "use": "x"}, "of Area: 'x' .known: none", id="no uses"),
    ],
)  # fmt: skip
def test_a_style_that_its_mark_cannot_draw_is_refused(row, fault):
    with pytest.raises(ValueError, match=fault):
        Style("new", group="", description="", **row)


@pytest.mark.parametrize(
    ("align", "top", "bottom"),
    [("left", 10.0, 20.0), ("centre", 15.0, 25.0), ("right", 20.0, 30.0)],
)
def test_upright_text_begins_or_ends_at_its_height(align, top, bottom):
    """Ten millimetres of text at y = 20, read upwards: it begins there, or has its end there."""
    text = Label(text="name", at=0.0, align=align, y=20.0, upright=True)
    length = width("name", text.size)
    box = text.extent(FRAME)
    assert box.top == pytest.approx(20 + (top - 20) * length / 10)
    assert box.bottom == pytest.approx(20 + (bottom - 20) * length / 10)
    assert (box.left + box.right) / 2 == pytest.approx(FRAME.x(0.0))
