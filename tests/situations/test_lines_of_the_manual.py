"""The case of cases/README.md with rechallenge, a dose raised at PD and PD between two lines."""

from __future__ import annotations

from pathlib import Path

import timeline as tl
from timeline.core.span import Span
from timeline.record.events import DoseIncreased, Scan

README = Path(__file__).parents[2] / "cases" / "README.md"
HEAD = "### The same drugs again"


def test_the_example_is_read_as_the_text_says(tmp_path):
    """From 31 October 2021 the first day of cycle 4 is 63 days on, 2 January 2022 at the latest.

    From 1 October it is 3 December 2021. The last day of cycle 4 is 83 days on, so the scan is on
    day 83 or later, and by 28 February 2022 it is on day 150 at the most.
    """
    example = README.read_text("utf-8").partition(HEAD)[2].split("```yaml\n")[1].split("```")[0]
    path = tmp_path / "case.yaml"
    path.write_text(example, "utf-8")
    derived = tl.derive(tl.load_case(path))
    case = derived.case
    assert [each.number for each in case.lines] == [1, 2, 3, 4]
    assert case.lines[0].regimen == case.lines[1].regimen
    (raised,) = case.all_of(DoseIncreased)
    assert raised.start.after == "first-PD"
    assert [each.line for each in case.all_of(Scan) if each.called] == [1, 2, 3]
    assert derived.endpoint("PFS", line=3).days == Span(83, 150)
