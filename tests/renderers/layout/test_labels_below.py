"""Which marker stays at its bar where two ranges of dates would touch."""

import pytest

from renderers.layout.date_ranges import DateRange, marker_with_range
from renderers.layout.labels_below import labels_below
from renderers.layout.labels_beside import LabelledItem
from renderers.scene.scene import Frame, Marker

FRAME = Frame(low=0.0, high=100.0, left=0.0, right=100.0)


@pytest.mark.parametrize(
    ("ranges", "ranks", "first"),
    [
        pytest.param([(40, 55), (45, 62)], [1, 0], 1, id="the lower rank, though it is wider"),
        pytest.param([(40, 60), (45, 62)], [0, 0], 1, id="of one rank the narrower"),
        pytest.param([(50, 50), (40, 60)], [1, 0], 0, id="an exact date before any range"),
    ],
)
def test_the_marker_on_the_first_line(ranges, ranks, first):
    items = [
        LabelledItem(marker_with_range(DateRange(low=low, high=high), "scan"), rank=rank)
        for (low, high), rank in zip(ranges, ranks, strict=True)
    ]
    marks, _ = labels_below(items, FRAME, FRAME.right)
    markers = [mark for mark in marks if isinstance(mark, Marker)]
    days = [(low + high) / 2 for low, high in ranges]
    assert min(markers, key=lambda mark: mark.y).at == days[first]
    assert len({mark.y for mark in markers}) == 2
