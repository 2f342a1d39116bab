"""The patient: who it is, what the record comes to in a few lines, and the course."""

from __future__ import annotations

from collections.abc import Iterator

from renderers.text.events import performance, tested
from renderers.text.line_summary import criterion_of, label_of, months
from timeline.endpoints.derived_case import DerivedCase
from timeline.exchange.lines_table import LineRow, LinesTable
from timeline.record.case import Case
from timeline.record.events import (
    Biomarker,
    Diagnosis,
    Event,
    Lab,
    Performance,
    Scan,
    Symptom,
    Toxicity,
    Treatment,
)
from timeline.results.statuses import Outcome, Status
from timeline.views.board_report.content import (
    Block,
    Column,
    Facts,
    Items,
    Section,
    lines,
    plural,
    table,
)
from timeline.views.board_report.follow_up import follow_up_text
from timeline.views.case_rows import dates_in_words, event_text

_NOT_STATED = "not stated"
_ELSEWHERE = (Scan, Toxicity, Lab, Biomarker, Performance)  # kinds with a place of their own
_COURSE = (
    Column("date", "Date", 3),
    Column("event", "Event", 2),
    Column("details", "Details", 8),
    Column("place", "Place in the report", 3),
)


def patient_section(derived: DerivedCase, treated: LinesTable, audit: str) -> Section:
    """Who the patient is, and the record in a few lines.

    Args:
        derived: the derived case.
        treated: its table of lines.
        audit: what the audit comes to; empty where there is no report.
    """
    case, patient = derived.case, derived.case.patient
    found = case.all_of(Diagnosis)
    rows = (
        ("Patient", ", ".join((patient.sex or "sex not stated",
                               f"age {patient.age or _NOT_STATED}"))),
        ("Diagnosis", diagnosis_text(case) or _NOT_STATED),
        ("Diagnosed", dates_in_words(found[0], case) if found else "no diagnosis is on record"),
        ("Stage and grade", lines(*(_stage(each, case) for each in found))),
        ("Biomarkers", lines(*(_marker(each, case) for each in case.all_of(Biomarker)))),
        ("Performance", lines(*_performance(case))),
        ("Systemic treatment", _treated(treated)),
        ("Last line", _last_line(derived, treated)),
        ("Last assessed scan", _last_scan(derived)),
        ("Overall survival", _survival(derived.outcome("OS", None))),
        ("Follow-up", follow_up_text(case)),
        ("Audit of the report", audit),
        ("Note", patient.note),
    )  # fmt: skip
    facts = Facts("patient", tuple(row for row in rows if row[1]))
    return Section("patient", "Patient and summary", (facts,))


def diagnosis_text(case: Case) -> str:
    """The disease and its site; empty where neither is on record.

    ``patient.diagnosis``, else ``what`` of the events of diagnosis, each once; ``patient.site``.
    """
    stated = tuple(dict.fromkeys(each.what for each in case.all_of(Diagnosis) if each.what))
    disease = case.patient.diagnosis or "; ".join(stated)
    return ", ".join(filter(None, (disease, case.patient.site)))


def _stage(event: Diagnosis, case: Case) -> str:
    parts = (event.stage and f"stage {event.stage}", event.grade and f"grade {event.grade}")
    text = ", ".join(filter(None, parts))
    return text and f"{text} ({dates_in_words(event, case)})"


def _marker(event: Biomarker, case: Case) -> str:
    """``MSI-H (PCR), 2021-03``."""
    return f"{tested(event)}, {dates_in_words(event, case)}"


def _performance(case: Case) -> Iterator[str]:
    for each in case.done:
        if isinstance(each, Performance | Symptom) and (text := performance(each)):
            yield f"{text}, {dates_in_words(each, case)}"


def _treated(treated: LinesTable) -> str:
    if not treated.rows:
        return "no systemic line of therapy is on record"
    return plural(len(treated.rows), "line") + " on record"


def _last_line(derived: DerivedCase, treated: LinesTable) -> str:
    """``line 4, penpulimab + lenvatinib, 2021-12 – ongoing; by iRECIST best response ..``."""
    if not treated.rows:
        return ""
    row = treated.rows[-1]
    line = derived.case.line(row.number)
    _, regimen, dates, *_ = (cell.text for cell in row.cells)
    by = f"by {criterion_of(line)} " if line is not None else ""
    return f"line {row.number}, {regimen}, {dates}; {by}{_result(row)}"


def _result(row: LineRow) -> str:
    confirmed = f" (with confirmation: {row.confirmed})" if row.confirmed else ""
    return f"best response {row.best}{confirmed}, PFS {pfs_text(row)}"


def pfs_text(row: LineRow) -> str:
    """``4.0 to 5.9 months (event)``; a censored time has ``+`` after it."""
    outcome = row.outcome
    if outcome is None or not outcome.is_evaluable:
        return months(outcome)
    return f"{row.cells[5].text} months ({outcome.state})"


def last_statuses(derived: DerivedCase) -> tuple[Status, ...]:
    """The statuses of the last assessed scan of the last assessed line, one for each criterion."""
    for line in reversed(derived.case.lines):
        of_line = [
            found[-1]
            for title in derived.criteria[line.number]
            if (found := [s for s in derived.status(title, line.number) if s.labels])
        ]
        if of_line:
            return tuple(of_line)
    return ()


def last_scan_text(derived: DerivedCase) -> str:
    """``2022-11; RECIST 1.1: PD; iRECIST: iCPD``; empty where no scan assesses a line."""
    found = last_statuses(derived)
    if not found:
        return ""
    labels = "; ".join(f"{each.criterion}: {label_of(each)}" for each in found)
    return f"{dates_in_words(found[0].scan, derived.case)}; {labels}"


def _last_scan(derived: DerivedCase) -> str:
    text = last_scan_text(derived)
    return f"{text} (line {last_statuses(derived)[0].line})" if text else (
        "no scan on record assesses a line"
    )  # fmt: skip


def _survival(outcome: Outcome | None) -> str:
    """``50.0 to 62.7+ months from diagnosis (censored)``; what keeps it from being derived."""
    if outcome is None or not outcome.is_evaluable or outcome.origin is None:
        return f"not derived: {outcome.reason}" if outcome is not None and outcome.reason else ""
    text = months(outcome, censored=outcome.event is False)
    return f"{text} months from {outcome.origin.description} ({outcome.state})"


def course_section(case: Case) -> Section:
    """Every event but scans, adverse events, laboratory, markers and performance status."""
    rows = (
        (
            dates_in_words(each, case),
            f"{each.kind} (planned)" if each.planned else each.kind,
            event_text(each),
            each.place,
        )
        for each in case.events
        if not isinstance(each, _ELSEWHERE) or each.planned
    )
    found: tuple[Block, ...] = table("course", "Course of disease and treatment", _COURSE, rows)
    return Section("course", "Course of disease and treatment", found)


def notes_section(case: Case) -> tuple[Section, ...]:
    """The notes of the record on its events, in order of time; no section where it has none."""
    texts = tuple(
        f"{event_name(each)}, {dates_in_words(each, case)}: {each.note}"
        for each in case.events
        if each.note
    )
    return (Section("notes", "Notes of the record", (Items("notes", texts),)),) * bool(texts)


def event_name(event: Event) -> str:
    """``line 3 eribulin``, ``adjuvant doxorubicin``, ``scan (no metastases)``."""
    if isinstance(event, Treatment):
        of = f"line {event.line}" if event.line is not None else event.setting
        return f"{of} {event.regimen}"
    return f"{event.kind} ({event.what})" if event.what else event.kind
