from __future__ import annotations

import itertools
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.statistics.truth import law, places, shown, ways
from timeline.core.printed_numbers import parse_printed
from timeline.core.span import Span
from timeline.statistics.rounding import Consistency, ordered
from timeline.statistics.survival.kaplan_meier import HALF, kaplan_meier, median
from timeline.statistics.survival.survival_checks import (
    calendar_ceiling,
    landmark_rate,
    limit_within_longest,
    median_order,
    median_reach,
    rate_and_median,
    rates_fall,
    risk_table,
)

AGREES, POSSIBLE, CONTRADICTED = Consistency.AGREES, Consistency.POSSIBLE, Consistency.CONTRADICTED
OPEN = Consistency.NOT_CHECKABLE
MONTH = Fraction(487, 16)


def days(first, last):
    return Span(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())


def maybe(text):
    return parse_printed(text) if text else None


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        # Liu 2025: enrolled from April 2022, followed to April 2024: 760 days at most, 701 at least
        pytest.param("26", CONTRADICTED, id="a median of 776 days at least"),
        pytest.param("29.7", CONTRADICTED, id="its upper limit"),
        pytest.param("24.0", POSSIBLE, id="730 days: between the two"),
        pytest.param("22.3", AGREES, id="the longest follow-up"),
        pytest.param("over 20", POSSIBLE, id="a hedge"),
        pytest.param("25.0", POSSIBLE, id="759.4 days at least: just so"),
    ],
)
def test_no_time_is_beyond_the_calendar(text, fit):
    found = calendar_ceiling(parse_printed(text), MONTH, days("2022-04-01", "2022-04-30"),
                             days("2024-04-01", "2024-04-30"))  # fmt: skip
    assert found.fit is fit
    assert found.days == Span(702, 760)


def test_a_first_day_that_counts_is_a_day_more():
    year = days("2022-01-01", "2022-01-01"), days("2023-01-01", "2023-01-01")
    assert calendar_ceiling(parse_printed("366"), Fraction(1), *year, inclusive=1).fit is POSSIBLE
    assert calendar_ceiling(parse_printed("367"), Fraction(1), *year).fit is CONTRADICTED


@pytest.mark.parametrize(
    ("texts", "fit"),
    [
        pytest.param(("10", "7", "15", "20"), AGREES, id="within the longest"),
        pytest.param(("10", "7", "20", "20"), POSSIBLE, id="the longest itself"),
        pytest.param(("26", "22.2", "29.7", "22.3"), POSSIBLE, id="beyond, symmetric (Liu 2025)"),
        pytest.param(("10", "7", "30", "20"), CONTRADICTED, id="beyond, not symmetric"),
    ],
)
def test_a_limit_is_one_of_the_times(texts, fit):
    assert limit_within_longest(*map(parse_printed, texts)).fit is fit


@pytest.mark.parametrize(
    ("n", "events", "beyond", "fit", "censored", "rank"),
    [
        pytest.param(15, 4, 0, POSSIBLE, 7, 11, id="4 deaths of 15 (Liu 2025)"),
        pytest.param(10, 5, 0, AGREES, 0, 5, id="half have had it"),
        pytest.param(11, 5, 0, POSSIBLE, 1, 6, id="one short of half"),
        pytest.param(10, 0, 0, CONTRADICTED, 10, 10, id="no event"),
        pytest.param(10, 1, 0, POSSIBLE, 8, 9, id="one event, if of the last but one"),
        pytest.param(10, 2, 3, CONTRADICTED, 6, 8, id="more left than had it"),
        pytest.param(10, 3, 3, POSSIBLE, 4, 7, id="as many left as had it"),
    ],
)
def test_whether_the_median_can_be_reached(n, events, beyond, fit, censored, rank):
    found = median_reach(n, events, beyond)
    assert (found.fit, found.censored_before, found.earliest_rank) == (fit, censored, rank)


@pytest.mark.parametrize("n", range(1, 9))
def test_the_reach_is_that_of_every_order_of_events_and_censorings(n):
    for events in range(n + 1):
        orders = [
            order for order in itertools.product([True, False], repeat=n) if sum(order) == events
        ]
        curves = [kaplan_meier(range(1, n + 1), order) for order in orders]
        found = median_reach(n, events)
        ends = [curve.steps[-1].survival for curve in curves]
        assert found.survival == Span(min(ends), max(ends))
        reached = [
            (curve, next(step for step in curve.steps if step.survival <= HALF))
            for curve in curves
            if curve.steps[-1].survival <= HALF
        ]
        assert (found.fit is AGREES) == (len(reached) == len(curves))
        assert (found.fit is CONTRADICTED) == (not reached)
        if reached:
            assert found.earliest_rank == min(step.time for _, step in reached)
            before = [sum(s.censored for s in c.steps if s.time < at.time) for c, at in reached]
            assert found.censored_before == min(before)
        for beyond in range(n - events + 1):
            low = min(curve.at(n - beyond) for curve, order in zip(curves, orders, strict=True)
                      if not any(order[n - beyond:]))  # fmt: skip
            assert median_reach(n, events, beyond).survival.low == low


@pytest.mark.parametrize(
    ("rate", "at", "reached", "fit"),
    [
        pytest.param("60.0", 12, "14.2", AGREES, id="above 50 before the median"),
        pytest.param("60.0", 12, "10.0", CONTRADICTED, id="above 50 after it"),
        pytest.param("40.0", 12, "10.0", AGREES, id="below 50 after it"),
        pytest.param("40.0", 12, "14.2", CONTRADICTED, id="below 50 before it"),
        pytest.param("50.0", 12, "14.2", POSSIBLE, id="a flat stretch at 50"),
        pytest.param("up to 50", 12, "14.2", POSSIBLE, id="at most 50: perhaps the flat stretch"),
        pytest.param("60.0", 12, "12.0", POSSIBLE, id="at the median, as printed"),
        pytest.param("60.0", 12, None, AGREES, id="above 50, not reached"),
        pytest.param("40.0", 12, None, CONTRADICTED, id="below 50, yet not reached"),
        pytest.param("60.0", 12, "over 12", AGREES, id="a hedged median"),
    ],
)
def test_a_rate_is_above_50_before_the_median_only(rate, at, reached, fit):
    assert rate_and_median(parse_printed(rate), at, maybe(reached)).fit is fit


@pytest.mark.parametrize(
    ("rate", "at", "censored", "fit"),
    [
        pytest.param("73.3", 3, "4.1", AGREES, id="11 of 15 before the first censoring"),
        pytest.param("70.0", 3, "4.1", CONTRADICTED, id="no count of 15"),
        pytest.param("70.0", 6, "4.1", OPEN, id="after it, anything"),
        pytest.param("70.0", 6, None, CONTRADICTED, id="nobody censored"),
        pytest.param("70.0", 4, "4", OPEN, id="perhaps after it: 4 may be 3.5"),
    ],
)
def test_a_rate_is_a_share_before_the_first_censoring(rate, at, censored, fit):
    assert landmark_rate(parse_printed(rate), 15, at, maybe(censored)).fit is fit


@pytest.mark.parametrize(
    ("rates", "fit", "broken"),
    [
        pytest.param({6: "80.0", 12: "60.0", 24: "30.0"}, AGREES, (), id="falling"),
        pytest.param({12: "60.0", 6: "60.0"}, POSSIBLE, (), id="level"),
        pytest.param({6: "50.0", 12: "60.0"}, CONTRADICTED, ((0, 1),), id="rising"),
    ],
)
def test_survival_never_rises(rates, fit, broken):
    found = rates_fall([(at, parse_printed(rate)) for at, rate in rates.items()])
    assert (found.fit, found.broken) == (fit, broken)


@pytest.mark.parametrize(
    ("pfs", "os", "fit"),
    [
        pytest.param("14.2", "26", AGREES, id="progression first (Liu 2025)"),
        pytest.param("14.2", "12.0", CONTRADICTED, id="death first"),
        pytest.param("14.2", None, AGREES, id="OS not reached"),
        pytest.param(None, "26", CONTRADICTED, id="PFS not reached, OS reached"),
        pytest.param(None, None, AGREES, id="neither reached"),
    ],
)
def test_pfs_is_at_most_os(pfs, os, fit):
    assert median_order(maybe(pfs), maybe(os)).fit is fit


@pytest.mark.parametrize(
    ("texts", "fit"),
    [
        pytest.param(("41", "55", "75"), AGREES, id="minimum, median, maximum (Liu 2025)"),
        pytest.param(("18", "17", "55", "75"), CONTRADICTED, id="below the limit of inclusion"),
        pytest.param(("11.1", "14.2", "17.4"), AGREES, id="inside its limits"),
        pytest.param(("15.1", "14.2", "17.4"), CONTRADICTED, id="below its lower limit"),
        pytest.param(("55", "55.0", "75"), POSSIBLE, id="level, with other digits"),
        pytest.param(("17.5", "17"), POSSIBLE, id="a half and what it may print as"),
        pytest.param(("at least 17.5", "17"), POSSIBLE, id="both may be a half"),
        pytest.param(("over 18", "17"), CONTRADICTED, id="below, however it is rounded"),
        # 5.99 and 5.995, the second cut to 5
        pytest.param(("5.99", "5"), POSSIBLE, id="in order only if cut"),
    ],
)
def test_what_must_rise(texts, fit):
    assert ordered(*map(parse_printed, texts)).fit is fit


def test_ends_that_both_belong_may_be_the_same_value():
    assert ordered(parse_printed("at least 17.5"), parse_printed("17")).broken == ()
    assert ordered(parse_printed("over 17.5"), parse_printed("17")).broken == ((0, 1),)


@law
@given(st.lists(st.tuples(st.fractions(0, 99), places), min_size=2, max_size=5), ways)
def test_a_truthful_order_is_never_called_wrong(numbers, how):
    prints = [shown(value, decimals, how) for value, decimals in sorted(numbers)]
    assert ordered(*prints).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("at_risk", "events", "fit", "drops"),
    [
        pytest.param((15, 12, 8, 3), (2, 3, 1), AGREES, (3, 4, 5), id="falling"),
        pytest.param((15, 12, 8, 3), (), AGREES, (3, 4, 5), id="no events stated"),
        pytest.param((14, 12, 8, 3), (), CONTRADICTED, (2, 4, 5), id="starts below n"),
        pytest.param((15, 12, 13, 3), (), CONTRADICTED, (3, -1, 10), id="rises"),
        pytest.param(
            (15, 12, 8, 3), (4, 0, 0), CONTRADICTED, (3, 4, 5), id="more events than leave"
        ),
    ],
)
def test_the_numbers_at_risk(at_risk, events, fit, drops):
    found = risk_table(at_risk, 15, events)
    assert (found.fit, found.drops) == (fit, drops)
    assert bool(found.faults) == (fit is CONTRADICTED)


@law
@given(
    st.lists(st.tuples(st.fractions(0, 60), st.booleans()), min_size=1, max_size=30),
    st.lists(st.integers(0, 60), min_size=1, max_size=4, unique=True),
    places,
    ways,
)
def test_the_figures_of_a_true_curve_are_never_called_wrong(pairs, marks, decimals, how):
    times, events = zip(*pairs, strict=True)
    curve = kaplan_meier(times, events)
    rates = {at: shown(100 * curve.at(at), decimals, how) for at in marks}
    assert rates_fall(list(rates.items())).fit is not CONTRADICTED
    found = median(curve)
    reached = None if found.value is None else shown(found.value, decimals, how)
    for at, rate in rates.items():
        assert rate_and_median(rate, at, reached).fit is not CONTRADICTED
    censored = [time for time, event in pairs if not event]
    first = shown(min(censored), decimals, how) if censored else None
    for at, rate in rates.items():
        assert landmark_rate(rate, len(pairs), at, first).fit is not CONTRADICTED
    if found.value is not None:
        assert median_reach(len(pairs), sum(events)).fit is not CONTRADICTED
    if found.low is not None and found.high is not None:
        ends = (found.value, found.low, found.high, max(times))
        prints = [shown(end, decimals, how) for end in ends]
        assert limit_within_longest(*prints).fit is not CONTRADICTED
    columns = [sum(time >= at for time in times) for at in (0, *sorted(set(marks) - {0}))]
    assert risk_table(columns, len(pairs)).fit is AGREES


@law
@given(st.lists(st.tuples(st.integers(0, 800), st.integers(0, 800)), min_size=1), places, ways)
def test_a_time_inside_the_study_is_never_called_wrong(patients, decimals, how):
    opened, cut_off = 738_000, 738_800
    longest = max(last - first for first, last in map(sorted, patients))
    text = shown(Fraction(longest) / MONTH, decimals, how)
    ends = Span(opened - 5, opened), Span(cut_off, cut_off + 10)
    assert calendar_ceiling(text, MONTH, *ends).fit is not CONTRADICTED


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        (lambda: median_reach(0, 0), "0 events and 0 beyond, of 0 patients"),
        (lambda: median_reach(5, 3, 3), "3 events and 3 beyond, of 5 patients"),
        (lambda: risk_table((), 5), "0 columns"),
        (lambda: risk_table((5, 3), 5, (1, 2)), "2 columns and 2 intervals"),
        (lambda: limit_within_longest(*map(parse_printed, ("over 9", "7", "9", "9"))), "bounded"),
    ],
)
def test_bad_input_is_refused(call, fault):
    with pytest.raises(ValueError, match=fault):
        call()
