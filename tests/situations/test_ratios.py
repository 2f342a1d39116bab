"""A ratio of two printed times, with a case and without one (C32)."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from tests.auditing.study.reports import source
from timeline.auditing import verdicts_by_rule

TIMES = "{PFS: 5.0, unit: months, line: 1}\n{PFS: 10.8, unit: months, line: 2}\n"


@pytest.mark.parametrize(
    ("ratio", "conclusion", "why"),
    [
        ("2.2", "possible", "10.8 / 5.0 is 2.16, which rounds to 2.2"),
        ("2.16", "possible", "both times are rounded: 2.13 to 2.19"),
        ("2.6", "contradicted", "no rounding of 10.8 and 5.0 gives 2.6"),
        ("0.46", "contradicted", "upside down"),
    ],
)
def test_a_ratio_without_a_case(ratio, conclusion, why, tmp_path):
    report = source(TIMES + f"{{score: {ratio}, about: GMI, line: 2}}", tmp_path)
    (found,) = [each for each in verdicts_by_rule(None, report) if each.rule == "C32"]
    assert found.conclusion.value == conclusion, why
    assert len(found.others) == 2


def test_a_growth_modulation_index_is_of_times_to_progression(tmp_path):
    """12.0 / 4.0 is 3.0, whatever their PFS: GMI is TTP over TTP (Penel 2013)."""
    report = "{TTP: 4.0, unit: months, line: 1}\n{TTP: 12.0, unit: months, line: 2}\n"
    for ratio, conclusion in (("3.0", "possible"), ("2.2", "contradicted")):
        every = source(TIMES + report + f"{{score: {ratio}, about: GMI, line: 2}}", tmp_path)
        (found,) = [each for each in verdicts_by_rule(None, every) if each.rule == "C32"]
        assert found.conclusion.value == conclusion
        assert (
            "TTP of line 2 (12.0 months) divided by TTP of line 1 (4.0 months)" in found.description
        )


def test_a_ratio_of_times_that_are_not_printed(tmp_path):
    report = source("{score: 2.2, about: GMI, line: 2}", tmp_path)
    (found,) = [each for each in verdicts_by_rule(None, report) if each.claim.about == "GMI"]
    assert found.conclusion.value == "not checkable"


EVENTS = """
  - {scan: 2019-12-30, baseline: 1}
  - {treatment: 2020-01-01/2020-06-01, line: 1, drugs: a}
  - {scan: 2020-06-01, line: 1, target: SD, new: liver}
  - {treatment: 2020-06-10/2021-05-05, line: 2, drugs: b}
  - {scan: 2021-05-05, line: 2, target: SD, new: bone}
"""  # PFS 152 and 329 days: 4.99 and 10.81 months; the ratio is 2.16


@pytest.mark.parametrize(
    ("prints", "ratio", "conclusion", "why"),
    [
        ("- {PFS: 18.0, unit: months, line: 2}\n- {PFS: 5.0, unit: months, line: 1}\n", "2.2",
         "agrees", "the dates refute 18.0, so that the ratio is that of the dates"),
        ("- {PFS: 10.8, unit: months, line: 2}\n- {PFS: 5.0, unit: months, line: 1}\n", "2.6",
         "contradicted", "2.16"),
        ("", "2.2", "agrees", "329 / 152"),
    ],
)  # fmt: skip
def test_a_ratio_is_not_compared_with_a_time_that_the_dates_refute(prints, ratio, conclusion, why):
    claims = f"{prints}- {{score: {ratio}, about: GMI, line: 2}}\n"
    (found,) = of("C32", audited(EVENTS, claims))
    assert found.conclusion.value == conclusion, why
