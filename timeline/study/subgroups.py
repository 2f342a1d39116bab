"""Subgroups: the groups of a baseline variable, and the hazards of two groups in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from timeline.core.problem import near
from timeline.core.span import Span
from timeline.statistics.survival.known_order import times_in_known_order
from timeline.statistics.survival.product_limit import (
    mean_difference,
    product_limit,
    restricted_mean,
)
from timeline.statistics.survival.proportional_hazards import cox_model
from timeline.study.analyses import ANALYSES, OF_RECORDS, OF_TABLES, TimeAnalysis
from timeline.study.cohort import Cohort
from timeline.study.member import Allowed, Member, name_of
from timeline.study.patient_values import NOT_STATED, OPEN_GROUP, age_group, endpoint_name
from timeline.study.statistic import StudyStatistic, statistics
from timeline.study.times import (
    AREA,
    ENDS_BEFORE,
    UNIT,
    VAGUE,
    VAGUE_MEAN,
    Followed,
    exact_times,
    followed,
    is_followed_to,
    up_to,
)

AGE = "age"
GROUPING = {row.name: row.heading for row in ANALYSES if row.table == "baseline" and row.category}
GROUPING[AGE] = "Age group"
COX = "Cox model with the group as its only covariate; {ties} ties, Wald limits"
STRATIFIED = "; stratified by {by}"
NO_RATIO = "no ratio: some times are ranges whose order is open"
TAKES_MIDDLE = "vague_times=middle"  # the setting under which there is one
_Split = tuple[tuple[str, ...], tuple[str, ...]]
_NAMED = 3  # patients that a reason names
VERSUS = "{name} vs {reference}"


def grouping_of(cohort: Cohort, by: str) -> str:
    """A variable of groups as it is named.

    Raises:
        ValueError: it is unknown, or the cohort does not hold it.
    """
    if by not in GROUPING:
        raise ValueError(f"by: {by!r} ({near(by, GROUPING)})")
    lacks = {*cohort.lacks, *(OF_RECORDS if cohort.tables else OF_TABLES)}
    if by in lacks:
        held = "the tables" if cohort.tables else "case files"
        known = ", ".join(name for name in GROUPING if name not in lacks)
        raise ValueError(f"by: {held} do not hold {by!r} (known: {known})")
    return by


def _allowed(cohort: Cohort, by: str, member: Member) -> Allowed:
    if by == AGE:
        return age_group(cohort, member)
    return next(row for row in ANALYSES if row.name == by).allowed(cohort, member)


def groups_of(
    cohort: Cohort, by: str, members: Sequence[Member]
) -> Iterator[tuple[str, tuple[Member, ...]]]:
    """The groups of a baseline variable by name, each patient in one of them.

    Patients whose record allows several groups are one of their own.
    """
    levels: dict[str, list[Member]] = {}
    for member in members:
        allowed = _allowed(cohort, by, member)
        name = next(iter(allowed)) if len(allowed) == 1 else OPEN_GROUP
        levels.setdefault(name, []).append(member)
    last = (NOT_STATED, OPEN_GROUP)

    def rank(name: str) -> tuple[bool, bool, str]:
        """Known groups first, of those by age the younger one."""
        return name in last, not name.startswith("below "), name

    for name in sorted(levels, key=rank):
        yield name, tuple(levels[name])


def compared_groups(cohort: Cohort, compare: str, reference: str) -> tuple[str, str]:
    """The two groups whose hazards are compared: the reference, and the other one.

    Raises:
        ValueError: the variable has not two groups, or the reference is none of them.
    """
    grouping_of(cohort, compare)
    found = [name for name, _ in groups_of(cohort, compare, cohort.members("treated"))
             if name not in (NOT_STATED, OPEN_GROUP)]  # fmt: skip
    if len(found) != 2:
        listed = ", ".join(found) or "none"
        raise ValueError(
            f"compare: {compare!r} has {len(found)} groups: {listed} (name a variable with two)"
        )
    if reference and reference not in found:
        raise ValueError(f"reference: no group {reference!r} ({near(reference, found)})")
    first = reference or found[0]
    return first, next(name for name in found if name != first)


def comparison_rows(
    cohort: Cohort,
    analysis: TimeAnalysis,
    members: Sequence[Member],
    compare: str,
    arms: tuple[str, str],
    strata: str = "",
    **group: Any,
) -> Iterator[StudyStatistic]:
    """The hazard ratio of two groups of some patients, with the counts that it rests on.

    Args:
        cohort: the cohort.
        analysis: the endpoint.
        members: the patients, such as those of a subgroup.
        compare: the variable of the two groups.
        arms: the reference, and the other group.
        strata: the baseline variable whose groups have a baseline hazard each; empty for one.
        group: the fields ``group1`` and ``group1_level`` of a subgroup.
    """
    groups = dict(groups_of(cohort, compare, members))
    found = {name: followed(cohort, analysis, groups.get(name, ())) for name in arms}
    settings, (reference, other) = cohort.settings, arms
    fields = {"variable": endpoint_name(analysis.endpoint, cohort.criterion),
              "population": analysis.population, **group}  # fmt: skip
    exact = all(one.is_exact for own in found.values() for _, one in own)
    for name, own in found.items():
        yield from _counts(own, {**fields, "variable_level": name})
    versus = VERSUS.format(name=other, reference=reference)
    level = {**fields, "variable_level": versus,
             "subjects": tuple(name for own in found.values() for name, _ in own)}  # fmt: skip
    method = COX.format(ties=settings.ties) + STRATIFIED.format(by=strata) * bool(strata)
    stratum_of = strata_of(cohort, strata, members) if strata else None
    values, why = hazard_ratio_of(found, arms, settings.ties, settings.level, stratum_of)
    yield from statistics(values, context="hazard_ratio", method=method, reason=why, **level)
    if settings.restricted_mean_months is not None:
        tau = settings.restricted_mean_months
        values, why = _difference(found, arms, tau, settings.level, exact=exact)
        level["variable_level"] = f"{versus}, {up_to(tau)}"
        yield from statistics(values, context="restricted_mean_difference", method=AREA, unit=UNIT,
                              reason=why, **level)  # fmt: skip


def _counts(own: Followed, fields: dict[str, Any]) -> Iterator[StudyStatistic]:
    """How many have a time, and how many of them the event."""
    for name, (sure, may) in (("n", _present(own)), ("n.event", _with_event(own))):
        value = Span(len(sure), len(sure) + len(may))
        yield from statistics({name: value}, context="hazard_ratio", subjects=sure,
                              possible_subjects=may, reason=VAGUE, **fields)  # fmt: skip


def _present(own: Followed) -> _Split:
    sure = tuple(name for name, one in own if not one.may_be_absent)
    return sure, tuple(name for name, one in own if one.may_be_absent)


def _with_event(own: Followed) -> _Split:
    """Who surely has the event, and who further may have it."""
    sure = tuple(name for name, one in own if one.event is True and not one.may_be_absent)
    may = tuple(name for name, one in own
                if name not in sure and any(way.event for way in one.ways))  # fmt: skip
    return sure, may


def strata_of(cohort: Cohort, by: str, members: Sequence[Member]) -> dict[str, str]:
    """The stratum of each patient: the group of a baseline variable."""
    return {name_of(each): stratum for stratum, own in groups_of(cohort, by, members)
            for each in own}  # fmt: skip


def hazard_ratio_of(
    found: dict[str, Followed],
    arms: tuple[str, str],
    ties: str,
    level: float,
    stratum_of: Mapping[str, str] | None = None,
) -> tuple[dict[str, float | None], str]:
    """The hazard ratio with its limits and p, by the names of their statistics, or why none is.

    It depends on the order of times alone, which may be known where times are ranges.
    """
    empty: dict[str, float | None] = dict.fromkeys(("estimate", "conf.low", "conf.high", "p.value"))
    if missing := [name for name in arms if not found[name]]:
        return empty, f"no patient of {' or of '.join(missing)}"
    patients = [one for name in arms for _, one in found[name]]
    times = times_in_known_order(patients)
    if times is None:
        return empty, f"{NO_RATIO}: {_vague(found)}"
    events = [one.ways[0].event for one in patients]
    groups = [name for name in arms for _ in found[name]]
    strata = None
    if stratum_of is not None:
        strata = [stratum_of[name] for arm in arms for name, _ in found[arm]]
    model = cox_model(times, events, groups, reference=arms[0], strata=strata, ties=ties,
                      level=Fraction(str(level)))  # fmt: skip
    (ratio,) = model.ratios
    values = {"estimate": ratio.ratio, "conf.low": ratio.low, "conf.high": ratio.high,
              "p.value": ratio.p}  # fmt: skip
    return values, ratio.reason


def _vague(found: Mapping[str, Followed]) -> str:
    """Whose times are ranges."""
    names = [name for own in found.values() for name, one in own if not one.is_exact]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _difference(
    found: dict[str, Followed],
    arms: tuple[str, str],
    tau: int,
    level: float,
    *,
    exact: bool,
) -> tuple[dict[str, float | None], str]:
    """The difference of the restricted means, the other group less the reference.

    None where a curve is not known as far as that.
    """
    empty: dict[str, float | None] = dict.fromkeys(("estimate", "conf.low", "conf.high", "p.value"))
    if not exact:
        return empty, f"{VAGUE_MEAN}: {_vague(found)}"
    if missing := [name for name in arms if not found[name]]:
        return empty, f"no patient of {' or of '.join(missing)}"
    if not all(is_followed_to(found[name], tau) for name in arms):
        return empty, ENDS_BEFORE
    means = [restricted_mean(product_limit(*exact_times(found[name])), tau) for name in arms]
    gap = mean_difference(means[0], means[1], level)
    values = {"estimate": gap.difference, "conf.low": gap.low, "conf.high": gap.high,
              "p.value": gap.p}  # fmt: skip
    return values, "" if gap.error else "no limits: a mean has no variance"


def left_open(cohort: Cohort, by: str) -> tuple[str, ...]:
    """The treated patients whose group the record leaves open."""
    groups = dict(groups_of(cohort, by, cohort.members("treated")))
    return tuple(map(name_of, groups.get(OPEN_GROUP, ())))
