"""True figures in another wording than the first that a rule was written for.

Kaplan-Meier by hand of 2, 4, 4+, 6, 8+, 10 months: 5/6 after 2, x 4/5 = 2/3 after 4, 3 at risk at
6: x 2/3 = 4/9, so that the median is 6; four events.
"""

from __future__ import annotations

import pytest

from tests.situations.reports import verdicts_of

VALUES = "{values: [2, 4, 4+, 6, 8+, 10], about: PFS, unit: months}"
LONGEST = "{follow-up: 30, unit: months, statistic: maximum}"
ONE_DEATH = "{events: 1, of: OS, at: 12 months, n: 20}"
SHORTEST = "{follow-up: 12, unit: months, statistic: minimum}"
RADIOTHERAPY = """
  - {diagnosis: 2021-01-01}
  - {radiotherapy: 2021-02-01/2021-02-12, id: bone-RT, site: femur, dose: 30 Gy, fractions: 10}
"""
TOTAL = "{dose: %s, unit: Gy, about: radiotherapy, of: bone-RT}"


@pytest.mark.parametrize(
    ("claims", "case", "rule", "conclusion"),
    [
        pytest.param(("{median: 6, about: PFS, unit: months}", VALUES), "", "K48", "agrees",
                     id="a plain median of times is that of their curve"),
        pytest.param(("{median: 12, about: PFS, unit: months}", VALUES), "", "K48", "contradicted",
                     id="beyond every value"),
        pytest.param(("{OS: 40, unit: months, statistic: median}", LONGEST), "", "K09", "possible",
                     id="a median beyond the longest follow-up; origins are not named"),
        pytest.param(("{OS: 29, unit: months, statistic: median}", LONGEST), "", "K09",
                     "consistent", id="a median within the longest follow-up"),
        pytest.param(("{rate: 90, of: OS, at: 12 months, n: 20}", ONE_DEATH, SHORTEST), "", "K54",
                     "contradicted", id="19 of 20 alive at 12 months, nobody censored: 95 %"),
        pytest.param(("{rate: 95, of: OS, at: 12 months, n: 20}", ONE_DEATH, SHORTEST), "", "K54",
                     "consistent", id="19 of 20"),
        pytest.param((TOTAL % 30,), RADIOTHERAPY, "C38", "agrees",
                     id="the dose on record, in fractions that are usual as well"),
        pytest.param((TOTAL % 300,), RADIOTHERAPY, "C38", "contradicted", id="ten times as much"),
    ],
)  # fmt: skip
def test_the_verdict_on_the_first_figure(tmp_path, claims, case, rule, conclusion):
    first = verdicts_of(tmp_path, claims, case)[0]
    assert (first.rule, first.conclusion.value) == (rule, conclusion)
