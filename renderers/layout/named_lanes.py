"""Lanes with their names in the left column: the bars of a lane, and a label next to each bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.layout.labels_beside import LabelledItem, LabelText, extent
from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.scene import Frame, Label, Mark
from renderers.scene.text_metrics import width, wrapped

_LEVEL = 3.05  # millimetres of a level of bars
_LEADING = 2.75  # millimetres from line to line of a text
_GAP = 0.9  # millimetres between a bar and its label
_APART = 1.4  # millimetres between neighbours
_WIDER = 1.6  # times the width of the column that a longer name may take
_AFTER_NAME = 2.0  # millimetres between the name of a lane and its labels
_BETWEEN = 0.25  # millimetres between lanes
_WORDS = 2  # lines of a name that a column is made wide enough for


@attrs.frozen(kw_only=True)
class NamedLane:
    """A lane: its name, and its bars in order of time, each with at most one text."""

    name: str
    items: tuple[LabelledItem, ...]


@attrs.frozen(kw_only=True)
class LaneSpace:
    """Millimetres of the page: names from 0 to ``names``, labels up to ``right``.

    A longer name goes on to the first bar of its lane; the labels of a lane begin next to its
    name, at ``left``. ``size``: of the names, in points.
    """

    names: float
    left: float
    right: float
    size: float


def column_width(names: Sequence[str], size: float, most: float) -> float:
    """The narrowest column in which no word of a name is broken and no name has three lines.

    Args:
        names: the names of the lanes.
        size: of their text, in points.
        most: millimetres that the column has at most; a longer word is then broken.

    Returns:
        Its width in millimetres; 0 without a name.
    """
    words = [width(word, size) for name in names for word in name.split()]
    found = max(words, default=0.0)
    while found < most and any(len(wrapped(name, size, found)) > _WORDS for name in names):
        found += 0.5
    return min(found, most)


def named_lanes(
    lanes: Sequence[NamedLane], frame: Frame, space: LaneSpace
) -> tuple[tuple[Mark, ...], float]:
    """Place lanes from the top; their marks and the height that they need, in millimetres.

    Bars that overlap are on levels of their lane. A label is right of its bar, or left of it, on
    the level of the bar; where neither side is free, it is on a line below the level.
    """
    marks: list[Mark] = []
    top = 0.0
    for lane in lanes:
        first = min(extent(item.marks, frame)[0] for item in lane.items)
        limit = max(space.names, min(first - _AFTER_NAME, _WIDER * space.names))
        names = wrapped(lane.name, space.size, limit)
        named = max(width(text, space.size) for text in names) + _AFTER_NAME
        placed, height = _lane(lane, frame, attrs.evolve(space, left=named))
        for number, text in enumerate(names):
            y = top + _LEVEL / 2 + number * _LEADING
            marks.append(Label(text=text, size=space.size, y=y))
        marks += [mark.shifted(top) for mark in placed]
        top += max(height, _LEVEL + (len(names) - 1) * _LEADING) + _BETWEEN
    return tuple(marks), top


def _lane(lane: NamedLane, frame: Frame, space: LaneSpace) -> tuple[list[Mark], float]:
    extents = [extent(item.marks, frame) for item in lane.items]
    levels = [level for level, _ in pack_levels([[each] for each in extents], 0.0)]
    marks: list[Mark] = []
    top = 0.0
    for number in range(max(levels, default=-1) + 1):
        mine = [n for n, level in enumerate(levels) if level == number]
        level = [(lane.items[n], extents[n]) for n in sorted(mine, key=lambda n: extents[n])]
        placed, height = _level(level, space)
        marks += [mark.shifted(top) for mark in placed]
        top += height
    return marks, top


def _level(
    items: Sequence[tuple[LabelledItem, Stretch]], space: LaneSpace
) -> tuple[list[Mark], float]:
    """The bars of one level with their labels, and its height."""
    marks: list[Mark] = []
    taken = [stretch for _, stretch in items]
    below: list[tuple[LabelText, Stretch]] = []
    for item, stretch in items:
        marks += [mark.shifted(_LEVEL / 2) for mark in item.marks]
        for text in item.words[:1]:
            place = _beside(text, stretch, taken, space)
            if place is None:
                below.append((text, stretch))
                continue
            taken.append(place)
            is_left = place[1] <= stretch[0]
            x, align = (place[1], "right") if is_left else (place[0], "left")
            marks.append(attrs.evolve(_label(text, text.text, x, _LEVEL / 2), align=align))
    rows = list(_rows_below(below, space))
    marks += [
        _label(text, line, x, _LEVEL + (n + 0.5) * _LEADING)
        for n, row in enumerate(rows)
        for text, line, x in row
    ]
    return marks, _LEVEL + len(rows) * _LEADING


def _beside(
    text: LabelText, bar: Stretch, taken: Sequence[Stretch], space: LaneSpace
) -> Stretch | None:
    """The free stretch at a side of a bar that holds its label; None where there is none."""
    low, high = bar
    for start in (high + _GAP, low - _GAP - text.width):
        end = start + text.width
        if start < space.left - 1e-6 or end > space.right + 1e-6:
            continue
        others = (each for each in taken if each is not bar)
        if all(end + _APART <= a or b + _APART <= start for a, b in others):
            return start, end
    return None


_Row = list[tuple[LabelText, str, float]]  # the label, its line, and where it begins


def _rows_below(below: Sequence[tuple[LabelText, Stretch]], space: LaneSpace) -> Iterator[_Row]:
    """Lines of labels below a level: several on one line where they are apart."""
    row: _Row = []
    free = space.left
    for text, (low, _) in below:
        lines = wrapped(text.text, text.size, space.right - space.left, bold=text.bold)
        longest = max(width(line, text.size, bold=text.bold) for line in lines)
        start = max(space.left, min(low, space.right - longest))
        if row and (start < free or len(lines) > 1):
            yield row
            row = []
        *most, last = lines
        yield from ([(text, line, start)] for line in most)
        row.append((text, last, start))
        free = start + width(last, text.size, bold=text.bold) + _APART
    if row:
        yield row


def _label(text: LabelText, line: str, x: float, y: float) -> Label:
    return Label(
        text=line, size=text.size, bold=text.bold, style=text.style, tooltip=text.tooltip,
        shift=x, y=y,
    )  # fmt: skip
