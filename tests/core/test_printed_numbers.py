from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.core.printed_numbers import (
    HEDGES,
    ROUNDINGS,
    parse_percentage,
    parse_printed,
    parse_time_number,
)
from timeline.core.span import NEVER_BEGAN, NEVER_ENDS, Span

F = Fraction


@pytest.mark.parametrize(
    ("text", "span"),
    [
        pytest.param("8.4", Span(F("8.35"), F("8.45")), id="one decimal"),
        pytest.param("5.20", Span(F("5.195"), F("5.205")), id="a trailing zero is a claim"),
        pytest.param("16", Span(F("15.5"), F("16.5")), id="whole"),
        pytest.param("1,000", Span(F("999.5"), F("1000.5")), id="thousands"),
        pytest.param("8·4", Span(F("8.35"), F("8.45")), id="the Lancet's raised point"),
        pytest.param("seven", Span(F("6.5"), F("7.5")), id="in words"),
        pytest.param("fifteen", Span(F("14.5"), F("15.5")), id="a teen"),
        pytest.param("Twenty-four", Span(F("23.5"), F("24.5")), id="at the head of a sentence"),
        pytest.param("a dozen", Span(11, 13, True, False), id="a dozen: about twelve"),
        pytest.param("~8", Span(7, 9, True, False), id="a tilde before a number"),
        pytest.param("80–90", Span(F("79.5"), F("90.5")), id="a dash between two numbers"),
        pytest.param("41–75", Span(F("40.5"), F("75.5")), id="a range of prints"),
        pytest.param("about 16", Span(15, 17, True, False), id="about: a unit either way"),
        pytest.param("close to 18", Span(17, 19, True, False), id="close to"),
        pytest.param("approx. 18", Span(17, 19, True, False), id="shortened"),
        pytest.param("no more than 18", Span(NEVER_BEGAN, 18), id="no more than: it or less"),
        pytest.param("no fewer than 18", Span(18, NEVER_ENDS), id="no fewer than: it or more"),
        pytest.param("nearly 8", Span(7, 8, False, False), id="nearly: less than a unit below"),
        pytest.param("over 60", Span(60, NEVER_ENDS, False), id="over: above it"),
        pytest.param("60+", Span(F("59.5"), NEVER_ENDS), id="a plus: rounded, and it or more"),
        pytest.param("up to 182", Span(NEVER_BEGAN, 182), id="up to: it or less"),
        pytest.param("within 8", Span(NEVER_BEGAN, 8, True, False), id="within: below it"),
    ],
)
def test_what_a_print_can_stand_for(text, span):
    assert parse_printed(text).span == span


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
    assert parse_printed("8.4", rounding).span == span


def test_every_rounding_and_hedge_is_tested_by_being_listed():
    assert set(ROUNDINGS) == {"half_up_or_even", "half_up", "truncate", "ceil"}
    for hedge in HEDGES:
        for word in hedge.words:
            assert parse_printed(f"{word} 5").hedge is hedge


@given(st.decimals(0, 1000, places=2))
def test_a_print_contains_its_own_value_and_digits_never_widen(number):
    assert F(str(number)) in parse_printed(str(number)).span
    assert parse_printed(f"{number}0").span.within(parse_printed(str(number)).span)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("12,5", "use a point: 12.5"),
        ("soon", "write 8.4, over 60"),
        ("", "write 8.4"),
        ("8.4.1", "write 8.4"),
        ("one-third", "write it as a percent"),
        ("dozens", "write 8.4"),
        ("twenty-ten", "write 8.4"),
    ],
)
def test_what_is_no_number_is_refused_with_advice(text, advice):
    with pytest.raises(ValueError, match=advice):
        parse_printed(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("none", "-0.5", "0.5", id="a count of zero in a word"),
        pytest.param("40.0~62.5", "39.95", "62.55", id="a tilde between two numbers"),
        pytest.param("10 %–20 %", "9.5", "20.5", id="the sign after each end"),
        pytest.param("46.7%", "46.65", "46.75", id="the sign after a number"),
        pytest.param("~15–20", "14", "21", id="a hedge widens both ends of a range"),
    ],
)
def test_prints_as_reports_write_them(text, low, high):
    span = parse_printed(text).span
    assert (span.low, span.high) == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        pytest.param("15", "16", False, id="as many digits: they must be the same"),
        pytest.param("20.0", "20", True, id="fewer digits: one can round to the other"),
        pytest.param("66.6", "67", True, id="66.6 rounds to 67"),
        pytest.param("66.4", "67", False, id="66.4 does not"),
        pytest.param("over 60", "62", True, id="a hedge widens the range"),
    ],
)
def test_whether_two_prints_can_be_one_number(one, other, may):
    assert parse_printed(one).may_equal(parse_printed(other)) is may
    assert parse_printed(other).may_equal(parse_printed(one)) is may


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("one-third", F(175, 6), F(125, 3), id="(1/4 + 1/3) / 2 to (1/3 + 1/2) / 2"),
        pytest.param("a third", F(175, 6), F(125, 3), id="in other words"),
        pytest.param("half", F(125, 3), F(175, 3), id="(1/3 + 1/2) / 2 to (1/2 + 2/3) / 2"),
        pytest.param("a tenth", 5, 15, id="(0 + 1/10) / 2 to (1/10 + 1/5) / 2"),
        pytest.param("Three quarters", F(425, 6), F(175, 2), id="(2/3 + 3/4) / 2 to (3/4 + 1) / 2"),
        pytest.param("34.6", F("34.55"), F("34.65"), id="a number as ever"),
        pytest.param("one in five", 15, F(45, 2), id="(1/10 + 1/5) / 2 to (1/5 + 1/4) / 2"),
        pytest.param("about one-third", F(175, 6), F(125, 3), id="a share is rough as it is"),
        pytest.param("nearly half", F(125, 3), 50, id="nearly: below it, to the middle"),
        pytest.param("more than half", 50, NEVER_ENDS, id="more than: above it"),
        pytest.param("less than a third", NEVER_BEGAN, F(100, 3), id="less than: below it"),
        pytest.param("about 40", 35, 45, id="a round number, hedged: to the next ones"),
        pytest.param("approximately 50 %", 45, 55, id="with its sign"),
        pytest.param("nearly 50", 45, 50, id="nearly a round number"),
        pytest.param("roughly 42", 40, 44, id="a number that is not round"),
        pytest.param("about 42.5", F("42.4"), F("42.6"), id="a decimal claims its digit"),
        pytest.param("about 40-50", 35, 55, id="both ends of a range"),
        pytest.param("over 40", 40, NEVER_ENDS, id="an open end stays"),
    ],
)
def test_a_share_in_words_is_a_percentage_without_digits(text, low, high):
    found = parse_percentage(text).span
    assert (found.low, found.high) == (low, high)


def test_a_share_in_words_can_be_a_printed_percentage_near_it():
    assert parse_percentage("one-third").may_equal(parse_percentage("34.6"))
    assert not parse_percentage("one-third").may_equal(parse_percentage("46.7"))


BELOW_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


@given(st.integers(0, 99))
def test_numbers_in_words_are_read_back(number):
    ten, one = divmod(number, 10)
    below, tens = BELOW_TWENTY.split(), TENS.split()
    word = below[number] if number < 20 else tens[ten - 2] + (f"-{below[one]}" if one else "")
    assert parse_printed(word).value == number


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        # printed to the half: the true value lies within a quarter of it
        ("two and a half", "2.25", "2.75"),
        ("2½", "2.25", "2.75"),
        ("one-and-a-half", "1.25", "1.75"),
        ("a and a half", "1.25", "1.75"),  # of "a year and a half"
        ("half a", "0.25", "0.75"),
        ("a", "0.5", "1.5"),
        ("three", "2.5", "3.5"),
        ("2.5", "2.45", "2.55"),  # printed to the tenth
        ("about two and a half", "2", "3"),  # one unit of what is printed, a half, either way
    ],
)
def test_the_number_of_a_time_in_words(text, low, high):
    span = parse_time_number(text).span
    assert (span.low, span.high) == (Fraction(low), Fraction(high))
    assert parse_time_number(text).text == text


@pytest.mark.parametrize("text", ["a", "A", "half a", "half"])
def test_an_article_is_a_number_of_times_only(text):
    """A score of Child-Pugh A is no 1."""
    with pytest.raises(ValueError, match="not a printed number"):
        parse_printed(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("about 1", Fraction(1, 2), Fraction(3, 2), id="6 to 18 months of a year"),
        pytest.param("approximately one", Fraction(1, 2), Fraction(3, 2), id="in words"),
        pytest.param("nearly 1", Fraction(1, 2), 1, id="one side"),
        pytest.param("about 2", 1, 3, id="one unit is half of 2"),
        pytest.param("about 12", 11, 13, id="one unit"),
        pytest.param("about 0", -1, 1, id="half of 0 is no range"),
    ],
)
def test_a_hedge_allows_at_most_half_of_the_number(text, low, high):
    """One unit of "about 1 year" would be the whole year, which two days would fit."""
    span = parse_printed(text).span
    assert (span.low, span.high) == (low, high)
