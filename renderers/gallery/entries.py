"""The entries of a gallery: figures, each drawn anew for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs

from renderers import path_of, scene_of
from renderers.scene.journals import PRESETS, Page, page_of
from renderers.scene.scene import Scene
from renderers.state_diagram.figure import state_diagram
from timeline.endpoints.derived_case import DerivedCase
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.criterion import Criterion

_FEW = 3  # patients who are named


@attrs.frozen(kw_only=True)
class GalleryEntry:
    """One figure: its name, what it shows, how it is made on a page.

    ``make`` raises ValueError with the reason where the figure cannot be drawn there.
    """

    name: str
    description: str
    make: Callable[[Page], Scene]


# Of several patients, or of one whose targets were measured: figure, options, what it shows.
TOGETHER: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("swimmer", {"by": "patient"}, "a lane for each patient"),
    ("spider", {}, "change of the sum over time"),
    ("waterfall", {}, "best change of each patient"),
    ("survival", {"endpoint": ["PFS", "OS"]}, "Kaplan-Meier, PFS and OS"),
)


def journal_pages(presets: Sequence[str] = ()) -> tuple[Page, ...]:
    """Every column of some presets, or of all; ValueError names the presets there are."""
    rows = [page_of(name).preset for name in presets or PRESETS]
    return tuple(page_of(row.name, column) for row in rows for column, _ in row.columns)


def entries_of(cases: Sequence[DerivedCase]) -> tuple[GalleryEntry, ...]:
    """The figures of each patient, and those of all of them together."""
    alone = [each for derived in cases for each in _alone(derived)]
    return (*alone, *joint_entries(_patients(cases), cases)) if cases else ()


def _patients(cases: Sequence[DerivedCase]) -> str:
    names = [derived.case.name for derived in cases]
    return " and ".join(names) if len(names) <= _FEW else f"{len(names)} patients"


def entry(
    patients: str, figure: str, description: str, cases: Sequence[DerivedCase], **options: Any
) -> GalleryEntry:
    """A figure of some derived cases with its options; named by its patients and its kind."""

    def make(on: Page) -> Scene:
        return scene_of(cases, figure, on, **options)

    return GalleryEntry(
        name=f"{patients}, {figure}", description=f"{patients}: {description}", make=make
    )


def joint_entries(patients: str, cases: Sequence[DerivedCase]) -> tuple[GalleryEntry, ...]:
    """The figures of a cohort."""
    return tuple(
        entry(patients, name, description, cases, **options)
        for name, options, description in TOGETHER
    )


def _alone(derived: DerivedCase) -> Iterator[GalleryEntry]:
    name = derived.case.name
    yield entry(name, "timeline", "treatment on the calendar", [derived])
    yield entry(name, "swimmer", "a lane for each line", [derived])
    for criterion in CRITERIA.values():
        judged = [each.line for each in derived.statuses if each.criterion == criterion.title]
        if judged:
            yield path_entry(derived, max(judged), criterion)


def path_entry(derived: DerivedCase, line: int, criterion: Criterion) -> GalleryEntry:
    """The path of a patient's line over the machine of a criterion."""
    name = f"{derived.case.name}, path of line {line} by {criterion.title}"

    def make(on: Page) -> Scene:
        return state_diagram(criterion, path_of(derived, line, criterion), on)

    return GalleryEntry(name=name, description=name, make=make)


def machines() -> tuple[GalleryEntry, ...]:
    """The machine of every criterion."""
    return tuple(
        GalleryEntry(
            name=f"machine of {each.title}",
            description=f"the states and rows of {each.title}",
            make=partial(state_diagram, each, None),
        )
        for each in CRITERIA.values()
    )
