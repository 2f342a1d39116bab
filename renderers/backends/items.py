"""What a scene tells of: the marks that tell the same in one row are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.scene.scene import (
    Arrow,
    Band,
    Bar,
    Frame,
    Label,
    Mark,
    Marker,
    Polyline,
    RangeMark,
    Scene,
    VerticalLine,
)

_AIR = 1.0  # millimetres that a sign may lie beyond the axis
Ends = tuple[float, float, bool, bool]  # first and last day, and whether each end is open


@attrs.frozen(kw_only=True)
class DataItem:
    """One thing of a figure with all of its marks, its words among them.

    ``low`` and ``high`` are its first and last day, both included; None where that end is open.
    """

    row: int
    tooltip: str
    marks: tuple[Mark, ...]
    low: float | None = None
    high: float | None = None

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles and looks of its marks, each once; that of its sign or bar first."""
        named = sorted(self.marks, key=lambda mark: not isinstance(mark, Marker | Bar))
        used = [name for mark in named for name in (mark.style, mark.look) if name]
        return tuple(dict.fromkeys(used))

    @property
    def text(self) -> str:
        """What it tells, without the source at its end."""
        return self._parts[0]

    @property
    def source(self) -> str:
        """The place or rule that it names in brackets at its end."""
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        text, bracket, source = self.tooltip.rpartition(" [")
        if bracket and source.endswith("]"):
            return text, source[:-1]
        return self.tooltip, ""


def data_items(scene: Scene) -> tuple[DataItem, ...]:
    """Every thing that a scene tells of, in the order of drawing; words alone are none.

    Events that are alike in every word are told apart by their signs: as many things as signs.
    """
    found: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in scene.marks:
        if mark.tooltip:
            found[mark.row, mark.tooltip].append(mark)
    return tuple(
        _thing(row, tooltip, each, scene.frame)
        for (row, tooltip), marks in found.items()
        if not all(isinstance(mark, Label) for mark in marks)
        for each in _each(marks)
    )


def _each(marks: Sequence[Mark]) -> Iterator[tuple[Mark, ...]]:
    """The marks of each of some things told alike; what is not drawn for each is the first's."""
    alike: dict[tuple[type[Mark], str], list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        alike[type(mark), mark.style].append(number)
    count = max((len(same) for (kind, _), same in alike.items() if kind is Marker), default=1)
    of = {
        number: n if len(same) == count else 0
        for same in alike.values()
        for n, number in enumerate(same)
    }
    for thing in range(count):
        yield tuple(mark for number, mark in enumerate(marks) if of[number] == thing)


def _thing(row: int, tooltip: str, marks: tuple[Mark, ...], frame: Frame) -> DataItem:
    ends = [each for mark in marks if _on_axis(mark, frame) for each in _ends(mark)]
    if not ends:
        return DataItem(row=row, tooltip=tooltip, marks=marks)
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    open_low = any(end[2] for end in ends if end[0] == low)
    open_high = any(end[3] for end in ends if end[1] == high)
    return DataItem(
        row=row,
        tooltip=tooltip,
        marks=marks,
        low=None if open_low else low,
        high=None if open_high else high,
    )


def _on_axis(mark: Mark, frame: Frame) -> bool:
    """Whether a mark stands at its time: a sign in a column beside the axis does not."""
    if not isinstance(mark, Marker):
        return True
    return frame.left - _AIR <= frame.x(mark.at) + mark.shift <= frame.right + _AIR


def _ends(mark: Mark) -> Iterator[Ends]:
    match mark:
        case Marker() | VerticalLine():
            yield mark.at, mark.at, False, False
        case Bar():
            yield mark.start, mark.end, mark.open_start, mark.open_end
        case RangeMark():
            yield mark.low, mark.high, mark.open_low, mark.open_high
        case Band():
            yield mark.start, mark.end, False, False
        case Arrow():
            yield mark.at, mark.at, False, True
        case Polyline():
            days = [day for day, _ in mark.points]
            yield min(days), max(days), False, False
