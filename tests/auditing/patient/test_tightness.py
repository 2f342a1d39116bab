"""Which two of several printed figures restrict each other most."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.auditing.patient.durations.tightness import strongest_tension
from timeline.core.temporal_network import Constraint

HALF, QUARTER, EIGHTH = Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)
A, B, C = (Constraint(name, (0, "start"), (1, "start"), 0, None) for name in "abc")


@pytest.mark.parametrize(
    ("shares", "alone", "expected"),
    [
        pytest.param({"ab": QUARTER, "ac": EIGHTH, "bc": QUARTER}, [HALF] * 3, ("a", "c", HALF),
                     id="a and c: half of 1/2 x 1/2"),
        pytest.param({"ab": QUARTER, "ac": QUARTER, "bc": QUARTER}, [HALF] * 3, None,
                     id="each pair is independent"),
        pytest.param({"ab": HALF, "ac": HALF, "bc": Fraction(1, 3)}, [HALF] * 3, None,
                     id="each pair is likelier than if independent"),
        pytest.param({"ab": Fraction(0), "ac": Fraction(1, 20), "bc": QUARTER},
                     [HALF, HALF, Fraction(1, 10)], ("a", "b", Fraction(0)),
                     id="never possible together"),
        pytest.param({"bc": EIGHTH}, [Fraction(0), HALF, HALF], ("b", "c", HALF),
                     id="one that no day keeps is left out"),
    ],
)  # fmt: skip
def test_the_pair_with_the_lowest_ratio(shares, alone, expected):
    found = strongest_tension(
        [A, B, C], alone, lambda two: shares["".join(each.description for each in two)]
    )
    pair = found and ("abc"[found.first], "abc"[found.second], found.ratio)
    assert pair == expected


def test_one_figure_has_no_pair():
    assert strongest_tension([A], [HALF], lambda _: Fraction(1)) is None
