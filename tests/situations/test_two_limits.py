"""One percentage of the same patients with two pairs of limits (K25): each names the other.

12 of 40 are 30 %. Exact limits are 16.56 to 46.53: with them 12 or more, and 12 or fewer, of
40 have a chance of 0.025 each (sums of binomial terms). Those of Wilson are
(0.3 + z^2/80 -+ z root(0.3 x 0.7/40 + z^2/6400)) / (1 + z^2/40), z = 1.96: 18.07 to 45.43.
"""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import A, C, P, source, verdicts_of

ONE = "{{percent: 30, about: ORR, n: 40, ci: {}}}"


@pytest.mark.parametrize(
    ("first", "second", "calls", "named"),
    [
        ("16.6 to 46.5", "18.1 to 45.4", [A, P], True),  # two methods, each sound
        ("16.6 to 46.5", "20.0 to 41.0", [A, C], True),  # the second by no method
        ("20.0 to 41.0", "16.6 to 46.5", [C, P], True),
        ("16.6 to 46.5", "16.6 to 46.5", [A, A], False),  # alike
        ("16.6 to 46.5", "16.56 to 46.53", [A, A], False),  # and with more digits
    ],
)
def test_two_pairs_of_limits_of_one_figure(first, second, calls, named, tmp_path):
    found = verdicts_of("K25", source(f"{ONE.format(first)}\n{ONE.format(second)}", tmp_path))
    assert [each.conclusion for each in found] == calls
    for mine, other in zip(found, reversed((first, second)), strict=True):
        assert any(f"is printed with {other}" in note for note in mine.notes) is named
        assert bool(mine.others) is named


def test_other_patients_or_another_level_have_other_limits(tmp_path):
    more = (
        "{percent: 30, about: ORR, n: 40, ci: 16.6 to 46.5}\n{percent: 30, about: ORR, n: 20, "
        "ci: 11.9 to 54.3}\n{percent: 30, about: ORR, n: 40, ci: 18.2 to 44.2, level: 90 %}"
    )
    found = verdicts_of("K25", source(more, tmp_path))
    assert not any("is printed with" in note for each in found for note in each.notes)
