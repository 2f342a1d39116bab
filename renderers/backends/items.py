"""The items of a scene: marks with the same tooltip in one row are one item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from renderers.scene.geometry import Frame
from renderers.scene.mark import Mark
from renderers.scene.scene import Label, Marker, Scene
from timeline.core.frozen_class import frozen


@frozen(kw_only=True)
class DataItem:
    """One item of a figure with all of its marks, its labels included.

    ``low`` and ``high`` are its first and last day, both included; None where that end is open.
    """

    row: int
    tooltip: str
    marks: tuple[Mark, ...]
    low: float | None = None
    high: float | None = None

    @property
    def styles(self) -> tuple[str, ...]:
        """The styles and variants of its marks, each once; that of its marker or bar first."""
        named = sorted(self.marks, key=lambda mark: not mark.names_item)
        return tuple(dict.fromkeys(name for mark in named for name in mark.styles))

    @property
    def text(self) -> str:
        """Its tooltip without the source at its end."""
        return self._parts[0]

    @property
    def source(self) -> str:
        """The source: the place or rule in brackets at the end of the tooltip."""
        return self._parts[1]

    @property
    def _parts(self) -> tuple[str, str]:
        text, bracket, source = self.tooltip.rpartition(" [")
        if bracket and source.endswith("]"):
            return text, source[:-1]
        return self.tooltip, ""


def data_items(scene: Scene) -> tuple[DataItem, ...]:
    """Every item of a scene, in the order of drawing; a label alone is none.

    Events with the same tooltip are distinguished by their markers: one item for each marker.
    """
    found: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in scene.marks:
        if mark.tooltip:
            found[mark.row, mark.tooltip].append(mark)
    return tuple(
        _data_item(row, tooltip, each, scene.frame)
        for (row, tooltip), marks in found.items()
        if not all(isinstance(mark, Label) for mark in marks)
        for each in _split_by_marker(marks)
    )


def _split_by_marker(marks: Sequence[Mark]) -> Iterator[tuple[Mark, ...]]:
    """Split marks with one tooltip into an item for each marker; other marks go to the first."""
    alike: dict[tuple[type[Mark], str], list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        alike[type(mark), mark.style].append(number)
    count = max((len(same) for (kind, _), same in alike.items() if kind is Marker), default=1)
    of = {
        number: n if len(same) == count else 0
        for same in alike.values()
        for n, number in enumerate(same)
    }
    for item in range(count):
        yield tuple(mark for number, mark in enumerate(marks) if of[number] == item)


def _data_item(row: int, tooltip: str, marks: tuple[Mark, ...], frame: Frame) -> DataItem:
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
