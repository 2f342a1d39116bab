"""The cells of a line of therapy, each with its footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from renderers.text.events import repeated
from renderers.text.line_summary import (
    best_response_of,
    criterion_of,
    label_of,
    months,
    months_text,
    statuses_of,
)
from renderers.text.translation import either
from timeline.core.calendar.dates import PartialDate, format_days
from timeline.core.calendar.partial_dates import UNKNOWN, Period
from timeline.core.ctcae_grades import Grades
from timeline.core.span import ANY
from timeline.endpoints.derived_case import DerivedCase
from timeline.exchange.event_lines import possible_lines, related_lines, treatments_outside
from timeline.exchange.line_notes import (
    BEST,
    BY_CYCLES,
    BY_ORDER,
    CONFIRMED,
    COUNTED,
    EARLIER_STOPS,
    IN_RANGE,
    NO_BEST,
    NO_PFS,
    PFS,
    REGIMENS,
    SEVERAL_LABELS,
    SEVERAL_TREATMENTS,
    STATED_CRITERION,
    Note,
)
from timeline.record.case import Case
from timeline.record.events import Event, Scan, Toxicity, Treatment
from timeline.record.lines import Line
from timeline.record.reference_words import with_starts, without_ids
from timeline.results.alternatives import Anchor, days_and_months
from timeline.results.statuses import Outcome

MAINTENANCE = "maintenance"
NOT_STATED = "not stated"
NOT_DATED = "not dated"
ONGOING = "ongoing"
_STOPS = {  # the words of a case file, where a paper writes others
    "choice": "choice of patient or physician",
    "completed": "completed as planned",
}
_MARKS = {  # of EDTF: the words before and after the date, and what they mean
    "~": ("about ", "", "approximate"),
    "?": ("", " (uncertain)", "uncertain"),
    "%": ("about ", " (uncertain)", "approximate and uncertain"),
}


@attrs.frozen(kw_only=True)
class Cell:
    """The text of a cell, and the footnotes on it."""

    text: str
    notes: tuple[Note, ...] = ()


def regimen_dates(line: Line) -> tuple[Note, ...]:
    """The dates of each regimen, where a line has several."""
    if len(line.treatments) == 1:
        return ()
    text = f"line {line.number}"
    for place, one in enumerate(line.treatments):
        before = line.treatments[place - 1].start.span if place else one.start.span
        is_together = one.start.span.is_point and one.start.span == before
        led = ", " if place == 0 else " and " if is_together else ", then "
        text += f"{led}{one.regimen}, {period_text(one)[0]}"
    return (Note(REGIMENS, text),)


def cycles_cell(line: Line) -> Cell:
    """The number of cycles of each regimen, with their length where it is stated."""
    found = [
        f"{each.cycles} ({repeated(each.cycle)})" if each.cycle else str(each.cycles)
        for each in line.treatments
        if each.cycles is not None
    ]
    return Cell(text="; ".join(found) or NOT_STATED)


def dates_cell(line: Line) -> Cell:
    """The start and the end of a line."""
    first, last = line.treatments[0], line.treatments[-1]
    start, start_notes = _moment(first.at.start, f"start of line {line.number}")
    end, end_notes = _end(last, f"end of line {line.number}")
    return Cell(text=_from_to(start, end), notes=(*start_notes, *end_notes))


def _from_to(start: str, end: str) -> str:
    return start if start == end == NOT_DATED else f"{start} – {end}"


def period_text(treatment: Treatment) -> tuple[str, tuple[Note, ...]]:
    """The start and the end of a regimen, and the footnotes on them."""
    start, notes = _moment(treatment.at.start, "start")
    end, more = _end(treatment, "end")
    return _from_to(start, end), (*notes, *more)


def _end(treatment: Treatment, what: str) -> tuple[str, tuple[Note, ...]]:
    at = treatment.at
    assert isinstance(at, Period)  # noqa: S101  (a treatment has a period)
    if at.ongoing:
        return ONGOING, ()
    return (NOT_STATED, ()) if at.end is None else _moment(at.end, what)


def _moment(date: PartialDate, what: str) -> tuple[str, tuple[Note, ...]]:
    """The text of a date, and a footnote where it is known by its order or with a doubt only.

    Of a date without any known day the text is what the record states: ``after line 1 end``.
    """
    if date.span == ANY:
        return (NOT_DATED if date.text == UNKNOWN else date.text), ()
    known = format_days(date.span)
    if date.derived:
        return NOT_STATED, (Note(BY_CYCLES, f"{what}, {known}: {date.derived}"),)
    if date.relative is not None:
        return known, (Note(COUNTED, f"{what}, {date.text} ({known})"),)
    if date.by_order:
        return NOT_DATED, (Note(BY_ORDER, f"{what}, {date.text} ({known})"),)
    written = date.text.partition(",")[0].strip()
    if written[:1] == "[":
        return format_days(date.strict), (Note(IN_RANGE, f"{what}, {known}"),)
    before, after, meaning = _MARKS.get(written[-1:], ("", "", ""))
    plain = written.rstrip("~?%").replace("-XX", "")
    note = (Note(f"Dates that are {meaning}", f"{what}, {known}"),) if meaning else ()
    return f"{before}{plain}{after}", note


def other_criteria(derived: DerivedCase, line: Line) -> Iterator[Note]:
    """The results by the other criteria that the line is derived under.

    First the criterion that the report states, if nothing is derived by it.
    """
    if line.is_assessed_otherwise:
        yield Note(STATED_CRITERION, f"line {line.number}, {line.stated_criterion}")
    own = criterion_of(line)
    for title in derived.criteria[line.number]:
        if title == own:
            continue
        best = next(
            (either(each.labels) for each in derived.best
             if (each.criterion, each.line) == (title, line.number) and each.labels),
            "not derived",
        )  # fmt: skip
        outcome = derived.outcome("PFS", line.number, title)
        text = f"line {line.number}, best response {best}, PFS {_pfs_text(outcome)}"
        yield Note(f"By {title}", text)


def best_response_cell(derived: DerivedCase, line: Line, best: str, confirmed: str) -> Cell:
    """The best response, with its remarks, the confirmed one and the scans that allow several."""
    notes = [Note(CONFIRMED, f"line {line.number}, {confirmed}")] if confirmed else []
    found = best_response_of(derived, line)
    if found is None:
        notes.append(Note(NO_BEST, f"line {line.number}"))
    else:
        notes += [Note(BEST.format(remark=each), f"line {line.number}") for each in found.remarks]
    vague = [each for each in statuses_of(derived, line) if len(each.labels) > 1]
    notes += [
        Note(SEVERAL_LABELS, f"line {line.number}, {_scan_text(each.scan)} ({label_of(each)})")
        for each in vague
        if " or " in best or confirmed
    ]
    return Cell(text=best, notes=tuple(dict.fromkeys(notes)))


def _scan_text(scan: Scan) -> str:
    """``scan of 2020-10``, or ``scan after line 1``."""
    of = "" if scan.start.begins_with_order else "of "
    return f"scan {of}{scan.start.text}"


def _pfs_text(outcome: Outcome | None) -> str:
    """The months as the figures print them, with ``+`` after a censored range."""
    if outcome is None or not outcome.is_evaluable or not outcome.together:
        return months(outcome)
    found = (months_text(each.days, censored=not each.event) for each in outcome.together)
    return " or ".join(dict.fromkeys(found))


def pfs_cell(outcome: Outcome | None, line: Line) -> Cell:
    """PFS in months; a footnote has the days, the ends and the conditions."""
    notes: list[Note] = []
    if outcome is None or outcome.days is None or not outcome.is_evaluable:
        reason = outcome.reason if outcome else ""
        notes = [Note(PFS, f"line {line.number}, {reason}")] if reason else []
    elif len(outcome.together) > 1 or not outcome.days.is_point or not outcome.event:
        for each in outcome.together:
            ends = _ends(a.end for a in each.alternatives)
            origin = _ends(a.origin for a in each.alternatives)
            between = outcome.reason if ends == origin else f"from {origin} to {ends}"
            text = f"line {line.number}, {days_and_months(each.days)}, {each.state}"
            parts = (text, between, each.conditions)
            notes.append(Note(PFS, ", ".join(part for part in parts if part)))
    if outcome is not None and outcome.event and outcome.reason_beyond_ends:
        notes.append(Note(PFS, f"line {line.number}, {outcome.reason_beyond_ends}"))
    if outcome is not None and outcome.is_evaluable and outcome.may_be_none:
        notes.append(Note(NO_PFS, f"line {line.number}"))
    return Cell(text=_pfs_text(outcome), notes=tuple(notes))


def _ends(anchors: Iterable[Anchor]) -> str:
    """``first PD by RECIST 1.1 (2020-03-01)``; each once."""
    return " or ".join(dict.fromkeys(each.dated for each in anchors))


def stop_cell(case: Case, line: Line) -> Cell:
    """Why the last regimen of a line ended, and why the earlier ones did.

    Where no reason is stated and maintenance outside of the lines follows, that is named.
    """
    last = line.treatments[-1]
    at = last.at
    if isinstance(at, Period) and at.ongoing:
        return Cell(text=ONGOING)
    earlier = tuple(
        Note(
            EARLIER_STOPS,
            f"line {line.number}, {each.regimen}: {_STOPS.get(each.stop, each.stop)}",
        )
        for each in line.treatments[:-1]
        if each.stop
    )
    stop = _STOPS.get(last.stop, last.stop) or _maintenance_after(case, line) or NOT_STATED
    return Cell(text=stop, notes=earlier)


def _maintenance_after(case: Case, line: Line) -> str:
    """``followed by maintenance olaparib``: begun after the last regimen, before the next line."""
    last = (line.treatments[-1], "start")
    later = [(each.start, "start") for each in case.lines if each.number > line.number]
    found = [
        each.regimen
        for each in case.all_of(Treatment)
        if each.line is None
        and each.setting == MAINTENANCE
        and case.days_between(last, (each, "start")).low >= 0
        and all(case.days_between((each, "start"), start).low >= 0 for start in later)
    ]
    return f"followed by maintenance {', then '.join(found)}" if found else ""


def toxicity_cell(derived: DerivedCase, line: Line) -> Cell:
    """The adverse events of a line, the highest grade first; of a range of grades the worst."""
    found = [
        (each, which)
        for each in derived.case.all_of(Toxicity)
        if line.number in (which := related_lines(derived.case, each))
    ]
    by_grade: dict[Grades | None, list[str]] = {}
    for event, _ in found:
        by_grade.setdefault(event.grade, []).append(toxicity_name(event))
    parts = [
        f"{f'grade {grade.number}' if grade else 'grade not stated'}: "
        + ", ".join(dict.fromkeys(by_grade[grade]))
        for grade in sorted(by_grade, key=_highest, reverse=True)
    ]
    notes = [
        Note(
            SEVERAL_TREATMENTS,
            f"{toxicity_name(event)} ({event.start.text}), {' or '.join(named)}",
        )
        for event, at in found
        if len(named := _treatments(derived.case, event, at)) > 1
    ]
    return Cell(text="; ".join(parts) or "none on record", notes=tuple(notes))


def _treatments(case: Case, event: Toxicity, lines: Sequence[int]) -> tuple[str, ...]:
    """The treatments that an adverse event may belong to: ``adjuvant treatment``, ``line 1``."""
    outside = dict.fromkeys(f"{each.setting} treatment" for each in treatments_outside(case, event))
    return (*outside, *(f"{'line ' * (not n)}{line}" for n, line in enumerate(lines)))


def toxicity_name(event: Toxicity) -> str:
    """The name of an adverse event: its text, its CTCAE term, or its kind."""
    return event.what or event.term or event.kind


def _highest(grade: Grades | None) -> tuple[int, ...]:
    """The possible grades from the highest, by which adverse events are sorted."""
    return tuple(sorted(grade.values, reverse=True)) if grade is not None else ()


def local_therapy_text(case: Case, event: Event) -> str:
    """A local therapy and its line: ``hepatectomy (2018-07), after the end of line 1``."""
    margin = getattr(event, "margin", "")
    parts = (event.what or event.kind, getattr(event, "site", ""), margin and f"margin {margin}")
    written = NOT_DATED if event.at.text == UNKNOWN else event.at.text
    when = without_ids(with_starts(written, case.events), case.events)
    place = _place_among_lines(case, event)
    return ", ".join(filter(None, (f"{', '.join(filter(None, parts))} ({when})", place)))


def _place_among_lines(case: Case, event: Event) -> str:
    """``before line 1``, ``in line 1 or 2``, ``after the end of line 1`` where it certainly ended.

    ``in or after the end of line 1`` where it may have ended. By dates and by the stated
    order; empty where neither excludes a line.
    """
    begun = possible_lines(case, event)
    if not begun:
        return "before line 1"
    if len(begun) > 1 and len(begun) == len(case.lines) and not event.start.span.is_bounded:
        return ""
    last = case.lines[[each.number for each in case.lines].index(begun[-1])].treatments[-1]
    end = (last, "end") if last.at.end is not None and not last.at.ongoing else None
    after_end = end is not None and (
        case.days_between(end, (event, "start")).low >= 0
        or case.states_order(end, (event, "start"))
    )
    where = "after the end of" if after_end and len(begun) == 1 else "in"
    if end is not None and where == "in" and len(begun) == 1:
        until = case.days_between((event, "start"), end)
        in_order = case.states_order((event, "start"), end)
        where = "in" if until.low >= 0 or in_order else "in or after the end of"
    return f"{where} line {' or '.join(map(str, begun))}"
