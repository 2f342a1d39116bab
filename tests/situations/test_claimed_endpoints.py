"""Every derived endpoint can be claimed, and true claims of all of them are consistent."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from timeline.cli.app import app

CASE = """
case: claimed
source: report.yaml
events:
  - {treatment: 2019-01-01/2019-04-01, setting: neoadjuvant, drugs: doxorubicin}
  - {surgery: 2019-05-01, margin: R0}
  - {scan: 2020-01-01, new: lung, called: recurrence}
  - {scan: 2020-01-20, baseline: 1, sum: 100 mm}
  - {treatment: 2020-02-01/2020-06-01, line: 1, drugs: docetaxel, stop: progression}
  - {scan: 2020-04-01, line: 1, sum: 60 mm, called: PR}
  - {scan: 2020-06-01, line: 1, sum: 90 mm, called: PD}
  - {death: 2021-02-01}
"""
# 1 January 2019 to 1 January 2020: 365 days; 1 May 2019 on: 31 + 30 + 31 + 31 + 30 + 31 + 30 + 31
# = 245; 1 February to 1 June 2020: 29 + 31 + 30 + 31 = 121, both days counted 122; to 1 April 60;
# from 1 April 61; to 1 February 2021 366
TRUE = {
    "EFS": (365, ""), "DFI": (245, ""), "DFS": (245, ""), "PFS": (121, "1"), "TTP": (121, "1"),
    "rwPFS": (121, "1"), "rwTTD": (121, "1"), "Exposure": (122, "1"), "ToT": (121, "1"),
    "TTF": (121, "1"), "TTR": (60, "1"), "DoR": (61, "1"), "TTNT": (366, "1"), "OS": (366, "1"),
    "iPFS": (121, "1"), "iDoR": (61, "1"), "iTTR": (60, "1"), "iTTP": (121, "1"),
}  # fmt: skip


def audited(folder, claims):
    printed_claims = "".join(
        f"    - {{{name}: {days}, unit: days{f', line: {line}' if line else ''}}}\n"
        for name, (days, line) in claims.items()
    )
    (folder / "case.yaml").write_text(CASE)
    (folder / "report.yaml").write_text(
        f"source: claimed\ncase: case.yaml\nclaims:\n  Text:\n{printed_claims}"
    )
    file = str(folder / "report.yaml")
    done = CliRunner().invoke(app, ["audit", file, "--all", "--criterion", "iRECIST"])
    return done.exit_code, done.output


def test_true_claims_of_all_endpoints_are_consistent(tmp_path):
    code, output = audited(tmp_path, TRUE)
    assert code == 0, output
    assert f"{len(TRUE)} claims: {len(TRUE)} agree; no finding" in output


@pytest.mark.parametrize("name", [name for name in TRUE if name not in ("OS", "TTNT", "ToT")])
def test_a_claim_ten_times_as_long_is_contradicted(name, tmp_path):
    days, line = TRUE[name]
    code, output = audited(tmp_path, {name: (10 * days, line)})
    assert code == 1, output
