"""The table below survival curves: who is at risk at each tick, and who has left before it.

By default that of KMunicate (Morris 2019, BMJ Open 9:e030215): numbers at risk, and censored and
events before each tick, so that the three add up to the patients of the curve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

import attrs

from renderers.axes.elapsed import ElapsedAxis
from renderers.scene.mark import PrintedNumber
from renderers.scene.scene import SMALL, Frame, Label, Mark, Row
from renderers.scene.text_metrics import width
from renderers.survival.groups import Group
from renderers.survival.key import PITCH, SAMPLE, RowBlock, dash
from renderers.text.translation import translate
from timeline.core.span import Span
from timeline.statistics.survival.kaplan_meier_bounds import Counts


@attrs.frozen
class RiskRow:
    """A row of the table: its name, and its number of the counts at a time."""

    name: str
    of: Callable[[Counts], Span]


# by their names in the option risk-rows
ROWS: Mapping[str, RiskRow] = {
    "at-risk": RiskRow("At risk", lambda found: found.at_risk),
    "censored": RiskRow("Censored", lambda found: found.censored),
    "events": RiskRow("Events", lambda found: found.events),
    "competing": RiskRow("Competing", lambda found: found.competing),
}


def gutter(groups: Sequence[Group], rows: Sequence[str]) -> float:
    """Millimetres left of the plot: the names of the rows, and half of the first number."""
    if not rows:
        return 0.0
    names = max(width(translate(ROWS[name].name), SMALL) for name in rows)
    return names + widest(groups) / 2 + 1.5


def widest(groups: Sequence[Group]) -> float:
    """Millimetres of the widest number that the table may hold."""
    return max(
        width(f"{group.size}" if group.is_exact else f"{group.size}–{group.size}", SMALL)
        for group in groups
    )


def at_risk(
    groups: Sequence[Group], rows: Sequence[str], count: ElapsedAxis, frame: Frame
) -> Iterator[RowBlock]:
    """A block for each group of patients: its name where there are several, and its rows."""
    every = tuple(_with_table(groups))
    for number, group in every if rows else ():
        marks: list[Mark] = []
        if len(every) > 1:
            marks += _named(_title(group), number, frame)
        lines = len(marks) > 0
        for place, name in enumerate(rows):
            y = (place + lines + 0.5) * PITCH
            marks.append(Label(text=translate(ROWS[name].name), size=SMALL, y=y))
            marks += (_cell(time, number_of, y) for time, number_of in _numbers(group, name, count))
        height = (len(rows) + lines) * PITCH + 0.8
        yield RowBlock(Row(f"at risk: {_title(group)}", height), tuple(marks))


def printed(
    groups: Sequence[Group], rows: Sequence[str], count: ElapsedAxis
) -> Iterator[PrintedNumber]:
    """Every number of the table, for the data of the figure."""
    for _, group in _with_table(groups):
        for name in rows:
            for time, number in _numbers(group, name, count):
                yield PrintedNumber(
                    row=f"at risk: {_title(group)}", what=ROWS[name].name.lower(), at=time,
                    text=_text(number),
                )  # fmt: skip


def _with_table(groups: Sequence[Group]) -> Iterator[tuple[int, Group]]:
    """The curves with a table: the first of some patients."""
    yield from ((n, group) for n, group in enumerate(groups) if not group.same_patients)


def _title(group: Group) -> str:
    return group.cohort or group.name


def _numbers(group: Group, name: str, count: ElapsedAxis) -> Iterator[tuple[float, Span]]:
    for time in count.times:
        yield time, ROWS[name].of(group.counts_at(Fraction(f"{time:g}")))


def _text(number: Span) -> str:
    return str(number.low) if number.is_point else f"{number.low}–{number.high}"


def _cell(time: float, number: Span, y: float) -> Label:
    return Label(text=_text(number), at=time, align="centre", size=SMALL, y=y)


def _named(name: str, number: int, frame: Frame) -> Iterator[Mark]:
    y = PITCH / 2
    yield dash(number, 0.0, y, frame)
    yield Label(text=name, bold=True, size=SMALL, shift=SAMPLE + 1.0, y=y)
