"""A scene becomes a matplotlib figure: one collection for each style, in millimetres throughout.

No pyplot, and no setting of matplotlib that outlives a call.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from renderers.backends.canvas import Canvas, Points
from renderers.backends.legend import legend
from renderers.backends.text_canvas import OutlineCanvas, TextCanvas
from renderers.scene.diagram_marks import DiagramBox, DiagramLink, headed, outline
from renderers.scene.journals import DEFAULT_PAGE, EDGE, Page
from renderers.scene.markers import SHAPES
from renderers.scene.scene import (
    SMALL,
    Area,
    Arrow,
    Axis,
    AxisBreak,
    Band,
    Bar,
    Label,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    Scene,
    Separator,
    Tick,
    VerticalLine,
)
from renderers.scene.styles import INK, QUIET, STYLES, WHITE, Kind, tint

SETTINGS: Any = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["Arial", "Helvetica", "DejaVu Sans"],
    "font.serif": ["Times New Roman", "Times", "STIXGeneral", "DejaVu Serif"],
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "timeline",
    "pdf.fonttype": 42,  # TrueType, as journals ask
    "path.simplify": False,
    "figure.facecolor": "white",
}
MM_PER_INCH = 25.4
_CAP = 0.8  # millimetres that the ends of a bracket stand up


def paint(
    scene: Scene, paper: Page = DEFAULT_PAGE, *, with_legend: bool = True, outlined: bool = False
) -> Figure:
    """The figure, as tall as its content; ``renderers.backends.save`` writes it.

    Its one ``Axes`` is measured in the millimetres of the layout, y downwards; what is added to
    it stays where the scene is. ``outlined``: texts are shapes, as a picture shows them.
    """
    sheet = OutlineCanvas if outlined else TextCanvas
    parts = [scene, legend(scene)] if with_legend else [scene]
    width = scene.width + 2 * EDGE
    height = sum(part.height for part in parts) + 2 * EDGE
    inch = MM_PER_INCH / paper.scale
    with rc_context(SETTINGS):
        figure = Figure(figsize=(width / inch, height / inch))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(-EDGE, width - EDGE)
        axes.set_ylim(height - EDGE, -EDGE)
        ink, top = Canvas(scale=paper.scale), 0.0
        for part in parts:
            _lay(sheet(part, top, axes, ink, paper))
            top += part.height
        ink.onto(axes)
    return figure


def _lay(sheet: TextCanvas) -> None:
    parts: tuple[Mark | Axis, ...] = (*sheet.scene.marks, *sheet.scene.axes)
    for part in parts:
        drawn(sheet, part)


def drawn(sheet: TextCanvas, part: Mark | Axis) -> None:
    """One mark, or one axis, in the ink of its sheet."""
    if isinstance(part, Axis):
        _axis(sheet, part)
    else:
        _DRAWN[type(part)](sheet, part)


def _bar(sheet: TextCanvas, mark: Bar) -> None:
    style = STYLES[mark.style]
    x0, x1, y = sheet.x(mark.start), sheet.x(mark.end), sheet.y(mark)
    y0, y1 = y - mark.height / 2, y + mark.height / 2
    share = 1.0 if not mark.look else 0.0 if mark.look == "planned" else 0.32
    look = STYLES[mark.look] if mark.look else style
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    sheet.ink.face(3, corners, tint(style.fill, share))
    edges = [((x0, y0), (x1, y0)), ((x0, y1), (x1, y1))]
    edges += [] if mark.open_start else [((x0, y0), (x0, y1))]
    edges += [] if mark.open_end else [((x1, y0), (x1, y1))]
    for edge in edges:
        sheet.ink.line(4, edge, style.edge, style.stroke, look.dash)


def _reach(sheet: TextCanvas, mark: RangeMark) -> None:
    style = STYLES[mark.style]
    if not style.stroke:  # the range of a sign whose neighbour's is the same, and drawn
        return
    x0, x1, y = sheet.x(mark.low), sheet.x(mark.high), sheet.y(mark)
    layer = {Kind.INSET: 5, Kind.TRAIL: 2}.get(style.kind, 6)
    sheet.ink.line(layer, ((x0, y), (x1, y)), style.edge, style.stroke, style.dash)
    if style.kind is Kind.INSET:  # a white rim parts it from a dark bar
        sheet.ink.line(4, ((x0, y), (x1, y)), WHITE, style.stroke + 1.4)
        return
    for x, is_open in ((x0, mark.open_low), (x1, mark.open_high)):
        if not is_open:
            sheet.ink.line(layer, ((x, y - _CAP), (x, y)), style.edge, style.stroke)


def _sign(sheet: TextCanvas, mark: Marker) -> None:
    style = STYLES[mark.style]
    shape = SHAPES[style.shape]
    x, y, radius = sheet.x(mark.at) + mark.shift, sheet.y(mark), mark.size / 2
    dash = STYLES[mark.look].dash if mark.look else ()

    def placed(line: Points) -> Points:
        return [(x + radius * px, y + radius * py) for px, py in line]

    for ring in (shape.outline, *(shape.ink if not shape.outline else ())):
        if ring:  # a white rim parts the sign from whatever it lies on
            sheet.ink.face(7, placed(ring), WHITE, WHITE, style.stroke + 1.2)
    if shape.outline:
        sheet.ink.face(8, placed(shape.outline), style.fill, style.edge, style.stroke, dash)
    for ring in () if mark.look else shape.ink:
        sheet.ink.face(9, placed(ring), style.edge)
    for ring in () if mark.look else shape.holes:
        sheet.ink.face(10, placed(ring), style.fill)
    for stroke in shape.strokes:
        sheet.ink.line(9, placed(stroke), style.edge, style.stroke)


def _arrow(sheet: TextCanvas, mark: Arrow) -> None:
    style = STYLES[mark.style]
    x, y = sheet.x(mark.at), sheet.y(mark)
    tip = x + mark.length
    sheet.ink.line(6, ((x, y), (tip - 1.2, y)), style.edge, style.stroke)
    sheet.ink.face(6, ((tip, y), (tip - 1.7, y - 0.85), (tip - 1.7, y + 0.85)), style.edge)


def _foot(sheet: TextCanvas, mark: VerticalLine | Band) -> float:
    tops = sheet.tops
    return sheet.top + (tops[mark.last] + mark.foot if mark.foot else tops[mark.last + 1])


def _rule(sheet: TextCanvas, mark: VerticalLine) -> None:
    style, x = STYLES[mark.style], sheet.x(mark.at)
    ends = ((x, sheet.y(mark)), (x, _foot(sheet, mark)))
    sheet.ink.line(2, ends, style.edge, style.stroke, style.dash)


def _band(sheet: TextCanvas, mark: Band) -> None:
    style = STYLES[mark.style]
    x0, x1, y0, y1 = sheet.x(mark.start), sheet.x(mark.end), sheet.y(mark), _foot(sheet, mark)
    sheet.ink.face(1, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)), style.fill)


def _cut(sheet: TextCanvas, mark: AxisBreak) -> None:
    style, y, half = STYLES[mark.style], sheet.y(mark), mark.height / 2
    x0, x1, slant = sheet.x(mark.start), sheet.x(mark.end), 0.35
    left = ((x0 - slant, y + half), (x0 + slant, y - half))
    right = ((x1 - slant, y + half), (x1 + slant, y - half))
    sheet.ink.face(6, (*left, *reversed(right)), WHITE)
    for stroke in (left, right):
        sheet.ink.line(6, stroke, style.edge, style.stroke)


def _divide(sheet: TextCanvas, mark: Separator) -> None:
    style, y = STYLES[mark.style], sheet.y(mark)
    sheet.ink.line(2, ((mark.left, y), (mark.right, y)), style.edge, style.stroke)


def _track(sheet: TextCanvas, mark: Polyline) -> None:
    style, top = STYLES[mark.style], sheet.y(mark)
    points = [(sheet.x(day), top + down) for day, down in mark.points]
    sheet.ink.line(5, points, style.edge, style.stroke, style.dash)


def _area(sheet: TextCanvas, mark: Area) -> None:
    top = sheet.y(mark)
    corners = [(sheet.x(day), top + down) for day, down in mark.points]
    sheet.ink.face(1, corners, STYLES[mark.style].fill)


def _box(sheet: TextCanvas, mark: DiagramBox) -> None:
    style, y = STYLES[mark.style], sheet.y(mark)
    look = STYLES[mark.look] if mark.look else style
    x0, x1, half = sheet.x(mark.left), sheet.x(mark.right), mark.height / 2
    corner = half if style.shape in ("round", "disc") else 0.8
    for inset in (0.0, 0.6) if style.shape == "double" else (0.0,):
        edges = (x0 + inset, y - half + inset, x1 - inset, y + half - inset)
        row = style if inset else look
        ring = outline(edges, corner - inset)
        sheet.ink.face(mark.depth, ring, style.fill, row.edge, row.stroke, row.dash)


def _link(sheet: TextCanvas, mark: DiagramLink) -> None:
    style, top = STYLES[mark.style], sheet.top + sheet.tops[mark.row]
    points = tuple((sheet.x(at), top + down) for at, down in mark.points)
    line, head = headed(points, 1.7, 0.75)
    sheet.ink.line(1, line, style.edge, style.stroke, style.dash)
    sheet.ink.face(2, head, style.edge)


def _label(sheet: TextCanvas, mark: Label) -> None:
    x = mark.shift + (sheet.x(mark.at) if mark.at is not None else 0.0)
    sheet.write(x, sheet.y(mark), mark.text, mark.align, mark.size, bold=mark.bold)


def _axis(sheet: TextCanvas, axis: Axis) -> None:
    scene = sheet.scene
    y = sheet.top + sheet.tops[axis.row] + axis.down
    way = -1 if axis.plain else 1
    if not axis.plain:
        sheet.ink.line(5, ((scene.frame.left, y), (scene.frame.right, y)), INK, 0.6)
    for tick in axis.ticks:
        _tick(sheet, tick, y, way)
    parted = not (axis.plain or axis.is_mute)  # else the ticks part the captions
    for low, high, text in axis.captions:
        middle = (sheet.x(low) + sheet.x(high)) / 2
        down = -2.0 if axis.plain else 6.2 if parted else 3.0
        sheet.write(middle, y + down, text, "centre", SMALL)
        for x in (sheet.x(low), sheet.x(high)) if parted else ():
            sheet.ink.line(5, ((x, y + 4.8), (x, y + 7.4)), QUIET, 0.4)
    if axis.title:
        middle = (scene.frame.left + scene.frame.right) / 2
        sheet.write(middle, y + 6.2, axis.title, "centre", SMALL)


def _tick(sheet: TextCanvas, tick: Tick, y: float, way: int) -> None:
    x = sheet.x(tick.at)
    sheet.ink.line(5, ((x, y), (x, y + way * tick.length)), INK, 0.5)
    if tick.text:
        sheet.write(x, y + 3.0, tick.text, "centre", SMALL)


_DRAWN: dict[type[Mark], Callable[[TextCanvas, Any], None]] = {
    Bar: _bar,
    RangeMark: _reach,
    Marker: _sign,
    Arrow: _arrow,
    VerticalLine: _rule,
    Band: _band,
    AxisBreak: _cut,
    Separator: _divide,
    Polyline: _track,
    Area: _area,
    DiagramBox: _box,
    DiagramLink: _link,
    Label: _label,
}
