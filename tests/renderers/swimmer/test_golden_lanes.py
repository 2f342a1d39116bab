"""Swimmers as text, held against files; with UPDATE_GOLDEN=1 they are written anew: read them."""

import os

import pytest

from renderers.scene.journals import page_of
from renderers.swimmer.figure import swimmer
from renderers.swimmer.options import SwimmerOptions
from renderers.swimmer.tables.figure import swimmer_from_tables
from tests.renderers.cohort import cohort
from tests.renderers.swimmer.made import lined
from tests.renderers.swimmer.test_ggswim import SOURCE
from tests.renderers.test_golden import GOLDEN, told

SCENES = {
    "cohort15-nature-single": lambda: swimmer(cohort(15), page_of("nature", "single")),
    "lines-by-drug": lambda: swimmer(lined(6), swim=SwimmerOptions(colour="drug",
                                     group="diagnosis")),
    "lines-in-weeks": lambda: swimmer(lined(1), swim=SwimmerOptions(by="patient", unit="weeks",
                                                         references=((12.0, "week 12"),))),
    "ggswim": lambda: swimmer_from_tables(SOURCE, anyway=True).scene,
}  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
def test_a_swimmer_reads_as_its_golden_file(name):
    path = GOLDEN / f"swimmer-{name}.txt"
    root = f"{SOURCE.lanes.parent}/"
    text = told(SCENES[name]()).replace(root, "")
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()
