"""Each check of CDISC datasets finds its fault, and is silent where there is none."""

from __future__ import annotations

import json
from pathlib import Path

import attrs
import pytest
from typer.testing import CliRunner

from tests.rows import every_row
from timeline.cdisc import Dataset, Variable, read_folder, write_dataset
from timeline.cdisc.adam import derive_adam
from timeline.cdisc.checks import CHECKS, Severity, check_datasets
from timeline.cli.app import app
from timeline.synthetic import study_datasets

PILOT = Path(__file__).parents[1] / "data" / "cdisc"


@pytest.fixture(scope="module")
def study():
    sdtm = study_datasets(15)
    return {**sdtm, **derive_adam(sdtm, "admiral").datasets}


def _with(dataset, record=0, **values):
    """A dataset in which some values of a record are others."""
    changed = dict(dataset.values)
    for name, value in values.items():
        column = list(changed[name])
        column[record] = value
        changed[name] = tuple(column)
    return attrs.evolve(dataset, values=changed)


def _added(dataset, name, value, label=""):
    """A dataset with one more variable."""
    more = Variable(dataset=dataset.name, name=name, label=label)
    values = {**dataset.values, name: (value,) * len(dataset)}
    return attrs.evolve(dataset, variables=(*dataset.variables, more), values=values)


def _without(dataset, name):
    kept = tuple(each for each in dataset.variables if each.name != name)
    values = {key: column for key, column in dataset.values.items() if key != name}
    return attrs.evolve(dataset, variables=kept, values=values)


def _first(dataset, **where):
    """The number of the first record with some values."""
    for number, row in enumerate(dataset.rows()):
        if all(row[name] == value for name, value in where.items()):
            return number
    raise AssertionError(where)


def _overall(rs):
    return _first(rs, RSTESTCD="OVRLRESP")


def _twice(dataset, number):
    values = {name: (*column, column[number]) for name, column in dataset.values.items()}
    return attrs.evolve(dataset, values=values)


FAULTS = {  # of each check a study in which one thing is wrong, and what the message says
    "C01": (lambda s: {"AE": _added(s["AE"], "AETERMLONG", "x")}, "the name 'AETERMLONG'"),
    "C02": (lambda s: {"AE": _added(s["AE"], "AEX", "x", "y" * 41)}, "a label of 41 characters"),
    "C03": (lambda s: {"AE": _with(s["AE"], AETERM="x" * 201)}, "AETERM: 201 bytes"),
    "C04": (lambda s: {"AE": _with(s["AE"], AETERM="Übelkeit")}, "the character 'Ü'"),
    "C05": (lambda s: {"RS": _without(s["RS"], "RSTEST")}, "without RSTEST, Assessment Name"),
    "C06": (lambda s: {"RS": _without(s["RS"], "RSCAT")}, "without RSCAT"),
    "C07": (lambda s: {"DM": _with(s["DM"], COUNTRY=None)}, "COUNTRY: no value"),
    "C08": (lambda s: {"RS": _with(s["RS"], DOMAIN="TR")}, "DOMAIN 'TR' (write RS)"),
    "C09": (lambda s: {"RS": _with(s["RS"], 1, RSSEQ=1)}, "RSSEQ 1 of SYNTHETIC-0000001 again"),
    "C10": (lambda s: {"DM": _twice(s["DM"], 0)}, "the subject 'SYNTHETIC-0000001' twice"),
    "C11": (lambda s: {"AE": _with(s["AE"], USUBJID="x")}, "the subject 'x' is not in DM"),
    "C12": (lambda s: {"AE": _with(s["AE"], STUDYID="x")}, "STUDYID 'x', and 'SYNTHETIC' in DM"),
    "C13": (lambda s: {"DM": _with(s["DM"], SEX="male")}, "SEX 'male' (write one of: F, "),
    "C14": (lambda s: {"RS": _with(s["RS"], RSDTC="15MAR2021")}, "not a date by ISO 8601"),
    "C15": (lambda s: {"EX": _with(s["EX"], EXENDTC="2019")}, "EXENDTC 2019 lies before EXSTDTC"),
    "C16": (lambda s: {"RS": _with(s["RS"], RSDY=41)},
            "RSDY is 41 where RSDTC is 2021-04-11 (write 42)"),
    "C17": (lambda s: {"RS": _with(s["RS"], EPOCH=None)}, "EPOCH: no value"),
    "C18": (lambda s: {"DM": _with(s["DM"], DTHDTC="2021-04-01")}, "lies after death, 2021-04-01"),
    "C19": (lambda s: {"DM": _with(s["DM"], DTHFL=None)}, "DTHFL is not Y where DTHDTC is"),
    "C20": (lambda s: {"DM": _with(s["DM"], RFXSTDTC="2021-03-02")},
            "the first EXSTDTC 2021-03-01"),
    "C21": (lambda s: {"TR": _with(s["TR"], TRLNKID="T99")}, "TRLNKID 'T99' of SYNTHETIC-0000001"),
    "C22": (lambda s: {"TR": _with(s["TR"], TRSTRESU=None)}, "TRSTRESN 40 without a unit"),
    "C23": (lambda s: {"TR": _with(s["TR"], TRSTRESC="4.0")},
            "TRSTRESC '4.0' and TRSTRESN 40 differ"),
    "C24": (lambda s: {"RS": _with(s["RS"], _overall(s["RS"]), RSSTRESC="CHECK")},
            "OVRLRESP 'CHECK'"),
    "C25": (lambda s: {"RS": _twice(s["RS"], _overall(s["RS"]))}, "a second OVRLRESP of one visit"),
    "C26": (lambda s: {"ADTTE": _with(s["ADTTE"], PARAM="Other")}, "PARAMCD '"),
    "C27": (lambda s: {"ADTTE": _with(s["ADTTE"], EVNTDESC=None)}, "EVNTDESC: no value"),
    "C28": (lambda s: {"ADTTE": _with(s["ADTTE"], AVAL=5)}, "AVAL 5, and 128 days from STARTDT"),
    "C29": (lambda s: {"ADRS": _with(s["ADRS"], ADTF="D", ADT=None)}, "ADTF 'D' without ADT"),
    "C30": (lambda s: {"ADTTE": _with(s["ADTTE"], SRCSEQ=99)},
            "SRCSEQ 99: ADRS has no such record"),
}  # fmt: skip
MORE = [  # other faults of some checks
    ("C09", lambda s: {"ADRS": _with(s["ADRS"], 1, ASEQ=1)}, "ASEQ 1"),
    ("C13", lambda s: {"AE": _with(s["AE"], AEOUT="RESOLVED")}, "AEOUT 'RESOLVED'"),
    ("C16", lambda s: {"EX": _without(s["EX"], "EXSTDY")}, "EXSTDY is missing"),
    ("C17", lambda s: {"RS": _without(s["RS"], "EPOCH")}, "without EPOCH (add it)"),
    ("C20", lambda s: {"EX": None}, "there is no EX (add it)"),
    ("C21", lambda s: {"TU": None}, "TRLNKID without TU"),
    ("C27", lambda s: {"ADTTE": _with(s["ADTTE"], _first(s["ADTTE"], CNSR=0), CNSDTDSC="x")},
     "CNSDTDSC 'x' of an event"),
    ("C27", lambda s: {"ADTTE": _with(s["ADTTE"], CNSR=0.5)}, "CNSR 0.5"),
    ("C28", lambda s: {"ADTTE": _with(s["ADTTE"], 1, AVAL=s["ADTTE"].column("AVAL")[1] - 1)},
     "count all alike"),
]  # fmt: skip


def _found(study, change, code):
    changed = {name: each for name, each in {**study, **change(study)}.items() if each is not None}
    return [each for each in check_datasets(changed) if each.check.code == code]


def _called(word, category):
    return lambda s: {"RS": _with(s["RS"], _overall(s["RS"]), RSSTRESC=word, RSCAT=category)}


# what each criterion calls a response: its own publication (timeline.terminology.criteria)
TERMS = (
    ("WHO", "NC", ""),  # no change; Miller 1981
    ("WHO", "SD", "OVRLRESP 'SD' by WHO 1979 (write one of: CR, PR, NC"),
    ("RECIST 1.0", "SD", ""),
    ("irRC", "irPR", ""),  # Wolchok 2009
    ("irRC", "iPR", "OVRLRESP 'iPR' by irRC"),
    ("imRECIST", "imPD", ""),
    ("IRECIST", "iUPD", ""),
    ("RECIST 1.1", "iUPD", "OVRLRESP 'iUPD' by RECIST 1.1"),
    ("LUGANO 2014", "CMR", ""),  # its terms are not held: nothing is said
    ("PROTOCOL", "imSD", ""),  # names no criterion: any term
    ("PROTOCOL", "GOOD", "OVRLRESP 'GOOD' (write one of: CR"),
)


@every_row(("category", "word", "what"), TERMS)
def test_terms_of_each_criterion(category, word, what, study):
    found = _found(study, _called(word, category), "C24")
    assert [what in str(each) for each in found] == [True] * bool(what), list(map(str, found))


def test_a_clean_study_has_no_finding(study):
    assert [str(each) for each in check_datasets(study)] == []


def test_every_check_is_tested_and_has_its_source():
    assert list(FAULTS) == [each.code for each in CHECKS]
    assert len(CHECKS) == 30
    assert all(each.source and each.description.endswith(".") for each in CHECKS)


@pytest.mark.parametrize(
    ("code", "change", "message"), [*((code, *row) for code, row in FAULTS.items()), *MORE]
)
def test_a_check_finds_its_fault(study, code, change, message):
    found = _found(study, change, code)
    assert found
    assert message in found[0].what
    assert str(found[0]).endswith(f"[{code}]")


def test_the_findings_on_the_pilot_are_those_of_the_rules_engine_of_cdisc():
    """CORE on RS, TU and TR of the same source: no --DY though --DTC is there, no EPOCH."""
    found = check_datasets(read_folder(PILOT / "sdtm"))
    seen = {(each.check.code, each.where.file[-6:]) for each in found}
    assert {("C16", "rs.csv"), ("C16", "tr.csv"), ("C17", "rs.csv"), ("C17", "tr.csv")} <= seen
    codes = {each.check.code for each in found if each.check.severity is Severity.ERROR}
    assert codes == {"C05", "C16"}  # all else holds: keys, links, terms, dates


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(app, ["check", *words])


def test_the_command_checks_a_folder(run, study):
    Path("clean").mkdir()
    for name, dataset in study.items():
        write_dataset(dataset, f"clean/{name.lower()}.csv")
    done = run("clean")
    assert done.exit_code == 0
    assert "clean: 12 datasets, " in done.output
    assert "30 checks\n0 errors, 0 warnings" in done.output
    write_dataset(_without(study["RS"], "EPOCH"), "clean/rs.csv")
    done = run("clean")  # a warning alone
    assert done.exit_code == 0
    assert "clean/rs.csv: warning: without EPOCH (add it) [C17]" in done.output
    write_dataset(Dataset.of("RS", [{**row, "RSDY": 1} for row in study["RS"].rows()]),
                  "clean/rs.csv")  # fmt: skip
    done = run("clean")
    assert done.exit_code == 2
    assert "clean/rs.csv:2:" in done.output  # the line of the file
    assert done.output.count("[C16]") == 4  # three, and the number of the others
    found = json.loads(run("clean", "--json").output)
    assert {each["check"] for each in found} == {"C16"}
    assert found[0]["source"]


def test_what_is_no_folder_of_datasets_is_said(run, study):
    Path("cases").mkdir()
    Path("cases/a.yaml").write_text("case: a\n")
    assert "holds case files (write cases/*.yaml)" in run("cases").output
    Path("none").mkdir()
    assert "no dataset" in run("none").output
    assert "folders of datasets stand alone" in run("none", "--fix").output
    assert "folders of datasets stand alone" in run("none", "cases/a.yaml").output
