"""Rooms of the renderers climb a ladder of their own; the scene knows nothing of cancer."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "renderers"
RUNGS = (
    ("scene", "shape", "measure", "pack"),
    ("style", "spot", "axis", "inline", "node", "states", "walk", "preset", "paging", "thing"),
    ("unit", "given", "scale"),
    ("bars", "hung", "sample", "standing", "wording", "note"),
    ("page", "ink", "plan", "legend", "curves"),
    ("told", "heading", "notes", "fit"),
    ("lanes", "track", "paint", "listing", "twin"),
    ("sections", "vector"),
    ("strip", "swimmer", "machine", "spider", "waterfall", "survival", "save", "web"),
    ("__init__",),
)
RUNG_OF = {room: level for level, rung in enumerate(RUNGS) for room in rung}
KNOW_NO_CANCER = (
    *("scene", "shape", "measure", "pack", "inline", "hung", "ink", "paint", "save"),
    *("node", "note", "listing", "sample", "legend", "paging"),
    *("thing", "twin", "vector", "web", "heading", "notes"),
)


def files(room):
    """The file of a room, or those of a wing."""
    return [FOLDER / f"{room}.py"] if (FOLDER / f"{room}.py").exists() else [
        *(FOLDER / room).glob("*.py")
    ]  # fmt: skip


def imports(room):
    trees = [ast.parse(path.read_text()) for path in files(room)]
    nodes = (node for tree in trees for node in ast.walk(tree))
    found = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name for name in found if not name.startswith(f"renderers.{room}.")}


def test_every_room_has_a_rung():
    wings = {path.parent.name for path in FOLDER.glob("*/__init__.py")}
    assert {path.stem for path in FOLDER.glob("*.py")} | wings == set(RUNG_OF)


@pytest.mark.parametrize("room", RUNG_OF)
def test_a_room_imports_only_from_below(room):
    for name in imports(room):
        if name.startswith("renderers."):
            assert RUNG_OF[name.split(".")[1]] < RUNG_OF[room], f"{room} imports {name}"


@pytest.mark.parametrize("room", KNOW_NO_CANCER)
def test_what_draws_knows_nothing_of_cancer(room):
    assert not [name for name in imports(room) if name.startswith("timeline")]
