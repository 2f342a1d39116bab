"""Datasets are read as they were written, in every format; a bad file is named."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pandas
import pyarrow
import pyarrow.parquet
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.cdisc import DATASETS, FORMATS, Dataset, read_dataset, read_folder, write_dataset
from timeline.cdisc.formats import read_file
from timeline.cdisc.metadata import Variable
from timeline.core.problem import InvalidFile

PILOT = Path(__file__).parents[1] / "data" / "cdisc"
SUFFIXES = [row.suffix for row in FORMATS.values()]
OTHERS = [("rs_recist8", "RS", 9), ("rs_irecist26", "RS", 90), ("tr_recist8", "TR", 72),
          ("tu_recist8", "TU", 9), ("adtte_recist8", "ADTTE", 39)]  # fmt: skip
DAY = datetime.date(2021, 3, 15)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(("file", "name", "records"), OTHERS)
def test_the_datasets_of_others_come_back_from_every_format(tmp_path, file, name, records, suffix):
    found = read_dataset(PILOT / f"{file}.csv", name)
    assert len(found) == records
    path = tmp_path / f"{name.lower()}{suffix}"
    write_dataset(found, path)
    assert read_dataset(path) == found
    if suffix == ".csv":
        assert path.read_bytes() == (PILOT / f"{file}.csv").read_bytes()


def test_the_first_values_are_those_of_the_file_of_the_pilot():
    """rs_recist8.csv, line 2: 01-701-1130,1,OVRLRESP,SD,INDEPENDENT ASSESSOR,RADIOLOGIST 1,,2,.."""
    first = next(read_dataset(PILOT / "rs_recist8.csv", "RS").rows())
    assert first == {
        "USUBJID": "01-701-1130", "RSSEQ": 1, "RSTESTCD": "OVRLRESP", "RSSTRESC": "SD",
        "RSEVAL": "INDEPENDENT ASSESSOR", "RSEVALID": "RADIOLOGIST 1", "RSACPTFL": None,
        "VISITNUM": 2, "VISIT": "WEEK 3", "RSDTC": "2014-03-08",
    }  # fmt: skip


def test_another_reader_of_transport_files_finds_names_labels_types_and_dates(tmp_path):
    made = Dataset.of("ADTTE", [
        {"STUDYID": "S", "USUBJID": "S-1", "PARAM": "PFS", "PARAMCD": "PFS", "AVAL": 64, "CNSR": 0,
         "STARTDT": DAY, "ADT": None},
    ])  # fmt: skip
    write_dataset(made, tmp_path / "adtte.xpt")
    frame, about = pyreadstat.read_xport(tmp_path / "adtte.xpt")
    assert about.table_name == "ADTTE"
    assert about.file_label == "Time-to-Event Analysis Dataset"
    assert about.column_names_to_labels["CNSR"] == "Censor"
    assert about.original_variable_types["STARTDT"].startswith("DATE9")
    assert frame["AVAL"][0] == 64
    assert frame["STARTDT"][0] == DAY
    assert (tmp_path / "adtte.xpt").read_bytes()[:20] == b"HEADER RECORD*******"
    raw, _ = pyreadstat.read_xport(tmp_path / "adtte.xpt", disable_datetime_conversion=True)
    assert raw["STARTDT"][0] == 22354  # 365 x 61 + 16 leap days + 59 + 14, from 1 January 1960


def test_parquet_holds_days_whole_numbers_and_labels_for_other_readers(tmp_path):
    made = Dataset.of(
        "ADRS", [{"STUDYID": "S", "USUBJID": "S-1", "ASEQ": 1, "AVAL": 0.5, "ADT": DAY}]
    )
    write_dataset(made, tmp_path / "adrs.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "adrs.parquet")
    kinds = {field.name: str(field.type) for field in table.schema}
    assert (kinds["ADT"], kinds["ASEQ"], kinds["AVAL"]) == ("date32[day]", "int64", "double")
    assert table.schema.field("ADT").metadata[b"label"] == b"Analysis Date"


# Dataset-JSON 1.1 (CDISC, dataset.schema.json): the required keys and the words of each.
_HEAD = {"datasetJSONCreationDateTime", "datasetJSONVersion", "itemGroupOID", "records", "name",
         "label", "columns"}  # fmt: skip
_OTHERS = {"dbLastModifiedDateTime", "fileOID", "metaDataRef", "metaDataVersionOID", "originator",
           "rows", "sourceSystem", "studyOID"}  # fmt: skip
_TYPES = {"string", "integer", "decimal", "float", "double", "boolean", "datetime", "date", "time",
          "URI"}  # fmt: skip
_OF_COLUMN = {"itemOID": str, "name": str, "label": str, "dataType": str}
_MAY_HAVE = {"targetDataType": str, "length": int, "displayFormat": str, "keySequence": int}


@pytest.mark.parametrize(("file", "name", "records"), OTHERS)
def test_dataset_json_has_every_key_that_its_schema_requires_and_no_other(
    tmp_path, file, name, records
):
    write_dataset(read_dataset(PILOT / f"{file}.csv", name), tmp_path / "a.json")
    found = json.loads((tmp_path / "a.json").read_text())
    assert set(found) >= _HEAD
    assert set(found) <= _HEAD | _OTHERS
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", found["datasetJSONCreationDateTime"])
    assert re.fullmatch(r"1\.1(\.\d+)?", found["datasetJSONVersion"])
    assert set(found["sourceSystem"]) == {"name", "version"}
    assert found["records"] == len(found["rows"]) == records
    for column in found["columns"]:
        assert all(isinstance(column[key], kind) for key, kind in _OF_COLUMN.items())
        assert all(isinstance(column[key], _MAY_HAVE[key]) for key in set(column) - set(_OF_COLUMN))
        assert column["dataType"] in _TYPES
        assert column.get("targetDataType", "integer") in ("integer", "decimal")
        assert column.get("length", 1) >= 1
    assert {len(row) for row in found["rows"]} == {len(found["columns"])}


def test_a_missing_value_is_null_in_a_number_and_an_empty_text_in_a_text(tmp_path):
    made = Dataset.of("ADTTE", [{"STUDYID": "S", "AVAL": None, "ADT": None, "EVNTDESC": ""},
                                {"AVAL": 1.5, "ADT": DAY, "EVNTDESC": "Death"}])  # fmt: skip
    write_dataset(made, tmp_path / "adtte.json")
    found = json.loads((tmp_path / "adtte.json").read_text())
    at = {column["name"]: n for n, column in enumerate(found["columns"])}
    cells = [[row[at[name]] for name in ("AVAL", "ADT", "EVNTDESC")] for row in found["rows"]]
    assert cells == [[None, None, ""], [1.5, "2021-03-15", "Death"]]
    column = found["columns"][at["ADT"]]
    assert (column["dataType"], column["targetDataType"], column["displayFormat"]) == (
        "date", "integer", "DATE9.")  # fmt: skip


_TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs")),
    max_size=30,
).map(str.strip)
_NUMBERS = st.one_of(
    st.none(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda each: round(each, 6))
)
_DAYS = st.one_of(st.none(), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {"USUBJID": _TEXTS, "EVNTDESC": _TEXTS, "AVAL": _NUMBERS, "ADT": _DAYS}
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_text_number_and_day_comes_back(tmp_path, suffix, rows):
    made = Dataset.of("ADTTE", rows, names=("USUBJID", "EVNTDESC", "AVAL", "ADT"))
    path = tmp_path / f"adtte{suffix}"
    write_dataset(made, path)
    found = read_dataset(path)
    if suffix == ".csv":  # a row of a spreadsheet with no value at all is no record
        rows = [row for row in made.rows() if any(each is not None for each in row.values())]
        assert list(found.rows()) == rows
    else:
        assert found == made


def test_a_formula_is_inert_in_csv_and_the_same_when_it_is_read(tmp_path):
    made = Dataset.of("AE", [{"AETERM": "=HYPERLINK(1)"}, {"AETERM": "-12"}], names=("AETERM",))
    write_dataset(made, tmp_path / "ae.csv")
    assert (tmp_path / "ae.csv").read_text() == "AETERM\n'=HYPERLINK(1)\n-12\n"
    assert read_dataset(tmp_path / "ae.csv") == made


HOSTILE = {
    "empty.csv": (b"", "holds no table"),
    "twice.csv": (b"USUBJID,USUBJID\na,b\n", "the variable 'USUBJID' twice (keep one)"),
    "short.csv": (b"USUBJID,RSSEQ\na\n", "1 fields under 2 columns"),
    "no number.csv": (b"DOMAIN,RSSEQ\nRS,1\nRS,one\n", "csv:3:2: RSSEQ: not a number: 'one'"),
    "no day.csv": (b"PARAMCD,ADT\nPFS,2021-02-30\n", ""),
    "text.xpt": (b"USUBJID,RSSEQ\na,1\n", "not a transport file"),
    "empty.xpt": (b"", "not a transport file"),
    "text.parquet": (b"USUBJID,RSSEQ\na,1\n", "not a Parquet file"),
    "empty.parquet": (b"", "not a Parquet file"),
    "not.json": (b"{", "not JSON"),
    "list.json": (b"[]", "no object (write it as Dataset-JSON 1.1)"),
    "keys.json": (b'{"name": "RS"}', "without datasetJSONCreationDateTime, datasetJSONVersion"),
    "nan.json": (b'{"a": NaN}', "NaN is no number of JSON"),
    "deep.json": (b"[" * 100_000, "not JSON that can be read"),
    "latin.json": ('{"name": "é"}'.encode("latin-1"), "not UTF-8 text"),
    "kind.sas7bdat": (b"x", "unknown kind of dataset: '.sas7bdat'"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_dataset_is_named_with_what_is_wrong(tmp_path, name):
    content, message = HOSTILE[name]
    path = tmp_path / name
    path.write_bytes(content)
    if not message:
        assert read_dataset(path)  # a text as long as the file does not say that it is ADaM
        return
    with pytest.raises(InvalidFile, match=re.escape(message)) as raised:
        read_dataset(path)
    assert str(raised.value).startswith(str(path))


def test_every_wrong_value_of_a_file_is_named_at_once(tmp_path):
    path = tmp_path / "adtte.csv"
    path.write_text("USUBJID,AVAL,ADT\nA,x,2021-13-01\nB,1,2021-3-1\nC,.,\n")
    _, problems = read_file(path)
    assert [str(each).removeprefix(f"{path}:") for each in problems] == [
        "2:2: AVAL: not a number: 'x' (write 12 or 12.5, and leave a missing value empty)",
        "2:3: ADT: not on the calendar: '2021-13-01'",
        "3:3: ADT: not a day: '2021-3-1' (write 2021-03-15)",
    ]


def _json(**changed):
    column = {"itemOID": "IT.RS.RSSEQ", "name": "RSSEQ", "label": "x", "dataType": "integer"}
    head = {"datasetJSONCreationDateTime": "2021-01-01T00:00:00", "datasetJSONVersion": "1.1.0",
            "itemGroupOID": "IG.RS", "records": 1, "name": "RS", "label": "x",
            "columns": [column], "rows": [[1]]}  # fmt: skip
    return {**head, **changed}


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"records": 2}, "records: 2, and there are 1 rows"),
        ({"rows": [[1, 2]]}, "1:1: 2 values of 1 columns"),
        ({"rows": [["a"]]}, "1:1: RSSEQ: not a number: 'a'"),
        ({"rows": [[1.5]]}, "1:1: RSSEQ: not a whole number: 1.5"),
        ({"rows": [[True]]}, "1:1: RSSEQ: not a number: True"),
        ({"rows": {}}, "columns and rows are lists"),
        ({"columns": [{"name": "A"}]}, "columns[1]: without itemOID, label, dataType"),
        ({"datasetJSONVersion": "1.0.0"}, "datasetJSONVersion: '1.0.0' is not read"),
        ({"columns": [{"itemOID": "a", "name": "RSSEQ", "label": "x", "dataType": "number"}]},
         "dataType: unknown: 'number'"),
        ({"columns": [{"itemOID": "a", "name": "RSSEQ", "label": "x", "dataType": "string"}],
          "rows": [["1"]]}, "RSSEQ is a text here, and numeric by SDTMIG 3.4"),
    ],
)  # fmt: skip
def test_dataset_json_that_contradicts_itself_is_refused(tmp_path, changed, message):
    path = tmp_path / "rs.json"
    path.write_text(json.dumps(_json()))
    assert len(read_dataset(path)) == 1
    path.write_text(json.dumps(_json(**changed)))
    with pytest.raises(InvalidFile, match=re.escape(message)):
        read_dataset(path)


def test_a_transport_file_that_is_cut_off_is_refused(tmp_path):
    write_dataset(read_dataset(PILOT / "tr_recist8.csv", "TR"), tmp_path / "tr.xpt")
    whole = (tmp_path / "tr.xpt").read_bytes()
    (tmp_path / "tr.xpt").write_bytes(whole[:-50])
    with pytest.raises(InvalidFile, match="no whole number of records of 80"):
        read_dataset(tmp_path / "tr.xpt")


def test_a_number_that_should_be_a_date_and_a_time_of_day_are_refused(tmp_path):
    frame = pandas.DataFrame({"PARAMCD": ["PFS"], "ADT": [22354.0]})
    pyreadstat.write_xport(frame, tmp_path / "adtte.xpt", table_name="ADTTE", file_format_version=5)
    with pytest.raises(InvalidFile, match="ADT is a number without the format of a date"):
        read_dataset(tmp_path / "adtte.xpt")
    moment = pyarrow.table({"RSDTC": [datetime.datetime(2021, 3, 15, 10, 30)]})
    pyarrow.parquet.write_table(moment, tmp_path / "rs.parquet")
    with pytest.raises(InvalidFile, match="RSDTC: values of the type timestamp"):
        read_dataset(tmp_path / "rs.parquet")


def test_a_day_beyond_the_calendar_is_named(tmp_path):
    days = pyarrow.array([2**31 - 1], pyarrow.int32()).cast(pyarrow.date32())
    pyarrow.parquet.write_table(pyarrow.table({"ADT": days}), tmp_path / "adtte.parquet")
    with pytest.raises(InvalidFile, match="ADT: a value that cannot be read"):
        read_dataset(tmp_path / "adtte.parquet")
    frame = pandas.DataFrame({"PARAMCD": ["PFS"], "ADT": [1e12]})
    pyreadstat.write_xport(frame, tmp_path / "adtte.xpt", file_format_version=5,
                           table_name="ADTTE", variable_format={"ADT": "DATE9."})  # fmt: skip
    with pytest.raises(InvalidFile, match="are no day of a calendar"):
        read_dataset(tmp_path / "adtte.xpt")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"AVAL": "12"}, "AVAL: not a number: '12'"),
        ({"ADT": "2021-03-15"}, "ADT: not a date: '2021-03-15'"),
        ({"PARAMCD": "PROGRESSION"}, "PARAMCD: 11 bytes: 'PROGRESSION' (at most 8"),
        ({"EVNTDESC": "é" * 101}, "EVNTDESC: 202 bytes"),
        ({"EVNTDESC": 5}, "EVNTDESC: not a text: 5"),
        ({"EVNTDESC": "a\x1bb"}, "EVNTDESC: a control character"),
        ({"EVENTDESCR": "a"}, "the name of a variable has 10 characters"),
        ({"AVAL": float("inf")}, "no number of a dataset: inf"),
        ({"AVAL": object()}, "no value of a dataset"),
    ],
)  # fmt: skip
def test_a_value_that_has_no_place_is_refused_and_nothing_is_written(tmp_path, row, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        write_dataset([row], tmp_path / "adtte.xpt", "ADTTE")
    assert list(tmp_path.iterdir()) == []


def test_records_without_a_name_are_refused(tmp_path):
    with pytest.raises(ValueError, match="write domain='RS'"):
        write_dataset([{"USUBJID": "1"}], tmp_path / "rs.csv")


def test_a_variable_of_the_study_itself_is_kept_with_its_type(tmp_path):
    made = Dataset.of("ADSL", [{"STUDYID": "S", "USUBJID": "1", "BMIBL": 21.5, "REGION1": "EU"}])
    assert made.variables[-2:] == (
        Variable(dataset="ADSL", name="BMIBL", type="Num", length=8),
        Variable(dataset="ADSL", name="REGION1"),
    )
    assert [each.name for each in made.variables if each.core == "Req"] == [
        each.name for each in DATASETS["ADSL"].variables if each.core == "Req"]  # fmt: skip
    for suffix in (".xpt", ".parquet"):
        write_dataset(made, tmp_path / f"adsl{suffix}")
        assert read_dataset(tmp_path / f"adsl{suffix}") == made


def test_a_folder_is_read_whole_or_every_fault_of_it_is_named(tmp_path):
    rows = [{"STUDYID": "S", "DOMAIN": "RS", "USUBJID": "1"}]
    write_dataset(rows, tmp_path / "rs.xpt", "RS")
    (tmp_path / "not-in-sdtm.csv").write_text("x")
    (tmp_path / "notes.txt").write_text("x")
    assert list(read_folder(tmp_path)) == ["RS"]
    write_dataset(rows, tmp_path / "rs.csv", "RS")
    (tmp_path / "dm.json").write_text("{}")
    with pytest.raises(InvalidFile) as raised:
        read_folder(tmp_path, ("RS", "DM"))
    assert len(raised.value.problems) == 2
    assert "RS twice: rs.csv and rs.xpt (keep one)" in str(raised.value)
    (tmp_path / "none").mkdir()
    with pytest.raises(InvalidFile, match="no dataset"):
        read_folder(tmp_path / "none")
