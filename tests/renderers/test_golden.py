"""Figures as text, held against files; with UPDATE_GOLDEN=1 they are written anew: read them."""

import os
from pathlib import Path

import pytest

from renderers.backends.legend import entries
from tests.renderers.patients import PATIENTS, RENDERERS, REPORTS, report

GOLDEN = Path(__file__).parent.parent / "golden"


def told(scene):
    legend = "".join(f"legend {row.group}: {row.description}\n" for row in entries(scene))
    return scene.text() + legend


@pytest.mark.parametrize("kind", RENDERERS)
@pytest.mark.parametrize("name", [*PATIENTS, *REPORTS])
def test_a_scene_reads_as_its_golden_file(name, kind):
    reading = PATIENTS[name]() if name in PATIENTS else report(name)
    path = GOLDEN / f"{name}-{kind}.txt"
    text = told(RENDERERS[kind]([reading]))
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text)
    assert text == path.read_text()
