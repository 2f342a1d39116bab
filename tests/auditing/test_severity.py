"""The severity of a verdict: that of its rule, less of words, of cited studies, of what may be."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import source
from timeline.auditing import verdicts_by_rule
from timeline.auditing.findings import severity, summary
from timeline.auditing.rule import Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@pytest.mark.parametrize(
    ("claims", "rule", "grave"),
    [
        pytest.param("{count: seven, about: cycles, place: Text}\n"
                     "{count: six, about: cycles, place: Legend}", "C26", E,
                     id="a figure printed in two ways"),
        pytest.param("{name: none, about: funding, place: Funding}\n"
                     "{name: acquired, about: funding, place: Contributions}", "C26", W,
                     id="words printed in two ways may mean the same"),
        pytest.param("{percent: 42.2, about: x, n: 7}\n{count: 3, about: x, n: 7}", "K01", E,
                     id="contradicted by a rule of errors"),
        pytest.param("{percent: 42.2, about: x, n: 7, study: S}\n{count: 3, about: x, n: 7, "
                     "study: S}", "K40", W, id="a figure of a cited study"),
        pytest.param("{percent: 66.6, about: x, n: 15}\n{count: 10, about: x, n: 15}", "K02", W,
                     id="possible: cut"),
        pytest.param("{dose: 7.5, unit: mg/m²/cycle, about: ifosfamide}", "C13", E,
                     id="a dose a thousand times off"),
        pytest.param("{dose: 150, unit: mg/m², about: docetaxel}", "C13", W,
                     id="a dose that is unusual"),
        pytest.param("{events: 4, of: OS, n: 15}\n"
                     "{OS: 26, unit: months, statistic: median, n: 15}", "K13", N, id="a note"),
        pytest.param("{percent: 46.7, about: x, n: 15}\n{count: 7, about: x, n: 15}", "K01", None,
                     id="agreement is no finding"),
    ],
)  # fmt: skip
def test_the_severity_of_a_verdict(claims, rule, grave, tmp_path):
    verdicts = verdicts_by_rule(None, source(claims, tmp_path))
    found = [severity(each) for each in verdicts if each.rule == rule]
    assert found
    assert [each for each in found if each] == ([grave] if grave else [])


def test_the_summary_counts_findings_and_the_rest(tmp_path):
    report = source("{percent: 42.2, about: x, n: 7}\n{count: 3, about: x, n: 7}\n"
                  "{name: odd, about: y}", tmp_path)  # fmt: skip
    assert summary(verdicts_by_rule(None, report)).endswith("; 1 finding: 1 error")
