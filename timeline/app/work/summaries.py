"""What the lists of a folder say of each file, and the figure of its patients."""

from __future__ import annotations

import os
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline.app.parts import Drawn
from timeline.app.workers import SMALL_CASE
from timeline.core.calendar.dates import is_vague
from timeline.core.internal_fault import internal_fault
from timeline.core.problem import Problem
from timeline.files.file_text import Unreadable, text_of
from timeline.views.case_report import load_own_cases

if TYPE_CHECKING:
    from timeline.endpoints.derived_case import DerivedCase
    from timeline.views.case_report import CaseReport, LoadResult

COHORT_FIGURE = "swimmer"
_NO_ORIGIN = "not known: the diagnosis has no year"
MOST_NAMED = 3  # problems of a file that a list names
ENDPOINTS = ("PFS", "OS")  # that the table and the first figure of a cohort print


@attrs.frozen(kw_only=True)
class Summary:
    """One file of a folder.

    Attributes:
        name: from the folder on.
        case: the name of the case; empty of a file that has none, or that has problems.
        heading: the case and its patient, or the citation of a report.
        counts: its events, lines and claims.
        problems: how many a check finds.
        first: the first ones, each with its place, and how many more there are.
        remarks: how many remarks of each severity a check makes: ``1 warning, 2 notes``.
        lines: for each line of therapy its number, regimen, best response and PFS.
        overall: overall survival from diagnosis, in months.
        loaded: what was read and derived, for the processes that audit and draw it, so that they
            need not do so again; empty of a file with problems that cannot be read.
        patient: the derived case with the endpoints of the cohort, for the process that draws it;
            only where the report was not read.
        reads: the other file that it is read with; none, or one.
        has_claims: whether there are claims to audit.
    """

    name: str
    case: str = ""
    heading: str = ""
    counts: str = ""
    problems: int = 0
    first: str = ""
    remarks: str = ""
    lines: tuple[tuple[str, str, str, str], ...] = ()
    overall: str = ""
    loaded: bytes = attrs.field(default=b"", repr=False)
    patient: bytes = attrs.field(default=b"", repr=False)
    reads: tuple[Path, ...] = ()
    has_claims: bool = False


@attrs.frozen(kw_only=True)
class AuditCount:
    """How many claims of a file an audit contradicts.

    Attributes:
        name: the file, from the folder on.
        claims: how many were audited.
        contradicted: how many of them cannot be right by the record.
        summary: how many have each verdict, and the findings of each severity, as ``audit`` says.
        fault: why there was no audit; else empty.
    """

    name: str
    claims: int = 0
    contradicted: int = 0
    summary: str = ""
    fault: str = ""


def summary_of(name: str, path: Path) -> Summary:
    """The summary of a file, by the functions of ``check``, ``lines`` and ``report``."""
    try:
        (loaded,) = _loaded([(name, path)])
        return _summary(name, path, loaded)
    except Unreadable as fault:
        return Summary(name=name, problems=1, first=str(fault))
    except Exception as wrong:
        return Summary(name=name, problems=1, first=internal_fault(wrong))


def summaries_of(files: Sequence[tuple[str, Path]]) -> tuple[Summary, ...]:
    """The summaries of some files, which are derived together: that takes less time.

    Where one of them cannot be read, or has an internal fault, each is read by itself.
    """
    try:
        loaded = _loaded(files)
        return tuple(_summary(*each, one) for each, one in zip(files, loaded, strict=True))
    except Exception:
        return tuple(summary_of(name, path) for name, path in files)


def glances_of(files: Sequence[tuple[str, Path]]) -> tuple[Summary, ...]:
    """The patients of some files as the files say themselves, before their reports are read.

    A file without a case, or with problems, has no more than its name here.
    """
    try:
        found = load_own_cases(((text_of(path), path) for _, path in files), ENDPOINTS)
        return tuple(_glance(name, each) for (name, _), each in zip(files, found, strict=True))
    except Exception:  # the summaries name what is wrong
        return tuple(map(_glance_alone, files))


def _glance_alone(file: tuple[str, Path]) -> Summary:
    name, path = file
    try:
        (found,) = load_own_cases([(text_of(path), path)], ENDPOINTS)
        return _glance(name, found)
    except Exception:
        return Summary(name=name)


def _glance(name: str, derived: DerivedCase | None) -> Summary:
    if derived is None:
        return Summary(name=name)
    return _with_patient(Summary(name=name, patient=pickle.dumps(derived)), derived)


def draw_small_case() -> None:
    """Do once what is done of files, which loads the engine and the fonts."""
    (derived,) = load_own_cases([(SMALL_CASE, Path("warm-up.yaml"))], ENDPOINTS)
    _glance("warm-up", derived)
    _guarded([derived], COHORT_FIGURE)


def audits_of(loaded: Sequence[tuple[str, bytes]]) -> tuple[AuditCount, ...]:
    """The counts of the audits of some files, each the ``loaded`` of its summary."""
    return tuple(_audit_of(name, each) for name, each in loaded)


def _audit_of(name: str, loaded: bytes) -> AuditCount:
    try:
        return _audit(name, _unpickled(loaded))
    except Exception as wrong:
        return AuditCount(name=name, fault=internal_fault(wrong))


def _unpickled(loaded: bytes) -> CaseReport:
    found: CaseReport = pickle.loads(loaded)  # noqa: S301 - made by another process of this server
    return found


def _audit(name: str, found: CaseReport) -> AuditCount:
    from timeline.auditing.comparison.compare import Conclusion
    from timeline.auditing.findings import summary

    verdicts = found.audit()
    return AuditCount(
        name=name,
        claims=len(verdicts),
        contradicted=sum(1 for e in verdicts if e.conclusion is Conclusion.CONTRADICTED),
        summary=summary(verdicts),
    )


def _loaded(files: Sequence[tuple[str, Path]]) -> list[LoadResult]:
    """What files hold, with what a check finds in them. Unreadable."""
    from timeline.views.case_report import load_texts

    return load_texts((text_of(path), path) for _, path in files)


def _summary(name: str, path: Path, loaded: LoadResult) -> Summary:
    from timeline.core.text.counts import by_severity

    found = loaded.case_report
    summary = Summary(
        name=name,
        counts=", ".join(found.counts) if found else "",
        problems=len(loaded.problems),
        reads=_partner(path, found),
        remarks=by_severity(each.severity for each in found.remarks) if found else "",
        has_claims=bool(found and found.report and found.report.claims),
        loaded=pickle.dumps(found) if found else b"",
    )
    first = "; ".join(_placed(each) for each in loaded.problems[:MOST_NAMED])
    if (left := len(loaded.problems) - MOST_NAMED) > 0:
        first += f"; and {left} more: open the file"
    if found is None or found.derived is None or found.derived.case.where.file != str(path):
        report = found.report if found else None
        heading = (report.citation or report.name) if report else ""
        return attrs.evolve(summary, heading=heading, first=first)
    return _with_patient(attrs.evolve(summary, first=first), found.derived)


def _placed(problem: Problem) -> str:
    """A problem with its place, as a list of files names it."""
    where = problem.where
    line = f", line {where.line}" if where.line else ""
    return f"{Path(where.file).name}{line}: {problem.what}"


def _with_patient(summary: Summary, derived: DerivedCase) -> Summary:
    """A summary with what the cohort prints of a patient."""
    from renderers.text.line_summary import months
    from timeline.exchange.lines_table import lines
    from timeline.views.board_report.patient import pfs_text
    from timeline.views.case_rows import case_heading

    outcome, diagnosed = derived.outcome("OS", None), derived.case.diagnosis
    is_timed = outcome is not None and outcome.days is not None
    rows = []
    for row in lines(derived).rows:
        number, regimen, _, _, best, _, _, _ = (cell.text for cell in row.cells)
        rows.append((number, regimen, best, pfs_text(row)))
    return attrs.evolve(
        summary,
        case=derived.case.name,
        heading=case_heading(derived.case),
        lines=tuple(rows),
        overall=_NO_ORIGIN
        if diagnosed is not None and is_vague(diagnosed.start.span) and not is_timed
        else months(outcome, censored=outcome is not None and outcome.event is False),
    )


def _partner(path: Path, found: CaseReport | None) -> tuple[Path, ...]:
    """The file that a file names, be it there or not: one path, or none."""
    from timeline.files.loader import adjacent_report, partner_named
    from timeline.views.case_report import partner_path

    if found is not None:
        return partner_path(path, found.content)
    named = partner_named(path)
    return (adjacent_report(path, named),) if named else ()


def cohort_figure(patients: Sequence[bytes], kind: str = COHORT_FIGURE) -> Drawn:
    """The figure of some patients, each the ``loaded`` of its summary."""
    return _guarded([_unpickled(each).derived for each in patients], kind)


def glanced_figure(patients: Sequence[bytes]) -> Drawn:
    """The figure of the cohort of some patients, each the ``patient`` of its summary."""
    return _guarded([pickle.loads(each) for each in patients], COHORT_FIGURE)  # noqa: S301


def _guarded(patients: Sequence[DerivedCase | None], kind: str) -> Drawn:
    try:
        return _figure(patients, kind)
    except ValueError as fault:
        return Drawn(kind=kind, fault=str(fault))
    except Exception as wrong:
        return Drawn(kind=kind, fault=internal_fault(wrong))


def _figure(patients: Sequence[DerivedCase | None], kind: str) -> Drawn:
    from renderers import FIGURES
    from renderers.backends.screen import screen_svg
    from renderers.scene.journals import DEFAULT_PAGE

    cases, notes = named_apart([each for each in patients if each is not None])
    if not cases:
        return Drawn(kind=kind, fault="no file without problems has one patient: nothing is drawn")
    scene = FIGURES[kind].lay_out(cases, DEFAULT_PAGE, FIGURES[kind].parse(()))
    svg = screen_svg(scene, DEFAULT_PAGE)
    caption = " ".join((scene.caption, *notes))
    return Drawn(
        kind=kind,
        svg=svg,
        name=scene.name,
        alt=scene.alt,
        caption=caption,
        conventions=scene.conventions,
    )


def named_apart(patients: Sequence[DerivedCase]) -> tuple[list[DerivedCase], tuple[str, ...]]:
    """The patients, each of a name of its own, and a sentence on each name that several files have.

    Those of one name are named by their files, from the folder on that they have in common.
    """
    by_name: dict[str, list[DerivedCase]] = {}
    for each in patients:
        by_name.setdefault(each.case.name, []).append(each)
    labels: dict[int, str] = {}
    notes = []
    for name, same in by_name.items():
        if len(same) > 1:
            files = _names_of_files([each.case.where.file for each in same])
            labels |= {id(each): file for each, file in zip(same, files, strict=True)}
            notes.append(
                f"{len(same)} files name their patient {name!r}, and each is labelled by its file: "
                f"{', '.join(files)}."
            )
    return [
        attrs.evolve(each, case=attrs.evolve(each.case, name=labels[id(each)]))
        if id(each) in labels
        else each
        for each in patients
    ], tuple(notes)


def _names_of_files(files: Sequence[str]) -> list[str]:
    """The names of some files from the folder on that all are in."""
    folder = os.path.commonpath([os.path.dirname(os.path.abspath(file)) for file in files])
    return [Path(os.path.relpath(file, folder)).as_posix() for file in files]
