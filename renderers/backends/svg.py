"""A scene as SVG, mark by mark, by the same drawing code as in print; text stays text.

Where a scene is explored, each place on the time axis is kept apart from lengths in millimetres
(`TimedLength`), so that a page can draw the time axis at another scale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

import attrs

from renderers.backends.explore.timed_length import TimedLength
from renderers.scene.canvas import TEXT, Canvas
from renderers.scene.colours import BLACK
from renderers.scene.geometry import HATCH, Point, Points
from renderers.scene.journals import DEFAULT_PAGE, Page
from renderers.scene.mark import Mark
from renderers.scene.scene import Axis, Scene
from renderers.scene.text_metrics import MM_PER_POINT

_BASELINE = 0.36  # of the size of a text: its baseline below its middle
_ANCHORS = {"left": "start", "right": "end", "centre": "middle"}
_GROUND = 1  # the layer of areas behind everything
_AIR = 0.5  # millimetres around an item in which a pointer still hits it
_SAME = 0.005  # millimetres that are not drawn apart
_STROKE = 6.0  # millimetres: a wider line of several points is a curve, not a stroke of a sign
HIT_LINE = 'class="hit line" fill="none" stroke="transparent" pointer-events="stroke"'
HIT = 'class="hit" fill="none" pointer-events="all"'  # an area that a pointer hits
Box = tuple[float, float, float, float]  # left, top, right, bottom


def number(value: float) -> str:
    """Millimetres as SVG writes them, without needless digits.

    >>> number(12.0), number(0.254), number(-0.001)
    ('12', '0.25', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def time_of(x: float) -> float:
    """The place on the time axis that a length belongs to: its own where it has no other."""
    return x.time if isinstance(x, TimedLength) and x.weight else float(x)


@attrs.frozen
class Element:
    """One SVG element: paths of points, or a text at one point (then ``text`` is its content)."""

    layer: int
    paths: tuple[Points, ...]
    attributes: str
    closed: bool = False
    text: str = ""
    is_upright: bool = False  # of a text: it reads upwards

    @property
    def points(self) -> list[Point]:
        return [point for path in self.paths for point in path]

    @property
    def is_timed(self) -> bool:
        """Whether a point of it is on the time axis."""
        return any(isinstance(x, TimedLength) and x.weight for x, _ in self.points)

    @property
    def rigid(self) -> float | None:
        """The one place on the time axis that all of it moves with; None: it is stretched."""
        times = [time_of(x) for x, _ in self.points]
        return times[0] if max(times) - min(times) < _SAME else None

    def svg(self, timing: str = "") -> str:
        """The element; ``timing``: attributes that say how it moves."""
        if self.text:
            (x, y), *_ = self.points
            place = f'x="{number(x)}" y="{number(y)}"'
            if self.is_upright:  # what moves with the time is the group, which is not turned
                turn = f'transform="rotate(-90 {number(x)} {number(y)})"'
                return f"<g{timing}><text {place} {turn} {self.attributes}>{self.text}</text></g>"
            return f"<text {place} {self.attributes}{timing}>{self.text}</text>"
        end = "Z" if self.closed else ""
        steps = "".join(
            f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in path)}{end}" for path in self.paths
        )
        return f'<path d="{steps}" {self.attributes}{timing}/>'

    def timing(self) -> str:
        """How it moves: with one time (``data-t``), or each of its points with its own time.

        ``data-p`` is empty where each point is on the time axis itself.
        """
        if (time := self.rigid) is not None:
            return f' data-t="{number(time)}"'
        if all(abs(time_of(x) - x) < _SAME for x, _ in self.points):
            return ' data-p=""'
        return f' data-p="{" ".join(number(time_of(x)) for x, _ in self.points)}"'

    def within(self, left: float, right: float) -> Element:
        """The element with each point at least at one millimetre, and at most at another."""
        paths = tuple([(min(max(x, left), right), y) for x, y in path] for path in self.paths)
        return attrs.evolve(self, paths=paths)


def _stroke(colour: str, stroke: float, dash: tuple[float, ...]) -> str:
    dashed = " ".join(number(each * MM_PER_POINT) for each in dash)
    return f' stroke="{colour}" stroke-width="{stroke * MM_PER_POINT:.3f}"' + (
        f' stroke-dasharray="{dashed}"' if dash else ""
    )


@attrs.frozen(slots=False)
class SvgCanvas(Canvas):
    """A canvas of SVG elements; ``timed``: whether places on the time axis are kept apart."""

    page: Page
    timed: bool = False
    elements: list[Element] = attrs.Factory(list)

    def x(self, day: float) -> float:
        place = self.scene.frame.x(day)
        return TimedLength.at(place) if self.timed else place

    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        ground = ' class="pale"' if layer <= _GROUND else ""
        attributes = f'fill="{fill}"{ground}' + (_stroke(edge, stroke, dash) if stroke else "")
        self.elements.append(Element(layer, (ring,), attributes, closed=True))

    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        attributes = f'fill="none"{_stroke(colour, stroke, dash)}'
        last = self.elements[-1] if self.elements else None
        if last and (last.layer, last.attributes, last.text) == (layer, attributes, ""):
            self.elements[-1] = attrs.evolve(last, paths=(*last.paths, points))
        else:
            self.elements.append(Element(layer, (points,), attributes))

    def hatch(self, layer: int, box: Box, colour: str, stroke: float, hatched: str) -> None:
        left, top, right, bottom = box
        ring = ((left, top), (right, top), (right, bottom), (left, bottom))
        name = hatch_name(colour, stroke, hatched)
        below = self.elements[-1]  # the pale face that is hatched
        self.elements[-1] = attrs.evolve(below, attributes=f'{below.attributes} class="pale"')
        self.elements.append(Element(layer, (ring,), f'fill="url(#{name})"', closed=True))

    def write(
        self,
        x: float,
        y: float,
        text: str,
        align: str,
        size: float,
        *,
        bold: bool = False,
        upright: bool = False,
    ) -> None:
        height = size * MM_PER_POINT
        weight = ' font-weight="bold"' if bold else ""
        attributes = (
            f'font-size="{height:.3f}" text-anchor="{_ANCHORS[align]}" fill="{BLACK}"{weight}'
        )
        if text:
            off = _BASELINE * height
            place = ((x + off, y),) if upright else ((x, y + off),)
            shown = escape(self.page.house_style(text))
            self.elements.append(
                Element(TEXT, (place,), attributes, text=shown, is_upright=upright)
            )


_HATCHED = {"/": "rising", "\\": "falling", "x": "crossed"}  # in the id of a pattern
_HATCHES = re.compile(rf"url\(#(hatch-[0-9A-F]+-\d+-(?:{'|'.join(_HATCHED.values())}))\)")


def hatch_name(colour: str, stroke: float, hatched: str = "/") -> str:
    """The id of a pattern of hatches; ``stroke`` in points.

    >>> hatch_name("#F8A469", 0.35)
    'hatch-F8A469-35-rising'
    """
    return f"hatch-{colour.removeprefix('#')}-{round(100 * stroke)}-{_HATCHED[hatched]}"


def hatch_patterns(svg: str) -> str:
    """The patterns that some SVG names, each once."""
    return "".join(hatch_pattern(name) for name in sorted(set(_HATCHES.findall(svg))))


def hatch_pattern(name: str) -> str:
    """The pattern that an id of `hatch_name` stands for."""
    _, colour, stroke, way = name.split("-")
    width, size = int(stroke) / 100 * MM_PER_POINT, HATCH
    corner, over = size / 4, size + size / 4
    rising = (
        f"M{-corner} {corner}L{corner} {-corner}M0 {size}L{size} 0"
        f"M{size - corner} {over}L{over} {size - corner}"
    )
    falling = (
        f"M{-corner} {size - corner}L{corner} {over}M0 0L{size} {size}"
        f"M{size - corner} {-corner}L{over} {corner}"
    )
    lines = {"rising": rising, "falling": falling, "crossed": rising + falling}[way]
    return (
        f'<pattern id="{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse">'
        f'<path d="{lines}" stroke="#{colour}" stroke-width="{width:.3f}"/></pattern>'
    )


@attrs.frozen
class SvgPart:
    """One mark or axis as SVG elements, in the order of their layers."""

    elements: tuple[Element, ...]
    names: str = ""

    @property
    def layer(self) -> int:
        """Its lowest layer."""
        return min((each.layer for each in self.elements), default=0)

    @property
    def svg(self) -> str:
        """The part as it is printed."""
        return self.group("".join(each.svg() for each in self.elements))

    def group(self, inside: str, timing: str = "") -> str:
        """The group of a mark around some elements."""
        named = f' data-styles="{escape(self.names)}"' if self.names else ""
        return f'<g class="mark"{named}{timing}>{inside}</g>'


def svg_part(
    scene: Scene, part: Mark | Axis, page: Page = DEFAULT_PAGE, *, timed: bool = False
) -> SvgPart:
    """One mark or axis of a scene, in the millimetres of the layout.

    Args:
        scene: the scene that it is in.
        part: the mark or the axis.
        page: the page, for its decimal sign.
        timed: whether places on the time axis are kept apart from lengths. A marker in a column
            beside the axis is at no time, and stays where it is.

    """
    beside = isinstance(part, Mark) and part.names_item and part.time_range(scene.frame) is None
    canvas = SvgCanvas(scene, 0.0, page, timed=timed and not beside)
    part.draw(canvas)
    return SvgPart(
        elements=tuple(sorted(canvas.elements, key=lambda each: each.layer)),
        names="|".join(part.styles) if isinstance(part, Mark) else "",
    )


def hit_area(elements: Sequence[Element]) -> Iterator[Element]:
    """The area in which a pointer hits an item; it is also its frame in focus.

    Along a curve it is as wide as a finger: the box around one curve holds many others.
    """
    drawn = [each for each in elements if not each.text]
    points = [point for each in drawn for point in each.points]
    curves = [path for each in drawn if not each.closed for path in each.paths if _is_curve(path)]
    if curves:
        yield Element(0, tuple(path for each in drawn for path in each.paths), HIT_LINE)
    elif points:
        xs, ys = zip(*points, strict=True)
        left, right = min(xs) - _AIR, max(xs) + _AIR
        top, bottom = min(ys) - _AIR, max(ys) + _AIR
        ring = ((left, top), (right, top), (right, bottom), (left, bottom))
        yield Element(0, (ring,), HIT, closed=True)


def _is_curve(path: Points) -> bool:
    xs = [x for x, _ in path]
    return len(path) > 2 and max(xs) - min(xs) > _STROKE
