from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.printed import HEDGES, ROUNDINGS, printed
from timeline.span import NEVER_BEGAN, NEVER_ENDS, Span

F = Fraction


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("8.4", Span(F("8.35"), F("8.45")), id="one decimal"),
        pytest.param("5.20", Span(F("5.195"), F("5.205")), id="a trailing nought is a claim"),
        pytest.param("16", Span(F("15.5"), F("16.5")), id="whole"),
        pytest.param("1,000", Span(F("999.5"), F("1000.5")), id="thousands"),
        pytest.param("8·4", Span(F("8.35"), F("8.45")), id="the Lancet's raised point"),
        pytest.param("seven", Span(F("6.5"), F("7.5")), id="in words"),
        pytest.param("41–75", Span(F("40.5"), F("75.5")), id="a range of prints"),
        pytest.param("about 16", Span(15, 17, True, False), id="about: a unit either way"),
        pytest.param("nearly 8", Span(7, 8, False, False), id="nearly: less than a unit below"),
        pytest.param("over 60", Span(60, NEVER_ENDS, False), id="over: above it"),
        pytest.param("60+", Span(60, NEVER_ENDS), id="a plus: it or more"),
        pytest.param("up to 182", Span(NEVER_BEGAN, 182), id="up to: it or less"),
        pytest.param("within 8", Span(NEVER_BEGAN, 8, True, False), id="within: below it"),
    ],
)
def test_what_a_print_can_stand_for(text, span):
    assert printed(text).span == span


@pytest.mark.parametrize(
    ("rounding", "span"),
    [
        ("half_up_or_even", Span(F("8.35"), F("8.45"))),
        ("half_up", Span(F("8.35"), F("8.45"), True, False)),
        ("truncate", Span(F("8.4"), F("8.5"), True, False)),
        ("ceil", Span(F("8.3"), F("8.4"), False, True)),
    ],
)
def test_each_rounding_convention(rounding, span):
    assert printed("8.4", rounding).span == span


def test_every_rounding_and_hedge_is_tested_by_being_listed():
    assert set(ROUNDINGS) == {"half_up_or_even", "half_up", "truncate", "ceil"}
    for hedge in HEDGES:
        for word in hedge.words:
            assert printed(f"{word} 5").hedge is hedge


@given(st.decimals(0, 1000, places=2))
def test_a_print_contains_its_own_value_and_digits_never_widen(number):
    assert F(str(number)) in printed(str(number)).span
    assert printed(f"{number}0").span.within(printed(str(number)).span)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("12,5", "use a point: 12.5"),
        ("soon", "write 8.4, over 60"),
        ("", "write 8.4"),
        ("8.4.1", "write 8.4"),
    ],
)
def test_what_is_no_number_is_refused_with_advice(text, advice):
    with pytest.raises(ValueError, match=advice):
        printed(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("none", "-0.5", "0.5", id="a count of nought in a word"),
        pytest.param("40.0~62.5", "39.95", "62.55", id="a tilde between two numbers"),
        pytest.param("10 %–20 %", "9.5", "20.5", id="the sign after each end"),
        pytest.param("46.7%", "46.65", "46.75", id="the sign after a number"),
        pytest.param("~15–20", "14", "21", id="a hedge widens both ends of a range"),
    ],
)
def test_prints_as_reports_write_them(text, low, high):
    span = printed(text).span
    assert (span.low, span.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        pytest.param("15", "16", False, id="as many digits: they must be the same"),
        pytest.param("20.0", "20", True, id="fewer digits: one can round to the other"),
        pytest.param("66.6", "67", True, id="66.6 rounds to 67"),
        pytest.param("66.4", "67", False, id="66.4 does not"),
        pytest.param("over 60", "62", True, id="a hedge leaves room"),
    ],
)
def test_whether_two_prints_can_be_one_number(one, other, may):
    assert printed(one).may_equal(printed(other)) is may
    assert printed(other).may_equal(printed(one)) is may
