"""What hangs in a gallery: plates, each one figure that is made anew for every paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import attrs

from renderers import path_of, scene_of
from renderers.machine import machine
from renderers.preset import PRESETS, Paper, paper
from renderers.scene import Scene
from timeline.criteria import CRITERIA
from timeline.criteria.criterion import Criterion
from timeline.reading import Reading

_FEW = 3  # patients who are named


@attrs.frozen(kw_only=True)
class Plate:
    """One figure: its name, what it shows, how it is made on a paper.

    ``make`` raises ValueError with the reason where the figure cannot be drawn there.
    """

    name: str
    says: str
    make: Callable[[Paper], Scene]


# Of several patients, or of one whose targets were measured: figure, wishes, what it shows.
TOGETHER: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("swimmer", ("by=patient",), "a lane for each patient"),
    ("spider", (), "change of the sum over time"),
    ("waterfall", (), "best change of each patient"),
    ("survival", ("endpoint=PFS,OS",), "Kaplan-Meier, PFS and OS"),
)


def papers(presets: Sequence[str] = ()) -> tuple[Paper, ...]:
    """Every column of some presets, or of all; ValueError names the presets there are."""
    rows = [paper(name).preset for name in presets or PRESETS]
    return tuple(paper(row.name, column) for row in rows for column, _ in row.columns)


def plates_of(readings: Sequence[Reading]) -> tuple[Plate, ...]:
    """The figures of each patient, and those of all of them together."""
    alone = [plate for reading in readings for plate in _alone(reading)]
    return (*alone, *together(_who(readings), readings)) if readings else ()


def _who(readings: Sequence[Reading]) -> str:
    names = [reading.case.name for reading in readings]
    return " and ".join(names) if len(names) <= _FEW else f"{len(names)} patients"


def plate(who: str, figure: str, says: str, readings: Sequence[Reading], *asked: str) -> Plate:
    """A figure of some readings, with wishes; its name tells whose it is, and of which kind."""

    def make(on: Paper) -> Scene:
        return scene_of(readings, figure, on, asked=asked)

    return Plate(name=f"{who}, {figure}", says=f"{who}: {says}", make=make)


def together(who: str, readings: Sequence[Reading]) -> tuple[Plate, ...]:
    """The figures of a cohort."""
    return tuple(plate(who, name, says, readings, *asked) for name, asked, says in TOGETHER)


def _alone(reading: Reading) -> Iterator[Plate]:
    name = reading.case.name
    yield plate(name, "timeline", "treatment on the calendar", [reading])
    yield plate(name, "swimmer", "a lane for each line", [reading])
    for criterion in CRITERIA.values():
        judged = [each.line for each in reading.statuses if each.criterion == criterion.title]
        if judged:
            yield path_plate(reading, max(judged), criterion)


def path_plate(reading: Reading, line: int, criterion: Criterion) -> Plate:
    """The path of a patient's line over the machine of a criterion."""
    name = f"{reading.case.name}, path of line {line} by {criterion.title}"

    def make(on: Paper) -> Scene:
        return machine(criterion, path_of(reading, line, criterion), on)

    return Plate(name=name, says=name, make=make)


def machines() -> tuple[Plate, ...]:
    """The machine of every criterion."""
    return tuple(
        Plate(
            name=f"machine of {each.title}",
            says=f"the states and rows of {each.title}",
            make=partial(machine, each, None),
        )
        for each in CRITERIA.values()
    )
