"""`explain` takes the name of every derived value that `show` prints."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.views.explained_values import VALUES, explained_values

# PFS of line 1: 2020-01-01 to 2020-04-10 is 100 days; of line 2: 2020-05-01 to 2020-09-08, 130
EVENTS = """
treatment: 2020-01-01/2020-04-10, line: 1, drugs: pazopanib
scan: 2019-12-20, baseline: 1
scan: 2020-04-10, target: SD, new: lung, line: 1
treatment: 2020-05-01/, line: 2, drugs: trabectedin
scan: 2020-09-08, target: SD, new: bone, line: 2
"""

# Sums before, at and after a baseline, and a resected lung: what each measure is computed from
MEASURED = """
scan: 2019-10-20, sum: 40 mm
scan: 2019-12-20, baseline: 1, sum: 50 mm
treatment: 2020-01-01/2020-03-10, line: 1, drugs: pembrolizumab
scan: 2020-02-20, line: 1, sum: 70 mm
surgery: 2020-05-01, stage: ypT0N0
"""


@pytest.fixture(scope="module")
def derived(tmp_path_factory):
    found, problems = record(tmp_path_factory.mktemp("case"), EVENTS)
    assert not problems
    return found


@pytest.mark.parametrize(
    ("name", "line", "value", "behind"),
    [
        pytest.param("BOR", 2, "PD (the only assessment on record)", "scan 2020-09-08: PD",
                     id="the best response, by its scans"),
        pytest.param("best response", 2, "PD (the only assessment on record)",
                     "the best of these, up to and including the first progression",
                     id="by another name"),
        pytest.param("pfs ratio", None, "1.30; at least 1.3",
                     "PFS line 1: 100 days, 3.29 months, event", id="130 of 100 days"),
        pytest.param("GMI", 2, "1.30; not above 1.33", "benefit is a ratio above 1.33",
                     id="1.30 is not above 1.33"),
        pytest.param("lines", None, "2 by the report, 2 by rule",
                     "the drugs change after progression", id="the count of lines"),
    ],
)  # fmt: skip
def test_a_value_and_what_is_behind_it(derived, name, line, value, behind):
    (found,) = explained_values(derived, name, line)
    assert found.value == value
    assert behind in "\n".join(step.description for step in found.steps)


def test_every_kind_has_a_value_in_a_case_of_two_lines_or_with_sums(derived, tmp_path):
    measured, problems = record(tmp_path, MEASURED, "patient: {diagnosis: lung adenocarcinoma}")
    assert not problems
    for row in VALUES:
        found = [explained_values(case, row.names[0], None) for case in (derived, measured)]
        assert any(found), row.names
    assert not explained_values(derived, "PFS", 1)  # an endpoint has steps of its own
