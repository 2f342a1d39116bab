"""Values of one endpoint that are apart are printed apart in the columns of a swimmer plot."""

from __future__ import annotations

from renderers.text.line_summary import months
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load

FILE = """case: a
events:
  - {scan: 2017-01-01}
  - {treatment: 2017-01-13/2017-04-10, line: 1, drugs: nivolumab, criterion: iRECIST}
  - {scan: 2017-03-01, target: grown, new: nodes}
  - {scan: 2017-04-25, target: stable, new: none}
  - {scan: 2017-06-15, new: brain}
  - {scan: 2017-10-15, new: pleura}
  - {death: 2017-12-15}
"""


def test_two_values_are_joined_by_or(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(FILE, "utf-8")
    case, _ = load(path)
    reading, _ = derive(case)
    # 2017-01-13 to 03-01 is 47 days, 1.54 months; to 06-15 it is 153 days, 5.03 months
    assert months(reading.outcome("iPFS", 1)) == "1.5 or 5.0"
    assert months(reading.outcome("PFS", 1)) == "1.5"
    assert months(None) == "not derived"
