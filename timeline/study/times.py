"""Times to events of a cohort: medians, rates and follow-up, with limits where the times are exact.

Where a date is vague, a number is the range that all possible dates allow, and has no confidence
limits: those of one choice of dates would say nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import attrs

from renderers.survival.from_cases import survival_request
from timeline.core.calendar.durations import days_per
from timeline.core.span import NEVER_ENDS, Span
from timeline.settings.study import StudySettings
from timeline.statistics.survival.kaplan_meier import HALF
from timeline.statistics.survival.kaplan_meier_bounds import (
    Leaving,
    Observed,
    counts,
    quantile_range,
    reached_by_all,
    survival_between,
)
from timeline.study.analyses import TimeAnalysis
from timeline.study.cohort import Cohort
from timeline.study.member import Member, TablePatient
from timeline.study.patient_values import endpoint_name
from timeline.study.statistic import StudyStatistic, statistics
from timeline.survival_statistics import SurvivalStatistics, survival

UNIT = "months"
FOLLOWED_BY = "OS"  # follow-up ends with the last day known alive
KAPLAN_MEIER = "Kaplan-Meier; limits after Brookmeyer and Crowley 1982, {scale} scale"
GREENWOOD = "Kaplan-Meier; Greenwood's standard error, {scale} scale"
AREA = "area below the Kaplan-Meier curve; Greenwood's standard error, Royston and Parmar 2013"
REVERSE = "reverse Kaplan-Meier, Schemper and Smith 1996"
NOT_REACHED = "not reached"
VAGUE = "some times are ranges: the least and the greatest value that they allow"
NO_LIMITS = "no limits: some times are ranges"
VAGUE_MEAN = "no restricted mean: some times are ranges"
NO_VARIANCE = "no limits: the mean has no variance"
ENDS_BEFORE = "the longest time of the group is shorter"
BEYOND = "beyond the longest time that is certain"
Followed = Sequence[tuple[str, Observed]]


def followed(cohort: Cohort, analysis: TimeAnalysis, members: Sequence[Member]) -> Followed:
    """The patients with a time in months, each with the ways in which they may have left."""
    name = endpoint_name(analysis.endpoint, cohort.criterion)
    request = survival_request((name,), cohort.line, UNIT, "log-log")
    found: list[tuple[str, Observed]] = []
    for each in members:
        if isinstance(each, TablePatient):
            own = each.times.get(analysis.endpoint)
            found += [(each.name, own)] if own is not None else []
        else:
            rule, curves = cohort.settings.vague_times, request.curves((each,), ())
            found += [(each.case.name, taken(one.observed, rule))
                      for curve in curves for one in curve.members]  # fmt: skip
    return tuple(found)


def taken(one: Observed, rule: str) -> Observed:
    """A patient whose time is a range as setting ``vague_times`` takes it.

    One who may have left in several ways, or may be absent, is kept as the record has it.
    """
    if rule == "range" or one.is_exact or len(one.ways) > 1 or one.may_be_absent:
        return one
    (way,) = one.ways
    time = {"earliest": way.earliest, "latest": way.latest,
            "middle": (way.earliest + way.latest) / 2}[rule]  # fmt: skip
    return Observed((attrs.evolve(way, time=Span.point(time)),))


def time_rows(
    cohort: Cohort,
    analysis: TimeAnalysis,
    members: Sequence[Member],
    at: Sequence[Fraction],
    **group: Any,
) -> Iterator[StudyStatistic]:
    """The rows of one endpoint: counts, median, rates at times, median follow-up."""
    found = followed(cohort, analysis, members)
    fields = {"variable": endpoint_name(analysis.endpoint, cohort.criterion),
              "population": analysis.population, **group}  # fmt: skip
    if not found:
        return
    patients = [one for _, one in found]
    settings = cohort.settings
    tau = settings.restricted_mean_months
    scale = {"scale": settings.survival_limits}
    yield from _counts(found, fields)
    if all(one.is_exact for one in patients):
        yield from _exact(found, at, fields, settings)
        return
    yield from _median(found, "survival_quantile", KAPLAN_MEIER.format_map(scale), fields)
    reach = reached_by_all(patients)
    for time in at:
        level = {**fields, "variable_level": level_of(time), "unit": "percent",
                 "method": GREENWOOD.format_map(scale)}  # fmt: skip
        value = None if time > reach else _percent(*survival_between(patients, time))
        why = BEYOND if value is None else VAGUE
        yield from statistics({"estimate": value}, context="survival_rate", reason=why,
                              subjects=_names(found), **level)  # fmt: skip
        yield from statistics({"conf.low": None, "conf.high": None}, context="survival_rate",
                              reason=BEYOND if value is None else NO_LIMITS, **level)  # fmt: skip
        sure, may = _at_risk(found, time)
        yield from statistics({"n.risk": counts(patients, time).at_risk}, context="survival_rate",
                              reason=VAGUE, subjects=sure, possible_subjects=may,
                              **{**fields, "variable_level": level_of(time)})  # fmt: skip
    if tau is not None:
        level = {**fields, "variable_level": up_to(tau), "unit": UNIT, "method": AREA}
        empty = {"estimate": None, "conf.low": None, "conf.high": None}
        yield from statistics(empty, context="restricted_mean", reason=VAGUE_MEAN, **level)
    if analysis.endpoint == FOLLOWED_BY:
        yield from _median([(name, _reversed(one)) for name, one in found], "follow_up_quantile",
                           REVERSE, fields)  # fmt: skip


def level_of(time: Fraction) -> str:
    """``6 months``."""
    return f"{float(time):g} {UNIT}"


def up_to(months: int) -> str:
    """``up to 24 months``."""
    return f"up to {months} {UNIT}"


def _names(found: Followed) -> tuple[str, ...]:
    return tuple(name for name, _ in found)


def _at_risk(found: Followed, time: Fraction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patients who are surely at risk at a time, and those who further may be."""
    sure = tuple(name for name, one in found if one.earliest >= time and not one.may_be_absent)
    may = tuple(name for name, one in found if name not in sure and one.latest >= time)
    return sure, may


def _percent(low: Fraction, high: Fraction) -> Span:
    return Span(100 * low, 100 * high)


def _counts(found: Followed, fields: dict[str, Any]) -> Iterator[StudyStatistic]:
    surely = [name for name, one in found if not one.may_be_absent]
    may = tuple(name for name, one in found if one.may_be_absent)
    size = Span(len(surely), len(found))
    yield from statistics({"n": size}, context="survival_counts", subjects=tuple(surely),
                          possible_subjects=may, reason=VAGUE, **fields)  # fmt: skip
    for name, event in (("n.event", True), ("n.censored", False)):
        sure = tuple(each for each, one in found if one.event is event and not one.may_be_absent)
        open_ = tuple(each for each, one in found if each not in sure
                      and any(way.event is event for way in one.ways))  # fmt: skip
        value = Span(len(sure), len(sure) + len(open_))
        yield from statistics({name: value}, context="survival_counts", subjects=sure,
                              possible_subjects=open_, reason=VAGUE, **fields)  # fmt: skip


def exact_times(found: Followed) -> tuple[list[float], list[bool]]:
    """The times of patients in months, and whether each is one of the event."""
    times = [float(one.earliest) for _, one in found]
    return times, [one.ways[0].event for _, one in found]


def _exact(
    found: Followed, at: Sequence[Fraction], fields: dict[str, Any], settings: StudySettings
) -> Iterator[StudyStatistic]:
    """The numbers of exact times, those of ``timeline survival``."""
    times, events = exact_times(found)
    made = survival(
        time=times, event=[int(each) for each in events], unit=UNIT,
        at=[float(each) for each in at] or None, tau=settings.restricted_mean_months,
        interval=settings.survival_limits, median_rule=settings.median_rule,
        level=settings.confidence_level,
    )  # fmt: skip
    who = _names(found)
    scale = {"scale": settings.survival_limits}
    median, share = KAPLAN_MEIER.format_map(scale), GREENWOOD.format_map(scale)
    yield from _three(made, "survival_quantile", median, 50.0, who, fields)
    for time in at:
        level = {**fields, "variable_level": level_of(time)}
        yield from _three(made, "survival_rate", share, float(time), who, level, share=True)
        risk = tuple(name for name, one in found if one.earliest >= time)
        yield from statistics({"n.risk": len(risk)}, context="survival_rate", subjects=risk,
                              **level)  # fmt: skip
    tau = settings.restricted_mean_months
    if tau is not None:
        level = {**fields, "variable_level": up_to(tau)}
        if is_followed_to(found, tau):
            yield from _mean(made, float(tau), who, level)
        else:
            empty = {"estimate": None, "conf.low": None, "conf.high": None}
            yield from statistics(empty, context="restricted_mean", reason=ENDS_BEFORE, method=AREA,
                                  unit=UNIT, subjects=who, **level)  # fmt: skip
    if fields["variable"] == FOLLOWED_BY:
        yield from _three(made, "follow_up_quantile", REVERSE, 50.0, who, fields)


def _mean(
    made: SurvivalStatistics, tau: float, who: tuple[str, ...], fields: dict[str, Any]
) -> Iterator[StudyStatistic]:
    """A restricted mean; without limits where no variance can be estimated."""
    for row in _three(made, "restricted_mean", AREA, tau, who, fields):
        if row.stat_name != "estimate" and not made.find("restricted_mean", "std.error", level=tau):
            yield attrs.evolve(row, stat=None, stat_low=None, stat_high=None, reason=NO_VARIANCE)
        else:
            yield row


def is_followed_to(found: Followed, months: int) -> bool:
    """Whether a curve is known up to a time: the longest time reaches it, or is an event."""
    longest = max(one.latest for _, one in found)
    last = [one for _, one in found if one.latest == longest]
    return longest >= months or all(way.event for one in last for way in one.ways)


def _three(
    made: SurvivalStatistics,
    context: str,
    method: str,
    level: float,
    who: tuple[str, ...],
    fields: dict[str, Any],
    *,
    share: bool = False,
) -> Iterator[StudyStatistic]:
    """An estimate with its two limits, as ``timeline survival`` gives them."""
    for row in made.rows:
        if row.context != context or row.level != level or row.stat_name not in (
            "estimate", "conf.low", "conf.high",
        ):  # fmt: skip
            continue
        value = row.stat if row.stat is None or not share else 100 * row.stat
        yield from statistics({row.stat_name: value}, context=context, reason=row.reason,
                              method=method, unit="percent" if share else UNIT, subjects=who,
                              **fields)  # fmt: skip


def _median(
    found: Followed, context: str, method: str, fields: dict[str, Any]
) -> Iterator[StudyStatistic]:
    """The least and the greatest median of vague times."""
    low, high = quantile_range([one for _, one in found], HALF, 1 / days_per(UNIT))
    more = {"context": context, "method": method, "unit": UNIT, **fields}
    value = None if low is None else Span(low, NEVER_ENDS if high is None else high)
    yield from statistics({"estimate": value}, reason=NOT_REACHED if value is None else VAGUE,
                          subjects=_names(found), **more)  # fmt: skip
    yield from statistics({"conf.low": None, "conf.high": None}, reason=NO_LIMITS, **more)


def _reversed(one: Observed) -> Observed:
    """The same patient where being censored is the event: what follow-up is counted by."""
    ways = tuple(Leaving(way.time, not way.event) for way in one.ways)
    return attrs.evolve(one, ways=ways)
