"""Why a scan has its label: the numbers, the rows that fired, and where they are printed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import attrs
import numpy as np

from timeline.core.quantities import shown_mm
from timeline.response.criteria.criterion import Array, Criterion
from timeline.response.evaluate import Responses, respond
from timeline.response.scans import Scans
from timeline.settings.response import DEFAULTS, Settings
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Target

_STEP = 10  # every threshold of change is a multiple of it, in percent
_MOST_DECIMALS = 10  # of a percentage


@attrs.frozen(kw_only=True)
class AppliedRow:
    """A row that decided: its table, its id, what it says and where that is printed."""

    table: str
    id: str
    description: str
    source: str


@attrs.frozen(kw_only=True)
class Reason:
    """One label, the sentence with its numbers, and the rows that gave it, in order."""

    label: str
    sentence: str
    fired: tuple[AppliedRow, ...]

    def __str__(self) -> str:
        last = self.fired[-1]
        row = f"{last.table} {last.id}: {last.description}; {last.source}"
        return f"{self.sentence}: {self.label} ({row})"


def millimetres(length: int) -> str:
    """A length in nanometres as printed, with one decimal at least: ``23.1 mm``, ``64.0 mm``."""
    text = shown_mm(length)
    return f"{text if '.' in text else f'{text}.0'} mm"


def change(now: int, before: int) -> str:
    """The change between two sums: ``+46.4 %, +13.0 mm``; no share of nought."""
    if now == before:
        return "unchanged"
    length = millimetres(abs(now - before))
    sign = "-" if now < before else "+"
    if not before:
        return f"{sign}{length}"
    return f"{_percent(Fraction(100 * (now - before), before))}, {sign}{length}"


def _percent(exact: Fraction) -> str:
    """With one decimal; with more where that would show a threshold that is not reached."""
    for decimals in range(1, _MOST_DECIMALS + 1):
        shown = round(exact, decimals)
        if abs(shown) <= abs(exact) or shown % _STEP:
            break
    return f"{float(shown):+.{decimals}f} %"


@attrs.frozen(kw_only=True)
class _Scan:
    """One scan of one patient with what it was judged by; lengths in nanometres, -1 unknown."""

    criterion: Criterion
    target: Target
    target_row: int
    non_target: NonTarget
    total: int
    partial: int
    nadir: int
    anchor_day: int | None
    anchor_sum: int
    judged: Array  # the sums that the scans before were judged by, -1 unknown
    found: Scans  # of this patient
    at: int
    dated: Callable[[int], str] | None = None

    def of(self, finding: str) -> int:
        return int(getattr(self.found, finding)[0, self.at])

    @property
    def new(self) -> bool:
        return self.of("new_lesions") > 0 or bool(self.of("confirms_equivocal"))


def explain(
    scans: Scans,
    patient: int,
    scan: int,
    criterion: Criterion,
    settings: Settings = DEFAULTS,
    *,
    dated: Callable[[int], str] | None = None,
) -> Reason:
    """Why one scan of one patient has its label; both counted from 0. IndexError if outside.

    ``dated`` says when a scan was, by its number, -1 for the baseline; with it the sentence says
    when the nadir was.
    """
    one = scans.part(np.array([patient]))
    return explained(one, respond(one, criterion, settings, trace=True), scan, dated)


def explained(
    one: Scans, found: Responses, scan: int, dated: Callable[[int], str] | None = None
) -> Reason:
    """The same of the first patient, from responses that were traced."""
    criterion = found.criterion
    label = str(criterion.words[found.code[0, scan]])
    rule = criterion.machine.rules[found.row[0, scan]]
    last = AppliedRow(
        table=criterion.title, id=rule.id, description=rule.description, source=rule.source
    )
    if not (one.done[0, scan] and one.recorded[0, scan]):
        return Reason(label=label, sentence="not done", fired=(last,))
    seen = attrs.evolve(_seen(one, found, scan), dated=dated)
    parts = (_targets(seen), _others(seen), _waiting(seen))
    sentence = "; ".join(part for part in parts if part)
    return Reason(label=label, sentence=sentence, fired=(*_tables(seen), last))


def _seen(one: Scans, found: Responses, scan: int) -> _Scan:
    trace = found.traced
    anchor = int(trace.anchor[0, scan])
    return _Scan(
        criterion=found.criterion,
        target=tuple(Target)[trace.target[0, scan]],
        target_row=int(trace.target_row[0, scan]),
        non_target=tuple(NonTarget)[trace.non_target[0, scan]],
        total=int(trace.total[0, scan]),
        partial=int(trace.partial[0, scan]),
        nadir=int(trace.nadir[0, scan]),
        anchor_day=None if anchor < 0 else int(one.day[0, anchor]),
        anchor_sum=int(trace.anchor_sum[0, scan]),
        judged=trace.total[0, :scan],
        found=one,
        at=scan,
    )


def _targets(seen: _Scan) -> str:
    """The sum against baseline and nadir, and the target response."""
    if seen.target is Target.NA:
        return ""
    baseline = int(seen.found.baseline_sum[0])
    if seen.total < 0 and not seen.partial:
        read = " as read" if seen.of("target") >= 0 else ""
        return f"target {seen.target}{read}"
    complete = seen.total >= 0
    now = seen.total if complete else seen.partial
    word = "sum" if complete else "sum of those measured"
    return (
        f"{word} {millimetres(now)}, baseline {millimetres(baseline)} ({change(now, baseline)}), "
        f"nadir {millimetres(seen.nadir)}{_nadir_date(seen)} ({change(now, seen.nadir)}): "
        f"target {seen.target}"
    )


def _nadir_date(seen: _Scan) -> str:
    """When the smallest sum before the scan was measured; the first of several alike."""
    if seen.dated is None:
        return ""
    if int(seen.found.baseline_sum[0]) == seen.nadir:
        return f" on {seen.dated(-1)}"
    before = np.flatnonzero(seen.judged == seen.nadir)
    return f" on {seen.dated(int(before[0]))}" if len(before) else ""


def _others(seen: _Scan) -> str:
    """Non-target level and new lesions."""
    parts = [] if seen.non_target is NonTarget.NA else [f"non-target {seen.non_target}"]
    count = seen.of("new_lesions")
    if count > 0:
        parts.append(f"{count} new lesion{'s' if count > 1 else ''}")
    if seen.of("confirms_equivocal"):
        parts.append("an equivocal lesion proves new")
    if seen.of("nlt_sum") >= 0:
        parts.append(f"new-lesion targets {millimetres(seen.of('nlt_sum'))}")
    return ", ".join(parts)


def _waiting(seen: _Scan) -> str:
    """The first iUPD that the scan is held against, where one is pending."""
    if seen.anchor_day is None:
        return ""
    word = seen.criterion.words[Code.UPD]
    gap = seen.of("day") - seen.anchor_day
    said = f"{gap} days after the first {word} on day {seen.anchor_day}"
    known = seen.total >= 0 and seen.anchor_sum >= 0
    return f"{said} ({change(seen.total, seen.anchor_sum)} since)" if known else said


def _tables(seen: _Scan) -> tuple[AppliedRow, ...]:
    """The rows of the target table and of the overall table."""
    criterion = seen.criterion
    new = NewLesion.YES if seen.new and not criterion.confirms else NewLesion.NO
    table, row = criterion.overall.which(seen.target, seen.non_target, new)
    overall = AppliedRow(
        table=table.source, id=row.id, description=row.description, source=row.source
    )
    if seen.target is Target.NA:
        return (overall,)
    measured = criterion.target.rows[seen.target_row]
    name = criterion.target.name
    return AppliedRow(
        table=name, id=measured.id, description=measured.description, source=measured.source
    ), overall
