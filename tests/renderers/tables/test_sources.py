"""One reader for every kind of table: the same rows from each give the same figure."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from renderers.scene.scene import Arrow, Bar, Marker
from renderers.swimmer.tables.read_lanes import read_lanes
from renderers.tables.csv_table import read_table
from renderers.tables.frames import cell_of
from renderers.tables.sources import Opening, encoding_named, open_table
from timeline.figure import Figure

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

# A goes on at 181 days after 2021-01-01 (2021-07-01); B died on 2021-04-10, 59 days after its
# first day, 2021-02-10, where March is vague in no table: typed columns hold days.
ROWS = {
    "id": ["A", "B"],
    "start": [date(2021, 1, 1), date(2021, 2, 10)],
    "end": [date(2021, 7, 1), date(2021, 4, 10)],
    "state": ["Drug X", "Drug X"],
    "ongoing": [True, False],
    "arm": ["x", None],
}
EVENTS = {"id": ["B"], "time": [date(2021, 4, 10)], "event": ["Death"]}


def as_csv(folder, rows):
    text = "\n".join(
        ",".join(str(cell or "") for cell in row) for row in zip(*rows.values(), strict=True)
    )
    (folder / "t.csv").write_text(",".join(rows) + "\n" + text + "\n")
    return folder / "t.csv"


def as_book(folder, rows):
    book = openpyxl.Workbook()
    book.active.append(list(rows))
    for row in zip(*rows.values(), strict=True):
        book.active.append(list(row))
    book.save(folder / "t.xlsx")
    return folder / "t.xlsx"


def as_parquet(folder, rows):
    parquet.write_table(pyarrow.table(rows), folder / "t.parquet")
    return folder / "t.parquet"


FORMS = {
    "csv": as_csv,
    "workbook": as_book,
    "parquet": as_parquet,
    "pandas": lambda _, rows: pandas.DataFrame(rows),
    "pandas, typed": lambda _, rows: pandas.DataFrame(rows).assign(
        start=lambda frame: pandas.to_datetime(frame["start"])
    ),
    "pandas, id as index": lambda _, rows: pandas.DataFrame(rows).set_index("id"),
    "polars": lambda _, rows: polars.DataFrame(rows),
    "polars, lazy": lambda _, rows: polars.DataFrame(rows).lazy(),
    "pyarrow": lambda _, rows: pyarrow.table(rows),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_in_any_form_give_the_same_lanes(tmp_path, form):
    source = FORMS[form](tmp_path, ROWS)
    deaths = polars.DataFrame(EVENTS)
    found = read_lanes(source, deaths, options={"unit": "days", "columns": ["arm"]})
    assert (found.errors, found.warnings, found.notes, found.left_out) == ((), (), (), 0)
    marks = found.lay_out().marks
    bars = sorted((m.start, m.end) for m in marks if isinstance(m, Bar))
    assert bars == [(0, 59), (0, 181)]
    assert [(m.style, m.at) for m in marks if isinstance(m, Marker)] == [("death", 59)]
    assert sum(isinstance(m, Arrow) for m in marks) == 1
    assert [lane.cell("arm").text for lane in found.lane_set.lanes] == ["x", ""]


def test_a_fault_in_a_frame_is_named_at_its_row_and_column():
    """The headings count as line 1, as in a file of the frame."""
    frame = polars.DataFrame({"id": ["A", "B"], "start": [0.0, 1.5], "end": [4.0, 0.5],
                              "state": ["x", "x"], "ongoing": ["yes", "yes"]})  # fmt: skip
    found = read_lanes(frame, options={"unit": "months"})
    assert [str(each) for each in found.errors] == [
        "lanes:3:2: B: runs backwards: 1.5 to 0.5 (write the earlier time as the start)"
    ]
    with pytest.raises(ValueError, match="lanes:3:2: B: runs backwards"):
        found.lay_out()
    assert read_lanes(frame, options={"unit": "months"}, skip_invalid=True).left_out == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param({"unti": "days"}, "unknown option: 'unti' .did you mean unit", id="unknown"),
        pytest.param({"together": "no"}, "together: neither True nor False", id="a wrong value"),
    ],
)
def test_an_option_that_is_wrong_is_named(values, message):
    with pytest.raises(ValueError, match=message):
        read_lanes(polars.DataFrame(ROWS), options=values)


def test_what_is_no_table_is_refused():
    with pytest.raises(TypeError, match=r"not a table: int .give the path of a file, or a data"):
        read_lanes(5)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(datetime(2021, 3, 1), "2021-03-01", id="midnight is the day"),
        pytest.param(datetime(2021, 3, 1, 8, 30), "2021-03-01 08:30:00", id="a time of day"),
        pytest.param(pandas.NaT, "", id="NaT"),
        pytest.param(pandas.NA, "", id="NA of pandas"),
        pytest.param(2.4, "2.4", id="a float is its shortest decimal"),
        pytest.param(1e20, "100000000000000000000", id="a large whole number"),
        pytest.param("007", "007", id="a text is left as it is"),
    ],
)
def test_a_value_of_a_frame_is_the_text_that_a_file_would_have(value, text):
    assert cell_of(value) == text


def test_the_sheet_of_a_workbook_is_chosen_and_the_others_are_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "first"
    book.active.append(["id"])
    book.create_sheet("second").append(["time"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    table, problems, notes = open_table(path)
    assert (table.headings, problems) == (("id",), ())
    assert [str(each).removeprefix(f"{path}: ") for each in notes] == [
        "the sheet 'first' is read, not 'second' (--option sheet=second reads it)"
    ]
    assert open_table(path, Opening(sheet="second"))[0].headings == ("time",)
    none, problems, _ = open_table(path, Opening(sheet="third"))
    assert none is None
    assert "no sheet 'third' (known: first, second)" in str(problems[0])


@pytest.mark.parametrize("name", ["t.parquet", "t.xlsx"])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name):
    (tmp_path / name).write_text("id,start\n")
    table, problems, _ = open_table(tmp_path / name)
    assert (table, len(problems)) == (None, 1)
    assert "CSV, UTF-8" in str(problems[0])


@pytest.mark.parametrize("name", ["t.parquet", "t.xlsx", "t.csv"])
def test_a_file_that_is_not_there_is_named(tmp_path, name):
    table, problems, _ = open_table(tmp_path / name)
    assert (table, len(problems)) == (None, 1)
    assert "cannot be read: " in str(problems[0])


def test_a_missing_library_is_named_with_what_to_install(tmp_path, monkeypatch):
    import sys

    path = as_parquet(tmp_path, ROWS)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    _, problems, _ = open_table(path)
    assert "needs pyarrow (install it, or the extra: oncology-timeline[parquet])" in str(problems)


def test_an_encoding_has_its_usual_names():
    names = ("CP1252", "ISO-8859-1", "UTF-8")
    assert [encoding_named(name) for name in names] == ["windows-1252", "latin-1", "utf-8"]


def test_a_figure_can_be_made_of_a_frame():
    """What the Python face builds on: a figure that lays the lanes out for each page."""
    found = read_lanes(polars.DataFrame(ROWS), polars.DataFrame(EVENTS))
    svg = Figure("swimmer", ("lanes",), found.lay_out)._repr_svg_()
    assert "Drug X" in svg


@pytest.mark.parametrize("text", ["", "\n", ",\n", "\n,\n", ";;\n;;\n", '""\n""\n', "\n\n,\n,\n"])
def test_a_file_without_a_word_holds_no_table(tmp_path, text):
    """Cells without anything in them are neither names of columns nor rows."""
    path = tmp_path / "a.csv"
    path.write_text(text, "utf-8")
    table, problems = read_table(path)
    assert table is None
    (problem,) = map(str, problems)
    assert problem.endswith("holds no table (the first line names the columns)")
