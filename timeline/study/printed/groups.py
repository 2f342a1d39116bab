"""The patients that a printed number is of, by the words of its group."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from timeline.core.text.spelling import folded
from timeline.report.claims import Claim
from timeline.study.analyses import OF_RECORDS, OF_TABLES
from timeline.study.cohort import POPULATIONS, Cohort
from timeline.study.member import Member
from timeline.study.patient_values import NOT_STATED, OPEN_GROUP
from timeline.study.subgroups import GROUPING, groups_of

_EVERYBODY = ("all patients", "overall", "total", "itt", "intention to treat")
_TYPES = ("arm", "group", "regimen")  # words before the name of a group


@attrs.frozen(kw_only=True)
class PrintedGroup:
    """The patients of a printed number.

    Attributes:
        population: a name of `POPULATIONS`; empty where the words name none.
        levels: variables with the group of each that the patients are in.
    """

    population: str = ""
    levels: tuple[tuple[str, str], ...] = ()

    def members(self, cohort: Cohort, population: str) -> tuple[Member, ...]:
        """The patients of a population who are in every group."""
        found = cohort.members(population)
        for by, level in self.levels:
            found = dict(groups_of(cohort, by, found)).get(level, ())
        return found

    def populations(self, own: str) -> tuple[str, ...]:
        """The populations that are tried, that of the words or else the study's own first."""
        first = self.population or own
        return (first, *(each for each in POPULATIONS if each != first))


def grouping_variables(cohort: Cohort) -> tuple[str, ...]:
    """The variables that the cohort has groups of."""
    lacks = {*cohort.lacks, *(OF_RECORDS if cohort.tables else OF_TABLES)}
    return tuple(each for each in GROUPING if each not in lacks)


def group_named(cohort: Cohort, text: str) -> PrintedGroup:
    """The patients that some words name: ``treated, female``, ``arm A``.

    Raises:
        ValueError: a word names neither a population nor a group.
    """
    known = dict(_levels(cohort))
    population, levels = "", []
    for part in filter(None, (each.strip() for each in text.split(","))):
        key = folded(part)
        if key in POPULATIONS or key in _EVERYBODY:
            population = key if key in POPULATIONS else "all"
            continue
        found = known.get(key)
        for word in _TYPES:
            found = found or known.get(folded(part.lower().removeprefix(f"{word} ")))
            found = found or known.get(folded(part.lower().removeprefix(f"{word}: ")))
        if found is None:
            names = dict.fromkeys((*POPULATIONS, *(level for _, level in known.values())))
            raise ValueError(f"no group {part!r} among the patients (known: {', '.join(names)})")
        levels.append(found)
    return PrintedGroup(population=population, levels=tuple(levels))


def _levels(cohort: Cohort) -> Iterator[tuple[str, tuple[str, str]]]:
    for by in reversed(grouping_variables(cohort)):
        for level, _ in groups_of(cohort, by, cohort.members("all")):
            if level not in (NOT_STATED, OPEN_GROUP):
                yield folded(level), (by, level)


def compared_by(cohort: Cohort, claim: Claim, compare: str, reference: str) -> tuple[str, str, str]:
    """The variable of two groups that a ratio compares, the reference, and the other group.

    Of the claim its ``than`` is the reference, ``group`` the other one; else the variable that is
    named, the arm, or the regimen.

    Raises:
        ValueError: there are no two groups, or ``than`` is none of them.
    """
    named = group_named(cohort, f"{claim.than}, {claim.group}" if claim.than else "")
    variables = [by for by, _ in named.levels]
    by = variables[0] if claim.than and variables else compare or ("arm" if cohort.tables else "")
    by = by or "regimen"
    if by not in grouping_variables(cohort):
        raise ValueError(f"no two groups to compare: the patients have no {by} (name them: "
                         "--compare)")  # fmt: skip
    levels = [name for name, _ in groups_of(cohort, by, cohort.members("treated"))
              if name not in (NOT_STATED, OPEN_GROUP)]  # fmt: skip
    own = {level for variable, level in named.levels if variable == by}
    if claim.than and len(own) == 2:
        first = next(level for variable, level in named.levels if variable == by)
        return by, first, next(each for each in own if each != first)
    if len(levels) != 2:
        raise ValueError(f"{by} has {len(levels)} groups: {', '.join(levels) or 'none'} (name two: "
                         "group and than)")  # fmt: skip
    first = next(iter(own), "") if claim.than else ""
    first = first or (reference if reference in levels else levels[0])
    return by, first, next(each for each in levels if each != first)


def populated(group: PrintedGroup, own: str, population: str) -> str:
    """How a population differs from that of a group, or of the study; empty where it does not."""
    return _PATIENTS[population] if population != (group.population or own) else ""


_PATIENTS = {
    "all": "all patients",
    "treated": "treated patients",
    "evaluable": "evaluable patients",
}
