"""Six scenes as text, each on one screen; with UPDATE_GOLDEN=1 they are written anew: read them.

What all scenes have in common is in ``test_scenes.py``, as properties.
"""

import os
import re
from pathlib import Path

import pytest

from renderers.backends.legend import entries
from renderers.response.spider import spider
from renderers.response.waterfall import waterfall
from renderers.survival.figure import survival
from renderers.swimmer.figure import swimmer
from renderers.timeline.figure import timeline_figure
from tests.renderers.cohort import cohort
from tests.renderers.patients import exact, vague

GOLDEN = Path(__file__).parent.parent / "golden"
SCENES = {
    "timeline-exact": lambda: timeline_figure([exact()]),
    "swimmer-exact": lambda: swimmer([exact()]),
    "swimmer-vague": lambda: swimmer([vague()]),
    "spider-vague": lambda: spider(cohort(1, vague=True)),
    "waterfall-vague": lambda: waterfall(cohort(3, vague=True)),
    "survival-vague": lambda: survival(cohort(3, vague=True)),
}


_TICK = re.compile(r"(?<=\n)tick .*\n(?=tick )")
_CELL = re.compile(r"\n\d+: label y=\S+ (text=.* at=\S+) shift=0.00 align='centre' size=6.00(?=\n)")


def described(scene):
    """The scene and its legend; ticks of an axis and cells of a table are on one line each."""
    legend = "".join(f"legend {row.group}: {row.description}\n" for row in entries(scene))
    text = _TICK.sub(lambda found: found[0].replace("\n", "; "), scene.text())
    return _CELL.sub(r"; \1", text) + legend


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_reads_as_its_golden_file(name):
    path = GOLDEN / f"{name}.txt"
    text = described(SCENES[name]())
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()


def test_each_golden_file_fits_on_one_screen():
    files = {path.stem: len(path.read_text().splitlines()) for path in GOLDEN.glob("*.txt")}
    assert set(files) == set(SCENES)
    assert max(files.values()) <= 55, files
