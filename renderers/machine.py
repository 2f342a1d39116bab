"""The machine of a criterion: its states and rows drawn, its table below, a patient's path over it.

The frame of this figure counts millimetres on the page; it has no axis of days.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from renderers.machines.listing import Heading, Listing, sections, stretched
from renderers.machines.note import pill
from renderers.machines.plan import drawn, plan
from renderers.machines.states import (
    AS_MEASURED,
    NO_LABEL,
    STAYS,
    comes_from,
    either,
    goes_to,
    label_of,
)
from renderers.machines.walk import Step, Walk
from renderers.measure import wrapped
from renderers.preset import PAPER, Paper
from renderers.scene import BODY, SMALL, Frame, Label, Mark, Row, Scene, in_row
from renderers.strips.page import Section
from timeline.criteria.criterion import Criterion

_KEY = 14.0  # millimetres that the names of the legend's groups take
_PITCH = 2.6
_AIR = 2.5

_TABLE = (
    *(Heading("Row", 9.0), Heading("Read in", 20.0), Heading("When", 64.0)),
    *(Heading("Goes to", 19.0), Heading("Label", 19.0), Heading("Source", 49.0)),
)
_STEPS = (
    *(Heading("Scan", 8.0), Heading("Date as printed", 36.0), Heading("Label", 25.0)),
    *(Heading("Row", 14.0), Heading("State after", 22.0), Heading("Why", 75.0)),
)

# The short names in the sources, and the works that they stand for.
CITED = {
    "S17": "Seymour et al., Lancet Oncol 2017;18:e143",
    "E09": "Eisenhauer et al., Eur J Cancer 2009;45:228",
    "EORTC FAQ": "questions and answers on RECIST, recist.eortc.org",
    "Seymour 2017": "Lancet Oncol 2017;18:e143",
}


def machine(criterion: Criterion, path: Walk | None = None, paper: Paper = PAPER) -> Scene:
    """The figure of one criterion.

    ValueError where the path is one by another criterion, or the paper too narrow.
    """
    if path is not None and path.criterion != criterion.title:
        raise ValueError(
            f"{path.name} is a path by {path.criterion}, the machine is that of {criterion.title} "
            "(ask for the path by the same criterion)"
        )
    wide = paper.width
    marks, height = drawn(plan(criterion, path, paper))
    parts = (
        Section("states", height, marks),
        Section("air", _AIR, ()),
        *sections(_rows(criterion, wide)),
        _notes(criterion, wide),
        *(_walked(path, criterion, wide) if path else ()),
    )
    name = f"machine {criterion.title}" + (f", {path.name}" if path else "")
    return Scene(
        name=name,
        alt=_alt(criterion, path),
        caption=_caption(criterion, path),
        width=wide,
        frame=Frame(low=_KEY, high=wide, left=_KEY, right=wide),
        rows=tuple(
            Row(part.name, part.height, above=part.above, again=part.again) for part in parts
        ),
        marks=tuple(in_row(mark, n) for n, part in enumerate(parts) for mark in part.marks),
    )


def _caption(criterion: Criterion, path: Walk | None) -> str:
    """What is drawn, by which source; whose path lies over it."""
    over = f", with the path of {path.name}" if path else ""
    return f"State machine of {criterion.title}{over}. Source: {criterion.machine.source}."


def _rows(criterion: Criterion, wide: float) -> Listing:
    """The table of the machine, in the order it is read."""
    return Listing(
        columns=stretched(_TABLE, wide),
        rows=tuple(
            (
                rule.id,
                (rule.id, comes_from(criterion, rule), rule.says, goes_to(criterion, rule.id),
                 label_of(criterion, rule.id), rule.source),
            )
            for rule in criterion.machine.rules
        ),
    )  # fmt: skip


def _notes(criterion: Criterion, wide: float) -> Section:
    """How the table is read, and the works that its sources name."""
    said = ["Rows are read from the top; the first that holds decides."]
    labels = {label_of(criterion, rule.id) for rule in criterion.machine.rules}
    meanings = {
        AS_MEASURED: f"the response of the scan alone, in the words of {criterion.title}",
        NO_LABEL: "a scan that was not done, or is left out",
    }
    said += [f'"{label}" is {means}.' for label, means in meanings.items() if label in labels]
    sources = " ".join(rule.source for rule in criterion.machine.rules)
    said += [f"{short}: {work}." for short, work in CITED.items() if short in sources]
    lines = wrapped(" ".join(said), SMALL, wide)
    return Section("notes", len(lines) * _PITCH + 1.2, tuple(_lines(lines, 0.8)))


def _lines(lines: tuple[str, ...], top: float) -> Iterator[Mark]:
    for number, line in enumerate(lines):
        yield Label(text=line, size=SMALL, down=top + (number + 0.5) * _PITCH)


def _walked(path: Walk, criterion: Criterion, wide: float) -> Iterator[Section]:
    """The steps of a patient as a table, each led by its pill."""
    title = wrapped(f"Path of {path.name}", BODY, wide, bold=True)
    yield Section(
        "path",
        5.5 + (len(title) - 1) * _PITCH,
        tuple(Label(text=line, bold=True, down=3.6 + n * _PITCH) for n, line in enumerate(title)),
    )
    head, *rows = sections(_listed(path, criterion, wide))
    yield head
    for step, row in zip(path.steps, rows, strict=True):
        yield attrs.evolve(row, marks=(*row.marks, *pill(str(step.number), 0.0, 1.85)))


def _listed(path: Walk, criterion: Criterion, wide: float) -> Listing:
    rows = tuple(_step(step, criterion) for step in path.steps)
    return Listing(columns=stretched(_STEPS, wide), rows=rows, bold=-1)


def _step(step: Step, criterion: Criterion) -> tuple[str, tuple[str, ...]]:
    states, rows = either(step.states, criterion.machine), " or ".join(step.rows)
    return f"scan {step.number}", ("", step.when, step.label, rows, states, step.why)


def _alt(criterion: Criterion, path: Walk | None) -> str:
    """The table in sentences, and the steps in order."""
    machine = criterion.machine
    rows = ((rule, goes_to(criterion, rule.id)) for rule in machine.rules)
    said = [
        f"{rule.id}, read in {comes_from(criterion, rule)}, {rule.says}: "
        + (to if to == STAYS else f"goes to {to}")
        for rule, to in rows
    ]
    alt = f"State machine of {criterion.title}: {'; '.join(said)}."
    if path is None:
        return alt
    steps = "; ".join(told(step, criterion) for step in path.steps)
    return f"{alt} Path of {path.name}: {steps}."


def told(step: Step, criterion: Criterion) -> str:
    """One step in words: ``1: 2022-02 iPR or iSD, R4, CLEAR``."""
    _, (_, when, label, rows, states, _) = _step(step, criterion)
    return f"{step.number}: {when} {label}, {rows}, {states}"
