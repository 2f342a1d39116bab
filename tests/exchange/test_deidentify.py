"""A case without identity: nothing that identifies stays, and every result is the same."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import timeline as tl
from timeline.assessment.remarks import case_remarks
from timeline.cli.app import app
from timeline.exchange.deidentify import deidentify
from timeline.record.identifiers import IDENTIFIERS

CASES = Path(__file__).parents[2] / "cases"

CASE = """
case: miller1958
source: ../seeds/hospital.yaml   # seen by Dr. Miller
patient: {sex: female, age: 93, diagnosis: sarcoma of Mrs Miller, note: born 2 March 1958}
lesions: {T1: {organ: liver near the scar}}
events:
  Case of Mrs Miller, paragraph 1:
    - {diagnosis: 2019-03, what: biopsy at St Elsewhere, id: Elsewhere}
    - {scan: 2019-04-02, baseline: 1, lesions: {T1: 30 mm}, modality: CT, note: MRN 0012345}
    - treatment: "2019-04~/2019-09, before scan 2019-10-05"
      line: 1
      drugs: doxorubicin
      assessed-every: every 8 weeks until 2019-06-30, then every 12 weeks
    - {toxicity: 2019-05, what: nausea, grade: 2, resolved: 2019-08-01}
    - {scan: 2019-07-01, lesions: {T1: 20 mm}, new: none, called: {PR: Miller 2020}}
    - {scan: 2019-10-05, lesions: {T1: 34 mm}, new: {other: node next to the Miller port}}
    - {lab: "2019-10, after Elsewhere", values: {CA 125: 40 U/mL, culture: as told by Miller}}
    - {last contact: 2019-12, what: moved to Millertown}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "miller.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def _results(path):
    derived = tl.derive(tl.load_case(path))
    return [(each.endpoint, each.line, each.criterion, each.event, each.days)
            for each in derived.outcomes]  # fmt: skip


def _copy(found, folder):
    path = folder / "copy.yaml"
    path.write_text(found.text, encoding="utf-8")
    return path


def test_nothing_that_identifies_is_left(file):
    found, problems = deidentify(file)
    assert not problems
    for word in ("iller", "lsewhere", "1958", "2019", "0012345", "scar", "hospital", "93"):
        assert word not in found.text, word
    assert "age: at least 90" in found.text
    assert "modality: CT" in found.text  # the rule on PET reads it
    removed = dict(found.removed)
    assert removed["what"] == 3
    assert removed["new: other"] == 1
    assert removed["values: words"] == 1


def test_the_earliest_day_is_day_0_and_times_stay(file, tmp_path):
    found, _ = deidentify(file)
    # 1 March 2019 is the first possible day; 2 April is 32 days later, 1 July 122, 5 October 218
    # the dates within values: 30 June 2019 is 121 days later, 1 August 153
    days = ("[2000-01-01..2000-01-31]", "2000-02-02", "2000-05-02", "2000-08-06")
    for day in (*days, "until 2000-05-01, then", "resolved: 2000-06-02"):
        assert day in found.text
    assert _results(_copy(found, tmp_path)) == _results(file)


def test_another_anchor_and_a_shift(file):
    by_line, _ = deidentify(file, anchor="line 1")
    assert "treatment: '[2000-01-01.." in by_line.text  # April 2019, a month either way
    shifted, _ = deidentify(file, shift=-10)
    assert "2019-03-23" in shifted.text  # 2 April less 10 days


def test_free_text_stays_only_where_it_is_listed(file):
    found, _ = deidentify(file, keep=["what"])
    assert "biopsy at St Elsewhere" in found.text
    assert "modality" not in found.text
    assert dict(found.kept) == {"what": 3}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep": ["grade of tumour"]}, "holds no free text: 'grade of tumour'"),
        ({"keep": ["id"]}, "holds no free text: 'id'"),
        ({"anchor": "line 7"}, "no such event: 'line 7'"),
        ({"shift": 10**6}, "leaves the years 1850 to 2150"),
    ],
)
def test_what_cannot_be_done_is_refused(file, options, message):
    with pytest.raises(ValueError, match=message):
        deidentify(file, **options)


@functools.cache
def _originals(path):
    return _results(path)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sorted(CASES.glob("*.yaml"))), st.integers(-3000, 3000))
def test_every_endpoint_stays_the_same_for_any_shift(tmp_path_factory, path, shift):
    found, problems = deidentify(path, shift=shift)
    assert not problems
    assert _results(_copy(found, tmp_path_factory.getbasetemp())) == _originals(path)


def test_a_report_is_refused_and_an_input_never_overwritten(file, tmp_path):
    run = CliRunner().invoke
    assert run(app, ["deidentify", str(file), "-o", str(file)]).exit_code == 2
    assert file.read_text(encoding="utf-8") == CASE
    report = tmp_path / "report.yaml"
    report.write_text("source: x\ntitle: y\n")
    assert "is a report, not a case" in run(app, ["deidentify", str(report)]).output
    done = run(app, ["deidentify", str(file), "-o", str(tmp_path / "new.yaml")])
    assert done.exit_code == 0
    assert "Removed: note (2)" in done.output
    assert tl.load_case(tmp_path / "new.yaml")


@pytest.mark.parametrize("row", IDENTIFIERS, ids=lambda row: row.name)
def test_check_warns_of_what_identifies(tmp_path, row):
    path = tmp_path / "case.yaml"
    for text, expected in ((row.example, True), ("resection of the right lung in May 2020", False)):
        path.write_text(f"case: a\nevents:\n- {{surgery: 2020-05, note: '{text}'}}\n")
        remarks = [each.what for each in case_remarks(tl.load_case(path))]
        assert (f"note may hold {row.name} (leave it out)" in remarks) is expected


def test_the_reports_of_the_project_give_no_such_warning():
    for path in CASES.glob("*.yaml"):
        assert not [each for each in case_remarks(tl.load_case(path)) if "may hold" in each.what]
