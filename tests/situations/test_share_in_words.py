"""The share of day assignments is written in words, and only where each date is known."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.auditing.comparison.compare import share_in_words, share_text
from timeline.core.span import Span


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1), "nearly all"),
        (Fraction(96, 100), "nearly all"),
        (Fraction(3, 4), "about 8 in 10"),
        (Fraction(1, 2), "about 5 in 10"),
        (Fraction(1, 3), "about 1 in 3"),
        (Fraction(56, 1000), "about 1 in 20"),  # 1 in 17.9
        (Fraction(1, 287), "about 1 in 300"),
        (Fraction(1, 6_310_591), "fewer than 1 in 10,000"),
    ],
)
def test_a_share_has_one_significant_digit(share, words):
    assert share_in_words(share) == words


def test_no_share_is_stated_that_depends_on_one_vague_date():
    month, year = Span(1, 31), Span(1, 365)
    assert share_text(Fraction(1, 4), month, month) == (
        "; about 1 in 4 of the allowed days reproduce it"
    )
    assert share_text(Fraction(1, 4), month, year) == ""
    assert share_text(Fraction(0), month) == ""
