"""A printed time that is the only source of a date confirms nothing."""

from __future__ import annotations

import pytest

from tests.situations.reports import verdicts_of

CASE = """  - {{scan: before line 1, baseline: 1}}
  - {{treatment: {start}, line: 1, drugs: anlotinib}}
  - {{scan: {scan}, line: 1, called: PD}}
  - {{last contact: 2023-06-20}}
"""
COUNTED = "11 months before last contact/.."


@pytest.mark.parametrize(
    ("start", "scan", "conclusion"),
    [
        (COUNTED, "last contact + 0 days", "consistent"),  # the print, by way of one day
        ("2022-07-20/..", "last contact + 0 days", "agrees"),
        (COUNTED, "2023-06-20", "consistent"),
    ],
)
def test_a_start_that_is_counted_back_by_the_print_itself(start, scan, conclusion, tmp_path):
    case = CASE.format(start=start, scan=scan)
    (found,) = verdicts_of(tmp_path, ["{PFS: 11 months, line: 1}"], case)
    assert found.conclusion == conclusion, found.description
