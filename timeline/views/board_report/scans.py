"""The scans: findings, sums, the response by each criterion, and what the report called it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from renderers.response.best_change import percent
from renderers.text.events import findings
from renderers.text.line_summary import criterion_of, label_of
from timeline.assessment.tumour_change import SizeChange, SizeChanges
from timeline.core.quantities import shown_mm
from timeline.core.span import NEVER_ENDS, Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.case import Case
from timeline.record.events import Scan
from timeline.record.lines import Line
from timeline.response.explain import change_text
from timeline.results.statuses import Progression, Status
from timeline.terminology.criteria import TERMS
from timeline.views.board_report.content import (
    Block,
    Column,
    Paragraph,
    Section,
    lines,
    table,
)
from timeline.views.case_rows import dates_in_words

_HUNDRED = Fraction(100)
_NOT_ASSESSED = "not assessed: no findings are printed"
_JOINED = "one time point with another scan"


def scans_section(derived: DerivedCase) -> Section:
    """A table for each line, and one of the scans that belong to none."""
    if not derived.case.all_of(Scan):
        none = Paragraph("No scan is on record, so no response is derived.")
        return Section("scans", "Scans and response", (none,))
    blocks: list[Block] = []
    shown: dict[int, int] = {}
    for line in derived.case.lines:
        blocks += _line_blocks(derived, line, shown)
    blocks += _others(derived.case, shown)
    return Section("scans", "Scans and response", tuple(blocks))


def _line_blocks(derived: DerivedCase, line: Line, shown: dict[int, int]) -> Iterator[Block]:
    """The table of a line, then its best response and its progression by each criterion."""
    titles = derived.criteria[line.number]
    found: dict[int, dict[str, Status]] = {}
    for status in derived.statuses:
        if status.line == line.number:
            found.setdefault(id(status.scan), {})[status.criterion] = status
    scans = [scan for scan in derived.case.all_of(Scan)
             if id(scan) in found or scan.line == line.number]  # fmt: skip
    judged = f"judged by {line.stated_criterion}" if line.stated_criterion else (
        "no criterion is on record"
    )  # fmt: skip
    title = f"Line {line.number}: {line.regimen} ({judged})"
    if not scans:
        yield Paragraph(title, strong=True)
        yield Paragraph("No scan of this line is on record, so no response is derived.")
        return
    sizes = _sizes(derived, line)
    columns = (
        Column("scan", "Scan", 5),
        Column("findings", "Findings", 9),
        Column("sum", "Sum of targets", 5),
        *(Column(TERMS[each].key, each, 4) for each in titles),
        Column("called", "The report calls it", 5),
        Column("reason", "Reason", 9),
    )
    rows = []
    for scan in scans:
        rows.append(_row(derived, line, scan, found.get(id(scan), {}), sizes, shown.get(id(scan))))
        shown.setdefault(id(scan), line.number)
    notes = tuple(_results(derived, line))
    yield from table(f"scans-line-{line.number}", title, columns, rows, notes=notes)


def _row(
    derived: DerivedCase,
    line: Line,
    scan: Scan,
    by: Mapping[str, Status],
    sizes: Mapping[int, str],
    shown: int | None,
) -> tuple[str, ...]:
    """The cells of a scan; ``shown``: the line under which its findings are printed already."""
    titles = derived.criteria[line.number]
    mine = by.get(criterion_of(line)) or next(iter(by.values()), None)
    if mine is None:
        why = _NOT_ASSESSED
    elif mine.is_baseline:
        why = f"baseline of line {line.number}"
    else:
        why = mine.why or _JOINED
    sources = "; ".join(filter(None, (mine.source if mine else "", scan.place)))
    above = f"as printed under line {shown}"
    return (
        lines(dates_in_words(scan, derived.case), scan.modality, scan.timepoint),
        above if shown else _findings(scan),
        sizes.get(id(scan), ""),
        *(_label(derived, by.get(title)) for title in titles),
        "" if shown else called_text(scan),
        lines(why, f"[{sources}]" if sources and not shown else ""),
    )


def called_text(scan: Scan) -> str:
    """What the report calls a scan, each word on a line; the audit has their places."""
    return lines(*(word for _, word in scan.called))


def _findings(scan: Scan) -> str:
    """What the scan showed, each finding on a line; then what the record says of it."""
    found = findings(scan)
    judged = "" if found in (scan.what, scan.modality, "scan") else found.replace("; ", "\n")
    return lines(judged, scan.what)


def _label(derived: DerivedCase, status: Status | None) -> str:
    """The label; of the scan that dates a progression also whether a later scan confirms it."""
    if status is None:
        return "-"
    if status.is_baseline:
        return "baseline"
    if not status.labels:
        return "-"
    progression = derived.progression(status.criterion, status.line)
    return lines(label_of(status), _confirmed(progression, status))


def _confirmed(progression: Progression | None, status: Status) -> str:
    """``confirmed``, ``not confirmed``, or ``perhaps confirmed`` by some of the findings alone."""
    is_date = progression is not None and any(each is status.scan for each in progression.scans)
    if progression is None or not is_date or not TERMS[status.criterion].confirms:
        return ""
    answers = set(progression.confirmed_at(status.scan))
    if not answers:
        return ""
    return "perhaps confirmed" if len(answers) > 1 else "confirmed" if answers.pop() else (
        "not confirmed"
    )  # fmt: skip


def _sizes(derived: DerivedCase, line: Line) -> dict[int, str]:
    """By scan: the sum, its change from baseline and from the smallest sum before."""
    found = derived.size_changes[line.number]
    if found is None:
        return {}
    texts = {}
    if found.baseline is not None and found.baseline_sum:
        texts[id(found.baseline)] = f"{shown_mm(found.baseline_sum)} {found.measure.unit}"
    for change, nadir in with_nadirs(found):
        parts = (str(change.basis[0]) if change.basis else "", *_changes(found, change, nadir))
        texts[id(change.scan)] = lines(*parts)
    return texts


def with_nadirs(found: SizeChanges) -> Iterator[tuple[SizeChange, Span | None]]:
    """Each scan, and the smallest change before it, in percent of the baseline.

    The smallest complete sum on study counts, the baseline among them (Eisenhauer 2009, 4.3.1).
    None where an earlier one is known as a range, so that it cannot be told.
    """
    smallest: Span | None = Span.point(0)
    for each in found.scans:
        yield each, smallest
        now = each.percent
        if now is None or now.high == NEVER_ENDS or smallest is None:
            continue
        if not now.is_point:
            smallest = None
        elif now.low < smallest.low:
            smallest = now


def _changes(found: SizeChanges, change: SizeChange, nadir: Span | None) -> Iterator[str]:
    """The change from baseline and from the nadir: of sums in percent and in millimetres."""
    if change.percent is None:
        return
    base = found.baseline_sum
    if base is None or not change.percent.is_point or change.scan.change is not None:
        yield f"{percent(change.percent)} from baseline"
        return
    now = _sum(base, change.percent)
    yield f"{change_text(now, base, found.measure)} from baseline"
    if nadir is not None:
        yield f"{change_text(now, _sum(base, nadir), found.measure)} from nadir"


def _sum(base: int, percent: Span) -> int:
    """The sum, in the unit of the baseline, that is so many percent from the baseline."""
    return round(base * (Fraction(percent.low) + _HUNDRED) / _HUNDRED)


def _results(derived: DerivedCase, line: Line) -> Iterator[str]:
    """The best response and the progression of a line by each criterion, in sentences."""
    if line.is_assessed_otherwise:
        yield f"The report judges this line by {line.stated_criterion}, which is not derived here."
    for title in derived.criteria[line.number]:
        best = next((b for b in derived.best if (b.criterion, b.line) == (title, line.number)
                     and b.labels), None)  # fmt: skip
        text = best.description if best else "not derived"
        yield f"By {title}: best response {text}; {_progressed(derived, line, title)}."


def _progressed(derived: DerivedCase, line: Line, title: str) -> str:
    found = derived.progression(title, line.number)
    if found is None:
        return "progression not derived: no assessment of the line is on record"
    if not found.scans:
        return "no progression on record"
    dates = " or ".join(dict.fromkeys(dates_in_words(each, derived.case) for each in found.scans))
    text = f"{'' if found.always else 'possible '}progression {dates}"
    if not TERMS[title].confirms:
        return text
    later = " or ".join(
        dict.fromkeys(dates_in_words(each, derived.case) for each in found.confirming)
    )
    return f"{text}, " + (f"confirmed {later}" if later else "which no later scan confirms")


def _others(case: Case, shown: Mapping[int, int]) -> Iterator[Block]:
    """Scans that are neither the baseline nor an assessment of a line."""
    columns = (
        Column("scan", "Scan", 3),
        Column("findings", "Findings", 6),
        Column("called", "The report calls it", 3),
        Column("place", "Place in the report", 3),
    )
    rows = [
        (
            lines(dates_in_words(scan, case), scan.modality),
            _findings(scan),
            called_text(scan),
            scan.place,
        )
        for scan in case.all_of(Scan)
        if id(scan) not in shown
    ]
    yield from table("scans-other", "Scans outside the lines of therapy", columns, rows)
