"""What a scene tells of: the marks that tell the same in one row are one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import attrs

from renderers.scene.geometry import Frame
from renderers.scene.mark import Mark
from renderers.scene.scene import Label, Marker, Scene


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
        named = sorted(self.marks, key=lambda mark: not mark.names_item)
        return tuple(dict.fromkeys(name for mark in named for name in mark.styles))

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
    times = [time for mark in marks if (time := mark.time_range(frame))]
    if not times:
        return DataItem(row=row, tooltip=tooltip, marks=marks)
    low, high = min(time.low for time in times), max(time.high for time in times)
    open_low = any(time.open_low for time in times if time.low == low)
    open_high = any(time.open_high for time in times if time.high == high)
    return DataItem(
        row=row,
        tooltip=tooltip,
        marks=marks,
        low=None if open_low else low,
        high=None if open_high else high,
    )
