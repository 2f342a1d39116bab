"""One number of an analysis as a row: the form of analysis results data (ARD, CDISC)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from timeline.core.frozen_class import frozen

# The names of statistics are those of the R packages broom and cards, with their labels.
LABELS = {
    "n": "patients",
    "n.event": "events",
    "n.competing": "competing events",
    "n.censored": "censored",
    "n.risk": "number at risk",
    "estimate": "estimate",
    "std.error": "standard error",
    "conf.low": "lower confidence limit",
    "conf.high": "upper confidence limit",
    "statistic": "statistic",
    "df": "degrees of freedom",
    "p.value": "p value",
    "observed": "observed events",
    "expected": "expected events",
    "coefficient": "logarithm of the hazard ratio",
    "hazard.ratio": "hazard ratio",
    "longest": "longest time",
}


@frozen(kw_only=True)
class Statistic:
    """One number.

    Attributes:
        context: the analysis, a name of ``CONTEXTS``.
        variable: what is analysed: the endpoint, or the heading of the times; of an incidence
            with the name of the event.
        group: the group of patients; empty for all, and for what compares groups.
        level: the time of a rate or a mean, the percent of a quantile; None of anything else.
        stat_name: a name of ``LABELS``.
        stat_label: what it is in words.
        stat: the number; None where there is none.
        reason: why there is none; else empty.
    """

    context: str
    variable: str
    group: str
    level: float | None
    stat_name: str
    stat_label: str
    stat: float | int | None
    reason: str = ""


COLUMNS = (*("context", "variable", "group", "level", "stat_name", "stat_label", "stat", "reason"),)

STRATIFIED = "_stratified"
# What a context is, and how it is found.
CONTEXTS = {
    "counts": "patients and events",
    "survival_quantile": "time by which a percentage had the event: Kaplan-Meier, limits after "
    "Brookmeyer and Crowley 1982",
    "survival_rate": "survival at a time: Kaplan-Meier, Greenwood's standard error",
    "restricted_mean": "mean time without the event up to a time: area below the curve",
    "restricted_mean_difference": "difference of restricted means to that of the reference group: "
    "Royston and Parmar 2013",
    "follow_up_quantile": "follow-up: reverse Kaplan-Meier, Schemper and Smith 1996",
    "cumulative_incidence": "share with the event where another one competes: Aalen and "
    "Johansen 1978",
    "log_rank": "log-rank test: Mantel 1966, Peto and Peto 1972",
    "fleming_harrington": "weighted log-rank test (1, 0): Harrington and Fleming 1982",
    "gray": "Gray's test of cumulative incidences: Gray 1988",
    "cox": "hazard ratio to the reference group: Cox 1972, Wald limits",
    "cox_wald": "Wald test of a Cox model",
    "cox_score": "score test of a Cox model",
    "cox_likelihood_ratio": "likelihood ratio test of a Cox model",
}


def statistics(
    context: str,
    variable: str,
    values: dict[str, Any],
    *,
    group: str = "",
    level: float | None = None,
    reason: str = "",
) -> Iterator[Statistic]:
    """A row for each of some numbers of one analysis.

    Args:
        context: a name of ``CONTEXTS``, perhaps with ``STRATIFIED``.
        variable: what is analysed.
        values: the numbers by the names of ``LABELS``.
        group: the group of patients.
        level: the time or the percent.
        reason: why those that are None are not there.
    """
    for name, value in values.items():
        yield Statistic(
            context=context,
            variable=variable,
            group=group,
            level=level,
            stat_name=name,
            stat_label=LABELS[name],
            stat=value,
            reason=reason if value is None else "",
        )
