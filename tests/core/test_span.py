from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given

from tests.strategies import numbers, spans
from timeline.core.span import ANY, Span


@given(spans(), numbers, numbers)
def test_a_difference_contains_every_difference_of_members(span, a, b):
    that = Span(min(a, b), max(a, b))
    for x in (a, b):
        for y in (span.low, span.high):
            if y in span:
                assert y - x in span - that


@given(spans())
def test_a_span_minus_itself_contains_zero(span):
    assert 0 in span - span


@given(spans(), spans())
def test_within_implies_overlaps(a, b):
    if a.within(b):
        assert a.overlaps(b)


@given(spans(), spans())
def test_overlap_is_symmetric_and_the_intersection_is_within_both(a, b):
    assert a.overlaps(b) == b.overlaps(a)
    meet = a & b
    if meet is not None:
        assert meet.within(a)
        assert meet.within(b)


@given(spans(), spans(), numbers)
def test_the_intersection_contains_a_number_only_if_both_do(a, b, number):
    meet = a & b
    assert (number in a and number in b) == (meet is not None and number in meet)


@given(spans(), spans())
def test_the_hull_contains_both(a, b):
    assert a.within(a.hull(b))
    assert b.within(a.hull(b))


@given(spans(), spans())
def test_the_hull_is_no_wider_than_both_ends_ask(a, b):
    hull = a.hull(b)
    assert hull.low == min(a.low, b.low)
    assert hull.high == max(a.high, b.high)
    assert (hull.low in hull) == (hull.low in a or hull.low in b)
    assert (hull.high in hull) == (hull.high in a or hull.high in b)


@given(spans())
def test_dividing_is_exact(span):
    assert span.divided_by(Fraction(487, 16)).low * Fraction(487, 16) == span.low


@pytest.mark.parametrize(
    ("low", "high", "low_in", "high_in", "fault"),
    [
        pytest.param(2, 1, True, True, "ends before it starts", id="ends the wrong way round"),
        pytest.param(1, 1, True, False, "ends before it starts", id="a point that is left out"),
        pytest.param(math.inf, math.inf, True, True, "nothing lies", id="infinity is no value"),
    ],
)
def test_an_empty_span_cannot_be_made(low, high, low_in, high_in, fault):
    with pytest.raises(ValueError, match=fault):
        Span(low, high, low_in, high_in)


def test_a_float_is_refused_for_it_is_not_exact():
    with pytest.raises(ValueError, match="not an exact number"):
        Span(0.1, 0.2)


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        pytest.param(Span(1, 2), Span(2, 3), False, id="closed ends that touch share a value"),
        pytest.param(Span(1, 2, True, False), Span(2, 3), True, id="an open end shares none"),
        pytest.param(ANY, Span(2, 3), False, id="the whole line meets everything"),
    ],
)
def test_touching_spans(a, b, apart):
    assert a.overlaps(b) is not apart


@given(spans(), numbers)
def test_times_a_number_is_divided_by_its_inverse(span, less):
    less = int(less) if not isinstance(less, float) else 0
    assert span.times(Fraction(487, 16), less=less) == span.divided_by(Fraction(16, 487)) - less


def test_a_negative_factor_is_refused():
    with pytest.raises(ValueError, match="factor must be above 0: 0"):
        Span(1, 2).times(Fraction(0))
