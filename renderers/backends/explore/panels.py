"""A scene in panels that stay in sight: names, time and columns; head, body, foot and notes.

The time panel holds what lies on the time axis, which a page may stretch; the panels beside it
hold what has a fixed place. Each row is a group of its own in every panel, so that a page can
move it or leave it out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import attrs

from renderers.backends.explore.timed_length import TimedLength
from renderers.backends.items import DataItem
from renderers.backends.svg import HIT, Element, SvgPart, hit_area, number, svg_part, time_of
from renderers.scene.journals import EDGE, Page
from renderers.scene.mark import Mark
from renderers.scene.scene import Label, Marker, Scene

PANELS = ("left", "time", "right")
BANDS = ("head", "body", "foot", "notes")
_GROUND = 5  # layers below this one are behind every item
_BESIDE = 1.3  # millimetres left of the axis that belong to it: half a marker
_AIR = 1.0  # before the first column on the right
_EVEN = 1e-6
_NEAR = 2.5  # millimetres from the end of an item to a text that belongs to that end


@attrs.frozen
class Cuts:
    """Where the panels meet, in millimetres; ``left`` and ``right`` are ends of the time panel."""

    left: float
    right: float
    width: float

    @classmethod
    def of(cls, scene: Scene) -> Cuts:
        """The cuts of a scene; of a diagram, which has no time, all of it is one panel."""
        frame, width = scene.frame, scene.width + EDGE
        if frame.counts_millimetres:
            return cls(-EDGE, width, width)
        beside = [
            mark.extent(frame).left
            for mark in scene.marks
            if (isinstance(mark, Label) and mark.at is None)
            or (isinstance(mark, Marker) and mark.time_range(frame) is None)
        ]
        right = min((x for x in beside if x > frame.right + _EVEN), default=width + _AIR)
        return cls(max(-EDGE, frame.left - _BESIDE), right - _AIR, width)

    @property
    def edges(self) -> dict[str, tuple[float, float]]:
        """The first and the last millimetre of each panel."""
        return {
            "left": (-EDGE, self.left),
            "time": (self.left, self.right),
            "right": (self.right, self.width),
        }

    def placed(self, element: Element) -> Iterator[tuple[str, Element]]:
        """The panels that an element is in; a fixed one is cut at their edges."""
        if element.is_timed:
            yield "time", element
            return
        xs = [x for x, _ in element.points]
        if element.text:
            yield self._panel(xs[0]), element
            return
        low, high = min(xs), max(xs)
        for panel, (first, last) in self.edges.items():
            if low == high:
                if self._panel(low) == panel:
                    yield panel, element
            elif max(low, first) + _EVEN < min(high, last):
                yield panel, element.within(first, last)

    def _panel(self, x: float) -> str:
        return "left" if x < self.left + _EVEN else "time" if x < self.right else "right"


@attrs.frozen(kw_only=True)
class Band:
    """The rows of a band: their numbers in the scene, and the SVG of each panel."""

    name: str
    rows: tuple[int, ...]
    height: float
    panels: Mapping[str, str]


def bands_of(scene: Scene) -> dict[str, tuple[int, ...]]:
    """The rows of each band: the head repeats on pages, the foot begins with the axis."""
    rows = range(len(scene.rows))
    axes = [axis.row for axis in scene.axes if not axis.plain]
    notes = tuple(n for n in rows if scene.rows[n].apart)
    foot = range(min(axes, default=len(rows)), notes[0] if notes else len(rows))
    first = next((n for n in rows if not scene.rows[n].repeats), len(rows))
    return {
        "head": tuple(range(min(first, foot.start))),
        "body": tuple(range(min(first, foot.start), foot.start)),
        "foot": tuple(foot),
        "notes": notes,
    }


def below_axis(scene: Scene) -> float:
    """Millimetres of the foot below its axes: of tables that scroll, while the axis stays in sight.

    A table of numbers at risk would else take most of a low window from the curves.
    """
    foot = bands_of(scene)["foot"]
    last = max((axis.row for axis in scene.axes if axis.row in foot), default=-1)
    return math.fsum(scene.rows[n].height for n in foot if n > last)


def bands(scene: Scene, items: Sequence[DataItem], page: Page) -> Iterator[Band]:
    """The bands of a scene that have rows, from the top."""
    cuts = Cuts.of(scene)
    number_of = {id(mark): n for n, item in enumerate(items) for mark in item.marks}
    for name, rows in bands_of(scene).items():
        if rows:
            drawn = _Drawing(scene=scene, rows=rows, cuts=cuts, page=page, number_of=number_of)
            drawn.draw()
            yield Band(
                name=name,
                rows=rows,
                height=sum(scene.rows[n].height for n in rows),
                panels={panel: drawn.svg(panel) for panel in PANELS},
            )


_Key = tuple[str, int, bool]  # panel, row (or -1: through rows), whether in the opening of its row


@attrs.frozen
class _Piece:
    """What one mark has in one panel.

    ``through``: the first and the last of several rows that it passes. ``reach``: the first and
    the last millimetre of a text. ``column``: the number of its column; None: in none.
    """

    part: SvgPart
    elements: tuple[Element, ...]
    moves: bool
    through: tuple[int, int] | None = None
    reach: tuple[float, float] | None = None
    column: int | None = None

    @property
    def in_column(self) -> str:
        """The mark within a group that moves with its column."""
        return self.svg if self.column is None else f'<g data-column="{self.column}">{self.svg}</g>'

    @property
    def svg(self) -> str:
        """The mark; where all of it moves with one time, it moves as a whole."""
        rows = ' data-rows="{} {}"'.format(*self.through) if self.through else ""
        times = [each.rigid for each in self.elements] if self.moves else []
        known = [time for time in times if time is not None]
        if known and len(known) == len(times) and max(known) - min(known) < _EVEN:
            inside = "".join(each.svg() for each in self.elements)
            return self.part.group(inside, f' data-t="{number(known[0])}"{rows}')
        return self.part.group("".join(map(self.element, self.elements)), rows)

    def element(self, element: Element) -> str:
        """An element with how it moves."""
        return element.svg(element.timing() if self.moves else "")

    def anchored(self, times: Sequence[float]) -> _Piece:
        """The piece with its texts bound to the nearest of the times of its item."""
        if not (self.moves and times and self.reach):
            return self
        near = _nearest(times, *self.reach)
        bound = tuple(
            attrs.evolve(each, paths=tuple([(TimedLength(x, near, 1.0), y) for x, y in path]
                                           for path in each.paths))
            if each.text and not each.is_timed else each
            for each in self.elements
        )  # fmt: skip
        return attrs.evolve(self, elements=bound)


def _nearest(times: Sequence[float], left: float, right: float) -> float:
    """The time that a text belongs to: one within it, else a near one, else that of its middle."""
    middle = (left + right) / 2
    within = [time for time in times if left <= time <= right]
    if within:
        return min(within, key=lambda time: abs(time - middle))
    nearest = min(times, key=lambda time: min(abs(time - left), abs(time - right)))
    is_near = min(abs(nearest - left), abs(nearest - right)) < _NEAR
    return nearest if is_near or not min(times) < middle < max(times) else middle


@attrs.frozen(kw_only=True)
class _Drawing:
    """The marks of a band, gathered by panel and row."""

    scene: Scene
    rows: tuple[int, ...]
    cuts: Cuts
    page: Page
    number_of: Mapping[int, int]
    rest: dict[_Key, list[_Piece]] = attrs.Factory(lambda: defaultdict(list))
    items: dict[_Key, dict[int, list[_Piece]]] = attrs.Factory(
        lambda: defaultdict(lambda: defaultdict(list))
    )

    def draw(self) -> None:
        """Gather every mark that is in the band."""
        place = {row: n for n, row in enumerate(self.rows)}
        rows = tuple(self.scene.rows[row] for row in self.rows)
        band = attrs.evolve(self.scene, rows=rows, marks=(), axes=())
        alone = [attrs.evolve(band, rows=(row,)) for row in rows]
        for mark in self.scene.marks:
            here = mark.on_page(place)
            if here is None:
                continue
            first, last = here.rows[0], here.rows[-1]
            if first < last:
                part = svg_part(band, here, self.page, timed=self.moves)
                self._gather(mark, part, -1, (self.rows[first], self.rows[last]))
            else:
                part = svg_part(alone[first], here.on_row(0), self.page, timed=self.moves)
                self._gather(mark, part, self.rows[first])

    @property
    def moves(self) -> bool:
        """Whether the scene has a time axis, or another that may be stretched."""
        return not self.scene.frame.counts_millimetres

    def _gather(
        self, mark: Mark, part: SvgPart, row: int, through: tuple[int, int] | None = None
    ) -> None:
        found: dict[str, list[Element]] = defaultdict(list)
        for element in part.elements:
            for panel, part_of_it in self.cuts.placed(element):
                found[panel].append(part_of_it)
        item = self.number_of.get(id(mark))
        box = mark.extent(self.scene.frame) if isinstance(mark, Label) else None
        reach = (box.left, box.right) if box else None
        for panel, elements in found.items():
            piece = _Piece(
                part, tuple(elements), self.moves and panel == "time", through, reach,
                self.scene.column_of(mark.subject),
            )  # fmt: skip
            key = (panel, row, self._opens(mark, row))
            (self.rest[key] if item is None else self.items[key][item]).append(piece)

    def _opens(self, mark: Mark, row: int) -> bool:
        """Whether a mark is in the opening of its row: the name of a group, a line above it."""
        if row < 0 or mark.tooltip or not self.scene.rows[row].facts:
            return False
        low = self.scene.rows[row].opening + _EVEN
        return not mark.names_item and mark.extent(self.scene.frame).bottom <= low

    def svg(self, panel: str) -> str:
        """Everything of a panel: what passes through rows, then the rows, then the axes."""
        through = self._inside((panel, -1, False))
        parts = [f'<g class="through">{through}</g>'] if through else []
        top = 0.0
        for row in self.rows:
            placed = f'data-row="{row}" transform="translate(0 {number(top)})"'
            axes = "".join(self._axes(row)) if panel == "time" else ""
            lane = self._lane(row) if panel == "left" else ""
            for kind, opens in (("opening", True), ("row", False)):
                inside = self._inside((panel, row, opens))
                inside = inside if opens else f"{lane}{inside}{axes}"
                if inside:
                    parts.append(f'<g class="{kind}" {placed}>{inside}</g>')
            top += self.scene.rows[row].height
        return "".join(parts)

    def _lane(self, row: int) -> str:
        """The area in which a pointer hits a lane as a whole: its names."""
        found = self.scene.rows[row]
        if not found.facts:
            return ""
        ring = ((-EDGE, found.opening), (self.cuts.left, found.opening),
                (self.cuts.left, found.height), (-EDGE, found.height))  # fmt: skip
        return Element(0, (ring,), HIT, closed=True).svg()

    def _axes(self, row: int) -> Iterator[str]:
        """The axes of a row, as they are printed."""
        for n, axis in enumerate(self.scene.axes):
            if axis.row == row:
                alone = attrs.evolve(self.scene, rows=(self.scene.rows[row],), marks=(), axes=())
                part = svg_part(alone, attrs.evolve(axis, row=0), self.page)
                inside = "".join(each.svg() for each in part.elements)
                yield f'<g class="axis" data-axis="{n}">{inside}</g>'

    def _inside(self, key: _Key) -> str:
        """The ground, the items in their order, then all other marks."""
        rest = self.rest.get(key, [])
        under = [each.in_column for each in rest if each.part.layer < _GROUND]
        over = [each.in_column for each in rest if each.part.layer >= _GROUND]
        items = [self._item(key, n, own) for n, own in self.items.get(key, {}).items()]
        return "".join([*under, *items, *over])

    def _item(self, key: _Key, item: int, pieces: Sequence[_Piece]) -> str:
        _, row, _ = key
        every = [element for piece in pieces for element in piece.elements]
        times = [time_of(x) for each in every if each.is_timed for x, _ in each.points]
        hit = "" if row < 0 else "".join(map(pieces[0].element, hit_area(every)))
        ordered = sorted(pieces, key=lambda each: each.part.layer)
        inside = "".join(each.anchored(times).svg for each in ordered)
        column = "" if pieces[0].column is None else f' data-column="{pieces[0].column}"'
        return f'<g class="item" data-item="{item}"{column}>{hit}{inside}</g>'
