"""The legend: every style that a scene drew, by its meaning, in the order of the style table."""

from __future__ import annotations

import math

from renderers.measure import width
from renderers.node import Box, Link
from renderers.scene import (
    BODY,
    SMALL,
    Arrow,
    Band,
    Bar,
    Divide,
    Frame,
    Label,
    Mark,
    Reach,
    Row,
    Rule,
    Scene,
    Sign,
    in_row,
)
from renderers.style import GROUPS, STYLES, Kind, Style

_CELL = 5.0  # millimetres; an entry takes as many whole cells as it needs
_SAMPLE = 5.5  # millimetres of a drawn sample
_PITCH = 3.5  # millimetres between lines
_BETWEEN = 0.5  # millimetres between groups


def entries(scene: Scene) -> tuple[Style, ...]:
    """The style rows that a scene used and that have a name to tell."""
    used = set(scene.styles)
    unknown = used - set(STYLES)
    if unknown:
        raise ValueError(f"no such style: {', '.join(sorted(unknown))} (add a row to STYLES)")
    return tuple(row for row in STYLES.values() if row.name in used and row.says)


def legend(scene: Scene) -> Scene:
    """The legend of a scene as a scene of its own, as wide, measured in millimetres."""
    rows: list[Row] = [Row("air", 1.5)]
    marks: list[Mark] = []
    bar = next((s for s in scene.styles if STYLES[s].kind is Kind.BAR), "setting")
    for group in GROUPS:
        members = [style for style in entries(scene) if style.group == group]
        if members:
            inside, height = _group(group, members, bar, scene)
            marks += [in_row(mark, len(rows)) for mark in inside]
            rows.append(Row(group, height + _BETWEEN))
    wide = scene.width
    return Scene(
        name=f"legend of {scene.name}",
        alt="",
        width=wide,
        frame=Frame(low=0.0, high=wide, left=0.0, right=wide),
        rows=tuple(rows),
        marks=tuple(marks),
    )


def _group(name: str, members: list[Style], bar: str, scene: Scene) -> tuple[list[Mark], float]:
    left = scene.frame.left
    cells = int((scene.width - left) // _CELL)
    marks: list[Mark] = [Label(text=name, bold=True, size=BODY, down=_PITCH / 2)]
    line, cell = 0, 0
    for style in members:
        needed = math.ceil((_SAMPLE + 4.0 + width(style.says, SMALL)) / _CELL)
        if cell and cell + needed > cells:
            line, cell = line + 1, 0
        x, down = left + cell * _CELL, (line + 0.5) * _PITCH
        marks += _sample(style, x, down, bar)
        marks.append(Label(text=style.says, size=SMALL, shift=x + _SAMPLE + 1.0, down=down))
        cell += needed
    return marks, (line + 1) * _PITCH


def _sample(style: Style, x: float, down: float, bar: str) -> list[Mark]:
    """What the style looks like, on ``_SAMPLE`` millimetres from ``x``."""
    end, middle = x + _SAMPLE, x + _SAMPLE / 2
    match style.kind:
        case Kind.SIGN:
            return [Sign(style=style.name, at=middle, down=down)]
        case Kind.BAR:
            return [Bar(style=style.name, start=x, end=end, down=down)]
        case Kind.LOOK:
            return [Bar(style=bar, look=style.name, start=x, end=end, down=down, open_end=True)]
        case Kind.INSET:
            box = Bar(style=bar, start=x, end=end, down=down)
            return [box, Reach(style=style.name, low=x + 0.6, high=end - 0.6, down=down)]
        case Kind.BOX if style.shape == "round":
            number = Label(text="1", size=SMALL, align="centre", shift=middle, down=down)
            left, right = middle - 1.35, middle + 1.35
            return [Box(style=style.name, left=left, right=right, height=2.7, down=down), number]
        case Kind.BOX if style.shape == "disc":
            return [Box(style=style.name, left=end - 1.9, right=end, height=1.9, down=down)]
        case Kind.BOX:
            return [Box(style=style.name, left=x + 0.4, right=end - 0.4, height=2.4, down=down)]
        case Kind.LINK:
            return [Link(style=style.name, points=((x, down), (end, down)))]
        case Kind.ARROW:
            return [Arrow(style=style.name, at=x, length=_SAMPLE - 0.5, down=down)]
        case Kind.RULE:
            return [Rule(style=style.name, at=middle, last=0, down=down - 1.4, foot=down + 1.4)]
        case Kind.BAND:
            return [
                Band(style=style.name, start=x, end=end, last=0, down=down - 1.4, foot=down + 1.4)
            ]
        case Kind.REACH | Kind.TRAIL:
            is_open = style.group != "Dates"
            return [
                Reach(
                    style=style.name,
                    low=x,
                    high=end,
                    down=down + (0.0 if is_open else 0.4),
                    open_low=is_open,
                    open_high=is_open,
                )
            ]
        case _:
            return [Divide(style=style.name, left=x, right=end, down=down)]
