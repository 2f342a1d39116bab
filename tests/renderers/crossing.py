"""A diagram held against its own lines: what runs through a word, what lies across a box."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np

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
            for (words_of_box, _), hits in zip(
                (*words, *inner),
                _hits(arrows, [box for _, box in (*words, *inner)], scene),
                strict=True,
            )
            for _ in range(hits)
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


def _hits(arrows: list[DiagramLink], boxes: list[Edges], scene: Scene) -> list[int]:
    """How many arrows run through the inside of each box; its edge may be touched."""
    left, top, right, bottom = np.array(boxes).reshape(-1, 4, 1).swapaxes(0, 1)
    hits = np.zeros(len(boxes), dtype=int)
    for arrow in arrows:
        x, y = _points(arrow.points, _STEPS + 1).T
        y = y + scene.tops[arrow.row]
        inside = (left + 0.1 < x) & (x < right - 0.1) & (top + 0.1 < y) & (y < bottom - 0.1)
        hits += inside.any(axis=1)
    return hits.tolist()


@lru_cache(maxsize=1024)
def _points(corners: tuple[Point, ...], number: int) -> np.ndarray:
    """Points along a line, x and y of each: of each of its parts the beginning and further ones."""
    ends = np.array(corners, dtype=float)
    along = np.arange(number)[:, None] / _STEPS
    return np.concatenate([a + along * (b - a) for a, b in pairwise(ends)])


def _middle(arrow: DiagramLink) -> np.ndarray:
    """The middle part of an arrow, as points close together."""
    along = _points(arrow.points, _STEPS)
    return along[len(along) // 4 : -len(along) // 4]


def _near(some: np.ndarray, others: np.ndarray) -> bool:
    apart = some[:, None] - others[None]
    return bool((np.hypot(apart[..., 0], apart[..., 1]) < _APART).any())


def _cut(one: Edges, other: Edges) -> bool:
    """Whether two boxes overlap, and neither is within the other."""
    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    return not apart and not _within(one, other) and not _within(other, one)


def _within(one: Edges, other: Edges) -> bool:
    return other[0] <= one[0] and other[1] <= one[1] and one[2] <= other[2] and one[3] <= other[3]
