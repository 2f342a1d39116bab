"""The legend: every style that a scene drew, by its meaning, in the order of the style table."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache

import attrs

from renderers.measure import width, wrapped
from renderers.output.sample import SAMPLE, sample
from renderers.scene import BODY, SMALL, Band, Frame, Label, Mark, Row, Rule, Scene, in_row
from renderers.style import GROUPS, STYLES, Kind, Style
from renderers.words import say, speaking

_CELL = 5.0  # millimetres; an entry takes as many whole cells as it needs
_AFTER = 4.0  # millimetres after the words of an entry, and before them
_MOST_INDENT = 27.0  # millimetres kept for the names of the groups
_PITCH = 3.5  # millimetres between lines
_BETWEEN = 0.5  # millimetres between groups


def entries(scene: Scene) -> tuple[Style, ...]:
    """The style rows that a scene used and that have a name to tell."""
    used = set(scene.styles)
    unknown = used - set(STYLES)
    if unknown:
        raise ValueError(f"no such style: {', '.join(sorted(unknown))} (add a row to STYLES)")
    own = {style: (group, says) for style, group, says in scene.named}
    drawn = (_called(row, *own.get(row.name, ("", ""))) for row in STYLES.values())
    return tuple(row for row in drawn if row.name in used and row.says)


def foot_of(scene: Scene) -> Callable[[Sequence[int]], float]:
    """How tall the legend of a page is, by the rows of the scene that stand on it."""
    held: dict[int, set[str]] = defaultdict(set)
    for mark in scene.marks:
        last = mark.last if isinstance(mark, Rule | Band) else mark.row
        for row in range(mark.row, last + 1):
            held[row].update(_names(mark))
    one = {name: mark for mark in scene.marks for name in _names(mark)}

    @cache
    def tall(styles: frozenset[str]) -> float:
        return legend(attrs.evolve(scene, marks=tuple(one[name] for name in styles))).height

    def foot(rows: Sequence[int]) -> float:
        return tall(frozenset[str]().union(*(held.get(row, ()) for row in rows)))

    return foot


def _names(mark: Mark) -> tuple[str, ...]:
    return tuple(name for name in (mark.style, mark.look) if name)


def _called(style: Style, group: str, says: str) -> Style:
    """The style under the words that a scene has for it, where it has any."""
    return attrs.evolve(style, group=group, says=says) if says else style


def legend(scene: Scene) -> Scene:
    """The legend of a scene as a scene of its own, as wide, measured in millimetres."""
    with speaking(scene.language):
        return _legend(scene)


def words_of(style: Style, scene: Scene) -> str:
    """What an entry says: in the language of the scene, but as they are where they are its own."""
    own = {name for name, _, says in scene.named if says}
    return style.says if style.name in own else say(style.says)


def _legend(scene: Scene) -> Scene:
    rows: list[Row] = [Row("air", 1.5)]
    marks: list[Mark] = []
    bar = next((s for s in scene.styles if STYLES[s].kind is Kind.BAR), "setting")
    for group in GROUPS:
        members = [style for style in entries(scene) if style.group == group]
        if members:
            inside, height = _group(group, members, bar, scene, _indent(scene))
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


def _indent(scene: Scene) -> float:
    """Where the entries begin: below the axis, or right of the longest name of a group."""
    named = (width(say(style.group), BODY, bold=True) for style in entries(scene))
    return min(max(scene.frame.left, *(wide + 2.0 for wide in named), 0.0), _MOST_INDENT)


def _group(
    name: str, members: list[Style], bar: str, scene: Scene, left: float
) -> tuple[list[Mark], float]:
    """The name of a group, and its entries in the cells beside it; a long entry is wrapped."""
    cells = int((scene.width - left) // _CELL)
    room = cells * _CELL - SAMPLE - 1.0
    marks: list[Mark] = [Label(text=say(name), bold=True, size=BODY, down=_PITCH / 2)]
    line, cell, lines = 0, 0, 1
    for style in members:
        said = wrapped(words_of(style, scene), SMALL, room)
        needed = math.ceil((SAMPLE + _AFTER + max(width(each, SMALL) for each in said)) / _CELL)
        if cell and cell + needed > cells:
            line, cell, lines = line + lines, 0, 1
        x, down = left + cell * _CELL, (line + 0.5) * _PITCH
        marks += sample(style, x, down, bar)
        marks += [
            Label(text=each, size=SMALL, shift=x + SAMPLE + 1.0, down=down + n * _PITCH)
            for n, each in enumerate(said)
        ]
        cell, lines = cell + needed, max(lines, len(said))
    return marks, (line + lines) * _PITCH
