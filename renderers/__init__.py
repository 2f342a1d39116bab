"""How a reading looks. Each renderer makes a scene; ``draw`` also writes it to a file.

Importing this package loads no matplotlib; writing a figure does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from renderers.machine import machine
from renderers.machines.walk import Walk, path_of
from renderers.scene import Scene
from renderers.strip import timeline
from renderers.swimmer import swimmer
from timeline.criteria.criterion import Criterion
from timeline.problem import near
from timeline.reading import Reading

__all__ = ["RENDERERS", "draw", "draw_machine", "path_of", "scene_of"]

RENDERERS: dict[str, Callable[[Sequence[Reading]], Scene]] = {
    "timeline": timeline,
    "swimmer": swimmer,
}


def scene_of(readings: Sequence[Reading], kind: str) -> Scene:
    """The scene of one kind of figure; ValueError names the kinds there are."""
    if kind not in RENDERERS:
        raise ValueError(f"unknown figure: {kind!r} ({near(kind, RENDERERS)})")
    return RENDERERS[kind](readings)


def draw(readings: Sequence[Reading], kind: str, path: Path | str) -> Scene:
    """Draw a figure to an SVG, PDF or PNG file, and answer its scene."""
    from renderers.output.save import save  # loads matplotlib

    scene = scene_of(readings, kind)
    save(scene, path)
    return scene


def draw_machine(criterion: Criterion, path: Walk | None, out: Path | str) -> Scene:
    """Draw a criterion's machine, and a patient's path over it, to a file; answer its scene.

    ``path`` is what `path_of` gives for a reading, a line and the same criterion, or None.
    """
    from renderers.output.save import save  # loads matplotlib

    scene = machine(criterion, path)
    save(scene, out)
    return scene
