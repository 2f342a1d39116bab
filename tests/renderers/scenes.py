"""Scenes of every kind of figure that several tests look at, each laid out once."""

from __future__ import annotations

from functools import cache, partial

from renderers.response.spider import spider
from renderers.response.waterfall import waterfall
from renderers.scene.journals import page_of
from renderers.scene.scene import Scene
from renderers.state_diagram.figure import state_diagram
from renderers.state_diagram.path import path_of
from renderers.survival.figure import survival
from renderers.swimmer.figure import swimmer
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.timeline.figure import timeline_figure
from tests.renderers.cohort import cohort
from tests.renderers.patients import PATIENTS, REPORTS, report
from tests.renderers.swimmer.made import lined
from tests.renderers.swimmer.test_ggswim import SOURCE
from timeline.endpoints.derived_case import DerivedCase
from timeline.response.criteria import CRITERIA


@cache
def derived(name: str) -> DerivedCase:
    """A patient made by hand, or a report of the project."""
    return PATIENTS[name]() if name in PATIENTS else report(name)


def _machine(key: str, *, path: bool = False) -> Scene:
    criterion = CRITERIA[key]
    return state_diagram(criterion, path_of(derived("wang2023"), 4, criterion) if path else None)


_BY_DRUG = SwimmerOptions(colour="drug", group="diagnosis")
_IN_WEEKS = SwimmerOptions(by="patient", unit="weeks", references=((12.0, "week 12"),))
_NAMES = (*PATIENTS, *REPORTS)
TIMELINES = {f"timeline {n}": partial(lambda n: timeline_figure([derived(n)]), n) for n in _NAMES}
SWIMMERS = {
    **{f"swimmer {n}": partial(lambda n: swimmer([derived(n)]), n) for n in _NAMES},
    "swimmer of 15 on one column": lambda: swimmer(cohort(15), page_of("nature", "single")),
    "swimmer by drug": lambda: swimmer(lined(6), options=_BY_DRUG),
    "swimmer in weeks": lambda: swimmer(lined(1), options=_IN_WEEKS),
    "swimmer of tables": lambda: swimmer_from_tables(SOURCE, skip_invalid=True).scene,
}
CURVES = {
    f"{kind.__name__}{' vague' if vague else ''}": partial(
        lambda kind, vague: kind(cohort(5, vague=vague)), kind, vague
    )
    for kind in (spider, waterfall, survival)
    for vague in (False, True)
}
MACHINES = {
    "machine recist11": lambda: _machine("recist11"),
    "machine irecist": lambda: _machine("irecist"),
    "machine irecist with a path": lambda: _machine("irecist", path=True),
}
SCENES = {**TIMELINES, **SWIMMERS, **CURVES, **MACHINES}


@cache
def scene(name: str) -> Scene:
    """The scene of a name in ``SCENES``."""
    return SCENES[name]()
