"""Signs and bars with their words beside them, stacked so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.measure import MM_PER_POINT, width, wrapped
from renderers.pack import Stretch, levels
from renderers.scene import BODY, Arrow, Band, Bar, Frame, Label, Mark, Reach, Rule, Sign

_LEADING = 1.2  # line height over text size
_GAP = 0.9  # millimetres between a thing and its words
_APART = 1.4  # millimetres between neighbours of one level
_EVEN = 1e-6  # what rounding may add to a width
_PAD = 0.3  # millimetres above and below a level


@attrs.frozen
class Words:
    """One line of text beside a thing."""

    text: str
    size: float = BODY
    bold: bool = False

    @property
    def width(self) -> float:
        return width(self.text, self.size, bold=self.bold)

    @property
    def height(self) -> float:
        return self.size * MM_PER_POINT * _LEADING


@attrs.frozen
class Item:
    """Marks centred on ``down`` nought, and the words that belong beside them."""

    marks: tuple[Mark, ...]
    words: tuple[Words, ...] = ()


def extent(marks: Sequence[Mark], frame: Frame) -> Stretch:
    """The millimetres that some marks cover."""
    lows, highs = zip(*(_sides(mark, frame) for mark in marks), strict=True)
    return min(lows), max(highs)


def lowered(mark: Mark, by: float) -> Mark:
    """The mark so many millimetres further down."""
    if isinstance(mark, Rule | Band) and mark.foot:
        return attrs.evolve(mark, down=mark.down + by, foot=mark.foot + by)
    return attrs.evolve(mark, down=mark.down + by)


def _sides(mark: Mark, frame: Frame) -> Stretch:
    match mark:
        case Sign():
            x = frame.x(mark.at) + mark.shift
            return x - mark.size / 2, x + mark.size / 2
        case Bar():
            return frame.x(mark.start), frame.x(mark.end)
        case Reach():
            return frame.x(mark.low), frame.x(mark.high)
        case Arrow():
            return frame.x(mark.at), frame.x(mark.at) + mark.length
        case _:
            raise ValueError(f"no words go beside {type(mark).__name__} (use a sign or a bar)")


def arranged(
    items: Sequence[Item], frame: Frame, limit: float, least: float = 3.05
) -> tuple[tuple[Mark, ...], float]:
    """The marks of all items with their words, and the height they need; both in millimetres.

    Words stand to the right of their thing, or to the left where the right is taken or would
    cross ``limit``; broken over one line more where neither side is wide enough; below it where
    that would not do either.
    """
    offers = [_offer(item, frame, limit) for item in items]
    places = levels([[stretch for _, stretch in sides] for _, sides in offers], _APART)
    chosen = [
        (item, sides[choice][0], level)
        for (item, sides), (level, choice) in zip(offers, places, strict=True)
    ]
    heights = _heights(chosen, least)
    marks: list[Mark] = []
    for item, side, level in chosen:
        marks += _set(item, frame, sum(heights[:level]), heights[level], side)
    return tuple(marks), sum(heights)


def _offer(item: Item, frame: Frame, limit: float) -> tuple[Item, list[tuple[str, Stretch]]]:
    """An item with its words broken as they must be, and the places it may take."""
    low, high = extent(item.marks, frame)
    if not item.words:
        return item, [("left", (low, high))]
    wide = max(words.width for words in item.words)
    sides = _beside(low, high, wide, frame, limit)
    if sides:
        return item, sides
    room = max(limit - high, low - frame.left) - _GAP
    lines = _broken(item.words, room)
    sides = _beside(low, high, max(words.width for words in lines), frame, limit)
    if sides and len(lines) <= len(item.words) + 1:
        return attrs.evolve(item, words=lines), sides
    lines = _broken(item.words, limit - frame.left)
    wide = max(words.width for words in lines)
    left = max(frame.left, min(low, limit - wide))
    return attrs.evolve(item, words=lines), [("below", (min(left, low), max(left + wide, high)))]


def _broken(words: Sequence[Words], room: float) -> tuple[Words, ...]:
    return tuple(
        attrs.evolve(each, text=text)
        for each in words
        for text in wrapped(each.text, each.size, room, bold=each.bold)
    )


def _beside(
    low: float, high: float, wide: float, frame: Frame, limit: float
) -> list[tuple[str, Stretch]]:
    """The sides of a thing that have room for its words."""
    reach = wide + _GAP
    right = ("left", (low, high + reach)) if high + reach <= limit + _EVEN else None
    left = ("right", (low - reach, high)) if low - reach >= frame.left - _EVEN else None
    return [side for side in (right, left) if side]


def _heights(chosen: Sequence[tuple[Item, str, int]], least: float) -> list[float]:
    heights = [least] * (max((level for _, _, level in chosen), default=-1) + 1)
    for item, side, level in chosen:
        needed = sum(words.height for words in item.words) + _PAD
        heights[level] = max(heights[level], needed + (least if side == "below" else 0.0))
    return heights


def _set(item: Item, frame: Frame, top: float, height: float, side: str) -> list[Mark]:
    """The marks and words of an item on a level from ``top``, ``height`` tall."""
    low, high = extent(item.marks, frame)
    tall = sum(words.height for words in item.words)
    middle = top + (height - tall if side == "below" else height) / 2
    x = {"left": high + _GAP, "right": low - _GAP}.get(side, 0.0)
    if side == "below":
        wide = max(words.width for words in item.words)
        x = max(frame.left, min(low, frame.right - wide))
    down = top + (height - tall if side == "below" else (height - tall) / 2)
    placed = [lowered(mark, middle) for mark in item.marks]
    for words in item.words:
        placed.append(
            Label(
                text=words.text,
                size=words.size,
                bold=words.bold,
                shift=x,
                align="right" if side == "right" else "left",
                down=down + words.height / 2,
            )
        )
        down += words.height
    return placed
