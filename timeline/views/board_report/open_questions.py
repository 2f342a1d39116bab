"""What the record leaves open, and what is unusual in it: for the board to ask or to look up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from renderers.text.events import findings
from renderers.text.line_summary import criterion_of, label_of
from timeline.endpoints.derived_case import DerivedCase
from timeline.exchange.line_cells import toxicity_name
from timeline.record.case import Case
from timeline.record.events import (
    LOCAL_THERAPIES,
    Death,
    LastContact,
    Scan,
    Toxicity,
    Treatment,
)
from timeline.record.reference_words import without_ids
from timeline.views.board_report.content import Items, Paragraph, Section
from timeline.views.board_report.endpoints import OF_A_LINE
from timeline.views.board_report.patient import event_name
from timeline.views.case_rows import dates_in_words

_ADVICE = re.compile(r" \((?:write|correct|give|name|declare) [^()]*\)$")


def open_questions_section(derived: DerivedCase) -> Section:
    """What the record does not settle, each with what it rests on."""
    texts = tuple(
        without_ids(text, derived.case.events)
        for text in (
            *_vague_scans(derived),
            *_scans_without_findings(derived),
            *_undated(derived.case),
            *_undecided(derived),
            *_lines_without_reason(derived.case),
            *_without_grade(derived.case),
            *_planned(derived.case),
            *_without_end(derived.case),
        )
    )
    if not texts:
        return Section("questions", "Open questions", (Paragraph("The record leaves none open."),))
    return Section("questions", "Open questions", (Items("questions", texts),))


def remarks_section(derived: DerivedCase) -> tuple[Section, ...]:
    """What is unusual in the record and may be true; no section where nothing is."""
    texts = remark_texts(derived)
    return (Section("remarks", "Remarks on the record", (Items("remarks", texts),)),) * bool(texts)


def remark_texts(derived: DerivedCase) -> tuple[str, ...]:
    """The remarks on a record with their sources.

    The advice to who encodes the case, such as what to write in the file, is left out.
    """
    return tuple(
        f"{each.severity}: {without_ids(_ADVICE.sub('', each.what), derived.case.events)} "
        f"[{each.source}]"
        for each in derived.remarks
    )


def _vague_scans(derived: DerivedCase) -> Iterator[str]:
    for line in derived.case.lines:
        for status in derived.status(criterion_of(line), line.number):
            if len(status.labels) > 1:
                when = dates_in_words(status.scan, derived.case)
                shown = findings(status.scan)
                yield (
                    f"Which response did the scan {when} show (line {line.number})? The findings "
                    f"allow {label_of(status)} by {status.criterion}: {shown}."
                )


def _scans_without_findings(derived: DerivedCase) -> Iterator[str]:
    judged = {id(each.scan) for each in derived.statuses}
    for scan in derived.case.all_of(Scan):
        if scan.line is not None and id(scan) not in judged:
            when = dates_in_words(scan, derived.case)
            yield f"What did the scan {when} show (line {scan.line})? No findings are printed."


def _undated(case: Case) -> Iterator[str]:
    """The treatments and scans without a date of their own: endpoints rest on these."""
    names = [
        event_name(each)
        for each in case.all_of(Treatment, Scan, *LOCAL_THERAPIES)
        if each.start.by_order
    ]
    if names:
        yield (
            f"When exactly? Known by their order only: {'; '.join(dict.fromkeys(names))}. "
            "Endpoints that rest on them are ranges."
        )


def _undecided(derived: DerivedCase) -> Iterator[str]:
    names = [
        each.name
        for each in derived.outcomes
        if (each.endpoint in OF_A_LINE or each.line is None)
        and each.is_primary
        and each.is_evaluable
        and each.event is None
    ]
    if names:
        yield f"Event or not: {', '.join(names)}? The record allows both."


def _lines_without_reason(case: Case) -> Iterator[str]:
    numbers = [
        str(line.number)
        for line in case.lines
        if not line.treatments[-1].stop and not line.treatments[-1].at.ongoing
    ]
    if numbers:
        of = f"line{'s' * (len(numbers) > 1)} {', '.join(numbers)}"
        yield f"Why was treatment stopped: {of}? No reason is stated."


def _without_grade(case: Case) -> Iterator[str]:
    names = [toxicity_name(each) for each in case.all_of(Toxicity) if each.grade is None]
    if names:
        yield f"Which grade: {', '.join(dict.fromkeys(names))}? None is stated."


def _planned(case: Case) -> Iterator[str]:
    for each in case.events:
        if each.planned:
            yield f"Was it done: {event_name(each)}? It is on record as planned."


def _without_end(case: Case) -> Iterator[str]:
    if not case.all_of(Death, LastContact):
        yield "Is the patient alive? Neither death nor last contact is on record."
