"""What is wrong with tables of findings: each fault with its table, rows and column."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.responses import NEVER
from timeline.terminology.response_codes import Code, Target
from timeline.trial.findings.derived_responses import DerivedResponses
from timeline.trial.findings.finding_rows import FindingRows
from timeline.trial.findings.lesion_words import Group, State
from timeline.trial.findings.measurements import Measurements
from timeline.trial.findings.parts import Part, Parts
from timeline.trial.findings.scan_columns import ScanColumns
from timeline.trial.findings.target_sums import Targets
from timeline.trial.findings.visits import Visits
from timeline.trial.problems import shown_values
from timeline.trial.reading.values import TableReader
from timeline.trial.subjects import Subjects

Array = npt.NDArray[Any]
TARGETS = tuple(Target)


def check_dates(reader: TableReader, rows: FindingRows, place: Array) -> None:
    reader.problems.add_where(
        "no_date", reader.source.label,
        (place < 0) & rows.blank & (reader.has("date") or reader.has("day")),
        lambda _: "no date, and none of its visit (write the day)",
        column=reader.chosen.get("date", reader.chosen.get("day", "")),
        rows=rows.row,
    )  # fmt: skip


def check_sites(reader: TableReader) -> None:
    if not reader.has("location"):
        reader.problems.add(
            "missing_column", reader.source.label,
            "no column TULOC, site of the lesion, which tells the nodes, that are normal below "
            "10 mm (merge it from TU, or write columns={'location': NAME})",
        )  # fmt: skip


def check_baselines(
    reader: TableReader, targets: Targets, visits: Visits, subjects: Subjects
) -> None:
    """Targets whose baseline is missing, incomplete or 0 mm."""
    who = np.flatnonzero(targets.incomplete) // visits.readers
    who = np.unique(who[subjects.has_origin[who]])
    if len(who):
        names = [subjects.ids[int(place)].as_py() for place in who]
        reader.problems.add(
            "no_baseline", reader.source.label,
            f"no complete baseline of the targets of {shown_values(names)} (write the lengths of "
            "every target up to the day that times count from, or mark the baseline in TRBLFL)",
        )  # fmt: skip


def check_early(
    reader: TableReader, parts: Parts, place: Array, visits: Visits, subjects: Subjects
) -> None:
    day = visits.day[np.maximum(place, 0)] if len(visits) else np.zeros(len(place))
    origin = subjects.origin[parts.rows.subject]
    reader.problems.add_where(
        "before_reference", reader.source.label,
        (place >= 0) & (origin != NEVER) & (day < origin),
        lambda _: "responses of a visit before the day that times count from",
        column=reader.chosen.get("date", ""),
        rows=parts.rows.row,
    )  # fmt: skip


def check_without_findings(
    reader: TableReader, parts: Parts, place: Array, without: Array, criterion: Criterion
) -> None:
    """Collected responses of visits of which neither a lesion nor a part is on record."""
    alone = (place >= 0) & (parts.part == Part.OVERALL)
    if len(without):
        alone &= without[place]
    reader.problems.add_where(
        "different_response", reader.source.label, alone,
        lambda rows: "an overall response as collected, and no finding of that visit on record: "
        + shown_values(criterion.words[parts.value[each]] for each in rows),
        column=reader.chosen.get("response", ""), rows=parts.rows.row,
    )  # fmt: skip


def check_non_targets(
    reader: TableReader, rows: Measurements, place: Array, visits: Visits, base: Array
) -> None:
    """A non-target lesion that is seen later and was not there at baseline."""
    mine = np.flatnonzero((place >= 0) & (rows.group == Group.NON_TARGET))
    chain = visits.chain[place[mine]]
    named = chain * max(len(rows.names), 1) + rows.name[mine]
    there = (rows.state[mine] >= State.PRESENT) | (rows.length[mine] > 0)
    later = (base[chain] >= 0) & (place[mine] > base[chain]) & there
    later &= ~np.isin(named, named[base[chain] == place[mine]])
    reader.problems.add_where(
        "not_at_baseline", reader.source.label, later,
        lambda at: "non-target lesions that the baseline does not have: "
        f"{shown_values(rows.names[each] for each in rows.name[mine[at]])} "
        "(a lesion that is new is of group NEW)",
        column=reader.chosen.get("lesion", ""), rows=rows.rows.row[mine],
    )  # fmt: skip


def check_collected(
    reader: TableReader, parts: Parts, place: Array, visits: Visits, derived: DerivedResponses,
    columns: ScanColumns, criterion: Criterion,
) -> None:  # fmt: skip
    """Name the collected responses that differ from the derived ones, up to the first PD."""
    if not len(derived):
        return
    of_visit = np.full(len(visits), -1)
    of_visit[derived.visit] = np.arange(len(derived))
    at = np.where(place >= 0, of_visit[place], -1)
    pd = derived.code == Code.PD
    chain = visits.chain[derived.visit]
    starts = np.append(True, chain[1:] != chain[:-1])[: len(chain)]
    before = np.cumsum(pd) - pd
    first = np.flatnonzero(starts)
    ended = before > np.repeat(before[first], np.diff(np.append(first, len(chain))))
    here = np.maximum(at, 0)
    comparable = (at >= 0) & ~ended[here]
    label, column = reader.source.label, reader.chosen.get("response", "")
    overall = comparable & (parts.part == Part.OVERALL) & (derived.code[here] != Code.NONE)
    words = criterion.words
    reader.problems.add_where(
        "different_response", label, overall & (parts.value != derived.code[here]),
        lambda rows: "overall response as collected and as derived: " + shown_values(
            f"{words[parts.value[each]]}, {words[derived.code[here[each]]]}" for each in rows),
        column=column, rows=parts.rows.row,
    )  # fmt: skip
    if criterion.terms.adds_new_lesions:
        return  # a collected target response is of the targets alone, the derived one of the sum
    target = comparable & (parts.part == Part.TARGET)
    target &= (columns.baseline_sum >= 0)[visits.chain[place]]
    reader.problems.add_where(
        "different_response", label, target & (parts.value != derived.target[here]),
        lambda rows: "target response as collected and by the sums: " + shown_values(
            f"{TARGETS[parts.value[each]]}, {TARGETS[derived.target[here[each]]]}"
            for each in rows),
        column=reader.chosen.get("target_response", column), rows=parts.rows.row,
    )  # fmt: skip
