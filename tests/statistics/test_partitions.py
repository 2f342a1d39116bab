from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import Span
from timeline.statistics.partitions import counts_sum, forced_total, percents_sum
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED


def prints(*texts):
    return [parse_printed(text) for text in texts]


@pytest.mark.parametrize(
    ("counts", "n", "fit", "missing"),
    [
        pytest.param([7, 8], 15, AGREES, 0, id="men and women (Liu 2025)"),
        pytest.param([3, 11, 1], 15, AGREES, 0, id="three subtypes (Liu 2025)"),
        pytest.param([7, 7], 15, CONTRADICTED, 1, id="one missing"),
        pytest.param([9, 8], 15, CONTRADICTED, -2, id="two too many"),
    ],
)
def test_counts_make_up_n(counts, n, fit, missing):
    found = counts_sum(counts, n)
    assert (found.fit, found.missing) == (fit, missing)


@pytest.mark.parametrize(
    ("texts", "n", "fit"),
    [
        pytest.param(["46.7", "53.3"], 15, AGREES, id="exactly 100"),
        pytest.param(["33.3", "33.3", "33.3"], 3, AGREES, id="99.9 is fine"),
        pytest.param(["16.7"] * 6, 6, AGREES, id="100.2 of six is fine"),
        pytest.param(["33.3", "33.3", "33.2"], None, POSSIBLE, id="99.8 of three: only if cut"),
        pytest.param(["60.0", "50.0"], None, CONTRADICTED, id="110"),
        pytest.param(["50.0", "40.0"], None, CONTRADICTED, id="90"),
        pytest.param(["33.3", "33.3", "33.3"], 4, CONTRADICTED, id="no counts of 4"),
        pytest.param(["20", "73.3", "6.7"], 15, AGREES, id="mixed digits (Liu 2025)"),
        # of 200, 10 prints 20 or 21, 45 prints 90 or 91: 20 + 90 + 91 is more than 200
        pytest.param(["10", "45", "45"], 200, AGREES, id="several counts of 200"),
    ],
)
def test_percentages_make_up_the_whole(texts, n, fit):
    assert percents_sum(prints(*texts), n).fit is fit


def test_the_range_of_the_sum_is_half_a_unit_a_print():
    total = percents_sum(prints("33.3", "33.3", "33.3")).total
    assert total == Span(Fraction("99.75"), Fraction("100.05"))


@law
@given(st.lists(st.integers(0, 60), min_size=1, max_size=6).filter(any), places, ways)
def test_a_truthful_partition_is_never_called_wrong(counts, decimals, how):
    n = sum(counts)
    percents = [shown(Fraction(100 * count, n), decimals, how) for count in counts]
    assert percents_sum(percents, n).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("texts", "counts", "forced"),
    [
        pytest.param(["6.7", "66.6", "26.7"], [1, 10, 4], True, id="66.6 makes it 100 (Liu 2025)"),
        pytest.param(["6.7", "66.7", "26.7"], [1, 10, 4], False, id="100.1, rounded rightly"),
        pytest.param(["46.7", "53.3"], [7, 8], False, id="100 by itself"),
        pytest.param(["33.3", "33.4", "33.3"], [1, 1, 1], True, id="one third made larger"),
        pytest.param(["33.0", "33.7", "33.3"], [1, 1, 1], False, id="too far from a third"),
        pytest.param(["over 60", "40"], [3, 2], False, id="a hedge"),
    ],
)
def test_digits_moved_to_make_up_100(texts, counts, forced):
    assert forced_total(prints(*texts), counts) is forced


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: percents_sum(prints("over 60")), "not a bounded number: 'over 60'"),
        (lambda: forced_total([], []), "not a number of patients: 0"),
        (lambda: forced_total(prints("50"), [1, 1]), "zip"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
