"""A report for a tumour board or a reviewer: one patient, a cohort, or a publication.

``board_report`` makes the content once; ``BoardReport`` writes it as HTML, PDF and DOCX.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs

from timeline.core.problem import Problem, near
from timeline.endpoints.derived_case import DerivedCase, derive
from timeline.files.output_files import OutputFiles
from timeline.record.case import Case
from timeline.report.claims import Report
from timeline.views.board_report.content import Content
from timeline.views.case_report import CaseReport

# what a board sees first: of one patient two pages; of a cohort its figures and tables
SHORT = (
    *("patient", "lines", "questions", "timeline"),
    *("left-out", "summary", "figures", "patients"),
)
_SHORTENED = "Short form: the full report has scans, endpoints, audit and sources as well."
SUFFIXES = (".html", ".htm", ".pdf", ".docx")
PAPERS = ("a4", "letter")


@attrs.frozen(slots=False)
class BoardReport:
    """A report that can be written to files.

    Attributes:
        case_reports: the cases with their publications, in the order of the report.
        short: whether it has only what a board sees first: patient, lines, open questions and
            timeline; of a cohort its figures and tables.
        left_out: the files of a folder that have problems, each with these; the report names them.
    """

    case_reports: tuple[CaseReport, ...]
    short: bool = False
    left_out: tuple[tuple[Path, Sequence[Problem]], ...] = ()

    def __repr__(self) -> str:
        names = ", ".join(each.name for each in self.case_reports)
        return f"<BoardReport {names}>"

    @cached_property
    def content(self) -> Content:
        """Sections, tables and figures: what every format is written from."""
        from timeline.views.board_report.cohort import cohort_content, with_left_out
        from timeline.views.board_report.one_case import content_of

        one = len(self.case_reports) == 1
        found = content_of(self.case_reports[0]) if one else cohort_content(self.case_reports)
        found = with_left_out(found, self.left_out)
        return _shortened(found) if self.short else found

    def data(self) -> dict[str, Any]:
        """The content as plain dicts and lists, as ``timeline report --json`` prints it."""
        return self.content.data()

    def save(self, *paths: Path | str, paper: str = "a4") -> tuple[Path, ...]:
        """Write the report to files. All of them appear, or none.

        Args:
            paths: the files, one or several; the suffix is the format: ``.html``, ``.pdf`` or
                ``.docx``.
            paper: ``a4`` or ``letter``, of PDF and DOCX; a page prints on either.

        Returns:
            The files.

        Raises:
            ValueError: no file is named, a suffix or the paper is unknown, two files have one
                name, or a file may not be replaced.
            ImportError: the library of a format is not installed; the message names the extra.
            OSError: a file cannot be written.
        """
        from timeline.views.board_report.formats import FORMATS

        files = tuple(map(Path, paths))
        if fault := next(iter(faults_of(files, paper)), ""):
            raise ValueError(fault)
        made: dict[str, bytes] = {}
        for suffix in dict.fromkeys(each.suffix.lower() for each in files):
            try:
                made[suffix] = FORMATS[suffix](self.content, paper)
            except ImportError as fault:
                name = next(each for each in files if each.suffix.lower() == suffix)
                raise ImportError(f"{name}: {fault}") from None
        with OutputFiles(requested=frozenset(files)) as out:
            for each in files:
                out.add(each, made[each.suffix.lower()])
        return files

    def _repr_html_(self) -> str:
        """The page in a frame of its own, for a notebook."""
        from html import escape

        from timeline.views.board_report.formats.page import page_text

        page = escape(page_text(self.content), quote=True)
        title = escape(self.content.title, quote=True)
        style = "width: 100%; height: 40rem; border: 1px solid #ccc"
        return f'<iframe title="{title}" sandbox="" style="{style}" srcdoc="{page}"></iframe>'


def _shortened(content: Content) -> Content:
    """The first sections alone, and a sentence on what is left out."""
    kept = tuple(each for each in content.sections if each.key in SHORT)
    return attrs.evolve(content, sections=kept, closing=f"{_SHORTENED} {content.closing}")


def faults_of(files: Sequence[Path], paper: str = "a4") -> tuple[str, ...]:
    """Why a report cannot be written to some files, before anything is made."""
    faults = [] if files else ["no file is named (write page.html, page.pdf or page.docx)"]
    faults += [
        f"{each}: unknown kind of report: {each.suffix or each.name!r} (write .html, .pdf or .docx)"
        for each in files
        if each.suffix.lower() not in SUFFIXES
    ]
    faults += [f"{each}: is named twice (name it once)" for each in dict.fromkeys(files)
               if files.count(each) > 1]  # fmt: skip
    if paper not in PAPERS:
        faults.append(f"unknown paper: {paper!r} ({near(paper, PAPERS)})")
    return tuple(faults)


def board_report(
    cases: Case | DerivedCase | Iterable[Case | DerivedCase],
    reports: Report | Iterable[Report] = (),
    *,
    short: bool = False,
) -> BoardReport:
    """A report of one patient or a cohort, for a tumour board or a reviewer.

    Args:
        cases: a case or a derived case, or several; a case is derived under its own settings.
        reports: the publications, each of the case with its name; its printed values are audited.
        short: only what a board sees first: patient, lines, open questions and timeline; of a
            cohort its figures and tables.

    Returns:
        The report; ``save`` writes it as HTML, PDF or DOCX.

    Raises:
        ValueError: there is no case, two have one name, a case cannot be derived, or a
            publication is of none of the cases.
        TypeError: something is no case.

    Source:
        Every derived value names its own: see ``derive`` and ``audit``.

    >>> import timeline as tl
    >>> tl.board_report(tl.load_case("cases/jin2025.yaml"))
    <BoardReport jin2025>
    """
    every = (cases,) if isinstance(cases, Case | DerivedCase) else tuple(cases)
    derived = tuple(map(_derived, every))
    names = [each.case.name for each in derived]
    if not names:
        raise ValueError("there is no case to report (give one, as derive(case) returns it)")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"two patients are named {twice[0]!r} (rename one)")
    printed = {each.name: each for each in ((reports,) if isinstance(reports, Report) else reports)}
    unknown = sorted(printed.keys() - set(names))
    if unknown:
        raise ValueError(
            f"no case is named as the report {unknown[0]!r} ({near(unknown[0], names)})"
        )
    return BoardReport(
        tuple(
            CaseReport(
                path=Path(each.case.where.file),
                content=each.case,
                case=each.case,
                report=printed.get(each.case.name),
                derived=each,
            )
            for each in derived
        ),
        short=short,
    )


def _derived(case: object) -> DerivedCase:
    if isinstance(case, DerivedCase):
        return case
    if not isinstance(case, Case):
        raise TypeError(
            f"board_report() takes cases (got {type(case).__name__}; load_case(path) returns one)"
        )
    derived, problems = derive(case)
    if derived is None:
        raise ValueError("\n".join(map(str, problems)))
    return derived
