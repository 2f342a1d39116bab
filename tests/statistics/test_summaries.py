from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, root, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import NEVER_ENDS, Span
from timeline.statistics.rounding import Consistency
from timeline.statistics.summaries import (
    STATISTICS,
    against_values,
    median_parity,
    middle,
    sd_bounds,
)

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED


def prints(*texts):
    return [parse_printed(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "n", "step", "fit"),
    [
        pytest.param("55", 15, 1, AGREES, id="15 ages (Liu 2025)"),
        pytest.param("55.5", 15, 1, CONTRADICTED, id="a half of an odd number"),
        pytest.param("55.5", 16, 1, AGREES, id="a half of an even number"),
        pytest.param("55.3", 16, 1, CONTRADICTED, id="neither whole nor a half"),
        pytest.param("55.0", 15, 1, AGREES, id="whole, with a zero"),
        pytest.param("3.5", 7, Fraction(1, 2), AGREES, id="half units, odd"),
        pytest.param("3.25", 8, Fraction(1, 2), AGREES, id="half units, even"),
        pytest.param("3.25", 7, Fraction(1, 2), CONTRADICTED, id="a quarter of an odd number"),
        pytest.param("2.1", 7, Fraction(7, 30), AGREES, id="weeks in months: nine of them"),
    ],
)
def test_a_median_of_whole_numbers(text, n, step, fit):
    assert median_parity(parse_printed(text), n, step).fit is fit


@law
@given(st.lists(st.integers(0, 200), min_size=1, max_size=40), places, ways)
def test_a_truthful_median_is_never_called_wrong(values, decimals, how):
    text = shown(Fraction(statistics.median(values)), decimals, how)
    assert median_parity(text, len(values)).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("text", "values", "statistic", "fit", "reproduced_by", "mistaken"),
    [
        pytest.param("2.0", "1.0 2.0 9.0", "median", AGREES, ("median",), False, id="the median"),
        pytest.param("4.0", "1.0 2.0 9.0", "median", CONTRADICTED, ("mean",), True,
                     id="the mean called median"),
        pytest.param("4.0", "1.0 2.0 9.0", "mean", AGREES, ("mean",), False, id="the mean"),
        pytest.param("9.0", "1.0 2.0 9.0", "maximum", AGREES, ("maximum",), False, id="longest"),
        pytest.param("1.0", "1.0 2.0 9.0", "maximum", CONTRADICTED, ("minimum",), False,
                     id="the shortest called longest"),
        pytest.param("3.5", "1.0 2.0 5.0 9.0", "median", AGREES, ("median",), False,
                     id="midway between two"),
        # the mean is (3.95 + 6.15 + 6.15) / 3 = 5.42 at least
        pytest.param("5.0", "4.0 6.2+ 6.2+", "median", CONTRADICTED, (), False,
                     id="censored later"),
        pytest.param("7.0", "4.0 6+ 6+", "median", POSSIBLE, ("median", "mean", "maximum"), False,
                     id="censored before"),
        pytest.param("20.0", "4.0", "mean", CONTRADICTED, (), False, id="none of them"),
    ],
)  # fmt: skip
def test_a_statistic_of_individual_values(text, values, statistic, fit, reproduced_by, mistaken):
    found = against_values(parse_printed(text), prints(*values.split()), statistic)
    assert (found.fit, found.reproduced_by) == (fit, reproduced_by)
    assert found.mean_as_median is mistaken


def test_the_range_of_a_median_is_that_of_the_middle_values():
    found = against_values(parse_printed("7"), prints("4", "over 6", "12+"), "median")
    assert found.recomputed == Span(6, NEVER_ENDS)


TRUE = {"median": statistics.median, "mean": statistics.mean, "minimum": min, "maximum": max}


@law
@given(st.lists(st.fractions(0, 60), min_size=1, max_size=12), places, places, ways)
def test_a_truthful_statistic_is_never_called_wrong(values, one, other, how):
    found = [shown(value, one, how) for value in values]
    for name in STATISTICS:
        claimed = shown(Fraction(TRUE[name](values)), other, how)
        assert against_values(claimed, found, name).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("mean", "sd", "n", "low", "high", "observed", "fit"),
    [
        # at most 20.5 x 15 x 15/14 = 329 = 18.1 squared; at least 33 squared / 28 = 6.2 squared
        pytest.param("55", "9", 15, "41", "75", True, AGREES, id="an SD of ages"),
        pytest.param("55", "19", 15, "41", "75", True, CONTRADICTED, id="wider than the range"),
        pytest.param("55", "5", 15, "41", "75", True, CONTRADICTED, id="too narrow for both ends"),
        pytest.param("55", "5", 15, "41", "75", False, AGREES, id="but not if none was seen there"),
        pytest.param("90", "9", 15, "41", "75", True, CONTRADICTED, id="a mean outside"),
        # two values 0 and 2: SD is the square root of 2
        pytest.param("1.00", "1.41", 2, "0.00", "2.00", True, AGREES, id="two values"),
        pytest.param("1.00", "1.45", 2, "0.00", "2.00", True, CONTRADICTED, id="two, too wide"),
        pytest.param("1.00", "1.00", 2, "0.00", "2.00", True, CONTRADICTED, id="two, too narrow"),
    ],
)
def test_an_sd_is_bounded_by_mean_and_range(mean, sd, n, low, high, observed, fit):
    found = sd_bounds(*prints(mean, sd), n, *prints(low, high), observed=observed)
    assert found.fit is fit


@law
@given(st.lists(st.fractions(0, 60), min_size=2, max_size=12), places, places, ways)
def test_a_truthful_sd_is_never_called_wrong(values, one, other, how):
    mean, spread = statistics.mean(values), root(statistics.variance(values))
    found = sd_bounds(shown(Fraction(mean), one, how), shown(spread, other, how), len(values),
                      shown(min(values), one, how), shown(max(values), one, how))  # fmt: skip
    assert found.fit is not CONTRADICTED


@given(st.lists(st.fractions(), min_size=1))
def test_the_middle_is_that_of_the_standard_library(values):
    assert middle(values) == statistics.median(values)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: median_parity(parse_printed("5"), 0), "not data: 0 values"),
        (lambda: median_parity(parse_printed("5"), 3, 0), "not data: 3 values in steps of 0"),
        (lambda: median_parity(parse_printed("over 5"), 3), "not a bounded number"),
        (lambda: against_values(parse_printed("5"), [], "mean"), "no values"),
        (
            lambda: against_values(parse_printed("5"), prints("5"), "mode"),
            "unknown statistic: 'mode'",
        ),
        (lambda: sd_bounds(*prints("5", "1"), 1, *prints("4", "6")), "no SD of 1 values"),
        (lambda: middle([]), "no values"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
