"""Which unmarked scan is the baseline of a line, where dates are not known."""

import pytest

from tests.situations.records import record
from timeline.assessment.line_course import find_baselines

UNDATED = [  # why, the events, the ids of the baselines of lines 1 and 2
    (
        "a scan of a later line is no baseline of an earlier one",
        """treatment: .., line: 1, drugs: sorafenib
treatment: after line 1 end/after line 1 end, line: 2, drugs: lenvatinib
scan: 2 months after line 2 end, id: late, line: 2, called: CR""",
        [(), ()],
    ),
    (
        "a scan stated to be before the line",
        """scan: before line 1 start, id: before, sum: 40 mm
treatment: .., line: 1, drugs: sorafenib
scan: line 1 + 8 weeks, id: after, sum: 20 mm""",
        [("before",)],
    ),
    (
        "a scan a week before the line",
        """scan: 1 week before line 1 start, id: before, sum: 40 mm
treatment: .., line: 1, drugs: sorafenib
scan: line 1 + 8 weeks, id: after, sum: 20 mm""",
        [("before",)],
    ),
    (
        "the last scan of line 1 is the baseline of line 2",
        """treatment: .., line: 1, drugs: sorafenib
scan: line 1 + 8 weeks, id: last, sum: 40 mm
treatment: line 1 + 10 weeks, line: 2, drugs: lenvatinib""",
        [(), ("last",)],
    ),
]


@pytest.mark.parametrize(("events", "baselines"), [each[1:] for each in UNDATED],
                         ids=[each[0] for each in UNDATED])  # fmt: skip
def test_the_baseline_of_a_line_without_dates(tmp_path, events, baselines):
    derived, problems = record(tmp_path, events)
    assert not problems
    found = [tuple(scan.id for scan in find_baselines(derived.case, line, 7)[0])
             for line in derived.case.lines]  # fmt: skip
    assert found == baselines
