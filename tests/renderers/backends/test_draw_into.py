"""Axes that count what a figure shows, of its own and of a user."""

from __future__ import annotations

import re
from datetime import date

import matplotlib as mpl
import numpy as np
import polars
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import date2num
from matplotlib.figure import Figure

import timeline as tl
from tests.renderers import patients
from tests.renderers.cohort import cohort

MONTH = 30.4375  # days
LANES = polars.DataFrame(
    {"id": list("ABC"), "start": [0, 0, 1], "end": [24, 12, 9], "state": ["x", "y", "x"]}
)
TIMES = polars.DataFrame({"time": [2, 5, 9, 12], "event": [1, 1, 0, 1]})
lanes = {"unit": "months", "open_ends": True}
pytestmark = pytest.mark.filterwarnings("ignore:.*does not state how the lane ends")


def wang():
    return patients.report("wang2023")


def _swimmer(**more):
    return tl.plot.swimmer(LANES, **lanes, **more)


@pytest.fixture
def page():
    """A figure of 200 x 200 mm, without pyplot."""
    figure = Figure(figsize=(200 / 25.4, 200 / 25.4))
    FigureCanvasAgg(figure)
    return figure


def _place(axes, x, y):
    """Where axes put a point: pixels of the figure."""
    return axes.transData.transform((float(x), float(y)))


# figure, whether in its own figure or in axes of a user; x and y as a user counts them; x in days
# of the frame, y on the scale
CASES = [
    pytest.param(_swimmer, True, (6, 1), (6 * MONTH, None), id="six months, the first lane"),
    pytest.param(lambda: _swimmer(leave_out=[(13, 22)]), False, (23, 3), (23 * MONTH, None),
                 id="after a break"),
    pytest.param(lambda: tl.plot.swimmer(wang(), align="calendar"), False,
                 (date2num(date(2021, 3, 1)), 1), (date(2021, 3, 1).toordinal(), None),
                 id="a day of the calendar"),
    pytest.param(lambda: tl.plot.spider(cohort(3)), True, (2, -30), (2, -30),
                 id="a change of -30 %"),
    pytest.param(lambda: tl.plot.waterfall(cohort(3)), False, (0.5, 20), (0.5, 20),
                 id="the first bar"),
    pytest.param(lambda: tl.plot.survival(TIMES, unit="months"), False, (6, 50), (6, 50),
                 id="50 %"),
    pytest.param(lambda: tl.plot.timeline(wang()), True, (date2num(date(2021, 3, 1)), 2),
                 (date(2021, 3, 1).toordinal(), None), id="a timeline"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "own", "counted", "drawn"), CASES)
def test_axes_count_what_the_figure_shows(make, own, counted, drawn, page):
    """A point in the units of a user is where the scene has it, to a tenth of a millimetre."""
    axes = page.add_axes((0.02, 0.02, 0.96, 0.96))
    figure = make()
    figure = figure if own else figure.drawn_into(axes)
    scene = figure.scene()  # of its own page: the same rows, if not the same millimetres
    whole, plot = figure.axes["page"], figure.axes["plot"]
    x, y = _place(plot, *counted)
    box = plot.get_window_extent()
    share = (scene.frame.x(drawn[0]) - scene.frame.left) / (scene.frame.right - scene.frame.left)
    if not scene.frame.breaks:
        assert x == pytest.approx(box.x0 + share * box.width, abs=0.5)
    if scene.scale is None:
        row = counted[1]
        ends = [(0, scene.tops[row + 1]), (0, scene.tops[row])]
        (_, low), (_, high) = whole.transData.transform(ends)
        assert low < y < high
    else:
        share = (drawn[1] - scene.scale.low) / (scene.scale.high - scene.scale.low)
        assert y == pytest.approx(box.y0 + share * box.height, abs=0.5)


def test_a_break_is_left_out_of_the_axes():
    """13 to 22 months take 1.6 mm; the rest of 25 months is even: 16 months on the length left."""
    figure = _swimmer(leave_out=[(13, 22)])
    frame, plot = figure.scene().frame, figure.axes["plot"]
    per_month = (frame.right - frame.left - 1.6) / 16
    places = [_place(plot, at, 1)[0] / figure.figure.dpi * 25.4 for at in (0, 13, 22, 24)]
    assert np.diff(places) == pytest.approx([13 * per_month, 1.6, 2 * per_month], abs=0.05)


def test_a_figure_of_a_user_keeps_what_it_has(page):
    axes, other = page.subplots(1, 2, width_ratios=[3, 1])
    axes.set_title("Panel a")
    axes.set_facecolor("#EEEEFF")
    (line,) = other.plot([1, 2])
    before, place = dict(mpl.rcParams), axes.get_window_extent().frozen()
    figure = _swimmer(ax=axes)
    assert figure.figure is page
    assert figure.axes["plot"] is axes
    assert dict(mpl.rcParams) == before
    assert axes.get_title() == "Panel a"
    assert mpl.colors.to_hex(axes.get_facecolor()).upper() == "#EEEEFF"
    assert list(other.lines) == [line]
    axes.axvline(6)  # no change of the limits
    axes.axhline(2)
    page.canvas.draw()
    whole = figure.axes["page"].get_window_extent()
    assert np.allclose(whole.extents, place.extents, atol=1)
    for text in figure.axes["page"].texts:
        assert whole.x0 - 1 <= text.get_window_extent().x0
        assert text.get_window_extent().x1 <= whole.x1 + 1
    assert axes.title.get_window_extent().y0 >= whole.y1 - 1  # above names and headings


def test_a_part_of_a_figure_holds_the_whole_scene(page):
    left, right = page.subfigures(1, 2, width_ratios=[2, 1])
    figure = _swimmer(ax=left)
    assert figure.figure is left
    box = figure.axes["page"].get_window_extent()
    assert np.allclose(box.extents, left.bbox.extents, atol=1)
    assert right.axes == []
    diagram = tl.plot.state_diagram("RECIST 1.1")
    assert set(diagram.axes) == {"page"}


def test_places_are_final_after_the_layout_of_the_figure(page):
    page.set_layout_engine("constrained")
    axes, other = page.subplots(1, 2)
    other.set_ylabel("a label that takes space", size=30)
    figure = _swimmer(ax=axes)
    before = figure.axes["page"].get_window_extent().extents
    page.canvas.draw()
    assert np.allclose(figure.axes["page"].get_window_extent().extents, before, atol=2)


REFUSED = [
    pytest.param((0, 0, 0.2, 0.9), lambda axes: tl.plot.timeline(wang(), ax=axes),
                 r"the figure takes \d+ x \d+ mm, and its place is 40 x 180 mm \(make the figure "
                 r"1.\d\d times as wide and 2.\d\d times as high", id="too narrow"),
    pytest.param((0, 0, 0.9, 0.2), lambda axes: _swimmer(ax=axes, legend="below"),
                 r"the figure takes 180 x \d+ mm, and its place is 180 x 40 mm "
                 r"\(make the figure 1.\d\d times as high", id="too low"),
    pytest.param((0, 0, 0.9, 0.15), lambda axes: _swimmer(ax=axes),
                 r"the figure takes 180 x \d+ mm, and its place is 180 x 30 mm "
                 r"\(make the figure 1.\d\d times as high", id="too low with it beside as well"),
    pytest.param((0, 0, 0.02, 0.9), lambda axes: _swimmer(ax=axes),
                 r"the axes are 4 x 180 mm \(make the figure larger", id="no space at all"),
]  # fmt: skip


@pytest.mark.parametrize(("box", "draw", "message"), REFUSED)
def test_axes_that_are_too_small_are_left_as_they_are(page, box, draw, message):
    axes = page.add_axes(box)
    with pytest.raises(ValueError, match=message):
        draw(axes)
    assert axes.get_xlim() == (0, 1)
    assert axes.child_axes == []


def test_axes_that_share_limits_and_other_things_are_refused(page):
    axes = page.subplots(2, 1, sharex=True)[0]
    with pytest.raises(ValueError, match=r"share their x axis .*without sharex"):
        _swimmer(ax=axes)
    with pytest.raises(TypeError, match=r"takes an Axes, a SubFigure or a Figure .*got int"):
        _swimmer(ax=5)


def test_limits_stay_as_they_are_laid_out():
    plot = _swimmer().axes["plot"]
    with pytest.warns(UserWarning, match="the x axis stays 0 to 25"):
        plot.set_xlim(0, 3)
    assert plot.get_xlim() == (0, 25)


CHANGES = [
    pytest.param(lambda axes: axes["plot"].axvline(6), id="a line"),
    pytest.param(lambda axes: axes["plot"].set_xlabel("Months since dose"), id="a label"),
    pytest.param(lambda axes: axes["plot"].set_title("a"), id="a title"),
    pytest.param(lambda axes: axes["plot"].text(1, 1, "n = 3"), id="a text"),
    pytest.param(lambda axes: axes["page"].text(1, 1, "a"), id="a text on the page"),
    pytest.param(lambda axes: axes["plot"].texts or axes["page"].texts[0].remove(), id="one less"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_user_added_is_not_lost_in_silence(tmp_path, change):
    figure = _swimmer()
    change(figure.axes)
    with pytest.raises(ValueError, match=r"added to the axes or set there, .*figure.savefig"):
        figure.save(tmp_path / "a.svg")
    figure.figure.savefig(tmp_path / "own.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["own.svg"]


def test_axes_that_were_only_looked_at_are_saved(tmp_path):
    figure = _swimmer()
    figure.axes["plot"].get_xlim()
    figure.figure.canvas.draw()
    figure.save(tmp_path / "a.svg")


def test_a_size_that_is_named_is_large_enough(page):
    """The axes are those of the message: made so large, the figure fits."""
    axes = page.add_axes((0, 0, 0.4, 0.15))
    with pytest.raises(ValueError, match="make the figure") as refused:
        _swimmer(ax=axes)
    factors = dict(re.findall(r"([0-9.]+) times as (wide|high)", str(refused.value)))
    wide, high = (
        next((float(factor) for factor, word in factors.items() if word == each), 1.0)
        for each in ("wide", "high")
    )
    larger = Figure(figsize=(200 / 25.4 * wide, 200 / 25.4 * high))
    FigureCanvasAgg(larger)
    assert _swimmer(ax=larger.add_axes((0, 0, 0.4, 0.15))).axes["plot"]


def test_the_fonts_of_a_figure_are_those_of_its_files(page):
    """Its own ``savefig`` runs with the settings of a user, who has another sans-serif first."""
    own = {tuple(t.get_fontfamily()) for t in _swimmer().axes["page"].texts}
    into = {tuple(t.get_fontfamily()) for t in _swimmer(ax=page).axes["page"].texts}
    whole = {tuple(t.get_fontfamily()) for t in _swimmer().to_matplotlib().axes[0].texts}
    assert own == into == whole
    assert not any("sans-serif" in names for names in own)


def test_a_notebook_gets_a_picture_of_one_page():
    assert _swimmer()._repr_png_()[1:4] == b"PNG"
    many = polars.DataFrame({"id": [f"{n:03}" for n in range(90)], "start": [0] * 90,
                             "end": [9] * 90, "state": ["x"] * 90})  # fmt: skip
    figure = tl.plot.swimmer(many, **lanes)
    assert (figure._repr_png_() is None) == (figure._repr_svg_() is None)
