"""Values of each patient against the median, the rates and the events printed beside them.

Survival by hand: of 2, 4+, 6, 8, 10+, 12 it is 5/6, 5/8, 5/12 and 0 after 2, 6, 8 and 12.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.told import A, C, P, said, source

SIX = "{values: [2, 4+, 6, 8, 10+, 12], of: PFS, unit: months}"
ROWS = (
    (SIX, "{PFS: 8, unit: months, statistic: median, n: 6}", A, "the Kaplan-Meier median"),
    (SIX, "{PFS: 12, unit: months, statistic: median, n: 6}", C, "the last value"),
    (SIX, "{PFS: NR, unit: months, statistic: median}", C, "survival ends at 0"),
    (SIX, "{PFS: 34.8, unit: weeks, statistic: median}", A, "8 months of 30.44 days"),
    (SIX, "{PFS: 240, unit: days, statistic: median}", A, "8 months of 30 days"),
    (SIX, "{PFS: 100, unit: days, statistic: median}", C, "3.3 months"),
    (SIX, "{rate: 62.5, of: PFS, at: 6 months, n: 6}", A, "5/8"),
    (SIX, "{rate: 10, of: PFS, at: 6 months, n: 6}", C, "5/8"),
    (SIX, "{rate: 41.7, of: PFS, at: 40 weeks}", A, "5/12 at 9.2 months"),
    (SIX, "{rate: 41.7, of: OS, at: 9 months}", None, "of another endpoint"),
    (SIX, "{rate: 10, of: PFS, at: 6 months, n: 30}", None, "of more patients"),
    (SIX, "{rate: 10, of: PFS, at: 6 months, group: B}", None, "of other patients"),
    (SIX, "{events: 4, of: PFS, group: all, n: 6}", A, "2, 6, 8 and 12"),
    (SIX, "{events: 5, of: PFS, group: all, n: 6}", C, "two of six are censored"),
    (SIX, "{events: 2, of: PFS, at: 7 months}", A, "2 and 6"),
    (SIX, "{events: 4, of: PFS, at: 7 months}", C, "8 and 12 are later"),
    (SIX, "{events: 1, of: PFS, at: 6 months}", A, "the 6 may be 6.2"),
    ("{values: [3, 9+, 14], of: OS, unit: months}", "{count: 2, about: deaths}", A, "two events"),
    ("{values: [3, 9+, 14], of: OS, unit: months}", "{count: 3, about: deaths}", C, "one alive"),
    (
        "{values: [40, 60, 90, 120+], of: PFS, unit: days}",
        "{PFS: 20, unit: days, statistic: median}",
        C,
        "below the least value",
    ),
    (
        "{values: [40, 60, 90, 120+], of: PFS, unit: days}",
        "{rate: 75, of: PFS, at: 100 days}",
        C,
        "25 % are free of it: 75 % had it",
    ),
    (
        "{values: [5, 8, 11, 20], of: PFS, unit: weeks}",
        "{PFS: 8, unit: weeks, statistic: median}",
        A,
        "the first time at 1/2, nobody censored",
    ),
    (
        "{values: [3.1, 5.0+, 7.2, 9.9+], of: DoR, unit: months}\n{count: 20, about: patients}",
        "{DoR: 7.2, unit: months, statistic: median}",
        A,
        "of the four that responded: 3/4, then 3/8",
    ),
)


@pytest.mark.parametrize(("values", "claim", "call", "why"), ROWS, ids=[row[3] for row in ROWS])
def test_a_figure_against_the_values(values, claim, call, why, tmp_path):
    told = source(f"{values}\n{claim}", tmp_path)
    found = [each.call for each in said("K48", told) if each.claim is told.claims[-1]]
    assert found == ([call] if call else []), why


def test_what_else_prints_so_is_named(tmp_path):
    """The middle of 2, 4, 6, 8, 10 and 12, as if all had the event, is 7."""
    told = source(f"{SIX}\n{{PFS: 7.0, unit: months, statistic: median}}", tmp_path)
    (verdict,) = said("K48", told)
    assert verdict.call is P
    assert "censored ones as they stand" in verdict.notes[0]
