"""A scene as SVG, mark by mark, by the same drawing code as in print; text stays text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import attrs

from renderers.scene.canvas import TEXT, Canvas
from renderers.scene.colours import BLACK
from renderers.scene.geometry import Point, Points
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import Mark
from renderers.scene.scene import Axis, Scene
from renderers.scene.text_metrics import MM_PER_POINT

_BASELINE = 0.36  # of the size of a text: its baseline below its middle
_ANCHORS = {"left": "start", "right": "end", "centre": "middle"}
_AIR = 0.5  # millimetres around an item in which a pointer still hits it
Box = tuple[float, float, float, float]  # left, top, right, bottom


def _stroke(colour: str, stroke: float, dash: tuple[float, ...]) -> str:
    dashed = " ".join(f"{each * MM_PER_POINT:.3f}" for each in dash)
    return f' stroke="{colour}" stroke-width="{stroke * MM_PER_POINT:.3f}"' + (
        f' stroke-dasharray="{dashed}"' if dash else ""
    )


def _path(points: Points, *, closed: bool = False) -> str:
    steps = "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return f'"M{steps}{"Z" if closed else ""}"'


@attrs.frozen(slots=False)
class SvgCanvas(Canvas):
    """A canvas of SVG elements, each with its layer; ``points``: of all its areas and lines."""

    page: Page
    elements: list[tuple[int, str]] = attrs.Factory(list)
    points: list[Point] = attrs.Factory(list)

    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        attributes = f'fill="{fill}"' + (_stroke(edge, stroke, dash) if stroke else "")
        self._add(layer, ring, f"<path d={_path(ring, closed=True)} {attributes}/>")

    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        attributes = f'fill="none"{_stroke(colour, stroke, dash)}'
        self._add(layer, points, f"<path d={_path(points)} {attributes}/>")

    def write(
        self, x: float, y: float, text: str, align: str, size: float, *, bold: bool = False
    ) -> None:
        height = size * MM_PER_POINT
        weight = ' font-weight="bold"' if bold else ""
        element = (
            f'<text x="{x:.2f}" y="{y + _BASELINE * height:.2f}" font-size="{height:.3f}" '
            f'text-anchor="{_ANCHORS[align]}" fill="{BLACK}"{weight}>'
            f"{escape(self.page.localize_decimal(text))}</text>"
        )
        self.elements.append((TEXT, element))

    def _add(self, layer: int, points: Points, element: str) -> None:
        self.elements.append((layer, element))
        self.points.extend(points)


@attrs.frozen
class SvgPart:
    """One mark as SVG: its lowest layer, and the box around it (None: a text alone)."""

    svg: str
    layer: int
    box: Box | None


def svg_part(scene: Scene, part: Mark | Axis, page: Page = DEFAULT_PAGE) -> SvgPart:
    """One mark or axis of a scene, in the millimetres of the layout."""
    canvas = SvgCanvas(scene, 0.0, page)
    part.draw(canvas)
    inside = "".join(element for _, element in sorted(canvas.elements, key=lambda each: each[0]))
    names = "|".join(part.styles) if isinstance(part, Mark) else ""
    named = f' data-styles="{escape(names)}"' if names else ""
    return SvgPart(
        svg=f'<g class="mark" data-row="{part.row}"{named}>{inside}</g>',
        layer=min((layer for layer, _ in canvas.elements), default=0),
        box=_around(canvas.points) if canvas.points else None,
    )


def _around(points: Points) -> Box:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def hit_area(pieces: Sequence[SvgPart]) -> Iterator[str]:
    """The area in which a pointer hits an item; it is also its frame in focus."""
    boxes = [each.box for each in pieces if each.box]
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        x, y = min(lefts) - _AIR, min(tops) - _AIR
        width, height = max(rights) + _AIR - x, max(bottoms) + _AIR - y
        yield (
            f'<rect class="hit" x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
            'fill="none" pointer-events="all"/>'
        )
