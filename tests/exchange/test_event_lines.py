"""The lines that an adverse event without a stated line belongs to."""

from __future__ import annotations

import pytest

from tests.situations.records import record
from timeline.exchange.event_lines import related_lines
from timeline.record.events import Toxicity

LINES = """treatment: 2014-01-10/2014-06-20, line: 1, drugs: sunitinib
treatment: 2014-06-20/2015-06-20, line: 2, drugs: axitinib
treatment: 2015-07-20/2015-10-20, line: 3, drugs: temsirolimus
"""


@pytest.mark.parametrize(
    ("at", "lines"),
    [
        pytest.param('"after line 1 start, before line 1 end"', (1,), id="line 2 began that day"),
        pytest.param('"after line 2 start, before line 2 end"', (2,), id="both ends of line 2"),
        pytest.param('"after line 1 start, before line 2 end"', (1, 2), id="ends of two lines"),
        pytest.param("before line 2 end", (1, 2), id="before an end alone"),
        pytest.param('"after line 1 start, before line 2"', (1,), id="before the next line"),
    ],
)
def test_the_dates_name_the_line(at, lines, tmp_path):
    found, problems = record(tmp_path, f"{LINES}toxicity: {at}, what: hypertension")
    assert not problems
    (event,) = found.case.all_of(Toxicity)
    assert related_lines(found.case, event) == lines
