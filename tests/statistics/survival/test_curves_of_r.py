"""Curves: every answer that R gives of 34 samples, and its medians of 200 more."""

from __future__ import annotations

import functools

import pytest

from tests.statistics.survival.r_answers import near, rows, samples
from timeline.statistics.survival.product_limit import (
    QUANTILE_RULES,
    product_limit,
    quantile_time,
    restricted_mean,
    survival_rates,
)

SAMPLES = {**samples("landmark_samples"), **samples("km_samples")}
LANDMARK = rows("landmark_expected")


@functools.cache
def curve(name, *, reverse=False):
    own = SAMPLES[name]
    return product_limit(own.times, [event is not reverse for event in own.events])


def of(*quantities):
    return [row for row in LANDMARK if row["quantity"] in quantities]


def test_rates():
    expected = of("surv")
    for row in expected:
        (found,) = survival_rates(curve(row["sample"]), [float(row["at"])], row["conf_type"])
        values = [found.survival, found.error, found.low, found.high]
        names = ("estimate", "std_err", "lower", "upper")
        assert values == [near(row[name]) for name in names], row
        assert str(found.at_risk) == row["n_risk"].replace("NA", "0")
    assert len(expected) == 426


@pytest.mark.parametrize(
    ("quantity", "rule", "reverse", "number"),
    [
        ("quantile", "quantile", False, 306),
        ("quantile_table", "table", False, 102),
        ("reverse_median", "quantile", True, 102),
        ("reverse_median_table", "table", True, 102),
    ],
)
def test_quantiles_by_either_rule(quantity, rule, reverse, number):
    expected = of(quantity)
    for row in expected:
        of_sample = curve(row["sample"], reverse=reverse)
        found = quantile_time(of_sample, float(row["at"]), row["conf_type"], rule=rule)
        names = ("estimate", "lower", "upper")
        assert [found.time, found.low, found.high] == [near(row[name]) for name in names], row
    assert len(expected) == number


def test_the_two_rules_differ_where_r_says_so():
    """A curve flat at one half to its end, and an upper limit that rises again."""
    flat = {
        row["sample"] for row in of("quantile") if "flat at this level to its end" in row["note"]
    }
    turns = {row["sample"] for row in of("quantile") if "rises again" in row["note"]}
    differ = set()
    for row in of("quantile_table"):
        both = [quantile_time(curve(row["sample"]), 0.5, row["conf_type"], rule=rule)
                for rule in QUANTILE_RULES]  # fmt: skip
        differ |= {row["sample"]} if both[0] != both[1] else set()
    assert differ == flat | turns == {"2034", "2037", "2067", "2091"}


def test_medians_of_two_hundred_samples():
    expected = rows("km_expected")
    for row in expected:
        for reverse, names in (
            (False, ("median", "lower", "upper")),
            (True, ("reverse_median", "reverse_lower", "reverse_upper")),
        ):
            found = quantile_time(curve(row["sample"], reverse=reverse), 0.5, row["conf_type"])
            assert [found.time, found.low, found.high] == [near(row[name]) for name in names], row
    assert len(expected) == 600


def test_restricted_means():
    """Before the first time R stops with an error; the curve is 1 there, and the mean the time."""
    expected = of("rmean")
    for row in expected:
        found = restricted_mean(curve(row["sample"]), float(row["at"]))
        if row["note"].startswith("before first"):
            assert (found.mean, found.error) == (float(row["at"]), 0.0)
            continue
        assert (found.mean, found.error) == (near(row["estimate"]), near(row["std_err"])), row
        last = float(curve(row["sample"]).survival[-1])
        assert found.extended is ("beyond" in row["note"] and last > 0)
    assert len(expected) == 103
