from __future__ import annotations

import itertools
import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, root, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.statistics.granularity import debit, grim, grimmer
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
SD, POPULATION, ERROR = "sample SD", "population SD", "standard error"
ALL = (SD, POPULATION, ERROR)


@pytest.mark.parametrize(
    ("mean", "n", "items", "fit", "totals"),
    [
        # Brown and Heathers 2017: 145/28 = 5.18 and 146/28 = 5.21
        pytest.param("5.19", 28, 1, CONTRADICTED, (), id="their example"),
        pytest.param("5.18", 28, 1, AGREES, (145,), id="the mean below"),
        pytest.param("5.21", 28, 1, AGREES, (146,), id="the mean above"),
        pytest.param("5.19", 28, 4, AGREES, (581,), id="four items each: steps of 1/112"),
        pytest.param("5.17", 28, 1, POSSIBLE, (145,), id="145/28 = 5.1786, digits cut"),
        pytest.param("2.0", 20, 1, AGREES, (39, 40, 41), id="several totals"),
    ],
)
def test_a_mean_of_whole_numbers(mean, n, items, fit, totals):
    found = grim(parse_printed(mean), n, items)
    assert (found.fit, found.totals) == (fit, totals)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "items", "fit", "kinds"),
    [
        pytest.param("2.00", "1.00", 3, 1, AGREES, (SD, ERROR), id="1 2 3, or 1 1 4"),
        pytest.param("2.00", "0.82", 3, 1, POSSIBLE, (POPULATION, ERROR), id="1 2 3, by 3"),
        pytest.param("2.00", "0.58", 3, 1, POSSIBLE, (ERROR,), id="1 2 3, over the root of 3"),
        # 0.71 squared x 2 = 1: squares that sum to 13, odd, where the total 6 is even
        pytest.param("2.00", "0.71", 3, 1, CONTRADICTED, (), id="an odd sum of squares"),
        pytest.param("2.00", "0.50", 3, 1, CONTRADICTED, (), id="no whole sum of squares"),
        pytest.param("5.19", "1.00", 28, 1, CONTRADICTED, (), id="no total"),
        # total 7 of 3 is at least 2 2 3
        pytest.param("2.33", "0.00", 3, 1, CONTRADICTED, (), id="less than the evenest spread"),
        # total 4 of 8: four ones, of squares 2 about the mean; squares that sum to 2 are too few
        pytest.param("0.50", "0.00", 8, 1, CONTRADICTED, (), id="whole, even, and yet too few"),
        pytest.param("2.33", "0.58", 3, 1, AGREES, (SD,), id="2 2 3"),
        pytest.param("1.50", "0.71", 2, 2, AGREES, ALL, id="means of two items: 1 and 2"),
        # squares of 0.95 about the mean: of the totals 39 and 41, not of 40
        pytest.param("2.0", "0.22", 20, 1, AGREES, ALL, id="19 twos and a three: total 41"),
    ],
)
def test_a_spread_of_whole_numbers(mean, sd, n, items, fit, kinds):
    found = grimmer(parse_printed(mean), parse_printed(sd), n, items)
    assert (found.fit, found.kinds) == (fit, kinds)


def spreads(values):
    square = Fraction(statistics.pvariance(values)) * len(values)
    return {
        SD: root(square / (len(values) - 1)),
        POPULATION: root(square / len(values)),
        ERROR: root(square / (len(values) * (len(values) - 1))),
    }


_whole = st.lists(st.integers(0, 30), min_size=2, max_size=40)


@law
@given(_whole, st.sampled_from([SD, POPULATION, ERROR]), places, places, ways, st.integers(1, 3))
def test_a_truthful_mean_and_spread_are_never_called_wrong(values, kind, one, other, how, items):
    scaled = [Fraction(value, items) for value in values]
    mean = shown(statistics.mean(scaled), one, how)
    assert grim(mean, len(values), items).fit is not CONTRADICTED
    sd = shown(spreads(scaled)[kind], other, how)
    assert grimmer(mean, sd, len(values), items).fit is not CONTRADICTED


@pytest.mark.parametrize("n", [5, 6])
def test_what_passes_is_possible_and_what_fails_is_not(n):
    """Every sample of small numbers: the prints of two decimals that some sample has."""
    seen = set()
    for values in itertools.combinations_with_replacement(range(-5, 9), n):
        if 0 <= sum(values) <= 3 * n:
            squares = Fraction(statistics.pvariance(values)) * n / (n - 1)
            if squares <= 9:
                mean = Fraction(sum(values), n)
                seen.add((shown(mean, 2).text, shown(root(squares), 2).text))
    for total, hundredths in itertools.product(range(3 * n + 1), range(0, 300, 7)):
        mean, sd = shown(Fraction(total, n), 2), shown(Fraction(hundredths, 100), 2)
        passes = SD in grimmer(mean, sd, n).kinds and grimmer(mean, sd, n).fit is AGREES
        assert passes == ((mean.text, sd.text) in seen), (mean.text, sd.text)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "fit", "kinds"),
    [
        # 10 ones of 20: 10 x 10 / (20 x 19) = 0.513 squared
        pytest.param("0.50", "0.51", 20, AGREES, (SD,), id="half of 20"),
        pytest.param("0.50", "0.50", 20, POSSIBLE, (POPULATION,), id="divided by 20"),
        pytest.param("0.50", "0.11", 20, POSSIBLE, (ERROR,), id="of the mean"),
        pytest.param("0.50", "0.30", 20, CONTRADICTED, (), id="too narrow for zeros and ones"),
        pytest.param("0.52", "0.51", 20, CONTRADICTED, (), id="no count of 20"),
    ],
)
def test_zeros_and_ones(mean, sd, n, fit, kinds):
    found = debit(parse_printed(mean), parse_printed(sd), n)
    assert (found.fit, found.kinds) == (fit, kinds)


@law
@given(st.lists(st.integers(0, 1), min_size=2, max_size=99), places, places, ways)
def test_truthful_zeros_and_ones_are_never_contradicted(values, one, other, how):
    mean = shown(Fraction(sum(values), len(values)), one, how)
    for spread in spreads(values).values():
        assert debit(mean, shown(spread, other, how), len(values)).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: grim(parse_printed("5"), 0), "not a sample: 0 of 1 items"),
        (lambda: grim(parse_printed("5"), 3, 0), "not a sample: 3 of 0 items"),
        (lambda: grim(parse_printed("over 5"), 3), "not a bounded number"),
        (lambda: grimmer(parse_printed("5"), parse_printed("1"), 1), "not a sample: 1 of 1 items"),
        (lambda: debit(parse_printed("5"), parse_printed("over 1"), 9), "not a bounded number"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
