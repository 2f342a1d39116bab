"""An age printed of an event without a day, and the age of the patient in the case."""

from __future__ import annotations

import pytest

import timeline as tl

FILE = """case: c
report: {{title: A report}}
patient: {{age: {age}}}
events:
  - {{recurrence: before line 1, printed: {{age: {printed}, unit: years}}}}
  - {{treatment: ../, line: 1, drugs: cetuximab}}
"""


@pytest.mark.parametrize(
    ("age", "printed", "conclusion", "why"),
    [
        ("76", 76, "consistent", "the case has that age, and no day of birth"),
        ("76", 71, "not checkable", "is not dated"),
        ("about 76", 76, "not checkable", "is not dated"),
        ("70s", 76, "not checkable", "is not dated"),
    ],
)
def test_the_age_of_the_case_is_all_that_it_is_compared_with(
    tmp_path, age, printed, conclusion, why
):
    path = tmp_path / "c.yaml"
    path.write_text(FILE.format(age=age, printed=printed), encoding="utf-8")
    every = tl.audit(tl.derive(tl.load_case(path)), tl.load_report(path))
    (found,) = [each for each in every if each.claim.kind == "age"]
    assert found.conclusion.value == conclusion
    assert why in found.description
