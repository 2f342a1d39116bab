"""Texts as outlines: a picture shows what the live texts of the same figure would.

Live texts are held against them unhinted, as a PDF has them: hinting moves each letter to whole
dots, and so makes a line of text up to a hundredth wider or narrower than by the font.
"""

from functools import partial
from itertools import pairwise, product

import attrs
import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image

from renderers.backends import matplotlib
from renderers.backends.matplotlib import MM_PER_INCH, SETTINGS, Strokes, paint
from renderers.backends.raster import pixels
from renderers.backends.save import save
from renderers.scene.canvas import TEXT
from renderers.scene.journals import EDGE, page_of
from renderers.scene.scene import Frame, Label, Row, Scene
from renderers.swimmer.figure import swimmer
from tests.renderers.cohort import cohort
from tests.renderers.overlap import boxes
from tests.renderers.patients import PATIENTS, RENDERERS, REPORTS, report

_FRAME = Frame(low=0, high=70, left=30, right=100)
_DOT = 1.5  # dots at 300 an inch, 0.13 mm: a live text begins on a whole dot, an outline does not
_UNHINTED = {**SETTINGS, "text.hinting": "no_hinting"}


def small(*marks, tall=20.0):
    """A scene with a row for each mark."""
    rows = tuple(Row(f"{n}", tall) for n in range(len(marks)))
    marks = tuple(attrs.evolve(mark, row=n) for n, mark in enumerate(marks))
    return Scene(name="small", alt="", width=100, frame=_FRAME, rows=rows, marks=marks)


def inked(scene, *, outlined, on=None):
    """Left, right, top and bottom of the ink in each row of a scene, in dots at 300 an inch."""
    on = on or page_of()
    with rc_context(_UNHINTED):
        drawn = pixels(paint(scene, on, outlined=outlined), 300)[..., 0] < 128  # black on white
    dots = 300 / MM_PER_INCH * on.scale
    edges = [round((EDGE + top) * dots) for top in scene.tops]
    return [extent(drawn[top:bottom]) for top, bottom in pairwise(edges)]


def extent(drawn):
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    return columns[0], columns[-1], rows[0], rows[-1]


TEXTS = {
    "digits": "P0001",
    "brackets and descenders": "Day 1 to 8: 21-day cycle (q3w)",
    "kerning and ligatures": "AVATAR, To, fi, ffl",
    "neither ascender nor descender": "aeo",
    "beyond ASCII": "100 mg/m² ≥ 2 × – é",
    "no mathematics": "$5 and $x^2$",
    "two lines": "two\nlines",
    "nothing escaped": r"50 % \alpha_1 {b}",
}


@pytest.mark.parametrize(
    ("how", "tall"),
    [({}, 10.0), ({"bold": True}, 10.0), ({"upright": True}, 60.0)],
    ids=["plain", "bold", "upright"],
)
def test_an_outline_is_where_the_text_would_be(how, tall):
    """Each text in a row of its own, of one figure: none reaches into the row of another."""
    aligned = list(product(TEXTS, ["left", "centre", "right"]))
    labels = [Label(text=TEXTS[name], at=35, align=align, y=tall / 2, **how)
              for name, align in aligned]  # fmt: skip
    live, outlined = (inked(small(*labels, tall=tall), outlined=each) for each in (False, True))
    for case, one, other in zip(aligned, live, outlined, strict=True):
        assert other == pytest.approx(one, abs=_DOT), case


@pytest.mark.parametrize("text", ["", " "], ids=["no text", "a space"])
def test_what_has_no_ink_is_drawn_without_ado(text):
    outlined = paint(small(Label(text=text, at=35, align="right", y=10)), outlined=True)
    assert (pixels(outlined, 100) == 255).all()


@pytest.mark.parametrize("preset", ["slide", "lancet", "elsevier"])
def test_outlines_are_printed_at_the_size_of_the_page(preset):
    scene, on = small(Label(text="P0001 1.5 months", at=35, y=10)), page_of(preset)
    ((live,), (outlined,)) = (inked(scene, outlined=each, on=on) for each in (False, True))
    assert outlined == pytest.approx(live, abs=_DOT)


def outlines(figure):
    """The extent of every outlined text with the points that bend it, in dots at 300 an inch."""
    axes = figure.axes[0]
    figure.set_dpi(300)
    return [
        Bbox.null()
        if not len(path.vertices)
        else Bbox.from_extents(
            *(found := axes.transData.transform(path.vertices)).min(axis=0), *found.max(axis=0)
        )
        for each in axes.collections
        if isinstance(each, PathCollection) and each.get_zorder() == TEXT
        for path in each.get_paths()
    ]


FIGURES = [
    *(pytest.param(kind, PATIENTS["vague"], id=f"{kind}, vague") for kind in RENDERERS),
    *(pytest.param(kind, partial(report, name), id=f"{kind}, {name}")
      for n, kind in enumerate(RENDERERS) for name in REPORTS[n % len(REPORTS)::len(REPORTS)]),
]  # fmt: skip


def content(scene):
    """Every live text has its outline, within its box; and no text is left live."""
    with rc_context(_UNHINTED):
        live = boxes(paint(scene))
    figure = paint(scene, outlined=True)
    found = outlines(figure)
    assert not [text for text in figure.findobj(Text) if text.get_text().strip()]
    assert len(found) == len(live) > 0
    left = list(found)
    for text, box, _ in live:
        inside = [each for each in left if _within(each, box)]
        assert inside, text
        left.remove(inside[0])


def _within(outline, box):
    return (
        box.x0 - _DOT <= outline.x0
        and outline.x1 <= box.x1 + _DOT
        and box.y0 - _DOT <= outline.y0
        and outline.y1 <= box.y1 + _DOT
    )


@pytest.mark.parametrize(("kind", "made"), FIGURES)
def test_every_text_of_a_figure_is_there_within_its_place(kind, made):
    """So that a figure whose live texts touch nothing has outlines that touch nothing."""
    content(RENDERERS[kind]([made()]))


def test_every_text_of_a_cohort_is_there_within_its_place():
    content(swimmer(cohort(24)))


def test_all_outlines_of_a_figure_are_one_collection():
    figure = paint(swimmer(cohort(36)), outlined=True)
    assert sum(each.get_zorder() == TEXT for each in figure.axes[0].collections) == 1


@pytest.mark.filterwarnings("ignore:Glyph .* missing from font")
def test_a_letter_that_no_font_has_is_reported_every_time(tmp_path, monkeypatch):
    monkeypatch.setattr(matplotlib, "families_for", lambda base, _: base)  # as if none were there
    scene = small(Label(text="肉腫", at=35, y=10))
    for n in range(2):
        with pytest.warns(UserWarning, match="Glyph 32905 .* missing from font"):
            save(scene, tmp_path / f"figure-{n}.png")


@pytest.mark.parametrize("suffix", ["png", "tiff"])
def test_a_picture_has_outlines(tmp_path, suffix):
    scene, path = small(Label(text="P0001", at=35, y=10)), tmp_path / f"figure.{suffix}"
    save(scene, path)
    with rc_context(SETTINGS):
        outlined = pixels(paint(scene, outlined=True), page_of().preset.dpi)
    assert (np.asarray(Image.open(path)) == outlined).all()


@pytest.mark.parametrize("suffix", ["svg", "pdf"])
def test_where_text_can_be_selected_it_stays_text(tmp_path, suffix):
    path = tmp_path / f"figure.{suffix}"
    save(small(Label(text="P0001", at=35, y=10)), path)
    assert (b"P0001</text>" if suffix == "svg" else b"/FontFile2") in path.read_bytes()


def test_faces_of_one_appearance_are_closed_paths_in_the_order_in_which_they_were_given():
    rings = [((0, 0), (2, 0), (1, 3)), ((5, 5), (6, 5), (6, 6), (5, 6)), ((1, 1), (3, 1), (2, 4))]
    letters = Path([(0.0, 0.0), (1.0, 1.0)])
    strokes, axes = Strokes(), Figure().add_axes((0, 0, 1, 1))
    strokes.faces[3, "red", "none", 0.0, ()] += [*rings[:2], letters, rings[2]]
    strokes.onto(axes)
    drawn = axes.collections[0].get_paths()
    expected = [Path([*ring, ring[0]], closed=True) for ring in rings]
    expected.insert(2, letters)
    assert len(drawn) == len(expected)
    for one, other in zip(drawn, expected, strict=True):
        np.testing.assert_array_equal(one.vertices, other.vertices)
        np.testing.assert_array_equal(one.codes, other.codes)
