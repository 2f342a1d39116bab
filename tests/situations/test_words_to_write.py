"""What a message says to write in place of a word that a report has."""

from __future__ import annotations

import pytest

from tests.situations.reports import verdicts_of
from timeline.record.event_parts.cycles import number_of_cycles
from timeline.record.findings import non_target_finding, target_finding


def test_target_disease_at_a_baseline_is_left_out():
    assert non_target_finding("present").allows == ("NON-CR/NON-PD",)
    with pytest.raises(ValueError, match="at a baseline leave the key out"):
        target_finding("present")


@pytest.mark.parametrize("advice", ["6", "about 6", "at least 6", "4-6"])
def test_a_number_of_cycles_or_more_names_what_is_read(advice):
    with pytest.raises(ValueError, match="at least 6") as raised:
        number_of_cycles("6 or more")
    assert advice in str(raised.value)
    assert number_of_cycles(advice)


def test_a_censored_range_is_not_said_to_be_at_least_two_numbers(tmp_path):
    case = """  - {scan: 2021-12-30, baseline: 1}
  - {treatment: 2022-01-01/, line: 1, drugs: x}
  - {scan: 2022-03/2022-09, target: stable}
"""
    (found,) = verdicts_of(tmp_path, ["{PFS: 1.0 months, line: 1}"], case)
    # 1 January to 1 March: 59 days, 1.94 months; to 30 September: 272 days, 8.94 months
    assert "the dates give 1.94 to 8.94 months, or longer" in found.recorded


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("approximately 4 years", "4+ years"),
        ("4.1 years", "4.1+ years"),
        ("48 to 49 months", ""),
        ("9 years", ""),  # wrong whether it runs or not
    ],
)
def test_a_time_that_runs_is_printed_with_a_plus(printed, advice, tmp_path):
    # 30 October 2019 to 6 December 2023: 1498 days, 4.10 years
    case = """  - {treatment: 2019-10-30/, line: 1, drugs: x}
  - {last contact: 2023-12-06}
"""
    (found,) = verdicts_of(tmp_path, [f"{{OS: {printed}, line: 1}}"], case)
    (running,) = (each for each in (found, *found.evidence) if each.rule == "C08")
    assert running.expected == (f"{advice}, as a time without the event so far" if advice else "")
