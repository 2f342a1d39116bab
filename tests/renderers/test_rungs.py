"""Rooms of the renderers climb a ladder of their own; the scene knows nothing of cancer."""

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "renderers"
RUNGS = (
    ("mark", "shape", "measure", "pack", "pixels", "languages"),
    ("scene",),
    ("words",),
    (
        "slip",
        "style",
        "spot",
        "axis",
        "inline",
        "node",
        "states",
        "walk",
        "preset",
        "paging",
        "thing",
    ),
    ("label", "table_fields"),
    ("unit", "given", "scale", "wish"),
    ("bars", "hung", "sample", "standing", "wording", "note"),
    ("page", "ink", "plan", "legend", "curves"),
    ("told", "titles", "notes", "fit", "sheet"),
    ("lanes", "track", "paint", "listing", "twin"),
    ("sections", "vector"),
    ("strip", "swimmer", "machine", "spider", "waterfall", "survival", "save", "web"),
    ("__init__",),
    ("gallery",),
)
RUNG_OF = {room: level for level, rung in enumerate(RUNGS) for room in rung}
KNOW_NO_CANCER = (
    *("mark", "scene", "shape", "measure", "pack", "inline", "hung", "ink", "paint", "save"),
    *("node", "note", "listing", "sample", "legend", "paging"),
    *("thing", "twin", "vector", "web", "titles", "notes", "sheet", "pixels"),
)


WINGS = ("machines", "strips", "output")  # each of their rooms has a rung of its own


def homes():
    """The files of each room: one, or those of its folder."""
    found = {}
    for path in FOLDER.rglob("*.py"):
        first, *rest = path.relative_to(FOLDER).with_suffix("").parts
        if first in WINGS and rest != ["__init__"]:
            found.setdefault(rest[0], []).append(path)
        elif first not in WINGS:
            found.setdefault(first, []).append(path)
    return found


HOMES = homes()


def room_of(name):
    """The room of a module by its full name; nothing where it is none of ours."""
    parts = name.split(".")
    if parts[0] != "renderers" or len(parts) < 2 or name.removeprefix("renderers.") in WINGS:
        return ""
    return parts[2] if parts[1] in WINGS and len(parts) > 2 else parts[1]


def imports(room):
    trees = [ast.parse(path.read_text()) for path in HOMES[room]]
    nodes = (node for tree in trees for node in ast.walk(tree))
    found = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name for name in found if room_of(name) != room}


def test_every_room_has_a_rung():
    assert set(HOMES) == set(RUNG_OF)


@pytest.mark.parametrize("room", RUNG_OF)
def test_a_room_imports_only_from_below(room):
    for name in imports(room):
        if room_of(name):
            assert RUNG_OF[room_of(name)] < RUNG_OF[room], f"{room} imports {name}"


@pytest.mark.parametrize("room", KNOW_NO_CANCER)
def test_what_draws_knows_nothing_of_cancer(room):
    allowed = {"timeline.output_files", "timeline.inert"}  # how files and texts are written
    assert not [name for name in imports(room) - allowed if name.startswith("timeline")]
