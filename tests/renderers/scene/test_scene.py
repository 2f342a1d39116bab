"""Adding to a scene: marks, rows; nothing that was there changes its place among the others."""

import attrs
import pytest

from renderers import figure_of, scene_of
from renderers.scene.scene import Axis, Band, Frame, Label, Marker, Row, Scene, Tick, VerticalLine
from tests.renderers.overlap import faults
from tests.renderers.patients import vague

ROWS = (Row("head", 5.0), Row("lane 1", 10.0), Row("lane 2", 10.0), Row("axis", 8.0))
PLAIN = Scene(
    name="s",
    alt="",
    width=100,
    frame=Frame(low=0, high=10, left=0, right=100),
    rows=ROWS,
    marks=(
        VerticalLine(row=0, last=3, at=5.0, style="last contact"),
        Band(row=2, last=2, start=1.0, end=2.0, style="last contact range"),
        Marker(row=1, style="PD", at=3.0),
        Marker(row=2, style="PR", at=4.0),
    ),
    axes=(Axis(row=3, ticks=(Tick(0, "0"),)),),
)


def test_a_mark_is_added_last():
    label = Label(row=PLAIN.row("lane 2"), text="dose lowered", at=4.0)
    assert PLAIN.plus(label).marks == (*PLAIN.marks, label)


def test_a_mark_without_a_row_is_refused():
    with pytest.raises(ValueError, match=r"no row 4 .*write 0 to 3"):
        PLAIN.plus(Marker(row=4, style="PD", at=1.0))


def test_a_row_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match=r"no row 'lane 9' \(there are head, lane 1, lane 2, axis"):
        PLAIN.row("lane 9")


def test_a_further_row_moves_what_stands_below_it_and_nothing_else():
    track = PLAIN.with_row("lane 1", Row("CEA", 6.0), Marker(style="lab", at=2.0))
    assert [row.name for row in track.rows] == ["head", "lane 1", "CEA", "lane 2", "axis"]
    assert [(type(m).__name__, m.row) for m in track.marks] == [
        ("VerticalLine", 0), ("Band", 3), ("Marker", 1), ("Marker", 3), ("Marker", 2),
    ]  # fmt: skip
    assert track.marks[0].last == 4
    assert track.marks[1].last == 3
    assert track.axes[0].row == 4
    assert track.height == PLAIN.height + 6.0


def test_a_swimmer_plot_accepts_a_note_and_returns_its_axes():
    scene = scene_of([vague()], "swimmer")
    lane = next(n for n, row in enumerate(scene.rows) if row.name.startswith("Line"))
    more = scene.with_row(scene.rows[lane].name, Row("note", 4.0), Label(text="a note", y=2.0))
    assert faults(more) == []
    axes = figure_of(more).axes[0]
    assert "a note" in [text.get_text() for text in axes.texts]
    assert len(more.marks) == len(scene.marks) + 1


def test_nothing_is_changed_in_place():
    before = attrs.evolve(PLAIN)
    PLAIN.plus(Marker(row=1, style="PD", at=1.0)).with_row("head", Row("x", 1.0))
    assert before == PLAIN
