"""The tables of timeline/data, and what an error in one of them is answered with."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import timeline
from tests.rows import every_row
from timeline.core import data_tables
from timeline.core.data_tables import DataRow, data_rows

FOLDER = Path(timeline.__file__).parent / "data"
NAMES = sorted(file.stem for file in FOLDER.glob("*.csv"))
NAMED_BY = {  # the columns that name a row, where the first one alone does not, and why
    "adam_derivations": ("dataset", "variable"),  # datasets share the names of variables
    "case_headings": ("headings",),  # a heading with advice alone belongs to no field
    "cdisc_variables": ("dataset", "variable"),  # datasets share the names of variables
    "entry_words": ("of", "word"),  # a word may stand for a kind of event, and for a key
    # a word may stand for a scan and for a progression, and the T of AC-T for two drugs
    "event_words": ("word", "event", "when"),
    "report_headings": ("role", "part"),  # of an abstract: that of a part, or of the whole
}
UNSOURCED = ("drugs",)  # a class of drugs without a dose states nothing that a source bears out
ROW = DataRow(
    "drugs.csv:7", {"name": " dose ", "also": "a; b;", "low": "1/4", "high": "", "n": "x"}
)


def test_a_cell_is_text_a_list_or_a_value():
    assert ROW.text("name") == "dose"
    assert ROW.texts("also") == ("a", "b")
    assert ROW.required("low", Fraction) == Fraction(1, 4)
    assert ROW.optional("high", Fraction) is None


@pytest.mark.parametrize(
    ("column", "place"),
    [
        pytest.param("n", "drugs.csv:7: n: 'x' is not valid", id="no number"),
        pytest.param("high", "drugs.csv:7: high: '' is not valid", id="empty"),
    ],
)
def test_a_wrong_cell_is_named_with_its_file_line_and_column(column, place):
    with pytest.raises(ValueError, match=place):
        ROW.required(column, Fraction)


def test_a_row_with_a_cell_too_many_is_named(monkeypatch):
    files = {("timeline", "data/few.csv"): b"name,source\na,b\na,b,c\n"}
    monkeypatch.setattr("pkgutil.get_data", lambda *place: files[place])
    with pytest.raises(ValueError, match=r"few.csv:3: 3 cells \(write 2"):
        list(data_tables.data_rows("few"))


def test_a_table_that_cannot_be_read_is_named(monkeypatch):
    with pytest.raises(OSError, match="no_such_table"):
        list(data_rows("no_such_table"))
    monkeypatch.setattr("pkgutil.get_data", lambda *_: None)  # as from a loader that reads no data
    with pytest.raises(OSError, match=r"data/drugs\.csv"):
        list(data_rows("drugs"))


@every_row("name", NAMES)
def test_each_table_has_one_name_a_row_and_a_column_of_sources(name):
    rows = list(data_rows(name))
    columns = NAMED_BY.get(name, tuple(rows[0].cells)[:1])
    names = [" ".join(row.text(column) for column in columns) for row in rows]
    assert "source" in rows[0].cells
    assert not [row.place for row in rows if not row.text("source") and name not in UNSOURCED]
    assert all(name.strip() for name in names)
    assert len(names) == len(set(names))


@every_row("name", NAMES)
def test_each_table_is_as_a_spreadsheet_writes_it(name):
    """UTF-8, commas, no blanks at the ends of a cell, so that edits show as single lines."""
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    for cells in csv.reader(text.splitlines(), strict=True):
        assert cells == [cell.strip() for cell in cells]
