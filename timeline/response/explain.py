"""Why a scan has its label: the sums, the rows of the tables that applied, and their sources."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import attrs
import numpy as np

from timeline.core.quantities import shown_mm
from timeline.response.criteria.criterion import Array, Criterion
from timeline.response.evaluate import evaluate_responses
from timeline.response.responses import Responses
from timeline.response.scans import Scans
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Target

_STEP = 10  # every threshold of change is a multiple of it, in percent
_MOST_DECIMALS = 10  # of a percentage


@attrs.frozen(kw_only=True)
class AppliedRow:
    """A row that applied: its table, its id, its description and its source."""

    table: str
    id: str
    description: str
    source: str


@attrs.frozen(kw_only=True)
class Reason:
    """A label, a sentence with the sums, and the rows that gave the label, in order."""

    label: str
    sentence: str
    applied: tuple[AppliedRow, ...]

    def __str__(self) -> str:
        last = self.applied[-1]
        row = f"{last.table} {last.id}: {last.description}; {last.source}"
        return f"{self.sentence}: {self.label} ({row})"


def millimetres(length: int) -> str:
    """A length in nanometres as printed, with one decimal at least: ``23.1 mm``, ``64.0 mm``."""
    text = shown_mm(length)
    return f"{text if '.' in text else f'{text}.0'} mm"


def change_text(now: int, before: int) -> str:
    """The change between two sums in nanometres: ``+46.4 %, +13.0 mm``; from 0 in mm alone."""
    if now == before:
        return "unchanged"
    length = millimetres(abs(now - before))
    sign = "-" if now < before else "+"
    if not before:
        return f"{sign}{length}"
    return f"{_percent(Fraction(100 * (now - before), before))}, {sign}{length}"


def _percent(exact: Fraction) -> str:
    """A percentage with one decimal, or more where rounding would show a threshold as reached."""
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = round(exact, decimals)
        if abs(shown) <= abs(exact) or shown % _STEP:
            break
    return f"{float(shown):+.{decimals}f} %"


@attrs.frozen(kw_only=True)
class _ScanView:
    """One scan of one patient and what it was judged by; lengths in nanometres, -1 unknown."""

    criterion: Criterion
    target: Target
    target_row: int
    non_target: NonTarget
    total: int
    partial: int
    nadir: int
    anchor_day: int | None
    anchor_sum: int
    earlier_totals: Array  # the sums that the scans before were judged by, -1 unknown
    findings: Scans  # of this patient
    place: int  # of the scan, from 0
    dated: Callable[[int], str] | None = None

    def finding(self, name: str) -> int:
        """One finding of the scan, by its name in `Scans`."""
        return int(getattr(self.findings, name)[0, self.place])

    @property
    def shows_new_lesion(self) -> bool:
        return self.finding("new_lesions") > 0 or bool(self.finding("confirms_equivocal"))


def explain_scan(
    scans: Scans,
    patient: int,
    scan: int,
    criterion: Criterion,
    settings: Settings = DEFAULTS,
    *,
    dated: Callable[[int], str] | None = None,
) -> Reason:
    """Why one scan of one patient has its label.

    Args:
        scans: The findings of a cohort.
        patient: Place of the patient, from 0.
        scan: Place of the scan, from 0.
        criterion: The criterion to judge by.
        settings: Answers to what the publications leave open.
        dated: The date of a scan in words, by its place, -1 for the baseline; with it the
            sentence gives the date of the nadir.

    Raises:
        IndexError: There is no such patient or scan.
    """
    one = scans.select(np.array([patient]))
    return explain_traced(
        one, evaluate_responses(one, criterion, settings, trace=True), scan, dated
    )


def explain_traced(
    one: Scans, found: Responses, scan: int, dated: Callable[[int], str] | None = None
) -> Reason:
    """Why one scan of the first patient has its label, from responses that were traced."""
    criterion = found.criterion
    label = str(criterion.words[found.code[0, scan]])
    rule = criterion.machine.rules[found.row[0, scan]]
    last = AppliedRow(
        table=criterion.title, id=rule.id, description=rule.description, source=rule.source
    )
    if not (one.done[0, scan] and one.recorded[0, scan]):
        return Reason(label=label, sentence="not done", applied=(last,))
    view = attrs.evolve(_scan_view(one, found, scan), dated=dated)
    parts = (_target_text(view), _other_text(view), _pending_text(view))
    sentence = "; ".join(part for part in parts if part)
    return Reason(label=label, sentence=sentence, applied=(*_table_rows(view), last))


def _scan_view(one: Scans, found: Responses, scan: int) -> _ScanView:
    trace = found.traced
    anchor = int(trace.anchor[0, scan])
    return _ScanView(
        criterion=found.criterion,
        target=tuple(Target)[trace.target[0, scan]],
        target_row=int(trace.target_row[0, scan]),
        non_target=tuple(NonTarget)[trace.non_target[0, scan]],
        total=int(trace.total[0, scan]),
        partial=int(trace.partial[0, scan]),
        nadir=int(trace.nadir[0, scan]),
        anchor_day=None if anchor < 0 else int(one.day[0, anchor]),
        anchor_sum=int(trace.anchor_sum[0, scan]),
        earlier_totals=trace.total[0, :scan],
        findings=one,
        place=scan,
    )


def _target_text(view: _ScanView) -> str:
    """The sum against baseline and nadir, and the target response."""
    if view.target is Target.NA:
        return ""
    baseline = int(view.findings.baseline_sum[0])
    if view.total < 0 and not view.partial:
        read = " as read" if view.finding("target") >= 0 else ""
        return f"target {view.target}{read}"
    complete = view.total >= 0
    now = view.total if complete else view.partial
    word = "sum" if complete else "sum of those measured"
    from_baseline = change_text(now, baseline)
    return (
        f"{word} {millimetres(now)}, baseline {millimetres(baseline)} ({from_baseline}), "
        f"nadir {millimetres(view.nadir)}{_nadir_date(view)} ({change_text(now, view.nadir)}): "
        f"target {view.target}"
    )


def _nadir_date(view: _ScanView) -> str:
    """The date of the nadir; the first date where several sums are equal."""
    if view.dated is None:
        return ""
    if int(view.findings.baseline_sum[0]) == view.nadir:
        return f" on {view.dated(-1)}"
    before = np.flatnonzero(view.earlier_totals == view.nadir)
    return f" on {view.dated(int(before[0]))}" if len(before) else ""


def _other_text(view: _ScanView) -> str:
    """Non-target level and new lesions."""
    parts = [] if view.non_target is NonTarget.NA else [f"non-target {view.non_target}"]
    count = view.finding("new_lesions")
    if count > 0:
        parts.append(f"{count} new lesion{'s' if count > 1 else ''}")
    if view.finding("confirms_equivocal"):
        parts.append("an equivocal lesion proves new")
    if view.finding("nlt_sum") >= 0:
        parts.append(f"new-lesion targets {millimetres(view.finding('nlt_sum'))}")
    return ", ".join(parts)


def _pending_text(view: _ScanView) -> str:
    """The pending first iUPD that the scan is compared with."""
    if view.anchor_day is None:
        return ""
    word = view.criterion.words[Code.UPD]
    gap = view.finding("day") - view.anchor_day
    said = f"{gap} days after the first {word} on day {view.anchor_day}"
    known = view.total >= 0 and view.anchor_sum >= 0
    return f"{said} ({change_text(view.total, view.anchor_sum)} since)" if known else said


def _table_rows(view: _ScanView) -> tuple[AppliedRow, ...]:
    """The rows of the target table and of the overall table."""
    criterion = view.criterion
    new = NewLesion.YES if view.shows_new_lesion and not criterion.confirms else NewLesion.NO
    table, row = criterion.overall.row_for(view.target, view.non_target, new)
    overall = AppliedRow(
        table=table.source, id=row.id, description=row.description, source=row.source
    )
    if view.target is Target.NA:
        return (overall,)
    measured = criterion.target.rows[view.target_row]
    name = criterion.target.name
    return AppliedRow(
        table=name, id=measured.id, description=measured.description, source=measured.source
    ), overall
