"""The response at each assessment by the rule tables of the criterion, on arrays.

The findings of the visits of each subject and reader (`ScanColumns`) are judged by
`timeline.response.evaluate.evaluate_responses`, which judges the scans of a case file too. Of
several readers each has an own course; the assessments of the accepted one count.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import evaluate_responses
from timeline.response.responses import STEP_COLUMNS
from timeline.response.scans import CHUNK, Scans
from timeline.settings.trial import TrialSettings
from timeline.trial.cohort_widths import padded_width
from timeline.trial.findings.scan_columns import ScanColumns
from timeline.trial.findings.visits import Visits

Array = npt.NDArray[Any]
_TRACED = ("target", "target_row", "non_target", "overall", "total", "partial", "nadir", "state")
_DTYPES = {"code": np.int8, "row": np.int8, "opens": np.bool_, "dated": np.int64,
           "warning": np.int8, "pr_persists": np.bool_}  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class DerivedResponses:
    """n assessments that were judged, by subject, reader and day.

    Days count from 1970-01-01, lengths are nanometres, -1 where there is none.

    Attributes:
        visit: the place of the assessment among the visits.
        code: the response as `Code`.
        row: the row of the machine of the criterion.
        opens, dated, warning, pr_persists: as in `timeline.response.responses.Responses`.
        target, target_row, non_target, overall, total, partial, nadir: as in
            `timeline.response.responses.ResponseTrace`.
        baseline: the sum at baseline.
        new: whether the assessment shows a new lesion, or proves that one in doubt is new.
        has_targets: whether the subject has target disease.
    """

    visit: Array
    code: Array
    row: Array
    opens: Array
    dated: Array
    warning: Array
    pr_persists: Array
    target: Array
    target_row: Array
    non_target: Array
    overall: Array
    total: Array
    partial: Array
    nadir: Array
    state: Array
    baseline: Array
    new: Array
    has_targets: Array

    def __len__(self) -> int:
        return len(self.visit)

    def select(self, rows: Array) -> DerivedResponses:
        """Some of the assessments."""
        names = (field.name for field in attrs.fields(DerivedResponses))
        return DerivedResponses(**{name: getattr(self, name)[rows] for name in names})


def derive_responses(
    visits: Visits,
    judged: Array,
    found: ScanColumns,
    criterion: Criterion,
    settings: TrialSettings,
) -> DerivedResponses:
    """The responses of some visits.

    Args:
        visits: the assessments.
        judged: the places of the visits that are judged, by chain and day: those after baseline.
        found: the findings of every visit.
        criterion: the criterion.
        settings: answers to what its publication leaves open.
    """
    chain = visits.chain[judged]
    n = len(judged)
    made: dict[str, Array] = {name: np.zeros(n, dtype=_DTYPES[name]) for name in STEP_COLUMNS}
    made |= {name: np.zeros(n, dtype=np.int64) for name in _TRACED}
    for chains, places, recorded in _parts(chain, len(found.baseline_sum)):
        scans = _scans(visits, judged, places, recorded, found, chains)
        responses = evaluate_responses(scans, criterion, settings, trace=True)
        kept = places[recorded]
        for name in STEP_COLUMNS:
            made[name][kept] = getattr(responses, name)[recorded]
        for name in _TRACED:
            made[name][kept] = getattr(responses.traced, name)[recorded]
    columns = found.columns
    return DerivedResponses(
        visit=judged,
        baseline=found.baseline_sum[chain],
        new=(columns["new_lesions"][judged] > 0) | columns["confirms_equivocal"][judged],
        has_targets=found.has_targets[chain],
        **made,
    )


def _parts(chain: Array, chains: int) -> Iterator[tuple[Array, Array, Array]]:
    """Chains with about as many visits, the places of their visits, and which are recorded."""
    count = np.bincount(chain, minlength=chains)
    first = np.cumsum(count) - count
    width = padded_width(count)
    order = np.argsort(width, kind="stable")
    order = order[count[order] > 0]
    for group in np.split(order, np.flatnonzero(np.diff(width[order])) + 1):
        if not len(group):
            continue
        scans = int(width[group].max())
        size = max(CHUNK // max(scans // 8, 1), 256)
        for at in range(0, len(group), size):
            rows = group[at : at + size]
            offset = np.arange(scans)
            recorded = offset < count[rows][:, None]
            yield (
                rows,
                first[rows][:, None] + np.minimum(offset, count[rows][:, None] - 1),
                recorded,
            )


def _scans(
    visits: Visits, judged: Array, places: Array, recorded: Array, found: ScanColumns, chains: Array
) -> Scans:
    """The findings of some chains as the engine takes them."""
    at = judged[places]
    columns: dict[str, Any] = {
        name: column[at] for name, column in found.columns.items() if name != "since"
    }
    return Scans.of(
        day=visits.day[at],
        check=False,
        recorded=recorded,
        baseline_sum=found.baseline_sum[chains],
        has_targets=found.has_targets[chains],
        has_non_targets=found.has_non_targets[chains],
        confirms_since=_scan_of_visit(found.columns["since"][at], at),
        **columns,
    )


def _scan_of_visit(since: Array, at: Array) -> Array:
    """The scan, its place from 0, that is a visit; -1 where there is none."""
    if not (since >= 0).any():
        return np.full(at.shape, -1, dtype=np.int16)
    same = (since[:, :, None] == at[:, None, :]) & (since >= 0)[:, :, None]
    return np.where(same.any(axis=2), same.argmax(axis=2), -1).astype(np.int16)
