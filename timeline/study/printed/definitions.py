"""The definitions by which a printed number of a study may have been found, with the numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import attrs

from timeline.core.calendar.durations import days_per
from timeline.core.span import NEVER_ENDS, Span
from timeline.core.text.spelling import folded
from timeline.report.claims import Claim
from timeline.report.printed_statistics import level_in_percent
from timeline.settings.study import LEVELS
from timeline.statistics.survival.known_order import times_in_known_order
from timeline.statistics.survival.log_rank import log_rank
from timeline.statistics.survival.proportional_hazards import TIES, cox_model
from timeline.study.analyses import TIMES, TimeAnalysis
from timeline.study.cohort import Cohort
from timeline.study.definition import Definition, Value
from timeline.study.member import Member
from timeline.study.patient_values import endpoint_name
from timeline.study.printed.counts import counted_definitions
from timeline.study.printed.groups import (
    PrintedGroup,
    compared_by,
    group_named,
    grouping_variables,
    populated,
)
from timeline.study.statistic import StudyStatistic
from timeline.study.subgroups import groups_of, hazard_ratio_of, strata_of
from timeline.study.summary import StudySummary
from timeline.study.times import FOLLOWED_BY, UNIT, followed, time_rows

NOT_REACHED = "not reached"
_SCALES = ("log-log", "log", "plain")
_RULES = {"quantile": "the middle of a flat stretch", "table": "the first time at one half"}
_NAMES = {"value": "estimate", "low": "conf.low", "high": "conf.high", "p": "p.value"}
_WORDS = {
    "PFS": ("progression free survival", "progression-free survival"),
    "OS": ("overall survival", "survival", "death", "deaths"),
    "DoR": ("duration of response", "response duration"),
}


def definitions_of(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    """Every definition of a printed number, that of the study first; None of another kind.

    Raises:
        ValueError: the patients have no such group, or no two groups.
    """
    find = _FOR.get(claim.kind) or (_median if time_named(summary, claim.kind) else None)
    return None if find is None else find(summary, claim)


def time_named(summary: StudySummary, text: str) -> TimeAnalysis | None:
    """The time to an event that some words name."""
    key = folded(text)
    for row in TIMES:
        name = endpoint_name(row.endpoint, summary.cohort.criterion)
        if key in (folded(row.endpoint), folded(name), *map(folded, _WORDS[row.endpoint])):
            return None if row.endpoint in summary.cohort.lacks else row
    return None


def _level(cohort: Cohort, claim: Claim) -> int:
    """The level of the limits of a claim, in percent."""
    if not claim.level:
        return cohort.settings.confidence_level
    level = level_in_percent(claim.level)
    if level.denominator != 1 or not LEVELS[0] <= level <= LEVELS[1]:
        raise ValueError(f"limits at {claim.level} are not computed (whole percent, {LEVELS[0]} to "
                         f"{LEVELS[1]})")  # fmt: skip
    return int(level)


def _with(cohort: Cohort, **settings: Any) -> Cohort:
    return attrs.evolve(cohort, settings=attrs.evolve(cohort.settings, **settings))


# ---- two groups
def _hazards(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, claim.about)
    return None if time is None else hazard_definitions(summary, claim, time)


@attrs.frozen
class _Compared:
    """Two groups of patients: the cohort, the time, the variable, its groups, who is compared."""

    cohort: Cohort
    time: TimeAnalysis
    by: str
    arms: tuple[str, str]
    members: tuple[Member, ...]

    @classmethod
    def of(cls, summary: StudySummary, claim: Claim, time: TimeAnalysis) -> _Compared:
        cohort = summary.cohort
        reference = summary.arms[0] if summary.arms else ""
        by, first, other = compared_by(cohort, claim, summary.compare, reference)
        group = PrintedGroup() if claim.than else group_named(cohort, claim.group)
        members = group.members(cohort, group.population or time.population)
        return cls(cohort, time, by, (first, other), members)

    @property
    def strata(self) -> tuple[str, ...]:
        return ("", *(each for each in grouping_variables(self.cohort) if each != self.by))

    def groups(self, cohort: Cohort) -> dict[str, Any]:
        found = dict(groups_of(cohort, self.by, self.members))
        return {name: followed(cohort, self.time, found.get(name, ())) for name in self.arms}


def hazard_definitions(
    summary: StudySummary, claim: Claim, time: TimeAnalysis
) -> Iterator[Definition]:
    """Hazard ratios: by Efron's and Breslow's ties, strata of each variable, groups exchanged."""
    compared = _Compared.of(summary, claim, time)
    cohort = compared.cohort
    level = Fraction(_level(cohort, claim), 100)
    found = compared.groups(cohort)
    first, other = compared.arms
    own = (cohort.settings.ties, summary.strata, False)
    every = list(product(TIES, compared.strata, (False, True)))
    for ties, by, exchanged in sorted(every, key=lambda each: each != own):
        values, reason = hazard_ratio_of(
            found, (other, first) if exchanged else (first, other), ties, float(level),
            strata_of(cohort, by, compared.members) if by else None,
        )  # fmt: skip
        convention = f"{ties}'s ties" if ties != own[0] else ""
        differs = [_strata(by) if by != own[1] else "",
                   "the groups exchanged" if exchanged else ""]  # fmt: skip
        yield _definition(
            convention, differs, {name: _point(values[key]) for name, key in _NAMES.items()},
            reason, n=sum(map(len, found.values())),
        )  # fmt: skip


def _p_value(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, claim.about)
    return None if time is None else _tests(summary, claim, time)


def _tests(summary: StudySummary, claim: Claim, time: TimeAnalysis) -> Iterator[Definition]:
    """P values: of the log-rank test, and of others."""
    compared = _Compared.of(summary, claim, time)
    found = compared.groups(compared.cohort)
    patients = [one for name in compared.arms for _, one in found[name]]
    ordered = times_in_known_order(patients) if patients else None
    if ordered is None:
        raise ValueError("no test: some times are ranges whose order is open")
    events = [one.ways[0].event for one in patients]
    groups = [name for name in compared.arms for _ in found[name]]
    sided = "one-sided" in f"{claim.note} {claim.about}".lower()
    own = (summary.strata, "log-rank test")
    for by in sorted(compared.strata, key=lambda each: each != own[0]):
        stratum_of = strata_of(compared.cohort, by, compared.members) if by else None
        strata = None
        if stratum_of is not None:
            strata = [stratum_of[name] for arm in compared.arms for name, _ in found[arm]]
        model = cox_model(ordered, events, groups, reference=compared.arms[0], strata=strata,
                          ties=compared.cohort.settings.ties, level=Fraction(95, 100))  # fmt: skip
        for name, p in (
            ("log-rank test", log_rank(ordered, events, groups, strata).p),
            ("Fleming-Harrington test (1, 0)", log_rank(ordered, events, groups, strata, 1).p),
            ("Wald test of the Cox model", model.wald.p),
            ("score test of the Cox model", model.score.p),
            ("likelihood ratio test of the Cox model", model.likelihood_ratio.p),
        ):
            for one_sided in (sided, not sided):
                differs = [
                    f"the {name}" if name != own[1] else "",
                    _strata(by) if by != own[0] else "",
                    ("a one-sided p" if one_sided else "a two-sided p") * (one_sided != sided),
                ]
                value = _point(p if p is None or not one_sided else p / 2)
                yield _definition("", differs, {"value": value}, "no test is defined",
                                  n=len(patients))  # fmt: skip


# ---- one group of times
def _median(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, claim.kind)
    is_of_group = claim.statistic == "median" or claim.n or claim.group or claim.ci
    if time is None or not is_of_group or claim.statistic not in ("", "median"):
        return None
    return _times(summary, claim, time, "survival_quantile")


def _follow_up(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, FOLLOWED_BY)
    if time is None or claim.statistic != "median":
        return None
    return _followed_up(summary, claim, time)


def _rate(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, claim.of or claim.about)
    if time is None or claim.at is None or len(claim.at.values) != 1:
        return None
    return _times(summary, claim, time, "survival_rate")


def _events(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    time = time_named(summary, claim.of)
    return None if time is None else _times(summary, claim, time, "survival_counts")


def _times(
    summary: StudySummary, claim: Claim, time: TimeAnalysis, context: str
) -> Iterator[Definition]:
    group = group_named(summary.cohort, claim.group)
    cohort = _with(summary.cohort, confidence_level=_level(summary.cohort, claim))
    own = cohort.settings
    scales = _own_first(own.survival_limits, _SCALES) if claim.ci else (own.survival_limits,)
    rules = _own_first(own.median_rule, _RULES) if context != "survival_rate" else ("quantile",)
    at = () if claim.at is None else (claim.at.values[0] * _months(claim.at.unit),)
    if context == "survival_counts":
        scales, rules = (own.survival_limits,), (own.median_rule,)
    for population in group.populations(time.population):
        members = group.members(summary.cohort, population)
        for scale, rule in product(scales, rules):
            changed = _with(cohort, survival_limits=scale, median_rule=rule)
            rows = tuple(time_rows(changed, time, members, at))
            convention = [
                f"limits on the {scale} scale" if scale != own.survival_limits else "",
                f"{_RULES[rule]} as the median" if rule != own.median_rule else "",
            ]
            yield _of_rows(rows, context, claim, convention,
                           populated(group, time.population, population))  # fmt: skip


def _followed_up(summary: StudySummary, claim: Claim, time: TimeAnalysis) -> Iterator[Definition]:
    yield from _times(summary, claim, time, "follow_up_quantile")
    group = group_named(summary.cohort, claim.group)
    members = group.members(summary.cohort, group.population or time.population)
    found = followed(summary.cohort, time, members)
    if any(not one.is_exact for _, one in found):
        return
    for words, kept in (
        ("the median of all times, ended or not", found),
        ("the median of the times without the event",
         [each for each in found if not each[1].ways[0].event]),
    ):  # fmt: skip
        times = sorted(one.earliest for _, one in kept)
        if times:
            half = len(times) // 2
            middle = (times[half] + times[~half]) / 2
            value = Span.point(Fraction(middle) / _months(claim.unit))
            yield _definition("", [words], {"value": value}, n=len(kept))


def _of_rows(
    rows: Iterable[StudyStatistic],
    context: str,
    claim: Claim,
    conventions: Iterable[str],
    differs: str,
) -> Definition:
    """The numbers of one context of the rows of a time."""
    every = tuple(rows)
    own = {row.stat_name: row for row in every if row.context == context}
    size = next((row for row in every
                 if (row.context, row.stat_name) == ("survival_counts", "n")), None)  # fmt: skip
    per = Fraction(1)
    if context in ("survival_quantile", "follow_up_quantile"):
        per = _months(claim.unit)
    names = {**_NAMES, "value": "n.event"} if context == "survival_counts" else _NAMES
    values = {name: _value(own.get(key), per) for name, key in names.items()}
    values["n"] = _value(size, Fraction(1))
    reason = own[names["value"]].reason if names["value"] in own else "no patient has such a time"
    return Definition(conventions=conventions, differs=[differs], values=values, reason=reason)


def _value(row: StudyStatistic | None, per: Fraction) -> Value:
    if row is None:
        return None
    if row.stat_low is None and row.stat_high is None:
        return NOT_REACHED if row.reason == NOT_REACHED else None
    low = Fraction(row.stat_low or 0) / per
    return Span(low, NEVER_ENDS if row.stat_high is None else Fraction(row.stat_high) / per)


def _months(unit: str) -> Fraction:
    """How many months are one of a unit: 12 of a year by the length of a mean month."""
    return Fraction(days_per(unit or UNIT)) / Fraction(days_per(UNIT))


def _own_first(own: str, every: Iterable[str]) -> tuple[str, ...]:
    return (own, *(each for each in every if each != own))


def _strata(by: str) -> str:
    return f"strata by {by}" if by else "no strata"


def _point(value: float | None) -> Value:
    return None if value is None else Span.point(Fraction(value))


def _definition(
    convention: str, differs: Iterable[str], values: Mapping[str, Value], reason: str = "",
    *, n: int,
) -> Definition:  # fmt: skip
    return Definition(conventions=[convention], differs=differs, reason=reason,
                      values={**values, "n": Span.point(n)})  # fmt: skip


_Find = Callable[[StudySummary, Claim], Iterator[Definition] | None]
_FOR: dict[str, _Find] = {
    "HR": _hazards,
    "p": _p_value,
    "follow-up": _follow_up,
    "rate": _rate,
    "events": _events,
    "count": counted_definitions,
    "percent": counted_definitions,
    "age": counted_definitions,
}
