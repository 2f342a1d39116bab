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
from timeline.endpoints.derived_case import DerivedCase
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
from timeline.study.patient_values import endpoint_name
from timeline.study.statistic import StudyStatistic, statistics
from timeline.survival_statistics import SurvivalStatistics, survival

UNIT = "months"
FOLLOWED_BY = "OS"  # follow-up ends with the last day known alive
KAPLAN_MEIER = "Kaplan-Meier; limits after Brookmeyer and Crowley 1982, log-log scale"
GREENWOOD = "Kaplan-Meier; Greenwood's standard error, log-log scale"
REVERSE = "reverse Kaplan-Meier, Schemper and Smith 1996"
NOT_REACHED = "not reached"
VAGUE = "some times are ranges: the least and the greatest value that they allow"
NO_LIMITS = "no limits: some times are ranges"
BEYOND = "beyond the longest time that is certain"
_Followed = Sequence[tuple[str, Observed]]


def followed(cohort: Cohort, analysis: TimeAnalysis, members: Sequence[DerivedCase]) -> _Followed:
    """The patients with a time in months, each with the ways in which they may have left."""
    name = endpoint_name(analysis.endpoint, cohort.criterion)
    request = survival_request((name,), cohort.line, UNIT, "log-log")
    return tuple(
        (derived.case.name, member.observed)
        for derived in members
        for curve in request.curves((derived,), ())
        for member in curve.members
    )


def time_rows(
    cohort: Cohort,
    analysis: TimeAnalysis,
    members: Sequence[DerivedCase],
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
    yield from _counts(found, fields)
    if all(one.is_exact for one in patients):
        yield from _exact(found, at, fields)
        return
    yield from _median(found, "survival_quantile", KAPLAN_MEIER, fields)
    reach = reached_by_all(patients)
    for time in at:
        level = {**fields, "variable_level": level_of(time), "unit": "percent",
                 "method": GREENWOOD}  # fmt: skip
        value = None if time > reach else _percent(*survival_between(patients, time))
        why = BEYOND if value is None else VAGUE
        yield from statistics({"estimate": value}, context="survival_rate", reason=why,
                              subjects=_names(found), **level)  # fmt: skip
        yield from statistics({"conf.low": None, "conf.high": None}, context="survival_rate",
                              reason=BEYOND if value is None else NO_LIMITS, **level)  # fmt: skip
        yield from statistics({"n.risk": counts(patients, time).at_risk}, context="survival_rate",
                              reason=VAGUE, subjects=_names(found),
                              **{**fields, "variable_level": level_of(time)})  # fmt: skip
    if analysis.endpoint == FOLLOWED_BY:
        yield from _median([(name, _reversed(one)) for name, one in found], "follow_up_quantile",
                           REVERSE, fields)  # fmt: skip


def level_of(time: Fraction) -> str:
    """``6 months``."""
    return f"{float(time):g} {UNIT}"


def _names(found: _Followed) -> tuple[str, ...]:
    return tuple(name for name, _ in found)


def _percent(low: Fraction, high: Fraction) -> Span:
    return Span(100 * low, 100 * high)


def _counts(found: _Followed, fields: dict[str, Any]) -> Iterator[StudyStatistic]:
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


def _exact(
    found: _Followed, at: Sequence[Fraction], fields: dict[str, Any]
) -> Iterator[StudyStatistic]:
    """The numbers of exact times, those of ``timeline survival``."""
    times = [float(one.earliest) for _, one in found]
    events = [int(one.ways[0].event) for _, one in found]
    made = survival(time=times, event=events, unit=UNIT, at=[float(each) for each in at] or None)
    who = _names(found)
    yield from _three(made, "survival_quantile", KAPLAN_MEIER, 50.0, who, fields)
    for time in at:
        level = {**fields, "variable_level": level_of(time)}
        yield from _three(made, "survival_rate", GREENWOOD, float(time), who, level, share=True)
        risk = tuple(name for name, one in found if one.earliest >= time)
        yield from statistics({"n.risk": len(risk)}, context="survival_rate", subjects=risk,
                              **level)  # fmt: skip
    if fields["variable"] == FOLLOWED_BY:
        yield from _three(made, "follow_up_quantile", REVERSE, 50.0, who, fields)


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
    found: _Followed, context: str, method: str, fields: dict[str, Any]
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
