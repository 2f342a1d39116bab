"""Prints that no rule judges by themselves, but that others are held against."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import source
from timeline.auditing import verdicts_by_rule

A, P, C, N = "consistent", "possible", "contradicted", "not checkable"
PERIOD = "{date: April 2022, of: start of the study period}\n"


@pytest.mark.parametrize(
    ("claims", "conclusion", "description"),
    [
        pytest.param("{count: 4, about: rash, n: 10}\n{percent: 40, about: rash, n: 10}", A, "K01",
                     id="the count of a percentage"),
        pytest.param("{count: 4, about: rash, n: 10}\n{percent: 50, about: rash, n: 10}", N, "K01",
                     id="the count of a percentage that it contradicts"),
        pytest.param("{count: 10, about: patients}\n{count: 4, about: CR}\n"
                     "{percent: 40, about: CR}", A, "K01", id="the patients of a percentage"),
        pytest.param("{count: 1, about: CR, n: 10}\n{count: 3, about: PR, n: 10}\n"
                     "{percent: 40, about: ORR, n: 10}", A, "K07", id="a part of a rate"),
        pytest.param(PERIOD + "{date: April 2024, of: cut-off}\n"
                     "{OS: 14, unit: months, statistic: median}", A, "K10", id="the calendar"),
        pytest.param(PERIOD + "{date: April 2024, of: cut-off}\n"
                     "{OS: 34, unit: months, statistic: median}", N, "K10",
                     id="the calendar of a time beyond it"),
        pytest.param("{name: right, about: side, place: A}\n{name: left, about: side, place: B}",
                     N, "C16",
                     id="the first print, which the others are held against"),
        pytest.param("{name: doxorubicin, about: subject of reference 3}", N, "stated once",
                     id="no verdict speaks of it"),
        pytest.param("{count: 4, about: rash}\n{percent: 40, about: rash, study: X 2020, n: 10}",
                     N, "no percentage", id="of another study, it is no evidence"),
        pytest.param("{count: 10, about: patients, group: B}\n"
                     "{percent: 40, about: CR, group: A, n: 10}", N, "no percentage",
                     id="of another group, it is no evidence"),
    ],
)  # fmt: skip
def test_the_first_print_names_the_verdict_that_used_it(claims, conclusion, description, tmp_path):
    report = source(claims, tmp_path)
    found = [each for each in verdicts_by_rule(None, report) if each.claim is report.claims[0]]
    assert [each.conclusion for each in found] == [conclusion]
    assert description in found[0].description


def test_the_verdict_names_the_figures_it_was_compared_with(tmp_path):
    claims = "{count: 4, about: rash, n: 10}\n{percent: 50, about: rash, n: 10}"
    found = verdicts_by_rule(None, source(claims, tmp_path))[0]
    assert "evidence for K01: percent rash: 50" in found.notes[0]
    assert [str(each) for each in found.others] == ["percent rash: 50"]
