"""The report of a cohort: figures, a row for each patient and each line, then the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from renderers.axes.calendar_page import is_dated
from renderers.text.line_summary import criterion_of, months
from timeline.auditing import Verdict
from timeline.auditing.finding_lines import finding_lines
from timeline.core.problem import Problem
from timeline.endpoints.derived_case import DerivedCase
from timeline.exchange.lines_table import LinesTable, lines
from timeline.record.events import Death
from timeline.views.audit_view import line_text
from timeline.views.board_report.audit import audit_summary
from timeline.views.board_report.content import (
    Block,
    Column,
    Content,
    Items,
    Paragraph,
    Section,
    plural,
    table,
)
from timeline.views.board_report.figures import figure_of_cases
from timeline.views.board_report.follow_up import follow_up_text
from timeline.views.board_report.open_questions import remark_texts
from timeline.views.board_report.patient import diagnosis_text, last_scan_text, pfs_text
from timeline.views.board_report.sources import closing_text, sources_section
from timeline.views.case_report import CaseReport
from timeline.views.case_view import settings_text

LEAST_FOR_SURVIVAL = 10  # patients: a choice, stated on the page; fewer make a curve of few steps
_FEW = (
    f"Kaplan-Meier curves are drawn from {LEAST_FOR_SURVIVAL} patients on; fewer make a curve of "
    "a few steps that says little of a group."
)
_ONE_POLICY = (
    "Other censoring policies, and what other answers to the settings would change, are in the "
    "report of each patient."
)

_Audited = Sequence[tuple[CaseReport, tuple[Verdict, ...]]]


def cohort_content(case_reports: Sequence[CaseReport]) -> Content:
    """The report of several patients; publications without a patient are audited alone.

    Args:
        case_reports: what was loaded, in the order of the page; cases must have been derived.
    """
    cases = [each.derived for each in case_reports if each.derived is not None]
    treated = [lines(each) for each in cases]
    verdicts = [each.audit() for each in case_reports]
    audited = list(zip(case_reports, verdicts, strict=True))
    every = tuple(verdict for found in verdicts for verdict in found)
    sections = (
        _summary(cases, treated, audited),
        *([_figures(cases)] if cases else []),
        *([_patients(cases)] if cases else []),
        *([_lines(cases, treated)] if cases else []),
        _findings(audited),
        *_remarks(cases),
        *([_settings(cases)] if cases else []),
        sources_section(
            cases, [each.report for each in case_reports if each.report is not None], every
        ),
    )
    return Content(
        title=f"Treatment histories of {plural(len(cases), 'patient')}",
        subtitle=", ".join(each.name for each in case_reports),
        sections=tuple(each for each in sections if each.blocks),
        closing=closing_text(cases),
    )


def with_left_out(content: Content, left_out: Sequence[tuple[Path, Sequence[Problem]]]) -> Content:
    """A report with its first section on the files that it leaves out; as it is without any."""
    if not left_out:
        return content
    texts = tuple(_left_out_text(file, problems) for file, problems in left_out)
    count = plural(len(left_out), "file")
    has = "has" if len(left_out) == 1 else "have"
    first = Paragraph(
        f"{count} of the folder {has} problems. What {'it holds' if has == 'has' else 'they hold'} "
        "is in no number, table or figure of this report."
    )
    section = Section("left-out", "Files left out", (first, Items("left-out", texts)))
    return attrs.evolve(content, sections=(section, *content.sections))


_MOST_NAMED = 3  # problems of a file that is left out


def _left_out_text(file: Path, problems: Sequence[Problem]) -> str:
    named = "; ".join(_problem_text(file, each) for each in problems[:_MOST_NAMED])
    left = len(problems) - _MOST_NAMED
    more = f"; {plural(left, 'more problem')}, which timeline check names" if left > 0 else ""
    return f"{file.name}: {named}{more}"


def _problem_text(file: Path, problem: Problem) -> str:
    where = f"line {problem.where.line}: " if problem.where.line else ""
    other = Path(problem.where.file).name
    where = where if other == file.name else f"{other}, {where}" if where else f"{other}: "
    return f"{where}{problem.what}"


def _summary(
    cases: Sequence[DerivedCase], treated: Sequence[LinesTable], audited: _Audited
) -> Section:
    died = sum(1 for each in cases if each.case.all_of(Death))
    count = plural(sum(len(each.rows) for each in treated), "systemic line")
    texts = [
        f"{plural(len(cases), 'patient')}, {count}; {died} died on record.",
        *(
            f"{each.name}: describes no single patient; its values are compared with each other."
            for each, _ in audited
            if each.derived is None
        ),
    ]
    return Section("summary", "Summary", (Items("summary", tuple(texts)),))


def _figures(cases: Sequence[DerivedCase]) -> Section:
    blocks: list[Block] = []
    if any(is_dated(each.case) for each in cases):
        blocks += figure_of_cases(cases, "swimmer")
    else:
        blocks.append(Paragraph("No event has a day on the calendar, so no figure is drawn."))
    if any(map(_has_sizes, cases)):
        blocks += [*figure_of_cases(cases, "waterfall"), *figure_of_cases(cases, "spider")]
    else:
        blocks.append(
            Paragraph("No change of a tumour sum is on record: no waterfall or spider plot.")
        )
    if len(cases) >= LEAST_FOR_SURVIVAL:
        blocks += figure_of_cases(cases, "survival")
    else:
        blocks.append(Paragraph(_FEW))
    return Section("figures", "Figures", tuple(blocks))


def _has_sizes(derived: DerivedCase) -> bool:
    """Whether some scan of some line has a change of the target sum."""
    found = derived.size_changes.values()
    return any(scan.percent is not None for each in found if each for scan in each.scans)


def _patients(cases: Sequence[DerivedCase]) -> Section:
    columns = (
        Column("patient", "Patient", 3),
        Column("who", "Sex, age", 2),
        Column("diagnosis", "Diagnosis", 4),
        Column("lines", "Lines", 2),
        Column("last_scan", "Last assessed scan", 4),
        Column("os", "OS from diagnosis, months", 3),
        Column("follow_up", "Follow-up", 5),
    )
    notes = ("+ Censored: death was not observed up to then. 1 month = 30.4375 days.",)
    found = table("patients", "Patients", columns, map(_patient, cases), notes=notes)
    return Section("patients", "Patients", found)


def _patient(derived: DerivedCase) -> Iterator[str]:
    case, patient = derived.case, derived.case.patient
    yield case.name
    yield ", ".join(part for part in (patient.sex, patient.age) if part) or "not stated"
    yield diagnosis_text(case) or "not stated"
    yield str(len(case.lines))
    yield last_scan_text(derived) or "none assesses a line"
    outcome = derived.outcome("OS", None)
    yield months(outcome, censored=outcome is not None and outcome.event is False)
    yield follow_up_text(case)


def _lines(cases: Sequence[DerivedCase], treated: Sequence[LinesTable]) -> Section:
    columns = (
        Column("patient", "Patient", 3),
        Column("line", "Line", 2),
        Column("regimen", "Regimen", 5),
        Column("dates", "Dates", 4),
        Column("criterion", "Criterion", 3),
        Column("best", "Best response", 3),
        Column("pfs", "PFS", 3),
        Column("ttnt", "TTNT, months", 3),
        Column("stop", "Reason for stop", 3),
    )
    rows = []
    for derived, one in zip(cases, treated, strict=True):
        for row in one.rows:
            number, regimen, dates, _, best, _, stop, _ = (cell.text for cell in row.cells)
            line = derived.case.line(row.number)
            outcome = derived.outcome("TTNT", row.number)
            next_line = months(outcome, censored=outcome is not None and outcome.event is False)
            rows.append(
                (derived.case.name, number, regimen, dates, criterion_of(line) if line else "",
                 best, pfs_text(row), next_line, stop)
            )  # fmt: skip
    title = "Lines of therapy and their endpoints"
    notes = (
        "PFS by the criterion of the line, from its start. + Censored. 1 month = 30.4375 days. "
        "Ranges hold every value that the dates allow. " + _ONE_POLICY,
    )
    blocks: tuple[Block, ...] = table("lines", title, columns, rows, notes=notes)
    return Section("lines", title, blocks or (Paragraph("No systemic line is on record."),))


def _findings(audited: _Audited) -> Section:
    blocks: list[Block] = []
    without = [each.name for each, _ in audited if each.report is None]
    for each, verdicts in audited:
        if each.report is None:
            continue
        blocks.append(
            Paragraph(f"{each.name}: {audit_summary(each.report, verdicts)}", strong=True)
        )
        texts = tuple(f"{line.rule} {line_text(line)}" for line in finding_lines(verdicts))
        if texts:
            blocks.append(Items(f"findings-{each.name}", texts))
    if without:
        blocks.append(
            Paragraph(f"No report was named, so nothing was checked: {', '.join(without)}.")
        )
    return Section("audit", "Audit of the reports", tuple(blocks))


def _remarks(cases: Sequence[DerivedCase]) -> Iterator[Section]:
    texts = tuple(
        f"{derived.case.name}: {text}" for derived in cases for text in remark_texts(derived)
    )
    if texts:
        yield Section("remarks", "Remarks on the records", (Items("remarks", texts),))


def _settings(cases: Sequence[DerivedCase]) -> Section:
    texts = tuple(f"{each.case.name}: {text}" for each in cases for text in settings_text(each))
    none = Paragraph("Every setting is at its default.")
    return Section("settings", "Settings", (Items("settings", texts) if texts else none,))
