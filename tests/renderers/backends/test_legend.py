"""The legend has every style that was drawn, and no other."""

import attrs
import pytest

from renderers.backends.legend import entries, legend, legend_height
from renderers.scene.scene import Bar, Frame, Label, Marker, Row, Scene
from renderers.scene.styles import GROUPS, STYLES
from tests.renderers.patients import PATIENTS, RENDERERS, REPORTS, report
from tests.rows import every_row

FRAME = Frame(low=0, high=100, left=30, right=130)
NAMED = [row.name for row in STYLES.values() if row.description]


def drawn(*marks):
    return Scene(name="one", alt="", width=150, frame=FRAME, rows=(Row("one", 10),), marks=marks)


def mark(name):
    variant = STYLES[name].use == "variant"
    if variant or STYLES[name].is_treatment:
        return Bar(
            style="line 1" if variant else name, variant=name if variant else "", start=1, end=9
        )
    return Marker(style=name, at=1)


@every_row("name", NAMED)
def test_the_legend_has_every_style_that_is_drawn(name):
    scene = drawn(mark(name))
    assert name in {row.name for row in entries(scene)}
    key = legend(scene)
    assert STYLES[name].description in {m.text for m in key.marks if isinstance(m, Label)}
    assert any(name in (m.style, m.variant) for m in key.marks)


def test_what_is_not_drawn_is_not_told():
    assert [row.name for row in entries(drawn(mark("PD")))] == ["PD"]


def test_a_label_is_no_marker_of_its_style():
    """A numbered note has the style of its scan, which may be on the page before."""
    note = Label(text="3 new: both lungs", style="scan, new lesion")
    assert entries(drawn(note)) == ()
    assert legend_height(drawn(note))([0]) == legend(drawn()).height
    both = drawn(note, Marker(style="scan, new lesion", at=1))
    assert [row.name for row in entries(both)] == ["scan, new lesion"]
    assert legend_height(both)([0]) > legend(drawn()).height


def test_furniture_needs_no_words():
    assert entries(drawn(Marker(style="divide", at=1))) == ()


def test_a_style_without_a_row_is_refused():
    with pytest.raises(ValueError, match="no such style: sparkle"):
        entries(drawn(Marker(style="sparkle", at=1)))


@pytest.mark.parametrize("kind", RENDERERS)
@pytest.mark.parametrize("name", [*PATIENTS, *REPORTS])
def test_the_legend_of_each_figure_is_complete_and_in_order(name, kind):
    scene = RENDERERS[kind]([PATIENTS[name]() if name in PATIENTS else report(name)])
    names = [row.name for row in entries(scene)]
    assert set(names) | set(scene.in_caption) & set(scene.styles) == {
        style for style in scene.styles if scene.style(style).description
    }
    assert not set(names) & set(scene.in_caption)
    table = [*(row.name for row in scene.own), *STYLES]
    assert names == [each for each in table if each in names]
    heads = [m.text for m in legend(scene).marks if isinstance(m, Label) and m.bold]
    assert heads == [group for group in GROUPS if group in heads]


def test_no_entry_runs_off_the_page():
    scene = drawn(*(mark(name) for name in NAMED))
    key = legend(attrs.evolve(scene, width=180))
    assert max(m.at for m in key.marks if isinstance(m, Marker)) < 180
