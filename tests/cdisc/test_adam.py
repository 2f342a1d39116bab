"""ADaM from SDTM: against what an R peer derives of the pilot study, and by hand."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.cdisc import DATASETS, Dataset, read_dataset, read_folder
from timeline.cdisc.adam import derive_adam
from timeline.cdisc.adam.analysis import DEFINITIONS
from timeline.cli.app import app
from timeline.synthetic import study_datasets
from timeline.trial import InvalidTables

PILOT = Path(__file__).parents[1] / "data" / "cdisc"
SUBJECT = "01-701-1130"


def _rows(name):
    with (PILOT / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def _text(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


@pytest.fixture(scope="module")
def pilot():
    datasets = read_folder(PILOT / "sdtm")
    return derive_adam(datasets, "admiral", evaluator="INVESTIGATOR").datasets


def test_pfs_of_the_pilot_is_that_of_the_peer(pilot):
    own = {row["USUBJID"]: row for row in pilot["ADTTE"].rows() if row["PARAMCD"] == "PFS"}
    expected = _rows("adtte_recist8")
    assert len(expected) == len(own) == 39
    names = ("STARTDT", "ADT", "AVAL", "CNSR", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCVAR", "SRCSEQ")
    for row in expected:
        assert [_text(own[row["USUBJID"]][name]) for name in names] == [row[name] for name in names]


def test_the_responses_of_the_pilot_are_those_of_the_peer(pilot):
    own = [row for row in pilot["ADRS"].rows() if row["USUBJID"] == SUBJECT]
    found = {(row["PARAMCD"], _text(row["ADT"])): row for row in own}
    for row in _rows("adrs_recist8"):
        mine = found[row["PARAMCD"], row["ADT"]]
        assert [_text(mine[name]) for name in ("AVALC", "VISITNUM", "ANL01FL")] == [
            row["AVALC"], row["VISITNUM"], row["ANL01FL"]]  # fmt: skip
        if row["RSSEQ"]:
            assert (mine["SRCDOM"], _text(mine["SRCSEQ"])) == ("RS", row["RSSEQ"])


def test_the_sizes_of_the_pilot_are_those_of_the_peer(pilot):
    """Lesions 1 and 2 by the longest diameter, the sum with the short axis of the node."""
    own = {(row["PARAMCD"], _text(row["ADT"])): row for row in pilot["ADTR"].rows()}
    compared = 0
    for row in _rows("adtr_recist8"):
        if row["PARAMCD"] not in ("LDIAM1", "LDIAM2", "SDIAM"):
            continue
        mine = own[row["PARAMCD"], row["ADT"]]
        names = ("AVAL", "ADY") if row["PARAMCD"] != "SDIAM" else (
            "AVAL", "BASE", "NADIR", "CHG", "PCHG", "CHGNAD", "PCHGNAD", "ADY")  # fmt: skip
        for name in names:
            assert mine[name] == (pytest.approx(float(row[name])) if row[name] else None), name
        compared += 1
    assert compared == 12


DM = {"STUDYID": "S", "DOMAIN": "DM", "USUBJID": "1", "SUBJID": "1", "SITEID": "1", "SEX": "F",
      "AGE": 60, "AGEU": "YEARS", "ARM": "A", "ACTARM": "B"}  # fmt: skip


def _adsl(**rows):
    """The record of ADSL of one subject; records of each dataset by its name."""
    own = {"DM": [{**DM, **rows.pop("DM", {})}], "RS": [
        {"USUBJID": "1", "RSSEQ": 1, "RSTESTCD": "OVRLRESP", "RSSTRESC": "SD",
         "RSDTC": "2021-04-01"}]}  # fmt: skip
    randomised = {"USUBJID": "1", "DSDECOD": "RANDOMIZED", "DSCAT": "PROTOCOL MILESTONE",
                  "DSSTDTC": "2021-02-10"}  # fmt: skip
    rows = {**own, **rows}
    rows["DS"] = [randomised, *rows.get("DS", [])]
    datasets = {
        name: Dataset.of(name, [{"USUBJID": "1", **row} for row in each])
        for name, each in rows.items()
    }
    (found,) = derive_adam(datasets, "admiral").datasets["ADSL"].rows()
    return found


def _days(found, *names):
    return [_text(found[name]) for name in names]


def test_adsl_copies_and_derives():
    found = _adsl(
        DM={"DTHDTC": "2022-01-09", "DTHFL": "Y"},
        EX=[{"EXSTDTC": "2021-02-12", "EXENDTC": "2021-03-31"},
            {"EXSTDTC": "2021-04-01", "EXENDTC": "2021-06-20"}],
        DS=[{"DSDECOD": "PROGRESSIVE DISEASE", "DSCAT": "DISPOSITION EVENT",
             "DSSCAT": "STUDY TREATMENT", "DSSTDTC": "2021-06-20"},
            {"DSDECOD": "DEATH", "DSCAT": "DISPOSITION EVENT", "DSSCAT": "STUDY PARTICIPATION",
             "DSSTDTC": "2022-01-09"}],
        CM=[{"CMCAT": "PRIOR ANTI-CANCER THERAPY", "CMSTDTC": "2020-01-01"},
            {"CMCAT": "CONCOMITANT MEDICATION", "CMSTDTC": "2021-03-01"},
            {"CMCAT": "SUBSEQUENT ANTI-CANCER THERAPY", "CMSTDTC": "2021-07-05"}],
        AE=[{"AESTDTC": "2021-07-30", "AEENDTC": "2022-03-01"}],
    )  # fmt: skip
    assert (found["TRT01P"], found["TRT01A"]) == ("A", "B")
    assert _days(found, "RANDDT", "TRTSDT", "TRTEDT") == ["2021-02-10", "2021-02-12", "2021-06-20"]
    assert _days(found, "NACTDT", "EOSDT", "DTHDT") == ["2021-07-05", "2022-01-09", "2022-01-09"]
    assert found["TRTDURD"] == 129  # 12 February to 20 June: 17 + 31 + 30 + 31 + 20
    assert (found["EOTSTT"], found["DCTREAS"]) == ("DISCONTINUED", "PROGRESSIVE DISEASE")
    assert (found["EOSSTT"], found["DCSREAS"]) == ("DISCONTINUED", "DEATH")
    assert [found[name] for name in ("RANDFL", "ITTFL", "SAFFL", "DTHFL")] == ["Y"] * 4
    assert found["LSTALVDT"].isoformat() == "2021-07-30"  # no date after death shows life


@pytest.mark.parametrize(
    ("rows", "name", "day", "flag"),
    [
        ({"EX": [{"EXSTDTC": "2021-03"}]}, "TRTSDT", "2021-03-01", "D"),
        ({"EX": [{"EXSTDTC": "2021-02"}]}, "TRTSDT", "2021-02-10", "D"),  # not before RANDDT
        ({"EX": [{"EXSTDTC": "2021"}]}, "TRTSDT", "2021-02-10", "M"),
        ({"EX": [{"EXSTDTC": "2021-02-12", "EXENDTC": "2021-04"}]}, "TRTEDT", "2021-04-30", "D"),
        ({"EX": [{"EXSTDTC": "2021-02-12", "EXENDTC": "2021-04"}],
          "DM": {"DTHDTC": "2021-04-09"}}, "TRTEDT", "2021-04-09", "D"),  # not after death
        ({"EX": [{"EXSTDTC": "2021-02-12", "EXENDTC": "2021-04-01"},
                 {"EXSTDTC": "2021-04-02"}]}, "TRTEDT", "", None),  # it goes on
        ({"CM": [{"CMCAT": "SUBSEQUENT ANTI-CANCER THERAPY", "CMSTDTC": "2021-07"}]},
         "NACTDT", "2021-07-01", "D"),
        ({"DM": {"DTHDTC": "2021-07"}}, "DTHDT", "2021-07-01", "D"),
        ({"DM": {"RFXSTDTC": "2021-02-11"}}, "TRTSDT", "2021-02-11", None),
    ],
)  # fmt: skip
def test_a_partial_date_is_imputed_by_its_rule_and_flagged(rows, name, day, flag):
    found = _adsl(**rows)
    assert _text(found.get(name)) == day
    assert found.get(f"{name}F") == flag


def test_a_subject_who_was_never_treated():
    found = _adsl()
    assert found["SAFFL"] == "N"
    assert found.get("EOTSTT") is None
    assert found["EOSSTT"] == "ONGOING"


def test_every_variable_and_parameter_has_its_rule_and_source():
    found = derive_adam(study_datasets(15), "admiral")
    rows = [dict(zip(DEFINITIONS, row, strict=True)) for row in found.definitions]
    named = {(row["DATASET"], row["VARIABLE"]) for row in rows if not row["WHERE"]}
    for name, dataset in found.datasets.items():
        assert {(name, each) for each in dataset.names} <= named
        assert all(DATASETS[name].variable(each) for each in dataset.names)
    assert all(row["DERIVATION"] and row["SOURCE"] and row["LABEL"] for row in rows)
    assert all(row["ORIGIN"] in ("Predecessor", "Derived", "Assigned") for row in rows)
    where = {row["WHERE"] for row in rows if row["DATASET"] == "ADTTE" and row["WHERE"]}
    assert {"PARAMCD = PFS", "PARAMCD = OS"} <= where


def test_the_times_of_the_made_up_study_follow_from_its_course():
    """PFS of the default course: the first PD or death, both days counted, by plain reading."""
    sdtm = study_datasets(60)
    found = derive_adam(sdtm, "admiral").datasets
    randomised = {row["USUBJID"]: row["DSSTDTC"] for row in sdtm["DS"].rows()
                  if row["DSDECOD"] == "RANDOMIZED"}  # fmt: skip
    progressed = {}
    for row in sdtm["RS"].rows():
        if row["RSTESTCD"] == "OVRLRESP" and row["RSSTRESC"] == "PD" and len(row["RSDTC"]) == 10:
            progressed.setdefault(row["USUBJID"], row["RSDTC"])
    compared = 0
    for row in found["ADTTE"].rows():
        if row["PARAMCD"] == "PFS" and row["USUBJID"] in progressed:
            ends = [datetime.date.fromisoformat(each[row["USUBJID"]])
                    for each in (randomised, progressed)]  # fmt: skip
            assert (row["CNSR"], row["AVAL"]) == (0, (ends[1] - ends[0]).days + 1)
            compared += 1
    assert compared > 30


def test_the_times_of_the_made_up_study_follow_from_its_lesions_too():
    """RS of that study has what its generator made of TR, so that either gives the same times.

    Its target responses are those of the sums alone: a confirmed PR does not stay PR.
    """
    sdtm = study_datasets(40)
    collected = derive_adam(sdtm, "admiral").datasets["ADTTE"]
    settings = {"preset": "admiral", "response_from": "lesions", "pr_persistence": "off"}
    found = derive_adam(sdtm, settings)
    assert list(found.datasets["ADTTE"].rows()) == list(collected.rows())
    assert {row.get("SRCDOM") for row in found.datasets["ADRS"].rows()} <= {None, "ADSL"}
    assert not [each for each in found.problems if each.kind == "different_response"]
    months = [row for row in found.datasets["ADTR"].rows() if row["ADTF"]]
    assert all(row["ADT"] is not None for row in months)  # imputed as those of RS


def test_a_fault_of_rs_is_named_with_its_record():
    sdtm = study_datasets(15)
    with pytest.raises(InvalidTables) as raised:
        derive_adam(sdtm)  # partial dates of scans are refused unless a setting decides
    partial = [n for n, row in enumerate(sdtm["RS"].rows(), start=1)
               if len(row["RSDTC"]) == 7 and row["RSTESTCD"] == "OVRLRESP"]  # fmt: skip
    assert f"rows {', '.join(map(str, partial))}, column RSDTC" in str(raised.value)


def test_several_evaluators_and_a_missing_dataset_are_refused():
    datasets = read_folder(PILOT / "sdtm")
    with pytest.raises(ValueError, match="several evaluators: INDEPENDENT ASSESSOR, INVESTIGATOR"):
        derive_adam(datasets, "admiral")
    with pytest.raises(ValueError, match="no record of 'SPONSOR'"):
        derive_adam(datasets, "admiral", evaluator="SPONSOR")
    with pytest.raises(ValueError, match="no DM and no RS"):
        derive_adam({})


def test_the_command_writes_what_the_function_gives(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["adam", str(PILOT / "sdtm"), "--preset", "admiral", "-o", "out", "--format", "xpt"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "several evaluators" in done.output
    assert not Path("out").exists()
    done = CliRunner().invoke(app, [*words, "--evaluator", "INVESTIGATOR"])
    assert done.exit_code == 0
    assert "ADTTE 234" in done.output
    names = ["adrs.xpt", "adsl.xpt", "adtr.xpt", "adtte.xpt", "definitions.csv"]
    assert sorted(each.name for each in Path("out").iterdir()) == names
    own = derive_adam(read_folder(PILOT / "sdtm"), "admiral", evaluator="INVESTIGATOR").datasets
    for name, dataset in own.items():
        assert read_dataset(Path("out", f"{name.lower()}.xpt")) == dataset
    done = CliRunner().invoke(app, ["adam", str(PILOT / "sdtm"), "-o", "two", "--set", "origin=x",
                                    "--evaluator", "INVESTIGATOR"])  # fmt: skip
    assert done.exit_code == 2
    assert not Path("two").exists()
