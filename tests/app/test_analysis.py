"""An analysis is what the commands say of the same file."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest
from typer.testing import CliRunner

from timeline.app import panels
from timeline.app.analysis import analyse
from timeline.app.editor.grid.words import rows_by_verdict, verdicts_of_rows
from timeline.app.live import Live
from timeline.app.parts import Request
from timeline.cli.app import app
from timeline.editing import claim_grid
from timeline.views.audit_view import line_text

ROOT = Path(__file__).parents[2]
CASES = ["cases/wang2023.yaml", "cases/jin2025.yaml", "seeds/wang2023.yaml", "seeds/liu2025.yaml"]


def of(name):
    path = ROOT / name
    return analyse(path.read_text(), path)


def printed(*words):
    done = CliRunner().invoke(app, list(map(str, words)), env={"COLUMNS": "1000"})
    return " ".join(done.output.split())


@pytest.mark.parametrize("name", CASES)
def test_the_audit_is_that_of_the_command(name):
    from timeline.auditing.finding_lines import finding_lines
    from timeline.views.case_report import load_all

    (report,), _ = load_all([ROOT / name])
    expected = [(each.rule, line_text(each)) for each in finding_lines(report.audit())]
    found = of(name)
    shown = [
        (e.rule, f"{e.conclusion}{' (note)' if e.severity == 'note' else ''}: {e.text}")
        for e in found.findings
    ]
    assert shown == expected
    assert found.audit.summary.partition(": ")[2] in printed("audit", ROOT / name)


def test_the_tables_are_those_of_show():
    found = of(CASES[1])
    shown = json.loads(CliRunner().invoke(app, ["show", str(ROOT / CASES[1]), "--json"]).output)
    events = [(each["kind"], each["place"]) for each in shown["events"]]
    assert [(e.kind.removesuffix(" (planned)"), e.place) for e in found.events] == events
    named = {each.name for each in found.endpoints if each.name and "origin" not in each.name}
    titles = [each.name.strip() for each in found.record.endpoints if each.name]
    assert [each.name for each in found.record.derivations] == titles
    assert any("other origin" in each for each in titles)
    assert named == {each["name"] for each in shown["outcomes"] if each["main"]}
    days = [each["days"] for each in shown["outcomes"] if each["main"] and each["days"]]
    values = " ".join(each.value for each in found.endpoints)
    ends = {str(each["high"]) for each in days if each["high"] is not None}
    assert ends
    assert [end for end in ends if end not in values] == []


def test_a_text_that_is_not_saved_is_analysed_in_its_place():
    path = ROOT / CASES[0]
    text = path.read_text().replace("anlotinib 12 mg", "anlotinib 77 mg")
    found = analyse(text, path)
    assert not found.problems
    assert "77 mg" in found.figure_svg
    assert len(found.findings) > 20  # of its partner, beside the file


def test_problems_are_those_of_check_each_with_its_line(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text("case: x\nevents:\n  - {scan: 2021-13, target: grwn}\n  - {death: soon}\n")
    found = analyse(path.read_text(), path)
    output = CliRunner().invoke(app, ["check", str(path)]).output
    assert [str(each) for each in found.problems] == [
        line for line in output.splitlines() if line.startswith(str(path))
    ]
    first = found.record.faults[0]
    assert (first.line, first.text) == (3, "  - {scan: 2021-13, target: grwn}")
    assert (found.figure_svg, found.events, found.findings) == ("", (), ())


def test_a_figure_that_cannot_be_drawn_leaves_the_rest():
    path = ROOT / CASES[0]
    found = analyse(path.read_text(), path, figure="spider")
    assert "no measured targets" in found.figure.fault
    assert found.events
    assert found.findings


def test_a_fault_of_the_program_is_told_in_the_part_alone(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("renderers.backends.screen.screen_svg", broken)
    found = of(CASES[1])
    assert found.figure.fault.startswith("internal fault: ZeroDivisionError: a bug")
    assert found.events


def test_problems_of_the_partner_are_named_with_its_lines(tmp_path):
    (tmp_path / "report.yaml").write_text("source: x\ncase: case.yaml\nclaims:\n  - {PFS: soon}\n")
    path = tmp_path / "case.yaml"
    text = "case: x\nsource: report.yaml\nevents:\n  - {diagnosis: 2021-03}\n"
    path.write_text(text)
    (fault, *_) = analyse(text, path).record.faults
    assert (fault.file, fault.is_here, fault.text) == ("report.yaml", False, "  - {PFS: soon}")


def test_the_palette_of_the_folder_is_used(tmp_path):
    text = (ROOT / CASES[1]).read_text().replace("source:", "# source:")
    (tmp_path / "palette.yaml").write_text('anlotinib: "#123456"\n')
    assert "#123456" in analyse(text, tmp_path / "case.yaml").figure_svg


def test_an_analysis_can_be_passed_between_processes():
    found = of(CASES[1])
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
    assert Request(text="x", path=Path("x.yaml")).figure == "timeline"


TWO_CLAIMS = """\
case: smith
report: {title: A report}
patient: {sex: female, age: 61}
events:
  - {diagnosis: 2021-03}
  - {treatment: 2021-04-12/2021-09-16, line: 1, drugs: doxorubicin}
  - {scan: 2021-09-16, target: PD}
  - {death: 2022-05-20}
claims:
  - {PFS: 5.2 months, line: 1, place: Text}
  - {PFS: 9.9 months, line: 1, place: Abstract}
"""


def test_each_claim_has_its_verdict_at_its_row_and_leads_to_its_finding(tmp_path):
    # 12 April to 16 September: 18 + 31 + 30 + 31 + 31 + 16 = 157 days, 5.16 months: not 9.9
    file = tmp_path / "smith.yaml"
    found = analyse(TWO_CLAIMS, file)
    assert not found.problems, [str(each) for each in found.problems]
    live = Live().submitted(1).received(1, found.record).received(1, found.figure)
    grid = claim_grid(TWO_CLAIMS)
    assert verdicts_of_rows(grid, file, live) == {}, "the audit is still to come"
    rows = verdicts_of_rows(grid, file, live.received(1, found.audit))
    assert (rows[0]["conclusion"], rows[1]["conclusion"]) == ("agrees", "contradicted")
    shown = rows_by_verdict(grid, rows)
    assert "<summary>contradicted (" in shown
    assert 'data-row="1" data-key="value">row 2</a>' in shown.partition("<summary>agrees")[0]
    assert rows_by_verdict(grid, {}) == ""
    finding = found.findings[rows[1]["finding"]]
    assert (finding.number, finding.conclusion) == (rows[1]["finding"], "contradicted")
    # from the treatment to the scan, on lines 6 and 7 of the file
    assert [(e.words, e.line) for e in finding.events] == [
        ("treatment 2021-04-12", 6), ("scan 2021-09-16", 7)
    ]  # fmt: skip
    assert found.audit.rules[finding.rule].source
    assert f'id="finding-{finding.number}"' in panels.audit(live.received(1, found.audit))


WITHOUT_BASELINE = """\
case: smith
report: {title: A report}
events:
  - {diagnosis: 2021-03}
  - {treatment: 2021-04-12/2022-02, line: 1, drugs: doxorubicin}
  - {scan: 2021-07, sum: 60 mm, called: PR}
  - {scan: 2022-04, sum: 60 mm, called: PD}
  - {death: 2022-09-20}
claims:
  - {PFS: 12 months, line: 1}
  - {PFS: 12 months, line: 2}
  - {OS: 18 months}
  - {count: 6, about: cycles, line: 1}
"""


@pytest.fixture(scope="module")
def without_baseline():
    found = analyse(WITHOUT_BASELINE, Path("smith.yaml"))
    assert not found.problems, [str(each) for each in found.problems]
    live = Live().submitted(1)
    for part in (found.record, found.figure, found.audit):
        live = live.received(1, part)
    return found, live


def test_what_an_endpoint_lacks_stands_beside_it_with_the_setting_of_its_reason(without_baseline):
    found, live = without_baseline
    by_name = {each.name: each for each in found.endpoints}
    policy, missing = by_name["PFS line 1"].notes
    # 12 April 2021 to 20 September 2022, the death: 526 days; to 1 to 30 April: 354 to 383
    assert by_name["PFS line 1"].value.startswith("526 days")
    named = "FDA table A, fda_a (setting pfs_policy): documented progression"
    assert policy.description.startswith(named)
    assert "with fda_c event, 354 to 383 days" in policy.description
    assert policy.source.startswith("FDA 2018")
    assert "write baseline: 1 on it" in missing.description
    assert by_name["OS"].notes == by_name["OS line 1"].notes == ()  # they rest on no scan
    shown = panels.endpoints(live)
    assert shown.index("with fda_c event") < shown.index("OS line 1")  # in the row of PFS


def test_what_is_possible_or_not_checkable_has_its_reason_and_leads_to_it(without_baseline):
    found, live = without_baseline
    entries = [*found.findings, *found.audit.reasons]
    assert [each.number for each in entries] == [*range(len(entries))]
    rows = verdicts_of_rows(claim_grid(WITHOUT_BASELINE), Path("smith.yaml").resolve(), live)
    told = {
        number: (each["conclusion"], entries[each["finding"]].text) for number, each in rows.items()
    }
    assert told[1][0] == told[3][0] == "not checkable"
    assert "lines on record: 1; write line: 2 on its treatment" in told[1][1]
    assert "write cycle: on it" in told[3][1]
    assert told[2][0] == "possible"
    assert "from diagnosis (2021-03) to death" in told[2][1]
    shown = panels.audit(live)
    for each in rows.values():
        assert shown.count(f'id="finding-{each["finding"]}"') == 1
