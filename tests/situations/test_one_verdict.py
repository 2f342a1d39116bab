"""One printed figure has one verdict; weaker rules are below it as evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.auditing.study.reports import source
from timeline.auditing import RULES, Conclusion, audit
from timeline.auditing.findings import findings, summary, without_finding
from timeline.views.case_report import load_all

SEEDS = Path(__file__).parents[2] / "seeds"
CASE = """case: small
source: report.yaml
events:
  - {diagnosis: 2020-01-01, id: dx}
  - {surgery: 2020-02-01, id: op}
  - {scan: 2021-01-02, id: ct, target: SD}
"""  # 2020-02-01 to 2021-01-02 are 336 days, 48.0 weeks (2020 is a leap year)


def audited(claims: str, tmp_path, case: str = CASE):
    """The verdicts on the claims of a small report with its case."""
    (tmp_path / "case.yaml").write_text(case, "utf-8")
    body = "".join(f"  {line}\n" for line in claims.splitlines())
    report = f"source: small\ncase: case.yaml\nclaims:\n{body}"
    (tmp_path / "report.yaml").write_text(report, "utf-8")
    case_reports, problems = load_all([tmp_path / "report.yaml"])
    assert not problems, [str(each) for each in problems]
    return case_reports[0].audit()


INTERVAL = "interval: {}, unit: weeks, from: op, to: ct"


@pytest.mark.parametrize(
    "order",
    [
        pytest.param((52, 48), id="the wrong one first"),
        pytest.param((48, 52), id="the right one first"),
        pytest.param((52, 52, 48), id="the wrong one twice"),
    ],
)
def test_a_second_claim_does_not_turn_the_verdict_of_the_first(order, tmp_path):
    claims = "".join(
        f"P{place}:\n  - {{{INTERVAL.format(weeks)}}}\n" for place, weeks in enumerate(order)
    )
    found = [each.conclusion for each in audited(claims, tmp_path)]
    # 336 days are 48.0 weeks: 48 is reproduced, 52 (364 days) is not, in any context
    assert found == [
        Conclusion.AGREES if weeks == 48 else Conclusion.CONTRADICTED for weeks in order
    ]


def test_every_claim_has_one_verdict(tmp_path):
    claims = "A:\n  - {OS: over 60, unit: months}\n  - {PFS: 3, unit: months, line: 1}\n"
    found = audited(claims, tmp_path)
    assert len(found) == 2
    assert len({id(each.claim) for each in found}) == 2


def test_a_weaker_rule_is_evidence_below_the_stronger(tmp_path):
    # one median in a report of one patient (C31), whose value the dates contradict (C27)
    claims = f"A:\n  - {{{INTERVAL.format(52)}, statistic: median}}\n"
    (found,) = audited(claims, tmp_path)
    assert {found.rule, *(each.rule for each in found.evidence)} >= {"C27", "C31"}
    assert len(findings([found])) == 1


def test_a_figure_printed_at_two_places_is_one_finding(tmp_path):
    claims = f"A:\n  - {{{INTERVAL.format(52)}}}\nB:\n  - {{{INTERVAL.format(52)}}}\n"
    (finding,) = findings(audited(claims, tmp_path))
    assert finding.places == ("A", "B")


@pytest.mark.parametrize(
    ("report", "rules"),
    [
        pytest.param("wang2023", {"C25": 1, "C01": 2, "C09": 0, "C18": 0, "C23": 0}, id="Wang"),
        pytest.param("liu2025", {"K35": 1, "K02": 1, "K06": 0, "K09": 1, "K11": 0}, id="Liu"),
    ],
)
def test_the_verdicts_of_two_rules_on_one_figure_are_one_finding(report, rules):
    """C01 and C09 of one PFS, K06 and K02 of one share: each once, the weaker below."""
    case_reports, problems = load_all([SEEDS / f"{report}.yaml"])
    assert not problems
    rule_ids = [each.verdict.rule for each in findings(case_reports[0].audit())]
    assert {rule: rule_ids.count(rule) for rule in rules} == rules


def test_a_remark_never_decides_where_another_rule_speaks():
    """The findings give iCPD (C30); that it came 62 to 122 days after iUPD is a note (C10)."""
    case_reports, _ = load_all([SEEDS / "wang2023.yaml"])
    expected = "response of scan 2022-08: iCPD"
    verdict = next(each for each in case_reports[0].audit() if str(each.claim) == expected)
    assert (verdict.rule, verdict.conclusion) == ("C30", Conclusion.AGREES)
    assert [each.rule for each in verdict.evidence] == ["C10"]


@pytest.mark.parametrize(
    ("claims", "conclusion", "why"),
    [
        ("{percent: 46.7, about: x, n: 15}\n{count: 7, about: x, n: 15}", Conclusion.AGREES,
         "7 / 15 is 46.67 %, recomputed"),
        ("{name: right, about: side, place: A}\n{name: right, about: side, place: B}",
         Conclusion.CONSISTENT, "printed alike is no recomputation"),
        ("{median: 60, unit: years, about: age, range: 30 to 80, n: 15}", Conclusion.CONSISTENT,
         "between its limits: nothing speaks against it"),
    ],
)  # fmt: skip
def test_only_what_is_recomputed_agrees(claims, conclusion, why, tmp_path):
    assert audit(None, source(claims, tmp_path))[0].conclusion is conclusion, why


@pytest.mark.parametrize("name", ["wang2023", "jin2025", "liu2025"])
def test_the_numbers_of_the_summary_add_up(name):
    found = load_all([SEEDS / f"{name}.yaml"])[0][0].audit()
    claims, of_findings = summary(found).split("; ")
    count, severities = of_findings.split(": ")
    assert sum(map(int, re.findall(r"\d+", claims))) == len(found)
    assert sum(map(int, re.findall(r"\d+", severities))) == int(count.split()[0])


def test_the_summary_counts_each_figure_once(tmp_path):
    claims = "{percent: 42.2, about: x, n: 7}\n{count: 3, about: x, n: 7}\n{name: odd, about: y}"
    found = audit(None, source(claims, tmp_path))
    # 3 of 7 is 42.86 %, so 42.2 cannot be: 1 claim of 3, and 1 finding
    assert summary(found) == "1 contradicted, 2 not checkable; 1 finding: 1 error"
    assert len(without_finding(found)) == 2


def test_some_rules_reproduce_and_some_only_compare():
    assert {rule.id for rule in RULES if rule.reproduces} > {"C01", "K01", "K48"}
    assert not [rule.id for rule in RULES if rule.reproduces and rule.repeats]


def test_sizes_of_two_scans_are_two_figures(tmp_path):
    case = """case: small
source: report.yaml
lesions: {T1: {organ: lung}}
events:
  - {scan: 2009-05-01, baseline: 1, id: a, lesions: {T1: 88 mm}}
  - {treatment: 2009-05-10/2009-07-01, line: 1, drugs: carboplatin}
  - {scan: 2009-07-01, id: b, lesions: {T1: 47 mm}}
"""
    claims = "A:\n  - {size: 47, unit: mm, about: T1, of: a}\n"
    claims += "  - {size: 47, unit: mm, about: T1, of: b}\n"
    found = audited(claims, tmp_path, case)
    assert [each.conclusion for each in found] == [Conclusion.CONTRADICTED, Conclusion.AGREES]
    assert len(findings(found)) == 1
    assert len(without_finding(found)) == 1, "the true print stays apart"
