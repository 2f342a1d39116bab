"""Why a scan has its label: the sums, the rows of the tables that applied, and their sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import attrs
import numpy as np

from timeline.core.state_machine import TableRow
from timeline.response.criteria.criterion import Criterion
from timeline.response.evaluate import evaluate_responses
from timeline.response.lesion_rules import DIAMETERS, SCORE, Measure
from timeline.response.responses import ResponseTrace
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


def change_text(now: int, before: int, measure: Measure = DIAMETERS) -> str:
    """The change between two sums of a measure: ``+46.4 %, +13.0 mm``; from 0 in its unit alone.

    Sums are millionths of the unit of the measure.
    """
    if now == before:
        return "unchanged"
    length = measure.shown(abs(now - before))
    prefix = "-" if now < before else "+"
    if not before:
        return f"{prefix}{length}"
    return f"{_percent(Fraction(100 * (now - before), before))}, {prefix}{length}"


def _percent(exact: Fraction) -> str:
    """A percentage with one decimal, or more where rounding would show a threshold as reached."""
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = round(exact, decimals)
        if abs(shown) <= abs(exact) or shown % _STEP:
            break
    return f"{float(shown):+.{decimals}f} %"


@attrs.frozen(kw_only=True)
class JudgedScan:
    """One scan of one patient: its place among the findings of a cohort and their trace.

    ``patient`` and ``scan`` are places from 0. ``dated`` gives the date of a scan as written, by
    its place, -1 for the baseline; with it the sentence gives the date of the nadir.
    """

    scans: Scans
    trace: ResponseTrace
    criterion: Criterion
    patient: int
    scan: int
    dated: Callable[[int], str] | None = None

    def finding(self, name: str) -> int:
        """One finding of the scan, by its name in `Scans`."""
        return int(getattr(self.scans, name)[self.patient, self.scan])

    def judged(self, name: str) -> int:
        """What it was judged by, by its name in `ResponseTrace`; of sums -1: unknown."""
        return int(getattr(self.trace, name)[self.patient, self.scan])

    @property
    def measure(self) -> Measure:
        """What its sums are sums of."""
        return self.criterion.lesions.measure

    @property
    def baseline(self) -> int:
        """The baseline sum in millionths of the unit of the measure; -1: none."""
        return int(self.scans.baseline_sum[self.patient])

    @property
    def target(self) -> Target:
        """The target response."""
        return tuple(Target)[self.judged("target")]

    @property
    def non_target(self) -> NonTarget:
        """The non-target response."""
        return tuple(NonTarget)[self.judged("non_target")]

    @property
    def is_done(self) -> bool:
        """Whether the scan was done."""
        return bool(self.finding("done") and self.finding("recorded"))

    @property
    def shows_new_lesion(self) -> bool:
        """Whether a new lesion is seen, or an equivocal one proves new."""
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
    found = evaluate_responses(one, criterion, settings, trace=True)
    rule = criterion.machine.rules[found.row[0, scan]]
    last = AppliedRow(
        table=criterion.title, id=rule.id, description=rule.description, source=rule.source
    )
    judged = JudgedScan(
        scans=one, trace=found.traced, criterion=criterion, patient=0, scan=scan, dated=dated
    )
    return Reason(
        label=str(criterion.words[found.code[0, scan]]),
        sentence=evidence_sentence(judged),
        applied=(*_table_rows(judged), last) if judged.is_done else (last,),
    )


def evidence_sentence(judged: JudgedScan) -> str:
    """What a scan was judged by: its sums, other lesions and a pending progression."""
    if not judged.is_done:
        return "not done"
    parts = (_target_text(judged), _sign_text(judged), _other_text(judged), _pending_text(judged))
    return "; ".join(part for part in parts if part)


def _target_text(judged: JudgedScan) -> str:
    """The sum against baseline and nadir, and the target response."""
    target, total, partial = judged.target, judged.judged("total"), judged.judged("partial")
    if target is Target.NA or judged.measure.measures == SCORE:
        return ""
    baseline = judged.baseline
    if total < 0 and not partial:
        reported = " as read" if judged.finding("target") >= 0 else ""
        return f"target {target}{reported}"
    complete = total >= 0
    now = total if complete else partial
    shown = judged.measure.shown
    word = judged.measure.short
    word = word if complete else f"{word} of those measured"
    return (
        f"{word} {shown(now)}, baseline {shown(baseline)} "
        f"({change_text(now, baseline, judged.measure)}), nadir {_nadir_text(judged, now)}"
        f"{_lesion_text(judged)}: target {target}"
    )


def _sign_text(judged: JudgedScan) -> str:
    """What else the criterion reads of the scan, where it holds."""
    bits = judged.finding("signs")
    rows = judged.criterion.lesions.signs
    return ", ".join(row.description for place, row in enumerate(rows) if bits >> place & 1)


def _lesion_text(judged: JudgedScan) -> str:
    """That one target has grown by itself, where the criterion judges each."""
    percent = judged.criterion.lesions.lesion_percent
    grown = judged.finding("lesion_grown") or judged.finding("lesion_grown_base")
    return f", one lesion +{percent} % or more" if percent is not None and grown else ""


def _nadir_text(judged: JudgedScan, now: int) -> str:
    """The nadir with its date, and the change since; of a nadir printed in percent no lengths."""
    nadir, baseline, place = judged.judged("nadir"), judged.baseline, _nadir_place(judged)
    when = judged.dated(place) if judged.dated and place is not None else ""
    joint = ", " if re.search("[a-z]", when) else " on "  # a time counted from an event
    date = f"{joint}{when}" if when else ""
    if place is None or place < 0 or not judged.scans.from_percent[judged.patient, place]:
        change = change_text(now, nadir, judged.measure)
        return f"{judged.measure.shown(nadir)}{date} ({change})"
    printed = f"{_percent(Fraction(100 * (nadir - baseline), baseline))} from baseline"
    since = _percent(Fraction(100 * (now - nadir), nadir)) if nadir else change_text(now, nadir)
    return f"{printed}{date} (printed; {since})"


def _nadir_place(judged: JudgedScan) -> int | None:
    """The place of the scan with the nadir, the first of several; -1 for the baseline."""
    nadir = judged.judged("nadir")
    if judged.baseline == nadir:
        return -1
    earlier = judged.trace.total[judged.patient, : judged.scan]
    before = np.flatnonzero(earlier == nadir)
    return int(before[0]) if len(before) else None


def _other_text(judged: JudgedScan) -> str:
    """Non-target level and new lesions."""
    level, count = judged.non_target, judged.finding("new_lesions")
    parts = [] if level is NonTarget.NA else [f"non-target {level}"]
    if count > 0:
        parts.append(f"{count} new lesion{'s' if count > 1 else ''}")
    if judged.finding("confirms_equivocal"):
        parts.append("an equivocal lesion proves new")
    if judged.finding("nlt_sum") >= 0:
        parts.append(f"new-lesion targets {judged.measure.shown(judged.finding('nlt_sum'))}")
    return ", ".join(parts)


def _pending_text(judged: JudgedScan) -> str:
    """The pending first iUPD that the scan is compared with."""
    anchor = judged.judged("anchor")
    if anchor < 0:
        return ""
    day = int(judged.scans.day[judged.patient, anchor])
    word = judged.criterion.words[Code.UPD]
    text = f"{judged.finding('day') - day} days after the first {word} on day {day}"
    now, then = judged.judged("total"), judged.judged("anchor_sum")
    return (
        f"{text} ({change_text(now, then, judged.measure)} since)"
        if now >= 0 and then >= 0
        else text
    )


def _table_rows(judged: JudgedScan) -> tuple[AppliedRow, ...]:
    """The rows of the target table and of the overall table."""
    criterion, target = judged.criterion, judged.target
    shown = judged.shows_new_lesion and not criterion.confirms
    news = (NewLesion.YES, NewLesion.NO) if shown else (NewLesion.NO, NewLesion.YES)
    rows = [criterion.overall.row_for(target, judged.non_target, new) for new in news]
    given = [each for each in rows if Code[each[1].result.name] == judged.judged("overall")]
    table, row = (given or rows)[0]  # one that was seen before counts in some criteria
    overall = AppliedRow(
        table=table.source, id=row.id, description=row.description, source=row.source
    )
    if target is Target.NA:
        return (overall, *_gate_rows(judged, row))
    measured = criterion.target.rows[judged.judged("target_row")]
    name = criterion.target.name
    first = AppliedRow(
        table=name, id=measured.id, description=measured.description, source=measured.source
    )
    return first, overall, *_gate_rows(judged, row)


def _gate_rows(judged: JudgedScan, overall: TableRow) -> tuple[AppliedRow, ...]:
    """The row of the gate, which takes the label of the overall table to another."""
    criterion, gate = judged.criterion, judged.criterion.gate
    if gate is None:
        return ()
    bits = judged.finding("signs")
    names = [each.name for each in criterion.lesions.signs]
    shows = [bool(bits >> names.index(column.name) & 1) for column in gate.columns[1:]]
    row = gate.which(overall.result, *shows)
    return (AppliedRow(table=gate.name, id=row.id, description=row.description, source=row.source),)
