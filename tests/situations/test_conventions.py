"""Conventions that rescue a printed time count where another figure of the report needs them."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from timeline.auditing.one_verdict import severity

EVENTS = """
  - {diagnosis: 2020-01-01, id: dx}
  - {surgery: 2020-02-01, id: op}
  - {scan: 2020-12-01, id: ct, target: SD}
  - {scan: 2021-06-18, id: late, target: SD}
"""
# dx to op 31 days, op to ct 304, dx to ct 335, op to late 503 days.
# In months of 30.4375 days: 304 is 9.988, 335 is 11.006, 503 is 16.526.
# In months of 28 days: 304 is 10.857, 335 is 11.964, 503 is 17.964.


def interval(printed: str, start: str, end: str) -> str:
    return f"- {{interval: {printed}, unit: months, from: {start}, to: {end}}}\n"


@pytest.mark.parametrize(
    ("claims", "conclusion", "words", "grave", "why"),
    [
        (interval("10.0", "op", "ct"), "agrees", "", None, "9.988 rounds to 10.0"),
        (interval("9.9", "op", "ct"), "possible", "would need", "warning",
         "9.988 cut to 9.9, and no other figure is cut"),
        (interval("9.9", "op", "ct") + interval("16.5", "op", "late"), "possible", "would need",
         "warning", "16.526 rounds and cuts to 16.5, so it needs no cutting"),
        (interval("9.9", "op", "ct") + interval("1.01", "dx", "op"), "possible",
         "needs as well", None, "31 days are 1.018 months, cut to 1.01"),
        (interval("10.9", "op", "ct"), "contradicted", "would need", "error",
         "10.857 months of 28 days alone: a month off, which no other figure bears out"),
        (interval("10.9", "op", "ct") + interval("18.0", "op", "late"), "possible",
         "needs as well", None, "both need a month of 28 days"),
        (interval("9.5", "op", "ct"), "contradicted", "", "error", "no convention gives it"),
        (interval("11.0", "op", "ct"), "contradicted", "", "error",
         "February to December by name is 10, both counted 11; but names have no decimals"),
        (interval("11", "op", "ct"), "possible", "calendar months", "warning",
         "February to December, both counted, is 11"),
    ],
)  # fmt: skip
def test_a_convention_counts_where_another_figure_needs_it(claims, conclusion, words, grave, why):
    found = of("C27", audited(EVENTS, claims))[0]
    assert found.conclusion.value == conclusion, why
    assert words in " ".join(found.notes), why
    assert severity(found) == grave, why
