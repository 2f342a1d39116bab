"""Which unmarked scan is the baseline of a line, where dates are not known."""

import pytest

from tests.situations.records import record
from timeline.assessment.line_course import find_baselines
from timeline.settings.response import DEFAULTS

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
    (
        "the scan that ended line 2, whose distance from the end of line 2 is rounded",
        """treatment: 2013-03/2016-09, line: 1, drugs: pemetrexed
scan: 42 months after line 1 start, id: first, line: 1, called: PD
treatment: after line 1 end/6 months after line 2 start, line: 2, drugs: crizotinib
scan: 6 months after line 2 start, id: second, line: 2, called: PD
treatment: after line 2 end/.., line: 3, drugs: lorlatinib""",
        [(), ("first",), ("second",)],
    ),
    (
        "no scan of line 1 is near enough to line 3, which began 5 months later at least",
        """treatment: 2013-03/2016-09, line: 1, drugs: pemetrexed
scan: 42 months after line 1 start, id: first, line: 1, called: PD
treatment: after line 1 end/6 months after line 2 start, line: 2, drugs: crizotinib
treatment: after line 2 end/.., line: 3, drugs: lorlatinib""",
        [(), ("first",), ()],
    ),
    (  # 2016-12-30 to 2019-01-10: 365 + 365 + 11 = 741 days
        "the progression in line 2, 741 days before line 3",
        """treatment: 2014-07-01/2018-06-20, line: 1, drugs: axitinib
scan: 2016-12-30, line: 1, called: PD
treatment: 2019-01-10/2019-03-20, line: 2, drugs: temsirolimus""",
        [(), ()],
    ),
    (
        "28 days before the next line",
        """treatment: 2014-07-01/2018-06-20, line: 1, drugs: axitinib
scan: 2018-06-20, id: last, line: 1, called: PD
treatment: 2018-07-18/2019-03-20, line: 2, drugs: temsirolimus""",
        [(), ("last",)],
    ),
    (
        "29 days before the next line",
        """treatment: 2014-07-01/2018-06-20, line: 1, drugs: axitinib
scan: 2018-06-20, id: last, line: 1, called: PD
treatment: 2018-07-19/2019-03-20, line: 2, drugs: temsirolimus""",
        [(), ()],
    ),
    (
        "line 2 lasted 20 days: the scan of line 1 is near enough to line 3 as well",
        """treatment: 2014-07-01/2018-06-20, line: 1, drugs: axitinib
scan: 2018-06-20, id: last, line: 1, called: PD
treatment: 2018-06-21/2018-07-11, line: 2, drugs: temsirolimus
treatment: 2018-07-12/2019-03-20, line: 3, drugs: nivolumab""",
        [(), ("last",), ("last",)],
    ),
]


@pytest.mark.parametrize(("events", "baselines"), [each[1:] for each in UNDATED],
                         ids=[each[0] for each in UNDATED])  # fmt: skip
def test_the_baseline_of_a_line_without_dates(tmp_path, events, baselines):
    derived, problems = record(tmp_path, events)
    assert not problems
    found = [tuple(scan.id for scan in find_baselines(derived.case, line, DEFAULTS)[0])
             for line in derived.case.lines]  # fmt: skip
    assert found == baselines
