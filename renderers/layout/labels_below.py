"""Signs on one line, each with its word below it; a word without room hangs lower on a leader."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.layout.labels_beside import LabelledItem, extent
from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.scene import Frame, Label, Mark, Marker, VerticalLine

_SIGN = 3.2  # millimetres of the line of signs, with the brackets of their dates
_PITCH = 2.6  # millimetres between lines of words
_APART = 1.6  # millimetres between words
_HALF = 1.15  # millimetres from the middle of a sign to its edge
_CLEAR = 0.7  # millimetres between a leader and a word


@attrs.define
class _Words:
    """Lines of words below one line of signs, and the leaders that pass through them."""

    signs: list[float]  # millimetres of the signs above them
    lines: list[list[Stretch]] = attrs.Factory(list)
    leaders: list[tuple[float, int]] = attrs.Factory(list)  # millimetre, lines passed

    def covered(self, stretch: Stretch) -> int:
        """How many signs a word would lie below, its own among them."""
        low, high = stretch
        return sum(low - _CLEAR < x < high + _CLEAR for x in self.signs)

    def hang(self, x: float, stretches: Sequence[Stretch]) -> tuple[int, Stretch] | None:
        """The first line with room for a word and its leader, and where on it; None: no room."""
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
    items: Sequence[LabelledItem], frame: Frame, limit: float, pitch: float = _SIGN
) -> tuple[tuple[Mark, ...], float]:
    """The marks of all items with their first words below them, and the height they need.

    A sign that would touch another, or the range of its date, goes to a line of its own, and so
    does one whose word finds no room; no sign leaves its day. ``pitch`` is the height of a line
    of signs. Millimetres.
    """
    left, marks, top = list(items), list[Mark](), 0.0
    while left:
        beside = _beside([extent(item.marks, frame) for item in left])
        first = [item for item, fits in zip(left, beside, strict=True) if fits]
        hanging, lines = _hang_all(first, frame, limit, top + pitch)
        for item, word in zip(first, hanging, strict=True):
            signs = () if word is None else item.marks
            marks += [*(mark.shifted(top + pitch / 2) for mark in signs), *(word or ())]
        found = {id(item) for item, word in zip(first, hanging, strict=True) if word is not None}
        left = [item for item in left if id(item) not in found]
        top += pitch + lines * _PITCH
    return tuple(marks), top


def _hang_all(
    items: Sequence[LabelledItem], frame: Frame, limit: float, top: float
) -> tuple[list[list[Mark] | None], int]:
    """The word of each item (None: no room) and how many lines they take.

    They are hung in the order that leaves the fewest without room: as they stand, the shortest
    first, or those first that reach below the fewest other signs.
    """
    signs = [_x(item, frame) for item in items]

    def width(number: int) -> float:
        return items[number].words[0].width if items[number].words else 0.0

    def reach(number: int) -> int:
        item = items[number]
        return _Words(signs).covered(_below(item, frame, limit)[0]) if item.words else 0

    def attempt(order: Sequence[int]) -> tuple[list[list[Mark] | None], int]:
        words = _Words(signs)
        found = {n: _hang(items[n], words, frame, limit, top) for n in order}
        return [found[n] for n in range(len(items))], len(words.lines)

    numbers = range(len(items))
    orders = (sorted(numbers, key=reach), sorted(numbers, key=width), list(numbers))
    return min(map(attempt, orders), key=lambda made: (made[0].count(None), made[1]))


def _beside(extents: list[Stretch]) -> list[bool]:
    """Which signs share the first line: the surest of their day before the vague."""
    surest = sorted(range(len(extents)), key=lambda n: extents[n][1] - extents[n][0])
    found = pack_levels([[extents[n]] for n in surest], _CLEAR)
    line_of = {n: line for n, (line, _) in zip(surest, found, strict=True)}
    return [line_of[n] == 0 for n in range(len(extents))]


def _hang(
    item: LabelledItem, words: _Words, frame: Frame, limit: float, top: float
) -> list[Mark] | None:
    """The word of an item below ``top``, with a leader where it hangs low; None: no room."""
    if not item.words:
        return []
    said = item.words[0]
    found = words.hang(_x(item, frame), _below(item, frame, limit))
    if found is None:
        return None
    line, stretch = found
    y = top + (line + 0.5) * _PITCH
    label = Label(
        text=said.text,
        size=said.size,
        bold=said.bold,
        style=said.style,
        tooltip=said.tooltip,
        shift=stretch[0],
        y=y,
    )
    if not line:
        return [label]
    bottom = y - _PITCH / 2
    return [VerticalLine(style="leader", at=_at(item), y=top - 0.3, last=0, bottom=bottom), label]


def _at(item: LabelledItem) -> float:
    return next(mark.at for mark in item.marks if isinstance(mark, Marker))


def _x(item: LabelledItem, frame: Frame) -> float:
    return frame.x(_at(item))


def _below(item: LabelledItem, frame: Frame, limit: float) -> list[Stretch]:
    """Where a word may hang: centred below its sign, or from its one edge to the other side."""
    x, width = _x(item, frame), item.words[0].width
    end = limit if x < limit + width else frame.right  # what lies beyond stays beyond
    lows = (x - width / 2, x + _HALF - width, x - _HALF)
    kept = [max(frame.left, min(low, end - width)) for low in lows]
    return list(dict.fromkeys((low, low + width) for low in kept))
