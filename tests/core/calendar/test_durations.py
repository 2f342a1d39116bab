"""Ranges of numbers in a sentence: an open end is "at least" or "at most", as papers write it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.core.calendar.durations import range_text, rounded
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span
from timeline.results.alternatives import days_and_months


@pytest.mark.parametrize(
    ("span", "places", "text"),
    [
        pytest.param(Span(Fraction(795, 200), 6), 1, "4.0 to 6.0", id="3.975 rounds to 4.0"),
        pytest.param(Span(Fraction(399, 100), 4), 1, "4.0", id="3.99 and 4 print alike"),
        pytest.param(Span(4, NEVER_ENDS), 2, "at least 4.00", id="no upper end"),
        pytest.param(Span(NEVER_BEGAN, 4), 2, "at most 4.00", id="no lower end"),
        pytest.param(Span(0, NEVER_ENDS), 2, "not determinable", id="every time is 0 or more"),
        pytest.param(Span(NEVER_BEGAN, NEVER_ENDS), 2, "not determinable", id="no end at all"),
    ],
)
def test_a_range_in_words(span, places, text):
    assert range_text(span, places) == text


def test_of_a_quantity_that_may_be_below_0_a_least_value_of_0_says_something():
    assert range_text(Span(0, NEVER_ENDS), 0, never_below_0=False) == "at least 0"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        pytest.param(Span.point(1), "1 day, 0.03 months", id="1 / 30.4375 is 0.033"),
        pytest.param(Span(121, 181), "121 to 181 days, 3.98 to 5.95 months", id="both ends"),
        pytest.param(Span(784, NEVER_ENDS), "at least 784 days, 25.76 months",
                     id="784 / 30.4375 is 25.76"),
        pytest.param(Span(0, NEVER_ENDS), "not determinable", id="nothing is known"),
    ],
)  # fmt: skip
def test_days_and_months_of_an_open_range(days, text):
    assert days_and_months(days) == text


def test_no_infinite_number_is_printed_as_one():
    assert rounded(NEVER_ENDS) == "not determinable"
