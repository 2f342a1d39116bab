"""The report of one patient, or of one publication without a patient on file."""

from __future__ import annotations

from timeline.endpoints.derived_case import DerivedCase
from timeline.endpoints.sensitivity import flag_outcomes
from timeline.exchange.lines_table import lines
from timeline.report.claims import Report
from timeline.views.board_report.audit import audit_section, audit_summary
from timeline.views.board_report.content import Content, Paragraph, Section
from timeline.views.board_report.endpoints import endpoints_section
from timeline.views.board_report.figures import figure_of_cases, reading_sections
from timeline.views.board_report.open_questions import open_questions_section, remarks_section
from timeline.views.board_report.patient import course_section, notes_section, patient_section
from timeline.views.board_report.scans import scans_section
from timeline.views.board_report.sources import (
    closing_text,
    publication,
    settings_section,
    sources_section,
)
from timeline.views.board_report.treatment import (
    laboratory_section,
    lines_section,
    toxicity_section,
)
from timeline.views.case_report import CaseReport

_NO_PATIENT = (
    "The report describes no single patient on file, so there is no timeline, and no endpoint is "
    "derived. Its printed values are compared with each other."
)


def content_of(case_report: CaseReport) -> Content:
    """The report of a case with its publication, or of a publication alone.

    Args:
        case_report: what was loaded; a case must have been derived.
    """
    derived, report = case_report.derived, case_report.report
    verdicts = case_report.audit()
    if derived is None:
        summary = Section("summary", "Summary", (Paragraph(_NO_PATIENT),))
        sections: tuple[Section, ...] = (summary, audit_section(report, verdicts))
    else:
        figure = figure_of_cases((derived,), "timeline")
        flagged = flag_outcomes(derived)
        treated = lines(derived)
        sections = (
            patient_section(derived, treated, audit_summary(report, verdicts)),
            lines_section(derived.case, treated),
            open_questions_section(derived),
            Section("timeline", "Timeline", figure),
            scans_section(derived),
            endpoints_section(flagged),
            toxicity_section(derived.case),
            *laboratory_section(derived.case),
            audit_section(report, verdicts),
            *remarks_section(derived),
            course_section(derived.case),
            *notes_section(derived.case),
            *reading_sections(figure),
            settings_section(derived),
        )
    cases: tuple[DerivedCase, ...] = (derived,) if derived is not None else ()
    reports: tuple[Report, ...] = (report,) if report is not None else ()
    sources = sources_section(cases, reports, verdicts)
    return Content(
        title=_title(case_report),
        subtitle=publication(report),
        sections=(*sections, sources) if sources.blocks else sections,
        closing=closing_text(cases),
    )


def _title(case_report: CaseReport) -> str:
    what = "Treatment history" if case_report.derived is not None else "Audit"
    return f"{what}: {case_report.name}"
