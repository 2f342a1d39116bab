"""Swimmers as text, held against files; with UPDATE_GOLDEN=1 they are written anew: read them."""

import os

import pytest

from renderers.lanes.swim import Swim
from renderers.lanes.tabled import tabled
from renderers.preset import paper
from renderers.swimmer import swimmer
from tests.renderers.cohort import cohort
from tests.renderers.lanes.made import lined
from tests.renderers.lanes.test_ggswim import SOURCE
from tests.renderers.test_golden import GOLDEN, told

SCENES = {
    "cohort15-nature-single": lambda: swimmer(cohort(15), paper("nature", "single")),
    "lines-by-drug": lambda: swimmer(lined(6), swim=Swim(colour="drug", group="diagnosis")),
    "lines-in-weeks": lambda: swimmer(lined(1), swim=Swim(by="patient", unit="weeks",
                                                         references=((12.0, "week 12"),))),
    "ggswim": lambda: tabled(SOURCE, anyway=True).scene,
}  # fmt: skip


@pytest.mark.parametrize("name", SCENES)
def test_a_swimmer_reads_as_its_golden_file(name):
    path = GOLDEN / f"swimmer-{name}.txt"
    root = f"{SOURCE.lanes.parent}/"
    text = told(SCENES[name]()).replace(root, "")
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()
