"""The whole way from a table to a row: each answer of R in the samples of tests/data/survival."""

from __future__ import annotations

import functools

import timeline as tl
from tests.rows import every_row
from tests.statistics.survival.r_answers import near, rows, samples

TWO_GROUPS = samples("two_group_samples")
ONE_GROUP = samples("landmark_samples")
CONTEXTS = {"logrank": "log_rank", "peto": "fleming_harrington", "cox_efron": "cox",
            "cox_breslow": "cox"}  # fmt: skip
KINDS = {"wald": "cox_wald", "score": "cox_score", "lr": "cox_likelihood_ratio"}
NAMES = {
    "group": {"observed": "observed", "expected": "expected"},
    "test": {"statistic": "statistic", "df": "df", "p": "p.value"},
    "coef": {"coef": "coefficient", "se": "std.error", "hr": "hazard.ratio", "lower": "conf.low",
             "upper": "conf.high", "statistic": "statistic", "p": "p.value"},
    **{kind: {"statistic": "statistic", "p": "p.value"} for kind in KINDS},
}  # fmt: skip


@functools.cache
def of_groups(name, ties):
    own = TWO_GROUPS[name]
    strata = own.strata if all(own.strata) else None
    return tl.survival(time=list(map(float, own.times)), event=own.events, by=list(own.groups),
                       strata=strata, ties=ties)  # fmt: skip


@every_row("name", TWO_GROUPS)
def test_comparisons(name):
    compared = 0
    for row in rows("two_group_expected"):
        if row["sample"] != name:
            continue
        plain = row["analysis"].removesuffix("_stratified")
        found = of_groups(name, "breslow" if plain == "cox_breslow" else "efron")
        context = KINDS.get(row["row"]) or CONTEXTS[plain]
        context += "_stratified" if row["analysis"].endswith("_stratified") else ""
        for column, stat in NAMES[row["row"]].items():
            value = found.find(context, stat, group=row["group"])
            if row[column] == "NA" and "Ran out of iterations" in row["note"] and value is not None:
                # R stopped at another group; this one's ratio is finite
                assert row["row"] == "coef"
                continue
            assert value == near(row[column]), (row, stat)
            compared += 1
    assert compared > 20


@functools.cache
def of_one(name, interval, rule):
    own = ONE_GROUP[name]
    rates = {float(row["at"]) for row in rows("landmark_expected")
             if (row["sample"], row["quantity"]) == (name, "surv")}  # fmt: skip
    percents = {100 * float(row["at"]) for row in rows("landmark_expected")
                if (row["sample"], row["quantity"]) == (name, "quantile")}  # fmt: skip
    return tl.survival(time=list(map(float, own.times)), event=own.events, interval=interval,
                       median_rule=rule, at=sorted(rates), quantiles=sorted(percents))  # fmt: skip


def test_curves():
    """Quantiles by both rules, rates, follow-up and restricted means."""
    compared = 0
    for row in rows("landmark_expected"):
        quantity, name = row["quantity"], row["sample"]
        if quantity == "rmean":
            own = ONE_GROUP[name]
            found = tl.survival(time=list(map(float, own.times)), event=own.events, tau=row["at"])
            wanted = ("restricted_mean", float(row["at"]), {"estimate": "estimate", "std_err":
                                                           "std.error"})  # fmt: skip
            if row["estimate"] == "NA":  # where R stops with an error the mean is the time itself
                assert found.find("restricted_mean", "estimate", level=wanted[1]) == wanted[1]
                continue
        elif quantity == "surv":
            found = of_one(name, row["conf_type"], "quantile")
            wanted = ("survival_rate", float(row["at"]), {
                "estimate": "estimate", "std_err": "std.error", "lower": "conf.low",
                "upper": "conf.high"})  # fmt: skip
        else:
            rule = "table" if quantity.endswith("_table") else "quantile"
            found = of_one(name, row["conf_type"], rule)
            context = "follow_up_quantile" if "reverse" in quantity else "survival_quantile"
            wanted = (context, 100 * float(row["at"]), {
                "estimate": "estimate", "lower": "conf.low", "upper": "conf.high"})  # fmt: skip
        context, level, names = wanted
        for column, stat in names.items():
            assert found.find(context, stat, level=level) == near(row[column]), (row, stat)
            compared += 1
    assert compared > 3000
