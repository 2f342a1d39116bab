"""A diagram held against its own lines: what runs through a word, what lies across a box."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

from renderers.scene.geometry import Point
from renderers.scene.marks import DiagramBox, DiagramLink
from renderers.scene.scene import Label, Scene
from renderers.scene.text_metrics import MM_PER_POINT, width

Edges = tuple[float, float, float, float]  # left, top, right, bottom; millimetres
_STEPS = 20
_APART = 1.0  # millimetres that the middles of two arrows keep from one another


def crossings(scene: Scene) -> list[str]:
    """Every word that an arrow or the edge of a box runs through, and boxes that lie across."""
    words = [(m.text, _word(m, scene)) for m in scene.marks if isinstance(m, Label)]
    boxes = [(m, _box(m, scene)) for m in scene.marks if isinstance(m, DiagramBox)]
    arrows = [m for m in scene.marks if isinstance(m, DiagramLink)]
    inner = [(m.style, box) for m, box in boxes if m.depth]
    return [
        *(f"edge through {text!r}" for text, word in words for _, b in boxes if _cut(word, b)),
        *(
            f"{one.style} and {other.style} lie across"
            for (one, a), (other, b) in combinations(boxes, 2)
            if _cut(a, b)
        ),
        *(
            f"arrow through {words_of_box!r}"
            for words_of_box, box in (*words, *inner)
            for arrow in arrows
            if _hit(arrow, box, scene)
        ),
        *(
            f"two arrows on one another: {one.points[0]} and {other.points[0]}"
            for one, other in combinations(arrows, 2)
            if one.row == other.row and _near(_middle(one), _middle(other))
        ),
    ]


def _word(mark: Label, scene: Scene) -> Edges:
    wide = width(mark.text, mark.size, bold=mark.bold)
    left = mark.shift - {"left": 0.0, "right": wide, "centre": wide / 2}[mark.align]
    half = 0.4 * mark.size * MM_PER_POINT
    y = scene.tops[mark.row] + mark.y
    return left, y - half, left + wide, y + half


def _box(mark: DiagramBox, scene: Scene) -> Edges:
    y = scene.tops[mark.row] + mark.y
    return mark.left, y - mark.height / 2, mark.right, y + mark.height / 2


def _hit(arrow: DiagramLink, box: Edges, scene: Scene) -> bool:
    """Whether an arrow runs through the inside of a box; its edge may be touched."""
    left, top, right, bottom = box
    over = scene.tops[arrow.row]
    return any(
        left + 0.1 < x0 + n / _STEPS * (x1 - x0) < right - 0.1
        and top + 0.1 < over + y0 + n / _STEPS * (y1 - y0) < bottom - 0.1
        for (x0, y0), (x1, y1) in pairwise(arrow.points)
        for n in range(_STEPS + 1)
    )


def _middle(arrow: DiagramLink) -> list[Point]:
    """The middle part of an arrow, as points close together."""
    along = [
        (x0 + n / _STEPS * (x1 - x0), y0 + n / _STEPS * (y1 - y0))
        for (x0, y0), (x1, y1) in pairwise(arrow.points)
        for n in range(_STEPS)
    ]
    return along[len(along) // 4 : -len(along) // 4]


def _near(some: list[Point], others: list[Point]) -> bool:
    return any(math.dist(one, other) < _APART for one in some for other in others)


def _cut(one: Edges, other: Edges) -> bool:
    """Whether two boxes overlap, and neither is within the other."""
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart and not _within(one, other) and not _within(other, one)


def _within(one: Edges, other: Edges) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]
