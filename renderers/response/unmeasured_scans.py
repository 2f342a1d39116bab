"""Scans of a spider with a response category and no measurements: below the plot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from renderers.response.trajectory import Point, Trajectory
from renderers.scene.scene import SMALL, Frame, Label, Mark, Marker, RangeMark, Row
from renderers.scene.text_metrics import width
from renderers.text.translation import translate, translate_count
from timeline.terminology.criteria import PRIMARY, PROGRESSIONS
from timeline.terminology.response_codes import Code

TITLE = "Reported without measurements"
_BELOW = "Below the plot: response categories reported without measurements."
_BELOW_FIRST = (
    "Below the plot: the first progression of each patient that was reported without measurements."
)
_HEAD, _ROW = 5.0, 3.6  # millimetres
_PATIENTS = ("{number} patient", "{number} patients")
_NEW = 1.6  # of the marker of a new lesion
_GAP = 0.4
_NAMED = 16  # patients with a row each; more of them share one
NOT_EVALUABLE = PRIMARY.words[Code.NE]  # every criterion spells it so


@attrs.frozen
class UnmeasuredScan:
    """The scans of a patient with a status and no measurements; without a name, of many."""

    name: str
    points: tuple[Point, ...]

    @property
    def words(self) -> str:
        """The name of the patient, or how many patients there are."""
        return self.name or translate_count(*_PATIENTS, len(self.points))


def unmeasured_scans(threads: Sequence[Trajectory]) -> tuple[UnmeasuredScan, ...]:
    """A row for each patient who has any; where they are many, the progressions of all in one."""
    found = [(each.name, tuple(p for p in each.points if _is_unmeasured(p))) for each in threads]
    rows = tuple(UnmeasuredScan(name, points) for name, points in found if points)
    if len(rows) <= _NAMED:
        return rows
    turns = [next((p for p in row.points if p.style in PROGRESSIONS), None) for row in rows]
    drawn = tuple(point for point in turns if point is not None)
    return (UnmeasuredScan("", drawn),) if drawn else ()


def sentence_below(threads: Sequence[Trajectory]) -> str:
    """The sentence on what is drawn below the plot; none where nothing is."""
    rows = unmeasured_scans(threads)
    if not rows:
        return ""
    return translate(_BELOW if rows[0].name else _BELOW_FIRST)


def _is_unmeasured(point: Point) -> bool:
    """Whether a scan has a category and no measurements; one that was not evaluable has neither."""
    return point.change is None and point.style not in ("", NOT_EVALUABLE)


def markers_below(
    rows: Sequence[UnmeasuredScan], frame: Frame, size: float, *, named: bool
) -> Iterator[tuple[Row, list[Mark]]]:
    """The heading, and a row for each patient; with names where the figure has several."""
    if not rows:
        return
    title = Label(text=translate(TITLE), size=SMALL, shift=frame.left + 0.8, y=_HEAD - 1.6)
    yield Row("no size", _HEAD), [title]
    for row in rows:
        marks = [mark for point in row.points for mark in _scan(point, size)]
        if named:
            marks.append(_name(row, frame, size))
        yield Row(f"no size, {row.name or 'all patients'}", _ROW), marks


def _scan(point: Point, size: float) -> Iterator[Mark]:
    """The marker of a status over the range of its time, next to it that of a new lesion."""
    y = _ROW / 2
    if not point.time.is_point:
        low, high = float(point.time.low), float(point.time.high)
        yield RangeMark(style="range", low=low, high=high, y=y, tooltip=point.tooltip)
    yield Marker(style=point.style, at=point.at, y=y, size=size, tooltip=point.tooltip)
    for place, sign in enumerate(point.signs):
        shift = size / 2 + _NEW / 2 + _GAP + place * (_NEW + _GAP)
        yield Marker(style=sign, at=point.at, shift=shift, y=y, size=_NEW, tooltip=point.tooltip)


def _name(row: UnmeasuredScan, frame: Frame, size: float) -> Label:
    """Who it is: right of the last marker, or left of the first where the page ends."""
    first, last = (pick(point.at for point in row.points) for pick in (min, max))
    text = row.words
    signs = max(1, *(len(point.signs) for point in row.points))
    right = frame.x(last) + size / 2 + signs * (_NEW + _GAP) + 2 * _GAP
    if right + width(text, SMALL) <= frame.right:
        return Label(text=text, size=SMALL, shift=right, y=_ROW / 2)
    left = frame.x(first) - size / 2 - 2 * _GAP - width(text, SMALL)
    return Label(text=text, size=SMALL, shift=max(left, 0.0), y=_ROW / 2)
