"""Markers and bars with labels next to them, stacked so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from renderers.layout.packing import Stretch, pack_levels
from renderers.scene.scene import BODY, Frame, Label, Mark
from renderers.scene.text_metrics import MM_PER_POINT, width, wrapped
from timeline.core.frozen_class import frozen

_LEADING = 1.2  # line height over text size
_GAP = 0.9  # millimetres between a mark and its label
_APART = 1.4  # millimetres between neighbours of one level
_EVEN = 1e-6  # what rounding may add to a width
_PAD = 0.3  # millimetres above and below a level


@frozen
class LabelText:
    """One line of text next to a mark, which may have its style and its tooltip."""

    text: str
    size: float = BODY
    bold: bool = False
    style: str = ""
    tooltip: str = ""

    @property
    def width(self) -> float:
        return width(self.text, self.size, bold=self.bold)

    @property
    def height(self) -> float:
        return self.size * MM_PER_POINT * _LEADING


@frozen
class LabelledItem:
    """Marks centred on ``y`` = 0, and the lines of text next to them.

    ``rank``: of two date ranges that would touch, that of the lower number stays on the first line.
    """

    marks: tuple[Mark, ...]
    words: tuple[LabelText, ...] = ()
    rank: int = 0


def extent(marks: Sequence[Mark], frame: Frame) -> Stretch:
    """The millimetres that some marks cover."""
    boxes = [mark.extent(frame) for mark in marks]
    return min(box.left for box in boxes), max(box.right for box in boxes)


@frozen
class LabelSpace:
    """Where the labels of a section may be: from ``left`` to ``right`` millimetres of the page.

    ``reserved``: stretches of the first level that hold the name of the section.
    ``in_order``: no item is above an earlier one.
    """

    left: float
    right: float
    reserved: tuple[Stretch, ...] = ()
    in_order: bool = False


@frozen
class _Place:
    """One place for a label: its alignment, its start, and what it covers with its mark."""

    align: str
    x: float
    stretch: Stretch
    is_below: bool = False


def labels_beside(
    items: Sequence[LabelledItem],
    frame: Frame,
    limit: float,
    least: float = 3.05,
    space: LabelSpace | None = None,
) -> tuple[tuple[Mark, ...], float]:
    """Place all items with their labels; their marks and the height they need, in millimetres.

    A label is to the right of its mark, or to the left where the right is occupied or would
    cross ``limit``. It is broken over more lines where neither side is wide enough, and is below
    its mark where that needs no more height. ``space`` replaces the left edge of the frame and
    ``limit``.
    """
    space = space or LabelSpace(frame.left, limit)
    offers = [_offer(item, frame, space) for item in items]
    choices = [[place.stretch for place in places] for _, places in offers]
    found = pack_levels(choices, _APART, space.reserved, in_order=space.in_order)
    chosen = [
        (item, places[choice], level)
        for (item, places), (level, choice) in zip(offers, found, strict=True)
    ]
    heights = _heights(chosen, least)
    marks: list[Mark] = []
    for item, place, level in chosen:
        marks += _set(item, sum(heights[:level]), heights[level], place)
    return tuple(marks), sum(heights)


def _offer(
    item: LabelledItem, frame: Frame, space: LabelSpace
) -> tuple[LabelledItem, list[_Place]]:
    """An item with its text in lines, and its possible places."""
    low, high = extent(item.marks, frame)
    if not item.words:
        return item, [_Place("left", high, (low, high))]
    places = _side_places(low, high, item.words, space)
    if places:
        return item, places
    lines = _broken(item.words, max(space.right - high, low - space.left) - _GAP)
    under = _broken(item.words, space.right - space.left)
    places = _side_places(low, high, lines, space)
    if places and len(lines) <= len(under) + 1:
        return attrs.evolve(item, words=lines), places
    width = max(words.width for words in under)
    left = max(space.left, min(low, space.right - width))
    stretch = (min(left, low), max(left + width, high))
    return attrs.evolve(item, words=under), [_Place("left", left, stretch, is_below=True)]


def _broken(words: Sequence[LabelText], limit: float) -> tuple[LabelText, ...]:
    return tuple(
        attrs.evolve(each, text=text)
        for each in words
        for text in wrapped(each.text, each.size, limit, bold=each.bold)
    )


def _side_places(
    low: float, high: float, words: Sequence[LabelText], space: LabelSpace
) -> list[_Place]:
    """The sides of a mark on which its label fits."""
    reach = max(each.width for each in words) + _GAP
    right = _Place("left", high + _GAP, (low, high + reach))
    left = _Place("right", low - _GAP, (low - reach, high))
    return [
        *([right] if high + reach <= space.right + _EVEN else []),
        *([left] if low - reach >= space.left - _EVEN else []),
    ]


def _heights(chosen: Sequence[tuple[LabelledItem, _Place, int]], least: float) -> list[float]:
    heights = [least] * (max((level for _, _, level in chosen), default=-1) + 1)
    for item, place, level in chosen:
        needed = sum(words.height for words in item.words) + _PAD
        heights[level] = max(heights[level], needed + (least if place.is_below else 0.0))
    return heights


def _set(item: LabelledItem, top: float, height: float, place: _Place) -> list[Mark]:
    """The marks and words of an item on a level from ``top``, ``height`` millimetres high."""
    text_height = sum(words.height for words in item.words)
    middle = top + (height - text_height if place.is_below else height) / 2
    y = top + (height - text_height if place.is_below else (height - text_height) / 2)
    placed = [mark.shifted(middle) for mark in item.marks]
    for words in item.words:
        placed.append(
            Label(
                text=words.text,
                size=words.size,
                bold=words.bold,
                style=words.style,
                tooltip=words.tooltip,
                shift=place.x,
                align=place.align,
                y=y + words.height / 2,
            )
        )
        y += words.height
    return placed
