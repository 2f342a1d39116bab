"""Printed numbers of a study against its patients: each with the definition that gives it.

The patients are the 42 children of Freireich 1963 (Blood 21:699), weeks in remission, as months of
the same number here. Their numbers are those of textbooks and of R: log-rank chi-squared 16.79
(Kleinbaum and Klein), the median of 6-MP 23 and of placebo 8, by Efron 4.82 (2.15 to 10.8) and by
Breslow 4.52 (2.03 to 10.1) as R coxph gives them; Kaplan-Meier of 6-MP at 10 is 0.753 (18/21 x
16/17 x 14/15 = 0.753), with limits 58.6 to 96.8 on R's log scale.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import timeline as tl
from tests.rows import every_row
from timeline.cli.app import app
from timeline.study.printed.claims import PrintedClaims

ROOT = Path(__file__).parents[2]
DAYS = 30.4375
# who responded: of 21 on 6-MP 12 CR and 3 PR, of which the first 10 are confirmed
BEST = ["CR"] * 12 + ["PR"] * 3 + ["SD"] * 6


def records():
    """ADSL, ADRS and ADTTE of the children; one of them was never treated and has no time."""
    with (ROOT / "docs" / "examples" / "remission.csv").open(encoding="utf-8") as file:
        children = list(csv.DictReader(file))
    subjects, times, responses, seen = [], [], [], {}
    for number, row in enumerate(children):
        own = {"STUDYID": "F", "USUBJID": f"F-{number:02d}"}
        place = seen[row["arm"]] = seen.get(row["arm"], -1) + 1
        subjects.append({**own, "SEX": "FM"[place % 2], "AGE": 5 + place, "TRT01P": row["arm"],
                         "SAFFL": "Y"})  # fmt: skip
        weeks = float(row["weeks"]) * DAYS
        times += [{**own, "PARAMCD": code, "AVAL": weeks, "AVALU": "DAYS",
                   "CNSR": 1 - int(row["relapse"])} for code in ("PFS", "OS")]  # fmt: skip
        best = BEST[place] if row["arm"] == "6-MP" else "PD"
        sure = best if place < 10 or best in ("SD", "PD") else "SD"
        responses += [{**own, "PARAMCD": "BOR", "AVALC": best, "ANL01FL": "Y"},
                      {**own, "PARAMCD": "CBOR", "AVALC": sure, "ANL01FL": "Y"}]  # fmt: skip
    subjects.append({"STUDYID": "F", "USUBJID": "F-99", "SEX": "F", "AGE": 30, "TRT01P": "6-MP",
                     "SAFFL": "N"})  # fmt: skip
    return {"ADSL": subjects, "ADRS": responses, "ADTTE": times}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from timeline.cdisc import write_dataset

    folder = tmp_path_factory.mktemp("freireich") / "adam"
    folder.mkdir()
    for name, rows in records().items():
        write_dataset(rows, folder / f"{name.lower()}.csv", name)
    return folder


@pytest.fixture(scope="module")
def patients(folder):
    return PrintedClaims.of(tl.Cohort.of(folder, name="f"), compare="arm")


def claim_of(tmp_path, text):
    path = tmp_path / "r.yaml"
    path.write_text(f"source: r\nclaims:\n  Abstract:\n    - {{{text}}}\n", encoding="utf-8")
    (claim,) = tl.load_report(path).claims
    return claim


# the claim; the verdict; words of what explains it, or of what the patients give
ROWS = (
    ("HR: 4.82, about: PFS, ci: 2.15 to 10.8", "agrees", "4.817"),
    ("HR: 4.82, about: PFS, ci: 2.15 to 10.8, group: placebo, than: 6-MP", "agrees", "4.817"),
    ("HR: 4.52, about: progression-free survival, ci: 2.03 to 10.1", "possible",
     "reproduced by Breslow's ties: 4.52"),
    ("HR: 0.21, about: PFS, ci: 0.09 to 0.47", "contradicted",
     "reproduced by the groups exchanged: 0.20"),
    ("HR: 4.82, about: PFS, group: 6-MP, than: placebo", "contradicted",
     "reproduced by the groups exchanged"),
    ("HR: 3.00, about: PFS, ci: 2.00 to 4.00", "contradicted",
     "none of 12 definitions reproduces it"),
    ("HR: 4.82, about: DFS", None, ""),
    ("HR: 4.82, about: PFS, group: arm C, than: 6-MP", "not checkable", "no group 'arm C'"),
    ("p: < 0.001, about: PFS", "agrees", ""),
    ("p: 0.03, about: PFS", "contradicted", "none of"),
    ("PFS: 23, unit: months, statistic: median, group: 6-MP, n: 21", "agrees", ""),
    ("PFS: 8.0, unit: months, statistic: median, group: arm placebo", "agrees", ""),
    ("PFS: 100.0, unit: weeks, statistic: median, group: 6-MP", "agrees", ""),  # 23 x 4.348
    ("PFS: 23, unit: months, statistic: median, group: 6-MP, n: 22", "contradicted", "n 21"),
    ("PFS: not reached, unit: months, statistic: median, group: 6-MP", "contradicted", "23"),
    ("PFS: 23, unit: months, statistic: median, group: 6-MP, ci: 13 to not reached", "agrees", ""),
    ("PFS: 23, unit: months, statistic: median, group: 6-MP, ci: 16 to not reached", "possible",
     "reproduced by limits on the log scale"),
    ("PFS: 23, unit: months, line: 1", None, ""),  # of one patient
    ("rate: 75.3, of: PFS, at: 10 months, group: 6-MP, ci: 50.3 to 88.9", "agrees", ""),
    ("rate: 75.3, of: PFS, at: 10 months, group: 6-MP, ci: 58.6 to 96.8", "possible",
     "reproduced by limits on the log scale"),
    ("rate: 80, of: PFS, at: 10 months, group: 6-MP", "contradicted", "75.3"),
    ("events: 9, of: PFS, group: 6-MP", "agrees", ""),
    ("events: 10, of: PFS, group: 6-MP", "contradicted", "9"),
    # 15 of 21: by Clopper and Pearson 47.8 to 88.7, by Wilson 50.0 to 86.2, by Wald 52.1 to 90.8
    ("percent: 71.4, about: ORR, group: 6-MP, n: 21, ci: 47.8 to 88.7", "agrees", ""),
    ("percent: 71.4, about: objective response rate, group: 6-MP, ci: 50.0 to 86.2", "agrees", ""),
    ("percent: 71.4, about: ORR, group: 6-MP, ci: 52.1 to 90.8", "possible", "limits by Wald"),
    ("percent: 47.6, about: ORR, group: 6-MP", "contradicted",
     "reproduced by confirmed responses: 47.6"),  # 10 of 21
    ("percent: 47.6, about: ORR, group: 6-MP, note: confirmed", "agrees", ""),
    ("percent: 68.2, about: ORR, group: 6-MP, n: 22", "contradicted",
     "reproduced by all patients: 68.1"),  # 15 of 22 with the one never treated
    ("count: 12, about: CR, group: 6-MP, n: 21", "agrees", ""),
    ("count: 3, about: PR, group: 6-MP, among: best response", "agrees", ""),
    ("count: 23, about: female", "agrees", ""),  # 11 of each arm, and the one never treated
    ("count: 22, about: female", "contradicted", "reproduced by treated patients: 22"),
    ("count: 15, about: screened", None, ""),
    ("age: 15, unit: years, about: age, statistic: median, range: 5 to 30", "agrees", ""),
)  # fmt: skip


@every_row(("text", "conclusion", "words"), ROWS)
def test_each_claim_has_the_verdict_of_the_patients(text, conclusion, words, patients, tmp_path):
    found = patients.verdict(claim_of(tmp_path, text))
    if found is None:
        assert conclusion is None
        return
    said = f"{found.description} {found.recorded} {' '.join(found.notes)}"
    if "reproduced by" in words:  # the line of a finding names the definition as well
        assert "reproduced by" in found.recorded
    assert (found.conclusion, words in said) == (conclusion, True), (found.conclusion, said)


def test_the_report_of_a_study_agrees_with_its_own_patients(folder, tmp_path):
    cohort = tl.Cohort.of(folder, name="f")
    summary = cohort.summary(by="sex", compare="arm", at=[6, 12])
    summary.save(tmp_path / "f.yaml")
    report = tl.load_report(tmp_path / "f.yaml")
    assert sum(each.kind == "HR" for each in report.claims) == 2
    found = tl.audit(None, report, study=summary)
    assert not found.contradicted
    by_patients = [each for each in found if each.rule == "K55"]
    assert {each.claim.kind for each in by_patients} >= {"HR", "PFS", "rate", "count", "events"}
    assert all(each.conclusion == "agrees" for each in by_patients)


def test_the_command_audits_a_report_against_patients(folder, tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(
        "source: r\nclaims:\n  Abstract:\n    - {HR: 0.5, about: PFS, ci: 0.3 to 0.8}\n"
    )
    words = ["audit", str(path), "--study", str(folder)]
    done = CliRunner().invoke(app, [*words, "--compare", "arm", "--json"])
    (verdict,) = json.loads(done.stdout)[0]["verdicts"]
    assert (done.exit_code, verdict["rule"]) == (1, "K55")
    for more, message in (
        (["--compare", "armm"], "did you mean arm?"),
        (["--set", "ties=Efrn"], "unknown value 'Efrn' (did you mean Efron?"),
        (["--criterion", "irecist", "--criterion", "recist11"], "--criterion: several"),
    ):
        wrong = CliRunner().invoke(app, [*words, *more])
        assert (wrong.exit_code, message in wrong.stderr) == (2, True), wrong.stderr
    alone = CliRunner().invoke(app, ["audit", str(path), "--strata", "sex"])
    assert alone.exit_code == 2
    assert "of --study, which is not written" in alone.stderr
