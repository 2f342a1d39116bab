"""Numbers of cycles as they are printed, in a case file: ``about 20``, ``at least 6``, ``six``."""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of
from timeline.record.events import Treatment

CASE = """
  - {treatment: 2020-01-01/2020-12-31, line: 1, id: one, drugs: carboplatin, cycle: 3 weeks,
     cycles: %s}
"""


def _treated(cycles):
    return Treatment(at="2020-01-01/2020-12-31", line=1, drugs="carboplatin", cycles=cycles)


@pytest.mark.parametrize(
    ("cycles", "text"),
    [("about 20", "about 20"), ("at least 6", "at least 6"), ("4-6", "4-6"), ("six", "6"),
     ("17", "17"), ("over 30", "over 30"), ("20+", "20+")],
)  # fmt: skip
def test_it_is_read_as_printed(cycles, text):
    assert str(_treated(cycles).cycles) == text


@pytest.mark.parametrize("cycles", ["0", "201", "about 900", "many", "6.5", "about 6.5", "-3"])
def test_what_is_no_number_of_cycles_is_refused(cycles):
    with pytest.raises(ValueError, match="not a"):
        _treated(cycles)


@pytest.mark.parametrize(
    ("cycles", "printed", "conclusion", "why"),
    [
        ("about 20", "20", "not contradicted", "both may be 20; 19 x 21 days are 399 of 365"),
        ("about 16", "16", "agrees", "15 x 21 = 315 days of 365"),
        ("about 16", "about 15", "agrees", "the ranges meet, and there is time"),
        ("16", "8", "contradicted", "16 are on record"),
    ],
)
def test_c12_reads_it(cycles, printed, conclusion, why):
    claim = f"- {{count: {printed}, about: cycles, of: one}}"
    (found,) = of("C12", audited(CASE % cycles, claim))
    if conclusion == "not contradicted":
        assert "on record of" not in found.description, why
    else:
        assert found.conclusion == conclusion, (why, found.description)
