"""Prints of more than one number: each reads what people copy, and says what to write instead."""

from __future__ import annotations

from fractions import Fraction

import pytest

from timeline.prints import grades, limits, moments, p_value, statistic, time_or_not_reached


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
    ("read", "text", "says"),
    [
        pytest.param(limits, "11.1", "not two limits", id="one limit"),
        pytest.param(limits, "17.4 to 11.1", "larger limit stands first", id="turned round"),
        pytest.param(limits, "a to b", "not a printed number", id="no numbers"),
        pytest.param(moments, "12", "not a time", id="no unit"),
        pytest.param(moments, "12 parsecs", "not a time", id="another unit"),
        pytest.param(p_value, "1.2", "above one", id="no probability"),
        pytest.param(p_value, "NS", "not a printed number", id="a word for p"),
        pytest.param(statistic, "t = 2.2", "1 degrees of freedom", id="t without df"),
        pytest.param(statistic, "t(0) = 2.2", "above nought", id="df of nought"),
        pytest.param(statistic, "w(3) = 2.2", "unknown statistic", id="another statistic"),
        pytest.param(statistic, "2.2", "not a test statistic", id="a number alone"),
        pytest.param(grades, "VI", "not a grade", id="no sixth grade"),
        pytest.param(grades, "4-3", "higher grade stands first", id="grades turned round"),
    ],
)
def test_what_does_not_read_says_what_to_write(read, text, says):
    with pytest.raises(ValueError, match=says) as fault:
        read(text)
    assert any(word in str(fault.value) for word in ("write", "known", "degrees"))


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
    assert (moments(text).values, moments(text).unit) == (values, unit)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("0.03", Fraction(3, 100), id="plain"),
        pytest.param("= .03", Fraction(3, 100), id="without the nought"),
        pytest.param("< 0.001", None, id="below"),
    ],
)
def test_p_values(text, value):
    assert p_value(text).value == value
    assert 0 in p_value("< 0.001").span


@pytest.mark.parametrize(
    ("text", "name", "dfs", "value"),
    [
        pytest.param("t(28) = 2.2", "t", (28,), "2.2", id="t"),
        pytest.param("t(28) = -2.2", "t", (28,), "2.2", id="the sign is left out"),
        pytest.param("F(2, 27) = 3.9", "F", (2, 27), "3.9", id="F has two"),
        pytest.param("χ2(1, N = 30) = 4.1", "chi2", (1,), "4.1", id="with the number of patients"),
        pytest.param("z = 2.1", "z", (), "2.1", id="z has none"),
    ],
)
def test_test_statistics(text, name, dfs, value):
    read = statistic(text)
    assert (read.name, read.dfs, read.value.text) == (name, dfs, value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("level III", (3,), id="roman"),
        pytest.param("grade 3", (3,), id="arabic"),
        pytest.param("3–4", (3, 4), id="two"),
        pytest.param("grades III and IV", (3, 4), id="in words"),
        pytest.param(">= 3", (3, 4, 5), id="at least"),
        pytest.param("any grade", (1, 2, 3, 4, 5), id="all"),
    ],
)
def test_grades(text, values):
    assert grades(text).values == values


def test_a_time_or_not_reached():
    assert time_or_not_reached("NR") == time_or_not_reached("not estimable") == "not reached"
    assert time_or_not_reached("14.2").text == "14.2"
