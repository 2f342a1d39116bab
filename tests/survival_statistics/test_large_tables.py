"""A table that is read as arrays gives what the same table gives row by row, or is read so."""

from __future__ import annotations

import warnings

import attrs
import numpy
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pytest

import timeline as tl
from tests.survival_statistics.test_tables import FORMS, REFUSED
from timeline.survival_statistics import large_tables, table
from timeline.survival_statistics.table import Patients

BY_ROW = {"a plus": "12+ is no number", "dates": "start holds objects, no dates of the frame",
          "dates of numpy": "dates as a sequence"}  # fmt: skip
SIZE = 400


def of_many(**more):
    """Times of 0 to 40 in quarters, events, two arms spelled in three ways, sites, identifiers."""
    rows = numpy.arange(SIZE)
    columns = {
        "id": [f"P{n:03d}" for n in rows],
        "t": (rows * 7 % 161) / 4,
        "e": rows % 3 == 0,
        "arm": [("A", "B", "a ", "B")[n % 4] for n in rows],
        "site": [("North", "south", "South", " north")[n % 4] for n in rows],
        "sex": [("f", "m")[n % 2] for n in rows],
    }
    return pandas.DataFrame(columns | more)


def adtte():
    """Two endpoints, PFS in the even rows; OS is in years."""
    rows = numpy.arange(SIZE)
    return pandas.DataFrame({
        "USUBJID": [f"P{n // 2:03d}" for n in rows],
        "PARAMCD": [("PFS", "OS")[n % 2] for n in rows],
        "AVAL": [float(n % 37) if n % 2 == 0 else (n % 5) / 2 for n in rows],
        "AVALU": [("MONTHS", "YEARS")[n % 2] for n in rows],
        "CNSR": [n % 4 for n in rows],
        "TRTP": [("A", "B")[n // 2 % 2] for n in rows],
    })  # fmt: skip


LARGE = {
    "groups and strata": {"table": of_many(), "strata": ["site", "sex"]},
    "one stratum": {"table": of_many(), "strata": "site"},
    "no group": {"table": of_many(), "by": None},
    "polars": {"table": polars.from_pandas(of_many())},
    "pyarrow": {"table": pyarrow.Table.from_pandas(of_many(e=numpy.arange(SIZE) % 2))},
    "nullable": {"table": of_many(t=pandas.array([5] * SIZE, dtype="Int64"))},
    "words": {"table": of_many(e=["dead", "alive"] * (SIZE // 2))},
    "codes": {"table": of_many(e=[1, 2, 3, 1] * (SIZE // 4)), "event_code": 2, "competing": 3},
    "rows twice": {"table": of_many(id=[None] * SIZE, t=[1.5] * SIZE)},
    "an endpoint": {"table": adtte(), "time": "AVAL", "event": "CNSR", "by": "TRTP",
                    "endpoint": "pfs"},
    "years as weeks": {"table": adtte(), "time": "AVAL", "event": "CNSR", "by": "TRTP",
                       "endpoint": "OS", "unit": "weeks"},
    "Series": {"time": of_many()["t"], "event": of_many()["e"], "by": of_many()["arm"],
               "strata": [of_many()["site"], of_many()["sex"]]},
    "dates": {"table": pandas.DataFrame(
        {"t": pandas.to_datetime(["2021-03-01", "2021-05-01"] * (SIZE // 2)),
         "first": pandas.to_datetime(["2021-01-31"] * SIZE), "e": [1, 0] * (SIZE // 2),
         "arm": ["A"] * SIZE}), "start": "first", "unit": "months"},
}  # fmt: skip


@pytest.fixture
def in_arrays(monkeypatch):
    """What `read_large` returned, where every table counts as large."""
    found = []
    real = large_tables.read_large

    def read(*given):
        found.append(real(*given))
        return found[-1]

    monkeypatch.setattr(large_tables, "LARGE", 1)
    monkeypatch.setattr(table, "LARGE", 1)
    monkeypatch.setattr(table, "read_large", read)
    return found


def statistics(given):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = tl.survival(**{"time": "t", "event": "e", "by": "arm", "at": 8, **given})
    return found, [str(each.message) for each in caught]


def same(given, in_arrays, monkeypatch):
    """The statistics in arrays, after they were compared with those row by row."""
    quick, said = statistics(given)
    quick_read = in_arrays[-1] if in_arrays else None
    monkeypatch.setattr(table, "read_large", lambda *_: None)
    slow, also_said = statistics(given)
    assert [row.stat for row in quick.rows] == [row.stat for row in slow.rows]
    assert sorted(quick.notes) == sorted(slow.notes)
    assert len(said) == len(also_said)
    fields = [f.name for f in attrs.fields(type(quick)) if f.name not in ("rows", "notes")]
    assert all(getattr(quick, name) == getattr(slow, name) for name in fields)
    return quick_read


@pytest.mark.parametrize("form", LARGE)
def test_arrays_give_what_rows_give(form, in_arrays, monkeypatch):
    assert same(LARGE[form], in_arrays, monkeypatch) is not None


@pytest.mark.parametrize("form", FORMS)
def test_small_tables_give_the_same_in_arrays(form, in_arrays, monkeypatch):
    given = FORMS[form]()
    found = same(given, in_arrays, monkeypatch)
    assert (found is None) == (form in BY_ROW)


def test_the_rows_of_one_patient_are_read_row_by_row(in_arrays):
    with pytest.raises(tl.InvalidFile, match="a second time in one curve, first in line 2"):
        statistics({"table": of_many(id=["P1"] * SIZE)})
    assert in_arrays == [None]


@pytest.mark.parametrize(("given", "kind", "words"), REFUSED)
def test_what_is_refused_row_by_row_is_refused(given, kind, words, in_arrays):
    with pytest.raises(kind) as raised:
        statistics(given)
    assert words in str(raised.value)


def test_a_parquet_file_is_read_as_arrays(tmp_path, in_arrays, monkeypatch):
    pyarrow.parquet.write_table(pyarrow.Table.from_pandas(of_many()), tmp_path / "t.parquet")
    assert same({"table": tmp_path / "t.parquet"}, in_arrays, monkeypatch) is not None


def test_a_table_of_few_rows_is_read_row_by_row():
    assert large_tables.of_frame(of_many()) is None
    assert attrs.fields(Patients).times is not None
