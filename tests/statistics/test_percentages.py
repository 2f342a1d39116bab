from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.statistics.percentages import (
    counts_within,
    denominators,
    implied,
    percent_of_n,
    precision,
    risk_reduction,
    same_fraction,
)
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED


@pytest.mark.parametrize(
    ("text", "n", "count", "fit", "expected"),
    [
        pytest.param("42.2", 7, 3, CONTRADICTED, "42.9", id="3 of 7 is 42.9 (Liu 2025)"),
        pytest.param("66.6", 15, 10, POSSIBLE, "66.7", id="10 of 15 cut at a digit (Liu 2025)"),
        pytest.param("53.3", 15, 7, CONTRADICTED, "46.7", id="the count of the others"),
        pytest.param("66.7", 15, 10, AGREES, "66.7", id="10 of 15"),
        pytest.param("9.1", 11, 1, AGREES, "9.1", id="1 of 11"),
        pytest.param("12", 8, 1, AGREES, "13", id="a half may go to even"),
        pytest.param("13", 8, 1, AGREES, "13", id="a half may go up"),
        pytest.param("100", 7, 7, AGREES, "100", id="all"),
        pytest.param("114.3", 7, 8, CONTRADICTED, "114.3", id="8 of 7 is no share"),
        pytest.param("over 60", 11, 7, AGREES, "64", id="a hedge"),
        pytest.param("42.2", 7, None, CONTRADICTED, None, id="no count of 7"),
        pytest.param("42.2", 45, None, AGREES, None, id="some count of 45"),
    ],
)
def test_a_percentage_is_a_count_of_n(text, n, count, fit, expected):
    found = percent_of_n(parse_printed(text), n, count)
    assert (found.fit, found.expected) == (fit, expected)
    assert found.only_truncated == (fit is POSSIBLE)


def test_the_counts_that_print_so_are_listed():
    assert tuple(percent_of_n(parse_printed("42.2"), 45).counts) == (19,)
    assert tuple(percent_of_n(parse_printed("7"), 150).counts) == (10, 11)  # 6.67 and 7.33


@pytest.mark.parametrize(
    ("rounding", "counts"),
    [("half_up_or_even", (99, 100, 101)), ("half_up", (99, 100)), ("truncate", (100, 101)),
     ("ceil", (99, 100))],
)  # fmt: skip
def test_an_end_that_does_not_belong_is_no_count(rounding, counts):
    """50 per cent of 200: 49.5 is 99, 50.5 is 101, and both 49 and 51 lie outside."""
    assert tuple(counts_within(parse_printed("50", rounding).span, 200)) == counts


@pytest.mark.parametrize("decimals", [0, 1])
def test_every_count_of_n_up_to_100_as_decimal_rounds_it(decimals):
    """Both ways to round a half, and silence for every other print of 0 to 100."""
    unit = Decimal(1).scaleb(-decimals)
    spans = {
        str(i * unit): parse_printed(str(i * unit)).span for i in range(100 * 10**decimals + 1)
    }
    for n in range(1, 101):
        prints = defaultdict(set)
        for k in range(n + 1):
            for how in (ROUND_HALF_UP, ROUND_HALF_DOWN):
                prints[str((Decimal(100 * k) / n).quantize(unit, how))].add(k)
        for text, span in spans.items():
            assert set(counts_within(span, n)) == prints.get(text, set()), (text, n)


@law
@given(st.integers(1, 400), st.data(), places, ways)
def test_a_truthful_percentage_is_never_called_wrong(n, data, decimals, how):
    count = data.draw(st.integers(0, n))
    text = shown(Fraction(100 * count, n), decimals, how)
    found = percent_of_n(text, n, count)
    assert found.fit is not CONTRADICTED
    assert ("half_up_or_even" if how.startswith("half") else how) in found.roundings


@law
@given(st.integers(1, 80), st.data(), places, ways)
def test_the_true_number_of_patients_is_always_among_those_that_fit(n, data, decimals, how):
    counts = data.draw(st.lists(st.integers(0, n), min_size=1, max_size=3))
    texts = [shown(Fraction(100 * count, n), decimals, how) for count in counts]
    for told in (counts, ()):
        found = denominators(texts, n, told)
        assert n in (*found.fitting, *found.others)


@pytest.mark.parametrize(
    ("texts", "counts", "fit", "smallest"),
    [
        # 8/19 < 42.15 and 11/26 > 42.25 are neighbours, so their mediant 19/45 is the smallest
        pytest.param(["42.2"], [], AGREES, 45, id="42.2 needs 45"),
        pytest.param(["42.2"], [3], CONTRADICTED, None, id="no n makes 3 of it 42.2"),
        pytest.param(["9.1", "63.6", "27.3"], [], AGREES, 11, id="a subgroup of 11"),
        pytest.param(["9.1", "63.6", "27.3"], [1, 7, 3], AGREES, 11, id="with its counts"),
        pytest.param(["66.6", "6.6"], [10, 1], POSSIBLE, 15, id="15, with digits cut"),
    ],
)
def test_the_numbers_of_patients_that_fit(texts, counts, fit, smallest):
    found = denominators([parse_printed(text) for text in texts], 60, counts)
    assert (found.fit, found.smallest) == (fit, smallest)


@pytest.mark.parametrize(
    ("texts", "fit"),
    [
        pytest.param(["66.6", "66.7"], CONTRADICTED, id="one digit apart"),
        pytest.param(["20", "20.0"], AGREES, id="more digits of the same"),
        pytest.param(["66.7", "67"], AGREES, id="fewer digits of the same"),
        pytest.param(["66.4", "67"], POSSIBLE, id="only if all is rounded up"),
        pytest.param(["65.4", "67"], CONTRADICTED, id="apart"),
        pytest.param(["over 60", "66.7"], AGREES, id="a hedge"),
    ],
)
def test_one_fraction_printed_twice(texts, fit):
    assert same_fraction([parse_printed(text) for text in texts]).fit is fit


@law
@given(st.fractions(0, 100), places, places, ways)
def test_the_same_fraction_with_other_digits_is_never_called_wrong(value, one, other, how):
    prints = [shown(value, decimals, how) for decimals in (one, other)]
    assert same_fraction(prints).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("reduction", "ratio", "fit"),
    [
        pytest.param("35", "0.65", AGREES, id="35 % of 0.65"),
        pytest.param("33", "0.7", POSSIBLE, id="0.7 may be 0.67"),
        pytest.param("30", "0.65", CONTRADICTED, id="0.65 is not 30 % less"),
        pytest.param("65", "0.65", CONTRADICTED, id="the ratio for the reduction"),
    ],
)
def test_a_reduction_of_risk(reduction, ratio, fit):
    assert risk_reduction(parse_printed(reduction), parse_printed(ratio)).fit is fit


@law
@given(st.fractions(0, 1), places, places, ways)
def test_a_truthful_reduction_is_never_called_wrong(ratio, one, other, how):
    reduction = shown(100 - 100 * ratio, one, how)
    assert risk_reduction(reduction, shown(ratio, other, how)).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("text", "n", "excess"),
    [
        pytest.param("46.7", 15, 1, id="tenths of 15 patients"),
        pytest.param("47", 15, 0, id="whole per cent of 15"),
        pytest.param("33.3", 400, 0, id="tenths of 400: steps of a quarter"),
        pytest.param("33.25", 400, 1, id="hundredths of 400"),
    ],
)
def test_decimals_that_n_cannot_fill(text, n, excess):
    assert precision(parse_printed(text), n).excess == excess


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: percent_of_n(parse_printed("5"), 0), "not a number of patients: 0"),
        (lambda: percent_of_n(parse_printed("5"), 3, -1), "below 0: -1"),
        (lambda: denominators([parse_printed("5")], 0), "not a number of patients: 0"),
        (lambda: denominators([parse_printed("5")], 9, [1, 2]), "2 counts for 1 percentages"),
        (lambda: precision(parse_printed("5"), 0), "not a number of patients: 0"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()


@pytest.mark.parametrize(
    ("pairs", "fit", "fitting"),
    [
        pytest.param([("39.8", 153)], AGREES, (384,), id="153 / 384 = 39.84, not 383 or 385"),
        pytest.param([("39.8", 163)], AGREES, (410,), id="163 / 410 = 39.76: no bound is wanted"),
        pytest.param([("40.0", 7)], CONTRADICTED, (), id="7 / 17 = 41.2, 7 / 18 = 38.9"),
        pytest.param([("18.2", 8), ("75.0", 33)], AGREES, (44,), id="two pairs of one group"),
        pytest.param([("0.0", 0), ("18.2", 8)], AGREES, (44,), id="a zero has no information"),
    ],
)
def test_counts_imply_their_denominator(pairs, fit, fitting):
    found = implied([parse_printed(text) for text, _ in pairs], [k for _, k in pairs])
    assert (found.fit, tuple(found.fitting)) == (fit, fitting)


def test_no_count_implies_no_denominator():
    with pytest.raises(ValueError, match="no count above 0"):
        implied([parse_printed("0.0")], [0])


@given(st.integers(1, 100), st.integers(1, 100), st.integers(0, 2))
def test_the_true_denominator_is_always_among_those_implied(k, more, digits):
    n = k + more - 1
    text = f"{Decimal(100 * k) / n:.{digits}f}"
    if Decimal(text) > 0:
        assert n in implied([parse_printed(text)], [k]).fitting
