"""One row an event: what a row holds, what becomes a note, and files that are no such table."""

from __future__ import annotations

import duckdb
import pytest

from tests.formats.round_trip import CASES, exported, imported
from tests.rows import every_row
from timeline.exchange.import_case import import_case
from timeline.files.loader import load
from timeline.formats import import_cases

MEASURED = """
case: measured
patient: {sex: female, age: 61}
lesions: {T1: {organ: liver}, N1: {node: yes}}
events:
  - {scan: 2022-01-10, baseline: 1, lesions: {T1: 40 mm, N1: 18 mm}, note: "-12 HU; calm"}
  - {treatment: 2022-02-01/.., line: 1, drugs: [a 5 mg, b]}
  - {scan: 2022-05, id: may, lesions: {T1: 25.5 mm, N1: not evaluated}, new: none}
  - {scan: 2022-08, lesions: {T1: absent, N1: too small}, new-lesion-sizes: {B1: 12 mm}, new: bone}
  - {scan: 2022-08, lesions: {T1: 1 mm}, what: a second scan of the month}
"""


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_each_kind_of_file_holds_a_case_with_lesions(tmp_path, suffix):
    """The lesions of the two scans of August stay in the row of the event: the date names both."""
    path = tmp_path / "measured.yaml"
    path.write_text(MEASURED)
    out = tmp_path / f"measured{suffix}"
    found = exported([path], "rows", out)
    assert [(row.key, row.held) for row in found.left_over] == []
    assert imported(out, "rows", with_list=False).cases["measured"] == load(path)[0]
    assert (tmp_path / f"measured-lesions{suffix}").exists() == (suffix != ".xlsx")


def test_the_tables_are_those_that_import_reads_without_a_format(tmp_path):
    out = tmp_path / "wang2023.csv"
    exported([CASES[0]], "rows", out)
    found, problems = import_case(out, name="wang2023")
    assert problems == ()
    assert found.case.events == load(CASES[0])[0].events


def test_another_program_reads_the_table(tmp_path):
    """DuckDB counts the events of two cases, by kind: 12 scans in Wang's case file."""
    out = tmp_path / "two.parquet"
    exported(CASES[:2], "rows", out)
    table = duckdb.read_parquet(str(out))
    rows = table.aggregate('"case", event, count(*)').fetchall()
    scans = {case: count for case, event, count in rows if event == "scan"}
    text = CASES[0].read_text(encoding="utf-8")
    assert scans["wang2023"] == text.count("- scan:") + text.count("{scan:")


def test_columns_that_are_no_key_become_notes_and_are_named(tmp_path):
    path = tmp_path / "b.csv"
    path.write_text(
        "Patient,event,date,note,Referrer,Room\nA,diagnosis,2021-03,seen,Dr X,\n"
        "B,diagnosis,2021-04,,,12\n".replace("Patient", "case")
    )
    found, problems = import_cases(path, "rows")
    assert problems == ()
    assert "note: 'seen; Referrer: Dr X'" in found.texts["A"]
    assert "note: 'Room: 12'" in found.texts["B"]
    assert [(row.what, row.count, row.became) for row in found.unread] == [
        ("Referrer", 1, "the note of its event"), ("Room", 1, "the note of its event")]  # fmt: skip


@every_row(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "holds no table"),
        ("a.csv", b"\xff\xfe\x00\x00\xff", "a.csv"),
        ("a.csv", b"event,date\nscan,2021-13-45\n", "a.csv:2:2: date: "),
        ("a.csv", b"event,date\nscann,2021-03\n", "a.csv:2:1: unknown kind of event 'scann'"),
        ("a.csv", b"event,date\n\"scan,2021-03\n", "never closes"),
        ("a.csv", b"what,note\nx,y\n", "no column 'date'"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", "a.xlsx"),
        ("a.parquet", b"PAR1 not a table PAR1", "not a Parquet file"),
        ("a.csv", b"event,date,grade\ntoxicity,2021-03,9\n", "a.csv:2:3"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_with_its_place(name, content, message, tmp_path):
    (tmp_path / name).write_bytes(content)
    found, problems = import_cases(tmp_path / name, "rows")
    assert found is None
    assert message in str(problems[0]), problems
