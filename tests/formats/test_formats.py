"""The registry of formats, and the way of a case to each and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.formats.round_trip import (
    CASES,
    ROOT,
    TWO_WAYS,
    endpoints,
    exported,
    imported,
    not_within,
    out_of,
)
from tests.rows import every_row
from timeline.cdisc.cases import import_cases as cases_of_sdtm
from timeline.cli.app import app
from timeline.exchange.entries.left_over import COLUMNS
from timeline.files.loader import load, load_contents
from timeline.formats import FORMATS, export_cases, import_cases
from timeline.formats.transfer import list_path, module_of
from timeline.synthetic import study_datasets

RUN = CliRunner().invoke


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    """Case files of two invented patients, whose dates are days."""
    folder = tmp_path_factory.mktemp("synthetic")
    made, _ = cases_of_sdtm(study_datasets(2, 3))
    for name, text in made.texts.items():
        (folder / f"{name}.yaml").write_text(text)
    return sorted(folder.iterdir())


@every_row("row", FORMATS.values(), ids=lambda row: row.name)
def test_each_row_of_the_registry_has_its_module_and_a_place_in_the_docs(row):
    module = module_of(row)
    assert callable(module.write)
    assert callable(module.read)
    assert module.REASONS.otherwise
    assert row.folder != bool(row.suffixes)
    assert row.days
    assert row.holds
    assert row.lacks
    assert row.source
    page = (ROOT / "docs" / "how-to" / "other-systems.md").read_text(encoding="utf-8")
    assert f"`{row.name}`" in page
    for option in row.options:
        assert f"`{option}`" in page


@pytest.mark.parametrize("name", TWO_WAYS)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_comes_back_whole_with_the_list(tmp_path, path, name):
    own = load_contents(path)[0]
    out = out_of(tmp_path, name)
    found = exported([path], name, out)
    again = imported(out, name)
    assert again.restored == bool(found.list_path)
    (case,) = again.cases.values()
    assert case == own.case
    assert (case.patient, case.lesions, case.settings, case.source) == (
        own.case.patient, own.case.lesions, own.case.settings, own.case.source)  # fmt: skip


@pytest.mark.parametrize("name", [each for each in TWO_WAYS if each != "sdtm"])
def test_patients_whose_dates_are_days_keep_their_endpoints_without_the_list(
    tmp_path, synthetic, name
):
    out = out_of(tmp_path, name)
    exported(synthetic, name, out)
    again = imported(out, name, with_list=False)
    assert len(again.cases) == len(synthetic)
    for path in synthetic:
        own = load(path)[0]
        expected, found = endpoints(own), endpoints(again.cases[own.name])
        assert expected
        assert not_within(own, again.cases[own.name]) == []
        open_ended = "Exposure"  # its bound is a day on the calendar, which a portal has not
        assert {key: days for key, days in found.items() if key[0] != open_ended} == {
            key: days for key, days in expected.items() if key[0] != open_ended}  # fmt: skip


def test_every_value_that_does_not_come_back_is_in_the_list(tmp_path):
    """The claims and the report of a short report are no events: 4 keys, and the report itself."""
    out = tmp_path / "short2024.csv"
    found = exported([CASES[2]], "rows", out)
    assert [(row.event, row.key) for row in found.left_over] == [
        ("", "report"), ("treatment", "printed"), ("scan", "printed"), ("scan", "printed"),
        ("last contact", "printed"),
    ]  # fmt: skip
    lines = list_path(FORMATS["rows"], out).read_text().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == 6
    assert "PFS: 8.4 months" in lines[2]


@every_row(
    ("name", "out", "options", "message"),
    [
        ("row", "a.csv", {}, "unknown format: 'row' (did you mean rows?"),
        ("rows", "a.doc", {}, "is no file with .doc (write .csv or .xlsx or .parquet)"),
        ("rows", "a", {}, "is no file with no suffix"),
        ("rows", "a.csv", {"study": "X"}, "has no option 'study' (it has no options)"),
        ("sdtm", "a", {"studdy": "X"}, "has no option 'studdy' (did you mean study?"),
        ("sdtm", "a", {"line": "one"}, "--option line: not a number: 'one'"),
    ],
)
def test_a_wrong_name_is_refused_with_what_there_is(name, out, options, message):
    with pytest.raises(ValueError) as fault:  # noqa: PT011  (the message is compared)
        export_cases(CASES[:1], name, Path(out), options)
    assert message in str(fault.value)


def test_a_folder_is_asked_for_where_the_format_is_one(tmp_path):
    _, problems = import_cases(CASES[0], "sdtm")
    assert "is a folder (name it)" in str(problems[0])
    _, problems = import_cases(tmp_path / "none", "sdtm")
    assert "no such folder" in str(problems[0])


def test_the_commands_write_read_and_say_what_is_left_over(tmp_path):
    wang, jin = map(str, CASES[:2])
    out = tmp_path / "two.csv"
    made = RUN(app, ["export", wang, jin, "--to", "rows", "-o", str(out)])
    assert made.exit_code == 0, made.output
    assert "2 values that one row an event does not hold as written" in made.output
    again = RUN(app, ["export", wang, "--to", "rows", "-o", str(out)])
    assert again.exit_code == 2
    assert "would be written over" in again.output
    printed = RUN(app, ["import", str(out), "--from", "rows"])
    assert printed.exit_code == 2
    assert "holds 2 cases, which make a folder" in printed.output
    read = RUN(app, ["import", str(out), "--from", "rows", "-o", str(tmp_path / "cases")])
    assert read.exit_code == 0, read.output
    assert load(tmp_path / "cases" / "wang2023.yaml")[0] == load(CASES[0])[0]
    refused = RUN(app, ["import", str(out), "--from", "rows", "--name", "x"])
    assert (refused.exit_code, "of tables without --from" in refused.output) == (2, True)
    refused = RUN(app, ["import", str(out), "--option", "a=b"])
    assert (refused.exit_code, "add --from FORMAT" in refused.output) == (2, True)
    refused = RUN(app, ["export", wang, "--to", "rows", "-o", str(tmp_path / "no" / "a.csv")])
    assert (refused.exit_code, "no folder" in refused.output) == (2, True)
