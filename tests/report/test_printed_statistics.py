"""Prints of more than one number: each reads what people copy, and states what to write instead."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.report.printed_statistics import (
    level,
    level_in_percent,
    limits,
    p_value,
    patients,
    ratio,
    statistic,
    time_limits,
    time_or_not_reached,
)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param("11.1 to 17.4", "11.1", "17.4", id="in words"),
        pytest.param("11.1–17.4", "11.1", "17.4", id="a dash"),
        pytest.param("0.44, 0.70", "0.44", "0.70", id="a comma and a blank"),
        pytest.param("1,000 to 2,000", "1,000", "2,000", id="a comma within a number"),
        pytest.param("0.44; 0.70", "0.44", "0.70", id="a semicolon"),
        pytest.param("11.1 to NR", "11.1", None, id="an end not reached"),
    ],
)
def test_limits(text, low, high):
    read = limits(text)
    assert (read.low and read.low.text, read.high and read.high.text) == (low, high)
    assert (read.both is None) == (high is None)


@pytest.mark.parametrize(
    ("read", "text", "description"),
    [
        pytest.param(limits, "11.1", "not two limits", id="one limit"),
        pytest.param(limits, "1 to 2 to 3", "not two limits", id="three limits"),
        pytest.param(limits, "a to b", "not a printed number", id="no numbers"),
        pytest.param(time_limits, "12", "not a time", id="no unit"),
        pytest.param(time_limits, "12 parsecs", "not a time", id="another unit"),
        pytest.param(p_value, "small", "not a printed number", id="a word for p"),
        pytest.param(statistic, "foo(3) = 2.2", "unknown statistic", id="another statistic"),
        pytest.param(ratio, "0", "every digit printed", id="a ratio of 0"),
        pytest.param(patients, "abc", "not a number of patients", id="n in a word"),
        pytest.param(patients, "-5", "not a number of patients", id="n below 0"),
        pytest.param(patients, "15.5", "whole number", id="half a patient"),
        pytest.param(patients, "9" * 400, "400 digits", id="n of 400 digits"),
        pytest.param(level, "950 %", "not a level", id="a level above 100 %"),
        pytest.param(level, "0 %", "not a level", id="a level of 0"),
        pytest.param(level, "100 %", "not a level", id="a level of certainty"),
        pytest.param(statistic, "2.2", "not a test statistic", id="a number alone"),
    ],
)
def test_what_does_not_read_says_what_to_write(read, text, description):
    with pytest.raises(ValueError, match=description) as fault:
        read(text)
    assert any(word in str(fault.value) for word in ("write", "known", "degrees"))


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        pytest.param(p_value, "1.2", Fraction(6, 5), id="a p value above 1"),
        pytest.param(p_value, "0,03", Fraction(3, 100), id="a decimal comma"),
        pytest.param(time_or_not_reached, "-3.2", Fraction(-16, 5), id="a time below 0"),
        pytest.param(ratio, "-0.5", Fraction(-1, 2), id="a ratio below 0"),
    ],
)
def test_an_impossible_print_is_read(read, text, value):
    """What a report prints is for the audit to judge; the file that copies it is sound."""
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "low", "high", "is_swapped"),
    [
        pytest.param("17.4 to 11.1", "17.4", "11.1", True, id="the larger first"),
        pytest.param("2 to 1", "2", "1", True, id="swapped, though 1.5 prints as both"),
        pytest.param("-3.2 to 23.2", "-3.2", "23.2", False, id="a lower limit below 0"),
        pytest.param("-3.2--1.2", "-3.2", "-1.2", False, id="both below 0, a hyphen between"),
        pytest.param("\N{MINUS SIGN}3.2–1.2", "\N{MINUS SIGN}3.2", "1.2", False, id="a dash"),
        pytest.param("0,52-0,85", "0,52", "0,85", False, id="decimal commas"),
    ],
)
def test_limits_as_printed(text, low, high, is_swapped):
    read = limits(text)
    assert (read.low.text, read.high.text, read.is_swapped) == (low, high, is_swapped)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        pytest.param("95 %", 95, id="plain"),
        pytest.param("0.95", 95, id="a share"),
        pytest.param("99.5%", Fraction(199, 2), id="decimals"),
        pytest.param("one-sided 90 %", 90, id="words before"),
        pytest.param("1-sided", 95, id="the 1 is no level"),
    ],
)
def test_levels(text, percent):
    assert level(text) == text
    assert level_in_percent(text) == percent


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        pytest.param("12 months", (12,), "months", id="one"),
        pytest.param("one week", (1,), "weeks", id="a number in a word"),
        pytest.param("twenty-four months", (24,), "months", id="a number in two words"),
        pytest.param("12-month", (12,), "months", id="as an adjective"),
        pytest.param("0, 6, 12 weeks", (0, 6, 12), "weeks", id="several"),
        pytest.param("1.5 years", (Fraction(3, 2),), "years", id="a half"),
    ],
)
def test_moments(text, values, unit):
    assert (time_limits(text).values, time_limits(text).unit) == (values, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("0.03", Fraction(3, 100), id="plain"),
        pytest.param("= .03", Fraction(3, 100), id="without the zero"),
        pytest.param("< 0.001", None, id="below"),
    ],
)
def test_p_values(text, value):
    assert p_value(text).value == value
    assert 0 in p_value("< 0.001").span
    assert Fraction(4, 100) not in p_value("NS").span
    assert Fraction(6, 100) in p_value("n.s.").span


@pytest.mark.parametrize(
    ("text", "name", "dfs", "value"),
    [
        pytest.param("t(28) = 2.2", "t", (28,), "2.2", id="t"),
        pytest.param("t(28) = -2.2", "t", (28,), "2.2", id="the sign is left out"),
        pytest.param("F(2, 27) = 3.9", "F", (2, 27), "3.9", id="F has two"),
        pytest.param("χ2(1, N = 30) = 4.1", "chi2", (1,), "4.1", id="with the number of patients"),
        pytest.param("z = 2.1", "z", (), "2.1", id="z has none"),
        pytest.param("r(97) = .17", "r", (97,), ".17", id="a correlation"),
        pytest.param("t = 2.2", "t", (), "2.2", id="its degrees of freedom left out"),
        pytest.param("t(0) = 2.2", "t", (0,), "2.2", id="no degree of freedom"),
        pytest.param("W = 212", "W", (), "212", id="a statistic whose p needs the data"),
    ],
)
def test_test_statistics(text, name, dfs, value):
    read = statistic(text)
    assert (read.name, read.dfs, read.value.text) == (name, dfs, value)


def test_a_time_or_not_reached():
    assert time_or_not_reached("NR") == time_or_not_reached("not estimable") == "not reached"
    assert time_or_not_reached("14.2").text == "14.2"
