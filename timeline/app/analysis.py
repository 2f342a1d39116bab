"""What a page shows of one file: its faults, its events, what follows from them, audit and figure.

Everything is computed by the functions of the commands ``check``, ``show``, ``audit`` and ``draw``
and is held as text, so that it can be passed between processes. The parts are independent of each
other: a figure that cannot be drawn leaves the audit as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from timeline.app.folder import PlacesOfFiles
from timeline.app.parts import (
    FIRST_FIGURE,
    Analysis,
    Audited,
    Derivation,
    Drawn,
    Part,
    Record,
    Request,
    SourceLine,
)
from timeline.core.internal_fault import internal_fault
from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, text_of
from timeline.files.loader import adjacent_report, partner_named
from timeline.views.case_report import CaseReport, LoadResult, load_text

if TYPE_CHECKING:  # loaded where they are needed, so that a page of faults loads no engine
    from timeline.endpoints.derived_case import DerivedCase


def analyse(
    text: str,
    path: Path,
    *,
    figure: str = FIRST_FIGURE,
    language: str = "en",
    settings: Mapping[str, str] | None = None,
) -> Analysis:
    """Analyse a text as the commands do a file.

    Args:
        text: of a case or a report; it need not be saved.
        path: where it would be saved: its partner is looked up from there.
        figure: the kind of figure, a name of ``renderers.FIGURES``.
        language: of the fixed words of the figure.
        settings: settings that override those of the text.

    Returns:
        All parts. A text with faults has these, and no events, no audit and no figure.
    """
    request = Request(
        text=text, path=path, figure=figure, language=language, settings=settings or {}
    )
    found = Analysis()
    for part in parts_of(request):
        found = found.with_part(part)
    return found


def parts_of(
    request: Request, wanted: tuple[type, ...] = (Drawn, Record, Audited)
) -> Iterator[Part]:
    """The parts of a request, in the order in which a reader misses them, each when it is made."""
    try:
        loaded: LoadResult | None = load_text(
            request.text, request.path, request.settings, request.others
        )
        fault = ""
    except Exception as wrong:
        loaded, fault = None, internal_fault(wrong)
    for kind in wanted:
        yield _guarded(kind, request, loaded, fault)


def _guarded(kind: type, request: Request, loaded: LoadResult | None, fault: str) -> Part:
    """One part; an internal fault of it is told in its place."""
    if loaded is None:
        return _PARTS[kind][1](fault)
    try:
        return _PARTS[kind][0](request, loaded)
    except Exception as wrong:
        return _PARTS[kind][1](internal_fault(wrong))


def unreadable(path: Path, fault: Unreadable) -> Record:
    """The record of a file that is no text, or is not there."""
    problem = Problem(Where(str(path), fault.line, fault.column), str(fault))
    return Record(
        problems=(problem,),
        faults=(
            SourceLine(
                file=path.name, line=fault.line, column=fault.column, what=str(fault),
                severity="error",
            ),
        ),
    )  # fmt: skip


def _record(request: Request, loaded: LoadResult) -> Record:
    lines = _LinesOfFiles(request)
    problems = loaded.problems
    faults = tuple(lines.of(each.where, each.what, "error") for each in problems)
    found = loaded.case_report
    reads = _reads(request)
    if found is None:
        return Record(problems=problems, faults=faults, reads=reads)
    remarks = tuple(
        lines.of(each.where, each.what, each.severity, each.source) for each in found.remarks
    )
    record = Record(
        problems=problems,
        faults=faults,
        remarks=remarks,
        heading=_heading(found),
        summary=", ".join(found.counts),
        reads=reads,
        is_sound=True,
    )
    return record if found.derived is None else _with_case(record, found.derived)


def _reads(request: Request) -> tuple[Path, ...]:
    """The other files that the result depends on, be they there or not."""
    from renderers.scene.palette_file import FILE_NAME

    named = partner_named(request.path, request.text)
    partner = (adjacent_report(request.path, named),) if named else ()
    return (*partner, request.path.parent / FILE_NAME)


def _heading(found: CaseReport) -> str:
    from timeline.views.case_rows import case_heading

    if found.case is not None:
        return case_heading(found.case)
    return (found.report and (found.report.citation or found.report.name)) or found.name


def _with_case(record: Record, derived: DerivedCase) -> Record:
    from timeline.endpoints.line_numbers import line_count_text, numbering_notes
    from timeline.views import case_rows
    from timeline.views.case_view import settings_text
    from timeline.views.endpoint_notes import endpoint_rows

    first = case_rows.outcomes_shown(derived)
    ids = set(map(id, first))
    more = [e for e in case_rows.outcomes_shown(derived, every=True) if id(e) not in ids]
    endpoints, more_endpoints = endpoint_rows(derived, first, more)
    return attrs.evolve(
        record,
        events=tuple(case_rows.event_rows(derived.case)),
        lines=tuple(case_rows.line_tables(derived)),
        endpoints=endpoints,
        more_endpoints=more_endpoints,
        derivations=tuple(
            Derivation(
                name=case_rows.outcome_name(each),
                value=case_rows.value_text(each),
                steps=tuple((step.description, step.source) for step in each.chain),
            )
            for each in first
        ),
        notes=(
            *case_rows.ratio_texts(derived),
            line_count_text(derived),
            *numbering_notes(derived),
            *settings_text(derived),
        ),
    )


def _drawn(request: Request, loaded: LoadResult) -> Drawn:
    from renderers import FIGURES
    from renderers.backends.screen import screen_svg
    from renderers.scene.journals import page_of
    from renderers.scene.palette_file import FILE_NAME, load_colours

    kind = request.figure
    derived = loaded.case_report.derived if loaded.case_report else None
    if derived is None:
        reason = "a report of several patients has no figure" if loaded.case_report else ""
        return Drawn(kind=kind, fault=reason)
    palette = request.path.parent / FILE_NAME
    options = []
    if "palette" in FIGURES[kind].option_table() and palette.is_file():
        if faults := load_colours(palette)[1]:
            return Drawn(kind=kind, fault="; ".join(faults))
        options.append(f"palette={palette}")
    try:
        page = page_of("generic", "", request.language, "")
        scene = FIGURES[kind].lay_out([derived], page, FIGURES[kind].parse(options))
    except ValueError as fault:
        return Drawn(kind=kind, fault=str(fault))
    svg = screen_svg(scene, page)
    return Drawn(
        kind=kind,
        svg=svg,
        name=scene.name,
        alt=scene.alt,
        caption=scene.caption,
        conventions=scene.conventions,
    )


def _audited(request: Request, loaded: LoadResult) -> Audited:
    from timeline.app.audited import audited

    return audited(loaded.case_report, request.path)


_PARTS: dict[type, tuple[Callable[[Request, LoadResult], Part], Callable[[str], Part]]] = {
    Record: (_record, lambda fault: Record(fault=fault)),
    Drawn: (_drawn, lambda fault: Drawn(fault=fault)),
    Audited: (_audited, lambda fault: Audited(fault=fault)),
}


@attrs.define
class _LinesOfFiles:
    """The lines of the text, and of its partner where a problem is in it."""

    request: Request
    _texts: dict[str, list[str]] = attrs.Factory(dict)
    _places: PlacesOfFiles = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._places = PlacesOfFiles(self.request.path)

    def of(self, where: Where, what: str, severity: str, source: str = "") -> SourceLine:
        """A problem or a remark with its line."""
        lines = self._lines(where.file)
        path, name = self._places.of(where.file)
        return SourceLine(
            file=name,
            line=where.line,
            column=where.column,
            what=what,
            severity=severity,
            source=source,
            text=lines[where.line - 1] if 0 < where.line <= len(lines) else "",
            is_here=where.file == str(self.request.path),
            path=path,
        )

    def _other(self, file: Path) -> str:
        try:
            return self.request.others.get(file.resolve()) or text_of(file)
        except (Unreadable, OSError):
            return ""

    def _lines(self, file: str) -> list[str]:
        if file not in self._texts:
            is_here = file == str(self.request.path)
            text = self.request.text if is_here else self._other(Path(file))
            self._texts[file] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return self._texts[file]
