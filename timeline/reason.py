"""Why a scan has its label: the numbers, the rows that fired, and where they are printed."""

from __future__ import annotations

from fractions import Fraction

import attrs
import numpy as np

from timeline.criteria.criterion import HUNDREDTHS, Criterion
from timeline.response import Responses, respond
from timeline.scans import Scans
from timeline.settings import DEFAULTS, Settings
from timeline.terms import New, NonTarget, Target


@attrs.frozen(kw_only=True)
class Fired:
    """A row that decided: its table, its id, what it says and where that is printed."""

    table: str
    id: str
    says: str
    source: str


@attrs.frozen(kw_only=True)
class Reason:
    """One label, the sentence with its numbers, and the rows that gave it, in order."""

    label: str
    sentence: str
    fired: tuple[Fired, ...]

    def __str__(self) -> str:
        last = self.fired[-1]
        return f"{self.sentence}: {self.label} ({last.table} {last.id}: {last.says}; {last.source})"


def millimetres(length: int) -> str:
    """A length in hundredths of a millimetre as printed: 2310 is ``23.1 mm``."""
    text = f"{length / HUNDREDTHS:.2f}"
    return f"{text.removesuffix('0')} mm"


def change(now: int, before: int) -> str:
    """The change between two sums: ``+46.4 %, +13.0 mm``; no share of nought."""
    length = millimetres(abs(now - before))
    sign = "-" if now < before else "+"
    if not before:
        return f"{sign}{length}"
    percent = float(Fraction(100 * (now - before), before))
    return f"{percent:+.1f} %, {sign}{length}"


def explain(
    scans: Scans,
    patient: int,
    scan: int,
    criterion: Criterion,
    settings: Settings = DEFAULTS,
) -> Reason:
    """Why one scan of one patient has its label; both counted from 0. IndexError if outside."""
    one = scans.part(np.array([patient]))
    found = respond(one, criterion, settings, trace=True)
    label = str(criterion.words[found.code[0, scan]])
    rule = criterion.machine.rules[found.row[0, scan]]
    last = Fired(table=criterion.title, id=rule.id, says=rule.says, source=rule.source)
    if not (one.done[0, scan] and one.recorded[0, scan]):
        return Reason(label=label, sentence="not done", fired=(last,))
    sentence = "; ".join(
        part
        for part in (
            _targets(one, found, scan),
            _others(one, found, scan),
            _waiting(one, found, scan),
        )
        if part
    )
    return Reason(label=label, sentence=sentence, fired=(*_tables(found, scan, one), last))


def _targets(scans: Scans, found: Responses, scan: int) -> str:
    """The sum against baseline and nadir, and the target response."""
    trace = found.trace
    assert trace is not None  # noqa: S101
    letter = tuple(Target)[trace.target[0, scan]]
    if letter is Target.NA:
        return ""
    baseline, nadir = int(scans.baseline_sum[0]), int(trace.nadir[0, scan])
    total, partial = int(scans.target_sum[0, scan]), int(scans.partial_sum[0, scan])
    if total < 0 and not partial:
        return f"target {letter} as read" if scans.target[0, scan] >= 0 else f"target {letter}"
    now, word = (total, "sum") if total >= 0 else (partial, "sum of those measured")
    return (
        f"{word} {millimetres(now)}, baseline {millimetres(baseline)} ({change(now, baseline)}), "
        f"nadir {millimetres(nadir)} ({change(now, nadir)}): target {letter}"
    )


def _others(scans: Scans, found: Responses, scan: int) -> str:
    """Non-target level and new lesions."""
    trace = found.trace
    assert trace is not None  # noqa: S101
    level = tuple(NonTarget)[trace.non_target[0, scan]]
    parts = [] if level is NonTarget.NA else [f"non-target {level}"]
    count = int(scans.new_lesions[0, scan])
    if count > 0:
        parts.append(f"{count} new lesion{'s' if count > 1 else ''}")
    if scans.confirms_equivocal[0, scan]:
        parts.append("an equivocal lesion proves new")
    if scans.nlt_sum[0, scan] >= 0:
        parts.append(f"new-lesion targets {millimetres(int(scans.nlt_sum[0, scan]))}")
    return ", ".join(parts)


def _waiting(scans: Scans, found: Responses, scan: int) -> str:
    """The first iUPD that the scan is held against, where one is pending."""
    trace = found.trace
    assert trace is not None  # noqa: S101
    anchor, before = int(trace.anchor[0, scan]), int(trace.anchor_sum[0, scan])
    if anchor < 0:
        return ""
    days = int(scans.day[0, scan] - scans.day[0, anchor])
    said = f"{days} days after the first iUPD on day {int(scans.day[0, anchor])}"
    total = int(scans.target_sum[0, scan])
    return f"{said} ({change(total, before)} since)" if total >= 0 and before >= 0 else said


def _tables(found: Responses, scan: int, scans: Scans) -> tuple[Fired, ...]:
    """The rows of the target table and of the overall table."""
    trace, criterion = found.trace, found.criterion
    assert trace is not None  # noqa: S101
    letter = tuple(Target)[trace.target[0, scan]]
    level = tuple(NonTarget)[trace.non_target[0, scan]]
    seen = scans.new_lesions[0, scan] > 0 or scans.confirms_equivocal[0, scan]
    new = New.YES if seen and not criterion.confirms else New.NO
    table, row = criterion.overall.which(letter, level, new)
    overall = Fired(table=table.source, id=row.id, says=row.says, source=row.source)
    if letter is Target.NA:
        return (overall,)
    measured = criterion.target.rows[trace.target_row[0, scan]]
    target = Fired(
        table=criterion.target.name, id=measured.id, says=measured.says, source=measured.source
    )
    return target, overall
