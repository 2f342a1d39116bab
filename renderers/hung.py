"""Signs on one line, each with its word below it; a word without room hangs lower on a leader."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.inline import Item, Words, extent, lowered
from renderers.pack import Stretch, levels
from renderers.scene import Frame, Label, Mark, Rule, Sign

_SIGN = 3.4  # millimetres of the line of signs, with the brackets of their dates
_PITCH = 2.6  # millimetres between lines of words
_APART = 1.6  # millimetres between words
_CLEAR = 0.7  # millimetres between a leader and a word


@attrs.define
class _Words:
    """Lines of words below one line of signs, and the leaders that pass through them."""

    lines: list[list[Stretch]] = attrs.Factory(list)
    leaders: list[tuple[float, int]] = attrs.Factory(list)  # millimetre, lines passed

    def hang(self, x: float, stretch: Stretch) -> int | None:
        """The first line with room for a word and for its leader, or None if there is none."""
        line = next((n for n in range(len(self.lines) + 1) if self._free(n, x, stretch)), None)
        if line is None:
            return None
        self.lines += [[] for _ in range(line + 1 - len(self.lines))]
        self.lines[line].append(stretch)
        self.leaders.append((x, line))
        return line

    def _free(self, line: int, x: float, stretch: Stretch) -> bool:
        low, high = stretch
        there = self.lines[line] if line < len(self.lines) else []
        above = [word for words in self.lines[:line] for word in words]
        return (
            all(high + _APART <= a or b + _APART <= low for a, b in there)
            and not any(a - _CLEAR < x < b + _CLEAR for a, b in above)
            and not any(low - _CLEAR < at < high + _CLEAR for at, n in self.leaders if n > line)
        )


def hung(
    items: Sequence[Item], frame: Frame, limit: float, pitch: float = _SIGN
) -> tuple[tuple[Mark, ...], float]:
    """The marks of all items with their first words below them, and the height they need.

    A sign that would touch another, or the range of its date, goes to a line of its own, and so
    does one whose word finds no room; no sign leaves its day. ``pitch`` is the height of a line
    of signs. Millimetres.
    """
    left, marks, top = list(items), list[Mark](), 0.0
    while left:
        words, later = _Words(), list[Item]()
        beside = _beside([extent(item.marks, frame) for item in left])
        for item, fits in zip(left, beside, strict=True):
            word = _hang(item, words, frame, limit, top + pitch) if fits else None
            if word is None:
                later.append(item)
            else:
                marks += [*(lowered(mark, top + pitch / 2) for mark in item.marks), *word]
        left, top = later, top + pitch + len(words.lines) * _PITCH
    return tuple(marks), top


def _beside(extents: list[Stretch]) -> list[bool]:
    """Which signs share the first line: the surest of their day before the vague."""
    surest = sorted(range(len(extents)), key=lambda n: extents[n][1] - extents[n][0])
    found = levels([[extents[n]] for n in surest], _CLEAR)
    line_of = {n: line for n, (line, _) in zip(surest, found, strict=True)}
    return [line_of[n] == 0 for n in range(len(extents))]


def _hang(item: Item, words: _Words, frame: Frame, limit: float, top: float) -> list[Mark] | None:
    """The word of an item below ``top``, with a leader where it hangs low; None: no room."""
    if not item.words:
        return []
    sign = next(mark for mark in item.marks if isinstance(mark, Sign))
    said = item.words[0]
    x = frame.x(sign.at)
    stretch = _below(x, said, frame, limit)
    line = words.hang(x, stretch)
    if line is None:
        return None
    down = top + (line + 0.5) * _PITCH
    label = Label(text=said.text, size=said.size, bold=said.bold, shift=stretch[0], down=down)
    if not line:
        return [label]
    foot = down - _PITCH / 2
    return [Rule(style="leader", at=sign.at, down=top - 0.3, last=0, foot=foot), label]


def _below(x: float, said: Words, frame: Frame, limit: float) -> Stretch:
    """Centred below its sign, or as near to that as the page and the limit let it."""
    end = limit if x < limit + said.width else frame.right  # what lies beyond stays beyond
    low = max(frame.left, min(x - said.width / 2, end - said.width))
    return low, low + said.width
