"""The tables around survival curves: the key above them, and who was at risk below them.

The table below is that of KMunicate (Morris 2019, BMJ Open 9:e030215): numbers at risk, and
censored and events before each tick, so that the three add up to the patients of the curve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

import attrs

from renderers.axes.elapsed import ElapsedAxis
from renderers.axes.values import ValueAxis
from renderers.scene.journals import Page
from renderers.scene.scene import SMALL, Frame, Label, Mark, Polyline, Row
from renderers.scene.text_metrics import width, wrapped
from renderers.survival.groups import Group
from renderers.text.translation import translate
from timeline.core.span import Span
from timeline.statistics.survival.kaplan_meier_bounds import Counts, counts

PITCH = 2.8  # millimetres between lines
SAMPLE = 7.0  # of the dash of a curve in the key
_AFTER = 2.0  # between columns
_NAMES = 9.0  # of the names of the curves in the key, at the least
ROWS: tuple[tuple[str, Callable[[Counts], Span]], ...] = (
    ("At risk", lambda found: found.at_risk),
    ("Censored", lambda found: found.censored),
    ("Events", lambda found: found.events),
)


@attrs.frozen
class RowBlock:
    """A row of the page with its marks, which are in row 0 until it is placed.

    ``scale``: the upright one, of the row with the curves.
    """

    row: Row
    marks: tuple[Mark, ...]
    scale: ValueAxis | None = None


def style_of(number: int) -> str:
    """The style of a curve by its number."""
    return f"curve {number + 1}"


def gutter(groups: Sequence[Group]) -> float:
    """Millimetres left of the plot: the names of the rows, and half of the first number."""
    names = max(width(translate(name), SMALL) for name, _ in ROWS)
    return names + widest(groups) / 2 + 1.5


def widest(groups: Sequence[Group]) -> float:
    """Millimetres of the widest number that the table below may hold."""
    return max(
        width(f"{group.size}" if group.is_exact else f"{group.size}–{group.size}", SMALL)
        for group in groups
    )


def at_risk(groups: Sequence[Group], count: ElapsedAxis, frame: Frame) -> Iterator[RowBlock]:
    """A block for each curve: its name where there are several, and three rows of numbers."""
    for number, group in enumerate(groups):
        marks: list[Mark] = []
        if len(groups) > 1:
            marks += _named(group, number, frame)
        lines = len(marks) > 0
        for place, (name, of) in enumerate(ROWS):
            y = (place + lines + 0.5) * PITCH
            marks.append(Label(text=translate(name), size=SMALL, y=y))
            marks += (
                _cell(time, of(counts(group.observed, Fraction(f"{time:g}"))), y)
                for time in count.times
            )
        height = (len(ROWS) + lines) * PITCH + 0.8
        yield RowBlock(Row(f"at risk: {group.name}", height), tuple(marks))


def _cell(time: float, number: Span, y: float) -> Label:
    text = str(number.low) if number.is_point else f"{number.low}–{number.high}"
    return Label(text=text, at=time, align="centre", size=SMALL, y=y)


def _named(group: Group, number: int, frame: Frame) -> Iterator[Mark]:
    y = PITCH / 2
    yield dash(number, 0.0, y, frame)
    yield Label(text=group.name, bold=True, size=SMALL, shift=SAMPLE + 1.0, y=y)


def dash(number: int, left: float, y: float, frame: Frame) -> Polyline:
    """A piece of a curve, from a millimetre of the page."""
    first = frame.low + frame.days(left - frame.left)
    last = frame.low + frame.days(left + SAMPLE - frame.left)
    return Polyline(style=style_of(number), points=((first, y), (last, y)))


Column = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]  # lines of the head; of each cell


def key(groups: Sequence[Group], frame: Frame, page: Page) -> RowBlock:
    """The key: the dash of each curve, its name, events of patients, and the median.

    ValueError where the page is too narrow for the names.
    """
    level = translate("(95 % CI, {kind})", kind=groups[0].conf_type)
    level = level if any(g.is_exact for g in groups) else ""
    median = translate("Median, {unit}", unit=translate(groups[0].unit))
    medians = [(g.median,) if g.is_exact else _broken(g.median, median) for g in groups]
    ends: tuple[Column, ...] = (
        (
            (translate("Events of"), translate("patients")),
            tuple(
                (translate("{part} of {whole}", part=g.events, whole=g.patients),) for g in groups
            ),
        ),
        ((median, level) if level else (median,), tuple(medians)),
    )
    limit = page.width - SAMPLE - 1.0 - sum(_column_width(column) + _AFTER for column in ends)
    if limit < _NAMES:
        raise page.too_narrow("the key of the curves", page.width - limit + _NAMES)
    names: Column = ((), tuple(wrapped(group.name, SMALL, limit) for group in groups))
    columns = (names, *ends)
    x, shifts = SAMPLE + 1.0, []
    for column in columns:
        shifts.append(x)
        x += _column_width(column) + _AFTER
    return _placed_columns(columns, shifts, groups, frame)


def _broken(text: str, title: str) -> tuple[str, ...]:
    """A range of medians, and below it the words in brackets, about as broad as the title."""
    value, bracket, words = text.partition(" (")
    limit = max(width(value, SMALL), width(title, SMALL, bold=True))
    return (value, *wrapped(f"({words}", SMALL, limit)) if bracket else (text,)


def _column_width(column: Column) -> float:
    head, cells = column
    return max(
        0.0,
        *(width(line, SMALL, bold=True) for line in head),
        *(width(line, SMALL) for cell in cells for line in cell),
    )


def _placed_columns(
    columns: Sequence[Column], shifts: Sequence[float], groups: Sequence[Group], frame: Frame
) -> RowBlock:
    """The columns as labels, the heads on top, a group below the other."""
    top = max(len(head) for head, _ in columns)
    marks: list[Mark] = [
        Label(text=line, bold=True, size=SMALL, shift=x, y=(n + 0.5) * PITCH)
        for (head, _), x in zip(columns, shifts, strict=True)
        for n, line in enumerate(head)
    ]
    at = top
    for number in range(len(groups)):
        marks.append(dash(number, 0.0, (at + 0.5) * PITCH, frame))
        for (_, cells), x in zip(columns, shifts, strict=True):
            marks += [
                Label(text=line, size=SMALL, shift=x, y=(at + n + 0.5) * PITCH)
                for n, line in enumerate(cells[number])
            ]
        at += max(len(cells[number]) for _, cells in columns)
    return RowBlock(Row("key", at * PITCH + 1.5), tuple(marks))
