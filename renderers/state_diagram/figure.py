"""The machine of a criterion: its states and rows drawn, its table below, a patient's path over it.

The frame of this figure counts millimetres on the page; it has no axis of days.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.axes.calendar_page import PageSection
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.scene import BODY, SMALL, Frame, Label, Mark, Row, Scene
from renderers.scene.text_metrics import wrapped
from renderers.state_diagram.grouping import (
    AS_MEASURED,
    NO_LABEL,
    STAYS,
    any_of,
    either,
    label_of,
    label_text,
    next_state,
    states_read_in,
)
from renderers.state_diagram.labels import pill
from renderers.state_diagram.layout import draw_diagram, lay_out_diagram
from renderers.state_diagram.path import DiagramPath, PathStep
from renderers.state_diagram.table import DiagramTable, TableHeading, sections, widened_columns
from renderers.text.sentences import LONGEST_ALT, within
from renderers.text.translation import localized, translate
from timeline.response.criteria.criterion import Criterion

_KEY = 14.0  # millimetres that the names of the legend's groups take
_PITCH = 2.6
_AIR = 2.5

_TABLE = (
    *(TableHeading("Row", 9.0), TableHeading("Read in", 20.0), TableHeading("When", 64.0)),
    *(TableHeading("Goes to", 19.0), TableHeading("Label", 19.0), TableHeading("Source", 49.0)),
)
_STEPS = (
    *(
        TableHeading("Scan", 11.0),
        TableHeading("Date as printed", 33.0),
        TableHeading("Label", 25.0),
    ),
    *(TableHeading("Row", 14.0), TableHeading("State after", 22.0), TableHeading("Why", 75.0)),
)

# The short names in the sources, and the works that they name.
CITED = {
    "S17": "Seymour et al., Lancet Oncol 2017;18:e143",
    "E09": "Eisenhauer et al., Eur J Cancer 2009;45:228",
    "EORTC FAQ": "questions and answers on RECIST, recist.eortc.org",
    "Seymour 2017": "Lancet Oncol 2017;18:e143",
}


@localized
def state_diagram(
    criterion: Criterion, path: DiagramPath | None = None, page: Page = DEFAULT_PAGE
) -> Scene:
    """The figure of one criterion.

    ValueError where the path is one by another criterion, or the page too narrow.
    """
    if path is not None and path.criterion != criterion.title:
        raise ValueError(
            f"{path.name} is a path by {path.criterion}, the machine is that of {criterion.title} "
            "(take the path by the same criterion)"
        )
    width = page.width
    marks, height = draw_diagram(lay_out_diagram(criterion, path, page))
    parts = (
        PageSection("states", height, marks),
        PageSection("air", _AIR, ()),
        *sections(_rows(criterion, width)),
        _notes(criterion, width),
        *(_path_sections(path, criterion, width) if path else ()),
    )
    name = f"machine {criterion.title}" + (f", {path.name}" if path else "")
    return Scene(
        name=name,
        alt=_alt(criterion, path),
        caption=_caption(criterion, path),
        width=width,
        frame=Frame(low=_KEY, high=width, left=_KEY, right=width, unit=""),
        rows=tuple(
            Row(part.name, part.height, above=part.above, again=part.again) for part in parts
        ),
        marks=tuple(mark.on_row(n) for n, part in enumerate(parts) for mark in part.marks),
    )


def _caption(criterion: Criterion, path: DiagramPath | None) -> str:
    """What is drawn, by which source; and the path that is drawn over it."""
    return translate(
        "State machine of {criterion}{path}. Source: {source}.",
        criterion=criterion.title,
        path=translate(", with the path of {path}", path=path.name) if path else "",
        source=_cited(criterion.machine.source),
    )


def _cited(source: str) -> str:
    """A source with the works that its short names stand for."""
    works = {short: CITED[short] for short in ("E09", "S17")} | {"Seymour 2017": CITED["S17"]}
    for short, work in works.items():
        source = source.replace(f"{short} ", f"{work}, ")
    return source


def _rows(criterion: Criterion, width: float) -> DiagramTable:
    """The table of the machine, in the order it is read."""
    return DiagramTable(
        columns=widened_columns(_TABLE, width),
        rows=tuple(
            (
                rule.id,
                (rule.id, states_read_in(criterion, rule), translate(rule.description),
                 _result(criterion, rule.id),
                 label_text(label_of(criterion, rule.id)), rule.source),
            )
            for rule in criterion.machine.rules
        ),
    )  # fmt: skip


def _notes(criterion: Criterion, width: float) -> PageSection:
    """How the table is read, and the works that its sources name."""
    sentences = [translate("Rows are read from the top; the first that holds decides.")]
    labels = {label_of(criterion, rule.id) for rule in criterion.machine.rules}
    meanings = {
        AS_MEASURED: '"{label}" is the response of the scan alone, in the words of {criterion}.',
        NO_LABEL: '"{label}" is a scan that was not done, or is left out.',
    }
    sentences += [
        translate(meaning, label=translate(label), criterion=criterion.title)
        for label, meaning in meanings.items()
        if label in labels
    ]
    sources = " ".join(rule.source for rule in criterion.machine.rules)
    sentences += [f"{short}: {work}." for short, work in CITED.items() if short in sources]
    lines = wrapped(" ".join(sentences), SMALL, width)
    return PageSection("notes", len(lines) * _PITCH + 1.2, tuple(_lines(lines, 0.8)))


def _result(criterion: Criterion, row: str, phrase: str = "") -> str:
    """Where a row leads, in the language of the figure: in a phrase, or that the state stays."""
    state = next_state(criterion, row)
    return (
        translate(STAYS)
        if state == STAYS
        else (translate(phrase, state=state) if phrase else state)
    )


def _lines(lines: tuple[str, ...], top: float) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        yield Label(text=line, size=SMALL, y=top + (number + 0.5) * _PITCH)


def _path_sections(path: DiagramPath, criterion: Criterion, width: float) -> Iterator[PageSection]:
    """The steps of a patient as a table, each led by its pill."""
    title = wrapped(translate("Path of {path}", path=path.name), BODY, width, bold=True)
    yield PageSection(
        "path",
        5.5 + (len(title) - 1) * _PITCH,
        tuple(Label(text=line, bold=True, y=3.6 + n * _PITCH) for n, line in enumerate(title)),
    )
    head, *rows = sections(_path_table(path, criterion, width))
    yield head
    for step, row in zip(path.steps, rows, strict=True):
        yield attrs.evolve(row, marks=(*row.marks, *pill(str(step.number), 0.0, 1.85)))


def _path_table(path: DiagramPath, criterion: Criterion, width: float) -> DiagramTable:
    rows = tuple(_step(step, criterion) for step in path.steps)
    return DiagramTable(columns=widened_columns(_STEPS, width), rows=rows, bold=-1)


def _step(step: PathStep, criterion: Criterion) -> tuple[str, tuple[str, ...]]:
    states, rows = either(step.states, criterion.machine), any_of(step.rows)
    return f"scan {step.number}", ("", step.when, step.label, rows, states, step.why)


def _alt(criterion: Criterion, path: DiagramPath | None) -> str:
    """The states, the rows that lead from one to another, and the steps of a path in order."""
    moves = [
        translate(
            "{row} from {states} to {state}",
            row=rule.id,
            states=states_read_in(criterion, rule),
            state=state,
        )
        for rule in criterion.machine.rules
        if (state := next_state(criterion, rule.id)) != STAYS
    ]
    parts = [
        translate("State diagram of the response criteria {criterion}.", criterion=criterion.title),
        translate(
            "Boxes are states, arrows the rows of the table below that change the state: {moves}.",
            moves="; ".join(moves),
        ),
    ]
    if path is not None:
        steps = "; ".join(row_text(step, criterion) for step in path.steps)
        parts.append(translate("Path of {path}: {steps}.", path=path.name, steps=steps))
        last = row_text(path.steps[-1], criterion)
        short = translate("Path of {path}, last scan: {step}.", path=path.name, step=last)
        if len(" ".join(parts)) > LONGEST_ALT:
            parts[-1] = short
    return within(parts)


def row_text(step: PathStep, criterion: Criterion) -> str:
    """One step in words: ``1: 2022-02 iPR or iSD, R4, CLEAR``."""
    _, (_, when, label, rows, states, _) = _step(step, criterion)
    return f"{step.number}: {when} {label}, {rows}, {states}"
