"""An SVG figure in groups with names: a lane, in it a bar, a marker; the axis; the legend.

A group has an id, for an illustrator (``lane-P01``, ``lane-P01-marker-PD``), a class for a style
sheet (``marker PD``), and ``data-name``: the name of the lane, or of the patient or group that a
mark shows. The same scene has the same ids. What is behind the lanes is in the group
``background``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import attrs
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.text import Text

from renderers.backends.matplotlib import MatplotlibCanvas, Parts, Strokes, blank_figure
from renderers.scene.geometry import Points
from renderers.scene.journals import Page
from renderers.scene.mark import Mark
from renderers.scene.scene import Axis, Row, Scene
from timeline.core.frozen_class import frozen

_GROUND, _BEHIND = 1, 2  # the highest layers of areas behind everything; of lines behind all rows
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")
_GROUP = re.compile(r'<g id="([^"]+)">')


@frozen(eq=False)
class _Shape:
    """A face or a line in the millimetres of the page."""

    path: Path
    edge: str
    stroke: float
    dash: tuple[float, ...]
    fill: str = ""

    def draw(self, renderer: RendererBase, axes: Axes) -> None:
        pen = renderer.new_gc()
        pen.set_foreground(to_rgba(self.edge), isRGBA=True)
        pixel: Any = renderer.points_to_pixels(1.0)
        pen.set_linewidth(self.stroke * pixel)
        pen.set_joinstyle("miter" if self.fill else "round")
        pen.set_capstyle("butt")
        if self.dash:
            pen.set_dashes(0.0, [each * pixel for each in self.dash])
        filled = to_rgba(self.fill) if self.fill and self.fill != "none" else None
        renderer.draw_path(pen, self.path, axes.transData, filled)
        pen.restore()


@frozen(eq=False)
class _Words:
    """A text on the page."""

    text: Text

    def draw(self, renderer: RendererBase, _: Axes) -> None:
        self.text.draw(renderer)


@frozen(eq=False)
class _Element:
    """A piece of a mark; a lower layer is drawn before a higher one, and a face before a line."""

    layer: int
    order: int
    piece: _Shape | _Words


@frozen(slots=False)
class _GroupCanvas(MatplotlibCanvas):
    """A canvas that keeps what is drawn on it, until it is taken for a group."""

    kept: list[_Element] = attrs.Factory(list)

    def face(
        self,
        layer: int,
        ring: Points,
        fill: str,
        edge: str = "none",
        stroke: float = 0.0,
        dash: tuple[float, ...] = (),
    ) -> None:
        path, wide = Path([*ring, ring[0]], closed=True), stroke if edge != "none" else 0.0
        self._keep(layer, 0, path, edge if wide else fill, wide, dash, fill)

    def line(
        self, layer: int, points: Points, colour: str, stroke: float, dash: tuple[float, ...] = ()
    ) -> None:
        self._keep(layer, 1, Path(list(points)), colour, stroke, dash)

    def _keep(
        self,
        layer: int,
        order: int,
        path: Path,
        edge: str,
        stroke: float,
        dash: tuple[float, ...],
        fill: str = "",
    ) -> None:
        scale = self.page.scale
        dashes = tuple(each * scale for each in dash)
        self.kept.append(_Element(layer, order, _Shape(path, edge, stroke * scale, dashes, fill)))

    def place(self, x: float, y: float, text: str, **properties: Any) -> None:
        words = Text(x, y, text, **properties)
        words.set_figure(self.axes.figure)
        words.set_transform(self.axes.transData)
        self.kept.append(_Element(int(properties["zorder"]), 2, _Words(words)))

    def taken(self, part: Mark | Axis) -> list[_Element]:
        """What a mark or an axis draws, from the lowest layer to the highest."""
        self.kept.clear()
        part.draw(self)
        return sorted(self.kept, key=lambda each: (each.layer, each.order))


@attrs.define(eq=False)
class _Group:
    """A group: its name, its classes, whom or what it shows, and what it holds."""

    name: str
    classes: str
    shows: str = ""
    elements: list[_Element] = attrs.Factory(list)
    groups: dict[str, _Group] = attrs.Factory(dict)

    def inside(self, name: str, classes: str, shows: str = "") -> _Group:
        """A group in this one; the one of this name if it is there."""
        return self.groups.setdefault(name, _Group(name, classes, shows))

    @property
    def layer(self) -> int:
        return min((each.layer for each in self.elements), default=0)


class Groups(Artist):
    """Groups as one artist of the axes; each is named once."""

    def __init__(self, groups: Sequence[_Group]) -> None:
        super().__init__()
        self.groups = groups
        self.classes: dict[str, str] = {}

    def draw(self, renderer: RendererBase) -> None:
        self.classes.clear()
        for group in self.groups:
            self._draw(group, renderer, "")

    def _draw(self, group: _Group, renderer: RendererBase, within: str) -> None:
        name = self._unique(f"{within}{group.name}")
        data = f' data-name="{escape(group.shows)}"' if group.shows else ""
        self.classes[name] = f'class="{escape(group.classes)}"{data}'
        renderer.open_group("g", gid=name)
        axes: Any = self.axes
        for element in group.elements:
            if isinstance(element.piece, _Words):
                element.piece.text.set_gid(self._unique(f"{name}-text"))
            element.piece.draw(renderer, axes)
        for each in group.groups.values():
            self._draw(each, renderer, f"{name}-")
        renderer.close_group("g")

    def _unique(self, name: str) -> str:
        found, number = name, 1
        while found in self.classes:
            number += 1
            found = f"{name}-{number}"
        self.classes[found] = ""
        return found


def paint_groups(parts: Parts, page: Page) -> tuple[Figure, Groups]:
    """The figure of a scene and its legend in groups with names."""
    figure, axes = blank_figure(parts, page)
    groups = []
    for number, (top, part) in enumerate(parts):
        found = list(_groups_of(part, _GroupCanvas(part, top, axes, Strokes(), page)))
        if number:
            found = [_Group("legend", "legend", groups={each.name: each for each in found})]
        groups += found
    artist = Groups(groups)
    axes.add_artist(artist)
    return figure, artist


def with_classes(svg: str, groups: Groups) -> str:
    """The text of an SVG file with the classes of its groups."""

    def named(found: re.Match[str]) -> str:
        more = groups.classes.get(found[1], "")
        return f'<g id="{found[1]}" {more}>' if more else found[0]

    return _GROUP.sub(named, svg)


def _groups_of(scene: Scene, canvas: _GroupCanvas) -> Iterator[_Group]:
    """The groups of a scene in the order of drawing: background, rows, what is over all rows."""
    behind, over = _Group("background", "background"), _Group("axis", "axis")
    rows = [_row_group(row, number, scene) for number, row in enumerate(scene.rows)]
    for mark in scene.marks:
        kind, words = _kind(mark), _style_words(mark, scene)
        classes = [kind, *map(_safe, words)]
        name = "-".join(filter(None, [_safe(mark.subject), *classes]))
        through = _BEHIND if mark.spans_rows else _GROUND
        for element in canvas.taken(mark):
            place = over if mark.spans_rows else rows[mark.row]
            place = behind if element.layer <= through else place
            inside = place.inside(f"{name} {id(mark)}", " ".join(classes), mark.subject)
            inside.elements.append(element)
    for axis in scene.axes:
        elements = canvas.taken(axis)
        over.inside("plain" if axis.plain else "time", "ticks").elements.extend(elements)
    for group in (behind, *rows, over):
        ordered = sorted(group.groups.values(), key=lambda each: each.layer)
        group.groups = {f"{n}": _named(each) for n, each in enumerate(ordered)}
        if group.groups:
            yield group


def _row_group(row: Row, number: int, scene: Scene) -> _Group:
    """The group of a row; a row that is on every page, such as the headings, is no lane."""
    kind = "row" if row.repeats else scene.row_kind
    return _Group(f"{kind}-{_safe(row.name) or number}", kind, row.name)


def _named(group: _Group) -> _Group:
    """The group by its name alone, without the number of its mark."""
    group.name = group.name.partition(" ")[0]
    return group


def _kind(mark: Mark) -> str:
    return _WORD.sub("-", type(mark).__name__).lower()


def _style_words(mark: Mark, scene: Scene) -> list[str]:
    """The styles of a mark in words: of a bar that of its drug."""
    own = {row.name: row.description for row in scene.own}
    return [own.get(name) or name for name in mark.styles]


def _safe(text: str) -> str:
    """A text as a part of an id: letters, digits, points, hyphens and low lines of ASCII."""
    return _UNSAFE.sub("-", text).strip("-")
