from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import Span
from timeline.statistics.response_rates import (
    CATEGORIES,
    RATES,
    ResponseCounts,
    complement,
    response_rate,
    subgroup_residual,
)
from timeline.statistics.rounding import Consistency

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
LIU = ResponseCounts(n=15, cr=0, pr=1, sd=10, pd=4)
ALL = (("all", 15),)


@pytest.mark.parametrize(
    ("name", "text", "counts", "fit", "denominators"),
    [
        pytest.param("ORR", "6.7", LIU, AGREES, ALL, id="1 of 15 (Liu 2025)"),
        pytest.param("DCR", "73.3", LIU, AGREES, ALL, id="11 of 15 (Liu 2025)"),
        pytest.param("DCR", "73.4", LIU, POSSIBLE, ALL, id="rounded up"),
        pytest.param("DCR", "72.3", LIU, CONTRADICTED, (), id="no count of 15"),
        pytest.param("DCR", "66.7", LIU, CONTRADICTED, (), id="stable disease alone"),
        pytest.param("ORR", "9.1", ResponseCounts(n=15, cr=0, pr=1, sd=6, pd=4, ne=4), POSSIBLE,
                     (("evaluable", 11),), id="1 of 11 evaluable"),
        pytest.param("ORR", "50", ResponseCounts(n=10, pr=2), AGREES, (("all", 10),),
                     id="others may be complete responses"),
        pytest.param("ORR", "10", ResponseCounts(n=10, pr=2), CONTRADICTED, (),
                     id="fewer than the partial responses stated"),
        pytest.param("ORR", "6.7", ResponseCounts(n=15, cr=0, pr=1, sd=10, pd=5), CONTRADICTED, (),
                     id="16 stated of 15"),
        pytest.param("ORR", "90", ResponseCounts(n=10, cr=5, pr=6), CONTRADICTED, (),
                     id="more stated than patients"),
    ],
)  # fmt: skip
def test_a_rate_is_a_count_of_its_categories(name, text, counts, fit, denominators):
    found = response_rate(name, parse_printed(text), counts)
    assert (found.fit, found.denominators) == (fit, denominators)


@pytest.mark.parametrize(
    ("counts", "response"),
    [
        pytest.param(LIU, Span.point(1), id="all stated"),
        pytest.param(ResponseCounts(n=15, pr=1, sd=8, pd=4, ne=0), Span.point(3),
                     id="the one left out is what is left"),
        pytest.param(ResponseCounts(n=15, pr=1, sd=6, pd=4), Span(1, 5), id="or none of it"),
    ],
)  # fmt: skip
def test_what_is_not_told_may_be_any_of_the_rest(counts, response):
    assert counts.of(RATES["ORR"].of) == response


@law
@given(st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(any), st.data(), places, ways)
def test_truthful_rates_are_never_called_wrong(numbers, data, decimals, how):
    n = sum(numbers)
    hidden = data.draw(st.sets(st.sampled_from(CATEGORIES)))
    rates = {
        name: count for name, count in zip(CATEGORIES, numbers, strict=True) if name not in hidden
    }
    for name, size in (("ORR", 2), ("DCR", 3)):
        text = shown(Fraction(100 * sum(numbers[:size]), n), decimals, how)
        assert response_rate(name, text, ResponseCounts(n=n, **rates)).fit is not CONTRADICTED
    shares = [shown(Fraction(100 * part, n), decimals, how)
              for part in (sum(numbers[:3]), numbers[3], numbers[4])]  # fmt: skip
    assert complement(*shares[:2]).fit is not CONTRADICTED
    assert complement(*shares).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("texts", "fit"),
    [
        pytest.param(["73.3", "26.7"], AGREES, id="the rest (Liu 2025)"),
        pytest.param(["70.0", "20.0"], AGREES, id="some not evaluable"),
        pytest.param(["73.3", "30.0"], CONTRADICTED, id="more than the rest"),
        pytest.param(["60.0", "30.0", "10.0"], POSSIBLE, id="three prints can be exact"),
        pytest.param(["65.0", "30.0", "10.0"], CONTRADICTED, id="105"),
    ],
)
def test_disease_control_is_what_progression_leaves(texts, fit):
    assert complement(*(parse_printed(text) for text in texts)).fit is fit


@pytest.mark.parametrize(
    ("total", "subgroups", "n", "sizes", "fit", "rest"),
    [
        pytest.param((0, 1, 10, 4), [(0, 1, 7, 3), (0, 0, 2, 1)], 15, [11, 3], AGREES,
                     (0, 0, 1, 0), id="the one left had stable disease (Liu 2025)"),
        pytest.param((0, 1, 10, 4), [(0, 2, 7, 2)], 15, [11], CONTRADICTED, (0, -1, 3, 2),
                     id="more responses in a subgroup"),
        pytest.param((0, 1, 10, 4), [(0, 1, 7, 3)], 15, [14], CONTRADICTED, (0, 0, 3, 1),
                     id="four categories for one patient"),
        pytest.param((0, 1), [(0, 0)], 5, [6], CONTRADICTED, (0, 1), id="a subgroup above all"),
    ],
)  # fmt: skip
def test_what_the_subgroups_leave(total, subgroups, n, sizes, fit, rest):
    found = subgroup_residual(total, subgroups, n, sizes)
    assert (found.fit, found.rest) == (fit, rest)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: response_rate("CBR", parse_printed("5"), LIU), "unknown rate: 'CBR'"),
        (lambda: ResponseCounts(n=0), "not a number of patients: 0"),
        (lambda: ResponseCounts(n=5, pd=-1), "below 0: pd -1"),
        (lambda: subgroup_residual((1, 2), [(1,)], 3, [1]), "rows of unequal length"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
