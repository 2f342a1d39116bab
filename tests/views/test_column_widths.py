"""The columns of the tables of a report: no word is broken; measured by matplotlib."""

from __future__ import annotations

import io

import docx
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

from tests.renderers.patients import report
from timeline.exchange.lines_files import as_document
from timeline.exchange.lines_table import lines
from timeline.views.board_report.content import Cell, Column, RowGroup, Table
from timeline.views.board_report.formats.column_widths import SIZE, column_widths

MM = 25.4 / 72
CELL = 2 * 1.9  # millimetres: Word keeps 0.19 cm at both sides of a cell


def measured(word: str, size: float, weight: str = "normal") -> float:
    font = FontProperties(family="DejaVu Sans", weight=weight)
    return TextPath((0, 0), word, size=size, prop=font).get_extents().width * MM


def table(*columns: tuple[str, int, str]) -> Table:
    heads = tuple(Column(key=title, title=title, share=share) for title, share, _ in columns)
    cells = tuple(Cell(text, "a,b") for *_, text in columns)
    return Table(key="t", title="T", columns=heads, groups=(RowGroup(rows=(cells,)),))


def test_a_column_is_at_least_as_wide_as_its_longest_word():
    words = ("1", "doxorubicin", "hypothyroidism, osteoarthritis", "text")
    found = column_widths(table(*zip(("Line", "B", "C", "D"), (1, 1, 1, 30), words, strict=True)),
                          180.0)  # fmt: skip
    for width, text in zip(found, words, strict=True):
        assert width >= max(measured(word, SIZE) for word in text.split()) + CELL
    assert found[0] >= measured("Line", SIZE, "bold") + CELL
    assert abs(sum(found) - 180.0) < 1e-9


def test_shares_hold_where_every_word_fits_and_one_long_word_takes_no_more_than_a_third():
    assert column_widths(table(("A", 1, "a"), ("B", 3, "b")), 180.0) == [45.0, 135.0]
    long = column_widths(table(("A", 1, "x" * 400), ("B", 3, "b")), 180.0)
    assert [round(each, 6) for each in long] == [60.0, 120.0]


def test_a_date_is_one_word_and_gives_way_last():
    """``2021-12-31`` is as wide as ten letters; with twelve such columns the words give way."""
    one = column_widths(table(("A", 1, "2021-12-31"), ("B", 30, "b")), 180.0)
    assert one[0] >= measured("2021-12-31", SIZE) + CELL
    words = [("A", 1, "2021-12-31"), *[(f"B{n}", 1, "immunohistochemistry") for n in range(7)]]
    many = column_widths(table(*words), 180.0)
    assert many[0] >= measured("2021-12-31", SIZE) + CELL
    assert abs(sum(many) - 180.0) < 1e-9


def test_no_word_of_the_document_of_lines_is_broken():
    """In Arial, whose letters are narrower than those measured here, at 9 points."""
    found = docx.Document(io.BytesIO(as_document(lines(report("wang2023")))))
    page = found.sections[0]
    inner = page.page_width.mm - page.left_margin.mm - page.right_margin.mm
    (grid,) = found.tables
    assert sum(column.width.mm for column in grid.columns) <= inner
    for column in grid.columns:
        words = " ".join(cell.text for cell in column.cells).split()
        assert max(measured(word, 9.0) for word in words) * 0.9 + CELL <= column.width.mm, words
