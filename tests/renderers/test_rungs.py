"""Rooms of the renderers climb a ladder of their own; the scene knows nothing of cancer."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "renderers"
RUNGS = (
    ("scene", "shape", "measure", "pack"),
    ("style", "spot", "axis", "inline", "node", "states", "walk", "preset", "paging"),
    ("bars", "hung", "sample", "standing", "wording", "note"),
    ("page", "ink", "plan", "legend"),
    ("lane", "track", "paint", "listing"),
    ("strip", "swimmer", "machine", "save"),
    ("__init__",),
)
RUNG_OF = {room: level for level, rung in enumerate(RUNGS) for room in rung}
KNOW_NO_CANCER = (
    *("scene", "shape", "measure", "pack", "inline", "hung", "ink", "paint", "save"),
    *("node", "note", "listing", "sample", "legend", "paging"),
)


def imports(room):
    tree = ast.parse((FOLDER / f"{room}.py").read_text())
    return {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_every_room_has_a_rung():
    assert {path.stem for path in FOLDER.glob("*.py")} == set(RUNG_OF)


@pytest.mark.parametrize("room", RUNG_OF)
def test_a_room_imports_only_from_below(room):
    for name in imports(room):
        if name.startswith("renderers."):
            assert RUNG_OF[name.split(".")[1]] < RUNG_OF[room], f"{room} imports {name}"


@pytest.mark.parametrize("room", KNOW_NO_CANCER)
def test_what_draws_knows_nothing_of_cancer(room):
    assert not [name for name in imports(room) if name.startswith("timeline")]
