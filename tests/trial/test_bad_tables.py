"""Every kind of fault in the tables: named with table, row and column, all of them at once."""

from __future__ import annotations

import datetime
import re
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import timeline.trial as trial

RS = {
    "USUBJID": ["A", "A", "B"],
    "RSDTC": ["2024-02-01", "2024-04-01", "2024-02-05"],
    "RSSTRESC": ["PR", "PD", "SD"],
}
ADSL = {"USUBJID": ["A", "B"], "RANDDT": ["2024-01-01", "2024-01-03"]}


def changed(table, column, row, value):
    """A table with one cell changed; rows from 1."""
    cells = list(table[column])
    cells[row - 1] = value
    return {**table, column: cells}


def rejected(responses=RS, subjects=ADSL, **options):
    """The faults of a call that is refused, as text."""
    with pytest.raises(trial.InvalidTables) as raised:
        trial.derive(responses, subjects=subjects, **options)
    return [str(each) for each in raised.value.problems]


def progression_days(responses=RS, subjects=ADSL, **options):
    options = {"parameters": ["PFS"], **options}
    found = trial.derive(responses, subjects=subjects, **options)
    return found.times.to_arrow().column("AVAL").to_pylist()


def test_the_tables_of_these_tests_are_good():
    """2024-01-01 to 2024-04-01 are 31 + 29 + 31 days; B is censored on day 2 + 31 of January."""
    assert progression_days() == [91, 33]


# ---- one fault each: the table, the row, the column, the value, and what to write instead
FAULTS = [
    pytest.param({"responses": changed(RS, "RSDTC", 2, "01/04/2024")},
                 "responses, row 2, column RSDTC: no date: '01/04/2024' (write 2024-03-15",
                 id="a date that may be read in two ways"),
    pytest.param({"responses": changed(RS, "RSDTC", 2, "2024-02-31")},
                 "responses, row 2, column RSDTC: no date: '2024-02-31'",
                 id="a day that the month does not have"),
    pytest.param({"responses": changed(RS, "RSDTC", 2, "2024-04")},
                 "responses, row 2, column RSDTC: date without its day: '2024-04'",
                 id="a month without its day"),
    pytest.param({"responses": changed(RS, "RSDTC", 2, None)},
                 "responses, row 2, column RSDTC: no date of the response 'PD'", id="no date"),
    pytest.param({"responses": changed(RS, "RSSTRESC", 2, "PDD")},
                 "responses, row 2, column RSSTRESC: no response by RECIST 1.1: 'PDD' (write CR",
                 id="a word that is no response"),
    pytest.param({"responses": changed(RS, "RSSTRESC", 2, "iUPD")},
                 "responses, row 2, column RSSTRESC: no response by RECIST 1.1: 'iUPD' "
                 "(it is one of iRECIST: write criterion='irecist'",
                 id="a word of another criterion"),
    pytest.param({"responses": changed(RS, "USUBJID", 3, "C")},
                 "responses, row 3, column USUBJID: not in the table of subjects: 'C'",
                 id="an unknown subject"),
    pytest.param({"responses": changed(RS, "USUBJID", 3, None)},
                 "responses, row 3, column USUBJID: no subject", id="a row of nobody"),
    pytest.param({"subjects": {"USUBJID": ["A", "B", "A"],
                               "RANDDT": ["2024-01-01", "2024-01-03", "2024-01-01"]}},
                 "subjects, rows 1, 3, column USUBJID: several rows of one subject: 'A'",
                 id="two rows of one subject"),
    pytest.param({"subjects": {"USUBJID": ["A", "A", "B"],
                               "RANDDT": ["2024-01-01", "2024-01-03", "2024-01-01"]}},
                 "subjects, rows 1, 2, column USUBJID: several rows of one subject: 'A'",
                 id="two rows of one subject that follow one another"),
    pytest.param({"subjects": {**ADSL, "DTHDTC": ["2023-12-24", None]}},
                 "subjects, row 1, column DTHDTC: A: 2023-12-24 is before 2024-01-01",
                 id="death before randomisation"),
    pytest.param({"subjects": {**ADSL, "DTHDTC": ["2024-05", None]}},
                 "subjects, row 1, column DTHDTC: date without its day: '2024-05'",
                 id="a month of death"),
    pytest.param({"subjects": {**ADSL, "NACTDT": ["2024", None]}},
                 "subjects, row 1, column NACTDT: date without its day: '2024'",
                 id="a year of new therapy"),
    pytest.param({"responses": {**RS, "RSEVAL": ["INVESTIGATOR", "INVESTIGATOR", "CENTRAL"]}},
                 "responses, column RSEVAL: several evaluators: 'INVESTIGATOR', 'CENTRAL' "
                 "(write evaluator='INVESTIGATOR')",
                 id="two evaluators"),
    pytest.param({"responses": {**RS, "RSEVALID": ["READER 1", "READER 2", "READER 1"]}},
                 "responses, column RSEVALID: several readers: 'READER 1', 'READER 2', and no "
                 "column RSACPTFL",
                 id="two readers, none accepted"),
    pytest.param({"responses": {**RS, "RSEVALID": ["READER 1", "READER 2", "READER 1"],
                                "RSACPTFL": ["Y", "1", "yes"]}},
                 "responses, rows 2, 3, column RSACPTFL: neither Y nor N: '1', 'yes'",
                 id="flags that mean nothing"),
    pytest.param({"evaluator": "CENTRAL"},
                 "responses: no rows of the evaluator 'CENTRAL' (the table names none)",
                 id="an evaluator that is not there"),
    pytest.param({"responses": {"USUBJID": ["A"], "RSDTC": ["2024-02-01"]}},
                 "responses: no column RSSTRESC or AVALC or RSORRES", id="no responses"),
    pytest.param({"subjects": {"USUBJID": ["A", "B"], "TRTSDT": ["2024-01-01", "2024-01-03"]}},
                 "subjects: no column RANDDT, day of randomisation, which times count from "
                 "(write columns={'randomisation': NAME}, or set origin first_dose",
                 id="no randomisation"),
    pytest.param({"subjects": {"usubjid": ["A", "B"], "RANDDT": ADSL["RANDDT"]}},
                 "subjects: no column USUBJID or SUBJID, identifier of the subject "
                 "(write columns={'subject': 'usubjid'}; it has usubjid, RANDDT)",
                 id="subjects in small letters: a name, and no word of each row"),
    pytest.param({"subjects": {"USUBJID": ["A", "B"], "randdt": ADSL["RANDDT"]}},
                 "subjects: no column RANDDT, day of randomisation, which times count from "
                 "(write columns={'randomisation': 'randdt'}",
                 id="randomisation in small letters"),
    pytest.param({"responses": {"USUBJID": RS["USUBJID"], "RSSTRESC": RS["RSSTRESC"],
                                "ADY": [32, 92, 34]}},
                 "responses: no column RSDTC or RSDT or TRDTC or TRDT or ADT, day of the "
                 "assessment; as text it may lack the day or the month (write columns={'date': "
                 "NAME}, or of study days columns={'day': NAME}",
                 id="study days: how they are named"),
    pytest.param({"columns": {"response": "BEST"}},
                 "responses: no column BEST", id="a name that no column has"),
    pytest.param({"responses": {**RS, "RSSEQ": [1, 1, 1]}},
                 "responses, rows 1, 2, column RSSEQ: several rows of one subject with the number "
                 "'1' (number each once)",
                 id="a number twice"),
    pytest.param({"responses": {"USUBJID": RS["USUBJID"], "RSSTRESC": RS["RSSTRESC"],
                                "RSDY": [32, 0, 34.5]}, "columns": {"day": "RSDY"}},
                 "responses, rows 2, 3, column RSDY: no study day: '0', '34.5' (write 1 for the",
                 id="study days that are none"),
    pytest.param({"responses": {"USUBJID": RS["USUBJID"], "RSSTRESC": RS["RSSTRESC"],
                                "RSDY": [32, 92, 34]}},
                 "responses: no column RSDTC or RSDT or TRDTC or TRDT or ADT, day of the",
                 id="study days whose origin nobody named"),
    pytest.param({"responses": {**RS, "RSTESTCD": ["TRGRESP"] * 3}},
                 "responses, column RSTESTCD: no overall response among 'TRGRESP'",
                 id="responses of targets alone"),
    pytest.param({"responses": {"USUBJID": ["A", "B"], "RSDTC": ["2024-02-01"]}},
                 "responses: columns of different lengths: USUBJID 2, RSDTC 1",
                 id="columns of different lengths"),
    pytest.param({"responses": 7}, "responses: is no table, but int", id="no table"),
    pytest.param({"responses": "missing.csv"}, "responses: missing.csv: No such file",
                 id="no file"),
    pytest.param({"responses": "rs.xlsx"}, "responses: rs.xlsx: not a Parquet or CSV file",
                 id="another kind of file"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "message"), FAULTS)
def test_a_fault_is_named_with_its_place_and_its_remedy(call, message):
    found = rejected(**call)
    assert len(found) == 1, found
    assert found[0].startswith(message)
    assert "(" in found[0] or "No such file" in found[0]  # what to write instead


# ---- nothing is cast in silence
TYPES = [
    pytest.param([1, 2, 3], "values are of type int64, not text", id="numbers"),
    pytest.param([True, False, True], "values are of type bool, not text", id="true and false"),
    pytest.param([1.0, float("nan"), 3.0], "values are of type double, not text", id="floats"),
    pytest.param(["PR", 2, "SD"], "values of several types: 'PR' (str), 2 (int)", id="mixed"),
]


@pytest.mark.parametrize("frame", [dict, pd.DataFrame], ids=["dict", "pandas"])
@pytest.mark.parametrize(("values", "message"), TYPES)
def test_responses_that_are_no_text_are_refused(values, message, frame):
    found = rejected(frame({**RS, "RSSTRESC": values}))
    assert len(found) == 1
    assert found[0].startswith(f"responses, column RSSTRESC: {message}")


def test_dates_that_are_numbers_are_refused():
    """SAS counts days from 1960, Excel from 1900: 23407 is no date."""
    found = rejected({**RS, "RSDTC": [23407, 23467, 23411]})
    assert found == [
        "responses, column RSDTC: values are of type int64, not dates (write 2024-03-15)"
    ]


def test_identifiers_are_text_in_both_tables_or_whole_numbers_in_both():
    numbers = {"responses": {**RS, "USUBJID": [1, 1, 2]}, "subjects": {**ADSL, "USUBJID": [1, 2]}}
    assert progression_days(**numbers) == [91, 33]
    (found,) = rejected({**RS, "USUBJID": [1, 1, 2]}, {**ADSL, "USUBJID": ["1", "2"]})
    assert found == (
        "responses, column USUBJID: identifiers are whole numbers in one table and text in the "
        "other (write text in both)"
    )
    assert "values are of type double" in rejected({**RS, "USUBJID": [1.0, 1.0, 2.0]})[0]


def test_a_leading_zero_of_a_csv_file_stays(tmp_path):
    (tmp_path / "rs.csv").write_text(
        "USUBJID,RSDTC,RSSTRESC\n007,2024-02-01,PR\n7,2024-02-01,PD\n", encoding="utf-8"
    )
    (tmp_path / "adsl.csv").write_text(
        "USUBJID,RANDDT\n7,2024-01-01\n007,2024-01-01\n", encoding="utf-8"
    )
    found = trial.derive(tmp_path / "rs.csv", subjects=tmp_path / "adsl.csv", parameters=["BOR"])
    assert found.parameters.to_arrow().select(["USUBJID", "AVALC"]).to_pylist() == [
        {"USUBJID": "7", "AVALC": "PD"},
        {"USUBJID": "007", "AVALC": "PR"},
    ]


def test_a_time_with_a_zone_is_refused():
    zoned = pd.to_datetime(pd.Series(RS["RSDTC"])).dt.tz_localize("Europe/Berlin")
    assert "times with a time zone" in rejected(pd.DataFrame({**RS, "RSDTC": zoned}))[0]


def test_all_faults_of_all_tables_come_at_once():
    responses = changed(changed(RS, "RSDTC", 1, "x"), "RSSTRESC", 3, "SDD")
    subjects = {**ADSL, "DTHDTC": ["2024-05", "2024-13-01"]}
    found = rejected(responses, subjects)
    assert [each.partition(":")[0] for each in found] == [
        "subjects, row 2, column DTHDTC",
        "subjects, row 1, column DTHDTC",
        "responses, row 1, column RSDTC",
        "responses, row 3, column RSSTRESC",
    ]


def test_a_thousand_rows_of_one_kind_are_one_message():
    many = {"USUBJID": ["A"] * 1000, "RSDTC": ["?"] * 1000, "RSSTRESC": ["SD"] * 1000}
    (found,) = rejected(many)
    assert found == (
        "responses, rows 1, 2, 3, 4, 5 and 995 more, column RSDTC: no date: '?' (write 2024-03-15, "
        "or 2024-03 where the day is not known)"
    )


def test_an_assessment_after_death_is_a_contradiction_that_is_told():
    """Both dates are taken as they stand: A progressed on day 91 and died on day 45."""
    subjects = {**ADSL, "DTHDTC": ["2024-02-15", None]}
    told = "responses, row 2, column RSDTC: an assessment on 2024-04-01, after death on 2024-02-15"
    with pytest.warns(trial.TrialWarning, match=told):
        assert progression_days(RS, subjects) == [45, 33]
    with pytest.warns(trial.TrialWarning, match="row 1, column LSTALVDT: A: known alive on"):
        progression_days(RS, {**ADSL, "DTHDTC": ["2024-05-01", None],
                              "LSTALVDT": ["2024-06-01", None]})  # fmt: skip


def test_survival_without_a_column_of_the_day_last_known_alive_is_told():
    """Censored on no day of contact, it is 0 days for everybody, whom no table knows to be dead."""
    told = (
        "subjects: no column LSTALVDT, day last known alive, and so no last day of OS of 1 subject "
        "not known dead (write columns={'last_alive': NAME}, or parameters without OS)"
    )
    dead = {**ADSL, "DTHDTC": ["2024-04-20", None]}
    with pytest.warns(trial.TrialWarning, match=re.escape(told)):
        assert progression_days(RS, dead, parameters=["OS"]) == [110, 0]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        progression_days(RS, dead)  # progression is censored at assessments
        progression_days(RS, {**dead, "DTHDTC": ["2024-04-20"] * 2}, parameters=["OS"])
        progression_days(RS, {**dead, "LSTALVDT": [None, "2024-03-01"]}, parameters=["OS"])
        progression_days(RS, dead, parameters=["OS"], severity={"no_last_alive": "take"})


# ---- what is let pass, by severity
def test_what_is_taken_is_handled_as_its_row_states_and_kept():
    responses = changed(RS, "RSSTRESC", 2, "PDD")
    with pytest.warns(trial.TrialWarning, match="'PDD'.*; the assessment does not count"):
        found = trial.derive(
            responses, subjects=ADSL, severity={"unknown_response": "warn"}, parameters=["PFS"]
        )
    # A is censored on day 31, the PR of 2024-02-01
    assert found.times.to_arrow().column("AVAL").to_pylist() == [31, 33]
    assert [each.kind for each in found.problems] == ["unknown_response"]
    assert found.problems[0].rows.tolist() == [2]


@pytest.mark.filterwarnings("error")
def test_what_is_taken_gives_no_warning():
    responses = changed(RS, "RSSTRESC", 2, None)
    severity = {"no_response": "take"}
    found = trial.derive(responses, subjects=ADSL, severity=severity, parameters=["PFS"])
    assert [each.severity for each in found.problems] == ["take"]


@pytest.mark.parametrize(
    ("severity", "message"),
    [
        ({"unkown_response": "take"}, "did you mean unknown_response"),
        ({"unknown_response": "ignore"}, "severity of unknown_response: 'ignore'"),
        ({"mixed_evaluators": "take"}, "severity of mixed_evaluators: always reject"),
    ],
)
def test_a_severity_that_is_not_known_is_refused(severity, message):
    with pytest.raises(ValueError, match=message):
        trial.derive(RS, subjects=ADSL, severity=severity)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"settings": {"confirm_day": 28}}, "unknown setting 'confirm_day'"),
        ({"settings": "admirall"}, "unknown preset 'admirall' .did you mean admiral"),
        ({"columns": {"patient": "USUBJID"}}, "unknown column 'patient'"),
        ({"parameters": ["PSF"]}, "no parameter 'PSF' by RECIST 1.1"),
        ({"parameters": "PFS"}, "a list of PARAMCD"),
        ({"criterion": "recist"}, "unknown criterion 'recist'"),
    ],
)
def test_an_option_that_is_not_known_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        trial.derive(RS, subjects=ADSL, **options)


def test_each_kind_states_what_it_is_and_why():
    for row in trial.KINDS.values():
        assert row.description, row.name
        assert row.reason, row.name
        assert row.severity == "reject" or row.handling, row.name


# ---- the same tables from every library
DATES = [datetime.date.fromisoformat(text) for text in RS["RSDTC"]]
FRAMES = [
    pytest.param(pd.DataFrame, id="pandas"),
    pytest.param(lambda table: pd.DataFrame(table).convert_dtypes(), id="nullable pandas"),
    pytest.param(lambda table: pd.DataFrame(table).astype("category"), id="categories"),
    pytest.param(pl.DataFrame, id="polars"),
    pytest.param(lambda table: pl.DataFrame(table).lazy(), id="lazy polars"),
    pytest.param(pa.table, id="pyarrow"),
    pytest.param(lambda table: {name: np.array(cells) for name, cells in table.items()},
                 id="arrays of numpy"),
]  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES)
def test_every_library_gives_the_same(frame):
    assert progression_days(frame(RS), frame(ADSL)) == [91, 33]


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame, pa.table, dict])
def test_dates_may_be_dates(frame):
    assert progression_days(frame({**RS, "RSDTC": DATES}), ADSL) == [91, 33]


def test_times_of_day_are_left_aside():
    times = pd.to_datetime(pd.Series(["2024-02-01 09:30", "2024-04-01 23:59", "2024-02-05"],
                                     ), format="mixed")  # fmt: skip
    assert progression_days(pd.DataFrame({**RS, "RSDTC": times}), ADSL) == [91, 33]
    text = ["2024-02-01T09:30", "2024-04-01T23:59:59", "2024-02-05"]
    assert progression_days({**RS, "RSDTC": text}, ADSL) == [91, 33]


def test_study_days_that_are_named_are_days():
    """Day 1 is the origin, so that day 92 is 91 days after it; there is no day 0."""
    table = {"USUBJID": RS["USUBJID"], "RSSTRESC": RS["RSSTRESC"], "DAY": [32, 92, 34]}
    assert progression_days(table, columns={"day": "DAY"}) == [91, 33]
    early = {**table, "DAY": [-1, 92, 34]}
    with pytest.warns(trial.TrialWarning, match="before the day that times count .*2023-12-31"):
        assert progression_days(early, columns={"day": "DAY"}) == [91, 33]


def test_files_give_the_same(tmp_path):
    for name, table in (("rs", RS), ("adsl", ADSL)):
        pl.DataFrame(table).write_csv(tmp_path / f"{name}.csv")
        pl.DataFrame(table).write_parquet(tmp_path / f"{name}.parquet")
    for ending in ("csv", "parquet"):
        rs, adsl = tmp_path / f"rs.{ending}", str(tmp_path / f"adsl.{ending}")
        assert progression_days(rs, adsl) == [91, 33]


def test_words_with_blanks_around_them_and_words_in_full_are_read():
    full = {**RS, "RSSTRESC": [" PR ", "Progressive Disease", "stable disease"]}
    assert progression_days(full) == [91, 33]


def test_an_empty_cell_of_pandas_is_no_word():
    """NaN, None and NA are all no response."""
    for empty in (None, float("nan"), pd.NA):
        frame = pd.DataFrame({**RS, "RSSTRESC": ["PR", empty, "SD"]})
        with pytest.warns(trial.TrialWarning, match="row 2, column RSSTRESC: no response"):
            assert progression_days(frame) == [31, 33]


# ---- partial dates: imputed by the settings and flagged, never otherwise
IMPUTED = [
    # 2024-02 has 29 days; 2024-01-01 is the origin
    pytest.param("2024-02", {"scan_date_imputation": "first"}, "2024-02-01", "D", id="first"),
    pytest.param("2024-02", {"scan_date_imputation": "middle"}, "2024-02-15", "D", id="middle"),
    pytest.param("2024-02", {"scan_date_imputation": "last"}, "2024-02-29", "D", id="last"),
    pytest.param("2024", {"scan_date_imputation": "middle", "scan_date_precision": "year"},
                 "2024-06-30", "M", id="middle of a year"),
    pytest.param("2024", {"scan_date_imputation": "last", "scan_date_precision": "year"},
                 "2024-12-31", "M", id="last of a year"),
    pytest.param("2024-02-03", {"scan_date_imputation": "last"}, "2024-02-03", None,
                 id="a whole date"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "settings", "day", "flag"), IMPUTED)
def test_a_partial_date_is_imputed_and_flagged(text, settings, day, flag):
    responses = {"USUBJID": ["A"], "RSDTC": [text], "RSSTRESC": ["PD"]}
    found = trial.derive(responses, subjects=ADSL, settings=settings, parameters=["PD", "PFS"])
    for table in (found.parameters, found.times):
        (row,) = [each for each in table.to_arrow().to_pylist() if each["USUBJID"] == "A"]
        assert (str(row["ADT"]), row["ADTF"]) == (day, flag)


@pytest.mark.parametrize(
    ("text", "settings", "day", "flag"),
    [
        pytest.param("2024-05", {"death_date_imputation": "first"}, "2024-05-01", "D", id="month"),
        pytest.param("2024", {"death_date_imputation": "last", "death_date_precision": "year"},
                     "2024-12-31", "M", id="year"),
    ],
)  # fmt: skip
def test_a_partial_date_of_death_is_imputed_and_flagged(text, settings, day, flag):
    subjects = {**ADSL, "DTHDTC": [text, None]}
    found = trial.derive(RS, subjects=subjects, settings=settings, parameters=["DEATH", "OS"])
    for table in (found.parameters, found.times):
        row = next(each for each in table.to_arrow().to_pylist() if each["USUBJID"] == "A")
        assert (str(row["ADT"]), row["ADTF"]) == (day, flag)


def test_a_year_is_not_imputed_where_a_month_is_needed():
    responses = {"USUBJID": ["A"], "RSDTC": ["2024"], "RSSTRESC": ["PD"]}
    found = trial.derive(
        responses,
        subjects=ADSL,
        settings={"scan_date_imputation": "last"},
        severity={"partial_date": "take"},
        parameters=["PD"],
    )
    assert found.parameters.to_arrow().column("AVALC").to_pylist() == ["N", "N"]
    assert [each.kind for each in found.problems] == ["partial_date"]


IMPUTED = [
    pytest.param("first", "2024-03-01", 31, id="1 March"),
    pytest.param("middle", "2024-03-15", 31, id="15 March"),
    pytest.param("last", "2024-03-31", 31, id="31 March, the day before the PD of 1 April"),
]


@pytest.mark.parametrize(("rule", "day", "length"), IMPUTED)
def test_a_month_of_new_therapy_is_taken_by_its_setting(rule, day, length):
    """Censored at the last assessment before it, 1 February: 31 days after 1 January."""
    subjects = {**ADSL, "NACTDT": ["2024-03", None]}
    found = trial.derive(
        RS,
        subjects=subjects,
        settings={"subject_date_imputation": rule},
        parameters=["TTNT", "PFS"],
    ).times.to_arrow()
    rows = {row["PARAMCD"]: row for row in found.to_pylist() if row["USUBJID"] == "A"}
    assert str(rows["TTNT"]["ADT"]) == day
    assert (rows["PFS"]["AVAL"], rows["PFS"]["CNSR"]) == (length, 1)
    year = {**ADSL, "NACTDT": ["2024", None]}  # of a year alone no day is taken
    assert len(rejected(RS, year, settings={"subject_date_imputation": rule})) == 1


def test_a_month_of_a_measurement_is_taken_as_that_of_a_response():
    lesions = {
        "USUBJID": ["A", "A"],
        "TRDTC": ["2024-01-01", "2024-02"],
        "TRLNKID": ["T1", "T1"],
        "TRSTRESN": [30.0, 20.0],
        "TRSTRESU": ["mm", "mm"],
    }
    found = trial.derive(
        RS, subjects=ADSL, lesions=lesions, settings={"scan_date_imputation": "last"}
    ).sums.to_arrow()
    assert [str(each) for each in found.column("ADT").to_pylist()] == ["2024-01-01", "2024-02-29"]
    assert found.column("ADTF").to_pylist() == [None, "D"]
