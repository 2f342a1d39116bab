"""Printed counts and shares of patients, and ages, as a study counts them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from timeline.core.span import Span
from timeline.core.text.spelling import folded
from timeline.report.claims import Claim
from timeline.report.printed_statistics import level_in_percent
from timeline.statistics.distributions import normal_quantile
from timeline.statistics.proportions import METHODS
from timeline.study.analyses import Analysis
from timeline.study.cohort import Cohort
from timeline.study.counting import analysis_rows, counted
from timeline.study.definition import Definition, Value
from timeline.study.member import Member, name_of
from timeline.study.patient_values import YES
from timeline.study.printed.groups import PrintedGroup, group_named, populated
from timeline.study.summary import StudySummary, analyses_of

# Of variables whose categories have the same names: what tells them apart.
_PREFIXES = {"CBOR": "{level}, confirmed", "landmark": "{level} at the landmark",
             "stop": "stopped: {level}", "ecog": "ECOG {level}", "regimen": "regimen: {level}",
             "arm": "arm: {level}", "diagnosis": "diagnosis: {level}"}  # fmt: skip
_CONFIRMED = {"ORR": "CORR", "BOR": "CBOR", "CORR": "ORR", "CBOR": "BOR"}
_SAYS = {
    "CORR": "confirmed responses",
    "CBOR": "confirmed responses",
    "ORR": "responses confirmed or not",
    "BOR": "responses confirmed or not",
}


def counted_definitions(summary: StudySummary, claim: Claim) -> Iterator[Definition] | None:
    """Every definition of a count, a share or an age; None where it is of something else."""
    if claim.grade is not None or claim.at is not None:
        return None
    if claim.kind == "age":
        return _ages(summary, claim) if claim.statistic == "median" else None
    found = _counted(summary.cohort, claim)
    return None if found is None else _shares(summary.cohort, claim, *found)


def level_form(name: str) -> str:
    """How a category of a variable is named where its word alone could be that of another one."""
    return _PREFIXES.get(name, "{level}")


def _counted(cohort: Cohort, claim: Claim) -> tuple[Analysis, str] | None:
    """The analysis and the category that a claim counts."""
    about = folded(claim.about)
    confirmed = "confirmed" in folded(claim.note).split()
    found: tuple[Analysis, str] | None = None
    for row in analyses_of(cohort):
        title = row.title(cohort.settings)
        if row.category is None:
            continue
        if row.with_limits or row.order == (YES,):
            names = {folded(row.name), folded(title), folded(title.partition(" (")[0])}
            if about in names:
                found = found or (row, YES)
            continue
        levels = {level for each in cohort.patients for level in row.allowed(cohort, each)}
        for level in sorted({*levels, *row.order}):
            if about == folded(level_form(row.name).format(level=level)):
                found = found or (row, level)
    if found is not None and confirmed and found[0].name in ("ORR", "BOR"):
        other = _CONFIRMED[found[0].name]
        return next((row for row in analyses_of(cohort) if row.name == other), found[0]), found[1]
    return found


def _shares(cohort: Cohort, claim: Claim, row: Analysis, level: str) -> Iterator[Definition]:
    group = group_named(cohort, claim.group)
    own = row.denominators(cohort.settings)[0]
    rows = {each.name: each for each in analyses_of(cohort)}
    others = [rows[each] for each in (_CONFIRMED.get(row.name, ""),) if each in rows]
    methods = tuple(dict.fromkeys((*cohort.settings.limits_of_rates, *METHODS)))
    limits = methods if claim.ci is not None else methods[:1]
    for analysis in (row, *others):
        for population in group.populations(own):
            members = group.members(cohort, population)
            for method in limits if members else ():
                unusual = method not in cohort.settings.limits_of_rates
                yield Definition(
                    conventions=[f"limits by {method}" if unusual and claim.ci else ""],
                    differs=[
                        _SAYS[analysis.name] if analysis is not row else "",
                        populated(group, own, population),
                    ],
                    values=_values(cohort, claim, analysis, level, members, method),
                )


def _values(
    cohort: Cohort, claim: Claim, row: Analysis, level: str, members: tuple[Member, ...],
    method: str,
) -> dict[str, Value]:  # fmt: skip
    allowed = {name_of(each): row.allowed(cohort, each) for each in members}
    sure, may = counted(allowed, frozenset({level}))
    least, most, size = len(sure), len(sure) + len(may), len(allowed)
    value = Span(least, most)
    found: dict[str, Value] = {"n": Span.point(size)}
    if claim.kind == "percent":
        value = Span(Fraction(100 * least, size), Fraction(100 * most, size))
    if claim.ci is not None:
        percent = level_in_percent(claim.level) if claim.level else None
        sure_level = float(percent / 100) if percent else cohort.settings.level
        alpha = 1 - sure_level
        ends = [METHODS[method].limits(each, size, alpha, normal_quantile(1 - alpha / 2))
                for each in (least, most)]  # fmt: skip
        for name, place in (("low", 0), ("high", 1)):
            low, high = (100 * Fraction(each[place]) for each in ends)
            found[name] = Span(low, high)
    return {"value": value, **found}


def _ages(summary: StudySummary, claim: Claim) -> Iterator[Definition]:
    cohort = summary.cohort
    group: PrintedGroup = group_named(cohort, claim.group)
    row = next((each for each in analyses_of(cohort) if each.name == "age"), None)
    if row is None:
        return
    for population in group.populations("all"):
        members = group.members(cohort, population)
        rows = {each.stat_name: each for each in analysis_rows(cohort, row, members, population)}
        if "median" not in rows:
            continue
        values: dict[str, Value] = {"n": Span.point(int(rows["n"].stat or 0))}
        for name, key in (("value", "median"), ("low", "min"), ("high", "max")):
            found = rows[key]
            if found.stat_low is not None and found.stat_high is not None:
                values[name] = Span(Fraction(found.stat_low), Fraction(found.stat_high))
        yield Definition(differs=[populated(group, "all", population)], values=values)
