"""How survival statistics were found, in the sentences of a methods section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from timeline.survival_statistics.result import SurvivalStatistics

_RULES = {
    "quantile": "where the curve lies on the level for a while, the middle of that while is given "
    "(as R quantile() of a survfit)",
    "table": "the first time at which the curve is at the level or below it is given, and where it "
    "lies on the level and falls later, the middle of the two times (as R prints a survfit)",
}
_VARIANCES = {"delta": "the delta method", "Aalen": "Aalen's variance"}
_INCIDENCE = (
    "Cumulative incidence was estimated by the Aalen-Johansen method, with {level} limits by "
    "{variance} on the {scale} scale."
)
_SURVIVAL = "Survival was estimated by the Kaplan-Meier method."
_RATES = (
    "Limits of survival at a time ({level}) are pointwise, by Greenwood's formula on the {scale} "
    "scale."
)
_QUANTILES = (
    "{what} ({level}, Brookmeyer and Crowley, {scale} scale) are read off the curve and off its "
    "limits; {rule}."
)
_MEAN = (
    "The restricted mean is the area below the curve up to {tau:g}; its limits are those of a "
    "normal variable, cut at 0 and {tau:g}."
)
_EXTENDED = (
    "Where a group has no time as long as that, its curve is taken as flat from there on (as R "
    "does), which no observation supports."
)
_DIFFERENCE = (
    "Restricted means were compared by their difference with {level} limits of a normal variable; "
    "the variances of the groups add up."
)
_FOLLOW_UP = (
    "Median follow-up is that of the reverse Kaplan-Meier method, in which being censored is the "
    "event."
)
_LOG_RANK = (
    "Groups were compared by the two-sided log-rank test{how}; the Fleming-Harrington test (1, 0) "
    "weights each time by the pooled Kaplan-Meier estimate just before it (rho = 1 of R survdiff)."
)
_COX = (
    "Hazard ratios are those of a Cox model with the group as its only covariate{how}, {ties}'s "
    "method for ties and {level} Wald limits; hazards are assumed to be proportional."
)
_SPECIFIC = (
    "These tests and ratios compare cause-specific hazards: patients with the competing event are "
    "censored at it."
)
_GRAY = "Cumulative incidences were compared by Gray's test, not stratified."


def methods_text(found: SurvivalStatistics) -> str:
    """The sentences on all that the statistics hold."""
    return " ".join(_sentences(found))


def _sentences(found: SurvivalStatistics) -> Iterator[str]:
    options, contexts = found.options, {row.context for row in found.rows}
    level, scale = f"{options.level:g} %", options.interval
    how = f", stratified by {' and '.join(found.strata)}" if found.strata else ""
    if "cumulative_incidence" in contexts:
        yield _INCIDENCE.format(level=level, variance=_VARIANCES[options.variance], scale=scale)
    if "survival_quantile" in contexts:
        alone = options.quantiles == (50.0,)
        what = "The median and its limits" if alone else "Quantiles and their limits"
        rule = _RULES[options.median_rule]
        yield _SURVIVAL
        yield _QUANTILES.format(what=what, level=level, scale=scale, rule=rule)
    if "survival_rate" in contexts:
        yield _RATES.format(level=level, scale=scale)
    if "restricted_mean" in contexts and options.tau is not None:
        yield _MEAN.format(tau=options.tau)
        longest = [row.stat for row in found.rows if row.stat_name == "longest"]
        if any(each is not None and each < options.tau for each in longest):
            yield _EXTENDED
    if "restricted_mean_difference" in contexts:
        yield _DIFFERENCE.format(level=level)
    yield _FOLLOW_UP
    if "log_rank" in contexts:
        yield _LOG_RANK.format(how=how)
        yield _COX.format(how=how, ties=options.ties, level=level)
        if "gray" in contexts:
            yield _SPECIFIC
            yield _GRAY
