"""Markers on one line, each with its label below it, or on a lower line with a leader."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.layout.labels_beside import LabelledItem, extent
from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.scene import Frame, Label, Mark, Marker, RangeMark, VerticalLine

_MARKER_LINE = 3.2  # millimetres of a line of markers, with the ranges of their dates
_PITCH = 2.6  # millimetres between lines of labels
_APART = 1.6  # millimetres between labels
_HALF = 1.15  # millimetres from the middle of a marker to its edge
_CLEAR = 0.7  # millimetres between a leader and a label


@attrs.define
class _LabelLines:
    """Lines of labels below one line of markers, and the leaders that pass through them."""

    markers: list[float]  # x of the markers above them, millimetres
    lines: list[list[Stretch]] = attrs.Factory(list)
    leaders: list[tuple[float, int]] = attrs.Factory(list)  # millimetre, lines passed

    def covered(self, stretch: Stretch) -> int:
        """How many markers a label would be below, its own included."""
        low, high = stretch
        return sum(low - _CLEAR < x < high + _CLEAR for x in self.markers)

    def place(self, x: float, stretches: Sequence[Stretch]) -> tuple[int, Stretch] | None:
        """The first line on which a label and its leader fit, and its place; None: no line."""
        lines = range(len(self.lines) + 1)
        least = min(map(self.covered, stretches))
        fewest = [each for each in stretches if self.covered(each) == least]
        free = ((n, each) for n in lines for each in fewest if self._free(n, x, each))
        found = next(free, None)
        if found:
            line, stretch = found
            self.lines += [[] for _ in range(line + 1 - len(self.lines))]
            self.lines[line].append(stretch)
            self.leaders.append((x, line))
        return found

    def _free(self, line: int, x: float, stretch: Stretch) -> bool:
        low, high = stretch
        there = self.lines[line] if line < len(self.lines) else []
        above = [word for words in self.lines[:line] for word in words]
        return (
            all(high + _APART <= a or b + _APART <= low for a, b in there)
            and not any(a - _CLEAR < x < b + _CLEAR for a, b in above)
            and not any(low - _CLEAR < at < high + _CLEAR for at, n in self.leaders if n > line)
        )


def labels_below(
    items: Sequence[LabelledItem],
    frame: Frame,
    limit: float,
    pitch: float = _MARKER_LINE,
    top: float = 0.0,
) -> tuple[tuple[Mark, ...], float]:
    """Place all items with their first label below them; their marks and the height they need.

    A marker that would touch another, or the range of its date, goes to a further line, and so
    does a marker with a label that does not fit; no marker leaves its day. ``pitch`` is the
    height of a line of markers, ``top`` where the first line begins. All lengths in millimetres.
    """
    left, marks, bottom = list(items), list[Mark](), top
    while left:
        fitting = _on_first_line(left, frame)
        first = [item for item, fits in zip(left, fitting, strict=True) if fits]
        labels, lines = _place_all(first, frame, limit, bottom + pitch)
        for item, word in zip(first, labels, strict=True):
            placed = () if word is None else item.marks
            marks += [*(mark.shifted(bottom + pitch / 2) for mark in placed), *(word or ())]
        found = {id(item) for item, word in zip(first, labels, strict=True) if word is not None}
        left = [item for item in left if id(item) not in found]
        bottom += pitch + lines * _PITCH
    return tuple(marks), bottom - top


def _place_all(
    items: Sequence[LabelledItem], frame: Frame, limit: float, top: float
) -> tuple[list[list[Mark] | None], int]:
    """The label of each item (None: it does not fit) and how many lines they need.

    Of three orders, the one with the fewest labels that do not fit is used: the given order, the
    shortest first, and those first that are below the fewest other markers.
    """
    markers = [_marker_x(item, frame) for item in items]

    def width(number: int) -> float:
        return items[number].words[0].width if items[number].words else 0.0

    def reach(number: int) -> int:
        item = items[number]
        return _LabelLines(markers).covered(_below(item, frame, limit)[0]) if item.words else 0

    def attempt(order: Sequence[int]) -> tuple[list[list[Mark] | None], int]:
        words = _LabelLines(markers)
        found = {n: _place_word(items[n], words, frame, limit, top) for n in order}
        return [found[n] for n in range(len(items))], len(words.lines)

    numbers = range(len(items))
    orders = (sorted(numbers, key=reach), sorted(numbers, key=width), list(numbers))
    return min(map(attempt, orders), key=lambda made: (made[0].count(None), made[1]))


def _on_first_line(items: Sequence[LabelledItem], frame: Frame) -> list[bool]:
    """Which markers share the first line: exact dates first, then ranges by rank and width."""
    extents = [extent(item.marks, frame) for item in items]

    def precedence(number: int) -> tuple[bool, int, float]:
        low, high = extents[number]
        is_ranged = any(isinstance(mark, RangeMark) for mark in items[number].marks)
        return is_ranged, items[number].rank if is_ranged else 0, high - low

    order = sorted(range(len(items)), key=precedence)
    found = pack_levels([[extents[n]] for n in order], _CLEAR)
    line_of = {n: line for n, (line, _) in zip(order, found, strict=True)}
    return [line_of[n] == 0 for n in range(len(items))]


def _place_word(
    item: LabelledItem, words: _LabelLines, frame: Frame, limit: float, top: float
) -> list[Mark] | None:
    """The label of an item below ``top``, on a lower line with a leader; None: no line."""
    if not item.words:
        return []
    text = item.words[0]
    found = words.place(_marker_x(item, frame), _below(item, frame, limit))
    if found is None:
        return None
    line, stretch = found
    y = top + (line + 0.5) * _PITCH
    label = Label(
        text=text.text,
        size=text.size,
        bold=text.bold,
        style=text.style,
        tooltip=text.tooltip,
        shift=stretch[0],
        y=y,
    )
    if not line:
        return [label]
    bottom = y - _PITCH / 2
    return [
        VerticalLine(style="leader", at=_marker_day(item), y=top - 0.3, last=0, bottom=bottom),
        label,
    ]


def _marker_day(item: LabelledItem) -> float:
    return next(mark.at for mark in item.marks if isinstance(mark, Marker))


def _marker_x(item: LabelledItem, frame: Frame) -> float:
    return frame.x(_marker_day(item))


def _below(item: LabelledItem, frame: Frame, limit: float) -> list[Stretch]:
    """Where a label may be: centred below its marker, or aligned with either edge of it."""
    x, width = _marker_x(item, frame), item.words[0].width
    end = limit if x < limit + width else frame.right  # what lies beyond stays beyond
    lows = (x - width / 2, x + _HALF - width, x - _HALF)
    lefts = [max(frame.left, min(low, end - width)) for low in lows]
    return list(dict.fromkeys((low, low + width) for low in lefts))
