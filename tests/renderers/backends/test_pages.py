"""A scene over several pages: every row once, heads and axes on each, nothing lost or torn."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from renderers.backends.pages import split_pages
from renderers.scene.scene import Axis, Band, Frame, Label, Marker, Row, Scene, Tick, VerticalLine

FRAME = Frame(low=0, high=10, left=0, right=100)


def scene(heights, *, marks=(), bottom=8.0):
    rows = (Row("head", 5.0, repeats=True), *(Row(f"lane {n}", h) for n, h in enumerate(heights)))
    rows += (Row("axis", bottom, repeats=True),)
    signs = tuple(Marker(row=n, style="PD", at=3.0) for n in range(1, len(heights) + 1))
    head = (Label(row=0, text="Patient"),)
    axis = Axis(row=len(rows) - 1, ticks=(Tick(0, "0"),))
    return Scene(name="s", alt="A swimmer.", caption="n 3.", width=100, frame=FRAME, rows=rows,
                 marks=(*head, *signs, *marks), axes=(axis,))  # fmt: skip


def test_what_fits_stays_whole():
    whole = scene([10.0, 10.0])
    assert split_pages(whole, 33.0) == (whole,)


def test_by_hand_three_lanes_of_ten_on_pages_of_thirty_five():
    # head 5 + axis 8 leave 22 mm: two lanes on the first page, one on the second
    first, second = split_pages(scene([10.0, 10.0, 10.0]), 35.0)
    assert [row.name for row in first.rows] == ["head", "lane 0", "lane 1", "axis"]
    assert [row.name for row in second.rows] == ["head", "lane 2", "axis"]
    assert [page.axes[0].row for page in (first, second)] == [3, 2]
    assert second.name == "s, page 2 of 2"
    assert second.alt == "Page 2 of 2. A swimmer."
    assert second.caption == "n 3. Page 2 of 2."


def test_a_line_through_all_rows_is_cut_to_each_page():
    through = (
        VerticalLine(row=0, last=4, at=5.0, y=2.0, style="last contact"),
        Band(row=1, last=2, start=1.0, end=2.0, bottom=4.0, style="last contact range"),
    )
    first, second = split_pages(scene([10.0, 10.0, 10.0], marks=through), 35.0)
    rules = [[m for m in page.marks if isinstance(m, VerticalLine)] for page in (first, second)]
    assert [(m.row, m.last, m.y) for (m,) in rules] == [(0, 3, 2.0), (0, 2, 2.0)]
    bands = [[m for m in page.marks if isinstance(m, Band)] for page in (first, second)]
    assert [(m.row, m.last, m.bottom) for m in bands[0]] == [(1, 2, 4.0)]
    assert bands[1] == []


def test_a_band_that_continues_on_the_next_page_fills_its_last_row():
    through = (Band(row=1, last=3, start=1.0, end=2.0, bottom=4.0, style="last contact range"),)
    first, second = split_pages(scene([10.0, 10.0, 10.0], marks=through), 35.0)
    found = [[m for m in page.marks if isinstance(m, Band)] for page in (first, second)]
    assert [(m.row, m.last, m.bottom) for (m,) in found] == [(1, 2, 0.0), (1, 1, 4.0)]


def test_a_row_taller_than_the_page_is_refused_with_its_name():
    with pytest.raises(ValueError, match=r"row 'lane 1' alone is 40 mm tall, the page leaves 22"):
        split_pages(scene([10.0, 40.0]), 35.0)


@given(st.lists(st.floats(1.0, 20.0), min_size=1, max_size=60), st.floats(34.0, 120.0))
def test_every_lane_is_on_one_page_in_order_and_no_page_is_too_tall(heights, height):
    pages = split_pages(scene(heights), height)
    lanes = [row.name for page in pages for row in page.rows if not row.repeats]
    assert lanes == [f"lane {n}" for n in range(len(heights))]
    assert all(page.height <= height + 1e-9 for page in pages)
    for page in pages:
        assert [row.name for row in page.rows][0 :: len(page.rows) - 1] == ["head", "axis"]
        for mark in page.marks:
            if isinstance(mark, Marker):
                assert page.rows[mark.row].name.startswith("lane")
    signs = sum(isinstance(mark, Marker) for page in pages for mark in page.marks)
    assert signs == len(heights)


def test_notes_below_the_axis_may_be_on_a_page_without_an_axis():
    rows = (*scene([10.0, 10.0]).rows, Row("notes", 12.0, apart=True))
    notes = attrs.evolve(scene([10.0, 10.0]), rows=rows)
    first, second = split_pages(notes, 35.0)
    assert [row.name for row in first.rows] == ["head", "lane 0", "lane 1", "axis"]
    assert [row.name for row in second.rows] == ["notes"]
    assert second.axes == ()


def test_a_table_below_the_axis_is_on_the_page_of_the_axis():
    rows = (*scene([10.0, 10.0]).rows, Row("at risk", 12.0))
    _, second = split_pages(attrs.evolve(scene([10.0, 10.0]), rows=rows), 35.0)
    assert [row.name for row in second.rows] == ["head", "axis", "at risk"]


def test_pages_are_about_as_full_as_one_another():
    # 22 mm of lanes a page: 2 + 2 + 1 as they come, and no way to have them lower than two
    # five of 6 mm: 3 + 2, not 3 + 2 and a page of its own; seven: 3 + 3 + 1 becomes 3 + 2 + 2
    def counts(heights):
        return [len(page.rows) - 2 for page in split_pages(scene(heights), 35.0)]

    assert counts([10.0] * 5) == [2, 2, 1]
    assert counts([6.0] * 5) == [3, 2]
    assert counts([5.0] * 5) == [3, 2]  # 4 + 1 as they come
    assert counts([2.0] * 12) == [6, 6]  # 11 + 1 as they come


def test_a_figure_with_notes_is_kept_together_as_far_as_it_fits():
    """22 mm of lanes a page: both, then the notes; evenly full they were one, and one with them."""
    rows = (*scene([10.0, 10.0]).rows, Row("notes", 8.0, apart=True))
    first, second = split_pages(attrs.evolve(scene([10.0, 10.0]), rows=rows), 35.0)
    assert [row.name for row in first.rows] == ["head", "lane 0", "lane 1", "axis"]
    assert [row.name for row in second.rows] == ["notes"]


def test_what_is_said_again_stands_above_the_first_row_of_a_further_page():
    name = Label(text="liposarcoma, continued", y=2.0)
    whole = scene([10.0, 10.0, 10.0])
    rows = tuple(
        row if row.repeats else attrs.evolve(row, above=4.0, again=(name,)) for row in whole.rows
    )
    first, second = split_pages(attrs.evolve(whole, rows=rows), 35.0)
    assert [row.name for row in first.rows] == ["head", "lane 0", "lane 1", "axis"]
    names = [(row.name, row.height) for row in second.rows]
    assert names == [("head", 5.0), ("lane 2, continued", 4.0), ("lane 2", 10.0), ("axis", 8.0)]
    labels = [(m.row, m.text) for m in second.marks if isinstance(m, Label)]
    assert labels == [(1, "liposarcoma, continued"), (0, "Patient")]
    assert [m.row for m in second.marks if isinstance(m, Marker)] == [2]
    assert [axis.row for axis in second.axes] == [3]


def test_what_is_said_again_is_counted():
    """5 + 8 + 10 + 10 fill 33 mm of the second page; with 4 mm more it holds one lane."""
    whole = scene([10.0] * 4)
    rows = tuple(attrs.evolve(row, above=4.0, again=(Label(text="x"),)) for row in whole.rows)
    lanes = [len(page.rows) for page in split_pages(attrs.evolve(whole, rows=rows), 34.0)]
    assert [len(page.rows) for page in split_pages(whole, 34.0)] == [4, 4]
    assert lanes == [4, 4, 4]  # the two of each further page: one lane and what is printed again


def test_the_legend_of_a_page_is_as_tall_as_what_stands_there():
    """10 mm of legend for lane 0, none for the others: two, not three, fit with it."""

    def bottom(rows):
        return 10.0 if 1 in rows else 0.0

    first, second = split_pages(scene([10.0, 10.0, 10.0]), 44.0, bottom)
    assert [row.name for row in first.rows if not row.repeats] == ["lane 0"]
    assert [row.name for row in second.rows if not row.repeats] == ["lane 1", "lane 2"]


def test_a_head_alone_stands_on_every_page():
    heads = attrs.evolve(scene([10.0] * 4), rows=scene([10.0] * 4).rows[:-1], axes=())
    names = [[row.name for row in page.rows] for page in split_pages(heads, 26.0)]
    assert names == [["head", "lane 0", "lane 1"], ["head", "lane 2", "lane 3"]]
