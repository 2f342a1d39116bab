"""The numbers of one group: quantiles, rates, restricted mean, follow-up, incidences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.statistics.distributions import normal_quantile
from timeline.statistics.survival.cumulative_incidence import (
    CENSORED,
    COMPETING,
    EVENT,
    cumulative_incidence,
    incidence_limits,
)
from timeline.statistics.survival.product_limit import (
    ProductLimit,
    product_limit,
    quantile_time,
    restricted_mean,
    survival_rates,
)
from timeline.survival_statistics.options import StatisticsOptions
from timeline.survival_statistics.statistic import Statistic, statistics
from timeline.survival_statistics.table import Patients

NOT_REACHED, NOT_DEFINED = "not reached", "not defined"
BEYOND = "beyond the longest time of the group"
_NO_LIMITS = "the limits are not defined where all, or none, had the event"
EVENT_WORD, COMPETING_WORD = "event", "competing event"


def group_statistics(
    patients: Patients, options: StatisticsOptions, name: str = ""
) -> Iterator[Statistic]:
    """The numbers of a group; of all patients for the empty name.

    Where a competing event is stated, survival without the event is not estimated: it would be
    that of a world in which the competing event does not exist. Incidences take its place.
    """
    own = patients.of_group(name)
    times, codes = patients.times[own], patients.codes[own]
    variable = patients.endpoint
    counts = {"n": len(times), "n.event": int((codes == EVENT).sum())}
    if patients.has_competing:
        counts["n.competing"] = int((codes == COMPETING).sum())
    counts["n.censored"] = int((codes == CENSORED).sum())
    longest = {"longest": float(times.max())}
    yield from statistics("counts", variable, {**counts, **longest}, group=name)
    if patients.has_competing:
        yield from _incidences(patients, options, name)
    else:
        yield from _survival(product_limit(times, codes == EVENT), variable, options, name)
    follow_up = product_limit(times, codes == CENSORED)
    yield from _quantiles("follow_up_quantile", follow_up, variable, options, name, (50.0,))


def _survival(
    curve: ProductLimit, variable: str, options: StatisticsOptions, name: str
) -> Iterator[Statistic]:
    yield from _quantiles("survival_quantile", curve, variable, options, name, options.quantiles)
    for rate in survival_rates(curve, options.at, options.interval, options.level / 100):
        beyond = rate.survival is None
        values = {
            "n.risk": rate.at_risk, "estimate": rate.survival, "std.error": rate.error,
            "conf.low": rate.low, "conf.high": rate.high,
        }  # fmt: skip
        yield from statistics("survival_rate", variable, values, group=name, level=rate.time,
                              reason=BEYOND if beyond else _NO_LIMITS)  # fmt: skip
    if options.tau is not None:
        mean = restricted_mean(curve, options.tau)
        half = normal_quantile((1 + options.level / 100) / 2) * mean.error
        values = {
            "estimate": mean.mean, "std.error": mean.error,
            "conf.low": max(0.0, mean.mean - half), "conf.high": min(mean.until, mean.mean + half),
        }  # fmt: skip
        yield from statistics("restricted_mean", variable, values, group=name, level=options.tau)


def _quantiles(
    context: str,
    curve: ProductLimit,
    variable: str,
    options: StatisticsOptions,
    name: str,
    percents: tuple[float, ...],
) -> Iterator[Statistic]:
    for percent in percents:
        found = quantile_time(curve, percent / 100, options.interval, options.level / 100,
                              options.median_rule)  # fmt: skip
        values = {"estimate": found.time, "conf.low": found.low, "conf.high": found.high}
        # a curve that falls at once to 0 has no limits there, so that its lower one crosses nothing
        reason = NOT_REACHED if found.time is None or found.low is not None else NOT_DEFINED
        yield from statistics(context, variable, values, group=name, level=percent,
                              reason=reason)  # fmt: skip


def _incidences(patients: Patients, options: StatisticsOptions, name: str) -> Iterator[Statistic]:
    own = patients.of_group(name)
    times = [Fraction(float(time)) for time in patients.times[own]]
    codes = [int(code) for code in patients.codes[own]]
    last = max(times)
    ended = all(code for time, code in zip(times, codes, strict=True) if time == last)
    for cause, word in (
        (EVENT, patients.event_name or EVENT_WORD),
        (COMPETING, patients.competing_name or COMPETING_WORD),
    ):
        curve = cumulative_incidence(times, codes, cause, options.variance)
        for time in options.at:
            at_risk = sum(each >= time for each in times)
            reached = [step for step in curve.steps if step.time <= time]
            empty: dict[str, float | None] = {
                "n.risk": at_risk, "estimate": None, "std.error": None, "conf.low": None,
                "conf.high": None,
            }  # fmt: skip
            values, reason = empty, _NO_LIMITS
            if not at_risk and not ended:  # somebody left earlier whose event is not known
                reason = BEYOND
            elif not reached:
                values = {**empty, "estimate": 0.0, "std.error": 0.0}
            else:
                step, level = reached[-1], Fraction(options.level) / 100
                low, high = incidence_limits(step, options.interval, level) or (None, None)
                values = {"n.risk": at_risk, "estimate": step.incidence, "std.error": step.error,
                          "conf.low": low, "conf.high": high}  # fmt: skip
            yield from statistics("cumulative_incidence", f"{patients.endpoint}: {word}", values,
                                  group=name, level=time, reason=reason)  # fmt: skip
