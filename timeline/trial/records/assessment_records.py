"""Derived responses as records: each with its findings, the rows of the rules and its sources."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.core.quantities import NM_PER_MM
from timeline.response.criteria.criterion import Criterion
from timeline.terminology.response_codes import NewLesion, NonTarget, Target
from timeline.trial import long_tables as column
from timeline.trial.assessments import Assessments
from timeline.trial.findings.derived_responses import DerivedResponses
from timeline.trial.findings.findings import Findings, Measured
from timeline.trial.findings.lesion_words import Group
from timeline.trial.findings.parts import Part
from timeline.trial.long_tables import LongTable
from timeline.trial.records.derivation import Derivation
from timeline.trial.subjects import FLAGS

Array = npt.NDArray[Any]
_TARGETS, _LEVELS = tuple(map(str, Target)), tuple(map(str, NonTarget))
_GROUP_ROLES = {Group.TARGET: "target", Group.NON_TARGET: "non-target", Group.NEW: "new lesion"}
_PART_ROLES = {
    Part.OVERALL: "overall response as collected",
    Part.TARGET: "target",
    Part.NON_TARGET: "non-target",
    Part.NEW_LESION: "new lesion",
    Part.CLAIM: "symptomatic deterioration",
}
_DOMAINS = ("TR", "RS")


def assessments_table(of: Derivation, found: Assessments, number: Array) -> LongTable:
    """Derived responses with what they were judged by, one row an assessment.

    Args:
        of: the derivation.
        found: its assessments.
        number: of each assessment the number of its record among those of ADRS (ASEQ).
    """
    derived, criterion = _derived(found), of.criterion
    nadir = np.where(derived.nadir > 0, derived.nadir, -1)
    collected = _collected(of, found)
    every = np.ones(len(derived), dtype=bool)
    origin = of.subjects.origin[found.subject]
    offset = found.day - origin
    made = {
        "USUBJID": column.subjects(found.subject, of.subjects.ids),
        "ASEQ": column.whole(number, number > 0),
        "ADT": column.dates(found.day, every),
        "ADTF": column.words(found.flag, FLAGS),
        "ADY": column.whole(np.where(offset >= 0, offset + 1, offset), every),
        "VISITNUM": column.numbers(found.visit),
        "AVALC": column.words(derived.code, ("", *criterion.words[1:])),
        "TRGRESP": column.words(derived.target, _TARGETS),
        "NTRGRESP": column.words(derived.non_target, _LEVELS),
        "NEWLIND": column.words(derived.new.astype(np.int64), ("N", "Y")),
        "SUM": _millimetres(derived.total),
        "PARTSUM": _millimetres(np.where(derived.partial > 0, derived.partial, -1)),
        "BASE": _millimetres(derived.baseline),
        "NADIR": _millimetres(np.where(derived.baseline >= 0, nadir, -1)),
        "EVENTDT": column.dates(derived.dated, derived.dated != found.day),
        "COLLECTED": column.words(collected, ("", *criterion.words[1:])),
        "ANL01FL": column.words(found.counts.astype(np.int64) - 1, ("Y",)),
        "RULE": _rules(derived, criterion),
    }
    return LongTable("assessments", column.table(made))


def _derived(found: Assessments) -> DerivedResponses:
    if found.derived is None:
        raise ValueError(
            "responses were collected, not derived (write settings={'response_from': 'lesions'})"
        )
    return found.derived


def _collected(of: Derivation, found: Assessments) -> Array:
    """The overall response of each assessment as collected; -1 where there is none."""
    findings = _findings(of)
    of_visit = np.full(len(findings.visits), -1)
    of_visit[findings.derived.visit] = findings.collected
    collected: Array = of_visit[_derived(found).visit]
    return collected


def _findings(of: Derivation) -> Findings:
    if of.found is None:
        raise ValueError("responses were collected, not derived")
    return of.found


def _millimetres(lengths: Array) -> Any:
    return column.numbers(np.where(lengths >= 0, lengths / NM_PER_MM, np.nan))


def _rules(derived: DerivedResponses, criterion: Criterion) -> Any:
    """The rows of the tables that gave each response, as words."""
    columns = (derived.target, derived.target_row, derived.non_target, derived.new, derived.row)
    keys = np.stack([np.asarray(each, dtype=np.int64) for each in columns], axis=1)
    each, place = np.unique(keys, axis=0, return_inverse=True)
    texts = [_rule_text(row, criterion) for row in each.tolist()]
    return column.words(place.reshape(-1), texts)


def _rule_text(codes: list[int], criterion: Criterion) -> str:
    """``target response T6: -30 % from baseline (E09 4.3.1); ... 1.7: target PR (E09 Table 1)``."""
    target, target_row, level, new, machine_row = codes
    kinds = tuple(Target)[target], tuple(NonTarget)[level]
    parts = []
    if kinds[0] is not Target.NA:
        row = criterion.target.rows[target_row]
        parts.append(f"target response {row.id}: {row.description} ({row.source})")
    shown = NewLesion.YES if new and not criterion.confirms else NewLesion.NO
    table, overall = criterion.overall.row_for(*kinds, shown)
    parts.append(f"{table.name} {overall.id}: {overall.description} ({overall.source})")
    if machine_row >= 0:
        step = criterion.machine.rules[machine_row]
        parts.append(f"{criterion.title} {step.id}: {step.description} ({step.source})")
    return "; ".join(parts)


def sources_table(of: Derivation, found: Assessments, number: Array) -> LongTable:
    """The rows that each derived response follows from, one row each.

    Args:
        of: the derivation.
        found: its assessments.
        number: of each assessment the number of its record among those of ADRS (ASEQ).
    """
    derived, findings = _derived(found), _findings(of)
    of_visit = np.full(len(findings.visits) + 1, -1)  # the last: of rows that have no visit
    of_visit[derived.visit] = np.arange(len(derived))
    roles = list(dict.fromkeys((*_GROUP_ROLES.values(), *_PART_ROLES.values())))
    variables = [of.names.get(role, "") for role in ("lesion_length", "lesion_result", "response")]
    blocks = []
    if of.settings.response_from == "lesions":
        blocks.append(_lesion_block(of.measured, of_visit, roles))
    if findings.parts is not None:
        blocks.append(_part_block(findings, of_visit, roles))
    parts = [np.concatenate(each) for each in zip(*blocks, strict=True)]
    at, domain, variable, row, sequence, role = parts
    order = np.lexsort((row, domain, at))
    at, row, sequence = at[order], row[order], sequence[order]
    every = np.ones(len(at), dtype=bool)
    made = {
        "USUBJID": column.subjects(found.subject[at], of.subjects.ids),
        "ASEQ": column.whole(number[at], number[at] > 0),
        "ADT": column.dates(found.day[at], every),
        "SRCDOM": column.words(domain[order], _DOMAINS),
        "SRCVAR": column.words(variable[order], variables),
        "SRCSEQ": column.whole(np.nan_to_num(sequence).astype(np.int64), ~np.isnan(sequence)),
        "SRCROW": column.whole(row + 1, every),
        "ROLE": column.words(role[order], roles),
    }
    return LongTable("sources", column.table(made))


def _lesion_block(
    measured: Measured | None, of_visit: Array, roles: list[str]
) -> tuple[Array, ...]:
    """Rows of lesions: assessment, domain, variable, row, number and role of each."""
    if measured is None:
        raise ValueError("no table of lesions was given")
    rows, at = measured.rows, of_visit[measured.place]
    mine = np.flatnonzero(at >= 0)
    role = np.array([roles.index(_GROUP_ROLES[each]) for each in Group])
    variable = np.where(rows.is_length[mine], 0, 1)
    return (
        at[mine], np.zeros(len(mine), dtype=np.int64), variable, rows.rows.row[mine],
        rows.rows.sequence[mine], role[rows.group[mine]],
    )  # fmt: skip


def _part_block(findings: Findings, of_visit: Array, roles: list[str]) -> tuple[Array, ...]:
    """Statements of the table of responses, in the same columns."""
    parts = findings.parts
    if parts is None:
        raise ValueError("no table of responses was given")
    at = of_visit[findings.place]
    mine = np.flatnonzero(at >= 0)
    role = np.array([roles.index(_PART_ROLES[each]) for each in Part])
    return (
        at[mine], np.ones(len(mine), dtype=np.int64), np.full(len(mine), 2),
        parts.rows.row[mine], parts.rows.sequence[mine], role[parts.part[mine]],
    )  # fmt: skip
