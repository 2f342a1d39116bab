"""What each style looks like in a legend, one function a kind of mark."""

from __future__ import annotations

from collections.abc import Callable

from renderers.axes.values import beam
from renderers.scene.diagram_marks import DiagramBox, DiagramLink
from renderers.scene.scene import (
    SMALL,
    Arrow,
    AxisBreak,
    Band,
    Bar,
    Label,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    Separator,
    VerticalLine,
)
from renderers.scene.styles import Kind, Style

SAMPLE = 5.5  # millimetres
_HALF = 1.4  # of the height of an upright sample
_Marks = tuple[Mark, ...]


def sample(style: Style, x: float, down: float, bar: str) -> _Marks:
    """The style on ``SAMPLE`` millimetres from ``x``; ``bar`` is the style of bars it varies."""
    return _SAMPLES.get(style.kind, _line)(style, x, down, bar)


def _sign(style: Style, x: float, down: float, _: str) -> _Marks:
    return (Marker(style=style.name, at=x + SAMPLE / 2, down=down),)


def _bar(style: Style, x: float, down: float, _: str) -> _Marks:
    return (Bar(style=style.name, start=x, end=x + SAMPLE, down=down),)


def _look(style: Style, x: float, down: float, bar: str) -> _Marks:
    return (Bar(style=bar, look=style.name, start=x, end=x + SAMPLE, down=down, open_end=True),)


def _inset(style: Style, x: float, down: float, bar: str) -> _Marks:
    end = x + SAMPLE
    box = Bar(style=bar, start=x, end=end, down=down)
    return box, RangeMark(style=style.name, low=x + 0.6, high=end - 0.6, down=down)


def _box(style: Style, x: float, down: float, _: str) -> _Marks:
    end, middle = x + SAMPLE, x + SAMPLE / 2
    if style.shape == "round":
        number = Label(text="1", size=SMALL, align="centre", shift=middle, down=down)
        left, right = middle - 1.35, middle + 1.35
        return DiagramBox(style=style.name, left=left, right=right, height=2.7, down=down), number
    if style.shape == "disc":
        return (DiagramBox(style=style.name, left=end - 1.9, right=end, height=1.9, down=down),)
    return (DiagramBox(style=style.name, left=x + 0.4, right=end - 0.4, height=2.4, down=down),)


def _link(style: Style, x: float, down: float, _: str) -> _Marks:
    return (DiagramLink(style=style.name, points=((x, down), (x + SAMPLE, down))),)


def _arrow(style: Style, x: float, down: float, _: str) -> _Marks:
    return (Arrow(style=style.name, at=x, length=SAMPLE - 0.5, down=down),)


def _rule(style: Style, x: float, down: float, _: str) -> _Marks:
    top, foot = down - _HALF, down + _HALF
    return (VerticalLine(style=style.name, at=x + SAMPLE / 2, last=0, down=top, foot=foot),)


def _band(style: Style, x: float, down: float, _: str) -> _Marks:
    top, foot = down - _HALF, down + _HALF
    return (Band(style=style.name, start=x, end=x + SAMPLE, last=0, down=top, foot=foot),)


def _reach(style: Style, x: float, down: float, _: str) -> _Marks:
    """The range of a date has caps, and so stands a little lower."""
    capped = style.group == "Dates"
    return (
        RangeMark(
            style=style.name,
            low=x,
            high=x + SAMPLE,
            down=down + (0.4 if capped else 0.0),
            open_low=not capped,
            open_high=not capped,
        ),
    )


def _cut(style: Style, x: float, down: float, bar: str) -> _Marks:
    middle = x + SAMPLE / 2
    box = Bar(style=bar, start=x, end=x + SAMPLE, down=down)
    return box, AxisBreak(
        style=style.name, start=middle - 0.8, end=middle + 0.8, height=3.0, down=down
    )


def _track(style: Style, x: float, down: float, _: str) -> _Marks:
    return (Polyline(style=style.name, points=((x, down), (x + SAMPLE, down))),)


def _upright(style: Style, x: float, down: float, _: str) -> _Marks:
    middle = x + SAMPLE / 2
    return (Polyline(style=style.name, points=beam(middle, down - _HALF, down + _HALF, 0.7)),)


def _line(style: Style, x: float, down: float, _: str) -> _Marks:
    return (Separator(style=style.name, left=x, right=x + SAMPLE, down=down),)


_SAMPLES: dict[Kind, Callable[[Style, float, float, str], _Marks]] = {
    Kind.SIGN: _sign,
    Kind.BAR: _bar,
    Kind.FILL: _bar,
    Kind.LOOK: _look,
    Kind.INSET: _inset,
    Kind.BOX: _box,
    Kind.LINK: _link,
    Kind.ARROW: _arrow,
    Kind.RULE: _rule,
    Kind.BAND: _band,
    Kind.AREA: _band,
    Kind.TRACK: _track,
    Kind.UPRIGHT: _upright,
    Kind.CUT: _cut,
    Kind.REACH: _reach,
    Kind.TRAIL: _reach,
}
